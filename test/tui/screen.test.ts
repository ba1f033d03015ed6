import { EventEmitter, once } from 'node:events'
import xterm from '@xterm/headless'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Screen } from '../../src/tui/screen.ts'
import { cellOf } from '../terminal-cell.ts'

const frameOf = (written: string): string | undefined =>
  /^\x1b\[\?2026h(.*)\x1b\[\?2026l$/s.exec(written)?.[1]

/** A terminal that takes everything, unless told not to, and keeps what it was sent, one string a write. */
class Sheet extends EventEmitter {
  columns: number
  rows: number
  readonly written: string[] = []
  takes = true

  constructor(columns = 20, rows = 4) {
    super()
    this.columns = columns
    this.rows = rows
  }

  write(text: string): boolean {
    this.written.push(text)
    return this.takes
  }

  /** What was sent last, without the brackets of a synchronized update. */
  get last(): string | undefined {
    return frameOf(this.written.at(-1) ?? '')
  }
}

/** A screen that has drawn a first frame. */
function drawn(frame: string, sheet = new Sheet()) {
  const screen = new Screen(sheet)
  screen.write(frame)
  sheet.written.length = 0
  return { screen, sheet }
}

describe('what is sent', () => {
  it('is the whole frame at first, each line at its place', () => {
    const sheet = new Sheet()
    new Screen(sheet).write('one\n\ntwo')
    expect(sheet.written).toEqual(['\x1b[?2026h\x1b[2J\x1b[1Hone\x1b[3Htwo\x1b[?2026l'])
  })

  it.each([
    ['nothing, where nothing changed', 'abc\ndef', 'abc\ndef', undefined],
    ['one cell', 'abc\ndef', 'abc\ndeX', '\x1b[2;3HX'],
    ['one run for changes that lie near', 'abcdefghij', 'Xbcdefghij'.replace('f', 'Y'), '\x1b[1HXbcdeY'],
    ['two runs for changes that lie apart', 'abcdefghij', 'XbcdefghiY', '\x1b[1HX\x1b[10GY'],
    ['blanks over a short rest', 'abcde', 'abc', '\x1b[1;4H  '],
    ['an erasure over a long rest', 'abcdefghij', 'ab', '\x1b[1;3H\x1b[K'],
    ['an erasure of a line', 'abcdefghij\nx', '\nx', '\x1b[1H\x1b[K'],
    ['a colour, reset at the end', 'abc', 'a\x1b[31mb\x1b[39mc', '\x1b[1;2H\x1b[31mb\x1b[m'],
    ['a style that lost a part', '\x1b[1;31mab\x1b[0m', '\x1b[31mab\x1b[39m', '\x1b[1H\x1b[31mab\x1b[m'],
    ['two styles', 'ab', '\x1b[31ma\x1b[32mb\x1b[39m', '\x1b[1H\x1b[31ma\x1b[0;32mb\x1b[m'],
    [
      'nothing for other words for the same style',
      '\x1b[1m\x1b[31mab\x1b[0m',
      '\x1b[31;1mab\x1b[39;22m',
      undefined,
    ],
    ['coloured blanks', ' ', '\x1b[44m  \x1b[49m', '\x1b[1H\x1b[44m  \x1b[m'],
    ['a whole line with a wide character', 'a漢c', 'a漢d', '\x1b[1H\x1b[Ka漢d'],
    ['a whole line with a combining character', 'ae\u0301c', 'ae\u0301d', '\x1b[1H\x1b[Kae\u0301d'],
  ])('is %s', (_, before, after, expected) => {
    const { screen, sheet } = drawn(before)
    screen.write(after)
    expect(sheet.last).toBe(expected)
  })

  it('stays within the screen', () => {
    const sheet = new Sheet(5, 2)
    new Screen(sheet).write('abcdefg\n12345\nbelow\n')
    expect(sheet.last).toBe('\x1b[2J\x1b[1Habcde\x1b[2H12345')
  })

  it('holds no sequence but styles, whatever is in the frame', () => {
    const sheet = new Sheet(80)
    new Screen(sheet).write('\x1b]0;title\x07a\x1b[2J\x1b[5;5Hb\rc\u009b1mx\u202ey\x1bcz\x1b]52;c;eA==\x1b\\')
    // Positions, erasures and styles of the screen's own making.
    const own = /\x1b\[\d*(;\d+)?H|\x1b\[[\d;]*m|\x1b\[2J|\x1b\[K/g
    expect(sheet.last?.replace(own, '')).toBe('?]0;title?a?[2J?[5;5Hb?c?1mx?y?cz?]52;c;eA==?\\')
  })

  it.each(['', '\n', '\x1b[?25h'])('is nothing for %j, which Ink writes besides frames', text => {
    const { screen, sheet } = drawn('abc')
    screen.write(text)
    expect(sheet.written).toEqual([])
    screen.redraw()
    expect(sheet.last).toBe('\x1b[2J\x1b[1Habc')
  })

  it('is the whole frame after a resize, when it comes, and after a suspension at once', () => {
    const { screen, sheet } = drawn('abc\ndef')
    sheet.columns = 2
    sheet.emit('resize')
    expect(sheet.written).toEqual([])
    expect(screen.columns).toBe(2)
    screen.write('abc\ndef')
    expect(sheet.last).toBe('\x1b[2J\x1b[1Hab\x1b[2Hde')
    sheet.written.length = 0
    sheet.emit('resumed')
    expect(sheet.last).toBe('\x1b[2J\x1b[1Hab\x1b[2Hde')
  })
})

describe('a slow terminal', () => {
  it('gets the newest frame when it has taken the last', () => {
    const { screen, sheet } = drawn('a')
    sheet.takes = false
    screen.write('b')
    screen.write('c')
    screen.write('d')
    expect(sheet.written).toHaveLength(1)
    sheet.emit('drain')
    expect(sheet.written).toHaveLength(2)
    expect(sheet.last).toBe('\x1b[1Hd')
    sheet.takes = true
    sheet.emit('drain')
    screen.write('e')
    expect(sheet.last).toBe('\x1b[1He')
  })

  it('is not waited for after a suspension, which dropped what it had not taken', () => {
    const { screen, sheet } = drawn('a')
    sheet.takes = false
    screen.write('b')
    sheet.emit('resumed')
    expect(sheet.last).toBe('\x1b[2J\x1b[1Hb')
  })

  it('does not keep Ink from ending', async () => {
    const { screen, sheet } = drawn('a')
    sheet.takes = false
    screen.write('b')
    screen.end()
    await once(screen, 'finish')
  })
})

// A terminal that is shown the frames one after the other looks like one that is shown the last one only.
describe('the picture', () => {
  const columns = 24
  const rows = 5
  const open = (cols: number) => new xterm.Terminal({ cols, rows, allowProposedApi: true })
  const send = (terminal: xterm.Terminal, text: string) =>
    new Promise<void>(done => terminal.write(text, done))
  const look = (terminal: xterm.Terminal) =>
    Array.from({ length: rows }, (_, row) => {
      const line = terminal.buffer.active.getLine(row)!
      return Array.from({ length: columns }, (_, column) => JSON.stringify(cellOf(line.getCell(column)!)))
    })

  const codes = [1, 2, 3, 4, 7, 22, 23, 24, 27, 31, 39, 41, 49, 92, 100, 0].map(String)
  const style = fc
    .array(fc.constantFrom(...codes, '38;5;200', '48;2;1;2;3', ''), { minLength: 1, maxLength: 3 })
    .map(parameters => `\x1b[${parameters.join(';')}m`)
  const word = fc.constantFrom(
    'a',
    'bc',
    'def',
    ' ',
    '    ',
    '      ',
    '─',
    '…',
    '漢',
    'e\u0301',
    'xyzxyzxyz',
  )
  // How a terminal cuts a wide character at its edge is its own affair: such lines fit.
  const fits = (parts: readonly string[]) =>
    !/漢|\u0301/.test(parts.join('')) || parts.join('').replace(/\x1b\[[\d;]*m/g, '').length <= columns / 2
  const line = fc.array(fc.oneof({ weight: 3, arbitrary: word }, style), { maxLength: 8 }).filter(fits)
  const frame = fc
    .array(line, { minLength: 1, maxLength: rows + 1 })
    .map(lines => lines.map(parts => `${parts.join('')}\x1b[0m`).join('\n'))

  it('is that of the last frame', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 6 }), async frames => {
        const sheet = new Sheet(columns, rows)
        const screen = new Screen(sheet)
        for (const each of frames) screen.write(each)
        const seen = open(columns)
        await send(seen, sheet.written.join(''))
        // What is beyond the edge of the narrow one is nowhere.
        const expected = open(100)
        const lines = frames.at(-1)!.split('\n', rows)
        await send(expected, lines.map((text, row) => `\x1b[${row + 1}H${text}`).join(''))
        expect(look(seen)).toEqual(look(expected))
      }),
      { numRuns: 500 },
    )
  })
})
