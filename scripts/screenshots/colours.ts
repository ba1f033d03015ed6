/** A window as it is drawn: what the colours are that a program leaves to the terminal. */
export type Window = {
  readonly ground: string
  readonly letters: string
  readonly bar: string
  readonly edge: string
}

export type WindowName = keyof typeof windows

export const windows = {
  dark: { ground: '#14161b', letters: '#d5d8de', bar: '#23262e', edge: '#3a3f4b' },
  light: { ground: '#ffffff', letters: '#1f2328', bar: '#eceff2', edge: '#c8ced6' },
} as const satisfies Record<string, Window>

/** The sixteen colours as xterm has them. */
const basic = [
  ...['#000000', '#cd0000', '#00cd00', '#cdcd00', '#0000ee', '#cd00cd', '#00cdcd', '#e5e5e5'],
  ...['#7f7f7f', '#ff0000', '#00ff00', '#ffff00', '#5c5cff', '#ff00ff', '#00ffff', '#ffffff'],
]

const cubeStart = 16
const greyStart = 232

/** A colour of a cell, as `Cell` has it, in `#rrggbb`; `ordinary` is what the default is. */
export function hexOf(colour: string | number, ordinary: string): string {
  if (typeof colour === 'string') return colour === 'default' ? ordinary : colour
  if (colour < cubeStart) return basic[colour] ?? ordinary
  if (colour >= greyStart) return join(Array(3).fill(8 + 10 * (colour - greyStart)))
  const place = colour - cubeStart
  const step = (n: number): number => (n === 0 ? 0 : 55 + 40 * n)
  return join([Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6].map(step))
}

/** A colour on its way to another one: `share` 0 is the first, 1 the second. */
export function mix(from: string, to: string, share: number): string {
  const [a, b] = [split(from), split(to)]
  return join(a.map((part, i) => Math.round(part + (b[i]! - part) * share)))
}

const split = (hex: string): number[] => [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16))
const join = (parts: readonly number[]): string =>
  `#${parts.map(part => part.toString(16).padStart(2, '0')).join('')}`
