import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  createWriteStream,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { numbered } from '../capture/live/capturing.ts'
import { SshServer, sshMissing } from '../capture/live/ssh-server.ts'
import { hasProgram, numberedFrames } from '../live-frames.ts'
import { LiveProgram } from '../live-program.ts'
import { Cable, Sender } from '../namespace.ts'
import type { TestTerminal } from '../terminal.ts'
import { describeLive, describeTools, listen, shownCount, startFlood, udpInIp } from './live-parts.ts'
import { selectedPacket } from './screen-parts.ts'
import { bundled, press, run, runShell, shellCommand, temporaryFolder, vpnscope } from './vpnscope.ts'

const ipInIpInList = / (eth|sll2?)\/ip\/ip\/udp +192\.0\.2\.1 → 192\.0\.2\.2 +10\.0\.0\.1 → 10\.0\.0\.2 /

/** Sends IP in IP a few times, waits for it on the screen each time, and tells how soon it came. */
async function expectPrompt(terminal: TestTerminal, sender: Sender): Promise<string> {
  const delays: number[] = []
  for (let length = 1; length <= 5; length++) {
    const began = performance.now()
    await sender.send(udpInIp('x'.repeat(length)))
    await terminal.untilText(`40000 → 9, ${8 + length} bytes`)
    delays.push(Math.round(performance.now() - began))
  }
  expect(terminal.text()).toMatch(ipInIpInList)
  return `from sending to the screen: ${delays.join(', ')} ms`
}

describeTools(['tcpdump'], 'what tcpdump writes', () => {
  it('is on the screen at once through a FIFO', async ({ annotate }) => {
    const cable = new Cable()
    const fifo = join(temporaryFolder(), 'fifo')
    execFileSync('mkfifo', [fifo])
    const terminal = await run([...vpnscope, '-r', fifo])
    const words = ['-i', cable.here, '-U', '--immediate-mode', '-w', fifo]
    const writer = spawn('tcpdump', words, { stdio: 'ignore' })
    await terminal.untilText('waiting for more')
    await annotate(await expectPrompt(terminal, await Sender.at(cable)))
    writer.kill()
    await terminal.until(() => !terminal.line(0).includes('waiting'), { what: 'the end of the pipe' })
    await press(terminal, 'j')
    terminal.press('q')
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
  })

  it('is on the screen at once through a pipe, and the keys are those of the terminal', async ({
    annotate,
  }) => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const dump = `tcpdump -i ${cable.here} -U --immediate-mode -w - 2>/dev/null`
    const terminal = await runShell(`${dump} | ${shellCommand} -r -`)
    await terminal.untilText('waiting for more')
    await annotate(await expectPrompt(terminal, sender))
    terminal.press('j', 'F')
    await terminal.untilText('following')
    await sender.send(numbered(0))
    await terminal.until(() => selectedPacket(terminal) === 6)
    terminal.press('q')
    // tcpdump learns by writing that its reader is gone.
    while (terminal.ended === undefined) await sender.send(numbered(0))
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
  })

  it('is followed with -i as an interface is, until Ctrl-C', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const dump = `tcpdump -i ${cable.here} -U --immediate-mode -w - 2>/dev/null`
    const terminal = await runShell(`${dump} | ${shellCommand} -i -`)
    await terminal.untilText('following · 0/s')
    await sender.send(...numberedFrames(30))
    await terminal.until(() => selectedPacket(terminal) === 30)
    await terminal.untilText(/following · [1-9]\d*\/s/)
    await press(terminal, 'k')
    await sender.send(numbered(30))
    await terminal.untilText('1 new · capturing')
    terminal.press('ctrl-c')
    await terminal.untilText('the pipe has ended')
    expect(terminal.line(0)).not.toContain('!')
    await press(terminal, 'r')
    expect(terminal.text()).toContain('standard input: a pipe cannot begin anew')
    terminal.press('ctrl-c')
    await terminal.untilText('The captured packets are not saved. Quit all the same?')
    expect(shownCount(terminal)).toBe(31)
    terminal.press('y')
    while (terminal.ended === undefined) await sender.send(numbered(0))
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
  })

  it('is on the screen at once through ssh', async ({ annotate, skip }) => {
    skip(sshMissing !== undefined, sshMissing)
    const cable = new Cable()
    const server = await SshServer.start()
    const sender = await Sender.at(cable)
    const device = server.device(cable.here)
    const terminal = await listen(['-i', device], {
      env: { PATH: `${server.path}:${process.env['PATH']}` },
    })
    await annotate(await expectPrompt(terminal, sender))
    expect(terminal.line(0)).toContain(` 127.0.0.1/${cable.here} · `)
    terminal.press('q', 'y')
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
  })
})

