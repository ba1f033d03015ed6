import { type Field, field } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { bytesOf, headLength, longestHead, numberAt, stands, valueAt } from './http-message.ts'
import { tcpPorts, udpPorts } from './numbers/ports.ts'
import { headerValue, lineLength, readLine, textOf, walkHeaders, walkWords } from './text-lines.ts'

// INVITE sip:bob@example.org SIP/2.0 CR LF     or    SIP/2.0 200 OK CR LF
// Name: value CR LF                            as often as needed
// CR LF
// body

const text = 'text' as const

const header = (name: string, label: string, section: string, explain: string) =>
  field(name, label, { type: text, explain, section, read: headerValue })

const via = header(
  'sip.Via',
  'Via',
  'RFC 3261 §20.42',
  'A host that the request came through; the answer goes back the same way. Behind NAT the address here is wrong.',
)
const from = header('sip.From', 'From', 'RFC 3261 §20.20', 'Who calls, as the caller says.')
const to = header('sip.To', 'To', 'RFC 3261 §20.39', 'Who is called, as it was asked for.')
const callId = header('sip.Call-ID', 'Call-ID', 'RFC 3261 §20.8', 'The same in all messages of one call.')
const contact = header(
  'sip.Contact',
  'Contact',
  'RFC 3261 §20.10',
  'Where the sender can be reached directly.',
)
const contentType = header(
  'sip.Content-Type',
  'Content-Type',
  'RFC 3261 §20.15',
  'What the body is: application/sdp says where the voice is to be sent.',
)
const contentLength = header(
  'sip.Content-Length',
  'Content-Length',
  'RFC 3261 §20.14',
  'Bytes of what follows the empty line. Over TCP it tells where the next message begins.',
)

/** Headers that have a field of their own, by their names and short names in lower case (RFC 3261 §7.3.3). */
const headers = new Map<string, Field<'text'>>([
  ['via', via],
  ['v', via],
  ['from', from],
  ['f', from],
  ['to', to],
  ['t', to],
  ['call-id', callId],
  ['i', callId],
  ['contact', contact],
  ['m', contact],
  ['content-type', contentType],
  ['c', contentType],
  ['content-length', contentLength],
  ['l', contentLength],
  [
    'cseq',
    header(
      'sip.CSeq',
      'CSeq',
      'RFC 3261 §20.16',
      'Numbers the requests of a call, so that answers find theirs.',
    ),
  ],
  [
    'max-forwards',
    header(
      'sip.Max-Forwards',
      'Max-Forwards',
      'RFC 3261 §20.22',
      'How many more hosts may pass the request on; it ends loops.',
    ),
  ],
  [
    'user-agent',
    header('sip.User-Agent', 'User-Agent', 'RFC 3261 §20.41', 'The phone or program, in its own words.'),
  ],
  [
    'expires',
    header('sip.Expires', 'Expires', 'RFC 3261 §20.19', 'Seconds after which a registration is forgotten.'),
  ],
  [
    'authorization',
    header(
      'sip.auth',
      'Authorization',
      'RFC 3261 §20.7',
      'A hash made with the password: proof of who the caller is.',
    ),
  ],
])

const f = {
  method: field('sip.Method', 'Method', {
    type: text,
    explain:
      'REGISTER says where a phone is, INVITE calls, ACK confirms, BYE hangs up, OPTIONS asks whether anyone is there.',
    section: 'RFC 3261 §7.1',
  }),
  uri: field('sip.r-uri', 'Request-URI', {
    type: text,
    explain: 'The user or server that the request is meant for; proxies rewrite it on the way.',
    section: 'RFC 3261 §7.1',
  }),
  version: field('sip.version', 'Version', {
    type: text,
    explain: 'The version of SIP, 2.0 ever since.',
    section: 'RFC 3261 §7.1',
  }),
  code: field('sip.Status-Code', 'Status code', {
    type: text,
    explain: '1.. is on its way, 2.. success, 3.. look elsewhere, 4.. and 5.. failure, 6.. nowhere.',
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
  fields: { ...f, ...Object.fromEntries(headers) },
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
    walkWords(r, length, [f.method, f.uri, f.version], f.end)
  else {
    if (r.left > 0) r.rest(f.body)
    return
  }
  walkHeaders(r, headers, f.header, f.end)
  if (r.left > 0) r.rest(f.body)
}

function summarize(v: LayerView): string {
  if (v.has(f.method)) return `${v.show(f.method)} ${v.show(f.uri)}`
  if (v.has(f.code)) return `${v.show(f.code)} ${v.has(f.phrase) ? v.show(f.phrase) : ''}`.trim()
  return 'no message'
}
