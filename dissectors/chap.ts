import { block } from '../src/dissect/block.ts'
import { bytes, field } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { chapLesson } from './lessons/sessions.ts'
import { pppProtocols } from './numbers/ppp.ts'
import { challengeMeanings } from './numbers/ppp-meanings.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |     Code      |  Identifier   |            Length             |
// |  Value-Size   |  Value ...      | Name ...    challenge, response
// |  Message ...                                  success, failure
//
// The 49 bytes of an MS-CHAPv2 response (RFC 2759 §4):
// |  Peer-Challenge (16)  |  Reserved (8)  |  NT-Response (24)  |  Flags (1)  |
// Those of MS-CHAP (RFC 2433 §6): LM-Response (24), NT-Response (24), Flags (1)

const codes: Readonly<Record<number, string>> = { 1: 'Challenge', 2: 'Response', 3: 'Success', 4: 'Failure' }

const f = {
  code: field('chap.code', 'Code', {
    explain:
      'The server challenges, the client responds, and success or failure is the verdict. It may begin anew at any time.',
    section: 'RFC 1994 §4',
    meanings: challengeMeanings,
    values: codes,
  }),
  identifier: field('chap.identifier', 'Identifier', {
    explain: 'Joins response and verdict to their challenge. It is hashed into the response.',
    section: 'RFC 1994 §4',
  }),
  length: field('chap.length', 'Length', {
    explain: 'Bytes of the message with its header; the name or message at its end has no length of its own.',
    section: 'RFC 1994 §4',
    show: bytes,
  }),
  valueSize: field('chap.value_size', 'Value size', {
    explain: 'Bytes of the value: 16 for MD5, 49 in responses of MS-CHAP and MS-CHAPv2.',
    meanings: {
      8: 'A challenge of the first MS-CHAP.',
      16: 'An MD5 hash, or a challenge of MS-CHAPv2.',
      49: 'A response of Microsoft’s: two parts of 24 bytes and a byte of flags.',
    },
    section: 'RFC 1994 §4.1',
    show: bytes,
  }),
  challenge: field('chap.value', 'Value', {
    type: 'bytes',
    explain: 'Random bytes, to be hashed together with the password, so that no old response is good again.',
    section: 'RFC 1994 §4.1',
  }),
  response: field('chap.value', 'Value', {
    type: 'bytes',
    explain:
      'The hash over identifier, password and challenge. Who recorded both can try passwords until one gives this hash.',
    section: 'RFC 1994 §4.1',
  }),
  microsoft: field('chap.mschap', 'Value', {
    type: 'group',
    explain: 'A response of Microsoft’s kind, made of several parts.',
    section: 'RFC 2759 §4',
  }),
  peerChallenge: field('chap.mschap.peer_challenge', 'Peer challenge', {
    type: 'bytes',
    explain:
      'In MS-CHAPv2 16 random bytes of the client and 8 zeros, so that the server has to prove itself too. In the first MS-CHAP this is the old LAN Manager response, which is broken.',
    section: 'RFC 2759 §4',
  }),
  ntResponse: field('chap.mschap.nt_response', 'NT response', {
    type: 'bytes',
    explain:
      'Three DES encryptions of the challenges under the hash of the password. The effort to break it is that of one DES key, whatever the password.',
    section: 'RFC 2759 §8.1',
  }),
  flags: field('chap.mschap.flags', 'Flags', {
    explain: '0 in MS-CHAPv2. In MS-CHAP, 1 says that the NT response is the one to check.',
    section: 'RFC 2759 §4',
  }),
  name: field('chap.name', 'Name', {
    type: 'text',
    explain: 'Who is speaking; the other end finds the password by it.',
    section: 'RFC 1994 §4.1',
  }),
  message: field('chap.message', 'Message', {
    type: 'text',
    explain:
      'Words for people. In MS-CHAPv2, S= is the server’s own proof that it knows the password, and E= an error: 691 is a wrong one.',
    section: 'RFC 1994 §4.2',
  }),
  data: field('chap.stuff', 'Data', {
    type: 'bytes',
    explain: 'Contents of a message whose code CHAP does not define.',
    section: 'RFC 1994 §4',
  }),
}

const header = block([f.code, 8], [f.identifier, 8], [f.length, 16])
const [challenge, response, success, failure] = [1, 2, 3, 4]
/** Bytes of a response of MS-CHAP and MS-CHAPv2. */
const microsoftLength = 49

export const chap = protocol({
  id: 'chap',
  name: 'PPP Challenge Handshake Authentication Protocol',
  short: 'CHAP',
  reference: 'RFC 1994, RFC 2433, RFC 2759',
  about:
    'Proves that the client knows the password without sending it: it hashes it together with a challenge. MS-CHAPv2 does so both ways.',
  lesson: chapLesson,
  fields: f,
  begins: header,
  claims: [[pppProtocols, 0xc223]],
  walk(r) {
    r.block(header)
    const code = r.of(f.code)
    r.limitTo(r.of(f.length), f.length)
    if (code === challenge || code === response) walkValue(r, code)
    else if (code !== success && code !== failure) r.rest(f.data)
    else if (r.left > 0) r.rest(f.message)
    if (r.checking && code === failure) r.noteOn(f.code, 'warning', 'The authentication failed')
    return r.carry(undefined)
  },
  summary(v) {
    const code = v.number(f.code)
    const name = codes[code] ?? `code ${code}`
    if (v.has(f.name)) return `${name} from ${v.show(f.name)}`
    return v.has(f.message) ? `${name}: ${v.show(f.message)}` : name
  },
})

function walkValue(r: Reader, code: number): void {
  const size = r.u8(f.valueSize)
  if (code === response && size === microsoftLength) {
    r.open(f.microsoft, size)
    r.octets(f.peerChallenge, 24)
    r.octets(f.ntResponse, 24)
    r.u8(f.flags)
    r.close()
  } else r.octets(code === challenge ? f.challenge : f.response, size)
  if (r.left > 0) r.rest(f.name)
}
