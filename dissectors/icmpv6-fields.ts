import { type Field, type FieldOptions, field, hex, seconds } from '../src/dissect/field.ts'
import { extendedEchoFields } from './extended-echo.ts'
import {
  extendedEchoMeanings,
  parameter6Meanings,
  registrationMeanings,
  rplMessageMeanings,
} from './numbers/icmp-code-meanings.ts'
import { icmpv6TypeMeanings } from './numbers/icmp-meanings.ts'
import { extendedEchoCodes } from './numbers/icmp-types.ts'
import {
  icmpv6Types,
  nodeQueryCodes,
  nodeReplyCodes,
  parameter6Codes,
  renumberingCodes,
  rplCodes,
  timeExceeded6Codes,
  unreachable6Codes,
} from './numbers/icmpv6-types.ts'

const unreachableLessons: Readonly<Record<number, string>> = {
  0: 'A router has no route to the destination.',
  1: 'A filter on the way forbids the packet and says so.',
  3: 'The last router does not reach the host: nobody answers its neighbour solicitations, or a tunnel is down.',
  4: 'The host is there, but no program listens on the port; traceroute takes it as arrival.',
}

const code = (section: string, options: Omit<FieldOptions<'uint'>, 'section'>): Field<'uint'> =>
  field('icmpv6.code', 'Code', { ...options, section })

