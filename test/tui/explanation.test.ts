import { describe, expect, it } from 'vitest'
import { tourNamed } from '../../src/print/tours.ts'
import { explanationView } from '../../src/tui/geometry.ts'
import { rowsOf } from '../../src/tui/layout.ts'
import { textOf } from '../../src/tui/text.ts'
import { At } from './at.ts'

const lines = ({ state }: At): readonly string[] => explanationView(state).rows.map(textOf)
const title = ({ state }: At): string => textOf(explanationView(state).title)
const all = (at: At): string => [title(at), ...lines(at)].join('\n')

describe('the explanation', () => {
  it.each([80, 100, 120, 200, 300])(
    'says where a field is at %i columns, in the title or below it',
    async columns => {
      const at = (await At.open('walkthrough.pcap', columns, 30)).to('ip ip.frag_offset')
      // RFC 791 §3.1: the second word of the header has 16 bits of identification, 3 flags, 13 bits of offset.
      expect(all(at)).toContain('bytes 0x0006–0x0007, bits 3–15')
      expect(all(at)).toContain('13 bits')
      expect(all(at)).toContain('RFC 791')
      expect(all(at)).toContain('1 IPv4')
      at.to('ip ip.flags ip.flags.df')
      expect(all(at)).toContain('byte 0x0006, bit 1')
      expect(all(at).match(/\b1 bit\b/g)).toHaveLength(1)
      at.to('ip')
      expect(all(at)).toContain('bytes 0x0000–0x0013')
      expect(all(at)).toContain('20 bytes')
    },
  )

  it('says all of every field of an IKE message, in no line longer than the pane', async () => {
    const at = (await At.open('ikev2-psk.pcap', 80, 24)).do({ type: 'jump', packet: 3 })
    const { nodes } = at.detail
    for (let node = 0; node < nodes.length; node++) {
      at.do({ type: 'select', node })
      const wide = at.state
      at.do({ type: 'resized', size: { columns: 300, rows: 60 } })
      const [, ...pieces] = title(at).split(' ─ ')
      at.do({ type: 'resized', size: { columns: 80, rows: 24 } })
      expect(pieces.filter(piece => !all(at).includes(piece))).toEqual([])
      expect(lines(at).filter(line => line.length > 79)).toEqual([])
      expect(at.state.selected).toBe(wide.selected)
    }
  })

  it('has a filter that finds the value again, where there is room beside it', async () => {
    const at = (await At.open('walkthrough.pcap', 80, 24)).press('j').to('ip/ip ip.ttl')
    expect(lines(at)[0]).toMatch(/^ff = 255 +ip\.ttl == 255$/)
    at.to('ip/ip')
    expect(all(at)).not.toContain('==')
  })

  it('has what bytes spell, but not for a part of one', async () => {
    // Wireshark shows the data of this ping as text, too; the byte of version and header length is 0x45, an E.
    const at = (await At.open('jenga.pcap', 120, 30)).do({ type: 'edge', to: 'last' })
    at.do({ type: 'select', node: at.detail.nodes.findLastIndex(node => node.kind === 'layer') })
    expect(all(at)).toContain('"Jenga: pull out …"')
    const part = (await At.open('walkthrough.pcap', 120, 30)).to('ip ip.hdr_len')
    expect(lines(part)[0]).toMatch(/^0100 0101 = 45 = 20 bytes \(5\) /)
  })

  it('of a tour names the field that the tour points at, below what the tour says', async () => {
    const { tour } = tourNamed('gre', new URL('../../captures/', import.meta.url))
    const at = (await At.open('gre-key.pcap', 100, 30)).do({ type: 'tour', tour }).press('space', 'space')
    expect(title(at)).toBe(`GRE, step 3 of ${tour.steps.length}`)
    // RFC 2784 §2.1: the first two bytes of the header.
    expect(all(at)).toMatch(/^Flags and version ─ \d GRE ─ RFC 2784.* ─ bytes 0x0022–0x0023 ─ 16 bits$/m)
  })
})

describe('a walk as a lesson', () => {
  it('has the other values of a field where there is room, and says what shows the rest', async () => {
    const at = (await At.open('walkthrough.pcap', 200, 50)).press('j').to('ip/ip ip.proto').press('W')
    // The numbers are IANA's.
    expect(all(at)).toMatch(/^• GRE \(47\): /m)
    expect(all(at)).toMatch(/^• ESP \(50\): /m)
    expect(lines(at)).toHaveLength(rowsOf(at.state, 'explanation'))
    expect(lines(at).at(-1)).toBe('K shows the rest')
  })

  it('says of a header what it protects and what it costs', async () => {
    const at = (await At.open('walkthrough.pcap', 200, 50)).to('ip').press('W')
    expect(all(at)).toMatch(/^• What it protects: /m)
    expect(all(at)).toMatch(/^• Overhead: It takes 20 bytes/m)
  })

  it('adds nothing where all rows are taken, and nothing to a field without names for its values', async () => {
    const small = (await At.open('walkthrough.pcap', 80, 24)).to('ip').press('W')
    expect(all(small)).not.toContain('Overhead')
    const none = (await At.open('walkthrough.pcap', 200, 50)).to('ip ip.ttl').press('W')
    expect(lines(none).length).toBeLessThan(8)
    const plain = (await At.open('walkthrough.pcap', 200, 50)).to('ip ip.proto')
    expect(all(plain)).not.toContain('(47)')
  })
})
