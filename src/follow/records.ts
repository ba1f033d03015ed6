import type { Field } from '../dissect/field.ts'
import { display, type LayerView, wideHex } from '../dissect/layer-view.ts'

/** The records of a layer's header, or of one group in it: [from, until), the outermost of them at depth `depth`. */
export class Records {
  readonly #layer: LayerView
  readonly #from: number
  readonly #until: number
  readonly #depth: number

  constructor(layer: LayerView, from: number, until: number, depth: number) {
    this.#layer = layer
    this.#from = from
    this.#until = until
    this.#depth = depth
  }

  /** All records of a layer's header. */
  static of(layer: LayerView): Records {
    const { found, index } = layer
    return new Records(layer, found.first[index]!, found.last[index]!, 0)
  }

  /** Each group of the outermost depth, with what is in it. */
  *groups(): Generator<readonly [field: Field, inside: Records]> {
    const { depths, fields } = this.#layer.found
    for (let i = this.#from; i < this.#until; i++) {
      const field = fields[i]!
      if (depths[i] !== this.#depth || field.type !== 'group') continue
      let end = i + 1
      while (end < this.#until && depths[end]! > this.#depth) end++
      yield [field, new Records(this.#layer, i + 1, end, this.#depth + 1)]
      i = end - 1
    }
  }

  /** What is in the groups of one field. */
  *groupsOf(field: Field): Generator<Records> {
    for (const [group, inside] of this.groups()) if (group === field) yield inside
  }

  /** Each field, of any depth, with its value (NaN where that is no number) and its text. */
  *all(): Generator<readonly [field: Field, value: number, show: () => string]> {
    const { found } = this.#layer
    for (let i = this.#from; i < this.#until; i++)
      yield [found.fields[i]!, found.values[i]!, () => display(found, i, this.#layer)]
  }

  /** The number in the first record of a field, NaN where there is none. */
  number(field: Field): number {
    const record = this.#find(field)
    return record < 0 ? Number.NaN : this.#layer.found.values[record]!
  }

  /** The bytes of the first record of a field as lower-case hex; empty where there is none. */
  hex(field: Field): string {
    const record = this.#find(field)
    return record < 0 ? '' : wideHex(this.#layer.found, record, this.#layer)
  }

  #find(field: Field): number {
    const { fields } = this.#layer.found
    for (let i = this.#from; i < this.#until; i++) if (fields[i] === field) return i
    return -1
  }
}
