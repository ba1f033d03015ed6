import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { remoteDevice } from '../../../src/capture/live/remote.ts'
import { Cable, describeNetwork, Sender } from '../../namespace.ts'
import { openTerminal } from '../../terminal.ts'
import { bundle, capturing } from './bundle.ts'
import {
  Catch,
  capture,
  hexOf,
  ipInIp,
  numbered,
  processesWith,
  refusal,
  tagged,
  untilGone,
} from './capturing.ts'
import { SshServer, sshMissing } from './ssh-server.ts'

const describeSsh = (name: string, stories: () => void) =>
  sshMissing === undefined
    ? describeNetwork(name, stories)
    : describe.skip(`${name} (left out: ${sshMissing})`, stories)

describe('a device behind ssh', () => {
  const none = { user: '', port: 0 }
  it.each([
    [
      'ssh://root@gw.example.net:2222/em0',
      { user: 'root', host: 'gw.example.net', port: 2222, device: 'em0' },
    ],
    ['ssh://gw/vlan0.5', { ...none, host: 'gw', device: 'vlan0.5' }],
    ['ssh://[2001:db8::1]:22/any', { ...none, host: '2001:db8::1', port: 22, device: 'any' }],
    ['ssh://[fe80::1%em1]/em0', { ...none, host: 'fe80::1%em1', device: 'em0' }],
    ['em0', undefined],
    ['any', undefined],
  ])('%s', (text, parts) => {
    expect(remoteDevice(text)).toEqual(parts)
  })

  it.each([
    'ssh://gw',
    'ssh://gw/',
    'ssh:///em0',
    'ssh://-oProxyCommand=x/em0',
    'ssh://-l@gw/em0',
    'ssh://root:secret@gw/em0',
    'ssh://gw:99999/em0',
    'ssh://gw/-w',
    'ssh://gw/a b',
    'ssh://gw/../x',
    'ssh://g w/em0',
    'ssh:gw/em0',
  ])('is not %s', text => {
    expect(() => remoteDevice(text)).toThrow(`${text}: not of the form ssh://user@host:port/interface`)
  })
})

