/**
 * What painted text looks like, worked out from its escape sequences: ECMA-48 §8.3.117 for the attributes, xterm's
 * ctlseqs for 256 and 24-bit colours, WCAG 2.2 for contrast, Machado, Oliveira and Fernandes (2009) for how
 * colour-blind people see, at full severity.
 */
export type Rgb = readonly [red: number, green: number, blue: number]
export type Cell = {
  readonly text: string
  readonly fg: Rgb | number | undefined
  readonly bg: Rgb | number | undefined
  readonly attributes: ReadonlySet<number>
}

const ends: Readonly<Record<number, readonly number[]>> = { 22: [1, 2], 24: [4], 27: [7] }

/** Pieces of painted text with what is set in each. Sixteen colours are their SGR numbers, 30 to 37 and 90 to 97. */
export function looksOf(painted: string): Cell[] {
  const cells: Cell[] = []
  let fg: Cell['fg']
  let bg: Cell['bg']
  const attributes = new Set<number>()
  for (const [, codes, text] of painted.matchAll(/\x1b\[([\d;]*)m|([^\x1b]+)/g)) {
    if (text !== undefined) {
      cells.push({ text, fg, bg, attributes: new Set(attributes) })
      continue
    }
    const [first = 0, ...rest] = (codes ?? '').split(';').map(Number)
    if (first === 38) fg = extended(rest)
    else if (first === 48) bg = extended(rest)
    else if (first === 39) fg = undefined
    else if (first === 49) bg = undefined
    else if (ends[first]) for (const ended of ends[first]) attributes.delete(ended)
    else if ((first >= 30 && first < 38) || (first >= 90 && first < 98)) fg = first
    else if ((first >= 40 && first < 48) || first >= 100) bg = first - 10
    else attributes.add(first)
  }
  return cells
}

const steps = [0x00, 0x5f, 0x87, 0xaf, 0xd7, 0xff]

function extended([kind, ...numbers]: readonly number[]): Rgb {
  if (kind === 2) return [numbers[0]!, numbers[1]!, numbers[2]!]
  const index = numbers[0]!
  if (index < 16) throw new Error(`${index} is whatever the user made of it`)
  if (index > 231) return [index * 10 - 2312, index * 10 - 2312, index * 10 - 2312]
  const [red, green, blue] = (index - 16).toString(6).padStart(3, '0')
  return [steps[Number(red)]!, steps[Number(green)]!, steps[Number(blue)]!]
}

const linear = (channel: number): number => {
  const part = channel / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}
const dot = (row: readonly number[], values: readonly number[]): number =>
  row.reduce((sum, factor, i) => sum + factor * values[i]!, 0)

const luminance = (colour: Rgb): number => dot([0.2126, 0.7152, 0.0722], colour.map(linear))

/** WCAG contrast, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high! + 0.05) / (low! + 0.05)
}

const sights: Readonly<Record<string, readonly (readonly number[])[]>> = {
  trichromacy: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** CIELAB of linear RGB under D65. */
function lab(rgb: readonly number[]): [number, number, number] {
  const curve = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : (t * 24389) / 27 / 116 + 16 / 116)
  const x = curve(dot([0.4124, 0.3576, 0.1805], rgb) / 0.9505)
  const y = curve(dot([0.2126, 0.7152, 0.0722], rgb))
  const z = curve(dot([0.0193, 0.1192, 0.9505], rgb) / 1.089)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

/** How far apart two colours are for whom they are closest (CIE76; 2.3 is just noticed side by side). */
export function apart(one: Rgb, other: Rgb): number {
  const distances = Object.values(sights).map(sight => {
    const [a, b] = [one, other].map(colour => {
      const seen = sight.map(row => Math.min(1, Math.max(0, dot(row, colour.map(linear)))))
      return lab(seen)
    })
    return Math.hypot(a![0] - b![0], a![1] - b![1], a![2] - b![2])
  })
  return Math.min(...distances)
}
