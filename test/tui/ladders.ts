import type { Story } from '../../src/follow/story.ts'
import type { Capture } from '../../src/store/capture.ts'
import { ladderOf } from '../../src/tui/ladder-lines.ts'
import { StoryReading } from '../../src/tui/story-reading.ts'
import { textOf } from '../../src/tui/text.ts'
import { At } from './at.ts'
import { patient } from './finds.ts'

const stories = new Map<Capture, Promise<Story>>()

/** What the packets of a capture tell, up to one of them or all; the whole is read once. */
export function storyOf(capture: Capture, last = capture.count): Promise<Story> {
  const known = stories.get(capture)
  if (known && last === capture.count) return known
  const reading = new StoryReading(capture)
  const story = reading.readTo(last, patient).then(() => reading.story)
  if (last === capture.count) stories.set(capture, story)
  return story
}

/** A capture with a packet selected, and `x` or `:ladder` granted as the controller does. */
export async function asked(
  name: string,
  packet: number,
  of: 'packet' | 'all' = 'packet',
  ...size: readonly [columns?: number, rows?: number]
): Promise<At> {
  const at = (await At.open(name, ...size)).do({ type: 'jump', packet })
  if (of === 'packet') at.press('x')
  else at.type(':ladder').press('return')
  return at.do({ type: 'told', story: await storyOf(at.capture), open: of })
}

/** The lines of the ladder that is open, as texts. */
export const ladderTexts = ({ state }: At): string[] => ladderOf(state).lines.map(({ row }) => textOf(row))

/** The packet of the line under the cursor of the ladder; 0: none. */
export const rowPacket = ({ state }: At): number =>
  ladderOf(state).lines[state.ladder?.cursor ?? -1]?.packet ?? -1
