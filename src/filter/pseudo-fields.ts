import type { Depth } from '../dissect/dissect.ts'
import type { Dissection } from '../dissect/dissection.ts'
import type { Protocol } from '../dissect/protocol.ts'
import { isWanted, type Layers } from './layers.ts'
import { type Moment, nanoseconds, type PacketFacts } from './packet-facts.ts'
import type { Kind, Value } from './values.ts'

/** A field that no protocol has: what the capture and the dissection say about a packet. */
export type PseudoField = {
  readonly name: string
  readonly kind: Kind
  readonly explain: string
  readonly depth: Depth
  gather(found: Dissection, about: PacketFacts, into: Value[], layers: Layers): void
  /** The value, where layers tell it. */
  ofLayers?(protocols: readonly Protocol[], layerCount: number): Value
  /** The protocol without which no packet has it. */
  readonly carrier?: string
  /** What its values are called. */
  readonly values?: Readonly<Record<number, string>>
  /** True where only the packets before tell it. */
  readonly flows?: boolean
}

type Asking = (found: Dissection, about: PacketFacts) => Value | undefined

/** A field that a packet has once at most. */
function single(name: string, kind: Kind, explain: string, ask: Asking, depth: Depth = 'peel'): PseudoField {
  return {
    name,
    kind,
    explain,
    depth,
    gather(found, about, into) {
      const value = ask(found, about)
      if (value !== undefined) into.push(value)
    },
  }
}

/** A field that the layers of a packet tell. */
function layered(
  name: string,
  kind: Kind,
  explain: string,
  ofLayers: NonNullable<PseudoField['ofLayers']>,
): PseudoField {
  const ask: Asking = found => ofLayers(found.protocols, found.layerCount)
  return { ...single(name, kind, explain, ask), ofLayers }
}

function since(from: Moment | undefined, { frame }: Dissection): bigint | undefined {
  const now = nanoseconds(frame)
  const then = nanoseconds(from ?? frame)
  return now === undefined || then === undefined ? undefined : now - then
}

const bytesOf = ({ frame: { bytes, start, capturedLength } }: Dissection) =>
  bytes.subarray(start, start + capturedLength)

function idsOf(protocols: readonly Protocol[], layerCount: number): string {
  let text = ''
  for (let layer = 0; layer < layerCount; layer++) text += (layer > 0 ? ':' : '') + protocols[layer]!.id
  return text
}

function isThere(found: Dissection, status: 'truncated' | 'malformed'): number | undefined {
  for (let layer = 0; layer < found.layerCount; layer++) if (found.statuses[layer] === status) return 1
  return undefined
}

/** True for a layer of a protocol that is one of those which count. */
export const isLayer = (
  { protocols, layerCount }: Dissection,
  layer: number,
  id: string,
  layers: Layers,
): boolean => protocols[layer]!.id === id && isWanted(protocols, layerCount, layer, layers)

const payloadOf = (protocol: string): PseudoField => ({
  name: `${protocol}.payload`,
  kind: 'bytes',
  explain: `What the ${protocol.toUpperCase()} header carries, as bytes.`,
  depth: 'fields',
  carrier: protocol,
  gather(found, _about, into, layers) {
    for (let layer = 0; layer < found.layerCount; layer++) {
      if (!isLayer(found, layer, protocol, layers)) continue
      const bytes = onwardBytes(found, layer, found.ends[layer]!)
      if (bytes.length > 0) into.push(bytes)
    }
  },
})

/** What nobody reads further, as Wireshark counts it. */
const dataLength: PseudoField = {
  name: 'data.len',
  kind: 'number',
  explain: 'Bytes that nothing here reads further.',
  depth: 'fields',
  carrier: 'data',
  gather(found, _about, into, layers) {
    for (let layer = 0; layer < found.layerCount; layer++)
      if (isLayer(found, layer, 'data', layers)) into.push(found.limits[layer]! - found.starts[layer]!)
  },
}

