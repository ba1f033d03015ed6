import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Captures } from './captures.ts'
import { type Bench, type Measurement, measure } from './measure.ts'
import { compare, median, type Row } from './report.ts'
import type { Input } from './subjects.ts'
import { screensMissing, size, Watched } from './watched.ts'

/** What the full screen costs, in a pseudo-terminal. */
export type ScreenSubject = {
  readonly name: string
  readonly input: Input
  /** Its lines of the table; `what` is what follows the name. */
  readonly measured: (bench: Bench, file: string, runs: number) => Promise<Row[]>
}

const times = (count: number, key: string): string[] => Array(count).fill(key)
/** Down the list, through the fields of a packet that is unfolded, and through its bytes. */
const keys = [...times(20, 'j'), 'return', 'E', ...times(20, 'j'), 'tab', ...times(20, 'l')]

const goals = { key: 2, bytes: 4000, start: 8, startLarge: 10, idle: 0.01 } as const
/** Of a start, which is over so fast that a few runs say little. */
const fewestStarts = 11
/** Seconds in which nobody touches the program. */
const idleFor = 5

/** The list, the layers of its first packet, and the keys below. */
const firstScreen = /1 Ethernet[\s\S]*q quit/

export const screenSubjects: readonly ScreenSubject[] = [
  { name: 'screen, a key', input: 'thousand', measured: measureKeys },
  { name: 'screen, first', input: 'ten', measured: (...given) => measureStart(goals.start, ...given) },
  {
    name: 'screen, first of many',
    input: 'mix',
    measured: (...given) => measureStart(goals.startLarge, ...given),
  },
  {
    name: 'screen, first, ten million',
    input: 'tenMillion',
    measured: (...given) => measureStart(goals.startLarge, ...given),
  },
  { name: 'screen, idle', input: 'thousand', measured: measureIdle },
]

/** The lines of the table for one subject. */
export async function benchScreen(
  bench: Bench,
  captures: Captures,
  { name, input, measured }: ScreenSubject,
  runs: number,
): Promise<Row[]> {
  const what = `${name} (${captures.packets(input).toLocaleString('en')} packets)`
  if (screensMissing !== undefined) return [{ what, ours: screensMissing }]
  const file = await captures.warm(input)
  console.error(`${name}: ${runs} runs`)
  try {
    const rows = await measured(bench, file, runs)
    return rows.map(row => ({ ...row, what: what + row.what }))
  } catch (error) {
    if (!(error instanceof Error)) throw error
    console.error(`${name} failed: ${error.message}`)
    process.exitCode = 1
    return [{ what, ours: 'failed' }]
  }
}

const program = (bench: Bench, file: string) =>
  Watched.open([process.execPath, join(bench.root, 'dist/cli.js'), file], bench.directory)

/** Opens it, and closes it whatever happens. */
async function using<T>(opened: Promise<Watched>, measured: (screen: Watched) => Promise<T>): Promise<T> {
  const screen = await opened
  try {
    return await measured(screen)
  } finally {
    await screen.close()
  }
}

type Keys = { readonly cpu: number; readonly bytes: readonly number[] }

async function pressAll(screen: Watched): Promise<Keys> {
  // What the first keys cost besides, as long as little is compiled, is part of the start.
  for (const key of ['j', 'k', 'j', 'k']) await screen.press(key)
  const before = screen.cpu
  const bytes: number[] = []
  for (const key of keys) bytes.push(await screen.press(key))
  return { cpu: (screen.cpu - before) / keys.length, bytes }
}

/** Against Ink drawing the same rows, two of which change with every key. */
async function measureKeys(bench: Bench, file: string, runs: number): Promise<Row[]> {
  const lines = join(bench.directory, 'lines.tmp')
  const bareProgram = [process.execPath, join(bench.root, 'dist/bench/bare-screen.js'), lines]
  const ours: Keys[] = []
  const bare: Keys[] = []
  let inPlace = size.rows as number
  for (let run = 1; run <= runs; run++) {
    await using(program(bench, file), async screen => {
      await screen.shows(firstScreen)
      writeFileSync(lines, JSON.stringify(screen.painted()))
      ours.push(await pressAll(screen))
      inPlace = Math.min(inPlace, await rowsInPlace(screen))
    })
    await using(Watched.open(bareProgram, bench.directory), async screen => {
      await screen.shows(firstScreen)
      bare.push(await pressAll(screen))
    })
  }
  const [our, peer] = [ours, bare].map(all => median(all.map(({ cpu }) => cpu)))
  const bytes = median(ours.flatMap(all => all.bytes))
  const cpu = { ours: our!.toFixed(4), peer: peer!.toFixed(4), ...compare({ cost: goals.key }, our, peer) }
  return [
    { what: '', against: 'bare Ink, the same rows', ...cpu },
    {
      what: ': median written',
      ratio: `${bytes} bytes`,
      goal: `≤ ${goals.bytes} bytes`,
      met: bytes <= goals.bytes,
    },
    {
      what: `: in place after ${keys.length} keys`,
      ratio: `${inPlace} rows`,
      goal: `${size.rows} rows`,
      met: inPlace === size.rows,
    },
  ]
}

/** Rows that a screen drawn from scratch has where they are. */
async function rowsInPlace(screen: Watched): Promise<number> {
  const before = screen.painted()
  await screen.press('ctrl-l')
  return screen.painted().filter((row, i) => row === before[i]).length
}

/** CPU time until the first full screen. */
async function measureStart(cost: number, bench: Bench, file: string, runs: number): Promise<Row[]> {
  const ours: number[] = []
  const bare: number[] = []
  for (let run = 1; run <= Math.max(runs, fewestStarts); run++) {
    ours.push(
      await using(program(bench, file), async screen => {
        await screen.shows(firstScreen)
        return screen.cpu
      }),
    )
    bare.push(succeeded(await measure(bench, [process.execPath, '-e', '0'])).cpu)
  }
  return [
    {
      what: '',
      against: '`node -e 0`',
      ours: median(ours).toFixed(3),
      peer: median(bare).toFixed(3),
      ...compare({ cost }, median(ours), median(bare)),
    },
  ]
}

function succeeded(measured: Measurement | { failed: string }): Measurement {
  if ('failed' in measured) throw new Error(measured.failed)
  return measured
}

/** CPU time while nothing happens. */
async function measureIdle(bench: Bench, file: string, runs: number): Promise<Row[]> {
  const shares: number[] = []
  for (let run = 1; run <= runs; run++) {
    await using(program(bench, file), async screen => {
      await screen.shows(firstScreen)
      await screen.press('j')
      await wait(1000)
      const before = screen.cpu
      await wait(1000 * idleFor)
      shares.push((screen.cpu - before) / idleFor)
    })
  }
  const share = median(shares)
  return [
    {
      what: '',
      against: `${idleFor} s`,
      ours: (share * idleFor).toFixed(3),
      ratio: `${(100 * share).toFixed(1)} % of a core`,
      goal: `< ${100 * goals.idle} %`,
      met: share < goals.idle,
    },
  ]
}
