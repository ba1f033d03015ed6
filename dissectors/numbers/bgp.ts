// https://www.iana.org/assignments/bgp-parameters, capability-codes, bgp-extended-communities, address-family-numbers and safi-namespace.

export const bgpMessages: Readonly<Record<number, string>> = {
  1: 'OPEN',
  2: 'UPDATE',
  3: 'NOTIFICATION',
  4: 'KEEPALIVE',
  5: 'ROUTE-REFRESH',
  6: 'CAPABILITY',
  128: 'ROUTE-REFRESH (Cisco)',
}

export const families: Readonly<Record<number, string>> = {
  1: 'IPv4',
  2: 'IPv6',
  25: 'Layer-2 VPN',
  16388: 'BGP-LS',
}

export const subsequentFamilies: Readonly<Record<number, string>> = {
  1: 'Unicast',
  2: 'Multicast',
  4: 'Labeled unicast',
  5: 'Multicast VPN',
  6: 'Multi-segment pseudowires',
  8: 'Multicast VPLS',
  65: 'VPLS',
  66: 'Multicast distribution trees',
  70: 'EVPN',
  71: 'BGP-LS',
  72: 'BGP-LS VPN',
  73: 'SR policy',
  128: 'Labeled VPN unicast',
  129: 'Labeled VPN multicast',
  132: 'Route target constraint',
  133: 'Flow specification',
  134: 'Flow specification VPN',
}

export const capabilities: Readonly<Record<number, string>> = {
  1: 'Multiprotocol extensions',
  2: 'Route refresh',
  3: 'Outbound route filtering',
  4: 'Multiple routes to a destination',
  5: 'Extended next hop encoding',
  6: 'Extended messages',
  7: 'BGPsec',
  8: 'Multiple labels',
  9: 'Role',
  64: 'Graceful restart',
  65: 'Four-octet AS numbers',
  67: 'Dynamic capability',
  68: 'Multisession',
  69: 'Additional paths',
  70: 'Enhanced route refresh',
  71: 'Long-lived graceful restart',
  72: 'Routing policy distribution',
  73: 'Host name',
  128: 'Route refresh (Cisco)',
  130: 'Outbound route filtering (Cisco)',
  131: 'Multisession (Cisco)',
}

export const attributes: Readonly<Record<number, string>> = {
  1: 'ORIGIN',
  2: 'AS_PATH',
  3: 'NEXT_HOP',
  4: 'MULTI_EXIT_DISC',
  5: 'LOCAL_PREF',
  6: 'ATOMIC_AGGREGATE',
  7: 'AGGREGATOR',
  8: 'COMMUNITIES',
  9: 'ORIGINATOR_ID',
  10: 'CLUSTER_LIST',
  14: 'MP_REACH_NLRI',
  15: 'MP_UNREACH_NLRI',
  16: 'EXTENDED_COMMUNITIES',
  17: 'AS4_PATH',
  18: 'AS4_AGGREGATOR',
  22: 'PMSI_TUNNEL',
  23: 'TUNNEL_ENCAPSULATION',
  24: 'TRAFFIC_ENGINEERING',
  25: 'IPV6_EXTENDED_COMMUNITIES',
  26: 'AIGP',
  27: 'PE_DISTINGUISHER_LABELS',
  29: 'BGP-LS',
  32: 'LARGE_COMMUNITY',
  33: 'BGPSEC_PATH',
  35: 'ONLY_TO_CUSTOMER',
  36: 'D_PATH',
  40: 'PREFIX_SID',
  128: 'ATTR_SET',
}

export const origins: Readonly<Record<number, string>> = { 0: 'IGP', 1: 'EGP', 2: 'INCOMPLETE' }

export const segmentTypes: Readonly<Record<number, string>> = {
  1: 'AS_SET',
  2: 'AS_SEQUENCE',
  3: 'AS_CONFED_SEQUENCE',
  4: 'AS_CONFED_SET',
}

