import { describe, expect, it } from 'vitest'
import { ipv4, udp4 } from '../craft.ts'
import { frameOf, hexBytes, peel } from '../peel.ts'

const packet = '45000014000000004004 f6e2 c0000201 c0000202'
const six = `60000000 0000 3b40 ${'20010db8000000000000000000000001'.repeat(2)}`
const frame = '00163e000002 00163e000001 0800'

const labelled = (after: string, type = '8847') =>
  peel(frameOf(hexBytes(`fee1bbd10002 fee1bbd10001 ${type} ${after}`)))

// Values and bit ranges are those of tshark, and the figures of RFC 3032, 4385, 4448 and 5586.
describe('MPLS', () => {
  it('makes a layer of each label', () => {
    const { stack, values, places, show } = labelled(`00066040 7d00 0b02 ${packet}`)
    expect(stack.slice(0, 3)).toEqual(['eth', 'mpls', 'mpls'])
    expect(values('mpls.label')).toEqual([102, 512000])
    expect(places('mpls.label')).toEqual(['112+20', '144+20'])
    expect(values('mpls.exp')).toEqual([0, 5])
    expect(show('mpls.bottom')).toEqual(['Not set', 'Set'])
    expect(values('mpls.ttl')).toEqual([64, 2])
    expect(places('mpls.bottom')).toEqual(['135+1', '167+1'])
  })

  it('guesses what the last label leaves unsaid, and says so', () => {
    const four = labelled(`00066140 ${packet}`)
    expect(four.stack).toEqual(['eth', 'mpls', 'ip'])
    expect(four.notes).toEqual([
      'info: No field says what follows the labels; by its first four bits, 4, Internet Protocol version 4',
    ])
    expect(labelled(`00066140 ${six}`).stack.slice(0, 3)).toEqual(['eth', 'mpls', 'ipv6'])
    expect(labelled(`00066140 00000007 ${frame} ${packet}`).stack).toEqual([
      'eth',
      'mpls',
      'pwethcw',
      'eth',
      'ip',
    ])
    expect(labelled(`00066140 ${frame} ${packet}`).stack).toEqual(['eth', 'mpls', 'eth', 'ip'])
    const unknown = labelled('00066140 a1b2c3d4')
    expect(unknown.stack).toEqual(['eth', 'mpls', 'data'])
    expect(unknown.statuses[1]).toBe('unknown')
  })

  it('knows labels that say it', () => {
    expect(labelled(`00000140 ${packet}`).notes).toEqual([])
    expect(labelled(`00000140 ${packet}`).show('mpls.label')).toEqual(['IPv4 Explicit NULL (0)'])
    expect(labelled(`00002140 ${six}`, '8848').stack[2]).toBe('ipv6')
    expect(labelled(`00003100 ${packet}`).notes.slice(0, 2)).toEqual([
      'warning: Implicit NULL is never sent: the router before this one should have left it out',
      'warning: The count is at 0: a router drops this',
    ])
  })

  it('reads associated channels', () => {
    const { stack, show } = labelled(`0000d140 1000 0021 ${packet}`)
    expect(stack).toEqual(['eth', 'mpls', 'pwach', 'ip'])
    expect(show('pwach.channel_type')).toEqual(['IPv4 (0x0021)'])
    expect(labelled('0000d140 11000007 20').notes.slice(1)).toEqual([
      'warning: Only version 0 is defined',
      'info: No dissector claims channel type 0x0007',
    ])
  })

  it('travels in IP, UDP and GRE', () => {
    expect(peel(ipv4(137, `00066140 ${packet}`)).stack).toEqual(['ip', 'mpls', 'ip'])
    expect(peel(udp4(40000, 6635, `00066140 ${packet}`)).stack).toEqual(['ip', 'udp', 'mpls', 'ip'])
    expect(peel(ipv4(47, `0000 8847 00066140 ${packet}`)).stack).toEqual(['ip', 'gre', 'mpls', 'ip'])
  })

  it('ends a stack that does not end', () => {
    const { statuses, stack } = labelled('00066040'.repeat(300))
    expect(stack.length).toBeLessThanOrEqual(256)
    expect(statuses.at(-1)).toBe('complete')
    expect(labelled('00066040').stack).toEqual(['eth', 'mpls'])
    expect(labelled('000661').statuses.at(-1)).toBe('malformed')
  })
})

describe('the control word', () => {
  it('counts frames', () => {
    const { values, places, notes } = labelled(`00066140 00010007 ${frame} ${packet}`)
    expect(values('pweth.cw.sequence_number')).toEqual([7])
    expect(places('pweth.cw.sequence_number')).toEqual(['160+16'])
    expect(notes).toContain('warning: For Ethernet these bits are to be 0')
  })
})
