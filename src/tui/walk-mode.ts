import type { Reducers } from './reduce.ts'
import { select } from './selecting.ts'
import type { State } from './state.ts'

/** A walk through a packet as a lesson: it goes on, or was left at a field. */
export type WalkView = {
  readonly isLeft: boolean
  /** Where it was left: the packet, and the path of the node. */
  readonly packet: number
  readonly path: string
}

export const reducers: Reducers<'lesson' | 'lesson-leave' | 'lesson-resume'> = {
  lesson: state => begin(state, state.selected),
  'lesson-leave': state => {
    const { detail, selected, walk } = state
    const path = detail?.nodes[selected]?.path ?? ''
    return { ...state, walk: walk && { isLeft: true, packet: state.packet, path } }
  },
  'lesson-resume': state => {
    const { walk, detail } = state
    if (walk === undefined || !walk.isLeft) return say(state, 'no walk was left; W begins one')
    const { packet, path } = walk
    if (packet < (state.capture?.first ?? 1)) return say(state, `packet ${packet} has left the ring`)
    const node = detail?.number === packet ? detail.nodes.findIndex(each => each.path === path) : -1
    // In a packet that is yet to be dissected the cursor goes to the path that is wanted.
    return begin({ ...state, packet, wanted: path, follow: false }, node < 0 ? state.selected : node, path)
  },
}

const say = (state: State, text: string): State => ({ ...state, message: { text, severity: 'info' } })

function begin(state: State, node: number, wanted?: string): State {
  if (state.detail === undefined) return say(state, 'there is no packet to walk through')
  const walk = { isLeft: false, packet: state.packet, path: '' }
  const layout = { ...state.layout, explanation: true, zoomed: false }
  const there = select({ ...state, walk, layout, focus: 'tree', message: undefined }, node)
  return wanted === undefined ? there : { ...there, wanted }
}

/** A walk goes on, and is not looked away from into the list. */
export const isWalking = ({ walk, detail, focus }: State): boolean =>
  walk !== undefined && !walk.isLeft && detail !== undefined && focus !== 'packets'
