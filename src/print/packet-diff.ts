import { type Change, type Relation, reasons } from '../../dissectors/changes.ts'
import { escapeControls } from '../byte-writer.ts'
import type { Dissection } from '../dissect/dissection.ts'
import { bytes } from '../dissect/field.ts'
import type { LayerView } from '../dissect/layer-view.ts'
import { NumberSpace } from '../dissect/number-space.ts'
import { type ComparedLine, compareInside, type NumberedPacket } from './side-by-side.ts'

/** Headers that stand beside each other; -1: one of the packets has none there. */
type Pair = readonly [left: number, right: number]

/** A sentence between the lines. */
export type Said = { readonly said: string; readonly role: 'title' | 'info' | 'dim'; readonly depth: number }

/** A line of two packets side by side, and what stands between such lines. */
export type DiffLine = ComparedLine | Said

/**
 * Two packets: how they belong together, then header by header what differs and why that is to be expected. Headers are paired
 * by protocol from the inside out, so that what a tunnel has put around a packet is left over. `whole`: what is the same, too.
 */
export function diffPackets(left: NumberedPacket, right: NumberedPacket, whole: boolean): DiffLine[] {
  const aligned = pairs(left.found, right.found)
  const lines = aligned.flatMap((pair, i) => {
    const relation = relationOf(left, right, aligned, i)
    return layerLines(left, right, pair, relation, whole)
  })
  return [...introduction(left, right, aligned), ...lines]
}

// ---- who stands beside whom --------------------------------------------------------------------------

/** The longest run of protocols that both have, matched from the last layer on. */
function pairs(left: Dissection, right: Dissection): Pair[] {
  const [rows, columns] = [left.layerCount, right.layerCount]
  const same = (i: number, j: number) => left.protocols[i] === right.protocols[j]
  /** How many of the first i and j layers can be paired. */
  const best = Array.from({ length: rows + 1 }, () => new Uint8Array(columns + 1))
  for (let i = 1; i <= rows; i++)
    for (let j = 1; j <= columns; j++)
      best[i]![j] = same(i - 1, j - 1)
        ? best[i - 1]![j - 1]! + 1
        : Math.max(best[i - 1]![j]!, best[i]![j - 1]!)
  const found: Pair[] = []
  let i = rows
  let j = columns
  while (i > 0 || j > 0) {
    if (i > 0 && j > 0 && same(i - 1, j - 1)) found.unshift([--i, --j])
    else if (j === 0 || (i > 0 && best[i - 1]![j]! >= best[i]![j - 1]!)) found.unshift([--i, -1])
    else found.unshift([-1, --j])
  }
  return found
}

const isPaired = ([left, right]: Pair): boolean => left >= 0 && right >= 0

const nodeOfLayer = ({ nodes }: NumberedPacket, layer: number): number =>
  nodes.findIndex(node => node.kind === 'layer' && node.layer === layer)

const inside = (left: NumberedPacket, right: NumberedPacket, [one, other]: Pair): ComparedLine[] =>
  compareInside(left, nodeOfLayer(left, one), right, nodeOfLayer(right, other))

const isSame = (left: NumberedPacket, right: NumberedPacket, pair: Pair): boolean =>
  isPaired(pair) && !inside(left, right, pair).some(({ differs, around }) => differs || around)

// ---- how they belong together ------------------------------------------------------------------------

const addressesOf = (v: LayerView): readonly string[] => v.protocol.addresses?.map(f => v.show(f)) ?? []

/** By the addresses of this pair, else of those around it, else, for a link, of the first ones inside it. */
function relationOf(
  left: NumberedPacket,
  right: NumberedPacket,
  aligned: readonly Pair[],
  of: number,
): Relation {
  const known = (pair: Pair) => isPaired(pair) && left.found.protocols[pair[0]]!.addresses !== undefined
  const around = aligned.findLastIndex((pair, i) => i <= of && known(pair))
  const at = around < 0 ? aligned.findIndex(known) : around
  const pair = aligned[at]
  if (pair === undefined) return 'other'
  const [source, destination] = addressesOf(left.found.layer(pair[0]))
  const [otherSource, otherDestination] = addressesOf(right.found.layer(pair[1]))
  if (source === otherDestination && destination === otherSource && source !== destination) return 'answer'
  if (source !== otherSource || destination !== otherDestination) return 'other'
  const carried = aligned.slice(at + 1)
  return carried.length > 0 && carried.every(each => isSame(left, right, each)) ? 'same' : 'later'
}

const relations: Readonly<Record<Relation, string>> = {
  answer: 'They go between the same two in opposite directions, as a question and its answer do.',
  same: 'Both carry the same: one packet at two places of its way, or sent twice.',
  later: 'They go from the same to the same, with something else to carry.',
  other: 'They do not go between the same two.',
}

