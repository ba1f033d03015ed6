import { printDetails } from '../src/dissect/detail-lines.ts'
import { field, glossary, hex, seconds } from '../src/dissect/field.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { lcpOptionFields } from './lcp-option-fields.ts'
import { lcpOptions } from './lcp-options.ts'
import { pppProtocols } from './numbers/ppp.ts'
import { controlFields, controlSummary, optionFields, walkBody, walkHeader } from './ppp-control.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |     Code      |  Identifier   |            Length             |
// | Protocol-Reject: Rejected-Protocol (16), Rejected-Information
// | Echo, Discard, Identification, Time-Remaining: Magic-Number (32), more

const f = {
  rejectedProtocol: field('lcp.rej_proto', 'Rejected protocol', {
    explain: 'The protocol of a packet that the sender got and cannot use: the other end stops sending it.',
    section: 'RFC 1661 §5.7',
    values: pppProtocols,
  }),
  magicNumber: field('lcp.magic_number', 'Magic number', {
    explain:
      'The number that the sender chose for itself when the line was set up, 0 where it chose none; it shows a loop.',
    section: 'RFC 1661 §5.8',
    show: hex(8),
  }),
  secondsRemaining: field('lcp.secs_remaining', 'Seconds remaining', {
    explain: 'How long the sender lets the connection last from now on.',
    section: 'RFC 1570 §1.2',
    show: value => (value === 0xffffffff ? 'forever' : seconds(value)),
  }),
  message: field('lcp.message', 'Message', {
    type: 'text',
    explain: 'Words for people: the sender’s software and version, or why the time is running out.',
    section: 'RFC 1570 §1.1',
  }),
  data: field('lcp.data', 'Data', {
    type: 'bytes',
    explain: 'Bytes without a meaning; a reply repeats those of its request.',
    section: 'RFC 1661 §5.8',
  }),
}

export const lcp = protocol({
  id: 'lcp',
  name: 'PPP Link Control Protocol',
  short: 'LCP',
  reference: 'RFC 1661, RFC 1570, RFC 2153',
  about:
    'Sets up a PPP line: how large packets may be, who has to prove who he is, what may be left out. Later it checks that the other end is still there.',
  fields: glossary(controlFields, optionFields(lcpOptions), lcpOptionFields, f),
  claims: [[pppProtocols, 0xc021]],
  walk(r) {
    const code = walkHeader(r)
    if (code === protocolReject) return walkReject(r)
    if (code < echoRequest || code > timeRemaining) walkBody(r, code, lcpOptions)
    else walkOwn(r, code)
    return r.carry(undefined)
  },
  summary: v =>
    v.has(f.rejectedProtocol)
      ? `${controlSummary(v, undefined)}: ${v.show(f.rejectedProtocol)}`
      : controlSummary(v, lcpOptions),
  line: printDetails,
})

const [protocolReject, echoRequest, discardRequest, timeRemaining] = [8, 9, 11, 13]

/** The packet that is refused comes back, as much of it as there is room for. */
function walkReject(r: Reader): Next {
  const rejected = pppProtocols.find(r.u16(f.rejectedProtocol))
  if (rejected !== undefined && r.left > 0) return r.excerpt(rejected, true)
  r.rest(controlFields.rejected)
  return r.carry(undefined)
}

function walkOwn(r: Reader, code: number): void {
  r.u32(f.magicNumber)
  if (code <= discardRequest) {
    r.rest(f.data)
    return
  }
  if (code === timeRemaining) r.u32(f.secondsRemaining)
  r.rest(f.message)
}
