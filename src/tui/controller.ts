import { CaptureError } from '../capture/errors.ts'
import { Rules } from '../dissect/rules.ts'
import type { TourFile } from '../print/tours.ts'
import { treeNodes } from '../print/tree-nodes.ts'
import type { Capture } from '../store/capture.ts'
import type { LiveSource } from '../store/live-source.ts'
import type { Action, Wish } from './actions.ts'
import { soughtBy } from './completions.ts'
import { copiedText } from './copying.ts'
import { Filtering } from './filtering.ts'
import { keyActions } from './keymap.ts'
import type { InputEvent } from './keys.ts'
import type { Known } from './known-names.ts'
import { mouseActions } from './mousing.ts'
import { originOf } from './origin.ts'
import { PacketLines } from './packet-lines.ts'
import { Reading } from './reading.ts'
import { reduce } from './reduce.ts'
import { withSeen } from './seen.ts'
import { type CaptureFacts, initialState, type Message, type State } from './state.ts'
import { submitted } from './submitted.ts'
import type { View } from './view.ts'
import { Wishes } from './wishes.ts'

/** Milliseconds between two screens, at least: keys that repeat faster share one. */
const frameTime = 30
/** Milliseconds after which a digit that nothing followed stands for a pane. */
const digitTime = 500
/** Milliseconds between two looks at the interfaces on the start page. */
const beat = 1000

const themed = ({ colour, name }: View['theme']): Action => ({ type: 'themed', colour, name })

/** What the controller needs of the world outside. */
export type Outside = {
  draw(view: View): void
  redraw(): void
  suspend(): void
  /** Ends the program. */
  quit(): void
  send(sequence: string): void
  entries(): State['start']['entries']
  listen(device: string): Promise<{ readonly capture: Capture; readonly live?: LiveSource | undefined }>
  theme(name?: string): View['theme']
  /** A TourError says why there is none of that name. */
  tour(name: string): TourFile
  /** What a command can be told, of what there is outside. */
  names(known: Known, begun: string): readonly string[]
}

/**
 * Holds the state and the open capture between them: actions come in, the state is reduced, packets that it wants
 * to show are dissected, wishes are seen to, and the screen is drawn, not more often than eyes can follow.
 */
export class Controller {
  state: State
  lines = new PacketLines()
  capture: Capture | undefined
  live: LiveSource | undefined
  /** What is being opened, until it is shown. */
  opening: AbortController | undefined
  /** So many packets of the capture are in a file, counted from the first. */
  saved = 0
  /** What is decoded otherwise than the numbers say, in this capture and in those that are opened later. */
  rules: Rules
  readonly outside: Outside
  #theme: View['theme']
  #drawn = 0
  #drawing: NodeJS.Timeout | undefined
  #isOver = false
  #digit: NodeJS.Timeout | undefined
  #reading: Reading | undefined
  /** Counts what passes the interfaces, while the start page shows them. */
  #counting: NodeJS.Timeout | undefined
  readonly filtering = new Filtering(this)
  readonly #wishes = new Wishes(this)

