import { bytes, field, hex } from '../src/dissect/field.ts'
import { disconnectReasons } from './numbers/ssh.ts'
import { disconnectMeanings } from './numbers/ssh-meanings.ts'

const text = 'text' as const
const octets = 'bytes' as const
const group = 'group' as const

const size = (name: string, what: string) =>
  field(name, `${what} length`, {
    explain: `How many bytes of “${what}” follow; SSH puts a length of four bytes in front of every text and key.`,
    show: bytes,
  })

/** The glossary of messages in the clear. */
export const messageFields = {
  cookie: field('ssh.cookie', 'Cookie', {
    type: octets,
    explain: 'Random bytes, so that neither side alone can fix the keys.',
    section: 'RFC 4253 §7.1',
  }),
  firstFollows: field('ssh.first_kex_packet_follows', 'First key exchange packet follows', {
    explain: 'When not 0, the sender guessed what will be agreed on, and its next message is there already.',
    section: 'RFC 4253 §7.1',
  }),
  reserved: field('ssh.kex.reserved', 'Reserved', {
    explain: 'Free for later use; sent as 0.',
    section: 'RFC 4253 §7.1',
    show: hex(8),
  }),
  integerLength: field('ssh.mpint_length', 'Integer length', {
    explain: 'Bytes of the number that follows; a zero in front keeps it positive.',
    section: 'RFC 4251 §5',
    show: bytes,
  }),
  e: field('ssh.dh.e', 'e', {
    type: octets,
    explain: 'The client’s half of a Diffie-Hellman exchange in a group of numbers.',
    section: 'RFC 4253 §8',
  }),
  f: field('ssh.dh.f', 'f', {
    type: octets,
    explain: 'The server’s half of a Diffie-Hellman exchange in a group of numbers.',
    section: 'RFC 4253 §8',
  }),
  clientKeyLength: size('ssh.ecdh.q_c_length', 'Client’s public key'),
  clientKey: field('ssh.ecdh.q_c', 'Client’s public key', {
    type: octets,
    explain:
      'The client’s half of the key exchange. 32 bytes are X25519, 65, 97 or 133 a point on a NIST curve, 1190 sntrup761 with X25519, 1216 ML-KEM-768 with X25519.',
    section: 'RFC 5656 §4, RFC 8731 §3',
  }),
  serverKeyLength: size('ssh.ecdh.q_s_length', 'Server’s public key'),
  serverKey: field('ssh.ecdh.q_s', 'Server’s public key', {
    type: octets,
    explain:
      'The server’s half of the key exchange: a point on a curve, with sntrup761 or ML-KEM in front of it a secret that quantum computers are not to find.',
    section: 'RFC 5656 §4, RFC 8731 §3',
  }),
  least: field('ssh.dh_gex.min', 'Least bits', {
    explain:
      'The smallest group, in bits, that the client takes: below 2048 it can be broken with much money.',
    section: 'RFC 4419 §3',
  }),
  preferred: field('ssh.dh_gex.nbits', 'Preferred bits', {
    explain: 'The size of group that the client would like best.',
    section: 'RFC 4419 §3',
  }),
  most: field('ssh.dh_gex.max', 'Most bits', {
    explain: 'The largest group, in bits, that the client takes, since larger ones cost time.',
    section: 'RFC 4419 §3',
  }),
  p: field('ssh.dh_gex.p', 'p', {
    type: octets,
    explain: 'The prime number of the group that the server has chosen.',
    section: 'RFC 4419 §3',
  }),
  g: field('ssh.dh_gex.g', 'g', {
    type: octets,
    explain: 'The generator of the group that the server has chosen.',
    section: 'RFC 4419 §3',
  }),
  hostKey: field('ssh.host_key', 'Host key', {
    type: group,
    explain: 'The server’s public key, the one that clients remember in known_hosts.',
    section: 'RFC 4253 §8',
  }),
  hostKeyLength: size('ssh.host_key.length', 'Host key'),
  hostKeyTypeLength: size('ssh.host_key.type_length', 'Host key type'),
  hostKeyType: field('ssh.host_key.type', 'Host key type', {
    type: text,
    explain: 'What kind of key this is: ssh-ed25519, ecdsa or rsa. Clients remember one for each host.',
    section: 'RFC 4253 §6.6',
  }),
  rsaExponent: field('ssh.host_key.rsa.e', 'RSA public exponent', {
    type: octets,
    explain: 'One of the two numbers of an RSA key; 65537 nearly always, for that makes checks quick.',
    section: 'RFC 4253 §6.6',
  }),
  rsaModulus: field('ssh.host_key.rsa.n', 'RSA modulus', {
    type: octets,
    explain: 'The product of two secret primes; its size is the strength of the key.',
    section: 'RFC 4253 §6.6',
  }),
  curveNameLength: size('ssh.host_key.ecdsa.id_length', 'Curve name'),
  curveName: field('ssh.host_key.ecdsa.id', 'Curve name', {
    type: text,
    explain: 'The elliptic curve that the key lies on.',
    section: 'RFC 5656 §3.1',
  }),
  pointLength: size('ssh.host_key.ecdsa.q_length', 'ECDSA public key'),
  point: field('ssh.host_key.ecdsa.q', 'ECDSA public key', {
    type: octets,
    explain: 'The host’s public key: two coordinates of a point, with 0x04 in front.',
    section: 'RFC 5656 §3.1',
  }),
  edLength: size('ssh.host_key.eddsa.key_length', 'EdDSA public key'),
  ed: field('ssh.host_key.eddsa.key', 'EdDSA public key', {
    type: octets,
    explain: 'The host’s key on an Edwards curve, short and quick.',
    section: 'RFC 8709 §4',
  }),
  keyData: field('ssh.host_key.data', 'Host key data', {
    type: octets,
    explain: 'A host key of a kind that is not taken apart here, such as a certificate.',
  }),
  signature: field('ssh.host_sig', 'Host signature', {
    type: group,
    explain: 'Proof that the server holds the host key: a signature over all that was exchanged so far.',
    section: 'RFC 4253 §8',
  }),
  signatureLength: size('ssh.host_sig.length', 'Host signature'),
  signatureTypeLength: size('ssh.host_sig.type_length', 'Host signature type'),
  signatureType: field('ssh.host_sig.type', 'Host signature type', {
    type: text,
    explain: 'With which algorithm the host key signed; ssh-rsa, with SHA-1, is no longer taken.',
    section: 'RFC 4253 §6.6',
  }),
  signatureDataLength: size('ssh.host_sig.data_length', 'Signature data'),
  signatureData: field('ssh.host_sig.data', 'Signature data', {
    type: octets,
    explain: 'The bytes of the signature, in the form of the algorithm in front.',
    section: 'RFC 4253 §6.6',
  }),
  reason: field('ssh.disconnect_reason', 'Reason', {
    explain: 'Tells a normal end from an error, by a number.',
    section: 'RFC 4253 §11.1',
    meanings: disconnectMeanings,
    values: disconnectReasons,
  }),
  descriptionLength: size('ssh.disconnect_description_length', 'Description'),
  description: field('ssh.disconnect_description', 'Description', {
    type: text,
    explain: 'What the sender says about the reason, in words and in the language that follows.',
    section: 'RFC 4253 §11.1',
  }),
  languageLength: size('ssh.lang_tag_length', 'Language tag'),
  language: field('ssh.lang_tag', 'Language tag', {
    type: text,
    explain: 'The language of the words in front of it; empty in practice.',
    section: 'RFC 4253 §11.1',
  }),
  ignoreLength: size('ssh.ignore_data_length', 'Ignored data'),
  ignore: field('ssh.ignore_data', 'Ignored data', {
    type: octets,
    explain: 'Means nothing: it keeps the connection busy, or hides when something is said.',
    section: 'RFC 4253 §11.2',
  }),
  alwaysDisplay: field('ssh.debug_always_display', 'Always display', {
    explain: 'When not 0, people are to see the text, not only those who look for faults.',
    section: 'RFC 4253 §11.3',
  }),
  debugLength: size('ssh.debug_name_length', 'Debug message'),
  debug: field('ssh.debug_name', 'Debug message', {
    type: text,
    explain: 'Words to help find a fault; clients show them with -v.',
    section: 'RFC 4253 §11.3',
  }),
  unimplemented: field('ssh.unimplemented_seq', 'Packet number', {
    explain: 'The number of the packet that the sender did not understand.',
    section: 'RFC 4253 §11.4',
  }),
} as const
