// Numbers that mean the same in both versions: https://www.iana.org/assignments/isakmp-registry and ikev2-parameters.

type Table = Readonly<Record<number, string>>

/** Diffie-Hellman groups that both versions name alike. */
export const commonGroups: Table = {
  14: '2048-bit MODP',
  15: '3072-bit MODP',
  16: '4096-bit MODP',
  17: '6144-bit MODP',
  18: '8192-bit MODP',
  19: '256-bit random ECP',
  20: '384-bit random ECP',
  21: '521-bit random ECP',
  22: '1024-bit MODP with 160-bit prime order subgroup',
  23: '2048-bit MODP with 224-bit prime order subgroup',
  24: '2048-bit MODP with 256-bit prime order subgroup',
  25: '192-bit random ECP',
  26: '224-bit random ECP',
}

export const certificateEncodings: Table = {
  0: 'none (IKEv1)',
  1: 'PKCS #7 wrapped X.509 certificate',
  2: 'PGP certificate',
  3: 'DNS signed key',
  4: 'X.509 certificate - signature',
  5: 'X.509 certificate - key exchange (IKEv1)',
  6: 'Kerberos token',
  7: 'certificate revocation list',
  8: 'authority revocation list',
  9: 'SPKI certificate',
  10: 'X.509 certificate - attribute',
  11: 'raw RSA key',
  12: 'hash and URL of X.509 certificate',
  13: 'hash and URL of X.509 bundle',
  14: 'OCSP content',
  15: 'raw public key',
}

/** Ways of compressing; a number below 64 is the CPI of packets compressed like this, too (RFC 3173 §3.3). */
export const ipcompTransforms: Table = {
  1: 'IPCOMP_OUI',
  2: 'IPCOMP_DEFLATE',
  3: 'IPCOMP_LZS',
  4: 'IPCOMP_LZJH',
}
