import type { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { escapeControls } from '../../byte-writer.ts'
import { CaptureError } from '../errors.ts'
import { type Command, type Exit, type Started, start } from './starting.ts'

export type { Exit } from './starting.ts'

export type EngineName = 'cap' | 'tcpdump' | 'dumpcap'

/** What to capture: one interface, of this system (`em0`) or of another one (`ssh://user@host:port/em0`). */
export type CaptureRequest = {
  readonly device: string
  /** In libpcap's language; empty: everything. */
  readonly filter: string
  /** Bytes kept of each packet; 0: all. */
  readonly snapLength: number
  readonly promiscuous: boolean
  /** Default: the first that is there and may capture. */
  readonly engine?: EngineName | undefined
  /** Behind ssh: there are other captures through ssh at the same time. */
  readonly besideOthers?: boolean
}

/** Packets since the start; undefined: nobody tells. */
export type Counters = { received: number | undefined; dropped: number | undefined }

/** A program that captures. */
export type Capturer = {
  readonly device: string
  readonly engine: EngineName | 'ssh'
  /** The bytes of a pcap or pcapng file. */
  readonly stream: Readable
  /** Whose clock tells the times; empty: the kernel's. */
  readonly clock: string
  /** As of the last answer; the same object for as long as the capturer lives. */
  readonly counters: Readonly<Counters>
  /** Asks for the counters; the answer comes a little later, or never from those who cannot. */
  ask(): void
  /** Ends the capture. What was captured by then still comes, then the stream ends. */
  stop(): void
  /** How it ended, once the stream has: undefined where that was asked for, else a sentence for the user. */
  readonly ended: Promise<string | undefined>
}

/** Why a program would not capture. */
export type Complaint = {
  readonly kind: 'missing' | 'permission' | 'device' | 'down' | 'filter' | 'other'
  /** A sentence for the user. */
  readonly text: string
}

/** A capturer that did not begin. */
export class Refusal extends CaptureError {
  readonly kind: Complaint['kind']

  constructor(complaint: Complaint) {
    super(complaint.text)
    this.kind = complaint.kind
  }
}

/** What is particular to one kind of capturer. */
export type Plan = Command & {
  readonly device: string
  readonly engine: EngineName | 'ssh'
  /** Lines of stderr that answer who sits at the terminal; the next question is there already. */
  readonly answer?: RegExp
  readonly clock?: string
  /** Said on stderr by one that listens to signals; without it the first bytes are enough. */
  readonly ready?: RegExp
  /** Reads counters out of a line of stderr; true: there were some. */
  count?(line: string, counters: Counters): boolean
  /** `said`: lines of stderr. */
  refusal(said: readonly string[], exit: Exit): Complaint
  ending(said: readonly string[], exit: Exit): string
}

/** Lines of stderr that are kept: the first ones tell why it did not begin, the last ones why it ended. */
const keptLines = 40

/** Starts what a plan tells: a process of ours, or one of someone who may what we may not. */
export type Start = (plan: Plan) => Promise<Started>

/**
 * Starts a capturer and returns once its device is open.
 *
 * @throws {Refusal} where it ends before that
 */
export async function launch(plan: Plan, begin: Start = async own => start(own)): Promise<Capturer> {
  const started = await begin(plan)
  const { stdin, stream, stderr } = started
  const counters: Counters = { received: undefined, dropped: undefined }
  const said: string[] = []
  const isReady = listen(stderr, plan, line => {
    if (plan.count?.(line, counters)) return
    said.push(line)
    if (said.length > keptLines) said.splice(keptLines >> 1, 1)
  })
  // It may be gone when it is told something.
  stdin.on('error', () => undefined)
  const exit = ended(started)
  await opened(plan, started, isReady, exit, said)
  let asked = false
  return {
    device: plan.device,
    engine: plan.engine,
    stream,
    clock: plan.clock ?? '',
    counters,
    ask: () => void (asked || stdin.write('\n')),
    stop() {
      asked = true
      stdin.end()
    },
    ended: exit.then(how => (asked ? undefined : plan.ending(said, how))),
  }
}

/** How a program ends that is interrupted before it is open, whatever it makes of the signal. */
export const givenUp: Exit = { code: 0, signal: 'SIGTERM' }

/** Milliseconds in which a Ctrl-C that ended the child reaches us too. */
const ctrlCMs = 100

async function opened(
  plan: Plan,
  { stream, kill }: Started,
  isReady: Promise<void>,
  exit: Promise<Exit>,
  said: readonly string[],
): Promise<void> {
  const open = Promise.all([firstBytes(stream), isReady])
  let isGivenUp = false
  const failed = exit.then(async how => {
    // Ctrl-C reaches ssh and us at once, and ssh may be the first to be done with it.
    if (plan.onTerminal) await wait(ctrlCMs)
    throw new Refusal(plan.refusal(said, isGivenUp ? givenUp : how))
  })
  // Once open, the end is no failure to begin, and nobody waits for it here.
  failed.catch(() => undefined)
  const giveUp = () => {
    isGivenUp = true
    kill()
  }
  if (plan.onTerminal) process.on('SIGINT', giveUp)
  try {
    await Promise.race([open, failed])
  } finally {
    process.off('SIGINT', giveUp)
  }
}

/** Waits for bytes and leaves them where they are. */
const firstBytes = (stream: Readable): Promise<void> =>
  new Promise(resolve => {
    const look = () => {
      if (stream.readableLength === 0) return
      stream.off('readable', look)
      resolve()
    }
    stream.on('readable', look)
  })

/** Passes on the lines of stderr. Resolves with the one that says that the capturer is ready. */
function listen(stderr: Readable, plan: Plan, take: (line: string) => void): Promise<void> {
  return new Promise(resolve => {
    if (!plan.ready) resolve()
    let rest = ''
    stderr.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split(/[\r\n]+/)
      // A line without an end is kept short: nobody reads that far.
      rest = (lines.pop() ?? '').slice(0, 4096)
      for (const line of lines.filter(Boolean)) {
        if (plan.answer?.test(line)) process.stderr.write(`(${escapeControls(line)}) `)
        if (plan.ready?.test(line)) resolve()
        else take(line)
      }
    })
    stderr.on('end', () => rest && take(rest))
  })
}

/** Programs of a shell's child keep stderr open sometimes (ssh's master connection does): so long it is waited for. */
const lastWordsMs = 200

/** How it ended, when it has said why. */
async function ended({ exit, stderr }: Started): Promise<Exit> {
  const said = new Promise<void>(resolve => stderr.once('close', resolve))
  const how = await exit
  const late = new AbortController()
  await Promise.race([said, wait(lastWordsMs, undefined, late).catch(() => undefined)])
  late.abort()
  return how
}
