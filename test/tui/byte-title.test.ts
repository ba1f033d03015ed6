import { describe, expect, it } from 'vitest'
import { byteRows } from '../../src/tui/byte-rows.ts'
import { bytesTitle } from '../../src/tui/byte-title.ts'
import { textOf } from '../../src/tui/text.ts'
import { At } from './at.ts'
import { screenOf } from './picture.ts'

// The outer header of the walkthrough's first packet (RFC 791 §3.1): 45 00 0068 3dc1 0000 40 04 …
const walkthrough = () => At.open('walkthrough.pcap', 120, 40)

/** The bits of the title, those of the selected field between braces. */
const bits = ({ state }: At): string =>
  bytesTitle(state, 60)
    .map(({ text, ground }) => (ground === 'selected' ? `{${text}}` : text))
    .join('')
    .replace(/^Bytes ─ frame( ─ )?/, '')

describe('the title of the bytes', () => {
  it.each([
    ['ip.version', '{0100} 0101'],
    ['ip.hdr_len', '0100 {0101}'],
    ['ip.flags ip.flags.df', '0{0}00 0000'],
    ['ip.flags ip.flags.mf', '00{0}0 0000'],
    ['ip.flags', '{000}0 0000'],
    ['ip.frag_offset', '000{0 0000} {0000 0000}'],
    ['ip.ttl', ''],
    ['ip.src', ''],
  ])('has the bits of %s, and those beside them', async (path, shown) => {
    expect(bits((await walkthrough()).to(`ip ${path}`))).toBe(shown)
  })

  it('has the byte under the cursor once the bytes have the keys, with the bits of the selected field', async () => {
    const at = (await walkthrough()).to('ip ip.flags ip.flags.df')
    at.do({ type: 'focus', pane: 'bytes' })
    expect(bits(at)).toBe('0 = 0{0}00 0000')
    expect(bits(at.press('l', 'l'))).toBe('64 = 0100 0000')
  })

  it('stays within the pane', async () => {
    const at = (await At.open('walkthrough.pcap', 80, 24)).to('ip ip.frag_offset')
    expect(screenOf(at).join('\n')).toContain(' Bytes ─ 0000 0000 0000 0000 ─')
    expect(textOf(bytesTitle(at.state, 34))).not.toContain('undefined')
  })
})

describe('the bytes', () => {
  /** The digits that stand out in a row of four bytes. */
  const standingOut = (radix: 'hex' | 'binary' | 'decimal', bitRange: readonly [number, number]) => {
    const bytes = Uint8Array.of(0x45, 0x00, 0x40, 0x00)
    const view = { bytes, length: 4, radix, group: 2, width: 60, colour: true, top: 0, rows: 1 } as const
    const start = bitRange[0] >> 3
    const end = (bitRange[1] + 7) >> 3
    const [row] = byteRows(view, [{ start, end, ground: 'selected', bits: bitRange }])
    return row!.flatMap(({ text, ground }) => (ground === 'selected' ? [text] : []))
  }

  it('have only those digits stand out that have bits of the field', () => {
    // Version and header length, don't fragment, fragment offset; then the characters of the same bytes.
    expect(standingOut('hex', [0, 4])).toEqual(['4', 'E'])
    expect(standingOut('hex', [4, 8])).toEqual(['5', 'E'])
    expect(standingOut('hex', [17, 18])).toEqual(['4', '@'])
    expect(standingOut('hex', [19, 32])).toEqual(['4000', '@.'])
    expect(standingOut('binary', [17, 18])).toEqual(['1', '@'])
    expect(standingOut('binary', [19, 32])).toEqual(['00000 00000000', '@.'])
    expect(standingOut('decimal', [17, 18])).toEqual([' 64', '@'])
  })
})
