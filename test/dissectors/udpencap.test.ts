import { describe, expect, it } from 'vitest'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

const natt = (payload: string, cut = 0) => peel(udp4(4500, 61000, payload, cut))

describe('UDP encapsulation of IPsec', () => {
  it('is ESP where the SPI is not 0, without a header of its own', () => {
    const { stack, found, show, places, line } = natt('d00d0000 00000001 53fd41b34a0b805f')
    expect(stack).toEqual(['ip', 'udp', 'udpencap', 'esp'])
    expect(found.layer(2).length).toBe(0)
    expect(show('esp.spi')).toEqual(['0xd00d0000'])
    expect(places('esp.spi')).toEqual(['224+32'])
    expect(line()).toBe('192.0.2.1.4500 > 192.0.2.2.61000: udpencap: esp spi 0xd00d0000 seq 1 len 16')
    for (const spi of ['01000000', '00010000', '00000100', '00000001'])
      expect(natt(`${spi} 00000001`).stack).toContain('esp')
  })

  it('is IKE behind four zero bytes', () => {
    const { stack, values, places, notes, line } = natt(
      '00000000 3a05b9a5a2cf5ba6 0000000000000000 21 20 22 08 00000000 0000001c',
    )
    expect(stack).toEqual(['ip', 'udp', 'udpencap', 'isakmp'])
    expect(values('udpencap.non_esp_marker')).toEqual([0])
    expect(places('udpencap.non_esp_marker')).toEqual(['224+32'])
    expect(values('isakmp.ispi')).toEqual(['3a05b9a5a2cf5ba6'])
    expect(notes).toEqual(['error: Malformed: Next payload needs 1 byte, Length leaves 0'])
    expect(line()).toContain(
      'udpencap: isakmp v2.0 exchange IKE_SA_INIT\n\tcookie: 3a05b9a5a2cf5ba6->0000000000000000',
    )
  })

  it('is a keepalive where it is one byte of ones', () => {
    const { stack, values, notes, line } = natt('ff')
    expect(stack).toEqual(['ip', 'udp', 'udpencap'])
    expect(values('udpencap.nat_keepalive')).toEqual([255])
    expect(notes).toEqual([])
    expect(line()).toBe('192.0.2.1.4500 > 192.0.2.2.61000: NAT-T Keepalive')
  })

  it('needs four bytes otherwise', () => {
    expect(natt('ffff').notes).toEqual(['error: Malformed: Non-ESP marker needs 4 bytes, Length leaves 2'])
    expect(natt('00').statuses.at(-1)).toBe('malformed')
    expect(natt('d00d0000 00000001', 5).notes).toEqual([
      'warning: Truncated: Non-ESP marker needs 4 bytes, the capture holds 3',
    ])
    expect(natt('00').line()).toBe('192.0.2.1.4500 > 192.0.2.2.61000: udpencap [|udpencap]')
  })
})
