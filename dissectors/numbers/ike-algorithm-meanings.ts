// What the algorithms of IKE and IPsec are worth: RFC 8247 for IKE, RFC 8221 for ESP and AH.

type Sentences = Readonly<Record<number, string>>

const des =
  'A key of 56 bits: all of them can be tried, and in 1998 a machine did so in three days. MUST NOT be used (RFC 8247).'
const tripleDes =
  'DES three times in a row, slow, and with blocks of 64 bits, which begin to repeat after some 32 GB under one key (Sweet32).'
const rc5 = 'A cipher with a block of 64 bits, patented at the time. AES took its place.'
const idea = 'A cipher of PGP’s early days with a block of 64 bits, patented at the time. AES took its place.'
const cast = 'A Canadian cipher with a block of 64 bits, as old PGP had it. AES took its place.'
const blowfish = 'A free cipher of 1993 with a block of 64 bits. Its author himself advises newer ones.'
const nothing =
  'Encrypts nothing: ESP then only proves who sent a packet, as AH does, but passes NAT. For looking into tunnels while testing.'
const cbc =
  'AES block by block, each mixed with the one before. Sound and everywhere, but it does not notice changes: an integrity algorithm has to go with it. MUST be implemented (RFC 8247).'
const ctr =
  'AES as a stream: a counter is encrypted and added to the text. If a counter ever repeats under one key, both texts are lost. An integrity algorithm has to go with it.'
const serpent =
  'Second in the contest that AES won: slower, with a wider margin of safety. No standard has it.'
const twofish = 'A finalist of the contest that AES won. No standard has it.'
const ccm = (tag: number, more: string): string =>
  `AES that encrypts and authenticates with one key, by CCM, as small devices like it; its tag has ${tag} bytes. ${more}`
const gcm = (tag: number, more: string): string =>
  `AES that encrypts and authenticates at once, by GCM, as fast as the hardware can; its tag has ${tag} bytes. ${more}`
const short = 'So short a tag saves little and is easier to forge: few have a reason for it.'
const gmac =
  'The authentication of AES-GCM without its encryption: it proves and hides nothing. Not for IKE itself.'

/** Ciphers that IKEv2 and ESP in phase 2 of IKEv1 number alike. */
const commonCiphers: Sentences = {
  1: 'DES with a vector of 64 bits, as ESP was in 1995. Broken.',
  2: des,
  3: tripleDes,
  4: rc5,
  5: idea,
  6: cast,
  7: blowfish,
  8: 'IDEA three times in a row. Hardly anyone has it.',
  9: 'DES with a vector of 32 bits, as ESP was in 1995. Broken.',
  11: nothing,
  12: cbc,
  13: ctr,
  14: ccm(8, 'For devices that pay for every byte they send.'),
  15: ccm(12, short),
  16: ccm(16, 'The full length.'),
  18: gcm(8, short),
  19: gcm(12, short),
  20: gcm(16, 'The usual choice today.'),
}

/** IKEv2’s transforms of type 1. */
export const cipherMeanings: Sentences = {
  ...commonCiphers,
  21: gmac,
  23: 'Camellia, a Japanese cipher as strong as AES, block by block. An integrity algorithm has to go with it.',
  24: 'Camellia as a stream. An integrity algorithm has to go with it.',
  25: 'Camellia that encrypts and authenticates, with a tag of 8 bytes.',
  26: 'Camellia that encrypts and authenticates, with a tag of 12 bytes.',
  27: 'Camellia that encrypts and authenticates, with a tag of 16 bytes.',
  28: 'Encrypts and authenticates at once and is fast on processors that have no instructions for AES, such as phones. The understudy in case AES should fall (RFC 7634).',
  29: 'AES-CCM whose vector is the sequence number and is not sent: 8 bytes less in each packet (RFC 8750). Not for IKE itself.',
  30: 'AES-GCM whose vector is the sequence number and is not sent: 8 bytes less in each packet (RFC 8750). Not for IKE itself.',
  31: 'ChaCha20-Poly1305 whose vector is the sequence number and is not sent: 8 bytes less in each packet (RFC 8750). Not for IKE itself.',
  32: 'A Russian standard cipher with a block of 128 bits, which changes its key as it goes (RFC 9227).',
  33: 'A Russian standard cipher with a block of 64 bits, which changes its key as it goes (RFC 9227).',
  34: 'A Russian standard cipher used for its proof alone: nothing is hidden (RFC 9227).',
  35: 'The older Russian standard cipher used for its proof alone: nothing is hidden (RFC 9227).',
}

