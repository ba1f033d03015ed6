import { type FSWatcher, fstatSync, readSync, statSync, watch } from 'node:fs'

/** Not all file systems tell of changes. Milliseconds. */
const interval = 250
/** So many bytes before the end tell whether the file is still the same one. */
const tailLength = 64

/** Watches a regular file that others write to, for a reader that has come to its end. */
export class Growth {
  readonly #file: number
  readonly #path: string | undefined
  #watcher: FSWatcher | undefined
  #tail: Uint8Array = new Uint8Array(0)
  #tailEnd = -1
  #stopped = false
  #wake = () => {}

  /** `path`: where the file was opened; undefined: nobody knows. */
  constructor(file: number, path: string | undefined) {
    this.#file = file
    this.#path = path
    this.#watch()
  }

  /** Remembers what lies before the end to which the reader has come. */
  mark(done: number): void {
    this.#tail = this.#read(done)
    this.#tailEnd = done
  }

  /** The file's size; or a sentence where it is not the file any more of which `done` bytes were read. */
  look(done: number): number | string {
    const { size, dev, ino } = fstatSync(this.#file)
    if (size < done)
      return `the file became shorter while it was followed: ${done} bytes were read, ${size} are left`
    if (!this.#isSame(done)) return 'the file was written anew while it was followed; open it again'
    const named = this.#path === undefined ? undefined : statusOf(this.#path)
    const replaced = named && (named.dev !== dev || named.ino !== ino)
    // Until there is another file, whoever wrote this one may still do so; and what it holds is read first.
    return replaced && size === done ? 'another file has taken its place; open it again' : size
  }

  /** Resolves when the file has changed, or may have, or with `stop`. */
  async change(): Promise<void> {
    if (this.#stopped) return
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>(wake => {
      this.#wake = wake
      timer = setTimeout(wake, interval)
    })
    clearTimeout(timer)
  }

  stop(): void {
    this.#stopped = true
    this.#watcher?.close()
    this.#wake()
  }

  #isSame(done: number): boolean {
    return this.#tailEnd !== done || Buffer.compare(this.#read(done), this.#tail) === 0
  }

  #read(done: number): Uint8Array {
    const bytes = new Uint8Array(Math.min(tailLength, done))
    return bytes.subarray(0, readSync(this.#file, bytes, 0, bytes.length, done - bytes.length))
  }

  #watch(): void {
    if (this.#path === undefined) return
    try {
      this.#watcher = watch(this.#path, { persistent: false }, () => this.#wake())
      this.#watcher.on('error', () => this.#watcher?.close())
    } catch {
      // Out of watches, or a file system without: the interval is left.
    }
  }
}

/** Undefined: there is none, or its folder is locked. */
function statusOf(path: string): { dev: number; ino: number } | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}
