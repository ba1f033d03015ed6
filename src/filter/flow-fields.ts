import type { Dissection } from '../dissect/dissection.ts'
import { type FlowOf, headerOf } from './flows.ts'
import { isLayer, type PseudoField } from './pseudo-fields.ts'

/** A number that only the packets before can tell. `of`: undefined where they do not. */
function flowField(
  name: string,
  explain: string,
  of: (flow: FlowOf, found: Dissection, layer: number) => number | undefined,
): PseudoField {
  const carrier = name.slice(0, name.indexOf('.'))
  return {
    name,
    kind: 'number',
    explain,
    depth: 'peel',
    carrier,
    flows: true,
    gather(found, about, into, layers) {
      for (let layer = 0; layer < found.layerCount; layer++) {
        if (!isLayer(found, layer, carrier, layers)) continue
        const flow = about.flows?.of(found, layer)
        const value = flow && of(flow, found, layer)
        if (value !== undefined) into.push(value)
      }
    },
  }
}

/** What stands at an offset in a TCP header, counted from a base. */
function since(
  found: Dissection,
  layer: number,
  offset: number,
  base: number | undefined,
): number | undefined {
  const header = headerOf(found, layer, 14)
  return header === undefined || base === undefined ? undefined : (header.getUint32(offset) - base) >>> 0
}

const isAcknowledging = (found: Dissection, layer: number): boolean =>
  ((headerOf(found, layer, 14)?.getUint8(13) ?? 0) & 0x10) !== 0

/** Fields for which all packets before have to be seen. */
export const flowFields: readonly PseudoField[] = [
  flowField('tcp.stream', 'The number of its TCP connection in the capture, from 0.', ({ number }) => number),
  flowField(
    'udp.stream',
    'The number of its pair of addresses and UDP ports in the capture, from 0.',
    ({ number }) => number,
  ),
  flowField(
    'tcp.seq',
    'The sequence number, counted from the beginning of the connection.',
    ({ base }, found, layer) => since(found, layer, 4, base),
  ),
  flowField(
    'tcp.ack',
    'Which byte of the other side is expected next, counted from the beginning of the connection.',
    ({ otherBase }, found, layer) => (isAcknowledging(found, layer) ? since(found, layer, 8, otherBase) : 0),
  ),
]
