import { describe, expect, it } from 'vitest'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'
import { payload } from './ikev1.ts'

const cookies = '819e4950047e2f59 c54e8f50375575c2'

/** The line about an IKEv1 message with this payload. */
const summary = (type: number, contents: string): string => {
  const { found } = payload(type, contents)
  return found.layer(2).protocol.summary(found.layer(2))
}

// Values as tshark 4.0 shows them for the same bytes.
describe('a notification of IKEv1', () => {
  it('asks whether the other side is alive, and answers', () => {
    const asked = payload(11, `00000001 01 10 8d28 ${cookies} 00001234`)
    expect(asked.show('isakmp.notify.doi')).toEqual(['IPsec (1)'])
    expect(asked.show('isakmp.notify.protoid')).toEqual(['ISAKMP (1)'])
    expect(asked.values('isakmp.spisize')).toEqual([16])
    expect(asked.show('isakmp.notify.msgtype')).toEqual(['R-U-THERE (36136)'])
    expect(asked.places('isakmp.notify.msgtype')).toEqual(['528+16'])
    expect(asked.values('isakmp.spi')).toEqual(['819e4950047e2f59c54e8f50375575c2'])
    expect(asked.values('isakmp.notify.data.dpd.are_you_there')).toEqual([0x1234])
    expect(asked.notes).toEqual([])
    const answered = payload(11, `00000001 01 10 8d29 ${cookies} 00001234`)
    expect(answered.show('isakmp.notify.msgtype')).toEqual(['R-U-THERE-ACK (36137)'])
    expect(answered.values('isakmp.notify.data.dpd.are_you_there_ack')).toEqual([0x1234])
  })

  it('says lifetimes in attributes of the phase that it is about', () => {
    const ipsec = payload(
      11,
      '00000001 03 04 6000 11223344 80010001 00020004 00015180 80010002 00020004 00465000',
    )
    expect(ipsec.show('isakmp.notify.msgtype')).toEqual(['RESPONDER-LIFETIME (24576)'])
    expect(ipsec.show('isakmp.notify.data.resp_lifetime.ipsec.attr.life_type')).toEqual([
      'seconds (1)',
      'kilobytes (2)',
    ])
    expect(ipsec.values('isakmp.notify.data.resp_lifetime.ipsec.attr.life_duration')).toEqual([
      86400, 4608000,
    ])
    const ike = payload(11, `00000001 01 10 6000 ${cookies} 800b0001 000c0004 00015180`)
    expect(ike.show('isakmp.notify.data.resp_lifetime.ike.attr.life_duration')).toEqual([
      '1 day (86400 seconds)',
    ])
    expect(ike.notes).toEqual([])
    expect(ike.places('isakmp.notify.data.parts')).toEqual(['672+96'])
  })

  it('says errors aloud', () => {
    const { show, notes } = payload(11, '00000001 03 04 000e 11223344')
    expect(show('isakmp.notify.msgtype')).toEqual(['NO-PROPOSAL-CHOSEN (14)'])
    expect(notes).toEqual([
      'warning: None of the offers is acceptable: compare algorithms, key lengths, groups and the authentication method of both sides.',
    ])
  })

  it('is named in the summary', () => {
    expect(summary(11, '00000001 03 04 000e 11223344')).toBe('IKEv1 Informational: N(NO-PROPOSAL-CHOSEN)')
    expect(summary(11, `00000001 01 10 6002 ${cookies}`)).toBe('IKEv1 Informational: N(INITIAL-CONTACT)')
    expect(summary(11, '00000001 01 00 7fff')).toBe('IKEv1 Informational: N(32767)')
  })

  it('may hold other data', () => {
    expect(
      payload(11, `00000001 01 10 9e35 ${cookies} 0a010000`).show('isakmp.notify.data.unity.load_balance'),
    ).toEqual(['10.1.0.0'])
    expect(payload(11, '00000001 03 04 6001 11223344 00000001').values('isakmp.notify.data')).toEqual([
      '00000001',
    ])
    expect(payload(11, '00000001 01 00 0010 78').values('isakmp.notify.data')).toEqual(['78'])
  })

  it('cannot claim more SPI than there is', () => {
    const { statuses, notes } = payload(11, '00000001 01 ff 6002 0011')
    expect(statuses.at(-1)).toBe('malformed')
    expect(notes).toEqual(['error: Malformed: SPI needs 255 bytes, Payload length leaves 2'])
  })
})

