import { type Field, field } from '../src/dissect/field.ts'

const group = (name: string, label: string, section: string, explain: string): Field<'group'> =>
  field(name, label, { type: 'group', explain, section })

/** What each IPv4 option is for, by type. */
export const optionGroups: Readonly<Record<number, Field<'group'>>> = {
  0: group(
    'ip.options.eol',
    'End of option list',
    'RFC 791 §3.1',
    'Ends the list where the options do not fill the header’s last 4-byte word.',
  ),
  1: group(
    'ip.options.nop',
    'No operation',
    'RFC 791 §3.1',
    'One byte that does nothing: it moves the next option to where its numbers are aligned.',
  ),
  7: group(
    'ip.options.record_route',
    'Record route',
    'RFC 791 §3.1',
    'Every router writes its address into the packet, up to nine of them. The answer’s way differs, and tunnels hide theirs.',
  ),
  11: group(
    'ip.options.mtu_probe',
    'MTU probe',
    'RFC 1063 §3.1',
    'Asked every router to lower the number to its MTU. Path MTU discovery by ICMP has taken its place.',
  ),
  12: group(
    'ip.options.mtu_reply',
    'MTU reply',
    'RFC 1063 §3.1',
    'Told the sender of a probe the smallest MTU of its way. Path MTU discovery by ICMP has taken its place.',
  ),
  25: group(
    'ip.options.qs',
    'Quick-start',
    'RFC 4782 §3.1',
    'A sender asks all routers on the way whether it may start fast instead of feeling its way up.',
  ),
  68: group(
    'ip.options.timestamp',
    'Timestamp',
    'RFC 791 §3.1',
    'Every router, or a few that the sender names, writes down when the packet passed.',
  ),
  82: group(
    'ip.options.traceroute',
    'Traceroute',
    'RFC 1393 §2.2',
    'Every router was to report this packet to its originator, so that one packet traces a route. Never took hold.',
  ),
  130: group(
    'ip.options.security',
    'Security',
    'RFC 1108 §2',
    'A label of the U.S. Department of Defense: how secret the contents are and under whose rules.',
  ),
  131: group(
    'ip.options.route',
    'Loose source route',
    'RFC 791 §3.1',
    'Stops that the packet has to make, with any routers between. Filters see only the next stop, so networks drop it.',
  ),
  133: group(
    'ip.options.ext_security',
    'Extended security',
    'RFC 1108 §3',
    'Further labels beside the basic security option, in the format of one authority.',
  ),
  134: group(
    'ip.options.cipso',
    'Commercial security (CIPSO)',
    'FIPS PUB 188',
    'A label with a level and categories, by which hosts with mandatory access control (such as SELinux) decide who may read.',
  ),
  136: group(
    'ip.options.sid',
    'Stream identifier',
    'RFC 791 §3.1',
    'Carried the stream numbers of the SATNET satellite network through the Internet. Obsolete.',
  ),
  137: group(
    'ip.options.source_route',
    'Strict source route',
    'RFC 791 §3.1',
    'All stops of the packet, with no other router between. Filters see only the next stop, so networks drop it.',
  ),
  148: group(
    'ip.options.routeralert',
    'Router alert',
    'RFC 2113',
    'Asks every router on the way to look inside, as IGMP and RSVP need, without having the packet’s address.',
  ),
}
