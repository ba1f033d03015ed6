import { isakmp } from '../../dissectors/isakmp.ts'
import type { Dissection } from '../dissect/dissection.ts'
import { type Header, headerOf, readMessage } from './ike-message.ts'
import { exchange, lastPhase1, notifyType } from './ike-numbers.ts'
import { identityOf, messagesKept, NegotiationRecord, noSpi, repeatsKept } from './negotiation-record.ts'
import { type Path, pathOf } from './path.ts'
import { refusalOf } from './refusals.ts'
import type { Message, Negotiation } from './story.ts'

/** Negotiations kept of one capture, and names of payloads, transforms and notifies in all of them together. */
const negotiationsKept = 4096
const piecesKept = 1_000_000
/** Pairs of addresses that are remembered: a peer may move, and who sends from everywhere is not listened to for ever. */
const pairsKept = 65_536

/** What two addresses have negotiated last. */
type Between = { begun: NegotiationRecord; encrypted: NegotiationRecord | undefined }

/** A packet with a message. */
type Arrival = {
  readonly header: Header
  readonly path: Path
  readonly identity: string
  readonly time: number
}

/** All negotiations of a capture, from the messages as they come. */
export class Negotiations {
  readonly #all: NegotiationRecord[] = []
  /** The last one that began with an initiator's SPI. */
  readonly #byInitiator = new Map<string, NegotiationRecord>()
  readonly #bySpis = new Map<string, NegotiationRecord>()
  readonly #byAddresses = new Map<string, Between>()
  #pieces = 0
  #unbegun = 0
  #unkept = 0
  #unmet = 0

  /** Takes an isakmp layer that is not quoted. */
  see(found: Dissection, layer: number, time: number): void {
    const header = headerOf(found, layer)
    const path = header && pathOf(found, layer)
    if (header === undefined || path === undefined || header.version < 1 || header.version > 2) return
    const identity = identityOf(found, layer)
    const arrival = { header, path, identity, time }
    const old = this.#find(arrival)
    if (old?.isFragment(identity, path)) return
    const fragments = old && isPutTogether(found, layer) ? this.#join(old, arrival) : []
    if (this.#pieces >= piecesKept) {
      old?.cut()
      this.#unkept++
    } else if (old?.knows(identity, path)) this.#repeat(old, arrival, found.frame.number)
    else this.#add(old, arrival, found, layer, fragments)
  }

