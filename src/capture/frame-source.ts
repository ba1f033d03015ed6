import type { Frame } from '../frame.ts'
import type { Decoder, Interface, Secret } from './decoder.ts'
import type { Input } from './input.ts'
import type { InterfaceDescription } from './pcapng-write.ts'
import type { Window } from './window.ts'

/** Frames in the order of the capture, in bounded memory. Opened by `openSource`. */
export type FrameSource = {
  /**
   * Fills `frame` and returns true; its bytes last until the next call. False: nothing is there yet, or the end is
   * reached; `more` tells.
   */
  next(frame: Frame): boolean
  /** Waits for more input. False: the capture has ended, or broke off (see `damage`). */
  more(): Promise<boolean>
  /** The interface of the frame that `next` delivered last, the same object for all frames of one interface. */
  readonly origin: InterfaceDescription
  /** After the end: one sentence about a damaged or cut tail. */
  readonly damage: string | undefined
  readonly interfaces: readonly Interface[]
  readonly sectionComments: readonly string[]
  readonly secrets: readonly Secret[]
  close(): void
}

/** After so many refills without a frame, `next` returns, so that a long gap cannot stop the event loop. */
const patience = 16

/** A decoder, fed from an input through one window. */
export class Source implements FrameSource {
  damage: string | undefined
  /** Frames delivered. */
  count = 0
  readonly input: Input
  readonly decoder: Decoder
  readonly #name: string
  readonly #window: Window
  #ended = false
  #closed = false
  #stopped = false

  /** `name`: what sentences call the capture. */
  constructor(name: string, input: Input, window: Window, decoder: Decoder) {
    this.#name = name
    this.input = input
    this.#window = window
    this.decoder = decoder
  }

  get interfaces(): readonly Interface[] {
    return this.decoder.interfaces
  }

  get origin(): Interface {
    return this.decoder.interfaces[this.decoder.interfaceIndex]!
  }

  get sectionComments(): readonly string[] {
    return this.decoder.sectionComments
  }

  get secrets(): readonly Secret[] {
    return this.decoder.secrets
  }

  next(frame: Frame): boolean {
    if (this.#ended) return false
    for (let refills = 0; refills < patience; refills++) {
      const step = this.decoder.next(this.#window, frame)
      if (step === 'frame') {
        frame.number = ++this.count
        return true
      }
      if (step !== 'more') {
        this.#finish(step)
        return false
      }
      const count = this.input.readNow(this.#window.room())
      if (count === undefined) return false
      this.#add(count)
    }
    return false
  }

  async more(): Promise<boolean> {
    if (this.#ended) return false
    this.#add(await this.input.read(this.#window.room()))
    return true
  }

  /** Reads on after an end behind which something may have been written by now. */
  reopen(): void {
    if (this.#closed) return
    this.#ended = this.#window.complete = false
    this.damage = undefined
  }

  /** Ends an input that may be long in coming; false: it is not. The record that is half there goes, and is no damage. */
  stop(): boolean {
    this.#stopped = this.input.end?.() ?? false
    return this.#stopped
  }

  /** Where the bytes of the frame just delivered begin in the (unpacked) capture. */
  positionOf(frame: Frame): number {
    return this.#window.origin + frame.start
  }

  close(): void {
    if (this.#closed) return
    this.#ended = this.#closed = true
    this.input.close()
  }

  #add(count: number): void {
    this.#window.end += count
    if (count === 0) this.#window.complete = true
  }

  #finish(step: 'end' | 'damage'): void {
    this.#ended = true
    if (this.#stopped) return
    const fault = this.input.failure ?? (step === 'damage' ? this.decoder.damage : undefined)
    if (fault === undefined) return
    const packets = this.count === 1 ? '1 packet' : `${this.count} packets`
    this.damage = `${this.#name}: ${fault}; read ${packets} before it`
  }
}
