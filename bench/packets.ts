import type { Random } from './random.ts'

/** What two ends of a tunnel remember from one packet to the next; index 0 and 1 are the two directions. */
export type Flow = {
  /** Unique over all flows: makes ports, keys and SPIs differ. */
  id: number
  tunnel: number
  packets: [number, number]
  tcpSequence: [number, number]
  tcpClock: [number, number]
}

export const newFlow = (id: number, tunnel: number): Flow => ({
  id,
  tunnel,
  packets: [0, 0],
  tcpSequence: [1, 1],
  tcpClock: [0, 0],
})

const etherTypes = { ipv4: 0x0800, arp: 0x0806, vlan: 0x8100, ipv6: 0x86dd } as const
const ipProtocols = { icmp: 1, ipip: 4, tcp: 6, udp: 17, gre: 47, esp: 50, etherip: 97 } as const
type EtherType = keyof typeof etherTypes
type IpProtocol = keyof typeof ipProtocols

/** Tunnels run between gateways; the packets inside them between the hosts behind. */
type Ends = 'gateways' | 'hosts'
type Inner = () => void

const poolSize = 65536

/** Of the dynamic range (RFC 6335 §6): no analyser takes it for a protocol. */
const serverPort = 49500

/**
 * Writes packets, header by header from the outside in. A header that counts or sums what it carries takes the
 * writing of that as a function, and fills in its own length and checksum afterwards.
 */
export class PacketWriter {
  /** Where the next byte goes; whoever writes a packet leaves room for 2 KB behind it. */
  at = 0
  direction: 0 | 1 = 0
  flow = newFlow(0, 0)
  /** Milliseconds, for TCP timestamps. */
  clock = 0
  readonly #bytes: Uint8Array
  readonly #noise = Buffer.alloc(poolSize)
  readonly #text = Buffer.alloc(poolSize)
  readonly #random: Random

  constructor(bytes: Uint8Array, random: Random) {
    this.#bytes = bytes
    this.#random = random
    for (let i = 0; i < poolSize; i++) {
      this.#noise[i] = random.next() >>> 24
      this.#text[i] = 0x20 + (i % 95)
    }
  }

  u8(value: number): void {
    this.#bytes[this.at++] = value
  }

  u16(value: number): void {
    this.#put16(this.at, value)
    this.at += 2
  }

  u32(value: number): void {
    this.u16(value >>> 16)
    this.u16(value & 0xffff)
  }

  /** Bytes that look encrypted. */
  noise(length: number): void {
    this.#copy(this.#noise, length)
  }

  /** Printable characters. */
  text(length: number): void {
    this.#copy(this.#text, length)
  }

  ethernet(type: EtherType, ends: Ends, inner: Inner, broadcast = false): void {
    if (broadcast) {
      this.u16(0xffff)
      this.u32(0xffffffff)
    } else this.#mac(ends, this.#other)
    this.#mac(ends, this.direction)
    this.u16(etherTypes[type])
    inner()
  }

  vlan(type: EtherType, inner: Inner): void {
    this.u16(100 + this.flow.tunnel)
    this.u16(etherTypes[type])
    inner()
  }

  /** Who has the other gateway's address, and the answer. */
  arp(operation: 'request' | 'reply'): void {
    this.u16(1)
    this.u16(etherTypes.ipv4)
    this.u16(0x0604)
    this.u16(operation === 'request' ? 1 : 2)
    this.#mac('gateways', this.direction)
    this.#address('gateways', this.direction)
    if (operation === 'reply') this.#mac('gateways', this.#other)
    else {
      this.u16(0)
      this.u32(0)
    }
    this.#address('gateways', this.#other)
  }

  ipv4(protocol: IpProtocol, ends: Ends, inner: Inner): void {
    const start = this.at
    this.u16(0x4500)
    this.u16(0)
    this.u16(this.flow.packets[this.direction] & 0xffff)
    this.u16(0x4000)
    this.u8(64)
    this.u8(ipProtocols[protocol])
    this.u16(0)
    this.#address(ends, this.direction)
    this.#address(ends, this.#other)
    inner()
    this.#put16(start + 2, this.at - start)
    this.#put16(start + 10, this.#checksum(start, start + 20))
  }

  ipv6(protocol: IpProtocol, inner: Inner): void {
    const start = this.at
    this.u32(0x60000000)
    this.u16(0)
    this.u8(ipProtocols[protocol])
    this.u8(64)
    this.#address6(this.direction)
    this.#address6(this.#other)
    inner()
    this.#put16(start + 4, this.at - start - 40)
  }

