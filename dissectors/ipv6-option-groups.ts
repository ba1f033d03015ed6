import { type Field, field } from '../src/dissect/field.ts'

const group = (label: string, section: string, explain: string): Field<'group'> =>
  field('ipv6.opt', label, { type: 'group', explain, section })

/** An option that is not known here. */
export const anyOption = group(
  'Option',
  'RFC 8200 §4.2',
  'One option: a type, a length and contents. The type says what those do who do not know it.',
)

const ioam = group(
  'IOAM',
  'RFC 9486 §3',
  'Measurements that the nodes on the way write into the packet itself; it stays within one operator’s network.',
)
const rpl = group(
  'RPL option',
  'RFC 6553 §3',
  'Lets the routers of a low-power network notice that a packet goes in circles.',
)

/** What each IPv6 option is for, by type. */
export const optionGroups: Readonly<Record<number, Field<'group'>>> = {
  0: group('Pad1', 'RFC 8200 §4.2', 'One byte of padding, without length or contents.'),
  1: group(
    'PadN',
    'RFC 8200 §4.2',
    'Two bytes of padding or more: it moves the next option, or the end of the header, to where it has to be.',
  ),
  4: group(
    'Tunnel encapsulation limit',
    'RFC 2473 §4.1.1',
    'Limits how many tunnels may wrap the packet, so that a tunnel that routes into itself stops growing.',
  ),
  5: group(
    'Router alert',
    'RFC 2711 §2.1',
    'Asks every router on the way to look inside, as multicast listener reports need.',
  ),
  7: group(
    'CALIPSO',
    'RFC 5570 §5.1',
    'A label that says how secret the packet is, for networks with mandatory access control.',
  ),
  8: group(
    'SMF_DPD',
    'RFC 6621 §6.1',
    'Lets wireless nodes that flood multicast recognise a packet that they have passed on already.',
  ),
  15: group(
    'Performance and diagnostic metrics',
    'RFC 8250 §3.2',
    'Sequence numbers and times by which one looks at a capture and knows whether the network or the server was slow.',
  ),
  17: ioam,
  18: group(
    'AltMark',
    'RFC 9343 §3.1',
    'Colours packets alternately, so that losses and delays between two places can be counted.',
  ),
  35: rpl,
  38: group(
    'Quick-start',
    'RFC 4782 §3.2',
    'A sender asks all routers on the way whether it may start fast instead of feeling its way up.',
  ),
  48: group(
    'Minimum path MTU',
    'RFC 9268 §5',
    'Every router lowers the number to its MTU, and the receiver reports what arrived.',
  ),
  49: ioam,
  99: rpl,
  109: group(
    'MPL option',
    'RFC 7731 §6.1',
    'Numbers multicast messages in low-power networks, so that each node passes one on only once.',
  ),
  139: group(
    'ILNP nonce',
    'RFC 6744 §2',
    'Says that the sender speaks ILNP, in which the place and the name of a host are apart.',
  ),
  140: group(
    'Line identification',
    'RFC 6788 §5.1',
    'An access node tells the edge router from which subscriber’s line a packet came.',
  ),
  194: group('Jumbo payload', 'RFC 2675 §2', 'Gives the length of a packet that is longer than 65535 bytes.'),
  201: group(
    'Home address',
    'RFC 6275 §6.3',
    'A travelling host tells by which address it is known, while the packet comes from where it is.',
  ),
  238: group(
    'IP_DFF',
    'RFC 6971 §12.1',
    'Routers try one neighbour after the other until one finds a way: depth-first forwarding.',
  ),
}
