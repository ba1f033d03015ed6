import { bytes, type FieldOptions, field, hex } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { f, idBytes, readSystem } from './isis-fields.ts'

const wide = 'RFC 5305 §3'
const segments = 'RFC 8667 §2.2'

type Rest = Omit<FieldOptions<'uint'>, 'explain' | 'section' | 'type'>
const uint = (name: string, label: string, section: string, explain: string, rest: Rest = {}) =>
  field(`isis.lsp.${name}`, label, { ...rest, explain, section })
const flag = (name: string, label: string, section: string, explain: string) =>
  field(`isis.lsp.${name}`, label, { type: 'flag', explain, section })

/** Bytes per second as IEEE 754 has them, in millions of bits. */
function readRate(octets: Uint8Array, start: number, length: number): string {
  if (length !== 4) return 'incomplete'
  const rate = new DataView(octets.buffer, octets.byteOffset + start, length).getFloat32(0)
  return `${Number(((rate * 8) / 1e6).toFixed(2))} Mbit/s`
}
const rate = (name: string, label: string, section: string, explain: string) =>
  field(`isis.lsp.${name}`, label, { type: 'bytes', explain, section, read: readRate })

/** The router at the other end, whose number has the length that the header says. */
const readNeighbour = (octets: Uint8Array, start: number, length: number, layer: LayerView): string =>
  readSystem(octets, start, Math.min(length, idBytes(layer.number(f.idLength)) + 1))

/** Links in the format of RFC 5305. */
export const link = {
  group: field('isis.lsp.ext_is_reachability', 'Link', {
    type: 'group',
    explain: 'A router or LAN that the one who wrote this LSP can send to, and at what cost.',
    section: wide,
    read: readNeighbour,
  }),
  neighbor: field('isis.lsp.ext_is_reachability.is_neighbor_id', 'IS neighbour ID', {
    type: 'bytes',
    explain: 'Who is at the other end of the link; a last byte other than 00 stands for a LAN.',
    section: wide,
    read: readSystem,
  }),
  metric: uint(
    'ext_is_reachability.metric',
    'Metric',
    wide,
    'What the way over this link costs. 24 bits, where the older format had six.',
  ),
  length: uint(
    'ext_is_reachability.subclvs_length',
    'Sub-TLVs length',
    wide,
    'Bytes of what else is said about the link, such as its bandwidth.',
    { show: bytes },
  ),
  sub: field('isis.lsp.ext_is_reachability.subclv', 'Sub-TLV', {
    type: 'group',
    explain: 'A property of the link, by which traffic can be led around full or forbidden ones.',
    section: wide,
  }),
  code: uint('ext_is_reachability.code', 'Code', wide, 'Which property of the link follows.', {
    values: {
      3: 'Administrative group',
      4: 'Link local/remote identifiers',
      6: 'IPv4 interface address',
      8: 'IPv4 neighbour address',
      9: 'Maximum link bandwidth',
      10: 'Maximum reservable link bandwidth',
      11: 'Unreserved bandwidth',
      18: 'Traffic engineering default metric',
      31: 'Adj-SID',
      32: 'LAN-Adj-SID',
    },
  }),
  subLength: uint(
    'ext_is_reachability.length',
    'Length',
    wide,
    'Bytes of the property, without code and length.',
    {
      show: bytes,
    },
  ),
  value: field('isis.lsp.ext_is_reachability.value', 'Value', {
    type: 'bytes',
    explain: 'A property that is not taken apart here.',
    section: wide,
  }),
  localId: uint(
    'ext_is_reachability.link_local_identifier',
    'Link local identifier',
    'RFC 5307 §1.1',
    'The number that the router has for the link, where links have no addresses.',
  ),
  remoteId: uint(
    'ext_is_reachability.link_remote_identifier',
    'Link remote identifier',
    'RFC 5307 §1.1',
    'The number that the neighbour has for the link; 0 where it is not known.',
  ),
  ipv4: field('isis.lsp.ext_is_reachability.ipv4_interface_address', 'IPv4 interface address', {
    type: 'ipv4',
    explain: 'The address of the router on this link; it tells links between the same two apart.',
    section: 'RFC 5305 §3.2',
  }),
  ipv4Neighbor: field('isis.lsp.ext_is_reachability.ipv4_neighbor_address', 'IPv4 neighbour address', {
    type: 'ipv4',
    explain: 'The address at the other end of the link.',
    section: 'RFC 5305 §3.3',
  }),
  engineeringMetric: uint(
    'ext_is_reachability.traffic_engineering_default_metric',
    'Traffic engineering default metric',
    'RFC 5305 §3.7',
    'A second cost of the link, for ways that are laid out by traffic engineering.',
  ),
  maximum: rate(
    'maximum_link_bandwidth',
    'Maximum link bandwidth',
    'RFC 5305 §3.4',
    'How much the link can carry towards the neighbour.',
  ),
  reservable: rate(
    'reservable_link_bandwidth',
    'Maximum reservable link bandwidth',
    'RFC 5305 §3.5',
    'How much of it may be promised; more than the link has means that it is oversold.',
  ),
  unreserved: rate(
    'unrsv_bw.priority_level',
    'Unreserved bandwidth',
    'RFC 5305 §3.6',
    'What is still free for reservations of one of eight priorities, the most important one first.',
  ),
}

/** A number by which packets are sent over one link: segment routing. */
export const segment = {
  flags: uint('adj_sid.flags', 'Flags', segments, 'How the number is meant, and where it counts.', {
    show: hex(2),
    parts: [
      [flag('adj_sid.flags.f', 'Outgoing encapsulation', segments, 'Set for IPv6, not set for IPv4.'), 1],
      [flag('adj_sid.flags.b', 'Backup', segments, 'Set where another way is taken if the link fails.'), 1],
      [
        flag(
          'adj_sid.flags.v',
          'Value',
          segments,
          'Set for a label, not set for an index into a range of labels.',
        ),
        1,
      ],
      [
        flag(
          'adj_sid.flags.l',
          'Local significance',
          segments,
          'Set where the number counts on this router alone.',
        ),
        1,
      ],
      [
        flag('adj_sid.flags.s', 'Set', segments, 'Set where the number stands for several links together.'),
        1,
      ],
      [undefined, 3],
    ],
  }),
  weight: uint(
    'adj_sid.weight',
    'Weight',
    segments,
    'The share of this link, where several have the number.',
  ),
  system: field('isis.lsp.adj_sid.system_id', 'System-ID', {
    type: 'bytes',
    explain: 'The neighbour on the LAN that the number leads to.',
    section: segments,
    read: readSystem,
  }),
  reserved: uint('sid.reserved', 'Reserved', segments, 'Four bits in front of the label, sent as 0.'),
  label: uint(
    'sid.sli_label',
    'SID/Label/Index',
    segments,
    'The MPLS label that sends a packet over this link, whatever the shortest way is.',
  ),
  index: uint(
    'sid.sli_index',
    'SID/Label/Index',
    segments,
    'Where in the range of labels of each router the label is.',
    { show: hex(8) },
  ),
}
