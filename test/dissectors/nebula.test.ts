import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

const frames = await framesOf(captureFile('nebula.pcap'))

// Values read from the bytes by hand: the layout is that of Nebula's header/header.go.
describe('Nebula', () => {
  it('reads the header', () => {
    const { stack, show, values, places, found, notes, statuses } = peel(frames[2]!)
    expect(stack).toEqual(['eth', 'ip', 'udp', 'nebula'])
    expect(values('nebula.version')).toEqual([1])
    expect(show('nebula.type')).toEqual(['Message (1)'])
    expect(show('nebula.remote_index')).toEqual(['0x77665544'])
    expect(values('nebula.counter')).toEqual(['0000000000000003'])
    expect(places('nebula.counter')).toEqual([`${50 * 8}+64`])
    expect(found.layer(3).summary).toBe('message, index 0x77665544')
    expect(statuses.at(-1)).toBe('opaque')
    expect(notes).toEqual(['info: Encrypted: only the two nodes can read on'])
  })

  it('leaves the handshake as it is, and errors without payload', () => {
    const sizes = frames.map(frame => peel(frame).values('nebula.handshake').length)
    expect(sizes).toEqual([1, 1, 0, 0, 0, 0])
    expect(peel(frames[3]!).statuses.at(-1)).toBe('complete')
    expect(peel(frames[5]!).show('nebula.type')).toEqual(['Test (4)'])
  })

  it('notices other versions, and what is missing', () => {
    expect(peel(udp4(4242, 4242, `21000000 ${'00'.repeat(12)}`)).notes).toEqual([
      'warning: Nebula has only version 1',
    ])
    expect(peel(udp4(4242, 4242, '11000000')).statuses.at(-1)).toBe('malformed')
  })
})
