/** A piece of a drawing or dump, and what it belongs to, for those who colour it or let the reader point at it. */
export type Mark = {
  readonly text: string
  /** Index of the layer. */
  readonly layer?: number
  /** Index of the tree node. */
  readonly node?: number
  /** Offset in its buffer. */
  readonly byte?: number
}

/** How grave a paragraph is. */
export type Tone = 'plain' | 'aside' | 'info' | 'warning' | 'error'

/** One field of a packet, as a bullet. What does not apply is empty. */
export type FieldItem = {
  readonly kind: 'field'
  /** 0: directly in the header; fields in groups and words are deeper. */
  readonly depth: number
  readonly label: string
  /** `0x0008`, `0x0000 bits 0–3`. */
  readonly place: string
  /** `8 bits`. */
  readonly width: string
  readonly hex: string
  readonly ascii: string
  /** The bits of the field among their neighbours: `0100 ....`. */
  readonly bits: string
  readonly value: string
  /** What it means, in sentences. */
  readonly text: string
  /** Where it is defined, where that is not the protocol’s own reference. */
  readonly section: string
  readonly layer: number
  readonly node: number
  /** Bytes [start, end) of the buffer that it lies in. */
  readonly buffer: number
  readonly start: number
  readonly end: number
}

/**
 * A text about a packet or a name, in pieces that each format lays out in its own way. No text holds control characters,
 * but every format escapes what has a meaning in it.
 */
export type Block =
  | { readonly kind: 'title' | 'section'; readonly text: string; readonly layer?: number }
  | { readonly kind: 'text'; readonly text: string; readonly tone?: Tone }
  /** A list item: a term, if any, and what there is to say about it; `aside` stands behind the term. */
  | {
      readonly kind: 'entry'
      /** 0: at the margin. */
      readonly depth?: number
      readonly term: string
      readonly aside: string
      readonly text: string
    }
  | FieldItem
  /** Numbers stand at the right of their columns: those whose head begins with a blank. */
  | {
      readonly kind: 'table'
      readonly heads: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }
  /** Lines of fixed width. */
  | {
      readonly kind: 'drawing'
      readonly lines: readonly (readonly Mark[])[]
      readonly dump?: number
    }

/** How much is said: `brief` leaves out the drawings of headers and what fields are for. */
export type Depth = 'brief' | 'full'

/** A text in its place in a line: `  text  `. */
export const centred = (text: string, width: number): string => {
  const left = Math.max(0, (width - text.length) >> 1)
  return (' '.repeat(left) + text).padEnd(width)
}

/** A sentence with its full stop; what packets say may bring one along. */
export const ended = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`)

/** `0x0014`. */
export const address = (at: number): string => `0x${at.toString(16).padStart(4, '0')}`

/** `0x0014–0x0027`; one byte stands alone. */
export const span = (start: number, end: number): string =>
  end - start === 1 ? address(start) : `${address(start)}–${address(end - 1)}`
