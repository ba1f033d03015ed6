import { describe, expect, it } from 'vitest'
import { ipv4, udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

const packet = '45000014000000004004 f6e2 c0000201 c0000202'
const frame = `00163e000002 00163e000001 0800 ${packet}`

/** A control message of version 2 with these attribute value pairs. */
const control = (pairs: string) => {
  const length = 12 + pairs.replace(/\s/g, '').length / 2
  return peel(udp4(1701, 1701, `c802 ${length.toString(16).padStart(4, '0')} 0005 0001 0003 0002 ${pairs}`))
}

// Names and bit ranges are those of tshark, the numbers those of RFC 2661 and RFC 3931.
describe('L2TP version 2', () => {
  it('reads a control message', () => {
    const { stack, values, show, places, notes, line } = control(
      '8008 0000 0000 0001 8008 0000 0002 0100 800a 0000 0003 00000003 0009 0000 0007 626f62 8008 0000 0009 004d',
    )
    expect(stack).toEqual(['ip', 'udp', 'l2tp'])
    expect(values('l2tp.type')).toEqual([1])
    expect(values('l2tp.version')).toEqual([2])
    expect(places('l2tp.version')).toEqual(['236+4'])
    expect(values('l2tp.tunnel')).toEqual([5])
    expect(values('l2tp.session')).toEqual([1])
    expect(values('l2tp.Ns')).toEqual([3])
    expect(values('l2tp.Nr')).toEqual([2])
    expect(show('l2tp.avp.message_type')).toEqual(['Start-Control-Connection-Request (SCCRQ) (1)'])
    expect(values('l2tp.avp.mandatory')).toEqual([1, 1, 1, 0, 1])
    expect(values('l2tp.avp.async_framing_supported')).toEqual([1])
    expect(show('l2tp.avp.host_name')).toEqual(['bob'])
    expect(values('l2tp.avp.assigned_tunnel_id')).toEqual([77])
    expect(places('l2tp.avp.length')[0]).toBe('326+10')
    expect(notes).toEqual([])
    expect(line()).toContain(
      'l2tp:[TLS](5/1)Ns=3,Nr=2 *MSGTYPE(SCCRQ) *PROTO_VER(1.0) *FRAMING_CAP(AS) HOST_NAME(bob) *ASSND_TUN_ID(77)',
    )
  })

  it('reads why a call ended', () => {
    const { show, values } = control(
      '8008 0000 0000 000e 800d 0000 0001 0002 0006 6f6666 0009 0000 000c 0010 45 000c 0000 002e 0005 c021 01 78',
    )
    expect(show('l2tp.avp.error_code')).toEqual(['Vendor-specific error (6)'])
    expect(show('l2tp.avp.error_message')).toEqual(['off'])
    expect(values('l2tp.avp.cause_code')).toEqual([16])
    expect(show('l2tp.avp.cause_code_direction')).toEqual(['at the peer (1)'])
    expect(show('l2tp.avp.cause_code_message')).toEqual(['x'])
  })

  it('leaves hidden and foreign values alone', () => {
    const { values } = control('c008 0000 0008 aabb 8008 0009 0001 ccdd 8008 0000 03e7 eeff')
    expect(values('l2tp.avp.hidden_value')).toEqual(['aabb'])
    expect(values('l2tp.avp.value')).toEqual(['ccdd', 'eeff'])
    expect(control('').notes).toEqual([
      'info: A message without a body: it acknowledges what came, and nothing else',
    ])
  })

  it('carries PPP', () => {
    const plain = peel(udp4(1701, 1701, `0002 004d 012c ff03 0021 ${packet}`))
    expect(plain.stack).toEqual(['ip', 'udp', 'l2tp', 'ppp', 'ip'])
    const padded = peel(udp4(1701, 1701, `4a02 0026 0005 0001 0000 0000 0004 00000000 ff03 0021 ${packet}`))
    expect(padded.stack.slice(3, 5)).toEqual(['ppp', 'ip'])
    expect(padded.values('l2tp.offset')).toEqual([4])
    expect(padded.values('l2tp.offset_pad')).toEqual(['00000000'])
  })

  it('refuses lengths that lie', () => {
    expect(control('8003 0000 0000').notes).toEqual([
      'error: Malformed: Vendor ID needs 2 bytes, Length leaves 1',
    ])
  })

  it('says what RFC 2661 forbids', () => {
    expect(peel(udp4(1701, 1701, '8202 0005 0001 0000')).notes[0]).toBe(
      'error: A control message has length and sequence numbers, and no offset (RFC 2661 §3.1)',
    )
    expect(peel(udp4(1701, 1701, '0001 0005')).notes).toEqual([
      'error: Version 1: only 2 and 3 are read; 1 is L2F',
    ])
  })
})

describe('L2TP version 3', () => {
  it('reads control messages over UDP and over IP', () => {
    const pairs = '8008 0000 0000 000a 800a 0000 003f 000003e8 8008 0000 0047 0003'
    const udp = peel(udp4(1701, 1701, `c803 0026 0a0b0c0d 0001 0002 ${pairs}`))
    expect(udp.values('l2tp.ccid')).toEqual([0x0a0b0c0d])
    expect(udp.values('l2tp.avp.local_session_id')).toEqual([1000])
    expect(udp.values('l2tp.avp.circuit_status')).toEqual([1])
    expect(udp.notes).toEqual([])
    const over = peel(ipv4(115, `00000000 c803 0026 0a0b0c0d 0001 0002 ${pairs}`))
    expect(over.stack).toEqual(['ip', 'l2tpv3'])
    expect(over.show('l2tp.avp.message_type')).toEqual(['Incoming-Call-Request (ICRQ) (10)'])
    expect(over.notes).toEqual([])
  })

  it('tries cookies and sublayer', () => {
    const tried = (front: string) => peel(ipv4(115, `000003e8 ${front} ${frame}`))
    expect(tried('').stack).toEqual(['ip', 'l2tpv3', 'eth', 'ip'])
    expect(tried('00000000').values('l2tp.l2_spec_sequence')).toEqual([0])
    expect(tried('a1a2a3a4').values('l2tp.cookie')).toEqual(['a1a2a3a4'])
    const both = tried('a1a2a3a4a5a6a7a8 40000007')
    expect(both.values('l2tp.cookie')).toEqual(['a1a2a3a4a5a6a7a8'])
    expect(both.values('l2tp.l2_spec_sequence')).toEqual([7])
    expect(both.notes).toEqual([
      'info: No field says so, but with a cookie of 8 bytes and the default sublayer this looks like Ethernet: a guess',
    ])
    expect(peel(udp4(1701, 1701, `0003 0000 000003e8 ${packet}`)).stack.slice(2)).toEqual(['l2tp', 'ip'])
  })

  it('admits that it does not know', () => {
    const { statuses, stack } = peel(ipv4(115, '000003e8 0102030405'))
    expect(stack).toEqual(['ip', 'l2tpv3', 'data'])
    expect(statuses[1]).toBe('unknown')
  })
})
