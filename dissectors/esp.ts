import type { PacketForm } from '../src/dissect/associations.ts'
import { block } from '../src/dissect/block.ts'
import { bytes, field, hex } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { type Form, openForm } from './esp-null.ts'
import { espLesson } from './lessons/ipsec.ts'
import { ipProtocolMeanings } from './numbers/ip-protocol-meanings.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { sequenceSaid, spiSaid } from './spi-said.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |               Security Parameters Index (SPI)                 |
// |                      Sequence Number                          |
// |                    Payload Data (variable)                    |
// |               |     Padding (0-255 bytes)                     |
// |                               |  Pad Length   | Next Header   |
// |         Integrity Check Value-ICV   (variable)                |

/** Bytes of the encrypted field of a layer; 0 where there is none. */
function sizeOf(layer: LayerView): number {
  const record = Math.max(layer.at(f.sealed), layer.at(f.encrypted))
  return record < 0 ? 0 : layer.found.bitLengths[record]! >> 3
}

/** What a cipher that is known to the reader leaves of the encrypted bytes. */
function sealedSize(layer: LayerView): string {
  const size = sizeOf(layer)
  return size > tail ? `Two of these ${size} bytes are pad length and next header, at the end.` : ''
}

/** What AES-GCM, the usual cipher, would leave for the packet inside. */
function closedSize(layer: LayerView): string {
  const size = sizeOf(layer)
  const left = size - gcm.iv - gcm.icv - tail
  return left > 0
    ? `Of these ${size} bytes AES-GCM, the usual cipher today, would take ${gcm.iv} for the vector, ${gcm.icv} for the check value and ${tail} for pad length and next header: ${left} for the packet inside and its padding.`
    : ''
}

/** The sizes of RFC 4106. */
const gcm = { iv: 8, icv: 16 }

const f = {
  spi: field('esp.spi', 'Security parameters index', {
    explain:
      'Names the security association, which is what two peers agreed on for one direction: keys, algorithms, lifetime. It is in clear, because the receiver needs it before it can decrypt.',
    here: spiSaid,
    section: 'RFC 4303 §2.1',
    show: hex(8),
  }),
  sequence: field('esp.sequence', 'Sequence number', {
    explain:
      'Counts the packets of this association from 1 on, so that an old packet sent again is noticed and dropped. With extended sequence numbers these are the lower 32 of 64 bits; the upper ones are counted, not sent.',
    here: sequenceSaid,
    section: 'RFC 4303 §2.2',
  }),
  iv: field('esp.iv', 'Initialization vector', {
    type: 'bytes',
    explain:
      'Another one in each packet, so that equal packets do not look equal under the same key. It is no secret. How long it is depends on the algorithm.',
    section: 'RFC 4303 §2.3',
  }),
  sealed: field('esp.encrypted_data', 'Encrypted data', {
    type: 'bytes',
    explain:
      'The payload, padding, its length and the next header, readable only with the keys. Addresses and ports inside are hidden, the length is not.',
    here: (_value, layer) => sealedSize(layer),
    section: 'RFC 4303 §2.3',
  }),
  encrypted: field('esp.encrypted_data', 'Encrypted data', {
    type: 'bytes',
    explain:
      'First the initialization vector, then encrypted the payload, padding, its length and the next header, last the integrity check value, which in most associations has 12 to 32 bytes and is not encrypted. Where one ends and the next begins follows from the algorithms. The peers agreed on them in messages that are encrypted, too, so packets do not tell. Whoever knows them can say so: --esp aes-gcm-16.',
    here: (_value, layer) => closedSize(layer),
    section: 'RFC 4303 §2.3',
  }),
  flowPadding: field('esp.tfc_padding', 'TFC padding', {
    type: 'bytes',
    explain:
      'Bytes without meaning that make the packet longer than what it carries, so that nobody can tell it by its size.',
    section: 'RFC 4303 §2.7',
  }),
  padding: field('esp.pad', 'Padding', {
    type: 'bytes',
    explain:
      'Bytes 1, 2, 3 and so on that fill up what is encrypted; the receiver checks them and throws them away.',
    section: 'RFC 4303 §2.4',
  }),
  padLength: field('esp.pad_len', 'Pad length', {
    explain:
      'Tells the receiver how many bytes of padding to throw away. It stands behind them, for only the end of what was decrypted is sure.',
    section: 'RFC 4303 §2.5',
    show: bytes,
  }),
  nextHeader: field('esp.protocol', 'Next header', {
    explain:
      'Names what the payload is: 4 or 41 is a whole packet (tunnel mode), 6 or 17 only the payload of one (transport mode). At the end, because it is encrypted too.',
    section: 'RFC 4303 §2.6',
    values: ipProtocols,
    meanings: {
      ...ipProtocolMeanings,
      59: 'A dummy packet: it says nothing and is thrown away, so that a listener cannot tell when there is traffic.',
    },
  }),
  icv: field('esp.icv', 'Integrity check value', {
    type: 'bytes',
    explain:
      'A keyed hash, or the tag of a cipher such as AES-GCM, over all of ESP from the SPI on: proof that the packet comes from the other side unchanged. The receiver checks it before it decrypts anything. The IP header in front is not covered, so NAT may change it.',
    section: 'RFC 4303 §2.8',
  }),
}

