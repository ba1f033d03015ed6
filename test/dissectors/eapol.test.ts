import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { frameOf, hexBytes, peel } from '../peel.ts'

const eapol = (hex: string, cut = 0) => {
  const bytes = hexBytes(`0180c2000003 00005e005301 888e ${hex}`)
  return peel(frameOf(bytes.subarray(0, bytes.length - cut), 1, bytes.length))
}

// Expected values are tshark's, for the same bytes.
describe('EAP over LAN', () => {
  it('carries EAP, and ends where its length says', () => {
    const { stack, show, places, notes } = eapol(`02 00 0005 01 01 0005 01 ${'00'.repeat(37)}`)
    expect(stack).toEqual(['eth', 'eapol', 'eap'])
    expect(show('eapol.version')).toEqual(['802.1X-2004 (2)'])
    expect(show('eapol.type')).toEqual(['EAP packet (0)'])
    expect([show('eapol.len'), show('eap.code')]).toEqual([['5 bytes'], ['Request (1)']])
    expect(places('eth.padding')).toEqual(['184+296'])
    expect(notes).toEqual([])
  })

  it('says who is there, as the capture has it', async () => {
    const frames = await framesOf(captureFile('eapol.pcap'))
    const peeled = frames.map(frame => {
      const { show } = peel(frame)
      return [show('eapol.type').join(), show('eap.identity').join()]
    })
    expect(peeled).toEqual([
      ['start (1)', ''],
      ['EAP packet (0)', ''],
      ['EAP packet (0)', 'alice@example.net'],
      ['EAP packet (0)', ''],
      ['EAP packet (0)', ''],
      ['EAP packet (0)', ''],
      ['key (3)', ''],
      ['logoff (2)', ''],
    ])
  })

  it('leaves keys and the talk about them as they are', () => {
    const key = eapol('02 03 0004 02 008a 00')
    expect([key.show('eapol.keydes.type'), key.places('eapol.keydes.body')]).toEqual([
      ['IEEE 802.11 (2)'],
      ['152+24'],
    ])
    expect(eapol('03 05 0004 01020304').places('eapol.body')).toEqual(['144+32'])
    expect(eapol('03 09 0000').show('eapol.type')).toEqual(['unassigned (9)'])
  })

  it('may lie about its length, or be cut', () => {
    expect(eapol('02 03 ffff 02').notes[0]).toMatch(/^error: Body length claims 65539 bytes/)
    expect(eapol('02 00 0005 01 01 0005 01', 3).statuses).toEqual(['complete', 'complete', 'truncated'])
    expect(eapol('02 00').statuses).toEqual(['complete', 'malformed'])
    expect(eapol('02 03 0000').stack).toEqual(['eth', 'eapol'])
  })
})
