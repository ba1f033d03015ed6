import type { ByteWriter } from '../byte-writer.ts'
import { diffOf } from '../follow/proposal-diff.ts'
import type { Story } from '../follow/story.ts'
import { grouped } from './grouped.ts'
import { safeJson } from './json-pieces.ts'

/**
 * A story as JSON, an object a line: the negotiations, or the associations, and at the end what is true of the
 * whole capture. Keys are a contract that scripts rely on; README.md documents them. What is not known has no key; a time
 * that the capture does not have is null. `drain` is called now and then and may empty the writer.
 */
export function printStoryJson(
  out: ByteWriter,
  story: Story,
  about: 'ladder' | 'sas',
  drain: () => void = () => {},
): void {
  const { packets, limits } = story
  const associations = story.associations.map(({ opposite, ...association }, index) => ({
    index,
    ...association,
    opposite: opposite < 0 ? undefined : opposite,
  }))
  const verdictsOf = grouped(story.verdicts)
  const verdicts = verdictsOf(0)
  if (about === 'sas') {
    for (const association of associations) line(out, { kind: 'association', ...association })
    line(out, { kind: 'capture', packets, limits, verdicts })
    return
  }
  const associationsOf = grouped(associations)
  for (const negotiation of story.negotiations) {
    line(out, {
      kind: 'negotiation',
      ...negotiation,
      diff: diffOf(negotiation, story.negotiations),
      verdicts: verdictsOf(negotiation.number),
      associations: associationsOf(negotiation.number),
    })
    drain()
  }
  line(out, { kind: 'capture', packets, limits, verdicts, associations: associationsOf(0) })
}

const line = (out: ByteWriter, value: unknown): unknown => out.text(safeJson(value)).char(0x0a)
