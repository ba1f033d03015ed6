import type { Dissection } from '../dissect/dissection.ts'
import type { Story } from '../follow/story.ts'
import type { TreeNode } from '../print/tree-nodes.ts'
import type { ComparisonView } from './comparison-rows.ts'
import type { LadderView } from './ladder.ts'
import type { FilterView, SortedView } from './listed.ts'
import type { MeaningView } from './meaning.ts'
import type { OptionalColumn } from './packet-columns.ts'
import type { QuizView } from './quiz-mode.ts'
import type { RawView } from './raw-text.ts'
import type { StartEntry } from './start-entries.ts'
import type { TourView } from './touring.ts'
import type { WalkView } from './walk-mode.ts'

export type Pane = 'packets' | 'tree' | 'bytes' | 'explanation'
export const panes: readonly Pane[] = ['packets', 'tree', 'bytes', 'explanation']

/** Columns and rows of the terminal. */
export type Size = { readonly columns: number; readonly rows: number }

/** One packet, dissected; never changed once it is made. */
export type Detail = {
  readonly number: number
  readonly found: Dissection
  readonly nodes: readonly TreeNode[]
  /** When and where it was captured, as a sentence. */
  readonly origin?: string
}

/** A capture that is going on. */
export type LiveFacts = {
  /** `eth0 and wg0`. */
  readonly devices: string
  /** The capture filter; empty: there is none. */
  readonly filter: string
  readonly running: boolean
  /** Packets a second. */
  readonly rate: number
  /** Packets that the system let go; undefined: nobody tells. */
  readonly dropped: number | undefined
  /** None runs, and one that ended is tried again by itself. */
  readonly awaited: boolean
  /** Why interfaces give no packets now, as sentences. */
  readonly troubles: readonly string[]
  /** How often one of them went away and came back, and why, the last time. */
  readonly interruptions: number
  readonly interruption: string
  /** A pipe, which does not begin anew when it has ended. */
  readonly isOnce: boolean
  /** The file that the packets are written to as they come, and why they are not. */
  readonly recording: string | undefined
  readonly fault: string | undefined
}

/** What is known of the open capture. Its packets stay in the store. */
export type CaptureFacts = {
  readonly name: string
  /** Packets found so far. */
  readonly count: number
  /** The first one that is still there: in a ring the oldest go. */
  readonly first: number
  readonly complete: boolean
  /** It is a file, and at its end what others still write to it is waited for. */
  readonly following?: boolean
  /** Bytes read and to be read; 0: unknown. */
  readonly done: number
  readonly total: number
  /** What is wrong with the end of the capture, as a sentence. */
  readonly damage: string | undefined
  /** Why nothing more is taken for the time being, as a sentence: the disk for what came is full. */
  readonly full: string | undefined
  /** Undefined: a file. */
  readonly live: LiveFacts | undefined
}

/** How the time column counts. */
export type TimeMode = 'time' | 'date' | 'relative' | 'delta' | 'epoch'
export const timeModes: readonly TimeMode[] = ['time', 'relative', 'delta', 'date', 'epoch']

export type Radix = 'hex' | 'binary' | 'decimal'
export const radixes: readonly Radix[] = ['hex', 'binary', 'decimal']

export const groupSizes = [1, 2, 4] as const

/** Which layers and groups are unfolded, by path: the same for every packet. */
export type Folding = {
  /** Of whatever is not in `except`. */
  readonly open: boolean
  readonly except: ReadonlySet<string>
}

export type LayoutKind = 'columns' | 'rows' | 'sides'
export const layoutKinds: readonly LayoutKind[] = ['columns', 'rows', 'sides']

/** How the panes share the screen; shares are between 0 and 1. */
export type Layout = {
  readonly kind: LayoutKind
  /** Only the pane with the focus is shown. */
  readonly zoomed: boolean
  readonly explanation: boolean
  /** Of the height: the packet list; undefined: a third, or what so few packets fill. */
  readonly packets: number | undefined
  /** Of the width: what is left of the bytes; undefined: all that they do not need. */
  readonly left: number | undefined
  /** Of the height: the explanation; undefined: what most of them need. */
  readonly lesson: number | undefined
}
export const equalLayout = { packets: undefined, left: undefined, lesson: undefined } as const

export type FindWhere = 'info' | 'tree' | 'bytes'
export type FindKind = 'text' | 'regex' | 'hex'
export type Find = { readonly text: string; readonly where: FindWhere; readonly kind: FindKind }

/** A hit of a search: a packet, and the node or the byte of its frame. */
export type Sought = { readonly packet: number; readonly node?: number; readonly byte?: number }

export type PromptKind = 'command' | 'find' | 'filter' | 'save' | 'answer' | 'overwrite' | 'leave' | 'reveal'

/** Which packets are saved. */
export type SaveOf = 'all' | 'filtered' | 'marked' | 'flow' | 'inner'

/** A line that is being typed. */
export type Prompt = {
  readonly kind: PromptKind
  readonly text: string
  /** Characters (UTF-16) before the cursor. */
  readonly cursor: number
  /** Where to find, and what is typed there. */
  readonly where: FindWhere
  readonly as: FindKind
  /** Which packets to save. */
  readonly of: SaveOf
  /** The filter that is to be narrowed further; empty: none. */
  readonly within: string
  /** What had been typed before Tab offered something or an older line was recalled, and the cursor in it. */
  readonly typed: string
  readonly typedTo: number
  /** The place of what Tab offered in the list of completions; -1: nothing was offered. */
  readonly offered: number
  /** What was looked up for Tab to offer: files, interfaces, tours, kept filters; for filters what the capture is made of. */
  readonly known: readonly string[]
  /** How many lines back the history was recalled; 0: not at all. */
  readonly recalled: number
}

