import type { Reader } from '../src/dissect/reader.ts'
import { looksLikePacket } from './packet-looks.ts'

// ESP does not say whether it encrypts: only the association does. But where it does not (RFC 2410), the end of the
// payload has padding, its length and the next header in the open, and what they enclose is a packet (RFC 5879). A guess
// counts only where sums and lengths prove it: by chance, a packet of random bytes passes about once in 10^10 times.

/** Bytes around the payload: an initialization vector and an integrity check value. */
export type Form = { readonly iv: number; readonly icv: number }

/** Most common first. Only AES-GMAC has a vector without encrypting (RFC 4543 §3.1). */
const forms: readonly Form[] = [
  { iv: 0, icv: 12 },
  { iv: 0, icv: 16 },
  { iv: 0, icv: 24 },
  { iv: 0, icv: 32 },
  { iv: 8, icv: 16 },
  { iv: 0, icv: 0 },
]

/** The least that any packet has that is looked for here. */
const shortest = 8

/** The form in which the rest of an ESP packet is readable; undefined where it looks encrypted, or is not all there. */
export function openForm(r: Reader): Form | undefined {
  if (!r.whole || r.excerpted) return undefined
  for (let i = 0; i < forms.length; i++) {
    const form = forms[i]!
    // Nearly all are told by this byte.
    if (carried[r.bytes[r.limit - form.icv - 1]!] === 1 && isOpen(r, form)) return form
  }
  return undefined
}

/** 1: the next headers that are looked for. */
const carried = new Uint8Array(256)
for (const number of [4, 41, 6, 17, 1, 58]) carried[number] = 1

function isOpen(r: Reader, { iv, icv }: Form): boolean {
  const end = r.left - icv - 2
  // Payload and padding fill words of 4 bytes together with the last two (RFC 4303 §2.4).
  if (end < iv + shortest || (end - iv) % 4 !== 2) return false
  const pad = r.peek(end)
  const length = end - iv - pad
  if (length < shortest) return false
  const next = r.peek(end + 1)
  for (let i = 1; i <= pad; i++) if (r.peek(end - pad + i - 1) !== i) return false
  return looksLikePacket(r, next, r.bytes, r.pos + iv, length)
}
