import { spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

/** What was sent, and how long that took. */
export type Sent = { readonly sent: number; readonly seconds: number }

function run(...[program, ...words]: readonly [string, ...string[]]): void {
  const { status, stderr, error } = spawnSync(program, words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${words.join(' ')}: ${error?.message ?? stderr.trim()}`)
}

/** Why nothing can be sent here; undefined: it can. */
export function cableMissing(): string | undefined {
  if (process.platform !== 'linux') return 'no Linux'
  if (process.getuid?.() !== 0) return 'not root'
  if (spawnSync('ip', ['-V']).error) return 'no iproute2'
  try {
    createRequire(import.meta.url)('cap')
  } catch {
    return 'no cap to send with'
  }
  return undefined
}

/** A pair of interfaces, one of them in a network namespace of its own, that carry what is sent and nothing else. */
export class Cable {
  readonly here = `vsb${process.pid % 1e6}`
  readonly #space = `vpnscope-bench-${process.pid}`
  readonly #sender: string

  /** `sender`: the bundled program that sends. */
  constructor(sender: string) {
    this.#sender = sender
    const there = ['peer', 'name', 'there', 'netns', this.#space]
    run('ip', 'netns', 'add', this.#space)
    run('ip', 'link', 'add', this.here, 'type', 'veth', ...there)
    run('sysctl', '-qw', `net.ipv6.conf.${this.here}.disable_ipv6=1`)
    run('ip', 'netns', 'exec', this.#space, 'sysctl', '-qw', 'net.ipv6.conf.there.disable_ipv6=1')
    run('ip', 'link', 'set', this.here, 'up')
    run('ip', '-n', this.#space, 'link', 'set', 'there', 'up')
  }

  /** Sends frames of `length` bytes, `rate` a second. */
  async send(rate: number, seconds: number, length: number): Promise<Sent> {
    const words = [process.execPath, this.#sender, 'there', `${rate}`, `${seconds}`, `${length}`]
    const child = spawn('ip', ['netns', 'exec', this.#space, ...words], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line)
    throw new Error('the sender has ended')
  }

  remove(): void {
    spawnSync('ip', ['link', 'delete', this.here])
    spawnSync('ip', ['netns', 'delete', this.#space])
  }
}
