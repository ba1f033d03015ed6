import { homedir } from 'node:os'
import { join } from 'node:path'

/** A path as a shell would take it: `~` in front is the home of whoever runs the program. */
export const atHome = (path: string): string =>
  /^~(?=\/|$)/.test(path) ? join(homedir(), path.slice(1)) : path
