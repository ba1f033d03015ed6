import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { ipv4 } from '../craft.ts'
import { peel } from '../peel.ts'

// The layout is that of OpenBSD's net/if_pfsync.h.

const [frame] = await framesOf(captureFile('pfsync.pcap'))
const sum = 'd41d8cd98f00b204e9800998ecf8427e'

describe('pfsync', () => {
  it('has sections of messages up to the end of the frame', () => {
    const { stack, show, values, places, notes } = peel(frame!)
    expect(stack).toEqual(['eth', 'ip', 'pfsync'])
    expect(notes).toEqual([])
    expect(values('pfsync.version')).toEqual([6])
    expect(show('pfsync.length')).toEqual(['68 bytes'])
    expect(values('pfsync.pf_checksum')).toEqual([sum])
    expect(show('pfsync.action')).toEqual([
      'update request (5)',
      'delete, compressed (7)',
      'end of frame (12)',
    ])
    expect(show('pfsync.message_length')[0]).toBe('12 bytes (3)')
    expect(values('pfsync.count')).toEqual([2, 1, 1])
    expect(places('pfsync.messages')).toEqual([`${(34 + 24) * 8}+192`, `${(34 + 52) * 8}+96`])
  })

  it('keeps what it cannot tell apart', () => {
    expect(peel(ipv4(240, `0500 0018 ${sum} 0c000001`)).values('pfsync.data')).toEqual(['0c000001'])
    expect(peel(ipv4(240, `0600 001a ${sum} 0c000000 abcd`)).values('pfsync.data')).toEqual(['abcd'])
  })

  it('is malformed where counts or lengths lie', () => {
    const { statuses, notes } = peel(ipv4(240, `0600 0018 ${sum} 05ffffff`))
    expect(statuses.at(-1)).toBe('malformed')
    expect(notes).toEqual(['error: Malformed: Count claims 66845704 bytes for Section, Length leaves 4'])
    expect(peel(ipv4(240, `0600 0004 ${sum}`)).statuses.at(-1)).toBe('malformed')
    expect(peel(ipv4(240, `0600 0018 ${sum} 0c000000`, 2)).statuses.at(-1)).toBe('truncated')
  })
})
