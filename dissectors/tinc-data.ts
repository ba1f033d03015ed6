import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { tincDataLesson } from './lessons/sessions.ts'
import { udpPorts } from './numbers/ports.ts'
import { d } from './tinc-fields.ts'

// tinc 1.1: Destination ID (48), Source ID (48), Sequence Number (32), encrypted: type, packet, tag
// tinc 1.0: encrypted from the first byte on, HMAC

const headerLength = 16
const tagLength = 16

/** Of tinc 1.0, one packet in 4096 looks so as well: a session of tinc 1.1 makes new keys before it counts that far. */
function looksLikeSptps(r: Reader): boolean {
  return r.left >= headerLength + tagLength + 1 && r.peek(12) === 0 && r.peek(13) >= 0 && r.peek(13) < 16
}

export const tincData = protocol({
  id: 'tinc.data',
  name: 'tinc data packets',
  short: 'tinc data',
  reference: 'https://www.tinc-vpn.org/documentation/The-VPN-packet-format.html',
  about:
    'Carries packets between the nodes of a tinc mesh over UDP, encrypted with keys that the nodes gave each other over TCP. Sizes, times and the two nodes stay visible.',
  lesson: tincDataLesson,
  fields: { ...d },
  claims: [[udpPorts, 655]],
  walk(r) {
    if (!looksLikeSptps(r))
      return r.opaque(
        d.opaque,
        'Encrypted as a whole, as tinc 1.0 does: the keys were agreed on over TCP, and only the nodes have them',
      )
    r.octets(d.destination, 6)
    r.octets(d.source, 6)
    r.u32(d.sequence)
    return r.opaque(
      d.payload,
      'tinc 1.1, a guess from the small sequence number: only the two nodes can read on',
    )
  },
  summary: v =>
    v.has(d.sequence)
      ? `1.1, sequence ${v.number(d.sequence)}, ${v.show(d.source)} → ${v.show(d.destination)}`
      : 'encrypted',
})
