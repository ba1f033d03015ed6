import { describe, expect, it } from 'vitest'
import { Session } from '../src/dissect/session.ts'
import type { Frame } from '../src/frame.ts'
import { ipv4, ipv6, udp4 } from './craft.ts'
import { everyPrinter, survive } from './every-printer.ts'
import { ethernet, frameOf, hexBytes, type Peeled, peel, raw } from './peel.ts'

const hex16 = (value: number) => value.toString(16).padStart(4, '0')
const hexOf = (frame: Frame) => Buffer.from(frame.bytes).toString('hex')

const stations = '02005e530002 02005e530001'

describe('headers without end', () => {
  const nested = (depth: number, wrap: (inner: string) => Frame): Frame => {
    let frame = wrap('00'.repeat(8))
    for (let i = 1; i < depth; i++) frame = wrap(hexOf(frame))
    return frame
  }

  it.each([
    ['IPv4 in IPv4', nested(100, inner => ipv4(4, inner)), 'ip', 'Internet Protocol version 4'],
    ['IPv6 in IPv6', nested(100, inner => ipv6(41, inner)), 'ipv6', 'Internet Protocol version 6'],
  ])('%s stop at 64 layers', (_, frame, id, name) => {
    const { stack, notes, line, statuses } = survive(frame)
    expect(stack).toEqual([...Array(63).fill(id), 'data'])
    expect(notes.at(-1)).toBe(`error: 64 layers deep: ${name} and what follows is not peeled`)
    expect(new Set(statuses)).toEqual(new Set(['complete']))
    expect(line({ verbose: 3 }).length).toBeLessThan(64 * 200)
  })

  it('GRE in GRE stops at 64 layers', () => {
    const { stack, notes } = survive(nested(40, inner => ipv4(47, `00000800 ${inner}`)))
    expect(stack.slice(0, 4)).toEqual(['ip', 'gre', 'ip', 'gre'])
    expect(stack).toHaveLength(64)
    expect(notes.at(-1)).toContain('64 layers deep: Generic Routing Encapsulation')
  })

  it('VLAN tags stop at 64 layers', () => {
    const { stack, found } = survive(
      frameOf(hexBytes(`${stations} ${'8100 0001'.repeat(200)} 0800`), ethernet),
    )
    expect(stack).toEqual(['eth', ...Array(62).fill('vlan'), 'data'])
    expect(found.ends[63]).toBe(14 + 200 * 4)
  })

  it('extension headers stop at 64 layers', () => {
    const { stack, notes } = survive(ipv6(60, `${'3c000104 00000000'.repeat(100)}`))
    expect(stack).toEqual(['ipv6', ...Array(62).fill('ipv6.dstopts'), 'data'])
    expect(notes.filter(note => note.startsWith('error'))).toEqual([
      'error: 64 layers deep: IPv6 Destination Options and what follows is not peeled',
    ])
  })

  it('quotations in quotations in quotations are cut without being broken', () => {
    const quoting = nested(5, inner => ipv4(1, `03010000 00000000 ${inner}`))
    const whole = peel(quoting)
    expect(whole.stack.slice(0, 6)).toEqual(['ip', 'icmp', 'ip', 'icmp', 'ip', 'icmp'])
    expect([...whole.found.quoted.subarray(0, 4)]).toEqual([0, 0, 1, 1])
    for (let length = 1; length < quoting.capturedLength; length++) {
      const cut = survive({ ...quoting, capturedLength: length })
      expect(cut.statuses.join(), `cut at ${length}`).not.toContain('malformed')
      expect(cut.stack, `cut at ${length}`).toEqual(whole.stack.slice(0, cut.stack.length))
    }
  })
})

describe('frames whose own lengths lie', () => {
  const linkTypes = [0, 1, 101, 108, 109, 113, 117, 228, 229, 276, 999]

  it.each(linkTypes)('no bytes of link type %i', linkType => {
    const empty = survive(frameOf(new Uint8Array(0), linkType))
    expect(empty.found.fieldCount).toBe(0)
    const lost = survive(frameOf(new Uint8Array(0), linkType, 100))
    expect(lost.statuses).toEqual(['truncated'])
    expect(lost.notes.join()).not.toContain('Malformed')
  })

  it.each(linkTypes)('4 GB on the wire of link type %i', linkType => {
    const bytes = hexBytes(`${stations} 0800 ${hexOf(udp4(1, 2, 'aabb'))}`)
    for (const wireLength of [0x3fffffff, 0x7fffffff, 0x80000000, 0xffffffff])
      for (const fcsBytes of [0, 4, 255]) survive({ ...frameOf(bytes, linkType, wireLength), fcsBytes })
  })

  it('on the wire of 4 GB leave the packet as it is', () => {
    const bytes = hexBytes(`${stations} 0800 ${hexOf(udp4(1, 2, 'aabb'))}`)
    const { stack, statuses } = survive(frameOf(bytes, ethernet, 0xffffffff))
    expect(stack).toEqual(['eth', 'ip', 'udp', 'data'])
    expect(statuses).toEqual(['complete', 'complete', 'complete', 'complete'])
  })

  it('captured longer than on the wire are read as captured', () => {
    const frame = udp4(1, 2, 'aabb')
    const { stack, statuses, notes } = survive({ ...frame, wireLength: 3 })
    expect(stack).toEqual(['ip', 'udp', 'data'])
    expect(statuses).toEqual(['complete', 'complete', 'complete'])
    expect(notes).toEqual(peel(frame).notes)
  })

  it('read nothing before or behind the frame', () => {
    const inner = udp4(1, 2, 'aabb').bytes
    const bytes = new Uint8Array(200).fill(0xee)
    bytes.set(inner, 50)
    const { found, values } = survive({ ...frameOf(bytes, raw), start: 50, capturedLength: inner.length })
    expect(values('data.data')).toEqual(['aabb'])
    expect(found.ends[found.layerCount - 1]).toBe(inner.length)
  })
})

