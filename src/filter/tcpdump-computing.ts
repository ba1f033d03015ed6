import type { Span } from './expression.ts'

export type ArithmeticSign = '+' | '-' | '*' | '/' | '%' | '&' | '|' | '^' | '<<' | '>>'
export type Relation = '==' | '!=' | '<' | '<=' | '>' | '>='

/** A number in tcpdump's language: written, the length of the packet, bytes of a header, or made of such. */
export type Value = Span &
  (
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'length' }
    | { readonly kind: 'bytes'; readonly of: Header; readonly from: Value; readonly size: 1 | 2 | 4 }
    | { readonly kind: 'sum'; readonly sign: ArithmeticSign; readonly left: Value; readonly right: Value }
  )

export type Header =
  | 'ether'
  | 'ip'
  | 'ip6'
  | 'arp'
  | 'tcp'
  | 'udp'
  | 'icmp'
  | 'icmp6'
  | 'igmp'
  | 'vrrp'
  | 'carp'

/** The number that a value is, whatever the packet; undefined where the packet says it. */
export function constantOf(value: Value): number | undefined {
  if (value.kind === 'number') return value.value
  if (value.kind !== 'sum') return undefined
  const left = constantOf(value.left)
  const right = constantOf(value.right)
  return left === undefined || right === undefined ? undefined : computed(value.sign, left, right)
}

/** As a packet filter does, in 32 bits without a sign; what is divided by zero is zero. */
const computed = (sign: ArithmeticSign, left: number, right: number): number =>
  computations[sign](left, right) >>> 0

const computations: Readonly<Record<ArithmeticSign, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': Math.imul,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '&': (left, right) => left & right,
  '|': (left, right) => left | right,
  '^': (left, right) => left ^ right,
  '<<': (left, right) => (right > 31 ? 0 : left << right),
  '>>': (left, right) => (right > 31 ? 0 : left >>> right),
}

/** The byte that tells how long a header is, in words of four. */
const lengths = [
  { of: 'ip', from: 0, name: 'ip.hdr_len', words: (byte: number) => byte & 15 },
  { of: 'tcp', from: 12, name: 'tcp.hdr_len', words: (byte: number) => byte >> 4 },
] as const

/** The length of a header, in whichever way it is computed: people know several. */
export function lengthOf(value: Value): string | undefined {
  for (const { of, from, name, words } of lengths) {
    const at = (byte: number) => withByte(value, of, from, byte)
    const agrees = (byte: number) => at(byte) === words(byte) * 4
    if (at(0) !== undefined && Array.from({ length: 256 }, (_, byte) => byte).every(agrees)) return name
  }
  return undefined
}

/** What a value is where one byte of a header is known, undefined where other bytes count. */
function withByte(value: Value, of: Header, from: number, byte: number): number | undefined {
  if (value.kind === 'number') return value.value
  if (value.kind === 'bytes')
    return value.of === of && value.size === 1 && constantOf(value.from) === from ? byte : undefined
  if (value.kind === 'length') return undefined
  const left = withByte(value.left, of, from, byte)
  const right = withByte(value.right, of, from, byte)
  return left === undefined || right === undefined ? undefined : computed(value.sign, left, right)
}

/** A byte of a header at a place that is known. */
export type KnownByte = Value & { readonly kind: 'bytes'; readonly size: 1 }

/** The byte that alone makes a value what it is; undefined: there are several, or none. */
export function onlyByteOf(value: Value): KnownByte | undefined {
  const bytes: Value[] = []
  const isReadable = collect(value, bytes)
  const [first] = bytes
  if (!isReadable || first?.kind !== 'bytes' || first.size !== 1) return undefined
  const place = constantOf(first.from)
  const isSame = (each: Value) =>
    each.kind === 'bytes' && each.of === first.of && each.size === 1 && constantOf(each.from) === place
  return place !== undefined && bytes.every(isSame) ? (first as KnownByte) : undefined
}

/** All bytes that a value is made of; false where it is made of something else, too. */
function collect(value: Value, into: Value[]): boolean {
  if (value.kind === 'sum') return collect(value.left, into) && collect(value.right, into)
  if (value.kind === 'bytes') into.push(value)
  return value.kind !== 'length'
}

const holds: Readonly<Record<Relation, (left: number, right: number) => boolean>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
}

/** Which values of that byte make a relation true, as ranges with both ends. */
export function bytesFor(
  value: Value,
  byte: KnownByte,
  relation: Relation,
  constant: number,
): { readonly from: number; readonly to: number }[] {
  const ranges: { from: number; to: number }[] = []
  const place = constantOf(byte.from) ?? 0
  for (let each = 0; each < 256; each++) {
    const made = withByte(value, byte.of, place, each)
    if (made === undefined || !holds[relation](made, constant >>> 0)) continue
    const last = ranges.at(-1)
    if (last?.to === each - 1) last.to = each
    else ranges.push({ from: each, to: each })
  }
  return ranges
}
