import type { LayerView } from '../src/dissect/layer-view.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { tincLesson } from './lessons/daemons.ts'
import { tcpPorts } from './numbers/ports.ts'
import { f, requestName, words } from './tinc-fields.ts'
import { together } from './together.ts'

// 0 NAME VERSION\n                                      ID, both sides
// 1 CIPHER DIGEST MACLENGTH COMPRESSION KEY\n           METAKEY, both sides (tinc 1.0); from here on encrypted
//
// or, in tinc 1.1, after ID: Length (16), Type (8), body: an exchange of keys, a signature; from there on encrypted

const [newline, blank, zero, nine] = [0x0a, 0x20, 0x30, 0x39]
const handshake = 128
const [exchangeLength, signatureLength] = [65, 64]

/** Longer than any request: keys of 16384 bits have 4096 digits. */
const longestLine = 8192

export const tinc = protocol({
  id: 'tinc',
  name: 'tinc meta-protocol',
  short: 'tinc',
  reference: 'https://www.tinc-vpn.org/documentation/Meta_002dprotocol.html',
  about:
    'The nodes of a tinc mesh tell each other over TCP who they are, which networks they have and which keys to use. Names and versions are in clear, then encryption begins.',
  lesson: tincLesson,
  fields: { ...f },
  claims: [[tcpPorts, 655]],
  message: r => together(r, lengthAt),
  walk(r) {
    while (r.more()) {
      const length = clearLength(r, 0)
      if (length < 0) return walkEncrypted(r)
      if (length === 0) r.rest(f.part)
      else if (r.peek() === 0) walkHandshake(r)
      else walkRequest(r, length)
    }
    return r.carry(undefined)
  },
  summary: summarize,
})

const isDigit = (byte: number): boolean => byte >= zero && byte <= nine

/** What is encrypted has no borders: it reaches to the end of its segment. */
function lengthAt(r: Reader, ahead: number): number {
  const length = clearLength(r, ahead)
  return length < 0 ? r.left - ahead : length
}

/** Bytes of the request or the message of a handshake `ahead` bytes on; 0: its end is not here; -1: none begins there. */
function clearLength(r: Reader, ahead: number): number {
  const line = lineLength(r, ahead)
  return line < 0 ? handshakeLength(r, ahead) : line
}

/**
 * Bytes of the request `ahead` bytes on with its newline: a number, a blank or nothing more, all of it printable. 0: its end is
 * not here; -1: no request begins there.
 */
function lineLength(r: Reader, ahead: number): number {
  if (!isDigit(r.peek(ahead))) return -1
  const digits = isDigit(r.peek(ahead + 1)) ? 2 : 1
  for (let i = digits; i < longestLine; i++) {
    const byte = r.peek(ahead + i)
    if (byte < 0) return 0
    if (byte === newline) return i + 1
    if (byte < blank || byte > 0x7e || (i === digits && byte !== blank)) return -1
  }
  return -1
}

/** Reads a request of `length` bytes, its newline included. */
function walkRequest(r: Reader, length: number): void {
  r.open(f.group, length)
  const number = isDigit(r.peek(1)) ? -1 : r.peek() - zero
  r.text(f.request, wordLength(r))
  const named = words[number]
  for (let i = 0; r.more(); i++) {
    r.text(f.blank, 1)
    const size = r.left > 0 ? wordLength(r) : 0
    if (size > 0) r.text(named?.[i] ?? f.other, size)
  }
  r.close()
}

/** Bytes up to the next blank or newline. */
function wordLength(r: Reader): number {
  let length = 0
  while (length < r.left && r.peek(length) > blank) length++
  return length
}

/** The same of an exchange of keys or a signature: exact lengths and the type leave no doubt. */
function handshakeLength(r: Reader, ahead: number): number {
  const [high, length, type, version] = [
    r.peek(ahead),
    r.peek(ahead + 1),
    r.peek(ahead + 2),
    r.peek(ahead + 3),
  ]
  if (high !== 0 || (type >= 0 && type !== handshake)) return -1
  if (length >= 0 && length !== exchangeLength && length !== signatureLength) return -1
  if (version < 0) return 0
  return length === exchangeLength && version !== 0 ? -1 : 3 + length
}

function walkHandshake(r: Reader): void {
  r.open(f.record)
  const length = r.u16(f.length)
  r.u8(f.type)
  r.claim(3 + length, f.length)
  if (length === signatureLength) r.octets(f.signature, length)
  else {
    r.u8(f.sptpsVersion)
    r.octets(f.nonce, 32)
    r.octets(f.publicKey, 32)
  }
  r.close()
}

function walkEncrypted(r: Reader): Next {
  return r.opaque(f.encrypted, 'Encrypted, or the middle of a longer request whose beginning is not here')
}

function summarize(v: LayerView): string {
  const said: string[] = []
  for (let at = v.at(f.request); at >= 0 && said.length < 8; at = v.at(f.request, at))
    said.push(requestName(v.bytes, v.position(at), v.found.bitLengths[at]! >> 3))
  if (v.has(f.publicKey)) said.push('exchange of keys')
  if (v.has(f.signature)) said.push('signature')
  if (v.has(f.encrypted)) said.push('encrypted')
  return said.join(', ')
}
