import { glossary } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { nextExtension } from './ipv6-extension.ts'
import { i } from './ipv6-ioam-fields.ts'
import { printCarried, printOptions } from './ipv6-line.ts'
import { m } from './ipv6-mesh-option-fields.ts'
import { o, optionsHeaderFields } from './ipv6-option-fields.ts'
import { anyOption, optionGroups } from './ipv6-option-groups.ts'
import { walkOptions } from './ipv6-options.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |  Next Header  |  Hdr Ext Len  |          Options              |

const f = optionsHeaderFields('ipv6.hopopts')

export const ipv6HopByHop = protocol({
  id: 'ipv6.hopopts',
  name: 'IPv6 Hop-by-Hop Options',
  short: 'IPv6 Hop-by-Hop',
  reference: 'RFC 8200 §4.3',
  about:
    'Options for every router on the way. Many networks drop packets that have them, for looking costs routers time.',
  fields: glossary(f, { option: anyOption }, optionGroups, o, m, i),
  claims: [[ipProtocols, 0]],
  walk(r) {
    const next = r.u8(f.next)
    const length = r.u8(f.length) * 8 + 8
    r.open(f.options)
    r.claim(length - 2, f.length)
    const jumboLength = walkOptions(r, 'hop-by-hop')
    r.close()
    if (jumboLength > 0) r.limitTo(jumboLength, o.jumboLength)
    return nextExtension(r, next)
  },
  summary: v => `${v.show(f.length)}, next: ${v.show(f.next)}`,
  line(v, line) {
    printOptions(v, line, 'HBH')
    printCarried(v, line, v.number(f.next))
  },
})
