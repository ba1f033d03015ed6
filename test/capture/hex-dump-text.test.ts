import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteWriter } from '../../src/byte-writer.ts'
import { hexDumpFrames, readHexDump } from '../../src/capture/hex-dump.ts'
import { dumpOpenBsd, dumpOpenBsdHex } from '../../src/print/hexdump.ts'
import { failure, hexOf, lines } from './dumps.ts'

it('reads the text of an article: wrapped header lines, lost margins, a lost ASCII column', () => {
  const file = (name: string) => readFileSync(new URL(`../../captures/${name}`, import.meta.url))
  const pcap = file('walkthrough.pcap')
  const records: { wire: number; hex: string }[] = []
  for (let at = 24; at < pcap.length; at += 16 + pcap.readUInt32LE(at + 8)) {
    const hex = pcap.subarray(at + 16, at + 16 + pcap.readUInt32LE(at + 8)).toString('hex')
    records.push({ wire: pcap.readUInt32LE(at + 12), hex })
  }
  const text = file('walkthrough.txt').toString()
  for (const copy of [text, text.replaceAll(/[ \t]+/g, ' ')]) {
    const frames = hexDumpFrames(copy, 'walkthrough.txt')
    const got = frames.map(f => ({ wire: f.wireLength, hex: Buffer.from(f.bytes).toString('hex') }))
    expect(got).toEqual(records)
    expect(frames.every(frame => frame.linkType === 101)).toBe(true)
  }
})

describe('what is no packet', () => {
  it('leaves out buffers that Wireshark put together', () => {
    const text = lines(
      'Frame (19 bytes):',
      '0000  fe e1 bb d1 00 02 fe e1 bb d1 00 01 08 00 45 00   ..............E.',
      '0010  00 28 ce                                          .(.',
      'Reassembled IPv4 (1500 bytes):',
      '0000  45 00 05 dc 13 87 00 00 40 01 09 77 ac 10 00 01   E.......@..w....',
      '',
      '0000  02 00 00 00 00 02                                 ......',
    )
    expect(hexOf(text)).toEqual(['fee1bbd10002fee1bbd100010800450000' + '28ce', '020000000002'])
  })

  it('leaves out options that tcpdump -vv dumps above the packet', () => {
    const text = lines(
      '01:48:29.786697 IP6 (hlim 255, next-header ICMPv6 (58) payload length: 32) fd3e:62ee:99db:bb1a::1 > ff02::1:ff00:2: [icmp6 sum ok] ICMP6, neighbor solicitation, length 32, who has fd3e:62ee:99db:bb1a::2',
      '\t  source link-address option (1), length 8 (1): fe:e1:bb:d1:00:01',
      '\t    0x0000:  fee1 bbd1 0001',
      '\t0x0000:  3333 ff00 0002 fee1 bbd1 0001 86dd 6000',
      '\t0x0010:  0000 0020 3aff fd3e 62ee 99db bb1a 0000',
    )
    const { frames } = readHexDump(text)
    expect(frames).toHaveLength(1)
    expect(Buffer.from(frames[0]!.bytes).toString('hex')).toBe(
      '3333ff000002fee1bbd1000186dd6000' + '000000203afffd3e62ee99dbbb1a0000',
    )
    expect(frames[0]!.time).toEqual({ seconds: 6509, fraction: 786697, digits: 6 })
  })

  it('leaves out options that tcpdump does not indent, or ends with other text', () => {
    const text = lines(
      '08:37:54.836963 PPPoE  [ses 0x3b1a] IP (tos 0xc0, ttl 250, id 21136, offset 0, flags [none], proto UDP (17), length 52)',
      '    109.6.1.72.1701 > 95.136.242.99.1701: [no cksum]  l2tp:[OP](18994/54110) {LCP, Echo-Request (0x09), id 72, length 14',
      '\tencoded length 12 (=Option(s) length 8)',
      '\t0x0000:  c021 0948 000c',
      '\t  Magic-Num 0xc1343922',
      '\t  -----trailing data-----',
      '\t  0x0000:  e7e1 8ff6}',
      '\t0x0000:  0000 0302 4a32 d35e 0000 ff03 c021 0948',
      '\t0x0010:  000c c134 3922 e7e1 8ff6',
    )
    expect(hexOf(text)).toEqual(['000003024a32d35e0000ff03c0210948' + '000cc1343922e7e18ff6'])
  })

  it('keeps a packet that was sent twice', () => {
    const text = lines('17:35:01.121296 IP', '\t0x0000:  c021 0948', '\t0x0000:  c021 0948')
    expect(hexOf(text)).toEqual(['c0210948', 'c0210948'])
  })

  it('keeps packets within packets where no time says that they are one', () => {
    const text = lines('\t0x0000:  c021 0948 000c', '\t0x0000:  ff03 c021 0948 000c')
    expect(hexOf(text)).toEqual(['c0210948000c', 'ff03c0210948000c'])
    const notOfTcpdump = lines('17:35:01.121296 Wireshark', '0000  c0 21', '0000  ff 03 c0 21')
    expect(hexOf(notOfTcpdump)).toEqual(['c021', 'ff03c021'])
  })

  it('keeps a packet further to the right than the next one, after an empty line', () => {
    const text = lines('\t    0x0000:  c021 0948', '', '\t0x0000:  ff03 c021')
    expect(hexOf(text)).toEqual(['c0210948', 'ff03c021'])
  })

  it('takes words for words', () => {
    const text = lines('2020: a year', '1000   1.234567 192.0.2.1', 'dead end', '0000: 4500', 'fade: out')
    expect(hexOf(text)).toEqual(['4500'])
  })
})

