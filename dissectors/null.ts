import { field } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { isLittleEndian, payloadOfFamily } from './address-family.ts'
import { addressFamilies } from './numbers/address-families.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { linkTypes } from './numbers/link-types.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |                        Address Family                         |

const f = {
  family: field('null.family', 'Address family', {
    explain:
      'Says what the packet is, in the numbers of the system that captured it. NULL writes it in that machine’s byte order, LOOP (OpenBSD) always with the high byte first.',
    values: addressFamilies,
  }),
  type: field('null.type', 'Type', {
    explain: 'Old captures from Linux have an EtherType here, with two zero bytes before it.',
    values: etherTypes,
  }),
}

/** Families are smaller than this, EtherTypes larger. */
const leastEtherType = 0x600

export const nullLoopback = protocol({
  id: 'null',
  name: 'BSD loopback',
  short: 'Loopback',
  reference: 'libpcap LINKTYPE_NULL, LINKTYPE_LOOP',
  about: 'Stands before each packet of a loopback or tunnel interface on BSD, which has no link header.',
  fields: f,
  claims: [[linkTypes, 0, 108]],
  walk(r) {
    if (isLittleEndian(r)) return payloadOfFamily(r, r.u32le(f.family))
    if (((r.peek(2) << 8) | r.peek(3)) >= leastEtherType) return r.payload(etherTypes, r.u32(f.type))
    return payloadOfFamily(r, r.u32(f.family))
  },
  summary: v => v.show(f.family) || v.show(f.type),
  line(v, line) {
    if (line.options.link && !line.options.numeric) printFamily(v, line)
    line.inner(v)
  },
})

function printFamily(v: LayerView, line: Line): void {
  const family = v.number(f.family)
  const next = v.next?.protocol.id
  if (next === 'ip') line.out.ascii('ip: ')
  else if (next === 'ipv6') line.out.ascii('ip6: ')
  else if (next === 'mpls') line.out.ascii('mpls: ')
  else if (next !== 'eth' && v.has(f.family)) line.out.ascii('AF ').decimal(family).ascii(': ')
}
