import { describe, expect, it } from 'vitest'
import { ipv4, ipv6 } from '../craft.ts'
import { peel } from '../peel.ts'

const lite = (coverage: string, checksum: string) => `c000c001${coverage}${checksum}68656c6c6f`
const lone = (coverage: string, checksum: string) => peel(ipv4(136, lite(coverage, checksum)))

describe('UDP-Lite', () => {
  it('delimits its fields', () => {
    const { stack, values, places, show, notes } = lone('000a', '92f4')
    expect(stack).toEqual(['ip', 'udplite', 'data'])
    expect([values('udp.srcport'), places('udp.srcport')]).toEqual([[49152], ['160+16']])
    expect([values('udp.dstport'), places('udp.dstport')]).toEqual([[49153], ['176+16']])
    expect([values('udp.checksum_coverage'), places('udp.checksum_coverage')]).toEqual([[10], ['192+16']])
    expect([show('udp.checksum'), places('udp.checksum')]).toEqual([['0x92f4'], ['208+16']])
    expect(notes).toEqual([])
  })

  // The sums are tshark's.
  it.each([
    ['0000', '0xb791'],
    ['0008', '0xfb5b'],
    ['000a', '0x92f4'],
    ['000d', '0xb784'],
  ])('verifies a checksum that covers %s bytes', (coverage, expected) => {
    expect(lone(coverage, '1234').notes).toEqual([`error: Checksum 0x1234 is wrong, ${expected} expected`])
    expect(lone(coverage, expected.slice(2)).notes).toEqual([])
  })

  it('verifies over IPv6', () => {
    expect(peel(ipv6(136, lite('000a', '1234'))).notes).toEqual([
      'error: Checksum 0x1234 is wrong, 0xbb83 expected',
    ])
  })

  it('notes a coverage that cannot be, and goes on', () => {
    for (const [coverage, number] of [
      ['0005', 5],
      ['0007', 7],
      ['000e', 14],
    ] as const) {
      const { notes, stack } = lone(coverage, '1234')
      expect(notes).toEqual([
        `error: Checksum coverage ${number} is neither 0 nor between 8 and the 13 bytes`,
      ])
      expect(stack).toEqual(['ip', 'udplite', 'data'])
    }
  })

  it('needs a checksum', () => {
    expect(lone('0008', '0000').notes).toEqual([
      'error: No checksum, which UDP-Lite does not allow: receivers drop it',
    ])
  })

  it('verifies what is covered though the rest is cut off', () => {
    expect(peel(ipv4(136, lite('000a', '1234'), 3)).notes).toContain(
      'error: Checksum 0x1234 is wrong, 0x92f4 expected',
    )
    expect(peel(ipv4(136, lite('000d', '1234'), 3)).notes).toEqual([
      'warning: Truncated: Data needs 5 bytes, the capture holds 2',
    ])
  })

  it('prints in the manner of UDP', () => {
    expect(lone('000a', '92f4').line()).toBe('192.0.2.1.49152 > 192.0.2.2.49153: udplite 5')
    expect(lone('000a', '92f4').line({ verbose: 1 })).toContain(
      ': [udplite sum ok] udplite 5 coverage 10 (ttl',
    )
    expect(lone('000a', '1234').line({ verbose: 1 })).toContain(
      ': [bad udplite cksum 1234! -> 92f4] udplite 5',
    )
  })
})
