import { type Field, field, glossary } from '../src/dissect/field.ts'
import {
  type Address,
  between,
  contactAddress,
  contactParameter,
  digestParameters,
  fromAddress,
  fromTag,
  group,
  header,
  mechanism,
  mechanismParameters,
  requestAddress,
  routeAddress,
  scheme,
  sequence,
  toAddress,
  toTag,
  uris,
  via,
} from './sip-header-fields.ts'
import { readLine } from './text-lines.ts'
import { namedParts, type Part, type Parted, parameterParts } from './text-parts.ts'

const uriPattern =
  /^sips?:(?:(?<user>[^@\s<>;]*)@)?(?<host>\[[^\]]*\]|[^\s:;?<>@]+)?(?::(?<port>\d+))?(?:;(?<param>[^?]+))?/d

/** The parts of the address from `start` up to `end`. Numbers of telephones have none. */
function addressParts(line: string, start: number, end: number, fields: Address): readonly Part[] {
  if (line.startsWith('tel:', start)) return []
  const inside = namedParts(uriPattern.exec(line.slice(start, end)), fields)
  return inside.map(([f, from, to]): Part => [f, start + from, start + to])
}

/** Where the address of a header lies: in pointed brackets behind a name, or up to the first parameter. */
function addressAt(line: string): readonly [start: number, end: number] {
  const bracket = line.indexOf('<')
  if (bracket >= 0) {
    const end = line.indexOf('>', bracket)
    return [bracket + 1, end < 0 ? line.length : end]
  }
  const start = /^[^:]*:\s*/.exec(line)?.[0].length ?? 0
  const length = line.slice(start).search(/[;,\s]/)
  return [start, length < 0 ? line.length : start + length]
}

/** A header with an address and parameters. */
function addressed(
  f: Field<'group'>,
  uri: Field<'group'>,
  fields: Address,
  parameters: Readonly<Record<string, Field<'text'>>> = {},
  other?: Field<'text'>,
): Parted {
  const parts = (line: string) => {
    const [start, end] = addressAt(line)
    const behind = parameterParts(line, end, parameters, other)
    return [[uri, start, end] as const, ...addressParts(line, start, end, fields), ...behind]
  }
  return { field: f, between, parts }
}

const { transport, address: sentBy, port: sentByPort, ...viaParameters } = via
const viaPattern =
  /^[^:]*:\s*SIP\s*\/\s*[^\s/]+\s*\/\s*(?<transport>[^\s/]+)\s+(?:\[(?<address6>[^\]]*)\]|(?<address>[^\s:;,]+))(?:\s*:\s*(?<port>\d+))?/d

const mechanismPattern = /(?:^[^:]*:|,)\s*([^\s;,=]+)/dg
function mechanismParts(line: string): readonly Part[] {
  const names = [...line.matchAll(mechanismPattern)].map(({ indices }): Part => [mechanism, ...indices![1]!])
  return [...names, ...parameterParts(line, line.indexOf(':') + 1, mechanismParameters)]
}
const secured = (name: string, explain: string): Parted => ({
  field: group(name, name, 'RFC 3329 §2.2', explain),
  between,
  parts: mechanismParts,
})

const schemePattern = /^[^:]*:\s*(?<scheme>[^\s,=]+)/d
function digestParts(line: string): readonly Part[] {
  const found = schemePattern.exec(line)
  const from = found === null ? line.length : found[0].length
  return [...namedParts(found, { scheme }), ...parameterParts(line, from, digestParameters)]
}
const proved = (name: string, section: string, explain: string): Parted => ({
  field: group(name, name, section, explain),
  between,
  parts: digestParts,
})

/** What the first line of a request is about. */
export const requestUri: Parted = {
  field: field('sip.r-uri', 'Request-URI', {
    type: 'group',
    explain: 'The user or server that the request is meant for; proxies rewrite it on the way.',
    section: 'RFC 3261 §7.1',
    read: readLine,
  }),
  between,
  parts: line => addressParts(line, 0, line.length, requestAddress),
}

