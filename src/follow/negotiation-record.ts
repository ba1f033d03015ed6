import { createHash } from 'node:crypto'
import type { Dissection } from '../dissect/dissection.ts'
import type { Header } from './ike-message.ts'
import { exchange, lastPhase1 } from './ike-numbers.ts'
import type { Path } from './path.ts'
import { progressOf } from './progress.ts'
import type { Endpoint, Message, Negotiation, Proposal, Refusal, Repeat } from './story.ts'

/** Messages, and refusals, kept of one negotiation, and repeats of one message. */
export const messagesKept = 512
/** So many of them are the first ones, the others the last ones: how it began and how it ended tell most. */
const firstKept = 256
export const repeatsKept = 4096

/**
 * The same message within this many seconds is the same frame seen twice, on two interfaces or two sides of a
 * router: those who repeat a request wait longer, the least known half a second.
 */
export const copyTime = 0.01

export const noSpi = '0000000000000000'

type Known = { readonly message: Message; readonly pieces: number; readonly repeats: Repeat[]; last: number }

/** One negotiation while it grows. */
export class NegotiationRecord {
  readonly number: number
  readonly initiatorSpi: string
  responderSpi = noSpi
  /** The responder has accepted the first message: what begins with the same SPI is another negotiation. */
  isAnswered = false
  readonly version: number
  readonly initiator: Endpoint
  readonly responder: Endpoint
  /** By what tells a message from others, in the order in which they came. */
  readonly #known = new Map<string, Known>()
  /** What tells the fragments that messages were put together from: when they come again, the message does. */
  readonly #fragments = new Set<string>()
  readonly #refusals: Refusal[] = []
  readonly #protocols = new Set<'esp' | 'ah'>()
  #trafficFromInitiator = false
  #trafficFromResponder = false
  #isCut = false
  #shown: Negotiation | undefined

  constructor(number: number, header: Header, path: Path, isBegunBySender: boolean) {
    this.number = number
    this.initiatorSpi = header.initiatorSpi
    this.version = header.version
    this.initiator = isBegunBySender ? path.from : path.to
    this.responder = isBegunBySender ? path.to : path.from
  }

  get hasResponder(): boolean {
    return this.responderSpi !== noSpi
  }
  get isFull(): boolean {
    return this.#known.size >= messagesKept
  }

  knows(identity: string, path: Path): boolean {
    return this.#known.has(this.#sided(identity, path))
  }

  /** It is a fragment of a message that has been whole. */
  isFragment(identity: string, path: Path): boolean {
    return this.#fragments.has(this.#sided(identity, path))
  }

