import { bytes, field } from '../src/dissect/field.ts'
import {
  curveTypes,
  hashAlgorithms,
  signatureAlgorithms,
  signatureSchemes,
  supportedGroups,
} from './numbers/tls.ts'
import { curveMeanings, schemeMeanings } from './numbers/tls-meanings.ts'
import { named, showGroup } from './tls-fields.ts'

/** The glossary of the messages by which keys are exchanged, and of signatures under them. */
export const exchangeFields = {
  curveType: field('tls.handshake.server_curve_type', 'Curve type', {
    explain: 'Whether the curve is named, as always today, or spelled out.',
    section: 'RFC 8422 §5.4',
    values: curveTypes,
  }),
  curve: field('tls.handshake.server_named_curve', 'Named curve', {
    explain: 'The elliptic curve that the server has chosen for the key exchange.',
    section: 'RFC 8422 §5.4',
    show: showGroup,
    values: supportedGroups,
    meanings: curveMeanings,
  }),
  serverPointLength: field('tls.handshake.server_point_len', 'Public key length', {
    explain: 'Bytes of the server’s point: 32 on Curve25519, 65 on P-256.',
    show: bytes,
  }),
  serverPoint: field('tls.handshake.server_point', 'Public key', {
    type: 'bytes',
    explain: 'The server’s half of the key exchange, made for this connection and thrown away after it.',
    section: 'RFC 8422 §5.4',
  }),
  pLength: field('tls.handshake.p_len', 'p length', {
    explain: 'Bytes of the prime number: 256 make the 2048 bits that are the least today.',
    show: bytes,
  }),
  p: field('tls.handshake.p', 'p', {
    type: 'bytes',
    explain: 'The prime number of the Diffie-Hellman group; below 2048 bits it is too small.',
    section: 'RFC 5246 §7.4.3',
  }),
  gLength: field('tls.handshake.g_len', 'g length', {
    explain: 'Bytes of the number whose powers are exchanged: 1 is enough for a 2.',
    show: bytes,
  }),
  g: field('tls.handshake.g', 'g', {
    type: 'bytes',
    explain: 'The generator of the Diffie-Hellman group, mostly 2.',
    section: 'RFC 5246 §7.4.3',
  }),
  ysLength: field('tls.handshake.ys_len', 'Public value length', {
    explain: 'Bytes of the server’s half; as many as the prime has, as a rule.',
    show: bytes,
  }),
  ys: field('tls.handshake.ys', 'Public value', {
    type: 'bytes',
    explain: 'The server’s half of the key exchange where it is done with large numbers and not on a curve.',
    section: 'RFC 5246 §7.4.3',
  }),
  signatureScheme: field('tls.handshake.sig_hash_alg', 'Signature algorithm', {
    explain: 'A way to sign. Up to TLS 1.2 it is a pair of hash and signature, from 1.3 on one number.',
    section: 'RFC 8446 §4.2.3',
    values: signatureSchemes,
    show: named(signatureSchemes),
    meanings: schemeMeanings,
    parts: [
      [
        field('tls.handshake.sig_hash_hash', 'Hash', {
          explain: 'The first byte as TLS 1.2 reads it: the hash over what is signed.',
          section: 'RFC 5246 §7.4.1.4.1',
          values: hashAlgorithms,
        }),
        8,
      ],
      [
        field('tls.handshake.sig_hash_sig', 'Signature', {
          explain: 'The second byte as TLS 1.2 reads it: the kind of key that signs.',
          section: 'RFC 5246 §7.4.1.4.1',
          values: signatureAlgorithms,
        }),
        8,
      ],
    ],
  }),
  signatureLength: field('tls.handshake.sig_len', 'Signature length', {
    explain: 'Bytes of the signature: 256 with an RSA key of 2048 bits, about 70 with a key on P-256.',
    show: bytes,
  }),
  signature: field('tls.handshake.sig', 'Signature', {
    type: 'bytes',
    explain: 'Proof that the sender of the certificate holds its key: a signature over this exchange.',
    section: 'RFC 5246 §7.4.3',
  }),
  clientPointLength: field('tls.handshake.client_point_len', 'Public key length', {
    explain: 'Bytes of the client’s point; as many as the server’s had.',
    show: bytes,
  }),
  clientPoint: field('tls.handshake.client_point', 'Public key', {
    type: 'bytes',
    explain: 'The client’s half of the key exchange; with the server’s half both know the same secret.',
    section: 'RFC 8422 §5.7',
  }),
  ycLength: field('tls.handshake.yc_len', 'Public value length', {
    explain: 'Bytes of the client’s value: a Diffie-Hellman half, or a secret under the server’s RSA key.',
    show: bytes,
  }),
  yc: field('tls.handshake.yc', 'Public value', {
    type: 'bytes',
    explain:
      'A Diffie-Hellman half, or a secret encrypted with the server’s RSA key. With the latter, whoever gets that key later can read all that was recorded.',
    section: 'RFC 5246 §7.4.7',
  }),
}
