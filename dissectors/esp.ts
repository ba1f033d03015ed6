import { block } from '../src/dissect/block.ts'
import { bytes, field, hex } from '../src/dissect/field.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { type Form, openForm } from './esp-null.ts'
import { espLesson } from './lessons/ipsec.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |               Security Parameters Index (SPI)                 |
// |                      Sequence Number                          |
// |                    Payload Data (variable)                    |
// |               |     Padding (0-255 bytes)                     |
// |                               |  Pad Length   | Next Header   |
// |         Integrity Check Value-ICV   (variable)                |

const f = {
  spi: field('esp.spi', 'Security parameters index', {
    explain:
      'Names the security association to the receiver, which chose the number: with it, it finds keys and algorithms. Each direction has its own.',
    section: 'RFC 4303 §2.1',
    show: hex(8),
  }),
  sequence: field('esp.sequence', 'Sequence number', {
    explain: value =>
      `Counts the packets of this association from 1 on, so that an old packet sent again is noticed and dropped. This is packet ${value}; with extended sequence numbers the upper 32 bits are not sent.`,
    section: 'RFC 4303 §2.2',
  }),
  encrypted: field('esp.encrypted_data', 'Encrypted data', {
    type: 'bytes',
    explain:
      'The initialization vector, then encrypted: the payload, padding, its length and the next header. The integrity check value, in most associations the last 12 to 32 bytes, is not encrypted.',
    section: 'RFC 4303 §2.3',
  }),
  iv: field('esp.iv', 'Initialization vector', {
    type: 'bytes',
    explain:
      'Makes the check value of each packet another one, where its algorithm is AES-GMAC. It is no secret.',
    section: 'RFC 4543 §3.1',
  }),
  padding: field('esp.pad', 'Padding', {
    type: 'bytes',
    explain:
      'Bytes 1, 2, 3 and so on that fill up what is encrypted; the receiver checks them and throws them away.',
    section: 'RFC 4303 §2.4',
  }),
  padLength: field('esp.pad_len', 'Pad length', {
    explain: 'Bytes of padding in front of this one. 0 where there is none.',
    section: 'RFC 4303 §2.5',
    show: bytes,
  }),
  nextHeader: field('esp.protocol', 'Next header', {
    explain:
      'Names what the payload is: 4 or 41 is a whole packet (tunnel mode), 6 or 17 only the payload of one (transport mode). At the end, because it is encrypted too.',
    section: 'RFC 4303 §2.6',
    values: ipProtocols,
  }),
  icv: field('esp.icv', 'Integrity check value', {
    type: 'bytes',
    explain:
      'A keyed hash over the ESP packet: proof that it comes from the other side as it is. How long it is depends on the algorithm.',
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
    if (r.checking) check(r)
    const form = openForm(r)
    if (form !== undefined) return walkOpen(r, form)
    return r.opaque(
      f.encrypted,
      'Encrypted: what is inside can be read only with the keys of this association',
    )
  },
  trailer(r) {
    // The padding says itself where it ends: behind n bytes that count from 1 on comes n.
    let count = 0
    while (r.peek(count) === count + 1) count++
    if (r.peek(count) !== count || r.left < count + 2) return
    r.octets(f.padding, count)
    r.u8(f.padLength)
    r.u8(f.nextHeader)
    if (r.left > 0) r.rest(f.icv)
  },
  summary: v =>
    `SPI ${v.show(f.spi)}, sequence ${v.number(f.sequence)}${v.next === undefined ? '' : ', looks unencrypted'}`,
  line(v, line) {
    line.out.ascii('esp')
    if (!v.has(f.sequence)) return
    line.out.ascii(' spi 0x').hex(v.number(f.spi), 8)
    line.out.ascii(' seq ').decimal(v.number(f.sequence)).ascii(' len ').decimal(v.extent)
    line.complete = true
  },
})

/** Goes on in what is not encrypted. */
function walkOpen(r: Reader, { iv, icv }: Form): Next {
  r.note(
    'info',
    'Looks unencrypted (ESP-NULL): a guess, because padding, next header and the lengths and sums of the packet inside fit',
  )
  r.octets(f.iv, iv)
  const end = r.left - icv - 2
  return r.payload(ipProtocols, r.peek(end + 1), end - r.peek(end))
}

/** What can be told without keys. */
function check(r: Reader): void {
  const spi = r.of(f.spi)
  if (spi < 256) r.noteOn(f.spi, 'warning', spi === 0 ? 'SPI 0 is never sent' : 'SPIs 1 to 255 are reserved')
  if (r.of(f.sequence) === 0)
    r.noteOn(
      f.sequence,
      'info',
      'The first packet has number 1: 0 is sent only where extended numbers pass 2³², or where nobody counts',
    )
  if (!r.whole || r.excerpted) return
  // Payload, padding, its length and the next header fill words of 4 bytes, and so does every check value in use.
  if (r.left === 0) r.note('error', 'Nothing follows: not even padding length and next header fit')
  else if (r.left % 4 !== 0)
    r.note('warning', `${r.left} bytes follow, but ESP pads what it encrypts to a multiple of 4 bytes`)
}
