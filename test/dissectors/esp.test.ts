import { describe, expect, it } from 'vitest'
import { ipv4 } from '../craft.ts'
import { frameOf, hexBytes, peel, raw } from '../peel.ts'

// Linux, AES-GCM with 128 bits, tunnel mode.
const captured = hexBytes(`
  fee1bbd10002 fee1bbd10001 0800 4500008c 3db84000 40327934 c0a80101 c0a80102 00001001 00000001
  20cbdb35ba517190 c52e02f956ea17c8b14be69dc83ed57e2175a2d4095ba3dbf368bd6df5da218c0b7e8390545e3d740452e0c3
  50702efc41f80590fbc81687cc7f458faab2117c6940c832a9fc535e118a1f3d60ec4a0859d31d7716ee8f7ac5be1eab00b93f8c2745f4699330535c`)

describe('ESP', () => {
  it('shows the association and leaves the rest closed', () => {
    const { stack, statuses, show, values, places, notes, line } = peel(frameOf(captured))
    expect(stack).toEqual(['eth', 'ip', 'esp'])
    expect(statuses).toEqual(['complete', 'complete', 'opaque'])
    expect(show('esp.spi')).toEqual(['0x00001001'])
    expect(places('esp.spi')).toEqual(['272+32'])
    expect(values('esp.sequence')).toEqual([1])
    expect(places('esp.sequence')).toEqual(['304+32'])
    expect(places('esp.encrypted_data')).toEqual(['336+896'])
    expect(notes).toEqual([
      'info: Encrypted: what is inside can be read only with the keys of this association',
    ])
    expect(line()).toBe('192.168.1.1 > 192.168.1.2: esp spi 0x00001001 seq 1 len 120 (DF)')
    expect(line({ verbose: 1 })).toBe(
      '192.168.1.1 > 192.168.1.2: esp spi 0x00001001 seq 1 len 120 (DF) (ttl 64, id 15800, len 140)',
    )
  })

  it('prints its whole length where the capture is cut behind the header', () => {
    // OpenBSD's default snap length kept 102 bytes of such packets: esp spi 0x927eb88c seq 2 len 136.
    const bytes = new Uint8Array(102)
    bytes.set(hexBytes('4500009c 00010000 4032b6ea c0a80102 c0a80101 927eb88c 00000002'))
    const { statuses, line } = peel(frameOf(bytes, raw, 156))
    expect(statuses.at(-1)).toBe('truncated')
    expect(line()).toBe('192.168.1.2 > 192.168.1.1: esp spi 0x927eb88c seq 2 len 136')
  })

  it('warns of an SPI that nobody may choose', () => {
    expect(peel(ipv4(50, '00000000 00000001 aabbccdd')).notes).toContain('warning: SPI 0 is never sent')
    expect(peel(ipv4(50, '000000ff 00000001 aabbccdd')).notes).toContain(
      'warning: SPIs 1 to 255 are reserved',
    )
    expect(peel(ipv4(50, '00000100 00000001 aabbccdd')).notes).toHaveLength(1)
  })

  it('tells what its length and number give away', () => {
    const closed = 'info: Encrypted: what is inside can be read only with the keys of this association'
    expect(peel(ipv4(50, '00001001 00000001 aabbccddee')).notes).toEqual([
      'warning: 5 bytes follow, but ESP pads what it encrypts to a multiple of 4 bytes',
      closed,
    ])
    expect(peel(ipv4(50, '00001001 00000001')).notes[0]).toBe(
      'error: Nothing follows: not even padding length and next header fit',
    )
    expect(peel(ipv4(50, '00001001 00000000 aabbccdd')).notes).toEqual([
      'info: The first packet has number 1: 0 is sent only where extended numbers pass 2³², or where nobody counts',
      closed,
    ])
    // Cut by the capture: how many bytes there are is known, but nothing more than that.
    expect(peel(ipv4(50, '00001001 00000001 aabbccddee', 2)).notes.join()).not.toContain('multiple of 4')
  })

  it('tells cut from contradictory', () => {
    const cut = peel(ipv4(50, '00001001 00000001', 3))
    expect(cut.notes).toEqual(['warning: Truncated: Sequence number needs 4 bytes, the capture holds 1'])
    expect(cut.line()).toBe('192.0.2.1 > 192.0.2.2: esp [|esp]')
    const lie = peel(ipv4(50, '00001001 0000'))
    expect(lie.notes).toEqual(['error: Malformed: Sequence number needs 4 bytes, Total length leaves 2'])
  })
})
