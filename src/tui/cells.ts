import { controls } from '../byte-writer.ts'

/** A line of a frame as cells of the terminal: for each a character and the number of its style. */
export type Cells = {
  readonly characters: readonly string[]
  readonly styles: readonly number[]
  /** Every character takes one column, so that the n-th cell is in the n-th column. */
  readonly even: boolean
}

export const noCells: Cells = { characters: [], styles: [], even: true }

/** Ranges that every terminal draws one column wide, without what became an emoji. */
const narrow =
  /^[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0373\u0386-\u03ff\u0410-\u044f\u2010-\u2027\u2030-\u205e\u2190-\u2193\u2200-\u22ff\u2500-\u25fc\u25ff\u2713\u2717\u2800-\u28ff]*$/

const piece = /\x1b\[([\d;:]*)m|[^\x1b]+|\x1b/g

// Slots of a style, and the codes of SGR (ECMA-48, 8.3.117) that fill and clear them.
const foreground = 9
const background = 10
const underlineColour = 11
const fills: Readonly<Record<string, number>> = { 1: 0, 2: 1, 3: 2, 4: 3, 5: 4, 7: 5, 8: 6, 9: 7, 53: 8 }
const clears: Readonly<Record<string, readonly number[]>> = {
  22: [0, 1],
  23: [2],
  24: [3],
  25: [4],
  27: [5],
  28: [6],
  29: [7],
  39: [foreground],
  49: [background],
  55: [8],
  59: [underlineColour],
}

const slotOf = (code: number): number | undefined => {
  if (code === 58) return underlineColour
  if ((code >= 30 && code <= 38) || (code >= 90 && code <= 97)) return foreground
  if ((code >= 40 && code <= 48) || (code >= 100 && code <= 107)) return background
  return fills[code]
}

/** Numbers for the styles that occur, so that two cells are compared by one number. Style 0 is the terminal's own. */
export class Styles {
  readonly #slots: (readonly string[])[] = [[]]
  readonly #numbers = new Map([['', 0]])
  readonly #known = new Map<string, number>()
  readonly #parameters: string[] = ['']

  /** The parameters of the SGR that sets a style on a terminal whose style is 0. */
  parameters(style: number): string {
    return this.#parameters[style]!
  }

  /** The style behind `CSI parameters m`, where it was `style` before. */
  after(style: number, parameters: string): number {
    const key = `${style} ${parameters}`
    let next = this.#known.get(key)
    if (next === undefined) this.#known.set(key, (next = this.#apply(style, parameters)))
    return next
  }

  #apply(style: number, parameters: string): number {
    let slots = [...this.#slots[style]!]
    const codes = parameters.split(';')
    for (let i = 0; i < codes.length; i++) {
      const code = Number.parseInt(codes[i] || '0', 10)
      const slot = slotOf(code)
      if (code === 0) slots = []
      for (const cleared of clears[code] ?? []) delete slots[cleared]
      if (slot === undefined) continue
      // 38, 48 and 58 are followed by `5;n` or `2;r;g;b`, unless colons bind these to them.
      const longer = code === 38 || code === 48 || code === 58
      const more = longer && !codes[i]!.includes(':') ? (codes[i + 1] === '2' ? 4 : 2) : 0
      slots[slot] = codes.slice(i, i + more + 1).join(';')
      i += more
    }
    return this.#numberOf(slots)
  }

  #numberOf(slots: readonly string[]): number {
    const parameters = slots.filter(slot => slot !== undefined).join(';')
    const known = this.#numbers.get(parameters)
    if (known !== undefined) return known
    this.#slots.push(slots)
    this.#parameters.push(parameters)
    this.#numbers.set(parameters, this.#slots.length - 1)
    return this.#slots.length - 1
  }
}

/**
 * Takes a line apart. Nothing but its characters and styles survives: any other escape sequence, and any control
 * character, comes out as text with question marks. Blanks at the end that have no style are left out.
 * @param columns at most so many cells are kept
 */
export function readCells(line: string, styles: Styles, columns: number): Cells {
  const characters: string[] = []
  const numbers: number[] = []
  let even = true
  let style = 0
  for (const match of line.matchAll(piece)) {
    if (match[1] !== undefined) {
      style = styles.after(style, match[1])
      continue
    }
    const simple = narrow.test(match[0])
    even &&= simple
    for (const character of simple ? match[0] : match[0].replace(controls, '?')) {
      characters.push(character)
      numbers.push(style)
    }
  }
  let length = Math.min(characters.length, columns)
  while (length > 0 && characters[length - 1] === ' ' && numbers[length - 1] === 0) length--
  characters.length = length
  numbers.length = length
  return { characters, styles: numbers, even }
}
