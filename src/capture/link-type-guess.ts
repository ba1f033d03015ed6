const ethernet = 1
const raw = 101
const ethernetHeader = 14

/** EtherTypes whose payload begins with a known byte or nibble, and those of further tags and headers. */
const payloads: Readonly<Record<number, (first: number) => boolean>> = {
  2048: first => first >> 4 === 4,
  34525: first => first >> 4 === 6,
  2054: first => first === 0,
}
const further: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x8847, 0x8863, 0x8864, 0x88e5])

/**
 * Link type of a packet that came without one: 101 (raw IP) where it begins with an IPv4 or IPv6 header, else 1
 * (Ethernet). A dump without its link header (tcpdump -X) and one with it (-XX) look alike otherwise. A MAC address may
 * begin with 4 or 6 as well: then a right IPv4 checksum or a matching length decides, else a known EtherType.
 */
export const guessLinkType = (bytes: Uint8Array): number => {
  const version = (bytes[0] ?? 0) >> 4
  if (version !== 4 && version !== 6) return ethernet
  if (version === 4 && (bytes[0]! & 15) < 5) return ethernet
  if (ipLength(bytes, 0) === bytes.length || (version === 4 && isChecksumRight(bytes))) return raw
  return isEthernet(bytes) ? ethernet : raw
}

/**
 * Bytes that a dumped packet had on the wire, as far as one can tell: what its IP header says, at least those held.
 * tcpdump cuts packets to its snap length, and the dump alone does not show it.
 */
export const promisedLength = (bytes: Uint8Array, linkType: number): number => {
  if (linkType === raw) return Math.max(bytes.length, ipLength(bytes, 0))
  const isIp = linkType === ethernet && [0x0800, 0x86dd].includes(u16(bytes, 12))
  return isIp ? Math.max(bytes.length, ethernetHeader + ipLength(bytes, ethernetHeader)) : bytes.length
}

const u16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)

/** The length that the IP header at `start` gives to its packet; 0: no IP header. */
const ipLength = (bytes: Uint8Array, start: number): number => {
  const version = (bytes[start] ?? 0) >> 4
  if (version === 4) return u16(bytes, start + 2)
  return version === 6 ? 40 + u16(bytes, start + 4) : 0
}

/** RFC 791 §3.1: the ones' complement sum over the header, its checksum included, is all ones. */
const isChecksumRight = (bytes: Uint8Array): boolean => {
  const header = (bytes[0]! & 15) * 4
  if (header > bytes.length) return false
  let sum = 0
  for (let at = 0; at < header; at += 2) sum += u16(bytes, at)
  return (sum & 0xffff) + (sum >> 16) === 0xffff
}

const isEthernet = (bytes: Uint8Array): boolean => {
  const first = bytes[ethernetHeader]
  if (first === undefined) return false
  const type = u16(bytes, 12)
  return further.has(type) || payloads[type]?.(first) === true
}
