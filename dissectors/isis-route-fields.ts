import { ipv4Text, ipv6Text } from '../src/addresses.ts'
import { bytes, field, type Read } from '../src/dissect/field.ts'
import { section, system } from './isis-fields.ts'
import { prefixText } from './prefix-text.ts'

const old = 'RFC 1195 §5.3.3'
const wide = 'RFC 5305 §4'
const wide6 = 'RFC 5308 §2'

const uint = (name: string, label: string, part: string, explain: string) =>
  field(`isis.lsp.${name}`, label, { explain, section: part })
const flag = (name: string, label: string, part: string, explain: string) =>
  field(`isis.lsp.${name}`, label, { type: 'flag', explain, section: part })

/** How many bytes are sent of a prefix with so many bits. */
export const prefixBytes = (bits: number): number => (bits + 7) >> 3

const readIpv4 = prefixText(4, ipv4Text)
const readIpv6 = prefixText(16, ipv6Text)

/** `172.16.0.0/24`, where the prefix begins `ahead` bytes on, behind the byte with its length in the lower bits. */
const readRoute =
  (ahead: number, mask: number, text: Read): Read =>
  (bytes, start, length, layer) => {
    if (length < ahead) return 'incomplete'
    const bits = bytes[start + ahead - 1]! & mask
    return `${text(bytes, start + ahead, Math.min(length - ahead, prefixBytes(bits)), layer)}/${bits}`
  }

const down =
  'Set where the route came down from level 2: those of level 1 must not tell it upwards again, or it would go in circles.'
const more = 'Set where more is said about the route behind the prefix.'
const cost = 'What the whole way to the network costs; one that is above 0xfe000000 is not to be used.'
const prefixBits = 'How many bits from the first on say which network this is; only so many bytes follow.'
const moreLength = 'Bytes of what else is said about the route, such as a label.'

/** Networks of IPv4, with metrics of 32 bits. */
export const route = {
  group: field('isis.lsp.ext_ip_reachability', 'Network', {
    type: 'group',
    explain: 'A network that the router knows a way to.',
    section: wide,
    read: readRoute(5, 0x3f, readIpv4),
  }),
  metric: uint('ext_ip_reachability.metric', 'Metric', wide, cost),
  down: flag('ext_ip_reachability.distribution', 'Distribution', wide, down),
  more: flag('ext_ip_reachability.subtlv', 'Sub-TLV', wide, more),
  bits: uint('ext_ip_reachability.prefix_length', 'Prefix length', wide, prefixBits),
  prefix: field('isis.lsp.ext_ip_reachability.ipv4_prefix', 'IPv4 prefix', {
    type: 'bytes',
    explain: 'The network, without the zeros at the end of its address.',
    section: wide,
    read: readIpv4,
  }),
  moreLength: field('isis.lsp.ext_ip_reachability.subclvs_length', 'Sub-TLVs length', {
    explain: moreLength,
    section: wide,
    show: bytes,
  }),
  code: uint('ext_ip_reachability.code', 'Code', wide, 'What else is said about the route to the network.'),
  length: field('isis.lsp.ext_ip_reachability.length', 'Length', {
    explain: 'Bytes of what is said, without code and length.',
    section: wide,
    show: bytes,
  }),
  value: field('isis.lsp.ext_ip_reachability.value', 'Value', {
    type: 'bytes',
    explain: 'What is said about the route; it is not taken apart here.',
    section: wide,
  }),
}

/** Networks of IPv6. */
export const route6 = {
  group: field('isis.lsp.ipv6_reachability', 'Network', {
    type: 'group',
    explain: 'A network of IPv6 that the router knows a way to.',
    section: wide6,
    read: readRoute(6, 0xff, readIpv6),
  }),
  metric: uint('ipv6_reachability.metric', 'Metric', wide6, cost),
  down: flag('ipv6_reachability.distribution', 'Distribution', wide6, down),
  external: flag(
    'ipv6_reachability.distribution_internal',
    'External',
    wide6,
    'Set where the network was learnt from another routing protocol.',
  ),
  more: flag('ipv6_reachability.subtlv', 'Sub-TLV', wide6, more),
  reserved: uint('ipv6_reachability.reserved_bits', 'Reserved', wide6, 'Five bits that are sent as 0.'),
  bits: uint('ipv6_reachability.prefix_length', 'Prefix length', wide6, prefixBits),
  prefix: field('isis.lsp.ipv6_reachability.ipv6_prefix', 'IPv6 prefix', {
    type: 'bytes',
    explain: 'The network, without the zeros at the end of its address.',
    section: wide6,
    read: readIpv6,
  }),
  moreLength: field('isis.lsp.ipv6_reachability.subclvs_length', 'Sub-TLVs length', {
    explain: moreLength,
    section: wide6,
    show: bytes,
  }),
}

