import { data } from '../dissect/data.ts'
import type { Dissection, Status } from '../dissect/dissection.ts'
import { bytes } from '../dissect/field.ts'
import type { LayerView } from '../dissect/layer-view.ts'
import { NumberSpace, numberOf } from '../dissect/number-space.ts'
import { bytesAround, shareText } from './tree-nodes.ts'

/** What to say about a layer, as paragraphs: what it is for, where it is, what it carries, how it ended, how large it is. */
export function aboutLayer(found: Dissection, layer: number): string[] {
  const v = found.layer(layer)
  const notes = v.notes.filter(note => note.field < 0)
  const told = notes.map(note => sentence(note.text))
  const isCutShort = notes.some(note => note.severity !== 'info')
  return [
    v.protocol.about,
    [...whereabouts(v), ...carried(v)].join(' '),
    [...ending(v.status, isCutShort), ...told].join(' '),
    size(v),
  ].filter(paragraph => paragraph !== '')
}

/** A note as a sentence. */
export const sentence = (text: string): string => (/[.?!)]$/.test(text) ? text : `${text}.`)

/** What a buffer is called inside a sentence. */
export const inSentence = (label: string): string =>
  `the ${/^[A-Z][a-z]/.test(label) ? label[0]!.toLowerCase() + label.slice(1) : label}`

function whereabouts(v: LayerView): string[] {
  const words: string[] = []
  const buffer = v.found.bufferOf[v.index]!
  if (buffer > 0) {
    const { label } = v.found.buffers[buffer - 1]!
    words.push(`It does not lie in the captured bytes, but in ${inSentence(label)}.`)
  }
  if (v.quoted) words.push('It belongs to an earlier packet, which this one quotes, perhaps not to its end.')
  return words
}

/** What comes next, and how this header tells. */
function carried(v: LayerView): string[] {
  const { next, found } = v
  if (next === undefined)
    return v.protocol !== data && v.extent <= v.length && v.status === 'complete'
      ? ['Nothing follows it.']
      : []
  const buffer = found.bufferOf[next.index]!
  const isElsewhere = buffer !== found.bufferOf[v.index]
  const words: string[] = []
  if (next.protocol === data) words.push(`It carries ${bytes(next.length)} that no dissector takes.`)
  else if (next.quoted && !v.quoted)
    words.push(`It quotes a packet, whose first header is ${next.protocol.short}.`)
  else {
    const told = announcer(v, next)
    const { short } = next.protocol
    words.push(told === undefined ? `It carries ${short}.` : `${told} says that ${short} follows.`)
  }
  if (isElsewhere) {
    const { label, bytes: whole } = found.buffers[buffer - 1]!
    words.push(`That lies in ${inSentence(label)} of ${bytes(whole.length)}.`)
  }
  return words
}

/** The field whose number the next protocol claims, and that number, where there is one: `Protocol 4`. */
export function announcer(v: LayerView, next: LayerView): string | undefined {
  const { fields, values, first, last } = v.found
  for (let record = first[v.index]!; record < last[v.index]!; record++) {
    const { values: names, label } = fields[record]!
    const value = values[record]!
    if (names instanceof NumberSpace && names.find(value) === next.protocol)
      return `${label} ${numberOf(names, value)}`
  }
  return undefined
}

const endings: Readonly<Record<Status, string>> = {
  complete: '',
  truncated: 'The capture ends inside this layer; the packet itself may be whole.',
  malformed: 'The packet contradicts itself here, so the rest of it is not read.',
  opaque: 'It is complete, and encrypted on purpose.',
  unknown: 'What it carries cannot be read here.',
}

/** A quoted packet or first fragment is cut on purpose, which is no error. */
const cut = 'Only its beginning is here: the rest of the packet is elsewhere.'

/** How a layer ended, in words; nothing for one that is whole. `isCutShort`: a note says why it is not. */
export const ending = (status: Status, isCutShort: boolean): string[] =>
  status === 'complete' ? [] : [status === 'truncated' && !isCutShort ? cut : endings[status]]

function size(v: LayerView): string {
  const { found, index, length, extent } = v
  if (length === 0) return ''
  const whole = bytesAround(found, index)
  const hasTrailer = length > found.ends[index]! - v.offset
  const what = hasTrailer ? 'Header and trailer take' : extent > length ? 'The header takes' : 'It takes'
  const held = found.bufferOf[index] === 0 ? 'captured bytes' : 'bytes there'
  const share = `${what} ${length} of the ${whole} ${held}, ${shareText(length, whole)}`
  return extent > length ? `${share}; with all that it carries it is ${bytes(extent)} long.` : `${share}.`
}
