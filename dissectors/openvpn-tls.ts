import { hexText } from '../src/addresses.ts'
import type { Next } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { walkPlace } from './tcp-stream.ts'
import { tls } from './tls.ts'

/** What a control message says of its place. `session`: where its session ID starts. */
export type Numbers = {
  readonly session: number
  readonly keyId: number
  readonly message: number
  readonly opens: boolean
}

const pieces = {
  unit: 'messages',
  name: 'reassembled-openvpn',
  label: 'Reassembled OpenVPN control messages',
} as const

/**
 * TLS in a control message, together with what the session kept of earlier ones. Each side numbers those of each key from
 * 0 on, the first of which is the reset; a session ID is random, and tells the sides apart, too.
 */
export function walkTls(r: Reader, numbers: Numbers): Next {
  const { session } = r
  if (session === undefined || r.excerpted) return r.messages(tls, false)
  const key = `openvpn ${hexText(r.bytes, numbers.session, 8)} ${numbers.keyId}`
  if (numbers.opens && r.left === 0) session.streams.open(r, key, numbers.message + 1, true)
  if (r.left === 0) return r.carry(undefined)
  return walkPlace(r, tls, session.streams.take(r, tls, key, numbers.message, true), pieces)
}
