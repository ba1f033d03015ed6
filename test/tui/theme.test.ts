import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { asciiGlyphs, type Glyphs, toAscii, unicodeGlyphs } from '../../src/print/glyphs.ts'
import { type Ground, layerRole, type Role, span } from '../../src/tui/text.ts'
import {
  chooseTheme,
  detectTheme,
  isBackgroundUnknown,
  type Theme,
  type ThemeChoice,
} from '../../src/tui/theme.ts'
import { apart, type Cell, contrast, looksOf, type Rgb } from './colours.ts'

const choice: ThemeChoice = { level: 2, background: 'dark', ascii: false, mono: false }
const theme = (part: Partial<ThemeChoice>): Theme => chooseTheme({ ...choice, ...part })
const look = (of: Theme, role: Role, ground: Ground): Cell => looksOf(of.paint([span('x', role, ground)]))[0]!

const layers = [0, 1, 2, 3, 4, 5].map(layerRole)
const words: Role[] = [
  'plain',
  'label',
  'value',
  'dim',
  'title',
  'key',
  'good',
  'warning',
  'error',
  'info',
  'match',
]
const roles: readonly Role[] = [...words, ...layers]
/** Grounds that are seen together: of rows, and of bytes. */
const together: readonly (readonly Ground[])[] = [
  ['none', 'cursor', 'cursor-idle', 'marked'],
  ['none', 'cursor', 'selected', 'selected-layer', 'ancestor'],
]
const grounds: readonly Ground[] = [...new Set(together.flat())]
const backgrounds = ['dark', 'light'] as const
/** What a terminal has where nothing is said. */
const own: Readonly<Record<'dark' | 'light', { fg: Rgb; bg: Rgb }>> = {
  dark: { fg: [0xc0, 0xc0, 0xc0], bg: [0, 0, 0] },
  light: { fg: [0, 0, 0], bg: [255, 255, 255] },
}
const rgb = (colour: Cell['fg'], otherwise: Rgb): Rgb => {
  if (typeof colour === 'number') throw new Error(`${colour} is one of sixteen`)
  return colour ?? otherwise
}

describe('paint', () => {
  it('writes what the terminal understands', () => {
    const row = [span('ip', 'layer-0')]
    expect(theme({ level: 3 }).paint(row)).toBe('\x1b[38;2;135;175;255mip\x1b[39m')
    expect(theme({ level: 2 }).paint(row)).toBe('\x1b[38;5;111mip\x1b[39m')
    expect(theme({ level: 1 }).paint(row)).toBe('\x1b[96mip\x1b[39m')
    expect(theme({ level: 0 }).paint(row)).toBe('ip')
    expect(theme({ level: 0 }).paint([span('ip', 'layer-0', 'cursor')])).toBe(
      '\x1b[1m\x1b[7mip\x1b[27m\x1b[22m',
    )
    expect(theme({ level: 3, mono: true }).paint([span('ip', 'title')])).toBe('\x1b[1mip\x1b[22m')
    expect(theme({ level: 1 }).paint([span('ip', 'layer-0', 'marked')])).toBe(
      '\x1b[97m\x1b[45mip\x1b[49m\x1b[39m',
    )
  })

  it('never dims what is bold, nor letters that a ground chose', () => {
    const of = theme({ level: 1 })
    expect([...look(of, 'dim', 'none').attributes]).toEqual([2])
    expect([...look(of, 'dim', 'marked').attributes]).toEqual([])
    expect([...look(of, 'dim', 'cursor-idle').attributes]).toEqual([1, 4])
  })

  it('changes colour only where the look changes', () => {
    const row = [span('a', 'dim'), span('b', 'dim', 'none'), span('c'), span('d', 'plain'), span('')]
    expect(theme({}).paint(row)).toBe('\x1b[38;5;247mab\x1b[39mcd')
  })

  it('lets no control character through', () => {
    for (const level of [0, 3] as const)
      expect(theme({ level }).paint([span('\x1b[2J\x9b\u202e\r\n')])).toBe('\\x1b[2J\\x9b\\u{202e}\\x0d\\x0a')
  })

  it('writes ASCII only, as wide as before, where nothing else is shown', () => {
    const text = 'RFC 791 §3.1 – 192.168.1.1 → é e\u0301 中 ½ ▸▾…│ „\x1b'
    const painted = theme({ level: 0, ascii: true }).paint([span(text)])
    expect(painted).toBe('RFC 791 s3.1 - 192.168.1.1 > e e ?? ? +-~| ?\\x1b')
    expect(toAscii('\u{1f468}\u200d\u{1f469}')).toBe('??')
  })
})

