const perSecond = 1_000_000_000n

/** Seconds with up to nine digits behind the point, as nanoseconds. */
export function parseSeconds(text: string): bigint | undefined {
  const match = /^(\d{1,15})(?:\.(\d{0,9})\d{0,9})?$/.exec(text)
  if (!match) return undefined
  return BigInt(match[1]!) * perSecond + BigInt((match[2] ?? '').padEnd(9, '0'))
}

/** No date takes more characters. */
const longest = 64
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9})\d*)?)?)?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/
const american =
  /^([A-Za-z]{3,9}) +(\d{1,2}), +(\d{4})(?: +(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9})\d*)?)?)?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/

/** A date as `2026-11-21 10:00:00.5` or `Nov 21, 2026 10:00:00`, in local time where it names no zone, as nanoseconds since 1970. */
export function parseDate(text: string): bigint | undefined {
  if (text.length > longest) return undefined
  const first = iso.exec(text)
  const second = american.exec(text)
  if (first) return moment(Number(first[1]), Number(first[2]), Number(first[3]), first.slice(4))
  if (!second) return parseSeconds(text)
  const month = months.indexOf(second[1]!.slice(0, 3).toLowerCase()) + 1
  return moment(Number(second[3]), month, Number(second[2]), second.slice(4))
}

function moment(
  year: number,
  month: number,
  day: number,
  rest: readonly (string | undefined)[],
): bigint | undefined {
  const [hour, minute, second] = rest.map(part => Number(part ?? 0))
  const [, , , fraction = '', zone] = rest
  const parts = [year, month - 1, day, hour!, minute!, second!] as const
  const isDate = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day && month >= 1 && month <= 12
  if (!isDate || hour! > 23 || minute! > 59 || second! > 60) return undefined
  const ms = zone === undefined ? new Date(...parts).getTime() : Date.UTC(...parts) - offset(zone)
  return BigInt(ms) * 1_000_000n + BigInt(fraction.padEnd(9, '0'))
}

/** What a zone is ahead of UTC, in milliseconds. */
function offset(zone: string): number {
  const match = /([+-])(\d{2}):?(\d{2})?/.exec(zone)
  if (!match) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0)) * 60_000
}

/** Seconds with nine digits behind the point. */
export function secondsText(ns: bigint): string {
  const sign = ns < 0n ? '-' : ''
  const size = ns < 0n ? -ns : ns
  return `${sign}${size / perSecond}.${String(size % perSecond).padStart(9, '0')}`
}

/** A date in local time as tshark writes it: `Nov 21, 2026 01:51:16.523778000 UTC`. */
export function dateText(ns: bigint): string {
  const rest = ((ns % perSecond) + perSecond) % perSecond
  const date = new Date(Number((ns - rest) / 1_000_000n))
  if (Number.isNaN(date.getTime())) return secondsText(ns)
  const two = (value: number) => String(value).padStart(2, '0')
  const name = months[date.getMonth()]!
  const month = name[0]!.toUpperCase() + name.slice(1)
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')
  const zone = date.toLocaleTimeString('en-US', { timeZoneName: 'short' }).split(' ').at(-1)
  const day = String(date.getDate()).padStart(2, ' ')
  return `${month} ${day}, ${date.getFullYear()} ${time}.${String(rest).padStart(9, '0')} ${zone}`
}
