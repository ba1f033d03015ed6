import { ipv4Text } from '../src/addresses.ts'
import { bytes, type Field, field, seconds } from '../src/dissect/field.ts'
import { longTime } from './durations.ts'
import { dhcpMessageMeanings, relayMeanings } from './numbers/configuration-meanings.ts'

type Kind =
  | 'ip'
  | 'ips'
  | 'text'
  | 'u8'
  | 'u16'
  | 'u32'
  | 'seconds'
  | 'bytes'
  | 'codes'
  | 'routes'
  | 'client'
  | 'relay'

type Row = readonly [code: number, label: string, name: string, kind: Kind, purpose: string]

const messages: Readonly<Record<number, string>> = {
  1: 'Discover',
  2: 'Offer',
  3: 'Request',
  4: 'Decline',
  5: 'ACK',
  6: 'NAK',
  7: 'Release',
  8: 'Inform',
  9: 'Force renew',
  10: 'Lease query',
  11: 'Lease unassigned',
  12: 'Lease unknown',
  13: 'Lease active',
}

const rows: readonly Row[] = [
  [1, 'Subnet mask', 'subnet_mask', 'ip', 'Which part of the address is the network’s.'],
  [2, 'Time offset', 'time_offset', 'u32', 'Seconds between local time and UTC.'],
  [3, 'Router', 'router', 'ips', 'Where to send packets for other networks.'],
  [4, 'Time server', 'time_server', 'ips', 'Who tells the time, by a protocol older than NTP.'],
  [6, 'Domain name server', 'domain_name_server', 'ips', 'Whom to ask for the addresses behind names.'],
  [7, 'Log server', 'log_server', 'ips', 'Where to send log messages.'],
  [12, 'Host name', 'hostname', 'text', 'What the client calls itself, or is to be called.'],
  [13, 'Boot file size', 'boot_file_size', 'u16', 'Length of the boot file, in blocks of 512 bytes.'],
  [15, 'Domain name', 'domain_name', 'text', 'The domain in which short names are looked up.'],
  [17, 'Root path', 'root_path', 'text', 'Where a host without disk finds its file system.'],
  [19, 'IP forwarding', 'ip_forwarding', 'u8', 'Whether the client is to forward packets of others.'],
  [23, 'Default TTL', 'default_ttl', 'u8', 'With which time to live packets are to start.'],
  [26, 'Interface MTU', 'interface_mtu', 'u16', 'The longest packet that this link carries.'],
  [28, 'Broadcast address', 'broadcast_address', 'ip', 'Where everyone on the link listens.'],
  [33, 'Static route', 'static_route', 'ips', 'Pairs of a destination and the router to it.'],
  [42, 'NTP servers', 'ntp_server', 'ips', 'Servers from which the client may set its clock.'],
  [43, 'Vendor information', 'vendor_encap_options', 'bytes', 'What only devices of one maker understand.'],
  [44, 'NetBIOS name server', 'netbios_over_tcpip_name_server', 'ips', 'Whom Windows asks for names of old.'],
  [
    46,
    'NetBIOS node type',
    'netbios_over_tcpip_node_type',
    'u8',
    'In which order Windows looks for names of old.',
  ],
  [
    50,
    'Requested IP address',
    'requested_ip_address',
    'ip',
    'The address that the client would like, most often its last one.',
  ],
  [51, 'Lease time', 'ip_address_lease_time', 'seconds', 'For how long the address is lent.'],
  [
    52,
    'Option overload',
    'option_overload',
    'u8',
    'When not 0, options go on in the fields for boot file (1), server name (2) or both (3).',
  ],
  [
    53,
    'Message type',
    'dhcp',
    'u8',
    'What kind of message this is: discover and offer, request and ACK make a lease.',
  ],
  [54, 'Server identifier', 'dhcp_server_id', 'ip', 'Which server is spoken to, where several made offers.'],
  [55, 'Parameter request', 'request_list_item', 'codes', 'An option that the client wants to be told.'],
  [56, 'Message', 'message', 'text', 'Why something was refused.'],
  [57, 'Maximum message size', 'dhcp_max_message_size', 'u16', 'The longest message that the sender takes.'],
  [58, 'Renewal time', 'renewal_time_value', 'seconds', 'When the client asks its server for more time.'],
  [
    59,
    'Rebinding time',
    'rebinding_time_value',
    'seconds',
    'After how long without an answer the client asks any server, no longer the one it knows.',
  ],
  [60, 'Vendor class', 'vendor_class_id', 'text', 'What kind of device or software the client is.'],
  [61, 'Client identifier', 'client_identifier', 'client', 'By which the server knows the client again.'],
  [
    66,
    'TFTP server name',
    'tftp_server_name',
    'text',
    'The name of the server that has the boot file, for hosts without a disk.',
  ],
  [
    67,
    'Boot file name',
    'bootfile_name',
    'text',
    'The path of the program that a host without a disk is to fetch and run.',
  ],
  [77, 'User class', 'user_class', 'bytes', 'What kind of user or use the client is.'],
  [80, 'Rapid commit', 'rapid_commit', 'bytes', 'Asks for a lease in two messages where four are usual.'],
  [81, 'Client FQDN', 'fqdn', 'bytes', 'The full name of the client, and who enters it into the DNS.'],
  [
    82,
    'Relay agent information',
    'agent_information_option',
    'relay',
    'Where the client is attached, added by a switch or router on the way.',
  ],
  [
    93,
    'Client architecture',
    'client_system_architecture',
    'u16',
    'Which kind of machine boots: BIOS or UEFI, and which processor.',
  ],
  [
    97,
    'Client machine identifier',
    'client_machine_identifier',
    'bytes',
    'A number of the machine that stays when it gets another network card.',
  ],
  [
    100,
    'POSIX time zone',
    'tz_pcode',
    'text',
    'When summer time begins and ends, and how far the clock is from UTC: rules as Unix writes them.',
  ],
  [
    101,
    'Time zone',
    'tz_tcode',
    'text',
    'Where the client is, by a name such as Europe/Berlin, whose rules it knows itself.',
  ],
  [
    108,
    'IPv6-only preferred',
    'ipv6_only_preferred',
    'seconds',
    'For how long a client that can do without IPv4 is asked to do so.',
  ],
  [114, 'Captive portal', 'captive_portal', 'text', 'The page on which users have to log in.'],
  [
    116,
    'Auto-configuration',
    'dhcp_auto_configuration',
    'u8',
    'Whether the client may choose an address by itself when it gets none.',
  ],
  [118, 'Subnet selection', 'subnet_selection_option', 'ip', 'From which network the address is to be.'],
  [
    119,
    'Domain search',
    'dhcp_domain_search',
    'bytes',
    'Domains in which short names are looked up, as in the DNS.',
  ],
  [
    121,
    'Classless static routes',
    'classless_static_route',
    'routes',
    'Routes by length, prefix and router. VPNs are attacked through it: these routes are more special than the tunnel’s.',
  ],
  [
    125,
    'Vendor-specific information',
    'vi_vendor_specific',
    'bytes',
    'What only devices of one maker understand, with the maker’s number.',
  ],
  [
    150,
    'TFTP server address',
    'tftp_server_address',
    'ips',
    'Who has the files for telephones and the like.',
  ],
  [161, 'MUD URL', 'mudurl', 'text', 'Where it stands what the device needs the network for.'],
  [
    249,
    'Classless static routes (Microsoft)',
    'private.classless_static_route',
    'routes',
    'The same as option 121, by the number that Windows used first.',
  ],
]

