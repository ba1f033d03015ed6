import type { Depth } from '../dissect/dissect.ts'
import type { Dissection } from '../dissect/dissection.ts'
import type { Field } from '../dissect/field.ts'
import type { Shape } from '../store/shapes.ts'
import type { Constant } from './constants.ts'
import type { LayerRange, Span } from './expression.ts'
import type { Named } from './names.ts'
import type { PacketFacts } from './packet-facts.ts'
import type { Spots } from './spots.ts'
import type { Kind, Value } from './values.ts'

/** Where values come from: a field, a literal, or what is calculated from them. */
export type Source = {
  readonly kind: Kind
  /** Where it was typed. */
  readonly span: Span
  /** The field itself, for the names of its values. */
  readonly named: Named | undefined
  /** A literal. */
  readonly constant: Constant | undefined
  /** A field at a fixed place, and the layers in which it counts. */
  readonly fixed: { readonly spots: Spots; readonly layers: readonly LayerRange[] | undefined } | undefined
  /** Adds all values that a packet has of it. */
  gather(found: Dissection, about: PacketFacts, into: Value[]): void
  /** The values of all packets of a shape, where the shape tells them. */
  ofShape?(shape: Shape): readonly Value[]
  /** True where a packet of that shape can have none. */
  isAbsent(shape: Shape): boolean
}

const depths: readonly Depth[] = ['peel', 'fields', 'verified', 'noted']

/** What the dissection has to do for a filter, found out while it is compiled. */
export class Needs {
  depth: Depth = 'peel'
  readonly fields = new Set<Field>()
  /** Where layers end and whether they are sound counts, not only what is in them. */
  whole = false
  /** The packets before have to be seen, all of them. */
  flows = false

  /** At least so closely. */
  look(depth: Depth): void {
    if (depths.indexOf(depth) > depths.indexOf(this.depth)) this.depth = depth
  }
}
