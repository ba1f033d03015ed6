import { block } from '../src/dissect/block.ts'
import { bytes, field, hex } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { tcpPorts } from './numbers/ports.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// | Major | Minor |     Type      |  Sequence No. |     Flags     |
// |                          Session ID                           |
// |                            Length                             |
// |  Body …                                    mixed with MD5, unless a flag says otherwise

const section = 'RFC 8907 §4.1'
const types: Readonly<Record<number, string>> = { 1: 'Authentication', 2: 'Authorization', 3: 'Accounting' }

const f = {
  major: field('tacplus.majvers', 'Major version', {
    explain: 'The upper half of the first byte, 12 ever since the protocol was published.',
    section,
  }),
  minor: field('tacplus.minvers', 'Minor version', {
    explain: '1 where a login sends its password in one go, else 0.',
    meanings: {
      0: 'The ordinary form; a password is asked for in a dialogue.',
      1: 'The password comes with the first packet, as PAP and CHAP need it.',
    },
    section,
  }),
  type: field('tacplus.type', 'Type', {
    explain: 'Who someone is, what they may do, and what they did: three questions apart from each other.',
    meanings: {
      1: 'Who is it? The dialogue about name and password.',
      2: 'May this user do that? Asked for each command where it is set up so.',
      3: 'What a user did, for the record.',
    },
    section,
    values: types,
  }),
  sequence: field('tacplus.seqno', 'Sequence number', {
    explain: 'Odd from the client, even from the server.',
    section,
  }),
  flags: field('tacplus.flags', 'Flags', {
    explain: 'Whether the body is in clear, and whether the connection serves more sessions.',
    section,
    show: hex(2),
    parts: [
      [undefined, 5],
      [
        field('tacplus.flags.singleconn', 'Single connection', {
          type: 'flag',
          explain: 'Both sides set it where further sessions may use the connection.',
          section,
        }),
        1,
      ],
      [undefined, 1],
      [
        field('tacplus.flags.unencrypted', 'Unencrypted', {
          type: 'flag',
          explain: 'Set where the body is not even mixed with MD5: passwords are in clear.',
          section,
        }),
        1,
      ],
    ],
  }),
  session: field('tacplus.session_id', 'Session ID', {
    explain: 'Random, the same in all packets of one question; the hiding of the body begins with it.',
    section,
    show: hex(8),
  }),
  length: field('tacplus.packet_len', 'Length', {
    explain:
      'Bytes behind the header of 12; they are obscured with the shared secret, unless a flag says otherwise.',
    section,
    show: bytes,
  }),
  hidden: field('tacplus.body', 'Body', {
    type: 'bytes',
    explain:
      'Names, passwords and commands, mixed with MD5 of the session and a shared secret: whoever guesses the secret reads them.',
    section: 'RFC 8907 §4.5',
  }),
}

const header = block(
  [f.major, 4],
  [f.minor, 4],
  [f.type, 8],
  [f.sequence, 8],
  [f.flags, 8],
  [f.session, 32],
  [f.length, 32],
)

const headerLength = 12
/** Longer bodies are taken for something else; a login has some dozens of bytes. */
const longestBody = 0x10000
const unencrypted = 1

export const tacplus = protocol({
  id: 'tacplus',
  name: 'TACACS+',
  reference: 'RFC 8907',
  about:
    'Routers ask a server who may log in and which commands are allowed. The body is hidden behind MD5 and a shared secret, which is obfuscation and no more.',
  fields: f,
  claims: [[tcpPorts, 49]],
  message(r) {
    if (r.peek(headerLength - 1) < 0) return 0
    const type = r.peek(1)
    const length = ((r.peek(8) << 24) | (r.peek(9) << 16) | (r.peek(10) << 8) | r.peek(11)) >>> 0
    return r.peek() >> 4 === 12 && type >= 1 && type <= 3 && length <= longestBody
      ? headerLength + length
      : -1
  },
  walk(r) {
    r.block(header)
    const inClear = r.of(f.flags) & unencrypted
    r.limitTo(headerLength + r.of(f.length), f.length)
    if (r.left === 0) return r.carry(undefined)
    if (!inClear) return r.opaque(f.hidden, 'Hidden with the shared secret')
    r.rest(f.hidden)
    r.noteField('warning', 'The body is in clear, and with it whatever password is in it')
    return r.carry(undefined)
  },
  summary: summarize,
})

function summarize(v: LayerView): string {
  const sequence = v.number(f.sequence)
  const type = v.number(f.type)
  const name = (types[type] ?? `type ${type}`).toLowerCase()
  return `${name}, ${sequence % 2 === 1 ? 'from the client' : 'from the server'}, ${v.show(f.length)}`
}
