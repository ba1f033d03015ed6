import { field, hex } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { udpPorts } from './numbers/ports.ts'
import { ripCommandMeanings } from './numbers/routing-meanings.ts'
import { reservedBytes } from './reserved.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |  command (1)  |  version (1)  |       must be zero (2)        |
// and as often as it fits
// |                        IPv6 prefix (16)                       |
// |         route tag (2)         | prefix len (1)|  metric (1)   |

const commands: Readonly<Record<number, string>> = { 1: 'Request', 2: 'Response' }
const section = 'RFC 2080 §2.1'
const [infinity, isNextHop] = [16, 255]

const f = {
  command: field('ripng.cmd', 'Command', {
    explain: 'Whether routes are asked for or told.',
    section,
    meanings: ripCommandMeanings,
    values: commands,
  }),
  version: field('ripng.version', 'Version', {
    explain: 'RIPng counts anew: 1, although it carries what version 2 of RIP does for IPv4.',
    section,
  }),
  zero: field('ripng.reserved', 'Must be zero', {
    type: 'bytes',
    explain: 'A word behind version and command that was kept for later; sent as 0.',
    section,
  }),
  entry: field('ripng.rte', 'Route table entry', {
    type: 'group',
    explain: 'A network and how far it is, or the next hop of those behind it.',
    section,
  }),
  prefix: field('ripng.rte.ipv6_prefix', 'IPv6 prefix', {
    type: 'ipv6',
    explain: 'The network that can be reached; where the metric is 255, the router to send to.',
    section: 'RFC 2080 §2.1.1',
  }),
  tag: field('ripng.rte.route_tag', 'Route tag', {
    explain: 'A mark for routes that another protocol brought here.',
    section,
    show: hex(4),
  }),
  length: field('ripng.rte.prefix_length', 'Prefix length', {
    explain: 'Bits of the prefix that count.',
    section,
  }),
  metric: field('ripng.rte.metric', 'Metric', {
    explain:
      'Routers on the way there; 16 says that the network cannot be reached, 255 that this is no route.',
    meanings: {
      1: 'The network is directly at the sender.',
      16: 'The network is gone: this is told, so that neighbours need not wait for silence.',
      255: 'No network, but the router to which the networks that follow are to be sent.',
    },
    section,
    show: value =>
      value === infinity ? 'unreachable (16)' : value === isNextHop ? 'next hop (255)' : String(value),
  }),
}

export const ripng = protocol({
  id: 'ripng',
  name: 'Routing Information Protocol next generation',
  short: 'RIPng',
  reference: 'RFC 2080',
  about: 'RIP for IPv6: neighbours tell each other how far away networks are. IPsec was meant to protect it.',
  fields: f,
  claims: [[udpPorts, 521]],
  walk(r) {
    r.u8(f.command)
    r.u8(f.version)
    reservedBytes(r, f.zero, 2)
    while (r.more()) walkEntry(r)
    return r.carry(undefined)
  },
  summary: summarize,
})

function walkEntry(r: Reader): void {
  r.open(f.entry)
  r.ipv6(f.prefix)
  r.u16(f.tag)
  const length = r.u8(f.length)
  if (r.checking && length > 128) r.noteField('warning', 'An address of IPv6 has 128 bits')
  r.u8(f.metric)
  r.close()
}

function summarize(v: LayerView): string {
  const command = v.number(f.command)
  let routes = 0
  for (let at = v.at(f.metric); at >= 0; at = v.at(f.metric, at))
    if (v.found.values[at] !== isNextHop) routes++
  const name = (commands[command] ?? `command ${command}`).toLowerCase()
  return `${name}, ${routes === 1 ? '1 route' : `${routes} routes`}`
}
