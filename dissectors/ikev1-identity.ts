import { field, glossary, hex } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { nameField, walkName } from './distinguished-name.ts'
import { certificateMeanings, identityMeanings1 } from './numbers/ike-meanings.ts'
import { certificateEncodings } from './numbers/ike-shared.ts'
import { identityTypes } from './numbers/ikev1-ipsec.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { pkcs7Fields, walkPkcs7 } from './pkcs7.ts'
import { walkX509, x509Fields } from './x509.ts'
import { walkGeneralName } from './x509-extensions.ts'
import { walkRevocationList } from './x509-list.ts'
import { listFields } from './x509-list-fields.ts'

// Identification: |   ID Type     |  Protocol ID  |             Port             |
//                 |                     Identification Data                     |
// Certificate:    | Cert Encoding |            Certificate Data …
// NAT-OA:         |   ID Type     |                  RESERVED                    |
//                 |           IPv4 (4 octets) or IPv6 (16 octets) address       |

const section = 'RFC 2407 §4.6.2.1'

const f = {
  type: field('isakmp.id.type', 'ID type', {
    explain: 'Says how the sender names itself, or in quick mode which addresses the traffic has.',
    section,
    values: identityTypes,
    meanings: identityMeanings1,
  }),
  protocol: field('isakmp.id.protoid', 'Protocol ID', {
    explain:
      'The only IP protocol that the SA is for; 0 means any. In phase 1 it is 0, or UDP with port 500.',
    section: 'RFC 2407 §4.6.2',
    values: ipProtocols,
  }),
  port: field('isakmp.id.port', 'Port', {
    explain: 'The only port of that protocol whose traffic the SA is for; 0 means any.',
    section: 'RFC 2407 §4.6.2',
  }),
  ipv4: field('isakmp.id.data.ipv4_addr', 'IPv4 address', {
    type: 'ipv4',
    explain:
      'A single address: the name of the sender in phase 1, or the one host whose traffic is meant. As a name it fails behind NAT, where the packet has another one.',
    section,
  }),
  domainName: field('isakmp.id.data.fqdn', 'Fully-qualified domain name', {
    type: 'text',
    explain: 'A name of a host. It is compared letter by letter and never looked up.',
    section,
  }),
  userName: field('isakmp.id.data.user_fqdn', 'User name', {
    type: 'text',
    explain: 'A name like an email address. It is compared letter by letter.',
    section,
  }),
  ipv4Network: field('isakmp.id.data.ipv4_addr', 'IPv4 network', {
    type: 'ipv4',
    explain:
      'The network whose traffic is meant, by its first address; the mask behind it says how large it is.',
    section,
  }),
  ipv4Mask: field('isakmp.id.data.ipv4_subnet', 'IPv4 network mask', {
    type: 'ipv4',
    explain: 'Tells with its ones which bits of the network have to agree; behind them any address is meant.',
    section,
  }),
  ipv6: field('isakmp.id.data.ipv6_addr', 'IPv6 address', {
    type: 'ipv6',
    explain: 'A single address: the name of the sender in phase 1, or the one host whose traffic is meant.',
    section,
  }),
  ipv6Network: field('isakmp.id.data.ipv6_addr', 'IPv6 network', {
    type: 'ipv6',
    explain:
      'The IPv6 network whose traffic is meant, by its first address; the mask behind it says how large it is.',
    section,
  }),
  ipv6Mask: field('isakmp.id.data.ipv6_subnet', 'IPv6 network mask', {
    type: 'ipv6',
    explain:
      'Tells with its ones which bits of the IPv6 network have to agree; behind them any address is meant.',
    section,
  }),
  ipv4Start: field('isakmp.id.data.ipv4_range_start', 'First IPv4 address', {
    type: 'ipv4',
    explain: 'The range of IPv6 addresses begins with this one, itself included.',
    section,
  }),
  ipv4End: field('isakmp.id.data.ipv4_range_end', 'Last IPv4 address', {
    type: 'ipv4',
    explain: 'The range of IPv6 addresses ends with this one, itself included.',
    section,
  }),
  ipv6Start: field('isakmp.id.data.ipv6_range_start', 'First IPv6 address', {
    type: 'ipv6',
    explain: 'The range begins with this address, itself included.',
    section,
  }),
  ipv6End: field('isakmp.id.data.ipv6_range_end', 'Last IPv6 address', {
    type: 'ipv6',
    explain: 'The range ends with this address, itself included.',
    section,
  }),
  distinguishedName: nameField(
    'isakmp.id.data.der_asn1_dn',
    'Distinguished name',
    'The name in the sender’s certificate. The other side asks whether the two are the same.',
    section,
  ),
  keyId: field('isakmp.id.data.key_id', 'Key ID', {
    type: 'bytes',
    explain:
      'Bytes that tell the other side which pre-shared key to take; Cisco’s clients send their group’s name.',
    section,
  }),
  certificateEncoding: field('isakmp.cert.encoding', 'Certificate encoding', {
    explain: 'Says what kind of certificate, or list of withdrawn ones, follows.',
    section: 'RFC 2408 §3.9',
    values: certificateEncodings,
    meanings: certificateMeanings,
  }),
  certificate: field('isakmp.cert.data', 'Certificate data', {
    type: 'bytes',
    explain:
      'The certificate itself. It ties a name to a public key and is signed by an authority that both may trust.',
    section: 'RFC 2408 §3.9',
  }),
  requestType: field('isakmp.certreq.type', 'Certificate type', {
    explain: 'What kind of certificate the sender wants to see.',
    section: 'RFC 2408 §3.10',
    values: certificateEncodings,
    meanings: certificateMeanings,
  }),
  authority: nameField(
    'isakmp.ike.certreq.authority.sig',
    'Certificate authority',
    'The name of an authority that the sender trusts. Without one any will do.',
    'RFC 2408 §3.10',
  ),
  authorityData: field('isakmp.ike.certreq.authority', 'Certificate authority', {
    type: 'bytes',
    explain: 'Whom the sender trusts, in a form that depends on the type of certificate.',
    section: 'RFC 2408 §3.10',
  }),
  originalType: field('isakmp.id.type', 'ID type', {
    explain: 'Says whether an IPv4 or an IPv6 address follows.',
    section: 'RFC 3947 §5.2',
    values: identityTypes,
  }),
  originalReserved: field('isakmp.reserved', 'Reserved', {
    explain: 'Free for later use; sent as 0.',
    section: 'RFC 3947 §5.2',
    show: hex(6),
  }),
  originalIpv4: field('isakmp.ike.nat_original_address_ipv4', 'Original IPv4 address', {
    type: 'ipv4',
    explain:
      'In transport mode: the address before NAT changed it, with which TCP and UDP checksums were made.',
    section: 'RFC 3947 §5.2',
  }),
  originalIpv6: field('isakmp.ike.nat_original_address_ipv6', 'Original IPv6 address', {
    type: 'ipv6',
    explain:
      'In transport mode: the address before NAT changed it, with which TCP and UDP checksums were made.',
    section: 'RFC 3947 §5.2',
  }),
}