describe('a deletion of IKEv1', () => {
  it('lists SPIs', () => {
    const { values, show, notes } = payload(12, '00000001 03 04 0002 11223344 55667788')
    expect(show('isakmp.delete.doi')).toEqual(['IPsec (1)'])
    expect(show('isakmp.delete.protoid')).toEqual(['ESP (3)'])
    expect(values('isakmp.spisize')).toEqual([4])
    expect(values('isakmp.spinum')).toEqual([2])
    expect(values('isakmp.delete.spi')).toEqual(['11223344', '55667788'])
    expect(notes).toEqual([])
  })

  it('cannot lie about their number or size', () => {
    expect(payload(12, '00000001 03 04 ffff 11223344').notes).toEqual([
      'error: Malformed: SPI needs 4 bytes, Payload length leaves 0',
    ])
    expect(payload(12, '00000001 03 00 ffff').notes).toEqual(['error: SPIs of no bytes name nothing'])
    const more = payload(12, '00000001 03 04 0001 11223344 5566')
    expect(more.notes).toEqual(['error: More bytes are here than SPIs are promised'])
    expect(more.values('isakmp.datapayload')).toEqual(['5566'])
  })
})

describe('an identity of IKEv1', () => {
  const identity = (type: string, data: string) => payload(5, `${type} 11 01f4 ${data}`)
  const six = '20010db8000000000000000000000001'

  it('says whose traffic, and of which protocol', () => {
    const { show, values } = identity('01', '0a010000')
    expect(show('isakmp.id.type')).toEqual(['ID_IPV4_ADDR (1)'])
    expect(show('isakmp.id.protoid')).toEqual(['UDP (17)'])
    expect(values('isakmp.id.port')).toEqual([500])
    expect(show('isakmp.id.data.ipv4_addr')).toEqual(['10.1.0.0'])
  })

  it('is of many types', () => {
    expect(identity('02', '76706e2e6578').show('isakmp.id.data.fqdn')).toEqual(['vpn.ex'])
    expect(identity('03', '6a406578').show('isakmp.id.data.user_fqdn')).toEqual(['j@ex'])
    expect(identity('04', '0a010000ffff0000').show('isakmp.id.data.ipv4_subnet')).toEqual(['255.255.0.0'])
    expect(identity('05', six).show('isakmp.id.data.ipv6_addr')).toEqual(['2001:db8::1'])
    expect(identity('06', six + 'f'.repeat(32)).places('isakmp.id.data.ipv6_subnet')).toEqual(['640+128'])
    expect(identity('07', '0a0100000a0100ff').show('isakmp.id.data.ipv4_range_end')).toEqual(['10.1.0.255'])
    expect(identity('08', six + six).show('isakmp.id.data.ipv6_range_start')).toEqual(['2001:db8::1'])
    expect(identity('09', '3000').values('isakmp.id.data.der_asn1_dn')).toEqual(['3000'])
    expect(identity('0b', '67726f757031').values('isakmp.id.data.key_id')).toEqual(['67726f757031'])
    expect(identity('0a', '820476706e2e').show('x509ce.dNSName')).toEqual(['vpn.'])
    expect(identity('0c', '616263').values('isakmp.datapayload')).toEqual(['616263'])
  })

  it('has the length of its type', () => {
    expect(identity('01', '0a01').notes).toEqual([
      'error: Malformed: IPv4 address needs 4 bytes, Payload length leaves 2',
    ])
    expect(identity('01', '0a01000000').values('isakmp.datapayload')).toEqual(['00'])
  })

  it('never reaches the terminal as it is', () => {
    expect(identity('02', '1b5b324a').show('isakmp.id.data.fqdn')[0]).not.toContain('\u001b')
  })
})

