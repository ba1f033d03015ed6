import { isIPv6 } from 'node:net'
import { FilterError, UntranslatedError } from './errors.ts'
import type { Expression, Span } from './expression.ts'
import { both, combined, compared, either, named, ranged, there, written } from './tcpdump-tree.ts'
import { etherTypes, type Family, ipProtocolNumbers, portsNamed } from './tcpdump-words.ts'

export type Direction = 'src' | 'dst' | 'either' | 'both'
export type Kind = 'host' | 'net' | 'port' | 'portrange' | 'proto' | 'protochain'

/** What stands in front of an address, a port or a protocol, and goes for those that follow without any. */
export type Qualifiers = {
  readonly family: Family | undefined
  readonly direction: Direction | undefined
  readonly kind: Kind
}

/** A word with its place; `mask` or the number of bits behind the slash, where a net has one. */
export type Given = Span & { readonly text: string; readonly mask?: Given; readonly bits?: Given }

const wrong = ({ at, end }: Span, message: string, expected?: string) =>
  new FilterError(message, at, end, expected)

/** `src host 10.0.0.1` in the display language. @throws {FilterError} */
export function termOf(qualifiers: Qualifiers, given: Given): Expression {
  const { kind } = qualifiers
  if (kind === 'port' || kind === 'portrange') return portTest(qualifiers, given)
  if (kind === 'proto' || kind === 'protochain') return protocolTest(qualifiers, given)
  return addressTest(qualifiers, given)
}

/** The same test of a source, a destination, one of them, or both. */
function directed(
  direction: Direction | undefined,
  test: (which: 'src' | 'dst' | 'addr') => Expression,
): Expression {
  if (direction === 'both') return both([test('src'), test('dst')])
  return test(direction === undefined || direction === 'either' ? 'addr' : direction)
}

function addressTest({ family, direction, kind }: Qualifiers, given: Given): Expression {
  if (family === 'tcp' || family === 'udp')
    throw wrong(given, `${family} has ports, not addresses: write "${family} and ${kind} ${given.text}"`)
  if (family === 'link') return linkTest(direction, kind, given)
  const address = addressOf(kind, given)
  if (address.version === 6) {
    if (family === 'ip' || family === 'arp' || family === 'rarp')
      throw wrong(given, `${given.text} is no IPv4 address`, 'an IPv4 address')
    return directed(direction, which => address.of(`ipv6.${which}`))
  }
  if (family === 'ip6') throw wrong(given, `${given.text} is no IPv6 address`, 'an IPv6 address')
  const inIp = directed(direction, which => address.of(`ip.${which}`))
  const inArp = directed(direction === undefined ? 'either' : direction, which =>
    which === 'addr'
      ? either([address.of('arp.src.proto_ipv4'), address.of('arp.dst.proto_ipv4')])
      : address.of(`arp.${which}.proto_ipv4`),
  )
  if (family === 'rarp') return both([ofEtherType(given, 0x8035), inArp])
  return family === 'ip' ? inIp : family === 'arp' ? inArp : either([inIp, inArp])
}

function linkTest(direction: Direction | undefined, kind: Kind, given: Given): Expression {
  if (kind !== 'host') throw wrong(given, `the link layer has no ${kind}`, 'host')
  const digits = given.text.replace(/[-:.]/g, '')
  const isWritten =
    /^[\da-f]{1,2}([-:.])[\da-f]{1,2}(\1[\da-f]{1,2}){4}$|^[\da-f]{4}(\.[\da-f]{4}){2}$|^[\da-f]{12}$/i.test(
      given.text,
    )
  if (!isWritten)
    throw wrong(given, `${given.text} is no Ethernet address`, 'an address such as 02:00:5e:00:53:01')
  const octets = /^[\da-f]{1,2}[-:.]/i.test(given.text)
    ? given.text.split(/[-:.]/)
    : (digits.match(/../g) ?? [])
  const address = octets.map(octet => octet.padStart(2, '0').toLowerCase()).join(':')
  return directed(direction, which => compared(given, `eth.${which}`, '==', address))
}

