import type { PacketLines } from './packet-lines.ts'
import type { State } from './state.ts'
import type { Theme } from './theme.ts'

/** All that the screen is made of. */
export type View = { readonly state: State; readonly lines: PacketLines; readonly theme: Theme }
