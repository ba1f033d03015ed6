import { describe, expect, it } from 'vitest'
import { arrangementOf } from '../../src/tui/layout.ts'
import { textOf } from '../../src/tui/text.ts'
import { walkOrder } from '../../src/tui/walk-order.ts'
import { breadcrumb, drawingColumns, drawingRows, introductionRows } from '../../src/tui/walk-rows.ts'
import { At } from './at.ts'
import { screenOf } from './picture.ts'

const gre = async (columns = 80, rows = 24) =>
  (await At.open('gre.pcap', columns, rows)).do({ type: 'jump', packet: 3 })

const drawn = ({ state }: At) => (drawingRows(state, drawingColumns, 40) ?? []).map(textOf).join('\n')
const crumbs = ({ state, detail }: At, columns = 78) => textOf(breadcrumb(detail, state.selected, columns))
const said = ({ state }: At) => introductionRows(state, 200).map(textOf).join(' ')

describe('a walk as a lesson', () => {
  it('begins at the selected field, steps on and back, and is left', async () => {
    const at = (await gre()).to('eth/ip ip.ttl').press('W')
    expect([at.path, at.state.focus]).toEqual(['eth/ip ip.ttl', 'tree'])
    expect(at.press('space').path).toBe('eth/ip ip.proto')
    expect(at.press('backspace', 'backspace').path).toMatch(/ip\.frag_offset$/)
    expect(arrangementOf(at.state).panes.has('packets')).toBe(false)
    at.press('escape')
    expect(arrangementOf(at.state).panes.has('packets')).toBe(true)
    expect(drawn(at)).toBe('')
  })

  // tshark -V of packet 3: the inner header has the identification 0xfd22, TTL 64 and the checksum 0xe562.
  it('fills the header in as it goes, with its own values', async () => {
    const at = (await gre()).to('eth/ip/gre/ip').press('W')
    expect(drawn(at)).not.toMatch(/[a-z]/i)
    at.to('eth/ip/gre/ip ip.id')
    expect(drawn(at)).toMatch(/│Version│ .*│\n.*│ +4 +│/)
    expect(drawn(at)).toMatch(/│► +0xfd22 +│/)
    expect(drawn(at)).not.toContain('Time to live')
    at.to('eth/ip/gre/ip ip.dst')
    expect(drawn(at)).toMatch(/│ +64 +│ +ICMP \(1\) +│ +0xe562 +│/)
    expect(drawn(at)).not.toContain('·')
    expect(drawn(at.press('backspace'))).not.toContain('172.16.0.2')
  })

  it('shows the layers of the packet, the selected one in brackets', async () => {
    const at = (await gre()).to('eth/ip/gre gre.proto').press('W')
    expect(crumbs(at)).toBe('eth › ip › [gre] › ip › icmp › data')
    expect(crumbs(at, 26)).toBe('… › ip › [gre] › ip › …')
    expect(screenOf(at)[1]).toContain('eth › ip › [gre] › ip › icmp › data')
  })

  it('introduces each header by what announced it', async () => {
    const at = (await gre()).to('eth').press('W')
    expect(said(at)).toMatch(/^Header 1 of 6: Ethernet\. The capture itself/)
    expect(said(at.to('eth/ip/gre'))).toBe(
      'Header 3 of 6: GRE. Protocol 47 in the IPv4 header before it announced it. ',
    )
    expect(said(at.to('eth/ip/gre/ip'))).toContain('Protocol type 0x0800 in the GRE header')
    expect(said(at.press('space'))).toBe('')
  })

  it('is gone on with where it was left, from any packet', async () => {
    const at = (await gre()).to('eth/ip/gre/ip ip.ttl').press('W', 'space', 'escape', ']', ']')
    expect(at.state.packet).toBe(5)
    at.to('eth').press('g', 'w')
    expect([at.state.packet, at.path]).toEqual([3, 'eth/ip/gre/ip ip.proto'])
    at.press('escape').to('eth').press('g', 'w')
    expect(at.path).toBe('eth/ip/gre/ip ip.proto')
    expect((await gre()).press('g', 'w').said).toMatch(/no walk was left/)
  })

  it('lets the list be looked at, and goes on in the layers', async () => {
    const at = (await gre()).press('W')
    at.do({ type: 'focus', pane: 'packets' })
    expect(arrangementOf(at.state).panes.has('packets')).toBe(true)
    at.do({ type: 'focus', pane: 'tree' })
    expect(arrangementOf(at.state).panes.has('packets')).toBe(false)
  })
})

describe.each([
  ['jenga.pcap', 1],
  ['walkthrough.pcap', 5],
  ['esp-tunnel-null-sha256.pcap', 3],
])('in %s, packet %i', (name, packet) => {
  it('the selected field stands out in every drawing that has it, in a few rows too', async () => {
    const at = (await At.open(name, 80, 24)).do({ type: 'jump', packet }).press('W')
    let drawings = 0
    for (const node of walkOrder(at.detail)) {
      at.do({ type: 'select', node })
      const rows = drawingRows(at.state, drawingColumns, 10)
      if (rows === undefined || at.detail.nodes[node]!.kind === 'layer') continue
      drawings++
      expect(rows.length).toBeLessThanOrEqual(10)
      expect(
        rows.some(row => row.some(({ ground }) => ground === 'selected')),
        at.path,
      ).toBe(true)
    }
    expect(drawings).toBeGreaterThan(20)
  })
})

it.each([
  [80, 24, false],
  [120, 30, true],
  [200, 50, true],
])(
  'on %ix%i the drawing stands above the explanation, with bytes where there is room',
  async (columns, rows, bytes) => {
    const at = (await gre(columns, rows)).to('eth/ip/gre/ip ip.ttl').press('W')
    const lines = screenOf(at)
    expect(lines.join('\n')).toMatch(/│► +64 +│/)
    expect(lines.some(line => line.includes('Bytes'))).toBe(bytes)
    expect(lines.findIndex(line => line.includes('Time to live ─'))).toBeGreaterThan(
      lines.findIndex(line => /│► +64/.test(line)),
    )
  },
)
