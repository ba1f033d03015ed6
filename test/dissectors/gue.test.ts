import { describe, expect, it } from 'vitest'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

const packet = '45000014000000004004 f6e2 c0000201 c0000202'
const damaged = '45000014000000004004 f6e3 c0000201 c0000202'
const six = `60000000 0008 0640 ${'20010db8000000000000000000000001'.repeat(2)} 0000000000000000`

// The figures of draft-ietf-intarea-gue and its extensions; Linux's gue(4) as in net/ipv4/fou.c.
describe('GUE', () => {
  it('carries a packet of any IP protocol', () => {
    const { stack, show, values, places, notes } = peel(udp4(40000, 6080, `00 04 0000 ${packet}`))
    expect(stack).toEqual(['ip', 'udp', 'gue', 'ip'])
    expect(values('gue.variant')).toEqual([0])
    expect(places('gue.hlen')).toEqual(['227+5'])
    expect(show('gue.proto')).toEqual(['IPv4 encapsulation (4)'])
    expect(notes).toEqual([])
  })

  it('reads what Linux puts into private data, and passes over other extensions', () => {
    const { values, stack } = peel(udp4(40000, 6080, `02 04 0001 80000000 00140024 ${packet}`))
    expect(stack.at(-1)).toBe('ip')
    expect(values('gue.private_flags')).toEqual([0x80000000])
    expect(values('gue.remote_checksum.start')).toEqual([20])
    expect(values('gue.remote_checksum.offset')).toEqual([36])
    const other = peel(udp4(40000, 6080, `01 04 8000 0000002a ${packet}`))
    expect(other.values('gue.flags.group')).toEqual([1])
    expect(other.values('gue.extensions')).toEqual(['0000002a'])
    expect(other.stack.at(-1)).toBe('ip')
  })

  it('has no header in variant 1', () => {
    expect(peel(udp4(40000, 6080, packet)).stack).toEqual(['ip', 'udp', 'gue', 'ip'])
    expect(peel(udp4(40000, 6080, six)).stack.slice(0, 4)).toEqual(['ip', 'udp', 'gue', 'ipv6'])
  })

  it('stops where nothing is defined', () => {
    expect(peel(udp4(40000, 6080, '80040000 01020304')).notes).toEqual([
      'error: Variant 2: only 0 and 1 are defined, the rest is not read',
    ])
    const control = peel(udp4(40000, 6080, '20010000 01020304'))
    expect(control.values('gue.ctype')).toEqual([1])
    expect(control.notes).toEqual(['info: A control message of the tunnel’s ends: no packet is inside'])
    expect(peel(udp4(40000, 6080, '1f040000 01020304')).notes).toEqual([
      'error: Malformed: Extensions and private data needs 124 bytes, Length leaves 4',
    ])
  })

  it('is guessed on other ports by a packet that fits to the byte', () => {
    const { stack, notes } = peel(udp4(40000, 5557, `00 04 0000 ${packet}`))
    expect(stack).toEqual(['ip', 'udp', 'gue', 'ip'])
    expect(notes).toEqual([
      'info: No port says so, but what follows looks like Generic UDP Encapsulation: a guess from header and length',
    ])
    expect(peel(udp4(40000, 5557, `00 04 0000 ${packet}00`)).stack.at(-1)).toBe('data')
    expect(peel(udp4(40000, 5557, `00 04 0000 ${damaged}`)).stack.at(-1)).toBe('data')
  })
})

describe('FOU', () => {
  it('is guessed where a whole packet stands behind UDP', () => {
    expect(peel(udp4(40000, 5555, packet)).stack).toEqual(['ip', 'udp', 'fou', 'ip'])
    expect(peel(udp4(40000, 5555, six)).stack.slice(0, 4)).toEqual(['ip', 'udp', 'fou', 'ipv6'])
    expect(peel(udp4(40000, 5555, `2000 0800 00000007 ${packet}`)).stack).toEqual([
      'ip',
      'udp',
      'fou',
      'gre',
      'ip',
    ])
    expect(peel(udp4(40000, 5555, packet)).notes[0]).toContain('looks like Foo over UDP: a guess')
  })

  it('is not where it does not fit', () => {
    for (const payload of [damaged, `${packet}00`, `2000 0800 ${packet}`, `2400 0800 00000007 ${packet}`])
      expect(peel(udp4(40000, 5555, payload)).stack).toEqual(['ip', 'udp', 'data'])
    expect(peel(udp4(40000, 5555, packet, 1)).stack).toEqual(['ip', 'udp', 'data'])
  })
})
