// Attributes of phase 1, RFC 2409 appendix A: https://www.iana.org/assignments/ipsec-registry.
// Those marked with a company are from the space for private use, and widespread.

import { commonGroups } from './ike-shared.ts'

type Table = Readonly<Record<number, string>>

/** Attributes of a transform in phase 1, RFC 2409 appendix A. */
export const ikeAttributeTypes: Table = {
  1: 'Encryption Algorithm',
  2: 'Hash Algorithm',
  3: 'Authentication Method',
  4: 'Group Description',
  5: 'Group Type',
  6: 'Group Prime/Irreducible Polynomial',
  7: 'Group Generator One',
  8: 'Group Generator Two',
  9: 'Group Curve A',
  10: 'Group Curve B',
  11: 'Life Type',
  12: 'Life Duration',
  13: 'PRF',
  14: 'Key Length',
  15: 'Field Size',
  16: 'Group Order',
  17: 'Block Size',
  20: 'Asymmetric Cryptographic Algorithm Type',
}

export const encryptionAlgorithms: Table = {
  1: 'DES-CBC',
  2: 'IDEA-CBC',
  3: 'Blowfish-CBC',
  4: 'RC5-R16-B64-CBC',
  5: '3DES-CBC',
  6: 'CAST-CBC',
  7: 'AES-CBC',
  8: 'CAMELLIA-CBC',
  127: 'SM4-CBC (deprecated)',
  128: 'SM1-CBC',
  129: 'SM4-CBC',
  65004: 'Serpent-CBC (FreeS/WAN)',
  65005: 'Twofish-CBC (FreeS/WAN)',
}

export const hashAlgorithms: Table = {
  1: 'MD5',
  2: 'SHA',
  3: 'Tiger',
  4: 'SHA2-256',
  5: 'SHA2-384',
  6: 'SHA2-512',
  20: 'SM3',
}

export const authenticationMethods: Table = {
  1: 'pre-shared key',
  2: 'DSS signatures',
  3: 'RSA signatures',
  4: 'Encryption with RSA',
  5: 'Revised encryption with RSA',
  6: 'Encryption with El-Gamal',
  7: 'Revised encryption with El-Gamal',
  8: 'ECDSA signatures',
  9: 'ECDSA with SHA-256 on the P-256 curve',
  10: 'ECDSA with SHA-384 on the P-384 curve',
  11: 'ECDSA with SHA-512 on the P-521 curve',
  64221: 'HybridInitRSA',
  64222: 'HybridRespRSA',
  64223: 'HybridInitDSS',
  64224: 'HybridRespDSS',
  65001: 'XAUTHInitPreShared',
  65002: 'XAUTHRespPreShared',
  65003: 'XAUTHInitDSS',
  65004: 'XAUTHRespDSS',
  65005: 'XAUTHInitRSA',
  65006: 'XAUTHRespRSA',
  65007: 'XAUTHInitRSAEncryption',
  65008: 'XAUTHRespRSAEncryption',
  65009: 'XAUTHInitRSARevisedEncryption',
  65010: 'XAUTHRespRSARevisedEncryption',
}

export const groups: Table = {
  1: '768-bit MODP',
  2: '1024-bit MODP',
  3: 'EC2N over GF[2^155]',
  4: 'EC2N over GF[2^185]',
  5: '1536-bit MODP',
  6: 'EC2N over GF[2^163], random curve',
  7: 'EC2N over GF[2^163], Koblitz curve',
  8: 'EC2N over GF[2^283], random curve',
  9: 'EC2N over GF[2^283], Koblitz curve',
  10: 'EC2N over GF[2^409], random curve',
  11: 'EC2N over GF[2^409], Koblitz curve',
  12: 'EC2N over GF[2^571], random curve',
  13: 'EC2N over GF[2^571], Koblitz curve',
  ...commonGroups,
  27: '224-bit Brainpool ECP',
  28: '256-bit Brainpool ECP',
  29: '384-bit Brainpool ECP',
  30: '512-bit Brainpool ECP',
}

export const groupTypes: Table = { 1: 'MODP', 2: 'ECP', 3: 'EC2N' }

export const asymmetricTypes: Table = { 1: 'RSA', 2: 'SM2' }