const payloadLength: PseudoField = {
  name: 'tcp.len',
  kind: 'number',
  explain: 'Bytes that the TCP segment carries, 0 where it has only a header.',
  depth: 'fields',
  carrier: 'tcp',
  gather(found, _about, into, layers) {
    for (let layer = 0; layer < found.layerCount; layer++)
      if (isLayer(found, layer, 'tcp', layers)) into.push(found.limits[layer]! - found.ends[layer]!)
  },
}

/** Bytes of a layer from an offset in its buffer on, to the end of the layer as far as it was captured. */
export function onwardBytes(found: Dissection, layer: number, from: number): Uint8Array {
  const base = found.baseOf(layer)
  const bytes = found.bytesOf(layer)
  const held = found.bufferOf[layer] === 0 ? found.frame.capturedLength : bytes.length
  return bytes.subarray(base + from, base + Math.max(from, Math.min(held, found.limits[layer]!)))
}

/** Where the messages of all notes are. */
const notes: PseudoField = {
  name: '_ws.expert.message',
  kind: 'text',
  explain: 'The sentences about what is odd in a packet.',
  depth: 'noted',
  gather(found, _about, into) {
    for (const { text } of found.notes) into.push(text)
  },
}

/** Wireshark's numbers of how bad something is, and its words. */
const severities = { info: 0x00400000, warning: 0x00600000, error: 0x00800000 } as const

/** How bad the notes are. */
const severity: PseudoField = {
  name: '_ws.expert.severity',
  kind: 'number',
  explain: 'How bad it is what is odd in a packet: note, warning or error.',
  depth: 'noted',
  values: { 4194304: 'Note', 6291456: 'Warning', 8388608: 'Error' },
  gather(found, _about, into) {
    for (const note of found.notes) into.push(severities[note.severity])
  },
}

const comments: PseudoField = {
  name: 'frame.comment',
  kind: 'text',
  explain: 'Comments that the capture has on the packet.',
  depth: 'peel',
  gather(found, _about, into) {
    into.push(...found.frame.comments)
  },
}

export const pseudoFields: readonly PseudoField[] = [
  single('frame', 'protocol', 'The whole packet, all bytes that were captured.', bytesOf),
  single('frame.number', 'number', 'Its number in the capture, counted from 1.', found => found.frame.number),
  single('frame.len', 'number', 'Bytes that the packet had on the wire.', found => found.frame.wireLength),
  single(
    'frame.cap_len',
    'number',
    'Bytes of the packet that were captured.',
    found => found.frame.capturedLength,
  ),
  single('frame.time', 'time', 'When the packet came, as a date: "2026-11-21 10:00:00".', found =>
    nanoseconds(found.frame),
  ),
  single('frame.time_epoch', 'time', 'When the packet came, in seconds since 1970.', found =>
    nanoseconds(found.frame),
  ),
  single('frame.time_relative', 'duration', 'Seconds since the first packet.', (found, about) =>
    since(about.first, found),
  ),
  single('frame.time_delta', 'duration', 'Seconds since the packet before.', (found, about) =>
    since(about.previous, found),
  ),
  layered('frame.protocols', 'text', 'The names of its layers from the outermost on: eth:ip:esp.', idsOf),
  single('frame.interface_id', 'number', 'The number of its interface in the capture, from 0.', found =>
    found.frame.interfaceId < 0 ? undefined : found.frame.interfaceId,
  ),
  single(
    'frame.interface_name',
    'text',
    'The name of the interface where it was captured.',
    (_found, about) => about.interfaceName || undefined,
  ),
  single('frame.marked', 'flag', 'Whether you marked the packet.', (_found, about) => Number(about.marked)),
  layered('depth', 'number', 'How many layers the packet has.', (_protocols, layerCount) => layerCount),
  single(
    '_ws.malformed',
    'none',
    'A layer contradicts itself.',
    found => isThere(found, 'malformed'),
    'fields',
  ),
  single(
    '_ws.short',
    'none',
    'The capture stopped inside a layer.',
    found => isThere(found, 'truncated'),
    'fields',
  ),
  single(
    '_ws.expert',
    'none',
    'There is something odd about the packet.',
    found => (found.notes.length > 0 ? 1 : undefined),
    'noted',
  ),
  comments,
  notes,
  severity,
  payloadLength,
  dataLength,
  payloadOf('tcp'),
  payloadOf('udp'),
]
