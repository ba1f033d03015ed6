import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { bundle } from './bundle.ts'

/** Runs a capturer that writes what `command` writes; once it has ended, reads that and passes it on. */
async function readLate(command: string): Promise<string> {
  const program = await bundle(`
import { launch } from './src/capture/live/capturer.ts'
const capturer = await launch({
  device: 'none', engine: 'tcpdump', command: ['sh', '-c', ${JSON.stringify(command)}],
  refusal: () => ({ kind: 'other', text: 'refused' }), ending: () => 'over',
})
console.error(await capturer.ended)
for await (const bytes of capturer.stream) process.stdout.write(bytes)
`)
  const options = { encoding: 'utf8', timeout: 10_000, maxBuffer: 1 << 26 } as const
  const { stdout, stderr } = spawnSync(process.execPath, [program], options)
  expect(stderr).toBe('over\n')
  return stdout
}

it.each([
  ['a flood', 'seq 4000000'],
  ['pieces of all sizes, with pauses', 'for n in 1 400 20000 2 200000 3; do seq $n; sleep 0.02; done'],
])('a capturer need not wait for a reader that is busy: %s', async (_, command) => {
  const expected = spawnSync('sh', ['-c', command], { encoding: 'utf8', maxBuffer: 1 << 26 }).stdout
  expect(expected.length).toBeGreaterThan(1_000_000)
  expect((await readLate(command)) === expected).toBe(true)
})
