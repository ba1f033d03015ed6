import { describe, expect, it } from 'vitest'
import { hex, joined, onePacket, read, timeOf } from './bytes.ts'

const section = hex('0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000')
const ethernet = hex('01000000 14000000 0100 0000 00000400 14000000')
const raw = hex('01000000 14000000 6500 0000 00000000 14000000')
const packet = hex(
  '06000000 28000000 00000000 240a0600 40222018 06000000 3c000000 616263646566 0000 28000000',
)

const bigEndian = hex(`
  0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c
  00000001 00000014 0065 0000 00000000 00000014
  00000006 00000028 00000000 00060a24 18202240 00000006 0000003c 616263646566 0000 00000028`)

it('reads a packet', async () => {
  const { frames, source } = await read(onePacket)
  expect(frames).toHaveLength(1)
  expect(timeOf(frames[0]!)).toBe('1700000000.123456')
  expect(frames[0]).toMatchObject({
    number: 1,
    capturedLength: 6,
    wireLength: 60,
    linkType: 1,
    interfaceId: 0,
  })
  expect(Buffer.from(frames[0]!.bytes).toString()).toBe('abcdef')
  expect(frames[0]!.comments).toEqual([])
  expect(source.damage).toBeUndefined()
})

it('changes byte order and interfaces with the section', async () => {
  const { frames, source } = await read(joined(onePacket, bigEndian, onePacket))
  expect(frames.map(frame => [frame.number, frame.linkType, frame.interfaceId, timeOf(frame)])).toEqual([
    [1, 1, 0, '1700000000.123456'],
    [2, 101, 0, '1700000000.123456'],
    [3, 1, 0, '1700000000.123456'],
  ])
  expect(source.interfaces.map(({ id, section }) => [section, id])).toEqual([
    [0, 0],
    [1, 0],
    [2, 0],
  ])
  expect(source.damage).toBeUndefined()
})

describe('an interface', () => {
  // Name lo0, description loop, resolution 10^-9, offset -3600 s, 4 bytes of check sequence.
  const described = hex(`
    01000000 44000000 0100 0000 60000000
    0200 0300 6c6f3000 0300 0400 6c6f6f70 0900 0100 09000000
    0e00 0800 f0f1ffffffffffff 0d00 0100 04000000 0000 0000 44000000`)
  const later = hex('06000000 20000000 00000000 fe9c9717 b1680871 00000000 3c000000 20000000')

  it('tells its name, clock and check sequence', async () => {
    const { frames, source } = await read(joined(section, described, later))
    expect(source.interfaces[0]).toMatchObject({
      name: 'lo0',
      description: 'loop',
      snapLength: 96,
      fcsBytes: 4,
    })
    // 1700000000.987654321 less an hour
    expect(timeOf(frames[0]!)).toBe('1699996400.987654321')
    expect(frames[0]!.fcsBytes).toBe(4)
  })

  it('is named by a packet and must be described before', async () => {
    const second = packet.slice()
    second[8] = 1
    const { frames } = await read(joined(section, ethernet, raw, second, packet))
    expect(frames.map(frame => [frame.interfaceId, frame.linkType])).toEqual([
      [1, 101],
      [0, 1],
    ])
    const { source } = await read(joined(section, ethernet, second))
    expect(source.damage).toBe(
      'standard input: block at byte 48 names interface 1 of a section with 1; read 0 packets before it',
    )
  })
})

describe('kinds of packet', () => {
  it('a simple one has no time, and the length that the interface allows', async () => {
    const limited = hex('01000000 14000000 0100 0000 04000000 14000000')
    const simple = hex('03000000 14000000 3c000000 61626364 14000000')
    const { frames } = await read(joined(section, limited, simple))
    expect(frames[0]).toMatchObject({
      seconds: Number.NaN,
      capturedLength: 4,
      wireLength: 60,
      interfaceId: 0,
    })
  })

  it('an obsolete one has a count of drops', async () => {
    const old = hex(
      '02000000 28000000 0000 0700 240a0600 40222018 06000000 3c000000 616263646566 0000 28000000',
    )
    const { frames } = await read(joined(section, ethernet, old))
    expect(frames[0]).toMatchObject({ capturedLength: 6, wireLength: 60, interfaceId: 0 })
    expect(timeOf(frames[0]!)).toBe('1700000000.123456')
  })

  it('comments and flags come as options', async () => {
    // Flags: 2 bytes of check sequence; comments `hi` and `ü`; the last option claims more than there is.
    const optioned = hex(`
      06000000 40000000 00000000 240a0600 40222018 03000000 3c000000 616263 00
      0200 0400 40000000 0100 0200 68690000 0100 0200 c3bc0000 0100 ffff 40000000`)
    const { frames, source } = await read(joined(section, ethernet, optioned, packet))
    expect(frames.map(frame => [frame.comments, frame.fcsBytes])).toEqual([
      [['hi', 'ü'], 2],
      [[], 0],
    ])
    expect(source.damage).toBeUndefined()
  })
})

