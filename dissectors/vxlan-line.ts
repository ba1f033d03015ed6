import type { Field } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'

/** `VXLAN vni 7: ` and what is inside. */
export function printNetwork(name: string, identifier: Field): (v: LayerView, line: Line) => void {
  return (v, line) => {
    line.out.ascii(name)
    if (v.has(identifier)) line.out.ascii(' vni ').decimal(v.number(identifier))
    if (v.next === undefined) return
    line.out.ascii(': ')
    line.inner(v)
  }
}
