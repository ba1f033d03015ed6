import { natDetectionFits, natHashes } from '../../dissectors/nat-detection.ts'
import type { Dissection } from '../dissect/dissection.ts'
import type { Path } from './path.ts'
import type { NatFinding } from './story.ts'

const spiBytes = 16

/** What the detection hashes of an IKE message tell, beside the addresses and ports that the packet has here. */
export function natFindings(found: Dissection, layer: number, path: Path): NatFinding[] {
  const findings = new Map<NatFinding['about'], boolean>()
  const bytes = found.bytesOf(layer)
  const base = found.baseOf(layer)
  const spis = bytes.subarray(base + found.starts[layer]!, base + found.starts[layer]! + spiBytes)
  for (const { record, about } of natHashes(found, found.first[layer]!, found.last[layer]!)) {
    if (findings.get(about)) continue
    const start = base + (found.bits[record]! >> 3)
    const hash = bytes.subarray(start, start + (found.bitLengths[record]! >> 3))
    const { port } = about === 'source' ? path.from : path.to
    findings.set(about, natDetectionFits(hash, spis, addressBytes(found, path, about), port))
  }
  return [...findings].map(([about, matches]) => ({ about, matches }))
}

function addressBytes(found: Dissection, { layer }: Path, about: NatFinding['about']): Uint8Array {
  const view = found.layer(layer)
  const field = view.protocol.addresses?.[about === 'source' ? 0 : 1]
  if (field === undefined) return view.bytes.subarray(0, 0)
  const start = view.start(field)
  return view.bytes.subarray(start, start + (field.type === 'ipv6' ? 16 : 4))
}
