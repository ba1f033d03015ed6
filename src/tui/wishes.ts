import { existsSync } from 'node:fs'
import { CaptureError } from '../capture/errors.ts'
import type { Capture } from '../store/capture.ts'
import type { Action, Wish } from './actions.ts'
import { atHome } from './at-home.ts'
import type { Controller } from './controller.ts'
import { clipboardSequence, copiedText } from './copying.ts'
import { showDiff } from './diffing.ts'
import { filterFor } from './field-filters.ts'
import { filterKeeping } from './filter-keeping.ts'
import { findNext } from './find.ts'
import { followFile, unfollowFile } from './following.ts'
import { listedOf } from './listed.ts'
import { open } from './opening.ts'
import { FindError } from './patterns.ts'
import { redecode } from './redecoding.ts'
import { SameFlow } from './same-flow.ts'
import { nothingToSave, saveChosen } from './saving.ts'
import { settingAt } from './settings.ts'
import { sortBy } from './sorting.ts'
import type { StartEntry } from './start-entries.ts'
import { Telling } from './telling.ts'

/** Actions that the state alone cannot do, and those that it cannot do all of. */
type Granted = Wish | Extract<Action, { readonly type: 'find' | 'follow' | 'surveyed' }>
type Grants = { readonly [T in Granted['type']]: (wish: Extract<Granted, { readonly type: T }>) => void }

/** Why work ends, where that is not because something else goes on instead. */
const byUser = 'the user asked for it'

/** What there is to say about work that was ended: where something else goes on instead, that has the word. */
const stopped = (signal: AbortSignal): string | undefined =>
  signal.reason === byUser ? 'stopped' : undefined

/** Sees to what the state alone cannot do. Of what takes time one thing goes on at once; Ctrl-C stops it. */
export class Wishes {
  readonly #controller: Controller
  #work: AbortController | undefined
  /** The capture whose packets the user has been told are not saved. */
  #warned: Capture | undefined
  readonly #telling: Telling
  /** The packets that were gone through last, one after the other. */
  #flow: SameFlow | undefined

  constructor(controller: Controller) {
    this.#controller = controller
    this.#telling = new Telling(controller)
  }

  grant(action: Action): void {
    const grant = this.#grants[action.type as Granted['type']] as ((wish: Action) => void) | undefined
    grant?.(action)
  }

