/** What one line of a text says about a hex dump. `bytes` without `offset` follow the line before. */
export type HexLine =
  | {
      readonly kind: 'bytes'
      readonly offset: number | undefined
      readonly bytes: readonly number[]
      /** Printed as 16-bit words, so that a last odd byte appears as a word too. */
      readonly words: boolean
      /** Blanks before tcpdump's `0x`; -1: no such line. */
      readonly margin: number
      /** ASCII stands after a single blank: blanks were lost in copying. */
      readonly crowded: boolean
      /** Why the bytes cannot be right, to follow the place in a sentence. */
      readonly flaw: string | undefined
    }
  /** `*`: the line before, again and again up to the next offset. */
  | { readonly kind: 'repeat' }
  /** An offset alone: the length of what was dumped. */
  | { readonly kind: 'end'; readonly offset: number }
  | { readonly kind: 'text' }

type Layout = {
  /** Matches up to the first digit of the bytes; its first group is the offset. */
  readonly beginning: RegExp
  /** Most bytes a line, by the digits of the offset. */
  readonly most: (digits: number) => number
  /** Blanks that may stand between two groups of digits, after `count` bytes; more of them end the bytes. */
  readonly gap: (count: number) => number
  /** 16-bit words in the byte order of the machine: little endian wherever people run these programs today. */
  readonly words?: true
}

const layouts: readonly Layout[] = [
  {
    // OpenBSD `0000: 4500 0068  E..h`, tcpdump `0x0000:  4500 0068  E..h`, xxd `00000000: 4500 0068  E..h`; only xxd has
    // longer lines (-c).
    beginning: /^\s*(?:0x)?([0-9a-f]{4,8}):\s+(?=[0-9a-f])/i,
    most: digits => (digits === 8 ? 256 : 16),
    gap: () => 1,
  },
  {
    // hexdump -C `00000000  45 00 00 68  |E..h|`, Wireshark `0000  45 00 00 68   E..h`; a wider gap in the middle.
    beginning: /^\s*([0-9a-f]{4,8}) {2,3}(?=[0-9a-f]{2}(?:\s|$))/i,
    most: () => 16,
    gap: count => (count === 8 ? 2 : 1),
  },
  {
    // od -A x -t x1 `000000 45 00 00 68`, hexdump and od -x `0000000 0045 6800`; some put several blanks between.
    beginning: /^([0-9a-f]{6,7})\s+(?=(?:[0-9a-f]{2}){1,2}(?:\s|$))/i,
    most: () => 256,
    gap: () => 16,
    words: true,
  },
  {
    // OpenBSD -x: three tabs, ` 4500 0068`, no offset.
    beginning: /^\t\t\t (?=[0-9a-f]{2,4}(?:\s|$))()/i,
    most: () => 16,
    gap: () => 1,
  },
]

const text: HexLine = { kind: 'text' }
const lastOffset = /^[0-9a-f]{6,8}$/i

/**
 * Reads a line without its newline. The ASCII column is told from bytes by its place, not by its looks: it follows a
 * wider gap or a group of fewer digits. Where blanks were lost in copying, what spells the bytes before it is ASCII;
 * `crowded` says that they were lost in a line before, so that even `6162 6364 abcd` is no six bytes.
 */
export const readHexLine = (raw: string, crowded = false): HexLine => {
  const line = raw.trimEnd()
  if (line === '*') return { kind: 'repeat' }
  if (lastOffset.test(line)) return { kind: 'end', offset: Number.parseInt(line, 16) }
  for (const layout of layouts) {
    const beginning = layout.beginning.exec(line)
    if (beginning) return readBytes(line, layout, beginning[0].length, beginning[1]!, crowded)
  }
  return text
}

const readBytes = (
  line: string,
  layout: Layout,
  first: number,
  offset: string,
  crowded: boolean,
): HexLine => {
  const bytes: number[] = []
  const most = layout.most(offset.length)
  let flaw: string | undefined
  let width = 0
  let gap = 0
  let at = first
  while (at < line.length) {
    const digits = digitsAt(line, at)
    const bad = flawOf(line, at, digits, bytes.length < most ? width || 2 * most : 0)
    if (width > 0 && (bad || crowded) && spells(line, at, bytes)) break
    if (bad) {
      // od -t x1z ends its lines with `>E..h<`.
      if (!(layout.words && line[at] === '>')) flaw = bad
      break
    }
    const isLast = digits < width
    width ||= digits
    pushGroup(bytes, line, at, digits, layout.words === true)
    gap = afterBlanks(line, at + digits) - at - digits
    at += digits + gap
    if (isLast || gap > layout.gap(bytes.length)) break
  }
  return {
    kind: 'bytes',
    offset: offset === '' ? undefined : Number.parseInt(offset, 16),
    bytes,
    words: layout.words === true && width === 4,
    margin: /^\s*(?=0x)/.exec(line)?.[0].length ?? -1,
    crowded: at < line.length && gap === 1 && !flaw,
    flaw,
  }
}

/** What is wrong with the group of `digits` digits at `at`, which may have `most`. */
const flawOf = (line: string, at: number, digits: number, most: number): string | undefined => {
  const isWhole = digits > 0 && (at + digits === line.length || isBlank(line, at + digits))
  if (isWhole && digits % 2 === 0 && digits <= most) return undefined
  const token = line.slice(at, at + 20).split(/\s/, 1)[0]!
  return isWhole && digits % 2 === 1 ? `"${token}" is half a byte short` : `"${token}" is not part of a dump`
}

const pushGroup = (bytes: number[], line: string, start: number, digits: number, isWord: boolean): void => {
  const first = bytes.length
  for (let at = start; at < start + digits; at += 2)
    bytes.push((digitAt(line, at) << 4) | digitAt(line, at + 1))
  if (isWord) bytes.push(...bytes.splice(first).reverse())
}

/** The value of a hexadecimal digit, -1 for anything else. */
const digitAt = (line: string, at: number): number => {
  const code = line.charCodeAt(at)
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

const isBlank = (line: string, at: number): boolean => line[at] === ' ' || line[at] === '\t'

const digitsAt = (line: string, start: number): number => {
  let at = start
  while (digitAt(line, at) >= 0) at++
  return at - start
}

const afterBlanks = (line: string, start: number): number => {
  let at = start
  while (isBlank(line, at)) at++
  return at
}

/** Whether the rest of the line shows `bytes` as characters, blanks aside: all but printable ones, at times a space too, as dots. */
const spells = (line: string, start: number, bytes: readonly number[]): boolean => {
  if (line.length - start > bytes.length) return false
  const shown = line.slice(start).replaceAll(/\s/g, '')
  return shown === characters(bytes, '') || shown === characters(bytes, '.')
}

const characters = (bytes: readonly number[], space: string): string =>
  bytes
    .map(byte => (byte === 0x20 ? space : byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'))
    .join('')