/** A fragment of 192.0.2.1's datagram 1 to 192.0.2.2, in units of 8 bytes. */
const fragment = (units: number, more: boolean, payload: string, protocol = 17, number = 1): Frame => {
  const { bytes } = ipv4(protocol, payload)
  bytes[5] = 1
  bytes[6] = (more ? 0x20 : 0) | (units >> 8)
  bytes[7] = units & 0xff
  return { ...frameOf(bytes, raw), number }
}

const datagram = `04d20050 00200000 ${'61'.repeat(24)}`
const half = (n: 0 | 1) => datagram.replaceAll(' ', '').slice(n * 32, n * 32 + 32)

describe('fragments', () => {
  const peelAll = (frames: readonly Frame[]): Peeled[] => {
    const session = new Session()
    for (const [i, frame] of frames.entries()) everyPrinter({ ...frame, number: i + 1 }, session)
    const again = new Session()
    return frames.map((frame, i) => peel({ ...frame, number: i + 1 }, again))
  }

  it('that overlap, as teardrop sends them, are put together with a warning', () => {
    const [, last] = peelAll([fragment(0, true, half(0) + '61'.repeat(8)), fragment(2, false, half(1))])
    expect(last!.stack).toEqual(['ip', 'udp', 'data'])
    expect(last!.notes).toContain('warning: The fragment overlaps an earlier one')
  })

  it('inside an earlier one, as teardrop sends them, complete nothing', () => {
    const [, last] = peelAll([fragment(0, true, half(0) + half(1)), fragment(1, false, '6161')])
    expect(last!.stack).toEqual(['ip', 'udp', 'data'])
    expect(last!.notes.join('\n')).toMatch(/repeats bytes|overlaps/)
    expect(last!.found.buffers[0]!.bytes.length).toBe(10)
  })

  it('that overlap with other bytes are under suspicion', () => {
    const [, last] = peelAll([fragment(0, true, half(0)), fragment(1, false, '62'.repeat(24))])
    expect(last!.notes.join('\n')).toContain('overlaps an earlier one with other bytes')
  })

  it('that start inside the TCP header are told', () => {
    const [first, second] = peelAll([fragment(0, true, '04d2005000000001', 6), fragment(1, true, half(0), 6)])
    expect(first!.stack).toEqual(['ip', 'data'])
    expect(second!.notes).toContain(
      'warning: Starts inside the TCP header, which hides its flags from filters (RFC 1858)',
    )
  })

  it('beyond 65535 bytes, as the ping of death, are refused', () => {
    const [, last] = peelAll([fragment(0, true, half(0), 1), fragment(0x1fff, false, '61'.repeat(400), 1)])
    expect(last!.stack).toEqual(['ip', 'data'])
    expect(last!.notes.join('\n')).toContain('Ends at byte 65928 of a datagram that has at most 65515')
    expect(last!.notes.join('\n')).toContain('The fragment ends at byte 65928, past 65535')
  })

  it('that come twice are put together once', () => {
    const twice = [fragment(0, true, half(0)), fragment(0, true, half(0)), fragment(2, false, half(1))]
    const [, repeated, last, late] = peelAll([...twice, fragment(2, false, half(1))])
    expect(repeated!.notes).toContain('warning: The fragment repeats bytes that came before')
    expect(last!.stack).toEqual(['ip', 'udp', 'data'])
    expect(late!.stack).toEqual(['ip', 'data'])
  })

  it('of a datagram that holds its own last fragment end', () => {
    const own = hexOf(fragment(2, false, '', 4))
    const [, last] = peelAll([fragment(0, true, own.slice(0, 32), 4), fragment(2, false, own.slice(32), 4)])
    expect(last!.stack.length).toBeLessThanOrEqual(64)
  })

  it('never finished leave the next datagram alone', () => {
    const session = new Session()
    for (let i = 1; i <= 1000; i++) {
      const { bytes, ...frame } = fragment(0x1fe0, true, half(0), 17, i)
      bytes.set(hexBytes(hex16(i)), 4)
      everyPrinter({ ...frame, bytes }, session)
    }
    const first = { ...fragment(0, true, half(0)), number: 1001 }
    first.bytes.set([0xff, 0xff], 4)
    const last = { ...fragment(2, false, half(1)), number: 1002 }
    last.bytes.set([0xff, 0xff], 4)
    peel(first, session)
    expect(peel(last, session).stack).toEqual(['ip', 'udp', 'data'])
  })

  it('of IPv6 carry what the first one says (RFC 8200 §4.5), where tshark believes the last one', () => {
    const pieces = [ipv6(44, `11000001 00000001 ${half(0)}`), ipv6(44, `06000010 00000001 ${half(1)}`)]
    const [, last] = peelAll(pieces)
    expect(last!.stack).toEqual(['ipv6', 'ipv6.fraghdr', 'udp', 'data'])
    expect(last!.notes.join('\n')).toContain('Says 6 comes next, but what the first fragment says counts: 17')
  })
})
