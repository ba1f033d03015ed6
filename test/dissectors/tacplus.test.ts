import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { peel } from '../peel.ts'
import { tcp4 } from '../tcp-craft.ts'

const frames = await framesOf(captureFile('tacplus.pcap'))

// Values as tshark 4.0 has them.
describe('TACACS+', () => {
  it('reads the header, and leaves the hidden body', () => {
    const { stack, show, values, places, found, statuses } = peel(frames[1]!)
    expect(stack).toEqual(['eth', 'ip', 'tcp', 'tacplus'])
    expect(values('tacplus.majvers')).toEqual([12])
    expect(show('tacplus.type')).toEqual(['Authentication (1)'])
    expect(values('tacplus.seqno')).toEqual([2])
    expect(values('tacplus.flags.singleconn')).toEqual([1])
    expect(values('tacplus.session_id')).toEqual([0x5b6a7c8d])
    expect(places('tacplus.packet_len')).toEqual([`${62 * 8}+32`])
    expect(statuses.at(-1)).toBe('opaque')
    expect(found.layer(3).summary).toBe('authentication, from the server, 16 bytes')
  })

  it('warns of a body in clear', () => {
    const { show, notes, statuses } = peel(frames[2]!)
    expect(show('tacplus.type')).toEqual(['Authorization (2)'])
    expect(statuses.at(-1)).toBe('complete')
    expect(notes).toEqual(['warning: The body is in clear, and with it whatever password is in it'])
  })

  it('is nothing else on its port', () => {
    const last = (payload: string) => peel(tcp4(40000, 49, payload)).stack.at(-1)
    expect(last('c0010101 11223344 00000000')).toBe('tacplus')
    expect(last('b0010101 11223344 00000000')).toBe('data')
    expect(last('c0040101 11223344 00000000')).toBe('data')
    expect(last('c0010101 11223344 7fffffff')).toBe('data')
  })
})
