import { expect, it } from 'vitest'
import { sniff } from '../../src/capture/sniff.ts'
import { hex } from './bytes.ts'

const text = (lines: string) => Uint8Array.from(Buffer.from(lines))

it.each([
  ['a zip archive', hex('504b0304 14000000'), 'starts with 50 4b 03 04, a zip archive'],
  ['xz', hex('fd377a58 5a000004'), 'starts with fd 37 7a 58, xz data; unpack it first: unxz'],
  ['zstd', hex('28b52ffd 24000000'), 'starts with 28 b5 2f fd, zstd data; unpack it first: unzstd'],
  ['bzip2', hex('425a6839 31415926'), 'starts with 42 5a 68 39, bzip2 data; unpack it first: bunzip2'],
  ['a program', hex('7f454c46 02010100'), 'starts with 7f 45 4c 46, a program'],
  ['a PDF', text('%PDF-1.7\n'), 'starts with 25 50 44 46, a PDF document'],
  ['JSON', text('[\n  {"_index": "packets"}\n]'), 'starts with 5b 0a 20 20, JSON'],
  ['a log', text('Nov 21 07:22:01 gw charon: 05[NET] received packet'), 'starts with 4e 6f 76 20, text'],
  ['bytes', hex('deadbeef 00'), 'starts with de ad be ef'],
  ['one byte', hex('00'), 'starts with 00'],
])('knows %s', (_, bytes, what) => {
  expect(sniff(bytes)).toBe(what)
})

it('knows a snoop capture and what converts it', () => {
  expect(sniff(text('snoop\0\0\0\0\0\0\x02'))).toContain('a snoop capture; convert it first: editcap')
})

it.each([
  [
    'tcpdump -X',
    '09:00:00.000001 IP 10.0.0.1 > 10.0.0.2: ICMP echo request\n\t0x0000:  4500 0054 0000 4000 4001 f2a7  E..T\n',
  ],
  ['hexdump -C', '00000000  45 00 00 54 00 00 40 00  40 01 f2 a7 0a 00 00 01  |E..T..@.@.......|\n'],
  ['Wireshark', '0000   45 00 00 54 00 00 40 00 40 01 f2 a7   E..T..@.@...\n'],
])('sends a hex dump of %s to --hex', (_, dump) => {
  expect(sniff(text(dump))).toContain('a hex dump as text; open it with --hex')
})
