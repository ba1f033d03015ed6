import type { Dissection } from '../dissect/dissection.ts'
import type { Protocol } from '../dissect/protocol.ts'
import type { Shape } from '../store/shapes.ts'
import type { LayerRange } from './expression.ts'
import { isWanted } from './layers.ts'
import { isHeld } from './reference.ts'
import type { ValueTest } from './relations.ts'
import type { Source } from './source.ts'
import { type Spot, valueAt } from './spots.ts'
import type { Glance, Test, Verdict } from './verdicts.ts'

/** The answer for the layer that starts at `start`. */
type Probe = { readonly until: number; readonly ask: Glance }
/** By number of the protocol. */
type Probes = readonly (readonly Probe[] | undefined)[]

/**
 * The test of a field at a fixed place. Layers are enough for it; without a match it allocates nothing. `every`: all
 * its values have to pass, and there has to be one.
 */
export function fixedTest(
  { spots, layers }: NonNullable<Source['fixed']>,
  test: ValueTest,
  every: boolean,
): Test {
  const probes: Probes = spots.map(own => own?.map(spot => ({ until: spot.until, ask: probe(spot, test) })))
  return {
    matches: every ? found => allMatch(found, probes, layers) : found => oneMatches(found, probes, layers),
    of: shape => verdictOf(shape, probes, layers, every),
  }
}

function probe(spot: Spot, test: ValueTest): Glance {
  const { byte, bytes: width } = spot.place
  if (spot.unit === 1 && width === 4)
    return (bytes, start) => {
      const at = start + byte
      return test(
        ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0,
      )
    }
  if (spot.unit === 1 && width === 2)
    return (bytes, start) => test((bytes[start + byte]! << 8) | bytes[start + byte + 1]!)
  if (spot.unit === 1 && width === 1) return (bytes, start) => test(bytes[start + byte]!)
  return (bytes, start) => test(valueAt(spot, bytes, start))
}

type Layers = readonly LayerRange[] | undefined

const probesOf = (
  protocols: readonly Protocol[],
  count: number,
  layer: number,
  probes: Probes,
  layers: Layers,
) => {
  const own = probes[protocols[layer]!.number]
  return own !== undefined && isWanted(protocols, count, layer, layers) ? own : undefined
}

function oneMatches(found: Dissection, probes: Probes, layers: Layers): boolean {
  for (let layer = 0; layer < found.layerCount; layer++) {
    const own = probesOf(found.protocols, found.layerCount, layer, probes, layers)
    if (own === undefined) continue
    const bytes = found.bytesOf(layer)
    const start = found.baseOf(layer) + found.starts[layer]!
    for (let i = 0; i < own.length; i++)
      if (isHeld(found, layer, own[i]!.until) && own[i]!.ask(bytes, start)) return true
  }
  return false
}

function allMatch(found: Dissection, probes: Probes, layers: Layers): boolean {
  let count = 0
  for (let layer = 0; layer < found.layerCount; layer++) {
    const own = probesOf(found.protocols, found.layerCount, layer, probes, layers)
    if (own === undefined) continue
    const bytes = found.bytesOf(layer)
    const start = found.baseOf(layer) + found.starts[layer]!
    for (let i = 0; i < own.length; i++) {
      if (!isHeld(found, layer, own[i]!.until)) continue
      if (!own[i]!.ask(bytes, start)) return false
      count++
    }
  }
  return count > 0
}

/** Where all layers that have the field are sound, the bytes at their places answer. */
function verdictOf(shape: Shape, probes: Probes, layers: Layers, every: boolean): Verdict {
  const { protocols, starts, sound } = shape
  const asked: Glance[] = []
  for (let layer = 0; layer < protocols.length; layer++) {
    const own = probesOf(protocols, protocols.length, layer, probes, layers)
    if (own === undefined) continue
    if (!sound[layer]) return undefined
    for (const { ask } of own) asked.push((bytes, start) => ask(bytes, start + starts[layer]!))
  }
  const [first, second] = asked
  if (first === undefined) return false
  if (second === undefined) return first
  if (asked.length === 2)
    return every
      ? (bytes, start) => first(bytes, start) && second(bytes, start)
      : (bytes, start) => first(bytes, start) || second(bytes, start)
  return (bytes, start) => {
    for (let i = 0; i < asked.length; i++) if (asked[i]!(bytes, start) !== every) return !every
    return every
  }
}
