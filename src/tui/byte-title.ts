import { type NodeRange, nodeRanges } from '../print/node-ranges.ts'
import { bitView } from './byte-rows.ts'
import { bufferBytes, bufferOf } from './folding.ts'
import { keyText } from './help-rows.ts'
import { bindingOf } from './keymap.ts'
import type { Detail, State } from './state.ts'
import { type Row, type Span, textOf, width } from './text.ts'

/**
 * `Bytes ─ frame · reassembled (B)`: a tab for each buffer; the one that is shown stands out. Then, bit by bit, the byte under the
 * cursor, or those that the selected field has only a part of; where these take more than `room`, the name of an only buffer
 * makes place for them.
 */
export function bytesTitle(state: State, room: number): Row {
  const { detail, selected, radix } = state
  if (detail === undefined) return [{ text: 'Bytes', role: 'title' }]
  const shown = bufferOf(detail, selected)
  const tabs = tabNames(detail)
  const name: Span = { text: radix === 'hex' ? 'Bytes' : `Bytes, ${radix}`, role: 'title' }
  const named = tabs.flatMap(
    (tab, i): Row => [
      { text: i === 0 ? ' ─ ' : ' · ', role: 'dim' },
      { text: tab, role: i === shown && tabs.length > 1 ? 'key' : 'dim' },
    ],
  )
  const bits = bitsOf(state, detail, bufferBytes(detail, shown))
  if (tabs.length > 1) return [name, ...named, { text: ` (${nextKey})`, role: 'dim' }, ...bits]
  const whole = [name, ...named, ...bits]
  return width(textOf(whole)) <= room ? whole : [name, ...bits]
}

/** The key that goes to the next buffer. */
const nextKey = keyText(bindingOf('buffer')?.keys[0] ?? '')

/** The frame, and what each other buffer is in one word: `reassembled`, `reassembled 2`. */
function tabNames({ found }: Detail): readonly string[] {
  const words = found.buffers.map(({ name }) => name.split('-')[0]!)
  const before = (i: number) => words.slice(0, i).filter(word => word === words[i]).length
  return ['frame', ...words.map((word, i) => (before(i) === 0 ? word : `${word} ${before(i) + 1}`))]
}

/** Bytes whose bits fit beside the tabs. */
const mostDrawn = 2

function bitsOf({ focus, byte, selected }: State, detail: Detail, bytes: Uint8Array): Row {
  const part = partOf(detail, selected)
  if (focus === 'bytes' && byte < bytes.length)
    return [{ text: ` ─ ${bytes[byte]} = `, role: 'dim' }, ...bitsAt(bytes, byte, part)]
  if (part === undefined || part.end - part.start > mostDrawn) return []
  const each = Array.from({ length: part.end - part.start }, (_, i) => bitsAt(bytes, part.start + i, part))
  return each.flatMap((row, i): Row => [{ text: i === 0 ? ' ─ ' : ' ', role: 'dim' }, ...row])
}

/** Where the selected field lies, if that is not whole bytes. */
function partOf({ found, nodes }: Detail, selected: number): NodeRange | undefined {
  const node = nodes[selected]
  const [range] = node === undefined || node.record < 0 ? [] : nodeRanges(found, node)
  return range && range.bits !== (range.end - range.start) * 8 ? range : undefined
}

/** The bits of a byte; those that the selected field has of it stand out. */
function bitsAt(bytes: Uint8Array, byte: number, part: NodeRange | undefined): Row {
  if (part === undefined) return bitView(bytes[byte]!)
  const from = part.start * 8 + part.bit - byte * 8
  const first = Math.max(0, from)
  return bitView(bytes[byte]!, first, Math.max(0, Math.min(8, from + part.bits) - first))
}
