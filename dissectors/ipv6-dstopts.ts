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

const f = optionsHeaderFields('ipv6.dstopts')

export const ipv6Destination = protocol({
  id: 'ipv6.dstopts',
  name: 'IPv6 Destination Options',
  short: 'IPv6 Options',
  reference: 'RFC 8200 §4.6',
  about:
    'Options that only the receiver looks at, or, in front of a routing header, each stop on the way. Tunnels put their encapsulation limit here.',
  fields: glossary(f, { option: anyOption }, optionGroups, o, m, i),
  claims: [[ipProtocols, 60]],
  walk(r) {
    const next = r.u8(f.next)
    const length = r.u8(f.length) * 8 + 8
    r.open(f.options)
    r.claim(length - 2, f.length)
    walkOptions(r, 'destination')
    r.close()
    return nextExtension(r, next)
  },
  summary: v => `${v.show(f.length)}, next: ${v.show(f.next)}`,
  line(v, line) {
    printOptions(v, line, 'DSTOPT')
    printCarried(v, line, v.number(f.next))
  },
})
