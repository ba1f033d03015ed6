import { bytes, field, hex } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { selectorMeanings } from './numbers/ike-meanings.ts'
import { selectorTypes } from './numbers/ikev2.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// | Number of TSs |                 RESERVED                      |
// ~                       <Traffic Selectors>                     ~
//
// |   TS Type     |IP Protocol ID*|       Selector Length         |
// |           Start Port*         |           End Port*           |
// ~                         Starting Address*                     ~
// ~                         Ending Address*                       ~

const payload = 'RFC 7296 §3.13'
const section = 'RFC 7296 §3.13.1'

const portText = (port: number): string => (port === 0 ? '0 (from the first one on)' : String(port))

export const selectorFields = {
  count: field('isakmp.ts.number', 'Number of TSs', {
    explain: 'How many selectors follow. A packet may use the tunnel if any one of them fits.',
    section: payload,
  }),
  reserved: field('isakmp.reserved', 'Reserved', {
    explain: 'Free for later use: sent as 0, ignored by receivers.',
    section: payload,
    show: hex(6),
  }),
  selector: field('isakmp.ts.data', 'Traffic selector', {
    type: 'group',
    explain:
      'A range of addresses, ports and protocols. The responder may take less than what the initiator asks for.',
    section,
  }),
  type: field('isakmp.ts.type', 'TS type', {
    explain: 'What the selector compares: IPv4 addresses, IPv6 addresses, or something else.',
    section,
    values: selectorTypes,
    meanings: selectorMeanings,
  }),
  protocol: field('isakmp.ts.protoid', 'IP protocol ID', {
    explain: 'The IP protocol that may pass; 0 lets every one pass.',
    section,
    values: { ...ipProtocols.names, 0: 'any' },
  }),
  length: field('isakmp.ts.selector_length', 'Selector length', {
    explain:
      'Bytes of this selector with the four in front of it: 16 for a range of IPv4 addresses, 40 for IPv6.',
    section,
    show: bytes,
  }),
  startPort: field('isakmp.ts.start_port', 'Start port', {
    explain:
      'The first port that may pass; 0 to 65535 stands for all, and for protocols without ports. ICMP has its type and code here.',
    section,
    show: portText,
  }),
  endPort: field('isakmp.ts.end_port', 'End port', {
    explain:
      'The last port that may pass. From 65535 to 0 means that ports must not be visible, as in later fragments.',
    section,
  }),
  startIpv4: field('isakmp.ts.start_ipv4', 'Starting address', {
    type: 'ipv4',
    explain: 'The first address of the range; with the last one it often spans a whole network.',
    section,
  }),
  endIpv4: field('isakmp.ts.end_ipv4', 'Ending address', {
    type: 'ipv4',
    explain: 'The last address of the range, itself included.',
    section,
  }),
  startIpv6: field('isakmp.ts.start_ipv6', 'Starting address', {
    type: 'ipv6',
    explain: 'The first address of the range; with the last one it often spans a whole network.',
    section,
  }),
  endIpv6: field('isakmp.ts.end_ipv6', 'Ending address', {
    type: 'ipv6',
    explain: 'The last address of the range, itself included.',
    section,
  }),
  unused: field('isakmp.reserved', 'Reserved', {
    explain: 'A byte without use in selectors for Fibre Channel; sent as 0.',
    section: 'RFC 4595 §4.4',
    show: hex(2),
  }),
  startFibre: field('isakmp.ts.start_fc', 'Starting address', {
    explain: 'The first Fibre Channel address that may pass.',
    section: 'RFC 4595 §4.4',
    show: hex(6),
  }),
  endFibre: field('isakmp.ts.end_fc', 'Ending address', {
    explain: 'The last Fibre Channel address that may pass.',
    section: 'RFC 4595 §4.4',
    show: hex(6),
  }),
  startRoutingControl: field('isakmp.ts.start_r_ctl', 'Starting R_CTL', {
    explain: 'The first routing control value that may pass.',
    section: 'RFC 4595 §4.4',
  }),
  endRoutingControl: field('isakmp.ts.end_r_ctl', 'Ending R_CTL', {
    explain: 'The last routing control value that may pass.',
    section: 'RFC 4595 §4.4',
  }),
  startType: field('isakmp.ts.start_type', 'Starting type', {
    explain: 'The first Fibre Channel type that may pass.',
    section: 'RFC 4595 §4.4',
  }),
  endType: field('isakmp.ts.end_type', 'Ending type', {
    explain: 'The last Fibre Channel type that may pass.',
    section: 'RFC 4595 §4.4',
  }),
  label: field('isakmp.ts.label', 'Security label', {
    type: 'bytes',
    explain: 'The label that packets carry inside the operating system, as with SELinux.',
    section: 'RFC 9478 §2.2',
  }),
  other: field('isakmp.ts.other', 'Selector data', {
    type: 'bytes',
    explain: 'What a selector of a type that is not known here compares.',
    section,
  }),
}

const f = selectorFields
const ipv4Range = 7
const ipv6Range = 8
const fibreRange = 9
const securityLabel = 10

/** Reads a payload of traffic selectors, of either side. */
export function walkSelectors(r: Reader): void {
  const count = r.u8(f.count)
  r.u24(f.reserved)
  let found = 0
  while (r.more()) {
    walkSelector(r)
    found++
  }
  if (r.checking && found !== count)
    r.note('error', `The payload says that it has ${count} selectors, and has ${found}`)
}

function walkSelector(r: Reader): void {
  r.open(f.selector)
  const type = r.u8(f.type)
  if (type === ipv4Range || type === ipv6Range) walkRange(r, type)
  else {
    r.u8(f.unused)
    r.claim(r.u16(f.length), f.length)
    if (type === fibreRange) walkFibre(r)
    else r.rest(type === securityLabel ? f.label : f.other)
  }
  r.close()
}

function walkRange(r: Reader, type: number): void {
  r.u8(f.protocol)
  r.claim(r.u16(f.length), f.length)
  r.u16(f.startPort)
  r.u16(f.endPort)
  if (type === ipv4Range) {
    r.ipv4(f.startIpv4)
    r.ipv4(f.endIpv4)
  } else {
    r.ipv6(f.startIpv6)
    r.ipv6(f.endIpv6)
  }
}

function walkFibre(r: Reader): void {
  r.u8(f.unused)
  r.u24(f.startFibre)
  r.u8(f.unused)
  r.u24(f.endFibre)
  r.u8(f.startRoutingControl)
  r.u8(f.endRoutingControl)
  r.u8(f.startType)
  r.u8(f.endType)
}
