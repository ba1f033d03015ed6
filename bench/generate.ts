import { type FileHandle, open } from 'node:fs/promises'
import { PacketWriter } from './packets.ts'
import { randomFrom } from './random.ts'
import { type Profile, Traffic } from './traffic.ts'

export type Order = {
  packets: number
  /** A whole number; the same seed and profile give the same packets on every machine. */
  seed: number
  /** `mix`: about 477 bytes a packet; `small`: the same kinds of packets with hardly any payload. */
  profile: Profile
}

const firstSecond = Date.UTC(2025, 0, 1) / 1000
const longestGapMicroseconds = 127
const recordHeaderLength = 16
const shortestFrame = 60
const blockSize = 1 << 20
const roomForOneRecord = 4096

/**
 * Writes a pcap file (microseconds, Ethernet, little-endian) of VPN traffic, see mix.ts, and returns its length
 * in bytes. Memory does not depend on the number of packets. Throws what the file system throws.
 */
export async function generate(path: string, order: Order): Promise<number> {
  const file = await open(path, 'w')
  try {
    return await writeRecords(file, order)
  } finally {
    await file.close()
  }
}

async function writeRecords(file: FileHandle, { packets, seed, profile }: Order): Promise<number> {
  const block = new Uint8Array(blockSize + roomForOneRecord)
  const view = new DataView(block.buffer)
  const random = randomFrom(seed)
  const writer = new PacketWriter(block, random)
  const traffic = new Traffic(writer, random, profile)
  let microseconds = 0
  let written = 0
  const flush = async () => {
    await file.appendFile(block.subarray(0, writer.at))
    written += writer.at
    writer.at = 0
  }

  writer.at = writeFileHeader(view)
  for (let i = 0; i < packets; i++) {
    microseconds += random.between(1, longestGapMicroseconds)
    const record = writer.at
    const start = record + recordHeaderLength
    writer.at = start
    writer.clock = Math.floor(microseconds / 1000)
    traffic.writeNext()
    while (writer.at < start + shortestFrame) writer.u8(0)
    writeRecordHeader(view, record, microseconds, writer.at - start)
    if (writer.at >= blockSize) await flush()
  }
  await flush()
  return written
}

function writeFileHeader(view: DataView): number {
  view.setUint32(0, 0xa1b2c3d4, true)
  view.setUint16(4, 2, true)
  view.setUint16(6, 4, true)
  view.setUint32(16, 262144, true)
  view.setUint32(20, 1, true)
  return 24
}

function writeRecordHeader(view: DataView, at: number, microseconds: number, length: number): void {
  view.setUint32(at, firstSecond + Math.floor(microseconds / 1e6), true)
  view.setUint32(at + 4, microseconds % 1e6, true)
  view.setUint32(at + 8, length, true)
  view.setUint32(at + 12, length, true)
}
