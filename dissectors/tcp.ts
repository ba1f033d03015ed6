import { block } from '../src/dissect/block.ts'
import { verifySegment } from '../src/dissect/checksum.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { tcpLesson } from './lessons/network.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { tcpPorts } from './numbers/ports.ts'
import { guessPayload } from './port-guess.ts'
import { f } from './tcp-fields.ts'
import { flagNames, printTcp } from './tcp-line.ts'
import { m } from './tcp-mptcp-fields.ts'
import { o } from './tcp-option-fields.ts'
import { h } from './tcp-option-headings.ts'
import { walkOptions } from './tcp-options.ts'
import { walkStream } from './tcp-stream.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |          Source Port          |       Destination Port        |
// |                        Sequence Number                        |
// |                    Acknowledgment Number                      |
// |  Data |     |A|C|E|U|A|P|R|S|F|                               |
// | Offset| Rsv |E|W|C|R|C|S|S|Y|I|            Window             |
// |       |     | |R|E|G|K|H|T|N|N|                               |
// |           Checksum            |         Urgent Pointer        |
// |                           [Options]                           |

const fin = 0x01
const syn = 0x02
const rst = 0x04
const ack = 0x10
const urg = 0x20
const reserved = 0xe00

const header = block(
  [f.sourcePort, 16],
  [f.destinationPort, 16],
  [f.sequenceNumber, 32],
  [f.acknowledgmentNumber, 32],
  [f.dataOffset, 4],
  [f.flags, 12],
  [f.window, 16],
  [f.checksum, 16],
  [f.urgentPointer, 16],
)

export const tcp = protocol({
  id: 'tcp',
  name: 'Transmission Control Protocol',
  short: 'TCP',
  reference: 'RFC 9293',
  about:
    'Makes a reliable stream of bytes out of packets that may get lost, doubled or out of order. A tunnel that runs on it repeats what the TCP inside repeats already.',
  lesson: tcpLesson,
  fields: { ...f, ...h, ...o, ...m },
  begins: header,
  claims: [[ipProtocols, 6]],
  ports: [f.sourcePort, f.destinationPort],
  walk(r) {
    r.block(header)
    const source = r.of(f.sourcePort)
    const destination = r.of(f.destinationPort)
    const headerLength = r.of(f.dataOffset) * 4
    const flags = r.of(f.flags)
    if (r.checking) check(r, flags)
    if (headerLength < 20) r.malformed(`Data offset ${headerLength} is less than 20 bytes`)
    const optionsLength = headerLength - 20
    if (optionsLength > 0) {
      if (r.sink === null) r.octets(o.padding, optionsLength)
      else walkOptions(r, optionsLength, (flags & syn) !== 0)
    }
    const claimed = r.payloadOfEither(tcpPorts, Math.min(source, destination), Math.max(source, destination))
    const next = claimed ? (claimed.instead?.(r) ?? claimed) : guessPayload(r, tcpPorts, source, destination)
    if (next?.message === undefined) return next
    const sequence = r.of(f.sequenceNumber)
    const acknowledged = flags & ack ? r.of(f.acknowledgmentNumber) : -1
    return walkStream(r, next, { source, destination, sequence, acknowledged, opens: (flags & syn) !== 0 })
  },
  summary: v => `${v.number(f.sourcePort)} → ${v.number(f.destinationPort)}, ${flagNames(v.number(f.flags))}`,
  line: printTcp,
})

/** What is odd about the header. */
function check(r: Reader, flags: number): void {
  if (r.of(f.window) === 0 && !(flags & (syn | rst)))
    r.noteOn(f.window, 'info', 'Zero window: the sender of this segment can take no more bytes for now')
  if (r.of(f.urgentPointer) !== 0 && !(flags & urg))
    r.noteOn(f.urgentPointer, 'warning', 'An urgent pointer without the URG flag counts for nothing')
  noteFlags(r, flags)
  if (r.whole && !r.excerpted) verifySegment(r, f.checksum, 6, r.of(f.checksum))
}

function noteFlags(r: Reader, flags: number): void {
  if (flags & reserved) r.noteOn(f.flags, 'warning', 'Reserved bits are set')
  if ((flags & 0x3f) === 0)
    r.noteOn(f.flags, 'warning', 'No flag is set: no connection sends this, some port scanners do')
  if (flags & syn && flags & fin)
    r.noteOn(f.flags, 'warning', 'SYN and FIN together: no connection sends this, some port scanners do')
  if (flags & syn && flags & rst)
    r.noteOn(f.flags, 'warning', 'SYN and RST together: no connection sends this')
  if (r.of(f.acknowledgmentNumber) !== 0 && !(flags & ack))
    r.noteOn(f.flags, 'info', 'The acknowledgment number is not 0, though the ACK flag is not set')
}
