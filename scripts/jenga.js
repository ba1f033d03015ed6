// Writes captures/jenga.pcap: a ping and its answer behind as many different encapsulations as a router could be talked into.
import { createHmac } from 'node:crypto'
import { writeFileSync } from 'node:fs'

const file = process.argv[2] ?? new URL('../captures/jenga.pcap', import.meta.url)
const ethernet = 1
// The same in captures/jenga.keys/esp_sa.
const espKey = Buffer.from('6a656e67612065737020737461636b2121212121', 'hex')
const ahKey = Buffer.from('6a656e67612061682020737461636b2121212121', 'hex')

const u8 = (...values) => Buffer.from(values)
const u16 = (...values) => Buffer.concat(values.map(value => u8((value >> 8) & 255, value & 255)))
const u32 = (...values) => Buffer.concat(values.map(value => u16(value >>> 16, value & 0xffff)))
const join = (...parts) => Buffer.concat(parts)

/** The Internet checksum of bytes whose own sum is 0. */
function sum(bytes) {
  let total = 0
  for (let i = 0; i < bytes.length; i += 2) total += bytes[i] * 256 + (bytes[i + 1] ?? 0)
  while (total > 0xffff) total = (total & 0xffff) + (total >>> 16)
  return ~total & 0xffff
}

/** Puts the sum of bytes, with what is summed up before them, where it belongs. */
function summed(bytes, at, before = u8()) {
  const copy = Buffer.from(bytes)
  copy.writeUInt16BE(sum(join(before, bytes)), at)
  return copy
}

/** Where a level of the tower comes from and goes to; the answer goes the other way. */
class Level {
  constructor(number, answers) {
    this.number = number
    this.hosts = answers ? [2, 1] : [1, 2]
  }
  get macs() {
    const [from, to] = this.hosts.map(host => u8(0, 0, 0x5e, 0, 0x53, this.number * 4 + host))
    return join(to, from)
  }
  get v4() {
    return join(...this.hosts.map(host => u8(10, this.number, 0, host)))
  }
  get v6() {
    return join(...this.hosts.map(host => u16(0x2001, 0xdb8, this.number, 0, 0, 0, 0, host)))
  }
}

const eth = (level, type, inside) => join(level.macs, u16(type), inside)

function ip(level, protocol, inside) {
  const ttl = 64 - level.number
  const header = join(
    u16(0x4500, 20 + inside.length, level.number, 0x4000),
    u8(ttl, protocol),
    u16(0),
    level.v4,
  )
  return join(summed(header, 10), inside)
}

const ipv6 = (level, next, inside) =>
  join(u32(0x60000000), u16(inside.length), u8(next, 64 - level.number), level.v6, inside)

function udp(level, source, destination, inside) {
  const length = 8 + inside.length
  const datagram = join(u16(source, destination, length, 0), inside)
  return summed(datagram, 6, join(level.v4, u16(17, length)))
}

/** What proves that bytes are from one who has the key: HMAC-SHA-1-96. */
const proof = (key, bytes) => createHmac('sha1', key).update(bytes).digest().subarray(0, 12)

/** AH in front of what an IPv6 packet carries: traffic class, flow label and hop limit may change on the way and count as 0. */
function ah(level, next, inside) {
  const header = join(u8(next, 4), u16(0), u32(0x2000 + level.hosts[0], 1))
  const around = join(u32(0x60000000), u16(24 + inside.length), u8(51, 0), level.v6)
  return join(header, proof(ahKey, join(around, header, Buffer.alloc(12), inside)), inside)
}

/** ESP that encrypts nothing. */
function esp(level, next, inside) {
  const padding = Buffer.from(Array.from({ length: (6 - (inside.length % 4)) % 4 }, (_, i) => i + 1))
  const packet = join(u32(0x1000 + level.hosts[0], 1), inside, padding, u8(padding.length, next))
  return join(packet, proof(espKey, packet))
}

function ping(answers) {
  const text = Buffer.from('Jenga: pull out a header and the tower still stands.')
  return summed(join(u8(answers ? 0 : 8, 0), u16(0, 0x4a, 1), text), 2)
}

/** What each level puts around what is inside, from the ping up. */
const tower = [
  (level, inside) => ip(level, 1, inside),
  (level, inside) => ip(level, 4, inside),
  (level, inside) => ip(level, 17, udp(level, 4500, 4500, esp(level, 4, inside))),
  (level, inside) => ipv6(level, 51, ah(level, 4, inside)),
  (level, inside) => ip(level, 17, udp(level, 3544, 3544, inside)),
  (level, inside) =>
    ip(level, 17, udp(level, 2152, 2152, join(u8(0x30, 255), u16(inside.length), u32(6), inside))),
  (level, inside) => eth(level, 0x0800, inside),
  (level, inside) =>
    ip(level, 47, join(u16(0x1000, 0x88be), u32(1), u16(0x1000 + level.number, 0x0001), u32(0), inside)),
  (level, inside) => eth(level, 0x0800, inside),
  (level, inside) => {
    const option = join(u16(0xffff), u8(0x42, 1), u32(level.number))
    const header = join(u8(0x02, 0), u16(0x6558), u32(level.number << 8), option)
    return ip(level, 17, udp(level, 50000 + level.number, 6081, join(header, inside)))
  },
  (level, inside) => eth(level, 0x0800, inside),
  (level, inside) => ip(level, 97, join(u16(0x3000), inside)),
  (level, inside) => eth(level, 0x0800, inside),
  (_level, inside) => join(u16(0x0fc2), u8(2, 3), u32(0x0000c8ff), inside),
  (level, inside) => eth(level, 0x894f, inside),
  (level, inside) =>
    ip(level, 17, udp(level, 50000 + level.number, 4789, join(u32(0x08000000, level.number << 8), inside))),
  (level, inside) => ipv6(level, 60, join(u8(4, 0, 4, 1, 4, 1, 1, 0), inside)),
  (level, inside) => eth(level, 0x86dd, inside),
  (_level, inside) => join(u32(0x0001003e, 0x0002013e, 1), inside),
  (level, inside) => eth(level, 0x8847, inside),
  (level, inside) => {
    const packet = join(u16(0xa000, 0x6558, 0, 0), u32(level.number), inside)
    return ip(level, 47, summed(packet, 4))
  },
  (level, inside) =>
    ip(
      level,
      17,
      udp(level, 1701, 1701, join(u16(0x4002, 12 + inside.length, 7, 8, 0xff03, 0x0021), inside)),
    ),
  (level, inside) => join(u16(0x1100, level.number, 2 + inside.length, 0x0021), inside),
  (_, inside) => join(u16(0x0064, 0x8864), inside),
  (_, inside) => join(u16(0x00c8, 0x8100), inside),
  (level, inside) => join(u32(level.number), eth(level, 0x88a8, inside)),
  (level, inside) => eth(level, 0x88e7, inside),
]

const frame = answers =>
  tower.reduce((inside, around, i) => around(new Level(tower.length - i, answers), inside), ping(answers))

const little = (...values) => {
  const bytes = Buffer.alloc(4 * values.length)
  values.forEach((value, i) => {
    bytes.writeUInt32LE(value, 4 * i)
  })
  return bytes
}
const pcap = [little(0xa1b2c3d4, 0x00040002, 0, 0, 262144, ethernet)]
for (const answers of [false, true]) {
  const bytes = frame(answers)
  pcap.push(little(1789000000, answers ? 1300 : 0, bytes.length, bytes.length), bytes)
}
writeFileSync(file, join(...pcap))
