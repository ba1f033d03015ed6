import type { Dissection } from '../dissect/dissection.ts'
import type { LayerView } from '../dissect/layer-view.ts'
import { noFacts, type PacketFacts } from '../filter/packet-facts.ts'
import type { TimeStamp } from '../print/clock.ts'
import type { FieldColumn } from './field-columns.ts'

/** Words for what is wrong with a packet, or unusual. */
export type Verdict = 'truncated' | 'malformed' | 'fragment' | 'bad checksum'

/** What stands for verdicts where what the packet says would be cut for them; the help says so too. */
export const shortVerdicts: Readonly<Record<Verdict, string>> = {
  truncated: 'cut',
  fragment: 'frag',
  malformed: 'bad',
  'bad checksum': 'sum',
}

export type Addresses = { readonly source: string; readonly destination: string }

/** What the list says about one packet. */
export type PacketLine = {
  readonly number: number
  readonly time: TimeStamp
  /** Where it was captured; empty where that is the same for all packets. */
  readonly device: string
  /** Protocol ids, outermost first. */
  readonly stack: readonly string[]
  /** How many of these are of the link, before the first one that has addresses of a network. */
  readonly links: number
  /** Of the outermost network layer. */
  readonly outer: Addresses | undefined
  /** Of the innermost one, where that is another: the packet is in a tunnel. */
  readonly inner: Addresses | undefined
  /** Bytes on the wire. */
  readonly length: number
  readonly info: string
  readonly verdicts: readonly Verdict[]
  /** What the columns say that somebody asked for. */
  readonly fields: readonly string[]
}

export function packetLine(
  found: Dissection,
  device = '',
  columns: readonly FieldColumn[] = [],
  about: PacketFacts = noFacts,
): PacketLine {
  const { number, seconds, fraction, digits, wireLength } = found.frame
  const layers = Array.from({ length: found.layerCount }, (_, i) => found.layer(i)).filter(
    layer => !layer.quoted,
  )
  const networks = layers.filter(layer => layer.protocol.addresses)
  const [outer] = networks
  const inner = networks.length > 1 ? networks.at(-1) : undefined
  const known = layers.filter(layer => layer.protocol.id !== 'data')
  return {
    number,
    time: { seconds, fraction, digits },
    device,
    stack: (known.length > 0 ? known : layers).map(layer => layer.protocol.id),
    links: Math.max(0, known.indexOf(outer!)),
    outer: outer && addressesOf(outer),
    inner: inner && addressesOf(inner),
    length: wireLength,
    info: infoOf(known.at(-1) ?? layers.at(-1)),
    verdicts: verdictsOf(layers),
    fields: columns.map(column => column.read(found, about)),
  }
}

/** What the innermost layer says; its addresses have columns of their own. */
function infoOf(layer: LayerView | undefined): string {
  if (layer === undefined) return ''
  const { summary } = layer
  if (!layer.protocol.addresses) return summary
  const { source, destination } = addressesOf(layer)
  const known = `${source} → ${destination}, `
  return summary.startsWith(known) ? summary.slice(known.length) : summary
}

function addressesOf(layer: LayerView): Addresses {
  const [source, destination] = layer.protocol.addresses!
  return { source: layer.show(source), destination: layer.show(destination) }
}

/** A sum over bytes, whatever its protocol calls it. */
const isSum = /checksum|check sequence/i

function verdictsOf(layers: readonly LayerView[]): Verdict[] {
  const verdicts: Verdict[] = []
  if (layers.some(layer => layer.status === 'malformed')) verdicts.push('malformed')
  if (layers.some(layer => layer.status === 'truncated')) verdicts.push('truncated')
  if (layers.some(layer => layer.protocol.isFragment?.(layer))) verdicts.push('fragment')
  if (layers.some(hasBadSum)) verdicts.push('bad checksum')
  return verdicts
}

/** A check can fail for a good reason, such as a sum left to the network card: then the note on it is no error. */
function hasBadSum({ found, index, notes }: LayerView): boolean {
  const failed = found.checks.filter(
    check => check.layer === index && !check.good && isSum.test(check.field.label),
  )
  return notes.some(
    ({ severity, field }) =>
      severity === 'error' && failed.some(check => check.field === found.fields[field]),
  )
}
