import { bytes, field, hex } from '../src/dissect/field.ts'

const classes: Readonly<Record<number, string>> = {
  1: 'MPLS label stack',
  2: 'Interface information',
  3: 'Interface identification',
  4: 'Extended information',
  5: 'Node identification',
}
const roles: Readonly<Record<number, string>> = {
  0: 'where the datagram arrived',
  1: 'sub-interface where the datagram arrived',
  2: 'where the datagram would have left',
  3: 'next hop of the datagram',
}
const identifiedBy: Readonly<Record<number, string>> = { 1: 'by name', 2: 'by index', 3: 'by address' }
const families: Readonly<Record<number, string>> = { 1: 'IPv4', 2: 'IPv6', 16389: '48-bit MAC' }

const section = 'RFC 5837 §4.1'
const present = (name: string, label: string, what: string) =>
  field(name, label, { type: 'flag', explain: `Set when the object goes on with ${what}.`, section })

const role = field('icmp.int_info.role', 'Interface role', {
  explain: 'Which of the router’s interfaces the object describes.',
  section,
  values: roles,
})
const roleReserved = field('icmp.int_info.reserved', 'Reserved', {
  explain: 'Kept free for later use; has to be 0.',
  section,
})
const indexPresent = present('icmp.int_info.ifindex', 'ifIndex', 'the interface’s index')
const addressPresent = present('icmp.int_info.ipaddr', 'IP address', 'an address of the interface')
const namePresent = present('icmp.int_info.name_present', 'Name', 'the interface’s name')
const mtuPresent = present('icmp.int_info.mtu_present', 'MTU', 'the largest packet that the interface passes')

