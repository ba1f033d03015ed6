import { field, hex } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { f as header } from './isakmp-fields.ts'
import { groupMeanings } from './numbers/ike-algorithm-meanings.ts'
import { keyExchangeMethods } from './numbers/ikev2.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |  Key Exchange Method Number   |           RESERVED            |
// ~                       Key Exchange Data                       ~

export const keyExchangeFields = {
  method: field('isakmp.key_exchange.dh_group', 'Key exchange method', {
    explain:
      'The group or other method that the data is for. The initiator has to guess the one that the responder will choose; if it guesses wrong, it is told and tries again.',
    section: 'RFC 7296 §3.4',
    values: keyExchangeMethods,
    meanings: groupMeanings,
  }),
  reserved: field('isakmp.reserved', 'Reserved', {
    explain: 'Free for later use: sent as 0, ignored by receivers.',
    section: 'RFC 7296 §3.4',
    show: hex(4),
  }),
  data: field('isakmp.key_exchange.data', 'Key exchange data', {
    type: 'bytes',
    explain:
      'The public half of a key made for this exchange, or what was encrypted with the other side’s. Everyone may see it: only who has a secret half gets the shared secret.',
    section: 'RFC 7296 §3.4',
    here: (_value, layer) => sizeSaid(layer),
  }),
  nonce: field('isakmp.nonce', 'Nonce', {
    type: 'bytes',
    explain:
      'Random bytes, 16 to 256 of them and at least half as many as the keys of the PRF have. Both sides’ go into all keys, so that no old message fits.',
    section: 'RFC 7296 §3.9',
  }),
}

const f = keyExchangeFields

/**
 * Bytes of the data by method: a number of the group (RFC 7296 §3.4), both coordinates of a point (RFC 5903 §7), a
 * coordinate (RFC 8031 §3).
 */
const sizes: Readonly<Record<number, number>> = {
  1: 96,
  2: 128,
  5: 192,
  14: 256,
  15: 384,
  16: 512,
  17: 768,
  18: 1024,
  19: 64,
  20: 96,
  21: 132,
  22: 128,
  23: 256,
  24: 256,
  25: 48,
  26: 56,
  27: 56,
  28: 64,
  29: 96,
  30: 128,
  31: 32,
  32: 56,
  33: 64,
  34: 128,
}
/** ML-KEM asks with a key and answers with what was encrypted to it (FIPS 203 §8, table 3). */
const kemSizes: Readonly<Record<number, { readonly request: number; readonly response: number }>> = {
  35: { request: 800, response: 768 },
  36: { request: 1184, response: 1088 },
  37: { request: 1568, response: 1568 },
}
/** Groups that one can afford to break, or that may have a back door (RFC 8247 §2.4). */
const weak = new Set([1, 2, 5, 22])

/** How the length of the data goes with its method. */
function sizeSaid(layer: LayerView): string {
  const record = layer.at(f.data)
  const method = layer.number(f.method)
  const isOnly = record >= 0 && layer.at(f.data, record) < 0
  if (!isOnly || sizes[method] === undefined || layer.found.bitLengths[record] !== sizes[method] * 8)
    return ''
  return `${keyExchangeMethods[method]} makes ${sizes[method]} bytes of it: ${shapeOf(method)}.`
}

/** What the bytes of a group are (RFC 7296 §3.4, RFC 5903 §7, RFC 8031 §3). */
function shapeOf(method: number): string {
  if (method === 31 || method === 32) return 'one coordinate of a point on the curve'
  const isCurve = (method >= 19 && method <= 21) || (method >= 25 && method <= 34)
  return isCurve ? 'both coordinates of a point on the curve' : 'a number as long as the prime of the group'
}

/** Reads a Key Exchange payload. */
export function walkKeyExchange(r: Reader): void {
  const method = r.u16(f.method)
  if (r.checking && weak.has(method)) r.noteField('warning', 'This group is too weak today (RFC 8247 §2.4)')
  r.u16(f.reserved)
  const length = r.left
  r.rest(f.data)
  if (!r.checking) return
  const side = isResponse(r) ? 'response' : 'request'
  const kem = kemSizes[method]
  const fitting = kem?.[side] ?? sizes[method]
  if (fitting === undefined || fitting === length) return
  const where = kem === undefined ? '' : ` in a ${side}`
  r.noteField('error', `${keyExchangeMethods[method]} has ${fitting} bytes${where}, not ${length}`)
}

/** True in the answer of an exchange. */
function isResponse({ sink }: Reader): boolean {
  const flags = sink === null ? -1 : sink.recordOf(header.flags2)
  return flags >= 0 && (sink!.values[flags]! & 0x20) !== 0
}

/** Reads a Nonce payload. */
export function walkNonce(r: Reader): void {
  const length = r.left
  r.rest(f.nonce)
  if (r.checking && (length < 16 || length > 256))
    r.note('error', `A nonce has 16 to 256 bytes, not ${length}`)
}
