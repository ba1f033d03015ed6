import type { Field } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'

type Kind = readonly [network: readonly number[], bits: number, sentence: string]

const privateUse =
  'It is one of the addresses for private use (RFC 1918): it means something only inside its own network, and a NAT device has to replace it on the way to the Internet.'
const documentation = 'It is from a range for examples in documents (RFC 5737); nobody owns it.'

/** Special-purpose addresses, the narrower ranges first: https://www.iana.org/assignments/iana-ipv4-special-registry. */
const kinds4: readonly Kind[] = [
  [[255, 255, 255, 255], 32, 'It means every host on this link; no router passes it on.'],
  [[192, 88, 99], 24, 'It is the old anycast address of 6to4 relays (RFC 3068), now deprecated.'],
  [[192, 0, 2], 24, documentation],
  [[198, 51, 100], 24, documentation],
  [[203, 0, 113], 24, documentation],
  [[192, 0, 0], 24, 'It is from a range kept for the protocols of the IETF (RFC 6890).'],
  [[224, 0, 0], 24, 'It is a multicast group of this link alone; no router passes it on (RFC 5771).'],
  [
    [169, 254],
    16,
    'It was chosen by the host itself on a link without a DHCP server (RFC 3927); no router passes it on.',
  ],
  [[192, 168], 16, privateUse],
  [[198, 18], 15, 'It is from a range for measuring devices in a laboratory (RFC 2544).'],
  [[172, 16], 12, privateUse],
  [
    [100, 64],
    10,
    'It is from the range between a provider’s carrier-grade NAT and its customers (RFC 6598): a second NAT device is ahead.',
  ],
  [[10], 8, privateUse],
  [[127], 8, 'It is the host itself: packets to it never leave the machine.'],
  [[0], 8, 'It stands for this host, which does not know its own address yet, as in DHCP.'],
  [[224], 4, 'It is a multicast group: everyone who has joined it gets the packet.'],
  [[240], 4, 'It is from a range that was never put to use (RFC 1112 §4).'],
]

/** https://www.iana.org/assignments/iana-ipv6-special-registry. */
const kinds6: readonly Kind[] = [
  [
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    128,
    'It is the host itself: packets to it never leave the machine.',
  ],
  [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 128, 'It says that the sender has no address yet.'],
  [
    [0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff],
    104,
    'It is a solicited-node group: only hosts whose address ends in the same three bytes listen, as neighbour discovery needs it (RFC 4291 §2.7.1).',
  ],
  [
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff],
    96,
    'It is an IPv4 address in the clothes of IPv6, as programs use it; it should not be on the wire (RFC 4291 §2.5.5.2).',
  ],
  [
    [0, 0x64, 0xff, 0x9b],
    96,
    'Its last four bytes are an IPv4 address: a NAT64 device translates between the two (RFC 6052).',
  ],
  [
    [0x20, 1, 0, 0],
    32,
    'It is a Teredo address: server, NAT and port of the tunnel’s client are part of it (RFC 4380).',
  ],
  [[0x20, 1, 0xd, 0xb8], 32, 'It is from the range for examples in documents (RFC 3849); nobody owns it.'],
  [[0xff, 1], 16, 'It is a multicast group inside this host.'],
  [[0xff, 2], 16, 'It is a multicast group of this link alone; no router passes it on.'],
  [
    [0x20, 2],
    16,
    'It is a 6to4 address: the IPv4 address of the tunnel’s end is bytes 2 to 5 of it (RFC 3056).',
  ],
  [
    [0xfe, 0x80],
    10,
    'It is a link-local address: it means something on this link only, and no router passes it on.',
  ],
  [
    [0xfc],
    7,
    'It is a unique local address (RFC 4193): for use inside an organisation, with a random prefix so that two of them can be joined by a VPN.',
  ],
  [[0xff], 8, 'It is a multicast group: everyone who has joined it gets the packet.'],
  [[0x20], 3, 'It is a global address, reachable from everywhere.'],
]

/** What kind of address the four or sixteen bytes from `start` are, as a sentence; empty for one that is nothing special. */
export function addressKind(bytes: Uint8Array, start: number, size: 4 | 16): string {
  const kinds = size === 4 ? kinds4 : kinds6
  const found = kinds.find(([network, bits]) => isWithin(bytes, start, network, bits))
  return found?.[2] ?? ''
}

/** `here` of a field that holds an address. */
export const kindOf =
  (field: () => Field, size: 4 | 16) =>
  (_value: number, layer: LayerView): string =>
    addressKind(layer.bytes, layer.start(field()), size)

/** Whether an IPv4 address that is there once in its layer was left open, as 0.0.0.0. */
export function isOpen(layer: LayerView, field: Field): boolean {
  const start = layer.start(field)
  for (let at = start; at < start + 4; at++) if (layer.bytes[at] !== 0) return false
  return start >= 0
}

function isWithin(bytes: Uint8Array, start: number, network: readonly number[], bits: number): boolean {
  for (let bit = 0; bit < bits; bit += 8) {
    const mask = bits - bit >= 8 ? 0xff : (0xff << (8 - (bits - bit))) & 0xff
    if ((bytes[start + (bit >> 3)]! & mask) !== ((network[bit >> 3] ?? 0) & mask)) return false
  }
  return true
}

/** What the six bytes of a link address from `start` say by themselves; empty for one that its maker assigned. */
export function macKind(bytes: Uint8Array, start: number): string {
  const [first, second, third] = [bytes[start]!, bytes[start + 1]!, bytes[start + 2]!]
  if (bytes.subarray(start, start + 6).every(byte => byte === 0xff))
    return 'All bits are 1: broadcast, every station on the link takes it.'
  if (first === 0x33 && second === 0x33)
    return 'A group that stands for an IPv6 multicast address: its last four bytes are those of the address (RFC 2464 §7).'
  if (first === 1 && second === 0 && third === 0x5e)
    return 'A group that stands for an IPv4 multicast address: its last 23 bits are those of the address (RFC 1112 §6.4).'
  if (first === 1 && second === 0x80 && third === 0xc2)
    return 'A group of the switches themselves, which they do not pass on (IEEE 802.1D).'
  if (first === 0 && second === 0 && third === 0x5e)
    return 'Shared by several routers, one of which has it at a time: VRRP and CARP take such addresses (RFC 5798 §7.3).'
  if (first & 1) return 'A group of stations.'
  return first & 2
    ? 'Chosen on this machine or network and not by a maker, as bridges, tunnels, containers and virtual machines do.'
    : ''
}
