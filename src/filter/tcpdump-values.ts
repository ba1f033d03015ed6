import { FilterError } from './errors.ts'
import type { Expression, Operand, Span } from './expression.ts'
import { bytesOf, combined, compared, named, there, written } from './tcpdump-tree.ts'

export type ArithmeticSign = '+' | '-' | '*' | '/' | '%' | '&' | '|' | '^' | '<<' | '>>'
export type Relation = '==' | '!=' | '<' | '<=' | '>' | '>='

/** Comparisons, by how tcpdump writes them. */
export const relations: ReadonlyMap<string, Relation> = new Map([
  ['=', '=='],
  ['==', '=='],
  ['!=', '!='],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
])

/** How tightly arithmetic binds. */
export const signs: ReadonlyMap<string, number> = new Map([
  ...['&', '|', '^'].map(sign => [sign, 1] as const),
  ...['<<', '>>'].map(sign => [sign, 2] as const),
  ...['+', '-'].map(sign => [sign, 3] as const),
  ...['*', '/', '%'].map(sign => [sign, 4] as const),
])

/** A number in tcpdump's language: written, the length of the packet, bytes of a header, or made of such. */
export type Value = Span &
  (
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'length' }
    | { readonly kind: 'bytes'; readonly of: Header; readonly from: Value; readonly size: 1 | 2 | 4 }
    | { readonly kind: 'sum'; readonly sign: ArithmeticSign; readonly left: Value; readonly right: Value }
  )

export type Header = 'ether' | 'ip' | 'ip6' | 'arp' | 'tcp' | 'udp' | 'icmp' | 'icmp6' | 'igmp'

type Layout = {
  readonly name: string
  /** Bytes that are always there; behind them are options, which no place finds. */
  readonly fixed: number
  /** What lies behind the header. */
  readonly behind?: string
  /** Where in that it begins. */
  readonly skipped?: number
  /** Fields that fill their bytes, by `offset:size`. */
  readonly fields: Readonly<Record<string, string>>
}

/** Headers whose bytes can be asked for. */
export const layouts: Readonly<Record<Header, Layout>> = {
  ether: { name: 'eth', fixed: 14, behind: 'frame', skipped: 0, fields: {} },
  ip: {
    name: 'ip',
    fixed: 20,
    fields: {
      '1:1': 'ip.dsfield',
      '2:2': 'ip.len',
      '4:2': 'ip.id',
      '8:1': 'ip.ttl',
      '9:1': 'ip.proto',
      '10:2': 'ip.checksum',
    },
  },
  ip6: { name: 'ipv6', fixed: 40, fields: { '4:2': 'ipv6.plen', '6:1': 'ipv6.nxt', '7:1': 'ipv6.hlim' } },
  arp: { name: 'arp', fixed: 28, fields: { '6:2': 'arp.opcode' } },
  tcp: {
    name: 'tcp',
    fixed: 20,
    fields: { '0:2': 'tcp.srcport', '2:2': 'tcp.dstport', '16:2': 'tcp.checksum' },
  },
  udp: {
    name: 'udp',
    fixed: 8,
    behind: 'udp.payload',
    skipped: 8,
    fields: { '0:2': 'udp.srcport', '2:2': 'udp.dstport', '4:2': 'udp.length', '6:2': 'udp.checksum' },
  },
  icmp: {
    name: 'icmp',
    fixed: Infinity,
    fields: { '0:1': 'icmp.type', '1:1': 'icmp.code', '2:2': 'icmp.checksum' },
  },
  icmp6: {
    name: 'icmpv6',
    fixed: Infinity,
    fields: { '0:1': 'icmpv6.type', '1:1': 'icmpv6.code', '2:2': 'icmpv6.checksum' },
  },
  igmp: { name: 'igmp', fixed: Infinity, fields: { '0:1': 'igmp.type' } },
}

const opposite: Readonly<Record<Relation, Relation>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}

const untold = ({ at, end }: Span, why: string) => new FilterError(`this has no translation: ${why}`, at, end)

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

/** `ip[8] < 10` in the display language. @throws {FilterError} where that has no words for it. */
export function relationOf(left: Value, relation: Relation, right: Value): Expression {
  const span = { at: left.at, end: right.end }
  const constant = constantOf(right)
  const other = constantOf(left)
  if (other !== undefined) {
    if (constant !== undefined) throw untold(span, 'it says the same of every packet')
    return relationOf({ ...right, at: left.at }, opposite[relation], { ...left, end: right.end })
  }
  // Where several layers answer, one of them is enough.
  const operator = relation === '!=' ? '~=' : relation
  if (constant === undefined) return compared(span, numberOf(left), operator, numberOf(right))
  const { operand, text } = comparable(left, constant, right)
  return constant === 0 && relation === '!=' && operand.kind === 'arithmetic' && operand.operator === '&'
    ? there(span, operand)
    : compared(span, operand, operator, written(right, text))
}

/** A value beside a number, and the number as it stands beside that. */
function comparable(value: Value, constant: number, span: Span): { operand: Operand; text: string } {
  const flags = flagsOf(value)
  if (flags) return { operand: flags, text: constant === 0 ? '0' : hex(constant) }
  const bytes = bytesCompared(value)
  if (bytes) return { operand: bytes.operand, text: hexOf(span, constant, bytes.size) }
  return { operand: numberOf(value), text: `${constant}` }
}

