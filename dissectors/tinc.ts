import type { LayerView } from '../src/dissect/layer-view.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { tcpPorts } from './numbers/ports.ts'
import { f, requestName, words } from './tinc-fields.ts'

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
  fields: { ...f },
  claims: [[tcpPorts, 655]],
  walk(r) {
    while (r.more()) {
      const end = lineEnd(r)
      if (end > 0) walkRequest(r, end)
      else if (isHandshake(r)) walkHandshake(r)
      else return walkEncrypted(r)
    }
    return r.carry(undefined)
  },
  summary: summarize,
  line: (v, line) => line.out.ascii(': tinc ').text(v.summary),
})

const isDigit = (byte: number): boolean => byte >= zero && byte <= nine

/** Bytes of the request at the cursor up to its newline: a number, a blank or nothing more, all of it printable; 0: none. */
function lineEnd(r: Reader): number {
  if (!isDigit(r.peek())) return 0
  const second = r.peek(1)
  const separator = isDigit(second) ? r.peek(2) : second
  if (separator !== blank && separator !== newline) return 0
  for (let i = 1; i < longestLine; i++) {
    const byte = r.peek(i)
    if (byte === newline) return i
    if (byte < blank || byte > 0x7e) return 0
  }
  return 0
}

/** Reads a request whose newline is `end` bytes on. */
function walkRequest(r: Reader, end: number): void {
  r.open(f.group, end + 1)
  const number = isDigit(r.peek(1)) ? -1 : r.peek() - zero
  r.text(f.request, wordLength(r))
  const named = words[number]
  for (let i = 0; r.more(); i++) {
    r.text(f.blank, 1)
    const length = r.left > 0 ? wordLength(r) : 0
    if (length > 0) r.text(named?.[i] ?? f.other, length)
  }
  r.close()
}

/** Bytes up to the next blank or newline. */
function wordLength(r: Reader): number {
  let length = 0
  while (length < r.left && r.peek(length) > blank) length++
  return length
}

/** True at a handshake’s exchange of keys or signature: exact lengths and the type leave no doubt. */
function isHandshake(r: Reader): boolean {
  if (r.peek() !== 0 || r.peek(2) !== handshake) return false
  return r.peek(1) === signatureLength || (r.peek(1) === exchangeLength && r.peek(3) === 0)
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
  return r.opaque(
    f.encrypted,
    'Encrypted, or the middle of a longer request: segments are not put together here',
  )
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