const viaHeader: Parted = {
  field: group(
    'Via',
    'Via',
    'RFC 3261 §20.42',
    'A host that the request came through; the answer goes back the same way. Behind NAT the address here is wrong.',
  ),
  between,
  parts: line => {
    const found = viaPattern.exec(line)
    if (found === null) return []
    const main = namedParts(found, { transport, address: sentBy, address6: sentBy, port: sentByPort })
    return [...main, ...parameterParts(line, found[0].length, viaParameters)]
  },
}
const sequencePattern = /^[^:]*:\s*(?<number>\d+)\s+(?<method>[^\s]+)/d
const sequenceHeader: Parted = {
  field: group(
    'CSeq',
    'CSeq',
    'RFC 3261 §20.16',
    'Numbers the requests of a call, so that answers find theirs.',
  ),
  between,
  parts: line => namedParts(sequencePattern.exec(line), sequence),
}
const from = addressed(
  group('From', 'From', 'RFC 3261 §20.20', 'Who calls, as the caller says.'),
  uris.from,
  fromAddress,
  { tag: fromTag },
)
const to = addressed(
  group('To', 'To', 'RFC 3261 §20.39', 'Who is called, as it was asked for.'),
  uris.to,
  toAddress,
  { tag: toTag },
)
const contact = addressed(
  group('Contact', 'Contact', 'RFC 3261 §20.10', 'Where the sender can be reached directly.'),
  uris.contact,
  contactAddress,
  {},
  contactParameter,
)
const callId = header('Call-ID', 'Call-ID', 'RFC 3261 §20.8', 'The same in all messages of one call.')
const contentType = header(
  'Content-Type',
  'Content-Type',
  'RFC 3261 §20.15',
  'What the body is: application/sdp says where the voice is to be sent.',
)
const contentLength = header(
  'Content-Length',
  'Content-Length',
  'RFC 3261 §20.14',
  'Bytes of what follows the empty line. Over TCP it tells where the next message begins.',
)

const whole: readonly (readonly [string, Field<'text'> | Parted])[] = [
  ['via', viaHeader],
  ['from', from],
  ['to', to],
  ['contact', contact],
  ['cseq', sequenceHeader],
  ['call-id', callId],
  ['content-type', contentType],
  ['content-length', contentLength],
  [
    'route',
    addressed(
      group(
        'Route',
        'Route',
        'RFC 3261 §20.34',
        'The hosts that the request is to pass, as answers named them.',
      ),
      uris.route,
      routeAddress,
    ),
  ],
  [
    'max-forwards',
    header(
      'Max-Forwards',
      'Max-Forwards',
      'RFC 3261 §20.22',
      'How many more hosts may pass the request on; it ends loops.',
    ),
  ],
  [
    'user-agent',
    header('User-Agent', 'User-Agent', 'RFC 3261 §20.41', 'The phone or program, in its own words.'),
  ],
  [
    'expires',
    header('Expires', 'Expires', 'RFC 3261 §20.19', 'Seconds after which a registration is forgotten.'),
  ],
  [
    'authorization',
    proved('Authorization', 'RFC 3261 §20.7', 'A hash made with the password: proof of who the caller is.'),
  ],
  [
    'www-authenticate',
    proved('WWW-Authenticate', 'RFC 3261 §20.44', 'The server asks for proof of who the caller is.'),
  ],
  [
    'proxy-authorization',
    proved('Proxy-Authorization', 'RFC 3261 §20.28', 'The proof that a host on the way asked for.'),
  ],
  [
    'proxy-authenticate',
    proved('Proxy-Authenticate', 'RFC 3261 §20.27', 'A host on the way asks for proof of who the caller is.'),
  ],
  [
    'security-client',
    secured('Security-Client', 'The ways to protect the connection that the phone can use.'),
  ],
  [
    'security-server',
    secured('Security-Server', 'The ways to protect the connection that the network wants.'),
  ],
  [
    'security-verify',
    secured(
      'Security-Verify',
      'What the network had said, sent back under protection: nobody has changed it.',
    ),
  ],
]

/** Short names (RFC 3261 §7.3.3). */
const short: readonly (readonly [string, Field<'text'> | Parted])[] = [
  ['v', viaHeader],
  ['f', from],
  ['t', to],
  ['m', contact],
  ['i', callId],
  ['c', contentType],
  ['l', contentLength],
]

/** Headers that have a field of their own, by their names and short names in lower case. */
export const sipHeaders: ReadonlyMap<string, Field<'text'> | Parted> = new Map([...whole, ...short])

const fieldOf = (entry: Field<'text'> | Parted): Field => ('field' in entry ? entry.field : entry)

/** The glossary of headers and their parts. */
export const sipHeaderFields: Readonly<Record<string, Field>> = glossary(
  Object.fromEntries(whole.map(([name, entry]) => [name, fieldOf(entry)])),
  ...[fromAddress, toAddress, contactAddress, routeAddress, requestAddress, uris, via, sequence],
  ...[mechanismParameters, digestParameters],
  { requestUri: requestUri.field, fromTag, toTag, contactParameter, mechanism, scheme, between },
)
