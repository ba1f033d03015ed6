import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { numbered } from '../capture/live/capturing.ts'
import { numberedFrames, numbersIn } from '../live-frames.ts'
import { Cable, Sender } from '../namespace.ts'
import type { TestTerminal } from '../terminal.ts'
import { describeLive, enter, listen, shownCount, startFlood, udpInIp } from './live-parts.ts'
import { range, selectedPacket } from './screen-parts.ts'
import { run, temporaryFolder, vpnscope } from './vpnscope.ts'

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

const untilCount = (terminal: TestTerminal, count: number) =>
  terminal.until(() => shownCount(terminal) === count, { what: `${count} packets` })

/** How many packets a second come stands in the first line and changes by itself: what a key does is waited for. */
const untilSelected = (terminal: TestTerminal, packet: number) =>
  terminal.until(() => selectedPacket(terminal) === packet, { what: `packet ${packet} selected` })

/** Goes down to an interface on the page that offers them, and listens on it. */
async function choose(terminal: TestTerminal, name: string): Promise<void> {
  const chosen = () => /► (\S+)/.exec(terminal.text())?.[1]
  for (let before = chosen(); before !== name; before = chosen()) {
    terminal.press('down')
    await terminal.until(() => chosen() !== before, { what: `${name} behind ${before}` })
  }
  terminal.press('return')
}

/** Keys, each with something that only it brings to the screen. */
const keysAndWhatIsSeen: readonly (readonly [string, string | RegExp])[] = [
  ['k', 'new · capturing'],
  ['tab', '► Layers'],
  ['tab', '► Bytes'],
  ['tab', /^► Ethernet/m],
  ['?', 'lines 1–'],
  ['escape', /^(?!.*lines 1–).*capturing/],
  ['tab', /^► +No /m],
  ['G', 'following'],
]

describeLive('a live capture on the screen', () => {
  it('shows IP in IP that crosses a bridge at once, and tells how soon', async ({ annotate }) => {
    const cable = new Cable()
    const bridge = cable.bridge()
    const sender = await Sender.at(cable)
    const terminal = await listen(['-i', bridge])
    const delays: number[] = []
    for (let length = 1; length <= 9; length++) {
      const began = performance.now()
      await sender.send(udpInIp('x'.repeat(length)))
      await terminal.untilText(`40000 → 9, ${8 + length} bytes`)
      delays.push(performance.now() - began)
    }
    expect(terminal.text()).toMatch(
      / eth\/ip\/ip\/udp +192\.0\.2\.1 → 192\.0\.2\.2 +10\.0\.0\.1 → 10\.0\.0\.2 +\d+ 40000 → 9, 17 bytes/,
    )
    await annotate(
      `from sending to the screen: ${delays.map(Math.round).join(', ')} ms, median ${Math.round(median(delays))}`,
    )
  })

  it('follows the newest packet until the cursor moves up, and again from the end', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const terminal = await listen(['-i', cable.here])
    await sender.send(...numberedFrames(30))
    await untilCount(terminal, 30)
    expect(selectedPacket(terminal)).toBe(30)
    terminal.press('k')
    await untilSelected(terminal, 29)
    await sender.send(...numberedFrames(5))
    await terminal.untilText(`5 new · capturing`)
    expect([selectedPacket(terminal), shownCount(terminal)]).toEqual([29, 35])
    terminal.press('G')
    await untilSelected(terminal, 35)
    await terminal.untilText('following')
    expect(terminal.line(0)).not.toContain('new')
    await sender.send(numbered(0))
    await untilSelected(terminal, 36)
  })

  it('pauses the view and not the capture', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const terminal = await listen(['-i', cable.here])
    await sender.send(...numberedFrames(3))
    await untilCount(terminal, 3)
    terminal.press('p')
    await terminal.untilText('paused')
    await sender.send(...numberedFrames(4))
    await terminal.untilText(`4 new · paused`)
    expect([selectedPacket(terminal), shownCount(terminal)]).toEqual([3, 3])
    terminal.press('p')
    await untilCount(terminal, 7)
    expect(selectedPacket(terminal)).toBe(7)
    expect(terminal.line(0)).toContain('following')
  })

  it('answers keys while 64-byte frames flood in, and tells how many a second', async ({ annotate }) => {
    const cable = new Cable()
    const stop = await startFlood(cable, 20_000, 64)
    const terminal = await listen(['-i', cable.here])
    await terminal.until(() => shownCount(terminal) > 20_000)
    const rates: number[] = []
    const delays: number[] = []
    for (const [key, seen] of keysAndWhatIsSeen) {
      const began = performance.now()
      terminal.press(key)
      await terminal.untilText(seen)
      delays.push(performance.now() - began)
      const [, rate] = /(\d+)\/s/.exec(terminal.line(0)) ?? []
      if (rate !== undefined) rates.push(Number(rate))
    }
    await terminal.until(() => Number(/(\d+)\/s/.exec(terminal.line(0))?.[1]) > 10_000)
    await stop()
    await annotate(
      `keys answered in ${delays.map(Math.round).join(', ')} ms at ${rates.join(', ')} packets a second`,
    )
    expect(terminal.line(0)).not.toMatch(/dropped|interrupted|!/)
  })
})

