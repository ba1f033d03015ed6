import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { controls } from '../byte-writer.ts'
import { characterKey, csiKey, ss3Key, withAlt } from './key-names.ts'
import { type MouseEvent, readMouse } from './mouse.ts'

/**
 * What came from the keyboard, the mouse and, where it was asked for its background, the terminal. A key is a character as it is (`j`, `G`, `?`), or `space return escape
 * tab up down left right pageup pagedown home end insert delete backspace f1` to `f12`, behind what was held:
 * `ctrl-`, `alt-`, `shift-`, in this order. Pasted text holds no control characters but newline and tab.
 */
export type InputEvent =
  | { readonly type: 'key'; readonly key: string }
  | MouseEvent
  | { readonly type: 'paste'; readonly text: string }
  | { readonly type: 'background'; readonly is: 'dark' | 'light' }

/** Milliseconds after which an ESC was the key, not the begin of what another key sends. */
const escapeWait = 50
/** Characters of a paste that are kept. */
const longestPaste = 65536
/** Characters of a sequence that are kept; no key sends nearly as many. */
const longestSequence = 256

const pasteEnd = '\x1b[201~'

// One control sequence: parameters and intermediates, final byte (ECMA-48, 5.4). `$` ends one in rxvt, and Linux sends
// F1 to F5 as `CSI [ letter`.
const csi =
  /\x1b(?<alt>\x1b?)\[(?:\[(?<linux>[@-~])|(?<number>\d+)\$(?![ -~])|(?<parameters>[ -?]*)(?<final>[@-Z\\-~]))/y
const csiBegun = /\x1b\x1b?\[(?:\[|[ -?]*)$/y
const ss3 = /\x1b(?<alt>\x1b?)O(?<held>\d?)(?<letter>[A-Za-z])/y
const ss3Begun = /\x1b\x1b?O\d$/y
// What a terminal says about itself: OSC, DCS, SOS, PM and APC, up to BEL or ST.
const string = /\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)/y
const stringBegun = /\x1b[\]PX^_][^\x07\x1b]*\x1b?$/y
// Not to be told from a key with Alt until more comes, or time is up.
const undecided = /\x1b(?:\x1b?[[O]?|[\]PX^_])$/y

// XParseColor(3), as terminals answer OSC 11: one to four hex digits of each colour.
const colour = /^\x1b\]11;rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})\b/i

/** Whether a terminal says that its background is light; undefined: it says something else. */
function backgroundIn(answer: string): 'dark' | 'light' | undefined {
  const parts = colour.exec(answer)?.slice(1)
  if (parts === undefined) return undefined
  const [red = 0, green = 0, blue = 0] = parts.map(
    part => Number.parseInt(part, 16) / (16 ** part.length - 1),
  )
  return 0.3 * red + 0.6 * green + 0.1 * blue > 0.5 ? 'light' : 'dark'
}

type Groups = Readonly<Record<string, string | undefined>>

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** Takes the bytes of a terminal apart, wherever they were cut, into keys, mouse reports and pastes. */
export class KeyReader {
  readonly #emit: (event: InputEvent) => void
  readonly #utf8 = new StringDecoder('utf8')
  /** Characters not yet understood. */
  #text = ''
  /** What was pasted so far, when a paste is under way. */
  #paste: string | undefined
  /** Characters to pass over: the rest of a mouse report of the old kind. */
  #skip = 0

  constructor(emit: (event: InputEvent) => void) {
    this.#emit = emit
  }

  /** Whether what came ends like the begin of a key's sequence, and `settle` is to be called when no more comes. */
  get undecided(): boolean {
    return this.#paste === undefined && matchAt(undecided, this.#text, 0) !== null
  }

