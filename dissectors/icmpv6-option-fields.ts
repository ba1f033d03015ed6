import { type FieldType, field, hex, seconds } from '../src/dissect/field.ts'
import { preferenceMeanings } from './numbers/icmp-code-meanings.ts'
import { ndOptions } from './numbers/nd-options.ts'

/** Seconds, all ones being without end (RFC 4861 §4.6.2). */
export const lifetime = (value: number): string =>
  value === 0xffffffff ? 'infinity (4294967295)' : seconds(value)

/** Preference of a router or route in two bits (RFC 4191 §2.1). */
export const preferences: Readonly<Record<number, string>> = {
  0: 'Medium',
  1: 'High',
  2: 'Reserved',
  3: 'Low',
}

/** A field of an option by its type. */
export const typed = <T extends FieldType>(
  type: T,
  name: string,
  label: string,
  section: string,
  explain: string,
) => field(`icmpv6.opt.${name}`, label, { type, section, explain })
/** A number in an option. */
export const uint = (
  name: string,
  label: string,
  section: string,
  explain: string,
  show?: (value: number) => string,
) =>
  field(`icmpv6.opt.${name}`, label, show === undefined ? { section, explain } : { section, explain, show })

const prefixSection = 'RFC 4861 §4.6.2'
const prefixFlags = {
  onLink: typed(
    'flag',
    'prefix.flag.l',
    'On-link',
    prefixSection,
    'Set: addresses with this prefix are on this link, so hosts reach them without a router.',
  ),
  autonomous: typed(
    'flag',
    'prefix.flag.a',
    'Autonomous address-configuration',
    prefixSection,
    'Set: hosts make themselves addresses of this prefix.',
  ),
  router: typed(
    'flag',
    'prefix.flag.r',
    'Router address',
    'RFC 6275 §7.2',
    'Set: the prefix field holds a whole address of the router.',
  ),
  reserved: uint('prefix.flag.reserved', 'Reserved', prefixSection, 'Kept free for later use; has to be 0.'),
}
const routeSection = 'RFC 4191 §2.3'
const routePreference = field('icmpv6.opt.route_info.flag.route_preference', 'Route preference', {
  section: routeSection,
  explain: 'Which router to take when several offer the route.',
  meanings: preferenceMeanings,
  values: preferences,
})
const extensionSection = 'RFC 5175 §4'

