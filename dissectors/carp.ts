import { block } from '../src/dissect/block.ts'
import { expectedChecksum } from '../src/dissect/checksum.ts'
import { field, hex, words } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |Version| Type  | VirtualHostID |    AdvSkew    |    Auth Len   |
// |    Demotion   |     AdvBase   |          Checksum             |
// |                         Counter (64)                          |
// |                   SHA-1 HMAC, 20 bytes                        |

const version = field('carp.version', 'Version', {
  explain: 'Always 2, the number that VRRP had at the time, with which CARP shares its place in IP.',
})
const type = field('carp.type', 'Type', {
  explain: 'The master tells that it lives; nothing else is ever said.',
  values: { 1: 'Advertisement' },
})

const f = {
  versionAndType: field('carp.typever', 'Version and type', {
    explain: 'The same byte as in VRRP, which had it first.',
    show: hex(2),
    parts: [
      [version, 4],
      [type, 4],
    ],
  }),
  host: field('carp.vhid', 'Virtual host ID', {
    explain: 'Which group of hosts shares an address; it is the last byte of their MAC address, too.',
  }),
  skew: field('carp.advskew', 'Advertisement skew', {
    explain: '256ths of a second that are added to the interval: who speaks most often is the master.',
    meanings: {
      0: 'Nothing is added: the host means to be the master.',
      240: 'As much as a host adds that would rather not be the master, as after a fault.',
    },
  }),
  length: field('carp.authlen', 'Authentication length', {
    explain: 'Words of 32 bits that counter and digest take: 7, which tells CARP from VRRP.',
    show: words(4),
  }),
  demotion: field('carp.demotion', 'Demotion counter', {
    explain: 'How unfit the host is, say because a link is down: the least unfit one becomes the master.',
    meanings: { 0: 'Nothing is wrong with the host.' },
  }),
  base: field('carp.adver_int', 'Advertisement base', {
    explain: 'Seconds between advertisements. After three of them without one, a backup takes over.',
    show: value => `${value} s`,
  }),
  checksum: field('carp.checksum', 'Checksum', {
    explain: 'Covers the message; damage on the way is found by it, forgery is not.',
    show: hex(4),
  }),
  counter: field('carp.counter', 'Counter', {
    explain: 'Goes up with every advertisement, so that an old one is of no use to anybody else.',
    show: hex(16),
  }),
  digest: field('carp.hmac', 'HMAC', {
    type: 'bytes',
    explain:
      'SHA-1 over the group, its addresses and the counter, made with the shared password: only those who know it can become the master. The addresses themselves are not in the packet.',
  }),
}

const header = block(
  [f.versionAndType, 8],
  [f.host, 8],
  [f.skew, 8],
  [f.length, 8],
  [f.demotion, 8],
  [f.base, 8],
  [f.checksum, 16],
  [f.counter, 64],
  [f.digest, 160],
)

const advertisement = 0x21
const [messageLength, authenticationWords] = [36, 7]

/** VRRP shares number, version and type; with 7 addresses, as it would say in the place of the length, it has 44 bytes. */
export const looksLikeCarp = (r: Reader): boolean =>
  r.left === messageLength && r.peek() === advertisement && r.peek(3) === authenticationWords

export const carp = protocol({
  id: 'carp',
  name: 'Common Address Redundancy Protocol',
  short: 'CARP',
  reference: 'OpenBSD carp(4), netinet/ip_carp.h',
  about:
    'Several hosts share one address, and one of them answers to it. OpenBSD’s answer to VRRP, with a proof of who is speaking; with pfsync and sasyncd gateways of a VPN replace each other.',
  fields: f,
  claims: [],
  walk(r) {
    r.block(header)
    if (r.checking && r.whole && !r.excerpted) {
      const checksum = r.of(f.checksum)
      r.verify(f.checksum, checksum, expectedChecksum(r, r.start, r.limit, checksum))
    }
    return r.carry(undefined)
  },
  summary: v =>
    `host ${v.number(f.host)}, every ${v.number(f.base)} s, skew ${v.number(f.skew)}, demotion ${v.number(f.demotion)}`,
  line: printCarp,
})

function printCarp(v: LayerView, line: Line): void {
  const { out } = line
  if (!v.has(f.base)) {
    out.ascii('[|carp]')
    return
  }
  out.ascii('CARPv').decimal(v.number(version)).ascii('-advertise ').decimal(v.extent)
  out.ascii(': vhid=').decimal(v.number(f.host)).ascii(' advbase=').decimal(v.number(f.base))
  out.ascii(' advskew=').decimal(v.number(f.skew)).ascii(' demote=').decimal(v.number(f.demotion))
}
