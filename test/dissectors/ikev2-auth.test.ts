import { describe, expect, it } from 'vitest'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

// What is encrypted on the wire, here in the clear and built from RFC 7296; tshark reads the same values out of it.
const request = `
  cdbf9c993440b10097af7ba5d257491323202308000000010000016c24000019020000006361726f6c2e6578616d706c652e6f72
  672600000c01000000c0a801012700002d0441414141414141414141414141414141414141414242424242424242424242424242
  424242424242210000280200000050505050505050505050505050505050505050505050505050505050505050502c00002c0000
  0028010304030a0b0c0d0300000c0100000c800e0100030000080300000c00000008050000012d00005003000000070000100000
  ffffc0a80100c0a801ff07060010001600160a0000010a000001080000280000ffff20010db80000000000000000000000002001
  0db8ffffffffffffffffffffffff2f00001801000000070000100000ffffc0a80100c0a801ff2900002601000000000100000003
  00000007000a7374726f6e675377616e00190000000800002900000800004000290000080000400c0000000c030440090a0b0c0d`
const response = `
  cdbf9c993440b10097af7ba5d25749132320232000000001000001b924000019030000006361726f6c406578616d706c652e6f72
  672500001709000000300d310b3009060355040613024348270000310c4848484848484848484848484848484848484848687474
  703a2f2f6578616d706c652e6f72672f632e6465722f0000560e0000000d300b06092a864886f70d01010b535353535353535353
  53535353535353535353535353535353535353535353535353535353535353535353535353535353535353535353535353535353
  535353300000c102000000000100040a01020300020004ffffff00000300040a0101fe000400040a0101fd0005000400000e1000
  0600040a0101fc0007000276310008001120010db800000000000000000000000540000a001020010db800000000000000000000
  0005000d00080a000000ff000000000e000400010003000f001120010db8000000000000000000000000200012001120010db800
  000000000000000000000020001400040a0101010015001020010db80000000000000000000000002a00000d0101000901757365
  722a000010030400020a0b0c0d010203040000000801000000`
const notifies = `
  cdbf9c993440b10097af7ba5d25749132920252000000001000001512900000a00000011001f290000080000000e290000080000
  00182900000c03044009deadbeef2900000b00004003123402290000100000400643434343434343432900000c0000400dc00002
  01290000180000400e20010db80000000000000000000000002900000c0000401300000e102900001e000040170104c00002014e
  4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e2900000e000040180104c0000202290000180000401900000e105454545454545454545454
  54290000140000401d54545454545454545454545429000018000040235151515151515151515151515151515129000014000040
  260000000100000002000000032900000c00004001000000052900000900000001372900000c00000009000000072900000b0000
  4034026964000000140000403b020e03010207000e30020500`

const ike = (hex: string) => peel(udp4(500, 500, hex.replace(/\s+/g, '')))

/** A message of one payload; its length is filled in. */
const message = (type: string, body: string) => {
  const payload = body.replace(/\s+/g, '')
  const length = (n: number, digits: number) => n.toString(16).padStart(digits, '0')
  const size = payload.length / 2 + 4
  return ike(
    `${'cdbf9c993440b100'.repeat(2)}${type}20250800000000${length(28 + size, 8)}0000${length(size, 4)}${payload}`,
  )
}

const inTheClear = 'error: IKE_AUTH is to be encrypted (RFC 7296 §1.2)'