export type Message = { readonly text: string; readonly severity: 'info' | 'warning' | 'error' }

/** Work that goes on in the background. */
export type Busy = { readonly what: string; readonly done: number; readonly total: number }

/** Where one is in lines that lie over the panes: the line of the cursor and the first one shown, from 0. */
export type Place = { readonly cursor: number; readonly top: number }

export type State = {
  readonly size: Size
  /** The terminal shows colours: without them bytes stand apart, for brackets. */
  readonly colour: boolean
  /** Which looks these are. */
  readonly theme: string
  /** Undefined: the start page. */
  readonly capture: CaptureFacts | undefined
  readonly start: {
    readonly entries: readonly StartEntry[]
    readonly cursor: number
    /** The first line shown. */
    readonly top: number
  }
  readonly focus: Pane
  /** The selected packet, from 1; 0: there is none. */
  readonly packet: number
  /** The last packet is selected, and each new one will be. */
  readonly follow: boolean
  /** Packets that come are kept, but not shown yet. */
  readonly paused: boolean
  /** Packets that have come, shown or not, and how many of them there were when the last one was looked at. */
  readonly arrived: number
  readonly seen: number
  /** The dissection of the selected packet, or of the last one that could be read. */
  readonly detail: Detail | undefined
  /** Index of the selected node in `detail.nodes`. */
  readonly selected: number
  /** Path of the node that was chosen last: looked for in every packet. */
  readonly wanted: string
  /** The byte under the cursor of the bytes pane, in the buffer of the selected node. */
  readonly byte: number
  readonly folding: Folding
  /** The first line shown of each pane, from 0. */
  readonly tops: Readonly<Record<Pane, number>>
  readonly time: TimeMode
  /** Packets from which relative time counts anew, ascending. */
  readonly references: readonly number[]
  readonly marked: ReadonlySet<number>
  /** Packets under letters. */
  readonly places: ReadonlyMap<string, number>
  /** Where jumps came from, and where going back came from; the last is the nearest. */
  readonly back: readonly number[]
  readonly forward: readonly number[]
  readonly radix: Radix
  readonly group: (typeof groupSizes)[number]
  readonly layout: Layout
  /** Keys typed so far of a command of several. */
  readonly pending: readonly string[]
  /** The number typed before a command. */
  readonly times: number | undefined
  readonly prompt: Prompt | undefined
  /** Lines typed before, the newest last. */
  readonly history: Readonly<Record<PromptKind, readonly string[]>>
  /** First row shown of the help; undefined: it is not open. */
  readonly help: number | undefined
  /** Undefined: all packets are listed. */
  readonly filter: FilterView | undefined
  /** Filters that this one took the place of, the newest last; empty: none. */
  readonly wider: readonly string[]
  readonly sorted: SortedView | undefined
  /** Fields with a column in the list, as filters name them. */
  readonly columns: readonly string[]
  /** Columns that are left out, however much room there is. */
  readonly hidden: readonly OptionalColumn[]
  /** What was looked for last. */
  readonly find: Find | undefined
  /** Where the cursor goes once the packet is dissected that a search has found. */
  readonly sought: Sought | undefined
  /** What the packets tell together, as far as it has been read. */
  readonly story: Story | undefined
  /** What lies over the panes, each over the one before: all negotiations, the ladder of one, two messages or packets. */
  readonly negotiations: Place | undefined
  readonly ladder: LadderView | undefined
  readonly comparison: ComparisonView | undefined
  /** What a name means, over all of these. */
  readonly meaning: MeaningView | undefined
  /** What can be set, and the packet as text. */
  readonly settings: Place | undefined
  readonly raw: RawView | undefined
  /** A tour that goes on, or was left. */
  readonly tour: TourView | undefined
  /** A walk as a lesson that goes on, or was left. */
  readonly walk: WalkView | undefined
  /** Questions about the packet, that go on or were left. */
  readonly quiz: QuizView | undefined
  readonly message: Message | undefined
  readonly busy: Busy | undefined
  /** The border that the mouse holds. */
  readonly drag: 'packets' | 'left' | 'lesson' | undefined
}

export const initialState = (size: Size, colour = true): State => ({
  size,
  colour,
  theme: '',
  capture: undefined,
  start: { entries: [], cursor: 0, top: 0 },
  focus: 'packets',
  packet: 0,
  follow: false,
  paused: false,
  arrived: 0,
  seen: 0,
  detail: undefined,
  selected: 0,
  wanted: '',
  byte: 0,
  folding: { open: false, except: new Set() },
  tops: { packets: 0, tree: 0, bytes: 0, explanation: 0 },
  time: 'time',
  references: [],
  marked: new Set(),
  places: new Map(),
  back: [],
  forward: [],
  radix: 'hex',
  group: 2,
  layout: { kind: 'columns', zoomed: false, explanation: true, ...equalLayout },
  pending: [],
  times: undefined,
  prompt: undefined,
  history: { command: [], find: [], filter: [], save: [], answer: [], overwrite: [], leave: [], reveal: [] },
  help: undefined,
  filter: undefined,
  wider: [],
  sorted: undefined,
  columns: [],
  hidden: [],
  find: undefined,
  sought: undefined,
  story: undefined,
  negotiations: undefined,
  ladder: undefined,
  comparison: undefined,
  meaning: undefined,
  settings: undefined,
  raw: undefined,
  tour: undefined,
  walk: undefined,
  quiz: undefined,
  message: undefined,
  busy: undefined,
  drag: undefined,
})
