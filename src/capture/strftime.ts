const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]

const dayLength = 86_400_000

/** Conversions that stand for others. */
const composed: Readonly<Record<string, string>> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  r: '%I:%M:%S %p',
  R: '%H:%M',
  T: '%H:%M:%S',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
}

/** The other texts. */
const texts: Readonly<Record<string, (time: Date) => string>> = {
  '%': () => '%',
  n: () => '\n',
  t: () => '\t',
  a: time => days[time.getDay()]!.slice(0, 3),
  A: time => days[time.getDay()]!,
  b: time => months[time.getMonth()]!.slice(0, 3),
  B: time => months[time.getMonth()]!,
  h: time => months[time.getMonth()]!.slice(0, 3),
  p: time => (time.getHours() < 12 ? 'AM' : 'PM'),
  P: time => (time.getHours() < 12 ? 'am' : 'pm'),
  z: time => offsetOf(time),
  Z: time => zoneOf(time),
}

type Numeral = { readonly width: number; readonly pad: '0' | ' '; readonly of: (time: Date) => number }

const digits = (width: number, of: Numeral['of'], pad: Numeral['pad'] = '0'): Numeral => ({ width, pad, of })

const hour12 = (time: Date): number => time.getHours() % 12 || 12

const numbers: Readonly<Record<string, Numeral>> = {
  C: digits(2, time => Math.floor(time.getFullYear() / 100)),
  d: digits(2, time => time.getDate()),
  e: digits(2, time => time.getDate(), ' '),
  g: digits(2, time => isoWeek(time).year % 100),
  G: digits(4, time => isoWeek(time).year),
  H: digits(2, time => time.getHours()),
  I: digits(2, hour12),
  j: digits(3, time => dayOfYear(time) + 1),
  k: digits(2, time => time.getHours(), ' '),
  l: digits(2, hour12, ' '),
  m: digits(2, time => time.getMonth() + 1),
  M: digits(2, time => time.getMinutes()),
  s: digits(1, time => Math.floor(time.getTime() / 1000)),
  S: digits(2, time => time.getSeconds()),
  u: digits(1, time => time.getDay() || 7),
  U: digits(2, time => Math.floor((dayOfYear(time) + 7 - time.getDay()) / 7)),
  V: digits(2, time => isoWeek(time).week),
  w: digits(1, time => time.getDay()),
  W: digits(2, time => Math.floor((dayOfYear(time) + 7 - ((time.getDay() + 6) % 7)) / 7)),
  y: digits(2, time => time.getFullYear() % 100),
  Y: digits(1, time => time.getFullYear()),
}

/**
 * Puts a local time into a pattern, as strftime(3) of the GNU library does in the C locale, its flags `-`, `_`, `0`
 * and `^` included. What is no conversion stays as it is.
 */
export function strftime(pattern: string, time: Date): string {
  return pattern.replace(/%([-_0^]?)[EO]?([A-Za-z%])/g, (written: string, flag: string, letter: string) => {
    const numeral = numbers[letter]
    const text = numeral ? padded(numeral, time, flag) : textOf(letter, time)
    if (text === undefined) return written
    return flag === '^' ? text.toUpperCase() : text
  })
}

function textOf(letter: string, time: Date): string | undefined {
  const others = composed[letter]
  return others === undefined ? texts[letter]?.(time) : strftime(others, time)
}

function padded({ width, pad, of }: Numeral, time: Date, flag: string): string {
  const digits = String(of(time))
  if (flag === '-') return digits
  return digits.padStart(width, flag === '_' ? ' ' : flag === '0' ? '0' : pad)
}

/** Days are counted in UTC, where each has 24 hours. */
const dayNumber = (year: number, month: number, day: number): number => Date.UTC(year, month, day) / dayLength

/** From 0. */
const dayOfYear = (time: Date): number =>
  dayNumber(time.getFullYear(), time.getMonth(), time.getDate()) - dayNumber(time.getFullYear(), 0, 1)

/** ISO 8601: weeks begin on Monday, and belong to the year of their Thursday. */
function isoWeek(time: Date): { year: number; week: number } {
  const thursday = new Date(time.getFullYear(), time.getMonth(), time.getDate() + 4 - (time.getDay() || 7))
  return { year: thursday.getFullYear(), week: Math.floor(dayOfYear(thursday) / 7) + 1 }
}

function offsetOf(time: Date): string {
  const east = -time.getTimezoneOffset()
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${east < 0 ? '-' : '+'}${two(Math.abs(east) / 60)}${two(Math.abs(east) % 60)}`
}

/** As people in America call it; other zones are known by their distance from Greenwich. */
const zoneOf = (time: Date): string =>
  new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' })
    .formatToParts(time)
    .find(part => part.type === 'timeZoneName')?.value ?? ''
