import { type Field, field, hex, type Part } from '../src/dissect/field.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { bindingErrors, bindingStatus, mobilityTypes } from './numbers/mobility.ts'

/** A flag in a word of flags. */
export const flag = (name: string, label: string, section: string, explain: string): Part => [
  field(name, label, { type: 'flag', explain, section }),
  1,
]
/** Bits without a meaning yet. */
export const reserved = (name: string, section: string): Field<'uint'> =>
  field(name, 'Reserved', { explain: 'Has to be 0 until someone finds a use for it.', section })

/** Shows a count of units of that many seconds. */
export const seconds = (unit: number) => (value: number) => `${value * unit} seconds (${value})`

/** What flags of several messages are for. */
export const acknowledge = 'Asks for an answer that says whether the binding was accepted.'
export const home =
  'Set where the receiver is to be the home agent, which then forwards packets to the care-of address.'
export const linkLocal =
  'Set where the link-local address ends like the home address, so that it is defended too.'
export const keys =
  'When set, the IPsec associations with the home agent survive the move; otherwise IKE runs again.'
const router = 'Set by a router that moves with a network behind it.'
const proxy = 'Set by a gateway that registers for a host which knows nothing of mobility.'
const tlv = 'Set where packets in the tunnel have a header that tells their type and length.'
const bulk = 'Set where later updates speak for a group of hosts at once.'

