import { announcements } from '../../dissectors/decode-as.ts'
import type { State } from './state.ts'

/** What announces something in the selected packet, as a rule would call it, from the inside out. */
export const announcedIn = ({ detail }: State): readonly string[] =>
  detail === undefined ? [] : announcements(detail.found)
