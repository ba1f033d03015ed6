import { expectedChecksum, verifySegment } from '../src/dissect/checksum.ts'
import { field, hex, secret } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { carp, looksLikeCarp } from './carp.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |Version| Type  | Virtual Rtr ID|   Priority    | Count IP Addrs|
// |   Auth Type   |   Adver Int   |          Checksum             |  version 2
// |(rsvd) |     Max Adver Int     |          Checksum             |  version 3
// |                       IP Address (1 … n)                      |
// |                 Authentication Data, 8 bytes                  |  version 2

const section = 'RFC 9568 §5.2'
const old = 'RFC 3768 §5.3'
/** What owns the address, and what gives up. */
const [owner, leaving] = [255, 0]

const f = {
  versionAndType: field('vrrp.typever', 'Version and type', {
    explain: 'Which layout follows, and what is said.',
    section,
    show: hex(2),
    parts: [
      [field('vrrp.version', 'Version', { explain: 'Version 2 is for IPv4 alone.', section }), 4],
      [
        field('vrrp.type', 'Type', {
          explain: 'Only the active router speaks; its silence is the signal.',
          section,
          values: { 1: 'Advertisement' },
        }),
        4,
      ],
    ],
  }),
  router: field('vrrp.virt_rtr_id', 'Virtual router ID', {
    explain: 'Which of the virtual routers on this link; it is the last byte of their MAC address, too.',
    section,
  }),
  priority: field('vrrp.prio', 'Priority', {
    explain: 'The highest one is the active router: 255 owns the addresses, 0 gives up at once.',
    meanings: {
      0: 'The active router leaves: another takes over at once and does not wait for silence.',
      100: 'The default of a router that does not own the addresses.',
      255: 'The addresses are this router’s own; while it lives, it is the active one.',
    },
    section,
    show: value => (value === owner ? 'owner (255)' : value === leaving ? 'gives up (0)' : String(value)),
  }),
  count: field('vrrp.addr_count', 'Count of addresses', {
    explain: 'How many addresses the virtual router has.',
    section,
  }),
  authenticationType: field('vrrp.auth_type', 'Authentication type', {
    explain: 'A password in clear, once; given up, since it kept nobody out.',
    meanings: {
      0: 'The only one left: RFC 3768 took the others out.',
      1: 'A password for all to read: it keeps apart groups that were mixed up, not attackers.',
      2: 'An AH was in front, with keys set by hand.',
    },
    section: old,
    values: { 0: 'No authentication', 1: 'Simple password', 2: 'IP Authentication Header' },
  }),
  interval: field('vrrp.adver_int', 'Advertisement interval', {
    explain: 'Seconds between advertisements. After three of them without one, another router takes over.',
    section: old,
    show: value => `${value} s`,
  }),
  reserved: field('vrrp.reserved_mbz', 'Reserved', { explain: 'Free for later use, sent as 0.', section }),
  shortInterval: field('vrrp.short_adver_int', 'Maximum advertisement interval', {
    explain:
      'Hundredths of a second between advertisements; three of them without one, and another router takes over.',
    section,
    show: value => `${value / 100} s (${value})`,
  }),
  checksum: field('vrrp.checksum', 'Checksum', {
    explain: 'Finds damage, and with version 3 addresses that were changed.',
    section,
    show: hex(4),
  }),
  address: field('vrrp.ip_addr', 'IP address', {
    type: 'ipv4',
    explain: 'An address that hosts use as their router, whichever machine answers to it.',
    section,
  }),
  address6: field('vrrp.ipv6_addr', 'IPv6 address', {
    type: 'ipv6',
    explain: 'An address of the virtual router; the first one is link-local.',
    section,
  }),
  password: field('vrrp.auth_string', 'Authentication string', {
    type: 'text',
    explain:
      'A password that all routers of the group share, sent as it is. It is masked here, so that nobody reads it in passing; the bytes have it.',
    section: 'RFC 2338 §5.3.10',
    read: secret,
  }),
  none: field('vrrp.auth_data', 'Authentication data', {
    type: 'bytes',
    explain: 'Room for the password, sent as 0 where there is none.',
    section: old,
  }),
  data: field('vrrp.data', 'Data', {
    type: 'bytes',
    explain: 'The content of a version that nobody specified.',
    section,
  }),
}

export const vrrp = protocol({
  id: 'vrrp',
  name: 'Virtual Router Redundancy Protocol',
  short: 'VRRP',
  reference: 'RFC 9568, RFC 5798, RFC 3768',
  about:
    'Several routers share one address: the active one tells the others that it lives, and one of them takes over when it falls silent. A gateway of a VPN moves so, and its peers do not notice.',
  fields: f,
  claims: [[ipProtocols, 112]],
  instead: r => (looksLikeCarp(r) ? carp : undefined),
  walk(r) {
    const version = r.u8(f.versionAndType) >> 4
    if (version < 2 || version > 3) {
      r.rest(f.data)
      return r.carry(undefined)
    }
    r.u8(f.router)
    r.u8(f.priority)
    const count = r.u8(f.count)
    const type = version === 2 ? walkTimes2(r) : walkTimes3(r)
    const checksum = r.u16(f.checksum)
    if (r.checking && r.whole && !r.excerpted) check(r, version, checksum)
    for (let i = 0; i < count; i++)
      if (version === 3 && r.addresses.size === 16) r.ipv6(f.address6)
      else r.ipv4(f.address)
    if (version === 2 && r.left > 0) walkAuthentication(r, type)
    return r.carry(undefined)
  },
  summary: v =>
    v.has(f.priority)
      ? `version ${versionOf(v)}, router ${v.number(f.router)}, priority ${v.show(f.priority)}${addressOf(v)}`
      : `version ${versionOf(v)}`,
  line: printVrrp,
})

function walkTimes2(r: Reader): number {
  const type = r.u8(f.authenticationType)
  r.u8(f.interval)
  return type
}

function walkTimes3(r: Reader): number {
  r.bits(f.reserved, 4)
  r.bits(f.shortInterval, 12)
  return 0
}

function walkAuthentication(r: Reader, type: number): void {
  if (type === 1) r.text(f.password, 8)
  else r.octets(f.none, 8)
}

/** RFC 5798 takes the addresses into the sum of version 3, RFC 9568 does so for IPv6 only: both are right over IPv4. */
function check(r: Reader, version: number, checksum: number): void {
  const plain = expectedChecksum(r, r.start, r.limit, checksum)
  if (version === 2 || (r.addresses.size === 4 && plain === checksum)) r.verify(f.checksum, checksum, plain)
  else verifySegment(r, f.checksum, 112, checksum)
}

const versionOf = (v: LayerView): number => v.number(f.versionAndType) >> 4

function addressOf(v: LayerView): string {
  const address = v.has(f.address6) ? f.address6 : f.address
  return v.has(address) ? `, ${v.show(address)}` : ''
}

function printVrrp(v: LayerView, line: Line): void {
  const { out } = line
  if (!v.has(f.priority)) {
    out.ascii('[|vrrp]')
    return
  }
  out.ascii('VRRPv').decimal(versionOf(v)).ascii('-advertise ').decimal(v.extent)
  out.ascii(': vrid=').decimal(v.number(f.router)).ascii(' prio=').decimal(v.number(f.priority))
}
