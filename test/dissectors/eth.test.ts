import { describe, expect, it } from 'vitest'
import { ethernet, frameOf, hexBytes, peel } from '../peel.ts'

// Bytes of tshark's and tcpdump's own captures where a file is named; expected values are what tshark 4.0 shows.

/** 192.0.2.1 → 192.0.2.2, an ICMP echo request without data. */
const echo = '4500001c000100004001f6dcc0000201c00002020800f7ff00000000'
const stations = '02005e530002 02005e530001'

describe('eth', () => {
  it('tells the bits of its addresses', () => {
    const p = peel(frameOf(hexBytes(`01005e000001 02005e530001 0800 ${echo}`)))
    expect(p.stack.slice(0, 2)).toEqual(['eth', 'ip'])
    expect(p.show('eth.dst')).toEqual(['01:00:5e:00:00:01'])
    expect(p.show('eth.src')).toEqual(['02:00:5e:53:00:01'])
    expect(p.values('eth.lg')).toEqual([0, 1])
    expect(p.places('eth.lg')).toEqual(['6+1', '54+1'])
    expect(p.values('eth.ig')).toEqual([1, 0])
    expect(p.places('eth.ig')).toEqual(['7+1', '55+1'])
    expect(p.show('eth.type')).toEqual(['IPv4 (0x0800)'])
    expect(p.places('eth.type')).toEqual(['96+16'])
  })

  it('warns of a source that is a group', () => {
    const p = peel(frameOf(hexBytes(`02005e530002 03005e530001 0800 ${echo}`)))
    expect(p.notes).toContain('warning: The source is a group address: no station can have sent this')
  })

  it('takes what follows the packet up to 60 bytes as padding', () => {
    const p = peel(frameOf(hexBytes(`${stations} 0800 ${echo} ${'00'.repeat(18)}`)))
    expect(p.places('eth.padding')).toEqual(['336+144'])
    expect(p.values('eth.trailer')).toEqual([])
    expect(p.notes.filter(note => note.includes('zero'))).toEqual([])
    expect(p.found.layer(0).length).toBe(14 + 18)
  })

  it('remarks on padding that holds something', () => {
    const p = peel(frameOf(hexBytes(`${stations} 0800 ${echo} ${'00'.repeat(17)}20`)))
    expect(p.notes).toContain('info: Not all zero: a pattern of the sender, or what its memory held before')
  })

  it('has no padding in a frame that is not filled up', () => {
    const p = peel(frameOf(hexBytes(`${stations} 0800 ${echo} abcd`)))
    expect(p.values('eth.padding')).toEqual([])
    expect(p.places('eth.trailer')).toEqual(['336+16'])
  })

  it('splits what follows into padding and trailer', () => {
    const p = peel(frameOf(hexBytes(`${stations} 0800 ${echo} ${'00'.repeat(18)} abcdef`)))
    expect(p.places('eth.padding')).toEqual(['336+144'])
    expect(p.places('eth.trailer')).toEqual(['480+24'])
  })

  // The check sequence is zlib.crc32 of Python over the 60 bytes before it, low byte first.
  it('finds a check sequence that fits', () => {
    const p = peel(frameOf(hexBytes(`${stations} 0800 ${echo} ${'00'.repeat(18)} 0565823e`)))
    expect(p.places('eth.padding')).toEqual(['336+144'])
    expect(p.places('eth.fcs')).toEqual(['480+32'])
    expect(p.show('eth.fcs')).toEqual(['0x3e826505'])
    expect(p.notes.filter(note => note.startsWith('error: Frame'))).toEqual([])
  })

  it('believes the capture that a check sequence is there, and checks it', () => {
    const frame = frameOf(hexBytes(`${stations} 0800 ${echo} ${'00'.repeat(18)} 01020304`))
    const p = peel({ ...frame, fcsBytes: 4 })
    expect(p.show('eth.fcs')).toEqual(['0x04030201'])
    expect(p.notes).toContain('error: Frame check sequence 0x04030201 is wrong, 0x3e826505 expected')
  })

  it('keeps the check sequence out of a payload that no length bounds', () => {
    const frame = frameOf(hexBytes(`${stations} 88b5 41424344 01020304`))
    const p = peel({ ...frame, fcsBytes: 4 })
    expect(p.stack).toEqual(['eth', 'data'])
    expect(p.values('data.data')).toEqual(['41424344'])
    expect(p.places('eth.fcs')).toEqual(['144+32'])
  })

  it('shows a number that is neither a length nor a type', () => {
    const p = peel(frameOf(hexBytes(`${stations} 05e0 4142`)))
    expect(p.stack).toEqual(['eth', 'data'])
    expect(p.show('eth.invalid_lentype')).toEqual(['0x05e0'])
    expect(p.notes).toContain(
      'error: Neither a length nor a type: too large for one, too small for the other',
    )
  })

  it('says what no dissector claims', () => {
    const p = peel(frameOf(hexBytes(`${stations} 88b5 4142`)))
    expect(p.statuses).toEqual(['unknown', 'complete'])
    expect(p.notes).toEqual(['info: No dissector claims EtherType 0x88b5'])
  })

  it('keeps what is captured of a header', () => {
    const p = peel(frameOf(hexBytes('02005e530002 02005e53'), ethernet, 60))
    expect(p.show('eth.dst')).toEqual(['02:00:5e:53:00:02'])
    expect(p.values('data.leftover')).toEqual(['02005e53'])
    expect(p.notes).toEqual(['warning: Truncated: Source needs 6 bytes, the capture holds 4'])
    expect(p.line()).toBe(' [|eth]')
  })

  it('does not call a type a length when its second byte is not captured', () => {
    const p = peel(frameOf(hexBytes('02005e530002 02005e530001 08'), ethernet, 60))
    expect(p.notes).toEqual(['warning: Truncated: Type needs 2 bytes, the capture holds 1'])
  })

  it('keeps what is captured of the bytes behind the packet', () => {
    const p = peel(frameOf(hexBytes(`${stations} 0800 ${echo} 0000`), ethernet, 60))
    expect(p.places('eth.trailer')).toEqual(['336+16'])
    expect(p.notes).toContain('warning: Truncated: Trailer needs 18 bytes, the capture holds 2')
  })

  it('is carried by other protocols', () => {
    const p = peel(frameOf(hexBytes(`${stations} 6558 ${stations} 0800 ${echo}`)))
    expect(p.stack.slice(0, 3)).toEqual(['eth', 'eth', 'ip'])
  })
})

describe('the line of eth', () => {
  const p = () => peel(frameOf(hexBytes(`${stations} 0800 ${echo}`)))
  it('has the header with -e only', () => {
    expect(p().line()).toMatch(/^192\.0\.2\.1 > /)
    expect(p().line({ link: true })).toMatch(/^02:00:5e:53:00:01 02:00:5e:53:00:02 0800 42: 192/)
    expect(p().line({ link: true, numeric: false })).toMatch(/^02:00:5e:53:00:01 02:00:5e:53:00:02 ip 42: /)
    expect(p().line({ link: true, quiet: true })).toMatch(/^02:00:5e:53:00:01 02:00:5e:53:00:02 42: /)
  })
  it('has the header when nothing is known of the payload', () => {
    const unknown = peel(frameOf(hexBytes(`${stations} 88b5 4142`)))
    expect(unknown.line()).toBe('02:00:5e:53:00:01 02:00:5e:53:00:02 88b5 16: data 2')
  })
})
