/** What a header length of IPv4 or TCP, in words of 4 bytes, says. */
export function lengthInWords(value: number): string {
  if (value < 5) return 'Every header has at least 5 words, so this one cannot be read.'
  if (value === 5) return '5 × 4 = 20 bytes, the least there is: no options.'
  return `${value} × 4 = ${value * 4} bytes: the fixed 20, then ${value * 4 - 20} bytes of options.`
}
