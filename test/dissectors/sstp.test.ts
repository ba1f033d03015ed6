import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { peel } from '../peel.ts'
import { tcp4 } from '../tcp-craft.ts'

const frames = await framesOf(captureFile('sstp.pcap'))
const at = (number: number) => peel(frames[number - 1]!)

// Values and places as tshark 4.0 has them, which leaves the MAC and a second packet in a segment unread.
describe('SSTP', () => {
  it('begins as HTTP', () => {
    expect(at(1).stack).toEqual(['eth', 'ip', 'tcp', 'http'])
    expect(at(1).notes).toContain('info: SSTP, Microsoft’s VPN: from here on this connection carries PPP')
  })

  it('reads control messages', () => {
    const { stack, show, values, places, found, notes } = at(3)
    expect(stack).toEqual(['eth', 'ip', 'tcp', 'sstp'])
    expect(show('sstp.messagetype')).toEqual(['Call connect request (1)'])
    expect(show('sstp.encapsulatedprotocol')).toEqual(['PPP (1)'])
    expect(values('sstp.length')).toEqual([14])
    expect(found.layer(3).summary).toBe('call connect request')
    expect(places('sstp.attriblength')).toEqual([`${64 * 8 + 4}+12`])
    expect(notes).toEqual([])
    expect(at(4).values('sstp.nonce')).toEqual([
      '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
    ])
    expect(at(6).show('sstp.hash')).toEqual(['SHA-256 (2)'])
    expect(at(6).places('sstp.cert_hash')).toEqual([`${102 * 8}+256`])
    expect(at(6).places('sstp.compoundmac')).toEqual([`${134 * 8}+256`])
    expect(at(9).show('sstp.attribid')).toEqual(['Status info (2)', 'Encapsulated protocol ID (1)'])
    expect(at(9).values('sstp.status')).toEqual([4])
  })

  it('carries PPP, and a further packet in the same segment', () => {
    expect(at(5).stack).toEqual(['eth', 'ip', 'tcp', 'sstp', 'ppp', 'lcp'])
    expect(at(7).stack.slice(3)).toEqual(['sstp', 'ppp', 'ip', 'icmp', 'data', 'sstp'])
    expect(at(7).show('sstp.messagetype')).toEqual(['Echo request (8)'])
  })

  it('is HTTP where version, flag or length do not fit', () => {
    const last = (payload: string) => peel(tcp4(40000, 80, payload)).stack.at(-1)
    expect(last('10010008 0008 0000')).toBe('sstp')
    for (const other of [
      '10010009 0008 0000',
      '11010008 0008 0000',
      '10020008 0008 0000',
      '10010003',
      '1001',
    ])
      expect(last(other)).toBe('http')
  })

  it('stops at attributes that lie', () => {
    const last = (payload: string) => peel(tcp4(40000, 80, payload)).statuses.at(-1)
    expect(last('1001000c 0001 0001 0001 0005')).toBe('malformed')
    expect(last('1001000c 0001 0001 0001 0003')).toBe('malformed')
    expect(last('1001000c 0001 ffff 0000 0004')).toBe('complete')
  })
})
