import type { Rule } from '../dissect/rules.ts'
import type { Story } from '../follow/story.ts'
import type { Tour } from '../print/tour.ts'
import type { PacketNumbers } from '../store/packet-numbers.ts'
import type { FilterOf } from './field-filters.ts'
import type { SortedView } from './listed.ts'
import type { StartEntry } from './start-entries.ts'
import type {
  Busy,
  CaptureFacts,
  Detail,
  Find,
  LayoutKind,
  Message,
  Pane,
  Radix,
  SaveOf,
  Size,
  Sought,
  State,
  TimeMode,
} from './state.ts'

/** What happened: the only way in which the state changes. */
export type Action =
  | { readonly type: 'resized'; readonly size: Size }
  | { readonly type: 'themed'; readonly colour: boolean; readonly name: string }
  | { readonly type: 'started'; readonly entries: readonly StartEntry[] }
  | { readonly type: 'entries'; readonly entries: readonly StartEntry[] }
  /** The cursor of the start page goes to one of its entries. */
  | { readonly type: 'entry'; readonly index: number }
  | { readonly type: 'opened'; readonly capture: CaptureFacts }
  /** More of the capture is known. */
  | { readonly type: 'surveyed'; readonly capture: CaptureFacts }
  | { readonly type: 'dissected'; readonly detail: Detail }
  | { readonly type: 'said'; readonly message: Message | undefined }
  | { readonly type: 'busy'; readonly busy: Busy | undefined }
  // Where the eyes are.
  | { readonly type: 'focus'; readonly pane: Pane }
  | { readonly type: 'focus-by'; readonly by: number }
  | { readonly type: 'move'; readonly by: number }
  | { readonly type: 'page'; readonly by: number }
  | { readonly type: 'edge'; readonly to: 'first' | 'last' }
  | { readonly type: 'sideways'; readonly by: number }
  | { readonly type: 'scroll'; readonly pane: Pane; readonly by: number }
  // Packets. A jump can be gone back from, a step cannot.
  | { readonly type: 'step'; readonly by: number }
  /** To a row of the list. */
  | { readonly type: 'row'; readonly row: number }
  | { readonly type: 'jump'; readonly packet: number }
  | { readonly type: 'history'; readonly by: -1 | 1 }
  | { readonly type: 'follow' }
  | { readonly type: 'pause' }
  | { readonly type: 'mark' }
  | { readonly type: 'unmark-all' }
  | { readonly type: 'mark-by'; readonly by: number }
  | { readonly type: 'place'; readonly letter: string }
  | { readonly type: 'to-place'; readonly letter: string }
  | { readonly type: 'reference' }
  | { readonly type: 'time'; readonly mode?: TimeMode }
  // The layers and fields of a packet.
  | { readonly type: 'select'; readonly node: number }
  | { readonly type: 'select-byte'; readonly byte: number }
  | { readonly type: 'fold'; readonly how: 'toggle' | 'subtree' | 'all' | 'none' }
  | { readonly type: 'walk'; readonly by: -1 | 1 }
  | { readonly type: 'buffer' }
  // Negotiations.
  /** What the packets tell together has been read; `open`: to be shown now, for the selected packet or all of it. */
  | { readonly type: 'told'; readonly story: Story; readonly open?: 'packet' | 'all' }
  /** The cursor of what lies over the panes goes to a line. */
  | { readonly type: 'line'; readonly index: number }
  | { readonly type: 'scroll-over'; readonly by: number }
  | { readonly type: 'enter' }
  | { readonly type: 'turn'; readonly by: number }
  | { readonly type: 'mark-message' }
  | { readonly type: 'reasons' }
  | {
      readonly type: 'compared'
      readonly left: Detail
      readonly right: Detail
      /** Without it, two messages of the ladder that is open. */
      readonly of?: 'packets'
    }
  | { readonly type: 'whole' }
  // Names.
  /** What a name means; without one, that of the selected field or protocol. */
  | { readonly type: 'explain'; readonly name?: string }
  | { readonly type: 'explain-back' }
  // Tours.
  | { readonly type: 'tour'; readonly tour: Tour }
  | { readonly type: 'tour-step'; readonly by: -1 | 1 }
  | { readonly type: 'tour-leave' }
  | { readonly type: 'tour-resume' }
  // A walk as a lesson: from the selected field on, or where it was left.
  | { readonly type: 'lesson' }
  | { readonly type: 'lesson-leave' }
  | { readonly type: 'lesson-resume' }
  // Questions about the packet.
  | { readonly type: 'quiz' }
  | { readonly type: 'quiz-next' }
  /** Answers, with what is under the cursor or with a line to type; what is answered already makes room for the next question. */
  | { readonly type: 'quiz-enter' }
  | { readonly type: 'quiz-choose'; readonly choice: number }
  | { readonly type: 'quiz-answer'; readonly text: string }
  | { readonly type: 'quiz-leave' }
  // Which packets are listed.
  /** A line to type a filter in; `further`: one that narrows what there is. */
  | { readonly type: 'ask-filter'; readonly how: 'anew' | 'further' }
  /** Only those that match, or with an empty text all of them. */
  | { readonly type: 'filter'; readonly text: string }
  /** A filter from the selected packet, alone or beside the one there is; `edit`: into the line that is typed. */
  | {
      readonly type: 'filter-on'
      readonly of: FilterOf
      readonly how: 'only' | 'and' | 'or' | 'not' | 'edit'
    }
  /** So much is known of the packets that match. */
  | {
      readonly type: 'filtered'
      readonly packets: PacketNumbers
      readonly read: number
      readonly stopped: boolean
    }
  /** Back to the filter before. */
  | { readonly type: 'widen' }
  /** Filters that were applied before, the newest last. */
  | { readonly type: 'remembered'; readonly filters: readonly string[] }
  /** The list has this order from now on; undefined: that of the capture. */
  | { readonly type: 'sorted'; readonly sorted: SortedView | undefined }
  /** A column of the list comes or goes; default: of the field under the cursor. */
  | { readonly type: 'column'; readonly how: 'add' | 'remove' | 'toggle'; readonly name?: string }
  // How it looks.
  /** What can be set, with the cursor at its first line or at the columns. */
  | { readonly type: 'settings'; readonly at: 'looks' | 'columns' }
  /** The packet as text; what that is comes when it has been written. */
  | { readonly type: 'raw' }
  | { readonly type: 'raw-text'; readonly of: Detail; readonly text: string }
  | { readonly type: 'zoom' }
  | { readonly type: 'layout'; readonly kind?: LayoutKind }
  | { readonly type: 'explanation' }
  | { readonly type: 'share'; readonly share: 'packets' | 'left' | 'lesson'; readonly by: number }
  | { readonly type: 'equal' }
  | { readonly type: 'drag'; readonly border: 'packets' | 'left' | 'lesson' | undefined }
  | { readonly type: 'drag-to'; readonly column: number; readonly row: number }
  | { readonly type: 'radix'; readonly radix?: Radix }
  | { readonly type: 'group'; readonly size?: State['group'] }
  | { readonly type: 'help' }
  // Keys that wait for others, lines that are typed.
  | { readonly type: 'pending'; readonly keys: readonly string[]; readonly times: number | undefined }
  /** The number that was typed stands for itself: 1 to 4 is a pane. */
  | { readonly type: 'expired' }
  | { readonly type: 'cancel' }
  | { readonly type: 'prompt'; readonly kind: 'command' | 'find' | 'filter' | 'save'; readonly text?: string }
  /** Asks whether packets that are nowhere else may go. */
  | { readonly type: 'leave' }
  | { readonly type: 'overwrite'; readonly path: string; readonly of: SaveOf }
  | { readonly type: 'type'; readonly text: string }
  | { readonly type: 'edit'; readonly how: Edit }
  | { readonly type: 'complete'; readonly by: 1 | -1 }
  /** What the line that is typed may go on as, as far as it had to be looked up. */
  | { readonly type: 'known'; readonly names: readonly string[] }
  /** The line is done; what it asks for comes as an action of its own. */
  | { readonly type: 'submit' }
  /** A line that asks for what the selected packet is to be decoded as. */
  | { readonly type: 'ask-decode' }
  /** Other rules decode from now on; what was told and found by the old ones is gone. */
  | { readonly type: 'redecoded' }
  | { readonly type: 'find'; readonly find: Find }
  | { readonly type: 'found'; readonly hit: Sought }
  | Wish