  /** Bytes that come back from the other side are not the same message. */
  #sided(identity: string, path: Path): string {
    return `${identity} ${this.isFromInitiator(path)}`
  }

  /** Counts a packet that brings a known message again. */
  repeat(identity: string, path: Path, packet: number, time: number): 'copy' | 'kept' | 'left out' {
    const known = this.#known.get(this.#sided(identity, path))!
    const isCopy = Math.abs(time - known.last) < copyTime
    known.last = time
    if (isCopy) return 'copy'
    if (known.repeats.length >= repeatsKept) return 'left out'
    known.repeats.push({ packet, time })
    this.#shown = undefined
    return 'kept'
  }

  /** `pieces`: how much the message takes, to be given back. */
  add(identity: string, path: Path, message: Message, pieces: number): void {
    this.#known.set(this.#sided(identity, path), { message, pieces, repeats: [], last: message.time })
    this.#shown = undefined
  }

  /**
   * Takes out the fragments of a message that is whole now, for it stands in their place.
   * @returns their packets, in order, and how much they took
   */
  join(path: Path, { exchange, messageId }: Header): { packets: number[]; pieces: number } {
    const numbers = new Set<number>()
    const packets: number[] = []
    let taken = 0
    for (const [identity, { message, pieces, repeats }] of [...this.#known].reverse()) {
      const { fragment, payloads } = message
      if (fragment === undefined || payloads.length > 1 || numbers.has(fragment.number)) continue
      if (message.exchange !== exchange || message.messageId !== messageId) continue
      if (message.fromInitiator !== this.isFromInitiator(path)) continue
      numbers.add(fragment.number)
      this.#known.delete(identity)
      if (this.#fragments.size < messagesKept) this.#fragments.add(identity)
      packets.unshift(message.packet)
      taken += pieces + repeats.length
    }
    this.#shown = undefined
    return { packets, pieces: taken }
  }

  /** Forgets the oldest of the last messages, and returns how much it took. */
  forget(): number {
    this.cut()
    let i = 0
    for (const [identity, { pieces, repeats }] of this.#known) {
      if (i++ < firstKept) continue
      this.#known.delete(identity)
      return pieces + repeats.length
    }
    return 0
  }

  /** Something of it could not be kept. */
  cut(): void {
    if (!this.#isCut) this.#shown = undefined
    this.#isCut = true
  }

  /** False where there is no room for it. */
  refuse(refusal: Refusal): boolean {
    if (this.#refusals.length >= messagesKept) return false
    this.#refusals.push(refusal)
    this.#shown = undefined
    return true
  }

  /** ESP or AH began between the two. */
  carry(protocol: 'esp' | 'ah', path: Path): void {
    this.#protocols.add(protocol)
    if (this.isFromInitiator(path)) this.#trafficFromInitiator = true
    else this.#trafficFromResponder = true
    this.#shown = undefined
  }

  /** By the addresses, of which NAT may have changed one since; between the same address by the ports. */
  isFromInitiator({ from, to }: Path): boolean {
    const { initiator, responder } = this
    if (initiator.address === responder.address)
      return from.port !== responder.port || to.port !== initiator.port
    if (from.address === initiator.address || to.address === responder.address) return true
    return from.address !== responder.address && to.address !== initiator.address
  }

  /** The last packet in which this end sent a message, the one with this header where that is known; 0: none. */
  lastFrom(end: Endpoint, header: Header | undefined): number {
    let last = 0
    for (const { message, repeats } of this.#known.values()) {
      const { from, exchange, messageId } = message
      if (from.address !== end.address || from.port !== end.port) continue
      if (header && (header.exchange !== exchange || header.messageId !== messageId)) continue
      last = Math.max(last, repeats.at(-1)?.packet ?? message.packet)
    }
    return last
  }

  /** How it stands. The same value as before where nothing has changed. */
  show(): Negotiation {
    this.#shown ??= this.#show()
    return this.#shown
  }

  #show(): Negotiation {
    const { number, version, initiatorSpi, responderSpi, initiator, responder } = this
    const messages = [...this.#known.values()].map(({ message, repeats }) =>
      repeats.length === 0 ? message : { ...message, repeats: [...repeats] },
    )
    const refusals = [...this.#refusals]
    const accepted = acceptedIn(messages)
    const traffic = {
      protocols: [...this.#protocols]
        .map(name => name.toUpperCase())
        .sort()
        .join(' and '),
      fromInitiator: this.#trafficFromInitiator,
      fromResponder: this.#trafficFromResponder,
    }
    return {
      number,
      version,
      initiatorSpi,
      responderSpi,
      initiator,
      responder,
      messages,
      refusals,
      ...progressOf({ version, messages, refusals, accepted, traffic }),
      accepted,
      isCut: this.#isCut,
    }
  }
}

/** What the responder chose for the IKE SA itself. */
function acceptedIn(messages: readonly Message[]): Proposal | undefined {
  const answer = messages.find(
    m =>
      !m.fromInitiator &&
      m.proposals.length > 0 &&
      (m.exchange === exchange.saInit || m.exchange <= lastPhase1),
  )
  return answer?.proposals[0]
}

/** What tells a message from all others: all its bytes, and how many they would be if the capture had cut it off. */
export function identityOf(found: Dissection, layer: number): string {
  const start = found.baseOf(layer) + found.starts[layer]!
  const end = found.baseOf(layer) + found.ends[layer]!
  const digest = createHash('sha1').update(found.bytesOf(layer).subarray(start, end)).digest('base64')
  return `${digest}${found.limits[layer]! - found.starts[layer]!}`
}
