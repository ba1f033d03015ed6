import type {
  Arithmetic,
  Expression,
  Literal,
  Operand,
  Operator,
  Reference,
  Slice,
  Span,
} from './expression.ts'

// The display language, as far as tcpdump's is put into it. All that stands for a piece of text has the place of that piece.

const reference = ({ at, end }: Span, name: string): Reference => ({
  kind: 'reference',
  name,
  layers: undefined,
  spelling: undefined,
  at,
  end,
})

const literal = ({ at, end }: Span, text: string): Literal => ({
  kind: 'literal',
  text,
  quoted: 'no',
  at,
  end,
})

/** A field by its name, or what has been made of one. */
const left = (span: Span, of: Operand | string) => (typeof of === 'string' ? reference(span, of) : of)

/** `udp.length`. */
export const named = reference

/** `1500`. */
export const written = literal

/** `"em0"`. */
export const quoted = (span: Span, text: string): Literal => ({ ...literal(span, text), quoted: 'string' })

/** `ip.src == 10.0.0.1`. */
export const compared = (
  { at, end }: Span,
  of: Operand | string,
  operator: Operator,
  to: Operand | string,
): Expression => ({
  kind: 'compare',
  quantifier: undefined,
  operator,
  left: left({ at, end }, of),
  right: typeof to === 'string' ? literal({ at, end }, to) : to,
  at,
  end,
})

/** `tcp.port in {80..90}`; a range of one value is that value. */
export const ranged = (
  { at, end }: Span,
  of: Operand | string,
  ranges: readonly (readonly [from: string, to: string])[],
): Expression => ({
  kind: 'in',
  quantifier: undefined,
  negated: false,
  left: left({ at, end }, of),
  set: ranges.map(([from, to]) => ({
    from: literal({ at, end }, from),
    to: from === to ? undefined : literal({ at, end }, to),
  })),
  at,
  end,
})

/** `esp`. */
export const there = ({ at, end }: Span, of: Operand | string): Expression => ({
  kind: 'exists',
  of: left({ at, end }, of),
  at,
  end,
})

/** `ip[6:2]`, `ip[8]`. */
export const bytesOf = ({ at, end }: Span, of: string, from: number, length: number): Slice => ({
  kind: 'slice',
  of: reference({ at, end }, of),
  ranges: [{ from, length }],
  at,
  end,
})

/** `ip.len - ip.hdr_len`. */
export const combined = (
  { at, end }: Span,
  of: Operand,
  operator: Arithmetic['operator'],
  by: Operand,
): Arithmetic => ({ kind: 'arithmetic', operator, left: of, right: by, at, end })

const joined =
  (kind: 'and' | 'or') =>
  (all: readonly Expression[]): Expression =>
    all.reduce((left, right) => beside(kind, left, right))

/** What is joined alike stands in a row, without parentheses. */
function beside(kind: 'and' | 'or', left: Expression, right: Expression): Expression {
  if (right.kind === kind) return beside(kind, beside(kind, left, right.left), right.right)
  return { kind, left, right, at: left.at, end: Math.max(left.end, right.end) }
}

/** One of them, at least one given. */
export const either = joined('or')

/** All of them, at least one given. */
export const both = joined('and')

/** Not so. */
export const denied = ({ at, end }: Span, of: Expression): Expression => ({ kind: 'not', of, at, end })