describe('a vendor ID of IKEv1', () => {
  // As tshark 4.0 has it in a message of a Cisco gateway.
  it('may end in a version', () => {
    const { values, places } = payload(13, '12f5f28c457168a9702d9fe274cc 01 00')
    expect(values('isakmp.vid.cisco_unity.major')).toEqual([1])
    expect(values('isakmp.vid.cisco_unity.minor')).toEqual([0])
    expect(places('isakmp.vid.cisco_unity.minor')).toEqual(['600+8'])
    const longer = payload(13, '12f5f28c457168a9702d9fe274cc 01 00 00')
    expect(longer.values('isakmp.vid.cisco_unity.major')).toEqual([])
  })

  it('may be cut inside its version', () => {
    const { statuses, values } = payload(13, '12f5f28c457168a9702d9fe274cc 01 00', 1)
    expect(statuses.at(-1)).toBe('truncated')
    expect(values('isakmp.vid.cisco_unity.major')).toEqual([])
  })
})

describe('other payloads of IKEv1', () => {
  it.each([
    [4, 'isakmp.key_exchange.data'],
    [8, 'isakmp.hash'],
    [9, 'isakmp.sig'],
    [10, 'isakmp.nonce'],
    [20, 'isakmp.ike.nat_hash'],
    [130, 'isakmp.ike.nat_hash'],
  ])('%i is %s', (type, name) => {
    const { values, places } = payload(type, '0102030405')
    expect(values(name)).toEqual(['0102030405'])
    expect(places(name)).toEqual(['480+40'])
  })

  it('are certificates and requests for them', () => {
    const certificate = payload(6, '04 3000')
    expect(certificate.show('isakmp.cert.encoding')).toEqual(['X.509 certificate - signature (4)'])
    expect(certificate.places('x509af.Certificate')).toEqual(['488+16'])
    const request = payload(7, '04')
    expect(request.show('isakmp.certreq.type')).toEqual(['X.509 certificate - signature (4)'])
    expect(request.notes).toEqual([])
    expect(payload(7, '04 3000').places('isakmp.ike.certreq.authority.sig')).toEqual(['488+16'])
  })

  it('are addresses from before NAT', () => {
    expect(payload(21, '01000000 0a010000').show('isakmp.ike.nat_original_address_ipv4')).toEqual([
      '10.1.0.0',
    ])
    expect(
      payload(131, '05000000 20010db8000000000000000000000001').show('isakmp.ike.nat_original_address_ipv6'),
    ).toEqual(['2001:db8::1'])
    expect(payload(21, '02000000 61').notes).toEqual(['error: Only an IPv4 or an IPv6 address can be meant'])
  })

  it('are settings for a client, and its login', () => {
    const { values, show, places, notes } = payload(
      14,
      `02 00 1234 0001 0004 0a010000 0005 0004 00000e10 0008 0011 20010db8000000000000000000000001 40
       000d 0008 0a010000 ffff0000 000e 0004 0001 0002 c088 0000 4089 0003 6a6f65 c08f 0001
       7004 0002 abcd 0001 0000`,
    )
    expect(show('isakmp.cfg.type')).toEqual(['ISAKMP_CFG_REPLY (2)'])
    expect(values('isakmp.cfg.identifier')).toEqual([0x1234])
    expect(values('isakmp.cfg.attr.type')).toEqual([1, 5, 8, 13, 14, 16520, 16521, 16527, 28676, 1])
    expect(places('isakmp.cfg.attr.type')[0]).toBe('513+15')
    expect(show('isakmp.cfg.attr.internal_ip4_address')).toEqual(['10.1.0.0'])
    expect(show('isakmp.cfg.attr.internal_address_expiry')).toEqual(['1 hour (3600 seconds)'])
    expect(show('isakmp.cfg.attr.internal_ip6_address')).toEqual(['2001:db8::1'])
    expect(values('isakmp.cfg.attr.internal_ip6_address.prefix')).toEqual([64])
    expect(show('isakmp.cfg.attr.internal_ip4_subnet_netmask')).toEqual(['255.255.0.0'])
    expect(show('isakmp.cfg.attr.supported_attributes')).toEqual([
      'INTERNAL_IP4_ADDRESS (1)',
      'INTERNAL_IP4_NETMASK (2)',
    ])
    expect(show('isakmp.cfg.attr.xauth.type')).toEqual(['Generic (0)'])
    expect(show('isakmp.cfg.attr.xauth.user_name')).toEqual(['joe'])
    expect(show('isakmp.cfg.attr.xauth.status')).toEqual(['OK (1)'])
    expect(values('isakmp.cfg.attr.value')).toEqual(['abcd'])
    expect(notes).toEqual(['info: The attribute has no value'])
    expect(payload(14, '01 00 0000 0001 0005 0a01000000').values('isakmp.cfg.attr.value')).toEqual([
      '0a01000000',
    ])
  })
})

