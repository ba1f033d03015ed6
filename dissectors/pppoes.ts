import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { pppoeLesson } from './lessons/links.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { linkTypes } from './numbers/link-types.ts'
import { ppp } from './ppp.ts'
import { pppoeFields as f, pppoeHeader, pppoeHeaderLength } from './pppoe-fields.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |  VER  | TYPE  |      CODE     |          SESSION_ID           |
// |            LENGTH             |           payload: PPP

const pppEther = 51

export const pppoes = protocol({
  id: 'pppoes',
  name: 'PPP over Ethernet, session',
  short: 'PPPoE',
  reference: 'RFC 2516',
  about:
    'Carries PPP over Ethernet between a home router and its provider, who gets names, passwords and accounting as on a telephone line.',
  lesson: pppoeLesson,
  fields: f,
  begins: pppoeHeader,
  claims: [
    [etherTypes, 0x8864],
    [linkTypes, pppEther],
  ],
  walk(r) {
    r.block(pppoeHeader)
    r.limitTo(pppoeHeaderLength + r.of(f.length), f.length)
    if (r.checking) checkHeader(r, 0)
    return r.carry(ppp)
  },
  summary: v => `session ${v.show(f.session)}`,
  line(v, line) {
    line.out.ascii('PPPoE session ').text(v.show(f.session)).ascii(': ')
    line.inner(v)
  },
})

/** Warns of versions that do not exist, and of a code other than `code` where one is given. */
export function checkHeader(r: Reader, code?: number): void {
  if (r.of(f.version) !== 1 || r.of(f.type) !== 1)
    r.noteOn(f.version, 'warning', 'Version and type are to be 1 (RFC 2516 §4)')
  if (code !== undefined && r.of(f.code) !== code)
    r.noteOn(f.code, 'warning', `The code of a session is ${code}`)
}
