import { folded, onesSum, verifySegment } from '../src/dissect/checksum.ts'
import { printDetails } from '../src/dissect/detail-lines.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { f } from './ospf-fields.ts'
import { a } from './ospf-lsa-fields.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |    Version    |     Type      |         Packet Length         |
// |                           Router ID                           |
// |                            Area ID                            |
// |           Checksum            |  AuType (2)  or  Instance, 0  |
// |                  Authentication, 8 bytes (2)                  |

const cryptographic = 2

export const ospf = protocol({
  id: 'ospf',
  name: 'Open Shortest Path First',
  short: 'OSPF',
  reference: 'RFC 2328 (version 2), RFC 5340 (version 3)',
  about:
    'Routers of one organisation tell each other of their links, and each works out the shortest ways; often through tunnels.',
  fields: { ...f, ...a },
  claims: [[ipProtocols, 89]],
  walk(r) {
    r.open(f.header)
    const version = r.u8(f.version)
    const type = r.u8(f.type)
    const length = r.u16(f.length)
    r.ipv4(f.router)
    r.ipv4(f.area)
    const checksum = r.u16(f.checksum)
    const digest = version === 2 ? walkAuthentication(r) : walkInstance(r)
    r.close()
    if (r.checking && r.whole && !r.excerpted && length <= r.left + r.pos - r.start)
      check(r, version, digest, length, checksum)
    const header = r.pos - r.start
    r.open(type === hello ? f.hello : f.body)
    r.claim(length - header, f.length)
    if (version === 2 || version === 3) walkMessage(r, version, type)
    if (r.left > 0) r.rest(f.data)
    r.close()
    if (digest > 0) r.octets(f.digest, digest)
    if (r.left >= 4) walkSignaling(r)
    if (r.left > 0) r.rest(f.rest)
    return r.carry(undefined)
  },
  summary: summarize,
  line: printDetails,
})

const hello = 1

/** Returns how many bytes of digest follow the packet. */
function walkAuthentication(r: Reader): number {
  const type = r.u16(f.authType)
  if (type === cryptographic) {
    r.u16(f.authReserved)
    r.u8(f.keyId)
    const length = r.u8(f.digestLength)
    r.u32(f.sequence)
    return length
  }
  if (type === 1) r.text(f.password, 8)
  else r.octets(f.authNone, 8)
  return 0
}

function walkInstance(r: Reader): number {
  r.u8(f.instance)
  r.u8(f.reserved)
  return 0
}

/** Version 2 leaves its authentication out of the sum, version 3 takes the addresses in. */
function check(r: Reader, version: number, digest: number, length: number, checksum: number): void {
  if (version === 3) verifySegment(r, f.checksum, 89, checksum, false, length)
  else if (version === 2 && digest === 0 && length >= 24) {
    const end = r.start + length
    const sum = onesSum(r.bytes, r.start + 24, end, onesSum(r.bytes, r.start, r.start + 16)) - checksum
    r.verify(f.checksum, checksum, folded(sum))
  }
}

function walkMessage(r: Reader, version: number, type: number): void {
  switch (type) {
    case hello:
      walkHello(r, version)
      break
    case 2:
      walkDescription(r, version)
      while (r.more()) walkLsa(r, version, false)
      break
    case 3:
      while (r.more()) {
        r.u32(f.requestType)
        r.ipv4(f.requestId)
        r.ipv4(a.advertiser)
      }
      break
    case 4:
      r.u32(f.count)
      while (r.more()) walkLsa(r, version, true)
      break
    case 5:
      while (r.more()) walkLsa(r, version, false)
  }
}

function walkHello(r: Reader, version: number): void {
  if (version === 2) {
    r.ipv4(f.mask)
    r.u16(f.helloInterval)
    r.u8(f.options2)
    r.u8(f.priority)
    r.u32(f.deadInterval)
  } else {
    r.u32(f.interfaceId)
    r.u8(f.priority)
    r.u24(f.options3)
    r.u16(f.helloInterval)
    r.bits(f.deadInterval, 16)
  }
  r.ipv4(f.designated)
  r.ipv4(f.backup)
  while (r.more()) r.ipv4(f.neighbor)
}

function walkDescription(r: Reader, version: number): void {
  if (version === 3) {
    r.u8(f.reserved8)
    r.u24(f.options3)
  }
  r.u16(f.mtu)
  if (version === 2) r.u8(f.options2)
  else r.u8(f.reserved8)
  r.u8(f.descriptionFlags)
  r.u32(f.descriptionSequence)
}

/** Descriptions and acknowledgments have the header alone, whose length speaks of the whole. */
function walkLsa(r: Reader, version: number, whole: boolean): void {
  r.open(a.lsa)
  r.u16(a.age)
  if (version === 2) {
    r.u8(f.options2)
    r.u8(a.lsType)
  } else r.u16(a.lsType3)
  r.ipv4(a.lsId)
  r.ipv4(a.advertiser)
  r.u32(a.lsSequence)
  r.u16(a.lsChecksum)
  const length = r.u16(a.lsLength)
  if (whole) {
    r.claim(length, a.lsLength)
    if (r.left > 0) r.rest(a.lsBody)
  }
  r.close()
}

/** The block behind the packet, or behind its digest (RFC 5613 §2). */
function walkSignaling(r: Reader): void {
  r.open(a.signaling)
  r.u16(a.signalingChecksum)
  const length = r.u16(a.signalingLength) * 4
  r.claim(length, a.signalingLength)
  while (r.more()) {
    const type = r.u16(a.tlvType)
    const size = r.u16(a.tlvLength)
    if (type === 1 && size === 4) r.u32(a.extended)
    else r.octets(a.tlvValue, Math.ceil(size / 4) * 4)
  }
  r.close()
}

function summarize(v: LayerView): string {
  return `version ${v.number(f.version)}, ${v.show(f.type)}, router ${v.show(f.router)}, area ${v.show(f.area)}`
}
