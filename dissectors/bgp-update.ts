import { bytes, field } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { attributeFields } from './bgp-attribute-fields.ts'
import { walkAttributes } from './bgp-attributes.ts'
import { nlriFields, walkDestinations } from './bgp-nlri.ts'

// |   Withdrawn Routes Length     |  Withdrawn Routes …
// | Total Path Attribute Length   |  Path Attributes …
// |  Network Layer Reachability Information …

const f = {
  withdrawnLength: field('bgp.update.withdrawn_routes.length', 'Withdrawn routes length', {
    explain: 'Bytes of the list of IPv4 networks that are gone. 0 where none is.',
    section: 'RFC 4271 §4.3',
    show: bytes,
  }),
  withdrawn: field('bgp.update.withdrawn_routes', 'Withdrawn routes', {
    type: 'group',
    explain:
      'IPv4 networks that the sender told before and can no longer reach: the receiver forgets what it heard of them.',
    section: 'RFC 4271 §4.3',
  }),
  attributesLength: field('bgp.update.path_attributes.length', 'Total path attribute length', {
    explain: 'Bytes of all attributes. 0 where the message only takes routes back.',
    section: 'RFC 4271 §4.3',
    show: bytes,
  }),
  reached: field('bgp.update.nlri', 'Network layer reachability information', {
    type: 'group',
    explain: 'The IPv4 networks that are reached as the attributes say.',
    section: 'RFC 4271 §4.3',
  }),
}

export const updateFields = f

export function walkUpdate(r: Reader): void {
  const withdrawn = r.u16(f.withdrawnLength)
  if (withdrawn > 0) {
    r.open(f.withdrawn, withdrawn)
    walkDestinations(r, nlriFields.withdrawn, 32)
    r.close()
  }
  const attributes = r.u16(f.attributesLength)
  if (attributes > 0) walkAttributes(r, attributes)
  if (r.left === 0) return
  r.open(f.reached)
  walkDestinations(r, nlriFields.nlri, 32)
  r.close()
}

/** `UPDATE, 3 reached, 1 withdrawn`. */
export function updateText(v: LayerView): string {
  const reached = count(v, 'nlri') + count(v, 'reach4') + count(v, 'reach6')
  const withdrawn = count(v, 'withdrawn') + count(v, 'unreach4') + count(v, 'unreach6')
  const parts = ['UPDATE']
  if (reached > 0) parts.push(`${reached} reached`)
  if (withdrawn > 0) parts.push(`${withdrawn} withdrawn`)
  // Nothing at all says: that were all routes (RFC 4724 §2).
  if (parts.length === 1 && v.number(f.attributesLength) === 0) parts.push('end of routes')
  else if (parts.length === 1 && v.has(attributeFields.unreachFamily)) parts.push('end of routes')
  return parts.join(', ')
}

function count(v: LayerView, key: keyof typeof nlriFields): number {
  let n = 0
  for (let at = v.at(nlriFields[key]); at >= 0; at = v.at(nlriFields[key], at)) n++
  return n
}
