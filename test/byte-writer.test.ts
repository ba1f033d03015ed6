import { isIPv4, isIPv6 } from 'node:net'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ipv4Text, ipv6Text, macText } from '../src/addresses.ts'
import { ByteWriter, escapeControls } from '../src/byte-writer.ts'

const written = (write: (out: ByteWriter) => unknown, capacity = 1): string => {
  const out = new ByteWriter(capacity)
  write(out)
  return out.toString()
}
const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const edges = [
  0,
  1,
  9,
  10,
  99,
  100,
  255,
  256,
  999999999,
  1e9,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 53,
]
const upTo = (max: number) =>
  fc.oneof(
    fc.constantFrom(...edges),
    fc.nat({ max: 2 ** 31 - 1 }),
    fc.maxSafeInteger().map(n => Math.abs(n) % max),
  )

it('writes decimals as node does', () => {
  for (const n of [...edges, ...edges.map(n => -n)]) expect(written(out => out.decimal(n))).toBe(`${n}`)
  fc.assert(fc.property(fc.maxSafeInteger(), n => written(out => out.decimal(n)) === String(n)))
  fc.assert(fc.property(fc.integer(), n => written(out => out.decimal(n)) === String(n)))
})

it('pads the largest integer too', () => {
  expect(written(out => out.padded(2 ** 53, 17))).toBe('09007199254740992')
})

it('writes padded decimals as node does', () => {
  fc.assert(
    fc.property(upTo(2 ** 53), fc.nat({ max: 20 }), (n, width) => {
      expect(written(out => out.padded(n, width))).toBe(String(n).padStart(width, '0'))
    }),
  )
  expect(written(out => out.padded(-42, 5))).toBe('-00042')
})

it('writes hexadecimals as node does', () => {
  for (const n of edges) expect(written(out => out.hex(n))).toBe(n.toString(16))
  expect(written(out => out.hex(0, 0))).toBe('0')
  fc.assert(
    fc.property(upTo(2 ** 53), fc.nat({ max: 20 }), (n, digits) => {
      expect(written(out => out.hex(n, digits))).toBe(n.toString(16).padStart(digits, '0'))
    }),
  )
})

it('writes bytes in hexadecimal and raw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 4 }), bytes => {
      const end = bytes.length - 1
      expect(written(out => out.hexBytes(bytes, 2, end - 2))).toBe(
        Buffer.from(bytes.subarray(2, end)).toString('hex'),
      )
      const out = new ByteWriter(1).raw(bytes, 2, end)
      expect(out.bytes.subarray(0, out.length)).toEqual(bytes.subarray(2, end))
    }),
  )
})

it('writes every octet of an IPv4 address', () => {
  for (let octet = 0; octet < 256; octet++) {
    const address = ipv4Text(Uint8Array.of(9, octet, 0, 255, octet), 1)
    expect(address).toBe(`${octet}.0.255.${octet}`)
    expect(isIPv4(address)).toBe(true)
  }
})

it.each([
  ['20010db8000000000000000000000001', '2001:db8::1', 'RFC 5952 §1'],
  [
    '20010db80000000100010001aaaa0000',
    '2001:db8:0:1:1:1:aaaa:0',
    'one zero group is not shortened, RFC 5952 §4.2.2',
  ],
  ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1', 'RFC 5952 §4.2.2'],
  ['20010000000000010000000000000001', '2001:0:0:1::1', 'the longest run, RFC 5952 §4.2.3'],
  ['20010db8000000000001000000000001', '2001:db8::1:0:0:1', 'the first of equal runs, RFC 5952 §4.2.3'],
  ['20010db800000000000000000002aabb', '2001:db8::2:aabb', 'lower case, RFC 5952 §4.3'],
  ['fd3e62ee99dbbb1a0000000000000002', 'fd3e:62ee:99db:bb1a::2', ''],
])('writes %s as %s (%s)', (hex, expected) => {
  expect(ipv6Text(fromHex(`ff${hex}`), 1)).toBe(expected)
})

