import { bytes, field, hex } from '../src/dissect/field.ts'
import {
  pptpAcceptMeanings,
  pptpCloseMeanings,
  pptpEndMeanings,
  pptpErrorMeanings,
  pptpMessageMeanings,
  pptpOutcomeMeanings,
} from './numbers/tunnel-meanings.ts'

const errors: Readonly<Record<number, string>> = {
  0: 'none',
  1: 'not connected',
  2: 'bad format',
  3: 'bad value',
  4: 'no resource',
  5: 'bad vendor',
  6: 'PAC error',
}

/** Kinds of control messages (RFC 2637 §1.4). */
export const pptpMessages: Readonly<Record<number, string>> = {
  1: 'Start-Control-Connection-Request',
  2: 'Start-Control-Connection-Reply',
  3: 'Stop-Control-Connection-Request',
  4: 'Stop-Control-Connection-Reply',
  5: 'Echo-Request',
  6: 'Echo-Reply',
  7: 'Outgoing-Call-Request',
  8: 'Outgoing-Call-Reply',
  9: 'Incoming-Call-Request',
  10: 'Incoming-Call-Reply',
  11: 'Incoming-Call-Connected',
  12: 'Call-Clear-Request',
  13: 'Call-Disconnect-Notify',
  14: 'WAN-Error-Notify',
  15: 'Set-Link-Info',
}

const framings: Readonly<Record<number, string>> = { 1: 'asynchronous', 2: 'synchronous', 3: 'either' }
const bearers: Readonly<Record<number, string>> = { 1: 'analog', 2: 'digital', 3: 'either' }

type Numbered = Readonly<Record<number, string>>
const result = (name: string, section: string, explain: string, values: Numbered, meanings?: Numbered) =>
  field(`pptp.${name}`, 'Result code', { explain, section, values, ...(meanings ? { meanings } : {}) })
const text = (name: string, label: string, section: string, explain: string) =>
  field(`pptp.${name}`, label, { type: 'text', explain, section })
const errorCount = (name: string, label: string, explain: string) =>
  field(`pptp.${name}`, label, { explain, section: 'RFC 2637 §2.14' })

