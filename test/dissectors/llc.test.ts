import { describe, expect, it } from 'vitest'
import { frameOf, hexBytes, peel } from '../peel.ts'

// Numbers and names are what tshark 4.0 shows for the same bytes; the text is that of OpenBSD's print-llc.c.

const stations = '02005e530002 02005e530001'
const echo = '4500001c000100004001f6dcc0000201c00002020800f7ff00000000'
const llc = (hex: string) => {
  const payload = hexBytes(hex)
  const length = payload.length.toString(16).padStart(4, '0')
  return peel(frameOf(hexBytes(`${stations} ${length} ${hex}`)))
}

describe('llc', () => {
  it('reads an unnumbered frame bit by bit (BPDU)', () => {
    const p = llc('424203 0000000000')
    expect(p.stack).toEqual(['eth', 'llc', 'data'])
    expect(p.show('eth.len')).toEqual(['8 bytes'])
    expect(p.show('llc.dsap')).toEqual(['Spanning Tree (0x42)'])
    expect(p.values('llc.dsap.sap')).toEqual([0x21])
    expect(p.places('llc.dsap.sap')).toEqual(['112+7'])
    expect(p.places('llc.dsap.ig')).toEqual(['119+1'])
    expect(p.show('llc.ssap')).toEqual(['Spanning Tree (0x42)'])
    expect(p.places('llc.ssap.sap')).toEqual(['120+7'])
    expect(p.places('llc.ssap.cr')).toEqual(['127+1'])
    expect(p.show('llc.control')).toEqual(['UI (0x03)'])
    expect(p.places('llc.control')).toEqual(['128+8'])
    expect(p.values('llc.control.ftype')).toEqual([3])
    expect(p.places('llc.control.ftype')).toEqual(['134+2'])
    expect(p.notes).toEqual(['info: No dissector claims LLC service access point 0x42'])
    expect(p.statuses).toEqual(['complete', 'unknown', 'complete'])
    expect(p.line()).toBe('02:00:5e:53:00:01 > 02:00:5e:53:00:02 sap 42 ui/C len=5')
    expect(p.line({ numeric: false })).toBe('02:00:5e:53:00:01 > 02:00:5e:53:00:02 802.1d ui/C len=5')
    expect(p.line({ link: true })).toBe('02:00:5e:53:00:01 02:00:5e:53:00:02 0008 22: sap 42 ui/C len=5')
  })

  it('reads an information frame: N(S)=5, N(R)=3, poll', () => {
    const p = llc('f0f1 0a07 41424344')
    expect(p.values('llc.control')).toEqual([0x070a])
    expect(p.values('llc.control.n_s')).toEqual([5])
    expect(p.places('llc.control.n_s')).toEqual(['128+7'])
    expect(p.values('llc.control.ftype')).toEqual([0])
    expect(p.places('llc.control.ftype')).toEqual(['135+1'])
    expect(p.values('llc.control.n_r')).toEqual([3])
    expect(p.places('llc.control.n_r')).toEqual(['136+7'])
    expect(p.values('llc.control.p')).toEqual([1])
    expect(p.values('llc.ssap.cr')).toEqual([1])
    expect(p.line()).toBe('02:00:5e:53:00:01 > 02:00:5e:53:00:02 sap f0 I (s=5,r=3,F) len=4')
  })

  it('reads a supervisory frame: receiver not ready, N(R)=97, final', () => {
    const p = llc('f0f1 05c3')
    expect(p.stack).toEqual(['eth', 'llc'])
    expect(p.values('llc.control')).toEqual([0xc305])
    expect(p.show('llc.control.s_ftype')).toEqual(['RNR (1)'])
    expect(p.places('llc.control.s_ftype')).toEqual(['132+2'])
    expect(p.values('llc.control.ftype')).toEqual([1])
    expect(p.values('llc.control.n_r')).toEqual([97])
    expect(p.values('llc.control.p')).toEqual([1])
    expect(p.notes).toEqual([])
    expect(p.line()).toBe('02:00:5e:53:00:01 > 02:00:5e:53:00:02 sap f0 rnr (r=97,F) len=0')
  })

  it('warns of reserved bits in a supervisory frame', () => {
    const p = llc('f0f1 1501')
    expect(p.values('llc.control.reserved')).toEqual([1])
    expect(p.notes).toEqual(['warning: Reserved bits of the control field are set'])
  })

  it('names the commands of unnumbered frames', () => {
    const p = llc('fe00 bf 810100')
    expect(p.show('llc.control')).toEqual(['XID (0xbf)'])
    expect(p.values('llc.control.p')).toEqual([1])
    expect(p.statuses[1]).toBe('complete')
    expect(p.line()).toBe('02:00:5e:53:00:01 sap 00 > 02:00:5e:53:00:02 sap fe xid/P len=3')
    expect(p.line({ link: true, numeric: false })).toMatch(/ null > iso-clns xid\/P len=3$/)
  })

  it('carries IP at its own access point', () => {
    expect(llc(`060603 ${echo}`).stack.slice(0, 3)).toEqual(['eth', 'llc', 'ip'])
  })
})