/** `tcp[tcpflags] & tcp-syn`: the byte of the flags is a part of their field. */
function flagsOf(value: Value): Operand | undefined {
  const [of, bits] = masked(value) ?? [value, 0xff]
  const isFlags = of.kind === 'bytes' && of.of === 'tcp' && of.size === 1 && constantOf(of.from) === 13
  return isFlags ? combined(value, named(of, 'tcp.flags'), '&', written(value, hex(bits & 0xff))) : undefined
}

/** What an `&` leaves of what. */
function masked(value: Value): readonly [of: Value, bits: number] | undefined {
  if (value.kind !== 'sum' || value.sign !== '&') return undefined
  const [of, mask] =
    constantOf(value.left) === undefined ? [value.left, value.right] : [value.right, value.left]
  const bits = constantOf(mask)
  return bits === undefined ? undefined : [of, bits]
}

const hex = (value: number) => `0x${value.toString(16).padStart(2, '0')}`

/** Bytes that no field stands for, and bits of them: they are compared as bytes. */
function bytesCompared(value: Value): { operand: Operand; size: number } | undefined {
  if (value.kind === 'bytes') {
    const operand = bytesAt(value)
    return operand.kind === 'slice' ? { operand, size: value.size } : undefined
  }
  const [of, bits] = masked(value) ?? [value, 0]
  if (value.kind !== 'sum' || of.kind !== 'bytes') return undefined
  const operand = bytesAt(of)
  if (operand.kind !== 'slice') return undefined
  return {
    operand: combined(value, operand, '&', written(value, hexOf(value, bits, of.size))),
    size: of.size,
  }
}

/** `00:1f`, one byte as `0x1f`, as a number it would be. */
function hexOf(span: Span, value: number, size: number): string {
  const digits = value.toString(16).padStart(size * 2, '0')
  if (digits.length > size * 2)
    throw new FilterError(
      `${value} does not fit into ${size === 1 ? '1 byte' : `${size} bytes`}`,
      span.at,
      span.end,
    )
  return size === 1 ? `0x${digits}` : digits.replace(/..(?!$)/g, '$&:')
}

/** A field where one fills these bytes, else the bytes. */
function bytesAt(value: Value & { readonly kind: 'bytes' }): Operand {
  const layout = layouts[value.of]
  const from = constantOf(value.from)
  if (from === undefined) return behindHeader(value)
  const field = layout.fields[`${from}:${value.size}`]
  if (field !== undefined) return named(value, field)
  if (from + value.size <= layout.fixed) return bytesOf(value, layout.name, from, value.size)
  if (layout.behind === undefined || from < (layout.skipped ?? 0))
    throw untold(
      value,
      `behind byte ${layout.fixed} of the header options may lie; ${layout.name}.… names the fields`,
    )
  return bytesOf(value, layout.behind, from - (layout.skipped ?? 0), value.size)
}

/** `tcp[(tcp[12] >> 4) * 4 + 2]`, the way to the payload of TCP. */
function behindHeader(value: Value & { readonly kind: 'bytes' }): Operand {
  const { from } = value
  const further = from.kind === 'sum' && from.sign === '+' ? constantOf(from.right) : undefined
  const header = from.kind === 'sum' && further !== undefined ? from.left : from
  if (value.of === 'tcp' && lengthOf(header) === 'tcp.hdr_len')
    return bytesOf(value, 'tcp.payload', further ?? 0, value.size)
  throw untold(from, 'the place depends on the packet')
}

/** A number as the display language computes with it. */
function numberOf(value: Value): Operand {
  const constant = constantOf(value)
  if (constant !== undefined) return written(value, `${constant}`)
  if (value.kind === 'length') return named(value, 'frame.len')
  if (value.kind === 'bytes') {
    const operand = flagsOf(value) ?? bytesAt(value)
    if (operand.kind === 'arithmetic') return operand
    if (operand.kind === 'reference') return operand
    throw untold(value, 'bytes that are no field of their own can only be compared with a number')
  }
  const length = lengthOf(value)
  return length === undefined ? arithmeticOf(value as Sum) : named(value, length)
}

type Sum = Value & { readonly kind: 'sum' }

function arithmeticOf(value: Sum): Operand {
  const { sign } = value
  const bits = constantOf(value.right)
  if (sign === '<<' || sign === '>>') {
    if (bits === undefined || bits > 30) throw untold(value, 'only shifts by a number up to 30 have one')
    return combined(
      value,
      numberOf(value.left),
      sign === '<<' ? '*' : '/',
      written(value.right, `${2 ** bits}`),
    )
  }
  if (sign === '|' || sign === '^') throw untold(value, `there is no ${sign} between fields`)
  return combined(
    value,
    numberOf(value.left),
    sign,
    sign === '&' ? bitsOf(value.right) : numberOf(value.right),
  )
}

function bitsOf(value: Value): Operand {
  const constant = constantOf(value)
  return constant === undefined ? numberOf(value) : written(value, hex(constant))
}

/** The byte that tells how long a header is, in words of four. */
const lengths = [
  { of: 'ip', from: 0, name: 'ip.hdr_len', words: (byte: number) => byte & 15 },
  { of: 'tcp', from: 12, name: 'tcp.hdr_len', words: (byte: number) => byte >> 4 },
] as const

/** The length of a header, in whichever way it is computed: people know several. */
function lengthOf(value: Value): string | undefined {
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
