import type { Binding } from './bindings.ts'

/** Keys as files write them, and as terminals are read. */
const named: Readonly<Record<string, string>> = {
  up: 'up',
  down: 'down',
  left: 'left',
  right: 'right',
  pgup: 'pageup',
  pgdn: 'pagedown',
  home: 'home',
  end: 'end',
  enter: 'return',
  esc: 'escape',
  space: 'space',
  tab: 'tab',
  'shift-tab': 'shift-tab',
  backspace: 'backspace',
  del: 'delete',
}

/** Stands for any character, behind the keys that wait for one. */
const anyLetter = '<letter>'

export type Remapped = {
  readonly keymap: readonly Binding[]
  /** What is wrong with the lines, as sentences. */
  readonly problems: readonly string[]
}

/**
 * The keymap as somebody wants it: each line has a command and the keys that do it from then on (`quit Q`,
 * `next-pane Ctrl-W w`), several lines several; a command alone has no key any more. Where such a key did something else,
 * it no longer does. `#` begins a remark.
 */
export function remapped(usual: readonly Binding[], lines: readonly string[]): Remapped {
  const given = new Map<string, string[]>()
  const problems: string[] = []
  for (const line of lines) {
    const [name, ...words] = line.replace(/(^| )#( .*)?$/, '').match(/\S+/g) ?? []
    if (name === undefined) continue
    const binding = usual.find(entry => entry.name === name)
    const keys = words.map(keysIn)
    if (binding === undefined) problems.push(`${name}: no such command`)
    else if (keys.includes(undefined)) problems.push(`${name}: ${words[keys.indexOf(undefined)]} is no key`)
    else {
      const wanted = binding.keys.some(takesLetter) && keys.length > 0 ? [...keys, anyLetter] : keys
      given.set(name, [...(given.get(name) ?? []), ...(wanted.length > 0 ? [wanted.join(' ')] : [])])
    }
  }
  const chosen = usual.flatMap(binding => {
    const keys = given.get(binding.name)
    return keys ? [{ ...binding, keys }] : []
  })
  problems.push(...clashesIn(chosen))
  const keymap = usual.map(
    binding => chosen.find(({ name }) => name === binding.name) ?? without(binding, chosen),
  )
  return { keymap, problems }
}

/** The command without keys that others have been given where both would mean something. */
const without = (binding: Binding, others: readonly Binding[]): Binding => ({
  ...binding,
  keys: binding.keys.filter(
    key => !others.some(other => other.keys.some(taken => hides(other, taken, binding, key))),
  ),
})

const hides = (one: Binding, key: string, other: Binding, otherKey: string): boolean =>
  one.in.some(context => other.in.includes(context)) &&
  (key === otherKey || `${key} `.startsWith(`${otherKey} `) || `${otherKey} `.startsWith(`${key} `))

const clashesIn = (chosen: readonly Binding[]): string[] =>
  chosen.flatMap((one, i) =>
    chosen
      .slice(i + 1)
      .filter(other => one.keys.some(key => other.keys.some(taken => hides(one, key, other, taken))))
      .map(other => `${one.name} and ${other.name}: the same keys`),
  )

const takesLetter = (keys: string): boolean => keys.endsWith(anyLetter)

/** Keys in one word: `gg`, `Ctrl-W`, `Enter`, `'`; undefined: it is none that every terminal sends. */
function keysIn(word: string): string | undefined {
  const lower = word.toLowerCase()
  const [, held, letter] = /^(ctrl|alt)-(.+)$/.exec(lower) ?? []
  if (held === 'ctrl') return /^[a-z]$/.test(letter!) && !/[imjh]/.test(letter!) ? lower : undefined
  if (held === 'alt') return letter === 'left' || letter === 'right' ? lower : undefined
  if (/^f([1-9]|1[0-2])$/.test(lower)) return lower
  const name = named[lower]
  if (name !== undefined) return name
  // A number says how often.
  return /^[0-9]/.test(word) || word.length > 3 ? undefined : [...word].join(' ')
}