describe.each(backgrounds)('on a %s background', background => {
  it.each([2, 3] as const)('every role can be read on every ground, level %i', level => {
    const poor: string[] = []
    for (const role of roles) {
      for (const ground of grounds) {
        const { fg, bg } = look(theme({ level, background }), role, ground)
        const ratio = contrast(rgb(fg, own[background].fg), rgb(bg, own[background].bg))
        if (ratio < 4.5) poor.push(`${role} on ${ground}: ${ratio.toFixed(2)}`)
      }
    }
    expect(poor).toEqual([])
  })

  it.each([2, 3] as const)('layers are apart for everybody, level %i', level => {
    const colours = layers.map(role => rgb(look(theme({ level, background }), role, 'none').fg, [0, 0, 0]))
    for (const [n, colour] of colours.entries()) {
      for (const [other, another] of colours.entries())
        if (other !== n) expect(apart(colour, another), `${n} and ${other}`).toBeGreaterThan(16)
      expect(apart(colour, colours[(n + 1) % 6]!), `${n} and the next one`).toBeGreaterThan(30)
    }
  })

  it('grounds of a colour are apart from the own background and from each other', () => {
    const seen = grounds.flatMap(ground => {
      const { bg } = look(theme({ level: 3, background }), 'plain', ground)
      return bg === undefined ? [] : [String(rgb(bg, [0, 0, 0]))]
    })
    // A layer that is selected has the colour of what is around a selected field, but bold.
    expect(seen).toHaveLength(5)
    const different = [...new Set(seen)].map(
      colour => colour.split(',').map(Number) as [number, number, number],
    )
    expect(different).toHaveLength(4)
    const all = [own[background].bg, ...different]
    for (const [n, one] of all.entries())
      for (const other of all.slice(n + 1)) expect(apart(one, other), `${one}, ${other}`).toBeGreaterThan(7)
  })

  it('sixteen colours leave out those that are not seen', () => {
    for (const role of roles) {
      const { fg } = look(theme({ level: 1, background }), role, 'none')
      if (fg === undefined) continue
      const allowed = background === 'dark' ? [91, 92, 93, 94, 95, 96] : [31, 32, 34, 35, 36, 90]
      expect(allowed, role).toContain(fg)
    }
    expect(new Set(layers.map(role => look(theme({ level: 1, background }), role, 'none').fg)).size).toBe(6)
  })

  it.each([0, 1, 2, 3] as const)('no two grounds that are seen together look alike, level %i', level => {
    const of = theme({ level, background })
    for (const role of ['plain', 'layer-0', 'layer-5', 'dim'] as const)
      for (const some of together) {
        const looks = some.map(ground => {
          const { fg, bg, attributes } = look(of, role, ground)
          return JSON.stringify([fg ?? 0, bg ?? 0, [...attributes].sort()])
        })
        expect(new Set(looks).size, `${role}: ${looks.join(' ')}`).toBe(some.length)
      }
  })

  it.each([0, 1, 2, 3] as const)('a layer that is selected is no block of colour, level %i', level => {
    // SGR 7 is inverse.
    const of = theme({ level, background })
    expect(look(of, 'layer-0', 'selected').attributes).toContain(7)
    expect(look(of, 'layer-0', 'selected-layer').attributes).not.toContain(7)
  })
})

it('without colour only attributes are left', () => {
  for (const role of roles)
    for (const ground of grounds) {
      const { fg, bg, attributes } = look(theme({ level: 3, mono: true }), role, ground)
      expect([fg, bg]).toEqual([undefined, undefined])
      for (const code of attributes) expect([1, 2, 4, 7]).toContain(code)
    }
})

it('tells its name, its glyphs and whether there is colour', () => {
  expect(theme({ level: 3, background: 'light' })).toMatchObject({ name: 'light truecolor', colour: true })
  expect(theme({ level: 1, ascii: true })).toMatchObject({ name: 'dark 16, ascii', glyphs: asciiGlyphs })
  expect(theme({ level: 0 })).toMatchObject({ name: 'mono', colour: false, glyphs: unicodeGlyphs })
  expect(theme({ level: 2, mono: true })).toMatchObject({ name: 'mono', colour: false })
})

