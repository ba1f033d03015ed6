import type { Dissection } from '../dissect/dissection.ts'
import type { Field } from '../dissect/field.ts'
import type { Protocol } from '../dissect/protocol.ts'
import { explain } from './explanation.ts'
import { nodeRanges } from './node-ranges.ts'
import { address, type Depth, type FieldItem, span } from './prose.ts'
import type { TreeNode } from './tree-nodes.ts'

/** What has been said already about a packet, so that it is not said twice. */
export type Told = {
  readonly fields: Set<Field>
  readonly protocols: Set<Protocol>
  /** Sentences about values. */
  readonly sentences: Set<string>
}

/** Longer sentences than this are said once in a packet, as those are that belong to a value; results and names are short. */
const longSentence = 90

/** A field as a bullet. What fields are for is said where it comes first in a packet. */
export function fieldItem(
  found: Dissection,
  nodes: readonly TreeNode[],
  index: number,
  depth: Depth,
  told: Told,
): FieldItem {
  const node = nodes[index]!
  const field = found.fields[node.record]!
  const said = explain(found, nodes, index)
  const [purpose = '', ...here] = said.text
  const isNew = !told.fields.has(field)
  told.fields.add(field)
  const meaning = field.meanings?.[found.values[node.record]!]
  const isBrief = (sentence: string) => sentence.length < longSentence && sentence !== meaning
  const news = here.filter(sentence => isBrief(sentence) || !told.sentences.has(sentence))
  for (const sentence of here) told.sentences.add(sentence)
  const around = nodes[node.parent]?.record ?? -1
  // The word around a part has its bytes already, and those of a group are its fields’.
  const isPart = around >= 0 && found.fields[around]!.type !== 'group'
  const showsBytes = !isPart && !(field.type === 'group' && node.end > index + 1)
  const range = nodeRanges(found, node)[0] ?? { start: 0, end: 0, bit: 0, bits: 0 }
  return {
    kind: 'field',
    depth: node.depth - 1,
    label: said.title,
    place: placeOf(range),
    width: said.width,
    hex: showsBytes ? said.hex : '',
    ascii: showsBytes ? asciiOf(said.ascii, said.hex) : '',
    bits: said.bits?.marked ?? '',
    value: isOwnValue(said.value, said.hex) ? said.value : '',
    text: (depth === 'full' && isNew ? [purpose, ...news] : news).join(' '),
    section: depth === 'full' && isNew ? (field.section ?? '') : '',
    layer: node.layer,
    node: index,
    buffer: found.bufferOf[node.layer]!,
    start: range.start,
    end: range.end,
  }
}

type Range = { readonly start: number; readonly end: number; readonly bit: number; readonly bits: number }

function placeOf({ start, end, bit, bits }: Range): string {
  if (bits === 0) return address(start)
  if (bit === 0 && bits % 8 === 0) return span(start, end)
  return bits === 1 ? `${span(start, end)} bit ${bit}` : `${span(start, end)} bits ${bit}–${bit + bits - 1}`
}

/** The dump’s right column for these bytes: an explanation leaves out what is nothing but dots. */
const asciiOf = (ascii: string, hex: string): string =>
  ascii === '' ? '.'.repeat(hex.replace(/[ …]/g, '').length / 2) : ascii

/** Bytes that stand for nothing but themselves are shown once. */
const isOwnValue = (value: string, hex: string): boolean =>
  !(hex !== '' && value.startsWith(hex.replace(/[ …]/g, '')))