describe('IKE_AUTH', () => {
  it('asks', () => {
    const { values, show, notes, statuses } = ike(request)
    expect(statuses.at(-1)).toBe('complete')
    expect(notes).toEqual([inTheClear])
    expect(show('isakmp.id.type')).toEqual(['ID_FQDN (2)', 'ID_IPV4_ADDR (1)'])
    expect(show('isakmp.id.data.fqdn')).toEqual(['carol.example.org'])
    expect(show('isakmp.id.data.ipv4_addr')).toEqual(['192.168.1.1'])
    expect(values('isakmp.ike.certreq.authority')).toEqual(['41'.repeat(20), '42'.repeat(20)])
    expect(show('isakmp.auth.method')).toEqual(['shared key message integrity code (2)'])
    expect(values('isakmp.auth.data')).toEqual(['50'.repeat(32)])
    expect(show('isakmp.prop.protoid')).toEqual(['ESP (3)'])
    expect(values('isakmp.spi')).toEqual(['0a0b0c0d', '0a0b0c0d'])
    expect(show('isakmp.tf.id.esn')).toEqual(['partially transmitted 64-bit sequential numbers (ESN) (1)'])
    expect(values('isakmp.ts.number')).toEqual([3, 1])
    expect(values('isakmp.ts.type')).toEqual([7, 7, 8, 7])
    expect(show('isakmp.ts.protoid')).toEqual(['any (0)', 'TCP (6)', 'any (0)', 'any (0)'])
    expect(show('isakmp.ts.start_ipv4')).toEqual(['192.168.1.0', '10.0.0.1', '192.168.1.0'])
    expect(show('isakmp.ts.end_ipv4')).toEqual(['192.168.1.255', '10.0.0.1', '192.168.1.255'])
    expect(values('isakmp.ts.end_port')).toEqual([65535, 22, 65535, 65535])
    expect(show('isakmp.ts.end_ipv6')).toEqual(['2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'])
    expect(show('isakmp.cfg.type')).toEqual(['CFG_REQUEST (1)'])
    expect(values('isakmp.cfg.attr.type')).toEqual([1, 3, 7, 25, 8])
    expect(show('isakmp.cfg.attr.application_version')).toEqual(['strongSwan'])
    expect(values('isakmp.notify.msgtype')).toEqual([16384, 16396, 16393])
  })

  it('answers', () => {
    const { values, show, notes, statuses } = ike(response)
    expect(statuses.at(-1)).toBe('complete')
    expect(notes).toEqual([inTheClear])
    expect(show('isakmp.auth.data.sig.asn1.data')).toEqual([
      'RSA (PKCS #1 v1.5) and SHA2-256 (1.2.840.113549.1.1.11)',
    ])
    expect(show('isakmp.id.data.user_fqdn')).toEqual(['carol@example.org'])
    expect(values('isakmp.id.data.der_asn1_dn')).toEqual(['300d310b3009060355040613024348'])
    expect(values('isakmp.cert.x509.hash')).toEqual(['48'.repeat(20)])
    expect(show('isakmp.cert.x509.url')).toEqual(['http://example.org/c.der'])
    expect(values('isakmp.auth.data.sig.asn1.len')).toEqual([13])
    expect(values('isakmp.auth.data.sig.value')).toEqual(['53'.repeat(64)])
    expect(show('isakmp.cfg.attr.internal_ip4_address')).toEqual(['10.1.2.3'])
    expect(show('isakmp.cfg.attr.internal_ip4_netmask')).toEqual(['255.255.255.0'])
    expect(values('isakmp.cfg.attr.internal_address_expiry')).toEqual([3600])
    expect(show('isakmp.cfg.attr.internal_ip6_address')).toEqual(['2001:db8::5'])
    expect(values('isakmp.cfg.attr.internal_ip6_address.prefix')).toEqual([64])
    expect(show('isakmp.cfg.attr.internal_ip4_subnet_netmask')).toEqual(['255.0.0.0'])
    expect(values('isakmp.cfg.attr.supported_attributes')).toEqual([1, 3])
    expect(values('isakmp.cfg.attr.internal_ip6_prefix_length')).toEqual([32])
    expect(show('eap.code')).toEqual(['Request (1)'])
    expect(show('eap.identity')).toEqual(['user'])
    expect(show('isakmp.delete.protoid')).toEqual(['ESP (3)', 'IKE (1)'])
    expect(values('isakmp.delete.spi')).toEqual(['0a0b0c0d', '01020304'])
  })
})

describe('a digital signature', () => {
  const algorithm = (der: string): string[] =>
    message('27', `0e000000${(der.length / 2).toString(16).padStart(2, '0')}${der}5353`).show(
      'isakmp.auth.data.sig.asn1.data',
    )

  // The AlgorithmIdentifiers of RFC 7427 appendix A.
  it('names its algorithm and hash', () => {
    expect(algorithm('300a06082a8648ce3d040302')).toEqual(['ECDSA and SHA2-256 (1.2.840.10045.4.3.2)'])
    expect(algorithm('300d06092a864886f70d01010a3000')).toEqual([
      'RSASSA-PSS (1.2.840.113549.1.1.10) and SHA-1',
    ])
    const pss256 =
      '304606092a864886f70d01010a3039a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120a303020101'
    expect(algorithm(pss256)).toEqual([
      'RSASSA-PSS (1.2.840.113549.1.1.10) and SHA2-256 (2.16.840.1.101.3.4.2.1)',
    ])
    expect(algorithm('300506032b6570')).toEqual(['Ed25519 (1.3.101.112)'])
  })

  it('without a name is doubtful', () => {
    expect(message('27', '0e000000 03 020100 5353').notes).toContain('warning: No algorithm in DER')
  })
})

describe('notifies', () => {
  it('have data by type', () => {
    const { values, show, statuses } = ike(notifies)
    expect(statuses.at(-1)).toBe('complete')
    expect(show('isakmp.notify.data.accepted_dh_group')).toEqual(['Curve25519 (31)'])
    expect(values('isakmp.spi')).toEqual(['deadbeef'])
    expect(show('isakmp.notify.data.ipcomp.cpi')).toEqual(['0x1234'])
    expect(show('isakmp.notify.data.ipcomp.transform_id')).toEqual(['IPCOMP_DEFLATE (2)'])
    expect(values('isakmp.notify.data')).toEqual(['43'.repeat(8)])
    expect(show('isakmp.notify.data.ipv4')).toEqual(['192.0.2.1'])
    expect(show('isakmp.notify.data.ipv6')).toEqual(['2001:db8::'])
    expect(show('isakmp.notify.data.auth_lifetime')).toEqual(['3600 seconds'])
    expect(show('isakmp.notify.data.redirect.new_resp_gw_ident.ipv4')).toEqual(['192.0.2.1'])
    expect(values('isakmp.notify.data.redirect.nonce_data')).toEqual(['4e'.repeat(16)])
    expect(show('isakmp.notify.data.redirect.org_resp_gw_ident.ipv4')).toEqual(['192.0.2.2'])
    expect(values('isakmp.notify.data.ha.expected_recv_req_message_id')).toEqual([3])
    expect(values('isakmp.notify.data.window_size')).toEqual([5])
    expect(values('isakmp.notify.data.payload_type')).toEqual([55])
    expect(values('isakmp.notify.data.ppk.id')).toEqual(['6964'])
    expect(values('isakmp.notify.data.auth_methods.method')).toEqual([14, 2, 14])
  })
})