/** The glossary of the extension structure of RFC 4884, for ICMP and ICMPv6. */
export const extensionFields = {
  structure: field('icmp.ext', 'Extension structure', {
    type: 'group',
    explain: 'What a router adds to its error beyond the quoted datagram: labels, interfaces, names.',
    section: 'RFC 4884 §7',
  }),
  version: field('icmp.ext.version', 'Version', {
    explain: 'The version of the extension structure; there is only 2.',
    section: 'RFC 4884 §7',
  }),
  reserved: field('icmp.ext.res', 'Reserved', {
    explain: 'Kept free for later use; has to be 0.',
    section: 'RFC 4884 §7',
    show: hex(3),
  }),
  checksum: field('icmp.ext.checksum', 'Checksum', {
    explain: 'Covers the extension structure alone; 0 means that none was made.',
    section: 'RFC 4884 §7',
    show: hex(4),
  }),
  object: field('icmp.ext.object', 'Extension object', {
    type: 'group',
    explain: 'One piece of information behind a header that tells its length and kind.',
    section: 'RFC 4884 §8',
  }),
  length: field('icmp.ext.length', 'Length', {
    explain: 'Bytes of this object, its 4 bytes of header counted in.',
    section: 'RFC 4884 §8',
    show: bytes,
  }),
  class: field('icmp.ext.class', 'Class-Num', {
    explain: 'Says what kind of object this is: labels, an interface, or something that a ping asks about.',
    section: 'RFC 4884 §8',
    values: classes,
  }),
  ctype: field('icmp.ext.ctype', 'C-Type', {
    explain: 'Narrows the class down; each class has its own numbers.',
    section: 'RFC 4884 §8',
  }),
  informationType: field('icmp.ext.ctype', 'C-Type', {
    explain: 'Which interface the object describes, and which pieces of information it holds.',
    section,
    show: hex(2),
    parts: [
      [role, 2],
      [roleReserved, 2],
      [indexPresent, 1],
      [addressPresent, 1],
      [namePresent, 1],
      [mtuPresent, 1],
    ],
  }),
  identificationType: field('icmp.ext.ctype', 'C-Type', {
    explain: 'How the request names the interface that it asks about.',
    section: 'RFC 8335 §2.1',
    values: identifiedBy,
  }),
  role,
  roleReserved,
  indexPresent,
  addressPresent,
  namePresent,
  mtuPresent,
  data: field('icmp.ext.data', 'Object payload', {
    type: 'bytes',
    explain: 'The contents of an object whose class has no layout here.',
    section: 'RFC 4884 §8',
  }),
  entry: field('icmp.mpls', 'Label stack entry', {
    type: 'group',
    explain: 'One label that the datagram wore when the router dropped it, outermost first.',
    section: 'RFC 4950 §3',
  }),
  label: field('icmp.mpls.label', 'Label', {
    explain: 'The number by which the router forwarded the datagram inside the provider’s network.',
    section: 'RFC 4950 §3',
  }),
  experimental: field('icmp.mpls.exp', 'Experimental use', {
    explain: 'The traffic class: it selects a queue inside the MPLS network.',
    section: 'RFC 4950 §3',
  }),
  bottom: field('icmp.mpls.s', 'Bottom of stack', {
    type: 'flag',
    explain: 'Set in the innermost label, behind which the packet itself begins.',
    section: 'RFC 4950 §3',
  }),
  timeToLive: field('icmp.mpls.ttl', 'Time to live', {
    explain: 'Hops left to this label; each router of the MPLS network took 1 off.',
    section: 'RFC 4950 §3',
  }),
  interfaceIndex: field('icmp.int_info.index', 'Interface index', {
    explain: 'The number of the interface in the router’s own tables, as SNMP shows it.',
    section: 'RFC 5837 §4.1',
  }),
  family: field('icmp.int_info.afi', 'Address family identifier', {
    explain: 'Says what kind of address follows.',
    section: 'RFC 5837 §4.2',
    values: families,
  }),
  familyReserved: field('icmp.reserved', 'Reserved', {
    type: 'bytes',
    explain: 'Kept free for later use; has to be 0.',
    section: 'RFC 5837 §4.2',
  }),
  address4: field('icmp.int_info.ipv4', 'Address', {
    type: 'ipv4',
    explain: 'The interface’s own IPv4 address, which the address of the ICMP message need not be.',
    section: 'RFC 5837 §4.2',
  }),
  address6: field('icmp.int_info.ipv6', 'Address', {
    type: 'ipv6',
    explain: 'The interface’s own IPv6 address, which the address of the ICMP message need not be.',
    section: 'RFC 5837 §4.2',
  }),
  nameLength: field('icmp.int_info.name_length', 'Length', {
    explain: 'Bytes of the name, of this length and of the zeros that fill the word up.',
    section: 'RFC 5837 §4.3',
    show: bytes,
  }),
  name: field('icmp.int_info.name', 'Interface name', {
    type: 'text',
    explain: 'The interface’s name as the router’s operator knows it.',
    section: 'RFC 5837 §4.3',
  }),
  mtu: field('icmp.int_info.mtu', 'MTU', {
    explain: 'The largest packet that the interface passes: with it a traceroute shows where a path narrows.',
    section: 'RFC 5837 §4.1',
    show: bytes,
  }),
  queriedName: field('icmp.int_ident.name', 'Interface name', {
    type: 'text',
    explain: 'The name of the interface that the request asks about.',
    section: 'RFC 8335 §2.1',
  }),
  queriedIndex: field('icmp.int_ident.index', 'Interface index', {
    explain: 'The index of the interface that the request asks about.',
    section: 'RFC 8335 §2.1',
  }),
  queriedFamily: field('icmp.int_ident.afi', 'Address family identifier', {
    explain: 'Says what kind of address follows.',
    section: 'RFC 8335 §2.1',
    values: families,
  }),
  queriedLength: field('icmp.int_ident.addr_length', 'Address length', {
    explain: 'Bytes of the address; the rest of the object fills the word up.',
    section: 'RFC 8335 §2.1',
    show: bytes,
  }),
  queriedReserved: field('icmp.int_ident.reserved', 'Reserved', {
    type: 'bytes',
    explain: 'Kept free for later use; has to be 0.',
    section: 'RFC 8335 §2.1',
  }),
  queried4: field('icmp.int_ident.ipv4', 'Address', {
    type: 'ipv4',
    explain: 'The IPv4 address of the interface that the request asks about.',
    section: 'RFC 8335 §2.1',
  }),
  queried6: field('icmp.int_ident.ipv6', 'Address', {
    type: 'ipv6',
    explain: 'The IPv6 address of the interface that the request asks about.',
    section: 'RFC 8335 §2.1',
  }),
  queriedAddress: field('icmp.int_ident.address', 'Address', {
    type: 'bytes',
    explain: 'The address, in the form of its family, of the interface that the request asks about.',
    section: 'RFC 8335 §2.1',
  }),
  padding: field('icmp.ext.padding', 'Padding', {
    type: 'bytes',
    explain: 'Zeros that fill the quoted datagram up to the length before the extensions.',
    section: 'RFC 4884 §3',
  }),
}
