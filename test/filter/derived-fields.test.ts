import { expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { compileFilter } from '../../src/filter/filter.ts'
import { noFacts } from '../../src/filter/packet-facts.ts'
import { captureFile, framesOf } from '../captures.ts'
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

// As `editcap -a '2:Hello World'` writes it and tshark finds it; tshark marks nothing.
it.each([
  ['frame.comment', true],
  ['frame.comment contains "World"', true],
  ['lower(frame.comment) == "hello world"', true],
  ['len(frame.comment) == 11', true],
  ['frame.comment matches "^world"', false],
  ['frame.marked == 1', true],
  ['frame.marked == False', false],
])('%s, of a packet with a comment and a mark', async (text, answer) => {
  const [frame] = await framesOf(captureFile('gre-key.pcap'))
  const filter = compileFilter(text, 'display')
  const found = newDissector().dissect({ ...frame!, comments: ['Hello World'] }, filter.depth)
  expect(filter.matches(found, { ...noFacts, marked: true })).toBe(answer)
})
