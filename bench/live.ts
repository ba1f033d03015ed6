import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { kernelBuffer } from '../src/capture/live/kernel-buffer.ts'
import { openTerminal, type TestTerminal } from '../test/terminal.ts'
import { Cable, cableMissing, type Sent } from './cable.ts'
import { type Bench, isInstalled } from './measure.ts'
import { median, type Row } from './report.ts'
import { screensMissing, size } from './watched.ts'

/** A capture on an interface, while the screen follows it. */
export type LiveSubject = {
  readonly name: string
  readonly engine: 'cap' | 'tcpdump' | 'dumpcap'
  /** Packets a second, of which none may be lost where that is a goal. */
  readonly rate: number
  readonly isGoal: boolean
}

export const liveSubjects: readonly LiveSubject[] = [
  { name: 'live, tcpdump', engine: 'tcpdump', rate: 100_000, isGoal: true },
  { name: 'live, cap', engine: 'cap', rate: 50_000, isGoal: true },
  { name: 'live, dumpcap', engine: 'dumpcap', rate: 100_000, isGoal: false },
]

/** Bytes of a packet, and seconds for which they come. */
const length = 200
const seconds = 10
/** Steps to the highest rate without loss, each so many seconds. */
const rates = [25_000, 50_000, 100_000, 200_000, 400_000] as const
const stepSeconds = 3
/** Milliseconds without another packet after which no more come. */
const silence = 1500
/** In a second, on every Linux, as far as programs are told. */
const ticks = 100

type Taken = Sent & { readonly received: number; readonly cpu: number }

/** The lines of the table for one subject. */
export async function benchLive(bench: Bench, subject: LiveSubject, runs: number): Promise<Row[]> {
  const { name, engine, rate } = subject
  const what = `${name} (${rate.toLocaleString('en')} packets a second of ${length} bytes, ${seconds} s)`
  const missing = cableMissing() ?? screensMissing ?? (isInstalled('tcpdump') ? undefined : 'no tcpdump')
  const own = engine === 'cap' || isInstalled(engine) ? undefined : `${engine} is not installed`
  if (missing ?? own) return [{ what, ours: missing ?? own! }]
  const cable = new Cable(join(bench.root, 'dist/bench/sender.js'))
  try {
    return [await compete(bench, cable, subject, what, runs), await climb(bench, cable, subject)]
  } catch (error) {
    if (!(error instanceof Error)) throw error
    console.error(`${name} failed: ${error.message}`)
    process.exitCode = 1
    return [{ what, ours: 'failed' }]
  } finally {
    cable.remove()
  }
}

/** By turns, ours and tcpdump into a file. */
async function compete(
  bench: Bench,
  cable: Cable,
  subject: LiveSubject,
  what: string,
  runs: number,
): Promise<Row> {
  const ours: Taken[] = []
  const peers: Taken[] = []
  for (let run = 1; run <= runs; run++) {
    console.error(`${subject.name}: run ${run} of ${runs}`)
    ours.push(await watch(bench, cable, subject.engine, subject.rate, seconds))
    peers.push(await dump(bench, cable, subject.rate, seconds))
  }
  return {
    what,
    against: '`tcpdump -w FILE`',
    ours: median(ours.map(({ cpu }) => cpu)).toFixed(2),
    peer: median(peers.map(({ cpu }) => cpu)).toFixed(2),
    ratio: `lost ${lossText(ours)}; peer ${lossText(peers)}`,
    ...(subject.isGoal && { goal: 'none lost', met: ours.every(isWhole) }),
  }
}

const isWhole = ({ sent, received }: Taken): boolean => received === sent

/** Of all that was sent. */
function lossText(all: readonly Taken[]): string {
  const lost = all.reduce((sum, { sent, received }) => sum + sent - received, 0)
  const sent = all.reduce((sum, taken) => sum + taken.sent, 0)
  return lost === 0 ? 'none' : `${((100 * lost) / sent).toFixed(2)} %`
}

