import { setImmediate } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { Desk } from './desk.ts'

let desk: Desk
afterEach(() => desk.controller.leaveCapture())

/** Packets that a key goes to, one after the other. */
async function way(...keys: readonly string[]): Promise<number[]> {
  const packets: number[] = []
  for (const key of keys) {
    await desk.go(key)
    packets.push(desk.at[0])
  }
  return packets
}

/** Which packets belong together is what tshark has as esp.spi, isakmp.ispi, tcp.srcport and tcp.dstport. */
describe('} and {', () => {
  it('go through an SA, and say which one', async () => {
    desk = await Desk.open('ikev2-natt.pcap')
    desk.press('7', 'G')
    expect(await way('}', '{')).toEqual([9, 7])
    expect(desk.said).toBe('with esp.spi == 0xc6813233')
    desk.press('8', 'G')
    expect(await way('}', '}')).toEqual([10, 10])
    expect(desk.said).toBe('no later packet with esp.spi == 0xc47b8656')
  })

  it('go through a negotiation, whatever came between', async () => {
    desk = await Desk.open('ikev2-natt.pcap')
    desk.press('3', 'G')
    expect(await way('}', '}', '}', '}', '}', '}')).toEqual([4, 5, 6, 17, 18, 18])
    expect(await way('{', '{')).toEqual([17, 6])
    expect(desk.said).toBe('with isakmp.ispi == 04:fe:b7:61:77:6d:bb:8a')
  })

  it('go through what two hosts say to each other inside a tunnel, where there is no SA', async () => {
    desk = await Desk.open('ipip.pcap')
    desk.press('3', 'G')
    expect(await way('}')).toEqual([4])
    desk.press('9', 'G')
    expect(await way('}')).toEqual([10])
    expect(await way('{', '{')).toEqual([9, 9])
    expect(desk.said).toMatch(/^no earlier packet with .*57604/)
  })

  it('take a number, and keep to the packets that are listed', async () => {
    desk = await Desk.open('ikev2-natt.pcap')
    desk.press('3', 'G', '3')
    expect(await way('}')).toEqual([6])
    desk.controller.dispatch({ type: 'filter', text: 'frame.number != 4' })
    await desk.until(({ filter }) => filter?.read === 18)
    desk.press('3', 'G')
    expect(await way('}')).toEqual([5])
  })

  it('have the word when they are pressed again before the first one is done', async () => {
    desk = await Desk.open('ikev2-natt.pcap')
    desk.press('3', 'G', '9', '9', '}', '2', '}')
    await desk.until(({ message }) => message !== undefined)
    for (let turn = 0; turn < 3; turn++) await setImmediate()
    expect([desk.at[0], desk.said]).toEqual([5, 'with isakmp.ispi == 04:fe:b7:61:77:6d:bb:8a'])
  })

  it('can be gone back from', async () => {
    desk = await Desk.open('ikev2-natt.pcap')
    desk.press('6', 'G')
    await way('}')
    desk.press('ctrl-o')
    expect(desk.at[0]).toBe(6)
  })
})
