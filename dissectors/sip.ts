import { field, glossary } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { bytesOf, headLength, longestHead, numberAt, stands, valueAt } from './http-message.ts'
import { tcpPorts, udpPorts } from './numbers/ports.ts'
import { sipStatusMeanings } from './numbers/status-meanings.ts'
import { requestUri, sipHeaderFields, sipHeaders } from './sip-headers.ts'
import { lineLength, readLine, textOf, walkHeaders, walkWords } from './text-lines.ts'

// INVITE sip:bob@example.org SIP/2.0 CR LF     or    SIP/2.0 200 OK CR LF
// Name: value CR LF                            as often as needed
// CR LF
// body

const text = 'text' as const

const f = {
  method: field('sip.Method', 'Method', {
    type: text,
    explain:
      'REGISTER says where a phone is, INVITE calls, ACK confirms, BYE hangs up, OPTIONS asks whether anyone is there.',
    section: 'RFC 3261 §7.1',
  }),
  version: field('sip.version', 'Version', {
    type: text,
    explain: 'The version of SIP, 2.0 since 1999.',
    section: 'RFC 3261 §7.1',
  }),
  code: field('sip.Status-Code', 'Status code', {
    type: text,
    explain: '1.. is on its way, 2.. success, 3.. look elsewhere, 4.. and 5.. failure, 6.. nowhere.',
    here: statusSaid,
    section: 'RFC 3261 §7.2',
  }),
  phrase: field('sip.reason_phrase', 'Reason phrase', {
    type: text,
    explain: 'The status in words, for people.',
    section: 'RFC 3261 §7.2',
  }),
  header: field('sip.header', 'Header', {
    type: text,
    explain: 'A name and a value that say more about the message.',
    read: readLine,
    section: 'RFC 3261 §7.3',
  }),
  end: field('sip.line_end', 'Blank or end of line', {
    type: 'bytes',
    explain: 'Stands between words and ends lines; an empty line ends the headers.',
    section: 'RFC 3261 §7',
  }),
  body: field('sip.msg_body', 'Body', {
    type: 'bytes',
    explain:
      'Mostly SDP: addresses, ports and codecs of the voice. Lone line ends keep the way through a NAT open.',
    section: 'RFC 3261 §7.4',
  }),
}

export const sip = protocol({
  id: 'sip',
  name: 'Session Initiation Protocol',
  short: 'SIP',
  reference: 'RFC 3261',
  about: 'Sets up phone calls: who calls whom, and where the voice is to be sent.',
  fields: glossary(f, sipHeaderFields),
  claims: [
    [udpPorts, 5060],
    [tcpPorts, 5060],
  ],
  message: messageLength,
  walk(r) {
    if (r.sink === null) r.rest(f.body)
    else walkMessage(r)
    return r.carry(undefined)
  },
  summary: summarize,
})

const version = bytesOf('sip/2.0')
const [longName, shortName] = [bytesOf('content-length:'), bytesOf('l:')]
const [lineFeed, carriageReturn] = [0x0a, 0x0d]

/** Over TCP, a head with its body, or the line ends that stand alone to keep the connection open. */
function messageLength(r: Reader): number {
  let lone = 0
  while (r.peek(lone) === lineFeed || r.peek(lone) === carriageReturn) lone++
  if (lone > 0) return lone
  const head = headLength(r)
  if (head === 0) return r.peek(longestHead) < 0 && mayBegin(r) ? 0 : -1
  if (!mayBegin(r)) return -1
  const length = valueAt(r, head, longName) || valueAt(r, head, shortName)
  return length > 0 ? head + numberAt(r, length) : head
}

/** The first line has the version where an answer or a request has it, as far as the line is here. */
function mayBegin(r: Reader): boolean {
  if (stands(r, 0, version) !== 'no') return true
  const line = lineLength(r)
  if (line === 0) return r.peek() >= 0x41 && r.peek() <= 0x5a
  const end = r.peek(line - 2) === carriageReturn ? line - 2 : line - 1
  return stands(r, end - version.length, version) === 'yes'
}

function walkMessage(r: Reader): void {
  const length = lineLength(r)
  const line = textOf(r, length)
  if (/^SIP\/\d\.\d \d{3}( |$)/.test(line)) walkWords(r, length, [f.version, f.code, f.phrase], f.end)
  else if (/^[A-Z]{2,20} \S+ SIP\/\d\.\d$/.test(line))
    walkWords(r, length, [f.method, requestUri, f.version], f.end)
  else {
    if (r.left > 0) r.rest(f.body)
    return
  }
  walkHeaders(r, sipHeaders, f.header, f.end)
  if (r.left > 0) r.rest(f.body)
}

function statusSaid(_value: number, layer: LayerView): string {
  return sipStatusMeanings[Number(layer.show(f.code))] ?? ''
}

function summarize(v: LayerView): string {
  if (v.has(f.method)) return `${v.show(f.method)} ${v.show(requestUri.field)}`
  if (v.has(f.code)) return `${v.show(f.code)} ${v.has(f.phrase) ? v.show(f.phrase) : ''}`.trim()
  return 'no message'
}