/** The highest rate at which nothing is lost. */
async function climb(bench: Bench, cable: Cable, { name, engine }: LiveSubject): Promise<Row> {
  const highest = async (take: (rate: number) => Promise<Taken>): Promise<string> => {
    let best = 'none'
    for (const rate of rates) {
      console.error(`${name}: ${rate} a second`)
      const taken = await take(rate)
      if (!isWhole(taken)) break
      // The sender may not reach what it was told.
      best = (Math.round(taken.sent / taken.seconds / 1000) * 1000).toLocaleString('en')
    }
    return best
  }
  const ours = await highest(rate => watch(bench, cable, engine, rate, stepSeconds))
  const peer = await highest(rate => dump(bench, cable, rate, stepSeconds))
  return {
    what: `${name}: most packets a second without loss, ${stepSeconds} s`,
    against: '`tcpdump -w FILE`',
    ratio: `${ours}; peer ${peer}`,
  }
}

/** What the screen of vpnscope has of what is sent. */
async function watch(
  bench: Bench,
  cable: Cable,
  engine: string,
  rate: number,
  duration: number,
): Promise<Taken> {
  const program = [process.execPath, join(bench.root, 'dist/cli.js'), '-i', cable.here, '--engine', engine]
  const env = { XDG_STATE_HOME: bench.directory, TMPDIR: bench.directory, LC_ALL: 'C.UTF-8', TZ: 'UTC' }
  const terminal = await openTerminal(program, { ...size, env })
  try {
    await terminal.untilText('following')
    const sent = await cable.send(rate, duration, length)
    const received = await settled(terminal, sent.sent)
    // The last packet is selected.
    if (!/\b([\d,]+) of \1 packets/.test(terminal.line(0))) throw new Error('the view does not follow')
    return { ...sent, received, cpu: cpuOf(terminal.pid) }
  } finally {
    await terminal.close()
  }
}

/** Packets on the screen, once they are all there or no more come. */
async function settled(terminal: TestTerminal, all: number): Promise<number> {
  const shown = () => Number(/of ([\d,]+) packet/.exec(terminal.line(0))?.[1]?.replaceAll(',', ''))
  for (let last = -1; last < all && last < shown(); ) {
    last = shown()
    await terminal.until(() => shown() > last, { timeout: silence }).catch(() => undefined)
  }
  return shown()
}

/** What tcpdump writes of what is sent. */
async function dump(bench: Bench, cable: Cable, rate: number, duration: number): Promise<Taken> {
  const file = join(bench.directory, 'live.pcap')
  // As much room in the kernel as ours has.
  const child = spawn('tcpdump', ['-i', cable.here, '-B', `${kernelBuffer() >> 10}`, '-s', '0', '-w', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said: string[] = []
  const lines = createInterface({ input: child.stderr }).on('line', line => said.push(line))
  await once(lines, 'line')
  const sent = await cable.send(rate, duration, length)
  await wait(silence)
  const cpu = cpuOf(child.pid ?? 0)
  child.kill('SIGINT')
  await once(child, 'close')
  const received = Number(/(\d+) packets? captured/.exec(said.join('\n'))?.[1])
  return { ...sent, received, cpu }
}

/** Seconds of user and system time of a process and of its children. */
function cpuOf(pid: number): number {
  const processes = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(stat)
  const of = (parent: number): number =>
    processes
      .filter(entry => entry.parent === parent)
      .reduce((sum, entry) => sum + entry.ticks + of(entry.pid), 0)
  return (of(pid) + (processes.find(entry => entry.pid === pid)?.ticks ?? 0)) / ticks
}

function stat(name: string): { pid: number; parent: number; ticks: number }[] {
  try {
    const text = readFileSync(`/proc/${name}/stat`, 'latin1')
    // The name of the program, in brackets, may hold blanks: proc(5) counts from 1, and the name is field 2.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    return [{ pid: Number(name), parent: fields[4 - 3]!, ticks: fields[14 - 3]! + fields[15 - 3]! }]
  } catch {
    // It has just ended.
    return []
  }
}
