// IKEv1's numbers: https://www.iana.org/assignments/isakmp-registry and https://www.iana.org/assignments/ipsec-registry.
// Those marked with a company are from the space for private use, and widespread.

type Table = Readonly<Record<number, string>>

export const domains: Table = { 0: 'ISAKMP', 1: 'IPsec', 2: 'GDOI' }

export const securityProtocols: Table = {
  1: 'ISAKMP',
  2: 'AH',
  3: 'ESP',
  4: 'IPComp',
  5: 'GIGABEAM_RADIO',
}

export const isakmpTransforms: Table = { 1: 'KEY_IKE' }

export const ahTransforms: Table = {
  2: 'AH_MD5',
  3: 'AH_SHA',
  4: 'AH_DES',
  5: 'AH_SHA2-256',
  6: 'AH_SHA2-384',
  7: 'AH_SHA2-512',
  8: 'AH_RIPEMD',
  9: 'AH_AES-XCBC-MAC',
  10: 'AH_RSA',
  11: 'AH_AES-128-GMAC',
  12: 'AH_AES-192-GMAC',
  13: 'AH_AES-256-GMAC',
}

export const espTransforms: Table = {
  1: 'ESP_DES_IV64',
  2: 'ESP_DES',
  3: 'ESP_3DES',
  4: 'ESP_RC5',
  5: 'ESP_IDEA',
  6: 'ESP_CAST',
  7: 'ESP_BLOWFISH',
  8: 'ESP_3IDEA',
  9: 'ESP_DES_IV32',
  10: 'ESP_RC4',
  11: 'ESP_NULL',
  12: 'ESP_AES-CBC',
  13: 'ESP_AES-CTR',
  14: 'ESP_AES-CCM_8',
  15: 'ESP_AES-CCM_12',
  16: 'ESP_AES-CCM_16',
  18: 'ESP_AES-GCM_8',
  19: 'ESP_AES-GCM_12',
  20: 'ESP_AES-GCM_16',
  21: 'ESP_SEED_CBC',
  22: 'ESP_CAMELLIA',
  23: 'ESP_NULL_AUTH_AES-GMAC',
  252: 'ESP_SERPENT (FreeS/WAN)',
  253: 'ESP_TWOFISH (FreeS/WAN)',
}

export const ipcompTransforms: Table = {
  1: 'IPCOMP_OUI',
  2: 'IPCOMP_DEFLATE',
  3: 'IPCOMP_LZS',
  4: 'IPCOMP_LZJH',
}

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
  27: '224-bit Brainpool ECP',
  28: '256-bit Brainpool ECP',
  29: '384-bit Brainpool ECP',
  30: '512-bit Brainpool ECP',
}

export const groupTypes: Table = { 1: 'MODP', 2: 'ECP', 3: 'EC2N' }

export const lifeTypes: Table = { 1: 'seconds', 2: 'kilobytes' }

export const asymmetricTypes: Table = { 1: 'RSA', 2: 'SM2' }

/** Attributes of a transform in phase 2, RFC 2407 §4.5. */
export const ipsecAttributeTypes: Table = {
  1: 'SA Life Type',
  2: 'SA Life Duration',
  3: 'Group Description',
  4: 'Encapsulation Mode',
  5: 'Authentication Algorithm',
  6: 'Key Length',
  7: 'Key Rounds',
  8: 'Compress Dictionary Size',
  9: 'Compress Private Algorithm',
  10: 'ECN Tunnel',
  11: 'Extended (64-bit) Sequence Number',
  12: 'Authentication Key Length',
  13: 'Signature Encoding Algorithm',
  14: 'Address Preservation',
  15: 'SA Direction',
}

export const encapsulationModes: Table = {
  1: 'Tunnel',
  2: 'Transport',
  3: 'UDP-Encapsulated-Tunnel',
  4: 'UDP-Encapsulated-Transport',
  61440: 'UDP encapsulation (Check Point)',
  61443: 'UDP-Encapsulated-Tunnel (draft)',
  61444: 'UDP-Encapsulated-Transport (draft)',
}

export const authenticationAlgorithms: Table = {
  1: 'HMAC-MD5',
  2: 'HMAC-SHA',
  3: 'DES-MAC',
  4: 'KPDK',
  5: 'HMAC-SHA2-256',
  6: 'HMAC-SHA2-384',
  7: 'HMAC-SHA2-512',
  8: 'HMAC-RIPEMD',
  9: 'AES-XCBC-MAC',
  10: 'SIG-RSA',
  11: 'AES-128-GMAC',
  12: 'AES-192-GMAC',
  13: 'AES-256-GMAC',
}

export const ecnTunnel: Table = { 1: 'Allowed', 2: 'Forbidden' }

export const addressPreservation: Table = {
  1: 'None',
  2: 'Source-Only',
  3: 'Destination-Only',
  4: 'Source-and-Destination',
}

export const directions: Table = { 1: 'Sender-Only', 2: 'Receiver-Only', 3: 'Symmetric' }

export const identityTypes: Table = {
  1: 'ID_IPV4_ADDR',
  2: 'ID_FQDN',
  3: 'ID_USER_FQDN',
  4: 'ID_IPV4_ADDR_SUBNET',
  5: 'ID_IPV6_ADDR',
  6: 'ID_IPV6_ADDR_SUBNET',
  7: 'ID_IPV4_ADDR_RANGE',
  8: 'ID_IPV6_ADDR_RANGE',
  9: 'ID_DER_ASN1_DN',
  10: 'ID_DER_ASN1_GN',
  11: 'ID_KEY_ID',
  12: 'ID_LIST',
}

