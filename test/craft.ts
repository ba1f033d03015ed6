import type { Frame } from '../src/frame.ts'
import { frameOf, hexBytes, raw } from './peel.ts'

const sum = (bytes: Uint8Array): number => {
  let total = 0
  for (let i = 0; i < bytes.length; i += 2) total += bytes[i]! * 256 + (bytes[i + 1] ?? 0)
  return ((total % 0xffff) ^ 0xffff) & 0xffff
}

/** An IPv4 packet from 192.0.2.1 to 192.0.2.2 around a payload written as hex; `cut`: bytes left out at its end. */
export function ipv4(protocol: number, payload: string, cut = 0): Frame {
  const body = hexBytes(payload)
  const bytes = new Uint8Array(20 + body.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 0x45000000 + bytes.length)
  view.setUint16(8, 0x4000 + protocol)
  view.setUint32(12, 0xc0000201)
  view.setUint32(16, 0xc0000202)
  view.setUint16(10, sum(bytes.subarray(0, 20)))
  bytes.set(body, 20)
  return frameOf(bytes.subarray(0, bytes.length - cut), raw, bytes.length)
}

/** The same around a UDP datagram without checksum. */
export function udp4(source: number, destination: number, payload: string, cut = 0): Frame {
  const words = [source, destination, 8 + hexBytes(payload).length, 0]
  return ipv4(17, words.map(word => word.toString(16).padStart(4, '0')).join('') + payload, cut)
}

const digits8 = (number: number): string => (number >>> 0).toString(16).padStart(8, '0')

/** A TCP segment from port 40000 to 4500, or back, in IPv4. Its checksum is not computed. */
export function tcp4(sequence: number, payload: string, { flags = 0x18, back = false, ack = 1 } = {}): Frame {
  const [from, to] = back ? ['1194', '9c40'] : ['9c40', '1194']
  const header = `${from}${to} ${digits8(sequence)} ${digits8(ack)} 50${flags.toString(16).padStart(2, '0')} 2000 00000000`
  const frame = ipv4(6, header + payload)
  if (!back) return frame
  // The addresses change places, and the sum of the header stays as it is.
  const { bytes } = frame
  const source = bytes.slice(12, 16)
  bytes.copyWithin(12, 16, 20)
  bytes.set(source, 16)
  return frame
}

/** An IPv6 packet from 2001:db8::1 to 2001:db8::2 around a payload written as hex; `cut`: bytes left out at its end. */
export function ipv6(next: number, payload: string, cut = 0): Frame {
  const body = hexBytes(payload)
  const bytes = new Uint8Array(40 + body.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 0x60000000)
  view.setUint16(4, body.length)
  view.setUint16(6, next * 256 + 64)
  for (const [at, host] of [
    [8, 1],
    [24, 2],
  ] as const) {
    view.setUint32(at, 0x20010db8)
    view.setUint8(at + 15, host)
  }
  bytes.set(body, 40)
  return frameOf(bytes.subarray(0, bytes.length - cut), rawIpv6, bytes.length)
}

const rawIpv6 = 229