describe('networks of Cisco’s clients', () => {
  it('are lists of 14 bytes each', () => {
    const one = '0a010000 ffff0000 0000 0000 0000'
    const { show, values } = payload(14, `02 00 0001 7004 001c ${one} c0a80000 ffffff00 0011 0000 0035`)
    expect(show('isakmp.cfg.attr.unity.network')).toEqual(['10.1.0.0', '192.168.0.0'])
    expect(show('isakmp.cfg.attr.unity.netmask')).toEqual(['255.255.0.0', '255.255.255.0'])
    expect(values('isakmp.cfg.attr.unity.protocol')).toEqual([0, 17])
    expect(values('isakmp.cfg.attr.unity.destination_port')).toEqual([0, 53])
    expect(payload(14, '02 00 0001 7004 0004 0a010000').values('isakmp.cfg.attr.value')).toEqual(['0a010000'])
  })
})

describe('a vendor ID', () => {
  const labels = (contents: string) => {
    const { found } = payload(13, contents)
    return found.fields
      .slice(0, found.fieldCount)
      .flatMap(f => (f.name === 'isakmp.vid_bytes' ? [f.label] : []))
  }

  // Bytes and names: tshark 4.0 and ike-scan's list.
  it.each([
    ['4a131c81070358455c5728f20e95452f', 'NAT traversal (RFC 3947)'],
    ['90cb80913ebb696e086381b5ec427b1f', 'draft-ietf-ipsec-nat-t-ike-02\\n'],
    ['cd60464335df21f87cfdb2fc68b6a448', 'draft-ietf-ipsec-nat-t-ike-02'],
    ['afcad71368a1f1c96b8696fc77570100', 'Dead Peer Detection (RFC 3706)'],
    ['09002689dfd6b712', 'XAUTH'],
    ['4048b7d56ebce88525e7de7f00d6c2d380000000', 'IKE fragmentation'],
    ['12f5f28c457168a9702d9fe274cc0100', 'Cisco Unity'],
    ['1e2b516905991c7d7c96fcbfb587e46100000009', 'Microsoft (MS NT5 ISAKMPOAKLEY)'],
    ['b46d8914f3aaa3f2fedeb7c7db2943ca', 'GSS-API authentication\\n'],
    ['eb4b0d96276b4e220ad16221a7b2a5e6', 'SSH Sentinel 1.4.1'],
    ['c1111b2dee8cbc3d620573ec57aab9cb', 'SSH IPSEC Express 1.2.1'],
    ['6880c7d026099114e486c55430e7abee', 'SSH IPSEC Express 4.2.0'],
    ['882fe56d6fd20dbc2251613b2ebe5beb', 'strongSwan'],
    ['4f70656e494b45442d372e32', 'OpenIKED'],
  ])('%s is %s', (contents, name) => {
    expect(labels(contents)).toEqual([`Vendor ID: ${name}`])
  })

  it('that nobody knows keeps its bytes', () => {
    expect(labels('4a131c81070358455c5728f20e954530')).toEqual(['Vendor ID'])
    expect(labels('4a131c81070358455c5728f20e95452f00')).toEqual(['Vendor ID'])
    expect(labels('4a')).toEqual(['Vendor ID'])
    expect(labels('')).toEqual([])
    const cut = payload(13, '4a131c81070358455c5728f20e95452f', 3)
    expect(cut.statuses.at(-1)).toBe('truncated')
    expect(cut.values('isakmp.vid_bytes')).toEqual(['4a131c81070358455c5728f20e'])
  })
})

describe('a message of IKEv1', () => {
  it('may not loop its payloads', () => {
    const { statuses } = peel(
      udp4(500, 500, `${cookies.replace(' ', '')} 0b100500 00000000 00000020 0b00 0000`),
    )
    expect(statuses.at(-1)).toBe('malformed')
  })
})
