import { type Field, type FieldOptions, field, hex } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import {
  attributeTypes,
  authenticationTypes,
  errorCodes,
  messageTypes,
  pseudowireTypes,
  resultCodes,
} from './numbers/l2tp.ts'
import { l2tpSessionEnds, l2tpTunnelEnds } from './numbers/status-meanings.ts'
import { l2tpErrorMeanings, l2tpMessageMeanings } from './numbers/tunnel-meanings.ts'

type Words = Omit<FieldOptions<'uint'>, 'type' | 'explain'>

const number = (name: string, label: string, explain: string, more: Words = {}) =>
  field(`l2tp.avp.${name}`, label, { explain, ...more })
const flag = (name: string, label: string, explain: string) =>
  field(`l2tp.avp.${name}`, label, { type: 'flag', explain })
const octets = (name: string, label: string, explain: string) =>
  field(`l2tp.avp.${name}`, label, { type: 'bytes', explain })
const text = (name: string, label: string, explain: string) =>
  field(`l2tp.avp.${name}`, label, { type: 'text', explain })

const section = 'RFC 2661 §4.1'

/** What every attribute value pair begins with. */
export const avp = {
  group: field('l2tp.avp', 'Attribute value pair', {
    type: 'group',
    explain:
      'One statement of a control message. All of them are optional in form, so that new ones can be added.',
    section,
  }),
  mandatory: field('l2tp.avp.mandatory', 'Mandatory', {
    type: 'flag',
    explain:
      'When set, who does not know this attribute has to end the session or the tunnel rather than pass over it.',
    section,
  }),
  hidden: field('l2tp.avp.hidden', 'Hidden', {
    type: 'flag',
    explain:
      'When set, the value is masked with MD5 of the shared secret, as passwords of a proxy login are.',
    section,
  }),
  reserved: field('l2tp.avp.reserved', 'Reserved', {
    explain: 'Four bits for later use; a receiver that sees one of them set takes the attribute for unknown.',
    section,
  }),
  length: field('l2tp.avp.length', 'Length', {
    explain: 'Bytes of this pair, with the six that begin it; the next pair follows.',
    section,
  }),
  vendor: field('l2tp.avp.vendor_id', 'Vendor ID', {
    explain: 'Whose list of attributes the type is from; 0 is the standard’s.',
    section,
    values: {
      0: 'IETF',
      9: 'Cisco',
      43: '3Com',
      193: 'Ericsson',
      311: 'Microsoft',
      3561: 'Broadband Forum',
      4491: 'CableLabs',
    },
  }),
  type: field('l2tp.avp.type', 'AVP type', {
    explain: 'Tells what the value is about: a number of the IETF’s, or of the maker whose ID is in front.',
    section,
    values: attributeTypes,
  }),
  vendorType: field('l2tp.avp.type', 'AVP type', {
    explain: 'What the value says; only the vendor’s own list names it.',
    section,
  }),
  value: octets('value', 'Value', 'Bytes that this version of vpnscope does not take apart.'),
  concealed: octets(
    'hidden_value',
    'Hidden value',
    'Only who has the shared secret and the random vector before it can read this.',
  ),
}

const unused = (bits: number): readonly [Field<'uint'>, number] => [reservedBits, bits]
const reservedBits = number('reserved_bits', 'Reserved', 'Bits without a meaning, sent as 0.')

/** What the words of capabilities and types hold: two bits at the end. */
const kinds = (name: string, label: string, explain: string, first: Field<'flag'>, second: Field<'flag'>) =>
  number(name, label, explain, {
    show: hex(8),
    parts: [unused(30), [first, 1], [second, 1]],
  })

