import type { CaptureRequest, Counters, Plan } from './capturer.ts'
import { complaintOf, endingOf } from './complaints.ts'
import { untilStdinEnds } from './wrapper.ts'

/** Mebibytes the kernel may keep for us while we are busy. */
const bufferMiB = 64

/** dumpcap hands packets over four times a second, and so gets that long for the last ones. */
const script = `PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; ${untilStdinEnds('INFO', '0.3')}`

const place = { program: 'dumpcap' }

/** Captures with Wireshark's dumpcap, which systems trust with the right to capture. */
export function planDumpcap(request: CaptureRequest): Plan {
  const { device, filter, snapLength, promiscuous } = request
  const words = ['-q', '-i', device, '-B', `${bufferMiB}`]
  if (snapLength > 0) words.push('-s', `${snapLength}`)
  if (!promiscuous) words.push('-p')
  if (filter !== '') words.push('-f', filter)
  return {
    device,
    engine: 'dumpcap',
    command: ['sh', '-c', script, 'sh', 'dumpcap', ...words, '-w', '-'],
    count: countDumpcap,
    refusal: (said, exit) => complaintOf(request, place, said, exit),
    ending: (said, exit) => endingOf(device, place, said, exit),
  }
}

/** `Packets received/dropped on interface 'em0': 10/2 (pcap:2/…`, at the end only. */
export function countDumpcap(line: string, counters: Counters): boolean {
  const counted = /^Packets received\/dropped on interface .*: (\d+)\/(\d+) \(/.exec(line)
  if (!counted) return /^Packets captured: \d+$/.test(line)
  counters.received = Number(counted[1])
  counters.dropped = Number(counted[2])
  return true
}
