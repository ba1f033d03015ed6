import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

const frames = await framesOf(captureFile('ntp.pcap'))

// Values as tshark 4.0 shows them.
describe('NTP', () => {
  it('reads a question', () => {
    const { stack, values, show, found, notes } = peel(frames[0]!)
    expect(stack).toEqual(['eth', 'ip', 'udp', 'ntp'])
    expect(values('ntp.flags.vn')).toEqual([4])
    expect(show('ntp.flags.mode')).toEqual(['Client (3)'])
    expect(show('ntp.precision')).toEqual(['2^-20 seconds'])
    expect(show('ntp.org')).toEqual(['not known'])
    expect(show('ntp.xmt')).toEqual(['2026-01-01 00:00:00.500 UTC'])
    expect(found.layer(3).summary).toBe('version 4, client')
    expect(notes).toEqual([])
  })

  it('reads an answer', () => {
    const { values, show, places, found } = peel(frames[1]!)
    expect(values('ntp.stratum')).toEqual([2])
    expect(show('ntp.refid')).toEqual(['0xc0000201'])
    expect(show('ntp.rootdelay')).toEqual(['0.004440 seconds'])
    expect(show('ntp.rec')).toEqual(['2026-01-01 00:00:00.750 UTC'])
    expect(places('ntp.xmt')).toEqual(['656+64'])
    expect(found.layer(3).summary).toBe('version 4, server, stratum 2')
  })

  it('leaves control messages as they are, and notices what is missing', () => {
    expect(peel(udp4(123, 123, '160100000000')).values('ntp.control')).toEqual(['0100000000'])
    expect(peel(udp4(123, 123, '2300')).statuses.at(-1)).toBe('malformed')
  })
})
