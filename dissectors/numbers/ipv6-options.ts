/** Option types of hop-by-hop and destination options: https://www.iana.org/assignments/ipv6-parameters. */
export const ipv6OptionTypes: Readonly<Record<number, string>> = {
  0: 'Pad1',
  1: 'PadN',
  4: 'Tunnel encapsulation limit',
  5: 'Router alert',
  7: 'CALIPSO',
  8: 'SMF_DPD',
  15: 'Performance and diagnostic metrics',
  17: 'IOAM',
  18: 'AltMark',
  30: 'Experiment',
  35: 'RPL option',
  38: 'Quick-start',
  48: 'Minimum path MTU',
  49: 'IOAM (changes on the way)',
  62: 'Experiment',
  77: 'Deprecated',
  94: 'Experiment',
  99: 'RPL option (deprecated number)',
  109: 'MPL option',
  126: 'Experiment',
  138: 'Endpoint identification (deprecated)',
  139: 'ILNP nonce',
  140: 'Line identification',
  158: 'Experiment',
  190: 'Experiment',
  194: 'Jumbo payload',
  201: 'Home address',
  222: 'Experiment',
  238: 'IP_DFF',
  254: 'Experiment',
}

/** What a node does that does not know an option: the type's first two bits (RFC 8200 §4.2). */
export const ipv6OptionActions: Readonly<Record<number, string>> = {
  0: 'Pass over it',
  1: 'Drop the packet',
  2: 'Drop the packet and report it',
  3: 'Drop the packet and report it unless it was multicast',
}

/** Router alert values: https://www.iana.org/assignments/ipv6-routeralert-values. */
export const ipv6RouterAlerts: Readonly<Record<number, string>> = {
  0: 'Multicast Listener Discovery',
  1: 'RSVP',
  2: 'Active Networks',
  3: 'Reserved',
  68: 'NSIS NATFW NSLP',
  69: 'MPLS OAM',
}
