import { type Field, field } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { httpBegins, httpMessageLength, looksLikeHttp } from './http-message.ts'
import { requestUri, uri } from './http-uri.ts'
import { tcpPorts } from './numbers/ports.ts'
import { httpStatusMeanings } from './numbers/status-meanings.ts'
import { looksLikeSstp, sstp } from './sstp.ts'
import { headerValue, lineLength, readLine, textOf, walkHeaders, walkWords } from './text-lines.ts'

// GET /path HTTP/1.1 CR LF        or    HTTP/1.1 200 OK CR LF
// Name: value CR LF               as often as needed
// CR LF
// body

const text = 'text' as const

const header = (name: string, label: string, section: string, explain: string) =>
  field(name, label, { type: text, explain, section, read: headerValue })

/** Headers that have a field of their own, by their names in lower case. */
const headers = new Map<string, Field<'text'>>([
  [
    'host',
    header(
      'http.host',
      'Host',
      'RFC 9110 §7.2',
      'Which of the sites on this server is meant; in clear, whatever the address says.',
    ),
  ],
  [
    'user-agent',
    header(
      'http.user_agent',
      'User-Agent',
      'RFC 9110 §10.1.5',
      'The program that asks, as it calls itself: browser, update service or malware, and it need not be true.',
    ),
  ],
  [
    'server',
    header(
      'http.server',
      'Server',
      'RFC 9110 §10.2.4',
      'The program that answers, as it calls itself; attackers look up its known holes by this.',
    ),
  ],
  [
    'content-type',
    header(
      'http.content_type',
      'Content-Type',
      'RFC 9110 §8.3',
      'The form of the body: HTML, an image, or application/dns-message, with which DNS hides in HTTP.',
    ),
  ],
  [
    'content-length',
    header(
      'http.content_length_header',
      'Content-Length',
      'RFC 9110 §8.6',
      'Bytes of the body; without it chunks or the end of the connection tell where it ends.',
    ),
  ],
  [
    'transfer-encoding',
    header(
      'http.transfer_encoding',
      'Transfer-Encoding',
      'RFC 9112 §6.1',
      'How the body is cut into pieces on its way: chunked means that each piece says its length.',
    ),
  ],
  [
    'content-encoding',
    header(
      'http.content_encoding',
      'Content-Encoding',
      'RFC 9110 §8.4',
      'How the body was compressed; nothing is readable in it until that is undone.',
    ),
  ],
  [
    'connection',
    header(
      'http.connection',
      'Connection',
      'RFC 9110 §7.6.1',
      'Whether the connection stays open for more, or becomes something else.',
    ),
  ],
  [
    'upgrade',
    header(
      'http.upgrade',
      'Upgrade',
      'RFC 9110 §7.8',
      'Another protocol to go on with on this connection, such as websocket, which some VPNs hide in.',
    ),
  ],
  [
    'location',
    header(
      'http.location',
      'Location',
      'RFC 9110 §10.2.2',
      'The address to which the client is sent on: it asks again there.',
    ),
  ],
  [
    'authorization',
    header(
      'http.authorization',
      'Authorization',
      'RFC 9110 §11.6.2',
      'Credentials of the client; Basic ones are a password that everyone on the way can read.',
    ),
  ],
  [
    'cookie',
    header(
      'http.cookie',
      'Cookie',
      'RFC 6265 §5.4',
      'What the server told the client to remember; whoever has it is taken for the client.',
    ),
  ],
  [
    'set-cookie',
    header(
      'http.set_cookie',
      'Set-Cookie',
      'RFC 6265 §4.1',
      'What the client is to remember and to send along from now on.',
    ),
  ],
  [
    'date',
    header('http.date', 'Date', 'RFC 9110 §6.6.1', 'When the message was made, by the clock of the server.'),
  ],
  [
    'accept',
    header(
      'http.accept',
      'Accept',
      'RFC 9110 §12.5.1',
      'Kinds of data that the client can use, best first, so that one address can serve people and programs.',
    ),
  ],
  [
    'accept-encoding',
    header(
      'http.accept_encoding',
      'Accept-Encoding',
      'RFC 9110 §12.5.3',
      'Ways to compress that the client can undo.',
    ),
  ],
  [
    'accept-language',
    header(
      'http.accept_language',
      'Accept-Language',
      'RFC 9110 §12.5.4',
      'Languages that the person in front of the client reads.',
    ),
  ],
  [
    'referer',
    header(
      'http.referer',
      'Referer',
      'RFC 9110 §10.1.3',
      'The page on which the link was that led here. It gives away where the user comes from.',
    ),
  ],
])

