import { bytes, type Field, field, hex, seconds } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { configMeanings, settingMeanings } from './numbers/ike-meanings.ts'
import { configurationAttributes, configurationTypes } from './numbers/ikev2.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |   CFG Type    |                    RESERVED                   |
// ~                   Configuration Attributes                    ~
//
// |R|         Attribute Type      |            Length             |
// ~                             Value                             ~

const section = 'RFC 7296 §3.15.1'

const ipv4 = (name: string, label: string, explain: string, where = section) =>
  field(`isakmp.cfg.attr.${name}`, label, { type: 'ipv4', explain, section: where })
const ipv6 = (name: string, label: string, explain: string, where = section) =>
  field(`isakmp.cfg.attr.${name}`, label, { type: 'ipv6', explain, section: where })
const prefix = (name: string, explain: string, where = section) =>
  field(`isakmp.cfg.attr.${name}`, 'Prefix length', { explain, section: where })

const reservedBit = field('isakmp.cfg.attr.reserved', 'Reserved', {
  type: 'flag',
  explain: 'Free for later use: sent as 0, ignored by receivers.',
  section,
})
const attributeType = field('isakmp.cfg.attr.type', 'Attribute type', {
  explain:
    'Says which setting the value is: the client lists those it wants, the gateway fills in those it gives.',
  section,
  values: configurationAttributes,
  meanings: settingMeanings,
})

export const configFields = {
  type: field('isakmp.cfg.type', 'CFG type', {
    explain:
      'A client asks its gateway for an address and the like; this tells the question from the answer.',
    section: 'RFC 7296 §3.15',
    values: configurationTypes,
    meanings: configMeanings,
  }),
  reserved: field('isakmp.reserved', 'Reserved', {
    explain: 'Free for later use: sent as 0, ignored by receivers.',
    section: 'RFC 7296 §3.15',
    show: hex(6),
  }),
  attribute: field('isakmp.cfg.attr', 'Configuration attribute', {
    type: 'group',
    explain: 'One setting. In a request it is mostly empty: the sender would like to have it.',
    section,
  }),
  word: field('isakmp.cfg.attr.word', 'Reserved bit and type', {
    explain: 'Fifteen bits that say which setting this is, behind one that is free for later use.',
    section,
    show: hex(4),
    parts: [
      [reservedBit, 1],
      [attributeType, 15],
    ],
  }),
  reservedBit,
  attributeType,
  length: field('isakmp.cfg.attr.length', 'Attribute length', {
    explain: 'Bytes of the value; 0 where the sender only asks.',
    section,
    show: bytes,
  }),
  value: field('isakmp.cfg.attr.value', 'Attribute value', {
    type: 'bytes',
    explain: 'The setting as bytes: its type has no name here, or its length does not fit the type.',
    section,
  }),
  address4: ipv4(
    'internal_ip4_address',
    'Inner address',
    'The address that the client has inside the tunnel, or would like to have. It sends from this one, and its own address stays outside.',
  ),
  netmask: ipv4(
    'internal_ip4_netmask',
    'Inner netmask',
    'The netmask of the inner network; all ones for a client alone.',
  ),
  dns4: ipv4(
    'internal_ip4_dns',
    'Name server',
    'A DNS server behind the tunnel, which knows names that the outside does not.',
  ),
  nbns4: ipv4(
    'internal_ip4_nbns',
    'NetBIOS name server',
    'A WINS server behind the tunnel, for old Windows names.',
  ),
  expiry: field('isakmp.cfg.attr.internal_address_expiry', 'Address expiry', {
    explain: 'How long the inner address may be used, counted in RFC 4306 only.',
    section: 'RFC 4306 §3.15.1',
    show: seconds,
  }),
  dhcp4: ipv4(
    'internal_ip4_dhcp',
    'DHCP server',
    'A DHCPv6 server behind the tunnel, to ask for more settings.',
  ),
  version: field('isakmp.cfg.attr.application_version', 'Application version', {
    type: 'text',
    explain:
      'Name and version of the sender’s program, in words of its own. It helps whoever looks for a known fault, attackers included.',
    section,
  }),
  address6: ipv6(
    'internal_ip6_address',
    'Inner address',
    'The IPv6 address that the client has inside the tunnel, or would like to have.',
  ),
  prefix6: prefix(
    'internal_ip6_address.prefix',
    'How many bits of the inner address name the network it is in.',
  ),
  dns6: ipv6('internal_ip6_dns', 'Name server', 'A DNS server behind the tunnel, by an IPv6 address.'),
  nbns6: ipv6(
    'internal_ip6_nbns',
    'NetBIOS name server',
    'A WINS server behind the tunnel; given up in RFC 5996.',
    'RFC 4306 §3.15.1',
  ),
  dhcp6: ipv6(
    'internal_ip6_dhcp',
    'DHCP server',
    'A DHCP server behind the tunnel, to ask for more settings.',
  ),
  subnet4: ipv4(
    'internal_ip4_subnet_ip',
    'Inner network',
    'A network that the gateway protects: what goes there belongs into the tunnel, other traffic may stay outside.',
  ),
  subnetMask: ipv4(
    'internal_ip4_subnet_netmask',
    'Netmask of the inner network',
    'Tells with its ones which bits of the inner network’s address count, and so how large it is.',
  ),
  supported: field('isakmp.cfg.attr.supported_attributes', 'Supported attribute', {
    explain:
      'A setting that the sender understands, so that the other side need not guess what it may ask for or give.',
    section,
    values: configurationAttributes,
  }),
  subnet6: ipv6(
    'internal_ip6_subnet_ip',
    'Inner network',
    'An IPv6 network that the gateway protects: what goes there belongs into the tunnel.',
  ),
  subnetPrefix: prefix('internal_ip6_subnet_prefix', 'How many bits of the inner network’s address count.'),
  linkInterface: field('isakmp.cfg.attr.internal_ip6_link_interface', 'Link-local interface ID', {
    explain: 'The lower half of the link-local address on the virtual link that the tunnel is.',
    section: 'RFC 5739 §5.1',
  }),
  linkId: field('isakmp.cfg.attr.internal_ip6_link_id', 'IKEv2 link ID', {
    type: 'bytes',
    explain: 'Names the virtual link, so that the client finds it again.',
    section: 'RFC 5739 §5.1',
  }),
  prefixAddress: ipv6(
    'internal_ip6_prefix_ip',
    'Inner prefix',
    'A prefix that the client may take addresses from.',
    'RFC 5739 §5.2',
  ),
  prefixLength: prefix(
    'internal_ip6_prefix_length',
    'How many bits of the prefix are fixed; the client chooses the rest of each address.',
    'RFC 5739 §5.2',
  ),
  proxy4: ipv4(
    'p_cscf_ip4_address',
    'P-CSCF',
    'The SIP proxy of a mobile network, where calls over Wi-Fi begin, by an IPv6 address.',
    'RFC 7651 §3',
  ),
  proxy6: ipv6(
    'p_cscf_ip6_address',
    'P-CSCF',
    'The SIP proxy of a mobile network, where calls over Wi-Fi begin.',
    'RFC 7651 §4',
  ),
  liveness: field('isakmp.cfg.attr.liveness_timeout', 'Timeout for liveness checks', {
    explain: 'After how long a silence the client is to ask whether the gateway is alive.',
    section: '3GPP TS 24.302 §8.2.4.2',
    show: seconds,
  }),
  domain: field('isakmp.cfg.attr.internal_dns_domain', 'Inner DNS domain', {
    type: 'text',
    explain: 'Names below this domain are to be asked of the name servers behind the tunnel.',
    section: 'RFC 8598 §4.1',
  }),
}