  /** Ends what goes on in the background. */
  stop(reason?: string): void {
    this.#work?.abort(reason)
    this.#work = undefined
    if (this.#controller.state.busy) this.#controller.dispatch({ type: 'busy', busy: undefined })
  }

  /** The same, and forgets the capture that it was about. */
  leave(): void {
    this.#telling.stop()
    this.#flow = undefined
    this.stop()
  }

  readonly #grants: Grants = {
    quit: () => this.#quit(),
    restart: () => void this.#controller.restart(),
    suspend: () => this.#controller.outside.suspend(),
    redraw: () => this.#controller.outside.redraw(),
    decode: ({ rule }) => {
      this.leave()
      void redecode(this.#controller, rule)
    },
    'turn-setting': ({ by }) => {
      const action = settingAt(this.#controller.state)?.turn?.(by)
      if (action) this.#controller.dispatch(action)
    },
    theme: ({ name }) => this.#controller.setTheme(name),
    'start-page': () => {
      if (this.#mayLeave()) this.#controller.showStart()
    },
    copy: ({ what }) => this.#copy(what),
    stop: () => {
      const { prompt } = this.#controller.state
      // A line that is typed, or a question: that comes first, unless it is whether to quit.
      if (prompt && prompt.kind !== 'leave') this.#controller.dispatch({ type: 'cancel' })
      else if (this.#controller.opening) this.#controller.giveUp()
      else if (this.#work) this.stop(byUser)
      else if (this.#controller.filtering.stop()) this.#controller.say('stopped; / filters again')
      else if (this.#controller.live?.isRunning) this.#controller.stopLive()
      else if (this.#controller.capture?.following) unfollowFile(this.#controller)
      else if (this.#endPipe()) this.#controller.say('nothing more is read from the pipe')
      else this.#quit()
    },
    listen: ({ device }) => this.#open({ kind: 'interface', path: device }),
    open: ({ path }) => this.#open({ kind: 'file', path }),
    learn: ({ name }) => {
      if (name === '' && this.#controller.state.tour) this.#controller.dispatch({ type: 'tour-resume' })
      else this.#open({ kind: 'tour', path: name })
    },
    'open-entry': () => {
      const { entries, cursor } = this.#controller.state.start
      const entry = entries[cursor]
      if (entry) this.#open(entry)
    },
    follow: () => followFile(this.#controller),
    find: () => this.#find(1),
    'find-next': ({ by }) => this.#find(by),
    'flow-by': ({ by }) => this.#flowBy(by),
    save: wish => this.#save(wish),
    sort: ({ by }) => this.#sort(by),
    'kept-filter': wish => filterKeeping(this.#controller, wish),
    ladder: ({ of }) => this.#tell(of),
    compare: () => this.#telling.compare(),
    diff: ({ packets }) => showDiff(this.#controller, packets),
    surveyed: () => this.#telling.goOn(),
  }

  /** What a pipe has brought stays. False: there is none, or it has ended. */
  #endPipe(): boolean {
    const { capture } = this.#controller
    return capture !== undefined && !capture.complete && capture.stop()
  }

  /** Packets of a live capture are nowhere else: they do not go unasked. */
  #quit(): void {
    const asked = this.#controller.state.prompt?.kind === 'leave'
    if (this.#controller.hasUnsaved && !asked) this.#controller.dispatch({ type: 'leave' })
    else this.#controller.quit()
  }

  /** The same where something else takes their place: that has to be asked for twice. */
  #mayLeave(): boolean {
    const { capture, hasUnsaved } = this.#controller
    if (!hasUnsaved || this.#warned === capture) return true
    this.#warned = capture
    this.#controller.say(
      'the captured packets are not saved: s saves them, the same again drops them',
      'warning',
    )
    return false
  }

  #copy(what: Extract<Wish, { type: 'copy' }>['what']): void {
    const { state, outside } = this.#controller
    const text = state.detail ? copiedText(state.detail, state.selected, what, this.#controller.rules) : ''
    if (text !== '') outside.send(clipboardSequence(text))
    this.#controller.say(
      text === ''
        ? `there is no ${what} to copy here`
        : `copied: ${text.slice(0, 200).replaceAll('\n', ' ')}`,
    )
  }

  #open(entry: Pick<StartEntry, 'kind' | 'path'>): void {
    if (this.#mayLeave()) void open(this.#controller, entry)
  }

  #find(by: 1 | -1): void {
    const { state, capture } = this.#controller
    const { find, detail, packet, selected, byte } = state
    if (capture === undefined) return
    if (find === undefined) {
      this.#controller.say('nothing was looked for yet; f finds')
      return
    }
    const from = {
      packet,
      detail,
      selected,
      byte,
      listed: state.filter || state.sorted ? listedOf(state) : undefined,
    }
    this.#begin(`finding ${find.text.slice(0, 20)}`, async (signal, progress) => {
      const found = await findNext(capture, find, from, by, { signal, progress })
      if (signal.aborted) return stopped(signal)
      const { count, complete } = capture
      const packets = count === 1 ? '1 packet' : `${count} packets`
      if (found === undefined) return `${find.text}: nowhere in ${packets}${complete ? '' : ' read so far'}`
      // It may be among those that the state has not been told of yet.
      const { capture: facts } = this.#controller.state
      if (facts && found.hit.packet > facts.count)
        this.#controller.dispatch({ type: 'surveyed', capture: { ...facts, count } })
      this.#controller.dispatch({ type: 'found', hit: found.hit })
      if (found.where === 'here') return `${find.text}: nowhere else`
      if (found.where === 'around') return `found; went on from the ${by > 0 ? 'first' : 'last'} packet`
      return undefined
    })
  }

  #flowBy(by: number): void {
    const { state, capture } = this.#controller
    const { detail, selected, packet } = state
    if (capture === undefined || detail === undefined) return
    const text = filterFor(detail, selected, 'flow')
    if (text === '') {
      this.#controller.say('the packet has no SPI, key, session or address')
      return
    }
    if (this.#flow?.text !== text || this.#flow.capture !== capture) this.#flow = new SameFlow(capture, text)
    const flow = this.#flow
    const { rowOf } = listedOf(state)
    this.#begin(`going through ${text.slice(0, 30)}`, async (signal, progress) => {
      const next = await flow.packetBy(packet, by, other => rowOf(other) >= 0, {
        signal,
        progress: () => progress(flow.read, capture.count),
      })
      if (signal.aborted) return stopped(signal)
      if (next === undefined) return `no ${by > 0 ? 'later' : 'earlier'} packet with ${text}`
      this.#controller.dispatch({ type: 'found', hit: { packet: next } })
      return `with ${text}`
    })
  }

  #sort(by: string): void {
    const { state, capture } = this.#controller
    if (capture === undefined) return
    if (by === 'number') {
      this.#controller.dispatch({ type: 'sorted', sorted: undefined })
      return
    }
    this.#begin(`sorting by ${by.slice(0, 20)}`, async (signal, progress) => {
      const order = await sortBy(capture, state, by, { signal, progress })
      if (signal.aborted) return stopped(signal)
      if (order === 'too many') return 'too many packets to sort; / narrows them down'
      this.#controller.dispatch({ type: 'sorted', sorted: order && { by, order } })
      return `sorted by ${by}; :sort number has them as they came`
    })
  }

  #tell(of: 'packet' | 'all'): void {
    const { capture } = this.#controller
    if (capture === undefined) return
    this.#begin('following negotiations', async (signal, progress) => {
      await this.#telling.open(capture, of, { signal, progress })
      return stopped(signal)
    })
  }

  #save({ path: typed, of, over }: Extract<Wish, { type: 'save' }>): void {
    const { state, capture } = this.#controller
    const path = atHome(typed)
    if (capture === undefined) return
    const nothing = nothingToSave(state, of)
    if (nothing !== undefined) this.#controller.say(nothing, 'warning')
    else if (!over && existsSync(path)) this.#controller.dispatch({ type: 'overwrite', path, of })
    else
      this.#begin('saving', async (signal, progress) => {
        const { count } = capture
        const said = await saveChosen(state, capture, path, of, { signal, progress })
        const isShown = this.#controller.capture === capture
        if (!signal.aborted && of === 'all' && isShown) this.#controller.saved = count
        return said
      })
  }

  /** Does what takes time; shows how far it is, and what it says at its end. */
  #begin(
    what: string,
    work: (
      signal: AbortSignal,
      progress: (done: number, total: number) => void,
    ) => Promise<string | undefined>,
  ): void {
    this.stop()
    const own = new AbortController()
    this.#work = own
    const progress = (done: number, total: number) => {
      if (this.#work === own) this.#controller.dispatch({ type: 'busy', busy: { what, done, total } })
    }
    work(own.signal, progress)
      .catch(error => {
        if (error instanceof CaptureError || error instanceof FindError) return error
        throw error
      })
      .then(outcome => {
        if (this.#work === own) this.stop()
        if (outcome instanceof Error) this.#controller.say(outcome.message, 'error')
        else if (outcome !== undefined) this.#controller.say(outcome)
      })
  }
}
