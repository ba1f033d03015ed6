/** Where something stands in the text that was typed: its first character, and the one behind its last. */
export type Span = { readonly at: number; readonly end: number }

/**
 * A display filter as it was typed, checked or not. tcpdump's language is read into the same tree, so that it can be
 * shown in this one.
 */
export type Expression = Logical | Negation | Existence | Comparison | Membership | StackTest

export type Logical = Span & {
  readonly kind: 'and' | 'or' | 'xor'
  readonly left: Expression
  readonly right: Expression
}

export type Negation = Span & { readonly kind: 'not'; readonly of: Expression }

/** True where the protocol or field is there, or where the value has a bit that is not zero: `ip`, `gre.key`, `ip.flags & 0x2`. */
export type Existence = Span & { readonly kind: 'exists'; readonly of: Operand }

/** `==` is any_eq, `!=` all_ne, `===` all_eq, `~=` any_ne, as in Wireshark 4. */
export type Operator = '==' | '!=' | '===' | '~=' | '<' | '<=' | '>' | '>=' | 'contains' | 'matches'

export type Comparison = Span & {
  readonly kind: 'compare'
  /** Written in front of the comparison; none: as the operator says. */
  readonly quantifier: 'any' | 'all' | undefined
  readonly operator: Operator
  readonly left: Operand
  readonly right: Operand
}

/** `tcp.port in {80, 443, 8000..8080}`; `negated`: `not in`. */
export type Membership = Span & {
  readonly kind: 'in'
  readonly quantifier: 'any' | 'all' | undefined
  readonly negated: boolean
  readonly left: Operand
  readonly set: readonly { readonly from: Operand; readonly to: Operand | undefined }[]
}

/** `stack ~ "esp/ip/udp"`: protocols inside each other; one star stands for any one, two for any number of them. */
export type StackTest = Span & {
  readonly kind: 'stack'
  readonly negated: boolean
  readonly pattern: string
  /** Where the pattern stands. */
  readonly patternAt: Span
}

export type Operand = Reference | Literal | Slice | Arithmetic | Call

/** A protocol or a field by its filter name, and in which of several layers of that protocol it is looked for. */
export type Reference = Span & {
  readonly kind: 'reference'
  /** As it was typed, without what tells the layers: `ip.src`. */
  readonly name: string
  /** Layers of that protocol that count, undefined: all of them. `outer.` is 1, `inner.` is -1, `ip[0].src` is 1. */
  readonly layers: readonly LayerRange[] | undefined
  /** How the layers were told, so that the text can be written again. */
  readonly spelling: 'prefix' | 'index' | 'operator' | undefined
}

/** Layers of one protocol, the outermost one is 1, the innermost -1; both ends count. */
export type LayerRange = { readonly from: number; readonly to: number }

/** A number, a name, an address, bytes: what it is depends on what it is compared with. */
export type Literal = Span & {
  readonly kind: 'literal'
  /** As it was typed, in a string without quotes and escapes. */
  readonly text: string
  readonly quoted: 'no' | 'string' | 'character'
}

/** Bytes of a value: `[2]`, `[0:3]`, `[1-2]`, `[:4]`, `[-4:]`, several with commas. */
export type Slice = Span & {
  readonly kind: 'slice'
  readonly of: Operand
  readonly ranges: readonly { readonly from: number; readonly length: number | undefined }[]
}

export type Arithmetic = Span & {
  readonly kind: 'arithmetic'
  readonly operator: '+' | '-' | '*' | '/' | '%' | '&'
  /** undefined: the minus in front of a value. */
  readonly left: Operand | undefined
  readonly right: Operand
}

/** `len(…)`, `count(…)`, `lower(…)`, `upper(…)`, `string(…)`, `min(…)`, `max(…)`, `abs(…)`. */
export type Call = Span & {
  readonly kind: 'call'
  readonly name: string
  readonly arguments: readonly Operand[]
}