/** Values of version 2, which version 3 shares in part. */
export const value = {
  messageType: number(
    'message_type',
    'Message type',
    'What the whole message asks or answers. Always the first pair.',
    {
      meanings: l2tpMessageMeanings,
      values: messageTypes,
      section: 'RFC 2661 §4.4.1',
    },
  ),
  result: field('l2tp.result_code', 'Result code', {
    explain: 'Why the tunnel or the session ends; its meaning depends on which of them it is.',
    here: endSaid,
    section: 'RFC 2661 §4.4.2',
    values: resultCodes,
  }),
  error: number('error_code', 'Error code', 'More exactly what went wrong, where the result is an error.', {
    meanings: l2tpErrorMeanings,
    values: errorCodes,
    section: 'RFC 2661 §4.4.2',
  }),
  errorMessage: text(
    'error_message',
    'Error message',
    'What went wrong in words, where the number alone would send people to the RFC.',
  ),
  version: number(
    'protocol_version',
    'Version',
    'The version of L2TP that the sender speaks: 1 means L2TP version 2, since the header of 0 is that of its forerunner L2F.',
  ),
  revision: number(
    'protocol_revision',
    'Revision',
    'The revision of L2TP behind the version: 0 ever since 1999.',
  ),
  framing: kinds(
    'framing_capabilities',
    'Framing capabilities',
    'Which framing of PPP the sender can be asked for.',
    flag(
      'async_framing_supported',
      'Asynchronous framing supported',
      'When set, PPP over byte-wise lines such as modems can be asked for.',
    ),
    flag(
      'sync_framing_supported',
      'Synchronous framing supported',
      'When set, PPP over bit-wise lines such as ISDN can be asked for.',
    ),
  ),
  bearer: kinds(
    'bearer_capabilities',
    'Bearer capabilities',
    'Which kinds of line the sender can dial out on.',
    flag(
      'analog_access_supported',
      'Analog access supported',
      'When set, calls through modems can be asked for.',
    ),
    flag(
      'digital_access_supported',
      'Digital access supported',
      'When set, calls over ISDN can be asked for.',
    ),
  ),
  tieBreaker: field('l2tp.tie_breaker', 'Tie breaker', {
    explain:
      'A random number: where both ends open a tunnel at once and want only one, the lower number wins.',
    section: 'RFC 2661 §4.4.3',
  }),
  firmware: number(
    'firmware_revision',
    'Firmware revision',
    'Of the sender’s software, in whatever way its vendor counts.',
    { show: hex(4) },
  ),
  hostName: text('host_name', 'Host name', 'Who is calling: the secret that both share is looked up by it.'),
  vendorName: text('vendor_name', 'Vendor name', 'Who made the sender, for people who look for faults.'),
  tunnel: number(
    'assigned_tunnel_id',
    'Assigned tunnel ID',
    'The number that the other side has to write into every message of this tunnel from now on.',
  ),
  window: number(
    'receive_window_size',
    'Receive window size',
    'How many control messages may be under way unacknowledged.',
  ),
  challenge: octets(
    'chap_challenge',
    'Challenge',
    'Random bytes: the other side proves with them that it has the shared secret.',
  ),
  causeCode: number(
    'cause_code',
    'Cause code',
    'Why the telephone network ended the call, in the numbers of Q.931.',
  ),
  causeMessage: number('cause_msg', 'Cause message', 'The Q.931 message that brought the cause.'),
  advisory: text('advisory_msg', 'Advisory message', 'A remark on the end of the call for people.'),
  response: octets(
    'chap_challenge_response',
    'Challenge response',
    'MD5 over the secret and the other side’s challenge: the proof.',
  ),
  session: number(
    'assigned_session_id',
    'Assigned session ID',
    'The number by which the other side has to call this session.',
  ),
  serial: number(
    'call_serial_number',
    'Call serial number',
    'A number of the call that both ends write into their logs.',
  ),
  minimum: number(
    'minimum_bps',
    'Minimum BPS',
    'The slowest line that is good enough for the call, in bits a second.',
  ),
  maximum: number(
    'maximum_bps',
    'Maximum BPS',
    'The fastest line that makes sense for the call, in bits a second.',
  ),
  bearerType: kinds(
    'bearer_type',
    'Bearer type',
    'On which kind of line this call came or is to go.',
    flag('analog_bearer_type', 'Analog bearer', 'When set, the call is one through a modem.'),
    flag('digital_bearer_type', 'Digital bearer', 'When set, the call is an ISDN one.'),
  ),
  framingType: kinds(
    'framing_type',
    'Framing type',
    'How PPP is framed on the caller’s line.',
    flag('async_framing_type', 'Asynchronous framing', 'When set, bytes with escapes stand on the line.'),
    flag('sync_framing_type', 'Synchronous framing', 'When set, bits with stuffing stand on the line.'),
  ),
  called: text(
    'called_number',
    'Called number',
    'The telephone number that was dialled, by which services are told apart.',
  ),
  calling: text(
    'calling_number',
    'Calling number',
    'The telephone number, or the port of the access line, that the call comes from.',
  ),
  subAddress: text('sub_address', 'Sub-address', 'Further digits behind the called number.'),
  speed: number(
    'connect_speed',
    'Transmit connect speed',
    'Bits a second that the line gave towards the user.',
  ),
  channel: number(
    'physical_channel',
    'Physical channel ID',
    'The vendor’s number of the line that the call is on.',
    { show: hex(8) },
  ),
  initialRequest: octets(
    'initial_received_lcp_confreq',
    'Initial received LCP Configure-Request',
    'Options that the caller’s PPP asked for first, so that the far end need not negotiate again.',
  ),
  lastSent: octets(
    'last_sent_lcp_confreq',
    'Last sent LCP Configure-Request',
    'Options that the near end asked the caller for, as agreed on.',
  ),
  lastReceived: octets(
    'last_received_lcp_confreq',
    'Last received LCP Configure-Request',
    'Options of the caller’s that the near end agreed to.',
  ),
  authentication: number(
    'proxy_authen_type',
    'Proxy authentication type',
    'How the near end has let the caller log in already.',
    { values: authenticationTypes },
  ),
  userName: text(
    'proxy_authen_name',
    'Proxy authentication name',
    'The name that the caller logged in with.',
  ),
  userChallenge: octets(
    'proxy_authen_challenge',
    'Proxy authentication challenge',
    'What the near end asked the caller to prove its password with.',
  ),
  reservedByte: number('reserved_byte', 'Reserved', 'Fills the word in front of the identifier; sent as 0.'),
  userId: number(
    'proxy_authen_id',
    'Proxy authentication ID',
    'The identifier of the login’s CHAP or PAP message, which CHAP’s proof covers.',
  ),
  userResponse: octets(
    'proxy_authen_response',
    'Proxy authentication response',
    'The caller’s proof, or with PAP the password itself, in clear.',
  ),
  reservedWord: number('reserved_word', 'Reserved', 'Aligns what follows; sent as 0.', { show: hex(4) }),
  crc: number(
    'crc_errors',
    'CRC errors',
    'Frames of the line whose check sequence was wrong since the call began.',
  ),
  framingErrors: number(
    'framing_errors',
    'Framing errors',
    'Frames of the line that did not end as they should.',
  ),
  hardwareOverruns: number(
    'hardware_overruns',
    'Hardware overruns',
    'How often the line’s chip had no room for what came.',
  ),
  bufferOverruns: number(
    'buffer_overruns',
    'Buffer overruns',
    'How often the host had no buffer left for what came.',
  ),
  timeouts: number(
    'time_out_errors',
    'Time-out errors',
    'How often the line was silent when something had to come.',
  ),
  alignment: number(
    'alignment_errors',
    'Alignment errors',
    'Frames of the line that did not fill whole bytes.',
  ),
  sendMap: number(
    'send_accm',
    'Send ACCM',
    'Control characters to be escaped towards the caller, a bit for each.',
    { show: hex(8) },
  ),
  receiveMap: number(
    'receive_accm',
    'Receive ACCM',
    'Control characters that the caller escapes, a bit for each.',
    { show: hex(8) },
  ),
  vector: octets(
    'random_vector',
    'Random vector',
    'Random bytes that hidden values of this message are masked with, beside the secret.',
  ),
  group: octets(
    'private_group_id',
    'Private group ID',
    'The customer that the call belongs to; the far end may give each its own network.',
  ),
  receiveSpeed: number(
    'rx_connect_speed',
    'Receive connect speed',
    'Bits a second that the line gave from the user, where it differs.',
  ),
  disconnect: number(
    'disconnect_code',
    'Disconnect code',
    'Which step of PPP failed or who hung up, as RFC 3145 numbers it.',
    {
      section: 'RFC 3145 §2',
    },
  ),
  disconnectProtocol: number(
    'control_protocol_number',
    'Control protocol number',
    'Which of PPP’s protocols failed: 0xc021 is LCP.',
    { show: hex(4), section: 'RFC 3145 §2' },
  ),
  disconnectSide: number(
    'cause_code_direction',
    'Direction',
    'Whose fault the end was, as far as the sender can tell.',
    {
      values: { 0: 'global', 1: 'at the peer', 2: 'at the local end' },
      section: 'RFC 3145 §2',
    },
  ),
  disconnectMessage: text(
    'cause_code_message',
    'Message',
    'The reason why PPP ended in words, for whoever reads the log.',
  ),
}

