import { describe, expect, it } from 'vitest'
import type { Association } from '../../src/follow/story.ts'
import type { Frame } from '../../src/frame.ts'
import { ipv4, udp4 } from '../craft.ts'
import { answered, back, esp, ike, numbered, sealed, sent, storyIn, storyOf } from './following.ts'

const native = (spi: number, sequence: number, bytes?: number): Frame => ipv4(50, esp(spi, sequence, bytes))
const inUdp = (spi: number, sequence: number): Frame => udp4(4500, 4500, esp(spi, sequence))
/** Of 192.0.2.1: next header TCP, a check value of 12 bytes. */
const ah = (spi: number, sequence: number): Frame =>
  ipv4(
    51,
    `06040000${spi.toString(16).padStart(8, '0')}${sequence.toString(16).padStart(8, '0')}${'aa'.repeat(12)}`,
  )

const follow = (...frames: Frame[]): readonly Association[] => storyOf(numbered(frames)).associations
const opposites = (...frames: Frame[]): number[] => follow(...frames).map(({ opposite }) => opposite)

describe('packets of an association', () => {
  it('are counted with their bytes, numbers and times', () => {
    expect(
      follow(native(0xc1, 1, 32), native(0xc1, 2, 64), native(0xc1, 5, 32), native(0xc1, 2, 64)),
    ).toEqual([
      {
        protocol: 'esp',
        spi: 0xc1,
        source: '192.0.2.1',
        destination: '192.0.2.2',
        encapsulation: 'native',
        sourcePort: 0,
        destinationPort: 0,
        firstPacket: 1,
        lastPacket: 4,
        firstTime: 0,
        lastTime: 0.3,
        packets: 4,
        bytes: 40 + 72 + 40 + 72,
        lowestSequence: 1,
        highestSequence: 5,
        missing: 2,
        replays: 1,
        late: 0,
        negotiation: 0,
        opposite: -1,
      },
    ])
  })

  it('in UDP are not those of the same SPI without it', () => {
    const both = follow(native(0xc1, 1), inUdp(0xc1, 1), native(0xc1, 2))
    expect(both.map(a => [a.encapsulation, a.sourcePort, a.packets, a.replays])).toEqual([
      ['native', 0, 2, 0],
      ['udp', 4500, 1, 0],
    ])
  })

  it('to another address are not those of the same SPI', () => {
    expect(follow(native(0xc1, 1), back(native(0xc1, 1))).map(a => a.destination)).toEqual([
      '192.0.2.2',
      '192.0.2.1',
    ])
  })

  it('seen once more on another interface are not replayed', () => {
    const frames = numbered([native(0xc1, 1), native(0xc1, 1), native(0xc1, 1)])
    const at = (...interfaces: number[]) =>
      storyOf(frames.map((frame, i) => ({ ...frame, interfaceId: interfaces[i]! }))).associations[0]!
    expect(at(0, 1, 0)).toMatchObject({ packets: 2, replays: 1 })
    expect(at(0, 1, 1)).toMatchObject({ packets: 1, replays: 0 })
  })

  it('may come on another interface first', () => {
    const frames = numbered([1, 1, 2, 2].map(sequence => native(0xc1, sequence)))
    const { associations } = storyOf(frames.map((frame, i) => ({ ...frame, interfaceId: [0, 1, 1, 0][i]! })))
    expect(associations[0]).toMatchObject({ packets: 2, replays: 0 })
  })

  it('seen twice at once are not replayed, later they are', () => {
    const replays = (gap: number) =>
      storyOf(numbered([native(0xc1, 1), native(0xc1, 1), native(0xc1, 2), native(0xc1, 1)], gap))
        .associations[0]!.replays
    expect([replays(0.001), replays(0.1)]).toEqual([1, 2])
  })

  it('whose header the capture cut off are not counted', () => {
    expect(follow(ipv4(50, esp(0xc1, 1), 36))).toEqual([])
  })
})

describe('the opposite direction', () => {
  const there = native(0xc1, 1)
  const here = back(native(0xc2, 1))

  it('is the one between the same addresses', () => {
    expect(opposites(there, here)).toEqual([1, 0])
    expect(opposites(there, back(inUdp(0xc2, 1)))).toEqual([-1, -1])
    expect(opposites(there, back(ah(0xc2, 1)))).toEqual([-1, -1])
  })

  it('is the nearest one in time, and each has one', () => {
    const second = native(0xd1, 1)
    const secondBack = back(native(0xd2, 1))
    expect(opposites(there, here, second, secondBack)).toEqual([1, 0, 3, 2])
    expect(opposites(there, second, secondBack, here)).toEqual([3, 2, 1, 0])
    expect(opposites(there, here, second)).toEqual([1, 0, -1])
  })

  it('of AH around ESP is AH again', async () => {
    const { associations } = await storyIn('ah-esp-transport.pcap')
    expect(associations.map(({ protocol, spi, opposite }) => [protocol, spi, opposite])).toEqual([
      ['ah', 0x5101, 2],
      ['esp', 0x6101, 3],
      ['ah', 0x5102, 0],
      ['esp', 0x6102, 1],
    ])
  })

  it('is found for both children of one negotiation', async () => {
    const { associations } = await storyIn('ikev2-second-child.pcap')
    // The kernel's SPIs by traffic selectors, as both charon logs have them.
    const spis = associations.map(({ spi, opposite }) => [spi, associations[opposite]!.spi])
    expect(spis[0]).toEqual([0xc501e854, 0xca121d62])
    expect(spis[2]).toEqual([0xc6dc3930, 0xcae46875])
  })
})

describe('the negotiation of an association', () => {
  const responder = '2222222222222222'
  const auth = (initiator: string) => sent(ike(35, 8, [sealed()], { initiator, responder, id: 1 }))
  const init = (initiator: string) => sent(ike(34, 8, [], { initiator }))

  it('is the last one before its first packet that came to encrypted messages', () => {
    const frames = [auth('1'.repeat(16)), auth('2'.repeat(16)), init('3'.repeat(16)), native(0xc1, 1)]
    expect(follow(...frames, auth('4'.repeat(16)))[0]!.negotiation).toBe(2)
  })

  it('may be one whose encrypted messages were not captured', () => {
    expect(follow(init('1'.repeat(16)), native(0xc1, 1))[0]!.negotiation).toBe(1)
  })

  it('is the last one of several without', () => {
    expect(follow(init('1'.repeat(16)), init('2'.repeat(16)), native(0xc1, 1))[0]!.negotiation).toBe(2)
  })

  it('is none when it began later', () => {
    expect(follow(native(0xc1, 1), auth('1'.repeat(16)), native(0xc1, 2))[0]!.negotiation).toBe(0)
  })

  it('is found by both directions', () => {
    const answer = answered(ike(35, 32, [sealed()], { responder, id: 1 }))
    const all = follow(auth('1'.repeat(16)), answer, back(native(0xc2, 1)), native(0xc1, 1))
    expect(all.map(({ negotiation }) => negotiation)).toEqual([1, 1])
  })
})
