import { facilities, severities } from '../../dissectors/syslog.ts'
import { ipv4Text, ipv6Text } from '../addresses.ts'
import type { Dissection } from '../dissect/dissection.ts'
import { headerOf } from './flows.ts'
import { isLayer, type PseudoField } from './pseudo-fields.ts'
import type { Kind, Value } from './values.ts'

/** The bytes of a layer, or as many as a field needs. */
type Header = DataView

/**
 * A field that Wireshark makes of what stands in the first bytes of a header. `length`: so many are needed. `of`: its values,
 * none where the header has none of it.
 */
function derived(
  name: string,
  kind: Kind,
  length: number,
  explain: string,
  of: (header: Header) => readonly Value[],
): PseudoField {
  const carrier = name.slice(0, name.indexOf('.'))
  return {
    name,
    kind,
    explain,
    depth: 'peel',
    carrier,
    gather(found: Dissection, _about, into, layers) {
      for (let layer = 0; layer < found.layerCount; layer++) {
        const header = isLayer(found, layer, carrier, layers) ? headerOf(found, layer, length) : undefined
        if (header !== undefined) into.push(...of(header))
      }
    },
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Header): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

const letters = 'RRRACEUAPRSF'

/** The flags of TCP as letters, a dot in the middle of the line for each that is not set. */
const flagsText = (header: Header): string =>
  [...letters].map((letter, i) => (header.getUint16(12) & (0x800 >> i) ? letter : '·')).join('')

const ipv4At = (header: Header, at: number): string => ipv4Text(bytesOf(header), at)
const ipv6At = (header: Header, at: number): string => ipv6Text(bytesOf(header), at)
const vendorAt = (header: Header, at: number): number => header.getUint16(at) * 256 + header.getUint8(at + 2)

const request = 1
const reply = 2

/** What an ARP packet for IPv4 on Ethernet says: the operation, and whether its addresses are told. */
function announced(header: Header): { gratuitous: boolean; probe: boolean; announcement: boolean } {
  const isIpv4 = header.getUint16(2) === 0x0800 && header.getUint16(4) === 0x0604
  const operation = isIpv4 ? header.getUint16(6) : 0
  const [source, target] = [header.getUint32(14), header.getUint32(24)]
  const isUnknown = header.getUint32(18) === 0 && header.getUint16(22) === 0
  const gratuitous = (operation === request || operation === reply) && source === target
  return {
    gratuitous,
    probe: operation === request && source === 0 && target !== 0 && isUnknown,
    announcement: operation === request && gratuitous && isUnknown,
  }
}

const priorityForm = /^<(\d{1,3})>/

/** A part of the number that a line of syslog begins with. */
function ofPriority(
  name: string,
  explain: string,
  names: readonly string[],
  part: (priority: number) => number,
): PseudoField {
  return {
    name,
    kind: 'number',
    explain,
    depth: 'peel',
    carrier: 'syslog',
    values: { ...names },
    gather(found, _about, into, layers) {
      for (let layer = 0; layer < found.layerCount; layer++) {
        if (!isLayer(found, layer, 'syslog', layers)) continue
        const header = headerOf(found, layer, 5) ?? headerOf(found, layer, 4) ?? headerOf(found, layer, 3)
        const priority = header && priorityForm.exec(String.fromCharCode(...bytesOf(header)))?.[1]
        if (priority !== undefined) into.push(part(Number(priority)))
      }
    },
  }
}

const flag = (isSet: boolean): readonly Value[] => (isSet ? [1] : [])

/** Names that people type though no bytes of a packet are just that: what Wireshark makes of a header alone. */
export const derivedFields: readonly PseudoField[] = [
  derived('tcp.flags.str', 'text', 14, 'Its flags as letters: ··········S· is a SYN.', header => [
    flagsText(header),
  ]),
  derived('ip.src_host', 'text', 20, 'The source as text.', header => [ipv4At(header, 12)]),
  derived('ip.dst_host', 'text', 20, 'The destination as text.', header => [ipv4At(header, 16)]),
  derived('ip.host', 'text', 20, 'Source and destination as text, for matches.', header => [
    ipv4At(header, 12),
    ipv4At(header, 16),
  ]),
  derived('ipv6.src_host', 'text', 40, 'The source as text.', header => [ipv6At(header, 8)]),
  derived('ipv6.dst_host', 'text', 40, 'The destination as text.', header => [ipv6At(header, 24)]),
  derived('ipv6.host', 'text', 40, 'Source and destination as text, for matches.', header => [
    ipv6At(header, 8),
    ipv6At(header, 24),
  ]),
  derived('eth.dst.oui', 'number', 12, 'Who made the interface of the destination.', header => [
    vendorAt(header, 0),
  ]),
  derived('eth.src.oui', 'number', 12, 'Who made the interface of the source.', header => [
    vendorAt(header, 6),
  ]),
  derived('eth.addr.oui', 'number', 12, 'Who made one of the interfaces.', header => [
    vendorAt(header, 6),
    vendorAt(header, 0),
  ]),
  derived('arp.isgratuitous', 'flag', 28, 'The sender tells its own address, nobody asked.', header =>
    flag(announced(header).gratuitous),
  ),
  derived('arp.isprobe', 'flag', 28, 'The sender asks whether the address is still free.', header =>
    flag(announced(header).probe),
  ),
  derived('arp.isannouncement', 'flag', 28, 'The sender says that the address is its own now.', header =>
    flag(announced(header).announcement),
  ),
  ofPriority('syslog.facility', 'Which part of the system speaks.', facilities, priority => priority >> 3),
  ofPriority('syslog.level', 'How bad it is, from 0, the worst, to 7.', severities, priority => priority & 7),
]