describeSsh('a capture through ssh', () => {
  it('delivers frames as they were sent, and counts them', async () => {
    const cable = new Cable()
    const server = (await SshServer.start()).use()
    const sender = await Sender.at(cable)
    const capturer = await capture({ device: server.device(cable.here) })
    expect(capturer).toMatchObject({ device: server.device(cable.here), engine: 'ssh', clock: '' })
    const caught = new Catch(capturer)
    const frames = [ipInIp(1), tagged(), numbered(1)]
    await sender.send(...frames)
    await caught.has(3)
    capturer.ask()
    await expect.poll(() => capturer.counters).toEqual({ received: 3, dropped: 0 })
    await sender.send(numbered(2))
    capturer.stop()
    expect(await caught.finished).toBeUndefined()
    expect(await capturer.ended).toBeUndefined()
    expect(caught.frames.map(({ hex }) => hex)).toEqual(hexOf([...frames, numbered(2)]))
    expect(capturer.counters).toEqual({ received: 4, dropped: 0 })
    await untilGone(cable.here)
  })

  it.each(['', 'udp or tcp'])('leaves out its own connection, filter %j', async filter => {
    const server = (await SshServer.start()).use()
    const capturer = await capture({ device: server.device('lo'), filter })
    const caught = new Catch(capturer)
    const socket = createSocket('udp4')
    const text = Buffer.from(`vpnscope ${process.pid} ${server.port}`)
    const isOurs = () => caught.frames.some(({ hex }) => hex.endsWith(text.toString('hex')))
    for (let count = 1; !isOurs(); count++) {
      socket.send(text, 9, '127.0.0.1')
      await caught.has(count)
    }
    // Each of these would have been reported to us, and each report again.
    for (let i = 0; i < 20; i++) socket.send(text, 9, '127.0.0.1')
    await caught.has(20)
    capturer.stop()
    await caught.finished
    socket.close()
    const port = server.port.toString(16).padStart(4, '0')
    const own = caught.frames.filter(({ hex }) => {
      const isTcp = hex.slice(24, 28) === '0800' && hex.slice(46, 48) === '06'
      return isTcp && [hex.slice(68, 72), hex.slice(72, 76)].includes(port)
    })
    expect(own).toEqual([])
  })

  it('leaves out the connections of other captures beside it, which would report each other', async () => {
    const server = (await SshServer.start()).use()
    const requests = ['lo', 'any'].map(name => ({ device: server.device(name), besideOthers: true }))
    const catches = []
    for (const request of requests) catches.push(new Catch(await capture(request)))
    const socket = createSocket('udp4')
    for (let i = 0; i < 20; i++) socket.send(Buffer.from(`vpnscope ${server.port} `), 9, '127.0.0.1')
    await Promise.all(catches.map(caught => caught.has(20)))
    socket.close()
    const port = server.port.toString(16).padStart(4, '0')
    // TCP from or to the server, in Ethernet frames and in cooked ones.
    const ours = new RegExp(`^(.{28}|.{40})45.{16}06.{20}(${port}|.{4}${port})`)
    expect(catches.flatMap(({ frames }) => frames.filter(({ hex }) => ours.test(hex)))).toEqual([])
  })

  it('passes the filter on, with VLANs in it', async () => {
    const cable = new Cable()
    const server = (await SshServer.start()).use()
    const sender = await Sender.at(cable)
    const filter = 'vlan 42 and ip proto 4'
    const caught = new Catch(await capture({ device: server.device(cable.here), filter }))
    await sender.send(ipInIp(), numbered(1), tagged())
    await caught.has(1)
    expect(caught.frames.map(({ hex }) => hex)).toEqual(hexOf([tagged()]))
  })

  it('runs no command that is in a filter or in a name', async () => {
    const cable = new Cable()
    const server = (await SshServer.start()).use()
    const trap = `/tmp/vpnscope-trap-${cable.here}`
    for (const filter of [`$(touch ${trap})`, `'; touch ${trap}; '`, `"; touch ${trap} #`, '-w /dev/null'])
      expect(await refusal({ device: server.device(cable.here), filter })).toMatch(/^filter ".*": /)
    for (const device of [`a;touch\${IFS}${trap}`, `$(touch\${IFS}${trap})`, "a'`id`'"])
      expect(
        await refusal({ device: `ssh://root@127.0.0.1:${server.port}/${device.replaceAll('/', '_')}` }),
      ).toMatch(/: no such interface there$/)
    expect(existsSync(trap)).toBe(false)
  })

  it('becomes root over there where sudo asks for no password, and ends what it has begun', async () => {
    const cable = new Cable()
    const folder = mkdtempSync(join(tmpdir(), 'vpnscope-sudo-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const used = join(folder, 'used')
    // Who logs in is root; `id` says otherwise.
    const id = '#!/bin/sh\necho 1000\n'
    const sudo = `#!/bin/sh\necho "$*" >>'${used}'; shift; exec env -u SSH_CONNECTION "$@"\n`
    const server = (await SshServer.start({ programs: { id, sudo } })).use()
    const sender = await Sender.at(cable)
    const capturer = await capture({ device: server.device(cable.here) })
    const caught = new Catch(capturer)
    await sender.send(ipInIp(1))
    await caught.has(1)
    const [asked, began] = readFileSync(used, 'utf8').split('\n')
    expect(asked).toBe('-n true')
    // What leaves its own connection out is handed on: sudo keeps no environment.
    expect(began).toMatch(/^-n env SSH_CONNECTION=127\.0\.0\.1 \d+ 127\.0\.0\.1 \d+ sh -c /)
    capturer.stop()
    expect(await capturer.ended).toBeUndefined()
    await untilGone(cable.here)
  })

  it('leaves out what a shell over there says first', async () => {
    const cable = new Cable()
    const greeting = "echo 'Welcome to gw'; echo 'Authorized use only' >&2"
    const sh = `#!/bin/sh\n${greeting}\nexec /bin/sh "$@"\n`
    const server = (await SshServer.start({ programs: { sh } })).use()
    const sender = await Sender.at(cable)
    const device = server.device(cable.here)
    const caught = new Catch(await capture({ device }))
    await sender.send(ipInIp(1), numbered(1))
    await caught.has(2)
    expect(caught.frames.map(({ hex }) => hex)).toEqual(hexOf([ipInIp(1), numbered(1)]))
    expect(await refusal({ device, filter: 'esp frotz' })).toBe(
      'filter "esp frotz": can\'t parse filter expression: syntax error',
    )
    expect(await refusal({ device: server.device('nosuch0'), filter: 'esp' })).toBe(
      `${server.device('nosuch0')}: no such interface there`,
    )
  })

  it('says what the other system refuses', async () => {
    const cable = new Cable()
    const server = (await SshServer.start()).use()
    const device = server.device(cable.here)
    expect(await refusal({ device: server.device('nosuch0') })).toBe(
      `${server.device('nosuch0')}: no such interface there`,
    )
    expect(await refusal({ device, filter: 'esp frotz' })).toBe(
      'filter "esp frotz": can\'t parse filter expression: syntax error',
    )
    cable.ip('link', 'set', cable.here, 'down')
    expect(await refusal({ device })).toBe(`${device}: the interface is down; switch it on first`)
  })

  it('says that tcpdump is missing there, or may not capture', async () => {
    const missing = (await SshServer.start({ programs: { tcpdump: '#!/bin/sh\nexit 127\n' } })).use()
    expect(await refusal({ device: missing.device('lo') })).toBe(
      `cannot capture on ${missing.device('lo')}: tcpdump is not installed there`,
    )
    const bare = 'exec setpriv --reuid=65534 --regid=65534 --clear-groups /usr/bin/tcpdump "$@"'
    const poor = (await SshServer.start({ programs: { tcpdump: `#!/bin/sh\n${bare}\n` } })).use()
    expect(await refusal({ device: poor.device('lo') })).toBe(
      `cannot capture on ${poor.device('lo')}: permission denied there. Log in as root, or let this user run tcpdump, or sudo without a password`,
    )
  })

  it('says why there is no connection', async () => {
    const strange = (await SshServer.start({ isWelcome: false })).use()
    expect(await refusal({ device: strange.device('lo') })).toBe(
      'cannot reach 127.0.0.1: root@127.0.0.1: Permission denied (publickey)',
    )
    process.kill(strange.pid)
    await untilGone(strange.path.replace(/bin$/, 'server'))
    expect(await refusal({ device: strange.device('lo') })).toBe(
      `cannot reach 127.0.0.1: ssh: connect to host 127.0.0.1 port ${strange.port}: Connection refused`,
    )
  })

  it('says that the connection was lost, and leaves nothing running there', async () => {
    const cable = new Cable()
    const server = (await SshServer.start()).use()
    const sender = await Sender.at(cable)
    const capturer = await capture({ device: server.device(cable.here) })
    const caught = new Catch(capturer)
    await sender.send(numbered(1))
    await caught.has(1)
    for (const { pid } of sessionsOf(server.pid)) process.kill(pid, 'SIGKILL')
    expect(await capturer.ended).toMatch(
      new RegExp(
        `^${server.device(cable.here)}: the ssh connection was lost: (Connection|client_loop|Timeout)`,
      ),
    )
    await caught.finished
    expect(caught.frames.map(({ hex }) => hex)).toEqual(hexOf([numbered(1)]))
    await untilGone(cable.here)
  })

  it('says that the interface is gone, that ssh or that tcpdump was killed', async () => {
    const cable = new Cable()
    const server = (await SshServer.start()).use()
    const device = server.device(cable.here)
    const killed = async (program: string) => {
      const capturer = await capture({ device })
      capturer.stream.resume()
      const victims = processesWith(cable.here).filter(found => found.program === program)
      expect(victims).toHaveLength(1)
      process.kill(victims[0]!.pid, 'SIGKILL')
      return capturer.ended
    }
    expect(await killed('tcpdump')).toBe(`${device}: tcpdump was killed (SIGKILL)`)
    expect(await killed('ssh')).toBe(`${device}: the ssh connection was lost (ssh was ended by SIGKILL)`)
    await untilGone(cable.here)
    const capturer = await capture({ device })
    capturer.stream.resume()
    cable.ip('link', 'delete', cable.here)
    expect(await capturer.ended).toBe(`${device}: the interface is gone`)
  })

  it('ends here and there when vpnscope is killed', async () => {
    const cable = new Cable()
    const server = (await SshServer.start()).use()
    const vpnscope = spawn(process.execPath, [await bundle(capturing), server.device(cable.here)])
    const [said] = await once(vpnscope.stdout, 'data')
    expect(String(said)).toBe('open with ssh\n')
    vpnscope.kill('SIGKILL')
    await untilGone(cable.here)
  })

  const inTerminal = async (server: SshServer, device: string) => {
    const env = { PATH: `${server.path}:${process.env['PATH']}` }
    const program = await bundle(
      `${capturing}; process.on('SIGINT', () => capturer?.stop()); console.log('ready'); console.log('ended', await capturer?.ended)`,
    )
    const terminal = await openTerminal([process.execPath, program, device], { env, columns: 200 })
    await terminal.untilText('Are you sure you want to continue connecting')
    return terminal
  }

  it('lets ssh ask on the terminal, and stops in order at Ctrl-C', async () => {
    const server = await SshServer.start({ isUnknown: true })
    const terminal = await inTerminal(server, server.device('lo'))
    terminal.type('yes\r')
    await terminal.untilText(/open with ssh\s+ready/)
    // Every process in the terminal's foreground hears this, ssh as well.
    terminal.press('ctrl-c')
    await terminal.untilText('ended undefined')
  })

  it('can be given up while ssh asks', async () => {
    const server = await SshServer.start({ isUnknown: true })
    const terminal = await inTerminal(server, server.device('lo'))
    terminal.press('ctrl-c')
    await terminal.untilText(`${server.device('lo')}: given up before ssh was connected`)
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
  })

  it('does not ask where it may not', async () => {
    const server = (await SshServer.start({ isUnknown: true })).use()
    const { startCapturer } = await import('../../../src/capture/live/engine.ts')
    const request = { device: server.device('lo'), filter: '', snapLength: 0, promiscuous: true }
    await expect(startCapturer(request, { mayAsk: false })).rejects.toThrow(
      `ssh would ask, and cannot while the screen is open; quit, and: vpnscope -i ${server.device('lo')}: Host key verification failed`,
    )
  })

  it('says that the host has another key than the one that is known', async () => {
    const server = (await SshServer.start({ isChanged: true })).use()
    const known = server.path.replace(/bin$/, 'known')
    expect(await refusal({ device: server.device('lo') })).toBe(
      `cannot reach 127.0.0.1: its host key is not the one that is known (Offending ED25519 key in ${known}:1). It may be new, or someone is in between`,
    )
  })

  it('shows what ssh answers to a wrong password', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vpnscope-ssh-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    // As OpenSSH does: questions go to the terminal itself, answers to standard error.
    const asking = 'ask() { printf "password: " >/dev/tty; read word </dev/tty; }'
    const lines = ['#!/bin/sh', asking, 'ask', 'echo "Permission denied, please try again." >&2', 'ask']
    writeFileSync(join(folder, 'ssh'), [...lines, 'exit 255', ''].join('\n'), { mode: 0o755 })
    const env = { PATH: `${folder}:${process.env['PATH']}` }
    const command = [process.execPath, await bundle(capturing), 'ssh://gw/em0']
    const terminal = await openTerminal(command, { env })
    await terminal.untilText('password:')
    terminal.type('wrong\r')
    await terminal.untilText('(Permission denied, please try again.)')
    terminal.type('wrong\r')
    await terminal.untilText('cannot reach gw: Permission denied, please try again')
  })
})

/** The processes that a server has made for its connections, the innermost first. */
function sessionsOf(server: number): { pid: number }[] {
  const children = processesWith('sshd').filter(({ pid }) => {
    const parent = Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
    return parent === server
  })
  return children
}
