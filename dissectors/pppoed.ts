import { printDetails } from '../src/dissect/detail-lines.ts'
import { glossary } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { pppoeFields as f, pppoeCodes, pppoeHeader, pppoeHeaderLength } from './pppoe-fields.ts'
import { tagFields, tagText, tagType, walkTags } from './pppoed-tags.ts'
import { checkHeader } from './pppoes.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |  VER  | TYPE  |      CODE     |          SESSION_ID           |
// |            LENGTH             |           tags ...

export const pppoed = protocol({
  id: 'pppoed',
  name: 'PPP over Ethernet, discovery',
  short: 'PPPoE discovery',
  reference: 'RFC 2516, RFC 4638, RFC 5578',
  about:
    'Finds a server on the Ethernet that will carry PPP, and gets the number of a session from it. Anyone on the wire can answer.',
  fields: glossary(f, tagFields),
  begins: pppoeHeader,
  claims: [[etherTypes, 0x8863]],
  walk(r) {
    r.block(pppoeHeader)
    r.limitTo(pppoeHeaderLength + r.of(f.length), f.length)
    if (r.checking) checkHeader(r)
    walkTags(r)
    return r.carry(undefined)
  },
  summary(v) {
    const code = v.number(f.code)
    const tags: string[] = []
    for (let at = v.at(tagType); at >= 0; at = v.at(tagType, at)) tags.push(tagText(v, at))
    const session = v.number(f.session)
    const name = `${pppoeCodes[code] ?? `code ${code}`}${session > 0 ? `, session ${v.show(f.session)}` : ''}`
    return tags.length > 0 ? `${name}: ${tags.join(', ')}` : name
  },
  line: printDetails,
})
