import type { Dissection } from '../dissect/dissection.ts'
import { copyTime } from './negotiation-record.ts'
import type { Negotiations } from './negotiations.ts'
import { type Path, pathOf } from './path.ts'
import { SequenceWindow } from './sequence-window.ts'
import { Silences } from './silences.ts'
import type { Association } from './story.ts'

/** Associations kept of one capture. */
const associationsKept = 65_536

/** What an association has from its first packet on. */
type Beginning = {
  readonly index: number
  readonly protocol: 'esp' | 'ah'
  readonly spi: number
  readonly path: Path
  readonly negotiation: number
  readonly packet: number
  readonly time: number
  readonly interfaceId: number
}

/** One association while it grows. */
class AssociationRecord {
  readonly #begun: Beginning
  #lastPacket: number
  #lastTime: number
  #lastSequence = -1
  #packets = 0
  #bytes = 0
  readonly #window = new SequenceWindow()
  #interface: number
  #opposite = -1
  readonly #silences: Silences
  #shown: Association | undefined

  constructor(begun: Beginning, silences: Silences) {
    this.#begun = begun
    this.#silences = silences
    this.#lastPacket = begun.packet
    this.#lastTime = begun.time
    this.#interface = begun.interfaceId
  }

  /**
   * Counts a packet. A number that was there already is the same packet seen twice, where it comes at once or on another
   * interface: who listens on both sides of a bridge, or to a mirrored port, has everything double.
   */
  add(sequence: number, bytes: number, packet: number, time: number, interfaceId: number): void {
    const isAtOnce = sequence === this.#lastSequence && time - this.#lastTime < copyTime
    if ((isAtOnce || interfaceId !== this.#interface) && this.#window.has(sequence)) return
    this.#interface = interfaceId
    this.#window.add(sequence)
    this.#packets++
    this.#bytes += bytes
    this.#lastPacket = packet
    this.#lastTime = time
    this.#lastSequence = sequence
    this.#shown = undefined
    this.#silences.add(this, this.#begun.path.from.address, packet, time)
  }

  /** Something came back. */
  answer(): void {
    this.#shown = undefined
  }

  pair(other: AssociationRecord): void {
    this.#opposite = other.#begun.index
    this.#shown = undefined
  }

  /** How it stands. The same value as before where nothing has changed. */
  show(): Association {
    this.#shown ??= this.#show()
    return this.#shown
  }

  #show(): Association {
    const { protocol, spi, path, negotiation, packet, time } = this.#begun
    const { from, to, carrier } = path
    return {
      protocol,
      spi,
      source: from.address,
      destination: to.address,
      encapsulation: carrier === 'ip' ? 'native' : carrier,
      sourcePort: from.port,
      destinationPort: to.port,
      firstPacket: packet,
      lastPacket: this.#lastPacket,
      firstTime: time,
      lastTime: this.#lastTime,
      packets: this.#packets,
      bytes: this.#bytes,
      lowestSequence: this.#window.lowest,
      highestSequence: this.#window.highest,
      missing: this.#window.missing,
      replays: this.#window.replays,
      late: this.#window.late,
      negotiation,
      opposite: this.#opposite,
      silence: this.#silences.of(this),
    }
  }
}

/** All security associations of a capture, one direction each, from the packets as they come. */
export class Associations {
  readonly #all: AssociationRecord[] = []
  /** By protocol, SPI, destination and what is around: the source may change, as when a peer moves. */
  readonly #known = new Map<string, AssociationRecord>()
  /** Those without an opposite, by protocol and path, in the order in which they began. */
  readonly #alone = new Map<string, AssociationRecord[]>()
  /** By protocol and the two addresses. */
  readonly #silences = new Map<string, Silences>()
  readonly #negotiations: Negotiations
  #unkept = 0

  constructor(negotiations: Negotiations) {
    this.#negotiations = negotiations
  }

  /** Takes an esp or ah layer that is not quoted; `spi` and `sequence` as it has them. */
  see(
    found: Dissection,
    layer: number,
    protocol: 'esp' | 'ah',
    spi: number,
    sequence: number,
    time: number,
  ): void {
    const path = pathOf(found, layer)
    if (path === undefined) return
    const { frame } = found
    const { from, to, carrier } = path
    const key = `${protocol} ${spi} ${to.address} ${carrier} ${from.port} ${to.port}`
    const record = this.#known.get(key) ?? this.#begin(key, protocol, spi, path, found, time)
    if (record === undefined) return
    const bytes = found.limits[layer]! - found.starts[layer]!
    record.add(sequence, bytes, frame.number, time, frame.interfaceId)
  }

  /** All of them as they stand. */
  show(): Association[] {
    return this.#all.map(record => record.show())
  }

  /** What could not be kept, as sentences. */
  limits(): string[] {
    if (this.#unkept === 0) return []
    return [
      `Only the first ${associationsKept} associations are kept: ${this.#unkept} packets belong to later ones`,
    ]
  }

  #begin(
    key: string,
    protocol: 'esp' | 'ah',
    spi: number,
    path: Path,
    found: Dissection,
    time: number,
  ): AssociationRecord | undefined {
    if (this.#all.length >= associationsKept) {
      this.#unkept++
      return undefined
    }
    const negotiation = this.#negotiations.between(path.from.address, path.to.address)
    negotiation?.carry(protocol, path)
    const { number: packet, interfaceId } = found.frame
    const begun = {
      index: this.#all.length,
      protocol,
      spi,
      path,
      negotiation: negotiation?.number ?? 0,
      packet,
      time,
      interfaceId,
    }
    const record = new AssociationRecord(begun, this.#between(protocol, path))
    this.#all.push(record)
    this.#known.set(key, record)
    this.#pair(record, protocol, path)
    return record
  }

  #between(protocol: string, { from, to }: Path): Silences {
    const pair = [from.address, to.address].sort().join(' ')
    const key = `${protocol} ${pair}`
    const silences = this.#silences.get(key) ?? new Silences()
    this.#silences.set(key, silences)
    return silences
  }

  /** Joins an association with the youngest one that runs the other way and is alone. */
  #pair(record: AssociationRecord, protocol: string, { from, to, carrier }: Path): void {
    const there = `${from.address} ${from.port} ${to.address} ${to.port}`
    const back = `${to.address} ${to.port} ${from.address} ${from.port}`
    const other = this.#alone.get(`${protocol} ${carrier} ${back}`)?.pop()
    if (other !== undefined) {
      record.pair(other)
      other.pair(record)
      return
    }
    const key = `${protocol} ${carrier} ${there}`
    const waiting = this.#alone.get(key)
    if (waiting === undefined) this.#alone.set(key, [record])
    else waiting.push(record)
  }
}
