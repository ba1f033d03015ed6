import { announcedIn } from './announced.ts'
import { newFilter } from './narrowing.ts'
import type { Reducers } from './reduce.ts'
import * as typing from './typing.ts'

/** What packets are decoded as. */
export const reducers: Reducers<'ask-decode' | 'redecoded'> = {
  /** Offers what announces the innermost payload; Tab has the other numbers of the packet. */
  'ask-decode': state => {
    const [innermost] = announcedIn(state)
    const text = innermost === undefined ? 'decode ' : `decode ${innermost}:`
    return typing.reducers.prompt(state, { type: 'prompt', kind: 'command', text })
  },
  /** What the packets are by other rules is not known yet. */
  redecoded: state => ({
    ...state,
    detail: undefined,
    story: undefined,
    negotiations: undefined,
    ladder: undefined,
    comparison: undefined,
    sorted: undefined,
    filter: state.filter && newFilter(state.filter.text),
  }),
}
