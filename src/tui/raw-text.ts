import { gutter } from './ladder-lines.ts'
import { remembered } from './layout.ts'
import type { Reducers } from './reduce.ts'
import type { Detail, Place, State } from './state.ts'
import { type Row, wrap } from './text.ts'

/** A packet as tcpdump prints it. */
export type RawView = Place & {
  /** The packet of which this is the text; undefined: nobody has written it yet. */
  readonly of: Detail | undefined
  readonly text: string
}

/** The packet as text, over the panes. */
export const reducers: Reducers<'raw' | 'raw-text'> = {
  raw: state =>
    state.detail
      ? { ...state, message: undefined, raw: { cursor: 0, top: 0, of: undefined, text: '' } }
      : { ...state, message: { text: 'there is no packet', severity: 'info' } },
  'raw-text': (state, { of, text }) => (state.raw ? { ...state, raw: { ...state.raw, of, text } } : state),
}

/** A line of a dump: it is as wide as it is. */
const isDump = /^ *(0x)?[\da-f]{4}: /
const tab = ' '.repeat(8)

export const rawLines = remembered(
  ({ raw, size }: State) => [raw?.text ?? '', size.columns - gutter] as const,
  (text, columns): readonly string[] =>
    text
      .trimEnd()
      .split('\n')
      .flatMap(line => broken(line.replaceAll('\t', tab), columns)),
)

/** A long line in several, each as far to the right as the first. */
function broken(line: string, columns: number): readonly string[] {
  if (line.length <= columns || isDump.test(line)) return [line]
  const blank = ' '.repeat(Math.min(line.search(/\S/), columns >> 1))
  return wrap(line.trimStart(), columns - blank.length).map(part => blank + part)
}

export const rawTitle = ({ raw }: State): Row => [
  { text: raw?.of ? `Packet ${raw.of.number} as text` : '', role: 'title' },
]

export const rawHeads = (): Row => [{ text: 'as vpnscope -nXXvvv prints it; yp copies it', role: 'dim' }]

export const rawRow = (state: State, index: number): Row => [{ text: rawLines(state)[index] ?? '' }]
