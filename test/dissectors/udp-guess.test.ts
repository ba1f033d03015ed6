import { describe, expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { Session } from '../../src/dissect/session.ts'
import type { Frame } from '../../src/frame.ts'
import { captureFile, framesOf } from '../captures.ts'
import { ipv4, ipv6, udp4 } from '../craft.ts'
import { hexBytes, type Peeled, peel } from '../peel.ts'

// An IKE_SA_INIT that only notifies, and an encrypted message of main mode.
const v2 = 'c9d57d4ae0ed347f0000000000000000 29 20 22 20 00000000 00000024 000000080000000e'
const v1 = '819e4950047e2f59c54e8f50375575c2 05 10 02 01 00000000 00000024 ad9f8e777d65fa31'
const marker = '00000000'
const espPacket = 'd00d0000 00000001 53fd41b34a0b805f'

const numbered = (frame: Frame, number: number): Frame => ({ ...frame, number })
const guesses = ({ notes }: Peeled) => notes.filter(note => note.includes('No port says so'))

const looksLike = (name: string) =>
  `info: No port says so, but what follows looks like ${name}: a guess from header and length`
const ike = looksLike('Internet Key Exchange')
const encapsulation = 'UDP Encapsulation of IPsec Packets'

describe('IKE on ports that nobody claims', () => {
  it('is known by its header', () => {
    for (const message of [v1, v2]) {
      const plain = peel(udp4(10500, 20500, message))
      expect(plain.stack).toEqual(['ip', 'udp', 'isakmp'])
      expect(guesses(plain)).toEqual([ike])
      const marked = peel(udp4(10500, 20500, marker + message))
      expect(marked.stack).toEqual(['ip', 'udp', 'udpencap', 'isakmp'])
      expect(guesses(marked)).toEqual([looksLike(encapsulation)])
    }
  })

  it('is not known by less', () => {
    const changed = (byte: number, value: number) => {
      const bytes = hexBytes(v2)
      bytes[byte] = value
      return peel(udp4(10500, 20500, Buffer.from(bytes).toString('hex'))).stack.at(-1)
    }
    expect(changed(0, 0xc9)).toBe('isakmp')
    // Next payload, version, exchange, flags, length.
    for (const [byte, value] of [
      [16, 60],
      [16, 5],
      [17, 0x21],
      [17, 0x10],
      [17, 0],
      [18, 0],
      [18, 2],
      [18, 99],
      [19, 0x80],
      [19, 0x21],
      [24, 1],
      [27, 0x23],
      [27, 0x25],
    ] as const)
      expect(changed(byte, value), `byte ${byte}: ${value}`).toBe('data')
    expect(peel(udp4(10500, 20500, v2.replace(/^.{16}/, '0'.repeat(16)))).stack.at(-1)).toBe('data')
    expect(peel(udp4(10500, 20500, `00000001${v2}`)).stack.at(-1)).toBe('data')
    expect(peel(udp4(10500, 20500, 'ff')).stack.at(-1)).toBe('data')
  })

  it('is not looked for where a port is claimed', () => {
    expect(peel(udp4(4500, 20500, v2)).stack).toEqual(['ip', 'udp', 'udpencap', 'esp'])
    expect(guesses(peel(udp4(500, 20500, v2)))).toEqual([])
  })

  it('is known where the capture cut it behind its header', () => {
    const { stack, statuses } = peel(udp4(10500, 20500, v2, 8))
    expect(stack.at(-1)).toBe('isakmp')
    expect(statuses.at(-1)).toBe('truncated')
  })

  it('is never made of random bytes', { timeout: 120_000 }, () => {
    const dissector = newDissector(new Session())
    let state = 7296
    const random = () => {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      return state >>> 0
    }
    const frames = [28, 32, 60, 100].map(length => udp4(10500, 20500, '00'.repeat(length)))
    for (let round = 0; round < 200_000; round++) {
      const frame = frames[round % 4]!
      for (let at = 28; at < frame.bytes.length; at++) frame.bytes[at] = random()
      // Every other one has a version and an exchange, so that the rest has to tell.
      const ahead = 28 + (round % 8 === 0 ? 4 : 0)
      if (round % 2 === 0) frame.bytes.set([0x2e, 0x20, 0x25, 0x08], ahead + 16)
      if (round % 8 === 0) frame.bytes.fill(0, 28, 32)
      expect(dissector.dissect(frame, 'peel').layerCount).toBe(3)
    }
  })
})

describe('ESP on ports that nobody claims', () => {
  it('is known between two who were seen to negotiate there, in both directions, from then on', () => {
    const session = new Session()
    const stackOf = (frame: Frame, number: number) => peel(numbered(frame, number), session).stack
    expect(stackOf(udp4(10500, 20500, espPacket), 1).at(-1)).toBe('data')
    expect(stackOf(udp4(10500, 20500, marker + v2), 2).at(-1)).toBe('isakmp')
    expect(stackOf(udp4(10500, 20500, espPacket), 3)).toEqual(['ip', 'udp', 'udpencap', 'esp'])
    const back = udp4(20500, 10500, espPacket)
    const addresses = back.bytes.slice(12, 20)
    back.bytes.set(addresses.subarray(4), 12)
    back.bytes.set(addresses.subarray(0, 4), 16)
    expect(stackOf(back, 4)).toEqual(['ip', 'udp', 'udpencap', 'esp'])
    // Frame 1 again: nobody had been seen to negotiate then.
    expect(stackOf(udp4(10500, 20500, espPacket), 1).at(-1)).toBe('data')
    expect(stackOf(udp4(10500, 20501, espPacket), 5).at(-1)).toBe('data')
    expect(stackOf(udp4(20500, 10500, espPacket), 6).at(-1)).toBe('data')
    expect(stackOf(udp4(10500, 20500, 'ff'), 7)).toEqual(['ip', 'udp', 'udpencap'])
  })

  it('says what it is a guess from', () => {
    const session = new Session()
    peel(numbered(udp4(10500, 20500, marker + v2), 2), session)
    expect(guesses(peel(numbered(udp4(10500, 20500, espPacket), 3), session))).toEqual([
      `info: No port says so, but these two spoke ${encapsulation} in packet 2: a guess`,
    ])
  })

  it('is not known where it cannot be ESP', () => {
    const session = new Session()
    peel(numbered(udp4(10500, 20500, marker + v2), 1), session)
    const lastOf = (payload: string) => peel(numbered(udp4(10500, 20500, payload), 2), session).stack.at(-1)
    expect(lastOf('000000ff 00000001 53fd41b34a0b805f')).toBe('data')
    expect(lastOf('00000100 00000001 53fd41b34a0b805f')).toBe('esp')
    expect(lastOf('d00d0000 00000001 53fd41b3')).toBe('data')
    expect(lastOf('d00d0000 00000001 53fd41b34a0b805f aa')).toBe('data')
    expect(lastOf('fe')).toBe('data')
  })

  it('is not known from a quotation', () => {
    const session = new Session()
    const quoted = Buffer.from(udp4(10500, 20500, marker + v2).bytes).toString('hex')
    const error = peel(numbered(ipv4(1, `0303fcfc00000000${quoted}`), 1), session)
    expect(error.stack).toEqual(['ip', 'icmp', 'ip', 'udp', 'udpencap', 'isakmp'])
    expect(peel(numbered(udp4(10500, 20500, espPacket), 2), session).stack.at(-1)).toBe('data')
  })

  it('is known over IPv6', () => {
    const session = new Session()
    const datagram = (payload: string) => {
      const length = (8 + hexBytes(payload).length).toString(16).padStart(4, '0')
      return ipv6(17, `2904 5014 ${length} 0000 ${payload}`)
    }
    expect(peel(numbered(datagram(marker + v2), 1), session).stack.at(-1)).toBe('isakmp')
    expect(peel(numbered(datagram(espPacket), 2), session).stack.at(-1)).toBe('esp')
  })

  it('needs memory for 65,536 pairs at most', { timeout: 60_000 }, () => {
    const session = new Session()
    const dissector = newDissector(session)
    const lastOf = (frame: Frame) => {
      const { protocols, layerCount } = dissector.dissect(frame, 'peel')
      return protocols[layerCount - 1]!.id
    }
    const spoken = udp4(10500, 0, marker + v2)
    const packet = numbered(udp4(10500, 0, espPacket), 0x20000)
    const talk = (frame: Frame, source: number, destination: number) => {
      new DataView(frame.bytes.buffer).setUint16(20, source)
      new DataView(frame.bytes.buffer).setUint16(22, destination)
      return lastOf(frame)
    }
    for (let pair = 0; pair < 0x10000 + 10; pair++)
      expect(talk(numbered(spoken, pair + 1), 10000 + (pair >> 8), 20000 + (pair & 255))).toBe('isakmp')
    expect(talk(packet, 10000, 20000)).toBe('esp')
    expect(talk(packet, 10255, 20255)).toBe('esp')
    expect(talk(packet, 10256, 20000)).toBe('data')
  })
})

describe('a capture on other ports', () => {
  it('reads as it would on the known ones', async () => {
    const session = new Session()
    const stacks = (await framesOf(captureFile('ikev2-other-ports.pcap'))).map(frame =>
      peel(frame, session).stack.slice(3).join(' '),
    )
    const [init, auth, packet] = ['isakmp', 'udpencap isakmp', 'udpencap esp']
    expect(stacks.slice(2)).toEqual([init, init, auth, auth, packet, packet, packet, packet, auth, auth])
  })
})