const names: Readonly<Record<number, string>> = {
  0: 'Padding',
  ...Object.fromEntries(rows.map(([code, label]) => [code, label])),
  255: 'End',
}

/** What each option is for, as those who ask for it by its number see no more of it. */
const sentences: Readonly<Record<number, string>> = Object.fromEntries(
  rows.map(([code, , , , explain]) => [code, explain]),
)

const types = {
  ip: 'ipv4',
  ips: 'ipv4',
  text: 'text',
  bytes: 'bytes',
  routes: 'bytes',
  client: 'bytes',
  relay: 'group',
} as const

/** `10.0.0.0/8 via 192.0.2.1`; each entry has as many bytes of the prefix as its bits need. */
function readRoutes(bytes: Uint8Array, start: number, length: number): string {
  const routes: string[] = []
  for (let at = start; at < start + length; ) {
    const bits = bytes[at]!
    const size = (bits + 7) >> 3
    if (bits > 32 || at + 1 + size + 4 > start + length) return [...routes, '…'].join(', ')
    const prefix = new Uint8Array(4)
    prefix.set(bytes.subarray(at + 1, at + 1 + size))
    routes.push(`${ipv4Text(prefix, 0)}/${bits} via ${ipv4Text(bytes, at + 1 + size)}`)
    at += 1 + size + 4
  }
  return routes.join(', ')
}

