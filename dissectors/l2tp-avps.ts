import type { Field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { avp, value as v, value3 as v3 } from './l2tp-avp-fields.ts'

type ReadValue = (r: Reader) => void

const u8 =
  (f: Field<'uint'>): ReadValue =>
  r =>
    r.u8(f)
const u16 =
  (f: Field<'uint'>): ReadValue =>
  r =>
    r.u16(f)
const u32 =
  (f: Field<'uint'>): ReadValue =>
  r =>
    r.u32(f)
const u64 =
  (f: Field<'uint'>): ReadValue =>
  r =>
    r.u64(f)
const rest =
  (f: Field<'bytes' | 'text'>): ReadValue =>
  r =>
    r.rest(f)
const inOrder =
  (...steps: readonly ReadValue[]): ReadValue =>
  r => {
    for (const step of steps) step(r)
  }
/** Steps that senders may leave out from some point on. */
const asFarAs =
  (...steps: readonly ReadValue[]): ReadValue =>
  r => {
    for (const step of steps) if (r.left > 0) step(r)
  }

/** How the values of the standard's attributes are read. */
const readers: Readonly<Record<number, ReadValue>> = {
  0: u16(v.messageType),
  1: inOrder(u16(v.result), asFarAs(u16(v.error), rest(v.errorMessage))),
  2: inOrder(u8(v.version), u8(v.revision)),
  3: u32(v.framing),
  4: u32(v.bearer),
  5: u64(v.tieBreaker),
  6: u16(v.firmware),
  7: rest(v.hostName),
  8: rest(v.vendorName),
  9: u16(v.tunnel),
  10: u16(v.window),
  11: rest(v.challenge),
  12: inOrder(u16(v.causeCode), u8(v.causeMessage), asFarAs(rest(v.advisory))),
  13: rest(v.response),
  14: u16(v.session),
  15: u32(v.serial),
  16: u32(v.minimum),
  17: u32(v.maximum),
  18: u32(v.bearerType),
  19: u32(v.framingType),
  21: rest(v.called),
  22: rest(v.calling),
  23: rest(v.subAddress),
  24: u32(v.speed),
  25: u32(v.channel),
  26: rest(v.initialRequest),
  27: rest(v.lastSent),
  28: rest(v.lastReceived),
  29: u16(v.authentication),
  30: rest(v.userName),
  31: rest(v.userChallenge),
  32: inOrder(u8(v.reservedByte), u8(v.userId)),
  33: rest(v.userResponse),
  34: inOrder(
    u16(v.reservedWord),
    u32(v.crc),
    u32(v.framingErrors),
    u32(v.hardwareOverruns),
    u32(v.bufferOverruns),
    u32(v.timeouts),
    u32(v.alignment),
  ),
  35: inOrder(u16(v.reservedWord), u32(v.sendMap), u32(v.receiveMap)),
  36: rest(v.vector),
  37: rest(v.group),
  38: u32(v.receiveSpeed),
  39: () => {},
  46: inOrder(
    u16(v.disconnect),
    u16(v.disconnectProtocol),
    u8(v.disconnectSide),
    asFarAs(rest(v.disconnectMessage)),
  ),
  59: inOrder(u8(v3.digestType), rest(v3.digest)),
  60: u32(v3.router),
  61: u32(v3.connection),
  62: r => {
    while (r.more()) r.u16(v3.capability)
  },
  63: u32(v3.local),
  64: u32(v3.remote),
  65: rest(v3.cookie),
  66: rest(v3.remoteEnd),
  68: u16(v3.pseudowire),
  69: u16(v3.sublayer),
  70: u16(v3.sequencing),
  71: u16(v3.circuit),
  72: rest(v3.language),
  73: rest(v3.nonce),
  74: u64(v3.speed),
  75: u64(v3.receiveSpeed),
}

/** Reads the attribute value pairs that a control message is made of, up to the limit. */
export function walkAvps(r: Reader): void {
  while (r.more()) {
    r.open(avp.group)
    r.flag(avp.mandatory)
    const hidden = r.flag(avp.hidden)
    r.bits(avp.reserved, 4)
    r.claim(r.bits(avp.length, 10), avp.length)
    const vendor = r.u16(avp.vendor)
    const type = r.u16(vendor === 0 ? avp.type : avp.vendorType)
    if (hidden) r.rest(avp.concealed)
    else if (vendor !== 0) r.rest(avp.value)
    else (readers[type] ?? rest(avp.value))(r)
    r.close()
  }
}
