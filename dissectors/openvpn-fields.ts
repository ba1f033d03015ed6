import { bytes, field, hex } from '../src/dissect/field.ts'

/** Opcodes by OpenVPN’s own names. */
export const opcodes: Readonly<Record<number, string>> = {
  1: 'P_CONTROL_HARD_RESET_CLIENT_V1',
  2: 'P_CONTROL_HARD_RESET_SERVER_V1',
  3: 'P_CONTROL_SOFT_RESET_V1',
  4: 'P_CONTROL_V1',
  5: 'P_ACK_V1',
  6: 'P_DATA_V1',
  7: 'P_CONTROL_HARD_RESET_CLIENT_V2',
  8: 'P_CONTROL_HARD_RESET_SERVER_V2',
  9: 'P_DATA_V2',
  10: 'P_CONTROL_HARD_RESET_CLIENT_V3',
  11: 'P_CONTROL_WKC_V1',
}

const purposes: Readonly<Record<number, string>> = {
  1: 'The client begins, in the way of version 1, with which nobody begins any more.',
  2: 'The server’s answer to a beginning in the way of version 1.',
  3: 'New keys are to be made while the old ones still work; after an hour by default.',
  4: 'Carries a piece of the TLS handshake, in which the peers show who they are and make keys.',
  5: 'Carries no data: it acknowledges messages, for UDP itself loses some in silence.',
  6: 'A packet of the tunnel, encrypted, from a peer that is known by its address and port alone.',
  7: 'The client begins: from here on the two know each other by their session IDs, and TLS can start.',
  8: 'The server answers the client’s beginning, and acknowledges it.',
  9: 'A packet of the tunnel, encrypted, with the number of the client in front.',
  10: 'The client begins, and brings a key of its own along that only the server can unwrap (tls-crypt-v2).',
  11: 'A piece of the TLS handshake, with the client’s wrapped key sent once more: so the server need not remember a client before it is sure of its address.',
}

const opcode = field('openvpn.opcode', 'Opcode', {
  explain:
    'Says what the message is for: to begin, to go on with TLS, to acknowledge, or to carry a packet of the tunnel.',
  values: opcodes,
  meanings: purposes,
  here: value => (purposes[value] === undefined ? `No version of OpenVPN has ${value}.` : ''),
})

const keyId = field('openvpn.keyid', 'Key ID', {
  explain:
    'Which of the session’s keys is meant: 0 for the first ones, then 1 to 7 in turn, so that old and new keys can be in use side by side.',
  here: value =>
    value === 0
      ? '0: the first handshake is going on, or its keys are still in use.'
      : `${value}: keys were renewed since the session began, the first ones are gone.`,
})