const header = block([f.spi, 32], [f.sequence, 32])

export const esp = protocol({
  id: 'esp',
  name: 'Encapsulating Security Payload',
  short: 'ESP',
  reference: 'RFC 4303',
  about: 'Carries a packet encrypted and authenticated, under the keys that two IPsec peers agreed on.',
  lesson: espLesson,
  fields: f,
  begins: header,
  claims: [[ipProtocols, 50]],
  walk(r) {
    r.block(header)
    if (r.checking) checkHeader(r)
    const { bytes, destination, size } = r.addresses
    const given = r.rules?.associations.find(r.of(f.spi), bytes, destination, size)
    if (given) return given.form.encrypts ? walkSealed(r, given.form) : walkGivenOpen(r, given.form)
    if (r.checking) checkLength(r)
    const form = openForm(r)
    if (form !== undefined) return walkOpen(r, form)
    return r.opaque(f.encrypted, closed)
  },
  trailer(r) {
    const form = formBehind(r)
    const count = form === undefined ? paddingAt(r) : r.peek(r.left - form.icv - tail)
    const before = form === undefined ? 0 : r.left - form.icv - tail - count
    if (count < 0 || before < 0) return
    r.octets(f.flowPadding, before)
    r.octets(f.padding, count)
    r.u8(f.padLength)
    r.u8(f.nextHeader)
    if (r.left > 0) r.rest(f.icv)
  },
  summary: v =>
    `SPI ${v.show(f.spi)}, sequence ${v.number(f.sequence)}${v.next === undefined ? '' : ', unencrypted'}`,
  line(v, line) {
    line.out.ascii('esp')
    if (!v.has(f.sequence)) return
    line.out.ascii(' spi 0x').hex(v.number(f.spi), 8)
    line.out.ascii(' seq ').decimal(v.number(f.sequence)).ascii(' len ').decimal(v.extent)
    line.complete = true
  },
})

const closed = 'Encrypted: what is inside can be read only with the keys of this association'

/** Padding length and next header. */
const tail = 2

/** Goes on in what does not look encrypted. */
function walkOpen(r: Reader, { iv, icv }: Form): Next {
  r.note(
    'info',
    'Looks unencrypted (ESP-NULL): a guess, because padding, next header and the lengths and sums of the packet inside fit',
  )
  r.octets(f.iv, iv)
  const end = r.left - icv - tail
  return r.payload(ipProtocols, r.peek(end + 1), end - r.peek(end))
}

