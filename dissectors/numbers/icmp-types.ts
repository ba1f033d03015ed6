/** ICMP types: https://www.iana.org/assignments/icmp-parameters. */
export const icmpTypes: Readonly<Record<number, string>> = {
  0: 'Echo reply',
  3: 'Destination unreachable',
  4: 'Source quench',
  5: 'Redirect',
  6: 'Alternate host address',
  8: 'Echo request',
  9: 'Router advertisement',
  10: 'Router solicitation',
  11: 'Time exceeded',
  12: 'Parameter problem',
  13: 'Timestamp request',
  14: 'Timestamp reply',
  15: 'Information request',
  16: 'Information reply',
  17: 'Address mask request',
  18: 'Address mask reply',
  19: 'Reserved for security',
  30: 'Traceroute',
  31: 'Datagram conversion error',
  32: 'Mobile host redirect',
  33: 'IPv6 where-are-you',
  34: 'IPv6 I-am-here',
  35: 'Mobile registration request',
  36: 'Mobile registration reply',
  37: 'Domain name request',
  38: 'Domain name reply',
  39: 'SKIP',
  40: 'Photuris security failure',
  41: 'Experimental mobility',
  42: 'Extended echo request',
  43: 'Extended echo reply',
  253: 'Experiment 1',
  254: 'Experiment 2',
  255: 'Reserved',
}

/** Codes of destination unreachable (RFC 792, RFC 1122 §3.2.2.1, RFC 1812 §5.2.7.1). */
export const unreachableCodes: Readonly<Record<number, string>> = {
  0: 'Net unreachable',
  1: 'Host unreachable',
  2: 'Protocol unreachable',
  3: 'Port unreachable',
  4: 'Fragmentation needed and DF set',
  5: 'Source route failed',
  6: 'Destination network unknown',
  7: 'Destination host unknown',
  8: 'Source host isolated',
  9: 'Destination network administratively prohibited',
  10: 'Destination host administratively prohibited',
  11: 'Network unreachable for type of service',
  12: 'Host unreachable for type of service',
  13: 'Communication administratively prohibited',
  14: 'Host precedence violation',
  15: 'Precedence cutoff in effect',
}

/** Codes of a redirect (RFC 792). */
export const redirectCodes: Readonly<Record<number, string>> = {
  0: 'Redirect for the network',
  1: 'Redirect for the host',
  2: 'Redirect for the type of service and network',
  3: 'Redirect for the type of service and host',
}

/** Codes of a router advertisement (RFC 1256 §3, RFC 5944 §2.1). */
export const advertisementCodes: Readonly<Record<number, string>> = {
  0: 'Normal router advertisement',
  16: 'Does not route common traffic',
}

/** Codes of time exceeded (RFC 792). */
export const timeExceededCodes: Readonly<Record<number, string>> = {
  0: 'Time to live exceeded in transit',
  1: 'Fragment reassembly time exceeded',
}

/** Codes of a parameter problem (RFC 792, RFC 1122 §3.2.2.5, RFC 1108). */
export const parameterCodes: Readonly<Record<number, string>> = {
  0: 'Pointer indicates the error',
  1: 'Missing a required option',
  2: 'Bad length',
}

/** Codes of a traceroute message (RFC 1393 §2.4). */
export const tracerouteCodes: Readonly<Record<number, string>> = {
  0: 'Outbound packet successfully forwarded',
  1: 'No route for outbound packet; packet discarded',
}

/** Codes of a datagram conversion error (RFC 1475 §5.1). */
export const conversionCodes: Readonly<Record<number, string>> = {
  0: 'Unknown or unspecified error',
  1: 'Option not converted',
  2: 'Unknown mandatory option present',
  3: 'Known unsupported option present',
  4: 'Unsupported transport protocol',
  5: 'Overall length exceeded',
  6: 'IP header length exceeded',
  7: 'Transport protocol greater than 255',
  8: 'Port conversion out of range',
  9: 'Transport header length exceeded',
  10: '32-bit rollover missing and ACK set',
  11: 'Unknown mandatory transport option present',
}

/** Codes of a Photuris security failure (RFC 2521 §2). */
export const photurisCodes: Readonly<Record<number, string>> = {
  0: 'Bad SPI',
  1: 'Authentication failed',
  2: 'Decompression failed',
  3: 'Decryption failed',
  4: 'Need authentication',
  5: 'Need authorization',
}

/** Codes of an extended echo reply, in ICMP and ICMPv6 (RFC 8335 §3). */
export const extendedEchoCodes: Readonly<Record<number, string>> = {
  0: 'No error',
  1: 'Malformed query',
  2: 'No such interface',
  3: 'No such table entry',
  4: 'Multiple interfaces satisfy query',
}

/** States of a neighbour in an extended echo reply (RFC 8335 §3). */
export const neighbourStates: Readonly<Record<number, string>> = {
  0: 'Reserved',
  1: 'Incomplete',
  2: 'Reachable',
  3: 'Stale',
  4: 'Delay',
  5: 'Probe',
  6: 'Failed',
}