function valueField([code, label, name, kind, explain]: Row): Field {
  const type = kind in types ? types[kind as keyof typeof types] : 'uint'
  return field(`dhcp.option.${name}`, label, {
    type,
    explain,
    section: 'RFC 2132',
    ...(kind === 'seconds' ? { show: seconds, here: longTime } : {}),
    ...(kind === 'routes' ? { read: readRoutes } : {}),
    ...(code === 53
      ? { values: messages, meanings: dhcpMessageMeanings }
      : kind === 'codes'
        ? { values: names, meanings: sentences }
        : {}),
  })
}

/** Options by code: their form and field. */
export const known = new Map(rows.map(row => [row[0], { kind: row[3], field: valueField(row) }] as const))

/** The glossary that all options share. */
export const f = {
  option: field('dhcp.option', 'Option', {
    type: 'group',
    explain: 'One thing that the client is told or asks for.',
    section: 'RFC 2132 §2',
  }),
  code: field('dhcp.option.type', 'Code', {
    explain: 'Tells which option this is; one that is not known is passed over.',
    meanings: { 0: 'Padding: fills up and means nothing.', 255: 'The end of the options.' },
    section: 'RFC 2132 §2',
    values: names,
  }),
  length: field('dhcp.option.length', 'Length', {
    explain: 'Bytes of the option’s value.',
    section: 'RFC 2132 §2',
    show: bytes,
  }),
  value: field('dhcp.option.value', 'Value', {
    type: 'bytes',
    explain: 'What the option says, where that is not taken apart here.',
    section: 'RFC 2132 §2',
  }),
  padding: field('dhcp.option.padding', 'Padding', {
    type: 'bytes',
    explain: 'Fills the message up: relays of old drop those of less than 300 bytes.',
    section: 'RFC 1542 §2.1',
  }),
  idType: field('dhcp.option.client_identifier.type', 'Identifier type', {
    explain: '1: an Ethernet address follows; 255: the identifier of DHCPv6; 0: something else.',
    section: 'RFC 2132 §9.14, RFC 4361 §6.1',
  }),
  sub: field('dhcp.option.agent_information_option.suboption', 'Suboption', {
    type: 'group',
    explain: 'One thing that the relay knows of the client’s place.',
    section: 'RFC 3046 §2.0',
  }),
  subCode: field('dhcp.option.agent_information_option.suboption.code', 'Suboption code', {
    explain: 'What is told: the port or circuit (1), the device behind it (2), and more.',
    section: 'RFC 3046 §2.0',
    meanings: relayMeanings,
    values: {
      1: 'Circuit ID',
      2: 'Remote ID',
      5: 'Link selection',
      6: 'Subscriber ID',
      11: 'Server identifier override',
      151: 'VPN identifier',
    },
  }),
  subLength: field('dhcp.option.agent_information_option.suboption.length', 'Suboption length', {
    explain: 'Bytes of the suboption’s value.',
    section: 'RFC 3046 §2.0',
    show: bytes,
  }),
  subValue: field('dhcp.option.agent_information_option.value', 'Suboption value', {
    type: 'bytes',
    explain: 'The relay’s own words, which only the server’s operator needs to understand.',
    section: 'RFC 3046 §2.0',
  }),
}

export const optionFields: Readonly<Record<string, Field>> = {
  ...f,
  ...Object.fromEntries([...known].map(([code, option]) => [`option${code}`, option.field])),
}

/** The field of the message type. */
export const messageType = known.get(53)!.field
