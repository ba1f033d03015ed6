import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { numbered, processesWith, untilGone } from '../capture/live/capturing.ts'
import { numberedFrames, numbersIn } from '../live-frames.ts'
import { Cable, Sender } from '../namespace.ts'
import { smallDisk } from '../small-disk.ts'
import type { TestTerminal } from '../terminal.ts'
import { describeLive, enter, listen, shownCount } from './live-parts.ts'
import { range, selectedPacket } from './screen-parts.ts'
import { press, run, temporaryFolder, vpnscope } from './vpnscope.ts'

const untilCount = (terminal: TestTerminal, count: number) =>
  terminal.until(() => shownCount(terminal) === count, { what: `${count} packets` })

/** Sends frames from a cable's other end, as soon as there is one. */
async function send(cable: Cable, ...frames: readonly Uint8Array[]): Promise<void> {
  const sender = await Sender.at(cable)
  await sender.send(...frames)
  await sender.close()
}

describeLive('an interface that goes away', () => {
  it('leaves its packets, and r begins anew when it is back', async () => {
    const cable = new Cable()
    const terminal = await listen(['-i', cable.here], { columns: 200 })
    await send(cable, numbered(1), numbered(2))
    await untilCount(terminal, 2)
    cable.ip('link', 'delete', cable.here)
    await terminal.untilText(`! the interface is gone`)
    expect(terminal.line(0)).toContain('waiting, r tries at once · ')
    terminal.press('k')
    await terminal.until(() => selectedPacket(terminal) === 1)
    terminal.press('r')
    await terminal.untilText(`${cable.here}: no such interface`)
    expect(terminal.line(0)).toContain('waiting, r tries at once')
    cable.plug()
    terminal.press('r')
    await terminal.untilText(`1 interrupted (the interface is gone)`)
    expect(terminal.line(0)).not.toContain('!')
    await send(cable, numbered(3))
    await untilCount(terminal, 3)
  })

  it('is listened to again by itself when it was down', async () => {
    const cable = new Cable()
    const terminal = await listen(['-i', cable.here], { columns: 200 })
    await send(cable, numbered(1))
    await untilCount(terminal, 1)
    cable.ip('link', 'set', cable.here, 'down')
    await terminal.untilText(`! the interface went down`)
    cable.ip('link', 'set', cable.here, 'up')
    await terminal.untilText(`1 interrupted (the interface went down)`)
    await send(cable, numbered(2))
    await untilCount(terminal, 2)
  })

  it.each(['tcpdump', 'dumpcap'])('is noted where %s outlives that', async engine => {
    const cable = new Cable()
    const terminal = await listen(['-i', cable.here, '--engine', engine], { columns: 200 })
    await send(cable, numbered(1))
    await untilCount(terminal, 1)
    cable.ip('link', 'set', cable.here, 'down')
    await terminal.untilText(`following · ! the interface is down`)
    cable.ip('link', 'set', cable.here, 'up')
    await terminal.untilText(`1 interrupted (the interface was down)`)
    await send(cable, numbered(2))
    await untilCount(terminal, 2)
  })

  it.each(['cap', 'tcpdump'])(
    'is opened again under sudo, too, though root is given up: %s',
    async engine => {
      const cable = new Cable()
      const env = { SUDO_UID: '65534', SUDO_GID: '65534', XDG_STATE_HOME: '' }
      const terminal = await listen(['-i', cable.here, '--engine', engine], { columns: 200, env })
      await send(cable, numbered(1))
      await untilCount(terminal, 1)
      cable.ip('link', 'delete', cable.here)
      await terminal.untilText('the interface is gone')
      expect(terminal.line(0)).toContain('waiting, r tries at once')
      cable.plug()
      await terminal.untilText(/1 interrupted \(.*the interface is gone\)/)
      await send(cable, numbered(2))
      await untilCount(terminal, 2)
      terminal.press('q', 'y')
      expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
      await untilGone(cable.here)
    },
  )
})

describeLive('a capturer', () => {
  it('that is killed leaves its packets, and another one takes its place', async () => {
    const cable = new Cable()
    const terminal = await listen(['-i', cable.here], { columns: 200 })
    await send(cable, numbered(1))
    await untilCount(terminal, 1)
    const [capturer, ...others] = processesWith(cable.here).filter(({ pid }) => pid !== terminal.pid)
    expect(others).toEqual([])
    process.kill(capturer!.pid, 'SIGKILL')
    await terminal.untilText(`! the engine cap was killed (SIGKILL)`)
    terminal.press('r')
    await terminal.untilText(`1 interrupted (the engine cap was killed (SIGKILL))`)
    await terminal.untilText(`${cable.here}: the engine cap was killed (SIGKILL); capturing again`)
    await send(cable, numbered(2))
    await untilCount(terminal, 2)
  })

  it.each(['cap', 'tcpdump', 'dumpcap'])(
    '%s ends when vpnscope is killed, and no file is left',
    async engine => {
      const cable = new Cable()
      const folder = temporaryFolder()
      const terminal = await listen(['-i', cable.here, '--engine', engine], { env: { TMPDIR: folder } })
      await send(cable, numbered(1))
      await untilCount(terminal, 1)
      expect(processesWith(cable.here).length).toBeGreaterThan(1)
      terminal.signal('SIGKILL')
      await terminal.exit
      await untilGone(cable.here)
      expect(readdirSync(folder)).toEqual([])
    },
  )
})

