import { tcp } from '../../dissectors/tcp.ts'
import { udpencap } from '../../dissectors/udpencap.ts'
import type { Dissection } from '../dissect/dissection.ts'
import type { Protocol } from '../dissect/protocol.ts'
import type { Endpoint } from './story.ts'

/** From where to where the packet went that a layer is in, by the innermost addresses around the layer. */
export type Path = {
  readonly from: Endpoint
  readonly to: Endpoint
  /** What carries the layer on top of IP. */
  readonly carrier: 'ip' | 'udp' | 'tcp'
  /** Behind what tells IKE from ESP on a UDP port of both (RFC 3948 §2). */
  readonly isEncapsulated: boolean
  /** The layer that the addresses are of. */
  readonly layer: number
}

/** The path of a layer; undefined where no layer around it has addresses. */
export function pathOf(found: Dissection, layer: number): Path | undefined {
  let sourcePort = 0
  let destinationPort = 0
  let carrier: Path['carrier'] = 'ip'
  let isEncapsulated = false
  for (let i = found.outers[layer]!; i >= 0; i = found.outers[i]!) {
    const protocol: Protocol = found.protocols[i]!
    const view = found.layer(i)
    if (protocol === udpencap) isEncapsulated = true
    if (protocol.ports !== undefined && carrier === 'ip') {
      sourcePort = portOf(view.number(protocol.ports[0]))
      destinationPort = portOf(view.number(protocol.ports[1]))
      carrier = protocol === tcp ? 'tcp' : 'udp'
    }
    if (protocol.addresses === undefined) continue
    const [source, destination] = protocol.addresses
    return {
      from: { address: view.show(source), port: sourcePort },
      to: { address: view.show(destination), port: destinationPort },
      carrier,
      isEncapsulated,
      layer: i,
    }
  }
  return undefined
}

const portOf = (value: number): number => (Number.isNaN(value) ? 0 : value)
