import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

const frames = await framesOf(captureFile('stun.pcap'))
const at = (number: number) => peel(frames[number - 1]!)

// Values and places as tshark 4.0 has them.
describe('STUN', () => {
  it('reads a question and its answer: the address as the server saw it', () => {
    expect(at(1).show('stun.type')).toEqual(['Binding request (0x0001)'])
    expect(at(1).show('stun.att.software')).toEqual(['vpn 1.0'])
    const { stack, show, values, places, found, notes } = at(2)
    expect(stack).toEqual(['eth', 'ip', 'udp', 'stun'])
    expect(show('stun.type')).toEqual(['Binding success (0x0101)'])
    expect(values('stun.id')).toEqual(['b7e7a701bc34d686fa87dfae'])
    expect(show('stun.att.ipv4-xord')).toEqual(['203.0.113.7'])
    expect(show('stun.att.port-xord')).toEqual(['51820'])
    expect(places('stun.att.ipv4-xord')).toEqual([`${70 * 8}+32`])
    expect(show('stun.att.ipv4')).toEqual(['203.0.113.7'])
    expect(show('stun.att.crc32')).toEqual(['0x9eef719a'])
    expect(found.layer(3).summary).toBe('Binding success, 203.0.113.7 port 51820')
    expect(notes).toEqual([])
  })

  it('unmasks addresses of version 6', () => {
    expect(at(4).show('stun.att.ipv6-xord')).toEqual(['fd3e:62ee:99db:bb1a::1'])
    expect(at(4).show('stun.att.port-xord')).toEqual(['40000'])
  })

  it('reads what TURN adds', () => {
    expect(at(6).show('stun.type')).toEqual(['Allocate error (0x0113)'])
    expect(at(6).found.layer(3).summary).toBe('Allocate error, 401 Unauthorized')
    expect(at(6).show('stun.att.realm')).toEqual(['example.org'])
    expect(at(6).values('stun.att.padding')).toEqual(['00'])
    expect(at(7).show('stun.att.username')).toEqual(['alice'])
    expect(at(7).places('stun.att.hmac')).toEqual([`${122 * 8}+160`])
    expect(at(8).show('stun.att.lifetime')).toEqual(['600 seconds'])
    expect(at(9).show('stun.att.channelnum')).toEqual(['0x4001'])
    const { stack, found } = at(10)
    expect(stack).toEqual(['eth', 'ip', 'udp', 'stun', 'data'])
    expect(found.layer(3).summary).toBe('channel 0x4001, 5 bytes')
  })

  it('is known by its cookie on other ports', () => {
    const { stack, notes } = at(11)
    expect(stack).toEqual(['eth', 'ip', 'udp', 'stun'])
    expect(notes[0]).toMatch(/^info: No port says so, but what follows looks like Session Traversal/)
    const header = (length: string, cookie: string) => `0001${length}${cookie}${'00'.repeat(12)}`
    const last = (payload: string) => peel(udp4(40000, 40001, payload)).stack.at(-1)
    expect(last(header('0000', '2112a442'))).toBe('stun')
    expect(last(header('0004', '2112a442'))).toBe('data')
    expect(last(header('0000', '2112a443'))).toBe('data')
    expect(last(`4${header('0000', '2112a442').slice(1)}`)).toBe('data')
  })

  it('stops at attributes that lie', () => {
    const last = (attributes: string, length: string) =>
      peel(udp4(40000, 3478, `0101${length}2112a442${'00'.repeat(12)}${attributes}`))
    expect(last('00200010 00010000', '0008').statuses.at(-1)).toBe('malformed')
    expect(last('002000080003000001020304', '000c').values('stun.value')).toEqual(['01020304'])
    expect(last('80220004 1b5b324a', '0008').show('stun.att.software')[0]).not.toContain('\x1b')
  })
})
