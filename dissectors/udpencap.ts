import { field, hex } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { esp } from './esp.ts'
import { isakmp } from './isakmp.ts'
import { looksLikeIke } from './isakmp-looks.ts'
import { udpencapLesson } from './lessons/ipsec.ts'
import { udpPorts } from './numbers/ports.ts'

// |                      Non-ESP Marker: 0                        |  then an IKE message
// |               Security Parameters Index: not 0                |  the first of ESP, which has no header here
// | 0xff          |                                                  a NAT keepalive, nothing else

const f = {
  marker: field('udpencap.non_esp_marker', 'Non-ESP marker', {
    explain:
      'Four zero bytes where ESP would have its SPI, which is never 0: so an IKE message is known on the port that both share.',
    section: 'RFC 3948 §2.2',
    show: hex(8),
  }),
  keepalive: field('udpencap.nat_keepalive', 'NAT keepalive', {
    explain:
      'A lone byte that keeps the way through a NAT device open while nothing else is sent. The receiver ignores it.',
    section: 'RFC 3948 §2.3',
    show: hex(2),
  }),
}

const markerLength = 4

/** A keepalive, or an SPI that someone may choose in front of words of 4 bytes. */
function looksLikeEsp(r: Reader): boolean {
  if (r.left === 1) return r.peek() === 0xff
  return r.left >= 16 && r.left % 4 === 0 && (r.peek() | r.peek(1) | r.peek(2)) > 0
}

export const udpencap = protocol({
  id: 'udpencap',
  name: 'UDP Encapsulation of IPsec Packets',
  short: 'UDP Encap',
  reference: 'RFC 3948',
  about: 'Carries ESP and IKE on one UDP port, because NAT devices can tell UDP flows apart but not ESP.',
  lesson: udpencapLesson,
  fields: f,
  claims: [[udpPorts, 4500]],
  guess: {
    space: udpPorts,
    first: [[0, 0]],
    begins: r => (r.peek() | r.peek(1) | r.peek(2) | r.peek(3)) === 0 && looksLikeIke(r, markerLength),
    goesOn: looksLikeEsp,
  },
  walk(r) {
    if (r.left === 1 && r.peek() === 0xff) {
      r.u8(f.keepalive)
      return r.carry(undefined)
    }
    // Where a byte is not there, peek says -1: then the marker is what the stop tells of.
    if ((r.peek() | r.peek(1) | r.peek(2) | r.peek(3)) > 0) return r.carry(esp)
    r.u32(f.marker)
    return r.carry(isakmp)
  },
  summary: v => (v.has(f.keepalive) ? 'NAT keepalive' : v.has(f.marker) ? 'IKE' : 'ESP'),
  line(v, line) {
    if (v.has(f.keepalive)) line.out.ascii('NAT-T Keepalive')
    else if (v.next === undefined) line.out.ascii('udpencap')
    else {
      line.out.ascii('udpencap: ')
      line.inner(v)
    }
  },
})
