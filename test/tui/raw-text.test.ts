import { afterEach, describe, expect, it } from 'vitest'
import { overRows } from '../../src/tui/over-rows.ts'
import { textOf } from '../../src/tui/text.ts'
import { Desk } from './desk.ts'

let desk: Desk
afterEach(() => desk.controller.leaveCapture())

const rows = () => overRows(desk.controller.state).map(row => textOf(row).trimEnd())

describe('R', () => {
  it('shows the packet as tcpdump prints it, with its bytes', async () => {
    desk = await Desk.open('walkthrough.pcap')
    desk.press('R')
    const [title, , ...lines] = rows()
    expect(title).toMatch(/^► Packet 1 as text ─/)
    // The article's own line and dump: its first packet.
    const said = lines
      .slice(0, 2)
      .map(line => line.slice(2).trim())
      .join(' ')
    expect(said).toMatch(
      /^\d\d:\d\d:01\.121296 192\.168\.1\.1 > 192\.168\.1\.2: 172\.16\.0\.1 > 172\.16\.0\.2: icmp: echo request \(id:aa08 seq:1\) \(ttl 255, id 45558, len 84\) \(ttl 64, id 15809, len 104\)/,
    )
    expect(lines).toContain('    0000: 4500 0068 3dc1 0000 4004 b97d c0a8 0101  E..h=...@..}....')
    expect(lines).toContain('    0060: 3031 3233 3435                           012345')
  })

  it('goes to the next packet and back, and closes', async () => {
    desk = await Desk.open('walkthrough.pcap')
    desk.press('R', ']')
    expect(rows()[0]).toMatch(/^► Packet 2 as text/)
    expect(rows().join(' ')).toContain('echo reply')
    desk.press('[')
    expect(rows().join(' ')).toContain('echo request')
    desk.press(']', 'q')
    expect([desk.controller.state.raw, desk.at[0]]).toEqual([undefined, 2])
  })

  it('breaks long lines where the screen ends, dumps never', async () => {
    desk = await Desk.open('ikev2-psk.pcap')
    desk.controller.dispatch({ type: 'resized', size: { columns: 60, rows: 200 } })
    desk.press('3', 'G', 'R')
    const lines = rows().slice(2)
    expect(lines.every(line => line.length <= 60)).toBe(true)
    expect(lines.filter(line => line.includes('payload: ')).length).toBeGreaterThan(3)
  })

  it('says so where there is no packet', async () => {
    desk = await Desk.open('walkthrough.pcap')
    desk.controller.dispatch({ type: 'filter', text: 'arp' })
    desk.controller.showStart()
    desk.controller.dispatch({ type: 'raw' })
    expect(desk.said).toBe('there is no packet')
  })
})
