import { glossary } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { f } from './dns-fields.ts'
import { printDns } from './dns-line.ts'
import { messageLength, nameFields, walkName } from './dns-name.ts'
import { optionFields } from './dns-opt.ts'
import { recordFields, walkRecord } from './dns-records.ts'
import { securityFields } from './dns-security-fields.ts'
import { serviceFields } from './dns-svcb.ts'
import { recordTypes } from './numbers/dns.ts'
import { tcpPorts, udpPorts } from './numbers/ports.ts'
import { tcp } from './tcp.ts'

//  0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15
// |                      ID                       |
// |QR|   Opcode  |AA|TC|RD|RA| Z|AD|CD|   RCODE   |
// |                    QDCOUNT                    |
// |                    ANCOUNT                    |
// |                    NSCOUNT                    |
// |                    ARCOUNT                    |
// then questions, answers, authority and additional records. Over TCP its length stands in front.

const fields = glossary(
  f,
  { messageLength },
  nameFields,
  recordFields,
  securityFields,
  optionFields,
  serviceFields,
)

const headerLength = 12

export const dns = protocol({
  id: 'dns',
  name: 'Domain Name System',
  short: 'DNS',
  reference: 'RFC 1034, RFC 1035',
  about:
    'Turns names into addresses and other facts. Anyone on the way can read it, and without DNSSEC forge it.',
  fields,
  claims: [
    [udpPorts, 53],
    [tcpPorts, 53],
  ],
  message(r, sure) {
    if (r.peek(1) < 0) return 0
    const length = (r.peek() << 8) | r.peek(1)
    return length >= headerLength && (sure || fillsSegment(r)) ? length + 2 : -1
  },
  walk: r => (r.around === tcp ? walkStream(r) : walkMessage(r, false)),
  summary: summarize,
  line: printDns,
})

export const mdns = protocol({
  id: 'mdns',
  name: 'Multicast DNS',
  short: 'mDNS',
  reference: 'RFC 6762',
  about: 'Names and services on one link without a server: everybody asks all, and whoever knows answers.',
  fields,
  claims: [[udpPorts, 5353]],
  walk: r => walkMessage(r, true),
  summary: summarize,
  line: printDns,
})

export const llmnr = protocol({
  id: 'llmnr',
  name: 'Link-Local Multicast Name Resolution',
  short: 'LLMNR',
  reference: 'RFC 4795',
  about:
    'Windows’ way to ask all hosts of a link for a name. Whoever answers first is believed, so attackers like it.',
  fields,
  claims: [[udpPorts, 5355]],
  walk: r => walkMessage(r, false),
  summary: summarize,
  line: printDns,
})

/** True where one length after the other leads to the end of the segment. */
function fillsSegment(r: Reader): boolean {
  let at = 0
  while (at < r.left && r.peek(at + 1) >= 0) at += 2 + ((r.peek(at) << 8) | r.peek(at + 1))
  return at === r.left
}

function walkStream(r: Reader): Next {
  r.open(f.message, r.u16(messageLength))
  walkMessage(r, false)
  r.close()
  return r.carry(undefined)
}

function walkMessage(r: Reader, multicast: boolean): Next {
  r.u16(f.id)
  r.u16(f.flags)
  const questions = r.u16(f.questions)
  const answers = r.u16(f.answers)
  const authorities = r.u16(f.authorities)
  const additionals = r.u16(f.additionals)
  if (questions > 0) {
    r.open(f.questionSection)
    for (let i = 0; i < questions; i++) walkQuestion(r, multicast)
    r.close()
  }
  walkSection(r, f.answerSection, answers, multicast)
  walkSection(r, f.authoritySection, authorities, multicast)
  walkSection(r, f.additionalSection, additionals, multicast)
  return r.carry(undefined)
}

function walkQuestion(r: Reader, multicast: boolean): void {
  r.open(f.question)
  walkName(r, f.questionName)
  r.u16(f.questionType)
  if (multicast) {
    r.flag(f.unicast)
    r.bits(f.questionClass, 15)
  } else r.u16(f.questionClass)
  r.close()
}

function walkSection(r: Reader, group: typeof f.answerSection, records: number, multicast: boolean): void {
  if (records === 0) return
  r.open(group)
  for (let i = 0; i < records; i++) walkRecord(r, multicast)
  r.close()
}

/** `question A www.example.com` or `No error, A www.example.com, 2 answers`. */
function summarize(v: LayerView): string {
  const flags = v.number(f.flags)
  const asked = v.has(f.questionName)
    ? `${recordTypes[v.number(f.questionType)] ?? `type ${v.number(f.questionType)}`} ${v.show(f.questionName)}`
    : ''
  if (flags < 0x8000) return asked === '' ? 'message without a question' : `question ${asked}`
  const answers = v.number(f.answers)
  const found = `${answers} ${answers === 1 ? 'answer' : 'answers'}`
  return [v.show(f.responseCode), asked, found].filter(part => part !== '').join(', ')
}
