import { bytes, field, hex, seconds } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { longTime } from './durations.ts'
import { nameOperationMeanings } from './numbers/configuration-meanings.ts'
import { udpPorts } from './numbers/ports.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |         NAME_TRN_ID           |R|OpCode |A|T|R|R|0 0|B|RCODE  |
// |          QDCOUNT              |           ANCOUNT             |
// |          NSCOUNT              |           ARCOUNT             |
// questions: Name, Type, Class; records: the same, TTL, RDLENGTH, RDATA

const section = 'RFC 1002 §4.2.1'
const record = 'RFC 1002 §4.2.1.3'
const opcodes: Readonly<Record<number, string>> = {
  0: 'Query',
  5: 'Registration',
  6: 'Release',
  7: 'WACK',
  8: 'Refresh',
}
const types: Readonly<Record<number, string>> = { 32: 'NB', 33: 'NBSTAT' }

const flag = (name: string, label: string, explain: string) =>
  field(`nbns.flags.${name}`, label, { type: 'flag', explain, section })
const count = (name: string, label: string, explain: string) =>
  field(`nbns.count.${name}`, label, { explain, section })

const [letterA, halves, pointerMark] = [0x41, 32, 0xc0]

/** `GATE<20>` for 32 letters, each of which is half a byte (RFC 1001 §14.1); the last byte tells what the name is for. */
function readName(bytes: Uint8Array, start: number, length: number): string {
  if (bytes[start]! >= pointerMark)
    return `the name at byte ${((bytes[start]! & 0x3f) << 8) | (bytes[start + 1] ?? 0)}`
  if (bytes[start] !== halves || length < halves + 2) return 'not a NetBIOS name'
  const name: number[] = []
  for (let i = start + 1; i <= start + halves; i += 2)
    name.push((((bytes[i]! - letterA) << 4) | ((bytes[i + 1]! - letterA) & 15)) & 0xff)
  const text = Buffer.from(name.slice(0, 15))
    .toString('latin1')
    .replace(/[ \0]+$/, '')
  return `${text}<${name[15]!.toString(16).padStart(2, '0')}>`
}

const f = {
  id: field('nbns.id', 'Transaction ID', {
    explain: 'A random number that the answer repeats, so that it is told from others.',
    section,
    show: hex(4),
  }),
  flags: field('nbns.flags', 'Flags', {
    explain: 'Question or answer, what is to be done with the name, and what came of it.',
    section,
    show: hex(4),
    parts: [
      [
        flag(
          'response',
          'Response',
          'Clear in questions and set in answers; all else looks the same in both.',
        ),
        1,
      ],
      [
        field('nbns.flags.opcode', 'Opcode', {
          explain: 'Whether a name is looked for, taken or given up.',
          section,
          meanings: nameOperationMeanings,
          values: opcodes,
        }),
        4,
      ],
      [flag('authoritative', 'Authoritative', 'The answer is from the owner of the name, or its server.'), 1],
      [flag('truncated', 'Truncated', 'Not all of it fitted into the packet.'), 1],
      [flag('recdesired', 'Recursion desired', 'Asks a server to find out for the client.'), 1],
      [flag('recavail', 'Recursion available', 'Said by servers that do so.'), 1],
      [undefined, 2],
      [flag('broadcast', 'Broadcast', 'The question went to everybody on the link.'), 1],
      [
        field('nbns.flags.rcode', 'Reply code', {
          explain: 'Why a name was refused; 0 is success.',
          section,
          values: {
            0: 'No error',
            1: 'Format error',
            2: 'Server failure',
            3: 'Name error',
            4: 'Not implemented',
            5: 'Refused',
            6: 'Name is owned by another node',
            7: 'Name conflict',
          },
        }),
        4,
      ],
    ],
  }),
  questions: count('queries', 'Questions', 'How many names are asked for.'),
  answers: count('answers', 'Answers', 'How many records with an answer follow; none in a question.'),
  authorities: count('auth_rr', 'Authority records', 'How many records name a server.'),
  additional: count('add_rr', 'Additional records', 'How many records go with a question that takes a name.'),
  item: field('nbns.record', 'Question or record', {
    type: 'group',
    explain: 'A name, and in records what is said of it.',
    section: 'RFC 1002 §4.2.1.2',
  }),
  name: field('nbns.name', 'Name', {
    type: 'text',
    explain:
      'A name of Windows’ old kind: 15 letters and a byte for the service, 20 for files, 00 for the machine itself.',
    section: 'RFC 1001 §14',
    read: readName,
  }),
  type: field('nbns.type', 'Type', {
    explain: 'An address is asked for, or all names of a machine.',
    section: 'RFC 1002 §4.2.1.2',
    values: types,
  }),
  class: field('nbns.class', 'Class', {
    explain: '1, the internet, as everywhere.',
    section: 'RFC 1002 §4.2.1.2',
  }),
  ttl: field('nbns.ttl', 'Time to live', {
    explain: 'How long this holds; 0 stands for ever.',
    here: longTime,
    section: record,
    show: seconds,
  }),
  length: field('nbns.data_length', 'Data length', {
    explain: 'Bytes of what is said of the name.',
    section: record,
    show: bytes,
  }),
  nameFlags: field('nbns.nb_flags', 'Name flags', {
    explain: 'Whether the name is that of a group, and how the owner asks for names itself.',
    section: record,
    show: hex(4),
    parts: [
      [
        field('nbns.nb_flags.group', 'Group name', {
          type: 'flag',
          explain: 'Set where many machines may have the name.',
          section: record,
        }),
        1,
      ],
      [
        field('nbns.nb_flags.ont', 'Owner node type', {
          explain: 'Whether the owner asks everybody, a server, or first one and then the other.',
          meanings: {
            0: 'The owner asks by broadcast only, so names end at the link.',
            1: 'The owner asks a server (WINS) only.',
            2: 'The owner asks by broadcast first, then a server.',
            3: 'The owner asks a server first, then by broadcast: what Windows does once it has one.',
          },
          section: record,
          values: { 0: 'B node', 1: 'P node', 2: 'M node', 3: 'H node' },
        }),
        2,
      ],
      [undefined, 13],
    ],
  }),
  address: field('nbns.addr', 'Address', {
    type: 'ipv4',
    explain: 'Where the owner of the name is; anybody on the link may claim so.',
    section: record,
  }),
  data: field('nbns.data', 'Data', {
    type: 'bytes',
    explain: 'What a record of another kind says, such as all names of a machine.',
    section: record,
  }),
}