const f = {
  method: field('http.request.method', 'Method', {
    type: text,
    explain:
      'What is to be done: GET fetches, POST sends, CONNECT asks a proxy for a tunnel to another host. SSTP_DUPLEX_POST opens Microsoft’s VPN.',
    section: 'RFC 9110 §9',
  }),
  requestVersion: field('http.request.version', 'Version', {
    type: text,
    explain: 'The version of HTTP that the client speaks.',
    section: 'RFC 9112 §2.3',
  }),
  responseVersion: field('http.response.version', 'Version', {
    type: text,
    explain: 'The version of HTTP that the server speaks.',
    section: 'RFC 9112 §2.3',
  }),
  code: field('http.response.code', 'Status code', {
    type: text,
    explain: '2.. is success, 3.. look elsewhere, 4.. the client’s mistake, 5.. the server’s.',
    here: statusSaid,
    section: 'RFC 9110 §15',
  }),
  phrase: field('http.response.phrase', 'Reason phrase', {
    type: text,
    explain: 'The status in words, for people; programs pass over it.',
    section: 'RFC 9112 §4',
  }),
  header: field('http.header', 'Header', {
    type: text,
    explain: 'A name and a value that say more about the message.',
    read: readLine,
    section: 'RFC 9112 §5',
  }),
  end: field('http.line_end', 'Blank or end of line', {
    type: 'bytes',
    explain: 'Stands between words and ends lines; an empty line ends the headers.',
    section: 'RFC 9112 §2.1',
  }),
  body: field('http.file_data', 'Body', {
    type: 'bytes',
    explain: 'What is transferred: the page, the file, the form. It may go on in later packets.',
    section: 'RFC 9112 §6',
  }),
}

export const http = protocol({
  id: 'http',
  name: 'Hypertext Transfer Protocol',
  short: 'HTTP',
  reference: 'RFC 9112, RFC 9110',
  about:
    'Fetches web pages and whatever else programs ask each other for, in lines of text that everyone on the way can read.',
  fields: { ...f, ...uri, ...Object.fromEntries(headers) },
  claims: [[tcpPorts, 80, 591, 3128, 8008, 8080]],
  guess: { space: tcpPorts, first: httpBegins, begins: looksLikeHttp, goesOn: () => true },
  message: httpMessageLength,
  instead: r => (looksLikeSstp(r) ? sstp : undefined),
  walk(r) {
    if (r.sink === null) r.rest(f.body)
    else walkMessage(r)
    return r.carry(undefined)
  },
  summary: summarize,
})

// Attackers and bad programs leave blanks in the address.
const requestLine = /^[A-Z][A-Z_-]{1,30} \S.* HTTP\/1\.\d$/
const statusLine = /^HTTP\/1\.\d \d{3}( |$)/

function walkMessage(r: Reader): void {
  const length = lineLength(r)
  const line = textOf(r, length)
  if (statusLine.test(line)) walkWords(r, length, [f.responseVersion, f.code, f.phrase], f.end)
  else if (requestLine.test(line)) walkRequest(r, length, line)
  else {
    r.note('info', 'A piece of a message that begins in an earlier packet')
    r.rest(f.body)
    return
  }
  walkHeaders(r, headers, f.header, f.end)
  if (r.left > 0) r.rest(f.body)
}

function walkRequest(r: Reader, length: number, line: string): void {
  walkWords(r, length, [f.method, requestUri, f.requestVersion], f.end)
  if (line.split(' ', 4).length > 3)
    r.noteOn(
      f.requestVersion,
      'warning',
      'A blank in the address: servers are to refuse this (RFC 9112 §3.2)',
    )
  if (line.startsWith('SSTP_DUPLEX_POST '))
    r.noteOn(f.method, 'info', 'SSTP, Microsoft’s VPN: from here on this connection carries PPP')
  else if (line.startsWith('CONNECT '))
    r.noteOn(
      f.method,
      'info',
      'A tunnel through a proxy: if it answers 200, what follows is another protocol',
    )
}

function statusSaid(_value: number, layer: LayerView): string {
  return httpStatusMeanings[Number(layer.show(f.code))] ?? ''
}

function summarize(v: LayerView): string {
  if (v.has(f.method)) {
    const host = headers.get('host')
    const where = host && v.has(host) ? `, host ${v.show(host)}` : ''
    return `${v.show(f.method)} ${v.show(uri.whole)}${where}`
  }
  if (v.has(f.code)) return `${v.show(f.code)} ${v.has(f.phrase) ? v.show(f.phrase) : ''}`.trim()
  return 'part of a message'
}
