import { expectedChecksum } from '../src/dissect/checksum.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { eth } from './eth.ts'
import { bit, bridged, eoip, f, ppp, redirected, spanOne } from './gre-fields.ts'
import { printGre } from './gre-line.ts'
import { routingFields, walkRouting } from './gre-routing.ts'
import { walkRedirect, wccpFields } from './gre-wccp.ts'
import { greLesson } from './lessons/tunnels.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { udpPorts } from './numbers/ports.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |C|R|K|S|s|Recur|  Flags  | Ver |         Protocol Type         |
// |      Checksum (optional)      |       Offset (optional)       |
// |                         Key (optional)                        |
// |                    Sequence Number (optional)                 |
// |                         Routing (optional)                    |
//
// Version 1, the enhanced GRE of PPTP (RFC 2637):
// |C|R|K|S|s|Recur|A| Flags | Ver |         Protocol Type         |
// |        Payload Length         |            Call ID            |
// |                    Sequence Number (optional)                 |
// |                 Acknowledgment Number (optional)              |

export const gre = protocol({
  id: 'gre',
  name: 'Generic Routing Encapsulation',
  short: 'GRE',
  reference: 'RFC 2784, RFC 2890, RFC 1701, RFC 2637',
  about: 'Wraps a packet of any network protocol so that IP can carry it. No encryption, no authentication.',
  lesson: greLesson,
  fields: { ...f, ...routingFields, ...wccpFields },
  claims: [
    [ipProtocols, 47],
    [udpPorts, 4754],
  ],
  walk(r) {
    const enhanced = (r.peek(1) & 7) === 1
    // EoIP acknowledges nothing: the bit for it is reserved.
    const acknowledges = enhanced && ((r.peek(2) << 8) | r.peek(3)) !== eoip
    const flags = r.u16(acknowledges ? f.enhancedFlags : f.flags)
    const type = r.u16(f.protocolType)
    if ((flags & 7) > 1) {
      if (r.checking) r.note('error', `Version ${flags & 7}: only 0 and 1 are defined, the rest is not read`)
      return r.carry(undefined)
    }
    if (r.checking) checkFlags(r, flags, type)
    if (flags & (bit.checksum | bit.routing)) walkChecksum(r, flags)
    if (enhanced) return walkEnhanced(r, flags, type)
    if (flags & bit.key) r.u32(type === bridged ? f.bridgedKey : f.key)
    if (flags & bit.sequence) r.u32(f.sequenceNumber)
    if (flags & bit.routing) walkRouting(r)
    if (type === redirected) return walkRedirect(r)
    // ERSPAN of type I: nothing stands between GRE and the frame.
    if (type === spanOne && !(flags & bit.sequence)) r.headless = true
    if (type !== 0) return r.payload(etherTypes, type)
    r.note('info', 'Keepalive: no packet is inside')
    return r.carry(undefined)
  },
  summary(v) {
    const type = v.number(f.protocolType)
    const inside = type === 0 ? 'keepalive' : v.show(f.protocolType)
    if (v.has(f.tunnelId)) return `EoIP tunnel ${v.number(f.tunnelId)}`
    if (v.has(f.callId)) return `${inside}, call ${v.number(f.callId)}`
    if (v.has(f.bridgedKey)) return `${inside}, key ${v.show(f.bridgedKey)}`
    return v.has(f.key) ? `${inside}, key ${v.show(f.key)}` : inside
  },
  line: printGre,
})

function walkChecksum(r: Reader, flags: number): void {
  const checksum = r.u16(f.checksum)
  if (flags & bit.checksum && r.checking && r.whole && !r.excerpted)
    r.verify(f.checksum, checksum, expectedChecksum(r, r.start, r.limit, checksum))
  if (flags & bit.routing) r.u16(f.offset)
  else if (r.u16(f.reserved1) !== 0)
    r.noteField('warning', 'Reserved1 is to be 0 where no source routes follow')
}

function walkEnhanced(r: Reader, flags: number, type: number): Next {
  let length = r.left
  if (flags & bit.key) {
    length = r.u16(f.payloadLength)
    if (type === eoip) r.u16le(f.tunnelId)
    else r.u16(f.callId)
  }
  if (flags & bit.sequence) r.u32(f.sequenceNumber)
  if (flags & bit.acknowledgment) r.u32(f.acknowledgmentNumber)
  if (flags & bit.routing) walkRouting(r)
  if (r.checking && length > r.left && flags & bit.key)
    r.note('error', `${f.payloadLength.label} claims ${length} bytes, ${r.left} are left`)
  if (type === eoip) return r.carry(eth, length)
  return length === 0 ? r.carry(undefined, 0) : r.payload(etherTypes, type, length)
}

function checkFlags(r: Reader, flags: number, type: number): void {
  const enhanced = (flags & 7) === 1
  if (flags & (enhanced ? 0x78 : 0xf8)) r.note('warning', 'Reserved flag bits are set')
  if (enhanced) {
    if (flags & (bit.checksum | bit.routing | bit.strictRoute | bit.recursion))
      r.note(
        'error',
        'Enhanced GRE has neither checksum nor source routes nor recursion control (RFC 2637 §4.1)',
      )
    if (!(flags & bit.key)) r.note('error', 'Enhanced GRE needs its key: the payload length and the call')
    if (type !== eoip && type !== ppp) r.note('warning', 'Enhanced GRE carries PPP, or MikroTik’s EoIP')
  } else if (flags & (bit.routing | bit.strictRoute | bit.recursion))
    r.note('warning', 'Bits of RFC 1701 that RFC 2784 took out: most receivers drop the packet')
}
