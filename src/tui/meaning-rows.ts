import type { Block } from '../print/prose.ts'
import { type ProseLine, proseLines } from '../print/prose-text.ts'
import { explainName } from '../print/reference.ts'
import { gutter } from './ladder-lines.ts'
import { remembered } from './layout.ts'
import type { State } from './state.ts'
import type { Row } from './text.ts'

/** Lines are no longer than people like to read. */
const longestLine = 110

/** The lines about the name that was looked up; the first title stands above them. */
export const meaningLines = remembered(
  ({ meaning, size }: State) =>
    [meaning?.name ?? '', Math.min(size.columns - gutter, longestLine)] as [string, number],
  (name, columns): readonly ProseLine[] => proseLines(blocksOf(name).slice(1), columns),
)

const blocksOf = (name: string): readonly Block[] => (name === '' ? [] : (explainName(name) ?? []))

export function meaningTitle({ meaning }: State): Row {
  const [first] = blocksOf(meaning?.name ?? '')
  return [{ text: first?.kind === 'title' ? first.text : '', role: 'title' }]
}

export const meaningHeads = ({ meaning }: State): Row => {
  const back = meaning?.trail.at(-1)
  return back === undefined ? [] : [{ text: `Backspace: back to ${back}`, role: 'dim' }]
}

export const meaningRow = (state: State, index: number): Row => meaningLines(state)[index]?.row ?? []
