import { type Field, field, hex, seconds } from '../src/dissect/field.ts'
import { longTime } from './durations.ts'
import { preferences } from './icmpv6-option-fields.ts'
import { preferenceMeanings } from './numbers/icmp-code-meanings.ts'

const flag = (name: string, label: string, section: string, explain: string): Field<'flag'> =>
  field(`icmpv6.${name}`, label, { type: 'flag', section, explain })
const reserved = (name: string, section: string) =>
  field(`icmpv6.${name}`, 'Reserved', { section, explain: 'Kept free for later use; has to be 0.' })
const milliseconds = (value: number) => (value === 0 ? 'unspecified (0)' : `${value} ms`)

const router = 'RFC 4861 §4.2'
const neighbour = 'RFC 4861 §4.4'
const mobile = 'RFC 6275 §6.8'
const fast = 'RFC 5568 §6.1'

const raFlags = {
  managed: flag(
    'nd.ra.flag.m',
    'Managed address configuration',
    router,
    'Set: hosts get their addresses from DHCPv6. Some cannot, such as many with Android, which only make their own.',
  ),
  other: flag(
    'nd.ra.flag.o',
    'Other configuration',
    router,
    'Set: hosts ask DHCPv6 for the rest, such as name servers.',
  ),
  homeAgent: flag(
    'nd.ra.flag.h',
    'Home agent',
    'RFC 6275 §7.1',
    'Set: the router forwards packets to hosts that are away.',
  ),
  preference: field('icmpv6.nd.ra.flag.prf', 'Default router preference', {
    section: 'RFC 4191 §2.2',
    explain: 'Which router to take when several offer themselves.',
    meanings: preferenceMeanings,
    values: preferences,
  }),
  proxy: flag(
    'nd.ra.flag.p',
    'Proxy',
    'RFC 4389 §4.1.3.3',
    'Set: a bridge of routers passed the message on; it is not passed on twice.',
  ),
  reserved: reserved('nd.ra.flag.rsv', router),
}
const naFlags = {
  router: flag(
    'nd.na.flag.r',
    'Router',
    neighbour,
    'Set: the sender is a router. When it is cleared later, hosts drop their routes through it.',
  ),
  solicited: flag(
    'nd.na.flag.s',
    'Solicited',
    neighbour,
    'Set: this answers a solicitation, which proves that packets go both ways.',
  ),
  override: flag(
    'nd.na.flag.o',
    'Override',
    neighbour,
    'Set: replace what the neighbour cache says. Forged ones take addresses over.',
  ),
  reserved: reserved('nd.na.flag.rsv', neighbour),
}

