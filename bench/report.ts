import type { Measurement } from './measure.ts'
import type { Command, Goal, Subject } from './subjects.ts'

/** What the runs of one command gave, or in a few words why they gave nothing. */
export type Outcome = readonly Measurement[] | string

export type Result = {
  subject: Subject
  /** Packets in the input. */
  packets: number
  ours: Outcome
  /** In the order of the subject's peers. */
  peers: readonly Outcome[]
  /** Our command on the ten packets, where the subject has a goal of bytes a packet. */
  base: Outcome | undefined
}

type Statistic = 'median' | 'best'

/** A line of the table; what is missing shows as `—`. */
export type Row = {
  what: string
  against?: string
  ours?: string
  peer?: string
  ratio?: string
  goal?: string
  met?: boolean | undefined
  peakOurs?: string
  peakPeer?: string
}

/** A Markdown table, one goal a line; `—` where there is nothing to say, `?` where it could not be measured. */
export function table(results: readonly Result[], more: readonly Row[] = []): string {
  const header = '| what | against | ours CPU s | peer CPU s | ratio | goal | met | ours MB | peer MB |'
  const rule = '| --- | --- | ---: | ---: | ---: | --- | --- | ---: | ---: |'
  return [header, rule, ...[...results.flatMap(rowsOf), ...more].map(line)].join('\n')
}

function line(row: Row): string {
  const met = row.goal === undefined ? undefined : row.met === undefined ? '?' : row.met ? 'yes' : 'NO'
  const { what, against, ours, peer, ratio, goal, peakOurs, peakPeer } = row
  const cells = [what, against, ours, peer, ratio, goal, met, peakOurs, peakPeer]
  return `| ${cells.map(cell => cell ?? '—').join(' | ')} |`
}

function rowsOf(result: Result): Row[] {
  const { subject, peers } = result
  const statistics: Statistic[] = subject.atLeastRuns ? ['median', 'best'] : ['median']
  const rows = statistics.flatMap(statistic =>
    peers.length > 0 ? peers.map((_, i) => peerRow(result, i, statistic)) : [aloneRow(result, statistic)],
  )
  if (subject.peakMB !== undefined) rows.push(peakRow(result, subject.peakMB))
  if (subject.bytesPerPacket !== undefined) rows.push(growthRow(result, subject.bytesPerPacket))
  return rows
}

function aloneRow(result: Result, statistic: Statistic): Row {
  return {
    what: title(result, statistic),
    ours: cpuText(result.ours, statistic),
    peakOurs: peakText(result.ours),
  }
}

function peerRow(result: Result, index: number, statistic: Statistic): Row {
  const { command, goal } = result.subject.peers[index]!
  const outcome = result.peers[index]!
  return {
    ...aloneRow(result, statistic),
    against: commandText(command),
    peer: cpuText(outcome, statistic),
    peakPeer: peakText(outcome),
    ...compare(goal, cpu(result.ours, statistic), cpu(outcome, statistic)),
  }
}

/** Ratios of what was measured; undefined CPU times, and none at all, have none. */
export function compare(goal: Goal, ours: number | undefined, peer: number | undefined): Partial<Row> {
  const text = 'faster' in goal ? `≥ ${goal.faster} × as fast` : `≤ ${goal.cost} × its CPU`
  if (!ours || !peer) return { goal: text, ratio: '?' }
  if ('faster' in goal) {
    return { goal: text, ratio: `${(peer / ours).toFixed(2)} × as fast`, met: peer / ours >= goal.faster }
  }
  return { goal: text, ratio: `${(ours / peer).toFixed(2)} × its CPU`, met: ours / peer <= goal.cost }
}

function peakRow(result: Result, limit: number): Row {
  const peak = peakOf(result.ours)
  return {
    what: `${title(result, 'median')}: peak memory`,
    goal: `≤ ${limit} MB`,
    met: peak === undefined ? undefined : peak <= limit,
    peakOurs: peakText(result.ours),
  }
}

function growthRow(result: Result, limit: number): Row {
  const peak = peakOf(result.ours)
  const base = result.base === undefined ? undefined : peakOf(result.base)
  const bytes = peak !== undefined && base !== undefined ? ((peak - base) * 1e6) / result.packets : undefined
  return {
    what: `${title(result, 'median')}: memory a packet`,
    ratio: bytes === undefined ? '?' : `${bytes.toFixed(1)} bytes`,
    goal: `≤ ${limit} bytes`,
    met: bytes === undefined ? undefined : bytes <= limit,
  }
}

function title({ subject, packets }: Result, statistic: Statistic): string {
  const of = subject.atLeastRuns ? `, ${statistic} run` : ''
  return `${subject.name} (${packets.toLocaleString('en')} packets${of})`
}

export function commandText(command: Command): string {
  return `\`${command.join(' ')}\``
}

function cpu(outcome: Outcome, statistic: Statistic): number | undefined {
  if (typeof outcome === 'string') return undefined
  const all = outcome.map(run => run.cpu)
  return statistic === 'best' ? Math.min(...all) : median(all)
}

/** The middle one, or the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2
}

function cpuText(outcome: Outcome, statistic: Statistic): string {
  return typeof outcome === 'string' ? outcome : cpu(outcome, statistic)!.toFixed(3)
}

/** The largest of all runs. */
function peakOf(outcome: Outcome): number | undefined {
  if (typeof outcome === 'string') return undefined
  const peaks = outcome.flatMap(run => run.peakMB ?? [])
  return peaks.length > 0 ? Math.max(...peaks) : undefined
}

function peakText(outcome: Outcome): string {
  return peakOf(outcome)?.toFixed(0) ?? '?'
}
