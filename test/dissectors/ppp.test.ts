import { describe, expect, it } from 'vitest'
import { ipv4 } from '../craft.ts'
import { frameOf, hexBytes, peel } from '../peel.ts'

const pppLink = 9

/** A frame of a PPP link, of which `cut` bytes are not captured. */
const ppp = (hex: string, cut = 0) => {
  const bytes = hexBytes(hex)
  return peel(frameOf(bytes.subarray(0, bytes.length - cut), pppLink, bytes.length))
}

const ping = '45000014 00010000 40fd0000 0a090001 0a090002'

// Expected values are tshark's, for the same bytes, and those of the RFCs' diagrams.
describe('PPP', () => {
  it('has address and control or leaves them out, and the upper byte of the protocol', () => {
    const long = ppp(`ff03 0021 ${ping}`)
    expect(long.stack.slice(0, 2)).toEqual(['ppp', 'ip'])
    expect(long.places('ppp.address')).toEqual(['0+8'])
    expect(long.places('ppp.control')).toEqual(['8+8'])
    expect(long.places('ppp.protocol')).toEqual(['16+16'])
    expect(ppp(`0021 ${ping}`).places('ppp.protocol')).toEqual(['0+16'])
    const short = ppp(`21 ${ping}`)
    expect(short.stack.slice(0, 2)).toEqual(['ppp', 'ip'])
    expect(short.places('ppp.protocol')).toEqual(['0+8'])
    expect(short.values('ppp.protocol')).toEqual([0x21])
  })

  it('is found on links with HDLC and with a direction, and in GRE', () => {
    expect(peel(frameOf(hexBytes(`ff03 0021 ${ping}`), 50)).stack.slice(0, 2)).toEqual(['ppp', 'ip'])
    const directed = peel(frameOf(hexBytes(`01 ff03 0021 ${ping}`), 204))
    expect(directed.show('ppp.direction')).toEqual(['sent (1)'])
    expect(directed.stack.slice(0, 2)).toEqual(['ppp', 'ip'])
    const daemon = peel(frameOf(hexBytes(`00 03 0021 ${ping}`), 166))
    expect(daemon.show('ppp.direction')).toEqual(['received (0)'])
    expect(daemon.stack.slice(0, 2)).toEqual(['ppp', 'ip'])
    const pptp = peel(ipv4(47, `3001 880b 0018 0007 00000001 ff03 0021 ${ping}`))
    expect(pptp.stack.slice(0, 4)).toEqual(['ip', 'gre', 'ppp', 'ip'])
  })

  it('gives way to Cisco’s framing on serial links', () => {
    const cisco = peel(frameOf(hexBytes(`0f00 0800 ${ping}`), 50))
    expect(cisco.stack.slice(0, 2)).toEqual(['chdlc', 'ip'])
    expect(cisco.show('chdlc.address')).toEqual(['unicast (15)'])
    expect(cisco.show('chdlc.protocol')).toEqual(['IPv4 (0x0800)'])
    expect(peel(frameOf(hexBytes(`8f00 0800 ${ping}`), 104)).stack.slice(0, 2)).toEqual(['chdlc', 'ip'])
  })

  it('says what is wrong', () => {
    expect(ppp('ff60 7e80').notes[0]).toBe(
      'warning: The control byte of PPP is 3, information without numbers (RFC 1662 §3.1)',
    )
    expect(ppp('c022 01').notes[0]).toBe('error: The last byte of a protocol number is odd (RFC 1661 §2)')
    expect(ppp('c02b 01010004').notes).toEqual(['info: No dissector claims PPP protocol 0xc02b'])
    expect(ppp('ff03 00').statuses).toEqual(['malformed'])
    expect(ppp('ff03 0021', 1).statuses).toEqual(['truncated'])
  })
})