const f = configFields

const whole = (field: Field<'text' | 'bytes'>) => (r: Reader) => void r.rest(field)

/** Single addresses and numbers, by type of attribute: they are read where their length is right. */
const fixed: Readonly<Record<number, Field<'ipv4'> | Field<'ipv6'> | Field<'uint'>>> = {
  1: f.address4,
  2: f.netmask,
  3: f.dns4,
  4: f.nbns4,
  5: f.expiry,
  6: f.dhcp4,
  10: f.dns6,
  11: f.nbns6,
  12: f.dhcp6,
  20: f.proxy4,
  21: f.proxy6,
  24: f.liveness,
}

/** What else has a form. */
const forms: Readonly<Record<number, (r: Reader) => void>> = {
  7: whole(f.version),
  8: r => {
    r.ipv6(f.address6)
    if (r.left > 0) r.u8(f.prefix6)
  },
  13: r => {
    r.ipv4(f.subnet4)
    r.ipv4(f.subnetMask)
  },
  14: r => {
    while (r.more()) r.u16(f.supported)
  },
  15: r => {
    r.ipv6(f.subnet6)
    r.u8(f.subnetPrefix)
  },
  17: r => {
    r.u64(f.linkInterface)
    r.rest(f.linkId)
  },
  18: r => {
    r.ipv6(f.prefixAddress)
    r.u8(f.prefixLength)
  },
  25: whole(f.domain),
}

/** Reads a Configuration payload. */
export function walkConfig(r: Reader): void {
  r.u8(f.type)
  r.u24(f.reserved)
  while (r.more()) walkAttribute(r)
}

function walkAttribute(r: Reader): void {
  r.open(f.attribute)
  const type = r.u16(f.word) & 0x7fff
  const length = r.u16(f.length)
  r.claim(4 + length, f.length)
  if (length > 0) {
    const single = fixed[type]
    if (single !== undefined) walkSingle(r, single, length)
    else forms[type]?.(r)
    if (r.left > 0) r.rest(f.value)
  }
  r.close()
}

function walkSingle(r: Reader, single: Field<'ipv4'> | Field<'ipv6'> | Field<'uint'>, length: number): void {
  if (single.type === 'ipv4' && length === 4) r.ipv4(single as Field<'ipv4'>)
  else if (single.type === 'ipv6' && length === 16) r.ipv6(single as Field<'ipv6'>)
  else if (single.type === 'uint' && length === 4) r.u32(single as Field<'uint'>)
}
