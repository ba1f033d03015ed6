import type { Dissection } from '../dissect/dissection.ts'
import type { Block } from './prose.ts'
import { fieldItem } from './prose-field.ts'
import { absence, nodeOf, type Tour } from './tour.ts'
import type { TourFile } from './tours.ts'
import { treeNodes } from './tree-nodes.ts'

/** What a tour begins with. */
export const tourHeading = ({ title, about, capture }: Tour): Block[] => [
  { kind: 'title', text: title },
  { kind: 'text', text: about },
  {
    kind: 'text',
    tone: 'aside',
    text: `It goes through ${capture}. On a terminal, Space walks through it on the screen.`,
  },
]

/** A step of a tour with the bytes that it is about. `found`: the packet of the step. */
export function stepBlocks(tour: Tour, index: number, found: Dissection): Block[] {
  const step = tour.steps[index]!
  const nodes = treeNodes(found)
  const node = nodeOf(found, nodes, step)
  const heading = `${index + 1} of ${tour.steps.length}, packet ${step.packet}`
  const told = { fields: new Set<never>(), protocols: new Set<never>(), sentences: new Set<string>() }
  const isField = node !== undefined && nodes[node]?.kind === 'field'
  return [
    { kind: 'section', text: heading },
    ...(node === undefined ? [{ kind: 'text', tone: 'warning', text: absence(step) } as const] : []),
    ...(isField ? [{ ...fieldItem(found, nodes, node, 'brief', told), depth: 0, text: '' }] : []),
    { kind: 'text', text: step.text },
  ]
}

/** The list of tours. */
export const tourList = (tours: readonly TourFile[]): Block[] => [
  { kind: 'title', text: 'Guided tours' },
  {
    kind: 'table',
    heads: ['name', ' steps', 'what one learns'],
    rows: tours.map(({ tour }) => [tour.name, String(tour.steps.length), `${tour.title}. ${tour.about}`]),
  },
  { kind: 'text', tone: 'aside', text: 'vpnscope learn NAME begins one; a file of one’s own ends in .json.' },
]