  /** `sum` false leaves the checksum 0, which means none over IPv4 and is the rule for ESP (RFC 3948 §2.1). */
  udp(port: number, sum: boolean, inner: Inner): void {
    const start = this.at
    this.u16(port)
    this.u16(port)
    this.u32(0)
    inner()
    this.#put16(start + 4, this.at - start)
    if (sum) this.#put16(start + 6, this.#transportChecksum(start, ipProtocols.udp) || 0xffff)
  }

  /** One segment with timestamps (RFC 7323); `length` 0 is a bare acknowledgement. Lies directly in IPv4. */
  tcp(length: number): void {
    const { flow, direction } = this
    const start = this.at
    const ports = [32768 + flow.id, serverPort] as const
    this.u16(ports[direction])
    this.u16(ports[this.#other])
    this.u32(flow.tcpSequence[direction])
    this.u32(flow.tcpSequence[this.#other])
    this.u16(length > 0 ? 0x8018 : 0x8010)
    this.u16(502)
    this.u32(0)
    this.u32(0x0101080a)
    this.u32(this.clock)
    this.u32(flow.tcpClock[this.#other])
    this.text(length)
    this.#put16(start + 16, this.#transportChecksum(start, ipProtocols.tcp))
    flow.tcpSequence[direction] = (flow.tcpSequence[direction] + length) >>> 0
    flow.tcpClock[direction] = this.clock
  }

  /** An echo request one way, the reply to the latest request the other way. */
  icmpEcho(length: number): void {
    const start = this.at
    this.u16(this.direction === 0 ? 0x0800 : 0)
    this.u16(0)
    this.u16(this.flow.id)
    this.u16(this.flow.packets[0] & 0xffff)
    this.text(length)
    this.#put16(start + 2, this.#checksum(start, this.at))
  }

  gre(key: boolean, inner: Inner): void {
    this.u16(key ? 0x2000 : 0)
    this.u16(etherTypes.ipv4)
    if (key) this.u32(this.flow.id)
    inner()
  }

  etherIp(inner: Inner): void {
    this.u16(0x3000)
    inner()
  }

  /** ESP with AES-GCM (RFC 4106): 8 bytes of IV, the padded packet and its 2-byte trailer, 16 bytes of ICV. */
  esp(innerLength: number): void {
    this.u32(0xc0de0000 + this.flow.id * 2 + this.direction)
    this.u32(this.flow.packets[this.direction])
    this.noise(8 + Math.ceil((innerLength + 2) / 4) * 4 + 16)
  }

  /** How many packets the flow had before this one. */
  get turn(): number {
    return this.flow.packets[0] + this.flow.packets[1] - 1
  }

  get #other(): 0 | 1 {
    return this.direction === 0 ? 1 : 0
  }

  #mac(ends: Ends, side: number): void {
    this.u16(0x0200)
    this.u8(ends === 'gateways' ? 1 : 2)
    this.u8(this.flow.tunnel)
    this.u16(side + 1)
  }

  #address(ends: Ends, side: number): void {
    if (ends === 'gateways') this.u32((side === 0 ? 0xc0000201 : 0xc6336401) + this.flow.tunnel)
    else this.u32((side === 0 ? 0x0a01000a : 0x0a020014) + (this.flow.tunnel << 8))
  }

  #address6(side: number): void {
    this.u32(0x20010db8)
    this.u32((side + 1) << 16)
    this.u32(0)
    this.u32(this.flow.tunnel + 1)
  }

  #copy(pool: Buffer, length: number): void {
    const from = this.#random.between(0, poolSize - length)
    pool.copy(this.#bytes, this.at, from, from + length)
    this.at += length
  }

  #put16(at: number, value: number): void {
    this.#bytes[at] = value >>> 8
    this.#bytes[at + 1] = value
  }

  /** Over the segment and its pseudo header, whose addresses are the 8 bytes before it (RFC 9293 §3.1). */
  #transportChecksum(start: number, protocol: number): number {
    return this.#checksum(start - 8, this.at, protocol + this.at - start)
  }

  /** RFC 1071 §1. */
  #checksum(start: number, end: number, initial = 0): number {
    const bytes = this.#bytes
    let sum = initial
    for (let i = start; i + 1 < end; i += 2) sum += (bytes[i]! << 8) | bytes[i + 1]!
    if ((end - start) % 2 === 1) sum += bytes[end - 1]! << 8
    while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
    return ~sum & 0xffff
  }
}
