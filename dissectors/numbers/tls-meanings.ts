import { signatureSchemes } from './tls.ts'
import { cipherSuites } from './tls-cipher-suites.ts'

type Sentences = Readonly<Record<number, string>>

export const contentMeanings: Sentences = {
  20: 'One byte that says: from here on encrypted. In TLS 1.3 it is only there so that old middleboxes see what they expect.',
  21: 'A warning or the end of the connection, with a reason.',
  22: 'A message by which the two agree on keys, or a piece of one.',
  23: 'Encrypted data. In TLS 1.3 alerts and most of the handshake hide under this number, too.',
  24: 'A sign of life, known for the bug that was named Heartbleed.',
}

export const handshakeMeanings: Sentences = {
  0: 'The server asks for a new handshake; only up to TLS 1.2.',
  1: 'The client begins: what it can do, and in TLS 1.3 already its half of the key exchange. All of it is in clear.',
  2: 'The server chooses out of the client’s offer. In TLS 1.3 everything behind it is encrypted.',
  4: 'The server hands over a ticket, by which the client can come back without the costly part.',
  5: 'Ends the data that the client sent before the handshake was over (TLS 1.3).',
  8: 'Answers to the extensions that nobody else has to see (TLS 1.3).',
  11: 'The chain of certificates of the side that sends it. In clear up to TLS 1.2, so that anyone sees who is talked to.',
  12: 'The server’s half of a Diffie-Hellman exchange, signed; up to TLS 1.2.',
  13: 'The server wants a certificate of the client, too.',
  14: 'The server has said all, and it is the client’s turn; up to TLS 1.2.',
  15: 'The signature that shows that the sender holds the key of its certificate.',
  16: 'The client’s half of the key exchange, or a secret under the server’s RSA key; up to TLS 1.2.',
  20: 'The first message under the new keys: a hash over the whole handshake, so nobody has changed a byte of it.',
  22: 'A signed statement that the certificate was not withdrawn, brought along by the server.',
  24: 'The sender goes over to new keys, made of the old ones (TLS 1.3).',
  25: 'The chain of certificates, compressed (RFC 8879).',
}

export const levelMeanings: Sentences = {
  1: 'The connection may go on, unless the receiver minds.',
  2: 'The connection is over, and so is the session.',
}

export const alertMeanings: Sentences = {
  0: 'The sender has said all: the end is on purpose, and nothing was cut off.',
  10: 'A message came out of turn: a faulty program, or someone in between.',
  20: 'A record could not be authenticated: it was changed on the way, or the keys differ.',
  22: 'A record is longer than allowed; or the other side does not speak TLS at all.',
  40: 'The two have nothing in common: no cipher suite, no group or no signature that both accept.',
  42: 'The certificate cannot be read, or its signature is wrong.',
  43: 'A certificate of a kind that the sender cannot check.',
  44: 'The authority has withdrawn the certificate.',
  45: 'The certificate is out of date, or the sender’s clock is wrong.',
  46: 'Something about the certificate is not acceptable; more is not said.',
  47: 'A value in the handshake contradicts another one.',
  48: 'The sender does not trust the authority that signed the certificate; often a missing link in the chain.',
  49: 'The certificate is valid, but its owner may not come in.',
  50: 'A message could not be parsed.',
  51: 'A signature or the final hash of the handshake is wrong. A wrong shared key ends so, too.',
  70: 'The version is known and refused: too old, most often.',
  71: 'The ciphers that the other side offers are all too weak for the sender.',
  80: 'A fault of the sender’s own, which has nothing to do with the other side.',
  86: 'A client that had tried a newer version comes back with an older one: someone in between may have forced it.',
  90: 'The user broke it off; a goodbye follows.',
  109: 'An extension is missing without which the handshake cannot go on.',
  110: 'The server answered with an extension that nobody had asked for.',
  112: 'The server does not know the name that the client asked for.',
  115: 'The server does not know the shared key that the client named.',
  116: 'The server insists on a certificate of the client, and got none.',
  120: 'The two have no protocol in common for the inside, such as h2.',
}

export const extensionMeanings: Sentences = {
  0: 'The name that the client wants to reach, so that a server of many names takes the right certificate.',
  5: 'The client would like a signed statement that the certificate was not withdrawn.',
  10: 'Curves and groups in which keys may be exchanged.',
  13: 'Signatures that the sender can check.',
  16: 'The protocols that may be spoken inside (ALPN).',
  18: 'Proof that the certificate was entered in public logs.',
  21: 'Zeros that make the hello longer.',
  22: 'Authenticate what is encrypted, not what is in clear: the order that resists attacks (up to TLS 1.2).',
  23: 'Ties the keys to the whole handshake, so that two connections cannot be mixed up (up to TLS 1.2).',
  35: 'A ticket of an earlier session, or the wish for one (up to TLS 1.2).',
  41: 'Shared keys, most often from tickets, by which the client comes back. It has to be the last extension.',
  42: 'The client sends data before the handshake is over: fast, but whoever records it can send it again.',
  43: 'The versions that the client knows; the only place where TLS 1.3 is told.',
  44: 'Bytes that a server hands out and wants back, so that it need remember nothing.',
  45: 'How shared keys may be used: with a fresh key exchange or without.',
  49: 'The client could show a certificate later, when it is asked.',
  51: 'The sender’s halves of key exchanges, one for each group that it bets on.',
  57: 'What QUIC has to know; where it is, TLS runs inside of QUIC.',
  65037: 'The true hello, encrypted, so that listeners do not see which name is asked for.',
  65281: 'Ties a renewed handshake to the one before (up to TLS 1.2).',
}

