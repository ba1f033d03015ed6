import { describe, expect, it } from 'vitest'
import { frameOf, hexBytes, peel } from '../peel.ts'

// Values and texts are tshark's and tcpdump's for the same bytes.

const link = 109
const echo = '4500001c000100004001f6dcc0000201c00002020800f7ff00000000'
const echo6 =
  '6000000000083a40 20010db8000000000000000000000001 20010db8000000000000000000000002 8000244500010002'
const enc = (hex: string) => peel(frameOf(hexBytes(hex), link))

describe('enc', () => {
  it('reads the header of a little-endian machine', () => {
    const p = enc(`02000000 00001000 000c0000 ${echo}`)
    expect(p.stack.slice(0, 2)).toEqual(['enc', 'ip'])
    expect(p.show('enc.af')).toEqual(['IPv4 (2)'])
    expect(p.show('enc.spi')).toEqual(['0x00001000'])
    expect(p.places('enc.spi')).toEqual(['32+32'])
    expect(p.values('enc.flags')).toEqual([0xc00])
    expect(p.values('enc.flags.payload_enc')).toEqual([1])
    expect(p.places('enc.flags.payload_enc')).toEqual(['77+1'])
    expect(p.values('enc.flags.payload_auth')).toEqual([1])
    expect(p.places('enc.flags.payload_auth')).toEqual(['76+1'])
    expect(p.values('enc.flags.payload_compress')).toEqual([0])
    expect(p.values('enc.flags.header_auth')).toEqual([0])
  })

  it('reads the header of a big-endian machine', () => {
    const p = enc(`00000018 00001000 00003c00 ${echo6}`)
    expect(p.stack.slice(0, 2)).toEqual(['enc', 'ipv6'])
    expect(p.values('enc.af')).toEqual([24])
    expect(p.values('enc.flags')).toEqual([0x3c00])
    expect(p.values('enc.flags.payload_enc')).toEqual([1])
    expect(p.places('enc.flags.payload_enc')).toEqual(['85+1'])
    expect(p.values('enc.flags.payload_auth')).toEqual([1])
    expect(p.values('enc.flags.payload_compress')).toEqual([1])
    expect(p.places('enc.flags.payload_compress')).toEqual(['83+1'])
    expect(p.values('enc.flags.header_auth')).toEqual([1])
    expect(p.places('enc.flags.header_auth')).toEqual(['82+1'])
  })

  it.each([
    ['000c0000', '(authentic,confidential): SPI 0x00001000: 192.0.2.1 > '],
    ['00080000', '(authentic): SPI 0x00001000: 192.0.2.1 > '],
    ['00040000', '(confidential): SPI 0x00001000: 192.0.2.1 > '],
    ['00000000', '(unprotected): SPI 0x00001000: 192.0.2.1 > '],
    ['00200000', '(SPI 0x00001000: 192.0.2.1 > '],
    ['003c0000', '(authentic,confidential,SPI 0x00001000: 192.0.2.1 > '],
  ])('prints flags %s as tcpdump does', (flags, text) => {
    expect(enc(`02000000 00001000 ${flags} ${echo}`).line().startsWith(text)).toBe(true)
  })

  it('shows a family that no dissector claims', () => {
    const p = enc('63000000 00000001 00000000 4142')
    expect(p.stack).toEqual(['enc', 'data'])
    expect(p.notes).toEqual(['info: No dissector claims address family 99'])
  })

  it('keeps what is captured (11 bytes)', () => {
    const p = peel(frameOf(hexBytes('02000000 00001000 000c00'), link, 40))
    expect(p.show('enc.spi')).toEqual(['0x00001000'])
    expect(p.notes).toEqual(['warning: Truncated: Flags needs 4 bytes, the capture holds 3'])
    expect(p.line()).toBe(' [|enc]')
  })
})
