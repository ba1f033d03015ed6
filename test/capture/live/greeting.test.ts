import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { withoutGreeting } from '../../../src/capture/live/greeting.ts'

/** The beginning of a pcap file with times in nanoseconds, little endian, as tcpdump writes it on most systems. */
const header = Buffer.from('4d3cb2a1020004000000000000000000', 'hex')

/** What is left of a stream that comes in these pieces. */
async function left(...pieces: readonly (Buffer | string)[]): Promise<string> {
  const stream = new PassThrough()
  const skipped = withoutGreeting(stream)
  for (const piece of pieces) {
    stream.write(piece)
    await new Promise(resolve => setImmediate(resolve))
  }
  await skipped
  const chunks: Buffer[] = []
  stream.on('data', chunk => chunks.push(chunk)).end()
  await once(stream, 'end')
  return Buffer.concat(chunks).toString('hex')
}

it.each([
  ['nothing', []],
  ['a line', ['Welcome to gw\n']],
  ['lines in pieces', ['Wel', 'come\n', 'Mail: none\n']],
])('leaves out %s before a capture', async (_, greeting) => {
  expect(await left(...greeting, header)).toBe(header.toString('hex'))
  expect(await left(...greeting, header.subarray(0, 2), header.subarray(2))).toBe(header.toString('hex'))
})

it('leaves a stream without a capture to others', async () => {
  const long = Buffer.alloc(70_000, 'x')
  expect(await left(long)).toBe(long.toString('hex'))
})

it('ends with the stream', async () => {
  const stream = new PassThrough()
  stream.end('Connection closed\n')
  await withoutGreeting(stream)
  const cut = new PassThrough()
  cut.write('Wel')
  const skipped = withoutGreeting(cut)
  setImmediate(() => cut.destroy())
  await skipped
})
