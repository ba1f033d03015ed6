import { printDetails } from '../src/dissect/detail-lines.ts'
import { glossary } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { csnp, f, hello, idBytes, lsp, pduTypes, psnp } from './isis-fields.ts'
import { link, segment } from './isis-link-fields.ts'
import { entry, type List, lists } from './isis-list-fields.ts'
import { walkLspList } from './isis-lsp.ts'
import { common, first, oldLinkMetrics, oldRouteMetrics, route, route6 } from './isis-route-fields.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'

// |     0x83      | Length of header | Version/Protocol ID | ID length |
// | R R R | PDU Type |    Version    |   Reserved    | Maximum areas |
// then, in hellos: Circuit Type, Source ID (6), Holding Time, PDU Length, and on LANs Priority, LAN ID (7), else Circuit ID
//      in LSPs:    PDU Length, Remaining Lifetime, LSP ID (8), Sequence Number (4), Checksum, bits
//      in CSNPs:   PDU Length, Source ID (7), Start LSP ID (8), End LSP ID (8); in PSNPs the first two
// |     Type      |    Length     |  Value …                           as often as needed

const [lanHello1, lanHello2, lineHello, lsp1, lsp2, csnp1, csnp2, psnp1, psnp2] = [
  15, 16, 17, 18, 20, 24, 25, 26, 27,
]

export const isis = protocol({
  id: 'isis',
  name: 'Intermediate System to Intermediate System',
  short: 'IS-IS',
  reference: 'RFC 1195, RFC 5303, RFC 5305, RFC 7142',
  about:
    'Routers of one organisation tell each other of their links, as with OSPF, but without IP: over a tunnel it needs GRE or Ethernet.',
  fields: glossary(
    ...[f, hello, lsp, csnp, psnp, lists.hello, lists.lsp, lists.csnp, lists.psnp, entry],
    ...[link, segment, route, route6, first, common],
    ...[...oldLinkMetrics, ...oldRouteMetrics].map(([bit, external, metric]) => ({ bit, external, metric })),
  ),
  claims: [[ipProtocols, 124]],
  walk(r) {
    r.u8(f.discriminator)
    r.u8(f.headerLength)
    r.u8(f.extension)
    const id = idBytes(r.u8(f.idLength))
    r.bits(f.typeReserved, 3)
    const type = r.bits(f.type, 5)
    r.u8(f.version)
    r.u8(f.reserved)
    r.u8(f.areas)
    const list = walkPdu(r, type, id)
    if (list === undefined) {
      if (r.left > 0) r.rest(f.data)
    } else while (r.more()) walkTlv(r, list, id)
    return r.carry(undefined)
  },
  summary: summarize,
  line: printDetails,
})

/** Reads the fixed part of a PDU; the fields of the list behind it, undefined for an unknown type. */
function walkPdu(r: Reader, type: number, id: number): List | undefined {
  if (type === lanHello1 || type === lanHello2 || type === lineHello) walkHello(r, type !== lineHello, id)
  else if (type === lsp1 || type === lsp2) walkLsp(r, id)
  else if (type === csnp1 || type === csnp2) walkCsnp(r, id)
  else if (type === psnp1 || type === psnp2) walkPsnp(r, id)
  else return undefined
  if (type <= lineHello) return lists.hello
  if (type <= lsp2) return lists.lsp
  return type <= csnp2 ? lists.csnp : lists.psnp
}

function walkHello(r: Reader, isLan: boolean, id: number): void {
  r.bits(hello.circuitReserved, 6)
  r.bits(hello.circuit, 2)
  r.octets(hello.source, id)
  r.u16(hello.holding)
  r.limitTo(r.u16(hello.length), hello.length)
  if (isLan) {
    r.bits(hello.circuitReserved, 1)
    r.bits(hello.priority, 7)
    r.octets(hello.lan, id + 1)
  } else r.u8(hello.localCircuit)
}

