import { glossary } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { avp, value, value3 } from './l2tp-avp-fields.ts'
import { walkAvps } from './l2tp-avps.ts'
import { f, sublayer } from './l2tp-fields.ts'
import { printAvps } from './l2tp-line.ts'
import { walkPseudowire } from './l2tp-pseudowire.ts'
import { l2tpv3Lesson } from './lessons/links.ts'
import { l2tpLesson } from './lessons/tunnels.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { udpPorts } from './numbers/ports.ts'
import { ppp } from './ppp.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |T|L|x|x|S|x|O|P|x|x|x|x|  Ver  |          Length (opt)         |
// |           Tunnel ID           |           Session ID          |
// |             Ns (opt)          |             Nr (opt)          |
// |      Offset Size (opt)        |    Offset pad... (opt)        |
//
// Version 3, control:
// |T|L|x|x|S|x|x|x|x|x|x|x|  Ver  |             Length            |
// |                     Control Connection ID                     |
// |               Ns              |               Nr              |
//
// Version 3, data; the first word is there over UDP only:
// |T|x|x|x|x|x|x|x|x|x|x|x|  Ver  |          Reserved             |
// |                           Session ID                          |
// |               Cookie (optional, maximum 64 bits)              |
// |                 L2-Specific Sublayer (optional)               |

const bit = { control: 0x8000, length: 0x4000, sequence: 0x0800, offset: 0x0200 } as const
const reservedBits = 0x34f0

export const l2tp = protocol({
  id: 'l2tp',
  name: 'Layer Two Tunneling Protocol',
  short: 'L2TP',
  reference: 'RFC 2661, RFC 3931',
  about:
    'Carries PPP links (version 2) or any link (version 3) to a router elsewhere. It encrypts nothing; with IPsec around it, it is the VPN that old Windows built in.',
  lesson: l2tpLesson,
  fields: glossary(f, sublayer, avp, value, value3),
  claims: [[udpPorts, 1701]],
  walk(r) {
    const flags = r.u16(f.flags)
    const version = flags & 15
    if (version === 3) return flags & bit.control ? walkControl3(r) : walkData3(r)
    if (version === 2) return walkVersion2(r, flags)
    r.note('error', `Version ${version}: only 2 and 3 are read${version === 1 ? '; 1 is L2F' : ''}`)
    return r.carry(undefined)
  },
  summary: summarize,
  line: printL2tp,
})

export const l2tpv3 = protocol({
  id: 'l2tpv3',
  name: 'Layer Two Tunneling Protocol version 3 over IP',
  short: 'L2TPv3',
  reference: 'RFC 3931',
  about: 'L2TP without UDP: carries whole links, Ethernet above all, straight in IP. Nothing is encrypted.',
  lesson: l2tpv3Lesson,
  fields: glossary(f, sublayer, avp, value, value3),
  claims: [[ipProtocols, 115]],
  walk(r) {
    if (r.u32(f.sessionId) !== 0) return walkPseudowire(r)
    r.u16(f.flags)
    return walkControl3(r, 4)
  },
  summary: summarize,
  line: printL2tp,
})

function walkVersion2(r: Reader, flags: number): Next {
  const control = (flags & bit.control) > 0
  if (r.checking) check(r, flags)
  if (flags & bit.length) r.limitTo(r.u16(f.length), f.length)
  r.u16(f.tunnel)
  r.u16(f.session)
  if (flags & bit.sequence) {
    r.u16(f.ns)
    r.u16(f.nr)
  }
  if (flags & bit.offset) r.octets(f.padding, r.u16(f.offset))
  if (control) return walkMessage(r)
  return r.carry(ppp)
}

function check(r: Reader, flags: number): void {
  if (flags & reservedBits) r.noteField('warning', 'Reserved bits are set')
  if (!(flags & bit.control)) return
  const needed = bit.length | bit.sequence
  if ((flags & needed) !== needed || flags & bit.offset)
    r.noteField('error', 'A control message has length and sequence numbers, and no offset (RFC 2661 §3.1)')
}

/** `before`: bytes of the session ID that stands in front of a message over IP, which its length does not count. */
function walkControl3(r: Reader, before = 0): Next {
  const length = r.u16(f.length)
  r.limitTo(before + length, f.length)
  r.u32(f.connection)
  r.u16(f.ns)
  r.u16(f.nr)
  return walkMessage(r)
}

function walkMessage(r: Reader): Next {
  if (r.left > 0) walkAvps(r)
  else r.note('info', 'A message without a body: it acknowledges what came, and nothing else')
  return r.carry(undefined)
}

function walkData3(r: Reader): Next {
  r.u16(f.reserved)
  r.u32(f.sessionId)
  return walkPseudowire(r)
}

function summarize(v: LayerView): string {
  const session = v.has(f.sessionId) && !v.has(f.connection)
  if (session) return `session ${v.show(f.sessionId)}`
  if (v.status !== 'truncated' && !v.has(f.session) && !v.has(f.connection))
    return `version ${v.number(f.flags) & 15}`
  const whose = v.has(f.connection)
    ? `connection ${v.show(f.connection)}`
    : `tunnel ${v.number(f.tunnel)}, session ${v.number(f.session)}`
  if (v.has(value.messageType)) return `${v.show(value.messageType)}, ${whose}`
  return v.number(f.flags) & bit.control ? `acknowledgment, ${whose}` : whose
}

/** `l2tp:[TLS](5/1)Ns=0,Nr=0 ` and the message or what is inside, as OpenBSD has it. */
function printL2tp(v: LayerView, line: Line): void {
  const { out } = line
  if (v.has(f.session) || v.has(f.connection)) {
    const flags = v.number(f.flags)
    out.ascii('l2tp:[')
    if (flags & bit.control) out.ascii('T')
    if (flags & bit.length) out.ascii('L')
    if (flags & bit.sequence) out.ascii('S')
    if (flags & bit.offset) out.ascii('O')
    out.ascii('](')
    if (v.has(f.tunnel)) out.decimal(v.number(f.tunnel)).ascii('/').decimal(v.number(f.session))
    else out.hex(v.number(f.connection))
    out.ascii(')')
    if (v.has(f.nr)) out.ascii('Ns=').decimal(v.number(f.ns)).ascii(',Nr=').decimal(v.number(f.nr))
    if (v.has(avp.group)) printAvps(v, line)
    else if (flags & bit.control) out.ascii(' ZLB')
  } else if (v.has(f.sessionId)) out.ascii('l2tp: session 0x').hex(v.number(f.sessionId), 8)
  else out.ascii('l2tp')
  if (v.next === undefined) return
  out.ascii(' ')
  line.inner(v)
}
