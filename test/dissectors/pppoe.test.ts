import { describe, expect, it } from 'vitest'
import { frameOf, hexBytes, peel } from '../peel.ts'

const addresses = '020000000002 020000000001'
const discovery = (hex: string) => peel(frameOf(hexBytes(`${addresses} 8863 ${hex}`)))
const session = (hex: string) => peel(frameOf(hexBytes(`${addresses} 8864 ${hex}`)))

// Values and places are tshark's.
describe('PPPoE discovery', () => {
  it('calls, with tags', () => {
    const { stack, show, values, places, notes } = discovery('11 09 0000 000c 0101 0000 0103 0004 c0ffee01')
    expect(stack).toEqual(['eth', 'pppoed'])
    expect(values('pppoe.version')).toEqual([1])
    expect(places('pppoe.type')).toEqual(['116+4'])
    expect(show('pppoe.code')).toEqual(['Active Discovery Initiation (PADI) (9)'])
    expect(show('pppoe.session_id')).toEqual(['0x0000'])
    expect(show('pppoe.payload_length')).toEqual(['12 bytes'])
    expect(show('pppoed.tag')).toEqual(['Service-Name (0x0101)', 'Host-Uniq (0x0103)'])
    expect(values('pppoed.tags.host_uniq')).toEqual(['c0ffee01'])
    expect(places('pppoed.tags.host_uniq')).toEqual(['224+32'])
    expect(notes).toEqual([])
  })

  it('reads what the provider’s equipment says of the line', () => {
    const { show, values, places } = discovery(
      '11 19 0000 001b 0105 0017 00000de9 01 05 612f302f31 02 02 3037 81 04 00002800 99 00',
    )
    expect(values('pppoed.tags.vendor_id')).toEqual([3561])
    expect(show('pppoed.tags.circuit_id')).toEqual(['a/0/1'])
    expect(show('pppoed.tags.remote_id')).toEqual(['07'])
    expect(values('pppoed.tags.act_data_rate_up')).toEqual([10240])
    expect(places('pppoed.tags.act_data_rate_up')).toEqual(['328+32'])
    expect(
      discovery('11 19 0000 000a 0105 0006 0000000c abcd').values('pppoed.tags.vendor_unspecified'),
    ).toEqual(['abcd'])
  })

  it('says how a session ends and why', () => {
    const { show, line } = discovery('11 a7 002a 0007 0203 0003 627965')
    expect(show('pppoed.tags.generic_error')).toEqual(['bye'])
    expect(line()).toContain('Active Discovery Terminate (PADT), session 0x002a: Generic-Error')
  })

  it('stops at the end of the list, and bounds tags that lie', () => {
    expect(discovery('11 09 0000 0008 0000 0000 0101 0000').values('pppoed.tag')).toEqual([0])
    expect(discovery('11 09 0000 0006 0103 0099 abcd').notes).toEqual([
      'error: Malformed: Tag length claims 157 bytes for Tag, Payload length leaves 6',
    ])
    expect(discovery('21 09 0000 0000').notes).toEqual([
      'warning: Version and type are to be 1 (RFC 2516 §4)',
    ])
  })
})

describe('PPPoE sessions', () => {
  it('carry PPP, and Ethernet pads behind it', () => {
    const { stack, values, statuses, notes } = session(
      `11 00 0001 000a c021 09 00 0008 2ca79de8 ${'00'.repeat(30)}`,
    )
    expect(stack).toEqual(['eth', 'pppoes', 'ppp', 'lcp'])
    expect(values('pppoe.session_id')).toEqual([1])
    expect(values('eth.padding')).toEqual(['00'.repeat(30)])
    expect(statuses).toEqual(['complete', 'complete', 'complete', 'complete'])
    expect(notes).toEqual([])
  })

  it('begin a frame on links of their own type', () => {
    const frame = frameOf(hexBytes('11 00 0001 000a c021 09 00 0008 2ca79de8'), 51)
    expect(peel(frame).stack).toEqual(['pppoes', 'ppp', 'lcp'])
  })

  it('have code 0 and a length that fits', () => {
    expect(session('11 09 0001 0006 c021 0600 0004').notes).toEqual(['warning: The code of a session is 0'])
    expect(session('11 00 0001 0099 c021 0600 0004').notes[0]).toBe(
      'error: Payload length claims 159 bytes, the frame leaves 12',
    )
  })
})