export const pskModeMeanings: Sentences = {
  0: 'The shared key alone: whoever gets it later can read what was recorded.',
  1: 'The shared key and a fresh key exchange: recordings stay closed.',
}

export const compressionMeanings: Sentences = {
  0: 'Nothing is compressed, as it should be.',
  1: 'Lengths of compressed data betray what is in them (CRIME, 2012).',
}

type Hint = readonly [pattern: RegExp, sentence: string]

/** What parts of a cipher suite’s name say of its worth, the most important ones first. */
const hints: readonly Hint[] = [
  [/FALLBACK_SCSV/, 'No suite, but a sign: this client has tried a newer version and failed.'],
  [/RENEGOTIATION_INFO_SCSV/, 'No suite, but a sign: renewed handshakes are tied to the one before.'],
  [/EXPORT/, 'Weakened on purpose, as the United States asked for until 2000: broken in hours today.'],
  [/_NULL_/, 'Encrypts nothing.'],
  [/anon/, 'Nobody proves who he is: anyone in the middle can read along.'],
  [/RC4/, 'RC4 lets secrets through that are sent often, such as cookies. Forbidden (RFC 7465).'],
  [/3DES/, 'Blocks of 64 bits begin to repeat after some 32 GB (Sweet32).'],
  [/DES|RC2|IDEA/, 'A cipher of the past, within reach of those who try.'],
  [
    /^(RSA|DH|ECDH)_/,
    'Recordings can be read by whoever gets the server’s key later: there is no forward secrecy.',
  ],
  [/CBC/, 'Sound keys, but a way of combining blocks and checks that has been attacked again and again.'],
  [/CCM_8/, 'Encrypts and authenticates at once, with a short tag for small devices.'],
  [/GCM|CCM|CHACHA20/, 'Encrypts and authenticates at once. One of the good ones.'],
]

/** What the names of cipher suites tell. */
export const suiteMeanings: Sentences = told(cipherSuites, hints)

export const versionMeanings: Sentences = {
  768: 'It has been broken since 2014 (POODLE) and is forbidden (RFC 7568).',
  769: 'It dates from 1999 and is deprecated (RFC 8996). In the first record of a connection it is only a mask.',
  770: 'It dates from 2006 and is deprecated (RFC 8996).',
  771: 'It dates from 2008 and is fine with the right cipher suites. In record headers and hellos it is also the mask of TLS 1.3.',
  772: 'It dates from 2018: fewer messages, and only algorithms without known weaknesses.',
}

export const curveMeanings: Sentences = {
  23: 'P-256, the curve that every program knows.',
  24: 'P-384, for those who have to use it.',
  25: 'P-521, slow and rare.',
  29: 'Curve25519: fast, and hard to implement wrongly. The usual choice.',
  30: 'Curve448, the larger sister of Curve25519.',
  256: 'A prime of 2048 bits: larger messages than on a curve, for the same strength or less.',
  4588: 'Curve25519 and ML-KEM together: whoever records today and has a quantum computer later still gains nothing.',
  25497: 'Curve25519 and a draft of ML-KEM together, as browsers had it in 2023 and 2024.',
}

/** Signature schemes; the first byte of those up to 1.2 is the hash. */
const schemeHints: readonly Hint[] = [
  [/md5/, 'MD5 collides: such a signature can be forged.'],
  [/sha1$/, 'SHA-1 collides since 2017: browsers refuse such signatures.'],
  [/^dsa_/, 'DSA, which TLS 1.3 has done away with.'],
  [/^rsa_pkcs1/, 'RSA in its old form. TLS 1.3 takes it in certificates only.'],
  [/^rsa_pss/, 'RSA in its newer form, PSS, which can be proved to be as hard as RSA itself.'],
  [/^ecdsa_/, 'A key on an elliptic curve: short signatures, which need good randomness each time.'],
  [/^ed/, 'A key on an Edwards curve: short signatures that need no randomness.'],
  [/^mldsa/, 'A signature that quantum computers are not to break; it has thousands of bytes.'],
]

/** What the names of signature schemes tell. */
export const schemeMeanings: Sentences = told(signatureSchemes, schemeHints)

/** The first hint that fits each name, by its number. */
function told(names: Sentences, hints: readonly Hint[]): Sentences {
  const found: Record<number, string> = {}
  for (const [value, name] of Object.entries(names)) {
    const hint = hints.find(([pattern]) => pattern.test(name))
    if (hint !== undefined) found[Number(value)] = hint[1]
  }
  return found
}
