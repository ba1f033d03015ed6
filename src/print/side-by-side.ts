import type { Dissection } from '../dissect/dissection.ts'
import { nodeText, type TreeNode } from './tree-nodes.ts'

/** A packet with its number and its tree. */
export type NumberedPacket = {
  readonly number: number
  readonly found: Dissection
  readonly nodes: readonly TreeNode[]
}

/** A line of one message beside that of the other. */
export type ComparedLine = {
  readonly depth: number
  readonly label: string
  /** Undefined: this message has no such line. Empty: a group. */
  readonly left: string | undefined
  readonly right: string | undefined
  readonly differs: boolean
  /** Something inside it differs. */
  readonly around: boolean
  /** The same on both sides, and says what the group is in which something differs. */
  readonly names: boolean
  /** Where the line stands in the tree of each message; -1: it has no such line. */
  readonly nodes: readonly [left: number, right: number]
}

/** A line of a tree with what is inside it. */
type Line = {
  readonly node: number
  readonly depth: number
  readonly label: string
  readonly value: string
  readonly inner: readonly Line[]
  /** The lines inside it, at any depth, as texts, each once. */
  readonly texts: ReadonlySet<string>
}

/** Pairs of neighbours that are tried one with another; where there are more, they are taken in order. */
const tried = 10_000

/** Two messages line by line: what is in both stands side by side, and so does what has taken the place of another. */
export const compare = (left: NumberedPacket, right: NumberedPacket): ComparedLine[] =>
  merged(linesOf(left), linesOf(right))

/** The same for what is inside one node of each. */
export const compareInside = (
  left: NumberedPacket,
  inLeft: number,
  right: NumberedPacket,
  inRight: number,
): ComparedLine[] =>
  merged(
    siblings(left, inLeft + 1, left.nodes[inLeft]!.end, 1),
    siblings(right, inRight + 1, right.nodes[inRight]!.end, 1),
  )

/** The tree from the IKE message on, where there is one, else all of it. */
function linesOf(detail: NumberedPacket): Line[] {
  const { found, nodes } = detail
  const isMessage = (layer: number) => found.protocols[layer]!.id === 'isakmp' && found.quoted[layer] === 0
  // A message that came in fragments is inside its last one.
  const isInner = (layer: number) => isMessage(layer) && found.layer(layer).next?.protocol.id !== 'isakmp'
  const first = nodes.findIndex(({ kind, layer }) => kind === 'layer' && isInner(layer))
  return siblings(detail, Math.max(0, first), nodes.length, 0)
}

function siblings(detail: NumberedPacket, from: number, until: number, depth: number): Line[] {
  const lines: Line[] = []
  for (let i = from; i < until; i = detail.nodes[i]!.end) {
    const node = detail.nodes[i]!
    const { label, value, severity } = nodeText(detail.found, detail.nodes, node)
    // The line of a layer says what its fields say.
    const own = node.kind === 'layer' ? '' : value
    const inner = siblings(detail, i + 1, node.end, depth + 1)
    const texts = new Set(inner.flatMap(line => [`${line.label} ${line.value}`, ...line.texts]))
    lines.push({ node: i, depth, label: severity ?? label, value: own, inner, texts })
  }
  return lines
}

function merged(left: readonly Line[], right: readonly Line[]): ComparedLine[] {
  const blocks = pairs(left, right).map(([one, other]): readonly ComparedLine[] => {
    const line = (one ?? other)!
    const inner = one && other ? merged(one.inner, other.inner) : alone(line.inner, one !== undefined)
    const differs = one?.value !== other?.value
    const around = inner.some(each => each.differs || each.around)
    const { depth, label } = line
    const nodes = [one?.node ?? -1, other?.node ?? -1] as const
    const values = { left: one?.value, right: other?.value }
    return [{ depth, label, ...values, differs, around, names: false, nodes }, ...inner]
  })
  const isOdd = blocks.some(([head]) => head!.differs || head!.around)
  return blocks.flatMap(([head, ...inner]) => [
    { ...head!, names: isOdd && head!.depth > 1 && !head!.differs && naming.test(head!.label) },
    ...inner,
  ])
}

/** Labels of fields that say what the group around them is. */
const naming = /\b(type|id|method|number)\b/i

const alone = (lines: readonly Line[], isLeft: boolean): ComparedLine[] =>
  isLeft ? merged(lines, []) : merged([], lines)

type Pair = readonly [left: Line | undefined, right: Line | undefined]

/** Who stands beside whom: those that are most alike, in order. */
function pairs(left: readonly Line[], right: readonly Line[]): Pair[] {
  if (left.length * right.length > tried)
    return Array.from({ length: Math.max(left.length, right.length) }, (_, i) => i).flatMap((i): Pair[] =>
      left[i]?.label === right[i]?.label
        ? [[left[i], right[i]]]
        : [
            ...(left[i] ? [[left[i], undefined] as const] : []),
            ...(right[i] ? [[undefined, right[i]] as const] : []),
          ],
    )
  // best[i][j]: how much alike the lines from i and j on can be made.
  const best = Array.from({ length: left.length + 1 }, () => new Float64Array(right.length + 1))
  const scores = left.map(one => right.map(other => likeness(one, other)))
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      best[i]![j] = Math.max(
        best[i + 1]![j]!,
        best[i]![j + 1]!,
        scores[i]![j]! > 0 ? scores[i]![j]! + best[i + 1]![j + 1]! : 0,
      )
  const found: Pair[] = []
  let i = 0
  let j = 0
  while (i < left.length && j < right.length) {
    const score = scores[i]![j]!
    if (score > 0 && best[i]![j] === score + best[i + 1]![j + 1]!) found.push([left[i++], right[j++]])
    else if (best[i]![j] === best[i + 1]![j]) found.push([left[i++], undefined])
    else found.push([undefined, right[j++]])
  }
  while (i < left.length) found.push([left[i++], undefined])
  while (j < right.length) found.push([undefined, right[j++]])
  return found
}

/** 0: they have nothing to do with each other; 2: they say the same. */
function likeness(one: Line, other: Line): number {
  if (one.label !== other.label) return 0
  if (one.texts.size === 0 || other.texts.size === 0) return one.value === other.value ? 2 : 1
  // The smaller one is gone through: a long line may stand beside thousands of short ones.
  const [few, many] = one.texts.size < other.texts.size ? [one.texts, other.texts] : [other.texts, one.texts]
  let same = 0
  for (const text of few) if (many.has(text)) same++
  return 0.5 + (1.5 * same) / many.size
}
