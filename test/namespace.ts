import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { describe, onTestFinished } from 'vitest'

/** Real interfaces for tests: a cable (a veth pair) from here to a network namespace of its own. */

const require = createRequire(import.meta.url)

function run(command: string, ...words: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${words.join(' ')}: ${error?.message ?? stderr}`)
  return stdout
}

/** Why there can be no interfaces here; undefined: there can. */
export const networkMissing = ((): string | undefined => {
  if (process.platform !== 'linux') return 'no Linux'
  if (process.getuid?.() !== 0) return 'not root'
  if (spawnSync('ip', ['-V']).status !== 0) return 'no iproute2'
  const probe = `vpnscope-probe-${process.pid}`
  const { status, stderr } = spawnSync('ip', ['netns', 'add', probe], { encoding: 'utf8' })
  if (status !== 0) return `no namespaces: ${stderr.trim()}`
  run('ip', 'netns', 'delete', probe)
  try {
    require.resolve('cap')
    require('cap')
  } catch {
    return 'cap is not built, and nothing else here sends frames'
  }
  return undefined
})()

/** A description of tests that need interfaces; where there are none, its name says why they are left out. */
export const describeNetwork = (name: string, stories: () => void) =>
  (networkMissing === undefined ? describe : describe.skip)(
    `${name}${networkMissing === undefined ? '' : ` (left out: ${networkMissing})`}`,
    { timeout: 30_000 },
    stories,
  )

let cables = 0

/**
 * Two interfaces that are joined: `here` in the namespace of the tests, `there` in one of its own. Without IPv6 and
 * addresses they carry nothing but what a test sends.
 */
export class Cable {
  readonly space: string
  readonly here: string
  readonly there: string
  readonly #added: string[] = []

  /** Plugs it in; it is gone when the test has finished. */
  constructor({ mtu = 1500 } = {}) {
    const number = `${process.pid % 1e6}x${cables++}`
    this.space = `vpnscope-${number}`
    this.here = `vsa${number}`
    this.there = `vsb${number}`
    run('ip', 'netns', 'add', this.space)
    onTestFinished(() => this.remove())
    run(...this.inside('sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=1'))
    this.plug(mtu)
  }

  /** Plugs it in again where one of its ends was deleted. */
  plug(mtu = 1500): void {
    const ends = ['mtu', `${mtu}`, 'type', 'veth', 'peer', 'name', this.there, 'mtu', `${mtu}`]
    run('ip', 'link', 'add', this.here, ...ends, 'netns', this.space)
    run('sysctl', '-qw', `net.ipv6.conf.${this.here}.disable_ipv6=1`)
    this.ipThere('link', 'set', this.there, 'up')
    this.ip('link', 'set', this.here, 'up')
  }

  /** Runs `ip` here. */
  ip(...words: readonly string[]): void {
    run('ip', ...words)
  }

  /** Runs `ip` in the other namespace. */
  ipThere(...words: readonly string[]): void {
    run('ip', '-n', this.space, ...words)
  }

  /** The words that run a command in the other namespace. */
  inside(...command: readonly string[]): [string, ...string[]] {
    return ['ip', 'netns', 'exec', this.space, ...command]
  }

  /** Gives both ends an address of RFC 2544's range: `198.18.0.1` here and `198.18.0.2` there, for n = 0. */
  address(n = 0): { here: string; there: string } {
    const [here, there] = [`198.18.${n}.1`, `198.18.${n}.2`]
    this.ip('address', 'add', `${here}/30`, 'dev', this.here)
    this.ipThere('address', 'add', `${there}/30`, 'dev', this.there)
    return { here, there }
  }

  /** Puts the end that is here into a bridge, and returns the bridge's name. */
  bridge(): string {
    const name = `vsr${this.here.slice(3)}`
    this.#added.push(name)
    this.ip('link', 'add', name, 'type', 'bridge')
    run('sysctl', '-qw', `net.ipv6.conf.${name}.disable_ipv6=1`)
    this.ip('link', 'set', this.here, 'master', name)
    this.ip('link', 'set', name, 'up')
    return name
  }

  remove(): void {
    for (const name of [this.here, ...this.#added]) spawnSync('ip', ['link', 'delete', name])
    spawnSync('ip', ['netns', 'delete', this.space])
  }
}

const sender = `
const { Cap } = require(process.argv[1])
const cap = new Cap()
cap.open(process.argv[2], 'greater 70000', 1 << 20, Buffer.alloc(65535))
const lines = require('readline').createInterface({ input: process.stdin })
lines.on('line', line => {
  if (line === '') return console.log('sent')
  const frame = Buffer.from(line, 'hex')
  cap.send(frame, frame.length)
}).on('close', () => process.exit())
console.log('sent')
`

/** Sends frames as they are into a cable. */
export class Sender {
  readonly #child: ChildProcess & { readonly stdin: NodeJS.WritableStream }
  readonly #answers: AsyncIterator<string>

  private constructor(child: ReturnType<typeof spawn>) {
    if (!child.stdin || !child.stdout) throw new Error('no pipes')
    this.#child = Object.assign(child, { stdin: child.stdin })
    this.#answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  }

  /** At the end that is there. */
  static async at(cable: Cable): Promise<Sender> {
    const words = [process.execPath, '-e', sender, require.resolve('cap'), cable.there]
    const [program, ...rest] = cable.inside(...words)
    const made = new Sender(spawn(program, rest, { stdio: ['pipe', 'pipe', 'ignore'] }))
    onTestFinished(() => made.close())
    await made.#answers.next()
    return made
  }

  /** Returns when the system has them all. */
  async send(...frames: readonly Uint8Array[]): Promise<void> {
    for (const frame of frames) this.#child.stdin.write(`${Buffer.from(frame).toString('hex')}\n`)
    this.#child.stdin.write('\n')
    const { done } = await this.#answers.next()
    if (done) throw new Error('the sender has ended')
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await ended
  }
}
