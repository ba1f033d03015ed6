import { bytes, field } from '../src/dissect/field.ts'
import {
  certificateCompressions,
  maxFragmentLengths,
  pointFormats,
  pskModes,
  supportedGroups,
  tlsExtensions,
  tlsVersions,
} from './numbers/tls.ts'
import { curveMeanings, extensionMeanings, pskModeMeanings, versionMeanings } from './numbers/tls-meanings.ts'
import { showGroup, showVersion } from './tls-fields.ts'

const text = 'text' as const
const group = 'group' as const
const octets = 'bytes' as const

/** The glossary of the extensions of hellos. */
export const extensionFields = {
  extensionsLength: field('tls.handshake.extensions_length', 'Extensions length', {
    explain: 'Bytes of all extensions. Before TLS had them, a hello ended in front of this number.',
    section: 'RFC 8446 §4.2',
    show: bytes,
  }),
  extension: field('tls.handshake.extension', 'Extension', {
    type: group,
    explain: 'Something that the first versions did not know. Who does not know it passes over it.',
    section: 'RFC 8446 §4.2',
    read: (from, start, length) =>
      length < 4 ? '' : (tlsExtensions[(from[start]! << 8) | from[start + 1]!] ?? ''),
  }),
  type: field('tls.handshake.extension.type', 'Type', {
    explain: 'Tells what the extension is about. A server answers only with those that the client has sent.',
    section: 'RFC 8446 §4.2',
    values: tlsExtensions,
    meanings: extensionMeanings,
  }),
  length: field('tls.handshake.extension.len', 'Length', {
    explain: 'Bytes of what the extension says; whoever does not know it skips so many.',
    show: bytes,
  }),
  data: field('tls.handshake.extension.data', 'Data', {
    type: octets,
    explain: 'What an extension says whose form is not taken apart here.',
  }),
  nameListLength: field('tls.handshake.extensions_server_name_list_len', 'Server name list length', {
    explain: 'Bytes of a list that could hold several names and in practice has one.',
    show: bytes,
  }),
  nameType: field('tls.handshake.extensions_server_name_type', 'Server name type', {
    explain: 'What kind of name follows; only host names were ever defined.',
    section: 'RFC 6066 §3',
    values: { 0: 'host_name' },
  }),
  nameLength: field('tls.handshake.extensions_server_name_len', 'Server name length', {
    explain: 'Bytes of the name itself, which ends without a dot or a zero.',
    show: bytes,
  }),
  name: field('tls.handshake.extensions_server_name', 'Server name', {
    type: text,
    explain:
      'The host that the client wants to reach (SNI), in clear: servers choose the certificate by it, and censors the victim.',
    section: 'RFC 6066 §3',
  }),
  alpnLength: field('tls.handshake.extensions_alpn_len', 'ALPN list length', {
    explain: 'Bytes of all protocol names, each with a length of its own.',
    show: bytes,
  }),
  alpnList: field('tls.handshake.extensions_alpn_list', 'ALPN protocols', {
    type: group,
    explain: 'Protocols that may be spoken inside the encryption, best first; the server answers with one.',
    section: 'RFC 7301 §3.1',
  }),
  alpnNameLength: field('tls.handshake.extensions_alpn_str_len', 'Protocol name length', {
    explain: 'Bytes of one name: 2 for h2, 8 for http/1.1.',
    show: bytes,
  }),
  alpnName: field('tls.handshake.extensions_alpn_str', 'Protocol name', {
    type: text,
    explain: 'What is spoken inside: h2 is HTTP/2, http/1.1 its elder.',
    section: 'RFC 7301 §6',
  }),
  groupsLength: field('tls.handshake.extensions_supported_groups_length', 'Supported groups length', {
    explain: 'Bytes of the list of groups: two for each.',
    show: bytes,
  }),
  groups: field('tls.handshake.extensions_supported_groups', 'Supported groups', {
    type: group,
    explain: 'Curves and groups in which the sender can exchange keys, best first.',
    section: 'RFC 8446 §4.2.7',
  }),
  group: field('tls.handshake.extensions_supported_group', 'Supported group', {
    explain:
      'An elliptic curve, a group of numbers, or a hybrid with ML-KEM that quantum computers are not to break.',
    section: 'RFC 8446 §4.2.7',
    show: showGroup,
    values: supportedGroups,
    meanings: curveMeanings,
  }),
  pointFormatsLength: field('tls.handshake.extensions_ec_point_formats_length', 'Point formats length', {
    explain: 'How many ways to write a point follow, a byte each.',
    show: bytes,
  }),
  pointFormats: field('tls.handshake.extensions_ec_point_formats', 'Point formats', {
    type: group,
    explain: 'How points on a curve may be written.',
    section: 'RFC 8422 §5.1.2',
  }),
  pointFormat: field('tls.handshake.extensions_ec_point_format', 'Point format', {
    explain: 'One way to write a point. All but uncompressed are out of use.',
    section: 'RFC 8422 §5.1.2',
    values: pointFormats,
  }),
  sharesLength: field('tls.handshake.extensions_key_share_client_length', 'Key shares length', {
    explain:
      'Bytes of all halves of key exchanges that the client sends. Post-quantum ones make a hello too long for one packet.',
    show: bytes,
  }),
  share: field('tls.handshake.extensions_key_share_entry', 'Key share', {
    type: group,
    explain:
      'One half of a key exchange. The client sends some on the chance that the server likes their group.',
    section: 'RFC 8446 §4.2.8',
    read: (from, start, length) => (length < 4 ? '' : showGroup((from[start]! << 8) | from[start + 1]!)),
  }),
  shareGroup: field('tls.handshake.extensions_key_share_group', 'Group', {
    explain: 'The group in which this key share was made.',
    section: 'RFC 8446 §4.2.8',
    show: showGroup,
    values: supportedGroups,
    meanings: curveMeanings,
  }),
  shareLength: field('tls.handshake.extensions_key_share_key_exchange_length', 'Key exchange length', {
    explain: 'Bytes of this half: 32 on Curve25519, 65 on P-256, more than a thousand with ML-KEM.',
    show: bytes,
  }),
  shareKey: field('tls.handshake.extensions_key_share_key_exchange', 'Key exchange', {
    type: octets,
    explain:
      'The public half of a key made for this connection; with the other half both know the same secret.',
    section: 'RFC 8446 §4.2.8',
  }),
  selectedGroup: field('tls.handshake.extensions_key_share_selected_group', 'Selected group', {
    explain: 'The group in which the server wants a key share; the client is to say hello again with one.',
    section: 'RFC 8446 §4.2.8',
    show: showGroup,
    values: supportedGroups,
    meanings: curveMeanings,
  }),
  versionsLength: field('tls.handshake.extensions.supported_versions_len', 'Supported versions length', {
    explain: 'Bytes of the list of versions a client knows: two for each.',
    show: bytes,
  }),
  version: field('tls.handshake.extensions.supported_version', 'Supported version', {
    explain: 'A version that the client knows, or the one that the server has chosen: here TLS 1.3 is told.',
    section: 'RFC 8446 §4.2.1',
    show: showVersion,
    values: tlsVersions,
    meanings: versionMeanings,
  }),
  pskModesLength: field('tls.extension.psk_ke_modes_length', 'PSK modes length', {
    explain: 'How many ways to use a shared key follow, a byte each.',
    show: bytes,
  }),
  pskMode: field('tls.extension.psk_ke_mode', 'PSK mode', {
    explain:
      'Whether a shared key alone may make the new keys, or only with a fresh key exchange, which keeps recordings safe.',
    section: 'RFC 8446 §4.2.9',
    values: pskModes,
    meanings: pskModeMeanings,
  }),
  identitiesLength: field('tls.handshake.extensions.psk.identities.length', 'Identities length', {
    explain: 'Bytes of all names of shared keys with the ages of their tickets.',
    show: bytes,
  }),
  identityLength: field('tls.handshake.extensions.psk.identity.identity_length', 'Identity length', {
    explain: 'Bytes of one name: a ticket is long, since it holds the server’s memory.',
    show: bytes,
  }),
  identity: field('tls.handshake.extensions.psk.identity.identity', 'Identity', {
    type: octets,
    explain: 'Names a shared key: most often the ticket of an earlier connection.',
    section: 'RFC 8446 §4.2.11',
  }),
  ticketAge: field('tls.handshake.extensions.psk.identity.obfuscated_ticket_age', 'Obfuscated ticket age', {
    explain:
      'Milliseconds since the ticket came, with a secret number added so that connections cannot be told to belong together.',
    section: 'RFC 8446 §4.2.11.1',
  }),
  bindersLength: field('tls.handshake.extensions.psk.binders_len', 'PSK binders length', {
    explain: 'Bytes of all proofs together; there is one for each identity, in the same order.',
    show: bytes,
  }),
  binders: field('tls.handshake.extensions.psk.binders', 'PSK binders', {
    type: group,
    explain: 'For each identity the proof that the client holds its key.',
    section: 'RFC 8446 §4.2.11.2',
  }),
  binderLength: field('tls.handshake.extensions.psk.binder_len', 'Binder length', {
    explain: 'Bytes of one proof, as many as its hash has: 32 for SHA-256, 48 for SHA-384.',
    show: bytes,
  }),
  binder: field('tls.handshake.extensions.psk.binder', 'Binder', {
    type: octets,
    explain: 'A keyed hash over this hello, up to here, made with the shared key.',
    section: 'RFC 8446 §4.2.11.2',
  }),
  selectedIdentity: field('tls.handshake.extensions.psk.identity.selected', 'Selected identity', {
    explain: 'Which of the client’s shared keys the server goes on with, counted from 0.',
    section: 'RFC 8446 §4.2.11',
  }),
  cookieLength: field('tls.handshake.extensions.cookie_len', 'Cookie length', {
    explain: 'Bytes that were handed out and come back; only the server knows what is in them.',
    show: bytes,
  }),
  cookie: field('tls.handshake.extensions.cookie', 'Cookie', {
    type: octets,
    explain: 'Handed to the client, who brings it back: so the server need remember nothing in between.',
    section: 'RFC 8446 §4.2.2',
  }),
  renegotiationLength: field('tls.handshake.extensions_reneg_info_len', 'Renegotiation info length', {
    explain: 'Bytes of the hash of the handshake before; 0 in the first one of a connection.',
    show: bytes,
  }),
  renegotiation: field('tls.handshake.extensions_reneg_info', 'Renegotiation info', {
    type: octets,
    explain: 'Ties a new handshake to the one before it, so that nobody can put his own in front.',
    section: 'RFC 5746 §3.2',
  }),
  padding: field('tls.handshake.extensions_padding_data', 'Padding data', {
    type: octets,
    explain: 'Zeros that make the hello longer, around faults of some servers and against guesses by length.',
    section: 'RFC 7685 §3',
  }),
  maxFragmentLength: field('tls.handshake.max_fragment_length', 'Maximum fragment length', {
    explain: 'Asks for shorter records, for clients with little memory.',
    section: 'RFC 6066 §4',
    values: maxFragmentLengths,
  }),
  recordSizeLimit: field('tls.record_size_limit', 'Record size limit', {
    explain: 'The longest record that the sender can take, before encryption.',
    section: 'RFC 8449 §4',
    show: bytes,
  }),
  compressionsLength: field('tls.compress_certificate.algorithms_length', 'Algorithms length', {
    explain: 'Bytes of the ways to compress that the sender can undo: two for each.',
    show: bytes,
  }),
  compression: field('tls.compress_certificate.algorithm', 'Compression', {
    explain: 'How certificates may be compressed, which saves a packet or two.',
    section: 'RFC 8879 §3',
    values: certificateCompressions,
  }),
  responderIdsLength: field(
    'tls.handshake.extensions_status_request_responder_ids_len',
    'Responder ID list length',
    { explain: 'Bytes of all names of OCSP responders; 0 where any will do, as nearly always.', show: bytes },
  ),
  responderIds: field('tls.handshake.extensions_status_request_responder_ids', 'Responder IDs', {
    type: octets,
    explain: 'OCSP responders that the client trusts.',
    section: 'RFC 6066 §8',
  }),
  requestExtensionsLength: field(
    'tls.handshake.extensions_status_request_exts_len',
    'Request extensions length',
    { explain: 'Bytes of further wishes for the OCSP answer; 0 where there are none.', show: bytes },
  ),
  requestExtensions: field('tls.handshake.extensions_status_request_exts', 'Request extensions', {
    type: octets,
    explain: 'Wishes for the OCSP answer, in the language of OCSP.',
    section: 'RFC 6066 §8',
  }),
} as const
