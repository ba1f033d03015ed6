import { describe, expect, it } from 'vitest'
import { hex, joined, read, timeOf, twoRecords } from './bytes.ts'

/** Header, then one record of `abcd` at 1700000000.123456 (789). Times as tshark prints them. */
const formats = {
  'microseconds, little endian': [
    `d4c3b2a1 0200 0400 00000000 00000000 00000400 01000000
     00f15365 40e20100 04000000 40000000 61626364`,
    '1700000000.123456',
  ],
  'microseconds, big endian': [
    `a1b2c3d4 0002 0004 00000000 00000000 00040000 00000001
     6553f100 0001e240 00000004 00000040 61626364`,
    '1700000000.123456',
  ],
  'nanoseconds, little endian': [
    `4d3cb2a1 0200 0400 00000000 00000000 00000400 01000000
     00f15365 15cd5b07 04000000 40000000 61626364`,
    '1700000000.123456789',
  ],
  'nanoseconds, big endian': [
    `a1b23c4d 0002 0004 00000000 00000000 00040000 00000001
     6553f100 075bcd15 00000004 00000040 61626364`,
    '1700000000.123456789',
  ],
  'patched, little endian': [
    `34cdb2a1 0200 0400 00000000 00000000 00000400 01000000
     00f15365 40e20100 04000000 40000000 02000000 0008 00 00 61626364`,
    '1700000000.123456',
  ],
  'patched, big endian': [
    `a1b2cd34 0002 0004 00000000 00000000 00040000 00000001
     6553f100 0001e240 00000004 00000040 00000002 0008 00 00 61626364`,
    '1700000000.123456',
  ],
  'patched magic before plain records': [
    `34cdb2a1 0200 0400 00000000 00000000 00000400 01000000
     00f15365 40e20100 04000000 40000000 61626364`,
    '1700000000.123456',
  ],
} as const

describe('pcap formats', () => {
  it.each(Object.entries(formats))('%s', async (_, [text, time]) => {
    const { frames, source } = await read(hex(text))
    expect(frames).toHaveLength(1)
    expect(timeOf(frames[0]!)).toBe(time)
    expect(frames[0]).toMatchObject({
      number: 1,
      capturedLength: 4,
      wireLength: 64,
      linkType: 1,
      interfaceId: -1,
    })
    expect(frames[0]!.bytes).toEqual(hex('61626364'))
    expect(source.damage).toBeUndefined()
  })

  it('refuses the patched magic before records of no known form', async () => {
    const bytes = joined(
      hex(formats['patched, little endian'][0]).subarray(0, 24),
      new Uint8Array(40).fill(0xee),
    )
    await expect(read(bytes)).rejects.toThrow('whose records are of no known form')
  })
})

const header = (version: string, link: string) =>
  hex(`d4c3b2a1 ${version} 00000000 00000000 ffff0000 ${link}`)
const record = hex('00f15365 40e20100 04000000 40000000 61626364')

describe('the link type', () => {
  it('has the length of the frame check sequence in its upper bits', async () => {
    const { frames } = await read(joined(header('0200 0400', '01000024'), record))
    expect(frames[0]).toMatchObject({ linkType: 1, fcsBytes: 4 })
  })

  it('says nothing of a frame check sequence while bit 26 is clear', async () => {
    const { frames } = await read(joined(header('0200 0400', '01000040'), record))
    expect(frames[0]).toMatchObject({ linkType: 1, fcsBytes: 0 })
  })

  it('is raw IP where BSD/OS wrote its own number', async () => {
    const { frames } = await read(joined(header('0200 0400', '0c000000'), record))
    expect(frames[0]!.linkType).toBe(101)
  })
})

describe('the two lengths', () => {
  const swapped = hex('00f15365 40e20100 40000000 04000000 61626364')

  it('came the other way round before version 2.3', async () => {
    const { frames } = await read(joined(header('0200 0200', '01000000'), swapped))
    expect(frames[0]).toMatchObject({ capturedLength: 4, wireLength: 64 })
  })

  it('came either way in version 2.3', async () => {
    const { frames, source } = await read(joined(header('0200 0300', '01000000'), swapped, record))
    expect(frames.map(frame => frame.capturedLength)).toEqual([4, 4])
    expect(source.damage).toBeUndefined()
  })

  it('are taken as they are in version 2.4, even if more was captured than sent', async () => {
    const longer = hex('00f15365 40e20100 04000000 02000000 61626364')
    const { frames } = await read(joined(header('0200 0400', '01000000'), longer))
    expect(frames[0]).toMatchObject({ capturedLength: 4, wireLength: 2 })
  })
})

it('carries microseconds of more than a second', async () => {
  const late = hex('00f15365 41420f00 00000000 00000000')
  const { frames } = await read(joined(header('0200 0400', '01000000'), late))
  expect(timeOf(frames[0]!)).toBe('1700000001.000001')
})

describe('lengths that lie', () => {
  it('stops at a record longer than any packet', async () => {
    const { frames, source } = await read(
      joined(twoRecords, hex('00f15365 00000000 01000400 01000400'), record),
    )
    expect(frames).toHaveLength(2)
    expect(source.damage).toBe(
      'standard input: record at byte 65 claims 262145 bytes; read 2 packets before it',
    )
  })

  it('takes USB transfers of more than 256 KiB', async () => {
    const transfer = joined(hex('00f15365 00000000 00000500 00000500'), new Uint8Array(0x50000).fill(7))
    const { frames, source } = await read(joined(header('0200 0400', 'f9000000'), transfer, record))
    expect(frames.map(frame => frame.capturedLength)).toEqual([0x50000, 4])
    expect(source.damage).toBeUndefined()
  })
})

it('reads a record longer than the buffer', async () => {
  const data = Uint8Array.from({ length: 3 << 20 }, (_, i) => i % 251)
  const transfer = joined(hex('00f15365 00000000 00003000 00003000'), data)
  const { frames } = await read(joined(header('0200 0400', 'f9000000'), record, transfer, record))
  expect(frames.map(frame => frame.capturedLength)).toEqual([4, 3 << 20, 4])
  expect(Buffer.compare(frames[1]!.bytes, data)).toBe(0)
})

it('delivers every prefix of a file as far as it goes', async () => {
  const refusal = /cut short in the file header|empty file|not a capture file/
  for (let length = 0; length < twoRecords.length; length++) {
    const reading = read(twoRecords.subarray(0, length))
    if (length < 24) {
      await expect(reading).rejects.toThrow(refusal)
      continue
    }
    const { frames, source } = await reading
    expect(frames).toHaveLength(length < 44 ? 0 : 1)
    expect(source.damage === undefined).toBe(length === 24 || length === 44)
  }
})

it('says how much of the last record is there', async () => {
  const { source } = await read(twoRecords.subarray(0, 62))
  expect(source.damage).toBe(
    'standard input: cut short in the record at byte 44: 18 of 21 bytes are there; read 1 packet before it',
  )
})
