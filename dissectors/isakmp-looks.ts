import type { Reader } from '../src/dissect/reader.ts'
import { exchangeTypes, payloadTypes } from './numbers/isakmp.ts'

const headerLength = 28

/** The first exchange and the first payload of IKEv2; those below are of IKEv1, and some above are private ones of it. */
const [firstExchange, firstPayload, firstPrivate] = [34, 33, 128]

/**
 * True where an IKE message fills the payload from `ahead` bytes on (RFC 7296 §3.1, RFC 2408 §3.1): an initiator's SPI,
 * a version with an exchange, a payload and flags that it has, and the right length. By chance, random bytes pass about
 * once in 10^15 times.
 */
export function looksLikeIke(r: Reader, ahead: number): boolean {
  const version = r.peek(ahead + 17)
  if (version !== 0x10 && version !== 0x20) return false
  const exchange = r.peek(ahead + 18)
  const payload = r.peek(ahead + 16)
  if (exchange === 0 || exchangeTypes[exchange] === undefined || payloadTypes[payload] === undefined)
    return false
  const isFirst = version === 0x10
  if (isFirst !== exchange < firstExchange) return false
  if (payload > 0 && isFirst !== (payload < firstPayload || payload >= firstPrivate)) return false
  if ((r.peek(ahead + 19) & (isFirst ? 0xf8 : 0xc7)) !== 0) return false
  return lengthAt(r, ahead + 24) === r.left - ahead && r.left - ahead >= headerLength && hasSpi(r, ahead)
}

function lengthAt(r: Reader, ahead: number): number {
  let length = 0
  for (let i = 0; i < 4; i++) length = length * 256 + r.peek(ahead + i)
  return length
}

function hasSpi(r: Reader, ahead: number): boolean {
  for (let i = 0; i < 8; i++) if (r.peek(ahead + i) > 0) return true
  return false
}