describe('glyphs', () => {
  const names = Object.keys(unicodeGlyphs) as (keyof Glyphs)[]

  it('take one column each, the ASCII arrow two', () => {
    for (const name of names) {
      expect(stringWidth(unicodeGlyphs[name]), name).toBe(1)
      expect(asciiGlyphs[name], name).toMatch(name === 'arrow' ? /^->$/ : /^[!-~]$/)
    }
  })

  /** East Asian Width, Unicode Standard Annex 11: the list in the docstring. */
  it('are ambiguous in width only where it is said', () => {
    const wide = names.filter(name => stringWidth(unicodeGlyphs[name], { ambiguousIsNarrow: false }) > 1)
    expect(wide.map(name => unicodeGlyphs[name]).join('')).toBe('…─│┬┴┤├┼→–·█')
  })
})

describe('detectTheme', () => {
  const terminal = { isTTY: true }
  const utf8 = { LANG: 'en_GB.UTF-8' }

  it.each<[Record<string, string>, ThemeChoice['level']]>([
    [{ TERM: 'xterm' }, 1],
    [{ TERM: 'xterm-256color' }, 2],
    [{ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 3],
    [{ TERM: 'xterm-256color', COLORTERM: '24bit' }, 3],
    [{ TERM: 'xterm-kitty' }, 3],
    [{ TERM: 'xterm-direct' }, 3],
    [{ TERM: 'screen-256color' }, 2],
    [{ TERM: 'linux' }, 1],
    [{ TERM: 'vt100' }, 1],
    [{ TERM: 'dumb' }, 0],
    [{ TERM: 'xterm-256color', CI: 'true' }, 2],
    [{ TERM: 'xterm-256color', NO_COLOR: '1' }, 0],
    [{ TERM: 'xterm-256color', NO_COLOR: '' }, 2],
    [{ TERM: 'xterm-256color', FORCE_COLOR: '0' }, 0],
    [{ TERM: 'xterm', FORCE_COLOR: '3' }, 3],
    [{ TERM: 'xterm-kitty', FORCE_COLOR: '1' }, 1],
    [{ TERM: 'xterm', FORCE_COLOR: '2', NO_COLOR: '1' }, 2],
  ])('%j: level %i', (env, level) => {
    expect(detectTheme(env, terminal)).toMatchObject({ level, mono: level === 0 })
  })

  it('shows no colour where there is no terminal, unless told to', () => {
    expect(detectTheme({ TERM: 'xterm-256color' }, {}).level).toBe(0)
    expect(detectTheme({ TERM: 'xterm-256color', FORCE_COLOR: '2' }, {}).level).toBe(2)
  })

  it.each([
    [undefined, 'dark'],
    ['15;0', 'dark'],
    ['0;15', 'light'],
    ['0;7', 'light'],
    ['7;8', 'dark'],
    ['12;default;0', 'dark'],
    ['0;default;15', 'light'],
    ['0;default', 'dark'],
    ['nonsense', 'dark'],
  ])('COLORFGBG=%s: %s', (colours, background) => {
    const env = colours === undefined ? {} : { COLORFGBG: colours }
    expect(detectTheme(env, terminal).background).toBe(background)
  })

  it.each<[Record<string, string>, boolean]>([
    [utf8, false],
    [{ LANG: 'C' }, true],
    [{ LANG: 'de_DE.ISO-8859-1' }, true],
    [{ LANG: 'C.utf8' }, false],
    [{ ...utf8, LC_ALL: 'C' }, true],
    [{ ...utf8, LC_CTYPE: 'POSIX' }, true],
    [{ LANG: 'C', LC_ALL: '', LC_CTYPE: 'C.UTF-8' }, false],
    [{ ...utf8, TERM: 'linux' }, true],
    [{}, process.platform !== 'win32'],
  ])('%j: ASCII %s', (env, ascii) => {
    expect(detectTheme(env, terminal).ascii).toBe(ascii)
  })
})

describe('the background', () => {
  const known = { level: 2, background: 'dark', ascii: false, mono: false } as const

  it.each([
    ['nobody says what it is', {}, known, true],
    ['the environment is silent on it', { COLORFGBG: '' }, known, true],
    ['the environment says it', { COLORFGBG: '0;15' }, known, false],
    ['no colours are wanted', {}, { ...known, mono: true }, false],
    [
      'the terminal has sixteen colours, as the console that prints what it does not know',
      {},
      { ...known, level: 1 as const },
      false,
    ],
  ])('is asked for or not where %s', (_, env, choice, asked) => {
    expect(isBackgroundUnknown(env, choice)).toBe(asked)
  })
})