describe('LCP', () => {
  it('negotiates', () => {
    const { stack, show, values, places, notes, line } = ppp(
      'ff03 c021 01 07 0013 0104 05d4 0305 c22381 0506 2ca79de8 ',
    )
    expect(stack).toEqual(['ppp', 'lcp'])
    expect(show('ppp.code')).toEqual(['Configure-Request (1)'])
    expect(values('ppp.identifier')).toEqual([7])
    expect(show('ppp.length')).toEqual(['19 bytes'])
    expect(show('lcp.opt.type')).toEqual(['MRU (1)', 'Authentication (3)', 'Magic number (5)'])
    expect(values('lcp.opt.mru')).toEqual([1492])
    expect(show('lcp.opt.auth_protocol')).toEqual(['Challenge Handshake Authentication Protocol (0xc223)'])
    expect(show('lcp.opt.algorithm')).toEqual(['MS-CHAPv2 (129)'])
    expect(show('lcp.opt.magic_number')).toEqual(['0x2ca79de8'])
    expect(places('lcp.opt.magic_number')).toEqual(['152+32'])
    expect(notes).toEqual([])
    expect(line()).toBe('ppp lcp Configure-Request 7: MRU, Authentication, Magic number')
  })

  it('reads the bits of the character map and of the check sequences', () => {
    const { values, places } = ppp('c021 01 01 000d 0206 000a0001 0903 06')
    expect(values('lcp.opt.asyncmap')).toEqual([0xa0001])
    const bits = [
      ['nul', 1, '95+1'],
      ['soh', 0, '94+1'],
      ['dc1', 1, '78+1'],
      ['dc3', 1, '76+1'],
      ['us', 0, '64+1'],
    ] as const
    for (const [name, value, place] of bits) {
      expect(values(`lcp.opt.asyncmap.${name}`)).toEqual([value])
      expect(places(`lcp.opt.asyncmap.${name}`)).toEqual([place])
    }
    expect(values('lcp.opt.fcs_alternatives.null')).toEqual([0])
    expect(values('lcp.opt.fcs_alternatives.ccitt16')).toEqual([1])
    expect(values('lcp.opt.fcs_alternatives.ccitt32')).toEqual([1])
  })

  it('reads the rarer options', () => {
    const { values, show } = ppp(
      'c021 01 01 004e 0008 00000c01abcd 0408 c02500000bb8 0a03 08 0b05 04 aabb 0d05 00 3132 1104 05d4 1309 03 020000000001 ' +
        '1307 02 c0000201 1503 01 1704 0007 1b04 0204 1c08 0000006a 656e 1202',
    )
    expect(show('lcp.opt.oui')).toEqual(['0x00000c'])
    expect(values('lcp.opt.reporting_period')).toEqual([3000])
    expect(values('lcp.opt.window')).toEqual([4])
    expect(values('lcp.opt.mrru')).toEqual([1492])
    expect(show('lcp.opt.802_1_address')).toEqual(['02:00:00:00:00:01'])
    expect(show('lcp.opt.ip_address')).toEqual(['192.0.2.1'])
    expect(values('lcp.opt.link_discrim')).toEqual([7])
    expect(values('lcp.opt.max_susp_classes')).toEqual([4])
    expect(show('lcp.opt.language_tag')).toEqual(['en'])
  })

  it('echoes, introduces itself, counts down and ends', () => {
    const echo = ppp('c021 09 02 0009 2ca79de8 21')
    expect(echo.show('lcp.magic_number')).toEqual(['0x2ca79de8'])
    expect(echo.values('lcp.data')).toEqual(['21'])
    expect(ppp('c021 0c 03 000b 00000000 414243').show('lcp.message')).toEqual(['ABC'])
    expect(ppp('c021 0d 04 000c 00000000 00000e10').show('lcp.secs_remaining')).toEqual(['3600 seconds'])
    expect(ppp('c021 0d 04 000c 00000000 ffffffff').show('lcp.secs_remaining')).toEqual(['forever'])
    expect(ppp('c021 05 02 0008 55736572').values('ppp.data')).toEqual(['55736572'])
    expect(ppp('c021 07 05 0008 63010004').values('ppp.rejected')).toEqual(['63010004'])
    expect(ppp('c021 00 06 000c 00000000 00000c 05').values('ppp.kind')).toEqual([5])
  })

  it('quotes the packet whose protocol it rejects', () => {
    const known = ppp('c021 08 08 0014 8057 0101000e 010a 0200000000000001')
    expect(known.stack).toEqual(['ppp', 'lcp', 'ipv6cp'])
    expect(known.found.layer(2).quoted).toBe(true)
    expect(known.show('lcp.rej_proto')).toEqual(['IPv6 Control Protocol (0x8057)'])
    expect(ppp('c021 08 08 0009 80cf 010203').values('ppp.rejected')).toEqual(['010203'])
  })

  it('bounds what lies', () => {
    expect(ppp('c021 01 01 0003').notes).toEqual([
      'error: Malformed: Length is 3, less than the 4 bytes before it',
    ])
    expect(ppp('c021 01 01 0020 0104 05d4').notes).toEqual([
      'error: Length claims 32 bytes, the frame leaves 8',
    ])
    expect(ppp('c021 01 01 0008 0101 05d4').notes).toEqual([
      'error: Malformed: Length is 1, but 2 bytes of MRU came before',
    ])
    expect(ppp('c021 01 01 0008 0109 05d4').notes).toEqual([
      'error: Malformed: Length claims 9 bytes for MRU, Length leaves 4',
    ])
    expect(ppp('c021 01 01 0008 0103 05d4').notes).toEqual([
      'error: Malformed: Maximum receive unit needs 2 bytes, Length leaves 1',
    ])
    expect(ppp('c021 63 01 0004').notes).toEqual([
      'warning: A code without a meaning: the receiver answers with Code-Reject',
    ])
    expect(ppp('c021 01 01 0008 0104 05d4', 1).statuses).toEqual(['complete', 'truncated'])
  })
})

