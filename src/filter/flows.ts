import type { Dissection } from '../dissect/dissection.ts'

/** A connection of TCP, or what goes over UDP between two ports, from its first packet on. */
type Flow = {
  readonly number: number
  /** The packet in which it begins. */
  readonly first: number
  /** Of TCP: the number before the first byte in each direction, from the lower end and from the higher one. */
  readonly bases: [number | undefined, number | undefined]
}

/** What the packets before say of a layer. */
export type FlowOf = {
  /** Counted from 0 in the order in which they begin, those of TCP and those of UDP each by themselves. */
  readonly number: number
  /** Of TCP: what sequence numbers are counted from, and acknowledgment numbers; undefined: nothing told it. */
  readonly base: number | undefined
  readonly otherBase: number | undefined
}

/** Flows that are told apart, of TCP and of UDP each; those that begin later have no number. */
const mostFlows = 1 << 18

const syn = 0x02
const ack = 0x10

/**
 * Numbers the flows of a capture as tshark does (`tcp.stream`, `udp.stream`): by addresses and ports, whatever lies around
 * them. A SYN with another number than the first one begins a new flow. What ICMP quotes is one too, though it says nothing of
 * where sequence numbers begin; the first eight bytes of TCP alone are none.
 */
export class Flows {
  readonly #tcp = new Map<string, Flow[]>()
  readonly #udp = new Map<string, Flow[]>()
  readonly #most: number
  #tcpCount = 0
  #udpCount = 0

  /** `most`: flows of TCP, and of UDP, that are numbered. */
  constructor(most = mostFlows) {
    this.#most = most
  }

  /** Enters what a packet begins. All packets of a capture are to be seen, in their order; a peel is enough. */
  see(found: Dissection): void {
    for (let layer = 0; layer < found.layerCount; layer++) {
      const { id } = found.protocols[layer]!
      if (id === 'tcp') this.#seeTcp(found, layer)
      else if (id === 'udp') this.#seeUdp(found, layer)
    }
  }

  /** The flow of a TCP or UDP layer of a packet that was seen; undefined: it has none. */
  of(found: Dissection, layer: number): FlowOf | undefined {
    const isTcp = found.protocols[layer]!.id === 'tcp'
    const ends = endsOf(found, layer)
    if (ends === undefined || (isTcp && headerOf(found, layer, 20) === undefined)) return undefined
    const flows = (isTcp ? this.#tcp : this.#udp).get(ends.key)
    const flow = flows?.findLast(({ first }) => first <= found.frame.number)
    if (flow === undefined) return undefined
    const { number, bases } = flow
    if (isQuoted(found, layer)) return { number, base: 0, otherBase: 0 }
    return { number, base: bases[ends.side], otherBase: bases[1 - ends.side] }
  }

  #seeUdp(found: Dissection, layer: number): void {
    const ends = endsOf(found, layer)
    if (ends === undefined || this.#udp.has(ends.key) || this.#udp.size === this.#most) return
    this.#udp.set(ends.key, [begun(this.#udpCount++, found)])
  }

  #seeTcp(found: Dissection, layer: number): void {
    const ends = endsOf(found, layer)
    const header = headerOf(found, layer, 20)
    if (ends === undefined || header === undefined) return
    const { key, side } = ends
    const flags = header.getUint8(13)
    const sequence = header.getUint32(4)
    const last = this.#tcp.get(key)?.at(-1)
    const isAnew = (flags & (syn | ack)) === syn && (last?.bases[side] ?? sequence) !== sequence
    const flow = last === undefined || isAnew ? this.#begin(found, key) : last
    if (flow === undefined || isQuoted(found, layer)) return
    flow.bases[side] ??= flags & syn ? sequence : (sequence - 1) >>> 0
    if (flags & ack) flow.bases[1 - side] ??= (header.getUint32(8) - 1) >>> 0
  }

  #begin(found: Dissection, key: string): Flow | undefined {
    if (this.#tcpCount === this.#most) return undefined
    const flow = begun(this.#tcpCount++, found)
    const known = this.#tcp.get(key)
    if (known === undefined) this.#tcp.set(key, [flow])
    else known.push(flow)
    return flow
  }
}

const begun = (number: number, { frame }: Dissection): Flow => ({
  number,
  first: frame.number,
  bases: [undefined, undefined],
})

/** True for a layer of a packet that an ICMP error quotes. */
function isQuoted({ outers, protocols }: Dissection, layer: number): boolean {
  for (let around = outers[layer]!; around >= 0; around = outers[around]!)
    if (/^icmp(?:v6)?$/.test(protocols[around]!.id)) return true
  return false
}

/** The first bytes of a layer; undefined: so many are not there. */
export function headerOf(found: Dissection, layer: number, length: number): DataView | undefined {
  const bytes = found.bytesOf(layer)
  const at = found.baseOf(layer) + found.starts[layer]!
  const end = found.bufferOf[layer] === 0 ? found.baseOf(layer) + found.frame.capturedLength : bytes.length
  return at + length > end ? undefined : new DataView(bytes.buffer, bytes.byteOffset + at, length)
}

const scratch = Buffer.alloc(36)

/** Addresses and ports of both ends, the lower one first, as a key; undefined: there is no IP around the layer, or too little of it. */
function endsOf(found: Dissection, layer: number): { key: string; side: 0 | 1 } | undefined {
  const ports = headerOf(found, layer, 4)
  let around = found.outers[layer]!
  while (around >= 0 && !/^ip(?:v6)?$/.test(found.protocols[around]!.id)) around = found.outers[around]!
  if (ports === undefined || around < 0) return undefined
  const isIpv4 = found.protocols[around]!.id === 'ip'
  const size = isIpv4 ? 4 : 16
  const from = isIpv4 ? 12 : 8
  const header = headerOf(found, around, from + 2 * size)
  if (header === undefined) return undefined
  const addresses = Buffer.from(header.buffer, header.byteOffset + from, 2 * size)
  const order =
    addresses.compare(addresses, size, 2 * size, 0, size) || ports.getUint16(0) - ports.getUint16(2)
  const side = order <= 0 ? 0 : 1
  addresses.copy(scratch, side * size, 0, size)
  addresses.copy(scratch, (1 - side) * size, size, 2 * size)
  scratch.writeUInt16BE(ports.getUint16(0), 2 * size + 2 * side)
  scratch.writeUInt16BE(ports.getUint16(2), 2 * size + 2 * (1 - side))
  return { key: scratch.toString('latin1', 0, 2 * size + 4), side }
}
