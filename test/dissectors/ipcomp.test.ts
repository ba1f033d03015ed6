import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { ipv4 } from '../craft.ts'
import { frameOf, hexBytes, peel } from '../peel.ts'

// Linux, transport mode, DEFLATE under a negotiated number: a ping of 1,000 bytes.
const ping = `fee1bbd10002 fee1bbd10001 0800 45000036 38964000 406c7e72 c0a80101 c0a80102
  01 00 0701 e360a89ecb709181f13407633603 10d86d6607510c8ea360148c82610700`

// From 192.0.2.1 to 192.0.2.2, with the sum that belongs to it.
const segment = '270fc000000000010000000250100100ffe6000068656c6c6f'

const deflated = (hex: string): string => deflateRawSync(hexBytes(hex)).toString('hex')

describe('IPComp', () => {
  it('says what is compressed, and under which number', () => {
    const { stack, show, values, places, notes, statuses, line, found } = peel(frameOf(hexBytes(ping)))
    expect(stack).toEqual(['eth', 'ip', 'ipcomp', 'icmp', 'data'])
    expect(show('ipcomp.next_header')).toEqual(['ICMP (1)'])
    expect(places('ipcomp.next_header')).toEqual(['272+8'])
    expect(values('ipcomp.flags')).toEqual([0])
    expect(places('ipcomp.flags')).toEqual(['280+8'])
    expect(values('ipcomp.cpi')).toEqual([0x701])
    expect(show('ipcomp.cpi')).toEqual(['negotiated (0x0701)'])
    expect(places('ipcomp.cpi')).toEqual(['288+16'])
    expect(places('ipcomp.data')).toEqual(['304+240'])
    expect(statuses[2]).toBe('complete')
    expect(notes).toEqual([
      'info: DEFLATE has put 1008 bytes into 30: a guess, because the lengths and sums of the packet inside fit',
    ])
    // As tshark and Python's zlib unpack it.
    expect(found.buffers.map(({ name, bytes }) => [name, bytes.length])).toEqual([['inflated-ipcomp', 1008]])
    expect(values('icmp.checksum')).toEqual([0x7b9d])
    expect(values('icmp.seq')).toEqual([1])
    expect(line()).toBe('ipcomp 192.168.1.1 > 192.168.1.2 cpi 0x0701 flags 0 next 1 (DF)')
  })

  it('is unpacked where its number says DEFLATE', () => {
    const { stack, notes, values, statuses, found } = peel(ipv4(108, `06 00 0002 ${deflated(segment)}`))
    expect(stack).toEqual(['ip', 'ipcomp', 'tcp', 'data'])
    expect(statuses[1]).toBe('complete')
    expect(values('tcp.dstport')).toEqual([49152])
    expect(notes).toEqual([`info: DEFLATE has put 25 bytes into ${hexBytes(deflated(segment)).length}`])
    expect(Buffer.from(found.buffers[0]!.bytes).toString('hex')).toBe(segment)
    // The well-known number needs no proof by a sum.
    expect(peel(ipv4(108, `fd 00 0002 ${deflated('00112233')}`)).stack).toEqual(['ip', 'ipcomp', 'data'])
    const behind = peel(ipv4(108, `06 00 0002 ${deflated(segment)} aabb`))
    expect(behind.stack).toContain('tcp')
    expect(behind.notes).toContain('warning: 2 bytes follow behind what is compressed')
  })

  it('is unpacked under a negotiated number where the packet inside proves it', () => {
    expect(peel(ipv4(108, `06 00 0701 ${deflated(segment)}`)).stack).toContain('tcp')
    const wrong = segment.replace('68656c6c6f', '68656c6c70')
    for (const closed of [
      `06 00 0701 ${deflated(wrong)}`,
      `11 00 0701 ${deflated(segment)}`,
      `06 00 0701 ${deflated(segment)} 00`,
      `06 00 f001 ${deflated(segment)}`,
      `06 00 0003 ${deflated(segment)}`,
    ])
      expect(peel(ipv4(108, closed)).notes.at(-1)).toBe('info: Compressed: what is inside is not unpacked')
  })

  it('says where DEFLATE is none, or too much', () => {
    const doubt = 'error: This is not DEFLATE, or more than 65,535 bytes of it, whatever the number says'
    expect(peel(ipv4(108, '06 00 0002 ffffffff')).notes).toContain(doubt)
    expect(peel(ipv4(108, `06 00 0002 ${deflated('00'.repeat(65_535))}`)).found.buffers).toHaveLength(1)
    const bomb = peel(ipv4(108, `06 00 0002 ${deflated('00'.repeat(65_536))}`))
    expect(bomb.notes).toContain(doubt)
    expect(bomb.statuses.at(-1)).toBe('opaque')
    expect(bomb.found.buffers).toHaveLength(0)
  })

  it('may be inside itself, each time in bytes of its own', () => {
    const inner = `06000002${deflated(segment)}`
    const { stack, found } = peel(ipv4(108, `6c 00 0002 ${deflated(inner)}`))
    expect(stack).toEqual(['ip', 'ipcomp', 'ipcomp', 'tcp', 'data'])
    expect(found.buffers.map(({ name }) => name)).toEqual(['inflated-ipcomp', 'inflated-ipcomp-2'])
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
