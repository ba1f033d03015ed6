import type { Reader } from '../src/dissect/reader.ts'
import { m } from './tcp-mptcp-fields.ts'
import { o } from './tcp-option-fields.ts'

/** One subtype: which lengths its option may have, by its byte with the flags, and what follows the length. */
type Subtype = {
  readonly fits: (length: number, flags: number) => boolean
  readonly read: (r: Reader) => void
}

const oneOf =
  (...lengths: number[]) =>
  (length: number): boolean =>
    lengths.includes(length)

/** Subtype and 12 unused bits. */
function wideHead(r: Reader): void {
  r.bits(m.subtype, 4)
  r.bits(m.reserved, 12)
}

const capable: Subtype = {
  fits: oneOf(4, 12, 20, 22, 24),
  read(r) {
    r.bits(m.subtype, 4)
    const version = r.bits(m.version, 4)
    r.u8(version === 0 ? m.capableFlagsOld : m.capableFlags)
    if (r.left >= 8) r.u64(m.senderKey)
    if (r.left >= 8) r.u64(m.receiverKey)
    if (r.left >= 2) r.u16(m.dataLength)
    if (r.left >= 2) r.u16(m.mappingChecksum)
  },
}

const join: Subtype = {
  fits: oneOf(12, 16, 24),
  read(r) {
    if (r.left === 22) {
      wideHead(r)
      r.octets(m.hmac, 20)
      return
    }
    r.u8(m.pathFlags)
    r.u8(m.addressId)
    if (r.left === 12) r.u64(m.truncatedHmac)
    else r.u32(m.receiverToken)
    r.u32(m.senderNonce)
  },
}

const ackPresent = 0x01
const ackLong = 0x02
const mappingPresent = 0x04
const sequenceLong = 0x08

const signal: Subtype = {
  fits(length, flags) {
    if (length < 4) return false
    // The capture ends before them: that is what the stop will tell.
    if (flags < 0) return true
    const ack = flags & ackPresent ? (flags & ackLong ? 8 : 4) : 0
    const mapping = flags & mappingPresent ? (flags & sequenceLong ? 14 : 10) : 0
    return length === 4 + ack + mapping || (mapping > 0 && length === 6 + ack + mapping)
  },
  read(r) {
    r.bits(m.subtype, 4)
    r.bits(m.reserved, 4)
    const flags = r.u8(m.signalFlags)
    if (flags & ackPresent) {
      if (flags & ackLong) r.u64(m.dataAck)
      else r.u32(m.dataAckShort)
    }
    if (!(flags & mappingPresent)) return
    if (flags & sequenceLong) r.u64(m.dataSequence)
    else r.u32(m.dataSequenceShort)
    r.u32(m.subflowSequence)
    r.u16(m.dataLength)
    if (r.left >= 2) r.u16(m.mappingChecksum)
  },
}

const addAddress: Subtype = {
  fits: oneOf(8, 10, 16, 18, 20, 22, 28, 30),
  read(r) {
    const long = r.left >= 18
    r.bits(m.subtype, 4)
    // RFC 6824 has the IP version here, RFC 8684 three unused bits and the echo flag.
    if ((r.peek() & 15) >= 4) r.bits(m.ipVersion, 4)
    else {
      r.bits(m.reserved, 3)
      r.flag(m.echoFlag)
    }
    r.u8(m.addressId)
    if (long) r.ipv6(m.ipv6)
    else r.ipv4(m.ipv4)
    if (r.left % 8 === 2) r.u16(m.port)
    if (r.left >= 8) r.u64(m.addressHmac)
  },
}

const removeAddress: Subtype = {
  fits: length => length >= 4,
  read(r) {
    r.bits(m.subtype, 4)
    r.bits(m.reserved, 4)
    while (r.left > 0) r.u8(m.addressId)
  },
}

const priority: Subtype = {
  fits: oneOf(3, 4),
  read(r) {
    r.u8(m.pathFlags)
    if (r.left > 0) r.u8(m.addressId)
  },
}

const fail: Subtype = {
  fits: oneOf(12),
  read(r) {
    wideHead(r)
    r.u64(m.dataSequence)
  },
}

const fastClose: Subtype = {
  fits: oneOf(12),
  read(r) {
    wideHead(r)
    r.u64(m.receiverKey)
  },
}

const reset: Subtype = {
  fits: oneOf(4),
  read(r) {
    r.u8(m.resetFlags)
    r.u8(m.resetReason)
  },
}

const unknown: Subtype = {
  fits: () => true,
  read(r) {
    r.bits(m.subtype, 4)
    r.bits(m.reserved, 4)
    r.octets(o.contents, r.left)
  },
}

const subtypes: readonly Subtype[] = [
  capable,
  join,
  signal,
  addAddress,
  removeAddress,
  priority,
  fail,
  fastClose,
  reset,
]

/** Reads what lies behind the length of a Multipath TCP option of `length` bytes; false where that does not fit. */
export function walkMultipath(r: Reader, length: number): boolean {
  const subtype = subtypes[r.peek() >> 4] ?? unknown
  const fits = length >= 3 && subtype.fits(length, r.peek(1))
  if (fits) subtype.read(r)
  return fits
}
