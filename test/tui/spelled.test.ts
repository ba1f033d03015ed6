import { expect, it } from 'vitest'
import { spelled } from '../../src/tui/spelled.ts'
import { type Row, textOf } from '../../src/tui/text.ts'
import { chooseTheme } from '../../src/tui/theme.ts'

const theme = (ascii: boolean) => chooseTheme({ level: 0, background: 'dark', ascii, mono: true })
const key = (text: string): Row => [{ text, role: 'key' }, { text: ' 1 → 2' }]

it.each([
  [' ↑↓', ' Up/Down 1 → 2'],
  [' →', ' Right 1 → 2'],
  ['  ↑ k  ↓ j        ', '  Up k  Down j     1 → 2'],
  ['  Ctrl-O Alt-←    ', '  Ctrl-O Alt-Left  1 → 2'],
  ['  →  ', '  Right  1 → 2'],
  [' > <', ' > < 1 → 2'],
])('keys %j are words in ASCII, in as many columns where there are blanks', (text, words) => {
  expect(textOf(spelled(key(text), theme(true)))).toBe(words)
  expect(textOf(spelled(key(text), theme(false)))).toBe(`${text} 1 → 2`)
})
