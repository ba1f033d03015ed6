import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Captures } from './captures.ts'
import type { Bench } from './measure.ts'
import { median, type Row } from './report.ts'

/** A filter on a capture that is open: layers are known, and frames are read only where those do not answer. */
export type FilterSubject = { readonly name: string; readonly filter: string; readonly input: 'mix' }

/** Packets a second of CPU time. */
const goal = 5e6

export const filterSubjects: readonly FilterSubject[] = [
  { name: 'filter, open, layers', filter: 'gre && !icmp', input: 'mix' },
  { name: 'filter, open, one SPI', filter: 'esp.spi == 0xc0de00ae', input: 'mix' },
  { name: 'filter, open, inner address', filter: 'inner.ip.dst == 10.1.0.10 && icmp', input: 'mix' },
]

/** The line of the table for one subject. */
export async function benchFilter(
  { root }: Bench,
  captures: Captures,
  { name, filter, input }: FilterSubject,
  runs: number,
): Promise<Row> {
  const packets = captures.packets(input)
  const what = `${name} (${packets.toLocaleString('en')} packets)`
  const file = await captures.warm(input)
  console.error(`${name}: ${runs} runs`)
  const seconds: number[] = []
  for (let run = 0; run < runs; run++) {
    const program = join(root, 'dist/bench/filter.js')
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, file, filter], {
      encoding: 'utf8',
    })
    if (status !== 0) {
      console.error(`${name} failed: ${stderr.trimEnd().split('\n').at(-1)}`)
      process.exitCode = 1
      return { what, ours: 'failed' }
    }
    seconds.push(Number(stdout.split(' ')[2]))
  }
  const rate = packets / median(seconds)
  return {
    what,
    against: `\`${filter}\``,
    ours: median(seconds).toFixed(3),
    ratio: `${(rate / 1e6).toFixed(1)} million packets/s`,
    goal: `≥ ${goal / 1e6} million packets/s`,
    met: rate >= goal,
  }
}