function walkLsp(r: Reader, id: number): void {
  r.limitTo(r.u16(lsp.length), lsp.length)
  const life = r.u16(lsp.life)
  const start = r.octets(lsp.id, id + 2)
  r.u32(lsp.sequence)
  const at = r.pos
  const checksum = r.u16(lsp.checksum)
  // One that is taken back need not have a body, and keeps the sum of the old one.
  if (r.checking && r.whole && !r.excerpted && life > 0 && checksum !== 0)
    r.verify(lsp.checksum, checksum, fletcher(r.bytes, start, r.limit, at))
  r.flag(lsp.repair)
  r.bits(lsp.attached, 4)
  r.flag(lsp.overload)
  r.bits(lsp.level, 2)
}

/** The two bytes at `at` with which both sums of ISO 8473 over the bytes come out as 0. */
function fletcher(bytes: Uint8Array, start: number, end: number, at: number): number {
  let first = 0
  let second = 0
  for (let i = start; i < end; i++) {
    first = (first + (i === at || i === at + 1 ? 0 : bytes[i]!)) % 255
    second = (second + first) % 255
  }
  const behind = end - at
  const modulo = (value: number): number => ((value % 255) + 255) % 255 || 255
  const high = modulo((behind - 1) * first - second)
  const low = modulo(second - behind * first)
  return high * 256 + low
}

function walkCsnp(r: Reader, id: number): void {
  r.limitTo(r.u16(csnp.length), csnp.length)
  r.octets(csnp.source, id)
  r.octets(csnp.circuit, 1)
  r.octets(csnp.first, id + 2)
  r.octets(csnp.last, id + 2)
}

function walkPsnp(r: Reader, id: number): void {
  r.limitTo(r.u16(psnp.length), psnp.length)
  r.octets(psnp.source, id)
  r.octets(psnp.circuit, 1)
}

function walkTlv(r: Reader, l: List, id: number): void {
  r.open(l.tlv)
  const type = r.u8(l.type)
  const length = r.u8(l.length)
  r.claim(2 + length, l.length)
  if (type === 10 && length > 0) walkAuthentication(r, l)
  else if (type === 137 && length > 0) r.rest(l.hostname)
  else if (type === 240 && length > 0) walkAdjacency(r, l, id)
  else if (l !== lists.lsp || !walkLspList(r, type, id)) while (r.more()) walkItem(r, l, type, id)
  r.close()
}

function walkItem(r: Reader, l: List, type: number, id: number): void {
  if (type === 1) r.octets(l.area, 1 + Math.max(0, r.peek()))
  else if (type === 6) r.ether(l.neighbor)
  else if (type === 9) {
    r.u16(entry.life)
    r.octets(entry.id, id + 2)
    r.u32(entry.sequence)
    r.u16(entry.checksum)
  } else if (type === 129) r.u8(l.protocol)
  else if (type === 132) r.ipv4(l.ipv4)
  else if (type === 232) r.ipv6(l.ipv6)
  else r.rest(l.value)
}

function walkAuthentication(r: Reader, l: List): void {
  const type = r.u8(l.authenticationType)
  if (r.left === 0) return
  if (type === 1) r.rest(l.password)
  else r.rest(l.digest)
}

/** What is not known yet is left out at the end (RFC 5303 §3.1). */
function walkAdjacency(r: Reader, l: List, id: number): void {
  r.u8(l.state)
  if (r.left > 0) r.u32(l.extendedCircuit)
  if (r.left > 0) r.octets(l.neighborSystem, id)
  if (r.left > 0) r.u32(l.neighborCircuit)
}

function summarize(v: LayerView): string {
  const type = v.number(f.type)
  const name = pduTypes[type] ?? `PDU type ${type}`
  const who = [hello.source, lsp.id, csnp.source, psnp.source].find(each => v.has(each))
  return who ? `${name}, ${v.show(who)}` : name
}
