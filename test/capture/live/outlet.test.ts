import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it, onTestFinished } from 'vitest'
import { bundle } from './bundle.ts'

const size = 8 << 20

/** Writes numbers, four bytes each, keeps at most so many bytes, and says on stderr when the last one is handed over. */
const program = `
import { Outlet } from './src/capture/live/outlet.ts'
const outlet = new Outlet(Number(process.argv[2]))
const block = Buffer.alloc(1 << 16)
for (let done = 0; done < ${size}; done += block.length) {
  for (let at = 0; at < block.length; at += 4) block.writeUInt32BE((done + at) / 4, at)
  outlet.write(block)
}
process.stderr.write('handed over')
if (process.argv[3] === 'drain') {
  outlet.drain()
  process.exit()
}
`

async function start(most: number, end: 'drain' | 'idle') {
  const child = spawn(process.execPath, [await bundle(program), `${most}`, end], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** Where the bytes are not the numbers in their order; -1: nowhere. */
function firstWrong(bytes: Buffer): number {
  for (let at = 0; at < bytes.length; at += 4) if (bytes.readUInt32BE(at) !== at / 4) return at
  return -1
}

it.each(['drain', 'idle'] as const)(
  'keeps what nobody reads yet, and then writes it in order: %s',
  async end => {
    const child = await start(2 * size, end)
    // Nothing is read before.
    await once(child.stderr, 'data')
    const chunks: Buffer[] = []
    for await (const chunk of child.stdout) chunks.push(chunk)
    const bytes = Buffer.concat(chunks)
    expect(bytes.length).toBe(size)
    expect(firstWrong(bytes)).toBe(-1)
  },
)

it('waits where it would have to keep too much', async () => {
  const child = await start(1 << 20, 'drain')
  let isHandedOver = false
  child.stderr.on('data', () => {
    isHandedOver = true
  })
  let read = 0
  const before: number[] = []
  for await (const chunk of child.stdout) {
    if (!isHandedOver) before.push(read)
    read += chunk.length
  }
  expect(read).toBe(size)
  // All but what it keeps, and what the pipe and this reader hold, had to be read by then.
  expect(before.at(-1)).toBeGreaterThan(size - (3 << 20))
})

it('ends the program when the reader is gone', async () => {
  const child = await start(1 << 16, 'drain')
  child.stdout.destroy()
  expect(await once(child, 'exit')).toEqual([0, null])
})
