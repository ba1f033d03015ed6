import { exchange } from '../ike-numbers.ts'
import type { Association, Message, Negotiation, Notify, Story, Verdict } from '../story.ts'

/** A notify and who said it when. */
export type Said = { readonly message: Message; readonly notify: Notify }

/** A story before anybody has judged it. */
export type Facts = Omit<Story, 'verdicts'>

/** One negotiation and what belongs to it: what each verdict is found from. */
export type Case = {
  readonly negotiation: Negotiation
  readonly answers: Answers
  /** Associations that began after it, between the same peers. */
  readonly associations: readonly Association[]
  /** Some of the negotiations that its responder has part in: what it takes elsewhere. */
  readonly ofResponder: readonly Negotiation[]
  /** The next one that the same initiator began with the same responder. */
  readonly next: Negotiation | undefined
  /** The first packet in which an address speaks a version of IKE, by `versionKey`. */
  readonly spoken: ReadonlyMap<string, number>
}

export const versionKey = (address: string, version: number) => `${version} ${address}`

/** What a rule says; the packets may be in any order and repeat. */
export type Finding = Omit<Verdict, 'negotiation' | 'spis'> & { readonly spis?: readonly number[] }

export type Rule = (of: Case) => readonly Finding[]

/** More packets than this are no better evidence. */
const evidenceKept = 12

/** The finding as a verdict: the first packets that show it, ascending, each once. */
export function verdictOf(finding: Finding, negotiation: number): Verdict {
  const packets = [...new Set(finding.packets)].sort((a, b) => a - b).slice(0, evidenceKept)
  return { ...finding, packets, negotiation, spis: finding.spis ?? [] }
}

/** The capture has its beginning: IKEv1 opens with offers of the initiator, IKEv2 with an exchange of its own. */
export function startsHere({ progress, version, messages }: Negotiation): boolean {
  const first = messages[0]
  if (progress === 'joined-in-the-middle' || first === undefined || first.isEncrypted) return false
  return version === 2 || (first.fromInitiator && (first.proposals.length > 0 || first.isCut))
}

/** The packet of a message, all of them where it came in fragments, and those that bring it again. */
export const packetsOf = (message: Message): readonly number[] => [
  ...(message.fragments.length > 0 ? message.fragments : [message.packet]),
  ...message.repeats.map(repeat => repeat.packet),
]

export const allPackets = (messages: readonly Message[]): readonly number[] => messages.flatMap(packetsOf)

export const isOffer = (m: Message) => m.fromInitiator && m.proposals.length > 0

/** How often a message was sent, as far as it was captured. */
export const timesSent = (message: Message) => 1 + message.repeats.length

export const lastPacketOf = (message: Message) => message.repeats.at(-1)?.packet ?? message.packet

export const lastTimeOf = (message: Message) => message.repeats.at(-1)?.time ?? message.time

/** The messages of one exchange, of one peer. */
export const sentIn = (of: Case, type: number, fromInitiator: boolean) =>
  of.negotiation.messages.filter(m => m.exchange === type && m.fromInitiator === fromInitiator)

/** Something of the responder was captured. */
export const isAnswered = (of: Case) => of.negotiation.messages.some(m => !m.fromInitiator)

/** The messages with fragments of one message counted as one: its first fragment. */
export const whole = (messages: readonly Message[]) =>
  messages.filter(m => m.fragment === undefined || m.fragment.number <= 1)

/** The answers of a negotiation, found by exchange, message ID and direction once somebody asks. */
export class Answers {
  readonly #messages: readonly Message[]
  #found: Map<number, Message[]> | undefined

  constructor(messages: readonly Message[]) {
    this.#messages = messages
  }

  /** All answers to what such a request asks, in order. */
  to({ exchange, messageId, fromInitiator }: Message): readonly Message[] {
    this.#found ??= this.#index()
    return this.#found.get(keyOf(exchange, messageId, !fromInitiator)) ?? []
  }

  #index(): Map<number, Message[]> {
    const found = new Map<number, Message[]>()
    for (const m of this.#messages) {
      if (!m.isResponse) continue
      const key = keyOf(m.exchange, m.messageId, m.fromInitiator)
      const others = found.get(key)
      if (others === undefined) found.set(key, [m])
      else others.push(m)
    }
    return found
  }
}

/** 8 bits of exchange, 32 of message ID and a direction are a number that is exact. */
const keyOf = (type: number, messageId: number, fromInitiator: boolean) =>
  (type * 2 ** 32 + messageId) * 2 + (fromInitiator ? 1 : 0)

/**
 * The answer to an IKEv2 request: the other peer's, with its exchange and message ID (RFC 7296 §2.2). The requests of
 * IKE_SA_INIT share one, and the next answer is theirs.
 */
export function answerTo(request: Message, of: Case): Message | undefined {
  const answers = of.answers.to(request)
  const next = answers.find(m => m.packet > request.packet)
  return next ?? (request.exchange === exchange.saInit ? undefined : answers[0])
}

/** ESP or AH runs in both directions after this negotiation. */
export const flowsBothWays = (of: Case) => of.associations.some(a => a.opposite >= 0)

/** `0.5 s`, `23.6 s`; empty where the capture has no times. */
export function duration(from: number, to: number): string {
  const seconds = to - from
  if (!Number.isFinite(seconds) || seconds < 0) return ''
  return seconds < 0.9995 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(seconds < 100 ? 1 : 0)} s`
}

/** `once`, `3 times`. */
export const times = (count: number) => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`)

/** `1 packet`, `3 packets`. */
export const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

/** `a`, `a and b`, `a, b and c`. */
export const listed = (words: readonly string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

export const watchIke = '`tcpdump -ni any udp port 500 or udp port 4500`'
