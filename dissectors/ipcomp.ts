import type { DissectionBuffer } from '../src/dissect/dissection.ts'
import { field, hex } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { printEndpoints } from './ah.ts'
import { inflate } from './inflate.ts'
import { ipcompLesson } from './lessons/sessions.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { looksLikePacket } from './packet-looks.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |  Next Header  |     Flags     | Compression Parameter Index   |

/** Transform numbers of the IPsec registry, which are CPIs too: https://www.iana.org/assignments/isakmp-registry. */
const algorithms: Readonly<Record<number, string>> = {
  0: 'reserved',
  1: 'OUI',
  2: 'DEFLATE',
  3: 'LZS',
  4: 'LZJH',
}

/** The ranges of RFC 3173 §3.3 and what they are for. */
function cpiName(cpi: number): string {
  if (cpi < 64) return algorithms[cpi] ?? 'unassigned'
  if (cpi < 256) return 'reserved'
  return cpi < 0xf000 ? 'negotiated' : 'private use'
}

const showCpi = (cpi: number): string => `${cpiName(cpi)} (${hex(4)(cpi)})`

function cpiSaid(cpi: number): string {
  if (algorithms[cpi] !== undefined && cpi > 0)
    return `Below 64 the number is the algorithm itself, here ${cpiName(cpi)}, so that no negotiation is needed.`
  if (cpi < 256) return `${cpi} is kept for later use and stands for no algorithm.`
  if (cpi < 0xf000)
    return 'The receiver chose this number when the two negotiated (IKE’s IPCOMP_SUPPORTED); which algorithm it stands for is told there only.'
  return 'From 61440 on two peers agree in private what a number means.'
}

const f = {
  nextHeader: field('ipcomp.next_header', 'Next header', {
    explain:
      'What was compressed: 6 is a TCP segment, 4 a whole IPv4 packet. It stood in the IP header, which says 108 instead.',
    section: 'RFC 3173 §3.1',
    values: ipProtocols,
  }),
  flags: field('ipcomp.flags', 'Flags', {
    explain: 'A byte that no use was ever found for; sent as 0, ignored by receivers.',
    section: 'RFC 3173 §3.1',
    show: hex(2),
  }),
  cpi: field('ipcomp.cpi', 'Compression parameter index', {
    explain:
      'Names the compression to the receiver, as the SPI of ESP names keys: an algorithm that everybody knows, or a number that the two agreed on.',
    here: cpiSaid,
    section: 'RFC 3173 §3.3',
    show: showCpi,
  }),
  data: field('ipcomp.data', 'Compressed data', {
    type: 'bytes',
    explain:
      'The payload, compressed on its own: no packet needs another one to be read. It is sent so only where that makes it shorter; else IPComp is left out.',
    section: 'RFC 3173 §2.1',
  }),
}

const deflate = 2
/** CPIs that two peers negotiated: what they stand for is told in IKE, encrypted. */
const [firstNegotiated, lastNegotiated] = [256, 61439]

/** The packet inside, where it is all there and DEFLATE made it small; under a negotiated number that is a guess. */
function unpacked(r: Reader, next: number, cpi: number): DissectionBuffer | undefined {
  const isGuess = cpi >= firstNegotiated && cpi <= lastNegotiated
  if ((cpi !== deflate && !isGuess) || !r.whole || r.excerpted || r.left === 0) return undefined
  const found = inflate(r.bytes.subarray(r.pos, r.limit))
  if (found === undefined) {
    if (!isGuess)
      r.note('error', 'This is not DEFLATE, or more than 65,535 bytes of it, whatever the number says')
    return undefined
  }
  const { bytes, used } = found
  if (isGuess && (used !== r.left || !looksLikePacket(r, next, bytes, 0, bytes.length))) return undefined
  if (r.noting) {
    const guess = isGuess ? ': a guess, because the lengths and sums of the packet inside fit' : ''
    r.note('info', `DEFLATE has put ${bytes.length} bytes into ${used}${guess}`)
    if (used < r.left) r.note('warning', `${r.left - used} bytes follow behind what is compressed`)
  }
  return { name: 'inflated-ipcomp', label: 'Inflated IPComp payload', bytes }
}

export const ipcomp = protocol({
  id: 'ipcomp',
  name: 'IP Payload Compression Protocol',
  short: 'IPComp',
  reference: 'RFC 3173',
  about:
    'Compresses a payload before IPsec encrypts it, because encrypted bytes cannot be compressed any more. It hides nothing.',
  lesson: ipcompLesson,
  fields: f,
  claims: [[ipProtocols, 108]],
  walk(r) {
    const next = r.u8(f.nextHeader)
    const flags = r.u8(f.flags)
    if (r.checking && flags !== 0) r.noteField('warning', 'The flags are to be 0')
    const cpi = r.u16(f.cpi)
    if (r.checking) {
      if (cpi === 0 || (cpi >= 64 && cpi < 256)) r.noteField('warning', 'A reserved number is never sent')
      if (r.left === 0) r.note('warning', 'Nothing is inside, and nothing cannot be compressed')
    }
    const packet = unpacked(r, next, cpi)
    if (packet === undefined) return r.opaque(f.data, 'Compressed: what is inside is not unpacked')
    r.rest(f.data)
    return r.inside(packet, r.payload(ipProtocols, next))
  },
  summary: v => `${cpiName(v.number(f.cpi))}, CPI ${hex(4)(v.number(f.cpi))}, ${v.show(f.nextHeader)} inside`,
  addressed: true,
  line: printIpcomp,
})

function printIpcomp(v: LayerView, line: Line): void {
  const { out } = line
  out.ascii('ipcomp ')
  printEndpoints(v, line)
  if (!v.has(f.cpi)) return
  out.ascii(` cpi 0x${v.number(f.cpi).toString(16).toUpperCase().padStart(4, '0')}`)
  out.ascii(' flags ').hex(v.number(f.flags))
  out.ascii(' next ').hex(v.number(f.nextHeader))
  line.complete = true
}
