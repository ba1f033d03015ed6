/** Types of group records, in IGMPv3 and MLDv2 alike (RFC 3376 §4.2.12, RFC 3810 §5.2.12). */
export const recordTypes: Readonly<Record<number, string>> = {
  1: 'Mode is include',
  2: 'Mode is exclude',
  3: 'Change to include mode',
  4: 'Change to exclude mode',
  5: 'Allow new sources',
  6: 'Block old sources',
}

/** The time in a code of one byte: from 128 on it holds an exponent and a mantissa (RFC 3376 §4.1.1, RFC 3810 §5.1.9). */
export const timeOf = (code: number): number =>
  code < 128 ? code : ((code & 15) | 16) << (((code >> 4) & 7) + 3)
