import { bytes, type Field, field, seconds } from '../src/dissect/field.ts'
import { longTime } from './durations.ts'
import { dhcpv6OptionMeanings, dhcpv6StatusMeanings } from './numbers/configuration-meanings.ts'
import { options, statusCodes } from './numbers/dhcpv6.ts'
import { hardwareTypes } from './numbers/hardware-types.ts'

const time = (name: string, label: string, explain: string, section: string): Field<'uint'> =>
  field(`dhcpv6.${name}`, label, { explain, section, here: longTime, show: seconds })

const part = (name: string, label: string, explain: string, section: string): Field<'bytes'> =>
  field(`dhcpv6.${name}`, label, { type: 'bytes', explain, section })

/** The glossary of DHCPv6's options. */
export const optionFields = {
  option: field('dhcpv6.option', 'Option', {
    type: 'group',
    explain: 'One thing that is told or asked for; options stand inside options.',
    section: 'RFC 8415 §21.1',
  }),
  code: field('dhcpv6.option.type', 'Option code', {
    explain:
      'Says what the option is about. Numbers are others than in DHCP for IPv4; unknown ones are passed over.',
    section: 'RFC 8415 §21.1',
    meanings: dhcpv6OptionMeanings,
    values: options,
  }),
  length: field('dhcpv6.option.length', 'Option length', {
    explain: 'How far the option’s data reach; the next option follows right behind.',
    section: 'RFC 8415 §21.1',
    show: bytes,
  }),
  value: part(
    'option.value',
    'Option data',
    'The contents of an option that is not taken apart here.',
    'RFC 8415 §21.1',
  ),
  duid: field('dhcpv6.duid.bytes', 'DUID', {
    type: 'group',
    explain: 'Names a client or a server for good, whatever becomes of its addresses.',
    section: 'RFC 8415 §11',
  }),
  duidType: field('dhcpv6.duid.type', 'DUID type', {
    explain: 'Of what the identifier was made once; nobody but its owner needs to know.',
    section: 'RFC 8415 §11.1',
    values: { 1: 'Link-layer address and time', 2: 'Enterprise number', 3: 'Link-layer address', 4: 'UUID' },
  }),
  hardware: field('dhcpv6.duidllt.hwtype', 'Hardware type', {
    explain: 'The kind of link that the address is from.',
    section: 'RFC 8415 §11.2',
    values: hardwareTypes,
  }),
  duidTime: field('dhcpv6.duidllt.time', 'Time', {
    explain: 'Seconds since the year 2000 when the identifier was made, so that no two are the same.',
    section: 'RFC 8415 §11.2',
    show: value => `${new Date((value + 946684800) * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
  }),
  linkAddress: part(
    'duidllt.link_layer_addr',
    'Link-layer address',
    'The address of one of the host’s network cards when the identifier was made.',
    'RFC 8415 §11.2',
  ),
  enterprise: field('dhcpv6.duiden.enterprise', 'Enterprise number', {
    explain:
      'The number under which the maker of the device is registered; the maker numbers its devices itself.',
    section: 'RFC 8415 §11.3',
  }),
  identifier: part(
    'duiden.identifier',
    'Identifier',
    'A number that the maker gave the device.',
    'RFC 8415 §11.3',
  ),
  uuid: part(
    'duiduuid.bytes',
    'UUID',
    'A number that the firmware of the machine has, and that stays when cards are changed.',
    'RFC 6355 §4',
  ),
  iaid: field('dhcpv6.iaid', 'IAID', {
    explain:
      'The client’s own number for this set of addresses or prefixes, most often one for each interface.',
    section: 'RFC 8415 §12',
  }),
  t1: time('iaid.t1', 'T1', 'After so long the client asks its server for more time.', 'RFC 8415 §21.4'),
  t2: time('iaid.t2', 'T2', 'After so long it asks any server.', 'RFC 8415 §21.4'),
  address: field('dhcpv6.iaaddr.ip', 'IPv6 address', {
    type: 'ipv6',
    explain: 'The address that is lent, or wished for.',
    section: 'RFC 8415 §21.6',
  }),
  preferred: time(
    'iaaddr.pref_lifetime',
    'Preferred lifetime',
    'For how long the address is used for new connections.',
    'RFC 8415 §21.6',
  ),
  valid: time(
    'iaaddr.valid_lifetime',
    'Valid lifetime',
    'For how long the address may be used at all.',
    'RFC 8415 §21.6',
  ),
  prefixPreferred: time(
    'iaprefix.pref_lifetime',
    'Preferred lifetime',
    'For how long addresses out of the prefix are used for new connections.',
    'RFC 8415 §21.22',
  ),
  prefixValid: time(
    'iaprefix.valid_lifetime',
    'Valid lifetime',
    'For how long the prefix may be used at all.',
    'RFC 8415 §21.22',
  ),
  prefixLength: field('dhcpv6.iaprefix.pref_len', 'Prefix length', {
    explain: 'How many bits the network has been given; the rest is for it to divide.',
    section: 'RFC 8415 §21.22',
  }),
  prefix: field('dhcpv6.iaprefix.pref_addr', 'Prefix', {
    type: 'ipv6',
    explain: 'The network that a router is given for the links behind it.',
    section: 'RFC 8415 §21.22',
  }),
  requested: field('dhcpv6.requested_option_code', 'Requested option', {
    explain: 'The number of an option that the client would like to have in the answer.',
    section: 'RFC 8415 §21.7',
    meanings: dhcpv6OptionMeanings,
    values: options,
  }),
  preference: field('dhcpv6.option_preference', 'Preference', {
    explain: 'The offer with the highest number is taken; 255 ends the wait for others.',
    section: 'RFC 8415 §21.8',
  }),
  elapsed: field('dhcpv6.elapsed_time', 'Elapsed time', {
    explain:
      'How long ago the client began, in hundredths of a second; a spare server answers when that is long.',
    section: 'RFC 8415 §21.9',
    show: value => `${value * 10} ms (${value})`,
  }),
  status: field('dhcpv6.status_code', 'Status code', {
    explain:
      'Whether the server did what was asked of it: 0 says so, every other number says why not. It may be about the whole message, or about one address in it.',
    section: 'RFC 8415 §21.13',
    meanings: dhcpv6StatusMeanings,
    values: statusCodes,
  }),
  statusText: field('dhcpv6.status_msg', 'Status message', {
    type: 'text',
    explain: 'The status in words, for whoever reads the log.',
    section: 'RFC 8415 §21.13',
  }),
  vendor: field('dhcpv6.vendorclass.enterprise', 'Enterprise number', {
    explain: 'Whose numbers and words the rest of the option uses.',
    section: 'RFC 8415 §21.16',
  }),
  vendorData: part(
    'vendorclass.data',
    'Vendor data',
    'What only devices of that maker understand.',
    'RFC 8415 §21.16',
  ),
  interface: part(
    'interface_id',
    'Interface ID',
    'The relay’s own name of the port on which the client is; the server sends it back.',
    'RFC 8415 §21.18',
  ),
  server: field('dhcpv6.dns_server', 'DNS server', {
    type: 'ipv6',
    explain: 'A server that knows names, by an IPv6 address.',
    section: 'RFC 3646 §3',
  }),
  search: part(
    'domain_search_list',
    'Domain search list',
    'Domains in which short names are looked up, each as labels with their lengths.',
    'RFC 3646 §4',
  ),
  fqdnFlags: field('dhcpv6.client_fqdn_flags', 'Flags', {
    explain: 'Who enters the name into the DNS: the lowest bit asks the server to.',
    section: 'RFC 4704 §4.1',
    parts: [
      [undefined, 5],
      [
        field('dhcpv6.clientfqdn.client.n', 'No update', {
          type: 'flag',
          explain: 'When set, the server is to leave the DNS alone.',
          section: 'RFC 4704 §4.1',
        }),
        1,
      ],
      [
        field('dhcpv6.clientfqdn.client.o', 'Overridden', {
          type: 'flag',
          explain: 'Set by a server that did not do as it was asked.',
          section: 'RFC 4704 §4.1',
        }),
        1,
      ],
      [
        field('dhcpv6.clientfqdn.client.s', 'Server updates', {
          type: 'flag',
          explain: 'When set, the server enters the address under the name.',
          section: 'RFC 4704 §4.1',
        }),
        1,
      ],
    ],
  }),
  fqdn: part(
    'client_domain',
    'Client name',
    'The full name of the client, as labels with their lengths.',
    'RFC 4704 §4.2',
  ),
  relayed: field('dhcpv6.relayed_message', 'Relayed message', {
    type: 'group',
    explain: 'The message as the relay received it, or as it is to be passed on.',
    section: 'RFC 8415 §21.10',
  }),
}