function introduction(left: NumberedPacket, right: NumberedPacket, aligned: readonly Pair[]): Said[] {
  const relation = relationOf(left, right, aligned, aligned.length - 1)
  const quoting = quotes(left, right, aligned)
  const texts = [quoting ?? relations[relation]]
  for (const [detail, side] of [
    [left, 0],
    [right, 1],
  ] as const) {
    const own = aligned.flatMap(pair => (isPaired(pair) || pair[side] < 0 ? [] : [pair[side]]))
    const isTunnel = relation === 'same' && quoting === undefined
    if (own.length > 0) texts.push(addedText(detail, own, isTunnel))
  }
  return [...texts, ...encrypted(left, right)].map(said => ({ said, role: 'info', depth: 0 }))
}

/** That one of them is an error about the other, where its innermost headers are a quotation and those of the other are not. */
function quotes(left: NumberedPacket, right: NumberedPacket, aligned: readonly Pair[]): string | undefined {
  const [one, other] = aligned.findLast(isPaired) ?? [0, 0]
  if (left.found.quoted[one] === right.found.quoted[other]) return undefined
  const [told, about] = right.found.quoted[other] ? [right, left] : [left, right]
  return `Packet ${told.number} quotes a packet like ${about.number}: it is an error about it, and the quotation stands beside the original.`
}

function encrypted(left: NumberedPacket, right: NumberedPacket): string[] {
  const [one, other] = [lastOpaque(left.found), lastOpaque(right.found)]
  if (one !== undefined && one === other)
    return [`What ${one} carries is encrypted, and only its bytes can be compared.`]
  return [left, right].flatMap(({ found, number }) => {
    const shut = lastOpaque(found)
    return shut === undefined ? [] : [`What ${shut} carries in packet ${number} is encrypted.`]
  })
}

/** Headers that only this packet has, and what they cost. */
function addedText({ found, number }: NumberedPacket, own: readonly number[], isTunnel: boolean): string {
  const layers = own.map(layer => found.layer(layer))
  const sum = layers.reduce((all, { length }) => all + length, 0)
  const list = layers.map(({ protocol, length }) => `${protocol.short} ${length}`).join(' + ')
  const cost = layers.length === 1 ? '' : ` = ${sum}`
  const what = isTunnel ? ': the overhead of the tunnel' : ''
  return `Only packet ${number} has ${list}${cost} ${sum === 1 ? 'byte' : 'bytes'}${what}.`
}

const lastOpaque = (found: Dissection): string | undefined => {
  const at = found.statuses.slice(0, found.layerCount).lastIndexOf('opaque')
  return at < 0 ? undefined : found.protocols[at]!.short
}

// ---- header by header --------------------------------------------------------------------------------

function layerLines(
  left: NumberedPacket,
  right: NumberedPacket,
  pair: Pair,
  relation: Relation,
  whole: boolean,
): readonly DiffLine[] {
  if (!isPaired(pair)) return [onlyThere(left, right, pair)]
  const lines = inside(left, right, pair)
  const { short } = left.found.protocols[pair[0]]!
  const isOdd = lines.some(({ differs, around }) => differs || around)
  const shown = lines.filter(({ differs, around, names }) => whole || differs || around || names)
  return [
    { said: isOdd ? short : `${short}: the same in both`, role: isOdd ? 'title' : 'dim', depth: 0 },
    ...shown.flatMap(line => [line, ...whyRows(left, right, line, lines, relation)]),
  ]
}

function onlyThere(left: NumberedPacket, right: NumberedPacket, [one, other]: Pair): Said {
  const [detail, layer] = one >= 0 ? ([left, one] as const) : ([right, other] as const)
  const { protocol, length, summary } = detail.found.layer(layer)
  const said = `${protocol.short}: only in packet ${detail.number}, ${bytes(length)}: ${summary}`
  return { said: escapeControls(said), role: 'title', depth: 0 }
}

function whyRows(
  left: NumberedPacket,
  right: NumberedPacket,
  line: ComparedLine,
  all: readonly ComparedLine[],
  relation: Relation,
): Said[] {
  const said = line.differs ? why(left, right, line, all, relation) : ''
  return said === '' ? [] : [{ said, role: 'dim', depth: line.depth + 1 }]
}

/** Why a field that both have differs. */
function why(
  left: NumberedPacket,
  right: NumberedPacket,
  line: ComparedLine,
  all: readonly ComparedLine[],
  relation: Relation,
): string {
  const [one, other] = [recordAt(left, line.nodes[0]), recordAt(right, line.nodes[1])]
  if (one < 0 || other < 0) return ''
  const field = left.found.fields[one]!
  const reason = Object.hasOwn(reasons, field.name) ? reasons[field.name]! : ''
  if (reason === '')
    return field.values instanceof NumberSpace ? 'It announces what follows, and something else does.' : ''
  if (typeof reason === 'string') return reason
  const isOther = (each: ComparedLine) => each !== line && each.differs
  const change: Change = {
    before: left.found.values[one]!,
    after: right.found.values[other]!,
    relation,
    isSwapped: all.some(each => isOther(each) && each.left === line.right && each.right === line.left),
    others: all.filter(isOther).map(each => nameAt(left, each.nodes[0])),
  }
  return reason(change)
}

const recordAt = ({ nodes }: NumberedPacket, node: number): number => nodes[node]?.record ?? -1

const nameAt = (detail: NumberedPacket, node: number): string =>
  detail.found.fields[recordAt(detail, node)]?.name ?? ''
