import { field } from '../src/dissect/field.ts'
import type { Next } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'

const moment = (value: number): string => {
  const time = new Date(value * 1000).toISOString()
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC (${value})`
}

/** The glossary of what ping puts first into the data of an echo request: the time, as its machine keeps it. */
export const pingFields = {
  time: field('icmp.data_time', 'Time of sending', {
    type: 'group',
    explain:
      'The time at which ping sent the request, as it writes it into the data. The reply brings it back, so the round trip is known without a list of what is on its way.',
  }),
  seconds: field('icmp.data_time.seconds', 'Seconds since 1970', {
    explain: 'When ping sent the request, by its own clock; the least significant byte comes first.',
    show: moment,
  }),
  microseconds: field('icmp.data_time.microseconds', 'Microseconds', {
    explain: 'How many microseconds of that second were gone when the request left.',
  }),
  secondsHigh: field('icmp.data_time.seconds_high', 'Seconds since 1970, upper half', {
    explain:
      'The rest of 64 bits of seconds, 0 until the year 2106. The fraction of the second follows in the data.',
  }),
  cut: field('icmp.data_cut', 'Data', {
    type: 'bytes',
    explain:
      'The first bytes of what is to be sent back; too few are here to tell whether a time comes first.',
  }),
}

const day = 86400

/** The data of an echo message; a time of sending at its start is told by being close to the capture's. */
export function walkPing(r: Reader): Next {
  const f = pingFields
  if (r.left < 8) return r.carry(undefined)
  if (r.peek() >= 0 && r.peek(7) < 0) r.rest(f.cut)
  const fraction = word(r, 4)
  if (Math.abs(word(r, 0) - r.frame.seconds) < day && fraction >= 0 && fraction < 1e6) {
    r.open(f.time)
    r.u32le(f.seconds)
    r.u32le(fraction === 0 ? f.secondsHigh : f.microseconds)
    r.close()
  }
  return r.carry(undefined)
}

/** Four bytes ahead, the least significant first; negative where they are not here. */
const word = (r: Reader, ahead: number): number =>
  r.peek(ahead + 3) * 0x1000000 + r.peek(ahead + 2) * 0x10000 + r.peek(ahead + 1) * 0x100 + r.peek(ahead)
