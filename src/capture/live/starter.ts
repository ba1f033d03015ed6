import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CaptureError, reasonOf } from '../errors.ts'
import { builtProgram } from './built.ts'
import type { CaptureRequest, EngineName, Start } from './capturer.ts'
import type { Exit, Started } from './starting.ts'

/** Asks the starter for a capture, in three messages: with each comes the socket that is its stdin, stream or stderr. */
export type Order = {
  readonly id: number
  /** Which of the requests that the starter knows. */
  readonly request: number
  readonly engine: EngineName
  readonly part: 0 | 1 | 2
}

/** How a capture ended. */
export type Report = { readonly id: number; readonly exit: Exit }

/**
 * A process that keeps root's rights when they are given up here, to begin again the captures that it was told of while
 * they were there, and nothing else: an interface that went away and came back can so be opened again. It ends with us.
 */
export class Starter {
  readonly #requests: readonly CaptureRequest[]
  readonly #process: ChildProcess
  #orders = 0
  /** Captures whose end is not told yet. */
  #awaited = 0

  private constructor(requests: readonly CaptureRequest[], program: string) {
    this.#requests = requests
    const words = [program, JSON.stringify(requests)]
    // A session of its own keeps the terminal's Ctrl-C away.
    this.#process = spawn(process.execPath, words, {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      detached: true,
    })
    this.#process.setMaxListeners(0)
    this.#process.on('error', () => undefined)
    this.#process.unref()
    this.#process.channel?.unref()
  }

  /** For captures on this system; undefined where the program is not built. */
  static for(requests: readonly CaptureRequest[]): Starter | undefined {
    const program = builtProgram('capture-starter.js')
    return program === undefined ? undefined : new Starter(requests, program)
  }

  /** How `launch` starts a capture of this request; undefined: the starter is gone, or was not told of it. */
  startOf(wanted: CaptureRequest): Start | undefined {
    const request = this.#requests.indexOf(wanted)
    if (request < 0 || !this.#process.connected) return undefined
    return ({ engine }) => {
      if (engine === 'ssh') throw new Error('the starter knows this system only')
      return this.#start(request, engine)
    }
  }

  /** Nothing is begun any more; what runs goes on. */
  end(): void {
    if (this.#process.connected) this.#process.disconnect()
  }

  async #start(request: number, engine: EngineName): Promise<Started> {
    const id = this.#orders++
    const pairs = await socketPairs().catch(error => {
      throw new CaptureError(`cannot capture again: ${reasonOf(error)} in ${tmpdir()}`)
    })
    if (!this.#process.connected) throw new CaptureError('cannot capture again: root’s last process is gone')
    const exit = this.#exitOf(id)
    for (const [part, [, theirs]] of pairs.entries())
      this.#process.send({ id, request, engine, part } as Order, theirs, () => undefined)
    const [stdin, stream, stderr] = pairs.map(([ours]) => ours)
    return { stdin: stdin!, stream: stream!, stderr: stderr!, exit, kill: () => stdin!.destroy() }
  }

  #exitOf(id: number): Promise<Exit> {
    return new Promise(resolve => {
      const listen = (report: unknown) => {
        if ((report as Report).id === id) told((report as Report).exit)
      }
      // Where the starter is gone, nobody will tell.
      const lose = () => told({ code: 0, signal: 'SIGKILL' })
      const told = (exit: Exit) => {
        this.#process.off('message', listen).off('disconnect', lose)
        if (--this.#awaited === 0) this.#process.channel?.unref()
        resolve(exit)
      }
      // So long this process must not end.
      if (this.#awaited++ === 0) this.#process.channel?.ref()
      this.#process.on('message', listen).on('disconnect', lose)
    })
  }
}

/** Three pairs of joined sockets. */
async function socketPairs(): Promise<[ours: Socket, theirs: Socket][]> {
  const folder = mkdtempSync(join(tmpdir(), 'vpnscope-'))
  const server = createServer().listen(join(folder, 'socket'))
  try {
    await once(server, 'listening')
    const pairs: [Socket, Socket][] = []
    while (pairs.length < 3) {
      const accepted = once(server, 'connection')
      const theirs = connect(join(folder, 'socket'))
      const [[ours]] = await Promise.all([accepted, once(theirs, 'connect')])
      pairs.push([ours, theirs])
    }
    return pairs
  } finally {
    server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
