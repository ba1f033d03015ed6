import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

const frames = await framesOf(captureFile('nbns.pcap'))

// Values and places as tshark 4.0 has them, but for names of records, whose first byte it leaves out.
describe('NetBIOS names', () => {
  it('are asked for', () => {
    const { stack, show, values, places, found, notes } = peel(frames[0]!)
    expect(stack).toEqual(['eth', 'ip', 'udp', 'nbns'])
    expect(show('nbns.name')).toEqual(['FILES<20>'])
    expect(places('nbns.name')).toEqual([`${54 * 8}+${34 * 8}`])
    expect(show('nbns.type')).toEqual(['NB (32)'])
    expect(values('nbns.flags.broadcast')).toEqual([1])
    expect(found.layer(3).summary).toBe('query FILES<20>')
    expect(notes).toEqual([])
  })

  it('are told', () => {
    const { show, places, found } = peel(frames[1]!)
    expect(show('nbns.addr')).toEqual(['192.168.1.2'])
    expect(places('nbns.addr')).toEqual([`${100 * 8}+32`])
    expect(show('nbns.ttl')).toEqual(['300000 seconds'])
    expect(show('nbns.nb_flags.ont')).toEqual(['H node (3)'])
    expect(found.layer(3).summary).toBe('query response FILES<20>, 192.168.1.2')
  })

  it('are taken, and refused', () => {
    expect(peel(frames[2]!).show('nbns.name')).toEqual(['ALICE<00>', 'the name at byte 12'])
    expect(peel(frames[3]!).show('nbns.flags.rcode')).toEqual(['Name is owned by another node (6)'])
  })

  it('stop at lengths that lie', () => {
    const last = (payload: string) => peel(udp4(137, 137, payload))
    expect(last('0001 0110 0001 0000 0000 0000 20 4141').statuses.at(-1)).toBe('malformed')
    const record = (length: string) =>
      `0001 8500 0000 0001 0000 0000 c00c 0020 0001 00000000 ${length} 0000 c0000201`
    expect(last(record('0006')).statuses.at(-1)).toBe('complete')
    expect(last(record('0007')).statuses.at(-1)).toBe('malformed')
    expect(last('0001 0110 ffff 0000 0000 0000 00 0020 0001').show('nbns.name')).toEqual([
      'not a NetBIOS name',
    ])
    const hidden = `20${'42 4c'.repeat(16)}00`
    expect(last(`0001 0110 0001 0000 0000 0000 ${hidden} 0020 0001`).show('nbns.name')[0]).not.toContain(
      '\x1b',
    )
  })
})
