import { describe, expect, it } from 'vitest'
import { compileFilter, formatExpression } from '../../src/filter/filter.ts'
import { parseTcpdump } from '../../src/filter/tcpdump-parse.ts'
import { captureFile } from '../captures.ts'
import { askAgain, askTcpdump, byCapture, chosen, type Fact, readFacts } from './facts.ts'

// The packets that `tcpdump -r CAPTURE EXPRESSION` of tcpdump 4.99.3 chooses. `FACTS=write` asks the tcpdump that is installed again, and for
// lines without numbers the first time.

const file = 'tcpdump-facts.tsv'

if (process.env['FACTS'] === 'write')
  await askAgain(file, ({ capture, expression }) => askTcpdump(captureFile(capture), expression))

/** tcpdump sees the outermost layers, we see all: here something lies inside. */
const tunnels = new Set(
  'gre-key ipip vlan-qinq-ipip mpls-ethernet pppoe geneve-options vxlan-gbp gretap sit ah-tunnel-sha1 pptp lt-any-sll esp-in-udp-4500'
    .split(' ')
    .map(name => `${name}.pcap`),
)

/** Our packets, by way of the translation as people see it. */
const ours = (capture: string, expression: string) =>
  chosen(captureFile(capture), compileFilter(formatExpression(parseTcpdump(expression)), 'display'))

async function compare(capture: string, facts: readonly Fact[]): Promise<void> {
  const found: Record<string, string> = {}
  for (const { expression } of facts) found[expression] = await ours(capture, expression)
  const theirs = facts.map(({ expression, numbers }) => [expression, numbers] as const)
  if (!tunnels.has(capture)) return expect(found).toEqual(Object.fromEntries(theirs))
  const missed = theirs.filter(([expression, numbers]) => !holds(found[expression]!, numbers))
  expect(missed.map(([expression, numbers]) => [expression, numbers, found[expression]])).toEqual([])
}

/** Whether all numbers of one list are in the other. */
function holds(list: string, others: string): boolean {
  const numbers = new Set(unfolded(list))
  return unfolded(others).every(number => numbers.has(number))
}

function unfolded(list: string): number[] {
  if (list === 'none') return []
  return list.split(',').flatMap(range => {
    const [from = 0, to = from] = range.split('-').map(Number)
    return Array.from({ length: to - from + 1 }, (_, i) => from + i)
  })
}

describe('tcpdump chooses the same packets, or in tunnels some of them', () => {
  it.each(byCapture(readFacts(file)))('of %s', compare)
})
