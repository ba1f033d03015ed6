import { escapeControls } from '../byte-writer.ts'
import { type DiffLine, diffPackets } from './packet-diff.ts'
import type { Block } from './prose.ts'
import type { ComparedLine, NumberedPacket } from './side-by-side.ts'

/** What differs between two packets of a capture, header by header, and why that is to be expected. */
export function explainDiff(left: NumberedPacket, right: NumberedPacket, capture: string): Block[] {
  const lines = diffPackets(left, right, false)
  const title = `Packets ${left.number} and ${right.number} of ${escapeControls(capture)}: what differs`
  return [{ kind: 'title', text: title }, ...lines.flatMap((line, i) => blockOf(line, lines[i + 1]))]
}

/** A header begins a section; a sentence about a field belongs to the line of the field, which comes before it. */
function blockOf(line: DiffLine, next: DiffLine | undefined): readonly Block[] {
  if (!('said' in line)) {
    const why = next !== undefined && 'said' in next && next.depth > 0 ? next.said : ''
    return [entry(line, why)]
  }
  const { said: text, role, depth } = line
  if (depth > 0) return []
  if (role === 'title') return [{ kind: 'section', text }]
  return [{ kind: 'text', text, ...(role === 'dim' && { tone: 'aside' }) }]
}

function entry({ depth, label, left, right, differs }: ComparedLine, text: string): Block {
  const isGroup = left === '' && right === ''
  const missing = 'not there'
  const aside = isGroup ? '' : differs ? `${left ?? missing} ≠ ${right ?? missing}` : (left ?? '')
  return { kind: 'entry', depth: depth - 1, term: label, aside, text }
}
