import { newDissector } from '../../dissectors/index.ts'
import type { Dissection } from '../../src/dissect/dissection.ts'
import { Session } from '../../src/dissect/session.ts'
import type { Frame } from '../../src/frame.ts'
import { type Explanation, explain } from '../../src/print/explanation.ts'
import { type NodeText, nodeText, type TreeNode, treeNodes } from '../../src/print/tree-nodes.ts'
import { captureFile, framesOf } from '../captures.ts'

/** A frame's tree, and its nodes by path. */
export type Tree = {
  readonly found: Dissection
  readonly nodes: TreeNode[]
  /** Throws where the packet has no such node. */
  index(path: string): number
  text(path: string): NodeText
  explain(path: string): Explanation
}

/** Good until the dissection is used again. */
export function treeOf(found: Dissection): Tree {
  const nodes = treeNodes(found)
  const index = (path: string) => {
    const at = nodes.findIndex(node => node.path === path)
    if (at < 0) throw new Error(`no ${path} in: ${nodes.map(node => node.path).join(', ')}`)
    return at
  }
  return {
    found,
    nodes,
    index,
    text: path => nodeText(found, nodes, nodes[index(path)]!),
    explain: path => explain(found, nodes, index(path)),
  }
}

export const treeOfFrame = (frame: Frame): Tree => treeOf(newDissector().dissect(frame, 'noted'))

/** Packet `number` of a bundled capture, after those before it. */
export async function treeInCapture(name: string, number: number): Promise<Tree> {
  const dissector = newDissector(new Session())
  const frames = await framesOf(captureFile(name), number)
  for (const frame of frames.slice(0, -1)) dissector.dissect(frame, 'noted')
  return treeOf(dissector.dissect(frames[number - 1]!, 'noted'))
}
