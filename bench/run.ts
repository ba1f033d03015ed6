import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, release, tmpdir, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Captures } from './captures.ts'
import { generate } from './generate.ts'
import { benchFilter, type FilterSubject, filterSubjects } from './index-filters.ts'
import { benchLive, type LiveSubject, liveSubjects } from './live.ts'
import { type Bench, isInstalled, type Measurement, measure, prepare, versionOf } from './measure.ts'
import { commandText, type Result, type Row, table } from './report.ts'
import { benchScreen, type ScreenSubject, screenSubjects } from './screen.ts'
import { type Command, type Subject, subjects } from './subjects.ts'
import { isProfile, profileNames } from './traffic.ts'

class UsageError extends Error {}

type Settings = { packets: number; runs: number; seed: number }

const usage = `Usage: npm run bench -- [options]
  --packets N      packets in the large capture (1000000)
  --runs K         runs of each command, of which the median counts (3)
  --only NAME      only subjects whose name contains NAME
  --ten-million    also open a capture of ten million packets (needs 5 GB of disk)
  --seed S         another capture of the same kind (1)
  --keep           keep the captures and say where they are
  --generate FILE  write one capture of --packets to FILE, and measure nothing
  --profile NAME   for --generate: ${profileNames.join(' or ')} (${profileNames[0]})`

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      packets: { type: 'string', default: '1000000' },
      runs: { type: 'string', default: '3' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
      'ten-million': { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      generate: { type: 'string' },
      profile: { type: 'string', default: profileNames[0]! },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return console.log(usage)
  const settings = {
    packets: whole('--packets', values.packets, 1, 1e9),
    runs: whole('--runs', values.runs, 1, 1000),
    seed: whole('--seed', values.seed, 0, 2 ** 32 - 1),
  }
  if (!isProfile(values.profile)) {
    throw new UsageError(`--profile ${values.profile}: no such profile. Use ${profileNames.join(' or ')}`)
  }
  if (values.generate !== undefined) {
    await generate(values.generate, { ...settings, profile: values.profile })
    return
  }
  const chosen = choose(values.only, values['ten-million'])
  const directory = mkdtempSync(join(tmpdir(), 'vpnscope-bench-'))
  if (values.keep) console.error(`captures are kept in ${directory}`)
  else process.on('exit', () => rmSync(directory, { recursive: true, force: true }))
  await benchmark(chosen, settings, directory)
}

function whole(option: string, text: string, from: number, to: number): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= from && number <= to) return number
  throw new UsageError(`${option} ${text}: not a whole number from ${from} to ${to}`)
}

type Chosen = {
  readonly subjects: readonly Subject[]
  readonly filters: readonly FilterSubject[]
  readonly screens: readonly ScreenSubject[]
  readonly lives: readonly LiveSubject[]
}

function choose(only: string, tenMillion: boolean): Chosen {
  const offered = <T extends Subject | ScreenSubject>(all: readonly T[]): T[] =>
    all.filter(subject => tenMillion || subject.input !== 'tenMillion')
  const isChosen = ({ name }: { name: string }) => name.toLowerCase().includes(only.toLowerCase())
  const chosen = {
    subjects: offered(subjects).filter(isChosen),
    filters: filterSubjects.filter(isChosen),
    screens: offered(screenSubjects).filter(isChosen),
    lives: liveSubjects.filter(isChosen),
  }
  if (Object.values(chosen).some(some => some.length > 0)) return chosen
  const all = [...offered(subjects), ...filterSubjects, ...offered(screenSubjects), ...liveSubjects]
  const names = all.map(({ name }) => name)
  throw new UsageError(`--only ${only}: no such subject. There are: ${names.join('; ')}`)
}

async function benchmark(
  { subjects, filters, screens, lives }: Chosen,
  settings: Settings,
  directory: string,
): Promise<void> {
  const bench = prepare(directory, fileURLToPath(new URL('../..', import.meta.url)))
  const captures = new Captures(directory, settings.packets, settings.seed)
  const load = loadavg()[0]!.toFixed(2)
  const results: Result[] = []
  const rows: Row[] = []
  for (const subject of subjects) results.push(await compete(bench, captures, subject, settings.runs))
  for (const subject of filters) rows.push(await benchFilter(bench, captures, subject, settings.runs))
  for (const subject of screens) rows.push(...(await benchScreen(bench, captures, subject, settings.runs)))
  for (const subject of lives) rows.push(...(await benchLive(bench, subject, settings.runs)))
  console.log(table(results, rows))
  console.log(`\n${machine(subjects)}; load ${load} at the start.`)
  console.log(`\`npm run bench -- ${process.argv.slice(2).join(' ')}\`, medians of CPU time, highest peaks.`)
}

/** Runs a subject's commands by turns, so that what else the machine does falls on all of them. */
async function compete(bench: Bench, captures: Captures, subject: Subject, atLeast: number): Promise<Result> {
  const runs = Math.max(atLeast, subject.atLeastRuns ?? 0)
  const file = await captures.warm(subject.input)
  const commands = [subject.ours, ...subject.peers.map(peer => peer.command)]
  const racers = commands.map(command => enter(command, file))
  if (subject.bytesPerPacket !== undefined) racers.push(enter(subject.ours, await captures.warm('ten')))
  for (let run = 1; run <= runs; run++) {
    console.error(`${subject.name}: run ${run} of ${runs}`)
    for (const racer of racers) await race(bench, racer)
  }
  const [ours, ...others] = racers.map(racer => racer.outcome)
  const peers = others.slice(0, subject.peers.length)
  return { subject, packets: captures.packets(subject.input), ours: ours!, peers, base: others[peers.length] }
}

type Racer = { command: Command; outcome: Measurement[] | string }

function enter(command: Command, file: string): Racer {
  const [program, ...args] = command.map(word => (word === 'FILE' ? file : word))
  if (program === 'node') return { command: [process.execPath, ...args], outcome: [] }
  return { command: [program!, ...args], outcome: isInstalled(program!) ? [] : 'not installed' }
}

async function race(bench: Bench, racer: Racer): Promise<void> {
  if (typeof racer.outcome === 'string') return
  const measured = await measure(bench, racer.command)
  if ('failed' in measured) {
    console.error(`${commandText(racer.command)} failed: ${measured.failed}`)
    process.exitCode = 1
    racer.outcome = 'failed'
  } else racer.outcome.push(measured)
}

function machine(chosen: readonly Subject[]): string {
  const peers = chosen.flatMap(subject => subject.peers.map(peer => peer.command[0]!))
  const versions = [...new Set(peers)].filter(name => name !== 'node' && isInstalled(name)).map(versionOf)
  const memory = `${(totalmem() / 1e9).toFixed(0)} GB`
  const cores = `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown CPU'}`
  return [cores, memory, `${type()} ${release()}`, `Node.js ${process.version}`, ...versions].join('; ')
}

// Leaving by process.exit lets the captures be deleted.
process.on('SIGINT', () => process.exit(130))
process.on('SIGTERM', () => process.exit(143))
main().catch((error: unknown) => {
  // The system's errors (no space left) and those of parseArgs have a code; anything else is a bug.
  if (!(error instanceof UsageError || (error instanceof Error && 'code' in error))) throw error
  console.error(`bench: ${error.message}`)
  process.exitCode = 2
})
