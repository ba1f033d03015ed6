import { bytes, type Field, field, hex, seconds } from '../src/dissect/field.ts'
import { longTime } from './durations.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { nhrpAnswerMeanings, nhrpErrorMeanings, nhrpPacketMeanings } from './numbers/tunnel-meanings.ts'

/** Kinds of packets (RFC 2332 §5.2); the last is Cisco's. */
export const nhrpTypes: Readonly<Record<number, string>> = {
  1: 'Resolution Request',
  2: 'Resolution Reply',
  3: 'Registration Request',
  4: 'Registration Reply',
  5: 'Purge Request',
  6: 'Purge Reply',
  7: 'Error Indication',
  8: 'Traffic Indication',
}

/** Numbers of https://www.iana.org/assignments/address-family-numbers that NHRP is used with. */
const addressFamilies: Readonly<Record<number, string>> = {
  1: 'IPv4',
  2: 'IPv6',
  3: 'NSAP',
  6: 'IEEE 802',
  8: 'E.164',
  15: 'E.164 with NSAP subaddress',
  16389: '48-bit MAC address',
}

const addressTypes: Readonly<Record<number, string>> = { 0: 'as the address family says', 1: 'E.164' }

const flag = (name: string, label: string, explain: string) =>
  field(`nhrp.flag.${name}`, label, { type: 'flag', explain, section: 'RFC 2332 §5.2' })
const flagWord = (parts: Field['parts']) =>
  field('nhrp.flags', 'Flags', {
    explain: 'What is special about the request or the answer; which bits there are depends on the packet.',
    section: 'RFC 2332 §5.2',
    show: hex(4),
    ...(parts ? { parts } : {}),
  })
const nat = flag(
  'nat',
  'Cisco NAT supported',
  'Of Cisco: when set, the sender knows how to reach routers behind address translation.',
)

/** A byte that says of which kind an address is and how many bytes it has. */
const typeLength = (name: string, label: string, whose: string) =>
  field(name, label, {
    explain: `Of which kind the ${whose} is, and how many bytes of it follow.`,
    section: 'RFC 2332 §5.1',
    show: hex(2),
    parts: [
      [undefined, 1],
      [
        field(`${name}.type`, 'Type', {
          explain: `How the ${whose} is to be read; other than 0 only on telephone networks.`,
          section: 'RFC 2332 §5.1',
          values: addressTypes,
        }),
        1,
      ],
      [
        field(`${name}.len`, 'Length', {
          explain: `Bytes of the ${whose}.`,
          section: 'RFC 2332 §5.1',
          show: bytes,
        }),
        6,
      ],
    ],
  })

/** An address that may be IPv4, IPv6 or something else. */
export type Address = {
  readonly four: Field<'ipv4'>
  readonly six: Field<'ipv6'>
  readonly other: Field<'bytes'>
}

const address = (name: string, label: string, explain: string): Address => ({
  four: field(name, label, { type: 'ipv4', explain, section: 'RFC 2332 §5.2' }),
  six: field(`${name}6`, label, { type: 'ipv6', explain, section: 'RFC 2332 §5.2' }),
  other: field(`${name}_bytes`, label, { type: 'bytes', explain, section: 'RFC 2332 §5.2' }),
})

/** Addresses of the packet and of its entries: of the network that carries, and inside the tunnel. */
export const nhrpAddresses = {
  sourceOuter: address(
    'nhrp.src.nbma.addr',
    'Source NBMA address',
    'The asking router’s address outside of the tunnel: where answers can be sent straight.',
  ),
  sourceInner: address(
    'nhrp.src.prot.addr',
    'Source protocol address',
    'The asking router’s address inside the tunnel.',
  ),
  destinationInner: address(
    'nhrp.dst.prot.addr',
    'Destination protocol address',
    'The address inside the tunnel whose owner is looked for, or the server at which the sender registers.',
  ),
  clientOuter: address(
    'nhrp.client.nbma.addr',
    'Client NBMA address',
    'The address outside of the tunnel: this is what was asked for.',
  ),
  clientInner: address(
    'nhrp.client.prot.addr',
    'Client protocol address',
    'The address inside the tunnel to which the outer one belongs.',
  ),
} as const

