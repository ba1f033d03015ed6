import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

const frames = await framesOf(captureFile('snmp.pcap'))
const at = (number: number) => peel(frames[number - 1]!)

// Values and places as tshark 4.0 has them.
describe('SNMP', () => {
  it('reads a question of version 2c', () => {
    const { stack, show, values, places, found, notes } = at(1)
    expect(stack).toEqual(['eth', 'ip', 'udp', 'snmp'])
    expect(show('snmp.version')).toEqual(['2c (1)'])
    expect(show('snmp.community')).toEqual(['public'])
    expect(show('snmp.request_id')).toEqual(['1804289383'])
    expect(places('snmp.request_id')).toEqual([`${59 * 8}+32`])
    expect(values('snmp.error_status')).toEqual([0])
    expect(show('snmp.name')).toEqual(['sysDescr.0 (1.3.6.1.2.1.1.1.0)', 'sysUpTime.0 (1.3.6.1.2.1.1.3.0)'])
    expect(places('snmp.name')).toEqual([`${75 * 8}+64`, `${89 * 8}+64`])
    expect(found.layer(3).summary).toBe(
      'get-request, sysDescr.0 (1.3.6.1.2.1.1.1.0), version 2c, community public',
    )
    expect(notes).toEqual([])
  })

  it('reads values of all kinds', () => {
    expect(at(2).show('snmp.value.octets')).toEqual(['OpenBSD gate 6.6 GENERIC amd64'])
    expect(at(2).show('snmp.value.timeticks')).toEqual(['86753.09 seconds'])
    const { show, notes } = at(6)
    expect(show('snmp.request_id')).toEqual(['-2'])
    expect(show('snmp.value.counter')).toEqual(['3735928559'])
    expect(show('snmp.value.counter64')).toEqual(['1099511627777'])
    expect(show('snmp.value.addr')).toEqual(['192.168.1.1'])
    expect(show('snmp.value.oid')).toEqual(['1.3.6.1.4.1.30155.23.1'])
    expect(show('snmp.value.int')).toEqual(['-5'])
    expect(notes).toEqual(['info: There is no such instance of the object', 'info: The end of what there is'])
  })

  it('reads refusals, bulk questions and traps', () => {
    expect(at(4).show('snmp.error_status')).toEqual(['readOnly (4)'])
    expect(at(4).found.layer(3).summary).toMatch(
      /^response, readOnly \(4\), sysName.*, version 1, community private$/,
    )
    expect(at(5).values('snmp.max_repetitions')).toEqual([10])
    const { show, places } = at(7)
    expect(show('snmp.enterprise')).toEqual(['1.3.6.1.4.1.30155'])
    expect(show('snmp.agent_addr')).toEqual(['192.168.1.1'])
    expect(show('snmp.generic_trap')).toEqual(['enterpriseSpecific (6)'])
    expect(show('snmp.specific_trap')).toEqual(['42'])
    expect(places('snmp.time_stamp')).toEqual([`${81 * 8}+24`])
    expect(at(8).show('snmp.value.oid')).toEqual(['linkDown (1.3.6.1.6.3.1.1.5.3)'])
  })

  it('reads version 3 as far as it is in clear', () => {
    const { show, values, places } = at(11)
    expect(values('snmp.msgID')).toEqual([821490644])
    expect(values('snmp.msgMaxSize')).toEqual([65507])
    expect(values('snmp.v3.flags.auth')).toEqual([1])
    expect(values('snmp.v3.flags.crypt')).toEqual([0])
    expect(places('snmp.msgAuthoritativeEngineID')).toEqual([`${72 * 8}+104`])
    expect(show('snmp.msgAuthoritativeEngineTime')).toEqual(['5179 seconds'])
    expect(show('snmp.msgUserName')).toEqual(['operator'])
    expect(show('snmp.request_id')).toEqual(['648641218'])
    const encrypted = at(12)
    expect(encrypted.statuses.at(-1)).toBe('opaque')
    expect(encrypted.places('snmp.encryptedPDU')).toEqual([`${129 * 8}+512`])
    expect(encrypted.found.layer(3).summary).toBe('encrypted, version 3, user operator')
    expect(at(10).show('snmp.name')).toEqual(['usmStatsUnknownEngineIDs.0 (1.3.6.1.6.3.15.1.1.4.0)'])
  })

  it('takes engine IDs apart', () => {
    const { show, places } = at(10)
    expect(show('snmp.engineid.enterprise')).toEqual(['Net-SNMP (8072)', 'Net-SNMP (8072)'])
    expect(places('snmp.engineid.conform')[0]).toBe(`${72 * 8}+1`)
    expect(places('snmp.engineid.format')[0]).toBe(`${76 * 8}+8`)
    expect(show('snmp.engineid.time')[0]).toBe('2009-04-26 08:48:22 UTC')
    // RFC 3411 §5: the formats of the standard, those of old, and what fits none.
    const engine = (id: string) => {
      const size = id.length / 2
      const lengths = [size + 16, size + 14, size].map(length => length.toString(16).padStart(2, '0'))
      const security = `04${lengths[0]} 30${lengths[1]} 04${lengths[2]} ${id} 020100 020100 0400 0400 0400`
      const header = '300d 020101 020205dc 040104 020103'
      const message = `020103 ${header} ${security} 0400`
      const total = (message.replaceAll(' ', '').length / 2).toString(16).padStart(2, '0')
      return peel(udp4(40000, 161, `30${total} ${message}`))
    }
    expect(engine('8000000901c0a80101').show('snmp.engineid.ipv4')).toEqual(['192.168.1.1'])
    expect(engine(`8000000902${'20010db8'.padEnd(32, '0')}`).show('snmp.engineid.ipv6')).toEqual([
      '2001:db8::',
    ])
    expect(engine('800000090302005e530001').show('snmp.engineid.mac')).toEqual(['02:00:5e:53:00:01'])
    expect(engine('800000090467617465').show('snmp.engineid.text')).toEqual(['gate'])
    expect(engine('0000000901020304050607ff').values('snmp.engineid.data')).toEqual(['01020304050607ff'])
    expect(engine('8000000901ff').values('snmp.engineid.data')).toEqual(['ff'])
    expect(engine('80').values('snmp.engineid.data')).toEqual(['80'])
  })

  it('stops at lengths that lie', () => {
    const last = (payload: string) => peel(udp4(40000, 161, payload))
    const broken = 'warning: This is not the DER that belongs here'
    expect(last('3005 020101 0420').notes).toEqual([broken])
    expect(last('3084ffffffff 020101').values('ber.unread')).toEqual(['3084ffffffff020101'])
    expect(last('3007 020101 0400 a000').notes).toEqual([])
    // A number of 200 bytes is no number.
    const long = `3081ce 020101 0400 a081c6 0281c3 ${'ff'.repeat(195)}`
    expect(last(long).show('snmp.request_id')).toEqual(['a number of unlikely length'])
    expect(last('300b 020101 0406 1b5b324a1b63').show('snmp.community')[0]).not.toContain('\x1b')
  })
})
