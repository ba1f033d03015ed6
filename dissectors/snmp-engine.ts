import { field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'

// |C|                Enterprise (31)                |    Format     |  Data …        RFC 3411 §5, where C is 1
// |C|                Enterprise (31)                |  Data, 8 bytes                 where it is not

const section = 'RFC 3411 §5'
const [ipv4, ipv6, mac, text, netSnmp] = [1, 2, 3, 4, 128]
const netSnmpEnterprise = 8072

/** Seconds since 1970 with the lowest byte first, as Net-SNMP on such machines writes them. */
function readTime(bytes: Uint8Array, start: number, length: number): string {
  if (length !== 4) return 'incomplete'
  const seconds = new DataView(bytes.buffer, bytes.byteOffset + start, length).getUint32(0, true)
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** What names an engine, a device that speaks SNMP. */
export const engineFields = {
  conform: field('snmp.engineid.conform', 'Conforms to RFC 3411', {
    type: 'flag',
    explain: 'Set where a format follows the maker; the IDs of old have 8 bytes as the maker likes.',
    section,
  }),
  enterprise: field('snmp.engineid.enterprise', 'Enterprise', {
    explain: 'Whose software it is, by the number that IANA gave to its maker.',
    section,
    values: {
      9: 'Cisco',
      311: 'Microsoft',
      2011: 'Huawei',
      2636: 'Juniper',
      8072: 'Net-SNMP',
      12356: 'Fortinet',
      14988: 'MikroTik',
      30065: 'Arista',
      30155: 'OpenBSD',
    },
  }),
  format: field('snmp.engineid.format', 'Format', {
    explain: 'What the rest of the ID is made of. Each tells something about the device to whoever asks.',
    section,
    values: {
      1: 'IPv4 address',
      2: 'IPv6 address',
      3: 'MAC address',
      4: 'Text',
      5: 'Octets',
      128: 'Enterprise-specific',
    },
    meanings: {
      1: 'An address of the device, which may be one that nobody was meant to know.',
      3: 'The address of one of its network cards: it stays, whatever address the device gets.',
      128: 'The first format of the maker’s own; with Net-SNMP random bytes and the time when it was first started.',
    },
  }),
  ipv4: field('snmp.engineid.ipv4', 'IPv4 address', {
    type: 'ipv4',
    explain: 'An address that the device had when it made the ID.',
    section,
  }),
  ipv6: field('snmp.engineid.ipv6', 'IPv6 address', {
    type: 'ipv6',
    explain: 'An address that the device had when it made the ID.',
    section,
  }),
  mac: field('snmp.engineid.mac', 'MAC address', {
    type: 'ether',
    explain: 'The address of a network card of the device.',
    section,
  }),
  text: field('snmp.engineid.text', 'Text', {
    type: 'text',
    explain: 'A name that somebody gave to the device.',
    section,
  }),
  data: field('snmp.engineid.data', 'Data', {
    type: 'bytes',
    explain: 'What makes the device another one than all those of the same maker.',
    section,
  }),
  time: field('snmp.engineid.time', 'Creation time', {
    type: 'bytes',
    explain: 'When Net-SNMP made the ID, at its first start, by the clock of the device.',
    section: 'https://www.net-snmp.org',
    read: readTime,
  }),
}
const f = engineFields

/** Reads an engine ID up to the end of the group around it. */
export function walkEngine(r: Reader): void {
  if (r.left < 5) {
    if (r.left > 0) r.rest(f.data)
    return
  }
  const conforms = r.flag(f.conform)
  const enterprise = r.bits(f.enterprise, 31)
  if (conforms) {
    const format = r.u8(f.format)
    if (format === ipv4 && r.left === 4) r.ipv4(f.ipv4)
    else if (format === ipv6 && r.left === 16) r.ipv6(f.ipv6)
    else if (format === mac && r.left === 6) r.ether(f.mac)
    else if (format === text && r.left > 0) r.rest(f.text)
    else if (format === netSnmp && enterprise === netSnmpEnterprise && r.left === 8) {
      r.octets(f.data, 4)
      r.octets(f.time, 4)
    }
  }
  if (r.left > 0) r.rest(f.data)
}