export type Edit =
  | 'left'
  | 'right'
  | 'start'
  | 'end'
  | 'backspace'
  | 'delete'
  | 'word'
  | 'line'
  | 'rest'
  | 'older'
  | 'newer'

export type Copied = 'value' | 'field' | 'bytes' | 'explanation' | 'filter' | 'packet'

/** What the state alone cannot do: the controller sees to it. */
export type Wish =
  /** To sort the list by a column. */
  | { readonly type: 'sort'; readonly by: string }
  /** Filters under names, which outlive the program. */
  | {
      readonly type: 'kept-filter'
      readonly how: 'use' | 'save' | 'forget' | 'list'
      readonly name: string
      /** The filter to keep; undefined: the one there is. */
      readonly text?: string
    }
  | { readonly type: 'quit' }
  | { readonly type: 'restart' }
  | { readonly type: 'suspend' }
  | { readonly type: 'redraw' }
  | { readonly type: 'copy'; readonly what: Copied }
  | { readonly type: 'find-next'; readonly by: 1 | -1 }
  /** So many packets on, or back, in the SA, session or conversation of this one. */
  | { readonly type: 'flow-by'; readonly by: number }
  | { readonly type: 'stop' }
  | { readonly type: 'open'; readonly path: string }
  /** A tour by its name; without one, on with the one that was left. */
  | { readonly type: 'learn'; readonly name: string }
  | { readonly type: 'listen'; readonly device: string }
  | { readonly type: 'save'; readonly path: string; readonly of: SaveOf; readonly over: boolean }
  | { readonly type: 'theme'; readonly name: string }
  /** To set what is under the cursor of the settings to its next value, or the one before. */
  | { readonly type: 'turn-setting'; readonly by: 1 | -1 }
  /** Decodes some numbers as a protocol; undefined: as the number tables say again. */
  | { readonly type: 'decode'; readonly rule: Rule | undefined }
  | { readonly type: 'start-page' }
  | { readonly type: 'open-entry' }
  /** To show the negotiation of the selected packet, or all of them. */
  | { readonly type: 'ladder'; readonly of: 'packet' | 'all' }
  | { readonly type: 'compare' }
  /** To show two packets side by side; without numbers the marked ones. */
  | { readonly type: 'diff'; readonly packets?: readonly [number, number] }