describe('SNAP', () => {
  it.each(['000000', '0000f8'])('goes by EtherType under organization %s', organization => {
    const p = llc(`aaaa03 ${organization} 0800 ${echo}`)
    expect(p.stack.slice(0, 3)).toEqual(['eth', 'llc', 'ip'])
    expect(p.places('llc.oui')).toEqual(['136+24'])
    expect(p.show('llc.type')).toEqual(['IPv4 (0x0800)'])
    expect(p.places('llc.type')).toEqual(['160+16'])
    expect(p.line()).toMatch(/^192\.0\.2\.1 > /)
    expect(p.line({ verbose: 1 })).toMatch(/^snap 0:0:(0|f8):8:0 192\.0\.2\.1 > /)
  })

  it('names Cisco’s protocols', () => {
    const p = llc('aaaa03 00000c 2000 01b4')
    expect(p.show('llc.oui')).toEqual(['Cisco (00:00:0c)'])
    expect(p.show('llc.cisco_pid')).toEqual(['Cisco Discovery (CDP) (0x2000)'])
    expect(p.notes).toEqual(['info: No dissector claims protocol 0x2000 of organization 0x00000c'])
    expect(p.line({ verbose: 1 })).toBe(
      'snap 0:0:c:20:0 02:00:5e:53:00:01 > 02:00:5e:53:00:02 sap aa ui/C len=2',
    )
  })

  it('shows the number of an organization that it does not know', () => {
    const p = llc('aaaa03 123456 0042')
    expect(p.show('llc.oui')).toEqual(['unknown (12:34:56)'])
    expect(p.show('llc.pid')).toEqual(['0x0042'])
  })

  it('breaks off inside its header', () => {
    const p = llc('aaaa03 0000')
    expect(p.statuses).toEqual(['complete', 'malformed'])
    expect(p.notes).toEqual(['error: Malformed: Organization code needs 3 bytes, the frame leaves 2'])
  })
})

describe('a length in the place of a type', () => {
  it('ends the payload; the rest is padding', () => {
    const p = peel(frameOf(hexBytes(`${stations} 0005 424203 0000 ${'00'.repeat(41)}`)))
    expect(p.places('data.data')).toEqual(['136+16'])
    expect(p.places('eth.padding')).toEqual(['152+328'])
  })

  it('that is too large is an error and changes nothing', () => {
    const p = peel(frameOf(hexBytes(`${stations} 05dc 424203 0000`)))
    expect(p.notes[0]).toBe('error: Length claims 1500 bytes, the frame leaves 5')
    expect(p.stack).toEqual(['eth', 'llc', 'data'])
    expect(p.statuses).not.toContain('malformed')
  })

  it('may be followed by IPX without LLC', () => {
    const p = peel(frameOf(hexBytes(`${stations} 0004 ffff 001e`)))
    expect(p.stack).toEqual(['eth', 'data'])
    expect(p.statuses[0]).toBe('unknown')
    expect(p.notes).toEqual(['info: IPX without an LLC header (Novell “raw” 802.3): no dissector claims it'])
  })
})
