import { type Field, type FieldOptions, field, hex, seconds } from '../src/dissect/field.ts'
import { extendedEchoFields } from './extended-echo.ts'
import {
  extendedEchoMeanings,
  ipsecFailureMeanings,
  parameterMeanings,
  redirectMeanings,
} from './numbers/icmp-code-meanings.ts'
import { icmpTypeMeanings } from './numbers/icmp-meanings.ts'
import {
  advertisementCodes,
  conversionCodes,
  extendedEchoCodes,
  icmpTypes,
  parameterCodes,
  photurisCodes,
  redirectCodes,
  timeExceededCodes,
  tracerouteCodes,
  unreachableCodes,
} from './numbers/icmp-types.ts'

/** Milliseconds since midnight UT; the first bit marks a clock that counts otherwise (RFC 792). */
const timeOfDay = (value: number): string => {
  const count = value % 0x80000000
  const clock = new Date(count).toISOString().slice(11, 23)
  return value >= 0x80000000 ? `${count}, not of the standard kind` : `${clock} UT (${value})`
}

/** What each code of destination unreachable tells the sender, where there is more to say than its name. */
const unreachableLessons: Readonly<Record<number, string>> = {
  0: 'A router has no route to the destination’s network: on a VPN gateway, the route into the tunnel is missing.',
  1: 'The last router does not reach the host: nobody answers its ARP requests, or a tunnel is down.',
  2: 'The host is there, but does not speak the protocol: a tunnel without a far end looks like this.',
  3: 'The host is there, but no program listens on the port; traceroute takes it as arrival.',
  4: 'The packet is too large for the next link and may not be cut. Path MTU discovery lives on this message; a firewall that drops it makes connections hang.',
  5: 'A stop of the source route could not be reached.',
  6: 'The router has never heard of the network.',
  7: 'The router has never heard of the host.',
  9: 'A filter on the way forbids the whole network and says so.',
  10: 'A filter on the way forbids this host and says so.',
  13: 'A filter on the way forbids the packet and says so.',
}

function mtuSaid(value: number): string {
  if (value === 0)
    return 'An old router says only that the packet was too large; the sender has to guess a smaller size.'
  if (value < 68)
    return `Every link passes 68 bytes (RFC 791), so ${value} is nonsense or an attack; systems pass over it.`
  if (value >= 1500) return `${value} is no less than ordinary Ethernet passes.`
  return `${1500 - value} bytes less than Ethernet’s 1500: a tunnel on the way takes the difference. TCP gets through with segments of at most ${value - 40} bytes.`
}

const code = (options: Omit<FieldOptions<'uint'>, 'section'>, section?: string): Field<'uint'> =>
  field('icmp.code', 'Code', section === undefined ? options : { ...options, section })

