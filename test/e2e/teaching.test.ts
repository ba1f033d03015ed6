import { expect, it } from 'vitest'
import { selectedPacket } from './screen-parts.ts'
import { bundled, describeScreen, open, press, walkthrough } from './vpnscope.ts'

const small = { columns: 80, rows: 24 }

describeScreen('a lesson at 80x24', () => {
  // tshark: ip.id 0x3dc1 and TTL 64 outside, 0xb1f6 and 255 inside.
  it('draws the header as one walks, and is gone on with', async () => {
    const terminal = await open([walkthrough], small)
    await press(terminal, 'W')
    expect(terminal.line(1)).toContain('[ip] › ip › icmp › data')
    expect(terminal.text()).not.toContain('0x3dc1')
    for (let i = 0; i < 10 && !terminal.text().includes('0x3dc1'); i++) await press(terminal, 'space')
    expect(terminal.text()).toMatch(/Identification[\s\S]*► +0x3dc1/)
    expect(terminal.text()).not.toContain('Time to live')
    await press(terminal, 'escape', ']', 'g')
    expect(selectedPacket(terminal)).toBe(2)
    await press(terminal, 'w')
    expect(terminal.text()).toMatch(/► +0x3dc1/)
  })

  it('asks, and explains the answer', async () => {
    const terminal = await open([walkthrough], small)
    await press(terminal, 'Q')
    expect(terminal.text()).toMatch(/Quiz ─[\s\S]*Which byte .* of the (outer|inner)\s+IPv4\s+header/)
    await press(terminal, 'return')
    expect(terminal.text()).toMatch(
      /0 of 1 right[\s\S]*✗ No: this is “Version” and “Header length” of\s+header 1, IPv4\.[\s\S]*header begins at/,
    )
    await press(terminal, 'escape')
    expect(terminal.line(terminal.rows - 1)).toContain('0 of 1 right')
  })

  it('shows what differs between a question and its answer, and why', async () => {
    const terminal = await open([bundled('gre.pcap')], small)
    await press(terminal, '3', 'G', 'space', 'space', 'D', 'G')
    expect(terminal.line(1)).toContain('Packets 3 and 4')
    expect(terminal.text()).toMatch(/Checksum +0x210a +≠ 0x290a[\s\S]*0x0800, no more/)
  })
})
