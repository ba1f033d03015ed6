import { type Field, field, hex } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Reader } from '../src/dissect/reader.ts'

// |0 0|  Length   |  Label …      each part of the name; a length of 0 ends it
// |1 1|         Offset            | or: the rest stands at this offset of the message

const f = {
  length: field('dns.name.label_length', 'Label length', {
    explain: 'Bytes of the next part of the name. Dots are not sent.',
    meanings: { 0: 'A length of 0 ends the name: the root, above all names.' },
    section: 'RFC 1035 §3.1',
  }),
  label: field('dns.name.label', 'Label', {
    type: 'text',
    explain: 'One part of the name; dots stand between the parts when it is written.',
    section: 'RFC 1035 §3.1',
  }),
  pointer: field('dns.name.pointer', 'Pointer', {
    explain: 'The rest of the name has been sent before: so names are not repeated.',
    here: value => `It is ${value & 0x3fff} bytes from the start of the message.`,
    section: 'RFC 1035 §4.1.4',
    show: hex(4),
    parts: [
      [
        field('dns.name.pointer.mark', 'Pointer mark', {
          explain: 'Two ones, which no length of a label begins with.',
          section: 'RFC 1035 §4.1.4',
        }),
        2,
      ],
      [
        field('dns.name.pointer.offset', 'Offset', {
          explain: 'Where the rest of the name stands, in bytes from the start of the message.',
          section: 'RFC 1035 §4.1.4',
        }),
        14,
      ],
    ],
  }),
}

export const nameFields = f

/** The length in front of a message over TCP, behind which offsets count. */
export const messageLength = field('dns.length', 'Length', {
  explain:
    'Bytes of the message behind it. Over TCP, a stream without borders, each message says where it ends.',
  section: 'RFC 1035 §4.2.2',
})

/** Bytes of the longest name, its lengths included (RFC 1035 §3.1). */
const longestName = 255
const longestLabel = 63

/** A group that is a name, shown with dots. */
export const nameField = (name: string, label: string, explain: string, section: string): Field<'group'> =>
  field(name, label, { type: 'group', explain, section, read: readName })

/** Reads a name: labels up to the root or to a pointer. */
export function walkName(r: Reader, group: Field<'group'>): void {
  r.open(group)
  const start = r.pos
  for (;;) {
    const first = r.peek()
    if (first >= 0xc0) {
      r.u16(f.pointer)
      break
    }
    const length = r.u8(f.length)
    if (length > longestLabel) r.malformed(`A label of ${length} bytes; names have ${longestLabel} at most`)
    if (length === 0) break
    r.text(f.label, length)
    if (r.pos - start > longestName) r.malformed(`A name of more than ${longestName} bytes`)
  }
  r.close()
}

/** `www.example.com`; pointers are followed backwards only, so that no name goes in circles. */
function readName(bytes: Uint8Array, start: number, length: number, layer: LayerView): string {
  const { found, index } = layer
  const base = found.baseOf(index) + layer.offset + (layer.has(messageLength) ? 2 : 0)
  const labels: string[] = []
  let [at, end, left] = [start, start + length, longestName]
  while (at < end && left > 0) {
    const size = bytes[at]!
    if (size === 0) return labels.join('.') || '<Root>'
    if (size >= 0xc0) {
      const target = base + (((size & 0x3f) << 8) | (bytes[at + 1] ?? 0))
      if (at + 1 >= end || target >= at) break
      end = at
      at = target
    } else {
      if (size > longestLabel || at + 1 + size > end) break
      labels.push(latin.decode(bytes.subarray(at + 1, at + 1 + size)))
      at += 1 + size
    }
    left -= 1 + (size & longestLabel)
  }
  return [...labels, '…'].join('.')
}

const latin = new TextDecoder()
