import { glossary } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { photurisLesson } from './lessons/ipsec.ts'
import { udpPorts } from './numbers/ports.ts'
import { bitsOf, exchangeValue, f, messages, modulus, type VariableInteger } from './photuris-fields.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |                   Initiator-Cookie (16 bytes)                 |
// |                   Responder-Cookie (16 bytes)                 |
// |    Message    |  depends on the message
//
// Cookies:     Counter, in the response: offered schemes
// Value_Request:   Counter, Scheme (16), exchange value, offered attributes
// Value_Response:  Reserved (24), exchange value, offered attributes
// Identities, SPI_Update:  LifeTime (24), SPI (32), masked data

export const photuris = protocol({
  id: 'photuris',
  name: 'Photuris Session-Key Management Protocol',
  short: 'Photuris',
  reference: 'RFC 2522, RFC 2523',
  about:
    'Makes keys for ESP and AH, as IKE does, after a cookie has shown that the other side is there. OpenBSD had it as photurisd.',
  lesson: photurisLesson,
  fields: glossary(f, modulus, exchangeValue),
  claims: [[udpPorts, 468]],
  walk(r) {
    const initiator = zeros(r)
    r.octets(f.initiatorCookie, 16)
    if (r.checking && initiator) r.noteField('error', 'An initiator’s cookie is never 0')
    const responder = zeros(r)
    r.octets(f.responderCookie, 16)
    const message = r.u8(f.message)
    if (r.checking && responder && message > 0 && message < 10)
      r.noteOn(f.responderCookie, 'error', 'Only a first Cookie_Request has no responder’s cookie')
    const next = walkMessage(r, message)
    if (r.left > 0) trail(r, message)
    return next
  },
  summary: summarize,
})

/** True when the cookie at the cursor is all zeros. */
function zeros(r: Reader): boolean {
  if (!r.checking) return false
  for (let i = 0; i < 16; i++) if (r.peek(i) !== 0) return false
  return true
}

function walkMessage(r: Reader, message: number): Next {
  switch (message) {
    case 0:
      r.u8(f.counter)
      break
    case 1:
      walkOffer(r)
      break
    case 2:
      r.u8(f.counter)
      r.u16(f.scheme)
      walkValue(r)
      break
    case 3:
      if (r.u24(f.reserved) !== 0) r.noteField('warning', 'The reserved bytes are to be 0')
      walkValue(r)
      break
    case 4:
    case 5:
    case 6:
    case 7:
    case 9:
      r.u24(f.lifetime)
      r.u32(f.spi)
      return masked(r)
    case 8:
      if (r.u24(f.reservedLifetime) !== 0) r.noteField('warning', 'The reserved bytes are to be 0')
      if (r.u32(f.reservedSpi) !== 0) r.noteField('warning', 'The reserved bytes are to be 0')
      return masked(r)
    case 11:
      // photurisd left it out.
      if (r.left > 0) r.u8(f.counter)
      break
    case 13:
      r.u8(f.badMessage)
      r.u16(f.offset)
  }
  return r.carry(undefined)
}

const masked = (r: Reader): Next =>
  r.opaque(
    f.masked,
    'Masked: identities and choices can be read only with the shared secret of this exchange',
  )

function walkOffer(r: Reader): void {
  r.u8(f.counter)
  if (r.checking && r.left === 0) r.note('error', 'No scheme is offered, so none can be chosen')
  while (r.more()) {
    r.open(f.offeredScheme)
    r.u16(f.scheme)
    walkInteger(r, modulus)
    r.close()
  }
}

function walkValue(r: Reader): void {
  r.open(exchangeValue.group)
  walkInteger(r, exchangeValue)
  r.close()
  while (r.more()) {
    r.open(f.attribute)
    r.u8(f.attributeType)
    const length = r.u8(f.attributeLength)
    r.claim(2 + length, f.attributeLength)
    r.octets(f.attributeValue, length)
    r.close()
  }
}

/** A size of 2 bytes, of 4 where it begins with 255, and the bits that it counts (RFC 2522 §2.3). */
function walkInteger(r: Reader, integer: VariableInteger): void {
  const long = r.peek() === 0xff
  if (long && r.peek(1) === 0xff) r.malformed(`${integer.group.label} is longer than any datagram`)
  const bits = bitsOf(long ? r.u32(integer.size) : r.u16(integer.size))
  const odd = bits & 7
  const first = r.peek()
  r.octets(integer.value, (bits + 7) >> 3)
  if (r.checking && odd !== 0 && first >> odd !== 0)
    r.noteField('warning', 'The bits in front of the number are to be 0')
}

/** What is left behind the last field of a message. */
function trail(r: Reader, message: number): void {
  if (r.checking) {
    if (messages[message] === undefined) r.note('warning', 'A message of this number is not known')
    else r.note('warning', 'Bytes follow the end of the message')
  }
  r.rest(f.data)
}

function summarize(v: LayerView): string {
  const message = v.number(f.message)
  const name = messages[message] ?? `message ${message}`
  if (v.has(f.spi)) return `${name}, SPI ${v.show(f.spi)}, ${v.show(f.lifetime)}`
  if (v.has(f.badMessage)) return `${name} of ${v.show(f.badMessage)}, offset ${v.number(f.offset)}`
  if (v.has(f.scheme)) return `${name}, scheme ${v.show(f.scheme)}`
  return name
}
