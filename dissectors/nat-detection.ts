import { ipv4Text, ipv6Text } from '../src/addresses.ts'
import type { Dissection } from '../src/dissect/dissection.ts'
import { field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { notifyFields } from './ikev2-notify-fields.ts'
import { nodeCrypto } from './node-modules.ts'

// Hash(SPI of the initiator | SPI of the responder | IP address | port), as the sender of the message knows them

/** The contents of a NAT-D payload of IKEv1. */
export const natHash = field('isakmp.ike.nat_hash', 'Hash of address and port', {
  type: 'bytes',
  explain:
    'A hash over cookies, address and port, the receiver’s first, then the sender’s own. Where what arrives gives another hash, a NAT device is on the way.',
  section: 'RFC 3947 §3.2',
})

/** IKEv2 has SHA-1 (RFC 7296 §2.23), IKEv1 the hash that was negotiated (RFC 3947 §3.2): its length tells which. */
const algorithms: Readonly<Record<number, string>> = {
  16: 'md5',
  20: 'sha1',
  32: 'sha256',
  48: 'sha384',
  64: 'sha512',
}

/**
 * True when `hash` was made of this address and port. `spis`: the 16 bytes that the message begins with, `address`: 4
 * or 16 bytes, `port`: the one of UDP or TCP around the message. False for a hash of a length that nobody makes.
 */
export function natDetectionFits(
  hash: Uint8Array,
  spis: Uint8Array,
  address: Uint8Array,
  port: number,
): boolean {
  const algorithm = algorithms[hash.length]
  if (algorithm === undefined) return false
  const made = nodeCrypto().createHash(algorithm)
  made
    .update(spis)
    .update(address)
    .update(Uint8Array.of(port >> 8, port & 0xff))
  return made.digest().equals(hash)
}

/** A hash in a message: its record in the dissection, and whose address and port it is about. */
export type NatHash = { readonly record: number; readonly about: 'source' | 'destination' }

const sourceNotify = 16388

/** The hashes among the records [first, last) of an IKE message of either version. In IKEv1 the receiver’s is the first one. */
export function natHashes(found: Dissection, first: number, last: number): NatHash[] {
  const hashes: NatHash[] = []
  let notify = 0
  for (let record = first; record < last; record++) {
    const f = found.fields[record]!
    if (f === notifyFields.type) notify = found.values[record]!
    if (f === notifyFields.natHash)
      hashes.push({ record, about: notify === sourceNotify ? 'source' : 'destination' })
    if (f === natHash) hashes.push({ record, about: hashes.length === 0 ? 'destination' : 'source' })
  }
  return hashes
}

/** Says of each hash in the message that has just been read whether it fits the packet around. */
export function noteNatDetection(r: Reader): void {
  const { sink } = r
  if (sink === null) return
  const first = sink.first[sink.current]!
  const hashes = natHashes(sink, first, sink.fieldCount)
  const ports = hashes.length > 0 ? portsAround(sink) : undefined
  if (ports === undefined) return
  const fitting = hashes.filter(hash => fits(r, sink, hash, ports[hash.about]))
  for (const hash of hashes) {
    const { record, about } = hash
    if (algorithms[sink.bitLengths[record]! >> 3] === undefined) continue
    const where = `${addressOf(r, about)} and port ${ports[about]}`
    const another = fitting.some(other => other.about === about)
    if (fitting.includes(hash)) sink.remark('info', same[about](where), record)
    else if (another) sink.remark('info', `Of another address; there is a hash of ${where} too`, record)
    else sink.remark('info', changed[about](where), record)
  }
}

type Words = Readonly<Record<NatHash['about'], (where: string) => string>>

const same: Words = {
  source: where => `Made of ${where}, as the packet has them: no NAT has changed the sender’s address so far`,
  destination: where =>
    `Made of ${where}, as the packet has them: no NAT has changed the receiver’s address so far`,
}

const changed: Words = {
  source: where =>
    `Not the hash of ${where}: a NAT in front of the sender has changed its address, or it pretends so that ESP goes in UDP`,
  destination: where =>
    `Not the hash of ${where}, to which the packet goes here: a NAT in front of the receiver has changed its address`,
}

function fits(r: Reader, sink: Dissection, { record, about }: NatHash, port: number): boolean {
  const { bytes, size } = r.addresses
  const address = r.addresses[about]
  const at = r.base + (sink.bits[record]! >> 3)
  return natDetectionFits(
    r.bytes.subarray(at, at + (sink.bitLengths[record]! >> 3)),
    r.bytes.subarray(r.start, r.start + 16),
    bytes.subarray(address, address + size),
    port,
  )
}

function addressOf({ addresses }: Reader, about: NatHash['about']): string {
  const { bytes, size } = addresses
  return size === 4 ? ipv4Text(bytes, addresses[about]) : ipv6Text(bytes, addresses[about])
}

/** The ports of the innermost layer around that has any. */
function portsAround(sink: Dissection): { source: number; destination: number } | undefined {
  for (let layer = sink.current - 1; layer >= 0; layer--) {
    const { ports } = sink.protocols[layer]!
    if (ports === undefined) continue
    const around = sink.layer(layer)
    return { source: around.number(ports[0]), destination: around.number(ports[1]) }
  }
  return undefined
}
