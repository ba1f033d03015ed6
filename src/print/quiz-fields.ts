import type { Dissection } from '../dissect/dissection.ts'
import { bytes } from '../dissect/field.ts'
import { NumberSpace, nameOf, numberOf } from '../dissect/number-space.ts'
import { nodeAt, recordRange } from './node-ranges.ts'
import { address, span } from './prose.ts'
import { type Asked, askedFields, headerName } from './quiz-places.ts'
import { type Draft, shuffled, wrongChoices } from './quiz-question.ts'
import type { TreeNode } from './tree-nodes.ts'

/** "Which byte holds the Time to live of the inner IPv4 header?" The cursor is elsewhere. */
export function fieldQuestions(found: Dissection, nodes: readonly TreeNode[]): Draft[] {
  return askedFields(found, nodes).map(asked => {
    const { node, layer, record, start, end } = asked
    const { label } = found.fields[record]!
    const key = `where ${nodes[node]!.path}`
    return {
      key,
      make: () => ({
        key,
        text: `Which byte ${end - start > 1 ? 'belongs to' : 'holds'} the field “${label}” of ${headerName(found, layer)}?`,
        wanted: { kind: 'byte', start, end },
        cursor: start === 0 ? found.frame.capturedLength - 1 : 0,
        node,
        answer: `“${label}” is ${placeOf(found, asked)} of the frame: ${offsetText(found, asked)}.`,
      }),
    }
  })
}

const placeOf = (found: Dissection, { record, start, end }: Asked): string => {
  const { bit, bits } = recordRange(found, record)
  const where = `${end - start === 1 ? 'byte' : 'bytes'} ${span(start, end)}`
  if (bit === 0 && bits % 8 === 0) return where
  return bits === 1 ? `bit ${bit} of ${where}` : `bits ${bit} to ${bit + bits - 1} of ${where}`
}

/** How one finds it: by counting from where its header begins. */
function offsetText(found: Dissection, { layer, start }: Asked): string {
  const begin = found.starts[layer]!
  const { short } = found.protocols[layer]!
  return start === begin
    ? `the ${short} header begins with it, at ${address(begin)}`
    : `the ${short} header begins at ${address(begin)}, and it comes ${bytes(start - begin)} later`
}

/** "Which field is byte 0x0016?" and "What does 47 mean there?", with four answers to choose from. */
export function choiceQuestions(found: Dissection, nodes: readonly TreeNode[]): Draft[] {
  const fields = askedFields(found, nodes)
  return fields.flatMap(asked => [
    ...whichField(found, nodes, asked, fields),
    ...whatMeans(found, nodes, asked),
  ])
}

function whichField(
  found: Dissection,
  nodes: readonly TreeNode[],
  asked: Asked,
  all: readonly Asked[],
): Draft[] {
  const { node, layer, record, start } = asked
  const { bit, bits } = recordRange(found, record)
  const label = ({ record: of }: Asked) => found.fields[of]!.label
  const others = all.filter(other => other.layer === layer && other !== asked).map(label)
  // A byte that several fields share has no one answer.
  if (bit !== 0 || bits % 8 !== 0 || nodeAt(found, nodes, 0, start) !== node) return []
  if (new Set(others).size < wrongChoices) return []
  const key = `which ${nodes[node]!.path}`
  return [
    {
      key,
      make: random => ({
        key,
        text: `Byte ${address(start)}, under the cursor, lies in ${headerName(found, layer)}. Which field does it belong to?`,
        wanted: shuffled(label(asked), others, random),
        cursor: start,
        node,
        answer: `It belongs to “${label(asked)}”, ${placeOf(found, asked)}: ${offsetText(found, asked)}.`,
      }),
    },
  ]
}

function whatMeans(found: Dissection, nodes: readonly TreeNode[], asked: Asked): Draft[] {
  const { node, layer, record, start } = asked
  const { values, label } = found.fields[record]!
  const value = found.values[record]!
  if (values === undefined || found.fields[record]!.read !== undefined) return []
  const name = nameOf(values, value)
  const names = Object.values(values instanceof NumberSpace ? values.names : values)
  if (name === undefined || new Set(names).size <= wrongChoices) return []
  const key = `means ${nodes[node]!.path}`
  return [
    {
      key,
      make: random => ({
        key,
        text: `The field “${label}” of ${headerName(found, layer)}, under the cursor, has the value ${numberOf(values, value)}. What does that stand for?`,
        wanted: shuffled(name, names, random),
        cursor: start,
        node,
        answer: `${numberOf(values, value)} stands for “${name}”.`,
      }),
    },
  ]
}
