import { bytes, type Field, field, hex } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { macKind } from './address-kinds.ts'
import { etherTypeMeanings, etherTypes } from './numbers/ether-types.ts'

const group = field('eth.ig', 'Individual or group', {
  type: 'flag',
  explain:
    'The first bit on the wire: 0 for one station, 1 for a group (multicast, or broadcast when all bits are 1).',
  section: 'IEEE 802 §8.2.2',
  values: { 0: 'one station', 1: 'group' },
})
const local = field('eth.lg', 'Universal or local', {
  type: 'flag',
  explain:
    'Says who chose the address: 0, the maker of the interface; 1, someone on this network, as for bridges and tunnels.',
  section: 'IEEE 802 §8.2.2',
  values: { 0: 'assigned by the maker', 1: 'assigned locally' },
})

const destination: Field<'ether'> = field('eth.dst', 'Destination', {
  type: 'ether',
  explain: 'The station on this link that is to take the frame; switches forward by it.',
  section: 'IEEE 802.3 §3.2.4',
  here: (_value, layer) => macKind(layer.bytes, layer.start(destination)),
  parts: [
    [undefined, 6],
    [local, 1],
    [group, 1],
  ],
})
const source: Field<'ether'> = field('eth.src', 'Source', {
  type: 'ether',
  explain: 'The station on this link that sent the frame; switches learn from it which port leads there.',
  section: 'IEEE 802.3 §3.2.5',
  here: (_value, layer) => macKind(layer.bytes, layer.start(source)),
  parts: [
    [undefined, 6],
    [local, 1],
    [group, 1],
  ],
})

/** The glossary of the Ethernet header and of what may follow the payload. */
export const f = {
  destination,
  source,
  type: field('eth.type', 'Type', {
    explain: 'Names the protocol of the payload; values from 0x0600 on are EtherTypes.',
    section: 'IEEE 802.3 §3.2.6',
    values: etherTypes,
    meanings: etherTypeMeanings,
  }),
  length: field('eth.len', 'Length', {
    explain:
      'Bytes of payload without padding; values up to 1500 mean that an LLC header follows instead of a type.',
    section: 'IEEE 802.3 §3.2.6',
    show: bytes,
  }),
  invalid: field('eth.invalid_lentype', 'Invalid length or type', {
    explain: 'Values from 1501 to 1535 are too large for a length and too small for a type.',
    section: 'IEEE 802.3 §3.2.6',
    show: hex(4),
  }),
  padding: field('eth.padding', 'Padding', {
    type: 'bytes',
    explain:
      'Fills a short frame up to the 60 bytes (without check sequence) that Ethernet needs to notice collisions.',
    section: 'IEEE 802.3 §3.2.8',
  }),
  trailer: field('eth.trailer', 'Trailer', {
    type: 'bytes',
    explain:
      'Bytes behind the packet that no length accounts for: padding of an outer network, or a capture device’s stamp.',
  }),
  checkSequence: field('eth.fcs', 'Frame check sequence', {
    explain:
      'A CRC-32 over the frame, by which the receiver notices damage on the wire. Most interfaces strip it before a capture sees it.',
    section: 'IEEE 802.3 §3.2.9',
    show: hex(8),
  }),
}

/** The parts of the two addresses. */
export const addressParts = { group, local }

/** Where the addresses of the nearest Ethernet header around a layer start in its bytes, -1 where there is none. */
export function addressesAround(v: LayerView): number {
  let outer = v.outer
  while (outer !== undefined && outer.protocol.id !== 'eth') outer = outer.outer
  return outer?.has(f.source) && outer.bytes === v.bytes ? outer.position(outer.at(f.destination)) : -1
}