describe('EAP', () => {
  // Values as tshark 4.0 has them; the layout of an expanded type is RFC 3748 §5.7.
  it('has messages of its own besides the methods', () => {
    expect(message('30', '02 07 0008 03 0d 15 00').show('eap.desired_type')).toEqual([
      'EAP-TLS (13)',
      'EAP-TTLS (21)',
      'none (0)',
    ])
    expect(message('30', '01 07 0007 02 6869').show('eap.notification')).toEqual(['hi'])
    const expanded = message('30', '01 07 000e fe 00372a 00000001 0102')
    expect(expanded.values('eap.ext.vendor_id')).toEqual([14122])
    expect(expanded.values('eap.ext.vendor_type')).toEqual([1])
    expect(expanded.values('isakmp.eap.data')).toEqual(['0102'])
    expect(message('30', '01 07 0008 fe 003722').statuses.at(-1)).toBe('malformed')
  })
})

describe('notifies that came later', () => {
  const notify = (type: string, data: string) => message('29', `0000${type}${data}`)

  // Values as tshark 4.0 has them; its fields are those of RFC 5857.
  it('say how headers are compressed', () => {
    const { show, values } = notify('4020', '80010010 80020001 80030005 8004000a 80050000')
    expect(values('isakmp.notify.data.rohc.attr.type')).toEqual([1, 2, 3, 4, 5])
    expect(values('isakmp.notify.data.rohc.attr.max_cid')).toEqual([16])
    expect(values('isakmp.notify.data.rohc.attr.profile')).toEqual([1])
    expect(show('isakmp.notify.data.rohc.attr.integ')).toEqual(['AUTH_AES_XCBC_96 (5)'])
    expect(show('isakmp.notify.data.rohc.attr.icv_len')).toEqual(['10 bytes'])
    expect(show('isakmp.notify.data.rohc.attr.mrru')).toEqual(['0 bytes'])
  })

  // RFC 9347 §6.1.4 and RFC 9867 §3.1.
  it('ask for streams of packets, and offer secrets', () => {
    const { values } = notify('403a', '03')
    expect(values('isakmp.notify.data.aggfrag.congestion')).toEqual([1])
    expect(values('isakmp.notify.data.aggfrag.dont_fragment')).toEqual([1])
    const ppk = notify('403e', '02 6b6579 0102030405060708')
    expect(ppk.show('isakmp.notify.data.ppk.type')).toEqual(['PPK_ID_FIXED (2)'])
    expect(ppk.values('isakmp.notify.data.ppk.id')).toEqual(['6b6579'])
    expect(ppk.values('isakmp.notify.data.ppk.confirmation')).toEqual(['0102030405060708'])
    expect(notify('403e', '02 01').statuses.at(-1)).toBe('complete')
  })
})

describe('lies', () => {
  it('about selectors', () => {
    const one = '07000010 0000ffff c0a80100 c0a801ff'
    expect(message('2c', `02000000 ${one}`).notes).toEqual([
      'error: The payload says that it has 2 selectors, and has 1',
    ])
    expect(message('2c', '01000000 07000000 0000ffff').statuses.at(-1)).toBe('malformed')
    expect(message('2c', '01000000 07000008 0000ffff').statuses.at(-1)).toBe('malformed')
    expect(message('2c', `01000000 0700ffff 0000ffff`).statuses.at(-1)).toBe('malformed')
  })

  it('about settings', () => {
    expect(message('2f', '01000000 0001ffff').statuses.at(-1)).toBe('malformed')
    expect(message('2f', '02000000 0001000301').statuses.at(-1)).toBe('malformed')
    const odd = message('2f', '02000000 00010003010203')
    expect(odd.statuses.at(-1)).toBe('complete')
    expect(odd.values('isakmp.cfg.attr.value')).toEqual(['010203'])
  })

  it('about EAP, signatures and addresses', () => {
    expect(message('30', '01010000 01').statuses.at(-1)).toBe('malformed')
    expect(message('30', '01010003').statuses.at(-1)).toBe('malformed')
    expect(message('27', '0e000000 ff30').statuses.at(-1)).toBe('malformed')
    expect(message('23', '01000000 c0a801').statuses.at(-1)).toBe('malformed')
    expect(message('23', '05000000').statuses.at(-1)).toBe('malformed')
  })
})