type Address = { readonly version: 4 | 6; of(field: string): Expression }

function addressOf(kind: Kind, given: Given): Address {
  if (given.text.includes(':')) return ipv6Of(given)
  const octets = given.text.split('.').map(Number)
  const isIpv4 = /^\d{1,3}(\.\d{1,3}){0,3}$/.test(given.text) && octets.every(octet => octet < 256)
  if (!isIpv4 || (kind === 'host' && octets.length === 1))
    throw wrong(given, `${given.text} is no address, and names are not looked up`, 'an IPv4 or IPv6 address')
  const whole = [...octets, 0, 0, 0].slice(0, 4).join('.')
  const mask = given.mask && ipv4Mask(given.mask)
  if (mask === undefined || typeof mask === 'number') {
    const bits = given.bits ? bitsOf(given.bits, 32) : (mask ?? octets.length * 8)
    const text = bits === 32 ? whole : `${whole}/${bits}`
    return { version: 4, of: field => compared(given, field, '==', text) }
  }
  const of = (field: string) =>
    compared(given, combined(given, named(given, field), '&', written(given, mask)), '==', whole)
  return { version: 4, of }
}

function ipv6Of(given: Given): Address {
  if (!isIPv6(given.text) || given.mask)
    throw wrong(
      given.mask ?? given,
      `${(given.mask ?? given).text} is no IPv6 address`,
      'an address such as 2001:db8::1',
    )
  const text = given.bits ? `${given.text}/${bitsOf(given.bits, 128)}` : given.text
  return { version: 6, of: field => compared(given, field, '==', text.toLowerCase()) }
}

function bitsOf(given: Given, most: number): number {
  const bits = Number(given.text)
  if (/^\d{1,3}$/.test(given.text) && bits <= most) return bits
  throw wrong(given, `${given.text} is no length of a prefix`, `a number from 0 to ${most}`)
}

/** The bits of a mask, or itself where they are not the first ones. */
function ipv4Mask(given: Given): number | string {
  const octets = given.text.split('.').map(Number)
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(given.text) || octets.some(octet => octet > 255))
    throw wrong(given, `${given.text} is no mask`, 'a mask such as 255.255.255.0')
  const bits = octets.map(octet => octet.toString(2).padStart(8, '0')).join('')
  return /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : octets.join('.')
}

function portTest({ family, direction, kind }: Qualifiers, given: Given): Expression {
  if (family !== undefined && family !== 'tcp' && family !== 'udp')
    throw wrong(
      given,
      `${family === 'link' ? 'ether' : family} has no ports: write "${kind} ${given.text}"`,
      'tcp or udp',
    )
  const overAll = (['tcp', 'udp'] as const).filter(protocol => family === undefined || family === protocol)
  const tests = overAll.flatMap(protocol => {
    const range = portsOf(kind, given, protocol)
    if (range === undefined) return []
    const test = (field: string) =>
      range.from === range.to
        ? compared(given, field, '==', `${range.from}`)
        : ranged(given, field, [[`${range.from}`, `${range.to}`]])
    return [directed(direction, which => test(`${protocol}.${which === 'addr' ? '' : which}port`))]
  })
  if (tests.length === 0) throw wrong(given, `no service is called ${given.text}`, 'a port from 0 to 65535')
  return either(tests)
}

/** Undefined where the protocol has no service of this name. */
function portsOf(
  kind: Kind,
  given: Given,
  protocol: 'tcp' | 'udp',
): { from: number; to: number } | undefined {
  const ends = kind === 'portrange' ? /^([^-]+)-([^-]+)$/.exec(given.text) : null
  const from = portOf(given, ends?.[1] ?? given.text, protocol)
  const to = portOf(given, ends?.[2] ?? given.text, protocol)
  if (from === undefined || to === undefined) return undefined
  return { from: Math.min(from, to), to: Math.max(from, to) }
}

