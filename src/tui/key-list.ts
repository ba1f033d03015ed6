import { keymap } from './bindings.ts'
import { keyText } from './help-rows.ts'

const nameColumns = 22
const keyColumns = 14

/** All keys, a line each, as the file of keys has them: with what it does as a remark. */
export const keyList = (): string =>
  keymap
    .flatMap(({ name, keys, does }) => (keys.length > 0 ? keys : ['']).map(each => ({ name, each, does })))
    .map(({ name, each, does }) => `${name.padEnd(nameColumns)} ${wordOf(each).padEnd(keyColumns)} # ${does}`)
    .join('\n')

/** Arrows are words in a file. */
const wordOf = (keys: string): string =>
  keyText(keys.replace(/ ?<letter>$/, ''))
    .replace('↑', 'Up')
    .replace('↓', 'Down')
    .replace('←', 'Left')
    .replace('→', 'Right')
