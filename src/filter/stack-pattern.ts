import { alike } from '../alike.ts'
import { allProtocols, type Protocol } from '../dissect/protocol.ts'
import { FilterError } from './errors.ts'
import type { StackTest } from './expression.ts'
import type { Stack } from './layers.ts'

/** What stands between two slashes: certain protocols, any one, or any number of any. */
type Step = ReadonlySet<Protocol> | 'one' | 'any'

/** More characters than the names of all layers of a packet. */
const longest = 1000

/**
 * The test whether protocols lie inside each other as a pattern says: anywhere in the packet, with `^` from its outermost
 * layer on, with `$` up to the innermost.
 * @throws {FilterError} where a name in the pattern is that of no protocol
 */
export function stackPattern({
  pattern,
  patternAt,
}: StackTest): (stack: Stack, layerCount: number) => boolean {
  if (pattern.length > longest)
    throw new FilterError(`a pattern has at most ${longest} characters`, patternAt.at, patternAt.end)
  const text = pattern.trim().replace(/^\^\s*\/?/, '')
  const inner = text.replace(/\/?\s*\$$/, '')
  const words = inner.split('/').map(word => word.trim())
  const steps = words.map(word => stepOf(word, patternAt))
  const isBound = pattern.trim().startsWith('^')
  const ends = inner !== text
  const open: Step[] = [...(isBound ? [] : ['any' as const]), ...steps, ...(ends ? [] : ['any' as const])]
  const reached = new Uint8Array(open.length + 1)
  return (stack, layerCount) => fits(open, reached, stack, layerCount)
}

function stepOf(word: string, { at, end }: StackTest['patternAt']): Step {
  if (word === '*') return 'one'
  if (word === '**') return 'any'
  const wanted = word.toLowerCase()
  const found = allProtocols.filter(
    ({ id, short }) => id.toLowerCase() === wanted || short.toLowerCase() === wanted,
  )
  if (found.length > 0) return new Set(found)
  const names = allProtocols.map(({ id }) => id)
  const close = word.length > 40 ? [] : alike(word, names)
  const hint = close.length > 0 ? `; did you mean ${close.join(' or ')}?` : ''
  throw new FilterError(
    word === '' ? 'a protocol is missing in the pattern' : `${word.slice(0, 40)} is no protocol${hint}`,
    at,
    end,
    'protocols with slashes between them, * for any one, ** for any number',
  )
}

/** Which steps are reached behind each layer; the last one has to be at the end. */
function fits(steps: readonly Step[], reached: Uint8Array, stack: Stack, layerCount: number): boolean {
  reached.fill(0)
  reached[0] = 1
  passOver(steps, reached)
  for (let layer = 0; layer < layerCount; layer++) {
    const protocol = stack[layer]!
    for (let step = steps.length; step >= 0; step--) {
      const stays = steps[step] === 'any' && reached[step] === 1
      const before = step > 0 && reached[step - 1] === 1 ? steps[step - 1] : undefined
      const comes = before !== undefined && before !== 'any' && (before === 'one' || before.has(protocol))
      reached[step] = stays || comes ? 1 : 0
    }
    passOver(steps, reached)
  }
  return reached[steps.length] === 1
}

/** Any number may be none. */
function passOver(steps: readonly Step[], reached: Uint8Array): void {
  for (let step = 0; step < steps.length; step++)
    if (reached[step] === 1 && steps[step] === 'any') reached[step + 1] = 1
}