describe('the network control protocols', () => {
  it('IPCP agrees on addresses', () => {
    const { stack, show, values, places, line } = ppp(
      '8021 03 01 001c 0206 002d 0f01 0306 c6336407 8106 c0000235 8306 c0000236',
    )
    expect(stack).toEqual(['ppp', 'ipcp'])
    expect(show('ipcp.opt.compress_proto')).toEqual(['Van Jacobson Compressed TCP/IP (0x002d)'])
    expect(values('ipcp.opt.max_slot_id')).toEqual([15])
    expect(values('ipcp.opt.comp_slot_id')).toEqual([1])
    expect(places('ipcp.opt.comp_slot_id')).toEqual(['95+1'])
    expect(show('ipcp.opt.ip_address')).toEqual(['198.51.100.7'])
    expect(show('ipcp.opt.pri_dns_address')).toEqual(['192.0.2.53'])
    expect(show('ipcp.opt.sec_dns_address')).toEqual(['192.0.2.54'])
    expect(line()).toBe(
      'ppp ipcp Configure-Nak 1: IP compression protocol, IP address 198.51.100.7, Primary DNS, Secondary DNS',
    )
  })

  it('MPLSCP and others have no options', () => {
    expect(ppp('8281 01 01 0004').stack).toEqual(['ppp', 'mplscp'])
    expect(ppp('8023 01 01 0004').stack).toEqual(['ppp', 'osinlcp'])
    expect(ppp('8207 02 01 0004').line()).toBe('ppp cdpcp Configure-Ack 1')
  })

  it('IPV6CP agrees on identifiers', () => {
    const { stack, values, places } = ppp('8057 01 01 000e 010a 0200000000000001')
    expect(stack).toEqual(['ppp', 'ipv6cp'])
    expect(values('ipv6cp.interface_identifier')).toEqual(['0200000000000001'])
    expect(places('ipv6cp.interface_identifier')).toEqual(['64+64'])
  })

  it('CCP offers MPPE and compression', () => {
    const { values, places, show } = ppp(
      '80fd 01 01 001c 1206 01000060 1a04 7800 1503 2f 1105 000103 1804 7800',
    )
    expect(values('ccp.opt.supported_bits')).toEqual([0x01000060])
    const bits = [
      ['h', 1, '71+1'],
      ['m', 0, '88+1'],
      ['s', 1, '89+1'],
      ['l', 1, '90+1'],
      ['d', 0, '91+1'],
      ['c', 0, '95+1'],
    ] as const
    for (const [name, value, place] of bits) {
      expect(values(`ccp.opt.supported_bits.${name}`)).toEqual([value])
      expect(places(`ccp.opt.supported_bits.${name}`)).toEqual([place])
    }
    expect(values('ccp.opt.window')).toEqual([7])
    expect(values('ccp.opt.method')).toEqual([8])
    expect(values('ccp.opt.vd.dict')).toEqual([15])
    expect(show('ccp.opt.cm.check_mode')).toEqual(['Sequence number (3)'])
    expect(values('ccp.opt.fe')).toEqual([1])
    expect(values('ccp.opt.History')).toEqual([24])
    expect(ppp('80fd 0e 02 0004').show('ppp.code')).toEqual(['Reset-Request (14)'])
  })
})

