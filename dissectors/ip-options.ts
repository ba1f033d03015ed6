import { bytes, glossary } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { cipsoFields, walkCipso } from './ip-cipso.ts'
import { o } from './ip-option-fields.ts'
import { optionGroups } from './ip-option-groups.ts'
import { ipOptionTypes } from './numbers/ip-options.ts'

//  |C|Cls| Number  |    Length     |  contents …
//   one byte alone for "end of option list" (0) and "no operation" (1)

export const optionFields = glossary(o, optionGroups, cipsoFields)

const endOfList = 0
const noOperation = 1
/** The first address of a route, counted in bytes of the option from 1 as the pointer does. */
const firstAddress = 4

/** What lies in an option of `length` bytes behind its type and length, by type. */
const contents: Readonly<Record<number, (r: Reader, length: number) => void>> = {
  7: walkRecordRoute,
  11: r => {
    r.u16(o.mtu)
  },
  12: r => {
    r.u16(o.mtu)
  },
  25: walkQuickStart,
  68: walkTimestamps,
  82: r => {
    r.u16(o.traceNumber)
    r.u16(o.outboundHops)
    r.u16(o.returnHops)
    r.ipv4(o.originator)
  },
  130: walkSecurity,
  131: walkSourceRoute,
  133: (r, length) => {
    r.u8(o.formatCode)
    r.octets(o.securityInfo, length - 3)
  },
  134: walkCipso,
  136: r => {
    r.u16(o.streamId)
  },
  137: walkSourceRoute,
  148: r => {
    r.u16(o.routerAlert)
  },
}

/** Reads `length` bytes of options behind the fixed header. A source route changes the final destination. */
export function walkOptions(r: Reader, length: number): void {
  r.open(o.options, length)
  while (r.more()) {
    r.open(optionGroups[r.peek()] ?? o.option)
    const type = r.u8(o.type)
    if (type > noOperation) walkLength(r, type)
    r.close()
    if (type === endOfList) walkPadding(r)
  }
  r.close()
}

/** Length and contents of an option. The header's own length tells what follows it, even where an option lies. */
function walkLength(r: Reader, type: number): void {
  const length = r.u8(o.length)
  if (length < 2 || length > r.left + 2) {
    r.status('malformed')
    r.noteField('error', `The option claims ${bytes(length)}, the header leaves ${r.left + 2}`)
    r.octets(o.data, r.left)
    return
  }
  r.claim(length, o.length)
  const walk = contents[type]
  if (walk === undefined) r.octets(o.data, length - 2)
  else walk(r, length)
  if (r.checking && r.left > 0)
    r.note('error', `${ipOptionTypes[type]}: ${r.left} of its ${length} bytes are too many`)
}

function walkPadding(r: Reader): void {
  const length = r.left
  const at = r.octets(o.padding, length)
  if (r.checking && r.bytes.subarray(at, at + length).some(byte => byte !== 0))
    r.noteField('warning', 'Bytes behind the end of the options may carry something unseen')
}

/** Reads the pointer and says what is odd about it; the option has `length` bytes. */
function walkPointer(r: Reader, length: number, first: number): number {
  const pointer = r.u8(o.pointer)
  if (r.checking) {
    if (pointer < first) r.noteField('warning', `Points in front of the first place, ${first}`)
    else if (pointer <= length && (pointer - first) % 4 !== 0)
      r.noteField('warning', 'Points between two places')
  }
  return pointer
}

function walkRecordRoute(r: Reader, length: number): void {
  const pointer = walkPointer(r, length, firstAddress)
  for (let place = firstAddress; r.left >= 4; place += 4)
    r.ipv4(place < pointer ? o.recordedAddress : o.emptyAddress)
}

function walkSourceRoute(r: Reader, length: number): void {
  const pointer = walkPointer(r, length, firstAddress)
  if (r.checking)
    r.note('warning', 'The sender picks the route: most networks drop this, for it gets around filters')
  let place = firstAddress
  let last = -1
  for (; r.left >= 4; place += 4) {
    last = r.pos
    r.ipv4(place < pointer ? o.recordedAddress : o.sourceAddress)
  }
  if (pointer < place && last >= 0) r.addresses.destination = last
}

const withAddresses = 1
const prescribed = 3

function walkTimestamps(r: Reader, length: number): void {
  walkPointer(r, length, 5)
  r.bits(o.overflow, 4)
  const form = r.bits(o.form, 4)
  const named = form === withAddresses || form === prescribed
  for (const entry = named ? 8 : 4; r.left >= entry; ) {
    if (named) r.ipv4(o.timestampAddress)
    r.u32(o.timestamp)
  }
}

/** The older form always has 11 bytes; the newer one has a level and as many bytes of flags as it needs. */
const oldSecurityLength = 11

function walkSecurity(r: Reader, length: number): void {
  if (length === oldSecurityLength) {
    r.u16(o.oldLevel)
    r.u16(o.compartments)
    r.text(o.handling, 2)
    r.text(o.transmissionControl, 3)
    return
  }
  r.u8(o.level)
  if (!r.more()) return
  let further = r.u8(o.authorities) & 1
  while (further === 1) further = r.u8(o.moreAuthorities) & 1
}

function walkQuickStart(r: Reader): void {
  const request = r.bits(o.rateFunction, 4) === 0
  r.bits(o.rate, 4)
  r.u8(request ? o.rateTtl : o.rateUnused)
  r.bits(o.rateNonce, 30)
  r.bits(o.rateReserved, 2)
}
