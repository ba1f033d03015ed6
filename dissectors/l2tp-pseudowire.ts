import type { Next, Protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { eth } from './eth.ts'
import { looksLikeFrame } from './frame-looks.ts'
import { ip } from './ip.ts'
import { ipv6 } from './ipv6.ts'
import { f, sublayer } from './l2tp-fields.ts'
import { looksLikePacket } from './packet-looks.ts'
import { ppp } from './ppp.ts'

const sublayerLength = 4
const longestCookie = 8

/** Bytes that a guess may look at: an IPv6 header behind the longest cookie and a sublayer. */
const decided = longestCookie + sublayerLength + 40

/**
 * What follows the session ID of version 3. How long the cookie is and whether there is a sublayer was agreed on by control
 * messages or by hand, so every way is tried, the shortest first, until a payload that makes sense begins behind it.
 */
export function walkPseudowire(r: Reader): Next {
  for (let cookie = 0; cookie <= longestCookie; cookie += 4) {
    const bare = payloadAt(r, cookie)
    if (bare) return read(r, cookie, false, bare)
    const behind = looksLikeSublayer(r, cookie) ? payloadAt(r, cookie + sublayerLength) : undefined
    if (behind) return read(r, cookie, true, behind)
  }
  if (r.peek(Math.min(decided, r.left) - 1) < 0) r.octets(f.undecided, r.left)
  r.status('unknown')
  r.note(
    'info',
    'What the session carries, only its two ends know; it looks neither like Ethernet nor like PPP nor like IP',
  )
  return r.carry(undefined)
}

/** Reserved bits that are 0, and no number where the flag says that it does not count. */
function looksLikeSublayer(r: Reader, ahead: number): boolean {
  const first = r.peek(ahead)
  return first === 0x40 || (first | r.peek(ahead + 1) | r.peek(ahead + 2) | r.peek(ahead + 3)) === 0
}

function payloadAt(r: Reader, ahead: number): Protocol | undefined {
  const length = r.left - ahead
  if (looksLikeFrame(r, ahead)) return eth
  // PPP’s address and control; the protocol behind them has an even first byte and an odd last one.
  if (r.peek(ahead) === 0xff && r.peek(ahead + 1) === 3 && (r.peek(ahead + 2) & 1) === 0) return ppp
  const header = r.peek(ahead) >> 4 === 6 ? 40 : (r.peek(ahead) & 15) * 4
  if (header < 20 || header > 40 || header > length || r.peek(ahead + header - 1) < 0) return undefined
  if (looksLikePacket(r, 4, r.bytes, r.pos + ahead, length)) return ip
  return looksLikePacket(r, 41, r.bytes, r.pos + ahead, length) ? ipv6 : undefined
}

function read(r: Reader, cookie: number, behindSublayer: boolean, next: Protocol): Next {
  if (cookie > 0) r.octets(f.cookie, cookie)
  if (behindSublayer) {
    r.open(sublayer.group, sublayerLength)
    r.bits(sublayer.reserved, 1)
    r.flag(sublayer.sequenced)
    r.bits(sublayer.unused, 6)
    r.u24(sublayer.sequence)
    r.close()
  }
  if (r.noting) {
    const front = cookie > 0 ? `a cookie of ${cookie} bytes` : 'no cookie'
    const then = behindSublayer ? 'the default sublayer' : 'no sublayer'
    r.note('info', `No field says so, but with ${front} and ${then} this looks like ${next.name}: a guess`)
  }
  return r.carry(next)
}