describe('times', () => {
  const dump = '\n\t0x0000:  4500 0033 0007 0000 4001 f6bf c000 0201\n'
  it.each([
    ['a time of day', '17:35:01.121296 IP 192.0.2.1 > 192.0.2.2: ICMP', 63301, 121296, 6],
    ['-tttt', '2020-01-19 17:35:01.121296 IP 192.0.2.1 > 192.0.2.2: ICMP', 1579455301, 121296, 6],
    ['-tt', '1579455301.121296 IP 192.0.2.1 > 192.0.2.2: ICMP', 1579455301, 121296, 6],
    ['nanoseconds', '1795226506.361397850 ARP, Request who-has', 1795226506, 361397850, 9],
    ['-#', '   12  17:35:01.121296 IP 192.0.2.1 > 192.0.2.2: ICMP', 63301, 121296, 6],
  ])('are read: %s', (_, header, seconds, fraction, digits) => {
    const [one, two] = readHexDump(header + dump + dump).frames
    expect(one!.time).toEqual({ seconds, fraction, digits })
    expect(two!.time).toBeUndefined()
  })

  it.each([
    '25:00:00.000000 IP',
    '17:35:01 then',
    '2020-13-01 17:35:01.121296 IP',
    '    1   0.000000 192.0.2.1',
  ])('are none: %s', header => {
    expect(readHexDump(header + dump).frames[0]!.time).toBeUndefined()
    expect(hexDumpFrames(header + dump, 'x')[0]!.seconds).toBeNaN()
  })
})

describe('frames', () => {
  it('have numbers, lengths, times and the guessed link type', () => {
    const text = lines(
      '17:35:02.122106 IP 192.0.2.2 > 192.0.2.1: ICMP echo request, id 1, seq 1, length 13',
      '\t0x0000:  4500 0021 0008 0000 4001 f6d0 c000 0202',
      '0000  02 00 00 00 00 02 02 00 00 00 00 01 08 00 45 00   ..............E.',
      '0010  00 21 00 08 00 00 40 01 f6 d0                     .!....@...',
    )
    expect(hexDumpFrames(text, 'x')).toMatchObject([
      {
        number: 1,
        seconds: 63302,
        fraction: 122106,
        capturedLength: 16,
        wireLength: 33,
        linkType: 101,
        start: 0,
      },
      { number: 2, seconds: Number.NaN, capturedLength: 26, wireLength: 47, linkType: 1, interfaceId: -1 },
    ])
  })

  it('have the link type asked for, and then no length beyond the dump', () => {
    expect(hexDumpFrames('0000: 0f00 0800 4500 0021', 'x', 104)).toMatchObject([
      { linkType: 104, wireLength: 8 },
    ])
  })
})

