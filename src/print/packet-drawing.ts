import type { Dissection } from '../dissect/dissection.ts'
import { bytes } from '../dissect/field.ts'
import type { Piece } from './packet-pieces.ts'
import type { Mark } from './prose.ts'

/** A box of the drawing: two lines of text above each other. */
type Box = {
  readonly label: string
  readonly size: string
  /** Offsets in bits. */
  readonly from: number
  readonly to: number
  readonly layer: number
  readonly node: number
}

/**
 * A buffer as a row of boxes, a header each, with the bits where they begin above their left edges; as many rows as the columns
 * ask for. Widths say nothing: a box is as wide as its text.
 */
export function drawPacket(found: Dissection, pieces: readonly Piece[], columns: number): Mark[][] {
  const boxes = boxesOf(found, pieces)
  const lines: Mark[][] = []
  for (let first = 0; first < boxes.length; ) {
    let last = first
    let used = margin.length + 1
    while (last < boxes.length && (last === first || used + rightOf(boxes[last]!) <= columns))
      used += widthOf(boxes[last++]!) + 1
    lines.push(...drawRow(boxes.slice(first, last)))
    first = last
  }
  return lines
}

const isThere = ({ start, end }: Piece): boolean => end > start

const margin = '    '

const widthOf = ({ label, size, from, to }: Box): number =>
  2 + Math.max(label.length, size.length, String(from).length, String(to).length)

/** Columns up to the number over the right edge. */
const rightOf = (box: Box): number => widthOf(box) + String(box.to).length

function boxesOf(found: Dissection, pieces: readonly Piece[]): Box[] {
  const boxes = pieces.filter(isThere).map(({ layer, node, start, end, isTrailer }): Box => {
    const { short } = found.protocols[layer]!
    const label = `${layer + 1} ${short}${isTrailer ? ', trailer' : ''}`
    return { label, size: bytes(end - start), from: start * 8, to: end * 8, layer, node }
  })
  const missing = found.frame.wireLength - found.frame.capturedLength
  const from = found.frame.capturedLength * 8
  const isFrame = pieces[0] !== undefined && found.bufferOf[pieces[0].layer] === 0
  if (!isFrame || missing <= 0) return boxes
  return [
    ...boxes,
    { label: 'not captured', size: bytes(missing), from, to: from + missing * 8, layer: -1, node: -1 },
  ]
}

function drawRow(boxes: readonly Box[]): Mark[][] {
  const widths = boxes.map(widthOf)
  const edge = (left: string, between: string, right: string): Mark[] => [
    { text: margin + left + widths.map(width => '─'.repeat(width)).join(between) + right },
  ]
  const inside = (text: (box: Box) => string): Mark[] => [
    { text: `${margin}│` },
    ...boxes.flatMap((box, i): Mark[] => [
      { text: ` ${text(box)}`.padEnd(widths[i]!), ...ownerOf(box) },
      { text: '│' },
    ]),
  ]
  return [
    [{ text: ruler(boxes, widths) }],
    edge('┌', '┬', '┐'),
    inside(({ label }) => label),
    inside(({ size }) => size),
    edge('└', '┴', '┘'),
  ]
}

const ownerOf = ({ layer, node }: Box): Partial<Mark> => (layer < 0 ? {} : { layer, node })

/** `bit 0   160   320`. */
function ruler(boxes: readonly Box[], widths: readonly number[]): string {
  let line = 'bit'
  let edge = margin.length
  boxes.forEach((box, i) => {
    line = line.padEnd(edge) + box.from
    edge += widths[i]! + 1
  })
  return `${line.padEnd(edge)}${boxes.at(-1)?.to ?? ''}`
}
