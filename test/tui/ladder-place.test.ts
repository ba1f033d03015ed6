import { describe, expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import type { Frame } from '../../src/frame.ts'
import { treeNodes } from '../../src/print/tree-nodes.ts'
import { ladderPlace } from '../../src/tui/ladder-place.ts'
import type { Detail } from '../../src/tui/state.ts'
import { ipv4 } from '../craft.ts'
import { esp, ike, offer, sealed, sent } from '../follow/following.ts'
import { association, message, negotiation, story } from '../print/stories.ts'

const detail = (number: number, frame: Frame): Detail => {
  const found = newDissector().dissect({ ...frame, number }, 'noted')
  return { number, found, nodes: treeNodes(found) }
}

const initiatorSpi = '1'.repeat(16)
const responderSpi = '2'.repeat(16)
const ended = (number: number, packet: number, responder = responderSpi) =>
  negotiation({ number, initiatorSpi, responderSpi: responder, messages: [message({ packet })] })

describe('the place of a message beyond those that are kept', () => {
  const later = detail(900, sent(ike(37, 8, [sealed()], { responder: responderSpi, id: 9 })))

  it('is at the end of the negotiation with its SPIs', () => {
    const negotiations = [ended(1, 5, '3'.repeat(16)), ended(2, 7), ended(3, 9, '4'.repeat(16))]
    expect(ladderPlace(story({ negotiations }), later)).toEqual({ negotiation: 2, packet: 7 })
    expect(ladderPlace(story({ negotiations: negotiations.slice(2) }), later)).toBeUndefined()
  })

  it('is in the last one of several', () => {
    const negotiations = [ended(1, 5), ended(2, 7)]
    expect(ladderPlace(story({ negotiations }), later)?.negotiation).toBe(2)
  })

  it('is found for a first request, which does not know the responder yet', () => {
    const first = detail(900, sent(ike(34, 8, [offer(14)])))
    expect(ladderPlace(story({ negotiations: [ended(1, 5)] }), first)?.negotiation).toBe(1)
  })
})

it('of a fragment is that of the message that was put together', () => {
  const negotiations = [negotiation({ number: 1, messages: [message({ packet: 8, fragments: [7, 8] })] })]
  const fragment = detail(7, sent(ike(2, 0, [[132, '00010100aabb']], { version: 1 })))
  expect(ladderPlace(story({ negotiations }), fragment)).toEqual({ negotiation: 1, packet: 8 })
})

describe('the place of ESP', () => {
  const associations = [
    association({ spi: 0xc1, destination: '192.0.2.2', firstPacket: 5, lastPacket: 9, negotiation: 3 }),
  ]
  const packet = ipv4(50, esp(0xc1, 7))

  it('is the row of its association', () => {
    const place = { negotiation: 3, packet: 5 }
    expect(ladderPlace(story({ associations }), detail(7, packet))).toEqual(place)
    expect(ladderPlace(story({ associations }), detail(10, packet))).toBeUndefined()
    expect(ladderPlace(story({ associations }), detail(7, ipv4(50, esp(0xc2, 7))))).toBeUndefined()
  })

  it('is not that of the ICMP error that quotes it', () => {
    const error = ipv4(1, `0303000000000000${Buffer.from(packet.bytes).toString('hex')}`)
    expect(ladderPlace(story({ associations }), detail(8, error))).toBeUndefined()
  })
})
