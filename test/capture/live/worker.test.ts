import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { bundle } from './bundle.ts'

/** What the worker writes, read as pcap records (draft-ietf-opsawg-pcap), when cap does what the text says. */
async function recordsOf(open: string) {
  const folder = dirname(await bundle(''))
  mkdirSync(join(folder, 'node_modules/cap'), { recursive: true })
  writeFileSync(
    join(folder, 'node_modules/cap/index.js'),
    `class Cap extends require('events') { open(device, filter, size, into) { ${open}; return 'ETHERNET' } }
     exports.Cap = Cap`,
  )
  const words = [join(folder, 'capture-worker.js'), 'em0']
  const script = ['-c', 'ulimit -c 0; exec "$@" 2>/dev/null', 'sh', process.execPath, ...words]
  const { stdout, signal } = spawnSync('sh', script, { timeout: 10_000 })
  const records: { bytes: Buffer; length: number }[] = []
  for (let at = 24; at < stdout.length; ) {
    const kept = stdout.readUInt32LE(at + 8)
    records.push({ bytes: stdout.subarray(at + 16, at + 16 + kept), length: stdout.readUInt32LE(at + 12) })
    at += 16 + kept
  }
  return { records, signal }
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
  const { records } = await recordsOf(`
    setImmediate(() => {
      this.emit('packet', 65534)
      this.emit('packet', 65535)
      this.emit('packet', 65535)
    })`)
  expect(records.map(({ bytes, length }) => [bytes.length, length])).toEqual([
    [65534, 65534],
    [65535, 65550],
    [65535, 65550],
  ])
})
