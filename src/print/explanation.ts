import { escapeControls } from '../byte-writer.ts'
import type { Dissection } from '../dissect/dissection.ts'
import { bytes, type Field } from '../dissect/field.ts'
import { aboutLayer, inSentence, sentence } from './about-layer.ts'
import { type DrawnBits, drawBits } from './drawn-bits.ts'
import { filterOf } from './field-filter.ts'
import { type NodeRange, nodeRanges } from './node-ranges.ts'
import { nodeText, type TreeNode } from './tree-nodes.ts'

/** All that there is to say about one node, free of control characters. What does not apply is empty. */
export type Explanation = {
  /** The field’s label, the protocol’s full name. */
  readonly title: string
  /** Where it is specified: `RFC 791 §3.1`. */
  readonly section: string
  /** `bytes 0x000c–0x000f`, `byte 0x0006, bit 1`; bits count from the most significant one of the first byte, as in RFCs. */
  readonly position: string
  /** `32 bits`, `54 bytes`. */
  readonly width: string
  /** At most 16 bytes, in pairs: `c0a8 0102`. */
  readonly hex: string
  /** The same bytes as characters, dots for what is none; empty where all would be dots. */
  readonly ascii: string
  readonly bits: DrawnBits | undefined
  readonly value: string
  /** A display filter as Wireshark writes it that finds this value: `ip.ttl == 255`. */
  readonly filter: string
  /** Paragraphs: what it means here. */
  readonly text: readonly string[]
}

const empty: Explanation = {
  title: '',
  section: '',
  position: '',
  width: '',
  hex: '',
  ascii: '',
  bits: undefined,
  value: '',
  filter: '',
  text: [],
}

/** Explains the node with this index. */
export function explain(found: Dissection, nodes: readonly TreeNode[], index: number): Explanation {
  const node = nodes[index]!
  switch (node.kind) {
    case 'comment':
      return { ...empty, title: 'Comment', text: [nodeText(found, nodes, node).value] }
    case 'note':
      return explainNote(found, nodes, node)
    case 'layer':
      return explainLayer(found, nodes, node)
    case 'field':
      return explainField(found, nodes, node)
  }
}

function explainLayer(found: Dissection, nodes: readonly TreeNode[], node: TreeNode): Explanation {
  const { protocol } = found.layer(node.layer)
  return {
    ...empty,
    ...placed(found, node),
    title: protocol.name,
    section: protocol.reference,
    value: nodeText(found, nodes, node).value,
    filter: protocol.id,
    text: aboutLayer(found, node.layer).map(escapeControls),
  }
}

function explainField(found: Dissection, nodes: readonly TreeNode[], node: TreeNode): Explanation {
  const { record } = node
  const v = found.layer(node.layer)
  const f = found.fields[record]!
  const value = found.values[record]!
  const text = [f.explain, f.meanings?.[value] ?? '', f.here?.(value, v) ?? ''].filter(said => said !== '')
  for (const note of found.notes) if (note.field === record) text.push(sentence(note.text))
  if (isRight(found, node.layer, f)) text.push('Computed again for this packet, it comes out the same.')
  return {
    ...empty,
    ...placed(found, node),
    title: f.label,
    section: sectionOf(found, nodes, node) ?? v.protocol.reference,
    bits: drawBits(found, nodes, node),
    value: nodeText(found, nodes, node).value,
    filter: filterOf(found, record, v),
    text: text.map(escapeControls),
  }
}

/** Where a field is specified: a part of something, with that. */
function sectionOf(found: Dissection, nodes: readonly TreeNode[], node: TreeNode): string | undefined {
  for (let at: TreeNode | undefined = node; at !== undefined && at.record >= 0; at = nodes[at.parent]) {
    const { section } = found.fields[at.record]!
    if (section !== undefined) return section
  }
  return undefined
}

/** A note, and where it stands: with the field or layer that it is about. */
function explainNote(found: Dissection, nodes: readonly TreeNode[], node: TreeNode): Explanation {
  const note = found.notes[node.note]!
  const about = note.field < 0 ? node.parent : nodes.findIndex(other => other.record === note.field)
  const { text, title, ...rest } = explain(found, nodes, about)
  return {
    ...rest,
    title: `${kinds[note.severity]}: ${title}`,
    text: [escapeControls(sentence(note.text)), text[0]!],
  }
}

const kinds = { info: 'Remark', warning: 'Warning', error: 'Error' } as const

/** True where checks of the field were made and none failed. */
function isRight(found: Dissection, layer: number, f: Field): boolean {
  const own = found.checks.filter(check => check.layer === layer && check.field === f)
  return own.length > 0 && own.every(check => check.good)
}

// ---- where it is -------------------------------------------------------------------------------------

type Placed = Pick<Explanation, 'position' | 'width' | 'hex' | 'ascii'>

/** More bits than this are counted in bytes. */
const mostBits = 128
/** At most this many bytes are shown. */
const shownBytes = 16

function placed(found: Dissection, node: TreeNode): Placed {
  const ranges = nodeRanges(found, node)
  const total = ranges.reduce((sum, range) => sum + range.bits, 0)
  const [first] = ranges
  if (first === undefined || total === 0) return { position: '', width: 'no bytes', hex: '', ascii: '' }
  const buffer = found.bufferOf[node.layer]!
  const within = buffer === 0 ? '' : ` of ${inSentence(found.buffers[buffer - 1]!.label)}`
  const isCounted = total % 8 !== 0 || (node.record >= 0 && total <= mostBits)
  return {
    position: ranges.map(positionOf).join(' and ') + within,
    width: isCounted ? `${total} bit${total === 1 ? '' : 's'}` : bytes(total / 8),
    ...shown(found, node.layer, first),
  }
}

const offset = (at: number): string => `0x${at.toString(16).padStart(4, '0')}`

function positionOf({ start, end, bit, bits }: NodeRange): string {
  const where = end - start === 1 ? `byte ${offset(start)}` : `bytes ${offset(start)}–${offset(end - 1)}`
  if (bit === 0 && bits % 8 === 0) return where
  return bits === 1 ? `${where}, bit ${bit}` : `${where}, bits ${bit}–${bit + bits - 1}`
}

function shown(found: Dissection, layer: number, { start, end }: NodeRange): Pick<Placed, 'hex' | 'ascii'> {
  const base = found.baseOf(layer)
  const some = found.bytesOf(layer).subarray(base + start, base + Math.min(end, start + shownBytes))
  const more = end - start > shownBytes ? '…' : ''
  const hex = Buffer.from(some)
    .toString('hex')
    .replace(/(.{4})(?=.)/g, '$1 ')
  const isPrintable = (byte: number) => byte >= 0x20 && byte < 0x7f
  const ascii = Array.from(some, byte => (isPrintable(byte) ? String.fromCharCode(byte) : '.')).join('')
  return { hex: hex + (more && ` ${more}`), ascii: some.some(isPrintable) ? ascii + more : '' }
}