it('keeps comments of the section and secrets', async () => {
  const commented = hex(
    '0a0d0d0a 28000000 4d3c2b1a 0100 0000 ffffffffffffffff 0100 0200 68690000 0000 0000 28000000',
  )
  const keys = hex('0a000000 18000000 4b534c54 03000000 616263 00 18000000')
  const { frames, source } = await read(joined(commented, ethernet, keys, packet))
  expect(frames).toHaveLength(1)
  expect(source.sectionComments).toEqual(['hi'])
  expect(source.secrets).toEqual([{ type: 0x544c534b, data: hex('616263') }])
})

describe('blocks that hold no packet', () => {
  it('are skipped', async () => {
    const unknown = hex('ff0b0000 10000000 01020304 10000000')
    const names = hex('04000000 10000000 00000000 10000000')
    const { frames, source } = await read(joined(section, unknown, ethernet, names, packet, unknown))
    expect(frames).toHaveLength(1)
    expect(source.damage).toBeUndefined()
  })

  it('are skipped even if they are longer than the buffer', async () => {
    const length = hex('0c 00 40 00')
    const unknown = joined(hex('ff0b0000'), length, new Uint8Array(4 << 20), length)
    const { frames, source } = await read(joined(section, ethernet, unknown, packet))
    expect(frames).toHaveLength(1)
    expect(source.damage).toBeUndefined()
  })

  it('must be there to their end', async () => {
    const { source } = await read(joined(section, ethernet, packet, hex('ff0b0000 00100000 01020304')))
    expect(source.damage).toBe(
      'standard input: cut short in the block at byte 88: 12 of 4096 bytes are there; read 1 packet before it',
    )
  })
})

describe('lengths that lie', () => {
  const after = async (text: string) => (await read(joined(onePacket, hex(text), packet))).source.damage
  const damage = (what: string) => `standard input: block at byte 88 ${what}; read 1 packet before it`

  it.each([
    ['nothing', '06000000 00000000 00000000 00000000', 'claims 0 bytes'],
    ['less than itself', '06000000 08000000 08000000', 'claims 8 bytes'],
    ['half a word', '06000000 15000000 00000000', 'claims 21 bytes'],
    ['4 GiB', '06000000 fcffffff 00000000', 'claims 4294967292 bytes'],
    ['4 GiB of an unknown kind', 'ff0b0000 fcffffff 00000000', 'claims 4294967292 bytes'],
    ['two lengths', 'ff0b0000 10000000 01020304 14000000', 'claims 16 bytes at its start and 20 at its end'],
    ['a short packet', '06000000 10000000 01020304 10000000', 'is too short for a packet'],
    ['a short simple packet', '03000000 0c000000 0c000000', 'is too short for a packet'],
    ['a short interface', '01000000 0c000000 0c000000', 'is too short for an interface'],
    ['short secrets', '0a000000 10000000 00000000 10000000', 'is too short for secrets'],
    [
      'more secrets than the block',
      '0a000000 18000000 4b534c54 05000000 61626364 18000000',
      'holds secrets that claim 5 bytes',
    ],
    [
      'more packet than the block',
      '06000000 20000000 00000000 00000000 00000000 01000000 01000000 20000000',
      'holds a packet that claims 1 bytes',
    ],
    [
      'another version',
      '0a0d0d0a 1c000000 4d3c2b1a 0200 0100 ffffffffffffffff 1c000000',
      'begins pcapng version 2.1, not 1.0',
    ],
    [
      'no byte order',
      '0a0d0d0a 1c000000 4d3c2b1b 0100 0000 ffffffffffffffff 1c000000',
      'has no byte-order mark',
    ],
  ])('%s', async (_, text, what) => {
    expect(await after(text)).toBe(damage(what))
  })
})