const kinds = {
  default: 'What the way costs, at most 63: the one that everybody uses.',
  delay: 'How long packets take: a cost that nobody uses any more.',
  expense: 'What packets cost in money: a cost that nobody uses any more.',
  error: 'How many packets get lost: a cost that nobody uses any more.',
} as const

/** The four metrics of the first format: a bit, whether the cost compares with those inside, the cost. */
function metrics(list: string, supported: (kind: string) => string) {
  const of = (kind: keyof typeof kinds) => {
    const label = `${kind[0]!.toUpperCase()}${kind.slice(1)} metric`
    return [
      kind === 'default'
        ? flag(`${list}.distribution`, 'Distribution', old, down)
        : flag(supported(kind), 'Not supported', old, 'Set where the cost is not there at all.'),
      flag(
        `${list}.${kind}_metric_ie`,
        'External cost',
        old,
        'Set where the cost is that of another routing protocol, and does not compare with those inside.',
      ),
      uint(`${list}.${kind}_metric`, label, old, kinds[kind]),
    ] as const
  }
  return [of('default'), of('delay'), of('expense'), of('error')] as const
}
export type Metrics = ReturnType<typeof metrics>

/** Links and networks in the first format, with metrics of 6 bits. */
export const oldLinkMetrics: Metrics = metrics('eis_neighbors', kind =>
  kind === 'delay' ? 'eis_neighbors_delay_metric.supported' : `eis_neighbors.${kind}_metric_supported`,
)
export const oldRouteMetrics: Metrics = metrics(
  'ip_reachability',
  kind => `ip_reachability.${kind}_metric_support`,
)

export const first = {
  virtual: uint(
    'eis_neighbors_clv_inner.reserved',
    'Virtual flag',
    section,
    '1 where a link mends a broken area through level 2; everybody sends 0.',
  ),
  link: field('isis.lsp.eis_neighbors', 'Link', {
    type: 'group',
    explain: 'A router or LAN that the one who wrote this LSP can send to, with costs of six bits.',
    section,
  }),
  neighbor: system(
    'lsp.eis_neighbors.is_neighbor',
    'IS neighbour',
    'Who is at the other end; a last byte other than 00 stands for a LAN.',
  ),
  route: field('isis.lsp.ip_reachability.ipv4_prefix', 'IPv4 prefix', {
    type: 'group',
    explain: 'A network that the router knows a way to, with costs of six bits.',
    section: old,
    read: (octets, start, length) =>
      length < 12 ? 'incomplete' : `${ipv4Text(octets, start + 4)} ${ipv4Text(octets, start + 8)}`,
  }),
  address: field('isis.lsp.ip_reachability.address', 'Address', {
    type: 'ipv4',
    explain: 'Where the network begins; the mask says how far it reaches.',
    section: old,
  }),
  mask: field('isis.lsp.ip_reachability.mask', 'Mask', {
    type: 'ipv4',
    explain: 'Which of its bits are the same for all in the network.',
    section: old,
  }),
}

/** What several lists of LSPs have. */
export const common = {
  reserved: uint('reserved', 'Reserved', 'RFC 5120 §7', 'Four bits that are sent as 0.'),
  topology: uint(
    'mtid',
    'Topology ID',
    'RFC 5120 §7',
    'Which of several maps of the network this is for: 0 is the usual one, 2 that of IPv6.',
  ),
  bufferSize: field('isis.lsp.originating_lsp_buffer_size', 'Originating LSP buffer size', {
    explain: 'Bytes of the longest LSP that the router writes.',
    section,
    show: bytes,
  }),
  engineeringId: field('isis.lsp.clv_te_router_id', 'Traffic engineering router ID', {
    type: 'ipv4',
    explain: 'An address of the router that answers whichever of its links is down.',
    section: 'RFC 5305 §4.3',
  }),
}
