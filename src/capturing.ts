import { deviceOf, listInterfaces } from './capture/interfaces.ts'
import type { CaptureRequest } from './capture/live/engine.ts'
import { Live, type LiveOptions } from './capture/live/live.ts'
import type { LiveInterface } from './capture/live/live-interface.ts'
import { LiveNews } from './capture/live/live-news.ts'
import { dropPrivileges, willDropPrivileges } from './capture/live/privileges.ts'
import { isRemote, remoteDevice } from './capture/live/remote.ts'
import { Starter } from './capture/live/starter.ts'
import { createRecorder, type Recorder, recordPackets } from './capture/recorder.ts'
import { type FrameSource, openInput, openSource } from './capture/source.ts'
import { SiftedSource } from './filter/sifted-source.ts'
import { emptyFrame } from './frame.ts'
import type { Options } from './options.ts'
import { interfaceTable } from './print/interfaces.ts'
import { printCount, printPackets } from './print/print.ts'
import { recipeList } from './print/recipes.ts'
import { printStory } from './print/story.ts'
import { Capture } from './store/capture.ts'

/** What `-i` and the options beside it ask for, one request for each interface. */
export function requestsOf(options: Options): readonly CaptureRequest[] {
  const devices = [...new Set(options.devices.map(name => deviceOf(name)))]
  const { filter, snapLength, promiscuous, engine } = options
  const besideOthers = devices.filter(isRemote).length > 1
  return devices.map(device => ({ device, filter, snapLength, promiscuous, engine, besideOthers }))
}

/**
 * Captures on interfaces for the screen: an interface that goes away is waited for. Root's rights are given up before a
 * packet is looked at. `mayAsk`: ssh may ask for a password on the terminal.
 *
 * @throws {CaptureError} where one cannot be captured on
 */
export async function openLive(options: Options, mayAsk = true): Promise<{ capture: Capture; live: Live }> {
  const requests = requestsOf(options)
  const live = await openAll(requests, { limit: options.count, patient: true, mayAsk })
  begin(live, options)
  const place = { name: liveName(requests), input: live }
  return { capture: await Capture.begin(place, { ring: options.ring }), live }
}

/** Root's rights end when the interfaces are open; who keeps them can only open the same ones again. */
async function openAll(requests: readonly CaptureRequest[], options: LiveOptions): Promise<Live> {
  let starter: Starter | undefined
  const onOpen = () => {
    if (willDropPrivileges()) starter = Starter.for(requests)
    dropPrivileges()
  }
  try {
    const live = await Live.start(requests, { ...options, onOpen })
    live.starter = starter
    return live
  } catch (error) {
    starter?.end()
    throw error
  }
}

/** The name of a capture from these interfaces; of those behind ssh only what is needed to tell them apart. */
const liveName = (requests: readonly CaptureRequest[]): string => {
  const names = requests.map(({ device }) => {
    const remote = remoteDevice(device)
    return remote ? `${remote.host}/${remote.device}` : device
  })
  const isClear = new Set(names).size === names.length
  return isClear ? names.join(', ') : requests.map(({ device }) => device).join(', ')
}

const isSeveral = (requests: readonly CaptureRequest[]): boolean =>
  requests.length > 1 || requests.some(({ device }) => device === 'any')

/**
 * Captures on interfaces and prints the packets as they come. Ctrl-C ends the capture, and what was captured by then is
 * still printed.
 *
 * @returns why an interface ended that should not have; undefined: all is well
 * @throws {CaptureError} where one cannot be captured on
 */
export async function printLive(
  options: Options,
  complain: (text: string) => void,
): Promise<string | undefined> {
  const requests = requestsOf(options)
  // A packet that is not wanted does not count.
  const limit = options.wanted === undefined ? options.count : Number.POSITIVE_INFINITY
  const live = await openAll(requests, { limit })
  const recorder = begin(live, options)
  const stop = () => live.stop()
  process.once('SIGINT', stop).once('SIGTERM', stop).once('SIGHUP', stop)
  for (const { device, engine, clock } of live.interfaces)
    complain(`capturing on ${device} with ${engine}${clock === '' ? '' : `: ${clock}`}`)
  const news = new LiveNews(live, complain)
  live.onChange = () => news.look()
  const tending = setInterval(() => {
    live.tend()
    news.look()
  }, 1000)
  const input = await openInput(liveName(requests), live)
  const source = new SiftedSource(input, options.wanted, options.rules, options.columns)
  try {
    if (options.countOnly) await printCount(source, options)
    else if (options.story) await printStory(source, { ...options, story: options.story })
    else if (recorder && !options.printing) await pass(source)
    else await printPackets(source, { ...options, onInterface: isSeveral(requests) })
  } finally {
    clearInterval(tending)
    source.close()
  }
  const loss = await lossOf(live)
  for (const entry of live.interfaces) complain(countsOf(entry))
  const why = [...live.interfaces.map(({ ended }) => ended), loss].filter(Boolean)
  return why.length > 0 ? why.join('\n') : undefined
}

/** Waits for the end of a capture that was closed. Returns what its recording lacks, and why; undefined: nothing. */
export async function lossOf(live: Pick<Live, 'finished' | 'recorder'>): Promise<string | undefined> {
  await live.finished
  const { path = '', failure, missed = 0, complete } = live.recorder ?? {}
  // Whoever read standard output has had enough.
  if (path === '-' && complete) return undefined
  const lack = missed > 0 && `${path}: ${missed} packet${missed === 1 ? ' is' : 's are'} missing`
  return [failure, lack].filter(Boolean).join('\n') || undefined
}

/** Begins to write, as the user who is left when root's rights are given up. */
function begin(live: Live, { write, rotation }: Options): Recorder | undefined {
  if (write === undefined) return undefined
  try {
    live.recorder = createRecorder(write, { rotation })
  } catch (error) {
    live.close()
    throw error
  }
  return live.recorder
}

/** Reads to the end of a source whose packets are written elsewhere. */
async function pass(source: FrameSource): Promise<void> {
  const frame = emptyFrame()
  do while (source.next(frame));
  while (await source.more())
}

/** As tcpdump tells at its end. */
function countsOf({ device, packets, dropped, interruptions }: LiveInterface): string {
  const lost = dropped === undefined ? '' : `, ${dropped} dropped by the kernel`
  const gaps =
    interruptions === 0 ? '' : `, interrupted ${interruptions === 1 ? 'once' : `${interruptions} times`}`
  return `${device}: ${packets} packet${packets === 1 ? '' : 's'} captured${lost}${gaps}`
}

/**
 * Writes the packets of a capture to another file.
 * @returns what is wrong with the end of the capture
 * @throws {CaptureError} where it cannot be read or written
 */
export async function recordFile(read: string, write: string, options: Options): Promise<string | undefined> {
  const { rotation, count, wanted, rules } = options
  const source = new SiftedSource(await openSource(read), wanted, rules)
  dropPrivileges()
  try {
    const recorder = createRecorder(write, { rotation, clock: 'packets', about: source, source: read })
    await recordPackets(source, recorder, { count })
    return source.damage
  } finally {
    source.close()
  }
}

/** What there is to capture on, or the filters that are ready. */
export const listed = (list: 'interfaces' | 'recipes'): string =>
  list === 'recipes' ? recipeList() : interfaceTable(listInterfaces())
