import { createContext, Script } from 'node:vm'

let work: () => unknown = () => undefined
const call = new Script('work()')
let around: object | undefined

/**
 * Does some work and returns its outcome; undefined where it was still busy after so many milliseconds and was stopped
 * in the midst of it. Nothing but this ends a regular expression that goes astray.
 */
export function withinTime<T extends object>(ms: number, what: () => T): T | undefined {
  around ??= createContext({ work: () => work() })
  work = what
  try {
    return call.runInContext(around, { timeout: ms })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined
    throw error
  }
}
