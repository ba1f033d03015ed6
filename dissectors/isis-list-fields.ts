import { bytes, field, hex } from '../src/dissect/field.ts'
import { section, system } from './isis-fields.ts'
import { isisListMeanings, isisStateMeanings } from './numbers/routing-meanings.ts'

/** `49.0001` for an area with its length in front. */
function readArea(bytes: Uint8Array, start: number, length: number): string {
  const digits = Buffer.from(bytes.buffer, bytes.byteOffset + start + 1, Math.max(0, length - 1)).toString(
    'hex',
  )
  return `${digits.slice(0, 2)}.${digits.slice(2).replace(/.{4}(?=.)/g, '$&.')}`
}

const tlvTypes: Readonly<Record<number, string>> = {
  1: 'Area addresses',
  2: 'IS neighbours',
  6: 'IS neighbours (LAN)',
  8: 'Padding',
  9: 'LSP entries',
  10: 'Authentication',
  14: 'LSP buffer size',
  22: 'Extended IS reachability',
  128: 'IP internal reachability',
  129: 'Protocols supported',
  130: 'IP external reachability',
  132: 'IP interface addresses',
  134: 'Traffic engineering router ID',
  135: 'Extended IP reachability',
  137: 'Hostname',
  211: 'Restart',
  222: 'MT IS reachability',
  229: 'Multi-topology',
  232: 'IPv6 interface addresses',
  235: 'MT IP reachability',
  236: 'IPv6 reachability',
  237: 'MT IPv6 reachability',
  240: 'Point-to-point adjacency state',
  242: 'Router capability',
}

/** What lists say, under the names that each kind of PDU has for it. */
const list = (pdu: string) => ({
  tlv: field(`isis.${pdu}.clv`, 'TLV', {
    type: 'group',
    explain: 'Something said about the router: type, length and value.',
    section,
  }),
  type: field(`isis.${pdu}.clv.type`, 'Type', {
    explain: 'What the value is; routers pass over what they do not know.',
    section,
    meanings: isisListMeanings,
    values: tlvTypes,
  }),
  length: field(`isis.${pdu}.clv.length`, 'Length', {
    explain: 'Bytes of the value alone.',
    section,
    show: bytes,
  }),
  area: field(`isis.${pdu}.area_address`, 'Area address', {
    type: 'bytes',
    explain: 'The area of the router; those of level 1 talk only where it is the same.',
    section,
    read: readArea,
  }),
  protocol: field(`isis.${pdu}.clv_nlpid.nlpid`, 'Protocol', {
    explain: 'What the router can forward: IPv4, IPv6.',
    section: 'RFC 1195 §4.4',
    values: { 129: 'CLNP', 142: 'IPv6', 204: 'IPv4' },
  }),
  ipv4: field(`isis.${pdu}.clv_ipv4_int_addr`, 'IPv4 interface address', {
    type: 'ipv4',
    explain: 'An address that the router has on this network, to which neighbours send packets.',
    section: 'RFC 1195 §4.2',
  }),
  ipv6: field(`isis.${pdu}.clv_ipv6_int_addr`, 'IPv6 interface address', {
    type: 'ipv6',
    explain: 'An address of the router; link-local in hellos.',
    section: 'RFC 5308 §3',
  }),
  hostname: field(`isis.${pdu}.hostname`, 'Hostname', {
    type: 'text',
    explain: 'The name of the router, for people who look at lists of numbers.',
    section: 'RFC 5301 §3',
  }),
  neighbor: field(`isis.${pdu}.is_neighbor`, 'IS neighbour', {
    type: 'ether',
    explain:
      'A router that the sender heard: who reads its own address here knows that both hear each other.',
    section,
  }),
  authenticationType: field(`isis.${pdu}.authentication_type`, 'Authentication type', {
    explain: 'How the sender proves who it is.',
    section: 'RFC 5304 §2',
    values: { 1: 'Password', 3: 'Generic cryptographic', 54: 'HMAC-MD5' },
  }),
  password: field(`isis.${pdu}.password`, 'Password', {
    type: 'text',
    explain:
      'The password as it is. It is masked here, so that nobody reads it in passing; the bytes have it.',
    section,
    read: () => '********',
  }),
  digest: field(`isis.${pdu}.clv_authentication`, 'Authentication', {
    type: 'bytes',
    explain: 'A keyed hash over the PDU.',
    section: 'RFC 5304 §2',
  }),
  state: field(`isis.${pdu}.adjacency_state`, 'Adjacency state', {
    explain: 'How the sender sees the neighbour: it is up when each heard of itself from the other.',
    section: 'RFC 5303 §3',
    meanings: isisStateMeanings,
    values: { 0: 'Up', 1: 'Initializing', 2: 'Down' },
  }),
  extendedCircuit: field(`isis.${pdu}.extended_local_circuit_id`, 'Extended local circuit ID', {
    explain: 'The sender’s number of the link.',
    section: 'RFC 5303 §3',
    show: hex(8),
  }),
  neighborSystem: system(`${pdu}.neighbor_systemid`, 'Neighbour system ID', 'The router at the other end.'),
  neighborCircuit: field(
    `isis.${pdu}.neighbor_extended_local_circuit_id`,
    'Neighbour extended local circuit ID',
    { explain: 'The number of the link at the other end.', section: 'RFC 5303 §3', show: hex(8) },
  ),
  value: field(`isis.${pdu}.clv.value`, 'Value', {
    type: 'bytes',
    explain: 'A value of a type that is not taken apart here.',
    section,
  }),
})

export type List = ReturnType<typeof list>

export const lists = {
  hello: list('hello'),
  lsp: list('lsp'),
  csnp: list('csnp'),
  psnp: list('psnp'),
} as const

/** LSPs that a router has, under the same names in CSNPs and PSNPs. */
export const entry = {
  life: field('isis.csnp.lsp_remain_life', 'Remaining lifetime', {
    explain: 'Seconds that the LSP is still believed.',
    section,
    show: value => `${value} s`,
  }),
  id: system('csnp.lsp_id', 'LSP ID', 'An LSP that the sender has, or wants.'),
  sequence: field('isis.csnp.lsp_seq_num', 'LSP sequence number', {
    explain: 'How new it is; 0 asks for it.',
    section,
    show: hex(8),
  }),
  checksum: field('isis.csnp.lsp_checksum', 'LSP checksum', {
    explain: 'Tells two LSPs of one number apart.',
    section,
    show: hex(4),
  }),
}