export const wellKnownCommunities: Readonly<Record<number, string>> = {
  4294901760: 'GRACEFUL_SHUTDOWN',
  4294901761: 'ACCEPT_OWN',
  4294901766: 'LLGR_STALE',
  4294901767: 'NO_LLGR',
  4294902426: 'BLACKHOLE',
  4294967041: 'NO_EXPORT',
  4294967042: 'NO_ADVERTISE',
  4294967043: 'NO_EXPORT_SUBCONFED',
  4294967044: 'NOPEER',
}

export const extendedTypes: Readonly<Record<number, string>> = {
  0: 'Transitive, 2-octet AS',
  1: 'Transitive, IPv4 address',
  2: 'Transitive, 4-octet AS',
  3: 'Transitive, opaque',
  6: 'Transitive, EVPN',
  7: 'Transitive, flow specification',
  64: 'Non-transitive, 2-octet AS',
  65: 'Non-transitive, IPv4 address',
  66: 'Non-transitive, 4-octet AS',
  67: 'Non-transitive, opaque',
  128: 'Generic, experimental',
  129: 'Generic, experimental, part 2',
  130: 'Generic, experimental, part 3',
}

/** Subtypes that the types with an AS number or an address in them share. */
export const extendedSubtypes: Readonly<Record<number, string>> = {
  2: 'Route target',
  3: 'Route origin',
  4: 'Link bandwidth',
  5: 'OSPF domain identifier',
  7: 'OSPF router ID',
  8: 'BGP data collection',
  9: 'Source AS',
  10: 'L2VPN identifier',
  11: 'VRF route import',
  16: 'VPN distinguisher',
}

export const opaqueSubtypes: Readonly<Record<number, string>> = {
  0: 'Origin validation state',
  1: 'Cost',
  6: 'OSPF route type',
  11: 'Color',
  12: 'Encapsulation',
  13: 'Default gateway',
}

export const tunnelTypes: Readonly<Record<number, string>> = {
  1: 'L2TPv3 over IP',
  2: 'GRE',
  4: 'IPsec tunnel mode',
  5: 'IP in IP with IPsec transport mode',
  6: 'MPLS in IP with IPsec transport mode',
  7: 'IP in IP',
  8: 'VXLAN',
  9: 'NVGRE',
  10: 'MPLS',
  11: 'MPLS in GRE',
  12: 'VXLAN GPE',
  13: 'MPLS in UDP',
  15: 'SR policy',
  19: 'Geneve',
}

/** Error codes of a NOTIFICATION. */
export const errors: Readonly<Record<number, string>> = {
  1: 'Message header error',
  2: 'OPEN message error',
  3: 'UPDATE message error',
  4: 'Hold timer expired',
  5: 'Finite state machine error',
  6: 'Cease',
  7: 'ROUTE-REFRESH message error',
}

/** Subcodes, by error code. */
export const suberrors: readonly Readonly<Record<number, string>>[] = [
  {},
  { 1: 'Connection not synchronized', 2: 'Bad message length', 3: 'Bad message type' },
  {
    1: 'Unsupported version number',
    2: 'Bad peer AS',
    3: 'Bad BGP identifier',
    4: 'Unsupported optional parameter',
    5: 'Authentication failure (deprecated)',
    6: 'Unacceptable hold time',
    7: 'Unsupported capability',
    11: 'Role mismatch',
  },
  {
    1: 'Malformed attribute list',
    2: 'Unrecognized well-known attribute',
    3: 'Missing well-known attribute',
    4: 'Attribute flags error',
    5: 'Attribute length error',
    6: 'Invalid ORIGIN attribute',
    7: 'AS routing loop (deprecated)',
    8: 'Invalid NEXT_HOP attribute',
    9: 'Optional attribute error',
    10: 'Invalid network field',
    11: 'Malformed AS_PATH',
  },
  {},
  {
    1: 'Unexpected message in OpenSent state',
    2: 'Unexpected message in OpenConfirm state',
    3: 'Unexpected message in Established state',
  },
  {
    1: 'Maximum number of prefixes reached',
    2: 'Administrative shutdown',
    3: 'Peer de-configured',
    4: 'Administrative reset',
    5: 'Connection rejected',
    6: 'Other configuration change',
    7: 'Connection collision resolution',
    8: 'Out of resources',
    9: 'Hard reset',
    10: 'BFD down',
  },
  { 1: 'Invalid message length' },
]
