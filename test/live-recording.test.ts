import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { hexOf, ipInIp, numbered, processesWith, untilGone } from './capture/live/capturing.ts'
import { captureFile } from './captures.ts'
import { framesIn, hasProgram, numberedFrames } from './live-frames.ts'
import { cli, LiveProgram } from './live-program.ts'
import { Cable, describeNetwork, Sender } from './namespace.ts'
import { smallDisk } from './small-disk.ts'

const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vpnscope-live-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

describeNetwork('-w of a live capture', () => {
  const both = ['a.pcap', 'a.pcapng'] as const
  it.each(both)('%s holds every packet, and nothing is printed', async name => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const path = join(temporaryFolder(), name)
    const program = await LiveProgram.listening(['-i', cable.here, '-w', path])
    const frames = [ipInIp(1), numbered(1), ipInIp(2)]
    await sender.send(...frames)
    program.signal('SIGINT')
    expect(await program.exit).toEqual({ code: 0, signal: null })
    expect(program.stdout).toBe('')
    expect(await framesIn(path)).toEqual(hexOf(frames))
  })

  it('goes beside lines', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const path = join(temporaryFolder(), 'w.pcap')
    const program = await LiveProgram.listening(['-i', cable.here, '-w', path, '-v', '-c', '3'])
    await sender.send(ipInIp(1), ipInIp(2), ipInIp(3), ipInIp(4))
    expect(await program.exit).toEqual({ code: 0, signal: null })
    expect(program.stdout.match(/echo request/g)).toHaveLength(3)
    expect(await framesIn(path)).toEqual(hexOf([ipInIp(1), ipInIp(2), ipInIp(3)]))
  })

  it('has the names of both interfaces in pcapng', async ({ skip }) => {
    skip(!hasProgram('tshark'), 'no tshark')
    const cables = [new Cable(), new Cable()]
    const path = join(temporaryFolder(), 'both.pcapng')
    const devices = cables.flatMap(({ here }) => ['-i', here])
    const program = await LiveProgram.listening([...devices, '-w', path], {}, 2)
    for (const cable of cables) await (await Sender.at(cable)).send(numbered(1))
    program.signal('SIGINT')
    expect(await program.exit).toEqual({ code: 0, signal: null })
    const words = ['-r', path, '-T', 'fields', '-e', 'frame.interface_name']
    const names = execFileSync('tshark', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    expect(names.trim().split('\n').sort()).toEqual(cables.map(({ here }) => here).sort())
  })

  it('- is a capture that tcpdump reads as it comes', async ({ skip }) => {
    skip(!hasProgram('tcpdump'), 'no tcpdump')
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const pipe = `'${process.execPath}' '${cli}' -i ${cable.here} -w - | tcpdump -l -n -t -r - 2>/dev/null`
    const child = spawn('sh', ['-c', pipe], { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', text => {
      said += text
    })
    await once(child.stderr, 'data')
    await sender.send(ipInIp(7))
    const [line] = await once(child.stdout, 'data')
    expect(`${line}`).toBe(
      'IP 192.0.2.1 > 192.0.2.2: IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 4660, seq 7, length 64\n',
    )
    const [vpnscope] = processesWith(cable.here).filter(({ pid }) => isOurs(pid))
    process.kill(vpnscope!.pid, 'SIGINT')
    await once(child, 'exit')
    expect(said).toContain(`${cable.here}: 1 packet captured`)
  })

  it('- ends when its reader is gone', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const program = await LiveProgram.listening(['-i', cable.here, '-w', '-'])
    program.hangUp()
    const ended = program.exit
    await sender.send(numbered(1))
    await sender.send(numbered(2))
    expect(await ended).toEqual({ code: 0, signal: null })
    await untilGone(cable.here)
  })

  it('into a FIFO ends when its reader is gone, and says so', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const fifo = join(temporaryFolder(), 'fifo')
    execFileSync('mkfifo', [fifo])
    // The header of the file and of one record, and the 60 bytes of its packet.
    const reader = spawn('head', ['-c', '100', fifo], { stdio: ['ignore', 'pipe', 'ignore'] })
    const taken = once(reader.stdout.resume(), 'end')
    const program = await LiveProgram.listening(['-i', cable.here, '-w', fifo])
    await sender.send(numbered(1))
    await taken
    await once(reader, 'exit')
    await sender.send(numbered(2))
    expect(await program.exit).toEqual({ code: 1, signal: null })
    expect(program.stderr).toContain(`${cable.here}: 2 packets captured\n${fifo}: its reader is gone\n`)
    await untilGone(cable.here)
  })

  it('begins files by size with -C, and keeps as many as -W says', async () => {
    const cable = new Cable({ mtu: 9000 })
    const sender = await Sender.at(cable)
    const cwd = temporaryFolder()
    const words = ['-i', cable.here, '-w', 'r.pcap', '-C', '1', '-W', '3']
    const program = await LiveProgram.listening(words, { cwd })
    // 9,016 bytes each in the file: 111 to a file that may just exceed a million bytes.
    const frames = Array.from({ length: 400 }, (_, at) => numbered(at, 9000))
    await sender.send(...frames)
    program.signal('SIGINT')
    expect(await program.exit).toEqual({ code: 0, signal: null })
    expect(readdirSync(cwd).sort()).toEqual(['r.pcap0', 'r.pcap1', 'r.pcap2'])
    const numbers: number[] = []
    for (const name of ['r.pcap1', 'r.pcap2', 'r.pcap0']) {
      const found = await framesIn(join(cwd, name))
      numbers.push(...found.map(hex => Number.parseInt(hex.slice(28, 36), 16)))
    }
    // The first file was begun anew.
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, at) => 400 - numbers.length + at))
    expect(numbers.length).toBeGreaterThan(250)
    expect(numbers.length).toBeLessThan(400)
  })

  it('begins files by time with -G, and ends when -W says', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const cwd = temporaryFolder()
    const words = ['-i', cable.here, '-w', '%s.pcap', '-G', '1', '-W', '2']
    const program = await LiveProgram.listening(words, { cwd })
    const isRunning = () => processesWith(cable.here).some(({ pid }) => pid === program.pid)
    let sent = 0
    for (; isRunning(); sent++) await sender.send(numbered(sent))
    expect(await program.exit).toEqual({ code: 0, signal: null })
    const names = readdirSync(cwd).sort()
    expect(names).toHaveLength(2)
    expect(Number.parseInt(names[1]!, 10)).toBe(Number.parseInt(names[0]!, 10) + 1)
    const frames = [...(await framesIn(join(cwd, names[0]!))), ...(await framesIn(join(cwd, names[1]!)))]
    expect(frames).toEqual(hexOf(numberedFrames(frames.length)))
    expect(frames.length).toBeLessThanOrEqual(sent)
  })

  it('says at its end what found no room on the disk', async ({ skip }) => {
    const disk = smallDisk(256)
    if (disk === undefined) return skip('no disk of its own')
    onTestFinished(() => disk.remove())
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const path = join(disk.path, 'w.pcap')
    const program = await LiveProgram.listening(['-i', cable.here, '-w', path])
    const frames = Array.from({ length: 500 }, (_, at) => numbered(at, 1000))
    await sender.send(...frames)
    // At once, and not only at the end.
    await program.until(() => program.stderr.includes(`${path}: cannot write: no space left on the disk\n`))
    program.signal('SIGINT')
    expect(await program.exit).toEqual({ code: 1, signal: null })
    const kept = await framesIn(path)
    expect(kept).toEqual(hexOf(frames.slice(0, kept.length)))
    expect(program.stderr).toContain(`${cable.here}: 500 packets captured`)
    expect(program.stderr).toContain(`${path}: cannot write: no space left on the disk\n`)
    expect(program.stderr).toContain(`${path}: ${500 - kept.length} packets are missing\n`)
  })

  it('belongs to the user of sudo, who is all that the program still is', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const cwd = temporaryFolder()
    chmodSync(cwd, 0o777)
    const env = { SUDO_UID: '65534', SUDO_GID: '65534' }
    const program = await LiveProgram.listening(['-i', cable.here, '-w', 'w.pcap'], { cwd, env })
    expect(readFileSync(`/proc/${program.pid}/status`, 'utf8')).toMatch(
      /^Uid:\t65534\t65534\t65534\t65534\nGid:\t65534\t65534\t65534\t65534$/m,
    )
    await sender.send(numbered(1))
    program.signal('SIGINT')
    expect(await program.exit).toEqual({ code: 0, signal: null })
    expect(statSync(join(cwd, 'w.pcap')).uid).toBe(65534)
    expect(await framesIn(join(cwd, 'w.pcap'))).toEqual(hexOf([numbered(1)]))
    await untilGone(cable.here)
  })

  it.each(['cap', 'tcpdump', 'dumpcap'])('%s ends when the program is killed', async engine => {
    const cable = new Cable()
    const program = await LiveProgram.listening(['-i', cable.here, '--engine', engine])
    program.signal('SIGKILL')
    await untilGone(cable.here)
  })
})

const isOurs = (pid: number): boolean => {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  return words[1] === cli
}

describe('-w of a capture file', () => {
  it('writes the same packets in another format', async () => {
    const path = join(temporaryFolder(), 'copy.pcapng')
    expect(run('-r', captureFile('walkthrough.pcap'), '-w', path)).toMatchObject({ status: 0, stdout: '' })
    expect(await framesIn(path)).toEqual(await framesIn(captureFile('walkthrough.pcap')))
    if (hasProgram('capinfos'))
      expect(execFileSync('capinfos', ['-tM', path], { encoding: 'utf8' })).toContain('pcapng')
  })
})
