import { describe, expect, it } from 'vitest'
import { ipv4 } from '../craft.ts'
import { peel } from '../peel.ts'

/** A segment to PPTP's port; `cut` bytes are not captured. */
const pptp = (messages: string, cut = 0) =>
  peel(ipv4(6, `9c47 06bb 00000001 00000001 5018 ffff 0000 0000 ${messages}`, cut))

const zeros = (bytes: number) => '00'.repeat(bytes)
const header = (length: string, type: string) => `${length} 0001 1a2b3c4d ${type} 0000`

// Names, values and places are tshark's; the layouts are those of RFC 2637 §2.
describe('PPTP', () => {
  it('places a call', () => {
    const request = pptp(
      `${header('00a8', '0007')} 0000 7828 0000012c 05f5e100 00000003 00000003 0040 0000 0000 0000 ${zeros(128)}`,
    )
    expect(request.stack).toEqual(['ip', 'tcp', 'pptp'])
    expect(request.show('pptp.length')).toEqual(['168 bytes'])
    expect(request.show('pptp.magic_cookie')).toEqual(['0x1a2b3c4d'])
    expect(request.show('pptp.control_message_type')).toEqual(['Outgoing-Call-Request (7)'])
    expect(request.values('pptp.call_serial_number')).toEqual([30760])
    expect(request.values('pptp.maximum_bps')).toEqual([100000000])
    expect(request.show('pptp.bearer_type')).toEqual(['either (3)'])
    expect(request.values('pptp.packet_receive_window_size')).toEqual([64])
    expect(request.places('pptp.phone_number')).toEqual(['640+512'])
    expect(request.line()).toContain('pptp Outgoing-Call-Request, call 0')
    const reply = pptp(`${header('0020', '0008')} 162e 04d2 04 00 0011 0000e100 0040 0001 00000007`)
    expect(reply.values('pptp.call_id')).toEqual([0x162e])
    expect(reply.values('pptp.peer_call_id')).toEqual([0x4d2])
    expect(reply.show('pptp.out_result')).toEqual(['busy (4)'])
    expect(reply.values('pptp.cause')).toEqual([17])
    expect(reply.values('pptp.physical_channel_id')).toEqual([7])
  })

  it('opens the connection', () => {
    const { show, values, places } = pptp(
      `${header('009c', '0002')} 0100 02 05 00000001 00000002 0064 0001 6c6f63616c ${zeros(59)} 4d42 ${zeros(62)}`,
    )
    expect(show('pptp.protocol_version')).toEqual(['1.0'])
    expect(show('pptp.control_result')).toEqual(['general error (2)'])
    expect(show('pptp.error')).toEqual(['bad vendor (5)'])
    expect(show('pptp.framing_capabilities')).toEqual(['asynchronous (1)'])
    expect(values('pptp.maximum_channels')).toEqual([100])
    expect(show('pptp.host_name')).toEqual(['local'])
    expect(show('pptp.vendor_name')).toEqual(['MB'])
    expect(places('pptp.vendor_name')).toEqual(['1056+512'])
  })

  it('may put several messages into one segment', () => {
    const { show, values, notes } = pptp(
      `${header('0010', '000c')} 04d2 0000 ${header('0010', '0003')} 03 00 0000 ${header('0010', '0005')} 00000007`,
    )
    expect(values('pptp.control_message_type')).toEqual([12, 3, 5])
    expect(show('pptp.reason')).toEqual(['local shutdown (3)'])
    expect(values('pptp.identifier')).toEqual([7])
    expect(notes.filter(note => !note.includes('Checksum'))).toEqual([])
  })

  it('reports what the line does', () => {
    expect(
      pptp(
        `${header('0028', '000e')} 04d2 0000 00000001 00000002 00000003 00000004 00000005 00000006`,
      ).values('pptp.alignment_errors'),
    ).toEqual([6])
    expect(pptp(`${header('0018', '000f')} 0000 0000 ffffffff 00000001`).show('pptp.receive_accm')).toEqual([
      '0x00000001',
    ])
    const end = pptp(`${header('0094', '000d')} 162e 04 00 0010 0000 627965 ${zeros(125)}`)
    expect(end.show('pptp.disc_result')).toEqual(['by request (4)'])
    expect(end.show('pptp.call_Statistics')).toEqual(['bye'])
    expect(pptp(`${header('0018', '000a')} 0009 0005 03 00 0040 0000 0000`).show('pptp.in_result')).toEqual([
      'do not accept (3)',
    ])
    expect(
      pptp(`${header('001c', '000b')} 0009 0000 0000dac0 0040 0000 00000001`).values('pptp.connect_speed'),
    ).toEqual([56000])
  })

  it('does not trust lengths', () => {
    expect(pptp('0010 0001 1a2b').statuses.at(-1)).toBe('truncated')
    expect(pptp(`${header('00ff', '0005')} 00000007`).values('pptp.identifier')).toEqual([7])
    expect(pptp('0010 0001 1a2b3c4e 0005 0000 00000007').stack.at(-1)).toBe('data')
    expect(pptp(`${header('000c', '0005')}`).notes).toContain(
      'error: Malformed: Identifier needs 4 bytes, Length leaves 0',
    )
    const unknown = pptp(`${header('000e', '0063')} abcd`)
    expect(unknown.notes).toContain('warning: A control message of this number is not known')
    expect(unknown.values('pptp.data')).toEqual(['abcd'])
    expect(pptp(`${header('0010', '0005')} 00000007`, 2).statuses.at(-1)).toBe('truncated')
  })
})