describe('what a file may make us keep', () => {
  const repeated = (block: Uint8Array, count: number) => joined(...Array.from({ length: count }, () => block))

  it('is 65,535 interfaces', async () => {
    const { frames, source } = await read(joined(section, repeated(ethernet, 65_535), packet))
    expect([frames.length, source.damage]).toEqual([1, undefined])
    const { source: fuller } = await read(joined(section, repeated(ethernet, 65_536), packet))
    expect(fuller.damage).toContain('describes one interface more than 65535')
  })

  it('is 16 MiB of secrets', async () => {
    // Four blocks of 6 MiB.
    const length = hex('00006000')
    const size = 0x600000 - 20
    const data = hex('ecff5f00')
    const keys = joined(hex('0a000000'), length, hex('4b534c54'), data, new Uint8Array(size), length)
    const { frames, source } = await read(joined(section, ethernet, repeated(keys, 4), packet))
    expect(source.secrets.map(secret => secret.data.length)).toEqual([size, size])
    expect([frames.length, source.damage]).toEqual([1, undefined])
  })

  it('is 100 comments of a packet', async () => {
    // 200 comments of one byte, 8 bytes each, on an empty packet.
    const comments = repeated(hex('0100 0100 61000000'), 200)
    const head = hex('06000000 60060000 00000000 00000000 00000000 00000000 00000000')
    const { frames } = await read(joined(section, ethernet, head, comments, hex('60060000')))
    expect(frames[0]!.comments).toEqual(Array.from({ length: 100 }, () => 'a'))
  })

  it('is a million characters of section comments', async () => {
    // Sections with a comment of 60,000 bytes each: 28 + 4 + 60,000 + 4 bytes.
    const length = hex('80ea0000')
    const start = joined(hex('0a0d0d0a'), length, hex('4d3c2b1a 0100 0000 ffffffffffffffff 0100 60ea'))
    const commented = joined(start, new Uint8Array(60_000).fill(0x61), length)
    const { source } = await read(joined(repeated(commented, 20), ethernet, packet))
    expect(source.sectionComments).toHaveLength(17)
    expect(source.damage).toBeUndefined()
  })

  it('is packets of 256 KiB', async () => {
    const length = hex('24000400')
    const head = hex('00000000 240a0600 40222018 04000400 04000400')
    const long = joined(hex('06000000'), length, head, new Uint8Array(0x40004), length)
    const { source } = await read(joined(section, ethernet, long))
    expect(source.damage).toContain('block at byte 48 holds a packet that claims 262148 bytes')
  })
})

/** An Interface Statistics Block of interface 0: isb_ifdrop (5) and isb_osdrop (7), 64 bits each. */
const statistics = (ifdrop: string, osdrop: string) =>
  hex(`05000000 34000000 00000000 240a0600 40222018
    0500 0800 ${ifdrop} 0700 0800 ${osdrop} 00000000 34000000`)

it('adds up what an interface lost, and believes the last word', async () => {
  const first = statistics('0100000000000000', '0000000000000000')
  const last = statistics('0300000000000000', '0400000001000000')
  const { frames, source } = await read(joined(onePacket, first, packet, last, packet))
  expect(frames).toHaveLength(3)
  // 3 + 2^32 + 4
  expect(source.interfaces[0]!.lost).toBe(4294967303)
  expect(source.damage).toBeUndefined()
})

it('knows nothing of losses where nobody counts, and survives statistics of no sense', async () => {
  const uncounted = statistics('ffffffffffffffff', 'ffffffffffffffff')
  const short = hex('05000000 10000000 00000000 10000000')
  const strange = hex('05000000 18000000 09000000 240a0600 40222018 18000000')
  const { frames, source } = await read(joined(onePacket, uncounted, short, strange, packet))
  expect(frames).toHaveLength(2)
  expect([source.interfaces[0]!.lost, source.damage]).toEqual([undefined, undefined])
})

it('delivers every prefix of a file as far as it goes', async () => {
  const file = joined(onePacket, packet, hex('ff0b0000 10000000 01020304 10000000'))
  for (let length = 0; length < file.length; length++) {
    const reading = read(file.subarray(0, length))
    if (length < 28) {
      await expect(reading).rejects.toThrow(/cut short in the block at byte 0|empty file|not a capture file/)
      continue
    }
    const { frames, source } = await reading
    expect(frames).toHaveLength(length < 88 ? 0 : length < 128 ? 1 : 2)
    expect(source.damage === undefined, `${length} bytes`).toBe([28, 48, 88, 128].includes(length))
  }
})
