import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { bundle } from './bundle.ts'

type Outcome = { records: { bytes: Buffer; length: number }[]; signal: NodeJS.Signals | null }

/**
 * What the worker writes, read as pcap records (draft-ietf-opsawg-pcap), when cap does what the text says. Its stdin, by which
 * it is stopped, ends when `wanted` records have come.
 */
async function recordsOf(open: string, wanted = Number.POSITIVE_INFINITY): Promise<Outcome> {
  const folder = dirname(await bundle(''))
  mkdirSync(join(folder, 'node_modules/cap'), { recursive: true })
  writeFileSync(
    join(folder, 'node_modules/cap/index.js'),
    `class Cap extends require('events') { open(device, filter, size, into) { ${open}; return 'ETHERNET' } }
     exports.Cap = Cap`,
  )
  const words = [join(folder, 'capture-worker.js'), 'em0']
  const script = ['-c', 'ulimit -c 0; exec "$@"', 'sh', process.execPath, ...words]
  const child = spawn('sh', script, { stdio: ['pipe', 'pipe', 'ignore'] })
  let written = Buffer.alloc(0)
  child.stdout.on('data', (chunk: Buffer) => {
    written = Buffer.concat([written, chunk])
    if (recordsIn(written).length >= wanted) child.stdin.end()
  })
  const [, signal] = await once(child, 'close')
  return { records: recordsIn(written), signal }
}

/** Those that are there to their ends. */
function recordsIn(written: Buffer): Outcome['records'] {
  const records: Outcome['records'] = []
  for (let at = 24; at + 16 <= written.length; ) {
    const end = at + 16 + written.readUInt32LE(at + 8)
    if (end > written.length) break
    records.push({ bytes: written.subarray(at + 16, end), length: written.readUInt32LE(at + 12) })
    at = end
  }
  return records
}

it('has written what cap brought before cap looks at the device again, and aborts', async () => {
  // Two files are read one after the other: the event loop goes round once in between, as between two looks.
  const { records, signal } = await recordsOf(`
    const look = seen => require('fs').fstat(0, seen)
    look(() => {
      for (const byte of [1, 2, 3]) {
        into[0] = byte
        this.emit('packet', 1)
      }
      look(() => process.abort())
    })`)
  expect(signal).toBe('SIGABRT')
  expect(records.map(({ bytes }) => bytes[0])).toEqual([1, 2, 3])
})

it('does not take packets for whole that fill all the room of cap', async () => {
  const { records } = await recordsOf(
    `
    setImmediate(() => {
      this.emit('packet', 65534)
      this.emit('packet', 65535)
      this.emit('packet', 65535)
    })`,
    3,
  )
  expect(records.map(({ bytes, length }) => [bytes.length, length])).toEqual([
    [65534, 65534],
    [65535, 65550],
    [65535, 65550],
  ])
})