export const certificateTypes: Table = {
  0: 'none',
  1: 'PKCS #7 wrapped X.509 certificate',
  2: 'PGP certificate',
  3: 'DNS signed key',
  4: 'X.509 certificate, signature',
  5: 'X.509 certificate, key exchange',
  6: 'Kerberos tokens',
  7: 'Certificate revocation list (CRL)',
  8: 'Authority revocation list (ARL)',
  9: 'SPKI certificate',
  10: 'X.509 certificate, attribute',
}

export const notifyTypes: Table = {
  1: 'INVALID-PAYLOAD-TYPE',
  2: 'DOI-NOT-SUPPORTED',
  3: 'SITUATION-NOT-SUPPORTED',
  4: 'INVALID-COOKIE',
  5: 'INVALID-MAJOR-VERSION',
  6: 'INVALID-MINOR-VERSION',
  7: 'INVALID-EXCHANGE-TYPE',
  8: 'INVALID-FLAGS',
  9: 'INVALID-MESSAGE-ID',
  10: 'INVALID-PROTOCOL-ID',
  11: 'INVALID-SPI',
  12: 'INVALID-TRANSFORM-ID',
  13: 'ATTRIBUTES-NOT-SUPPORTED',
  14: 'NO-PROPOSAL-CHOSEN',
  15: 'BAD-PROPOSAL-SYNTAX',
  16: 'PAYLOAD-MALFORMED',
  17: 'INVALID-KEY-INFORMATION',
  18: 'INVALID-ID-INFORMATION',
  19: 'INVALID-CERT-ENCODING',
  20: 'INVALID-CERTIFICATE',
  21: 'CERT-TYPE-UNSUPPORTED',
  22: 'INVALID-CERT-AUTHORITY',
  23: 'INVALID-HASH-INFORMATION',
  24: 'AUTHENTICATION-FAILED',
  25: 'INVALID-SIGNATURE',
  26: 'ADDRESS-NOTIFICATION',
  27: 'NOTIFY-SA-LIFETIME',
  28: 'CERTIFICATE-UNAVAILABLE',
  29: 'UNSUPPORTED-EXCHANGE-TYPE',
  30: 'UNEQUAL-PAYLOAD-LENGTHS',
  16384: 'CONNECTED',
  24576: 'RESPONDER-LIFETIME',
  24577: 'REPLAY-STATUS',
  24578: 'INITIAL-CONTACT',
  36136: 'R-U-THERE',
  36137: 'R-U-THERE-ACK',
  40500: 'UNITY-HEARTBEAT (Cisco)',
  40501: 'UNITY-LOAD-BALANCE (Cisco)',
  40503: 'UNITY-GROUP-HASH (Cisco)',
}

export const configTypes: Table = {
  1: 'ISAKMP_CFG_REQUEST',
  2: 'ISAKMP_CFG_REPLY',
  3: 'ISAKMP_CFG_SET',
  4: 'ISAKMP_CFG_ACK',
}

export const configAttributeTypes: Table = {
  1: 'INTERNAL_IP4_ADDRESS',
  2: 'INTERNAL_IP4_NETMASK',
  3: 'INTERNAL_IP4_DNS',
  4: 'INTERNAL_IP4_NBNS',
  5: 'INTERNAL_ADDRESS_EXPIRY',
  6: 'INTERNAL_IP4_DHCP',
  7: 'APPLICATION_VERSION',
  8: 'INTERNAL_IP6_ADDRESS',
  9: 'INTERNAL_IP6_NETMASK',
  10: 'INTERNAL_IP6_DNS',
  11: 'INTERNAL_IP6_NBNS',
  12: 'INTERNAL_IP6_DHCP',
  13: 'INTERNAL_IP4_SUBNET',
  14: 'SUPPORTED_ATTRIBUTES',
  15: 'INTERNAL_IP6_SUBNET',
  16387: 'CHKPT_DEF_DOMAIN (Check Point)',
  16388: 'CHKPT_MAC_ADDRESS (Check Point)',
  16389: 'CHKPT_MARCIPAN_REASON_CODE (Check Point)',
  16520: 'XAUTH_TYPE',
  16521: 'XAUTH_USER_NAME',
  16522: 'XAUTH_USER_PASSWORD',
  16523: 'XAUTH_PASSCODE',
  16524: 'XAUTH_MESSAGE',
  16525: 'XAUTH_CHALLENGE',
  16526: 'XAUTH_DOMAIN',
  16527: 'XAUTH_STATUS',
  16528: 'XAUTH_NEXT_PIN',
  16529: 'XAUTH_ANSWER',
  28672: 'UNITY_BANNER (Cisco)',
  28673: 'UNITY_SAVE_PASSWD (Cisco)',
  28674: 'UNITY_DEF_DOMAIN (Cisco)',
  28675: 'UNITY_SPLITDNS_NAME (Cisco)',
  28676: 'UNITY_SPLIT_INCLUDE (Cisco)',
  28677: 'UNITY_NATT_PORT (Cisco)',
  28678: 'UNITY_LOCAL_LAN (Cisco)',
  28679: 'UNITY_PFS (Cisco)',
  28680: 'UNITY_FW_TYPE (Cisco)',
  28681: 'UNITY_BACKUP_SERVERS (Cisco)',
  28682: 'UNITY_DDNS_HOSTNAME (Cisco)',
}

export const xauthTypes: Table = { 0: 'Generic', 1: 'RADIUS-CHAP', 2: 'OTP', 3: 'S/KEY' }

export const xauthStatus: Table = { 0: 'FAIL', 1: 'OK' }
