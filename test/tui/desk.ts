import { setImmediate } from 'node:timers/promises'
import { Capture } from '../../src/store/capture.ts'
import { Controller } from '../../src/tui/controller.ts'
import { listedOf } from '../../src/tui/listed.ts'
import type { State } from '../../src/tui/state.ts'
import { chooseTheme } from '../../src/tui/theme.ts'
import { captureFile } from '../captures.ts'

const theme = chooseTheme({ level: 0, background: 'dark', ascii: false, mono: true })

/** The controller with nothing around it, and with a capture that it reads. */
export class Desk {
  readonly #waiting = new Set<() => void>()
  /** How often the program was asked to end. */
  quits = 0
  /** Looks that were asked for. */
  readonly themes: (string | undefined)[] = []
  readonly controller = new Controller(
    {
      draw() {},
      redraw() {},
      suspend() {},
      quit: () => {
        this.quits++
      },
      send() {},
      entries: () => [],
      listen: () => Promise.reject(new Error('not here')),
      names: () => [],
      tour: () => {
        throw new Error('no tour was asked for')
      },
      theme: name => {
        this.themes.push(name)
        return theme
      },
    },
    { columns: 120, rows: 40 },
  )

  constructor(capture: Capture) {
    const { controller } = this
    const dispatch = controller.dispatch.bind(controller)
    controller.dispatch = action => {
      dispatch(action)
      for (const look of this.#waiting) look()
    }
    controller.show(capture)
  }

  static async open(name: string): Promise<Desk> {
    const desk = new Desk(await Capture.begin(captureFile(name)))
    await desk.until(state => state.capture?.complete === true)
    return desk
  }

  /** Waits for an action that leads to such a state. */
  until(wanted: (state: State) => boolean): Promise<void> {
    return new Promise(done => {
      const look = () => {
        if (!wanted(this.controller.state)) return
        this.#waiting.delete(look)
        done()
      }
      this.#waiting.add(look)
      look()
    })
  }

  press(...keys: readonly string[]): this {
    for (const key of keys) this.controller.input({ type: 'key', key })
    return this
  }

  type(text: string): this {
    return this.press(...Array.from(text, key => (key === ' ' ? 'space' : key)))
  }

  /** Types a filter, and waits until all packets have been looked at. */
  async filter(text: string): Promise<void> {
    this.press('/', 'ctrl-u').type(text).press('return')
    await this.until(({ filter, capture }) => filter === undefined || filter.read === capture?.count)
  }

  command(text: string): this {
    return this.press(':').type(text).press('return')
  }

  get shown(): number[] {
    const listed = listedOf(this.controller.state)
    return Array.from({ length: listed.end - listed.first }, (_, i) => listed.at(listed.first + i))
  }

  /** Types what to find, after so many Tabs for where, and Shift-Tabs for what it is. */
  find(text: string, where = 0, kind = 0): Promise<void> {
    this.press('f', ...Array<string>(where).fill('tab'), ...Array<string>(kind).fill('shift-tab'))
    this.controller.input({ type: 'paste', text })
    return this.go('return')
  }

  /** Presses a key that begins a search, and waits for its end. */
  async go(key: string): Promise<void> {
    const before = this.controller.state
    this.press(key)
    await this.until(
      ({ busy, prompt, packet, selected, byte, message }) =>
        busy === undefined &&
        prompt === undefined &&
        (packet !== before.packet ||
          selected !== before.selected ||
          byte !== before.byte ||
          (message !== undefined && message !== before.message)),
    )
    // What there is to say about a hit comes right behind it.
    await setImmediate()
  }

  get at(): [packet: number, path: string, byte: number] {
    const { packet, detail, selected, byte } = this.controller.state
    return [packet, detail?.nodes[selected]?.path ?? '', byte]
  }

  get said(): string {
    return this.controller.state.message?.text ?? ''
  }
}
