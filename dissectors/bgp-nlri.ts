import { ipv4Text, ipv6Text } from '../src/addresses.ts'
import { bytes as countOfBytes, type Field, field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { prefixText } from './prefix-text.ts'

// A destination as UPDATE messages write it:
// |      Path Identifier (32), where both sides agreed on it      |
// |  Length, bits |  [labels, 24 bits each]  |  [Route Distinguisher, 64]  |  Prefix, as many bytes as its bits need

const readIpv4 = prefixText(4, ipv4Text)
const readIpv6 = prefixText(16, ipv6Text)

const prefix = (name: string, label: string, explain: string, v6: boolean): Field<'bytes'> =>
  field(name, label, { type: 'bytes', explain, section: 'RFC 4271 §4.3', read: v6 ? readIpv6 : readIpv4 })

const reached = 'The network that is reached, without the zeros at the end of its address.'
const gone = 'The network that is no longer reached, without the zeros at the end of its address.'

/** `65000:1` or `192.0.2.1:1`. */
function readDistinguisher(bytes: Uint8Array, start: number, length: number): string {
  if (length !== 8) return 'incomplete'
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, length)
  const type = view.getUint16(0)
  if (type === 0) return `${view.getUint16(2)}:${view.getUint32(4)}`
  if (type === 1) return `${ipv4Text(bytes, start + 2)}:${view.getUint16(6)}`
  return type === 2 ? `${view.getUint32(2)}:${view.getUint16(6)}` : `type ${type}`
}

/** Labels of a stack: `100 101`. */
function readLabels(bytes: Uint8Array, start: number, length: number): string {
  const labels: number[] = []
  for (let at = start; at + 3 <= start + length; at += 3)
    labels.push((bytes[at]! << 12) | (bytes[at + 1]! << 4) | (bytes[at + 2]! >> 4))
  return labels.join(' ')
}

export const nlriFields = {
  destination: field('bgp.nlri', 'Destination', {
    type: 'group',
    explain: 'One network: how many bits of its addresses are the same, and these bits.',
    section: 'RFC 4271 §4.3',
  }),
  pathId: field('bgp.nlri_path_id', 'Path identifier', {
    explain:
      'Tells several ways to the same network apart. That it is there follows from the bytes: a guess.',
    section: 'RFC 7911 §3',
  }),
  length: field('bgp.prefix_length', 'Prefix length', {
    explain:
      'How many bits from the first on say which network this is, labels and route distinguisher included where there are some.',
    section: 'RFC 4271 §4.3',
  }),
  labels: field('bgp.label_stack', 'Label stack', {
    type: 'bytes',
    explain: 'MPLS labels that packets to this network have to carry when they come to the next hop.',
    section: 'RFC 8277 §2',
    read: readLabels,
  }),
  distinguisher: field('bgp.rd', 'Route distinguisher', {
    type: 'bytes',
    explain:
      'Makes equal addresses of different customers different, so that their routes can stand side by side.',
    section: 'RFC 4364 §4.2',
    read: readDistinguisher,
  }),
  other: field('bgp.nlri.other', 'Destinations of another kind', {
    type: 'bytes',
    explain: `Destinations that are not taken apart here, of an address family such as EVPN or flow specifications.`,
    section: 'RFC 4760 §5',
  }),
  nlri: prefix('bgp.nlri_prefix', 'Prefix', reached, false),
  withdrawn: prefix('bgp.withdrawn_prefix', 'Withdrawn prefix', gone, false),
  reach4: prefix('bgp.mp_reach_nlri_ipv4_prefix', 'Prefix', reached, false),
  reach6: prefix('bgp.mp_reach_nlri_ipv6_prefix', 'Prefix', reached, true),
  unreach4: prefix('bgp.mp_unreach_nlri_ipv4_prefix', 'Withdrawn prefix', gone, false),
  unreach6: prefix('bgp.mp_unreach_nlri_ipv6_prefix', 'Withdrawn prefix', gone, true),
}

const f = nlriFields

const labeled = 4
const labeledVpn = 128
const wideVpn = 129

/** Destinations up to the limit, each a prefix of at most `bits` bits. */
export function walkDestinations(r: Reader, prefixField: Field<'bytes'>, bits: 32 | 128): void {
  const withPath = hasPathIds(r, bits)
  while (r.more()) {
    r.open(f.destination)
    if (withPath) r.u32(f.pathId)
    walkPrefix(r, prefixField, r.u8(f.length), bits)
    r.close()
  }
}

/** Destinations of an address family up to the limit. */
export function walkFamily(r: Reader, family: number, subsequent: number, withdrawn: boolean): void {
  const v6 = family === 2
  const prefixField = withdrawn ? (v6 ? f.unreach6 : f.unreach4) : v6 ? f.reach6 : f.reach4
  const bits = v6 ? 128 : 32
  if (family !== 1 && !v6) r.rest(f.other)
  else if (subsequent === 1 || subsequent === 2) walkDestinations(r, prefixField, bits)
  else if (subsequent === labeled || subsequent === labeledVpn || subsequent === wideVpn) {
    while (r.more()) walkLabeled(r, prefixField, bits, subsequent !== labeled)
  } else r.rest(f.other)
}

function walkLabeled(r: Reader, prefixField: Field<'bytes'>, bits: 32 | 128, vpn: boolean): void {
  r.open(f.destination)
  const length = r.u8(f.length)
  const labels = labelBytes(r)
  const before = labels * 8 + (vpn ? 64 : 0)
  if (length < before)
    r.malformed(`Prefix length ${length} is less than the ${before} bits before the prefix`)
  r.octets(f.labels, labels)
  if (vpn) r.octets(f.distinguisher, 8)
  walkPrefix(r, prefixField, length - before, bits)
  r.close()
}

/** Bytes of the label stack at the cursor: up to the label marked as the last, or that stands for a withdrawal. */
function labelBytes(r: Reader): number {
  for (let at = 0; at + 3 <= r.left; at += 3) {
    if (r.peek(at + 2) < 0) return at + 3
    const none = r.peek(at + 1) === 0 && r.peek(at + 2) === 0
    if (r.peek(at + 2) & 1 || (none && (r.peek(at) === 0x80 || r.peek(at) === 0))) return at + 3
  }
  return 3
}

function walkPrefix(r: Reader, prefixField: Field<'bytes'>, length: number, bits: number): void {
  if (length > bits) r.malformed(`A prefix of ${length} bits; these addresses have ${bits}`)
  const bytes = (length + 7) >> 3
  if (bytes > r.left) r.malformed(`The prefix needs ${countOfBytes(bytes)}, ${r.left} are left`)
  r.octets(prefixField, bytes)
}

/**
 * True where the list at the cursor makes sense only with path identifiers, of which a single message does not tell: without
 * them a length does not fit, or the default route comes twice.
 */
function hasPathIds(r: Reader, bits: number): boolean {
  return !fits(r, bits, 0) && fits(r, bits, 4)
}

function fits(r: Reader, bits: number, idBytes: number): boolean {
  let at = 0
  let defaults = 0
  while (at < r.left) {
    const length = r.peek(at + idBytes)
    // The capture ends here: nothing contradicts it so far.
    if (length < 0 && at + idBytes < r.left) return true
    if (length < 0 || length > bits || (length === 0 && ++defaults > 1 && idBytes === 0)) return false
    at += idBytes + 1 + ((length + 7) >> 3)
  }
  return at === r.left
}