describeTools(['tcpdump'], 'two hosts behind ssh', () => {
  it('are asked about one after the other, before the screen opens', async ({ skip }) => {
    skip(sshMissing !== undefined, sshMissing)
    const server = await SshServer.start({ isUnknown: true })
    const devices = [server.device('lo'), server.device('any')]
    const terminal = await run([...vpnscope, ...devices.flatMap(device => ['-i', device])], {
      env: { PATH: `${server.path}:${process.env['PATH']}` },
      columns: 160,
    })
    await terminal.untilText('Are you sure you want to continue connecting')
    expect(terminal.text().match(/Are you sure/g)).toHaveLength(1)
    // One answer is enough: the second ssh finds the key among the known ones.
    terminal.type('yes\r')
    await terminal.untilText('following')
    expect(terminal.line(0)).toContain(' 127.0.0.1/lo, 127.0.0.1/any · ')
  })
})

describeLive('root who reads for the user of sudo', () => {
  const sudo = { SUDO_UID: '65534', SUDO_GID: '65534' }
  const uidOf = (pid: number) => /^Uid:\t(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  const nobody = '65534\t65534\t65534\t65534'

  it('opens what only root may, and is that user before the first line is printed', async () => {
    const folder = temporaryFolder()
    const fifo = join(folder, 'fifo')
    execFileSync('mkfifo', ['-m', '600', fifo])
    const program = new LiveProgram(['-nr', fifo], { env: sudo })
    const writer = createWriteStream(fifo)
    writer.write(readFileSync(bundled('ipip.pcap')))
    await program.until(() => program.lines.length === 18)
    expect(uidOf(program.pid)).toBe(nobody)
    writer.end()
    expect(await program.exit).toEqual({ code: 0, signal: null })
  })

  it('starts ssh as that user, who has the keys', async () => {
    const folder = temporaryFolder()
    chmodSync(folder, 0o777)
    const said = join(folder, 'said')
    writeFileSync(join(folder, 'ssh'), `#!/bin/sh\nid -u >'${said}'\nexit 255\n`, { mode: 0o755 })
    const env = { ...sudo, PATH: `${folder}:${process.env['PATH']}` }
    const program = new LiveProgram(['-T', 'text', '-i', 'lo', '-i', 'ssh://gw/em0'], { env })
    expect(await program.exit).toEqual({ code: 2, signal: null })
    expect(program.stderr).toBe('cannot reach gw\n')
    expect(readFileSync(said, 'utf8')).toBe('65534\n')
  })

  it('is that user on the screen', async () => {
    const terminal = await run([...vpnscope, bundled('ipip.pcap')], { env: sudo })
    await terminal.untilText('of 18 packets')
    expect(uidOf(terminal.pid)).toBe(nobody)
    terminal.press('q')
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
  })

  it('stays root until there is something to show', async () => {
    const terminal = await run([...vpnscope], { env: sudo })
    await terminal.untilText('Which capture?')
    expect(uidOf(terminal.pid)).toBe('0\t0\t0\t0')
    await press(terminal, ':')
    terminal.type(`open ${bundled('ipip.pcap')}\r`)
    await terminal.untilText('of 18 packets')
    expect(uidOf(terminal.pid)).toBe(nobody)
  })
})

describeLive('several interfaces', () => {
  it('are one capture, and its file has both names', async ({ skip }) => {
    const cables = [new Cable(), new Cable()]
    const cwd = temporaryFolder()
    const path = join(cwd, 'both.pcapng')
    const names = cables.map(({ here }) => here)
    const words = names.flatMap(name => ['-i', name])
    const terminal = await listen([...words, '-w', 'both.pcapng'], { cwd, columns: 160 })
    expect(terminal.line(0)).toContain(names.join(', '))
    for (const [at, cable] of cables.entries()) await (await Sender.at(cable)).send(numbered(at))
    await terminal.until(() => shownCount(terminal) === 2)
    terminal.press('q')
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
    skip(!hasProgram('tshark'), 'no tshark to read the names')
    const fields = ['-r', path, '-T', 'fields', '-e', 'frame.interface_name', '-e', 'data.data']
    const lines = execFileSync('tshark', fields, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    expect(lines.trim().split('\n').sort()).toEqual(
      names.map((name, at) => `${name}\t0000000${at}${'5a'.repeat(42)}`).sort(),
    )
  })

  it('are all of them with any', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    // Other tests send on other interfaces meanwhile.
    const terminal = await listen(['-i', 'any', 'ip proto 4', 'and', 'greater 700'])
    await sender.send(udpInIp('x'.repeat(777)))
    await terminal.untilText('40000 → 9, 785 bytes')
    expect(terminal.text()).toMatch(ipInIpInList)
  })

  it('end one by one', async () => {
    const cables = [new Cable(), new Cable()]
    const terminal = await listen(['-i', cables[0]!.here, '-i', cables[1]!.here])
    cables[0]!.ip('link', 'delete', cables[0]!.here)
    await terminal.untilText(`${cables[0]!.here}: the interface is gone`)
    await (await Sender.at(cables[1]!)).send(numbered(1))
    await terminal.until(() => shownCount(terminal) === 1)
    expect(terminal.line(0)).toContain('following')
  })
})

describeLive('a ring', () => {
  it('lets the oldest packets go, and the list begins with the first that is kept', async () => {
    const cable = new Cable()
    const stop = await startFlood(cable, 5000, 1000)
    const terminal = await listen(['-i', cable.here, '--ring', '1MB'])
    const kept: number[] = []
    for (const least of [2000, 6000]) {
      await terminal.until(() => shownCount(terminal) > least)
      kept.push(spoolBytes(terminal.pid))
    }
    await stop()
    // What is on its way still comes.
    await terminal.untilText('following · 0/s')
    // A frame takes 1,032 bytes and more there; an eighth of the ring goes at once.
    expect(Math.max(...kept)).toBeLessThanOrEqual(1 << 20)
    expect(Math.min(...kept)).toBeGreaterThan(700_000)
    const count = shownCount(terminal)
    terminal.press('home')
    await terminal.until(() => selectedPacket(terminal) < count)
    const first = selectedPacket(terminal)
    expect(first).toBeGreaterThan(count - 1100)
    expect(terminal.line(2)).toMatch(new RegExp(`^ ► +${first} `))
    expect(terminal.text()).toMatch(/ 0000 +ffff ffff ffff 0000 5e00/)
  })
})

/** Bytes that a process has in files without a name. Where one is closed meanwhile, it is asked again. */
function spoolBytes(pid: number): number {
  const folder = `/proc/${pid}/fd`
  try {
    return readdirSync(folder)
      .map(fd => join(folder, fd))
      .filter(path => readlinkSync(path).endsWith(' (deleted)'))
      .reduce((sum, path) => sum + statSync(path).size, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    return spoolBytes(pid)
  }
}
