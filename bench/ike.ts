import type { PacketWriter } from './packets.ts'

/**
 * The next message of an IKEv2 negotiation (RFC 7296 §1.2), which starts anew after four: IKE_SA_INIT and
 * IKE_AUTH, request and response by turns.
 */
export function ikev2(p: PacketWriter): void {
  const session = p.turn >>> 2
  const message = p.turn & 3
  const start = p.at
  spi(p, 0x10000000 + p.flow.id, session)
  if (message === 0) spi(p, 0, 0)
  else spi(p, 0x20000000 + p.flow.id, session)
  const first = message < 2
  p.u8(first ? 33 : 46)
  p.u8(0x20)
  p.u8(first ? 34 : 35)
  p.u8(message % 2 === 0 ? 0x08 : 0x20)
  p.u32(first ? 0 : 1)
  const length = first ? 28 + 40 + 72 + 36 : 28 + 4 + 8 + 200 + 16
  p.u32(length)
  if (first) init(p)
  else {
    payload(p, message === 2 ? 35 : 36, start + length - p.at)
    p.noise(start + length - p.at)
  }
}

function spi(p: PacketWriter, high: number, low: number): void {
  p.u32(high)
  p.u32(low)
}

/** One proposal: AES-GCM-16 with 256 bits, PRF HMAC-SHA2-256, group 19; then key exchange and nonce. */
function init(p: PacketWriter): void {
  payload(p, 34, 40)
  p.u32(36)
  p.u32(0x01010003)
  p.u32(0x0300000c)
  p.u32(0x01000014)
  p.u32(0x800e0100)
  p.u32(0x03000008)
  p.u32(0x02000005)
  p.u32(0x00000008)
  p.u32(0x04000013)
  payload(p, 40, 72)
  p.u32(19 << 16)
  p.noise(64)
  payload(p, 0, 36)
  p.noise(32)
}

function payload(p: PacketWriter, next: number, length: number): void {
  p.u16(next << 8)
  p.u16(length)
}
