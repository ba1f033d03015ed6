import type { Block } from '../print/prose.ts'
import { proseLines } from '../print/prose-text.ts'
import { lessonEntries, valueEntries } from '../print/reference.ts'
import { longestLine } from './explanation-rows.ts'
import { keyText } from './help-rows.ts'
import { bindingOf } from './keymap.ts'
import type { Detail, State } from './state.ts'
import type { Row } from './text.ts'
import { isWalking } from './walk-mode.ts'

/** Rows from which on it is worth beginning. */
const least = 4

/**
 * What a walk adds below the explanation where `room` rows are left: the values that the field could have, or what the header
 * does not tell, such as what its protocol protects. What does not fit is left to the key that shows all of it.
 */
export function furtherRows(state: State, columns: number, room: number): readonly Row[] {
  const { detail, selected } = state
  if (!isWalking(state) || detail === undefined || room < least) return []
  const rows = proseLines(blocksOf(detail, selected), Math.min(columns, longestLine)).map(({ row }) => row)
  if (rows.length === 0) return []
  if (rows.length < room) return [[], ...rows]
  const key = keyText(bindingOf('meaning')?.keys[0] ?? '')
  return [
    [],
    ...rows.slice(0, room - 2),
    [
      { text: key, role: 'key' },
      { text: ' shows the rest', role: 'dim' },
    ],
  ]
}

function blocksOf({ found, nodes }: Detail, selected: number): readonly Block[] {
  const node = nodes[selected]
  if (node?.kind === 'field') return valueEntries(found.fields[node.record]!)
  const lesson = node?.kind === 'layer' ? found.layer(node.layer).protocol.lesson : undefined
  return lesson === undefined ? [] : lessonEntries(lesson)
}
