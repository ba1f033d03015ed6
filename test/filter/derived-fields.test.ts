import { expect, it } from 'vitest'
import { compileFilter } from '../../src/filter/filter.ts'
import { captureFile } from '../captures.ts'
import { chosen } from './facts.ts'

// What tshark chooses by numbers of these fields is in tshark-facts.tsv; here are the names that it does not take.
it.each([
  // Priorities 34, 30, 165, 165, none: RFC 5424 §6.2.1.
  ['syslog.pcap', 'syslog.level == crit', '1'],
  ['syslog.pcap', 'syslog.level in {info, "notice"}', '2-4'],
  ['syslog.pcap', 'syslog.facility == local4', '3-4'],
  // Packet 38 has no flag of TCP at all.
  ['flows.pcap', '_ws.expert.severity == warning', '38'],
  ['flows.pcap', '_ws.expert.severity > Warning', 'none'],
])('%s: %s', async (capture, filter, numbers) => {
  expect(await chosen(captureFile(capture), compileFilter(filter, 'display'))).toBe(numbers)
})
