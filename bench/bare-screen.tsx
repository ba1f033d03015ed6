import { readFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import { Box, render, Text } from 'ink'
import { readKeys } from '../src/tui/keys.ts'
import { Screen } from '../src/tui/screen.ts'
import { Terminal } from '../src/tui/terminal.ts'

// What Ink alone costs: draws the lines of a file, a JSON array of strings, with a cursor that a key moves a row on.
const lines: string[] = JSON.parse(readFileSync(process.argv[2]!, 'utf8'))
const terminal = Terminal.open()
const screen = new Screen(terminal)
let cursor = 0

const inverse = (line: string) => `\x1b[7m${stripVTControlCharacters(line)}\x1b[27m`

const view = () => (
  <Box width={screen.columns} height={screen.rows}>
    <Text>{lines.map((line, row) => (row === cursor ? inverse(line) : line)).join('\n')}</Text>
  </Box>
)

terminal.enter()
const ink = render(view(), {
  stdout: screen.stdout,
  stdin: terminal.input,
  debug: true,
  patchConsole: false,
  exitOnCtrlC: false,
})
readKeys(terminal.input, () => {
  cursor = (cursor + 1) % lines.length
  ink.rerender(view())
})
