import { setImmediate } from 'node:timers/promises'
import { newDissector } from '../../dissectors/index.ts'
import { ByteWriter } from '../byte-writer.ts'
import type { FrameSource } from '../capture/frame-source.ts'
import type { Rules } from '../dissect/rules.ts'
import type { SiftedSource } from '../filter/sifted-source.ts'
import { Follower } from '../follow/follow.ts'
import type { Story } from '../follow/story.ts'
import { emptyFrame } from '../frame.ts'
import type { TimeStyle } from './clock.ts'
import { speaksUtf8 } from './glyphs.ts'
import { printLadders } from './ladder.ts'
import { Output } from './output.ts'
import type { PrintOptions } from './print.ts'
import { printAssociations } from './sas.ts'
import { printStoryJson } from './story-json.ts'

/** Which part of the story is printed, and how. */
export type StoryOptions = {
  readonly story: 'ladder' | 'sas'
  readonly format: PrintOptions['format']
  /** At most this many packets. */
  readonly count: number
  readonly time: TimeStyle
  /** Nothing but ASCII, whatever the locale says. */
  readonly ascii: boolean
  /** What is decoded otherwise than the numbers say. */
  readonly rules: Rules
}

/** Packets between two looks at whether somebody wants the end. */
const slice = 4096

/**
 * Reads a source to its end, to the wanted count, or until it is stopped, and prints what its packets tell together, in bounded
 * memory.
 */
export async function printStory(
  source: SiftedSource,
  options: StoryOptions,
  signal?: AbortSignal,
): Promise<void> {
  const writer = new ByteWriter()
  const story = await readStory(source, options, signal)
  const output = new Output(writer)
  const drain = () => output.drain()
  if (options.format === 'json') printStoryJson(writer, story, options.story, drain)
  else if (options.story === 'sas') printAssociations(writer, story, options.time)
  else printLadders(writer, story, styleOf(options), drain)
  output.flush()
}

async function readStory(
  source: SiftedSource,
  { count, rules }: StoryOptions,
  signal?: AbortSignal,
): Promise<Story> {
  const follower = new Follower()
  const dissector = newDissector(source.session, rules)
  const frame = emptyFrame()
  let seen = 0
  const isWanted = () => seen < count && !signal?.aborted
  do {
    while (isWanted() && source.next(frame)) {
      follower.see(dissector.dissect(frame, 'fields'))
      seen++
      // Signals come only while the event loop runs.
      if (seen % slice === 0) await setImmediate()
    }
  } while (isWanted() && (await moreOf(source, signal)))
  return follower.story()
}

/** Waits for more of a source. False: it has ended, or somebody wants the end. */
function moreOf(source: FrameSource, signal?: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const end = () => resolve(false)
    signal?.addEventListener('abort', end)
    const settled = () => signal?.removeEventListener('abort', end)
    source.more().then(resolve, reject).finally(settled)
  })
}

/** Columns where nothing tells how many there are, and the least that a ladder is printed for. */
const usualColumns = 80
const leastColumns = 60

function styleOf({ ascii }: StoryOptions) {
  const { COLUMNS } = process.env
  const columns = process.stdout.columns ?? Number(COLUMNS)
  return {
    columns: Math.max(leastColumns, columns || usualColumns),
    ascii: ascii || !speaksUtf8(process.env),
  }
}
