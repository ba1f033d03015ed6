// IKEv2's numbers: https://www.iana.org/assignments/ikev2-parameters.

import { commonGroups } from './ike-shared.ts'

type Table = Readonly<Record<number, string>>

/** Protocols that proposals, notifies and deletes speak of. */
export const securityProtocols2: Table = {
  0: 'none',
  1: 'IKE',
  2: 'AH',
  3: 'ESP',
  4: 'FC_ESP_HEADER',
  5: 'FC_CT_AUTHENTICATION',
  6: 'GIKE_UPDATE',
}

export const transformTypes: Table = {
  1: 'Encryption Algorithm (ENCR)',
  2: 'Pseudorandom Function (PRF)',
  3: 'Integrity Algorithm (INTEG)',
  4: 'Key Exchange Method (KE)',
  5: 'Sequence Numbers (SN)',
  6: 'Additional Key Exchange 1 (ADDKE1)',
  7: 'Additional Key Exchange 2 (ADDKE2)',
  8: 'Additional Key Exchange 3 (ADDKE3)',
  9: 'Additional Key Exchange 4 (ADDKE4)',
  10: 'Additional Key Exchange 5 (ADDKE5)',
  11: 'Additional Key Exchange 6 (ADDKE6)',
  12: 'Additional Key Exchange 7 (ADDKE7)',
  13: 'Key Wrap Algorithm (KWA)',
  14: 'Group Controller Authentication Method (GCAUTH)',
}

export const encryptionAlgorithms: Table = {
  1: 'ENCR_DES_IV64',
  2: 'ENCR_DES',
  3: 'ENCR_3DES',
  4: 'ENCR_RC5',
  5: 'ENCR_IDEA',
  6: 'ENCR_CAST',
  7: 'ENCR_BLOWFISH',
  8: 'ENCR_3IDEA',
  9: 'ENCR_DES_IV32',
  11: 'ENCR_NULL',
  12: 'ENCR_AES_CBC',
  13: 'ENCR_AES_CTR',
  14: 'ENCR_AES_CCM_8',
  15: 'ENCR_AES_CCM_12',
  16: 'ENCR_AES_CCM_16',
  18: 'ENCR_AES_GCM_8',
  19: 'ENCR_AES_GCM_12',
  20: 'ENCR_AES_GCM_16',
  21: 'ENCR_NULL_AUTH_AES_GMAC',
  22: 'reserved for IEEE P1619 XTS-AES',
  23: 'ENCR_CAMELLIA_CBC',
  24: 'ENCR_CAMELLIA_CTR',
  25: 'ENCR_CAMELLIA_CCM_8',
  26: 'ENCR_CAMELLIA_CCM_12',
  27: 'ENCR_CAMELLIA_CCM_16',
  28: 'ENCR_CHACHA20_POLY1305',
  29: 'ENCR_AES_CCM_8_IIV',
  30: 'ENCR_AES_GCM_16_IIV',
  31: 'ENCR_CHACHA20_POLY1305_IIV',
  32: 'ENCR_KUZNYECHIK_MGM_KTREE',
  33: 'ENCR_MAGMA_MGM_KTREE',
  34: 'ENCR_KUZNYECHIK_MGM_MAC_KTREE',
  35: 'ENCR_MAGMA_MGM_MAC_KTREE',
}

export const pseudorandomFunctions: Table = {
  1: 'PRF_HMAC_MD5',
  2: 'PRF_HMAC_SHA1',
  3: 'PRF_HMAC_TIGER',
  4: 'PRF_AES128_XCBC',
  5: 'PRF_HMAC_SHA2_256',
  6: 'PRF_HMAC_SHA2_384',
  7: 'PRF_HMAC_SHA2_512',
  8: 'PRF_AES128_CMAC',
  9: 'PRF_HMAC_STREEBOG_512',
}

export const integrityAlgorithms: Table = {
  0: 'NONE',
  1: 'AUTH_HMAC_MD5_96',
  2: 'AUTH_HMAC_SHA1_96',
  3: 'AUTH_DES_MAC',
  4: 'AUTH_KPDK_MD5',
  5: 'AUTH_AES_XCBC_96',
  6: 'AUTH_HMAC_MD5_128',
  7: 'AUTH_HMAC_SHA1_160',
  8: 'AUTH_AES_CMAC_96',
  9: 'AUTH_AES_128_GMAC',
  10: 'AUTH_AES_192_GMAC',
  11: 'AUTH_AES_256_GMAC',
  12: 'AUTH_HMAC_SHA2_256_128',
  13: 'AUTH_HMAC_SHA2_384_192',
  14: 'AUTH_HMAC_SHA2_512_256',
}

