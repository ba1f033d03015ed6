/** IPv4 option types: https://www.iana.org/assignments/ip-parameters. */
export const ipOptionTypes: Readonly<Record<number, string>> = {
  0: 'End of option list',
  1: 'No operation',
  7: 'Record route',
  10: 'Experimental measurement',
  11: 'MTU probe',
  12: 'MTU reply',
  15: 'ENCODE',
  25: 'Quick-start',
  30: 'Experiment',
  68: 'Timestamp',
  82: 'Traceroute',
  94: 'Experiment',
  130: 'Security',
  131: 'Loose source route',
  133: 'Extended security',
  134: 'Commercial security (CIPSO)',
  136: 'Stream identifier',
  137: 'Strict source route',
  142: 'Experimental access control',
  144: 'IMI traffic descriptor',
  145: 'Extended Internet Protocol',
  147: 'Address extension',
  148: 'Router alert',
  149: 'Selective directed broadcast',
  151: 'Dynamic packet state',
  152: 'Upstream multicast packet',
  158: 'Experiment',
  205: 'Experimental flow control',
  222: 'Experiment',
}

/** Classification levels, by their code (RFC 1108 §2.3). */
export const classificationLevels: Readonly<Record<number, string>> = {
  1: 'Reserved 4',
  61: 'Top secret',
  90: 'Secret',
  102: 'Reserved 3',
  150: 'Confidential',
  171: 'Unclassified',
  204: 'Reserved 2',
  241: 'Reserved 1',
}

/** Security levels of the older form, by their code; eight further codes are reserved (RFC 791 §3.1). */
export const oldSecurityLevels: Readonly<Record<number, string>> = {
  0: 'Unclassified',
  24102: 'PROG',
  27589: 'Top secret',
  30874: 'EFTO',
  44819: 'Restricted',
  48205: 'MMMM',
  55176: 'Secret',
  61749: 'Confidential',
}
