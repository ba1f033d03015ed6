import { newDissector } from '../../dissectors/index.ts'
import type { FrameSource } from '../capture/frame-source.ts'
import type { Dissector } from '../dissect/dissect.ts'
import type { Rules } from '../dissect/rules.ts'
import { Session } from '../dissect/session.ts'
import type { Frame } from '../frame.ts'
import { Verdicts } from '../store/question.ts'
import { Shapes } from '../store/shapes.ts'
import type { Columns } from './columns.ts'
import type { Filter } from './filter.ts'
import { Flows } from './flows.ts'
import { RunningFacts } from './packet-facts.ts'

/** Packets that are passed over before the event loop has its turn. */
const stretch = 4096

/**
 * The packets of a source that a filter lets through; without a filter all of them. They keep their numbers, and `session`
 * knows what the others taught.
 */
export class SiftedSource implements FrameSource {
  readonly session = new Session()
  readonly facts = new RunningFacts()
  readonly #source: FrameSource
  readonly #filter: Filter | undefined
  readonly #dissector: Dissector
  readonly #shapes = new Shapes()
  readonly #verdicts: Verdicts | undefined
  /** The last packet had to be dissected, so the next one is at once. */
  #looksClosely = false
  #paused = false

  /** `columns`: what is asked of the packets that are let through. */
  constructor(
    source: FrameSource,
    filter: Filter | undefined,
    rules: Rules,
    columns?: Pick<Columns, 'flows'>,
  ) {
    this.#source = source
    if (filter?.flows || columns?.flows) this.facts.flows = new Flows()
    this.#filter = filter
    this.#verdicts = filter && new Verdicts(filter)
    this.#dissector = newDissector(this.session, rules)
    this.#dissector.found.selection = filter?.selection ?? null
  }

  next(frame: Frame): boolean {
    for (let passed = 0; passed < stretch; passed++) {
      if (!this.#source.next(frame)) return false
      this.facts.next(frame, this.#source.origin.name ?? '')
      if (this.#filter === undefined) {
        this.facts.flows?.see(this.#dissector.dissect(frame, 'peel'))
        return true
      }
      if (this.#isWanted(frame, this.#filter, this.#verdicts!)) return true
    }
    this.#paused = true
    return false
  }

  /** Most packets are told by their layers, and by bytes at fixed places: only the others are dissected. */
  #isWanted(frame: Frame, filter: Filter, verdicts: Verdicts): boolean {
    const isClose = this.#looksClosely
    const found = this.#dissector.dissect(frame, isClose ? filter.depth : 'peel')
    this.facts.flows?.see(found)
    const kind = this.#shapes.intern(found)
    const verdict = verdicts.on(kind) ?? verdicts.judge(kind, this.#shapes.get(kind)!)
    this.#looksClosely = verdict === 'dissect'
    if (typeof verdict === 'boolean') return verdict
    if (verdict !== 'dissect') return verdict(frame.bytes, frame.start)
    return filter.matches(isClose ? found : this.#dissector.dissect(frame, filter.depth), this.facts)
  }

  async more(): Promise<boolean> {
    if (!this.#paused) return this.#source.more()
    this.#paused = false
    return new Promise(resolve => setImmediate(resolve, true))
  }

  get origin() {
    return this.#source.origin
  }
  get damage() {
    return this.#source.damage
  }
  get interfaces() {
    return this.#source.interfaces
  }
  get sectionComments() {
    return this.#source.sectionComments
  }
  get secrets() {
    return this.#source.secrets
  }

  close(): void {
    this.#source.close()
  }
}
