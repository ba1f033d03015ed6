import { f as isakmp } from '../../dissectors/isakmp-fields.ts'
import type { LayerView } from '../dissect/layer-view.ts'
import type { Association, Negotiation, Story } from '../follow/story.ts'
import type { Detail } from './state.ts'

/** Where a packet stands in a ladder: the number of the negotiation (0: what belongs to none) and the packet of its row. */
export type LadderPlace = { readonly negotiation: number; readonly packet: number }

/** The place of a packet of IKE, ESP or AH, or of an ICMP error about one; undefined: it has none. */
export function ladderPlace(story: Story, { number, found }: Detail): LadderPlace | undefined {
  for (const negotiation of story.negotiations) {
    const packet = rowPacket(negotiation, number)
    if (packet > 0) return { negotiation: negotiation.number, packet }
  }
  for (let i = found.layerCount - 1; i >= 0; i--) {
    const layer = found.layer(i)
    const { id } = layer.protocol
    if (layer.quoted) continue
    if (id === 'isakmp') {
      const of = story.negotiations.findLast(negotiation => isOf(layer, negotiation))
      if (of) return { negotiation: of.number, packet: of.messages.at(-1)?.packet ?? 0 }
    }
    if (id === 'esp' || id === 'ah') {
      const of = associationOf(story.associations, layer, number)
      if (of) return { negotiation: of.negotiation, packet: of.firstPacket }
    }
  }
  return undefined
}

/** The packet of the row that tells of a packet; 0: none does. What is sent again has a row for all of it. */
function rowPacket({ messages, refusals }: Negotiation, number: number): number {
  if (refusals.some(({ packet }) => packet === number)) return number
  for (const { packet, fragments, repeats } of messages) {
    if (packet === number || fragments.includes(number)) return packet
    if (repeats.some(each => each.packet === number)) return repeats[0]!.packet
  }
  return 0
}

/** A message beyond those that are kept still has its SPIs; a first request does not know the responder's yet. */
function isOf(layer: LayerView, { initiatorSpi, responderSpi }: Negotiation): boolean {
  const known = layer.show(isakmp.responderSpi)
  return layer.show(isakmp.initiatorSpi) === initiatorSpi && (known === responderSpi || /^0+$/.test(known))
}

/** The association that a packet of ESP or AH belongs to. */
function associationOf(
  associations: readonly Association[],
  layer: LayerView,
  packet: number,
): Association | undefined {
  const spi = layer.number(layer.protocol.fields['spi']!)
  const destination = destinationOf(layer)
  return associations.find(
    each =>
      each.protocol === layer.protocol.id &&
      each.spi === spi &&
      each.destination === destination &&
      each.firstPacket <= packet &&
      packet <= each.lastPacket,
  )
}

/** Where the nearest addresses around a layer say that the packet goes. */
function destinationOf(layer: LayerView): string {
  for (let around = layer.outer; around; around = around.outer) {
    const { addresses } = around.protocol
    if (addresses) return around.show(addresses[1])
  }
  return ''
}
