/**
 * The output buffer of every printer: bytes, not strings, because template strings and `toString(16)` cost 5 to 20
 * times more than a store into a typed array. One writer is made once, filled, written out, cleared and filled again.
 */

const digitCodes = Uint8Array.from('0123456789abcdef', digit => digit.charCodeAt(0))

/** For each byte value its two digits, as they lie in the output. */
const digitPairs = Uint16Array.from(
  { length: 256 },
  (_, value) => (digitCodes[value >> 4]! << 8) | digitCodes[value & 15]!,
)

/** For each byte value its decimal digits and a dot, as one little-endian word, and how many bytes these are. */
const dotted = new Uint32Array(256)
const dottedLength = new Uint8Array(256)
for (let value = 0; value < 256; value++) {
  const text = `${value}.`
  dottedLength[value] = text.length
  for (let i = 0; i < text.length; i++) dotted[value]! |= text.charCodeAt(i) << (8 * i)
}

/** The digits of 00 to 99. */
const pairs = new Uint8Array(200)
for (let value = 0; value < 100; value++) {
  pairs[value * 2] = 0x30 + Math.floor(value / 10)
  pairs[value * 2 + 1] = 0x30 + (value % 10)
}

/** How many decimal digits an integer from 0 to 2^53 has. */
function digitsOf(n: number): number {
  let digits = 1
  for (let power = 10; power <= n; power *= 10) digits++
  return digits
}

const colon = 0x3a
const longestIPv6 = 'ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255'.length

/**
 * What a terminal or a reader could take for a command: C0, DEL and C1, the line and paragraph separators, everything
 * that turns the writing direction (embeddings, overrides, isolates, marks), and halves of surrogate pairs.
 */
export const controls = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/gu