/** Goes on in what is not encrypted, as somebody said. */
function walkGivenOpen(r: Reader, form: PacketForm): Next {
  r.note('info', `Not encrypted: ${form.name}, as was said of this association`)
  const end = r.left - form.icv - tail
  if (end < form.iv) return unfit(r, form)
  r.octets(f.iv, form.iv)
  // The next header is at the end, which the capture may not hold.
  if (!r.whole) return r.carry(undefined)
  const payload = end - form.iv - r.peek(end - form.iv)
  if (payload < 0) return unfit(r, form)
  if (r.checking) checkPadding(r, payload, end - form.iv)
  const next = r.peek(end - form.iv + 1)
  if (next === noNextHeader) r.note('info', 'A dummy packet, which the receiver throws away (RFC 4303 §2.6)')
  return r.payload(ipProtocols, next, payload)
}

const noNextHeader = 59

/** The rest of a packet whose association cannot be what somebody said. */
function unfit(r: Reader, { name }: PacketForm): Next {
  r.note('error', `It does not fit ${name}: is that the algorithm of this association?`)
  return r.opaque(f.encrypted, closed)
}

/** What is encrypted, with what the algorithm puts around it. */
function walkSealed(r: Reader, form: PacketForm): Next {
  const length = r.left - form.iv - form.icv
  if (length < tail) return unfit(r, form)
  r.status('opaque')
  r.note('info', `${closed}: ${form.name}, as was said of it`)
  if (r.checking && !r.excerpted) checkBlocks(r, length, form)
  r.octets(f.iv, form.iv)
  // What is captured of it is shown before the walk stops.
  if (r.pos + length > r.end) r.rest(f.sealed)
  else r.octets(f.sealed, length)
  if (r.left > 0) r.rest(f.icv)
  return undefined
}

/** Bytes of padding at the cursor, which lies behind the payload; -1: it is none. */
function paddingAt(r: Reader): number {
  // The padding says itself where it ends: behind n bytes that count from 1 on comes n.
  let count = 0
  while (r.peek(count) === count + 1) count++
  return r.peek(count) === count && r.left >= count + tail ? count : -1
}

/** What somebody said of the association whose trailer the reader is at. */
function formBehind({ rules, sink }: Reader): PacketForm | undefined {
  if (sink === null || rules === undefined || rules.associations.list.length === 0) return undefined
  const layer = sink.layer(sink.current)
  let packet = layer.outer
  while (packet !== undefined && packet.protocol.addresses === undefined) packet = packet.outer
  const destination = packet?.protocol.addresses?.[1]
  if (packet === undefined || destination === undefined) return undefined
  const size = destination.type === 'ipv6' ? 16 : 4
  return rules.associations.find(layer.number(f.spi), packet.bytes, packet.start(destination), size)?.form
}

function checkHeader(r: Reader): void {
  const spi = r.of(f.spi)
  if (spi < 256) r.noteOn(f.spi, 'warning', spi === 0 ? 'SPI 0 is never sent' : 'SPIs 1 to 255 are reserved')
  if (r.of(f.sequence) === 0)
    r.noteOn(
      f.sequence,
      'info',
      'The first packet has number 1: 0 is sent only where extended numbers pass 2³², or where nobody counts',
    )
}

/** What the length tells without keys. */
function checkLength(r: Reader): void {
  if (!r.whole || r.excerpted) return
  // Payload, padding, its length and the next header fill words of 4 bytes, and so does every check value in use.
  if (r.left === 0) r.note('error', 'Nothing follows: not even padding length and next header fit')
  else if (r.left % 4 !== 0)
    r.note('warning', `${r.left} bytes follow, but ESP pads what it encrypts to a multiple of 4 bytes`)
}

/** Ciphers of blocks fill them; others fill words of 4 bytes (RFC 4303 §2.4). */
function checkBlocks(r: Reader, length: number, { name, block }: PacketForm): void {
  const unit = Math.max(block, 4)
  if (length % unit === 0) return
  r.note(
    'warning',
    `${length} bytes of encrypted data are no multiple of ${unit}: is ${name} the algorithm of this association?`,
  )
}

/** Padding counts from 1 on, unless the algorithm wants other bytes (RFC 4303 §2.4). */
function checkPadding(r: Reader, from: number, until: number): void {
  for (let i = from; i < until; i++)
    if (r.peek(i) !== i - from + 1) {
      r.note('warning', 'The padding is not 1, 2, 3 and so on (RFC 4303 §2.4)')
      return
    }
}
