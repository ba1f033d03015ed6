import { describe, expect, it } from 'vitest'
import { Session } from '../../src/dissect/session.ts'
import { ipv6 } from '../craft.ts'
import { peel } from '../peel.ts'

// 100 bytes "zzz…" from 2001:db8::1 port 40000 to 2001:db8::2 port 40001, cut behind its first 48 bytes.
const z = (count: number) => '7a'.repeat(count)
const first = `1100 0001 00000042 9c409c41006c7f33 ${z(40)}`
const last = `1100 0030 00000042 ${z(60)}`
const whole = '9c409c41000d280b68656c6c6f'

describe('IPv6 fragment header', () => {
  it('names its bits where tshark does', () => {
    const { show, values, places } = peel(ipv6(44, first))
    expect(show('ipv6.fraghdr.nxt')).toEqual(['UDP (17)'])
    expect(places('ipv6.fraghdr.nxt')).toEqual(['320+8'])
    expect(places('ipv6.fraghdr.reserved_octet')).toEqual(['328+8'])
    expect(show('ipv6.fraghdr.offset')).toEqual(['0 bytes (0)'])
    expect(places('ipv6.fraghdr.offset')).toEqual(['336+13'])
    expect(places('ipv6.fraghdr.reserved_bits')).toEqual(['349+2'])
    expect(values('ipv6.fraghdr.more')).toEqual([1])
    expect(places('ipv6.fraghdr.more')).toEqual(['351+1'])
    expect(show('ipv6.fraghdr.ident')).toEqual(['0x00000042'])
    expect(places('ipv6.fraghdr.ident')).toEqual(['352+32'])
    expect(show('ipv6.fraghdr.offset')).not.toEqual(peel(ipv6(44, last)).show('ipv6.fraghdr.offset'))
  })

  it('alone shows what the first fragment holds, and nothing of a later one', () => {
    const begin = peel(ipv6(44, first))
    expect(begin.stack).toEqual(['ipv6', 'ipv6.fraghdr', 'udp', 'data'])
    expect(begin.notes.filter(note => note.startsWith('error: Malformed'))).toEqual([])
    expect(begin.line()).toBe(
      '2001:db8::1 > 2001:db8::2: frag (0x00000042:48@0+) 2001:db8::1.40000 > 2001:db8::2.40001: udp 100',
    )
    const later = peel(ipv6(44, last))
    expect(later.stack).toEqual(['ipv6', 'ipv6.fraghdr', 'data'])
    expect(later.show('ipv6.fraghdr.offset')).toEqual(['48 bytes (6)'])
    expect(later.line({ verbose: 1 })).toBe(
      '2001:db8::1 > 2001:db8::2: frag (0x00000042:60@48) (len 68, hlim 64)',
    )
  })

  it('is put together by a session, in any order', () => {
    for (const order of [
      [first, last],
      [last, first],
    ]) {
      const session = new Session()
      const one = peel({ ...ipv6(44, order[0]!), number: 7 }, session)
      expect(one.stack).toEqual(['ipv6', 'ipv6.fraghdr', 'data'])
      expect(one.notes).toEqual(['info: First fragment seen of datagram 0x00000042'])
      const two = peel({ ...ipv6(44, order[1]!), number: 9 }, session)
      expect(two.stack).toEqual(['ipv6', 'ipv6.fraghdr', 'udp', 'data'])
      // UDP's sum is right over both pieces.
      expect(two.notes).toEqual(['info: Completes datagram 0x00000042, whose fragments are frames 7, 9'])
      expect(two.found.buffers.map(buffer => [buffer.name, buffer.bytes.length])).toEqual([
        ['reassembled-ipv6', 108],
      ])
      expect(two.places('udp.srcport')).toEqual(['0+16'])
    }
  })

  it('that the capture cut is not waited for', () => {
    expect(peel(ipv6(44, first, 10), new Session()).stack).toEqual(['ipv6', 'ipv6.fraghdr', 'udp', 'data'])
    expect(peel(ipv6(44, last, 10), new Session()).stack).toEqual(['ipv6', 'ipv6.fraghdr', 'data'])
  })

  it('keeps packets of other hosts apart', () => {
    const session = new Session()
    peel({ ...ipv6(44, first), number: 1 }, session)
    const other = ipv6(44, last)
    other.bytes[23] = 9
    expect(peel({ ...other, number: 2 }, session).stack).toEqual(['ipv6', 'ipv6.fraghdr', 'data'])
  })

  it('of a whole packet goes straight on', () => {
    const { stack, notes, line } = peel(ipv6(44, `11ff 0006 00000043 ${whole}`), new Session())
    expect(stack).toEqual(['ipv6', 'ipv6.fraghdr', 'udp', 'data'])
    expect(notes).toEqual([
      'warning: The reserved byte is not 0',
      'warning: Reserved bits are set',
      'info: A fragment that is the whole packet',
    ])
    expect(line()).toContain('frag (0x00000043:13@0) 2001:db8::1.40000')
  })

  it('doubts lengths that no sender makes', () => {
    expect(peel(ipv6(44, `1100 0001 00000044 9c409c41006c7f33 ${z(37)}`)).notes).toContain(
      'error: 45 bytes are no multiple of 8, as all fragments but the last have to be',
    )
  })

  it('doubts packets longer than any', () => {
    expect(peel(ipv6(44, `1100 fff8 00000044 ${z(8)}`)).notes).toEqual([
      'error: Ends at byte 65536 of a packet that has at most 65535',
    ])
  })

  it('breaks off where the capture does', () => {
    const { statuses, notes } = peel(ipv6(44, first, 50))
    expect(statuses).toEqual(['complete', 'truncated'])
    expect(notes).toEqual(['warning: Truncated: Identification needs 4 bytes, the capture holds 2'])
  })
})
