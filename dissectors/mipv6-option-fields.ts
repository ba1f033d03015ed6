import { bytes, type Field, type FieldOptions, type FieldType, field, hex } from '../src/dissect/field.ts'
import { reserved } from './mipv6-fields.ts'
import { mobilityOptionTypes } from './numbers/mobility.ts'

/** A number. */
export const part = (
  name: string,
  label: string,
  section: string,
  explain: string,
  more: Pick<FieldOptions, 'show' | 'values'> = {},
): Field<'uint'> => field(name, label, { explain, section, ...more })

/** Anything else. */
export const typed = <T extends FieldType>(
  type: T,
  name: string,
  label: string,
  section: string,
  explain: string,
): Field<T> => field(name, label, { type, explain, section })

/** A prefix length as `/64`. */
export const prefixLength = (value: number): string => `/${value}`

/** The glossary of mobility options between hosts and their home. */
export const o = {
  options: field('mip6.options', 'Mobility options', {
    type: 'group',
    explain: 'A list of options, each with a type, a length and contents.',
    section: 'RFC 6275 §6.2',
  }),
  option: field('mip6.option', 'Mobility option', {
    type: 'group',
    explain: 'One option: a type, a length and contents. Those who do not know it pass over it.',
    section: 'RFC 6275 §6.2.1',
  }),
  type: field('mip6.mobility_opt', 'Option type', {
    explain: 'Tells what the option is about; whoever does not know the number passes over it.',
    section: 'RFC 6275 §6.2.1',
    values: mobilityOptionTypes,
  }),
  length: field('mip6.mobility_opt.len', 'Option length', {
    explain: 'Bytes of the option’s contents, the first two bytes not counted.',
    section: 'RFC 6275 §6.2.1',
    show: bytes,
  }),
  padding: typed(
    'bytes',
    'mip6.padn',
    'PadN',
    'RFC 6275 §6.2.3',
    'Fills up the header to whole 8-byte words, by two bytes or more.',
  ),
  data: typed(
    'bytes',
    'mip6.option.data',
    'Option data',
    'RFC 6275 §6.2.1',
    'Contents that only the option’s own specification gives a meaning.',
  ),
  refresh: part(
    'mip6.bra.interval',
    'Refresh interval',
    'RFC 6275 §6.2.4',
    'After how many units of 4 seconds the binding should be renewed.',
    {
      show: value => `${value * 4} seconds (${value})`,
    },
  ),
  careOf: typed(
    'ipv6',
    'mip6.acoa.acoa',
    'Alternate care-of address',
    'RFC 6275 §6.2.5',
    'The address to bind in the place of the packet’s source, covered by IPsec as the source is not.',
  ),
  homeIndex: part(
    'mip6.ni.hni',
    'Home nonce index',
    'RFC 6275 §6.2.6',
    'Which secret the home token was made with.',
  ),
  careOfIndex: part(
    'mip6.ni.cni',
    'Care-of nonce index',
    'RFC 6275 §6.2.6',
    'Which secret the care-of token was made with.',
  ),
  authenticator: typed(
    'bytes',
    'mip6.bad.auth',
    'Authenticator',
    'RFC 6275 §6.2.7',
    'Proves that the sender holds both tokens: 96 bits of an HMAC over addresses and message.',
  ),
  prefixReserved: reserved('mip6.nemo.mnp.reserved', 'RFC 3963 §4.3'),
  prefixLength: part(
    'mip6.nemo.mnp.pfl',
    'Prefix length',
    'RFC 3963 §4.3',
    'How many bits of the prefix count.',
    {
      show: prefixLength,
    },
  ),
  prefix: typed(
    'ipv6',
    'mip6.nemo.mnp.mnp',
    'Prefix',
    'RFC 3963 §4.3',
    'A network that moves with its router, or that belongs to the host.',
  ),
  linkCode: part(
    'mip6.lla.optcode',
    'Option-code',
    'RFC 5568 §6.4.4',
    'Whether the link address belongs to the mobile node, an access point or a router.',
  ),
  linkAddress: typed(
    'bytes',
    'mip6.lla',
    'Link-layer address',
    'RFC 5568 §6.4.4',
    'The address by which the host is known on its link, so that packets can be delivered there at once.',
  ),
  nodeIdType: part('mip6.mnid.subtype', 'Subtype', 'RFC 4283 §3', 'What kind of name follows.', {
    values: { 1: 'Network access identifier' },
  }),
  nodeId: typed(
    'text',
    'mip6.mnid.identifier',
    'Identifier',
    'RFC 4283 §3',
    'The name by which the home network knows the host, wherever it is.',
  ),
  authenticationType: part('mip6.auth.subtype', 'Subtype', 'RFC 4285 §5', 'Between whom the proof holds.', {
    values: { 1: 'Mobile node and home agent', 2: 'Mobile node and AAA server' },
  }),
  authenticationSpi: part(
    'mip6.auth.mobility_spi',
    'Mobility SPI',
    'RFC 4285 §5',
    'Names the key with which the proof was made; both sides were given it beforehand.',
    {
      show: hex(8),
    },
  ),
  authentication: typed(
    'bytes',
    'mip6.auth.auth_data',
    'Authentication data',
    'RFC 4285 §5',
    'A keyed hash over the message and the addresses: only who holds the key could make it.',
  ),
  messageTime: part(
    'mip6.mseg_id.timestamp',
    'Timestamp',
    'RFC 4285 §6',
    'When the message was made, in the form of NTP: old ones are not accepted again.',
  ),
  cga: typed(
    'bytes',
    'mip6.cgar.cga_par',
    'CGA parameters',
    'RFC 4866 §5.2',
    'The public key and what else the sender’s address was computed from: whoever holds the key owns the address.',
  ),
  signature: typed(
    'bytes',
    'mip6.sign.sign',
    'Signature',
    'RFC 4866 §5.3',
    'Signs the message with the private key whose public half the address was computed from.',
  ),
  permanentToken: typed(
    'bytes',
    'mip6.phkt.phkt',
    'Permanent home keygen token',
    'RFC 4866 §5.4',
    'A lasting half of a key, so that later updates need no test by way of the home agent.',
  ),
  careOfToken: typed(
    'bytes',
    'mip6.mocot.co_keygen_tok',
    'Care-of keygen token',
    'RFC 4866 §5.6',
    'Half of the key for the next update, encrypted, sent along so that no test is needed then.',
  ),
  dnsStatus: part(
    'mip6.dnsu.status',
    'Status',
    'RFC 5026 §8.1',
    'Whether the home agent entered the name into the DNS, or why it did not.',
  ),
  dnsFlags: part('mip6.dnsu.flags', 'Flags', 'RFC 5026 §8.1', 'The first bit asks to remove the name.', {
    show: hex(2),
  }),
  dnsName: typed(
    'bytes',
    'mip6.dnsu.mn_id',
    'MN identity (FQDN)',
    'RFC 5026 §8.1',
    'The name to enter into the DNS for the home address.',
  ),
  vendor: part(
    'mip6.vsm.vendorId',
    'Vendor ID',
    'RFC 5094 §3',
    'Whose option it is, by IANA’s private enterprise number.',
  ),
  vendorType: part('mip6.vsm.subtype', 'Sub-type', 'RFC 5094 §3', 'Which of the vendor’s options it is.'),
  vendorData: typed(
    'bytes',
    'mip6.vsm.data',
    'Data',
    'RFC 5094 §3',
    'Contents that the vendor gives a meaning.',
  ),
  service: typed(
    'text',
    'mip6.ss.identifier',
    'Identifier',
    'RFC 5149 §3',
    'Which service of the home network the host wants, as an access point name.',
  ),
  fastSpi: part(
    'mip6.badff.spi',
    'SPI',
    'RFC 5568 §6.4.5',
    'Names the key that host and access router share, with which the proof was made.',
    { show: hex(8) },
  ),
  fastAuthenticator: typed(
    'bytes',
    'mip6.badff.auth',
    'Authenticator',
    'RFC 5568 §6.4.5',
    'Proves that the sender holds the key that it shares with the access router.',
  ),
}
