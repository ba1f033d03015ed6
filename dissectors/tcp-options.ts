import type { Field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { f } from './tcp-fields.ts'
import { walkMultipath } from './tcp-mptcp.ts'
import { m } from './tcp-mptcp-fields.ts'
import { o } from './tcp-option-fields.ts'
import { h } from './tcp-option-headings.ts'

/** One kind of option: its heading and what lies behind its length. */
type Option = {
  readonly heading: Field<'group'>
  /** Reads the contents of an option of `length` bytes; false where an option of that length cannot be of this kind. */
  readonly read: (r: Reader, length: number) => boolean
  /** Means something in segments with SYN only. */
  readonly synOnly?: true
}

const endOfList = 0
const noOperation = 1

const nothing = (): void => {}

/** A kind whose options all have the same length. */
const fixed =
  (expected: number, read: (r: Reader) => unknown) =>
  (r: Reader, length: number): boolean => {
    if (length === expected) read(r)
    return length === expected
  }

/** A kind whose contents are bytes. */
const plain =
  (f: Field<'bytes'>) =>
  (r: Reader): boolean => {
    r.octets(f, r.left)
    return true
  }

const connectionCount: Option = { heading: h.connectionCount, read: fixed(6, r => r.u32(o.connectionNumber)) }
const experimental: Option = { heading: h.experimental, read: readExperiment }
const unknown: Option = { heading: h.unknown, read: plain(o.contents) }

const options: Readonly<Record<number, Option>> = {
  2: { heading: h.maximumSegmentSize, read: fixed(4, r => r.u16(o.segmentSize)), synOnly: true },
  3: { heading: h.windowScale, read: fixed(3, readShift), synOnly: true },
  4: { heading: h.sackPermitted, read: fixed(2, nothing), synOnly: true },
  5: { heading: h.sack, read: readBlocks },
  6: { heading: h.echo, read: fixed(6, r => r.u32(o.echoValue)) },
  7: { heading: h.echoReply, read: fixed(6, r => r.u32(o.echoValue)) },
  8: { heading: h.timestamps, read: fixed(10, readTimestamps) },
  9: { heading: h.partialOrderPermitted, read: fixed(2, nothing), synOnly: true },
  10: { heading: h.partialOrderProfile, read: fixed(3, r => r.u8(o.partialOrder)) },
  11: connectionCount,
  12: connectionCount,
  13: connectionCount,
  14: { heading: h.alternateChecksum, read: fixed(3, r => r.u8(o.checksumAlgorithm)), synOnly: true },
  15: { heading: h.alternateChecksumData, read: plain(o.contents) },
  19: { heading: h.md5, read: fixed(18, r => r.octets(o.digest, 16)) },
  20: { heading: h.scps, read: readSatellite, synOnly: true },
  21: { heading: h.snack, read: readHole },
  22: { heading: h.recordBoundary, read: fixed(2, nothing) },
  23: { heading: h.corruption, read: fixed(2, nothing) },
  27: { heading: h.quickStart, read: fixed(8, readQuickStart) },
  28: { heading: h.userTimeout, read: fixed(4, readTimeout) },
  29: { heading: h.authentication, read: readAuthentication },
  30: { heading: m.heading, read: walkMultipath },
  34: { heading: h.fastOpen, read: plain(o.cookie), synOnly: true },
  69: { heading: h.encryption, read: plain(o.suboptions) },
  172: { heading: h.accurateEcn, read: (r, length) => readCounters(r, length, o.ect0Bytes, o.ect1Bytes) },
  174: { heading: h.accurateEcn, read: (r, length) => readCounters(r, length, o.ect1Bytes, o.ect0Bytes) },
  253: experimental,
  254: experimental,
}

/**
 * Reads `length` bytes of options. A broken list is noted and its rest left unread: the data offset tells where
 * the payload starts all the same. `syn`: the segment has SYN set.
 */
export function walkOptions(r: Reader, length: number, syn: boolean): void {
  r.open(o.options)
  r.claim(length, f.dataOffset)
  while (r.more()) {
    const kind = r.peek()
    if (kind === endOfList) {
      endList(r)
      break
    }
    if (kind === noOperation) {
      r.open(h.noOperation)
      r.u8(o.kind)
      r.close()
    } else if (!walkOption(r, options[kind] ?? unknown, syn)) break
  }
  if (r.left > 0) r.octets(o.padding, r.left)
  r.close()
}

/** Zeros behind the end of the list are ends of list too; anything else is noted. */
function endList(r: Reader): void {
  while (r.peek() === endOfList) {
    r.open(h.end)
    r.u8(o.kind)
    r.close()
  }
  if (r.peek() >= 0 && r.checking) r.note('warning', 'Bytes that are not 0 follow the end of the option list')
}

function walkOption(r: Reader, option: Option, syn: boolean): boolean {
  r.open(option.heading)
  r.u8(o.kind)
  const lied = r.left === 0 || r.peek() === 0 || r.peek() === 1 || r.peek() - 1 > r.left
  if (lied) noteLength(r)
  else {
    const length = r.u8(o.length)
    r.claim(length, o.length)
    if (!option.read(r, length)) {
      if (r.checking) r.noteField('error', `An option of this kind is not ${length} bytes long`)
      r.octets(o.contents, r.left)
    }
    if (option.synOnly && !syn && r.checking)
      r.note('warning', `${option.heading.label} counts only in segments with SYN`)
  }
  r.close()
  return !lied
}

/** An option whose length cannot be true ends the list. */
function noteLength(r: Reader): void {
  if (r.left === 0) {
    r.note('error', 'The last option has no room for its length')
    return
  }
  const left = r.left + 1
  const length = r.u8(o.length)
  if (r.sink !== null) r.noteField('error', `An option of ${length} bytes, where ${left} are left`)
}

function readShift(r: Reader): void {
  const shift = r.u8(o.shift)
  if (shift > 14 && r.checking) r.noteField('warning', `A shift of ${shift} is more than the 14 allowed`)
}

function readBlocks(r: Reader, length: number): boolean {
  if (length < 10 || length % 8 !== 2) return false
  while (r.left > 0) {
    r.u32(o.leftEdge)
    r.u32(o.rightEdge)
  }
  return true
}

function readTimestamps(r: Reader): void {
  r.u32(o.timestamp)
  r.u32(o.timestampEcho)
}

function readSatellite(r: Reader, length: number): boolean {
  if (length < 4) return false
  if (length > 4) return plain(o.contents)(r)
  r.u8(o.scpsVector)
  r.u8(o.scpsConnection)
  return true
}

function readHole(r: Reader, length: number): boolean {
  if (length < 6) return false
  r.u16(o.snackOffset)
  r.u16(o.snackSize)
  if (r.left > 0) r.octets(o.contents, r.left)
  return true
}

function readQuickStart(r: Reader): void {
  r.bits(o.quickStartReserved, 4)
  r.bits(o.quickStartRate, 4)
  r.u8(o.quickStartTtl)
  r.bits(o.quickStartNonce, 30)
  r.bits(o.quickStartReserved, 2)
}

function readTimeout(r: Reader): void {
  r.flag(o.granularity)
  r.bits(o.timeout, 15)
}

function readAuthentication(r: Reader, length: number): boolean {
  if (length < 4) return false
  r.u8(o.keyId)
  r.u8(o.nextKeyId)
  r.octets(o.authenticationCode, r.left)
  return true
}

/** Up to three counters; which of the two ECT counters is first depends on the kind. */
function readCounters(r: Reader, length: number, first: Field<'uint'>, last: Field<'uint'>): boolean {
  if (length > 11 || length % 3 !== 2) return false
  if (r.left > 0) r.u24(first)
  if (r.left > 0) r.u24(o.ceBytes)
  if (r.left > 0) r.u24(last)
  return true
}

const fastOpenExperiment = 0xf989
const ackRateExperiment = 0x00ac

function readExperiment(r: Reader, length: number): boolean {
  if (length < 4) return false
  const experiment = r.u16(o.experiment)
  if (experiment === ackRateExperiment && length === 5) {
    r.bits(o.ackRate, 7)
    r.bits(o.ackRateReserved, 1)
  } else r.octets(experiment === fastOpenExperiment ? o.cookie : o.experimentData, r.left)
  return true
}
