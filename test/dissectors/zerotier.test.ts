import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

const frames = await framesOf(captureFile('zerotier.pcap'))
const at = (number: number) => peel(frames[number - 1]!)

// Values read from the bytes by hand: the layouts are those of ZeroTier's node/Packet.hpp.
describe('ZeroTier', () => {
  it('reads a HELLO, which is in clear', () => {
    const { stack, show, values, places, found, notes, statuses } = at(1)
    expect(stack).toEqual(['eth', 'ip', 'udp', 'zerotier'])
    expect(show('zerotier.destination')).toEqual(['1d71939404'])
    expect(show('zerotier.source')).toEqual(['89e92ceee5'])
    expect(places('zerotier.source')).toEqual([`${(42 + 13) * 8}+40`])
    expect(show('zerotier.cipher')).toEqual(['None, Poly1305 (0)'])
    expect(show('zerotier.verb')).toEqual(['HELLO (1)'])
    expect(places('zerotier.verb')).toEqual([`${(42 + 27) * 8 + 3}+5`])
    expect(values('zerotier.hello.protocol')).toEqual([12])
    expect(values('zerotier.hello.minor')).toEqual([14])
    expect(values('zerotier.hello.revision')).toEqual([2])
    expect(found.layer(3).summary).toBe('89e92ceee5 → 1d71939404, HELLO')
    expect(statuses.at(-1)).toBe('complete')
    expect(notes).toEqual([])
  })

  it('leaves the rest to the two nodes', () => {
    const { show, values, statuses } = at(2)
    expect(show('zerotier.cipher')).toEqual(['Salsa20/12, Poly1305 (1)'])
    expect(values('zerotier.hops')).toEqual([1])
    expect(statuses.at(-1)).toBe('opaque')
    expect(at(3).values('zerotier.flags')).toEqual([1])
    expect(at(3).show('zerotier.cipher')).toEqual(['AES-GMAC-SIV (3)'])
  })

  it('tells fragments from packets', () => {
    const { values, found, statuses } = at(4)
    expect(values('zerotier.packet_id')).toEqual(at(3).values('zerotier.packet_id'))
    expect(values('zerotier.fragment.total')).toEqual([2])
    expect(values('zerotier.fragment.number')).toEqual([1])
    expect(values('zerotier.fragment.hops')).toEqual([2])
    expect(found.layer(3).summary).toBe('fragment 1 of 2, to 1d71939404')
    expect(statuses.at(-1)).toBe('opaque')
  })

  it('stops where the header does', () => {
    const last = (payload: string) => peel(udp4(9993, 9993, payload)).statuses.at(-1)
    expect(last('0102030405060708 0102030405')).toBe('malformed')
    expect(last(`0102030405060708 0102030405 0102030405 00 ${'00'.repeat(8)}`)).toBe('malformed')
  })
})