describeLive('called without arguments', () => {
  it('counts what passes the interfaces, and listens on the one that is chosen', async () => {
    const cable = new Cable()
    await startFlood(cable, 2000, 100)
    const terminal = await run([...vpnscope], { rows: 50 })
    const line = () => new RegExp(`^.* ${cable.here} .*$`, 'm').exec(terminal.text())?.[0] ?? ''
    const packets = () => Number(/([\d,]+) packets/.exec(line())?.[1]?.replaceAll(',', '') ?? Number.NaN)
    await terminal.until(() => / veth +[1-9][\d,]*\/s /.test(line()), { what: 'a rate' })
    const before = packets()
    await terminal.until(() => packets() > before, { what: 'more packets' })
    await choose(terminal, cable.here)
    await terminal.untilText(/following · [\d,]+\/s/)
    expect(terminal.line(0)).toContain(` ${cable.here} · `)
    await terminal.until(() => shownCount(terminal) > 1000, { what: 'packets' })
  })

  it('says why it cannot listen on an interface that is down, and stays', async () => {
    const cable = new Cable()
    cable.ip('link', 'set', cable.here, 'down')
    const terminal = await run([...vpnscope], { rows: 50 })
    await terminal.untilText('Which capture?')
    await choose(terminal, cable.here)
    await terminal.untilText(`${cable.here}: the interface is down; switch it on first`)
    expect(terminal.text()).toMatch(new RegExp(`► ${cable.here} +veth +down `))
  })
})

describeLive('the end of a live capture', () => {
  it('is Ctrl-C, then a question', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const terminal = await listen(['-i', cable.here])
    await sender.send(...numberedFrames(3))
    await untilCount(terminal, 3)
    terminal.press('ctrl-c')
    await terminal.untilText('stopped, r begins anew')
    await sender.send(numbered(0))
    terminal.press('ctrl-c')
    await terminal.untilText('The captured packets are not saved. Quit all the same?')
    expect(shownCount(terminal)).toBe(3)
    terminal.press('n')
    await terminal.until(() => !terminal.text().includes('not saved'))
    terminal.press('q')
    await terminal.untilText('not saved')
    terminal.press('y')
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
  })

  it('begins anew with r, behind the packets that are there', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const terminal = await listen(['-i', cable.here])
    await sender.send(numbered(0))
    await untilCount(terminal, 1)
    terminal.press('ctrl-c')
    await terminal.untilText('stopped')
    terminal.press('r')
    await terminal.untilText('following')
    await sender.send(numbered(1))
    await untilCount(terminal, 2)
  })

  it('asks nothing where no packet has come, or all are saved', async () => {
    const cable = new Cable()
    const empty = await listen(['-i', cable.here])
    empty.press('q')
    expect(await empty.exit).toEqual({ code: 0, signal: undefined })
    const sender = await Sender.at(cable)
    const path = join(temporaryFolder(), 'saved.pcapng')
    const terminal = await listen(['-i', cable.here])
    await sender.send(...numberedFrames(3))
    await untilCount(terminal, 3)
    await enter(terminal, 's', path)
    await terminal.untilText('3 packets saved')
    expect(await numbersIn(path)).toEqual(range(0, 3))
    await sender.send(numbered(3))
    await untilCount(terminal, 4)
    terminal.press('q')
    await terminal.untilText('not saved')
    terminal.press('n')
    await terminal.until(() => !terminal.text().includes('not saved'))
    await enter(terminal, 's', path)
    await terminal.untilText('Replace the file that is there?')
    terminal.press('y')
    await terminal.untilText('4 packets saved')
    terminal.press('q')
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
  })

  it('asks twice before another capture takes the place of one that is not saved', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const terminal = await listen(['-i', cable.here])
    await sender.send(numbered(0))
    await untilCount(terminal, 1)
    await enter(terminal, ':', `listen ${cable.here}`)
    await terminal.untilText('the captured packets are not saved')
    expect(shownCount(terminal)).toBe(1)
    await enter(terminal, ':', `listen ${cable.here}`)
    await terminal.until(() => shownCount(terminal) === 0 && /following/.test(terminal.line(0)))
  })

  it('leaves a recording that holds everything, and asks nothing', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const path = join(temporaryFolder(), 'all.pcapng')
    const terminal = await listen(['-i', cable.here, '-w', path])
    expect(terminal.line(0)).toContain(`into ${path}`)
    await sender.send(...numberedFrames(3))
    await untilCount(terminal, 3)
    // The last ones come while the program is ending.
    await sender.send(...numberedFrames(200, 60, 3))
    terminal.press('q')
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
    expect(await numbersIn(path)).toEqual(range(0, 203))
    if (existsSync('/usr/bin/capinfos'))
      expect(execFileSync('/usr/bin/capinfos', ['-Mc', path], { encoding: 'utf8' })).toMatch(
        /Number of packets: +203\b/,
      )
  })
})
