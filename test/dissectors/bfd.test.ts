import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

const frames = await framesOf(captureFile('bfd.pcap'))

// Values as tshark 4.0 shows them.
describe('BFD', () => {
  it('reads a session that comes up', () => {
    const { stack, show, values, places, notes } = peel(frames[2]!)
    expect(stack).toEqual(['eth', 'ip', 'udp', 'bfd'])
    expect(show('bfd.sta')).toEqual(['Up (3)'])
    expect(places('bfd.sta')).toEqual(['344+2'])
    expect(values('bfd.flags.p')).toEqual([1])
    expect(values('bfd.detect_time_multiplier')).toEqual([3])
    expect(show('bfd.your_discriminator')).toEqual(['0x00000022'])
    expect(show('bfd.desired_min_tx_interval')).toEqual(['300 ms (300000)'])
    expect(notes).toEqual([])
  })

  it('says why it went down', () => {
    expect(peel(frames[3]!).found.layer(3).summary).toBe('Down (1), Control detection time expired (1)')
  })

  it('refuses lengths that lie', () => {
    const last = (payload: string) => peel(udp4(49152, 3784, payload))
    expect(last(`20c00310${'00'.repeat(20)}`).statuses.at(-1)).toBe('malformed')
    expect(last(`20c00318${'00'.repeat(10)}`).statuses.at(-1)).toBe('malformed')
    expect(last(`20c4031a${'00'.repeat(20)}0102`).values('bfd.auth')).toEqual(['0102'])
  })
})
