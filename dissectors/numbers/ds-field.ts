/** Names of DSCP values: https://www.iana.org/assignments/dscp-registry. */
export const dscpNames: Readonly<Record<number, string>> = {
  0: 'default',
  1: 'LE',
  8: 'CS1',
  10: 'AF11',
  12: 'AF12',
  14: 'AF13',
  16: 'CS2',
  18: 'AF21',
  20: 'AF22',
  22: 'AF23',
  24: 'CS3',
  26: 'AF31',
  28: 'AF32',
  30: 'AF33',
  32: 'CS4',
  34: 'AF41',
  36: 'AF42',
  38: 'AF43',
  40: 'CS5',
  44: 'VOICE-ADMIT',
  45: 'NQB',
  46: 'EF',
  48: 'CS6',
  56: 'CS7',
}

/** ECN codepoints (RFC 3168 §5). */
export const ecnNames: Readonly<Record<number, string>> = {
  0: 'Not ECN-capable',
  1: 'ECT(1)',
  2: 'ECT(0)',
  3: 'Congestion experienced',
}
