import { describe, expect, it } from 'vitest'
import { frameOf, hexBytes, peel } from '../peel.ts'

const packet = '45000014000000004004 f6e2 c0000201 c0000202'
const framed = (after: string, cut = 0) => {
  const bytes = hexBytes(`00163e0000b2 00163e0000b1 ${after}`)
  return peel(frameOf(bytes.subarray(0, bytes.length - cut), 1, bytes.length))
}

// Names, values and places are those of tshark where it has them; layouts those of IEEE 802.1AE §9 and 802.1Q §9.7, RFC 8300.
describe('MACsec', () => {
  it('is opaque, but for its tag', () => {
    const { stack, values, places, show, notes, statuses } = framed(
      `88e5 2d 04 00000007 00163e0000b1 0001 aabbccdd ${'11'.repeat(16)}`,
    )
    expect(stack).toEqual(['eth', 'macsec'])
    expect(statuses).toEqual(['complete', 'opaque'])
    expect(values('macsec.TCI.SC')).toEqual([1])
    expect(values('macsec.TCI.E')).toEqual([1])
    expect(values('macsec.AN')).toEqual([1])
    expect(places('macsec.AN')).toEqual(['118+2'])
    expect(values('macsec.SL')).toEqual([4])
    expect(values('macsec.PN')).toEqual([7])
    expect(show('macsec.SCI.system_identifier')).toEqual(['00:16:3e:00:00:b1'])
    expect(values('macsec.SCI.port_identifier')).toEqual([1])
    expect(values('macsec.encrypted')).toEqual(['aabbccdd'])
    expect(values('macsec.ICV')).toEqual(['11'.repeat(16)])
    expect(notes).toEqual(['info: Encrypted: type and payload of the frame can be read only with its key'])
  })

  it('leaves padding behind a short length to Ethernet', () => {
    const { values } = framed(`88e5 0c 04 00000007 aabbccdd ${'11'.repeat(16)} 000000`)
    expect(values('macsec.ICV')).toEqual(['11'.repeat(16)])
    expect(values('eth.trailer')).toEqual(['000000'])
  })

  it('can be read where it only protects', () => {
    const { stack, values } = framed(`88e5 00 16 00000001 0800 ${packet} ${'22'.repeat(16)}`)
    expect(stack).toEqual(['eth', 'macsec', 'ip'])
    expect(values('macsec.ICV')).toEqual(['22'.repeat(16)])
  })

  it('notes what is odd, and is cut', () => {
    expect(framed(`88e5 e0 3f 00000000 00163e0000b1 0001 0800 ${packet} ${'22'.repeat(16)}`).notes).toEqual([
      'warning: Packet numbers begin with 1',
      'error: Version 1 is not defined',
      'warning: An end station is not to name its channel as well',
      'warning: A short length is less than 48',
    ])
    expect(framed(`88e5 0c 00 00000007 ${'33'.repeat(64)}`, 10).statuses.at(-1)).toBe('truncated')
    expect(framed('88e5 0c 00 00000007 3333').statuses.at(-1)).toBe('malformed')
  })
})

describe('the backbone tag', () => {
  it('has a customer’s frame in it', () => {
    const { stack, values, show, places } = framed(`88e7 70 001267 00163e000002 00163e000001 0800 ${packet}`)
    expect(stack).toEqual(['eth', 'ieee8021ah', 'ip'])
    expect(values('ieee8021ah.priority')).toEqual([3])
    expect(values('ieee8021ah.drop')).toEqual([1])
    expect(values('ieee8021ah.isid')).toEqual([4711])
    expect(places('ieee8021ah.isid')).toEqual(['120+24'])
    expect(show('ieee8021ah.cdst')).toEqual(['00:16:3e:00:00:02'])
    expect(framed('88e7 07 001267 00163e000002').notes[0]).toBe('warning: Reserved bits are set')
  })
})

describe('NSH', () => {
  it('reads path, index and context', () => {
    const { stack, values, show } = framed(
      `894f 0fc6 01 01 00002a ff 00000001 00000002 00000003 00000004 ${packet}`,
    )
    expect(stack).toEqual(['eth', 'nsh', 'ip'])
    expect(values('nsh.ttl')).toEqual([63])
    expect(show('nsh.length')).toEqual(['24 bytes (6)'])
    expect(values('nsh.spi')).toEqual([42])
    expect(values('nsh.si')).toEqual([255])
    expect(values('nsh.contextheader')).toEqual(['00000001', '00000002', '00000003', '00000004'])
  })

  it('reads typed metadata with their padding', () => {
    const { stack, values } = framed(`894f 0fc4 02 01 00002a fd 0102 01 02 aabb 0000 ${packet}`)
    expect(stack.at(-1)).toBe('ip')
    expect(values('nsh.metadataclass')).toEqual([0x102])
    expect(values('nsh.metadata')).toEqual(['aabb'])
    expect(values('nsh.metadata.padding')).toEqual(['0000'])
  })

  it('refuses lengths that lie', () => {
    expect(framed('894f 0fc1 02 01 00002a fd').notes).toEqual([
      'error: Malformed: Length is 4 bytes, the header has 8 at least',
    ])
    expect(framed('894f 0fc4 02 01 00002a fd 0102 01 7f aabb 0000').statuses.at(-1)).toBe('malformed')
    expect(framed(`894f 6fc2 01 63 00002a 00 ${packet}`).notes).toEqual([
      'error: Only version 0 is defined',
      'warning: The index is at 0: the packet is to be dropped',
      'info: A packet that tests the chain itself',
      'info: No dissector claims next protocol 99',
    ])
  })
})