describe('errors are sentences', () => {
  it.each([
    [
      '',
      'notes.txt: no hex dump in it; wanted are lines like "0000: 4500 0068 …", as tcpdump -x, hexdump -C or xxd print them',
    ],
    [
      'Dear all,\nno dump here.\n',
      'notes.txt: no hex dump in it; wanted are lines like "0000: 4500 0068 …", as tcpdump -x, hexdump -C or xxd print them',
    ],
    [
      'x\n0000: 4500 0068\n0010: 4500\n',
      'notes.txt:3: offset 0010 where 0004 should follow; a line is missing, or the offsets are not hexadecimal (od: add -A x)',
    ],
    [
      '0000000 45 00 00 33 00 07 00 00 40 01 f6 bf c0 00 02 01\n0000020 c0 00\n',
      'notes.txt:2: offset 0020 where 0010 should follow; a line is missing, or the offsets are not hexadecimal (od: add -A x)',
    ],
    [
      '00000000  45 00 00                                          |E..|\n00000010\n',
      'notes.txt:2: offset 0010 where 0003 should follow; a line is missing, or the offsets are not hexadecimal (od: add -A x)',
    ],
    [
      '\t0x0010:  4500 0068\n',
      'notes.txt:1: the dump begins at offset 0010, not at 0000; its first lines are missing',
    ],
    [
      '0000: 4500\n17:35:01.121296 IP\n0002: 4500\n',
      'notes.txt:3: the dump begins at offset 0002, not at 0000; its first lines are missing',
    ],
    ['0000: 4500\nnote\n0002: 450\n', 'notes.txt:3: "450" is half a byte short; copy the dump again'],
    [
      '0000000 0045 3300\n0000002\n',
      'notes.txt:2: offset 0002 where 0004 should follow; a line is missing, or the offsets are not hexadecimal (od: add -A x)',
    ],
    ['0000: 4500 006\n', 'notes.txt:1: "006" is half a byte short; copy the dump again'],
    ['0000: 4500 00zz\n', 'notes.txt:1: "00zz" is not part of a dump; copy the dump again'],
    ['0000: 4500 \x1b[2J\n', 'notes.txt:1: "\\x1b[2J" is not part of a dump; copy the dump again'],
    [`0000: ${'4500 '.repeat(9)}\n`, 'notes.txt:1: "4500" is not part of a dump; copy the dump again'],
    [
      `0000: ${'4500'.repeat(9)}\n`,
      'notes.txt:1: "45004500450045004500" is not part of a dump; copy the dump again',
    ],
  ])('%j', (text, message) => {
    expect(failure(text)).toBe(message)
  })
})

it('reads back what our own printers write', () => {
  const packets = fc.array(fc.uint8Array({ minLength: 1, maxLength: 80 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(packets, fc.constantFrom(dumpOpenBsd, dumpOpenBsdHex), (all, dump) => {
      const out = new ByteWriter()
      for (const bytes of all) {
        out.ascii('17:35:01.121296 header\n')
        dump(out, bytes, 0, bytes.length)
      }
      expect(hexOf(out.toString())).toEqual(all.map(bytes => Buffer.from(bytes).toString('hex')))
    }),
  )
})

it('survives any text', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '0000: ',
      '0010:',
      '\t0x0000:  ',
      '00000000  ',
      '0000000 ',
      '\t\t\t ',
      '4500 ',
      '45 ',
      '  ',
      '*',
      '\n',
      '|',
      '>',
    ),
    fc.constantFrom('Data (3 bytes):\n', '17:35:01.121296 '),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), pieces => {
      failure(pieces.join(''))
    }),
    { numRuns: 2000 },
  )
})

it('reads long texts and long lines in linear time', () => {
  const packet = `17:35:01.121296 IP\n${'\t0x0000:  4500 0033 0007 0000 4001 f6bf c000 0201  E..3....@.......\n'}`
  expect(readHexDump(packet.repeat(50_000)).frames).toHaveLength(50_000)
  for (const long of [' ', '\t', '4500 ', 'f', 'x (1 ', '\n', '00']) {
    expect(failure(`0000: ${long.repeat(1_000_000)}`)).toMatch(/^notes.txt/)
  }
}, 20_000)
