import { linkTypes } from '../../dissectors/numbers/link-types.ts'
import { ByteWriter, escapeControls } from '../byte-writer.ts'
import { data } from '../dissect/data.ts'
import type { Dissection, Status } from '../dissect/dissection.ts'
import { bytes } from '../dissect/field.ts'
import type { LayerView } from '../dissect/layer-view.ts'
import type { Protocol } from '../dissect/protocol.ts'
import { Clock } from './clock.ts'
import { nodeRanges } from './node-ranges.ts'
import { type Block, span } from './prose.ts'
import { bytesAround, shareText, type TreeNode } from './tree-nodes.ts'

/** Where a packet comes from. */
export type Origin = {
  /** What the capture is called. */
  readonly capture: string
  /** The interface that it was captured on; empty: the capture does not say. */
  readonly device: string
}

/** What a packet is as a whole: when it came, from where to where, what wraps what, and what that costs. */
export function overview(found: Dissection, nodes: readonly TreeNode[], origin: Origin): Block[] {
  const { number, comments } = found.frame
  const networks = networksOf(found)
  const texts = [
    captured(found, origin),
    journey(found, networks),
    ...wrappings(found, networks),
    ...limits(found),
  ].filter(said => said !== '')
  return [
    { kind: 'title', text: escapeControls(`Packet ${number} of ${origin.capture}`) },
    ...comments.map((comment): Block => text(`Somebody remarked on it: ${comment}`)),
    ...texts.map(text),
    table(found, nodes),
  ]
}

const text = (said: string): Block => ({ kind: 'text', text: escapeControls(said) })

function captured({ frame }: Dissection, { device }: Origin): string {
  const at = new ByteWriter(64)
  new Clock('date').write(at, frame)
  const time = at.toString().trimEnd()
  const where = device === '' ? '' : ` on ${device}`
  const when = time === '' ? 'at a time that nobody wrote down' : `at ${time}`
  const size = `It had ${bytes(frame.wireLength)} on the wire`
  const missing = frame.wireLength - frame.capturedLength
  const held =
    missing > 0
      ? `, of which the capture holds the first ${frame.capturedLength}: whoever captured it kept no more of each packet, so the last ${bytes(missing)} cannot be explained. With a snap length of 0 (-s 0) nothing is lost.`
      : ', all of which were captured.'
  return `Read${where} ${when}. ${size}${held}`
}

/** Layers with addresses, quoted ones left aside. */
function networksOf(found: Dissection): LayerView[] {
  const layers = Array.from({ length: found.layerCount }, (_, i) => found.layer(i))
  return layers.filter(v => v.protocol.addresses !== undefined && !v.quoted)
}

/** `It went from A to B and holds a packet from C to D. …` */
function journey(found: Dissection, networks: readonly LayerView[]): string {
  const ways = networks.map(wayOf)
  const [first, ...inner] = ways
  const went = first === undefined ? '' : `It went ${first}`
  const holds = inner.map(way => `a packet ${way}`).join(', which holds ')
  const sentences = went === '' ? [] : [holds === '' ? `${went}.` : `${went}, and holds ${holds}.`]
  const last = innermost(found)
  if (last && !networks.includes(last))
    sentences.push(`Innermost is ${last.protocol.short}: ${last.summary}.`)
  return sentences.join(' ')
}

function wayOf(v: LayerView): string {
  const [source, destination] = v.protocol.addresses!
  return `from ${v.show(source) || 'an address that is missing'} to ${v.show(destination) || 'one that is missing'}`
}

/** The last header that is no plain data and belongs to this packet, not to one that it quotes. */
function innermost(found: Dissection): LayerView | undefined {
  for (let i = found.layerCount - 1; i >= 0; i--) {
    const v = found.layer(i)
    if (v.protocol !== data && !v.quoted) return v
  }
  return undefined
}

/** What a usual link carries at most. */
const usualMtu = 1500

/** A paragraph for each packet inside another, or the remark that there is none. */
function wrappings(found: Dissection, networks: readonly LayerView[]): string[] {
  const said = networks.flatMap(v => {
    const around = headersAround(v)
    const outer = around[0]
    return outer === undefined ? [] : [wrapping(found, v, outer, around)]
  })
  const frames = framesInside(found, networks)
  return [...said, ...frames]
}

/** The headers between a packet and the one that carries it, that one’s own first; none: nothing carries it. */
function headersAround(v: LayerView): LayerView[] {
  const around: LayerView[] = []
  for (let outer = v.outer; outer !== undefined; outer = outer.outer) {
    around.unshift(outer)
    if (outer.protocol.addresses) return around
  }
  return []
}

