import type { Dissection } from '../dissect/dissection.ts'
import type { TreeNode } from './tree-nodes.ts'
import { nodeText } from './tree-nodes.ts'

/** A guided tour through a capture: what to look at, one thing after the other, and what it teaches. */
export type Tour = {
  /** As people ask for it; the file is called so. */
  readonly name: string
  readonly title: string
  /** What one learns, in a sentence. */
  readonly about: string
  /** The capture, beside the folder of tours or, for a tour of one's own, beside its file. */
  readonly capture: string
  readonly steps: readonly Step[]
}

export type Step = {
  /** Number of the packet, from 1. */
  readonly packet: number
  /** The protocol or field to look at, as filters name it: `gre`, `ip.ttl`, `inner.ip.ttl`, `ip.ttl#2`; none: the packet as a whole. */
  readonly at: string | undefined
  /** What is shown there: picks one of several fields, and holds the tour to the truth. */
  readonly value: string | undefined
  /** A display filter that the list follows during this step and those behind it; empty: all packets again. */
  readonly filter: string | undefined
  readonly text: string
}

/** A tour cannot be followed: which one, and what is wrong with it, as a sentence. */
export class TourError extends Error {}

/** Whoever tells more should make two tours of it. */
const mostSteps = 100
const longestText = 1000
const longestName = 200

/**
 * Reads a tour from its JSON text. `file`: what an error calls it.
 * @throws {TourError} where it is none
 */
export function readTour(name: string, json: string, file = name): Tour {
  const of = (why: string) => new TourError(`${file}: not a tour: ${why}`)
  const value = parsed(json)
  if (!isRecord(value)) throw of('a tour is a JSON object with title, about, capture and steps')
  const text = (key: string) => textOf(value[key], longestText) ?? fail(of(`"${key}" is not a text`))
  const { steps } = value
  if (!Array.isArray(steps) || steps.length === 0 || steps.length > mostSteps)
    throw of(`"steps" is not a list of 1 to ${mostSteps} steps`)
  const capture = text('capture')
  if (/[/\\]|^\.+$/.test(capture)) throw of('"capture" is the name of a file, without a folder')
  return {
    name,
    title: text('title'),
    about: text('about'),
    capture,
    steps: steps.map((step: unknown, i) => readStep(step, why => of(`step ${i + 1}: ${why}`))),
  }
}

function readStep(value: unknown, of: (why: string) => TourError): Step {
  if (!isRecord(value)) throw of('not an object with packet and text')
  const { packet } = value
  if (typeof packet !== 'number' || !Number.isSafeInteger(packet) || packet < 1)
    throw of('"packet" is not the number of a packet')
  const optional = (key: string) =>
    value[key] === undefined
      ? undefined
      : (textOf(value[key], longestName, 0) ?? fail(of(`"${key}" is not a short text`)))
  const known = ['packet', 'at', 'value', 'filter', 'text']
  const other = Object.keys(value).find(key => !known.includes(key))
  if (other !== undefined) throw of(`"${other.slice(0, 40)}" is not known; there are ${known.join(', ')}`)
  const at = optional('at')
  if (at !== undefined && !reference.test(at)) throw of(`"${at}" is no name of a protocol or field`)
  return {
    packet,
    at,
    value: optional('value'),
    filter: optional('filter'),
    text: textOf(value['text'], longestText) ?? fail(of('"text" is not a text')),
  }
}

function fail(error: TourError): never {
  throw error
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textOf = (value: unknown, longest: number, shortest = 1): string | undefined =>
  typeof value === 'string' && value.length >= shortest && value.length <= longest ? value : undefined

// ---- finding the place of a step in its packet ---------------------------------------------------------------

const reference = /^(?:(inner|outer)\.)?([a-z0-9_][\w.-]*)(?:#(-?\d{1,3}))?$/i

/** What is wrong where the packet has not what a step points at. */
export const absence = ({ packet, at }: Step): string =>
  `packet ${packet} has no ${at} as the tour expects it`

/** The node that a step is about; undefined where the packet has none; -1 where the step is about the packet. */
export function nodeOf(found: Dissection, nodes: readonly TreeNode[], step: Step): number | undefined {
  if (step.at === undefined) return -1
  const [, side, name = '', number] = reference.exec(step.at) ?? []
  const matching = nodes.flatMap((node, index) => (nameOf(found, node) === name ? [index] : []))
  const layers = [...new Set(matching.map(index => nodes[index]!.layer))]
  const wanted = number !== undefined ? Number(number) : side === 'inner' ? -1 : 1
  const layer = wanted > 0 ? layers[wanted - 1] : layers.at(wanted)
  return matching.find(
    index =>
      nodes[index]!.layer === layer &&
      (step.value ?? shown(found, nodes, index)) === shown(found, nodes, index),
  )
}

/** What a node is called in filters; empty for what is neither a protocol nor a field. */
function nameOf(found: Dissection, node: TreeNode): string {
  if (node.kind === 'layer') return found.protocols[node.layer]!.id
  return node.kind === 'field' ? found.fields[node.record]!.name : ''
}

const shown = (found: Dissection, nodes: readonly TreeNode[], index: number): string =>
  nodeText(found, nodes, nodes[index]!).value
