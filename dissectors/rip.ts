import { bytes, field, secret } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { udpPorts } from './numbers/ports.ts'
import { ripCommandMeanings } from './numbers/routing-meanings.ts'
import { reservedBytes } from './reserved.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |  command (1)  |  version (1)  |       must be zero (2)        |
// and up to 25 times
// | Address Family Identifier (2) |        Route Tag (2)          |  version 1: zero
// |                         IP Address (4)                        |
// |                         Subnet Mask (4)                       |  version 1: zero
// |                         Next Hop (4)                          |  version 1: zero
// |                         Metric (4)                            |
// or
// |             0xFFFF            |   Authentication Type (2)     |
// |                       Authentication (16)                     |

const commands: Readonly<Record<number, string>> = { 1: 'Request', 2: 'Response' }
const entrySection = 'RFC 2453 §4'
const digestSection = 'RFC 4822 §2.1'

const f = {
  command: field('rip.command', 'Command', {
    explain: 'Routes are asked for, or told; every 30 seconds all of them, asked for or not.',
    section: 'RFC 2453 §3.6',
    meanings: ripCommandMeanings,
    values: commands,
  }),
  version: field('rip.version', 'Version', {
    explain: 'Version 1 knows no masks: each network has the size of its old class.',
    meanings: {
      1: 'Version 1, to everyone by broadcast and without proof.',
      2: 'Version 2, with masks and, if wanted, a proof of who sends.',
    },
    section: 'RFC 2453 §4',
  }),
  zero: field('rip.zero_padding', 'Must be zero', {
    type: 'bytes',
    explain: 'Has no meaning in this version.',
    section: 'RFC 2453 §3.6',
  }),
  entry: field('rip.entry', 'Route entry', {
    type: 'group',
    explain: 'One network, and how far it is.',
    section: entrySection,
  }),
  family: field('rip.family', 'Address family', {
    explain:
      'Which kind of address follows. 0 in a request asks for the whole table; 65535 says that this is no route but a proof of who sends them.',
    section: entrySection,
    values: { 0: 'Unspecified', 2: 'IP', 65535: 'Authentication' },
  }),
  tag: field('rip.route_tag', 'Route tag', {
    explain: 'A mark for routes that came from elsewhere, often the number of an autonomous system.',
    section: 'RFC 2453 §4.2',
  }),
  address: field('rip.ip', 'IP address', {
    type: 'ipv4',
    explain: 'The network that can be reached; 0.0.0.0 stands for all others.',
    section: entrySection,
  }),
  mask: field('rip.netmask', 'Subnet mask', {
    type: 'ipv4',
    explain: 'How much of the address is the network.',
    section: 'RFC 2453 §4.3',
  }),
  nextHop: field('rip.next_hop', 'Next hop', {
    type: 'ipv4',
    explain: 'Whom to send packets for the network to; 0.0.0.0: the sender.',
    section: 'RFC 2453 §4.4',
  }),
  metric: field('rip.metric', 'Metric', {
    explain: 'Routers on the way there. 16 says that there is none, which limits networks to 15 hops.',
    meanings: {
      1: 'The network is directly at the sender.',
      16: 'The network is gone: this is told, so that neighbours need not wait for silence.',
    },
    section: 'RFC 2453 §3.6',
    show: value => (value === 16 ? 'unreachable (16)' : String(value)),
  }),
  authenticationType: field('rip.auth.type', 'Authentication type', {
    explain: 'How the sender proves who it is.',
    section: 'RFC 2453 §4.1',
    values: { 1: 'Digest', 2: 'Simple password', 3: 'Keyed digest' },
  }),
  password: field('rip.auth.passwd', 'Password', {
    type: 'text',
    explain:
      'The password as it is, for everyone on the network to read. It is masked here, so that nobody reads it in passing; the bytes have it.',
    section: 'RFC 2453 §4.1',
    read: secret,
  }),
  digestOffset: field('rip.digest_offset', 'Digest offset', {
    explain: 'Bytes of the packet in front of the digest.',
    section: digestSection,
    show: bytes,
  }),
  keyId: field('rip.key_id', 'Key ID', {
    explain: 'Which of the shared keys was used.',
    section: digestSection,
  }),
  digestLength: field('rip.auth_data_len', 'Authentication data length', {
    explain: 'Bytes of the digest; some count the four in front of it.',
    section: digestSection,
    show: bytes,
  }),
  sequence: field('rip.seq_num', 'Sequence number', {
    explain: 'Never goes down, so that old packets cannot be sent again.',
    section: digestSection,
  }),
  digest: field('rip.authentication_data', 'Authentication data', {
    type: 'bytes',
    explain: 'The digest over the packet and the key: MD5 first, SHA later.',
    section: digestSection,
  }),
  data: field('rip.authentication', 'Authentication', {
    type: 'bytes',
    explain: 'A proof of a kind that is not known here.',
    section: 'RFC 2453 §4.1',
  }),
}

const authentication = 0xffff
const [digest, password, keyed] = [1, 2, 3]

export const rip = protocol({
  id: 'rip',
  name: 'Routing Information Protocol',
  short: 'RIP',
  reference: 'RFC 2453, RFC 1058, RFC 4822',
  about:
    'Routers tell their neighbours which networks they reach and how far away these are; each believes the shortest way it hears of.',
  fields: f,
  claims: [[udpPorts, 520]],
  walk(r) {
    r.u8(f.command)
    const version = r.u8(f.version)
    reservedBytes(r, f.zero, 2)
    while (r.more()) walkEntry(r, version)
    return r.carry(undefined)
  },
  summary: summarize,
})

function walkEntry(r: Reader, version: number): void {
  r.open(f.entry)
  const family = r.u16(f.family)
  if (family === authentication && version > 1) walkAuthentication(r)
  else {
    if (version > 1) r.u16(f.tag)
    else reservedBytes(r, f.zero, 2)
    r.ipv4(f.address)
    if (version > 1) {
      r.ipv4(f.mask)
      r.ipv4(f.nextHop)
    } else reservedBytes(r, f.zero, 8)
    r.u32(f.metric)
  }
  r.close()
}

function walkAuthentication(r: Reader): void {
  const type = r.u16(f.authenticationType)
  if (type === digest) r.rest(f.digest)
  else if (type === password) {
    r.text(f.password, 16)
    r.note('warning', 'The password crosses the network as it is')
  } else if (type === keyed) {
    r.u16(f.digestOffset)
    r.u8(f.keyId)
    r.u8(f.digestLength)
    r.u32(f.sequence)
    reservedBytes(r, f.zero, 8)
  } else r.octets(f.data, 16)
}

function summarize(v: LayerView): string {
  const command = v.number(f.command)
  const name = (commands[command] ?? `command ${command}`).toLowerCase()
  const routes = countOf(v)
  return `version ${v.number(f.version)}, ${name}, ${routes === 1 ? '1 route' : `${routes} routes`}`
}

function countOf(v: LayerView): number {
  let count = 0
  for (let at = v.at(f.metric); at >= 0; at = v.at(f.metric, at)) count++
  return count
}
