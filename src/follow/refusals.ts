import { icmp } from '../../dissectors/icmp.ts'
import { codes, f as icmpFields } from '../../dissectors/icmp-fields.ts'
import { icmpv6 } from '../../dissectors/icmpv6.ts'
import { codes as codes6, f as icmpv6Fields } from '../../dissectors/icmpv6-fields.ts'
import type { Dissection } from '../dissect/dissection.ts'
import type { Field } from '../dissect/field.ts'
import type { LayerView } from '../dissect/layer-view.ts'
import { nameOf } from '../dissect/number-space.ts'
import { pathOf } from './path.ts'
import type { Refusal } from './story.ts'

/** The ICMP error that quotes `layer`; `about`: the packet that it quotes. Undefined where it is no ICMP that quotes. */
export function refusalOf(
  found: Dissection,
  layer: number,
  time: number,
  about: number,
): Refusal | undefined {
  let error = found.outers[layer]!
  while (error >= 0 && found.quoted[error] === 1) error = found.outers[error]!
  const path = error < 0 ? undefined : pathOf(found, error)
  const reason = error < 0 ? undefined : reasonOf(found.layer(error))
  if (path === undefined || reason === undefined) return undefined
  return { packet: found.frame.number, time, from: path.from.address, reason, about }
}

/** `port unreachable`, `time exceeded`: the code's name, or the type's where codes have no names. */
function reasonOf(view: LayerView): string | undefined {
  if (view.protocol === icmp) return inWords(view, icmpFields.type, codes)
  if (view.protocol === icmpv6) return inWords(view, icmpv6Fields.type, codes6)
  return undefined
}

function inWords(view: LayerView, typeField: Field, codes: readonly (Field | undefined)[]): string {
  const type = view.number(typeField)
  const codeField = codes[type]
  const names = codeField?.values
  const code = codeField && names && nameOf(names, view.number(codeField))
  const name = code ?? (typeField.values && nameOf(typeField.values, type)) ?? `type ${type}`
  return name.charAt(0).toLowerCase() + name.slice(1)
}
