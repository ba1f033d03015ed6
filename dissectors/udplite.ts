import { verifySegment } from '../src/dissect/checksum.ts'
import { data } from '../src/dissect/data.ts'
import { field, hex } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { udpPorts } from './numbers/ports.ts'
import { f as udpFields, header as udpHeader } from './udp.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |          Source Port          |       Destination Port        |
// |       Checksum Coverage       |           Checksum            |

const f = {
  sourcePort: udpFields.sourcePort,
  destinationPort: udpFields.destinationPort,
  coverage: field('udp.checksum_coverage', 'Checksum coverage', {
    explain:
      'How many bytes from the start of the header the checksum covers. The rest may arrive damaged, which suits voice and video.',
    here: value =>
      value === 0
        ? '0: all of the packet.'
        : value < 8
          ? 'The header alone is 8 bytes: receivers drop a packet that covers less.'
          : `${value}: the header and ${value - 8} bytes of the payload.`,
  }),
  checksum: field('udp.checksum', 'Checksum', {
    explain:
      'Covers a pseudo header of addresses, the header and as much of the payload as the coverage says. Unlike in UDP it has to be there.',
    show: hex(4),
  }),
}

export const udplite = protocol({
  id: 'udplite',
  name: 'Lightweight User Datagram Protocol',
  short: 'UDP-Lite',
  reference: 'RFC 3828',
  about: 'UDP whose checksum may leave out the end of the payload, for data that is of use though damaged.',
  fields: f,
  // Of that it has the ports.
  begins: udpHeader,
  claims: [[ipProtocols, 136]],
  ports: [f.sourcePort, f.destinationPort],
  walk(r) {
    const source = r.u16(f.sourcePort)
    const destination = r.u16(f.destinationPort)
    const coverage = r.u16(f.coverage)
    const length = r.limit - r.start
    const possible = coverage === 0 || (coverage >= 8 && coverage <= length)
    if (r.checking && !possible)
      r.noteField('error', `Checksum coverage ${coverage} is neither 0 nor between 8 and the ${length} bytes`)
    const checksum = r.u16(f.checksum)
    if (r.checking) check(r, checksum, possible ? coverage || length : 0)
    return r.payloadOfEither(udpPorts, Math.min(source, destination), Math.max(source, destination))
  },
  summary: v =>
    `${v.number(f.sourcePort)} → ${v.number(f.destinationPort)}, checksum over ${v.number(f.coverage) || 'all'} bytes`,
  line: printUdplite,
})

/** Verifies the checksum over `covered` bytes; 0: nobody knows over what. */
function check(r: Reader, checksum: number, covered: number): void {
  if (checksum === 0) r.noteField('error', 'No checksum, which UDP-Lite does not allow: receivers drop it')
  else if (covered > 0 && covered <= r.end - r.start && !r.excerpted)
    verifySegment(r, f.checksum, 136, checksum, true, covered)
}

/** OpenBSD’s tcpdump does not know UDP-Lite: this is in the manner of its UDP. */
function printUdplite(v: LayerView, line: Line): void {
  const { out, options } = line
  if (v.extent < 8) {
    line.complete = true
    out.ascii('truncated-udplite ').decimal(v.extent)
    return
  }
  if (options.verbose > 0) {
    const found = v.check(f.checksum)
    if (found?.good) out.ascii('[udplite sum ok] ')
    else if (found)
      out
        .ascii('[bad udplite cksum ')
        .hex(v.number(f.checksum))
        .ascii('! -> ')
        .hex(found.expected)
        .ascii('] ')
  }
  if (!options.quiet && v.next !== undefined && v.next.protocol !== data) line.inner(v)
  else out.ascii('udplite ').decimal(v.extent - 8)
  if (options.verbose > 0 && v.has(f.coverage)) out.ascii(' coverage ').decimal(v.number(f.coverage))
}