/** The glossary of ICMPv6’s header, errors and echo; what else it carries has its own. */
export const f = {
  type: field('icmpv6.type', 'Type', {
    explain:
      'Says what kind of message this is. Below 128 it is an error and quotes the packet at fault; from 128 on it informs.',
    section: 'RFC 4443 §2.1',
    values: icmpv6Types,
    meanings: icmpv6TypeMeanings,
  }),
  code: field('icmpv6.code', 'Code', {
    explain: 'Narrows the type down. Types that have nothing to narrow down send 0.',
    section: 'RFC 4443 §2.1',
  }),
  unreachableCode: code('RFC 4443 §3.1', {
    explain: 'Says what could not be reached, and why, so that the sender can adapt.',
    values: unreachable6Codes,
    meanings: unreachableLessons,
  }),
  timeExceededCode: code('RFC 4443 §3.3', {
    explain:
      'Says which of two clocks ran out: the packet’s hops, or the receiver’s patience with fragments.',
    values: timeExceeded6Codes,
    meanings: {
      0: 'A router took the last hop off the hop limit. Traceroute provokes this on purpose; a routing loop does it by accident.',
      1: 'Not all fragments came in time, so the receiver threw away those it had.',
    },
  }),
  parameterCode: code('RFC 4443 §3.4', {
    explain: 'Says what the receiver could not make sense of; the pointer says where it is.',
    meanings: parameter6Meanings,
    values: parameter6Codes,
  }),
  renumberingCode: code('RFC 2894 §3.1', {
    explain: 'Tells an order to change prefixes from the account of what was changed.',
    values: renumberingCodes,
  }),
  queryCode: code('RFC 4620 §4', {
    explain: 'Says in which form the query names the node that it asks about.',
    values: nodeQueryCodes,
  }),
  replyCode: code('RFC 4620 §4', {
    explain: 'Tells whether the node answers the query.',
    values: nodeReplyCodes,
  }),
  rplCode: code('RFC 6550 §6', {
    explain: 'Says which of RPL’s messages this is; the first bit marks those that are secured.',
    meanings: rplMessageMeanings,
    values: rplCodes,
  }),
  extendedEchoCode: code('RFC 8335 §3', {
    explain: 'In a reply, tells whether the interface asked about exists and is unambiguous.',
    meanings: extendedEchoMeanings,
    values: extendedEchoCodes,
  }),
  checksum: field('icmpv6.checksum', 'Checksum', {
    explain:
      'Covers a pseudo header of addresses and the whole message: IPv6 has no header checksum, so this one guards the addresses too.',
    section: 'RFC 4443 §2.3',
    show: hex(4),
  }),
  reserved: field('icmpv6.reserved', 'Reserved', {
    type: 'bytes',
    explain: 'Kept free for later use; senders write 0 and receivers do not look.',
  }),
  length: field('icmpv6.length', 'Length', {
    explain:
      'How much of the failed packet is quoted, in 8-byte words. Extensions follow behind it; 0 means an old sender without any.',
    section: 'RFC 4884 §4.4',
    show: value => `${value * 8} bytes (${value})`,
  }),
  mtu: field('icmpv6.mtu', 'MTU', {
    explain:
      'The largest packet that passes the next link. IPv6 routers never cut packets, so the sender has to; where a firewall drops this message, connections hang.',
    section: 'RFC 4443 §3.2',
    show: value => `${value} bytes`,
  }),
  pointer: field('icmpv6.pointer', 'Pointer', {
    explain: 'The byte that the receiver stumbled over, counted from the first one of the quoted packet.',
    section: 'RFC 4443 §3.4',
  }),
  identifier: field('icmpv6.echo.identifier', 'Identifier', {
    explain:
      'Chosen by the sender and sent back unchanged, so that it finds its own replies; ping uses its process number.',
    section: 'RFC 4443 §4.1',
    show: hex(4),
  }),
  sequence: field('icmpv6.echo.sequence_number', 'Sequence number', {
    explain: 'Counts the requests up and comes back in the reply, so that losses and order show.',
    section: 'RFC 4443 §4.1',
  }),
  ...extendedEchoFields('icmpv6'),
  queryInterval: field('icmpv6.mcast_ra.query_interval', 'Query interval', {
    explain: 'How often the router asks who listens; it comes along so that all routers agree.',
    section: 'RFC 4286 §3.2',
    show: seconds,
  }),
  robustness: field('icmpv6.mcast_ra.robustness_variable', 'Robustness variable', {
    explain: 'How many losses of a message the router reckons with.',
    section: 'RFC 4286 §3.2',
  }),
  locatorCount: field('icmpv6.ilnp.nb_locs', 'Num of locs', {
    explain: 'How many locators, that is networks in which the node can be reached now, the message lists.',
    section: 'RFC 6743 §3',
  }),
  operation: field('icmpv6.ilnp.operation', 'Operation', {
    explain: 'Tells an announcement (1) from its confirmation (2).',
    section: 'RFC 6743 §3',
  }),
  locator: field('icmpv6.ilnp.nb_locator', 'Locator', {
    explain: 'Names a network where the node can be reached now.',
    section: 'RFC 6743 §3',
  }),
  preference: field('icmpv6.ilnp.nb_preference', 'Preference', {
    explain: 'Which of the locators to use first: the lowest.',
    section: 'RFC 6743 §3',
  }),
  locatorLifetime: field('icmpv6.ilnp.nb_lifetime', 'Lifetime', {
    explain: 'How many seconds the locator may be used before it is to be told again.',
    section: 'RFC 6743 §3',
    show: seconds,
  }),
  duplicateStatus: field('icmpv6.6lowpannd.da.status', 'Status', {
    explain: 'In a confirmation, tells whether somebody else has the address already.',
    section: 'RFC 6775 §4.4',
    meanings: registrationMeanings,
    values: { 0: 'Success', 1: 'Duplicate address', 2: 'Neighbor cache full' },
  }),
  duplicateReserved: field('icmpv6.6lowpannd.da.rsv', 'Reserved', {
    explain: 'Kept free for later use; has to be 0.',
    section: 'RFC 6775 §4.4',
  }),
  duplicateLifetime: field('icmpv6.6lowpannd.da.lifetime', 'Registration lifetime', {
    explain: 'How long the address is registered, in minutes.',
    section: 'RFC 6775 §4.4',
    show: value => `${value} minutes`,
  }),
  duplicateEui: field('icmpv6.6lowpannd.da.eui64', 'EUI-64', {
    type: 'bytes',
    explain: 'Tells apart the nodes that want the same address.',
    section: 'RFC 6775 §4.4',
  }),
  duplicateAddress: field('icmpv6.6lowpannd.da.reg_addr', 'Registered address', {
    type: 'ipv6',
    explain: 'The address that a node wants to have for itself.',
    section: 'RFC 6775 §4.4',
  }),
  data: field('icmpv6.data', 'Data', {
    type: 'bytes',
    explain: 'The rest of a message whose type has no layout here.',
  }),
}

/** The code field of each type: its names depend on it. */
export const codes: readonly (Field<'uint'> | undefined)[] = (() => {
  const table: (Field<'uint'> | undefined)[] = new Array(256).fill(undefined)
  table[1] = f.unreachableCode
  table[3] = f.timeExceededCode
  table[4] = f.parameterCode
  table[138] = f.renumberingCode
  table[139] = f.queryCode
  table[140] = f.replyCode
  table[155] = f.rplCode
  table[160] = table[161] = f.extendedEchoCode
  return table
})()