export const nhrpFields = {
  family: field('nhrp.hdr.afn', 'Address family number', {
    explain: 'Which addresses the carrying network has: IPv4 or IPv6 where it is the Internet.',
    section: 'RFC 2332 §5.1',
    values: addressFamilies,
  }),
  protocol: field('nhrp.hdr.pro.type', 'Protocol type', {
    explain: 'Which addresses are asked about, as an EtherType.',
    section: 'RFC 2332 §5.1',
    values: etherTypes,
  }),
  longProtocol: field('nhrp.protocol_type', 'Protocol type, long form', {
    type: 'bytes',
    explain: 'Used only where the short form is 0x0080; zeros otherwise.',
    section: 'RFC 2332 §5.1',
  }),
  hops: field('nhrp.hdr.hopcnt', 'Hop count', {
    explain: 'Servers that may still pass the packet on; each takes one off.',
    section: 'RFC 2332 §5.1',
  }),
  size: field('nhrp.hdr.pktsz', 'Packet length', {
    explain: 'Bytes of all of it, header and extensions included.',
    section: 'RFC 2332 §5.1',
    show: bytes,
  }),
  checksum: field('nhrp.hdr.chksum', 'Checksum', {
    explain: 'The Internet checksum of the whole packet. It finds accidents only.',
    section: 'RFC 2332 §5.1',
    show: hex(4),
  }),
  extensionOffset: field('nhrp.hdr.extoff', 'Extension offset', {
    explain: 'Where the extensions start, counted from the first byte; 0 where there are none.',
    section: 'RFC 2332 §5.1',
    show: bytes,
  }),
  version: field('nhrp.hdr.version', 'Version', {
    explain: 'Always 1: no other NHRP has been written.',
    section: 'RFC 2332 §5.1',
  }),
  type: field('nhrp.hdr.op.type', 'Packet type', {
    explain:
      'Registrations tell the hub where a router is; resolutions ask it where another is, so that both can talk without the hub.',
    section: 'RFC 2332 §5.1',
    meanings: nhrpPacketMeanings,
    values: nhrpTypes,
  }),
  outerLength: typeLength('nhrp.hdr.shtl', 'Source address type and length', 'sender’s outer address'),
  subLength: typeLength('nhrp.hdr.sstl', 'Source subaddress type and length', 'sender’s outer subaddress'),
  sourceLength: field('nhrp.src.prot.len', 'Source protocol length', {
    explain: 'Bytes of the sender’s address inside the tunnel.',
    section: 'RFC 2332 §5.2',
    show: bytes,
  }),
  destinationLength: field('nhrp.dst.prot.len', 'Destination protocol length', {
    explain: 'Bytes of the address that is asked about.',
    section: 'RFC 2332 §5.2',
    show: bytes,
  }),
  resolutionFlags: flagWord([
    [flag('q', 'Q: router', 'When set, a router is asking; else a host.'), 1],
    [
      flag(
        'a',
        'A: authoritative',
        'When set, only the server at which the owner registered may answer, not one that remembers.',
      ),
      1,
    ],
    [
      flag('d', 'D: stable destination', 'When set, the answer holds for good, whatever happens to routes.'),
      1,
    ],
    [flag('u', 'U: unique', 'When set, no second router may have the address.'), 1],
    [flag('s', 'S: stable source', 'When set, the sender’s own two addresses belong together for good.'), 1],
    [undefined, 9],
    [nat, 1],
    [undefined, 1],
  ]),
  registrationFlags: flagWord([
    [
      flag(
        'u',
        'U: unique',
        'When set, the server is to refuse any other router that registers this address.',
      ),
      1,
    ],
    [undefined, 13],
    [nat, 1],
    [undefined, 1],
  ]),
  purgeFlags: flagWord([
    [flag('n', 'N: no reply', 'When set, the sender wants no confirmation.'), 1],
    [undefined, 13],
    [nat, 1],
    [undefined, 1],
  ]),
  request: field('nhrp.reqid', 'Request ID', {
    explain:
      'A number that the answer repeats, so that the sender knows which of its questions it belongs to.',
    section: 'RFC 2332 §5.2',
  }),
  unused: field('nhrp.unused', 'Unused', {
    explain: 'Aligns what follows to four bytes; it says nothing.',
    section: 'RFC 2332 §5.2',
  }),
  errorCode: field('nhrp.err.code', 'Error code', {
    explain: 'What was wrong with the packet that comes back, or why this indication is sent.',
    section: 'RFC 2332 §5.2.7',
    meanings: nhrpErrorMeanings,
    values: {
      1: 'unrecognized extension',
      3: 'loop detected',
      6: 'protocol address unreachable',
      7: 'protocol error',
      8: 'SDU size exceeded',
      9: 'invalid extension',
      10: 'invalid resolution reply received',
      11: 'authentication failure',
      15: 'hop count exceeded',
    },
  }),
  errorOffset: field('nhrp.err.offset', 'Error offset', {
    explain: 'How many bytes into the returned packet the fault lies.',
    section: 'RFC 2332 §5.2.7',
    show: bytes,
  }),
  sourceSub: field('nhrp.src.nbma.saddr', 'Source NBMA subaddress', {
    type: 'bytes',
    explain: 'A second part of the sender’s outer address, on ATM networks.',
    section: 'RFC 2332 §5.2',
  }),
  entry: field('nhrp.cli', 'Client information entry', {
    type: 'group',
    explain:
      'One router or host: its two addresses, how long they may be remembered, and how the request went.',
    section: 'RFC 2332 §5.2.0.1',
  }),
  entries: field('nhrp.clients', 'Client information entries', {
    type: 'group',
    explain: 'Those whom the packet is about, up to where the extensions begin.',
    section: 'RFC 2332 §5.2.0.1',
  }),
  code: field('nhrp.code', 'Code', {
    explain: 'In answers: whether it worked, and if not, why.',
    section: 'RFC 2332 §5.2.0.1',
    meanings: nhrpAnswerMeanings,
    values: {
      0: 'success',
      4: 'administratively prohibited',
      5: 'insufficient resources',
      12: 'no binding exists',
      13: 'binding exists but is not unique',
      14: 'address already registered',
    },
  }),
  prefix: field('nhrp.prefix', 'Prefix length', {
    explain: 'How many bits of the inner address count: less than all where a whole network is meant.',
    section: 'RFC 2332 §5.2.0.1',
  }),
  mtu: field('nhrp.mtu', 'Maximum transmission unit', {
    explain: 'The largest packet that may be sent to the client straight, outer headers not counted.',
    section: 'RFC 2332 §5.2.0.1',
    show: bytes,
  }),
  holding: field('nhrp.htime', 'Holding time', {
    explain: 'How long the two addresses may be taken to belong together.',
    here: longTime,
    section: 'RFC 2332 §5.2.0.1',
    show: seconds,
  }),
  clientLength: typeLength('nhrp.cli.addr_tl', 'Client address type and length', 'client’s outer address'),
  clientSubLength: typeLength(
    'nhrp.cli.saddr_tl',
    'Client subaddress type and length',
    'client’s outer subaddress',
  ),
  clientInnerLength: field('nhrp.prot.len', 'Client protocol length', {
    explain: 'Bytes of the client’s address inside the tunnel.',
    section: 'RFC 2332 §5.2.0.1',
    show: bytes,
  }),
  preference: field('nhrp.pref', 'Preference', {
    explain: 'Which of several entries to use first: the largest.',
    section: 'RFC 2332 §5.2.0.1',
  }),
  clientSub: field('nhrp.client.nbma.saddr', 'Client NBMA subaddress', {
    type: 'bytes',
    explain: 'A second part of the client’s outer address, on ATM networks.',
    section: 'RFC 2332 §5.2.0.1',
  }),
} as const
