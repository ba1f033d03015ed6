import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ByteWriter } from '../../src/byte-writer.ts'
import { dumpOpenBsd, dumpOpenBsdHex, dumpTcpdump, dumpTcpdumpHex } from '../../src/print/hexdump.ts'

type Dump = typeof dumpOpenBsd

const dumped = (dump: Dump, bytes: Uint8Array, start = 0, length = bytes.length - start): string => {
  const out = new ByteWriter(1)
  dump(out, bytes, start, length)
  return out.toString()
}
const lines = (...all: string[]): string => all.map(line => `${line}\n`).join('')
const request = Uint8Array.from(
  Buffer.from(
    '450000683dc100004004b97dc0a80101c0a8010245000054b1f60000ff01b18eac100001ac10000208007d4aaa080001' +
      '5896e585356bab3125498f94dea035d72019d75f1ddc60c518191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f' +
      '303132333435',
    'hex',
  ),
)

it('dumps as OpenBSD tcpdump -X', () => {
  expect(dumped(dumpOpenBsd, request)).toBe(
    lines(
      '  0000: 4500 0068 3dc1 0000 4004 b97d c0a8 0101  E..h=...@..}....',
      '  0010: c0a8 0102 4500 0054 b1f6 0000 ff01 b18e  ....E..T........',
      '  0020: ac10 0001 ac10 0002 0800 7d4a aa08 0001  ..........}J....',
      '  0030: 5896 e585 356b ab31 2549 8f94 dea0 35d7  X...5k.1%I....5.',
      '  0040: 2019 d75f 1ddc 60c5 1819 1a1b 1c1d 1e1f   .._..`.........',
      '  0050: 2021 2223 2425 2627 2829 2a2b 2c2d 2e2f   !"#$%&\'()*+,-./',
      '  0060: 3031 3233 3435                           012345',
    ),
  )
})

/** Blanks at both ends of lines were lost in print, and one line its ASCII column. */
it('dumps every line of the walkthrough as OpenBSD printed it', () => {
  const text = readFileSync(new URL('../../captures/walkthrough.txt', import.meta.url), 'utf8')
  const printed = text.split('\n').filter(line => /^ *[0-9a-f]{4}: [0-9a-f]{4} .{30}/.test(line))
  const whole = printed.filter(line => line.trim() !== '0060: 0000 0008 0400')
  expect(whole).toHaveLength(83)
  for (const line of whole) {
    const column = line.indexOf(':') + 2
    const bytes = Buffer.from(line.slice(column, column + 39).replaceAll(' ', ''), 'hex')
    const before = Number.parseInt(line, 16)
    const all = Buffer.concat([Buffer.alloc(before), bytes])
    expect(dumped(dumpOpenBsd, all).trimEnd().split('\n').at(-1)!.trim()).toBe(line.trim())
  }
})

it('dumps as OpenBSD tcpdump -x', () => {
  expect(dumped(dumpOpenBsdHex, request, 0, 19)).toBe(
    lines('\t\t\t 4500 0068 3dc1 0000 4004 b97d c0a8 0101', '\t\t\t c0a8 01'),
  )
})

it('dumps as tcpdump -XX: every byte value', () => {
  const bytes = Uint8Array.from([2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x88, 0xb5])
  const all = Uint8Array.from([...bytes, ...Array.from({ length: 256 }, (_, i) => i), 0x7e])
  expect(dumped(dumpTcpdump, all)).toBe(
    lines(
      '\t0x0000:  0200 0000 0001 0200 0000 0002 88b5 0001  ................',
      '\t0x0010:  0203 0405 0607 0809 0a0b 0c0d 0e0f 1011  ................',
      '\t0x0020:  1213 1415 1617 1819 1a1b 1c1d 1e1f 2021  ...............!',
      '\t0x0030:  2223 2425 2627 2829 2a2b 2c2d 2e2f 3031  "#$%&\'()*+,-./01',
      '\t0x0040:  3233 3435 3637 3839 3a3b 3c3d 3e3f 4041  23456789:;<=>?@A',
      '\t0x0050:  4243 4445 4647 4849 4a4b 4c4d 4e4f 5051  BCDEFGHIJKLMNOPQ',
      '\t0x0060:  5253 5455 5657 5859 5a5b 5c5d 5e5f 6061  RSTUVWXYZ[\\]^_`a',
      '\t0x0070:  6263 6465 6667 6869 6a6b 6c6d 6e6f 7071  bcdefghijklmnopq',
      '\t0x0080:  7273 7475 7677 7879 7a7b 7c7d 7e7f 8081  rstuvwxyz{|}~...',
      '\t0x0090:  8283 8485 8687 8889 8a8b 8c8d 8e8f 9091  ................',
      '\t0x00a0:  9293 9495 9697 9899 9a9b 9c9d 9e9f a0a1  ................',
      '\t0x00b0:  a2a3 a4a5 a6a7 a8a9 aaab acad aeaf b0b1  ................',
      '\t0x00c0:  b2b3 b4b5 b6b7 b8b9 babb bcbd bebf c0c1  ................',
      '\t0x00d0:  c2c3 c4c5 c6c7 c8c9 cacb cccd cecf d0d1  ................',
      '\t0x00e0:  d2d3 d4d5 d6d7 d8d9 dadb dcdd dedf e0e1  ................',
      '\t0x00f0:  e2e3 e4e5 e6e7 e8e9 eaeb eced eeef f0f1  ................',
      '\t0x0100:  f2f3 f4f5 f6f7 f8f9 fafb fcfd feff 7e    ..............~',
    ),
  )
})

it('dumps as tcpdump -xx', () => {
  const bytes = Uint8Array.from(Buffer.from('00fffffffffffffee1bbd1000108060001080006', 'hex'))
  expect(dumped(dumpTcpdumpHex, bytes, 1)).toBe(
    lines('\t0x0000:  ffff ffff ffff fee1 bbd1 0001 0806 0001', '\t0x0010:  0800 06'),
  )
})

it.each([
  ['OpenBSD -X', dumpOpenBsd, '  fff0: ', '  10000: 0000 00                                  ...'],
  ['tcpdump -XX', dumpTcpdump, '\t0xfff0:  ', '\t0x10000:  0000 00                                  ...'],
  ['tcpdump -xx', dumpTcpdumpHex, '\t0xfff0:  ', '\t0x10000:  0000 00'],
])('%s counts on beyond 0xffff', (_, dump, before, last) => {
  const end = dumped(dump, new Uint8Array(65539)).split('\n').slice(-3)
  expect(end[0]!.startsWith(before)).toBe(true)
  expect(end.slice(1)).toEqual([last, ''])
})

it('dumps nothing for no bytes', () => {
  for (const dump of [dumpOpenBsd, dumpOpenBsdHex, dumpTcpdump, dumpTcpdumpHex]) {
    expect(dumped(dump, request, 5, 0)).toBe('')
  }
})
