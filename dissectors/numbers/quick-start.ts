/** Functions of a Quick-Start option (RFC 4782 §3.1). */
export const quickStartFunctions: Readonly<Record<number, string>> = {
  0: 'Rate request',
  8: 'Report of approved rate',
}

/** A Quick-Start rate: 0, or 40 kbit/s × 2^value (RFC 4782 §3.1). */
export const quickStartRate = (value: number): string => {
  const kilobits = value === 0 ? 0 : 40 * 2 ** value
  return kilobits >= 1000 ? `${kilobits / 1000} Mbit/s (${value})` : `${kilobits} kbit/s (${value})`
}