/** Key exchange methods; the Diffie-Hellman groups have the same numbers in IKEv1. */
export const keyExchangeMethods: Table = {
  0: 'NONE',
  1: '768-bit MODP',
  2: '1024-bit MODP',
  5: '1536-bit MODP',
  ...commonGroups,
  27: 'brainpoolP224r1',
  28: 'brainpoolP256r1',
  29: 'brainpoolP384r1',
  30: 'brainpoolP512r1',
  31: 'Curve25519',
  32: 'Curve448',
  33: 'GOST3410_2012_256',
  34: 'GOST3410_2012_512',
  35: 'ML-KEM-512',
  36: 'ML-KEM-768',
  37: 'ML-KEM-1024',
}

export const sequenceNumbers: Table = {
  0: '32-bit sequential numbers',
  1: 'partially transmitted 64-bit sequential numbers (ESN)',
  2: '32-bit unspecified numbers',
}

export const transformAttributes: Table = { 14: 'Key Length' }

export const identityTypes: Table = {
  1: 'ID_IPV4_ADDR',
  2: 'ID_FQDN',
  3: 'ID_RFC822_ADDR',
  5: 'ID_IPV6_ADDR',
  9: 'ID_DER_ASN1_DN',
  10: 'ID_DER_ASN1_GN',
  11: 'ID_KEY_ID',
  12: 'ID_FC_NAME',
  13: 'ID_NULL',
}

export const authenticationMethods: Table = {
  1: 'RSA digital signature',
  2: 'shared key message integrity code',
  3: 'DSS digital signature',
  9: 'ECDSA with SHA-256 on the P-256 curve',
  10: 'ECDSA with SHA-384 on the P-384 curve',
  11: 'ECDSA with SHA-512 on the P-521 curve',
  12: 'generic secure password authentication',
  13: 'NULL authentication',
  14: 'digital signature',
}

export const hashAlgorithms: Table = {
  1: 'SHA1',
  2: 'SHA2-256',
  3: 'SHA2-384',
  4: 'SHA2-512',
  5: 'Identity',
  6: 'STREEBOG_256',
  7: 'STREEBOG_512',
}

export const gatewayIdentityTypes: Table = { 1: 'IPv4 address', 2: 'IPv6 address', 3: 'FQDN' }

export const selectorTypes: Table = {
  7: 'TS_IPV4_ADDR_RANGE',
  8: 'TS_IPV6_ADDR_RANGE',
  9: 'TS_FC_ADDR_RANGE',
  10: 'TS_SECLABEL',
}

export const configurationTypes: Table = { 1: 'CFG_REQUEST', 2: 'CFG_REPLY', 3: 'CFG_SET', 4: 'CFG_ACK' }

export const configurationAttributes: Table = {
  1: 'INTERNAL_IP4_ADDRESS',
  2: 'INTERNAL_IP4_NETMASK',
  3: 'INTERNAL_IP4_DNS',
  4: 'INTERNAL_IP4_NBNS',
  5: 'INTERNAL_ADDRESS_EXPIRY',
  6: 'INTERNAL_IP4_DHCP',
  7: 'APPLICATION_VERSION',
  8: 'INTERNAL_IP6_ADDRESS',
  10: 'INTERNAL_IP6_DNS',
  11: 'INTERNAL_IP6_NBNS',
  12: 'INTERNAL_IP6_DHCP',
  13: 'INTERNAL_IP4_SUBNET',
  14: 'SUPPORTED_ATTRIBUTES',
  15: 'INTERNAL_IP6_SUBNET',
  16: 'MIP6_HOME_PREFIX',
  17: 'INTERNAL_IP6_LINK',
  18: 'INTERNAL_IP6_PREFIX',
  19: 'HOME_AGENT_ADDRESS',
  20: 'P_CSCF_IP4_ADDRESS',
  21: 'P_CSCF_IP6_ADDRESS',
  22: 'FTT_KAT',
  23: 'EXTERNAL_SOURCE_IP4_NAT_INFO',
  24: 'TIMEOUT_PERIOD_FOR_LIVENESS_CHECK',
  25: 'INTERNAL_DNS_DOMAIN',
  26: 'INTERNAL_DNSSEC_TA',
  27: 'ENCDNS_IP4',
  28: 'ENCDNS_IP6',
  29: 'ENCDNS_DIGEST_INFO',
  28672: 'UNITY_BANNER (Cisco)',
  28673: 'UNITY_SAVE_PASSWD (Cisco)',
  28674: 'UNITY_DEF_DOMAIN (Cisco)',
  28675: 'UNITY_SPLITDNS_NAME (Cisco)',
  28676: 'UNITY_SPLIT_INCLUDE (Cisco)',
}
