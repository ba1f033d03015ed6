import { WriteStream } from 'node:tty'
import { Chalk, type ChalkInstance } from 'chalk'
import {
  asciiGlyphs,
  type Environment,
  type Glyphs,
  speaksUtf8,
  toAscii,
  unicodeGlyphs,
} from '../print/glyphs.ts'
import { type Colour, type Look, monoPalette, type Palette, palettes } from './palette.ts'
import { type Ground, layerRole, type Role, type Row, type Span, shown } from './text.ts'

export type { Glyphs } from '../print/glyphs.ts'

export type Theme = {
  /** Which looks these are: `dark 256`, `mono, ascii`. */
  readonly name: string
  readonly glyphs: Glyphs
  /** Whether anything is told by colour; where it is not, brackets stand around the selected bytes. */
  readonly colour: boolean
  /** A row with its escape sequences, as wide as the row. No control character of the text gets through. */
  paint(row: Row): string
}

export type ThemeChoice = {
  /** Colours as chalk counts them: none, 16, 256, all. */
  readonly level: 0 | 1 | 2 | 3
  readonly background: 'dark' | 'light'
  /** Nothing but ASCII may reach the terminal. */
  readonly ascii: boolean
  /** No colours, whatever the level. */
  readonly mono: boolean
}

/** The looks for a terminal. The terminal's own background stays under everything that stands on no ground. */
export function chooseTheme({ level, background, ascii, mono }: ThemeChoice): Theme {
  const colour = level > 0 && !mono
  const palette = colour ? palettes[background][level === 1 ? 16 : 256] : monoPalette
  const colours = colour ? `${background} ${['', '16', '256', 'truecolor'][level]}` : 'mono'
  // At level 0 chalk leaves out bold and inverse too, which are all that is left to tell things apart.
  const chalk = new Chalk({ level: colour ? level : 1 })
  return {
    name: ascii ? `${colours}, ascii` : colours,
    glyphs: ascii ? asciiGlyphs : unicodeGlyphs,
    colour,
    paint: painter(palette, chalk, ascii),
  }
}

function painter(palette: Palette, chalk: ChalkInstance, ascii: boolean): Theme['paint'] {
  const brushes = new Map<string, ChalkInstance>()
  const brush = (role: Role, ground: Ground): ChalkInstance => {
    const key = `${role} ${ground}`
    const known = brushes.get(key)
    if (known) return known
    const made = brushOf(chalk, lookOf(palette, role, ground))
    brushes.set(key, made)
    return made
  }
  return row => {
    let painted = ''
    for (let i = 0; i < row.length; ) {
      const { role = 'plain', ground = 'none' }: Span = row[i]!
      let text = ''
      for (; i < row.length && alike(row[i]!, role, ground); i++) text += row[i]!.text
      painted += brush(role, ground)(ascii ? toAscii(shown(text)) : shown(text))
    }
    return painted
  }
}

const alike = (span: Span, role: Role, ground: Ground): boolean =>
  (span.role ?? 'plain') === role && (span.ground ?? 'none') === ground

/** Dim goes where it would end bold, which says more, and where it would grey the letters that a ground chose. */
function lookOf(palette: Palette, role: Role, ground: Ground): Look {
  const layer = palette.layers.findIndex((_, n) => layerRole(n) === role)
  const under = palette.grounds[ground]
  const { dim, ...look }: Look = { ...palette.layers[layer], ...palette.roles[role], ...under }
  return dim && !look.bold && under?.fg === undefined ? { ...look, dim } : look
}

function brushOf(chalk: ChalkInstance, look: Look): ChalkInstance {
  let brush = chalk
  if (look.fg !== undefined) brush = coloured(brush, look.fg, 'fg')
  if (look.bg !== undefined) brush = coloured(brush, look.bg, 'bg')
  for (const attribute of ['bold', 'dim', 'underline', 'inverse'] as const)
    if (look[attribute]) brush = brush[attribute]
  return brush
}

function coloured(chalk: ChalkInstance, colour: Colour, plane: 'fg' | 'bg'): ChalkInstance {
  if (typeof colour === 'string') {
    return plane === 'fg' ? chalk[colour] : chalk[`bg${capital(colour)}`]
  }
  if (chalk.level < 3) return plane === 'fg' ? chalk.ansi256(colour) : chalk.bgAnsi256(colour)
  const [red, green, blue] = rgbOf(colour)
  return plane === 'fg' ? chalk.rgb(red, green, blue) : chalk.bgRgb(red, green, blue)
}

const capital = <Name extends string>(name: Name): Capitalize<Name> =>
  `${name[0]?.toUpperCase()}${name.slice(1)}` as Capitalize<Name>

/** What xterm's table has under 16 to 255: a cube of six steps a colour, then 24 greys. */
function rgbOf(colour: number): [red: number, green: number, blue: number] {
  if (colour >= 232) {
    const grey = 8 + 10 * (colour - 232)
    return [grey, grey, grey]
  }
  const step = (n: number): number => (n === 0 ? 0 : 55 + 40 * n)
  const place = colour - 16
  return [step(Math.floor(place / 36)), step(Math.floor(place / 6) % 6), step(place % 6)]
}

/**
 * What a terminal can show, by what it and the environment say: FORCE_COLOR, NO_COLOR (https://no-color.org: any value
 * but an empty one), COLORTERM and TERM; COLORFGBG for the background, dark if it says nothing; the locale
 * for UTF-8.
 */
export function detectTheme(env: Environment, stdout: { readonly isTTY?: boolean }): ThemeChoice {
  const level = colourLevel(env, stdout.isTTY === true)
  return {
    level,
    background: isLight(env['COLORFGBG']) ? 'light' : 'dark',
    ascii: !speaksUtf8(env),
    mono: level === 0,
  }
}

function colourLevel(env: Environment, terminal: boolean): ThemeChoice['level'] {
  const { NO_COLOR, NODE_DISABLE_COLORS, CI, ...rest } = env
  const forced = rest['FORCE_COLOR'] !== undefined
  if (!forced && (NO_COLOR || NODE_DISABLE_COLORS || !terminal)) return 0
  // A terminal is there, so what a build machine could show is beside the point.
  const bits = WriteStream.prototype.getColorDepth.call({}, rest)
  const said = bits === 24 ? 3 : bits === 8 ? 2 : bits === 4 ? 1 : 0
  return forced || said === 0
    ? said
    : (Math.max(said, levelOfName(rest['TERM'] ?? '')) as ThemeChoice['level'])
}

/** What Node does not know: over ssh and in screen the name is all that tells. */
const levelOfName = (terminal: string): ThemeChoice['level'] => {
  if (/-direct$|kitty|ghostty|alacritty|wezterm|^foot/.test(terminal)) return 3
  return /-256color$/.test(terminal) ? 2 : 0
}

/** What asks a terminal for its background (xterm's OSC 11). It answers among the keys, or not at all. */
export const backgroundQuestion = '\x1b]11;?\x07'

/** It is worth asking: the environment does not say, colours are used, and the terminal is none of the few that print it. */
export const isBackgroundUnknown = (env: Environment, { level, mono }: ThemeChoice): boolean =>
  !env['COLORFGBG'] && !mono && level > 1

/** The last number is the background's, of the sixteen colours; 7 and 9 to 15 are light. */
function isLight(colours: string | undefined): boolean {
  const background = Number(colours?.match(/;(\d+)$/)?.[1] ?? 0)
  return background === 7 || (background >= 9 && background <= 15)
}
