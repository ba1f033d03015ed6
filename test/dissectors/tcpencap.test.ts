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

  it('peels every message of a segment', () => {
    const { stack, values, places, show, notes, found } = segment(
      `0022 00000000 ${ike} 0012 ${esp} 0003 ff 0022 00000000 ${ike}`,
    )
    expect(stack.slice(2)).toEqual([
      ...['tcpencap', 'isakmp'],
      ...['tcpencap', 'esp'],
      'tcpencap',
      ...['tcpencap', 'isakmp'],
    ])
    expect(values('tcpencap.length')).toEqual([34, 18, 3, 34])
    expect(places('tcpencap.length')).toEqual(['320+16', '592+16', '736+16', '760+16'])
    expect(show('esp.spi')).toEqual(['0xd00d0000'])
    expect(places('isakmp.ispi')).toEqual(['368+64', '808+64'])
    expect(values('tcpencap.nat_keepalive')).toEqual([255])
    expect(values('tcpencap.non_esp_marker')).toEqual([0, 0])
    expect(notes.filter(note => !note.startsWith('info'))).toEqual([])
    const around = Array.from({ length: found.layerCount }, (_, i) => found.layer(i).outer?.protocol.id)
    expect(around.slice(2)).toEqual(['tcp', 'tcpencap', 'tcp', 'tcpencap', 'tcp', 'tcp', 'tcpencap'])
  })

  it('ignores a keepalive', () => {
    const { stack, values, found } = segment('0003 ff')
    expect(stack).toEqual(['ip', 'tcp', 'tcpencap'])
    expect(values('tcpencap.nat_keepalive')).toEqual([255])
    expect(found.layer(2).summary).toBe('NAT keepalive')
  })

  it('shows without a session the beginning of a message that goes on', () => {
    const { stack, statuses, show, notes } = segment(`0400 ${esp}`)
    expect(stack).toEqual(['ip', 'tcp', 'tcpencap', 'esp'])
    expect(show('esp.spi')).toEqual(['0xd00d0000'])
    expect(statuses).not.toContain('malformed')
    expect(notes[0]).toBe(
      'info: The last message of this segment goes on in later ones: its beginning is read',
    )
    const last = segment(`0012 ${esp} 0400 aabbccdd`)
    expect(last.stack).toEqual(['ip', 'tcp', 'tcpencap', 'esp', 'tcpencap', 'esp'])
    expect(last.statuses).not.toContain('malformed')
    expect(segment(`0012 ${esp} 04`).statuses).toEqual([
      ...['complete', 'complete', 'complete', 'opaque'],
      'truncated',
    ])
  })

  it('takes lengths that cannot be true for the middle of a message', () => {
    for (const bytes of ['0000 aabb', '0001 aabb', '0002', '0009 11223344556677']) {
      const { stack, statuses, values, notes } = segment(bytes)
      expect(stack).toEqual(['ip', 'tcp', 'data'])
      expect(statuses.at(-1)).toBe('complete')
      expect(values('data.data')).toEqual([bytes.replace(' ', '')])
      expect(notes).toEqual([])
    }
  })

  it('gives back what a message does not take of its length', () => {
    const { stack, found, values } = segment(`0024 00000000 ${ike} aabb 0012 ${esp}`)
    expect(stack).toEqual(['ip', 'tcp', 'tcpencap', 'isakmp', 'tcpencap', 'esp'])
    expect(found.layer(2).length).toBe(2 + 4 + 2)
    expect(values('esp.sequence')).toEqual([1])
  })

  it('is truncated where the capture ends in it', () => {
    expect(segment(`${iketcp} 0022 00000000 ${ike}`, 36).notes).toEqual([
      'warning: Truncated: Stream prefix needs 6 bytes, the capture holds 4',
    ])
    expect(segment('0012 d00d0000 00000001', 7).statuses.at(-1)).toBe('truncated')
    expect(segment(`0022 00000000 ${ike} 0012 ${esp}`, 4).statuses).toContain('truncated')
  })
})
