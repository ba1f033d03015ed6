import { ByteWriter, escapeControls } from '../byte-writer.ts'
import { data } from '../dissect/data.ts'
import type { Dissection, Status } from '../dissect/dissection.ts'
import { bytes } from '../dissect/field.ts'
import type { LayerView } from '../dissect/layer-view.ts'
import { Clock } from './clock.ts'
import { nodeRanges } from './node-ranges.ts'
import { type Block, ended, span } from './prose.ts'
import { wayOf, wrappings } from './prose-wrapping.ts'
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
  const networks = networksIn(found, false)
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

/** Layers with addresses: those of packets that are quoted, or the others. */
function networksIn(found: Dissection, quoted: boolean): LayerView[] {
  const layers = Array.from({ length: found.layerCount }, (_, i) => found.layer(i))
  return layers.filter(v => v.protocol.addresses !== undefined && v.quoted === quoted)
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
    sentences.push(ended(`Innermost is ${last.protocol.short}: ${last.summary}`))
  const quoted = networksIn(found, true)[0]
  if (quoted) sentences.push(`It quotes an earlier packet ${wayOf(quoted)}.`)
  return sentences.join(' ')
}

/** The header inside most others, the last one of several, that is no plain data and belongs to this packet, not to one that it quotes. */
function innermost(found: Dissection): LayerView | undefined {
  let deepest: LayerView | undefined
  let most = 0
  for (let i = 0; i < found.layerCount; i++) {
    const v = found.layer(i)
    if (v.protocol === data || v.quoted) continue
    const around = headersAround(v)
    if (around >= most) deepest = v
    most = Math.max(most, around)
  }
  return deepest
}

function headersAround(v: LayerView): number {
  let count = 0
  for (let outer = v.outer; outer; outer = outer.outer) count++
  return count
}

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
