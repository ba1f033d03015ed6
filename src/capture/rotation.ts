import { strftime } from './strftime.ts'

/** When a recording begins a new file; undefined: never for this reason. */
export type Rotation = {
  /** After so many million bytes (10^6). */
  readonly megabytes?: number | undefined
  readonly seconds?: number | undefined
  /** With `megabytes`, so many files are written in turn; with `seconds` alone, so many and no more. */
  readonly count?: number | undefined
}

/** The names of the files of one recording, one after the other, as tcpdump gives them with -C, -G and -W. */
export class FileNames {
  readonly #path: string
  readonly #rotation: Rotation
  /** When the period began, in seconds since 1970. */
  #since: number
  #periods = 0
  /** Of the file in its period. */
  #number = 0

  constructor(path: string, rotation: Rotation, now: number) {
    this.#path = path
    this.#rotation = rotation
    this.#since = now
  }

  get name(): string {
    const { megabytes, seconds, count = 0 } = this.#rotation
    const name = seconds === undefined ? this.#path : strftime(this.#path, new Date(this.#since * 1000))
    const width = megabytes === undefined || count < 2 ? 0 : String(count - 1).length
    return this.#number === 0 && width === 0 ? name : name + String(this.#number).padStart(width, '0')
  }

  /** All files that there may be are written. */
  get areUsed(): boolean {
    const { megabytes, count } = this.#rotation
    return megabytes === undefined && count !== undefined && this.#periods >= count
  }

  /** Whether a packet of this time goes to another file than one of this size. */
  isDue(now: number, size: number): boolean {
    return this.#isLate(now) || size > (this.#rotation.megabytes ?? Number.POSITIVE_INFINITY) * 1e6
  }

  /** Goes on to the next name. */
  advance(now: number): void {
    if (this.#isLate(now)) {
      this.#since = now
      this.#periods++
      this.#number = 0
    } else this.#number = (this.#number + 1) % (this.#rotation.count ?? Number.POSITIVE_INFINITY)
  }

  #isLate(now: number): boolean {
    return now - this.#since >= (this.#rotation.seconds ?? Number.POSITIVE_INFINITY)
  }
}