/** ESP’s transforms in phase 2 of IKEv1. */
export const espTransformMeanings: Sentences = {
  ...commonCiphers,
  10: 'A stream cipher that leaks its key where messages resemble each other. It was never specified for ESP.',
  21: 'SEED, a cipher of Korean standards. An integrity algorithm has to go with it.',
  22: 'Camellia, a Japanese cipher as strong as AES. An integrity algorithm has to go with it.',
  23: gmac,
  252: serpent,
  253: twofish,
}

/** Ciphers of phase 1 of IKEv1. */
export const phase1CipherMeanings: Sentences = {
  1: des,
  2: idea,
  3: blowfish,
  4: rc5,
  5: tripleDes,
  6: cast,
  7: 'AES block by block. Its key has 128, 192 or 256 bits, and the attribute Key Length has to say which. The best that most IKEv1 implementations know.',
  8: 'Camellia, a Japanese cipher as strong as AES.',
  127: 'A Chinese standard cipher under a number that was given up.',
  128: 'A Chinese standard cipher that is not published: it exists in chips alone.',
  129: 'The Chinese standard cipher that is published.',
  65004: serpent,
  65005: twofish,
}

const md5 =
  'MD5 collides at will. Inside HMAC that is not known to help an attacker, but nothing new should build on it. MUST NOT be used (RFC 8247).'
const sha1 =
  'SHA-1 collides since 2017, which does not break HMAC. Still common, and on its way out (MUST- in RFC 8247).'

/** IKEv2’s transforms of type 2. */
export const prfMeanings: Sentences = {
  1: md5,
  2: sha1,
  3: 'A hash for 64-bit processors of the nineties. Hardly anyone has it.',
  4: 'Keys made with AES instead of a hash, for small devices that have no hash.',
  5: 'The usual choice: every implementation MUST have it (RFC 8247).',
  6: 'More than 256 bits of strength, for those who also use AES-256 and P-384.',
  7: 'The largest of the SHA-2 family, on 64-bit processors even faster than SHA-256.',
  8: 'Keys made with AES instead of a hash, by CMAC, the newer way.',
  9: 'A Russian standard hash (RFC 9385).',
}

/** IKEv2’s transforms of type 3. */
export const integrityMeanings: Sentences = {
  0: 'No integrity algorithm of its own: right beside a cipher such as AES-GCM that has integrity built in, dangerous beside any other.',
  1: md5,
  2: sha1,
  3: 'A check made with DES. Broken with it: MUST NOT be used (RFC 8247).',
  4: 'MD5 with a key in front and behind, as before HMAC. MUST NOT be used (RFC 8247).',
  5: 'A check made with AES instead of a hash, for small devices that have no hash.',
  6: 'HMAC-MD5 whole, for Fibre Channel (RFC 4595).',
  7: 'HMAC-SHA-1 whole, for Fibre Channel (RFC 4595).',
  8: 'A check made with AES instead of a hash, by CMAC, the newer way.',
  9: `${gmac} With a key of 128 bits, for AH.`,
  10: `${gmac} With a key of 192 bits, for AH.`,
  11: `${gmac} With a key of 256 bits, for AH.`,
  12: 'HMAC-SHA-256, of which half is sent: 16 bytes. The usual choice beside AES-CBC. Linux before 2.6.33 sent 12 bytes under this name, and tunnels to it drop everything.',
  13: 'HMAC-SHA-384, of which half is sent: 24 bytes.',
  14: 'HMAC-SHA-512, of which half is sent: 32 bytes. On 64-bit processors faster than SHA-256.',
}

/** Hashes of phase 1 of IKEv1. */
export const hashMeanings: Sentences = {
  1: md5,
  2: sha1,
  3: 'A hash for 64-bit processors of the nineties. Hardly anyone has it.',
  4: 'SHA-256, the usual choice where IKEv1 is still in use.',
  5: 'SHA-384, for those who want more than 256 bits.',
  6: 'SHA-512, the largest of the SHA-2 family.',
  20: 'The Chinese standard hash, about as strong as SHA-256.',
}

/** Keyed hashes of phase 2 of IKEv1. */
export const phase2HashMeanings: Sentences = {
  1: md5,
  2: sha1,
  3: 'A check made with DES. Broken with it.',
  4: 'MD5 with a key in front and behind, as before HMAC.',
  5: 'HMAC-SHA-256. The draft had 12 bytes of it in each packet, RFC 4868 has 16: two sides of different age drop each other’s packets.',
  6: 'HMAC-SHA-384, of which 24 bytes are sent.',
  7: 'HMAC-SHA-512, of which 32 bytes are sent.',
  8: 'A European hash of the nineties, as strong as SHA-1 was meant to be.',
  9: 'A check made with AES instead of a hash.',
  10: 'A signature under each packet: slow, but in a group it shows which member sent it.',
  11: 'The authentication of AES-GCM alone, with a key of 128 bits.',
  12: 'The authentication of AES-GCM alone, with a key of 192 bits.',
  13: 'The authentication of AES-GCM alone, with a key of 256 bits.',
}