/** The glossary of neighbour discovery’s messages and of those built on it; options have their own. */
export const n = {
  reserved: field('icmpv6.reserved', 'Reserved', {
    type: 'bytes',
    section: 'RFC 4861 §4',
    explain: 'Kept free for later use; senders write 0 and receivers do not look.',
  }),
  hopLimit: field('icmpv6.nd.ra.cur_hop_limit', 'Cur hop limit', {
    section: router,
    explain: 'The hop limit that hosts are to put into their packets; 0 leaves it to them.',
  }),
  raFlags: field('icmpv6.nd.ra.flag', 'Flags', {
    section: router,
    explain: 'How hosts get addresses here, and what the router is.',
    show: hex(2),
    parts: [
      [raFlags.managed, 1],
      [raFlags.other, 1],
      [raFlags.homeAgent, 1],
      [raFlags.preference, 2],
      [raFlags.proxy, 1],
      [raFlags.reserved, 2],
    ],
  }),
  managed: raFlags.managed,
  other: raFlags.other,
  preference: raFlags.preference,
  routerLifetime: field('icmpv6.nd.ra.router_lifetime', 'Router lifetime', {
    section: router,
    explain: 'How long hosts may send everything through this router; 0: it is no default router.',
    here: longTime,
    show: seconds,
  }),
  reachable: field('icmpv6.nd.ra.reachable_time', 'Reachable time', {
    section: router,
    explain: 'How long a neighbour counts as reachable after it was heard of.',
    show: milliseconds,
  }),
  retransmit: field('icmpv6.nd.ra.retrans_timer', 'Retrans timer', {
    section: router,
    explain: 'How long to wait between neighbour solicitations.',
    show: milliseconds,
  }),
  soughtTarget: field('icmpv6.nd.ns.target_address', 'Target address', {
    type: 'ipv6',
    section: 'RFC 4861 §4.3',
    explain:
      'Whose link-layer address is wanted: who has it is to answer. A host that asks for its own looks for duplicates.',
  }),
  naFlags: field('icmpv6.nd.na.flag', 'Flags', {
    section: neighbour,
    explain: 'Who answers, whether it was asked, and how firmly it says so.',
    show: hex(8),
    parts: [
      [naFlags.router, 1],
      [naFlags.solicited, 1],
      [naFlags.override, 1],
      [naFlags.reserved, 29],
    ],
  }),
  isRouter: naFlags.router,
  solicited: naFlags.solicited,
  override: naFlags.override,
  target: field('icmpv6.nd.na.target_address', 'Target address', {
    type: 'ipv6',
    section: neighbour,
    explain: 'The address whose link-layer address the option tells.',
  }),
  nextHop: field('icmpv6.nd.rd.target_address', 'Target address', {
    type: 'ipv6',
    section: 'RFC 4861 §4.5',
    explain: 'The better next hop on this link; the destination itself when it is a neighbour.',
  }),
  destination: field('icmpv6.rd.na.destination_address', 'Destination address', {
    type: 'ipv6',
    section: 'RFC 4861 §4.5',
    explain: 'Packets to here are to take the better next hop.',
  }),
  mobileIdentifier: field('icmpv6.mip6.identifier', 'Identifier', {
    section: mobile,
    explain: 'Comes back in the reply, so that it is known which request it answers.',
    show: hex(4),
  }),
  homeAgent: field('icmpv6.mip6.home_agent_address', 'Home agent address', {
    type: 'ipv6',
    section: 'RFC 6275 §6.6',
    explain: 'A router at home that forwards packets to the host on the move.',
  }),
  mobileFlags: field('icmpv6.mip6.flag', 'Flags', {
    section: mobile,
    explain: 'How hosts get addresses at home.',
    show: hex(4),
    parts: [
      [flag('mip6.flag.m', 'Managed address configuration', mobile, 'Set: addresses come from DHCPv6.'), 1],
      [flag('mip6.flag.o', 'Other configuration', mobile, 'Set: the rest comes from DHCPv6.'), 1],
      [reserved('mip6.flag.rsv', mobile), 14],
    ],
  }),
  pathIdentifier: field('icmpv6.send.identifier', 'Identifier', {
    section: 'RFC 3971 §6.4.1',
    explain: 'Comes back in the answer, so that it is known which request it answers.',
  }),
  allComponents: field('icmpv6.send.all_components', 'All components', {
    section: 'RFC 3971 §6.4.2',
    explain: 'How many certificates the whole path has; each comes in a message of its own.',
  }),
  component: field('icmpv6.send.component', 'Component', {
    section: 'RFC 3971 §6.4.1',
    explain: 'Which certificate of the path this is about; 65535 asks for all.',
  }),
  subtype: field('icmpv6.fmip6.subtype', 'Subtype', {
    section: fast,
    explain: 'Says which message of a fast handover this is.',
    values: {
      2: 'Router solicitation for proxy advertisement',
      3: 'Proxy router advertisement',
      4: 'Handover initiate',
      5: 'Handover acknowledge',
    },
  }),
  handoverFlags: field('icmpv6.fmip6.hi.flag', 'Flags', {
    section: 'RFC 5268 §6.2.1',
    explain: 'What the new router is to do for the host that arrives.',
    show: hex(2),
    parts: [
      [
        flag(
          'fmip6.hi.flag.s',
          'Assigned address configuration',
          fast,
          'Set: the new router is asked for an address.',
        ),
        1,
      ],
      [
        flag(
          'fmip6.hi.flag.a',
          'Buffer',
          fast,
          'Set: the new router is to keep packets until the host is there.',
        ),
        1,
      ],
      [reserved('fmip6.hi.flag.reserved', fast), 6],
    ],
  }),
  fastIdentifier: field('icmpv6.fmip6.identifier', 'Identifier', {
    section: fast,
    explain: 'Comes back in the answer, so that it is known which message it answers.',
    show: hex(4),
  }),
}