/** The glossary of identities, certificates, lists of revoked ones and original addresses. */
export const identityFields = glossary(f, x509Fields, listFields, pkcs7Fields)

/** What the data of an identity is, by type. Others are bytes. */
const identities: Readonly<Record<number, (r: Reader) => void>> = {
  1: r => void r.ipv4(f.ipv4),
  2: r => void r.rest(f.domainName),
  3: r => void r.rest(f.userName),
  4: r => {
    r.ipv4(f.ipv4Network)
    r.ipv4(f.ipv4Mask)
  },
  5: r => void r.ipv6(f.ipv6),
  6: r => {
    r.ipv6(f.ipv6Network)
    r.ipv6(f.ipv6Mask)
  },
  7: r => {
    r.ipv4(f.ipv4Start)
    r.ipv4(f.ipv4End)
  },
  8: r => {
    r.ipv6(f.ipv6Start)
    r.ipv6(f.ipv6End)
  },
  9: r => walkName(r, f.distinguishedName),
  10: walkGeneralName,
  11: r => void r.rest(f.keyId),
}

/** Reads an identification payload. */
export function walkIdentity(r: Reader): void {
  const type = r.u8(f.type)
  r.u8(f.protocol)
  r.u16(f.port)
  identities[type]?.(r)
}

/** Encodings of certificates that are X.509's own: for signatures, for key exchange. */
const x509Encodings = new Set([4, 5])
const pkcs7 = 1
/** Of users’ certificates, of authorities’. */
const revocationLists = new Set([7, 8])

/** Reads a certificate payload. */
export function walkCertificate(r: Reader): void {
  const encoding = r.u8(f.certificateEncoding)
  if (x509Encodings.has(encoding)) walkX509(r)
  else if (encoding === pkcs7) walkPkcs7(r)
  else if (revocationLists.has(encoding)) walkRevocationList(r)
  else r.rest(f.certificate)
}

/** Reads a certificate request payload. */
export function walkCertificateRequest(r: Reader): void {
  const type = r.u8(f.requestType)
  if (x509Encodings.has(type)) walkName(r, f.authority)
  else r.rest(f.authorityData)
}

/** Reads the address that the sender had before NAT changed it. */
export function walkOriginalAddress(r: Reader): void {
  const type = r.u8(f.originalType)
  r.u24(f.originalReserved)
  if (type === 1) r.ipv4(f.originalIpv4)
  else if (type === 5) r.ipv6(f.originalIpv6)
  else if (r.checking) r.noteOn(f.originalType, 'error', 'Only an IPv4 or an IPv6 address can be meant')
}
