import { bytes, type Field, field } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { sshMessages } from './numbers/ssh.ts'
import { sshMessageMeanings } from './numbers/ssh-meanings.ts'

const text = 'text' as const
const octets = 'bytes' as const
const group = 'group' as const

/** The glossary of what frames messages. */
export const frameFields = {
  banner: field('ssh.banner', 'Line', {
    type: text,
    explain: 'A server may send lines of text in front of its version; clients pass over them.',
    section: 'RFC 4253 §4.2',
  }),
  protocol: field('ssh.protocol', 'Protocol', {
    type: text,
    explain:
      'Each side first says which version of SSH it speaks and which program it is, with faults to work around.',
    section: 'RFC 4253 §4.2',
  }),
  lineEnd: field('ssh.line_end', 'End of line', {
    type: octets,
    explain: 'Carriage return and line feed; from here on messages are binary.',
    section: 'RFC 4253 §4.2',
  }),
  packet: field('ssh.packet', 'Packet', {
    type: group,
    explain:
      'One message with its length and padding. After the key exchange it is encrypted, and a MAC follows.',
    section: 'RFC 4253 §6',
    read: (from, start, length) => (length > 5 ? (sshMessages[from[start + 5]!] ?? '') : ''),
  }),
  packetLength: field('ssh.packet_length', 'Packet length', {
    explain: 'Bytes of padding length, message and padding, not of a MAC behind them.',
    section: 'RFC 4253 §6',
    show: bytes,
  }),
  paddingLength: field('ssh.padding_length', 'Padding length', {
    explain: 'Bytes of padding, at least 4, so that the packet fills the blocks of the cipher.',
    section: 'RFC 4253 §6',
    show: bytes,
  }),
  message: field('ssh.message', 'Message', {
    type: group,
    explain: 'What is said, without what is wrapped around it.',
    section: 'RFC 4253 §6',
  }),
  messageCode: field('ssh.message_code', 'Message code', {
    explain:
      'What kind of message this is. 30 to 49 belong to the method of key exchange that was agreed on.',
    section: 'RFC 4250 §4.1',
    meanings: sshMessageMeanings,
    values: sshMessages,
  }),
  padding: field('ssh.padding_string', 'Padding', {
    type: octets,
    explain: 'Fills the last block; random once there are keys, so that equal messages do not look equal.',
    section: 'RFC 4253 §6',
  }),
  payload: field('ssh.payload', 'Payload', {
    type: octets,
    explain: 'What the message says, of a kind or form that is not taken apart here.',
  }),
  encrypted: field('ssh.encrypted_packet', 'Encrypted packet', {
    type: octets,
    explain:
      'Message, padding length and padding. Shells, files, forwarded ports and tunnels of ssh -w are all inside the same encryption: they show by size and rhythm only.',
    section: 'RFC 4253 §6',
  }),
  clearLength: field('ssh.packet_length_clear', 'Packet length', {
    explain:
      'Bytes of the encrypted packet. With encrypt-then-MAC and AES-GCM the length is sent in clear, so the MAC can be checked before anything is decrypted.',
    here: tunnelSize,
    section: 'OpenBSD, PROTOCOL §1.5',
    show: bytes,
  }),
  mac: field('ssh.mac', 'MAC', {
    type: octets,
    explain:
      'A keyed hash or tag over the packet and its number in the stream; it tells every change and every loss.',
    section: 'RFC 4253 §6.4',
  }),
  part: field('ssh.segment', 'Part of a packet', {
    type: octets,
    explain: 'The first bytes of a packet, too few to tell whether it is encrypted.',
  }),
} as const

/** What channel data of a tunnel needs beside the packet: padding length, code, channel, length, address family. */
const tunnelOverhead = 1 + 1 + 4 + 4 + 4

/** Says what a tunnel would carry: AES wants 4 to 19 bytes of padding. */
function tunnelSize(value: number): string {
  const [least, most] = [value - tunnelOverhead - 19, value - tunnelOverhead - 4]
  return least >= 20 ? `If a tunnel of ssh -w is inside, its packet has ${least} to ${most} bytes.` : ''
}

/** The name lists of a KEXINIT in their order: what they are for, and their Wireshark names. */
const lists = [
  [
    'kex_algorithms',
    'Key exchange algorithms',
    'Ways to make keys, best first; the first of the client’s that the server knows is taken. Names with kex-strict and ext-info announce extensions.',
  ],
  [
    'server_host_key_algorithms',
    'Server host key algorithms',
    'Kinds of keys by which the server may prove who it is.',
  ],
  [
    'encryption_algorithms_client_to_server',
    'Encryption, client to server',
    'Ciphers for what the client sends. The first one of the client’s list that the server knows too is taken.',
  ],
  [
    'encryption_algorithms_server_to_client',
    'Encryption, server to client',
    'Ciphers for what the server sends, which need not be the same as the other way.',
  ],
  [
    'mac_algorithms_client_to_server',
    'MACs, client to server',
    'Keyed hashes for what the client sends; with etm in the name they are made over what is encrypted already.',
  ],
  [
    'mac_algorithms_server_to_client',
    'MACs, server to client',
    'Keyed hashes for what the server sends; ciphers with a tag of their own, as AES-GCM, need none.',
  ],
  [
    'compression_algorithms_client_to_server',
    'Compression, client to server',
    'Ways to compress what the client sends; zlib@openssh.com waits until the user is known.',
  ],
  [
    'compression_algorithms_server_to_client',
    'Compression, server to client',
    'Ways to compress what the server sends.',
  ],
  [
    'languages_client_to_server',
    'Languages, client to server',
    'Languages for texts that the client sends; nobody uses it.',
  ],
  [
    'languages_server_to_client',
    'Languages, server to client',
    'Languages for texts that the server sends; nobody uses it.',
  ],
] as const

/** The length and the text of each list. */
export const listFields: readonly (readonly [length: Field<'uint'>, list: Field<'text'>])[] = lists.map(
  ([name, label, explain]) => [
    field(`ssh.${name}_length`, `${label}: length`, {
      explain: `Bytes of the list “${label}”, with the commas between its names.`,
      section: 'RFC 4253 §7.1',
      show: bytes,
    }),
    field(`ssh.${name}`, label, { type: text, explain, section: 'RFC 4253 §7.1', ...listSaid(name) }),
  ],
)

/** Names in a list of algorithms that are weak by now. */
const weak =
  /^(diffie-hellman-group1-|arcfour|3des-|blowfish-|cast128-|.*-cbc|ssh-dss|hmac-md5|.*-sha1(-96)?$)/

/** What is to be said of a list, by the names that it has. */
function listSaid(name: string): { here?: (value: number, layer: LayerView) => string } {
  const isKeys = name === 'kex_algorithms'
  if (!isKeys && !name.startsWith('encryption')) return {}
  const at = lists.findIndex(([known]) => known === name)
  return {
    here(_value, layer) {
      const names = layer.show(listFields[at]![1]).split(',')
      const old = names.filter(known => weak.test(known)).slice(0, 4)
      const first = isKeys ? firstSaid(names[0]!) : ''
      return [first, old.length > 0 ? `Weak by now: ${old.join(', ')}.` : '']
        .filter(said => said !== '')
        .join(' ')
    },
  }
}

/** What the method of key exchange that is wanted most is good for. */
function firstSaid(first: string): string {
  if (/mlkem|sntrup/.test(first))
    return 'The first one joins a curve with a lattice: what is recorded today stays closed to the quantum computers of tomorrow.'
  return /^(curve25519|ecdh)/.test(first)
    ? 'The first one is a curve: sound today, but a quantum computer could open what is recorded now.'
    : ''
}
