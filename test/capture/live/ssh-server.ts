import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

const sshd = '/usr/sbin/sshd'

/** Why there can be no ssh server here; undefined: there can. */
export const sshMissing = ((): string | undefined => {
  if (spawnSync('ssh', ['-V']).status !== 0) return 'no ssh'
  return spawnSync(sshd, ['-V']).error ? 'no sshd' : undefined
})()

export type SshOptions = {
  /** Whether the client must ask for the host's key. */
  readonly isUnknown?: boolean
  /** Whether the client knows another key of this host. */
  readonly isChanged?: boolean
  /** Whether the server knows the client's key. */
  readonly isWelcome?: boolean
  /** Commands of the other system that come before its own, by name. */
  readonly programs?: Readonly<Record<string, string>>
}

/** A server on the loopback interface with keys of its own, and an `ssh` that uses them; both end with the test. */
export class SshServer {
  readonly port: number
  readonly pid: number
  /** To be put before the search path: holds the `ssh`. */
  readonly path: string

  private constructor(port: number, pid: number, path: string) {
    this.port = port
    this.pid = pid
    this.path = path
  }

  static async start({
    isUnknown = false,
    isChanged = false,
    isWelcome = true,
    programs = {},
  }: SshOptions = {}): Promise<SshServer> {
    const folder = mkdtempSync(join(tmpdir(), 'vpnscope-ssh-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const keys = ['host', 'user', 'other'].map(name => join(folder, name))
    for (const key of keys) spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key])
    const [host, user, other] = keys
    const bin = executables(folder, 'bin', {
      ssh: `#!/bin/sh\nexec /usr/bin/ssh -F ${join(folder, 'client')} "$@"\n`,
    })
    const remoteBin = executables(folder, 'remote', programs)
    const port = await freePort()
    writeFileSync(
      join(folder, 'server'),
      `Port ${port}
ListenAddress 127.0.0.1
HostKey ${host}
AuthorizedKeysFile ${isWelcome ? user : other}.pub
PidFile none
StrictModes no
UsePAM no
PermitRootLogin yes
PasswordAuthentication no
KbdInteractiveAuthentication no
SetEnv PATH=${remoteBin}:/usr/local/bin:/usr/bin:/bin
`,
    )
    writeFileSync(
      join(folder, 'client'),
      `IdentityFile ${user}
IdentitiesOnly yes
UserKnownHostsFile ${join(folder, 'known')}
GlobalKnownHostsFile none
StrictHostKeyChecking ${isUnknown ? 'ask' : 'accept-new'}
`,
    )
    if (isChanged)
      writeFileSync(join(folder, 'known'), `[127.0.0.1]:${port} ${readFileSync(`${other}.pub`, 'utf8')}`)
    mkdirSync('/run/sshd', { recursive: true })
    const server = spawn(sshd, ['-D', '-e', '-f', join(folder, 'server')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    onTestFinished(() => void server.kill())
    for await (const line of createInterface({ input: server.stderr })) if (line.includes('listening')) break
    server.stderr.resume()
    return new SshServer(port, server.pid ?? 0, bin)
  }

  /** What `-i` says of an interface behind this server. */
  device(name: string): string {
    return `ssh://root@127.0.0.1:${this.port}/${name}`
  }

  /** Makes this process find our `ssh` first, until the test has finished. */
  use(): this {
    const before = process.env['PATH']
    process.env['PATH'] = `${this.path}:${before}`
    onTestFinished(() => {
      process.env['PATH'] = before
    })
    return this
  }
}

function executables(folder: string, name: string, programs: Readonly<Record<string, string>>): string {
  const made = join(folder, name)
  mkdirSync(made)
  for (const [program, text] of Object.entries(programs))
    writeFileSync(join(made, program), text, { mode: 0o755 })
  return made
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