const addressType = 32

export const nbns = protocol({
  id: 'nbns',
  name: 'NetBIOS Name Service',
  short: 'NBNS',
  reference: 'RFC 1001, RFC 1002',
  about:
    'How Windows machines found each other’s names before DNS, by asking everybody. Whoever answers first is believed, inside a tunnel as well.',
  fields: f,
  claims: [[udpPorts, 137]],
  walk(r) {
    r.u16(f.id)
    r.u16(f.flags)
    const questions = r.u16(f.questions)
    const records = r.u16(f.answers) + r.u16(f.authorities) + r.u16(f.additional)
    for (let i = 0; i < questions && r.left > 0; i++) walkItem(r, false)
    for (let i = 0; i < records && r.left > 0; i++) walkItem(r, true)
    if (r.left > 0) r.rest(f.data)
    return r.carry(undefined)
  },
  summary: summarize,
})

function walkItem(r: Reader, isRecord: boolean): void {
  r.open(f.item)
  const start = r.pos
  r.text(f.name, nameLength(r))
  const type = r.u16(f.type)
  r.u16(f.class)
  if (isRecord) {
    r.u32(f.ttl)
    const length = r.u16(f.length)
    r.claim(r.pos - start + length, f.length)
    if (type === addressType)
      while (r.left >= 6) {
        r.u16(f.nameFlags)
        r.ipv4(f.address)
      }
    if (r.left > 0) r.rest(f.data)
  }
  r.close()
}

/** Bytes of the name at the cursor: labels up to an empty one, or a pointer to one that was sent before. */
function nameLength(r: Reader): number {
  let length = 0
  for (;;) {
    const label = r.peek(length)
    if (label < 0) return length + 1
    if (label >= pointerMark) return length + 2
    length += 1 + label
    if (label === 0) return length
  }
}

function summarize(v: LayerView): string {
  const flags = v.number(f.flags)
  const what = (opcodes[(flags >> 11) & 15] ?? `opcode ${(flags >> 11) & 15}`).toLowerCase()
  const name = v.has(f.name) ? ` ${v.show(f.name)}` : ''
  const address = v.has(f.address) ? `, ${v.show(f.address)}` : ''
  return `${what}${flags >> 15 ? ' response' : ''}${name}${address}`
}
