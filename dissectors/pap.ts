import { block } from '../src/dissect/block.ts'
import { bytes, field, secret } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { papLesson } from './lessons/sessions.ts'
import { pppProtocols } from './numbers/ppp.ts'
import { passwordMeanings } from './numbers/ppp-meanings.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |     Code      |  Identifier   |            Length             |
// | Peer-ID Length|  Peer-Id ...    | Passwd-Length | Password ...
// | Msg-Length    |  Message ...      in the answers

const codes: Readonly<Record<number, string>> = {
  1: 'Authenticate-Request',
  2: 'Authenticate-Ack',
  3: 'Authenticate-Nak',
}

const f = {
  code: field('pap.code', 'Code', {
    explain: 'The request with name and password, or the answer: yes or no.',
    section: 'RFC 1334 §2.2',
    meanings: passwordMeanings,
    values: codes,
  }),
  identifier: field('pap.identifier', 'Identifier', {
    explain: 'Repeated by the answer; a client that hears nothing asks again under a new one.',
    section: 'RFC 1334 §2.2',
  }),
  length: field('pap.length', 'Length', {
    explain: 'How far the message reaches from its code on; PPP has no other mark for its end.',
    section: 'RFC 1334 §2.2',
    show: bytes,
  }),
  peerIdLength: field('pap.peer_id.length', 'Peer ID length', {
    explain: 'How long the name is; the password begins behind it.',
    section: 'RFC 1334 §2.2.1',
    show: bytes,
  }),
  peerId: field('pap.peer_id', 'Peer ID', {
    type: 'text',
    explain: 'The user name, as the server looks it up. Everyone on the way can read it.',
    section: 'RFC 1334 §2.2.1',
  }),
  passwordLength: field('pap.password.length', 'Password length', {
    explain: 'How long the password is, for it may have any bytes and no mark at its end.',
    section: 'RFC 1334 §2.2.1',
    show: bytes,
  }),
  password: field('pap.password', 'Password', {
    type: 'text',
    explain:
      'The password as it is: nothing encrypts it. It is masked here, so that nobody reads it in passing; the bytes have it.',
    section: 'RFC 1334 §2.2.1',
    // Always as many, so that nothing is told of its length.
    read: secret,
  }),
  messageLength: field('pap.message.length', 'Message length', {
    explain: 'How long the text behind it is; 0 where the other side gives no reason.',
    section: 'RFC 1334 §2.2.2',
    show: bytes,
  }),
  message: field('pap.message', 'Message', {
    type: 'text',
    explain: 'Words of the server’s for people, such as why it refuses.',
    section: 'RFC 1334 §2.2.2',
  }),
  data: field('pap.stuff', 'Data', {
    type: 'bytes',
    explain: 'Contents of a message whose code PAP does not define.',
    section: 'RFC 1334 §2.2',
  }),
}

const header = block([f.code, 8], [f.identifier, 8], [f.length, 16])
const [request, nak] = [1, 3]

export const pap = protocol({
  id: 'pap',
  name: 'PPP Password Authentication Protocol',
  short: 'PAP',
  reference: 'RFC 1334',
  about: 'Tells the other end of a PPP line name and password, both readable to everyone on the way.',
  lesson: papLesson,
  fields: f,
  begins: header,
  claims: [[pppProtocols, 0xc023]],
  walk(r) {
    r.block(header)
    const code = r.of(f.code)
    r.limitTo(r.of(f.length), f.length)
    if (code === request) walkRequest(r)
    else if (code === 0 || code > nak) r.rest(f.data)
    // Some implementations leave the message out, length and all.
    else if (r.left > 0) r.text(f.message, r.u8(f.messageLength))
    if (r.checking && code === nak) r.noteOn(f.code, 'warning', 'The authentication failed')
    return r.carry(undefined)
  },
  summary(v) {
    const code = v.number(f.code)
    const name = codes[code] ?? `code ${code}`
    if (v.has(f.peerId)) return `${name}: ${v.show(f.peerId)}`
    return v.has(f.message) ? `${name}: ${v.show(f.message)}` : name
  },
})

function walkRequest(r: Reader): void {
  r.text(f.peerId, r.u8(f.peerIdLength))
  r.text(f.password, r.u8(f.passwordLength))
  r.note('warning', 'Name and password cross the line as they are')
}