/** The glossary of the options that routers and hosts of every network send. */
export const o = {
  option: field('icmpv6.opt', 'Option', {
    type: 'group',
    section: 'RFC 4861 §4.6',
    explain: 'One piece of information behind a header that tells its kind and length.',
  }),
  type: field('icmpv6.opt.type', 'Type', {
    section: 'RFC 4861 §4.6',
    explain: 'Says what the option holds; nodes pass over those that they do not know.',
    values: ndOptions,
  }),
  length: uint(
    'length',
    'Length',
    'RFC 4861 §4.6',
    'The whole option in 8-byte words, type and length counted in.',
    value => `${value * 8} bytes (${value})`,
  ),
  reserved: typed(
    'bytes',
    'reserved',
    'Reserved',
    'RFC 4861 §4.6',
    'Kept free for later use; senders write 0 and receivers do not look.',
  ),
  padding: typed(
    'bytes',
    'padding',
    'Padding',
    'RFC 4861 §4.6',
    'Zeros that fill the option up to a multiple of 8 bytes.',
  ),
  data: field('icmpv6.data', 'Data', {
    type: 'bytes',
    section: 'RFC 4861 §4.6',
    explain: 'The contents of an option whose type has no layout here.',
  }),
  sourceLink: typed(
    'ether',
    'src_linkaddr',
    'Source link-layer address',
    'RFC 4861 §4.6.1',
    'The interface that sent this, so that the answer needs no question of its own.',
  ),
  targetLink: typed(
    'ether',
    'target_linkaddr',
    'Target link-layer address',
    'RFC 4861 §4.6.1',
    'The interface that has the target address: the answer to who-has.',
  ),
  link: typed(
    'bytes',
    'linkaddr',
    'Link-layer address',
    'RFC 4861 §4.6.1',
    'An interface’s address on a link that is no Ethernet.',
  ),
  prefixLength: uint(
    'prefix.length',
    'Prefix length',
    prefixSection,
    'How many leading bits are the prefix; on most links 64, and hosts make up the other 64 themselves.',
  ),
  prefixFlags: field('icmpv6.opt.prefix.flag', 'Flags', {
    section: prefixSection,
    explain:
      'Whether addresses of the prefix are on this link, and whether hosts may make some for themselves.',
    show: hex(2),
    parts: [
      [prefixFlags.onLink, 1],
      [prefixFlags.autonomous, 1],
      [prefixFlags.router, 1],
      [prefixFlags.reserved, 5],
    ],
  }),
  onLink: prefixFlags.onLink,
  autonomous: prefixFlags.autonomous,
  valid: uint(
    'prefix.valid_lifetime',
    'Valid lifetime',
    prefixSection,
    'How long addresses of this prefix may be used at all; past it, connections over them break.',
    lifetime,
  ),
  preferred: uint(
    'prefix.preferred_lifetime',
    'Preferred lifetime',
    prefixSection,
    'How long new connections may start from addresses of this prefix.',
    lifetime,
  ),
  prefix: typed(
    'ipv6',
    'prefix',
    'Prefix',
    prefixSection,
    'The prefix of addresses on this link, filled up with zeros.',
  ),
  mtu: uint(
    'mtu',
    'MTU',
    'RFC 4861 §4.6.4',
    'The largest packet for this link, where not all of its stations know it. Routers lower it for the sake of tunnels.',
    value => `${value} bytes`,
  ),
  shortcutLimit: uint(
    'nbma.shortcut_limit',
    'Shortcut limit',
    'RFC 2491 §7.1',
    'How many hops a shortcut across the network may span.',
  ),
  routeFlags: field('icmpv6.opt.route_info.flag', 'Flags', {
    section: routeSection,
    explain: 'How this route compares with those of other routers: low, medium or high.',
    show: hex(2),
    parts: [
      [
        uint('route_info.flag.reserved', 'Reserved', routeSection, 'Kept free for later use; has to be 0.'),
        3,
      ],
      [routePreference, 2],
      [
        uint('route_info.flag.reserved', 'Reserved', routeSection, 'Kept free for later use; has to be 0.'),
        3,
      ],
    ],
  }),
  routePreference,
  routeLifetime: uint(
    'route_lifetime',
    'Route lifetime',
    routeSection,
    'How long hosts may use the route without hearing of it again.',
    lifetime,
  ),
  routePrefix: typed(
    'bytes',
    'route_info.prefix',
    'Prefix',
    routeSection,
    'Where the route leads; bytes that the length does not need are left out.',
  ),
  serverLifetime: uint(
    'rdnss.lifetime',
    'Lifetime',
    'RFC 8106 §5.1',
    'How many seconds these name servers may be asked; 0 takes them back.',
    lifetime,
  ),
  server: typed(
    'ipv6',
    'rdnss',
    'Recursive DNS server',
    'RFC 8106 §5.1',
    'The address of a name server. A forged one leads every name on the link astray; RA guard in switches stops it.',
  ),
  expansion: field('icmpv6.opt.efo', 'Flags of the advertisement', {
    section: extensionSection,
    explain: 'Room for flags that no longer fit the advertisement’s own byte.',
    show: hex(4),
  }),
  searchLifetime: uint(
    'dnssl.lifetime',
    'Lifetime',
    'RFC 8106 §5.2',
    'How many seconds these domains may be appended; 0 takes them back.',
    lifetime,
  ),
  searchName: typed(
    'group',
    'dnssl',
    'Domain name',
    'RFC 8106 §5.2',
    'A domain that hosts append to names without dots before they ask a name server.',
  ),
  portal: typed(
    'text',
    'captive_portal',
    'Captive portal',
    'RFC 8910 §2.3',
    'Where a browser has to go first before the network lets it out.',
  ),
  scaledLifetime: uint(
    'pref64.scaled_lifetime',
    'Scaled lifetime',
    'RFC 8781 §4',
    'How long the prefix holds, in units of 8 seconds.',
    value => `${value * 8} seconds (${value})`,
  ),
  lengthCode: field('icmpv6.opt.pref64.plc', 'Prefix length code', {
    section: 'RFC 8781 §4',
    explain:
      'How long the prefix is in front of an IPv4 address that is put into an IPv6 one; only six lengths are allowed.',
    values: { 0: '96 bits', 1: '64 bits', 2: '56 bits', 3: '48 bits', 4: '40 bits', 5: '32 bits' },
  }),
  translationPrefix: typed(
    'bytes',
    'pref64.prefix',
    'Prefix',
    'RFC 8781 §4',
    'Put before an IPv4 address, it leads to the NAT64 that translates for hosts without IPv4.',
  ),
}
