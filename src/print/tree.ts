import type { ByteWriter } from '../byte-writer.ts'
import type { Dissection } from '../dissect/dissection.ts'
import { type NodeText, nodeText, type TreeNode, treeNodes } from './tree-nodes.ts'

/** Where a layer's place and share end, where its summary leaves room. */
const lineWidth = 80
/** Labels longer than this push their value aside. */
const widestLabel = 34

/** The protocol tree as indented text: what the tree pane shows, with everything unfolded. */
export function printTree(out: ByteWriter, found: Dissection): void {
  const { frame } = found
  out.ascii(`Frame ${frame.number}: ${frame.wireLength} bytes on the wire`)
  if (frame.capturedLength < frame.wireLength) out.ascii(`, ${frame.capturedLength} captured`)
  out.ascii('\n')
  const nodes = treeNodes(found)
  for (const node of nodes) {
    const text = nodeText(found, nodes, node)
    const lines = node.kind === 'layer' ? layerLines(text) : [line(text, node, nodes)]
    for (const shown of lines) out.text(shown).ascii('\n')
  }
  out.ascii('\n')
}

/** What a layer lies in stands above it where its own line has no room. */
function layerLines({ label, value, aside, place, share }: NodeText): string[] {
  const right = `  ${place}  ${share.padStart(5)}`
  const width = lineWidth - right.length
  const left = `${label}  ${value}`
  if (aside === '') return [left.padEnd(width) + right]
  const both = `${left}  [${aside}]`
  return both.length <= width ? [both.padEnd(width) + right] : [`[${aside}]`, left.padEnd(width) + right]
}

const marks = { info: '·', warning: '!', error: '✗' } as const

function line(
  { label, value, bits, severity }: NodeText,
  node: TreeNode,
  nodes: readonly TreeNode[],
): string {
  if (node.kind === 'comment') return `  # ${value}`
  const indent = '  '.repeat(node.depth)
  if (severity !== undefined) return `${indent}${marks[severity]} ${value}`
  const shown = bits === '' ? value : `${bits} = ${value}`
  const width = Math.min(nodes[node.parent]!.labelWidth, widestLabel)
  return shown === '' ? `${indent}${label}` : `${indent}${label.padEnd(width)}  ${shown}`
}
