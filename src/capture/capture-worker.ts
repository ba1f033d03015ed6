import { readSync } from 'node:fs'
import { createRequire } from 'node:module'
import { capMissing } from './live/cap-missing.ts'
import { Outlet } from './live/outlet.ts'
import { PacketClock } from './live/packet-clock.ts'
import { PcapWriter } from './pcap-write.ts'

/**
 * A process that captures with the package cap and writes a pcap file to stdout, until its stdin ends. Arguments:
 * device, filter, bytes to keep of each packet (0: all), bytes of the kernel's buffer.
 *
 * It is a process of its own because cap ends its process when the interface goes, and keeps it to itself while
 * packets come: no timer and no input gets its turn before cap has emptied its queue.
 */

/** The part of cap's interface that we need. */
type Cap = {
  open(device: string, filter: string, bufferSize: number, into: Buffer): string
  on(event: 'packet', take: (length: number) => void): void
}

const recordHeader = 16
/** cap cuts packets here, and does not tell how long they were. */
const longest = 65535
/** What Linux hands over is no longer than this, its loopback interface's packets of 65,536 bytes in Ethernet. */
const longestSent = 65550
/** So much is written at once, or what there is when cap's queue is empty, or after so long. */
const batchSize = 65536
const batchMs = 10
/** How often a worker in a flood looks whether it should stop, and how long it then still empties cap's queue. */
const pollMs = 50
const lingerMs = 500
/** Bytes kept for a reader that is busy; the kernel keeps a thousand packets for us, which are over in no time. */
const mostWaiting = 64 << 20

const linkTypes: Readonly<Record<string, number>> = {
  NULL: 0,
  ETHERNET: 1,
  IEEE802_11_RADIO: 127,
  LINKTYPE_LINUX_SLL: 113,
  RAW: 101,
}

const [device = '', filter = '', snapText = '0', bufferText = '0'] = process.argv.slice(2)
const snapLength = Number(snapText) || longest

function loadCap(): Cap {
  try {
    const { Cap }: { Cap: new () => Cap } = createRequire(import.meta.url)('cap')
    return new Cap()
  } catch {
    process.exit(capMissing)
  }
}

/** Ends when everything is written. */
function end(): never {
  outlet.drain()
  process.exit(0)
}

/** Whether stdin has ended, asked where no event can tell. */
function isStopped(): boolean {
  try {
    return readSync(0, Buffer.alloc(64)) === 0
  } catch {
    return false
  }
}

/** Records that wait to be written together. */
class Batch {
  readonly #bytes = Buffer.alloc(batchSize + recordHeader + longest)
  readonly #view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset)
  readonly #clock = new PacketClock()
  #used = 0
  #writing: NodeJS.Immediate | undefined
  #writtenAt = 0
  #polledAt = 0
  #endsAt = Number.POSITIVE_INFINITY

  /** Adds the packet that has just come; its time is read before anything else. */
  add(packet: Buffer, length: number): void {
    this.#clock.read()
    const kept = Math.min(length, snapLength)
    const at = this.#used
    this.#view.setUint32(at, this.#clock.seconds, true)
    this.#view.setUint32(at + 4, this.#clock.nanoseconds, true)
    this.#view.setUint32(at + 8, kept, true)
    // One that fills cap's room was cut: it must not pass for a whole packet that claims too much.
    this.#view.setUint32(at + 12, length < longest ? length : longestSent, true)
    packet.copy(this.#bytes, at + recordHeader, 0, kept)
    this.#used = at + recordHeader + kept
    // Before cap looks at the device again: should that be gone, nothing is left to lose.
    this.#writing ??= setImmediate(() => this.write())
    if (at === 0) this.#writtenAt = performance.now()
    if (this.#used >= batchSize || performance.now() - this.#writtenAt > batchMs) this.#writeAndLook()
  }

  write(): void {
    clearImmediate(this.#writing)
    this.#writing = undefined
    if (this.#used > 0) outlet.write(this.#bytes.subarray(0, this.#used))
    this.#used = 0
  }

  #writeAndLook(): void {
    this.write()
    const now = performance.now()
    if (now > this.#endsAt) end()
    if (now - this.#polledAt < pollMs) return
    this.#polledAt = now
    if (isStopped()) this.#endsAt = Math.min(this.#endsAt, now + lingerMs)
  }
}

function linkTypeOf(name: string): number {
  return linkTypes[name] ?? Number(/^Unknown linktype (\d+)$/.exec(name)?.[1] ?? 1)
}

const cap = loadCap()
const outlet = new Outlet(mostWaiting)
const packet = Buffer.alloc(longest)
const batch = new Batch()
cap.on('packet', length => batch.add(packet, length))
try {
  const linkType = linkTypeOf(cap.open(device, filter, Number(bufferText), packet))
  outlet.write(new PcapWriter({ linkType, snapLength }).header())
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exit(1)
}

process.stdin.resume().on('end', () => {
  // The device gets two more turns, for packets that came before the end of stdin was noticed.
  setImmediate(() =>
    setImmediate(() => {
      batch.write()
      end()
    }),
  )
})
