import { describe, expect, it } from 'vitest'
import { ipv4 } from '../craft.ts'
import { frameOf, hexBytes, peel } from '../peel.ts'

// Linux, transport mode, DEFLATE under a negotiated number: a ping of 1,000 bytes.
const ping = `fee1bbd10002 fee1bbd10001 0800 45000036 38964000 406c7e72 c0a80101 c0a80102
  01 00 0701 e360a89ecb709181f13407633603 10d86d6607510c8ea360148c82610700`

describe('IPComp', () => {
  it('says what is compressed, and under which number', () => {
    const { stack, show, values, places, notes, statuses, line } = peel(frameOf(hexBytes(ping)))
    expect(stack).toEqual(['eth', 'ip', 'ipcomp'])
    expect(show('ipcomp.next_header')).toEqual(['ICMP (1)'])
    expect(places('ipcomp.next_header')).toEqual(['272+8'])
    expect(values('ipcomp.flags')).toEqual([0])
    expect(places('ipcomp.flags')).toEqual(['280+8'])
    expect(values('ipcomp.cpi')).toEqual([0x701])
    expect(show('ipcomp.cpi')).toEqual(['negotiated (0x0701)'])
    expect(places('ipcomp.cpi')).toEqual(['288+16'])
    expect(places('ipcomp.data')).toEqual(['304+240'])
    expect(statuses.at(-1)).toBe('opaque')
    expect(notes).toEqual(['info: Compressed: what is inside is not unpacked'])
    expect(line()).toBe('ipcomp 192.168.1.1 > 192.168.1.2 cpi 0x0701 flags 0 next 1 (DF)')
  })

  it('knows the numbers that need no negotiation, and the ranges', () => {
    const cpi = (number: string) => peel(ipv4(108, `06 00 ${number} 1708b45c`)).show('ipcomp.cpi')[0]
    expect(['0001', '0002', '0003', '0004', '003f'].map(cpi)).toEqual([
      'OUI (0x0001)',
      'DEFLATE (0x0002)',
      'LZS (0x0003)',
      'LZJH (0x0004)',
      'unassigned (0x003f)',
    ])
    expect(['0040', '00ff', '0100', 'efff', 'f000', 'ffff'].map(cpi)).toEqual([
      'reserved (0x0040)',
      'reserved (0x00ff)',
      'negotiated (0x0100)',
      'negotiated (0xefff)',
      'private use (0xf000)',
      'private use (0xffff)',
    ])
    expect(peel(ipv4(108, '06 00 abcd 17')).line()).toBe(
      'ipcomp 192.0.2.1 > 192.0.2.2 cpi 0xABCD flags 0 next 6',
    )
  })

  it('warns of what its sender may not do', () => {
    expect(peel(ipv4(108, '01 80 0000 aa')).notes).toEqual([
      'warning: The flags are to be 0',
      'warning: A reserved number is never sent',
      'info: Compressed: what is inside is not unpacked',
    ])
    expect(peel(ipv4(108, '01 00 0002')).notes).toContain(
      'warning: Nothing is inside, and nothing cannot be compressed',
    )
  })

  it('tells cut from contradictory', () => {
    const lie = peel(ipv4(108, '010000'))
    expect(lie.statuses.at(-1)).toBe('malformed')
    expect(lie.notes).toEqual([
      'error: Malformed: Compression parameter index needs 2 bytes, Total length leaves 1',
    ])
    expect(lie.line()).toContain('ipcomp 192.0.2.1 > 192.0.2.2 [|ipcomp]')
    const cut = peel(ipv4(108, '01 00 0002 aabbccdd', 2))
    expect(cut.statuses.at(-1)).toBe('truncated')
    expect(cut.values('ipcomp.data')).toEqual(['aabb'])
  })
})
