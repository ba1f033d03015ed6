import { field, hex } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { udpPorts } from './numbers/ports.ts'
import { zerotierVerbMeanings } from './numbers/tunnel-meanings.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |                         Packet ID (64)                        |
// |           Destination (40)            |      Source (40) …
// |Fl |Cipher|Hops |            MAC (64) …
// |Fla|   Verb    |  Payload …                                       encrypted, but for HELLO
//
// |                         Packet ID (64)                        |
// |           Destination (40)            |     0xff      |  a fragment, since no address begins so
// | Total | Number|      Hops     |  Payload …

const ciphers: Readonly<Record<number, string>> = {
  0: 'None, Poly1305',
  1: 'Salsa20/12, Poly1305',
  2: 'None, trusted path',
  3: 'AES-GMAC-SIV',
}
const verbs: Readonly<Record<number, string>> = {
  0: 'NOP',
  1: 'HELLO',
  2: 'ERROR',
  3: 'OK',
  4: 'WHOIS',
  5: 'RENDEZVOUS',
  6: 'FRAME',
  7: 'EXT_FRAME',
  8: 'ECHO',
  9: 'MULTICAST_LIKE',
  10: 'NETWORK_CREDENTIALS',
  11: 'NETWORK_CONFIG_REQUEST',
  12: 'NETWORK_CONFIG',
  13: 'MULTICAST_GATHER',
  14: 'MULTICAST_FRAME',
  16: 'PUSH_DIRECT_PATHS',
  18: 'ACK',
  19: 'QOS_MEASUREMENT',
  20: 'USER_MESSAGE',
  21: 'REMOTE_TRACE',
  22: 'PATH_NEGOTIATION_REQUEST',
}

const readHex = (bytes: Uint8Array, start: number, length: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('hex')

const f = {
  id: field('zerotier.packet_id', 'Packet ID', {
    explain: 'Different in each packet, because encryption starts from it; fragments of a packet share it.',
    show: hex(16),
  }),
  destination: field('zerotier.destination', 'Destination', {
    type: 'bytes',
    explain: 'The node that is to have the packet, by the 40 bits that its key makes; others pass it on.',
    read: readHex,
  }),
  source: field('zerotier.source', 'Source', {
    type: 'bytes',
    explain: 'The node that made the packet, whichever address it came from.',
    read: readHex,
  }),
  flags: field('zerotier.flags', 'Flags', {
    explain: '1 says that fragments with the rest of the packet follow, 2 that even a HELLO is encrypted.',
  }),
  cipher: field('zerotier.cipher', 'Cipher', {
    explain: 'How the payload is protected. The key comes from those of the two nodes alone.',
    meanings: {
      0: 'Readable, but signed: how nodes introduce themselves.',
      1: 'Encrypted and signed, in the way that every version can.',
      2: 'Neither encrypted nor signed: the operator says that the path is safe.',
      3: 'Encrypted and signed with AES, which processors do in hardware.',
    },
    values: ciphers,
  }),
  hops: field('zerotier.hops', 'Hops', {
    explain: 'How many nodes passed the packet on; more than 7 cannot be.',
  }),
  mac: field('zerotier.mac', 'MAC', {
    type: 'bytes',
    explain: 'Proves that the source made the packet; on a trusted path it is the number of the path.',
  }),
  verbFlags: field('zerotier.verb_flags', 'Verb flags', {
    explain: 'The highest of the three bits says that the payload is compressed.',
  }),
  verb: field('zerotier.verb', 'Verb', {
    explain: 'What the packet is for. Only where nothing is encrypted can it be read.',
    meanings: zerotierVerbMeanings,
    values: verbs,
  }),
  version: field('zerotier.hello.protocol', 'Protocol version', {
    explain: 'Which version of the protocol the node speaks.',
  }),
  major: field('zerotier.hello.major', 'Major version', {
    explain: 'The version of the program, first part.',
  }),
  minor: field('zerotier.hello.minor', 'Minor version', {
    explain: 'The version of the program, second part.',
  }),
  revision: field('zerotier.hello.revision', 'Revision', {
    explain: 'The version of the program, third part.',
  }),
  time: field('zerotier.hello.time', 'Timestamp', {
    explain: 'The clock of the node, sent back in the answer: the difference is how long packets take.',
  }),
  hello: field('zerotier.hello.identity', 'Identity and addresses', {
    type: 'bytes',
    explain:
      'The address and public key of the node, the address it believes to send to, and its networks’ roots.',
  }),
  indicator: field('zerotier.fragment.indicator', 'Fragment indicator', {
    explain: '0xff, with which no address begins: so a fragment is told from a packet.',
    show: hex(2),
  }),
  total: field('zerotier.fragment.total', 'Total fragments', {
    explain: 'In how many pieces the packet is sent, the first of which has the full header.',
  }),
  number: field('zerotier.fragment.number', 'Fragment number', {
    explain: 'Which of the pieces this is, from 1 on.',
  }),
  fragmentHops: field('zerotier.fragment.hops', 'Hops', {
    explain: 'How many nodes passed the fragment on.',
  }),
  payload: field('zerotier.payload', 'Payload', {
    type: 'bytes',
    explain: 'An Ethernet frame of a virtual network, or what nodes tell each other.',
  }),
}

const fragmentMark = 0xff
const trustedPath = 2
const helloVerb = 1
const none = 0

export const zerotier = protocol({
  id: 'zerotier',
  name: 'ZeroTier',
  reference: 'https://github.com/zerotier/ZeroTierOne/blob/main/node/Packet.hpp',
  about:
    'Joins machines anywhere to one virtual Ethernet. Nodes find each other through roots, talk directly where NAT lets them, and encrypt end to end; which node talks to which stays visible.',
  fields: f,
  claims: [[udpPorts, 9993]],
  walk(r) {
    r.u64(f.id)
    r.octets(f.destination, 5)
    if (r.peek() === fragmentMark) return walkFragment(r)
    r.octets(f.source, 5)
    const flags = r.bits(f.flags, 2)
    const cipher = r.bits(f.cipher, 3)
    r.bits(f.hops, 3)
    r.octets(f.mac, 8)
    if ((cipher !== none && cipher !== trustedPath) || flags > 1)
      return r.opaque(f.payload, 'Encrypted: only the two nodes can read on')
    walkClear(r)
    return r.carry(undefined)
  },
  summary: summarize,
})

function walkFragment(r: Reader): Next {
  r.u8(f.indicator)
  r.bits(f.total, 4)
  r.bits(f.number, 4)
  r.u8(f.fragmentHops)
  return r.opaque(f.payload, 'A piece of an encrypted packet')
}

function walkClear(r: Reader): void {
  r.bits(f.verbFlags, 3)
  const verb = r.bits(f.verb, 5)
  if (verb === helloVerb) {
    r.u8(f.version)
    r.u8(f.major)
    r.u8(f.minor)
    r.u16(f.revision)
    r.u64(f.time)
    if (r.left > 0) r.rest(f.hello)
  } else if (r.left > 0) r.rest(f.payload)
}

function summarize(v: LayerView): string {
  const to = v.show(f.destination)
  if (v.has(f.indicator)) return `fragment ${v.number(f.number)} of ${v.number(f.total)}, to ${to}`
  const what = v.has(f.verb) ? (verbs[v.number(f.verb)] ?? `verb ${v.number(f.verb)}`) : v.show(f.cipher)
  return `${v.show(f.source)} → ${to}, ${what}`
}