/** The glossary of the mobility header and its messages. */
export const f = {
  next: field('mip6.proto', 'Payload proto', {
    explain: 'Names what follows this header. Nothing may, so it is 59.',
    section: 'RFC 6275 §6.1.1',
    values: ipProtocols,
  }),
  length: field('mip6.hlen', 'Header len', {
    explain: 'The length of the whole header, in words of 8 bytes behind the first one.',
    here: value => `${value} + 1 words are ${value * 8 + 8} bytes.`,
    section: 'RFC 6275 §6.1.1',
    show: value => `${value * 8 + 8} bytes (${value})`,
  }),
  type: field('mip6.mhtype', 'MH type', {
    explain: 'Which message of mobility this is.',
    meanings: {
      0: 'A correspondent asks the mobile node to register anew.',
      1: 'Looks by way of the home agent whether the home address is the sender’s.',
      2: 'Looks directly whether the care-of address is the sender’s.',
      3: 'Half of a key, sent to the home address.',
      4: 'Half of a key, sent to the care-of address.',
      5: 'Here I am now: the address to which packets are to be sent.',
      6: 'Says whether the new address was noted, and for how long.',
      7: 'The receiver knows nothing of such a binding.',
      8: 'Tells the access router that is left where the node goes.',
      9: 'Says whether packets will be sent on to the new place.',
      12: 'The home agent asks the node to take another one.',
      13: 'A sign of life between home agent and gateway.',
      14: 'The old access router announces a node to the new one.',
      15: 'The new access router says whether it takes the node.',
      16: 'A binding is called back, or that was confirmed.',
      17: 'Asks to let two nodes of the same network speak without the anchor.',
      18: 'Says whether two nodes may speak without the anchor.',
      19: 'The anchor tells a gateway that something has changed.',
      20: 'The gateway has read what was changed.',
    },
    section: 'RFC 6275 §6.1.1',
    values: mobilityTypes,
  }),
  reserved: reserved('mip6.reserved', 'RFC 6275 §6.1.1'),
  checksum: field('mip6.csum', 'Checksum', {
    explain:
      'Covers a pseudo header of addresses and this header; a Home Address option or routing header changes the addresses.',
    section: 'RFC 6275 §6.1.1',
    show: hex(4),
  }),
  message: field('mip6.message', 'Message data', {
    type: 'group',
    explain: 'What the message says, in the form of its type, and its options.',
    section: 'RFC 6275 §6.1.1',
  }),
  data: field('mip6.unknown_type_data', 'Message data', {
    type: 'bytes',
    explain: 'Contents of a message whose form is not known here.',
    section: 'RFC 6275 §6.1.1',
  }),
  messageReserved: reserved('mip6.message.reserved', 'RFC 6275 §6.1'),
  homeInitCookie: field('mip6.hoti.cookie', 'Home init cookie', {
    explain:
      'A random number that comes back by way of the home agent: proof that the sender gets mail there.',
    section: 'RFC 6275 §6.1.3',
  }),
  careOfInitCookie: field('mip6.coti.cookie', 'Care-of init cookie', {
    explain:
      'A random number that comes back directly: proof that the sender gets mail at its care-of address.',
    section: 'RFC 6275 §6.1.4',
  }),
  homeNonceIndex: field('mip6.hot.nindex', 'Home nonce index', {
    explain:
      'Which secret the correspondent made the home token with; the mobile node gives the number back with its update.',
    section: 'RFC 6275 §6.1.5',
  }),
  homeToken: field('mip6.hot.token', 'Home keygen token', {
    explain: 'Half of the key for a binding update; only who gets mail at the home address has it.',
    section: 'RFC 6275 §6.1.5',
  }),
  careOfNonceIndex: field('mip6.cot.nindex', 'Care-of nonce index', {
    explain:
      'Which secret the correspondent made the care-of token with; the mobile node gives the number back with its update.',
    section: 'RFC 6275 §6.1.6',
  }),
  careOfToken: field('mip6.cot.token', 'Care-of keygen token', {
    explain: 'Half of the key for a binding update; only who gets mail at the care-of address has it.',
    section: 'RFC 6275 §6.1.6',
  }),
  sequence: field('mip6.bu.seqnr', 'Sequence number', {
    explain: 'Orders updates and matches them with their answers, so that an old one cannot be played again.',
    section: 'RFC 6275 §6.1.7',
  }),
  updateFlags: field('mip6.bu.flags', 'Flags', {
    explain: 'What kind of binding this is and what the sender can do.',
    section: 'RFC 6275 §6.1.7',
    show: hex(4),
    parts: [
      flag('mip6.bu.a_flag', 'Acknowledge (A)', 'RFC 6275 §6.1.7', acknowledge),
      flag('mip6.bu.h_flag', 'Home registration (H)', 'RFC 6275 §6.1.7', home),
      flag('mip6.bu.l_flag', 'Link-local address compatibility (L)', 'RFC 6275 §6.1.7', linkLocal),
      flag('mip6.bu.k_flag', 'Key management mobility capability (K)', 'RFC 6275 §6.1.7', keys),
      flag(
        'mip6.bu.m_flag',
        'MAP registration (M)',
        'RFC 5380 §4',
        'Set where a nearby anchor is registered with.',
      ),
      flag('mip6.nemo.bu.r_flag', 'Mobile router (R)', 'RFC 3963 §4.1', router),
      flag('mip6.bu.p_flag', 'Proxy registration (P)', 'RFC 5213 §8.1', proxy),
      flag(
        'mip6.bu.f_flag',
        'Forcing UDP encapsulation (F)',
        'RFC 5844 §4.1',
        'Asks for a tunnel in UDP even where no NAT was found, because a firewall wants it.',
      ),
      flag('mip6.bu.t_flag', 'TLV header format (T)', 'RFC 5845 §6.1', tlv),
      flag('mip6.bu.b_flag', 'Bulk binding update (B)', 'RFC 6602 §5.1', bulk),
      [reserved('mip6.bu.reserved', 'RFC 6275 §6.1.7'), 6],
    ],
  }),
  lifetime: field('mip6.bu.lifetime', 'Lifetime', {
    explain: 'How long the binding is to hold, in units of 4 seconds; 0 ends it.',
    section: 'RFC 6275 §6.1.7',
    show: seconds(4),
  }),
  status: field('mip6.ba.status', 'Status', {
    explain: 'Whether the binding was accepted; from 128 on it was not.',
    section: 'RFC 6275 §6.1.8',
    values: bindingStatus,
  }),
  acknowledgeFlags: field('mip6.ba.flags', 'Flags', {
    explain: 'What the answering side can do.',
    section: 'RFC 6275 §6.1.8',
    show: hex(2),
    parts: [
      flag('mip6.ba.k_flag', 'Key management mobility capability (K)', 'RFC 6275 §6.1.8', keys),
      flag('mip6.nemo.ba.r_flag', 'Mobile router (R)', 'RFC 3963 §4.2', router),
      flag('mip6.ba.p_flag', 'Proxy registration (P)', 'RFC 5213 §8.2', proxy),
      flag('mip6.ba.t_flag', 'TLV header format (T)', 'RFC 5845 §6.2', tlv),
      flag('mip6.ba.b_flag', 'Bulk binding update (B)', 'RFC 6602 §5.2', bulk),
      [reserved('mip6.ba.reserved', 'RFC 6275 §6.1.8'), 3],
    ],
  }),
  errorStatus: field('mip6.be.status', 'Status', {
    explain: 'What the receiver could not make sense of.',
    section: 'RFC 6275 §6.1.9',
    values: bindingErrors,
  }),
  errorReserved: reserved('mip6.be.reserved', 'RFC 6275 §6.1.9'),
  errorAddress: field('mip6.be.haddr', 'Home address', {
    type: 'ipv6',
    explain: 'The home address that the packet in error was about, so that its sender knows which binding.',
    section: 'RFC 6275 §6.1.9',
  }),
}