/** Values that version 3 added. */
export const value3 = {
  digestType: number(
    'digest_type',
    'Digest type',
    'By which hash the digest over the message is made: HMAC-MD5 or HMAC-SHA-1.',
    {
      values: { 0: 'HMAC-MD5', 1: 'HMAC-SHA-1' },
      section: 'RFC 3931 §5.4.1',
    },
  ),
  digest: octets(
    'message_digest',
    'Message digest',
    'A keyed hash of the whole message: who has no secret can neither make nor change one.',
  ),
  router: number(
    'router_id',
    'Router ID',
    'A number that is the sender’s alone, often one of its IPv4 addresses.',
    { section: 'RFC 3931 §5.4.3' },
  ),
  connection: number(
    'assigned_control_conn_id',
    'Assigned control connection ID',
    'The number by which the other side has to call this control connection.',
    { section: 'RFC 3931 §5.4.3' },
  ),
  capability: number('pw_type', 'Pseudowire type', 'One kind of link that the sender can carry.', {
    values: pseudowireTypes,
    section: 'RFC 3931 §5.4.3',
  }),
  local: number(
    'local_session_id',
    'Local session ID',
    'The sender’s number of the session, which packets to it will have.',
    { section: 'RFC 3931 §5.4.4' },
  ),
  remote: number(
    'remote_session_id',
    'Remote session ID',
    'The other side’s number of the session; 0 while it has not told any.',
    { section: 'RFC 3931 §5.4.4' },
  ),
  cookie: octets(
    'assigned_cookie',
    'Assigned cookie',
    'Bytes that every packet to the sender has to have behind the session ID, 4 or 8 of them.',
  ),
  remoteEnd: text(
    'remote_end_id',
    'Remote end ID',
    'Which of the other side’s links the session is to be connected with.',
  ),
  pseudowire: number('pseudowire_type', 'Pseudowire type', 'The kind of link that the session carries.', {
    values: pseudowireTypes,
    section: 'RFC 3931 §5.4.4',
  }),
  sublayer: number(
    'layer2_specific_sublayer',
    'L2-specific sublayer',
    'What stands between cookie and payload in packets to the sender.',
    {
      values: { 0: 'none', 1: 'default', 2: 'ATM-specific', 3: 'MPT-specific' },
      section: 'RFC 3931 §5.4.4',
    },
  ),
  sequencing: number(
    'data_sequencing',
    'Data sequencing',
    'Which packets to the sender have to be numbered.',
    {
      values: { 0: 'none', 1: 'all but IP', 2: 'all' },
      section: 'RFC 3931 §5.4.4',
    },
  ),
  circuit: number(
    'circuit_status_word',
    'Circuit status',
    'Whether the carried link works at the sender’s end.',
    {
      show: hex(4),
      parts: [
        unused(14),
        [flag('circuit_type', 'New', 'When set, the link was just set up, and not known before.'), 1],
        [flag('circuit_status', 'Active', 'When set, the link is up; when not, nothing gets through.'), 1],
      ],
      section: 'RFC 3931 §5.4.5',
    },
  ),
  language: text(
    'preferred_language',
    'Preferred language',
    'The language that messages for people should be in.',
  ),
  nonce: octets(
    'nonce',
    'Nonce',
    'Random bytes that go into the digests of both sides, so that old messages cannot be used again.',
  ),
  speed: number(
    'tx_connect_speed_v3',
    'Transmit connect speed',
    'Bits a second towards the user, in 64 bits; 0: not known.',
  ),
  receiveSpeed: number(
    'rx_connect_speed_v3',
    'Receive connect speed',
    'Bits a second from the user, in 64 bits; 0: the same as towards it.',
  ),
}

const [stopTunnel, endSession] = [4, 14]

/** What a result code says, which depends on what ends. */
function endSaid(code: number, layer: LayerView): string {
  const type = layer.number(value.messageType)
  if (type === stopTunnel) return l2tpTunnelEnds[code] ?? ''
  return type === endSession ? (l2tpSessionEnds[code] ?? '') : ''
}
