import { bytes, field, hex, seconds } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { reservedBits } from './reserved.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |     Type      |    Length     |        Sequence Number        |
// |    Registration Lifetime      |R|B|H|F|M|G|r|T|U|X|I|reserved |
// |                  zero or more Care-of Addresses               |

const section = 'RFC 5944 §2.1.1'
const flag = (name: string, label: string, explain: string) =>
  field(`icmp.mip.${name}`, label, { type: 'flag', explain, section })

const extensionTypes: Readonly<Record<number, string>> = {
  0: 'One-byte padding',
  16: 'Mobility agent advertisement',
  19: 'Prefix-lengths',
  24: 'Challenge',
}

const flags = {
  required: flag(
    'r',
    'Registration required',
    'Set: guests have to register even with an address of their own.',
  ),
  busy: flag('b', 'Busy', 'Set: the foreign agent takes no further guests.'),
  home: flag('h', 'Home agent', 'Set: the sender forwards packets to hosts of this network that are away.'),
  foreign: flag('f', 'Foreign agent', 'Set: the sender takes packets in for hosts that are guests here.'),
  minimal: flag('m', 'Minimal encapsulation', 'Set: the agent takes tunnels with minimal encapsulation.'),
  gre: flag('g', 'GRE encapsulation', 'Set: the agent takes tunnels with GRE.'),
  compression: flag('v', 'Reserved (r)', 'Once offered header compression; has to be 0.'),
  reverse: flag('rt', 'Reverse tunneling', 'Set: guests may send through the tunnel too.'),
  udp: flag('u', 'UDP tunneling', 'Set: the agent takes tunnels in UDP, which cross NAT.'),
  revocation: flag('x', 'Registration revocation', 'Set: the agent tells when it ends a registration.'),
  reserved: field('icmp.mip.reserved', 'Reserved', {
    explain: 'Kept free for later use; has to be 0.',
    section,
  }),
}

/** The glossary of what Mobile IP adds to router advertisements. */
export const mobilityFields = {
  extension: field('icmp.mip', 'Mobile IP extension', {
    type: 'group',
    explain: 'Tells hosts that are on the move what the sender does for them.',
    section: 'RFC 5944 §2.1',
  }),
  type: field('icmp.mip.type', 'Type', {
    explain: 'Says what kind of extension this is.',
    section: 'RFC 5944 §1.8',
    values: extensionTypes,
  }),
  length: field('icmp.mip.length', 'Length', {
    explain: 'Bytes of the extension behind this one.',
    section: 'RFC 5944 §1.8',
    show: bytes,
  }),
  sequence: field('icmp.mip.seq', 'Sequence number', {
    explain: 'Counts advertisements up; starting over tells the guests that the agent forgot them.',
    section,
  }),
  lifetime: field('icmp.mip.life', 'Registration lifetime', {
    explain: 'The longest registration that the agent accepts.',
    section,
    show: value => (value === 0xffff ? 'without end (65535)' : seconds(value)),
  }),
  flags: field('icmp.mip.flags', 'Flags', {
    explain: 'A bit for each thing that the agent offers or asks for, such as a tunnel by GRE.',
    section,
    show: hex(4),
    parts: [
      [flags.required, 1],
      [flags.busy, 1],
      [flags.home, 1],
      [flags.foreign, 1],
      [flags.minimal, 1],
      [flags.gre, 1],
      [flags.compression, 1],
      [flags.reverse, 1],
      [flags.udp, 1],
      [flags.revocation, 1],
      [flags.reserved, 6],
    ],
  }),
  ...flags,
  careOf: field('icmp.mip.coa', 'Care-of address', {
    type: 'ipv4',
    explain: 'Where the home agent’s tunnel to a guest may end.',
    section,
  }),
  prefixLength: field('icmp.mip.prefixlength', 'Prefix length', {
    explain: 'How many bits of the router address of the same place name the network.',
    section: 'RFC 5944 §2.1.2',
  }),
  challenge: field('icmp.mip.challenge', 'Challenge', {
    type: 'bytes',
    explain: 'A random value that a guest has to sign, so that old registrations cannot be replayed.',
    section: 'RFC 4721 §2',
  }),
  content: field('icmp.mip.content', 'Content', {
    type: 'bytes',
    explain: 'The contents of an extension whose type has no layout here.',
    section: 'RFC 5944 §1.8',
  }),
}

/** Extensions of Mobile IP behind the routers of an advertisement. */
export function walkMobility(r: Reader): void {
  const f = mobilityFields
  while (r.more()) {
    r.open(f.extension)
    const type = r.u8(f.type)
    if (type !== 0) {
      const length = r.u8(f.length)
      r.claim(2 + length, f.length)
      if (type === 16) {
        r.u16(f.sequence)
        r.u16(f.lifetime)
        reservedBits(r, r.u16(f.flags) & 0x23f)
        while (r.more()) r.ipv4(f.careOf)
      } else if (type === 19) while (r.more()) r.u8(f.prefixLength)
      else r.rest(type === 24 ? f.challenge : f.content)
    }
    r.close()
  }
}
