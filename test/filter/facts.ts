import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newDissector } from '../../dissectors/index.ts'
import { openSource } from '../../src/capture/source.ts'
import { Session } from '../../src/dissect/session.ts'
import type { Filter } from '../../src/filter/filter.ts'
import { Flows } from '../../src/filter/flows.ts'
import { RunningFacts } from '../../src/filter/packet-facts.ts'
import { emptyFrame, type Frame } from '../../src/frame.ts'
import type { Capture } from '../../src/store/capture.ts'
import { Filtered } from '../../src/store/filtered.ts'
import { CaptureFacts } from '../../src/tui/capture-facts.ts'
import { framesOf } from '../captures.ts'

/** Facts by capture. */
export function byCapture(facts: readonly Fact[]): [capture: string, facts: Fact[]][] {
  const grouped = new Map<string, Fact[]>()
  for (const fact of facts) grouped.set(fact.capture, [...(grouped.get(fact.capture) ?? []), fact])
  return [...grouped]
}

/** What another program said: which packets of a capture an expression chooses. */
export type Fact = {
  readonly capture: string
  readonly expression: string
  /** `1-3,7`, `none`, or `refused` where the program does not take the expression. */
  readonly numbers: string
}

const fileOf = (name: string) => join(import.meta.dirname, name)

/** Facts in a file, a line each, with tabs between capture, expression and numbers. */
export const readFacts = (name: string): Fact[] =>
  readFileSync(fileOf(name), 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const [capture = '', expression = '', numbers = ''] = line.split('\t')
      return { capture, expression, numbers }
    })

/** Asks the program again for all numbers of a file. A line without numbers is a question that has not been asked yet. */
export async function askAgain(name: string, ask: (fact: Fact) => string | Promise<string>): Promise<void> {
  const lines: string[] = []
  for (const fact of readFacts(name)) lines.push([fact.capture, fact.expression, await ask(fact)].join('\t'))
  writeFileSync(fileOf(name), `${lines.join('\n')}\n`)
}

/** Packet numbers, those in a row as one range. */
export function numbersText(numbers: readonly number[]): string {
  const ranges: [from: number, to: number][] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last && last[1] === number - 1) last[1] = number
    else ranges.push([number, number])
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',') || 'none'
}

/** What tshark says, with its own settings and no one's. */
export function askTshark(file: string, expression: string): string {
  const { status, stdout } = spawnSync(
    'tshark',
    ['-n', '-r', file, '-Y', expression, '-T', 'fields', '-e', 'frame.number'],
    { encoding: 'utf8', env: { ...process.env, WIRESHARK_CONFIG_DIR: import.meta.dirname, TZ: 'UTC' } },
  )
  return status === 0 ? numbersText(stdout.split('\n').filter(Boolean).map(Number)) : 'refused'
}

/** What tcpdump says: it writes the packets that it chooses, in order, and those are looked for in the capture. */
export async function askTcpdump(file: string, expression: string): Promise<string> {
  const { status, stdout } = spawnSync('tcpdump', ['-n', '-r', file, '-w', '-', expression])
  if (status !== 0) return 'refused'
  const written = join(tmpdir(), `vpnscope-facts-${process.pid}.pcap`)
  writeFileSync(written, stdout)
  const found = await framesOf(written)
  rmSync(written)
  const key = ({ seconds, fraction, bytes }: Frame) =>
    `${seconds}.${fraction} ${Buffer.from(bytes).toString('hex')}`
  const numbers: number[] = []
  for (const frame of await framesOf(file)) {
    const next = found[numbers.length]
    if (next && key(next) === key(frame)) numbers.push(frame.number)
  }
  return numbersText(numbers)
}

/** Packets of a capture that a filter chooses, each walked. */
export async function chosen(file: string, filter: Filter): Promise<string> {
  const source = await openSource(file)
  const dissector = newDissector(new Session())
  dissector.found.selection = filter.selection ?? null
  const facts = new RunningFacts()
  if (filter.flows) facts.flows = new Flows()
  const frame = emptyFrame()
  const numbers: number[] = []
  do
    while (source.next(frame)) {
      facts.next(frame, source.origin.name)
      const found = dissector.dissect(frame, filter.depth)
      facts.flows?.see(found)
      if (filter.matches(found, facts)) numbers.push(frame.number)
    }
  while (await source.more())
  source.close()
  return numbersText(numbers)
}

/** Packets of an open capture that a filter chooses, read only where their layers do not answer. */
export async function chosenByShape(capture: Capture, filter: Filter): Promise<string> {
  const facts = new CaptureFacts(capture, () => new Set())
  const filtered = new Filtered(capture, {
    depth: filter.depth,
    selection: filter.selection,
    ofShape: filter.ofShape,
    forShape: filter.forShape,
    matches(found) {
      facts.number = found.frame.number
      return filter.matches(found, facts)
    },
  })
  await filtered.readTo(capture.count, { signal: new AbortController().signal, progress: () => {} })
  const { packets } = filtered
  return numbersText(Array.from({ length: packets.end }, (_, row) => packets.at(row)))
}