export const pptpFields = {
  message: field('pptp.message', 'Message', {
    type: 'group',
    explain: 'One message of the control connection; several may share a segment.',
    section: 'RFC 2637 §1.4',
  }),
  length: field('pptp.length', 'Length', {
    explain: 'Bytes of the message, all of its header included.',
    section: 'RFC 2637 §1.4',
    show: bytes,
  }),
  type: field('pptp.type', 'Message type', {
    explain: '1, a control message. Messages for managers were planned and never came.',
    section: 'RFC 2637 §1.4',
    values: { 1: 'Control Message', 2: 'Management Message' },
  }),
  cookie: field('pptp.magic_cookie', 'Magic cookie', {
    explain:
      'Always 0x1a2b3c4d: a receiver that finds something else has lost its place in the stream and hangs up.',
    section: 'RFC 2637 §1.4',
    show: hex(8),
  }),
  control: field('pptp.control_message_type', 'Control message type', {
    explain:
      'What is asked or answered: to open the connection, to place a call, which is the tunnel, to end it.',
    section: 'RFC 2637 §1.4',
    meanings: pptpMessageMeanings,
    values: pptpMessages,
  }),
  reserved: field('pptp.reserved', 'Reserved', {
    type: 'bytes',
    explain: 'Aligns what follows to four bytes; it says nothing.',
    section: 'RFC 2637 §1.4',
  }),
  version: field('pptp.protocol_version', 'Protocol version', {
    explain: 'The version of PPTP that the sender wants to speak.',
    section: 'RFC 2637 §2.1',
    show: value => `${value >> 8}.${value & 255}`,
  }),
  framings: field('pptp.framing_capabilities', 'Framing capabilities', {
    explain:
      'Which kinds of telephone lines the sender can serve. Where the tunnel is all there is, it says nothing.',
    section: 'RFC 2637 §2.1',
    values: framings,
  }),
  bearers: field('pptp.bearer_capabilities', 'Bearer capabilities', {
    explain: 'Whether those lines may be analog or digital.',
    section: 'RFC 2637 §2.1',
    values: bearers,
  }),
  channels: field('pptp.maximum_channels', 'Maximum channels', {
    explain: 'How many calls the server can carry at once; clients say 0.',
    section: 'RFC 2637 §2.1',
  }),
  firmware: field('pptp.firmware_revision', 'Firmware revision', {
    explain: 'The version of the sender’s software, in its own counting.',
    section: 'RFC 2637 §2.1',
  }),
  host: text('host_name', 'Host name', 'RFC 2637 §2.1', 'What the sender calls itself; nobody checks it.'),
  vendor: text(
    'vendor_name',
    'Vendor name',
    'RFC 2637 §2.1',
    'The maker of the client or server, from which its faults can be guessed.',
  ),
  controlResult: result(
    'control_result',
    'RFC 2637 §2.2',
    'Whether the server lets the client place calls, and if not, why.',
    {
      1: 'successful channel establishment',
      2: 'general error',
      3: 'command channel already exists',
      4: 'requester is not authorized',
      5: 'protocol version not supported',
    },
    pptpAcceptMeanings,
  ),
  error: field('pptp.error', 'Error code', {
    explain: 'What went wrong, where the result is a general error.',
    section: 'RFC 2637 §2.16',
    meanings: pptpErrorMeanings,
    values: errors,
  }),
  reason: field('pptp.reason', 'Reason', {
    explain: 'Why the sender ends the connection, and all calls with it.',
    section: 'RFC 2637 §2.3',
    meanings: pptpCloseMeanings,
    values: { 1: 'none', 2: 'protocol version not supported', 3: 'local shutdown' },
  }),
  stopResult: result(
    'stop_result',
    'RFC 2637 §2.4',
    'Whether the other end gives the control connection up as it was asked.',
    {
      1: 'connection closed',
      2: 'general error',
    },
  ),
  identifier: field('pptp.identifier', 'Identifier', {
    explain:
      'Joins the reply to its request. Both ends ask after a minute of silence whether the other is there.',
    section: 'RFC 2637 §2.5',
  }),
  echoResult: result(
    'echo_result',
    'RFC 2637 §2.6',
    'Whether the other end is in order; that it answers at all says more.',
    {
      1: 'valid',
      2: 'general error',
    },
  ),
  call: field('pptp.call_id', 'Call ID', {
    explain:
      'The number that the sender gives the call; the other end writes it into the GRE packets that it sends.',
    section: 'RFC 2637 §2.7',
  }),
  serial: field('pptp.call_serial_number', 'Call serial number', {
    explain: 'A number for logs, by which both ends can find the same call.',
    section: 'RFC 2637 §2.7',
  }),
  minimumRate: field('pptp.minimum_bps', 'Minimum BPS', {
    explain: 'The slowest line that is acceptable, in bits per second.',
    section: 'RFC 2637 §2.7',
  }),
  maximumRate: field('pptp.maximum_bps', 'Maximum BPS', {
    explain: 'The fastest line that is acceptable, in bits per second.',
    section: 'RFC 2637 §2.7',
  }),
  bearer: field('pptp.bearer_type', 'Bearer type', {
    explain: 'Which kind of line this call is to have or has.',
    section: 'RFC 2637 §2.7',
    values: bearers,
  }),
  framing: field('pptp.framing_type', 'Framing type', {
    explain: 'Which framing PPP is to have on the line.',
    section: 'RFC 2637 §2.7',
    values: framings,
  }),
  window: field('pptp.packet_receive_window_size', 'Packet receive window size', {
    explain: 'How many GRE packets the sender can hold before it has acknowledged them.',
    section: 'RFC 2637 §2.7',
  }),
  delay: field('pptp.packet_processing_delay', 'Packet processing delay', {
    explain: 'How long the sender takes for a packet, in tenths of a second.',
    section: 'RFC 2637 §2.7',
  }),
  phoneLength: field('pptp.phone_number_length', 'Phone number length', {
    explain: 'How many characters of the 64 for the number count; 0 where no number is dialled.',
    section: 'RFC 2637 §2.7',
    show: bytes,
  }),
  phone: text(
    'phone_number',
    'Phone number',
    'RFC 2637 §2.7',
    'Whom the server is to call; empty where the server is the far end itself.',
  ),
  subaddress: text('subaddress', 'Subaddress', 'RFC 2637 §2.7', 'What is dialled behind the number.'),
  peerCall: field('pptp.peer_call_id', 'Peer call ID', {
    explain: 'The number that the other end gave the call: with it, the sender says which call it means.',
    section: 'RFC 2637 §2.8',
  }),
  outgoingResult: result(
    'out_result',
    'RFC 2637 §2.8',
    'Whether the call came about.',
    {
      1: 'connected',
      2: 'general error',
      3: 'no carrier',
      4: 'busy',
      5: 'no dial tone',
      6: 'time-out',
      7: 'not accepted',
    },
    pptpOutcomeMeanings,
  ),
  cause: field('pptp.cause', 'Cause code', {
    explain: 'What the telephone network says about the end of a call, in Q.931’s numbers.',
    section: 'RFC 2637 §2.8',
  }),
  speed: field('pptp.connect_speed', 'Connect speed', {
    explain: 'Bits per second of the line that was established; in a VPN somebody’s guess.',
    section: 'RFC 2637 §2.8',
  }),
  channel: field('pptp.physical_channel_id', 'Physical channel ID', {
    explain: 'Which of its own lines the server uses, for its logs.',
    section: 'RFC 2637 §2.8',
  }),
  dialedLength: field('pptp.dialed_number_length', 'Dialed number length', {
    explain: 'How many characters of the number that was called count.',
    section: 'RFC 2637 §2.9',
    show: bytes,
  }),
  dialingLength: field('pptp.dialing_number_length', 'Dialing number length', {
    explain: 'How many characters of the caller’s number count.',
    section: 'RFC 2637 §2.9',
    show: bytes,
  }),
  dialed: text(
    'dialed_number',
    'Dialed number',
    'RFC 2637 §2.9',
    'The number that the caller dialled, by which one line can offer several services.',
  ),
  dialing: text(
    'dialing_number',
    'Dialing number',
    'RFC 2637 §2.9',
    'The telephone number from which the call comes.',
  ),
  incomingResult: result(
    'in_result',
    'RFC 2637 §2.10',
    'Whether the server wants the caller on the telephone.',
    {
      1: 'connect',
      2: 'general error',
      3: 'do not accept',
    },
  ),
  endResult: result(
    'disc_result',
    'RFC 2637 §2.13',
    'Whether the line was lost, something failed, or somebody wanted the call to end.',
    {
      1: 'lost carrier',
      2: 'general error',
      3: 'administrative shutdown',
      4: 'by request',
    },
    pptpEndMeanings,
  ),
  statistics: text(
    'call_Statistics',
    'Call statistics',
    'RFC 2637 §2.13',
    'Numbers of the finished call for the client’s log, in whatever words the server likes.',
  ),
  crcErrors: errorCount(
    'crc_errors',
    'CRC errors',
    'Frames with a wrong check sequence since the call began.',
  ),
  framingErrors: errorCount(
    'framing_errors',
    'Framing errors',
    'Characters without a proper end on the line.',
  ),
  hardwareOverruns: errorCount(
    'hardware_overruns',
    'Hardware overruns',
    'Times that the line’s chip lost bytes because nobody fetched them.',
  ),
  bufferOverruns: errorCount(
    'buffer_overruns',
    'Buffer overruns',
    'Times that the server had no room for what came.',
  ),
  timeouts: errorCount('timeout_errors', 'Time-out errors', 'Times that something expected did not come.'),
  alignments: errorCount(
    'alignment_errors',
    'Alignment errors',
    'Frames that did not end with a whole byte.',
  ),
  sendMap: field('pptp.send_accm', 'Send ACCM', {
    explain:
      'Which control characters are to be sent as two others to the caller; as LCP agreed, for the server does not read along.',
    section: 'RFC 2637 §2.15',
    show: hex(8),
  }),
  receiveMap: field('pptp.receive_accm', 'Receive ACCM', {
    explain: 'Which control characters come from the caller as two others.',
    section: 'RFC 2637 §2.15',
    show: hex(8),
  }),
  data: field('pptp.data', 'Data', {
    type: 'bytes',
    explain:
      'What a message holds beyond the fields that are known, or a piece of one that begins elsewhere.',
    section: 'RFC 2637 §1.4',
  }),
} as const
