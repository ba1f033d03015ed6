import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { screensMissing, size, Watched } from '../../bench/watched.ts'

const state = mkdtempSync(join(tmpdir(), 'vpnscope-test-'))
afterAll(() => rmSync(state, { recursive: true }))

async function watch(script: string): Promise<Watched> {
  const watched = await Watched.open([process.execPath, '-e', script], state)
  onTestFinished(() => watched.close())
  return watched
}

const suite = screensMissing === undefined ? describe : describe.skip

suite(`a program in a terminal ${screensMissing ?? ''}`, { timeout: 20_000 }, () => {
  it('is charged with the CPU time of all its threads', async () => {
    const busy = (ms: number) => `for (const end = performance.now() + ${ms}; performance.now() < end;);`
    const thread = JSON.stringify(busy(300))
    const watched = await watch(`
      const { Worker } = require('worker_threads')
      new Worker(${thread}, { eval: true }).on('exit', () => { ${busy(300)} console.log('done'); setInterval(() => {}, 1e6) })`)
    await watched.shows(/done/)
    // The clock may run without the program, if others want the machine too.
    expect(watched.cpu).toBeGreaterThan(0.4)
    expect(watched.cpu).toBeLessThan(1.2)
  })

  it('is read back as it painted, and counted byte by byte', async () => {
    const watched = await watch(`
      process.stdin.setRawMode(true).on('data', key => process.stdout.write('<' + key + '>'))
      process.stdout.write('a\\x1b[1;38;2;1;2;3mb\\x1b[0;7mc\\x1b[m ready\\r\\n')`)
    await watched.shows(/ready/)
    const [first, second] = watched.painted()
    expect(first).toBe(
      `a\x1b[38;2;1;2;3m\x1b[1mb\x1b[22m\x1b[39m\x1b[7mc\x1b[27m ready${' '.repeat(size.columns - 9)}`,
    )
    expect(second).toBe(' '.repeat(size.columns))
    expect(await watched.press('j')).toBe(3)
    expect(watched.painted()[1]!.trimEnd()).toBe('<j>')
  })
})
