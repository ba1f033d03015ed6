// Mode config and XAUTH, which were drafts and no more: draft-dukes-ike-mode-cfg-02, draft-beaulieu-ike-xauth-02.
// Those marked with a company are from the space for private use, and widespread.

type Table = Readonly<Record<number, string>>

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
