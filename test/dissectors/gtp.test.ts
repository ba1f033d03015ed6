import { describe, expect, it } from 'vitest'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

const packet = '45000014000000004004 f6e2 c0000201 c0000202'
const gtp = (message: string) => peel(udp4(2152, 2152, message))

// Names, values and places are those of tshark; the layouts those of 3GPP TS 29.281 and TS 38.415.
describe('GTP-U', () => {
  it('carries users’ packets', () => {
    const { stack, values, places, notes } = gtp(`30 ff 0014 11223344 ${packet}`)
    expect(stack).toEqual(['ip', 'udp', 'gtp', 'ip'])
    expect(values('gtp.teid')).toEqual([0x11223344])
    expect(places('gtp.teid')).toEqual(['256+32'])
    expect(values('gtp.flags.version')).toEqual([1])
    expect(notes).toEqual([])
    expect(gtp(`30 ff 0018 11223344 ff030021 ${packet}`).stack.slice(3, 5)).toEqual(['ppp', 'ip'])
    const bridged = gtp(`30 ff 0022 11223344 00163e000002 00163e000001 0800 ${packet}`)
    expect(bridged.stack.slice(3)).toEqual(['eth', 'ip'])
    expect(bridged.notes[0]).toContain('looks like an Ethernet frame')
    expect(gtp('30 ff 0002 11223344 a1b2').statuses[2]).toBe('unknown')
  })

  it('reads extension headers', () => {
    const { stack, values, show } = gtp(
      `34 ff 0024 55667788 0000 00 85 02 00 c9 20000000 c0 01 002a 40 01 0868 00 ${packet}`,
    )
    expect(stack.at(-1)).toBe('ip')
    expect(values('gtp.ext_hdr.pdu_ses_cont.ppp')).toEqual([1])
    expect(values('gtp.ext_hdr.pdu_ses_con.qos_flow_id')).toEqual([9])
    expect(values('gtp.ext_hdr.content')).toEqual(['20000000'])
    expect(values('gtp.ext_hdr.pdcp_sn')).toEqual([42])
    expect(values('gtp.ext_hdr.udp_port')).toEqual([2152])
    expect(show('gtp.ext_hdr.next')).toEqual([
      'PDU Session Container (133)',
      'PDCP PDU Number (192)',
      'UDP Port (64)',
      'No more extension headers (0)',
    ])
  })

  it('reads what the ends tell each other', () => {
    const error = gtp(
      '36 1a 0013 00000000 0000 00 40 01 0868 00 10 11223344 85 0004 c0a80102'.replace('0013', '0014'),
    )
    expect(error.values('gtp.teid_data')).toEqual([0x11223344])
    expect(error.show('gtp.gsn_ipv4')).toEqual(['192.168.1.2'])
    expect(error.notes).toEqual([])
    expect(gtp('32 02 0006 00000000 0007 00 00 0e 00').values('gtp.recovery')).toEqual([0])
    expect(gtp('32 1f 0008 00000000 0000 00 00 8d 02 85 c0').values('gtp.ext_hdr_type')).toEqual([133, 192])
    expect(gtp('30 fe 0000 11223344').stack.at(-1)).toBe('gtp')
  })

  it('refuses what lies', () => {
    expect(gtp('48 ff 0000 00000000').notes).toEqual([
      'error: Only GTP version 1 carries users’ packets: the rest is not read',
    ])
    expect(gtp('34 ff 0008 00000000 0000 00 85 00000000').notes).toEqual([
      'error: Malformed: an extension header has at least one word',
    ])
    expect(gtp('34 ff 0008 00000000 0000 00 85 09000000').statuses.at(-1)).toBe('malformed')
    expect(gtp('30 1a 0003 00000000 85 ffff').statuses.at(-1)).toBe('malformed')
  })
})
