import type { ForegroundColorName } from 'chalk'
import type { Ground, Role } from './text.ts'

/** A number of the 256-colour table from 16 on, whose colours no terminal redefines, or one of the sixteen by name. */
export type Colour = number | ForegroundColorName

/** How something looks, as far as it differs from the terminal's own text. */
export type Look = {
  readonly fg?: Colour
  readonly bg?: Colour
  readonly bold?: true
  readonly dim?: true
  readonly underline?: true
  readonly inverse?: true
}

export type Palette = {
  readonly layers: readonly [Look, Look, Look, Look, Look, Look]
  readonly roles: Readonly<Partial<Record<Role, Look>>>
  /**
   * What a ground says about letters wins over what their role says. The hex cursor stands on the selected field, so
   * `cursor` and `selected` differ everywhere.
   */
  readonly grounds: Readonly<Partial<Record<Ground, Look>>>
}

const bold = { bold: true } as const
const title = bold
const selected = { inverse: true } as const

const dark256: Palette = {
  layers: [{ fg: 111 }, { fg: 180 }, { fg: 80 }, { fg: 106 }, { fg: 211 }, { fg: 228 }],
  roles: {
    label: { fg: 250 },
    dim: { fg: 247 },
    title,
    key: { fg: 117, bold: true },
    good: { fg: 114 },
    warning: { fg: 221 },
    error: { fg: 210, bold: true },
    info: { fg: 117 },
    match: { fg: 226, bold: true, underline: true },
  },
  grounds: {
    cursor: { bg: 19, bold: true },
    'cursor-idle': { bg: 17 },
    selected,
    // Many bytes: what is the least precise must not be the brightest thing on the screen.
    'selected-layer': { bg: 236, bold: true },
    ancestor: { bg: 236 },
    marked: { bg: 53 },
  },
}

const light256: Palette = {
  layers: [{ fg: 25 }, { fg: 94 }, { fg: 18 }, { fg: 125 }, { fg: 93 }, { fg: 52 }],
  roles: {
    label: { fg: 239 },
    dim: { fg: 241 },
    title,
    key: { fg: 25, bold: true },
    good: { fg: 22 },
    warning: { fg: 94 },
    error: { fg: 124, bold: true },
    info: { fg: 25 },
    match: { fg: 90, bold: true, underline: true },
  },
  grounds: {
    cursor: { bg: 157, bold: true },
    'cursor-idle': { bg: 194 },
    selected,
    'selected-layer': { bg: 254, bold: true },
    ancestor: { bg: 254 },
    marked: { bg: 228 },
  },
}

/**
 * Of sixteen colours nobody knows how they look, so a line is either the terminal's own colours with an attribute, or
 * white on blue or magenta, which every table has dark.
 */
const grounds16: Palette['grounds'] = {
  cursor: { fg: 'whiteBright', bg: 'blue', bold: true },
  'cursor-idle': { bold: true, underline: true },
  selected,
  'selected-layer': { bold: true, underline: true },
  ancestor: { underline: true },
  marked: { fg: 'whiteBright', bg: 'magenta' },
}

/** Bright variants only: plain blue and red are hardly seen on black. */
const dark16: Palette = {
  layers: [
    { fg: 'cyanBright' },
    { fg: 'yellowBright' },
    { fg: 'magentaBright' },
    { fg: 'greenBright' },
    { fg: 'redBright' },
    { fg: 'blueBright' },
  ],
  roles: {
    dim: { dim: true },
    title,
    key: { fg: 'cyanBright', bold: true },
    good: { fg: 'greenBright' },
    warning: { fg: 'yellowBright' },
    error: { fg: 'redBright', bold: true },
    info: { fg: 'cyanBright' },
    match: { fg: 'yellowBright', bold: true, underline: true },
  },
  grounds: grounds16,
}

/** No yellow, and of the bright ones only grey: they vanish on white. */
const light16: Palette = {
  layers: [
    { fg: 'blue' },
    { fg: 'red' },
    { fg: 'cyan' },
    { fg: 'magenta' },
    { fg: 'green' },
    { fg: 'blackBright' },
  ],
  roles: {
    dim: { dim: true },
    title,
    key: { fg: 'blue', bold: true },
    good: { fg: 'green' },
    warning: { fg: 'magenta' },
    error: { fg: 'red', bold: true },
    info: { fg: 'blue' },
    match: { fg: 'magenta', bold: true, underline: true },
  },
  grounds: grounds16,
}

/** Attributes only. Layers look alike here; their names and the brackets around bytes tell them apart. */
export const monoPalette: Palette = {
  layers: [{}, {}, {}, {}, {}, {}],
  roles: {
    dim: { dim: true },
    title,
    key: bold,
    warning: bold,
    error: bold,
    match: { bold: true, underline: true },
  },
  grounds: {
    cursor: { inverse: true, bold: true },
    'cursor-idle': { bold: true, underline: true },
    selected: { inverse: true, underline: true },
    'selected-layer': { bold: true, underline: true },
    ancestor: { underline: true },
    marked: bold,
  },
}

export const palettes: Readonly<Record<'dark' | 'light', Readonly<Record<16 | 256, Palette>>>> = {
  dark: { 16: dark16, 256: dark256 },
  light: { 16: light16, 256: light256 },
}