  #join(record: NegotiationRecord, { path, header }: Arrival): readonly number[] {
    const { packets, pieces } = record.join(path, header)
    this.#pieces -= pieces
    return packets
  }

  #repeat(record: NegotiationRecord, { identity, path, time }: Arrival, packet: number): void {
    const fate = record.repeat(identity, path, packet, time)
    if (fate === 'kept') this.#pieces++
    else if (fate === 'left out') this.#unkept++
  }

  #add(
    old: NegotiationRecord | undefined,
    arrival: Arrival,
    found: Dissection,
    layer: number,
    fragments: readonly number[],
  ): void {
    const { header, path, identity, time } = arrival
    const record = old ?? this.#begin(header, path, found, layer)
    if (record === undefined) return
    if (record.isFull) {
      this.#pieces -= record.forget()
      this.#unkept++
    }
    const isFromInitiator = header.version === 2 ? header.hasInitiatorFlag : record.isFromInitiator(path)
    const { message, pieces } = readMessage(found, layer, header, path, time, isFromInitiator)
    this.#pieces += 1 + pieces
    record.add(identity, path, fragments.length > 0 ? { ...message, fragments } : message, 1 + pieces)
    this.#settle(record, header, message)
    this.#meet(record, path, message.isEncrypted)
  }

  /** Takes an isakmp or udpencap layer that is quoted in an ICMP error: what it is about was refused. */
  refuse(found: Dissection, layer: number, time: number): void {
    const path = pathOf(found, layer)
    if (path === undefined) return
    const header = headerOf(found, layer)
    const record = header ? this.#bySpi(header) : this.between(path.from.address, path.to.address)
    const refusal = record && refusalOf(found, layer, time, record.lastFrom(path.from, header))
    if (record === undefined || refusal === undefined) return
    if (this.#pieces < piecesKept && record.refuse(refusal)) this.#pieces++
    else this.#unkept++
  }

  /** The last negotiation between two addresses; one that came to encrypted messages before those that did not. */
  between(one: string, other: string): NegotiationRecord | undefined {
    const pair = this.#byAddresses.get(pairOf(one, other))
    return pair?.encrypted ?? pair?.begun
  }

  /** All of them as they stand. */
  show(): Negotiation[] {
    return this.#all.map(record => record.show())
  }

  /** What could not be kept, as sentences. */
  limits(): string[] {
    const sentences: string[] = []
    if (this.#unbegun > 0)
      sentences.push(
        `Only the first ${negotiationsKept} negotiations are kept: ${this.#unbegun} messages belong to later ones`,
      )
    if (this.#unkept > 0)
      sentences.push(
        `${this.#unkept} IKE messages are left out: of a negotiation ${messagesKept} are kept, of one message ${repeatsKept} repeats, of all together ${piecesKept} payloads, proposals and algorithms`,
      )
    if (this.#unmet > 0)
      sentences.push(
        `Only the first ${pairsKept} pairs of addresses are remembered: ${this.#unmet} messages are between others, where ESP and AH find no negotiation`,
      )
    return sentences
  }

  /** The negotiation that a message belongs to; undefined: it begins one. */
  #find({ header, identity, path }: Arrival): NegotiationRecord | undefined {
    const record = this.#bySpi(header)
    if (record === undefined || header.responderSpi !== noSpi || !record.isAnswered) return record
    // It was answered, and someone begins anew with the same SPI.
    return header.isResponse || record.knows(identity, path) ? record : undefined
  }

  #bySpi({ initiatorSpi, responderSpi }: Header): NegotiationRecord | undefined {
    const last = this.#byInitiator.get(initiatorSpi)
    if (responderSpi === noSpi) return last
    return this.#bySpis.get(initiatorSpi + responderSpi) ?? (last?.hasResponder ? undefined : last)
  }

  #begin(header: Header, path: Path, found: Dissection, layer: number): NegotiationRecord | undefined {
    if (this.#all.length >= negotiationsKept) {
      this.#unbegun++
      return undefined
    }
    const isBegunBySender =
      header.version === 2 ? header.hasInitiatorFlag : !isAnswer1(header, path, found, layer)
    const record = new NegotiationRecord(this.#all.length + 1, header, path, isBegunBySender)
    this.#all.push(record)
    this.#byInitiator.set(header.initiatorSpi, record)
    return record
  }

  /** Notes the responder's SPI, unless its answer asks for the first message once more: then it may choose another. */
  #settle(record: NegotiationRecord, { responderSpi }: Header, message: Message): void {
    if (responderSpi === noSpi || record.isAnswered) return
    const asks = message.notifies.some(
      ({ type }) => type === notifyType.cookie || type === notifyType.invalidKePayload,
    )
    if (message.version === 2 && begins(message) && asks) return
    if (begins(message) && !message.fromInitiator) record.isAnswered = true
    if (record.hasResponder) return
    record.responderSpi = responderSpi
    this.#bySpis.set(record.initiatorSpi + responderSpi, record)
  }

  /** Remembers between which addresses it runs, so that ESP and AH find it. */
  #meet(record: NegotiationRecord, { from, to }: Path, isEncrypted: boolean): void {
    const pair = pairOf(from.address, to.address)
    const between = this.#byAddresses.get(pair)
    if (between !== undefined) {
      if (record.number > between.begun.number) between.begun = record
      if (isEncrypted && record.number > (between.encrypted?.number ?? 0)) between.encrypted = record
    } else if (this.#byAddresses.size < pairsKept)
      this.#byAddresses.set(pair, { begun: record, encrypted: isEncrypted ? record : undefined })
    else this.#unmet++
  }
}

/** A message of IKEv1 that was put together from fragments, of which the last one is around it. */
const isPutTogether = ({ protocols, outers }: Dissection, layer: number): boolean =>
  protocols[outers[layer]!] === isakmp

/** A message of the exchange that begins a negotiation. */
const begins = ({ exchange: type }: Message): boolean =>
  type <= lastPhase1 || type === exchange.saInit || type === exchange.sessionResume

/** An IKEv1 message that is an answer, seen first: it has the responder's SPI and one offer, the chosen one. */
function isAnswer1(header: Header, path: Path, found: Dissection, layer: number): boolean {
  if (header.isEncrypted || header.responderSpi === noSpi) return false
  return readMessage(found, layer, header, path, Number.NaN, true).message.proposals.length > 0
}

const pairOf = (one: string, other: string): string => (one < other ? `${one} ${other}` : `${other} ${one}`)
