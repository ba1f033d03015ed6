import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

const frames = await framesOf(captureFile('wireguard.pcap'))
const packet = (number: number) => peel(frames[number - 1]!)

/** Bytes of `length` times `byte`, as hex. */
const fill = (length: number, byte = '5a'): string => byte.repeat(length)
const data = (payload: string) => `04000000 0adbece5 0900000000000000 ${payload}`

// Expected values are tshark's, and the keys that wg(8) showed when the capture was made.
describe('WireGuard', () => {
  it('reads a handshake', () => {
    const first = packet(1)
    expect(first.stack).toEqual(['eth', 'ip', 'udp', 'wg'])
    expect(first.show('wg.type')).toEqual(['Handshake Initiation (1)'])
    expect(first.values('wg.sender')).toEqual([0x77b576c2])
    expect(first.show('wg.ephemeral')).toEqual(['y2Nlr+j0N+3l+lCKtXmiNHNwShTnL2qKyBYhWnhkn3o='])
    expect(first.places('wg.encrypted_static')).toEqual([`${82 * 8}+384`])
    expect(first.places('wg.encrypted_timestamp')).toEqual([`${130 * 8}+224`])
    expect(first.show('wg.mac1')).toEqual(['aac1c659d3b513a26a688ff1e818c7ab'])
    expect(first.places('wg.mac2')).toEqual([`${174 * 8}+128`])
    expect(first.notes).toEqual([])
    const answer = packet(2)
    expect(answer.show('wg.sender')).toEqual(['0xe5ecdb0a'])
    expect(answer.show('wg.receiver')).toEqual(['0x77b576c2'])
    expect(answer.places('wg.encrypted_empty')).toEqual([`${86 * 8}+128`])
    expect(answer.line()).toContain('[wg] response from 0xe5ecdb0a to 0x77b576c2')
  })

  it('tells data from a keepalive', () => {
    const { show, statuses, notes, line } = packet(6)
    expect(show('wg.receiver')).toEqual(['0xe5ecdb0a'])
    expect(show('wg.counter')).toEqual(['5'])
    expect(statuses.at(-1)).toBe('opaque')
    expect(notes).toEqual([
      'info: Encrypted: the IP packet inside can be read only with the keys of this session',
    ])
    expect(line()).toContain('[wg] data length 144 to 0xe5ecdb0a nonce 5')
    expect(packet(7).found.layer(3).summary).toBe('keepalive, to 0xe5ecdb0a, counter 9')
    expect(packet(7).line()).toContain('[wg] keepalive to 0xe5ecdb0a nonce 9')
  })

  it('counts with 64 bits', () => {
    const late = peel(udp4(51820, 51820, `04000000 01000000 00000000 00000010 ${fill(16)}`))
    expect(late.show('wg.counter')).toEqual(['1152921504606846976'])
    expect(late.values('wg.counter')).toEqual(['1000000000000000'])
  })

  it('reads cookies, and what is made with them', () => {
    const cookie = packet(12)
    expect(cookie.show('wg.type')).toEqual(['Cookie Reply (3)'])
    expect(cookie.show('wg.receiver')).toEqual(['0x77b576c2'])
    expect(cookie.places('wg.nonce')).toEqual([`${50 * 8}+192`])
    expect(cookie.places('wg.encrypted_cookie')).toEqual([`${74 * 8}+256`])
    expect(packet(13).notes).toContain('info: The sender was asked for a cookie before, and shows it here')
  })

  it('is guessed on other ports, and says so', () => {
    for (const number of [11, 12, 13, 14, 15]) {
      expect(packet(number).stack.at(-1)).toBe('wg')
      expect(packet(number).notes[0]).toBe(
        'info: No port says so, but what follows looks like WireGuard: a guess from header and length',
      )
    }
    const stack = (payload: string) => peel(udp4(40001, 40002, payload)).stack.at(-1)
    expect(stack(`01000000 ${fill(144)}`)).toBe('wg')
    expect(stack(`01000000 ${fill(145)}`)).toBe('data')
    expect(stack(`01000001 ${fill(144)}`)).toBe('data')
    expect(stack(`02000000 ${fill(88)}`)).toBe('wg')
    expect(stack(`03000000 ${fill(60)}`)).toBe('wg')
    expect(stack(data(fill(16)))).toBe('wg')
    expect(stack(data(fill(17)))).toBe('data')
    expect(stack(data(''))).toBe('data')
    expect(stack(`04000000 ${fill(28)}`)).toBe('data')
    expect(stack(`05000000 ${fill(144)}`)).toBe('data')
  })

  it('says what is odd', () => {
    const other = peel(udp4(51820, 40000, '05000000 68656c6c6f'))
    expect(other.statuses.at(-1)).toBe('unknown')
    expect(other.notes).toEqual(['info: No message of WireGuard has this type'])
    expect(other.values('wg.data')).toEqual(['00000068656c6c6f'])
    expect(other.line()).toContain('[wg] unknown')
    expect(peel(udp4(51820, 40000, `04a1b2c3 0adbece5 0900000000000000 ${fill(16)}`)).notes[0]).toMatch(
      /^warning: These bytes are to be 0/,
    )
    expect(peel(udp4(51820, 40000, data(fill(20)))).notes[0]).toMatch(/multiples of 16 bytes/)
    const long = peel(udp4(51820, 40000, `03000000 ${fill(62)}`))
    expect(long.notes).toEqual(['warning: Cookie Reply has 64 bytes, more of them are here: it is refused'])
    expect(long.values('wg.data')).toEqual(['5a5a'])
  })

  it('refuses what is too short', () => {
    expect(peel(udp4(51820, 40000, data(fill(15)))).notes).toEqual([
      'error: Malformed: Encrypted Packet is 15 bytes, its tag alone has 16',
    ])
    expect(peel(udp4(51820, 40000, `01000000 ${fill(100)}`)).statuses.at(-1)).toBe('malformed')
    const cut = peel(udp4(51820, 40000, data(fill(32)), 20))
    expect(cut.statuses.at(-1)).toBe('truncated')
  })
})