describe('authentication', () => {
  it('masks the password of PAP', () => {
    const { stack, show, notes, line } = ppp('c023 01 01 0011 05 616c696365 06 736563726574')
    expect(stack).toEqual(['ppp', 'pap'])
    expect(show('pap.peer_id')).toEqual(['alice'])
    expect(show('pap.password')).toEqual(['********'])
    expect(show('pap.password.length')).toEqual(['6 bytes'])
    expect(notes).toEqual(['warning: Name and password cross the line as they are'])
    expect(line()).toBe('ppp pap Authenticate-Request: alice')
    const nak = ppp('c023 03 01 0007 02 6e6f')
    expect(nak.show('pap.message')).toEqual(['no'])
    expect(nak.notes).toEqual(['warning: The authentication failed'])
    expect(ppp('c023 02 01 0004').notes).toEqual([])
    expect(ppp('c023 01 01 0008 09 616c69').notes).toEqual([
      'error: Malformed: Peer ID needs 9 bytes, Length leaves 3',
    ])
  })

  it('takes the response of MS-CHAPv2 apart', () => {
    // The values of RFC 2759 §9.2.
    const { show, values, places, line } = ppp(
      'c223 02 02 003a 31 21402324255e262a28295f2b3a337c7e 0000000000000000' +
        '82309ecd8d708b5ea08faa3981cd83544233114a3d85d6df 00 55736572',
    )
    expect(values('chap.mschap.peer_challenge')).toEqual(['21402324255e262a28295f2b3a337c7e0000000000000000'])
    expect(values('chap.mschap.nt_response')).toEqual(['82309ecd8d708b5ea08faa3981cd83544233114a3d85d6df'])
    expect(places('chap.mschap')).toEqual(['56+392'])
    expect(show('chap.name')).toEqual(['User'])
    expect(line()).toBe('ppp chap Response from User')
    const challenge = ppp('c223 01 02 0009 02 abcd 6173')
    expect(challenge.values('chap.value')).toEqual(['abcd'])
    expect(challenge.show('chap.name')).toEqual(['as'])
    expect(ppp('c223 04 02 0009 453d363931').notes).toEqual(['warning: The authentication failed'])
    expect(ppp('c223 02 02 0007 31 abcd').statuses.at(-1)).toBe('malformed')
  })

  it('passes EAP on', () => {
    const { stack, show } = ppp('c227 02 01 0008 01 626f62')
    expect(stack).toEqual(['ppp', 'eap'])
    expect(show('eap.identity')).toEqual(['bob'])
    expect(ppp('c227 01 01 0006 0d 20').values('eap.data')).toEqual(['20'])
    expect(ppp('c227 04 01 0004').notes).toEqual(['warning: The authentication failed'])
  })
})

describe('pieces and secrets', () => {
  it('reads a packet that is whole in one piece, and the beginning of one that is not', () => {
    const whole = ppp(`003d c0000001 21 ${ping}`)
    expect(whole.stack.slice(0, 4)).toEqual(['ppp', 'mp', 'ppp', 'ip'])
    expect(whole.values('mp.seq')).toEqual([1])
    expect(whole.places('mp.last')).toEqual(['17+1'])
    const first = ppp('003d 80000002 21 45000028 00010000 40fd0000 0a090001 0a090002')
    expect(first.stack.slice(0, 4)).toEqual(['ppp', 'mp', 'ppp', 'ip'])
    expect(first.notes.filter(note => note.startsWith('error: Malformed'))).toEqual([])
    const last = ppp('003d 44000003 abcd')
    expect(last.values('mp.sequence_num_cls')).toEqual([1])
    expect(last.values('mp.payload')).toEqual(['abcd'])
  })

  it('knows MPPE by its bits', () => {
    const mppe = ppp('00fd 9001 8d1d3a96')
    expect(mppe.stack).toEqual(['ppp', 'comp_data'])
    expect(mppe.values('comp_data.mppe.coherency_count')).toEqual([1])
    expect(mppe.values('comp_data.encrypted')).toEqual(['8d1d3a96'])
    expect(mppe.statuses).toEqual(['complete', 'opaque'])
    expect(ppp('fd 0001 78').values('comp_data.data')).toEqual(['000178'])
  })
})
