import { describe, expect, it } from 'vitest'
import { ipv4 } from '../craft.ts'
import { peel } from '../peel.ts'

/** A segment from port 40000 to 4500; its checksum is not computed, and notes of it are left out. */
function segment(payload: string, cut = 0) {
  const peeled = peel(ipv4(6, `9c40 1194 00000001 00000001 5018 2000 0000 0000 ${payload}`, cut))
  return { ...peeled, notes: peeled.notes.filter(note => !note.includes('hecksum')) }
}

const iketcp = '494b45544350'
// An IKE header that says it is all: 28 bytes.
const ike = '3a05b9a5a2cf5ba6 97af7ba5d2574913 00 20 25 08 00000001 0000001c'
const esp = 'd00d0000 00000001 53fd41b34a0b805f'

describe('TCP encapsulation of IKE and IPsec', () => {
  it('opens the stream with a prefix', () => {
    const { stack, values, show, places, notes } = segment(`${iketcp} 0022 00000000 ${ike}`)
    expect(stack).toEqual(['ip', 'tcp', 'tcpencap', 'isakmp'])
    expect(show('tcpencap.stream_prefix')).toEqual(['IKETCP'])
    expect(places('tcpencap.stream_prefix')).toEqual(['320+48'])
    expect(values('tcpencap.length')).toEqual([34])
    expect(places('tcpencap.length')).toEqual(['368+16'])
    expect(values('tcpencap.non_esp_marker')).toEqual([0])
    expect(places('tcpencap.non_esp_marker')).toEqual(['384+32'])
    expect(places('isakmp.ispi')).toEqual(['416+64'])
    expect(notes).toEqual([])
  })

  it('may have the prefix alone in a segment', () => {
    const { stack, found, notes } = segment(iketcp)
    expect(stack).toEqual(['ip', 'tcp', 'tcpencap'])
    expect(found.layer(2).summary).toBe('stream prefix')
    expect(notes).toEqual([])
  })

  it('carries ESP without a marker', () => {
    const { stack, show, places, found } = segment(`0012 ${esp}`)
    expect(stack).toEqual(['ip', 'tcp', 'tcpencap', 'esp'])
    expect(show('esp.spi')).toEqual(['0xd00d0000'])
    expect(places('esp.spi')).toEqual(['336+32'])
    expect(places('esp.encrypted_data')).toEqual(['400+64'])
    expect(found.layer(2).summary).toBe('ESP, 18 bytes')
  })

  it('shows the beginnings of further messages in the segment', () => {
    const { stack, values, places, show, notes } = segment(
      `0022 00000000 ${ike} 0012 ${esp} 0003 ff 0022 00000000 ${ike}`,
    )
    expect(stack).toEqual(['ip', 'tcp', 'tcpencap', 'isakmp'])
    expect(values('tcpencap.length')).toEqual([34, 18, 3, 34])
    expect(places('tcpencap.message')).toEqual(['592+144', '736+24', '760+272'])
    expect(show('tcpencap.esp_spi')).toEqual(['0xd00d0000'])
    expect(values('tcpencap.esp_sequence')).toEqual([1])
    expect(values('tcpencap.nat_keepalive')).toEqual([255])
    expect(values('tcpencap.non_esp_marker')).toEqual([0, 0])
    expect(values('tcpencap.data')).toEqual(['53fd41b34a0b805f', ike.replaceAll(' ', '')])
    expect(notes.filter(note => !note.startsWith('info'))).toEqual([])
  })

  it('ignores a keepalive', () => {
    const { stack, values, found } = segment('0003 ff')
    expect(stack).toEqual(['ip', 'tcp', 'tcpencap'])
    expect(values('tcpencap.nat_keepalive')).toEqual([255])
    expect(found.layer(2).summary).toBe('NAT keepalive')
  })

  it('does not put segments together, and says so', () => {
    const { stack, statuses, show, notes } = segment(`0400 ${esp}`)
    expect(stack).toEqual(['ip', 'tcp', 'tcpencap', 'esp'])
    expect(show('esp.spi')).toEqual(['0xd00d0000'])
    expect(statuses).not.toContain('malformed')
    expect(notes[0]).toBe(
      'info: The message has 1024 bytes, 18 of them in this segment; the rest is in later ones, which are not put together. Or the segment begins inside a message',
    )
    expect(segment('0400 aabb').values('tcpencap.part')).toEqual(['aabb'])
    const last = segment(`0012 ${esp} 0400 aabb`)
    expect(last.values('tcpencap.part')).toEqual(['0400aabb'])
    expect(last.notes).toContain('info: The last message of this segment goes on in the next one')
    expect(segment(`0012 ${esp} 04`).values('tcpencap.part')).toEqual(['04'])
  })

  it('takes lengths that cannot be true for the middle of a message', () => {
    for (const bytes of ['0000 aabb', '0001 aabb', '0002', '0009 11223344556677', '00']) {
      const { statuses, values, notes } = segment(bytes)
      expect(statuses.at(-1)).toBe('complete')
      expect(values('tcpencap.part')).toEqual([bytes.replace(' ', '')])
      expect(notes).toEqual(['info: The segment begins inside a message, which is not put together'])
    }
  })

  it('gives back what the first message does not take of its length', () => {
    const { stack, values } = segment(`0024 00000000 ${ike} aabb 0012 ${esp}`)
    expect(stack).toEqual(['ip', 'tcp', 'tcpencap', 'isakmp'])
    expect(values('tcpencap.part')).toEqual(['aabb'])
    expect(values('tcpencap.esp_sequence')).toEqual([1])
  })

  it('is truncated where the capture ends in it', () => {
    expect(segment(`${iketcp} 0022 00000000 ${ike}`, 36).notes).toEqual([
      'warning: Truncated: Stream prefix needs 6 bytes, the capture holds 4',
    ])
    expect(segment('0012 d00d0000 00000001', 7).statuses.at(-1)).toBe('truncated')
    expect(segment(`0022 00000000 ${ike} 0012 ${esp}`, 4).statuses).toContain('truncated')
  })
})
