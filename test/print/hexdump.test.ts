import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ByteWriter } from '../../src/byte-writer.ts'
import { dumpOpenBsd, dumpOpenBsdHex } from '../../src/print/hexdump.ts'

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

it('counts on beyond 0xffff', () => {
  const end = dumped(dumpOpenBsd, new Uint8Array(65539)).split('\n').slice(-3)
  expect(end[0]!.startsWith('  fff0: ')).toBe(true)
  expect(end.slice(1)).toEqual(['  10000: 0000 00                                  ...', ''])
})

it('has every byte value as itself, or as a dot where it cannot be printed', () => {
  const all = dumped(
    dumpOpenBsd,
    Uint8Array.from({ length: 256 }, (_, byte) => byte),
  )
  const shown = all.split('\n').map(line => line.slice(49))
  const ascii =
    ' !"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~'
  expect(shown.join('')).toBe('.'.repeat(32) + ascii + '.'.repeat(129))
})

it('dumps nothing for no bytes', () => {
  for (const dump of [dumpOpenBsd, dumpOpenBsdHex]) {
    expect(dumped(dump, request, 5, 0)).toBe('')
  }
})
