import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { generate } from '../../bench/generate.ts'
import { terminalMissing } from '../terminal.ts'
import { cursorLine, linesOf, parts, selectedPacket } from './screen-parts.ts'
import { describeScreen, press, run, vpnscope } from './vpnscope.ts'

const packets = 3_000_000
const folder = mkdtempSync(join(tmpdir(), 'vpnscope-e2e-'))
const file = join(folder, 'big.pcap')

describeScreen('a capture of three million packets', () => {
  let bytes = 0
  beforeAll(async () => {
    if (terminalMissing === undefined) bytes = await generate(file, { packets, seed: 1, profile: 'small' })
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true }))

  it('is on the screen at once, and can be used while the rest of it is read', async () => {
    const terminal = await run([...vpnscope, file])
    const found = () => Number(/of ([\d,]+) packets/.exec(terminal.line(0))?.[1]?.replaceAll(',', '') ?? 0)
    const isRead = () => found() > 0 && !/\d %/.test(terminal.line(0))
    await terminal.until(() => found() > 0 && linesOf(terminal, parts(terminal).packets).length > 5)
    // The first screen is whole, and far from the end of the capture.
    expect(terminal.line(0)).toMatch(/reading .* \d+ %/)
    expect(found()).toBeLessThan(packets)
    expect(linesOf(terminal, parts(terminal).packets).every(line => /\d{2}:\d{2}:\d{2}\./.test(line))).toBe(
      true,
    )
    expect(linesOf(terminal, parts(terminal).bytes)[0]).toMatch(/^ 0000 {2}[0-9a-f]{4} /)
    // Moving does not wait for the rest.
    terminal.press('j', 'j', 'j')
    await terminal.until(() => selectedPacket(terminal) === 4)
    expect(isRead()).toBe(false)
    const shares: number[] = []
    terminal.press('G')
    await terminal.until(() => selectedPacket(terminal) > 1000)
    while (!isRead()) {
      const share = Number(/(\d+) %/.exec(terminal.line(0))?.[1] ?? 0)
      shares.push(share)
      // At the end one stays at the end.
      expect(selectedPacket(terminal)).toBe(found())
      expect(cursorLine(terminal, 'packets').startsWith(`${found()} `)).toBe(true)
      const before = terminal.line(0)
      await terminal.until(() => terminal.line(0) !== before, { timeout: 30_000 })
    }
    expect(shares.length).toBeGreaterThan(2)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(selectedPacket(terminal)).toBe(packets)
    expect(cursorLine(terminal, 'packets')).toMatch(/^3000000 /)
    await press(terminal, 'g', 'g')
    expect(selectedPacket(terminal)).toBe(1)
    await press(terminal, ':', ...'1500000', 'return')
    expect(cursorLine(terminal, 'packets')).toMatch(/^1500000 /)
    // It is read in pieces, and what is kept of each packet is a few bytes.
    expect(bytes).toBeGreaterThan(60 * packets)
    const kilobytes = Number(
      execFileSync('ps', ['-o', 'rss=', '-p', String(terminal.pid)], { encoding: 'utf8' }),
    )
    expect(kilobytes).toBeGreaterThan(0)
    expect(kilobytes / 1024).toBeLessThan(300)
    terminal.press('q')
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
  })

  it('can be left at any moment', async () => {
    const terminal = await run([...vpnscope, file])
    await terminal.untilText(/reading/)
    terminal.press('q')
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
    expect(terminal.modes()).toMatchObject({ alternate: false, cursor: true })
  })
})
