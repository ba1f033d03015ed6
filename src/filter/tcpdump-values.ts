import { FilterError, UntranslatedError } from './errors.ts'
import type { Expression, Operand, Operator, Span } from './expression.ts'
import {
  bytesFor,
  constantOf,
  type Header,
  lengthOf,
  onlyByteOf,
  type Relation,
  type Value,
} from './tcpdump-computing.ts'
import { bytesOf, combined, compared, named, ranged, there, written } from './tcpdump-tree.ts'
import { families } from './tcpdump-words.ts'

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

/** The header that a word in front of a bracket means; all words for the link mean the same. */
export const headerCalled = (word: string): Header | undefined =>
  families.get(word) === 'link' ? 'ether' : Object.hasOwn(layouts, word) ? (word as Header) : undefined

/** Headers whose bytes can be asked for. */
const layouts: Readonly<Record<Header, Layout>> = {
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
  vrrp: { name: 'vrrp', fixed: Infinity, fields: {} },
  carp: { name: 'carp', fixed: Infinity, fields: {} },
}

const opposite: Readonly<Record<Relation, Relation>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}

const untold = ({ at, end }: Span, why: string, write?: string) =>
  new UntranslatedError(`this has no translation: ${why}`, at, end, write)

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
  if (constant === undefined)
    return slicesCompared(left, operator, right) ?? compared(span, numberOf(left), operator, numberOf(right))
  const set = byteTest(span, left, relation, constant)
  if (set !== undefined) return set
  const { operand, text } = comparable(left, constant, right)
  return constant === 0 && relation === '!=' && operand.kind === 'arithmetic' && operand.operator === '&'
    ? there(span, operand)
    : compared(span, operand, operator, written(right, text))
}

/** Bytes of equal length, of which at least one side is no field. */
function slicesCompared(left: Value, operator: Operator, right: Value): Expression | undefined {
  if (left.kind !== 'bytes' || right.kind !== 'bytes' || left.size !== right.size) return undefined
  if ([left, right].every(each => bytesAt(each).kind !== 'slice')) return undefined
  const span = { at: left.at, end: right.end }
  return compared(span, slice(left), operator, slice(right))
}

/** Bytes at a place, also where a field fills them. */
function slice(value: Value & { readonly kind: 'bytes' }): Operand {
  const { name, fixed } = layouts[value.of]
  const from = constantOf(value.from)
  if (from === undefined || from + value.size > fixed) return bytesAt(value)
  return bytesOf(value, name, from, value.size)
}

/** More ranges than people read. */
const mostRanges = 64

/** What is calculated of one byte in a way that fields are not: the values of that byte are in a set. */
function byteTest(span: Span, left: Value, relation: Relation, constant: number): Expression | undefined {
  const byte = left.kind === 'sum' ? onlyByteOf(left) : undefined
  if (byte === undefined || (isCalculated(left) && bytesAt(byte).kind !== 'slice')) return undefined
  if (lengthOf(left) !== undefined || flagsOf(left) || bytesCompared(left)) return undefined
  const ranges = bytesFor(left, byte, relation, constant)
  if (ranges.length === 0) throw untold(span, 'it is true of no packet')
  if (ranges.length > mostRanges) throw untold(span, 'it is true of too many values, each by itself')
  const set = ranges.map(({ from, to }) => [hex(from), hex(to)] as const)
  const [[from, to] = ['', '']] = set
  return set.length === 1 && from === to
    ? compared(span, slice(byte), '==', from)
    : ranged(span, slice(byte), set)
}

/** True where the display language calculates so, too. */
const isCalculated = (value: Value): boolean =>
  value.kind !== 'sum' ||
  (!/^[|^]$/.test(value.sign) && isCalculated(value.left) && isCalculated(value.right))

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
      `behind byte ${layout.fixed} of the header may lie options, or what it carries`,
      value.of === 'tcp' ? `tcp.payload[${from - 20}:${value.size}]` : carried,
    )
  return bytesOf(value, layout.behind, from - (layout.skipped ?? 0), value.size)
}

const carried = 'a field of what lies there, such as udp.srcport, esp.spi or gre.proto'

/** `tcp[(tcp[12] >> 4) * 4 + 2]`, the way to the payload of TCP. */
function behindHeader(value: Value & { readonly kind: 'bytes' }): Operand {
  const { from } = value
  const further = from.kind === 'sum' && from.sign === '+' ? constantOf(from.right) : undefined
  const header = from.kind === 'sum' && further !== undefined ? from.left : from
  if (value.of === 'tcp' && lengthOf(header) === 'tcp.hdr_len')
    return bytesOf(value, 'tcp.payload', further ?? 0, value.size)
  throw untold(from, 'the place depends on the packet', carried)
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
