import type { Association, Endpoint, Verdict } from '../follow/story.ts'

/** `192.168.1.2:500`, `[fd00::1]:500`; the address alone where there is no port. */
export function endpointText({ address, port }: Endpoint): string {
  if (port === 0) return address
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

/** `0xc1a2b3c4`: as ipsecctl(8) and ip-xfrm(8) write an SPI of ESP or AH. */
export const spiText = (spi: number): string => `0x${spi.toString(16).padStart(8, '0')}`

/** `ESP`, `ESP in UDP`. */
export const carriedText = ({ protocol, encapsulation }: Association): string =>
  protocol.toUpperCase() + (encapsulation === 'native' ? '' : ` in ${encapsulation.toUpperCase()}`)

const prefixes = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** `812 B`, `1.6 kB`, `23 MB`: powers of ten, two digits at least. */
export function bytesText(bytes: number): string {
  let shown = bytes
  let step = 0
  for (; shown >= 999.5 && step < prefixes.length - 1; step++) shown /= 1000
  return `${step > 0 && shown < 9.95 ? shown.toFixed(1) : Math.round(shown)} ${prefixes[step]}`
}

/** More than these nobody reads. */
const rangesShown = 12

/** `packet 3`, `packets 1, 3-5`; of many, the first ones and the last: `packets 1, 3, … 900`. `numbers` are ascending. Empty: none. */
export function packetsText(numbers: readonly number[]): string {
  const ranges: { from: number; to: number }[] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last && number <= last.to + 1) last.to = number
    else ranges.push({ from: number, to: number })
  }
  const texts = ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`))
  if (texts.length > rangesShown) texts.splice(rangesShown - 1, texts.length - rangesShown, '…')
  const shown = texts.join(', ').replace('…,', '…')
  return shown === '' ? '' : `packet${/^\d+$/.test(shown) ? '' : 's'} ${shown}`
}

/** `+0.012`; empty where the capture has no times. Above a thousand seconds, whole ones. */
export function gapText(seconds: number): string {
  if (!Number.isFinite(seconds)) return ''
  const shown = Math.abs(seconds).toFixed(Math.abs(seconds) < 1000 ? 3 : 0)
  return `${seconds < 0 ? '-' : '+'}${shown}`
}

const order: readonly Verdict['severity'][] = ['error', 'warning', 'good', 'info']

/** Worst first. */
export const bySeverity = (a: Verdict, b: Verdict): number =>
  order.indexOf(a.severity) - order.indexOf(b.severity)