it.each([
  ['00000000000000000000000000000000', '::'],
  ['00000000000000000000000000000001', '::1'],
  ['00010000000000000000000000000000', '1::'],
  ['00010000000000020000000000000000', '1:0:0:2::'],
  ['00010002000300040005000600000000', '1:2:3:4:5:6::'],
  ['00010002000300040005000600070000', '1:2:3:4:5:6:7:0'],
  ['00000001000000010000000100000001', '0:1:0:1:0:1:0:1'],
  ['00000000000000000000000100000000', '::1:0:0'],
  ['00000000000000000000000000010002', '::0.1.0.2'],
  ['000000000000000000000000c0000201', '::192.0.2.1'],
  ['00000000000000000000ffffc0000201', '::ffff:192.0.2.1'],
  ['00000000000000000000ffff00000000', '::ffff:0.0.0.0'],
  ['00000000000000000000fffe00010002', '::fffe:1:2'],
  ['00000000000000000000ff0000010002', '::ff00:1:2'],
  ['0000000000000000000000ff00010002', '::ff:1:2'],
  ['0000000000000000ffff000000010002', '::ffff:0:1:2'],
  ['0064ff9b0000000000000000c0000221', '64:ff9b::c000:221'],
])('writes %s as inet_ntop does: %s', (hex, expected) => {
  expect(ipv6Text(fromHex(hex), 0)).toBe(expected)
})

it('agrees with the URL parser on every IPv6 address without dotted decimals', () => {
  const group = fc.oneof(fc.constant(0), fc.nat({ max: 0xffff }))
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), groups => {
      const plain = groups.map(g => g.toString(16)).join(':')
      const ours = ipv6Text(fromHex(groups.map(g => g.toString(16).padStart(4, '0')).join('')), 0)
      expect(isIPv6(ours)).toBe(true)
      const canonical = new URL(`http://[${plain}]/`).hostname
      expect(new URL(`http://[${ours}]/`).hostname).toBe(canonical)
      if (!ours.includes('.')) expect(`[${ours}]`).toBe(canonical)
    }),
    { numRuns: 2000 },
  )
})

it('writes a MAC address', () => {
  expect(macText(fromHex('ff00005e0053AB'), 1)).toBe('00:00:5e:00:53:ab')
})

it('escapes what a terminal could obey, and nothing else', () => {
  expect(escapeControls('bell\x07 \x1b[31mred\r\n\t\x7f')).toBe('bell\\x07 \\x1b[31mred\\x0d\\x0a\\x09\\x7f')
  expect(escapeControls('\u009b2J')).toBe('\\x9b2J')
  expect(escapeControls('a\u2028b\u2029c\u202ed\u2066e')).toBe('a\\u{2028}b\\u{2029}c\\u{202e}d\\u{2066}e')
  expect(escapeControls('half \ud83d.')).toBe('half \\u{d83d}.')
  expect(escapeControls('Zürich ☎ 😀 ~')).toBe('Zürich ☎ 😀 ~')
})

it('writes text with the same escapes, in UTF-8', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      const out = new ByteWriter(1).ascii('<').text(text).ascii('>')
      expect(out.toString()).toBe(`<${escapeControls(text)}>`)
      expect(out.bytes.subarray(0, out.length).every(byte => byte > 0x1f && byte !== 0x7f)).toBe(true)
    }),
  )
  expect(written(out => out.text('ü\x1b'))).toBe('ü\\x1b')
})

it('keeps what it holds when it grows, and starts again after clear', () => {
  const out = new ByteWriter(1)
  for (let n = 0; n < 5000; n++) out.decimal(n).char(0x20)
  expect(out.toString()).toBe(Array.from({ length: 5000 }, (_, n) => `${n} `).join(''))
  const { bytes } = out
  out.clear()
  expect(out.ascii('a\tb\n').toString()).toBe('a\tb\n')
  expect(out.bytes).toBe(bytes)
  expect(out.view.buffer).toBe(bytes.buffer)
})
