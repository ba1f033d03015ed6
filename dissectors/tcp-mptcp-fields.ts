import { field, hex } from '../src/dissect/field.ts'
import { mptcpResetReasons, mptcpSubtypes } from './numbers/tcp-options.ts'

const bit = (name: string, label: string, explain: string) =>
  field(`tcp.options.mptcp.${name}`, label, { type: 'flag', explain })

const subtype = field('tcp.options.mptcp.subtype', 'Subtype', {
  explain: 'Which of the tasks this option has: to open, to join, to map data, or to add and drop addresses.',
  meanings: {
    0: 'Says in the handshake that the sender can do this, and brings a key.',
    1: 'Joins this connection to one that stands already.',
    2: 'Says where the bytes of this path belong in the stream of all, and what has arrived.',
    3: 'Offers another address to open a path to.',
    4: 'Takes addresses back that the sender has lost, as when Wi-Fi is gone.',
    5: 'Makes this path a backup, or no longer one.',
    6: 'A device on the way changed the stream: the connection goes on over this path without the option.',
    7: 'Breaks off all paths at once.',
    8: 'Closes this path only, and says why.',
  },
  section: 'RFC 8684 §8.1',
  values: mptcpSubtypes,
})
const reserved = field('tcp.options.mptcp.reserved', 'Reserved', {
  explain: 'Unused bits, which the sender leaves 0.',
  show: hex(1),
})
const backup = bit(
  'backup.flag',
  'Backup',
  'Asks the other side to use this path only when no other one works.',
)
const checksumRequired = bit(
  'checksumreq.flags',
  'Checksum required',
  'Asks for a checksum over the data and where it belongs, against devices that change the stream on the way.',
)
const extensibility = bit('extensibility.flag', 'Extensibility', 'Must be 0; kept for later versions.')

