import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { recipes } from '../src/capture/recipes.ts'
import { ipInIp, numbered, processesWith, untilGone } from './capture/live/capturing.ts'
import { hasProgram, numberedFrames } from './live-frames.ts'
import { cli, LiveProgram } from './live-program.ts'
import { Cable, describeNetwork, Sender } from './namespace.ts'

const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vpnscope-live-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A UDP datagram from port 40000 without data, in IPv4 in an Ethernet broadcast, without checksums. */
const udpTo = (port: number): Uint8Array =>
  Buffer.from(
    `ffffffffffff00005e0053020800450000200000400040110000c0000201c00002029c40${port.toString(16).padStart(4, '0')}000c000000000000`,
    'hex',
  )

describeNetwork('lines of a live capture', () => {
  it('come with their packets, and SIGINT ends with the counts', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const program = await LiveProgram.listening(['-i', cable.here, '-n', '-t'])
    for (let count = 1; count <= 3; count++) {
      await sender.send(ipInIp(count))
      await program.until(() => program.lines.length === count)
    }
    await sender.send(ipInIp(4))
    program.signal('SIGINT')
    expect(await program.exit).toEqual({ code: 0, signal: null })
    // As OpenBSD's tcpdump prints IP in IP.
    const line = '10.0.0.1 > 10.0.0.2: icmp: echo request (DF) (encap)'
    expect(program.lines).toEqual(Array(4).fill(line))
    expect(program.stderr).toMatch(
      new RegExp(
        `^capturing on ${cable.here} with cap: time taken by vpnscope, not by the kernel\n${cable.here}: 4 packets captured\n$`,
      ),
    )
  })

  it.each(['SIGTERM', 'SIGHUP'] as const)('end in order by %s too', async signal => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const program = await LiveProgram.listening(['-i', cable.here, '-n', '--engine', 'tcpdump'])
    await sender.send(ipInIp(1))
    program.signal(signal)
    expect(await program.exit).toEqual({ code: 0, signal: null })
    expect(program.lines).toHaveLength(1)
    expect(program.stderr).toContain(`${cable.here}: 1 packet captured, 0 dropped by the kernel\n`)
    await untilGone(cable.here)
  })

  it('are JSON, one a packet, with the interface', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const program = await LiveProgram.listening(['-i', cable.here, '-T', 'json'])
    await sender.send(ipInIp(1))
    await program.until(() => program.lines.length === 1)
    await sender.send(ipInIp(2))
    await program.until(() => program.lines.length === 2)
    program.signal('SIGINT')
    await program.exit
    const packets = program.lines.map(line => JSON.parse(line))
    expect(packets).toMatchObject([
      { number: 1, interfaceName: cable.here },
      { number: 2, interfaceName: cable.here },
    ])
    expect(JSON.stringify(packets[1])).toContain('10.0.0.2')
  })

  it.each(['any', 'several'])('tell on which interface they came: %s', async which => {
    const cables = [new Cable(), new Cable()]
    const senders = [await Sender.at(cables[0]!), await Sender.at(cables[1]!)]
    const names = cables.map(({ here }) => here)
    const devices = which === 'any' ? ['-i', 'any'] : names.flatMap(name => ['-i', name])
    // The addresses of the frames, so that nothing else of this system gets in between.
    const filter = ['ip', 'proto', '4', 'and', 'host', '192.0.2.2']
    const text = await LiveProgram.listening([...devices, '-n', '-t', ...filter])
    const json = await LiveProgram.listening([...devices, '--json', ...filter])
    for (const sender of [...senders, senders[0]!]) await sender.send(ipInIp())
    const inOrder = async (program: LiveProgram) => {
      await program.until(() => program.lines.length === 3)
      program.signal('SIGINT')
      await program.exit
      return [...program.lines].sort()
    }
    const expected = [names[0], names[0], names[1]]
    expect((await inOrder(text)).map(line => line.split(' ')[0])).toEqual(expected)
    const packets = (await inOrder(json)).map(line => JSON.parse(line))
    expect(packets.map(({ interfaceName }) => interfaceName).sort()).toEqual(expected)
  })

  it('are so many with -c, and a number with --count', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const few = await LiveProgram.listening(['-i', cable.here, '-c', '2'])
    const counted = await LiveProgram.listening(['-i', cable.here, '--count'])
    await sender.send(...numberedFrames(5))
    expect(await few.exit).toEqual({ code: 0, signal: null })
    expect(few.lines).toHaveLength(2)
    expect(few.stderr).toContain(`${cable.here}: 2 packets captured`)
    counted.signal('SIGINT')
    expect(await counted.exit).toEqual({ code: 0, signal: null })
    expect(counted.lines).toEqual(['5 packets'])
  })

  it('keep to the words behind the options, to -f, and to a recipe', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const filters = [
      ['udp', 'port', '500'],
      ['-f', 'udp port 500'],
      ['-f', 'udp', 'port', '500'],
      ['--recipe', 'ike'],
    ]
    const programs: LiveProgram[] = []
    for (const filter of filters)
      programs.push(await LiveProgram.listening(['-i', cable.here, '-n', '-t', ...filter]))
    await sender.send(udpTo(53), ipInIp(), udpTo(500), numbered(1))
    for (const program of programs) {
      program.signal('SIGINT')
      expect(await program.exit).toEqual({ code: 0, signal: null })
      expect(program.lines).toHaveLength(1)
      expect(program.lines[0]).toContain('192.0.2.2.500')
    }
  })

  it('say why an interface ended, behind its packets', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const program = await LiveProgram.listening(['-i', cable.here, '-n'])
    await sender.send(ipInIp())
    await program.until(() => program.lines.length === 1)
    cable.ip('link', 'delete', cable.here)
    expect(await program.exit).toEqual({ code: 1, signal: null })
    expect(program.lines).toHaveLength(1)
    expect(program.stderr).toMatch(new RegExp(`\n${cable.here}: the interface is gone\n$`))
  })

  it.each([
    ['cap', 'the interface went down', 'the interface went down'],
    ['tcpdump', 'the interface is down', 'the interface was down'],
  ])('go on when an interface was switched off: %s', async (engine, down, back) => {
    const cable = new Cable()
    const program = await LiveProgram.listening(['-i', cable.here, '-n', '--engine', engine])
    await (await Sender.at(cable)).send(ipInIp(1))
    await program.until(() => program.lines.length === 1)
    cable.ip('link', 'set', cable.here, 'down')
    await program.until(() => program.stderr.includes(`\n${cable.here}: ${down}; waiting for it\n`))
    cable.ip('link', 'set', cable.here, 'up')
    await program.until(() => program.stderr.includes(`\n${cable.here}: ${back}; capturing again\n`))
    await (await Sender.at(cable)).send(ipInIp(2))
    await program.until(() => program.lines.length === 2)
    program.signal('SIGINT')
    expect(await program.exit).toEqual({ code: 0, signal: null })
    expect(program.stderr).toMatch(
      new RegExp(`\n${cable.here}: 2 packets captured(, 0 dropped by the kernel)?, interrupted once\n$`),
    )
  })

  it('end when nobody reads them any more', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const program = await LiveProgram.listening(['-i', cable.here, '-n'])
    program.hangUp()
    const ended = program.exit
    const sending = (async () => {
      while (processesWith(cable.here).some(({ pid }) => pid === program.pid)) await sender.send(ipInIp())
    })()
    expect(await ended).toEqual({ code: 0, signal: null })
    await sending
    await untilGone(cable.here)
  })
})

