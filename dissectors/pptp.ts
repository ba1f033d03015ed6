import { printDetails } from '../src/dissect/detail-lines.ts'
import type { Field } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { pptpLesson } from './lessons/tunnels.ts'
import { tcpPorts } from './numbers/ports.ts'
import { pptpFields as f, pptpMessages } from './pptp-fields.ts'
import { pptpLayouts } from './pptp-layouts.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |             Length            |       PPTP Message Type       |
// |                         Magic Cookie                          |
// |     Control Message Type      |           Reserved0           |
// | depends on the type, and so on, message after message

/** How it went, in each kind of answer. */
const results = [f.controlResult, f.stopResult, f.echoResult, f.outgoingResult, f.incomingResult, f.endResult]

const headerLength = 12
const magic = 0x1a2b3c4d

export const pptp = protocol({
  id: 'pptp',
  name: 'Point-to-Point Tunneling Protocol',
  short: 'PPTP',
  reference: 'RFC 2637',
  about:
    'Places the calls of a Microsoft VPN, whose packets then travel as PPP in GRE. This connection is not encrypted, and the encryption inside is broken.',
  lesson: pptpLesson,
  fields: f,
  claims: [[tcpPorts, 1723]],
  message(r) {
    if (r.peek(7) < 0) return 0
    const cookie = ((r.peek(4) << 24) | (r.peek(5) << 16) | (r.peek(6) << 8) | r.peek(7)) >>> 0
    const length = (r.peek() << 8) | r.peek(1)
    return cookie === magic && length >= headerLength ? length : -1
  },
  walk(r) {
    walkMessage(r)
    return r.carry(undefined)
  },
  summary(v) {
    const type = v.number(f.control)
    const own = v.has(f.call) ? `call ${v.number(f.call)}` : ''
    const peer = v.has(f.peerCall) ? `peer’s call ${v.number(f.peerCall)}` : ''
    const result = results.find(field => v.has(field))
    const said = [own, peer, v.show(f.host), result === undefined ? '' : v.show(result)]
    return [pptpMessages[type] ?? `message ${type}`, ...said].filter(text => text !== '').join(', ')
  },
  line: printDetails,
})

function walkMessage(r: Reader): void {
  r.open(f.message)
  r.claim(r.u16(f.length), f.length)
  r.u16(f.type)
  r.u32(f.cookie)
  const layout = pptpLayouts[r.u16(f.control)]
  r.octets(f.reserved, 2)
  if (layout !== undefined) for (const [field, bytes] of layout) walkSlot(r, field, bytes)
  else if (r.checking) r.noteOn(f.control, 'warning', 'A control message of this number is not known')
  if (r.left > 0) r.rest(f.data)
  r.close()
}

function walkSlot(r: Reader, field: Field, bytes: number): void {
  if (field.type !== 'uint') r.octets(field as Field<'bytes'>, bytes)
  else if (bytes === 1) r.u8(field as Field<'uint'>)
  else if (bytes === 2) r.u16(field as Field<'uint'>)
  else r.u32(field as Field<'uint'>)
}