/** The glossary of the Multipath TCP option. */
export const m = {
  heading: field('tcp.options.mptcp', 'Multipath TCP', {
    type: 'group',
    explain:
      'Ties several TCP connections over different paths, such as Wi-Fi and mobile, into one. Some VPN apps use it to survive a change of network.',
    section: 'RFC 8684 §3',
  }),
  subtype,
  reserved,
  version: field('tcp.options.mptcp.version', 'Version', {
    explain: 'Version 1 is RFC 8684, version 0 the older RFC 6824.',
  }),
  capableFlags: field('tcp.options.mptcp.flags', 'Flags', {
    explain: 'What the sender can do and wants, one bit each.',
    section: 'RFC 8684 §3.1',
    show: hex(2),
    parts: [
      [checksumRequired, 1],
      [extensibility, 1],
      [
        bit(
          'nomoresubflows.flag',
          'No more subflows here',
          'The other side shall not open further paths to this address and port.',
        ),
        1,
      ],
      [
        field('tcp.options.mptcp.reserved.flag', 'Reserved', {
          explain: 'Unused bits, which the sender leaves 0.',
        }),
        4,
      ],
      [bit('sha256.flag', 'Use HMAC-SHA256', 'How the paths prove to belong together.'), 1],
    ],
  }),
  capableFlagsOld: field('tcp.options.mptcp.flags', 'Flags', {
    explain: 'What the sender can do and wants, one bit each.',
    section: 'RFC 6824 §3.1',
    show: hex(2),
    parts: [
      [checksumRequired, 1],
      [extensibility, 1],
      [
        field('tcp.options.mptcp.reserved.flag', 'Reserved', {
          explain: 'Unused bits, which the sender leaves 0.',
        }),
        5,
      ],
      [bit('sha1.flag', 'Use HMAC-SHA1', 'How the paths prove to belong together.'), 1],
    ],
  }),
  pathFlags: field('tcp.options.mptcp.flags', 'Subtype and flags', {
    explain: 'The subtype, and whether this path is a backup.',
    section: 'RFC 8684 §3.2',
    show: hex(2),
    parts: [
      [subtype, 4],
      [reserved, 3],
      [backup, 1],
    ],
  }),
  resetFlags: field('tcp.options.mptcp.flags', 'Subtype and flags', {
    explain: 'The subtype, and whether the fault will pass.',
    section: 'RFC 8684 §3.6',
    show: hex(2),
    parts: [
      [subtype, 4],
      [bit('flag_U.flag', 'U', 'The first of three bits that have no meaning yet; sent as 0.'), 1],
      [bit('flag_V.flag', 'V', 'The second of three bits that have no meaning yet; sent as 0.'), 1],
      [bit('flag_W.flag', 'W', 'The third of three bits that have no meaning yet; sent as 0.'), 1],
      [bit('flag_T.flag', 'Transient', 'The fault will pass: the path may be opened again later.'), 1],
    ],
  }),
  signalFlags: field('tcp.options.mptcp.flags', 'Flags', {
    explain: 'Which of the numbers follow, and how long they are.',
    section: 'RFC 8684 §3.3',
    show: hex(2),
    parts: [
      [
        field('tcp.options.mptcp.signal.reserved', 'Reserved', {
          explain: 'Unused bits, which the sender leaves 0.',
        }),
        3,
      ],
      [
        bit(
          'datafin.flag',
          'DATA_FIN',
          'The sender has no more data on any path; it is to the whole what FIN is to one path.',
        ),
        1,
      ],
      [
        bit(
          'dseqn8.flag',
          'Data sequence number of 8 bytes',
          'The number below has 8 bytes, so that it cannot come round again on fast paths; else 4.',
        ),
        1,
      ],
      [
        bit(
          'dseqnpresent.flag',
          'Data sequence number present',
          'A mapping follows: where the bytes of this path belong in the whole stream.',
        ),
        1,
      ],
      [
        bit(
          'dataack8.flag',
          'Data ACK of 8 bytes',
          'The acknowledgment below has 8 bytes, so that it cannot come round again on fast paths; else 4.',
        ),
        1,
      ],
      [
        bit(
          'dataackpresent.flag',
          'Data ACK present',
          'An acknowledgment follows: what of the whole stream has arrived, over all paths.',
        ),
        1,
      ],
    ],
  }),
  senderKey: field('tcp.options.mptcp.sendkey', 'Sender’s key', {
    explain: 'Travels in the clear once; later paths prove with it that they belong to the connection.',
    section: 'RFC 8684 §3.1',
  }),
  receiverKey: field('tcp.options.mptcp.recvkey', 'Receiver’s key', {
    explain: 'The other side’s key, sent back to show that it arrived.',
    section: 'RFC 8684 §3.1',
  }),
  addressId: field('tcp.options.mptcp.addrid', 'Address ID', {
    explain: 'A number for an address, because NAT may show the other side a different one.',
  }),
  receiverToken: field('tcp.options.mptcp.recvtok', 'Receiver’s token', {
    explain: 'A hash of the receiver’s key: names the connection that this path joins.',
    section: 'RFC 8684 §3.2',
    show: hex(8),
  }),
  senderNonce: field('tcp.options.mptcp.sendrand', 'Sender’s random number', {
    explain: 'Goes into the proof, so that an old one cannot be sent again.',
    section: 'RFC 8684 §3.2',
    show: hex(8),
  }),
  truncatedHmac: field('tcp.options.mptcp.sendtrunchmac', 'Sender’s truncated HMAC', {
    explain: 'The first 8 bytes of the proof that the sender knows both keys.',
    section: 'RFC 8684 §3.2',
  }),
  hmac: field('tcp.options.mptcp.sendhmac', 'Sender’s HMAC', {
    type: 'bytes',
    explain: 'The proof that the sender knows both keys.',
    section: 'RFC 8684 §3.2',
  }),
  dataAck: field('tcp.options.mptcp.rawdataack', 'Data ACK', {
    explain: 'The next byte of the whole connection, over all paths, that the sender waits for.',
    section: 'RFC 8684 §3.3.2',
  }),
  dataAckShort: field('tcp.options.mptcp.rawdataack4', 'Data ACK, lower 32 bits', {
    explain:
      'The lower half of the next byte’s number that the sender waits for, over all paths; the upper half is known.',
    section: 'RFC 8684 §3.3.2',
  }),
  dataSequence: field('tcp.options.mptcp.rawdataseqno', 'Data sequence number', {
    explain: 'Where these bytes belong in the stream of the whole connection.',
    section: 'RFC 8684 §3.3.1',
  }),
  dataSequenceShort: field('tcp.options.mptcp.rawdataseqno4', 'Data sequence number, lower 32 bits', {
    explain:
      'Where these bytes belong in the stream of the whole connection, by the lower half of the number.',
    section: 'RFC 8684 §3.3.1',
  }),
  subflowSequence: field('tcp.options.mptcp.subflowseqno', 'Subflow sequence number', {
    explain: 'Where the same bytes lie in the stream of this path, counted from its start.',
    section: 'RFC 8684 §3.3.1',
  }),
  dataLength: field('tcp.options.mptcp.datalvllen', 'Data-level length', {
    explain:
      'How many bytes from there on the mapping covers. 0 gives mappings up: from there on path and stream are the same.',
    section: 'RFC 8684 §3.3.1',
  }),
  mappingChecksum: field('tcp.options.mptcp.checksum', 'Checksum', {
    explain: 'Covers the data and the mapping, so that a device that changes the stream is noticed.',
    section: 'RFC 8684 §3.3.1',
    show: hex(4),
  }),
  ipVersion: field('tcp.options.mptcp.ipver', 'IP version', {
    explain: 'Tells how long the address is: 4 for IPv4, 6 for IPv6.',
    section: 'RFC 6824 §3.4.1',
  }),
  echoFlag: bit('echo', 'Echo', 'The announcement, sent back to show that it arrived.'),
  ipv4: field('tcp.options.mptcp.ipv4', 'Advertised IPv4 address', {
    type: 'ipv4',
    explain: 'A further address of the sender, to which the other side may open a path.',
    section: 'RFC 8684 §3.4.1',
  }),
  ipv6: field('tcp.options.mptcp.ipv6', 'Advertised IPv6 address', {
    type: 'ipv6',
    explain: 'A further address of the sender, to which the other side may open a path.',
    section: 'RFC 8684 §3.4.1',
  }),
  port: field('tcp.options.mptcp.port', 'Advertised port', {
    explain: 'The port to open the path to, where it is not the usual one.',
    section: 'RFC 8684 §3.4.1',
  }),
  addressHmac: field('tcp.options.mptcp.addaddrtrunchmac', 'Truncated HMAC', {
    explain: 'Proves that the announcement comes from the other end and not from someone on the way.',
    section: 'RFC 8684 §3.4.1',
  }),
  resetReason: field('tcp.options.mptcp.rst_reason', 'Reason', {
    explain: 'Tells why this path of several is given up, while the connection goes on over the others.',
    section: 'RFC 8684 §3.6',
    values: mptcpResetReasons,
  }),
}