/** AH’s transforms in phase 2 of IKEv1. */
export const ahTransformMeanings: Sentences = {
  2: md5,
  3: sha1,
  4: 'A check made with DES. Broken with it.',
  5: 'HMAC-SHA-256, the usual choice.',
  6: 'HMAC-SHA-384, of which 24 bytes are sent.',
  7: 'HMAC-SHA-512, of which 32 bytes are sent.',
  8: 'A European hash of the nineties, as strong as SHA-1 was meant to be.',
  9: 'A check made with AES instead of a hash.',
  10: 'A signature under each packet: slow, but in a group it shows which member sent it.',
  11: 'The authentication of AES-GCM alone, with a key of 128 bits.',
  12: 'The authentication of AES-GCM alone, with a key of 192 bits.',
  13: 'The authentication of AES-GCM alone, with a key of 256 bits.',
}

const binary = 'A curve over a binary field, which IKE gave up early. Hardly anyone has it.'
const brainpool =
  'A curve whose numbers were made in the open from digits of known constants, as German authorities ask for (RFC 6954).'

/** Diffie-Hellman groups that both versions number alike. */
const commonGroups: Sentences = {
  1: 'So small that academics have computed its like: in 2016 for a prime of 768 bits. MUST NOT be used (RFC 8247).',
  2: 'A state can afford to break this prime once and then read every tunnel that uses it (Logjam, 2015). SHOULD NOT be used (RFC 8247).',
  5: 'Larger than group 2, and still below what is called safe today. SHOULD NOT be used (RFC 8247).',
  14: 'A prime of 2048 bits, worth about 112 bits of a cipher: the least that is thought safe. MUST be implemented (RFC 8247).',
  15: 'A prime of 3072 bits, worth about 128 bits of a cipher: the match of AES-128.',
  16: 'A prime of 4096 bits. Each handshake costs noticeably more than on a curve of the same strength.',
  17: 'A prime of 6144 bits, slow, and its message rarely fits one packet beside other payloads.',
  18: 'A prime of 8192 bits, so slow that it invites attacks on the processor, and too long for one packet beside other payloads.',
  19: 'The curve P-256 of NIST: 64 bytes do what group 15 needs 384 for.',
  20: 'The curve P-384 of NIST, which goes with AES-256 where authorities ask for it.',
  21: 'The curve P-521 of NIST (521, not 512), the strongest of the family.',
  22: 'Small, and nobody knows where its prime came from: it may hide a back door. MUST NOT be used (RFC 8247).',
  23: 'Nobody knows where its prime came from, and small subgroups need care. SHOULD NOT be used (RFC 8247).',
  24: 'Nobody knows where its prime came from, and small subgroups need care, although the number sounds better than 14. SHOULD NOT be used (RFC 8247).',
  25: 'The curve P-192 of NIST: too small today.',
  26: 'The curve P-224 of NIST, worth about 112 bits of a cipher.',
  27: `${brainpool} 224 bits: worth about 112 bits of a cipher.`,
  28: `${brainpool} 256 bits: as strong as P-256.`,
  29: `${brainpool} 384 bits: as strong as P-384.`,
  30: `${brainpool} 512 bits: worth about 256 bits of a cipher.`,
}

/** Key exchange methods of IKEv2. */
export const groupMeanings: Sentences = {
  0: 'No key exchange in this place: the additional one is left out.',
  ...commonGroups,
  31: 'Curve25519: fast, hard to implement wrongly, and its numbers have no secrets. 32 bytes on the wire (RFC 8031).',
  32: 'Curve448, the larger sister of Curve25519, worth about 224 bits of a cipher.',
  33: 'A curve of Russian standards, 256 bits (RFC 9385).',
  34: 'A curve of Russian standards, 512 bits (RFC 9385).',
  35: 'No Diffie-Hellman, but a method that quantum computers are not to break; the smallest of three sizes. It goes on top of a curve, as an additional exchange.',
  36: 'No Diffie-Hellman, but a method that quantum computers are not to break; the usual size. It goes on top of a curve, as an additional exchange.',
  37: 'No Diffie-Hellman, but a method that quantum computers are not to break; the largest size. It goes on top of a curve, as an additional exchange.',
}

/** Groups of IKEv1. */
export const groupMeanings1: Sentences = {
  ...commonGroups,
  3: `${binary} 155 bits: too weak today.`,
  4: `${binary} 185 bits: too small today.`,
  6: binary,
  7: binary,
  8: binary,
  9: binary,
  10: binary,
  11: binary,
  12: binary,
  13: binary,
}
