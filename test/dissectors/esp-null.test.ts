import { describe, expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { ipv4, ipv6, udp4 } from '../craft.ts'
import { frameOf, hexBytes, peel } from '../peel.ts'

const guessed =
  'info: Looks unencrypted (ESP-NULL): a guess, because padding, next header and the lengths and sums of the packet inside fit'
const closed = 'info: Encrypted: what is inside can be read only with the keys of this association'

// Linux, transport mode, NULL with HMAC-SHA-1-96; values as tshark shows them when it is told that nothing is encrypted.
const transport = `
  fee1bbd10002 fee1bbd10001 0800 4500006c11e740004032a525c0a80101c0a80102 00001001 00000001
  08009d6800e60001fc08016b000000009769060000000000101112131415161718191a1b1c1d1e1f202122232425262728292a2b
  2c2d2e2f3031323334353637 0102 02 01 61e596a919dc7e9828013f07`

// Linux, tunnel mode, NULL with HMAC-SHA-256-128.
const tunnel = `
  fee1bbd10002 fee1bbd10001 0800 450000840abe40004032ac36c0a80101c0a80102 00001001 00000001
  45000054d0d44000400111b1ac100001ac1000020800fc9b013100017c0d016b00000000bce60100000000001011121314151617
  18191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334353637 0102 02 04 ab39ed165edafb573cdf9fc801cf39c9`

// Made by hand, with sums of the addresses that `ipv4` and `ipv6` have.
const tcp = '270fc000000000010000000250100100ffe6000068656c6c6f 01 01 06'
const udp = '00359c40000f595d736576656e2e2e 010203 03 11'
const echo6 = '80005f7b0001000161626364 0102 02 3a'
const inner6 = `60000000000c114020010db800000000000000000000000120010db8000000000000000000000002
  00359c40000c2c0a666f7572 0102 02 29`
const header = '00001001 00000001'
const icv = (length: number) => 'c5'.repeat(length)

const esp4 = (rest: string) => peel(ipv4(50, `${header}${rest}`))
const esp6 = (rest: string) => peel(ipv6(50, `${header}${rest}`))

describe('ESP that encrypts nothing', () => {
  it('is read in transport mode', () => {
    const { stack, statuses, notes, show, values, places, line, found } = peel(frameOf(hexBytes(transport)))
    expect(stack).toEqual(['eth', 'ip', 'esp', 'icmp', 'data'])
    expect(statuses[2]).toBe('complete')
    expect(notes).toEqual([guessed])
    expect(values('icmp.seq')).toEqual([1])
    expect(values('esp.pad')).toEqual([0x0102].map(pad => pad.toString(16).padStart(4, '0')))
    expect(values('esp.pad_len')).toEqual([2])
    expect(show('esp.protocol')).toEqual(['ICMP (1)'])
    expect(values('esp.icv')).toEqual(['61e596a919dc7e9828013f07'])
    expect(places('esp.pad')).toEqual([`${(14 + 20 + 8 + 64) * 8}+16`])
    expect(places('esp.icv')).toEqual([`${(14 + 20 + 8 + 68) * 8}+96`])
    expect(found.layer(2).summary).toBe('SPI 0x00001001, sequence 1, unencrypted')
    expect(line()).toBe('192.168.1.1 > 192.168.1.2: esp spi 0x00001001 seq 1 len 88 (DF)')
  })

  it('is read in tunnel mode', () => {
    const { stack, notes, show, values } = peel(frameOf(hexBytes(tunnel)))
    expect(stack).toEqual(['eth', 'ip', 'esp', 'ip', 'icmp', 'data'])
    expect(notes).toEqual([guessed])
    expect(show('ip.src')).toEqual(['192.168.1.1', '172.16.0.1'])
    expect(show('esp.protocol')).toEqual(['IPv4 encapsulation (4)'])
    expect(values('esp.icv')).toEqual(['ab39ed165edafb573cdf9fc801cf39c9'])
  })

  it.each([0, 12, 16, 24, 32])('is found in front of a check value of %i bytes', length => {
    expect(esp4(tcp + icv(length)).stack).toEqual(['ip', 'esp', 'tcp', 'data'])
    expect(esp4(udp + icv(length)).stack.slice(0, 3)).toEqual(['ip', 'esp', 'udp'])
    expect(esp6(echo6 + icv(length)).stack.slice(0, 3)).toEqual(['ipv6', 'esp', 'icmpv6'])
    expect(esp4(inner6 + icv(length)).stack.slice(0, 4)).toEqual(['ip', 'esp', 'ipv6', 'udp'])
    expect(esp4(tcp + icv(length)).values('esp.icv')).toEqual(length > 0 ? [icv(length)] : [])
    expect(esp4(tcp + icv(length)).notes).toEqual([guessed])
  })

  it('is found behind the vector of AES-GMAC', () => {
    const { stack, values, places } = esp4(`${'a1'.repeat(8)}${udp}${icv(16)}`)
    expect(stack.slice(0, 3)).toEqual(['ip', 'esp', 'udp'])
    expect(values('esp.iv')).toEqual(['a1'.repeat(8)])
    expect(places('esp.iv')).toEqual(['224+64'])
    expect(values('esp.pad')).toEqual(['010203'])
  })

  it('is found in UDP too', () => {
    expect(peel(udp4(4500, 4500, `${header}${tcp}${icv(12)}`)).stack).toEqual([
      'ip',
      'udp',
      'udpencap',
      'esp',
      'tcp',
      'data',
    ])
  })
})

describe('the guess', () => {
  const closes = (hex: string) => {
    const { stack, notes } = peel(frameOf(hexBytes(hex)))
    expect(stack.at(-1)).toBe('esp')
    expect(notes).toContain(closed)
  }

  it('is not made of a packet that is cut, or quoted', () => {
    const bytes = hexBytes(transport)
    expect(peel(frameOf(bytes.subarray(0, bytes.length - 1), 1, bytes.length)).stack.at(-1)).toBe('esp')
    const quoted = `0303fcfc00000000 ${Buffer.from(bytes.subarray(14)).toString('hex')}`
    expect(peel(ipv4(1, quoted)).stack).toEqual(['ip', 'icmp', 'ip', 'esp'])
  })

  it('is not made where a single bit of the packet inside is another one', () => {
    const whole = hexBytes(transport)
    const [from, until] = [14 + 20 + 8, whole.length - 12]
    for (let bit = from * 8; bit < until * 8; bit++) {
      const bytes = whole.slice()
      bytes[bit >> 3]! ^= 128 >> (bit & 7)
      expect(peel(frameOf(bytes)).stack.at(-1), `bit ${bit}`).toBe('esp')
    }
  })

  it('is not made where the addresses are not those of the sums, as behind NAT', () => {
    expect(peel(ipv4(50, `${header}${tcp}${icv(12)}`)).stack).toContain('tcp')
    const natted = ipv4(50, `${header}${tcp}${icv(12)}`)
    natted.bytes[15]! ^= 1
    expect(peel(natted).stack).toEqual(['ip', 'esp'])
  })

  it('is not made of UDP without a sum', () => {
    closes(
      `fee1bbd10002 fee1bbd10001 0800 45000028000000004032f7a6c0a80101c0a80102 ${header} 00359c40000800000102 0211`,
    )
  })

  it('is never made of random bytes', { timeout: 120_000 }, () => {
    const dissector = newDissector()
    let state = 20240911
    const random = () => {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      return state >>> 0
    }
    const frames = [ipv4, ipv6].flatMap(packet =>
      [40, 56, 64, 72, 96, 200].map(length => ({
        frame: packet(50, `${header}${'00'.repeat(length)}`),
        length,
      })),
    )
    for (let round = 0; round < 200_000; round++) {
      const { frame, length } = frames[round % frames.length]!
      const { bytes } = frame
      for (let at = bytes.length - length; at < bytes.length; at++) bytes[at] = random()
      // A next header that is looked for, and no padding: else only one packet in 10,000 would get past these.
      if (round % 2 === 0) {
        const end = bytes.length - [0, 12, 16, 24, 32][random() % 5]!
        bytes[end - 1] = [4, 41, 6, 17, 1, 58][random() % 6]!
        bytes[end - 2] = 0
      }
      expect(dissector.dissect(frame, 'peel').layerCount).toBe(2)
    }
  })
})
