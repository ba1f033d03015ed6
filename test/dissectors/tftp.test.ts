import { describe, expect, it } from 'vitest'
import { Session } from '../../src/dissect/session.ts'
import { captureFile, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

const frames = await framesOf(captureFile('tftp.pcap'))

// Values as tshark 4.0 shows them.
describe('TFTP', () => {
  it('reads a request with its options', () => {
    const { stack, show, values, places, found, notes } = peel(frames[0]!)
    expect(stack).toEqual(['eth', 'ip', 'udp', 'tftp'])
    expect(show('tftp.opcode')).toEqual(['Read request (1)'])
    expect(show('tftp.source_file')).toEqual(['pxelinux.0'])
    expect(places('tftp.source_file')).toEqual([`${44 * 8}+${11 * 8}`])
    expect(show('tftp.type')).toEqual(['octet'])
    expect(show('tftp.option.name')).toEqual(['tsize', 'blksize'])
    expect(show('tftp.option.value')).toEqual(['0', '1024'])
    expect(values('udp.dstport')).toEqual([69])
    expect(found.layer(3).summary).toBe('read request pxelinux.0, tsize, blksize')
    expect(notes).toEqual([])
  })

  it('knows the answers by the request, on whichever port they come', () => {
    const session = new Session()
    const peeled = frames.map(frame => {
      const { stack, values, show } = peel(frame, session)
      return [stack.slice(3).join(), ...values('tftp.block'), ...show('tftp.error.code')]
    })
    expect(peeled).toEqual([
      ['tftp'],
      ['tftp'],
      ['tftp', 0],
      ['tftp,data', 1],
      ['tftp', 1],
      ['tftp,data', 2],
      ['tftp', 2],
      ['tftp'],
      ['tftp', 0],
      ['tftp,data', 1],
      ['tftp', 1],
      ['tftp'],
      ['tftp', 'Access violation (2)'],
    ])
    expect(peel(frames[1]!).stack).toEqual(['eth', 'ip', 'udp', 'data'])
  })

  it('takes nothing else between the two for a transfer', () => {
    const ask = (payload: string) => {
      const session = new Session()
      peel({ ...udp4(2070, 69, '0001 6100 6f6374657400'), number: 1 }, session)
      return peel({ ...udp4(2070, 3000, payload), number: 2 }, session).stack.at(-1)
    }
    expect(ask('00040001')).toBe('tftp')
    expect(ask('0004000100')).toBe('data')
    expect(ask('00070001')).toBe('data')
    expect(ask('0103000100')).toBe('data')
  })

  it('says what is missing', () => {
    const last = (payload: string) => peel(udp4(2070, 69, payload))
    expect(last('0001 6162').notes).toEqual([
      'warning: No zero byte ends the filename',
      'error: Malformed: Mode needs 1 byte, Length leaves 0',
    ])
    expect(last('0006 626c6b73697a6500').show('tftp.option.name')).toEqual(['blksize'])
    expect(last('0005 0001 1b5b324a00').show('tftp.error.message')[0]).not.toContain('\x1b')
    expect(last('0003').statuses.at(-1)).toBe('malformed')
  })
})
