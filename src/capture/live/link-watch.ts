import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { linuxCounters } from '../interfaces-linux.ts'

/** `IFF_UP` of linux/if.h. */
const up = 1

/**
 * Watches whether an interface is switched off or loses its carrier, which tcpdump and dumpcap outlive on Linux without
 * a word. On other systems they end then, and nothing is told here.
 */
export class LinkWatch {
  /** Why nothing passes the interface, as of the last look; undefined: all is well, or nobody tells. */
  trouble: 'is down' | 'has no carrier' | undefined
  /** How often it went down since the watch began, the present time included. */
  downs = 0
  readonly #folder: string
  readonly #root: string
  readonly #before: number
  #seen = 0

  /** @param root the folder that holds `proc` and `sys` */
  constructor(device: string, root = '/') {
    this.#root = root
    this.#folder = join(root, 'sys/class/net', device)
    this.#before = this.#carrierLosses()
    this.look()
    // What is away from the start interrupts nothing.
    this.downs = this.#seen = 0
  }

  /** Asks the system; true: there is something new to tell. */
  look(): boolean {
    const { trouble: before, downs } = this
    this.trouble = this.#isOurs() ? this.#now() : undefined
    if (this.trouble !== undefined && before === undefined) this.#seen++
    // It may have been away and back between two looks; the kernel counts only some of the ways to be away.
    this.downs = Math.max(this.#seen, this.#carrierLosses() - this.#before)
    return this.trouble !== before || this.downs !== downs
  }

  #now(): 'is down' | 'has no carrier' | undefined {
    if ((Number(this.#read('flags')) & up) === 0) return 'is down'
    return this.#read('carrier') === '0' ? 'has no carrier' : undefined
  }

  /** A bridge loses its carrier for a moment whenever its first member comes, which is no news. */
  #carrierLosses(): number {
    return existsSync(join(this.#folder, 'bridge')) ? 0 : Number(this.#read('carrier_down_count'))
  }

  /** Whether /sys tells of this network namespace: it may be that of another one. */
  #isOurs(): boolean {
    const names = [...linuxCounters(this.#root).keys()]
    return existsSync(this.#folder) && names.every(name => existsSync(join(this.#folder, '..', name)))
  }

  #read(file: string): string {
    try {
      return readFileSync(join(this.#folder, file), 'utf8').trim()
    } catch {
      return ''
    }
  }
}
