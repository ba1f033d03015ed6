import { block } from '../src/dissect/block.ts'
import { verifySegment } from '../src/dissect/checksum.ts'
import { anyPort } from '../src/dissect/conversations.ts'
import { data } from '../src/dissect/data.ts'
import { bytes, field, hex } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { udpLesson } from './lessons/network.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { showPort, udpPorts } from './numbers/ports.ts'
import { guessPayload } from './port-guess.ts'
import { portSaid } from './ports-said.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |          Source Port          |       Destination Port        |
// |            Length             |           Checksum            |

/** The glossary of the UDP header, whose ports UDP-Lite shares. */
export const f = {
  sourcePort: field('udp.srcport', 'Source port', {
    explain:
      'The sender’s end of the conversation; answers come back to it. Clients pick a free one, NAT devices rewrite it.',
    values: udpPorts,
    show: showPort(udpPorts),
    here: portSaid,
  }),
  destinationPort: field('udp.dstport', 'Destination port', {
    explain: 'Names the service in the receiver, or the client that an answer goes back to.',
    values: udpPorts,
    show: showPort(udpPorts),
    here: portSaid,
  }),
  length: field('udp.length', 'Length', {
    explain: 'Bytes of this header and its payload.',
    show: bytes,
    here: value =>
      value < 8 ? '' : `${value} less the 8 of this header leave ${bytes(value - 8)} of payload.`,
  }),
  checksum: field('udp.checksum', 'Checksum', {
    explain:
      'Covers a pseudo header of addresses, the header and the payload, so that a NAT device which changes an address has to change it too.',
    show: hex(4),
    meanings: { 0: '0: none was made, as tunnels over IPv4 often do.' },
  }),
}

export const header = block([f.sourcePort, 16], [f.destinationPort, 16], [f.length, 16], [f.checksum, 16])

export const udp = protocol({
  id: 'udp',
  name: 'User Datagram Protocol',
  short: 'UDP',
  reference: 'RFC 768',
  about:
    'Adds ports and a checksum to IP and nothing else: no connection, no order, no second try. Most tunnels that cross NAT use it.',
  lesson: udpLesson,
  fields: f,
  begins: header,
  plain: { length: f.length, next: [udpPorts, f.sourcePort, f.destinationPort] },
  claims: [[ipProtocols, 17]],
  ports: [f.sourcePort, f.destinationPort],
  walk(r) {
    r.block(header)
    const source = r.of(f.sourcePort)
    const destination = r.of(f.destinationPort)
    const length = r.of(f.length)
    // A jumbogram says 0: its length is the packet's (RFC 2675 §4).
    if (length !== 0 || r.left < 0xfff8) r.limitTo(length, f.length)
    if (r.checking) {
      const checksum = r.of(f.checksum)
      if (checksum === 0) noteNoChecksum(r, destination)
      else if (r.whole && !r.excerpted) verifySegment(r, f.checksum, 17, checksum, true)
    }
    const low = Math.min(source, destination)
    const next = r.payloadOfEither(udpPorts, low, Math.max(source, destination))
    if (next === undefined) return guessPayload(r, udpPorts, source, destination)
    if (next.guess?.elsewhere && r.session?.learns && !r.excerpted)
      r.session.conversations.enter(r, source, anyPort, next)
    return next
  },
  summary: v => `${v.number(f.sourcePort)} → ${v.number(f.destinationPort)}, ${v.show(f.length)}`,
  line: printUdp,
})

/** Tunnels that may leave the checksum out over IPv6 as well, because what they carry has its own (RFC 6935 §5). */
const tunnelPorts = new Set([1701, 2152, 4341, 4500, 4754, 4789, 4790, 6081, 6635, 8472])

function noteNoChecksum(r: Reader, destination: number): void {
  if (r.addresses.size === 4) return
  if (tunnelPorts.has(destination))
    r.noteOn(
      f.checksum,
      'info',
      'No checksum over IPv6, which tunnels may do (RFC 6935): damage to the addresses goes unnoticed',
    )
  else
    r.noteOn(
      f.checksum,
      'warning',
      'No checksum over IPv6, which receivers drop: only tunnels may do so (RFC 8200 §8.1)',
    )
}

/** UDP as OpenBSD’s tcpdump prints it: the payload where it knows it, else its length. */
function printUdp(v: LayerView, line: Line): void {
  const { out, options } = line
  line.complete = true
  if (v.extent < 8 || v.number(f.length) < 8) {
    out.ascii('truncated-udp ').decimal(v.has(f.length) ? Math.min(v.extent, v.number(f.length)) : v.extent)
    return
  }
  if (!v.has(f.checksum)) {
    out.ascii('[|udp]')
    return
  }
  const checksum = v.number(f.checksum)
  if (options.verbose > 0) {
    const check = v.check(f.checksum)
    if (checksum === 0) out.ascii('[no udp cksum] ')
    else if (check?.good) out.ascii('[udp sum ok] ')
    else if (check) out.ascii('[bad udp cksum ').hex(checksum).ascii('! -> ').hex(check.expected).ascii('] ')
  }
  if (!options.quiet && v.next !== undefined && v.next.protocol !== data) line.inner(v)
  else out.ascii('udp ').decimal(v.number(f.length) - 8)
}
