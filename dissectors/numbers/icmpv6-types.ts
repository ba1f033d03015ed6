/** ICMPv6 types: https://www.iana.org/assignments/icmpv6-parameters. */
export const icmpv6Types: Readonly<Record<number, string>> = {
  0: 'Reserved',
  1: 'Destination unreachable',
  2: 'Packet too big',
  3: 'Time exceeded',
  4: 'Parameter problem',
  100: 'Private experimentation',
  101: 'Private experimentation',
  127: 'Reserved for more errors',
  128: 'Echo request',
  129: 'Echo reply',
  130: 'Multicast listener query',
  131: 'Multicast listener report',
  132: 'Multicast listener done',
  133: 'Router solicitation',
  134: 'Router advertisement',
  135: 'Neighbor solicitation',
  136: 'Neighbor advertisement',
  137: 'Redirect',
  138: 'Router renumbering',
  139: 'Node information query',
  140: 'Node information response',
  141: 'Inverse neighbor discovery solicitation',
  142: 'Inverse neighbor discovery advertisement',
  143: 'Multicast listener report, version 2',
  144: 'Home agent address discovery request',
  145: 'Home agent address discovery reply',
  146: 'Mobile prefix solicitation',
  147: 'Mobile prefix advertisement',
  148: 'Certification path solicitation',
  149: 'Certification path advertisement',
  150: 'Experimental mobility',
  151: 'Multicast router advertisement',
  152: 'Multicast router solicitation',
  153: 'Multicast router termination',
  154: 'FMIPv6',
  155: 'RPL control',
  156: 'ILNPv6 locator update',
  157: 'Duplicate address request',
  158: 'Duplicate address confirmation',
  159: 'MPL control',
  160: 'Extended echo request',
  161: 'Extended echo reply',
  200: 'Private experimentation',
  201: 'Private experimentation',
  255: 'Reserved for more messages',
}

/** Codes of destination unreachable (RFC 4443 §3.1, RFC 6554, RFC 8883). */
export const unreachable6Codes: Readonly<Record<number, string>> = {
  0: 'No route to destination',
  1: 'Communication administratively prohibited',
  2: 'Beyond scope of source address',
  3: 'Address unreachable',
  4: 'Port unreachable',
  5: 'Source address failed ingress or egress policy',
  6: 'Reject route to destination',
  7: 'Error in source routing header',
  8: 'Headers too long',
}

/** Codes of time exceeded (RFC 4443 §3.3). */
export const timeExceeded6Codes: Readonly<Record<number, string>> = {
  0: 'Hop limit exceeded in transit',
  1: 'Fragment reassembly time exceeded',
}

/** Codes of a parameter problem (RFC 4443 §3.4, RFC 7112, RFC 8754, RFC 8883). */
export const parameter6Codes: Readonly<Record<number, string>> = {
  0: 'Erroneous header field',
  1: 'Unrecognized next header type',
  2: 'Unrecognized IPv6 option',
  3: 'First fragment has incomplete header chain',
  4: 'Upper-layer header error',
  5: 'Unrecognized next header type by an intermediate node',
  6: 'Extension header too big',
  7: 'Extension header chain too long',
  8: 'Too many extension headers',
  9: 'Too many options in an extension header',
  10: 'Option too big',
}

/** Codes of router renumbering (RFC 2894 §3.1). */
export const renumberingCodes: Readonly<Record<number, string>> = {
  0: 'Command',
  1: 'Result',
  255: 'Sequence number reset',
}

/** What the subject of a node information query is (RFC 4620 §4). */
export const nodeQueryCodes: Readonly<Record<number, string>> = {
  0: 'Subject is an IPv6 address',
  1: 'Subject is a name, or empty',
  2: 'Subject is an IPv4 address',
}

/** Outcome of a node information query (RFC 4620 §4). */
export const nodeReplyCodes: Readonly<Record<number, string>> = {
  0: 'Successful',
  1: 'Refused',
  2: 'Qtype unknown',
}

/** Codes of RPL control messages (RFC 6550 §6). */
export const rplCodes: Readonly<Record<number, string>> = {
  0: 'DODAG information solicitation',
  1: 'DODAG information object',
  2: 'Destination advertisement object',
  3: 'Destination advertisement object acknowledgment',
  4: 'P2P discovery reply object',
  5: 'P2P discovery reply object acknowledgment',
  128: 'Secure DODAG information solicitation',
  129: 'Secure DODAG information object',
  130: 'Secure destination advertisement object',
  131: 'Secure destination advertisement object acknowledgment',
  138: 'Consistency check',
}
