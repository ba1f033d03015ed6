// IPsec’s domain of interpretation, RFC 2407: https://www.iana.org/assignments/isakmp-registry.
// Those marked with a company are from the space for private use, and widespread.

type Table = Readonly<Record<number, string>>

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

export const lifeTypes: Table = { 1: 'seconds', 2: 'kilobytes' }

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
