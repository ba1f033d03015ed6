/** The names of keys, from what terminals send for them: xterm's ctlseqs, and where they differ rxvt and Linux. */

/** The number before `~` in `CSI number ~`. */
const byNumber: Readonly<Record<string, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
}

/** The letter that ends `CSI letter`, `CSI 1;modifiers letter` or `SS3 letter`. */
const byLetter: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
}

/** rxvt ends a number with another character than `~` to say what was held down. */
const rxvtHeld: Readonly<Record<string, string>> = { $: 'shift-', '^': 'ctrl-', '@': 'ctrl-shift-' }

const byCode: Readonly<Record<number, string>> = {
  0: 'ctrl-space',
  8: 'backspace',
  9: 'tab',
  10: 'return',
  13: 'return',
  27: 'escape',
  32: 'space',
  127: 'backspace',
}

/** The most that 1 + a sum of modifiers can be; more is an answer to a question, such as where the cursor is. */
const allHeld = 16

/** The modifiers that xterm sends as 1 + a sum of bits, as prefixes. */
function heldBy(parameter: string | undefined): string {
  const bits = Number(parameter || 1) - 1
  return `${bits & 4 ? 'ctrl-' : ''}${bits & 10 ? 'alt-' : ''}${bits & 1 ? 'shift-' : ''}`
}

/** The key of one character: itself, or a name where it is blank or a control; undefined for any other control. */
export function characterKey(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0
  const named = byCode[code]
  if (named) return named
  if (code < 32) return `ctrl-${String.fromCharCode(code + 64).toLowerCase()}`
  return code >= 0x80 && code < 0xa0 ? undefined : character
}

/** The key with Alt held, in the order ctrl, alt, shift. */
export const withAlt = (key: string): string =>
  key.startsWith('ctrl-') && key.length > 5 ? `ctrl-alt-${key.slice(5)}` : `alt-${key}`

/** The key that sent `SS3 modifiers letter`; undefined: none we know. */
export function ss3Key(modifiers: string, letter: string): string | undefined {
  if (letter === 'M') return 'return'
  // rxvt: arrows with Ctrl.
  if (/[a-d]/.test(letter)) return `ctrl-${byLetter[letter.toUpperCase()]}`
  return byLetter[letter] && heldBy(modifiers) + byLetter[letter]
}

/** The key that sent `CSI parameters final`; undefined: none we know, such as an answer to a question. */
export function csiKey(parameters: string, final: string): string | undefined {
  if (!/^[\d;]*$/.test(parameters)) return undefined
  const [first, second, third] = parameters.split(';')
  if (final === 'Z') return 'shift-tab'
  if (final === 'u') return codeKey(first, second)
  if (final === '~' && first === '27') return codeKey(third, second)
  // rxvt: arrows with Shift.
  if (/[a-d]/.test(final)) return `shift-${byLetter[final.toUpperCase()]}`
  if (Number(second || 1) > allHeld) return undefined
  const held = rxvtHeld[final] ?? (final === '~' ? heldBy(second) : undefined)
  const name = held === undefined ? (first || '1') === '1' && byLetter[final] : byNumber[first ?? '']
  return name ? (held ?? heldBy(second)) + name : undefined
}

/** A key told by its code point, as terminals do that were asked to tell all modifiers. */
function codeKey(code: string | undefined, modifiers: string | undefined): string | undefined {
  const point = Number(code || Number.NaN)
  // From U+E000 on these are keys with no character, such as Caps Lock.
  if (!(point < 0xd800)) return undefined
  const held = heldBy(modifiers)
  const key = characterKey(String.fromCodePoint(point))
  if (key === undefined) return undefined
  // Shift is in the character already, as in the letters that a plain terminal sends.
  if (key.length === 1) return held.replace('shift-', '') + (held === 'shift-' ? key.toUpperCase() : key)
  return held + key
}
