import type { Block } from '../print/prose.ts'
import { type ProseLine, proseLines } from '../print/prose-text.ts'
import { explainName } from '../print/reference.ts'
import { gutter } from './ladder-lines.ts'
import { remembered } from './layout.ts'
import type { State } from './state.ts'
import type { Row } from './text.ts'

/** Lines are no longer than people like to read. */
const longestLine = 110

/** What there is to say about the name that was looked up, as blocks. */
const blocksOf = remembered(
  ({ meaning }: State) => [meaning?.name ?? ''] as [string],
  (name): readonly Block[] => (name === '' ? [] : (explainName(name) ?? [])),
)

/** The same in lines; the first title stands above them. */
export const meaningLines = remembered(
  (state: State) =>
    [blocksOf(state), Math.min(state.size.columns - gutter, longestLine)] as [readonly Block[], number],
  (blocks, columns): readonly ProseLine[] => proseLines(blocks.slice(1), columns),
)

export function meaningTitle(state: State): Row {
  const [first] = blocksOf(state)
  return [{ text: first?.kind === 'title' ? first.text : '', role: 'title' }]
}

export const meaningHeads = ({ meaning }: State): Row => {
  const back = meaning?.trail.at(-1)
  return back === undefined ? [] : [{ text: `Backspace: back to ${back}`, role: 'dim' }]
}

export const meaningRow = (state: State, index: number): Row => meaningLines(state)[index]?.row ?? []
