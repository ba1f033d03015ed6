import { escapeControls } from '../byte-writer.ts'
import { data } from '../dissect/data.ts'
import type { Dissection, Severity } from '../dissect/dissection.ts'
import { bytes } from '../dissect/field.ts'
import type { LayerView } from '../dissect/layer-view.ts'
import type { Protocol } from '../dissect/protocol.ts'
import { announcer, ending, inSentence, sentence } from './about-layer.ts'
import { cellsOf } from './header-cells.ts'
import { drawHeader } from './header-drawing.ts'
import type { Piece } from './packet-pieces.ts'
import { type Block, type Depth, ended, span, type Tone } from './prose.ts'
import { fieldItem, type Told } from './prose-field.ts'
import type { TreeNode } from './tree-nodes.ts'

/** One header, or one trailer, field by field in the order of its bytes. */
export function explainPiece(
  found: Dissection,
  nodes: readonly TreeNode[],
  piece: Piece,
  depth: Depth,
  told: Told,
): Block[] {
  const v = found.layer(piece.layer)
  const [first, end] = nodesOfPiece(found, nodes, piece)
  const blocks: Block[] = [heading(v, piece)]
  if (piece.isTrailer) blocks.push({ kind: 'text', text: trailerText(v) })
  else blocks.push(...introduction(v, depth, told))
  if (depth === 'full') blocks.push(...drawing(found, nodes, first, end))
  for (let i = first; i < end; i++)
    if (nodes[i]!.kind === 'field') blocks.push(fieldItem(found, nodes, i, depth, told))
  if (!piece.isTrailer) blocks.push(...close(v))
  return blocks
}

/** The children of the layer’s node that lie in the piece: nodes [first, end). */
export function nodesOfPiece(
  found: Dissection,
  nodes: readonly TreeNode[],
  piece: Pick<Piece, 'node' | 'isTrailer'>,
): [number, number] {
  const { end, layer } = nodes[piece.node]!
  const border = found.trailerFirst[layer]!
  const hasTrailer = found.trailerLast[layer]! > border
  let split = end
  for (let i = piece.node + 1; i < end && hasTrailer; i++)
    if (nodes[i]!.record >= border) {
      split = i
      break
    }
  return piece.isTrailer ? [split, end] : [piece.node + 1, split]
}

function heading(v: LayerView, { layer, start, end, isTrailer }: Piece): Block {
  const what = isTrailer ? `${v.protocol.short} again: its trailer` : v.protocol.short
  const place = end > start ? `${span(start, end)}, ${bytes(end - start)}` : 'of which no byte is there'
  const text = `${layer + 1} ${what}, ${place}`
  return { kind: 'section', text, layer }
}

const trailerText = (v: LayerView): string =>
  `What ${v.protocol.short} carries has ended; these bytes behind it belong to header ${v.index + 1} again.`

function introduction(v: LayerView, depth: Depth, { protocols }: Told): Block[] {
  const { protocol } = v
  const isNew = !protocols.has(protocol)
  protocols.add(protocol)
  const words = protocol === data ? [] : [ended(`In this packet: ${v.summary}`)]
  if (v.quoted) words.push('It belongs to an earlier packet, which this one quotes, perhaps not to its end.')
  if (!isNew)
    words.unshift(
      `Another ${protocol.short} header, so the same reading starts again${depth === 'full' ? '; what each field is for stands above' : ''}.`,
    )
  else if (depth === 'full') words.unshift(protocol.about)
  const blocks: Block[] = words.length > 0 ? [{ kind: 'text', text: escapeControls(words.join(' ')) }] : []
  const { lesson } = protocol
  if (isNew && depth === 'full' && lesson)
    blocks.push({ kind: 'text', text: `${lesson.protects} ${lesson.overhead}` })
  return blocks
}

function drawing(found: Dissection, nodes: readonly TreeNode[], first: number, end: number): Block[] {
  const { lines, isCut } = drawHeader(cellsOf(found, nodes, first, end))
  if (lines.length === 0) return []
  const rest: Block = { kind: 'text', text: 'The drawing ends here; the list goes on to the last byte.' }
  return [{ kind: 'drawing', lines }, ...(isCut ? [rest] : [])]
}

const tones: Readonly<Record<Severity, Tone>> = { info: 'info', warning: 'warning', error: 'error' }

/** Where the header ends: what follows, and how that is known; or why it is not read on. */
function close(v: LayerView): Block[] {
  const notes = v.notes.filter(note => note.field < 0)
  const blocks: Block[] = notes.map(({ severity, text }) => ({
    kind: 'text',
    tone: tones[severity],
    text: escapeControls(sentence(text)),
  }))
  const status = ending(
    v.status,
    notes.some(note => note.severity !== 'info'),
  ).join(' ')
  const text = [status, onward(v)].filter(said => said !== '').join(' ')
  return text === '' ? blocks : [...blocks, { kind: 'text', text: escapeControls(text) }]
}

function onward(v: LayerView): string {
  const { next, found, protocol } = v
  if (next === undefined) return isLast(v) ? 'This header is the last one: nothing follows it.' : ''
  const end = `This is the end of the ${protocol.short} header`
  const buffer = found.bufferOf[next.index]!
  if (buffer !== found.bufferOf[v.index]) {
    const { label, bytes: whole } = found.buffers[buffer - 1]!
    const what = `${next.protocol.short} follows in ${inSentence(label)} of ${bytes(whole.length)}`
    return `${end}; ${what}, which has a section of its own below.`
  }
  if (next.protocol === data && v.status !== 'complete') return `${end}; ${bytes(next.length)} follow.`
  if (next.protocol === data)
    return `${end}; ${bytes(next.length)} follow that are no header known here: what all the headers were made for.`
  if (next.quoted && !v.quoted)
    return `${end}; the packet that it quotes begins here, with ${next.protocol.short}.`
  const follows = `${following(protocol, next.protocol)} follows`
  const told = announcer(v, next)
  return told === undefined ? `${end}; ${follows}.` : `${end}; ${lowered(told)} says that ${follows}.`
}

/** A label inside a sentence: `protocol 4`, but `TLV 4`. */
const lowered = (label: string): string =>
  /^[A-Z][a-z]/.test(label) ? label[0]!.toLowerCase() + label.slice(1) : label

const isLast = (v: LayerView): boolean =>
  v.protocol !== data && v.extent <= v.length && v.status === 'complete' && v.sibling === undefined

/** `another IPv4 packet`, `UDP`. */
function following(around: Protocol, inside: Protocol): string {
  const { short, addresses } = inside
  const noun = addresses ? 'packet' : 'header'
  if (around === inside) return `another ${short} ${noun}`
  return addresses ? `an ${short} packet` : short
}
