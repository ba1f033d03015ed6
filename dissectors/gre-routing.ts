import { bytes, field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |       Address Family          |  SRE Offset   |  SRE Length   |
// |                        Routing Information …                  |

/** Address families of source routes (RFC 1702 §2). */
export const routeFamily = { ip: 0x0800, autonomousSystem: 0xfffe } as const

export const routingFields = {
  entry: field('gre.routing', 'Source route entry', {
    type: 'group',
    explain: 'A list of places that the packet has to pass, in order. The last entry is empty.',
    section: 'RFC 1701',
  }),
  family: field('gre.routing.address_family', 'Address family', {
    explain:
      'What the list is made of: IPv4 addresses or numbers of autonomous systems. 0 with no list ends the routing.',
    section: 'RFC 1701',
    values: { 0: 'none', 2048: 'IPv4', 65534: 'autonomous system' },
  }),
  entryOffset: field('gre.routing.sre_offset', 'SRE offset', {
    explain:
      'Bytes of the list that are used up: it points to the place to go to next, and whoever passes it on moves it forward.',
    section: 'RFC 1701',
    show: bytes,
  }),
  entryLength: field('gre.routing.src_length', 'SRE length', {
    explain: 'Bytes of the list in this entry.',
    section: 'RFC 1701',
    show: bytes,
  }),
  information: field('gre.routing.information', 'Routing information', {
    type: 'bytes',
    explain: 'The list, in a form that only the address family knows.',
    section: 'RFC 1701',
  }),
  addresses: field('gre.routing.addresses', 'Routing information', {
    type: 'group',
    explain: 'Addresses of the routers that the packet has to pass, in order.',
    section: 'RFC 1702 §2',
  }),
  address: field('gre.routing.address', 'Router', {
    type: 'ipv4',
    explain: 'A router that the packet has to pass. The one at the SRE offset is next.',
    section: 'RFC 1702 §2',
  }),
  systems: field('gre.routing.systems', 'Routing information', {
    type: 'group',
    explain: 'The autonomous systems that the packet has to pass.',
    section: 'RFC 1702 §2',
  }),
  system: field('gre.routing.system', 'Autonomous system', {
    explain: 'An autonomous system that the packet has to pass. The one at the SRE offset is next.',
    section: 'RFC 1702 §2',
  }),
}

const f = routingFields

/** Reads source routes up to the empty one that ends them. */
export function walkRouting(r: Reader): void {
  let family: number
  let length: number
  do {
    r.open(f.entry)
    family = r.u16(f.family)
    const offset = r.u8(f.entryOffset)
    length = r.u8(f.entryLength)
    r.claim(4 + length, f.entryLength)
    if (r.checking && offset > length)
      r.note('warning', `SRE offset ${offset} points behind the ${length} bytes of its list`)
    if (length > 0) walkList(r, family, length)
    r.close()
  } while (family !== 0 || length !== 0)
}

function walkList(r: Reader, family: number, length: number): void {
  if (family === routeFamily.ip) {
    r.open(f.addresses, length)
    while (r.left >= 4) r.ipv4(f.address)
    r.close()
  } else if (family === routeFamily.autonomousSystem) {
    r.open(f.systems, length)
    while (r.left >= 2) r.u16(f.system)
    r.close()
  } else r.octets(f.information, length)
}