/** A time in seconds since 1970. */
const date = (all: Uint8Array, start: number, length: number): string => {
  let value = 0
  for (let i = 0; i < length && i < 4; i++) value = value * 256 + all[start + i]!
  return `${new Date(value * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** The glossary of OpenVPN. */
export const f = {
  length: field('openvpn.plen', 'Packet length', {
    explain:
      'Only over TCP: bytes of the message without these two. A stream has no borders between messages, so each says where it ends.',
    show: bytes,
  }),
  type: field('openvpn.type', 'Type', {
    explain: 'Two numbers in a byte: what the message is for, and which keys belong to it.',
    show: hex(2),
    parts: [
      [opcode, 5],
      [keyId, 3],
    ],
  }),
  opcode,
  keyId,
  peerId: field('openvpn.peerid', 'Peer ID', {
    explain:
      'The number that the server gave to this client. It finds the client by it even when a NAT device has changed address or port.',
    here: value => (value === 0xffffff ? 'All ones: the sender has no number.' : ''),
  }),
  session: field('openvpn.sessionid', 'Session ID', {
    explain:
      'Random, chosen by the sender of this message when it began. An attacker who does not see the packets cannot put his own in between.',
  }),
  hmac: field('openvpn.hmac', 'HMAC', {
    type: 'bytes',
    explain:
      'Made with a key that all members of the VPN share (tls-auth): without it nobody gets as far as TLS, and the server stays silent to strangers. It hides nothing. Its size is that of the hash; which size it is here is a guess from what follows.',
  }),
  replayId: field('openvpn.pid', 'Replay packet ID', {
    explain:
      'Grows with every control packet, so that one recorded and sent again is noticed. Not the number of the message: one that is repeated gets a new one.',
    show: value => (value >= earlyNegotiation ? `0x${value.toString(16)}` : String(value)),
  }),
  netTime: field('openvpn.net_time', 'Net time', {
    explain:
      'When the sender began counting. Together with the packet ID it never repeats, even after a restart; and it tells a listener how the clock is set.',
    read: date,
  }),
  tag: field('openvpn.tls_crypt.tag', 'Authentication tag', {
    type: 'bytes',
    explain:
      'HMAC-SHA256 over the control packet in clear. It is also the start value of the encryption that follows (tls-crypt), which hides even the certificates of TLS.',
  }),
  wrapped: field('openvpn.tls_crypt.wrapped', 'Encrypted control message', {
    type: 'bytes',
    explain:
      'Acknowledgments, message number and TLS, encrypted with AES-256-CTR and a key that server and client had beforehand.',
  }),
  clientKey: field('openvpn.wkc', 'Wrapped client key', {
    type: 'group',
    explain:
      'This client’s own key for tls-crypt, encrypted for the server alone: the server stores no keys of clients, each brings its own along.',
  }),
  encryptedKey: field('openvpn.wkc_key', 'Encrypted client key', {
    type: 'bytes',
    explain:
      'A tag of 32 bytes, then the key of 256 bytes and what the server wrote beside it when it made the key, a name or a time.',
  }),
  clientKeyLength: field('openvpn.wkc_len', 'Wrapped client key length', {
    explain:
      'Bytes of the wrapped key, these two included. It stands last, so a server reads it from the end.',
    show: bytes,
  }),
  ackCount: field('openvpn.mpidarraylength', 'Message packet-ID array length', {
    explain: 'How many messages of the other side are acknowledged here: up to 8.',
  }),
  ack: field('openvpn.mpidarrayelement', 'Message packet-ID array element', {
    explain:
      'The number of a message that has arrived, which the other side will no longer repeat. The same one may be acknowledged more than once.',
  }),
  remoteSession: field('openvpn.rsessionid', 'Remote session ID', {
    explain:
      'The session ID of the other side, whose messages are acknowledged: it shows that the sender has really seen them.',
  }),
  messageId: field('openvpn.mpid', 'Message packet ID', {
    explain:
      'Numbers this side’s control messages from 0 on. TLS needs every byte in order: by it the receiver sorts them and asks for none twice.',
  }),
  data: field('openvpn.data', 'Data', {
    type: 'bytes',
    explain:
      'What the tunnel carries, encrypted. With an AEAD cipher, the default since version 2.4: a packet ID of 4 bytes in clear, a tag of 16, the packet; with CBC: an HMAC, a start value of the block’s size, then packet ID and packet. Nothing on the wire tells the two apart for sure.',
  }),
  undecided: field('openvpn.undecided', 'Beginning of a control message', {
    type: 'bytes',
    explain:
      'Whether an HMAC comes first, an encrypted message or a plain one, shows in bytes further on, and the capture ends in front of them.',
  }),
  unread: field('openvpn.unread', 'Unread bytes', {
    type: 'bytes',
    explain:
      'Bytes that have no form of OpenVPN’s with TLS. With a static key, packets have neither opcode nor session ID: an HMAC and a start value come first, all else is encrypted.',
  }),
}

/** From here on a packet ID is the mark of a client that knows of cookies (version 2.6). */
export const earlyNegotiation = 0x0f000000
