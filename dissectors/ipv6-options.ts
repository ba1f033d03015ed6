import type { Reader } from '../src/dissect/reader.ts'
import { setSource } from './ipv6-extension.ts'
import { walkIoam } from './ipv6-ioam.ts'
import { m } from './ipv6-mesh-option-fields.ts'
import { o } from './ipv6-option-fields.ts'
import { anyOption, optionGroups } from './ipv6-option-groups.ts'
import { ipv6OptionTypes } from './numbers/ipv6-options.ts'

/** Which header the options stand in. */
export type Carrier = 'hop-by-hop' | 'destination'

const pad1 = 0
const jumbo = 0xc2

/** Options that only one of the two headers may carry, by type (their own specifications). */
const carriers: Readonly<Record<number, Carrier>> = {
  4: 'destination',
  5: 'hop-by-hop',
  7: 'hop-by-hop',
  8: 'hop-by-hop',
  15: 'destination',
  35: 'hop-by-hop',
  38: 'hop-by-hop',
  48: 'hop-by-hop',
  99: 'hop-by-hop',
  109: 'hop-by-hop',
  139: 'destination',
  140: 'destination',
  194: 'hop-by-hop',
  201: 'destination',
  238: 'hop-by-hop',
}

/** What lies in an option of `length` bytes, by type. */
const contents: Readonly<Record<number, (r: Reader, length: number) => void>> = {
  1: (r, length) => {
    const at = r.octets(o.padding, length)
    if (r.checking && r.bytes.subarray(at, at + length).some(byte => byte !== 0))
      r.noteField('warning', 'Padding that is not zero may carry something unseen')
  },
  4: r => {
    r.u8(o.encapsulationLimit)
  },
  5: r => {
    r.u16(o.routerAlert)
  },
  7: walkLabel,
  8: walkDuplicateDetection,
  15: walkMetrics,
  17: walkIoam,
  18: walkAltMark,
  35: walkRpl,
  38: walkQuickStart,
  48: r => {
    r.u16(o.minimumMtu)
    r.bits(o.returnMtu, 15)
    r.flag(o.returnFlag)
  },
  49: walkIoam,
  99: walkRpl,
  109: walkMpl,
  139: (r, length) => {
    r.octets(o.ilnpNonce, length)
  },
  140: r => {
    const length = r.u8(o.lineIdLength)
    r.text(o.lineId, length)
  },
  201: r => setSource(r, r.ipv6(o.homeAddress)),
  238: r => {
    const flags = r.u8(m.dffFlags)
    if (r.checking && flags & 0x0f) r.noteField('warning', 'Reserved bits are set')
    r.u16(m.dffSequence)
  },
}

/** Reads all options up to the limit. Returns the jumbo payload's length, 0 where no option gives one. */
export function walkOptions(r: Reader, carrier: Carrier): number {
  let jumboLength = 0
  while (r.more()) {
    r.open(optionGroups[r.peek()] ?? anyOption)
    const type = r.u8(o.type)
    if (r.checking) checkCarrier(r, type, carrier)
    if (type === jumbo) jumboLength = walkLength(r, type)
    else if (type !== pad1) walkLength(r, type)
    r.close()
  }
  return jumboLength
}

function checkCarrier(r: Reader, type: number, carrier: Carrier): void {
  const wanted = carriers[type]
  if (wanted !== undefined && wanted !== carrier)
    r.noteField('warning', `${ipv6OptionTypes[type]} belongs among the ${wanted} options`)
}

/** Length and contents of an option. The header's own length tells what follows it, even where an option lies. */
function walkLength(r: Reader, type: number): number {
  const length = r.u8(o.length)
  if (length > r.left) {
    r.status('malformed')
    r.noteField('error', `The option claims ${length} bytes of contents, the header leaves ${r.left}`)
    r.octets(o.data, r.left)
    return 0
  }
  r.claim(length + 2, o.length)
  if (type === jumbo) return walkJumbo(r)
  walkContents(r, type, length)
  return 0
}

function walkContents(r: Reader, type: number, length: number): void {
  const walk = contents[type]
  if (walk !== undefined) walk(r, length)
  else if ((type & 0x1f) === 0x1e) r.octets(o.experiment, length)
  else r.octets(o.data, length)
}

function walkJumbo(r: Reader): number {
  const length = r.u32(o.jumboLength)
  if (r.checking && length <= 0xffff)
    r.noteField('error', `${length} bytes fit into Payload Length and need no jumbo payload option`)
  return length
}

function walkLabel(r: Reader): void {
  r.u32(m.domain)
  const length = r.u8(m.compartmentLength) * 4
  r.u8(m.level)
  r.u16(m.labelChecksum)
  r.octets(m.compartments, length)
}

function walkDuplicateDetection(r: Reader, length: number): void {
  if (r.peek() & 0x80) {
    r.octets(m.hashAssist, length)
    return
  }
  r.flag(m.hashBit)
  const type = r.bits(m.taggerType, 3)
  const identity = r.bits(m.taggerLength, 4) + 1
  const tagged = type === 0 ? 0 : identity
  r.octets(m.taggerId, tagged)
  r.octets(m.identifier, length - 1 - tagged)
}

function walkMetrics(r: Reader): void {
  r.u8(m.scaleReceived)
  r.u8(m.scaleSent)
  r.u16(m.packetNumber)
  r.u16(m.lastPacketNumber)
  r.u16(m.deltaReceived)
  r.u16(m.deltaSent)
}

function walkAltMark(r: Reader): void {
  r.bits(o.flowMonitor, 20)
  r.flag(o.lossFlag)
  r.flag(o.delayFlag)
  if (r.bits(o.altMarkReserved, 10) !== 0) r.noteField('warning', 'Reserved bits are set')
}

function walkRpl(r: Reader): void {
  const flags = r.u8(o.rplFlags)
  if (r.checking && flags & 0x1f) r.noteField('warning', 'Reserved bits are set')
  r.u8(o.rplInstance)
  r.u16(o.senderRank)
}

function walkQuickStart(r: Reader): void {
  const request = r.bits(o.quickStartFunction, 4) === 0
  r.bits(o.quickStartRate, 4)
  r.u8(request ? o.quickStartTtl : o.quickStartUnused)
  r.bits(o.quickStartNonce, 30)
  r.bits(o.quickStartReserved, 2)
}

/** Bytes of a seed ID, by the S bits (RFC 7731 §6.1). */
const seedLengths = [0, 2, 8, 16]

function walkMpl(r: Reader): void {
  const flags = r.u8(m.mplFlags)
  if (r.checking && flags & 0x1f) r.noteField('warning', 'Bits that have to be 0 are set')
  r.u8(m.mplSequence)
  r.octets(m.seedId, seedLengths[flags >> 6] ?? 0)
}
