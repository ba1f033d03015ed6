/** Signature algorithms of AlgorithmIdentifiers, by the bytes of their OID in DER (RFC 7427 appendix A, RFC 8420, RFC 9881). */
export const signatureAlgorithms: Readonly<Record<string, string>> = {
  '2a864886f70d010105': 'RSA (PKCS #1 v1.5) and SHA-1',
  '2a864886f70d01010a': 'RSASSA-PSS',
  '2a864886f70d01010b': 'RSA (PKCS #1 v1.5) and SHA2-256',
  '2a864886f70d01010c': 'RSA (PKCS #1 v1.5) and SHA2-384',
  '2a864886f70d01010d': 'RSA (PKCS #1 v1.5) and SHA2-512',
  '2a8648ce380403': 'DSA and SHA-1',
  '608648016503040302': 'DSA and SHA2-256',
  '2a8648ce3d0401': 'ECDSA and SHA-1',
  '2a8648ce3d040302': 'ECDSA and SHA2-256',
  '2a8648ce3d040303': 'ECDSA and SHA2-384',
  '2a8648ce3d040304': 'ECDSA and SHA2-512',
  '2b6570': 'Ed25519',
  '2b6571': 'Ed448',
  '608648016503040311': 'ML-DSA-44',
  '608648016503040312': 'ML-DSA-65',
  '608648016503040313': 'ML-DSA-87',
}