function portOf(given: Given, text: string, protocol: 'tcp' | 'udp'): number | undefined {
  const number = numberFrom(text)
  if (number === undefined) return portsNamed(text)[protocol]
  if (number <= 0xffff) return number
  throw wrong(given, `${text} is no port`, 'a port from 0 to 65535')
}

/** A number as C writes it: `80`, `0x50`, `0120`. */
export function numberFrom(text: string): number | undefined {
  if (/^0x[\da-f]{1,8}$/i.test(text)) return Number.parseInt(text, 16)
  if (/^0[0-7]{1,11}$/.test(text)) return Number.parseInt(text, 8)
  return /^(0|[1-9]\d{0,9})$/.test(text) && Number(text) < 2 ** 32 ? Number(text) : undefined
}

/** Headers that name the next one; along a chain all of them count. */
const chains = {
  ip: ['ip.proto', 'ah.next_header'],
  ip6: [
    'ipv6.nxt',
    'ipv6.hopopts.nxt',
    'ipv6.dstopts.nxt',
    'ipv6.routing.nxt',
    'ipv6.fraghdr.nxt',
    'ah.next_header',
  ],
} as const

function protocolTest({ family, direction, kind }: Qualifiers, given: Given): Expression {
  if (direction !== undefined) throw wrong(given, 'a protocol has no direction')
  if (family === 'link' && kind === 'proto') return etherTypeTest(given)
  if (family !== undefined && family !== 'ip' && family !== 'ip6')
    throw wrong(given, `${family} does not say which protocol it carries`, 'ip, ip6 or ether')
  const number = numberFrom(given.text) ?? ipProtocolNumbers.get(given.text.toLowerCase())
  if (number === undefined || number > 255)
    throw wrong(given, `${given.text} is no IP protocol`, 'a number from 0 to 255, or a name such as gre')
  const own = kind === 'protochain' ? chains : nexts
  const fields = [...(family === 'ip6' ? [] : own.ip), ...(family === 'ip' ? [] : own.ip6)]
  return either([...new Set(fields)].map(field => compared(given, field, '==', `${number}`)))
}

const nexts = { ip: ['ip.proto'], ip6: ['ipv6.nxt', 'ipv6.fraghdr.nxt'] } as const

/** Numbers up to this are lengths on Ethernet, and tcpdump takes them for access points of LLC. */
const mostLength = 1500

function etherTypeTest(given: Given): Expression {
  const number = numberFrom(given.text) ?? etherTypes.get(given.text.toLowerCase())
  if (number === undefined || number > 0xffff)
    throw wrong(given, `${given.text} is no EtherType`, 'a number up to 0xffff, or a name such as ip')
  return ofEtherType(given, number)
}

/** What any link header announces by its EtherType, or by the access point of LLC. */
export function ofEtherType(span: Span, number: number): Expression {
  if (number <= mostLength) return compared(span, 'llc.dsap', '==', `${number}`)
  const text = `0x${number.toString(16).padStart(4, '0')}`
  return either(['eth.type', 'vlan.etype', 'sll.etype'].map(field => compared(span, field, '==', text)))
}

/** `broadcast`, `ip multicast`. @throws {FilterError} */
export function castOf(family: Family | undefined, { at, end, text }: Given): Expression {
  const span = { at, end }
  if (text === 'multicast' && family === 'ip') return compared(span, 'ip.dst', '>=', '224.0.0.0')
  if (text === 'multicast' && family === 'ip6') return compared(span, 'ipv6.dst', '==', 'ff00::/8')
  if (family !== undefined && family !== 'link')
    throw new UntranslatedError(
      `${family} ${text} has no translation: a capture does not say which network it is of`,
      at,
      end,
      'ip.dst == 255.255.255.255, or the last address of the network',
    )
  if (text === 'broadcast') return compared(span, 'eth.dst', '==', 'ff:ff:ff:ff:ff:ff')
  const first = {
    kind: 'slice',
    of: named(span, 'eth.dst'),
    ranges: [{ from: 0, length: 1 }],
    at,
    end,
  } as const
  return there(span, combined(span, first, '&', written(span, '0x01')))
}
