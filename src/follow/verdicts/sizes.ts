import type { Message, Proposal } from '../story.ts'

/** Bytes around and of the pieces of an encrypted IKEv2 message, by the algorithms of the IKE SA. */
export type Sizes = {
  readonly iv: number
  /** Ciphertext is a multiple of it. */
  readonly block: number
  readonly icv: number
  /** Bytes of what the PRF gives, which is what an AUTH by pre-shared key holds. */
  readonly prf: number
}

/** Bytes of IV and of a block by ENCR number (RFC 2451, 3602, 3686, 4106, 7634). */
const ciphers: Readonly<Record<number, readonly [iv: number, block: number, icv: number]>> = {
  2: [8, 8, 0],
  3: [8, 8, 0],
  12: [16, 16, 0],
  13: [8, 1, 0],
  18: [8, 1, 8],
  19: [8, 1, 12],
  20: [8, 1, 16],
  23: [16, 16, 0],
  28: [8, 1, 16],
}
/** Bytes of ICV by AUTH number. */
const icvs: Readonly<Record<number, number>> = { 0: 0, 1: 12, 2: 12, 5: 12, 8: 12, 12: 16, 13: 24, 14: 32 }
/** Bytes of output by PRF number. */
const prfs: Readonly<Record<number, number>> = { 1: 16, 2: 20, 4: 16, 5: 32, 6: 48, 7: 64, 8: 16 }

/** The sizes that go with what was chosen in IKE_SA_INIT; undefined: not all of it is known here. */
export function sizesOf(accepted: Proposal | undefined): Sizes | undefined {
  const id = (kind: string) => accepted?.transforms.find(t => t.kind === kind)?.id ?? 0
  const cipher = ciphers[id('encryption')]
  const prf = prfs[id('prf')]
  const icv = icvs[id('integrity')]
  if (cipher === undefined || prf === undefined || icv === undefined) return undefined
  if (cipher[2] === 0 && icv === 0) return undefined
  return { iv: cipher[0], block: cipher[1], icv: cipher[2] || icv, prf }
}

const header = 28
const generic = 4

/** The least length of an IKE message with an SK payload around so many bytes of payloads (RFC 7296 §3.14). */
export function leastLength(payloads: number, sizes: Sizes): number {
  const padded = Math.ceil((payloads + 1) / sizes.block) * sizes.block
  return header + generic + sizes.iv + padded + sizes.icv
}

/** Bytes that the payloads of a message of this length have at most. */
export const mostPayloads = (length: number, sizes: Sizes) =>
  Math.max(0, length - header - generic - sizes.iv - sizes.icv - 1)

/** The least bytes of payloads, as RFC 7296 §3 draws them. */
const notify = generic + 4
/** The identity itself has at least one byte. */
const identity = generic + 4 + 1
/** One proposal with a 4-byte SPI, a cipher and the word on sequence numbers, each of 8 bytes. */
const childSa = generic + 8 + 4 + 2 * 8
/** Nonces have 16 bytes at least (RFC 7296 §3.9). */
const nonce = generic + 16
/** One IPv4 selector each. */
const selectors = 2 * (generic + 4 + 16)

/** AUTH by pre-shared key has the PRF's size; a signature has never less than 64 bytes. */
const auth = (sizes: Sizes) => generic + 4 + Math.min(sizes.prf, 64)

/** IDr and AUTH: the responder has shown who it is. */
export const leastIdentified = (sizes: Sizes) => leastLength(identity + auth(sizes) + notify, sizes)

/** AUTH, SA, TSi and TSr, which end a successful IKE_AUTH; IDr is in its first answer only (EAP has more of them). */
export const leastAccepted = (sizes: Sizes, isFirst: boolean) =>
  leastLength((isFirst ? identity : 0) + auth(sizes) + childSa + selectors, sizes)

/** SA and nonce of a CREATE_CHILD_SA; what else it has depends on what it creates. */
export const leastCreated = (sizes: Sizes) => leastLength(childSa + nonce, sizes)

/** What can be told of encrypted answers by their size: always a guess, and said to be one. */
export type Shape = 'refused' | 'identified' | 'stopped' | 'accepted' | 'unknown'

/**
 * How the answer to an IKE_AUTH request looks, beside the least that an accepting one would need. `accepted` is for the
 * IKE SA; EAP has more requests after the first.
 */
export function shapeOf(
  request: Message,
  response: Message,
  accepted: Proposal | undefined,
  isFirst: boolean,
): Shape {
  const sizes = sizesOf(accepted)
  if (sizes === undefined || !response.isEncrypted) return 'unknown'
  if (response.fragment !== undefined) return 'accepted'
  if (!isFirst) return response.length >= leastAccepted(sizes, false) ? 'accepted' : 'stopped'
  // Without SA and selectors in the request it is an IKE SA without a child (RFC 6023).
  const isChild = request.fragment !== undefined || request.length >= leastAccepted(sizes, true)
  if (response.length < leastIdentified(sizes)) return 'refused'
  if (!isChild) return 'unknown'
  return response.length >= leastAccepted(sizes, true) ? 'accepted' : 'identified'
}