function wrapping(found: Dissection, v: LayerView, outer: LayerView, around: readonly LayerView[]): string {
  const [source, destination] = outer.protocol.addresses!
  const [, inner] = v.protocol.addresses!
  const near = outer.show(source) || 'the near end'
  const far = outer.show(destination) || 'the far end'
  const isBehind = found.bufferOf[v.index] === found.bufferOf[outer.index]
  const place = isBehind
    ? `Plain, that packet would stand where its wrapping does, at bit ${outer.offset * 8}; so it begins at bit ${v.offset * 8}.`
    : 'It lies in a buffer of its own, because no captured packet holds it as it stands.'
  return [
    `${costs(around, `the packet ${wayOf(v)}`)} ${place}`,
    `The outer header is for the network in which ${near} and ${far} reach each other.`,
    `When ${far} has taken it off, it looks ${v.show(inner!) || 'the inner destination'} up in its own routing table, and keeps the packet or forwards it.`,
  ].join(' ')
}

/** `IPv4, GRE and Ethernet wrap …, which costs 20 + 4 + 14 = 38 bytes: …`. */
function costs(around: readonly LayerView[], what: string): string {
  const names = around.map(v => v.protocol.short)
  const sizes = around.map(v => v.length)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const wrap =
    names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)} wrap` : `${names[0]} wraps`
  const sum = sizes.length > 1 ? `${sizes.join(' + ')} = ${bytes(total)}` : bytes(total)
  const left = usualMtu - total
  const mtu = left > 0 ? `: where packets of ${usualMtu} bytes fit, ${left} are left for what is inside` : ''
  return `${wrap} ${what}, which costs ${sum} of overhead${mtu}.`
}

/** Link headers that a network carries for something that has no addresses of a network. */
function framesInside(found: Dissection, networks: readonly LayerView[]): string[] {
  const said: string[] = []
  for (let i = 0; i < found.layerCount; i++) {
    const v = found.layer(i)
    const isCounted = networks.some(inner => headersAround(inner).includes(v))
    if (!isLink(v.protocol) || v.quoted || isCounted) continue
    const around = headersAround(v)
    if (around.length > 0) said.push(costs(around, `an ${v.protocol.short} frame`))
  }
  return said
}

/** What a capture may begin with, and has no addresses of a network. */
const isLink = ({ claims, addresses }: Protocol): boolean =>
  addresses === undefined && claims.some(([space]) => space === linkTypes)

/** Where reading ends before the packet does, and why. */
function limits(found: Dissection): string[] {
  const said: string[] = []
  for (let i = 0; i < found.layerCount; i++) {
    const v = found.layer(i)
    const why = v.quoted ? undefined : reasons[v.status]
    if (why !== undefined && v.protocol !== data) said.push(`Header ${i + 1}, ${v.protocol.short}: ${why}`)
  }
  return said
}

const reasons: Readonly<Record<Status, string | undefined>> = {
  complete: undefined,
  truncated: 'the capture ends inside it, so what would follow is not there to be read.',
  malformed: 'it contradicts itself, so what follows is not read: nobody can tell what it is.',
  opaque: 'what it carries is encrypted, and only the keys of its two ends open it.',
  unknown: 'what it carries is nothing that is known here.',
}

function table(found: Dissection, nodes: readonly TreeNode[]): Block {
  const rows: string[][] = []
  for (let i = 0; i < nodes.length; i = nodes[i]!.end) {
    const { layer } = nodes[i]!
    if (layer < 0) continue
    const v = found.layer(layer)
    const places = nodeRanges(found, nodes[i]!).map(({ start, end }) => span(start, end))
    rows.push([
      String(layer + 1),
      v.protocol.short,
      (places.join(', ') || 'no bytes') + bufferMark(found, layer),
      String(v.length),
      shareText(v.length, bytesAround(found, layer)),
      escapeControls(v.summary),
    ])
  }
  return { kind: 'table', heads: [' #', 'layer', 'where', ' bytes', ' share', 'what it says'], rows }
}

/** Bytes of a buffer count from its own start, which has to be said where they stand beside those of the frame. */
const bufferMark = (found: Dissection, layer: number): string => {
  const buffer = found.bufferOf[layer]!
  return buffer === 0 ? '' : ` of ${found.buffers[buffer - 1]!.name}`
}