  constructor(outside: Outside, size: State['size'], rules = new Rules()) {
    this.outside = outside
    this.rules = rules
    this.#theme = outside.theme()
    this.state = reduce(initialState(size), themed(this.#theme))
  }

  /** Keys, mouse and pastes. */
  readonly input = (event: InputEvent): void => {
    if (event.type === 'mouse') for (const action of mouseActions(this.state, event)) this.dispatch(action)
    else if (event.type === 'key')
      for (const action of keyActions(this.state, event.key)) this.dispatch(action)
    else if (event.type === 'background') this.setTheme(event.is)
    else if (this.state.prompt) this.dispatch({ type: 'type', text: event.text.replace(/\s+/g, ' ') })
  }

  dispatch(action: Action): void {
    if (action.type === 'complete') this.#lookUp()
    const before = this.state
    const line = action.type === 'submit' ? before.prompt : undefined
    this.state = reduce(before, action)
    if (line && this.state.prompt === undefined) submitted(this, line)
    else this.#wishes.grant(action as Wish)
    this.state = withSeen(before, this.state, this.capture)
    this.#dissect()
    this.#write()
    this.filtering.see()
    this.#waitForDigit()
    if (this.state !== before) this.#draw()
  }

  /** What Tab is to offer where the state cannot know it. */
  #lookUp(): void {
    const { prompt } = this.state
    const sought = prompt?.kind === 'command' && prompt.offered < 0 ? soughtBy(prompt.text) : undefined
    if (sought === undefined) return
    const names = this.outside.names(sought.known, sought.begun)
    this.state = reduce(this.state, { type: 'known', names })
  }

  say(text: string, severity: Message['severity'] = 'info'): void {
    this.dispatch({ type: 'said', message: { text, severity } })
  }

  /** Draws at once, whatever has changed. */
  drawNow(): void {
    clearTimeout(this.#drawing)
    this.#drawing = undefined
    if (this.#isOver) return
    this.#drawn = performance.now()
    this.outside.draw({ state: this.state, lines: this.lines, theme: this.#theme })
  }

  setTheme(name: string): void {
    const theme = this.outside.theme(name)
    if (theme.name === this.#theme.name) return
    this.#theme = theme
    this.dispatch(themed(this.#theme))
    this.#draw()
  }

  /** There are packets of a live capture that are nowhere else. */
  get hasUnsaved(): boolean {
    const { live, capture } = this
    if (live === undefined || capture === undefined) return false
    const { recorder } = live
    return (
      !(recorder && recorder.missed === 0 && recorder.failure === undefined) && capture.count > this.saved
    )
  }

  /** Waits no longer for what is being opened. */
  giveUp(): void {
    this.opening?.abort()
    this.say('given up')
  }

  /** Ends the program, and what captures for it. */
  quit(): void {
    this.#isOver = true
    this.opening?.abort()
    this.leaveCapture()
    this.outside.quit()
  }

  /** Shows a capture that has been opened, and begins to read it. `live`: where its packets come from. */
  show(capture: Capture, live?: LiveSource): void {
    this.leaveCapture()
    // It may have taken longer to open than the user wanted to stay.
    if (this.#isOver) {
      capture.close()
      return
    }
    this.capture = capture
    this.live = live
    this.saved = 0
    this.lines = new PacketLines(capture)
    void capture.decodeBy(this.rules)
    const reading = new Reading(capture, live, facts => this.#surveyed(facts))
    this.#reading = reading
    this.dispatch({ type: 'opened', capture: reading.facts })
    void this.#read(reading)
  }

  /** Why a live capture was interrupted has no room in the first line of a narrow screen. */
  #surveyed(capture: CaptureFacts): void {
    const before = this.state.capture?.live?.interruptions ?? 0
    this.dispatch({ type: 'surveyed', capture })
    const { interruptions = 0, interruption = '' } = capture.live ?? {}
    if (interruptions > before) this.say(`${interruption}; capturing again`, 'warning')
  }

  /** Back to the page that offers captures. */
  showStart(): void {
    this.leaveCapture()
    this.dispatch({ type: 'started', entries: this.outside.entries() })
    this.#counting = setInterval(
      () => this.dispatch({ type: 'entries', entries: this.outside.entries() }),
      beat,
    )
  }

  leaveCapture(): void {
    clearInterval(this.#counting)
    this.#wishes.leave()
    this.#reading?.stop()
    this.#reading = undefined
    this.live?.stop()
    this.live = undefined
    this.capture?.close()
    this.capture = undefined
    this.filtering.see()
    this.lines = new PacketLines()
  }

  async #read(reading: Reading): Promise<void> {
    try {
      await reading.run()
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error
      if (this.#reading === reading) this.say(error.message, 'error')
    }
  }

  /** Reads behind an end that is none any more. */
  readOn(): void {
    if (this.#reading) void this.#read(this.#reading)
  }

  /** Ends the capture, and keeps what it has brought. */
  stopLive(): void {
    this.live?.stop()
    this.#reading?.tell()
  }

  /** Begins anew on interfaces that have ended. */
  async restart(): Promise<void> {
    const { live } = this
    if (live === undefined) return this.say('this capture is a file: there is nothing to begin anew')
    try {
      await live.restart()
      this.#reading?.tell()
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error
      this.say(error.message, 'error')
    }
  }

  /** Sees to it that the selected packet is the dissected one; one that cannot be read leaves the last one standing. */
  #dissect(): void {
    const { packet, detail } = this.state
    if (
      packet === 0 ||
      packet === detail?.number ||
      this.capture === undefined ||
      packet === this.#unreadable
    )
      return
    try {
      const found = this.capture.dissect(packet)
      this.#unreadable = 0
      this.state = reduce(this.state, {
        type: 'dissected',
        detail: { number: packet, found, nodes: treeNodes(found), origin: originOf(this.capture, packet) },
      })
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error
      this.#unreadable = packet
      this.state = reduce(this.state, { type: 'said', message: { text: error.message, severity: 'error' } })
    }
  }
  #unreadable = 0

  /** Sees to it that the text over the panes is that of the selected packet. */
  #write(): void {
    const { raw, detail } = this.state
    if (raw === undefined || detail === undefined || raw.of === detail) return
    const text = copiedText(detail, 0, 'packet', this.rules)
    this.state = reduce(this.state, { type: 'raw-text', of: detail, text })
  }

  #waitForDigit(): void {
    clearTimeout(this.#digit)
    const { times, pending } = this.state
    if (times === undefined || times > 4 || pending.length > 0) return
    this.#digit = setTimeout(() => this.dispatch({ type: 'expired' }), digitTime)
  }

  #draw(): void {
    if (this.#drawing) return
    const wait = this.#drawn + frameTime - performance.now()
    if (wait <= 0) {
      // Several actions of one key press share a screen.
      this.#drawing = setTimeout(() => this.drawNow(), 0)
    } else this.#drawing = setTimeout(() => this.drawNow(), wait)
  }
}