/** The glossary of ICMP; extensions have theirs in icmp-extensions.ts. */
export const f = {
  type: field('icmp.type', 'Type', {
    explain: 'Says what kind of message this is, and with that how the rest of it is laid out.',
    values: icmpTypes,
    meanings: icmpTypeMeanings,
  }),
  code: code({
    explain: 'Narrows the type down. Types that have nothing to narrow down send 0.',
  }),
  unreachableCode: code({
    explain: 'Says what could not be reached, and why, so that the sender can adapt.',
    values: unreachableCodes,
    meanings: unreachableLessons,
  }),
  redirectCode: code({
    explain: 'Says how much the advice covers: one host or its whole network, one type of service or all.',
    meanings: redirectMeanings,
    values: redirectCodes,
  }),
  advertisementCode: code(
    {
      explain: 'Tells whether the sender routes for everybody or, as a mobility agent, for its guests only.',
      values: advertisementCodes,
    },
    'RFC 5944 §2.1',
  ),
  timeExceededCode: code({
    explain:
      'Says which of two clocks ran out: the packet’s hops, or the receiver’s patience with fragments.',
    values: timeExceededCodes,
    meanings: {
      0: 'A router took the last hop off the time to live. Traceroute provokes this on purpose; a routing loop does it by accident.',
      1: 'Not all fragments came in time, so the receiver threw away those it had.',
    },
  }),
  parameterCode: code({
    explain: 'Says what is wrong with the header, and so whether the pointer means anything.',
    meanings: parameterMeanings,
    values: parameterCodes,
  }),
  tracerouteCode: code(
    { explain: 'Tells whether the router could pass the traced packet on.', values: tracerouteCodes },
    'RFC 1393 §2.4',
  ),
  conversionCode: code(
    { explain: 'Says why the datagram has no form in the other version of IP.', values: conversionCodes },
    'RFC 1475 §5.1',
  ),
  photurisCode: code(
    {
      explain:
        'Says at which step IPsec gave up on the packet: no such association, a wrong authenticator, or no right to pass.',
      meanings: ipsecFailureMeanings,
      values: photurisCodes,
    },
    'RFC 2521 §2',
  ),
  extendedEchoCode: code(
    {
      explain: 'In a reply, tells whether the interface asked about exists and is unambiguous.',
      meanings: extendedEchoMeanings,
      values: extendedEchoCodes,
    },
    'RFC 8335 §3',
  ),
  checksum: field('icmp.checksum', 'Checksum', {
    explain: 'Covers the whole message and no addresses, so that damage on the way is noticed.',
    show: hex(4),
  }),
  unused: field('icmp.unused', 'Unused', {
    type: 'bytes',
    explain: 'Fills the word up; senders write 0 and receivers do not look, so later RFCs could use it.',
  }),
  reserved: field('icmp.reserved', 'Reserved', {
    type: 'bytes',
    explain: 'Kept free for later use; has to be 0.',
  }),
  length: field('icmp.length', 'Length', {
    explain:
      'How much of the failed datagram is quoted, in 4-byte words. Extensions follow behind it; 0 means an old sender without any.',
    section: 'RFC 4884 §4',
    show: value => `${value * 4} bytes (${value})`,
  }),
  mtu: field('icmp.mtu', 'Next-hop MTU', {
    explain:
      'The largest packet that passes the next link. The sender remembers it for this destination and makes its packets smaller; a tunnel’s own headers come off it.',
    here: mtuSaid,
    section: 'RFC 1191 §4',
    show: value => (value === 0 ? 'not told (0)' : `${value} bytes`),
  }),
  identifier: field('icmp.ident', 'Identifier', {
    explain:
      'Chosen by the sender and sent back unchanged, so that it finds its own replies: each running ping has another. NAT rewrites it like a port.',
    show: hex(4),
  }),
  sequence: field('icmp.seq', 'Sequence number', {
    explain: 'Counts the requests up and comes back in the reply, so that losses and order show.',
  }),
  gateway: field('icmp.redir_gw', 'Gateway Internet address', {
    type: 'ipv4',
    explain:
      'The router on the same network that the host ought to use for this destination. Whoever forges it leads traffic to himself, so many hosts ignore it.',
  }),
  pointer: field('icmp.pointer', 'Pointer', {
    explain: 'The byte that the receiver stumbled over, counted from the first one of the quoted header.',
  }),
  addressCount: field('icmp.num_addrs', 'Num addrs', {
    explain: 'How many addresses of routers the advertisement lists; one router may list several of its own.',
    section: 'RFC 1256 §3',
  }),
  addressEntrySize: field('icmp.addr_entry_size', 'Addr entry size', {
    explain: 'Words of 4 bytes for each router; 2 stand for an address and its preference.',
    section: 'RFC 1256 §3',
  }),
  lifetime: field('icmp.lifetime', 'Lifetime', {
    explain: 'How long hosts may use these routers without hearing of them again.',
    section: 'RFC 1256 §3',
    show: seconds,
  }),
  router: field('icmp.router', 'Router', {
    type: 'group',
    explain: 'One address to send packets for other networks to, and how much it wants them.',
    section: 'RFC 1256 §3',
  }),
  routerAddress: field('icmp.router_address', 'Router address', {
    type: 'ipv4',
    explain: 'One address of the router on the network where this was sent.',
    section: 'RFC 1256 §3',
  }),
  preferenceLevel: field('icmp.pref_level', 'Preference level', {
    explain:
      'Among several routers hosts take the highest; the lowest of all says never to take it by default.',
    section: 'RFC 1256 §3',
    show: value => (value === 0x80000000 ? 'not as a default router' : String(value | 0)),
  }),
  routerRest: field('icmp.router.rest', 'Further words', {
    type: 'bytes',
    explain: 'What a later version may append to each router.',
    section: 'RFC 1256 §3',
  }),
  originate: field('icmp.originate_timestamp', 'Originate timestamp', {
    explain: 'When the asking host last touched the message, by its own clock.',
    show: timeOfDay,
  }),
  receive: field('icmp.receive_timestamp', 'Receive timestamp', {
    explain: 'When the answering host first touched the message, by its clock.',
    show: timeOfDay,
  }),
  transmit: field('icmp.transmit_timestamp', 'Transmit timestamp', {
    explain:
      'When the answering host sent the message back; the four times together give delay and clock error.',
    show: timeOfDay,
  }),
  mask: field('icmp.address_mask', 'Address mask', {
    type: 'ipv4',
    explain: 'The mask of the network that both are on, for hosts that started without a configuration.',
    section: 'RFC 950 appendix I',
  }),
  tracerouteId: field('icmp.traceroute.id', 'ID number', {
    explain: 'Copied from the traced packet’s IP option, so that its sender knows which trace this is about.',
    section: 'RFC 1393 §2.4',
    show: hex(4),
  }),
  outboundHops: field('icmp.traceroute.outbound_hops', 'Outbound hop count', {
    explain: 'How many routers the traced packet had passed on its way out.',
    section: 'RFC 1393 §2.4',
  }),
  returnHops: field('icmp.traceroute.return_hops', 'Return hop count', {
    explain: 'How many routers the traced packet had passed on its way back; all ones while it goes out.',
    section: 'RFC 1393 §2.4',
    show: value => (value === 0xffff ? 'on the way out (65535)' : String(value)),
  }),
  linkSpeed: field('icmp.traceroute.link_speed', 'Output link speed', {
    explain: 'How fast the link is on which the router passes the traced packet on.',
    section: 'RFC 1393 §2.4',
    show: value => `${value} bytes per second`,
  }),
  linkMtu: field('icmp.traceroute.link_mtu', 'Output link MTU', {
    explain:
      'The largest packet that fits the link on which the traced packet went on: a trace that finds the path MTU.',
    section: 'RFC 1393 §2.4',
    show: value => `${value} bytes`,
  }),
  wordPointer: field('icmp.conversion.pointer', 'Pointer to problem area', {
    explain: 'Counts bytes from the start of the quoted datagram to what could not be converted.',
    section: 'RFC 1475 §5.1',
  }),
  nameLifetime: field('icmp.domain.ttl', 'Time to live', {
    explain: 'How many seconds the names may be remembered before they have to be asked for again.',
    section: 'RFC 1788 §3',
    show: seconds,
  }),
  names: field('icmp.domain.names', 'Names', {
    type: 'bytes',
    explain: 'The host’s own names, in the form of DNS: each label behind its length.',
    section: 'RFC 1788 §3',
  }),
  photurisPointer: field('icmp.photuris.pointer', 'Pointer', {
    explain: 'Counts bytes from the start of the quoted datagram to the security association at fault.',
    section: 'RFC 2521 §2',
  }),
  subtype: field('icmp.mobility.subtype', 'Subtype', {
    explain: 'Tells the experiments apart that share this type.',
    section: 'RFC 4065 §4',
  }),
  ...extendedEchoFields('icmp'),
  data: field('icmp.data', 'Data', {
    type: 'bytes',
    explain: 'The rest of a message whose type has no layout here.',
  }),
}

/** The code field of each type: its names depend on it. */
export const codes: readonly (Field<'uint'> | undefined)[] = (() => {
  const table: (Field<'uint'> | undefined)[] = new Array(256).fill(undefined)
  table[3] = f.unreachableCode
  table[5] = f.redirectCode
  table[9] = f.advertisementCode
  table[11] = f.timeExceededCode
  table[12] = f.parameterCode
  table[30] = f.tracerouteCode
  table[31] = f.conversionCode
  table[40] = f.photurisCode
  table[42] = table[43] = f.extendedEchoCode
  return table
})()
