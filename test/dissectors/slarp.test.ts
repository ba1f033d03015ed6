import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { frameOf, hexBytes, peel } from '../peel.ts'

const serial = 104
const slarp = (hex: string, cut = 0) => {
  const bytes = hexBytes(`8f00 8035 ${hex}`)
  return peel(frameOf(bytes.subarray(0, bytes.length - cut), serial, bytes.length))
}

// Expected values are tshark's and tcpdump's, for the same bytes.
describe('SLARP', () => {
  it('shows that the line is alive', () => {
    const { stack, show, notes } = slarp('00000002 00000005 00000002 ffff 0078f0a2')
    expect(stack).toEqual(['chdlc', 'slarp'])
    expect(show('slarp.ptype')).toEqual(['line keepalive (2)'])
    expect([show('slarp.mysequence'), show('slarp.yoursequence')]).toEqual([['5'], ['2']])
    expect([show('slarp.reliability'), show('slarp.uptime')]).toEqual([['0xffff'], ['7925922 ms']])
    expect(notes).toEqual([])
  })

  it('tells an address', () => {
    const { show, places } = slarp('00000001 0a000001 fffffffc ffff')
    expect([show('slarp.address'), show('slarp.netmask')]).toEqual([['10.0.0.1'], ['255.255.255.252']])
    expect(places('slarp.reliability')).toEqual(['128+16'])
    expect(show('slarp.uptime')).toEqual([])
  })

  it('is RARP where the link is no serial line', () => {
    const ethernet = `${'00'.repeat(12)}8035 0001 0800 06 04 0003 ${'00'.repeat(20)}`
    expect(peel(frameOf(hexBytes(ethernet))).stack).toEqual(['eth', 'arp'])
  })

  it('is dropped by routers without its last word, and may be cut', () => {
    expect(slarp('00000002 00000005 00000002 0000').notes[0]).toMatch(/^warning: Anything but 0xffff/)
    expect(slarp('00000002 00000005').statuses).toEqual(['complete', 'malformed'])
    expect(slarp('00000002 00000005 00000002 ffff', 1).statuses).toEqual(['complete', 'truncated'])
  })

  it('stands in the capture', async () => {
    const frames = await framesOf(captureFile('chdlc.pcap'))
    const kinds = frames.map(frame => peel(frame).show('slarp.ptype').join())
    expect(kinds).toEqual(['', '', 'address request (0)', 'address reply (1)', 'line keepalive (2)'])
  })
})
