import { data } from '../dissect/data.ts'
import type { Dissection } from '../dissect/dissection.ts'
import { bytes } from '../dissect/field.ts'
import { announcer } from './about-layer.ts'
import { askedLayers, headerName, nodeOfLayer } from './quiz-places.ts'
import type { Draft } from './quiz-question.ts'
import type { TreeNode } from './tree-nodes.ts'

/** "What follows the GRE header, whose protocol type is 0x0800?" */
export function nextQuestions(found: Dissection, nodes: readonly TreeNode[]): Draft[] {
  return askedLayers(found).flatMap((layer): Draft[] => {
    const v = found.layer(layer)
    const { next } = v
    if (next === undefined || next.protocol === data || next.quoted) return []
    const told = announcer(v, next)
    if (told === undefined) return []
    const { id, short, name, lesson } = next.protocol
    const key = `next ${layer}`
    return [
      {
        key,
        make: () => ({
          key,
          text: `${told} stands in header ${layer + 1}, ${v.protocol.short}. Which protocol follows?`,
          wanted: { kind: 'name', names: [id, short, name, ...(lesson?.also ?? [])] },
          cursor: found.starts[layer]!,
          node: nodeOfLayer(nodes, next.index),
          answer: `${told} says that ${short} follows${name === short ? '' : `: ${name}`}.`,
        }),
      },
    ]
  })
}

/** "How many bytes does the tunnel add?" Asked where a packet of a network is inside another, and nothing of the tunnel lies behind it. */
export function overheadQuestions(found: Dissection, nodes: readonly TreeNode[]): Draft[] {
  const networks = askedLayers(found).filter(layer => found.protocols[layer]!.addresses !== undefined)
  const [outer] = networks
  const inner = networks.at(-1)
  if (outer === undefined || inner === undefined || outer === inner) return []
  const between = Array.from({ length: inner - outer }, (_, i) => found.layer(outer + i))
  const sum = between.reduce((all, { length }) => all + length, 0)
  if (sum !== found.starts[inner]! - found.starts[outer]!) return []
  const list = between.map(({ protocol, length }) => `${protocol.short} ${length}`).join(' + ')
  const key = 'overhead'
  return [
    {
      key,
      make: () => ({
        key,
        text: `How many bytes does the tunnel add: ${headerName(found, outer)} and all that comes after it, up to where ${headerName(found, inner)} begins?`,
        wanted: { kind: 'number', value: sum },
        cursor: 0,
        node: nodeOfLayer(nodes, outer),
        answer: `${list}${between.length > 1 ? ` = ${sum}` : ''}: the tunnel adds ${bytes(sum)} to every packet.`,
      }),
    },
  ]
}