describeLive('the last file of a recording', () => {
  it('ends the capture, which says so', async () => {
    const cable = new Cable()
    const cwd = temporaryFolder()
    const words = ['-i', cable.here, '-w', 'only.pcap', '-G', '1', '-W', '1']
    const terminal = await listen(words, { columns: 200, cwd })
    const sender = await Sender.at(cable)
    while (!terminal.line(0).includes('stopped')) await sender.send(numbered(1))
    await terminal.untilText('stopped, r begins anew · ! all files of -W are written · into only.pcap')
    expect(readdirSync(cwd)).toEqual(['only.pcap'])
  })
})

describeLive('a full disk', () => {
  it('is told, and nothing is lost when there is room again', async ({ skip }) => {
    const disk = smallDisk(2048)
    if (disk === undefined) return skip('no disk of its own')
    onTestFinished(() => disk.remove())
    const ballast = join(disk.path, 'ballast')
    writeFileSync(ballast, Buffer.alloc(1800 << 10))
    const cable = new Cable()
    const terminal = await listen(['-i', cable.here], { columns: 200, env: { TMPDIR: disk.path } })
    await send(cable, ...numberedFrames(1000, 1000))
    await terminal.untilText(/! .*(full|no space left)/)
    expect(shownCount(terminal)).toBeGreaterThan(100)
    expect(shownCount(terminal)).toBeLessThan(300)
    const last = selectedPacket(terminal)
    terminal.press('k')
    await terminal.until(() => selectedPacket(terminal) === last - 1)
    rmSync(ballast)
    await untilCount(terminal, 1000)
    expect(terminal.line(0)).not.toContain('!')
    const path = join(temporaryFolder(), 'all.pcapng')
    await enter(terminal, 's', path)
    await terminal.untilText('1000 packets saved')
    expect(await numbersIn(path)).toEqual(range(0, 1000))
  })

  it('stops a recording, which goes on when there is room again and tells what it lacks', async ({
    skip,
  }) => {
    const disk = smallDisk(1024)
    if (disk === undefined) return skip('no disk of its own')
    onTestFinished(() => disk.remove())
    const ballast = join(disk.path, 'ballast')
    writeFileSync(ballast, Buffer.alloc(800 << 10))
    const path = join(disk.path, 'w.pcapng')
    const cable = new Cable()
    const terminal = await listen(['-i', cable.here, '-w', path], { columns: 200 })
    await send(cable, ...numberedFrames(100, 1000))
    await untilCount(terminal, 100)
    await send(cable, ...numberedFrames(200, 1000, 100))
    await terminal.untilText(`! ${path}: cannot write: no space left`)
    // Whole packets, as many as there is room for.
    const before = await numbersIn(path)
    expect(before).toEqual(range(0, before.length))
    expect(before.length).toBeGreaterThan(190)
    rmSync(ballast)
    await terminal.until(() => !terminal.line(0).includes('!'))
    await send(cable, ...numberedFrames(10, 1000, 300))
    await untilCount(terminal, 310)
    const written = await numbersIn(path)
    const missed = range(0, 310).filter(number => !written.includes(number))
    expect(written).toEqual(written.toSorted((a, b) => a - b))
    expect(written.slice(-10)).toEqual(range(300, 310))
    // The screen has them all, and asks.
    terminal.press('q')
    await terminal.untilText('not saved')
    terminal.press('y')
    expect(await terminal.exit).toEqual({ code: missed.length > 0 ? 1 : 0, signal: undefined })
    expect(missed.length).toBeGreaterThan(0)
    expect(terminal.text()).toContain(`${path}: ${missed.length} packets are missing`)
  })
})

describeLive('root', () => {
  it('is given up for the user of sudo before packets are shown, wherever the program lies', async () => {
    const cable = new Cable()
    const folder = temporaryFolder()
    // Only root may go in here, as into root's home.
    const home = join(folder, 'home')
    mkdirSync(home, { mode: 0o700 })
    cpSync(dirname(vpnscope[1]), join(home, 'dist'), { recursive: true })
    const own = join(folder, 'own')
    mkdirSync(own)
    chmodSync(folder, 0o755)
    chmodSync(own, 0o777)
    const command = [process.execPath, join(home, 'dist', 'cli.js'), '-i', cable.here, '-w', 'seen.pcap']
    const terminal = await run(command, {
      cwd: own,
      env: { SUDO_UID: '65534', SUDO_GID: '65534', TMPDIR: own },
    })
    await terminal.untilText('following')
    await send(cable, numbered(1))
    await untilCount(terminal, 1)
    const status = readFileSync(`/proc/${terminal.pid}/status`, 'utf8')
    expect(status).toMatch(/^Uid:\t65534\t65534\t65534\t65534$/m)
    expect(status).toMatch(/^Gid:\t65534\t65534\t65534\t65534$/m)
    expect(status).toMatch(/^CapEff:\t0+$/m)
    expect(statSync(join(own, 'seen.pcap')).uid).toBe(65534)
    await enter(terminal, 's', 'saved.pcapng')
    await terminal.untilText('1 packets saved')
    expect(statSync(join(own, 'saved.pcapng')).uid).toBe(65534)
    await press(terminal, '?', 'escape', 'tab')
    terminal.press('q')
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
    await untilGone(cable.here)
  })
})
