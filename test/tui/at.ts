import { compileFilter } from '../../src/filter/filter.ts'
import { noFacts } from '../../src/filter/packet-facts.ts'
import { treeNodes } from '../../src/print/tree-nodes.ts'
import { Capture } from '../../src/store/capture.ts'
import { PacketList } from '../../src/store/packet-numbers.ts'
import type { Action } from '../../src/tui/actions.ts'
import { commandAction } from '../../src/tui/commands.ts'
import { both, inOwnWords } from '../../src/tui/filter-building.ts'
import { visibleNodes } from '../../src/tui/folding.ts'
import { keyActions } from '../../src/tui/keymap.ts'
import type { MouseEvent } from '../../src/tui/mouse.ts'
import { mouseActions } from '../../src/tui/mousing.ts'
import { PacketLines } from '../../src/tui/packet-lines.ts'
import { reduce } from '../../src/tui/reduce.ts'
import { type CaptureFacts, type Detail, initialState, type Prompt, type State } from '../../src/tui/state.ts'
import { captureFile } from '../captures.ts'

/** What a capture of so many packets says of itself, all of it read unless told otherwise. */
export const facts = (count: number, others: Partial<CaptureFacts> = {}): CaptureFacts => ({
  name: 'made.pcap',
  count,
  complete: true,
  done: 1,
  total: 1,
  damage: undefined,
  live: undefined,
  first: 1,
  full: undefined,
  ...others,
})

const open = new Map<string, Promise<Capture>>()

/** A capture of the project, read to its end; each is opened once. */
export function captureOf(name: string): Promise<Capture> {
  const known = open.get(name)
  if (known) return known
  const opening = Capture.begin(captureFile(name)).then(async capture => {
    await capture.survey()
    return capture
  })
  open.set(name, opening)
  return opening
}

/** A packet of a capture as the state holds it. */
export function detailOf(capture: Capture, number: number): Detail {
  const found = capture.dissect(number)
  return { number, found, nodes: treeNodes(found) }
}

/**
 * A state over a real capture, with what stands around the reducer: whatever packet the state wants to show is
 * dissected, and a command that was typed is done. What else the state cannot do itself is written down.
 */
export class At {
  state: State
  readonly capture: Capture
  readonly lines: PacketLines
  /** Every action there has been, in order. */
  readonly done: Action[] = []

  constructor(capture: Capture, columns = 120, rows = 40, colour = true) {
    this.capture = capture
    this.lines = new PacketLines(capture)
    this.state = initialState({ columns, rows }, colour)
  }

  /** A capture of the project at its first packet. */
  static async open(name: string, columns?: number, rows?: number, colour?: boolean): Promise<At> {
    const capture = await captureOf(name)
    const at = new At(capture, columns, rows, colour)
    return at.do({ type: 'opened', capture: facts(capture.count, { name: capture.name }) })
  }

  do(...actions: readonly Action[]): this {
    for (const action of actions) {
      const { prompt } = this.state
      this.done.push(action)
      this.state = reduce(this.state, action)
      const { packet, detail } = this.state
      if (packet > 0 && packet !== detail?.number)
        this.state = reduce(this.state, { type: 'dissected', detail: detailOf(this.capture, packet) })
      if (action.type === 'submit' && this.state.prompt === undefined && prompt) this.#submitted(prompt)
      this.#filter()
    }
    return this
  }

  #submitted({ kind, text, within }: Prompt): void {
    if (kind === 'command') this.#command(text)
    if (kind === 'answer') this.do({ type: 'quiz-answer', text })
    if (kind === 'filter') this.do({ type: 'filter', text: both(within, inOwnWords(text)) })
    if (kind === 'reveal') this.do({ type: 'filter', text: '' }, { type: 'jump', packet: Number(text) })
  }

  /** Finds what matches, among the packets that the state knows of. */
  #filter(): void {
    const { filter, capture } = this.state
    const count = capture?.count ?? 0
    if (filter === undefined || filter.read === count) return
    const { matches } = compileFilter(filter.text)
    const list = new PacketList()
    for (let number = 1; number <= count; number++)
      if (matches(this.capture.dissect(number), { ...noFacts, marked: this.state.marked.has(number) }))
        list.add(number)
    this.do({ type: 'filtered', packets: list.now, read: count, stopped: false })
  }

  #command(line: string): void {
    const action = commandAction(line)
    this.do(
      typeof action === 'string' ? { type: 'said', message: { text: action, severity: 'warning' } } : action,
    )
  }

  /** Keys by their names, one after the other. */
  press(...keys: readonly string[]): this {
    for (const key of keys) this.do(...keyActions(this.state, key))
    return this
  }

  /** A text, key by key. */
  type(text: string): this {
    return this.press(...Array.from(text, key => (key === ' ' ? 'space' : key)))
  }

  mouse(action: MouseEvent['action'], column: number, row: number): this {
    const button = action.startsWith('wheel') ? 'none' : 'left'
    const event = { type: 'mouse', action, button, column, row } as MouseEvent
    return this.do(...mouseActions(this.state, event))
  }

  get detail(): Detail {
    const { detail } = this.state
    if (detail === undefined) throw new Error('no packet is shown')
    return detail
  }

  /** Path of the selected node. */
  get path(): string {
    return this.detail.nodes[this.state.selected]!.path
  }

  /** Paths of the nodes that no fold hides. */
  get shown(): string[] {
    return visibleNodes(this.detail, this.state.folding).map(index => this.detail.nodes[index]!.path)
  }

  /** What is said at the bottom; empty: nothing. */
  get said(): string {
    return this.state.message?.text ?? ''
  }

  /** To a node, by its path. */
  to(path: string): this {
    const node = this.detail.nodes.findIndex(each => each.path === path)
    if (node < 0) throw new Error(`packet ${this.detail.number} has no ${path}`)
    return this.do({ type: 'select', node })
  }
}
