import { NumberSpace } from '../../src/dissect/number-space.ts'

/**
 * Address families of the BSDs (AF_ in sys/socket.h). The systems share the numbers from the time when they
 * were one; IPv6 came later, and each chose its own.
 */
export const addressFamilies = new NumberSpace('address family', 256, {
  0: 'unspecified',
  2: 'IPv4',
  6: 'Xerox NS',
  7: 'OSI',
  12: 'DECnet',
  16: 'AppleTalk',
  18: 'Ethernet (link)',
  23: 'IPX',
  24: 'IPv6 (OpenBSD, NetBSD)',
  28: 'IPv6 (FreeBSD)',
  30: 'IPv6 (macOS)',
  33: 'MPLS (OpenBSD)',
})
