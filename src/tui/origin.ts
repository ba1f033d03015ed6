import { escapeControls } from '../byte-writer.ts'
import type { Capture } from '../store/capture.ts'
import { timeText } from './packet-columns.ts'

/** When a packet was captured, on which interface, by whose clock, and what was lost there, as far as the capture tells. */
export function originOf(capture: Capture, packet: number): string {
  const at = {
    seconds: capture.seconds(packet),
    fraction: capture.fraction(packet),
    digits: capture.digits(packet),
  }
  const { name, description, lost = 0 } = capture.interface(packet)
  const on = name === '' ? '' : ` on ${escapeControls(name)}`
  const about = description === '' ? '' : ` (${escapeControls(description)})`
  const time = Number.isNaN(at.seconds)
    ? 'at a time that nobody wrote down'
    : `at ${timeText(at, 'date', undefined)}`
  const loss = lost > 0 ? ` The capture lost ${lost} packet${lost === 1 ? '' : 's'} there.` : ''
  return `Captured${on} ${time}${about}.${loss}`
}
