import { Associations, type GivenAssociation } from './associations.ts'
import type { NumberSpace } from './number-space.ts'
import type { Protocol } from './protocol.ts'

/** Numbers behind which the user wants a protocol. */
export type Rule = {
  /** What the user calls the numbers: `udp.port`, `gre.proto`. */
  readonly table: string
  readonly space: NumberSpace
  /** The numbers of this protocol only; undefined: wherever they stand. */
  readonly of: Protocol | undefined
  readonly first: number
  readonly last: number
  readonly protocol: Protocol
}

/**
 * What the user says about packets that they do not say themselves: what is decoded otherwise than the number tables have it,
 * and what is known of security associations. Where several rules fit, the last one counts.
 */
export class Rules {
  readonly list: readonly Rule[]
  readonly associations: Associations

  constructor(list: readonly Rule[] = [], associations = new Associations()) {
    this.list = list
    this.associations = associations
  }

  /** Nothing was said. */
  get isEmpty(): boolean {
    return this.list.length === 0 && this.associations.list.length === 0
  }

  /** These rules and a further one, which takes the place of one for the same numbers. */
  with(rule: Rule): Rules {
    const { table, first, last } = rule
    const others = this.list.filter(
      other => other.table !== table || other.first !== first || other.last !== last,
    )
    return new Rules([...others, rule], this.associations)
  }

  /** The same, and a further association. */
  knowing(association: GivenAssociation): Rules {
    return new Rules(this.list, this.associations.with(association))
  }

  /** Decoded as the numbers say; what is known of associations stays. */
  cleared(): Rules {
    return new Rules([], this.associations)
  }

  /** What is wanted behind a number that stands in a header of the protocol `of`. */
  find(space: NumberSpace, number: number, of: Protocol): Rule | undefined {
    for (let i = this.list.length - 1; i >= 0; i--) {
      const rule = this.list[i]!
      if (rule.space !== space || number < rule.first || number > rule.last) continue
      if (rule.of === undefined || rule.of === of) return rule
    }
    return undefined
  }

  /** As they can be typed again: `udp.port=51000:wg`. */
  toString(): string {
    return this.list
      .map(({ table, space, first, last, protocol }) => {
        const numbers = first === last ? space.show(first) : `${space.show(first)}-${space.show(last)}`
        return `${table}=${numbers}:${protocol.id}`
      })
      .join(' ')
  }
}
