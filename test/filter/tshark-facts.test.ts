import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FilterError } from '../../src/filter/errors.ts'
import { compileFilter, type Filter } from '../../src/filter/filter.ts'
import { Capture } from '../../src/store/capture.ts'
import { captureFile, corpus } from '../captures.ts'
import { askAgain, askTshark, byCapture, chosen, chosenByShape, type Fact, readFacts } from './facts.ts'

// The packets that `tshark -r CAPTURE -Y EXPRESSION` of Wireshark 4.0.17 chooses. `FACTS=write` asks the tshark that is installed again, and
// for lines without numbers the first time.
//
// Not in the table is what is taken here and not by that tshark: xor, layers counted from the inside (#-1), names and text for numbers
// and addresses, false in small letters, sets for what is calculated, numbers below zero, comparisons that begin with a value, ranges of
// bytes, functions of functions and of parts, dates without a time. Nor what it says alone: all of several
// values are in a set for it only where all are the same element; frame.protocols has an ethertype behind each Ethernet header.

const bundled = 'tshark-facts.tsv'
const elsewhere = 'tshark-facts-corpus.tsv'
const inCorpus = (capture: string) => join(corpus ?? '', capture)

if (process.env['FACTS'] === 'write') {
  await askAgain(bundled, ({ capture, expression }) => askTshark(captureFile(capture), expression))
  if (corpus !== undefined)
    await askAgain(elsewhere, ({ capture, expression }) => askTshark(inCorpus(capture), expression))
}

/** Both ways to our packets: walking all of them, and in an open capture, whose layers are known. */
async function check(file: string, facts: readonly Fact[]): Promise<void> {
  const capture = await Capture.begin(file)
  await capture.survey()
  const walked: Record<string, string> = {}
  const open: Record<string, string> = {}
  for (const { expression } of facts) {
    const filter = compiled(expression)
    walked[expression] = filter ? await chosen(file, filter) : 'refused'
    open[expression] = filter ? await chosenByShape(capture, filter) : 'refused'
  }
  capture.close()
  const theirs = Object.fromEntries(facts.map(({ expression, numbers }) => [expression, numbers]))
  expect(walked).toEqual(theirs)
  expect(open).toEqual(theirs)
}

function compiled(expression: string): Filter | undefined {
  try {
    return compileFilter(expression, 'display')
  } catch (error) {
    if (error instanceof FilterError) return undefined
    throw error
  }
}

describe('tshark chooses the same packets', () => {
  it.each(byCapture(readFacts(bundled)))('of %s', (capture, facts) => check(captureFile(capture), facts))

  const further = readFacts(elsewhere)
  if (corpus === undefined) it.skip(`of ${further.length} more: VPNSCOPE_CORPUS is not set`)
  else it.each(byCapture(further))('of %s', (capture, facts) => check(inCorpus(capture), facts))
})
