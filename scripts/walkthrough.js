// Builds captures/walkthrough.pcap from the dumps that OpenBSD's tcpdump printed, in captures/walkthrough.txt.
import { readFileSync, writeFileSync } from 'node:fs'

const captures = new URL('../captures/', import.meta.url)
const microsecondMagic = 0xa1b2c3d4
const rawIp = 101
// OpenBSD's default; 14 bytes of it were the Ethernet header, which -X does not print.
const snapLength = 116
// The text has times without dates: it begins on this day, and a time before the last one is of the next day.
let midnight = Date.UTC(2020, 0, 19) / 1000

const u32 = (...values) => {
  const bytes = Buffer.alloc(4 * values.length)
  values.forEach((value, i) => {
    bytes.writeUInt32LE(value, 4 * i)
  })
  return bytes
}

// What a packet had on the wire is in its IP header: the total length, or in IPv6 the length after 40 bytes.
const wireLength = packet => (packet[0] >> 4 === 6 ? 40 + packet.readUInt16BE(4) : packet.readUInt16BE(2))

const pcap = [u32(microsecondMagic, 0x00040002, 0, 0, snapLength, rawIp)]
let lastSecond = 0
for (const block of readFileSync(new URL('walkthrough.txt', captures), 'utf8').trim().split('\n\n')) {
  const [, hours, minutes, seconds, microseconds] = /^(\d\d):(\d\d):(\d\d)\.(\d{6}) /.exec(block)
  const second = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  if (second < lastSecond) midnight += 86400
  lastSecond = second
  const lines = block.matchAll(/^ *[0-9a-f]{4}: ((?:[0-9a-f]{4} ?){1,8})/gm)
  const packet = Buffer.from(Array.from(lines, line => line[1].replaceAll(' ', '')).join(''), 'hex')
  pcap.push(u32(midnight + second, Number(microseconds), packet.length, wireLength(packet)), packet)
}
writeFileSync(new URL('walkthrough.pcap', captures), Buffer.concat(pcap))
