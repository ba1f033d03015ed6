import type { Verdict } from '../follow/story.ts'

/** What a row of a ladder tells. */
export type LadderKind =
  /** What came of it, then who and where, and what is not shown. */
  | 'headline'
  | 'detail'
  /** What happened, why that usually is, what to look at next. */
  | 'verdict'
  | 'cause'
  | 'advice'
  /** The peers above their columns; the same where one of them moves to another port or address. */
  | 'peers'
  | 'moved'
  | 'message'
  /** The same message again, folded. */
  | 'repeat'
  | 'refusal'
  | 'association'
  /** Offers beside the choice: the heading, a kind of algorithm, what to do about it. */
  | 'table'
  | 'choice'
  | 'hint'

/** `short`: what pieces are counted as where they have no room: `N×4`; empty: they are always told. */
export type Piece = { readonly text: string; readonly short: '' | 'N' | 'V' }

/** One row of a ladder, free of widths and colours: text and screen draw the same rows. */
export type LadderRow = {
  readonly kind: LadderKind
  /** The packet to jump to; 0: none. */
  readonly packet: number
  /** Seconds since the row before, as text; empty: nothing to tell. */
  readonly gap: string
  /** The side where the arrow's head is; the initiator stands on the left. */
  readonly arrow: 'right' | 'left' | 'none'
  readonly text: string
  /** What an arrow carries besides, in order; in a table, the offers. */
  readonly pieces: readonly Piece[]
  /** What stands in the right column: of peers and of tables. */
  readonly right: string
  readonly severity: Verdict['severity'] | undefined
}

const nothing: Omit<LadderRow, 'kind' | 'text'> = {
  packet: 0,
  gap: '',
  arrow: 'none',
  pieces: [],
  right: '',
  severity: undefined,
}

/** A row of which all is empty that is not said. */
export const row = (kind: LadderKind, text: string, rest: Partial<LadderRow> = {}): LadderRow => ({
  ...nothing,
  kind,
  text,
  ...rest,
})

export const pieces = (texts: readonly string[]): Piece[] => texts.map(text => ({ text, short: '' }))