describeNetwork('a capture that cannot begin', () => {
  const refused = async (...args: string[]) => {
    const program = new LiveProgram(args)
    const { code } = await program.exit
    return { code, stdout: program.stdout, stderr: program.stderr }
  }

  it("gives libpcap's words about a filter, and leaves nothing running", async () => {
    const cable = new Cable()
    const other = new Cable()
    for (const engine of ['cap', 'tcpdump', 'dumpcap'])
      expect(
        await refused('-i', cable.here, '-i', other.here, '--engine', engine, 'udp port 99999999'),
      ).toEqual({
        code: 2,
        stdout: '',
        stderr: expect.stringMatching(
          /^filter "udp port 99999999": .*illegal port number 99999999 > 65535\n$/,
        ),
      })
    await untilGone(cable.here)
    await untilGone(other.here)
  })

  it('names the interfaces that there are', async () => {
    const cable = new Cable()
    expect(await refused('-i', `${cable.here}9`)).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        new RegExp(`^${cable.here}9: no such interface\\. Try one of: ${cable.here}, `),
      ),
    })
    const wrong = await refused('-i', cable.here, '-i', `${cable.here}9`)
    expect(wrong.code).toBe(2)
    await untilGone(cable.here)
  })

  it('says what would give the right to', async ({ skip }) => {
    skip(!hasProgram('setpriv'), 'no setpriv')
    const cable = new Cable()
    const bare = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, cli]
    const { status, stdout, stderr } = spawnSync('setpriv', [...bare, '-i', cable.here], { encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(
      new RegExp(`^cannot capture on ${cable.here}: permission denied\\. Run with sudo(, or: .*)?\n$`),
    )
  })

  it('does not begin where the file of -w cannot be written', async () => {
    const cable = new Cable()
    const path = join(temporaryFolder(), 'no', 'such.pcap')
    expect(await refused('-i', cable.here, '-w', path)).toEqual({
      code: 2,
      stdout: '',
      stderr: `${path}: cannot write: no such file\n`,
    })
    await untilGone(cable.here)
  })
})

describe('lists', () => {
  it('-D has every interface with its number, which -i takes', () => {
    const { status, stdout } = run('-D')
    expect(status).toBe(0)
    if (existsSync('/sys/class/net'))
      for (const name of ['lo', 'any']) expect(stdout).toMatch(new RegExp(`^ *\\d+ +${name}\\b`, 'm'))
  })

  it('--recipe list has every recipe with its filter', () => {
    const { status, stdout } = run('--recipe', 'list')
    expect(status).toBe(0)
    for (const { name } of recipes) expect(stdout).toMatch(new RegExp(`^ *${name}\\b`, 'm'))
    expect(stdout).toContain('udp port 500')
  })
})