const escapeOf = (control: string): string => {
  const code = control.charCodeAt(0)
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u{${code.toString(16).padStart(4, '0')}}`
}

/** Text out of a packet, made safe to show: control characters become `\xNN` or `\u{NNNN}`, the rest stays. */
export const escapeControls = (text: string): string => text.replace(controls, escapeOf)

const encoder = new TextEncoder()

export class ByteWriter {
  /** Holds the output in its first `length` bytes; replaced by a larger array when it is full. */
  bytes: Uint8Array<ArrayBuffer>
  /** The same memory, for stores of 16 and 32 bits. */
  view: DataView
  /** Bytes written since the last `clear`. */
  length = 0

  constructor(capacity = 65536) {
    this.bytes = new Uint8Array(capacity)
    this.view = new DataView(this.bytes.buffer)
  }

  clear(): void {
    this.length = 0
  }

  /** Makes room for `extra` more bytes, so that a caller may store them at `length` on its own. */
  reserve(extra: number): void {
    const needed = this.length + extra
    if (needed <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
    this.view = new DataView(larger.buffer)
  }

  /** Text of this program: printable ASCII, newline and tab only. */
  ascii(text: string): this {
    this.reserve(text.length)
    const { bytes, length } = this
    for (let i = 0; i < text.length; i++) bytes[length + i] = text.charCodeAt(i)
    this.length = length + text.length
    return this
  }

  /** Text from a packet or a file, in UTF-8, with control characters escaped as `escapeControls` does. */
  text(text: string): this {
    this.reserve(text.length)
    const { bytes, length } = this
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code < 0x20 || code > 0x7e) return this.escaped(text)
      bytes[length + i] = code
    }
    this.length = length + text.length
    return this
  }

  private escaped(text: string): this {
    const safe = escapeControls(text)
    this.reserve(safe.length * 3)
    this.length += encoder.encodeInto(safe, this.bytes.subarray(this.length)).written
    return this
  }

  /** One byte, 0 to 255. */
  char(code: number): this {
    this.reserve(1)
    this.bytes[this.length++] = code
    return this
  }

  /** An integer from -2^53 to 2^53. */
  decimal(n: number): this {
    if (n < 0) return this.char(0x2d).decimal(-n)
    if (n < 10) return this.char(0x30 + n)
    return this.padded(n, 1)
  }

  /** An integer from -2^53 to 2^53 with at least `width` digits, zeros in front; a minus sign is not counted. */
  padded(n: number, width: number): this {
    if (n < 0) return this.char(0x2d).padded(-n, width)
    if (!(n <= Number.MAX_SAFE_INTEGER)) return this.ascii(String(n).padStart(width, '0'))
    const count = Math.max(width, digitsOf(n))
    this.reserve(count)
    const { bytes, length } = this
    let at = length + count
    let rest = n
    // Past 2^31 there is no integer division; nine digits at a time come off.
    while (rest > 0x7fffffff) {
      const high = Math.floor(rest / 1e9)
      let low = (rest - high * 1e9) | 0
      for (let i = 0; i < 9; i++) {
        const quotient = (low / 10) | 0
        bytes[--at] = 0x30 + low - quotient * 10
        low = quotient
      }
      rest = high
    }
    let small = rest | 0
    while (small >= 100) {
      const quotient = (small / 100) | 0
      const pair = (small - quotient * 100) << 1
      bytes[--at] = pairs[pair + 1]!
      bytes[--at] = pairs[pair]!
      small = quotient
    }
    while (at > length) {
      const quotient = (small / 10) | 0
      bytes[--at] = 0x30 + small - quotient * 10
      small = quotient
    }
    this.length = length + count
    return this
  }

  /** An integer from 0 to 2^53 in lower-case hexadecimal with at least `digits` digits, zeros in front. */
  hex(n: number, digits = 1): this {
    if (n >>> 0 !== n) return this.ascii(n.toString(16).padStart(digits, '0'))
    const count = Math.max((35 - Math.clz32(n)) >> 2, digits, 1)
    this.reserve(count)
    const bytes = this.bytes
    const first = this.length
    let rest = n
    for (let at = first + count - 1; at >= first; at--) {
      bytes[at] = digitCodes[rest & 15]!
      rest >>>= 4
    }
    this.length = first + count
    return this
  }

  /** Two lower-case digits for each of `length` bytes from `start`. */
  hexBytes(bytes: Uint8Array, start: number, length: number): this {
    this.reserve(length * 2)
    const { view } = this
    const end = start + length
    let at = this.length
    let i = start
    for (; i + 1 < end; i += 2, at += 4)
      view.setUint32(at, (digitPairs[bytes[i]!]! << 16) | digitPairs[bytes[i + 1]!]!)
    for (; i < end; i++, at += 2) view.setUint16(at, digitPairs[bytes[i]!]!)
    this.length = at
    return this
  }

  /** The four bytes from `start` as `192.0.2.1`. */
  ipv4(bytes: Uint8Array, start: number): this {
    this.reserve(16)
    const { view } = this
    let at = this.length
    for (let i = start; i < start + 4; i++) {
      const octet = bytes[i]!
      view.setUint32(at, dotted[octet]!, true)
      at += dottedLength[octet]!
    }
    this.length = at - 1
    return this
  }

  /**
   * The sixteen bytes from `start` as RFC 5952 §4 writes an address. IPv4-mapped (`::ffff:192.0.2.1`) and
   * IPv4-compatible addresses (`::192.0.2.1`) end in dotted decimals, as inet_ntop(3) prints them.
   */
  ipv6(bytes: Uint8Array, start: number): this {
    this.reserve(longestIPv6)
    const run = longestZeroRun(bytes, start)
    const zeros = run & 15
    const gap = zeros < 2 ? -1 : run >> 4
    const mapped = zeros === 5 && (bytes[start + 10]! & bytes[start + 11]!) === 0xff
    const groups = gap === 0 && (zeros === 6 || mapped) ? 6 : 8
    for (let group = 0; group < groups; group++) {
      if (group === gap) {
        this.char(colon)
        group += zeros - 1
        if (group === 7) this.char(colon)
        continue
      }
      if (group > 0) this.char(colon)
      this.hex((bytes[start + 2 * group]! << 8) | bytes[start + 2 * group + 1]!)
    }
    return groups === 8 ? this : this.char(colon).ipv4(bytes, start + 12)
  }

  /** The six bytes from `start` as `00:00:5e:00:53:01`. */
  mac(bytes: Uint8Array, start: number): this {
    this.hexBytes(bytes, start, 1)
    for (let i = start + 1; i < start + 6; i++) this.char(colon).hexBytes(bytes, i, 1)
    return this
  }

  /** Bytes that were encoded before. */
  append(piece: Uint8Array): this {
    this.reserve(piece.length)
    this.bytes.set(piece, this.length)
    this.length += piece.length
    return this
  }

  /** The bytes themselves, from `start` up to `end`, which is not copied. */
  raw(bytes: Uint8Array, start: number, end: number): this {
    this.reserve(end - start)
    const out = this.bytes
    let at = this.length
    for (let i = start; i < end; i++) out[at++] = bytes[i]!
    this.length = at
    return this
  }

  /** The output so far, read as UTF-8. */
  toString(): string {
    return Buffer.from(this.bytes.buffer, 0, this.length).toString('utf8')
  }
}

/** The first of the longest runs of 16-bit groups that are zero: index of its first group << 4 | groups. */
const longestZeroRun = (bytes: Uint8Array, start: number): number => {
  let best = 0
  let length = 0
  for (let group = 0; group < 8; group++) {
    length = (bytes[start + 2 * group]! | bytes[start + 2 * group + 1]!) === 0 ? length + 1 : 0
    if (length > (best & 15)) best = ((group + 1 - length) << 4) | length
  }
  return best
}
