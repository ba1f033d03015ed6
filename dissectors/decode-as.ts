import { alike } from '../src/alike.ts'
import { data } from '../src/dissect/data.ts'
import type { Dissection } from '../src/dissect/dissection.ts'
import { NumberSpace } from '../src/dissect/number-space.ts'
import type { Protocol } from '../src/dissect/protocol.ts'
import type { Rule } from '../src/dissect/rules.ts'
import { protocols } from './index.ts'
import { channelTypes } from './numbers/channel-types.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { linuxProtocols } from './numbers/linux-protocols.ts'
import { accessPoints } from './numbers/llc.ts'
import { nextProtocols } from './numbers/next-protocols.ts'
import { tcpPorts, udpPorts } from './numbers/ports.ts'
import { pppProtocols } from './numbers/ppp.ts'

/**
 * What the numbers are called in a rule, as in Wireshark. The first name stands for such a number wherever it is; a further
 * one is a field, and stands for the numbers in that field's protocol.
 */
const called = new Map<NumberSpace, readonly string[]>([
  [udpPorts, ['udp.port']],
  [tcpPorts, ['tcp.port']],
  [
    ipProtocols,
    ['ip.proto', 'ipv6.nxt', 'ah.next_header', 'esp.protocol', 'ipcomp.next_header', 'gue.proto'],
  ],
  [
    etherTypes,
    [
      'ethertype',
      'eth.type',
      'vlan.etype',
      'ieee8021ah.etype',
      'macsec.etype',
      'llc.type',
      'sll.etype',
      'chdlc.protocol',
      'gre.proto',
      'geneve.proto_type',
    ],
  ],
  [pppProtocols, ['ppp.protocol']],
  [nextProtocols, ['nsh.nextproto', 'vxlan.next_proto']],
  [accessPoints, ['llc.dsap']],
  [linuxProtocols, ['sll.ltype']],
  [channelTypes, ['pwach.channel_type']],
])

const form = /^\s*([^=\s]+)\s*={1,2}\s*([^:,-]+?)(?:\s*-\s*([^:,-]+?))?\s*[:,]\s*(.*?)\s*$/

/**
 * The rule that a text asks for, `udp.port=51000:wireguard`, `tcp.port=8000-8010:openvpn`, or as Wireshark has it
 * `ip.proto==99,ipip`; or a sentence about what is wrong with it.
 */
export function readRule(text: string): Rule | string {
  const [, table, from, to = from, name] = form.exec(text) ?? []
  if (table === undefined || from === undefined || to === undefined || name === undefined)
    return `${text}: not written like udp.port=51000:wireguard`
  const place = placeNamed(table)
  if (place === undefined) return `${table}: no such numbers${suggested(alike(table, tables()))}`
  const first = numberOf(from)
  const last = numberOf(to)
  const wrong = [from, to].find(digits => !(numberOf(digits) <= place.space.last))
  if (wrong !== undefined)
    return `${table}=${wrong}: not a number from 0 to ${place.space.show(place.space.last)}`
  if (last < first) return `${table}=${from}-${to}: ends before it begins`
  const protocol = protocolNamed(name)
  if (protocol === undefined) return `${name}: no such protocol${suggested(alike(plain(name), names()))}`
  return { table, ...place, first, last, protocol }
}

/** A number in decimal or hex; NaN: it is none. */
const numberOf = (text: string): number =>
  /^(\d{1,6}|0x[\da-f]{1,6})$/i.test(text) ? Number(text) : Number.NaN

const suggested = (near: readonly string[]): string =>
  near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`

/** What numbers can be called in a rule. */
export const tables = (): string[] => [...called.values()].flat()

/** What announces something in a packet, as a rule would call it, from the inside out: `udp.port=51000`. */
export function announcements(found: Dissection): string[] {
  const { protocols, first, last, fields, values, layerCount } = found
  const calls = new Set<string>()
  for (let layer = layerCount - 1; layer >= 0; layer--)
    for (let i = first[layer]!; i < last[layer]!; i++) {
      const field = fields[i]!
      const space = field.values
      if (!(space instanceof NumberSpace)) continue
      const [everywhere, ...others] = called.get(space) ?? []
      const isPort = protocols[layer]!.ports?.includes(field)
      if (isPort || field.name === everywhere || others.includes(field.name))
        calls.add(`${isPort ? everywhere : field.name}=${space.show(values[i]!)}`)
    }
  return [...calls]
}

/**
 * Protocols as they can be called in a rule, those first that other numbers of the same kind announce, or that are known by
 * their looks behind such numbers: after `udp.port=51000:` what speaks over UDP. What no dissector takes comes last.
 */
export function protocolIds(rule: string): string[] {
  const space = placeNamed(rule.split('=')[0]!.trim())?.space
  const speaksThere = ({ claims, guess }: Protocol) =>
    space !== undefined &&
    (claims.some(([claimed]) => claimed === space) || guess?.space === space || guess?.further === space)
  const rank = (each: Protocol) => (each === data ? 2 : speaksThere(each) ? 0 : 1)
  return [...protocols].sort((one, other) => rank(one) - rank(other)).map(({ id }) => id)
}

function placeNamed(table: string): Pick<Rule, 'space' | 'of'> | undefined {
  for (const [space, [everywhere, ...fields]] of called) {
    if (table === everywhere) return { space, of: undefined }
    if (fields.includes(table)) return { space, of: protocolOf(table) }
  }
  return undefined
}

const protocolOf = (field: string): Protocol | undefined =>
  protocols.find(({ fields }) => Object.values(fields).some(({ name }) => name === field))

/** Names are compared without what people leave out: `NAT-T` is `natt`. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9.]/g, '')

const namesOf = ({ id, short, name, lesson }: Protocol): string[] =>
  [id, short, name, ...(lesson?.also ?? [])].map(plain)
const names = (): string[] => protocols.flatMap(protocol => namesOf(protocol))

/** By id before what it is called otherwise. */
const protocolNamed = (name: string): Protocol | undefined =>
  protocols.find(({ id }) => plain(id) === plain(name)) ??
  protocols.find(protocol => namesOf(protocol).includes(plain(name)))
