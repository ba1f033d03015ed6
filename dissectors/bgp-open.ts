import type { Reader } from '../src/dissect/reader.ts'
import { openFields as f } from './bgp-open-fields.ts'
import { reservedBytes } from './reserved.ts'

// |    Version    |             My AS             |
// |           Hold Time           |  BGP Identifier (32)
// | Opt Parm Len  |  Optional Parameters: | Type | Length | Value … |

export function walkOpen(r: Reader): void {
  const version = r.u8(f.version)
  if (r.checking && version !== 4) r.noteField('error', 'Only version 4 is in use')
  r.u16(f.as)
  const holdTime = r.u16(f.holdTime)
  if (r.checking && (holdTime === 1 || holdTime === 2))
    r.noteField('error', 'A hold time is 0 or at least 3 seconds (RFC 4271 §4.2)')
  r.ipv4(f.identifier)
  const length = r.u8(f.parametersLength)
  const extended = length === 255 && r.peek() === 255
  if (extended) r.u8(f.extendedType)
  const all = extended ? r.u16(f.extendedLength) : length
  if (all === 0) return
  r.open(f.parameters, all)
  while (r.more()) walkParameter(r, extended)
  r.close()
}

function walkParameter(r: Reader, extended: boolean): void {
  r.open(f.parameter)
  const type = r.u8(f.parameterType)
  const length = extended ? r.u16(f.parameterLength) : r.u8(f.parameterLength)
  r.claim((extended ? 3 : 2) + length, f.parameterLength)
  if (type === 2) while (r.more()) walkCapability(r)
  else if (length > 0) r.rest(f.parameterValue)
  r.close()
}

function walkCapability(r: Reader): void {
  r.open(f.capability)
  const code = r.u8(f.code)
  const length = r.u8(f.capabilityLength)
  r.claim(2 + length, f.capabilityLength)
  if (length > 0) walkValue(r, code, length)
  if (r.left > 0) r.rest(f.value)
  r.close()
}

function walkValue(r: Reader, code: number, length: number): void {
  if (code === 1 && length === 4) {
    r.u16(f.mpFamily)
    reservedBytes(r, f.mpReserved, 1)
    r.u8(f.mpSubsequent)
  } else if (code === 5) {
    while (r.left >= 6 && r.more()) {
      r.u16(f.hopFamily)
      r.u16(f.hopSubsequent)
      r.u16(f.hopNext)
    }
  } else if (code === 9) r.u8(f.role)
  else if (code === 64) {
    r.u16(f.timers)
    walkKept(r, false)
  } else if (code === 65 && length === 4) r.u32(f.as4)
  else if (code === 69) {
    while (r.left >= 4 && r.more()) {
      r.u16(f.pathFamily)
      r.u8(f.pathSubsequent)
      r.u8(f.pathDirection)
    }
  } else if (code === 71) walkKept(r, true)
  else if (code === 73) walkHost(r)
}

/** Kinds of routes that survive a restart. */
function walkKept(r: Reader, longLived: boolean): void {
  while (r.left >= (longLived ? 7 : 4) && r.more()) {
    r.u16(f.grFamily)
    r.u8(f.grSubsequent)
    r.u8(f.grFlags)
    if (longLived) r.u24(f.staleTime)
  }
}

function walkHost(r: Reader): void {
  r.text(f.host, r.u8(f.hostLength))
  if (r.left > 0) r.text(f.domain, r.u8(f.domainLength))
}