  read(bytes: Uint8Array): void {
    this.#text += this.#utf8.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    let at = 0
    for (let taken = 1; taken > 0 && at < this.#text.length; at += taken) taken = this.#take(this.#text, at)
    this.#text = this.#text.slice(at)
    if (this.#paste === undefined) this.#shorten()
  }

  /** What never ends is kept as the begin of something unknown, so that its rest is no keys either. */
  #shorten(): void {
    const endless = matchAt(stringBegun, this.#text, 0) ? '\x1b]:' : '\x1b[:'
    if (this.#text.length > longestSequence)
      this.#text = endless + (this.#text.endsWith('\x1b') ? '\x1b' : '')
  }

  /** Nothing came for a while: an ESC that waits for more was the key, or Alt. */
  settle(): void {
    if (!this.undecided) return
    const text = this.#text
    this.#text = ''
    if (text === '\x1b' || text === '\x1b\x1b') {
      for (const _ of text) this.#key('escape')
      return
    }
    if (text.length === 3) this.#key('escape')
    this.#key(withAlt(text.slice(-1)))
  }

  /** @param alt whether Alt was held; undefined and '': no */
  #key(key: string | undefined, alt?: string): void {
    if (key !== undefined) this.#emit({ type: 'key', key: alt ? withAlt(key) : key })
  }

  /** @returns how many characters were understood; 0: more must come first */
  #take(text: string, at: number): number {
    if (this.#paste !== undefined) return this.#takePaste(text, at)
    if (this.#skip > 0) {
      this.#skip--
      return 1
    }
    return text[at] === '\x1b' ? this.#takeEscape(text, at) : this.#takeCharacter(text, at)
  }

  #takeCharacter(text: string, at: number, alt?: string): number {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
    const key = characterKey(character)
    // Marks that turn the writing direction are no keys, nor is U+FFFD, which stands for bytes that are not UTF-8.
    const typed =
      key !== undefined && (key.length > 1 || key.replace(controls, '') !== '') && key !== '\ufffd'
    if (typed) this.#key(key, alt)
    return character.length
  }

  #takeEscape(text: string, at: number): number {
    const sequence = matchAt(csi, text, at)
    if (sequence) {
      this.#controlSequence(sequence.groups ?? {})
      return sequence[0].length
    }
    const single = matchAt(ss3, text, at)
    if (single) {
      const { held = '', letter = '', alt } = single.groups ?? {}
      this.#key(ss3Key(held, letter), alt)
      return single[0].length
    }
    const answer = matchAt(string, text, at)
    if (answer) {
      const is = backgroundIn(answer[0])
      if (is) this.#emit({ type: 'background', is })
      return answer[0].length
    }
    const begun = [undecided, csiBegun, ss3Begun, stringBegun].some(pattern => matchAt(pattern, text, at))
    return begun ? 0 : this.#takeBroken(text, at)
  }

  /** An ESC that begins nothing whole. */
  #takeBroken(text: string, at: number): number {
    // Something else came in the middle of a sequence: what there was of it is no key.
    const cut = /\x1b(?:\x1b?\[[ -?]*|O|[\]PX^_][^\x07\x1b]*)/y
    const begun = matchAt(cut, text, at)?.[0].length ?? 0
    if (begun > 2) return begun
    if (text[at + 1] === '\x1b') {
      this.#key('escape')
      return 1
    }
    return 1 + this.#takeCharacter(text, at + 1, text[at])
  }

  #controlSequence({ alt, linux, number, parameters = number ?? '', final = '$' }: Groups): void {
    if (linux) this.#key(linux <= 'E' && linux > '@' ? `f${linux.charCodeAt(0) - 64}` : undefined)
    else if (parameters.startsWith('<') && /[Mm]/.test(final)) {
      const event = readMouse(parameters.slice(1), final === 'm')
      if (event) this.#emit(event)
    } else if (final === 'M' && parameters === '') this.#skip = 3
    else if (final === '~' && parameters === '200') this.#paste = ''
    else this.#key(csiKey(parameters, final), alt)
  }

  #takePaste(text: string, at: number): number {
    const end = text.indexOf(pasteEnd, at)
    // Terminals let no control character through from what is pasted: this one was typed, by someone who is stuck.
    const typed = text.indexOf('\x03', at)
    if (typed >= 0 && (end < 0 || typed < end))
      return this.#endPaste(text.slice(at, typed), 0) + this.#takeCharacter(text, typed)
    if (end >= 0) return this.#endPaste(text.slice(at, end), pasteEnd.length)
    // The end may be cut in two: a part of it is not taken for text.
    let kept = pasteEnd.length - 1
    while (!text.endsWith(pasteEnd.slice(0, kept))) kept--
    const taken = Math.max(0, text.length - at - kept)
    this.#addPaste(text.slice(at, at + taken))
    return taken
  }

  #addPaste(text: string): void {
    if (this.#paste !== undefined) this.#paste += text.slice(0, longestPaste - this.#paste.length)
  }

  #endPaste(text: string, marker: number): number {
    this.#addPaste(text)
    const lines = (this.#paste ?? '').replace(/\r\n?/g, '\n')
    this.#paste = undefined
    this.#emit({ type: 'paste', text: lines.replace(controls, c => (c === '\n' || c === '\t' ? c : '')) })
    return text.length + marker
  }
}

/**
 * Reports everything that comes from a terminal in raw mode. A lone ESC is a key when nothing follows within 50 ms.
 * @returns what stops it
 */
export function readKeys(input: Readable, emit: (event: InputEvent) => void): () => void {
  const reader = new KeyReader(emit)
  let waiting: NodeJS.Timeout | undefined
  const read = (bytes: Buffer) => {
    clearTimeout(waiting)
    reader.read(bytes)
    if (reader.undecided) waiting = setTimeout(() => reader.settle(), escapeWait)
  }
  input.on('data', read)
  return () => {
    clearTimeout(waiting)
    input.off('data', read)
  }
}
