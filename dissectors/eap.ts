import { field, glossary } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { eapFields as f } from './ikev2-eap.ts'
import { eapLesson } from './lessons/sessions.ts'
import { eapCodes } from './numbers/eap.ts'
import { pppProtocols } from './numbers/ppp.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |     Code      |  Identifier   |            Length             |
// |    Type       |  Type-Data ...    in requests and responses

const data = field('eap.data', 'EAP data', {
  type: 'bytes',
  explain: 'What the chosen method says. Only the client and the server behind the other end understand it.',
  section: 'RFC 3748 §4.1',
})

const [response, failure, identity] = [2, 4, 1]

export const eap = protocol({
  id: 'eap',
  name: 'Extensible Authentication Protocol',
  short: 'EAP',
  reference: 'RFC 3748',
  about:
    'Lets client and server choose how identity is proven, while the host between them only passes the messages on.',
  lesson: eapLesson,
  fields: glossary(f, { data }),
  claims: [[pppProtocols, 0xc227]],
  walk(r) {
    const code = r.u8(f.code)
    r.u8(f.identifier)
    r.limitTo(r.u16(f.length), f.length)
    if (r.checking && code === failure) r.noteOn(f.code, 'warning', 'The authentication failed')
    if (r.left === 0) return r.carry(undefined)
    const type = r.u8(f.type)
    // Only the answer is a name; a request holds words to show.
    if (r.left > 0) r.rest(type === identity && code === response ? f.identity : data)
    return r.carry(undefined)
  },
  summary(v) {
    const code = v.number(f.code)
    const name = eapCodes[code] ?? `code ${code}`
    if (v.has(f.identity)) return `${name}: ${v.show(f.identity)}`
    return v.has(f.type) ? `${name}: ${v.show(f.type)}` : name
  },
})
