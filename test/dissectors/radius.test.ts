import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

const frames = await framesOf(captureFile('radius.pcap'))
const at = (number: number) => peel(frames[number - 1]!)

// Values and places as tshark 4.0 has them.
describe('RADIUS', () => {
  it('reads a request, its password masked', () => {
    const { stack, show, values, places, found, notes } = at(1)
    expect(stack).toEqual(['eth', 'ip', 'udp', 'radius'])
    expect(show('radius.code')).toEqual(['Access-Request (1)'])
    expect(show('radius.User_Name')).toEqual(['alice'])
    expect(show('radius.User_Password_encrypted')).toEqual(['********'])
    expect(places('radius.User_Password_encrypted')).toEqual([`${71 * 8}+128`])
    expect(show('radius.NAS_IP_Address')).toEqual(['192.168.1.1'])
    expect(show('radius.NAS_Port')).toEqual(['7'])
    expect(show('radius.NAS_Port_Type')).toEqual(['Virtual (5)'])
    expect(values('radius.avp.length')).toEqual([7, 18, 6, 6, 6, 6, 11, 6, 6])
    expect(found.layer(3).summary).toBe('Access-Request, id 1, alice')
    expect(notes).toEqual([])
  })

  it('reads what the user gets, with the keys of a vendor', () => {
    const { show, values, places } = at(2)
    expect(show('radius.Framed-IP-Address')).toEqual(['172.16.0.9'])
    expect(show('radius.Session_Timeout')).toEqual(['28800 seconds'])
    expect(show('radius.avp.vendor_id')).toEqual(['Microsoft (311)', 'Microsoft (311)'])
    expect(values('radius.avp.vendor_type')).toEqual([16, 7])
    expect(places('radius.avp.vendor_type')[0]).toBe(`${118 * 8}+8`)
  })

  it('goes on with EAP, put together of its attributes', () => {
    expect(at(3).stack).toEqual(['eth', 'ip', 'udp', 'radius', 'eap'])
    expect(at(3).show('eap.identity')).toEqual(['alice'])
    expect(at(5).notes).toEqual(['warning: The authentication failed'])
    const halves = '4f07 020100 0a01 4f07 616c696365'
    const split = peel(udp4(50000, 1812, `01020022 ${'00'.repeat(16)} ${halves}`))
    expect(split.show('eap.identity')).toEqual(['alice'])
    expect(split.values('radius.eap_fragment')).toEqual(['0201000a01', '616c696365'])
  })

  it('reads accounting', () => {
    expect(at(6).show('radius.Acct_Status_Type')).toEqual(['Start (1)'])
    expect(at(6).values('radius.Acct_Input_Octets')).toEqual([1000])
    expect(at(8).show('radius.code')).toEqual(['Disconnect-Request (40)'])
  })

  it('stops at lengths that lie', () => {
    const last = (attributes: string, length: string) =>
      peel(udp4(50000, 1812, `0102${length}${'00'.repeat(16)}${attributes}`))
    expect(last('0101', '0016').statuses.at(-1)).toBe('malformed')
    expect(last('0100', '0016').statuses.at(-1)).toBe('malformed')
    expect(last('010a6161', '0018').statuses.at(-1)).toBe('malformed')
    expect(last('4f02', '0016').stack.at(-1)).toBe('radius')
    expect(last('1a0a00000137 10ff0102', '001e').values('radius.avp.value')).toEqual(['10ff0102'])
  })
})
