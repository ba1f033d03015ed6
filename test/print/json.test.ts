import { describe, expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { ByteWriter } from '../../src/byte-writer.ts'
import { Session } from '../../src/dissect/session.ts'
import type { Frame } from '../../src/frame.ts'
import { printJson } from '../../src/print/json.ts'
import { captureFile, captureNames, framesOf } from '../captures.ts'
import { frameOf, hexBytes } from '../peel.ts'

// Expected values are those of the contract in README.md and of RFC 791 and RFC 768.

const json = (frame: Frame): string => {
  const out = new ByteWriter()
  printJson(out, newDissector(new Session()).dissect(frame, 'noted'))
  return out.toString()
}

const ethernet = '020000000002 020000000001 0800'
const ip = '4500 0021 1234 4000 4011 0000 c0000201 c0000202'
const udp = '1f90 0009 000d 0000'
const frame: Frame = {
  ...frameOf(hexBytes(`${ethernet} ${ip} ${udp} 68656c6c6f`)),
  number: 7,
  seconds: 1579455301,
  fraction: 121296,
}

type Node = {
  name: string
  value: unknown
  display: string
  offset: number
  length: number
  children?: Node[]
}
const flat = (fields: Node[]): Node[] => fields.flatMap(node => [node, ...flat(node.children ?? [])])

describe('a packet', () => {
  const line = json(frame)
  const packet = JSON.parse(line)
  const fields = flat(packet.layers.flatMap((layer: { fields: Node[] }) => layer.fields))
  const find = (name: string) => fields.find(node => node.name === name)

  it('is one line with its keys in order', () => {
    expect(line.endsWith('}\n')).toBe(true)
    expect(line.trimEnd()).not.toContain('\n')
    expect(Object.keys(packet)).toEqual([
      'number',
      'time',
      'wireLength',
      'capturedLength',
      'linkType',
      'protocols',
      'layers',
    ])
    expect(packet).toMatchObject({
      number: 7,
      time: '1579455301.121296',
      wireLength: 47,
      capturedLength: 47,
      linkType: 'EN10MB',
    })
    expect(packet.protocols).toEqual(['eth', 'ip', 'udp', 'data'])
  })

  it('has layers with their keys in order', () => {
    expect(packet.layers.map((layer: Node) => [layer.offset, layer.length])).toEqual([
      [0, 14],
      [14, 20],
      [34, 8],
      [42, 5],
    ])
    for (const layer of packet.layers)
      expect(Object.keys(layer)).toEqual([
        'protocol',
        'name',
        'offset',
        'length',
        'summary',
        'fields',
        'notes',
      ])
  })

  it('gives numbers as numbers, addresses and bytes as hex, and words for people', () => {
    expect(find('ip.ttl')).toEqual({
      name: 'ip.ttl',
      label: 'Time to live',
      offset: 22,
      length: 1,
      value: 64,
      display: '64',
    })
    expect(find('ip.src')).toMatchObject({ offset: 26, length: 4, value: 'c0000201', display: '192.0.2.1' })
    expect(find('eth.src')).toMatchObject({
      offset: 6,
      length: 6,
      value: '020000000001',
      display: '02:00:00:00:00:01',
    })
    expect(find('data.data')).toMatchObject({ offset: 42, length: 5, value: '68656c6c6f' })
    expect(find('ip.hdr_len')).toMatchObject({
      value: 5,
      display: '20 bytes (5)',
      offset: 14,
      length: 1,
      bitOffset: 4,
      bitLength: 4,
    })
    expect(find('ip.frag_offset')).toMatchObject({
      offset: 20,
      length: 2,
      bitOffset: 3,
      bitLength: 13,
      value: 0,
    })
    expect(find('ip.flags.df')).toMatchObject({ bitOffset: 1, bitLength: 1, value: 1 })
    expect(find('udp.dstport')).toMatchObject({ value: 9, display: 'discard (9)' })
  })

  it('nests parts in what they are parts of', () => {
    const flags = find('ip.flags')!
    expect(flags.children!.map(node => node.name)).toEqual(['ip.flags.rb', 'ip.flags.df', 'ip.flags.mf'])
  })

  it('notes what is wrong', () => {
    // RFC 1071 by hand: 4500+0021+1234+4000+4011+c000+0201+c000+0202 = 25b69 → 5b6b → complement a494.
    expect(packet.layers[1].notes).toEqual([
      { severity: 'error', text: 'Header checksum 0x0000 is wrong, 0xa494 expected' },
    ])
  })
})

describe('times', () => {
  const time = (seconds: number, fraction: number, digits: number) =>
    JSON.parse(json({ ...frame, seconds, fraction, digits })).time

  it('have exactly the digits of the capture', () => {
    expect(time(1, 5, 6)).toBe('1.000005')
    expect(time(1, 5, 9)).toBe('1.000000005')
    expect(time(1, 999_999_999_999, 12)).toBe('1.999999999999')
    expect(time(0, 0, 0)).toBe('0')
  })

  it('may lie before 1970 or be missing', () => {
    expect(time(-1, 500_000, 6)).toBe('-0.500000')
    expect(time(-2, 0, 6)).toBe('-2.000000')
    expect(time(Number.NaN, 0, 6)).toBe(null)
  })
})

describe('text from packets', () => {
  it('keeps control characters from the terminal', () => {
    const line = json({ ...frame, comments: ['\x1b[31mred\x07\u009b \u202e "quoted" \\ ünïcode 😀'] })
    expect(line).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/)
    expect(JSON.parse(line).comments).toEqual(['\x1b[31mred\x07\u009b \u202e "quoted" \\ ünïcode 😀'])
  })
})

describe.each(captureNames)('%s', name => {
  it('is valid by the contract', async () => {
    for (const frame of await framesOf(captureFile(name), 100)) {
      const packet = JSON.parse(json(frame))
      expect(packet.layers.map((layer: { protocol: string }) => layer.protocol)).toEqual(packet.protocols)
      for (const layer of packet.layers) {
        const size = layer.buffer ? packet.buffers[layer.buffer].length : packet.capturedLength
        expect(layer.offset + layer.length).toBeLessThanOrEqual(size)
        for (const node of flat(layer.fields)) checkField(node, size)
      }
    }
  })
})

/** What every field has to be, whatever its protocol. */
function checkField(node: Node & { bitOffset?: number; bitLength?: number }, size: number): void {
  expect(node.offset + node.length, node.name).toBeLessThanOrEqual(size)
  expect(node.display, node.name).not.toMatch(/[\n\x00-\x1f]/)
  expect(['number', 'string', 'object'], node.name).toContain(typeof node.value)
  expect('bitOffset' in node, node.name).toBe('bitLength' in node)
  if (node.bitLength !== undefined && node.bitOffset !== undefined)
    expect(Math.ceil((node.bitOffset + node.bitLength) / 8), node.name).toBe(node.length)
}
