import { EventEmitter, once } from 'node:events'
import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type InputEvent, KeyReader, readKeys } from '../../src/tui/keys.ts'
import { sequenceOf } from '../key-sequences.ts'

// What terminals send is from xterm's "XTerm Control Sequences" (ctlseqs), unless another terminal is named.

const show = (event: InputEvent): string => {
  if (event.type === 'key') return event.key
  if (event.type === 'paste') return `paste ${JSON.stringify(event.text)}`
  if (event.type === 'background') return `background ${event.is}`
  const held = (['ctrl', 'shift', 'alt'] as const).filter(modifier => event[modifier]).join(' ')
  return `${event.action} ${event.button} ${event.column},${event.row}${held && ` ${held}`}`
}

/** What is read when the bytes come in these chunks, and then nothing for a while. */
function read(...chunks: readonly (string | Uint8Array)[]): string[] {
  const events: string[] = []
  const reader = new KeyReader(event => events.push(show(event)))
  for (const chunk of chunks) reader.read(Buffer.from(chunk as string))
  reader.settle()
  return events
}

/** One and the same in one piece, cut in two anywhere, and byte by byte. */
function readAnyhow(bytes: string): string[] {
  const all = Buffer.from(bytes)
  const whole = read(all)
  for (let cut = 1; cut < all.length; cut++)
    expect(read(all.subarray(0, cut), all.subarray(cut)), `cut at ${cut}`).toEqual(whole)
  expect(read(...[...all].map(byte => Uint8Array.of(byte)))).toEqual(whole)
  return whole
}

describe('keys', () => {
  it.each([
    ['j', ['j']],
    ['G', ['G']],
    ['é€😀', ['é', '€', '😀']],
    [' ', ['space']],
    ['\r', ['return']],
    ['\n', ['return']],
    ['\t', ['tab']],
    ['\x7f', ['backspace']],
    ['\b', ['backspace']],
    ['\0', ['ctrl-space']],
    ['\x01\x03\x04\x1a', ['ctrl-a', 'ctrl-c', 'ctrl-d', 'ctrl-z']],
    ['\x1c\x1d\x1e\x1f', ['ctrl-\\', 'ctrl-]', 'ctrl-^', 'ctrl-_']],
    ['\x1bx\x1bX', ['alt-x', 'alt-X']],
    ['\x1b\x7f\x1b\r\x1b ', ['alt-backspace', 'alt-return', 'alt-space']],
    ['\x1b\x04', ['ctrl-alt-d']],
    ['\x1bé', ['alt-é']],
  ])('names %j', (bytes, keys) => {
    expect(readAnyhow(bytes)).toEqual(keys)
  })

  // "PC-Style Function Keys": cursor keys in normal and in application mode, and keypad keys.
  it.each([
    ['\x1b[A\x1b[B\x1b[C\x1b[D\x1b[H\x1b[F', ['up', 'down', 'right', 'left', 'home', 'end']],
    ['\x1bOA\x1bOB\x1bOC\x1bOD\x1bOH\x1bOF', ['up', 'down', 'right', 'left', 'home', 'end']],
    ['\x1b[2~\x1b[3~\x1b[5~\x1b[6~', ['insert', 'delete', 'pageup', 'pagedown']],
    ['\x1b[1~\x1b[4~\x1b[7~\x1b[8~', ['home', 'end', 'home', 'end']],
    ['\x1bOP\x1bOQ\x1bOR\x1bOS', ['f1', 'f2', 'f3', 'f4']],
    ['\x1b[11~\x1b[12~\x1b[13~\x1b[14~\x1b[15~', ['f1', 'f2', 'f3', 'f4', 'f5']],
    ['\x1b[17~\x1b[18~\x1b[19~\x1b[20~\x1b[21~', ['f6', 'f7', 'f8', 'f9', 'f10']],
    ['\x1b[23~\x1b[24~', ['f11', 'f12']],
    ['\x1bOM', ['return']],
    ['\x1b[Z', ['shift-tab']],
  ])('names the function keys %j', (bytes, keys) => {
    expect(readAnyhow(bytes)).toEqual(keys)
  })

  // The table of modifiers in "PC-Style Function Keys": 2 Shift, 3 Alt, 5 Control and their sums, 9 Meta.
  it.each([
    ['\x1b[1;2A', 'shift-up'],
    ['\x1b[1;3D', 'alt-left'],
    ['\x1b[1;4B', 'alt-shift-down'],
    ['\x1b[1;5C', 'ctrl-right'],
    ['\x1b[1;6C', 'ctrl-shift-right'],
    ['\x1b[1;7C', 'ctrl-alt-right'],
    ['\x1b[1;8C', 'ctrl-alt-shift-right'],
    ['\x1b[1;9C', 'alt-right'],
    ['\x1b[5;5~', 'ctrl-pageup'],
    ['\x1b[15;2~', 'shift-f5'],
    ['\x1b[1;5P', 'ctrl-f1'],
    ['\x1bO5P', 'ctrl-f1'],
    ['\x1b[27;5;13~', 'ctrl-return'],
    ['\x1b[105;5u', 'ctrl-i'],
    ['\x1b[97;2u', 'A'],
  ])('names what was held in %j', (bytes, key) => {
    expect(readAnyhow(bytes)).toEqual([key])
  })

  it.each([
    // rxvt(7), "KEY CODES"; the console of Linux, console_codes(4); PuTTY puts an ESC before for Alt.
    ['\x1b[a\x1b[d', ['shift-up', 'shift-left']],
    ['\x1bOa\x1bOd', ['ctrl-up', 'ctrl-left']],
    ['\x1b[5$\x1b[5^\x1b[5@', ['shift-pageup', 'ctrl-pageup', 'ctrl-shift-pageup']],
    ['\x1b[[A\x1b[[E', ['f1', 'f5']],
    ['\x1b\x1b[A\x1b\x1bOB', ['alt-up', 'alt-down']],
  ])('knows other terminals: %j', (bytes, keys) => {
    expect(readAnyhow(bytes)).toEqual(keys)
  })

  it.each([
    ['\x1b', ['escape']],
    ['\x1b\x1b', ['escape', 'escape']],
    ['\x1b[', ['alt-[']],
    ['\x1bO', ['alt-O']],
    ['\x1b]', ['alt-]']],
    ['j\x1b', ['j', 'escape']],
    ['\x1b\x1b[', ['escape', 'alt-[']],
    ['\x1b\x1bx', ['escape', 'alt-x']],
  ])('settles what %j was when nothing follows', (bytes, keys) => {
    expect(readAnyhow(bytes)).toEqual(keys)
  })

  it.each([
    ['an answer to DA1', '\x1b[?62;22c'],
    ['an answer to DECRQM', '\x1b[?2026;2$y'],
    ['an answer to DSR', '\x1b[24;80R'],
    ['focus in and out', '\x1b[I\x1b[O'],
    ['an answer about the colour of letters', '\x1b]10;rgb:ffff/ffff/ffff\x1b\\'],
    ['an answer that is none', '\x1b]11;rgb:white\x07'],
    ['an answer to XTVERSION', '\x1bP>|XTerm(390)\x1b\\'],
    ['a function key too many', '\x1b[34~'],
    ['nonsense in parameters', '\x1b[1:2<3A'],
    ['a mouse report of the old kind', '\x1b[M !!'],
    ['turned writing', '\u202e\u2066\u200f'],
    ['C1 controls', '\u009b\u0085'],
    ['no UTF-8', Buffer.from([0xff, 0xfe]).toString()],
  ])('has no key for %s', (_, bytes) => {
    expect(readAnyhow(`${bytes}j`)).toEqual(['j'])
  })

  // XParseColor(3): one to four hex digits of each colour, however many there are of it.
  it.each([
    ['\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\', 'dark'],
    ['\x1b]11;rgb:0000/0000/0000\x07', 'dark'],
    ['\x1b]11;rgb:0/0/f\x07', 'dark'],
    ['\x1b]11;rgb:80/00/00\x07', 'dark'],
    ['\x1b]11;rgb:ffff/ffff/ffff\x07', 'light'],
    ['\x1b]11;rgb:fdfd/f6f6/e3e3\x1b\\', 'light'],
    ['\x1b]11;rgba:ff/ff/ff/ff\x07', 'light'],
  ])('reads of %j that the background is %s', (answer, is) => {
    expect(readAnyhow(`${answer}j`)).toEqual([`background ${is}`, 'j'])
  })

  it('reads what the terminal of the tests sends', () => {
    const plain = 'j G space return escape tab shift-tab backspace up end delete pageup f1 f12'.split(' ')
    const held =
      'ctrl-d ctrl-space alt-x ctrl-alt-d alt-left ctrl-shift-right shift-f5 ctrl-f1 shift-pagedown'.split(
        ' ',
      )
    for (const key of [...plain, ...held]) expect(readAnyhow(sequenceOf(key))).toEqual([key])
  })

  it('goes on behind bytes that are no UTF-8', () => {
    expect(read(Uint8Array.of(0xff, 0x6a, 0xc3), Uint8Array.of(0xa9))).toEqual(['j', 'é'])
  })
})

// "Extended coordinates", SGR (1006): CSI < button ; column ; row M, m on release.
describe('the mouse', () => {
  it.each([
    ['\x1b[<0;1;1M', 'press left 0,0'],
    ['\x1b[<1;10;5M', 'press middle 9,4'],
    ['\x1b[<2;200;50m', 'release right 199,49'],
    ['\x1b[<32;300;120M', 'drag left 299,119'],
    ['\x1b[<34;3;4M', 'drag right 2,3'],
    ['\x1b[<64;3;4M', 'wheel-up none 2,3'],
    ['\x1b[<65;3;4M', 'wheel-down none 2,3'],
    ['\x1b[<4;3;4M', 'press left 2,3 shift'],
    ['\x1b[<8;3;4M', 'press left 2,3 alt'],
    ['\x1b[<16;3;4M', 'press left 2,3 ctrl'],
    ['\x1b[<92;3;4M', 'wheel-up none 2,3 ctrl shift alt'],
  ])('reads %j', (bytes, event) => {
    expect(readAnyhow(bytes)).toEqual([event])
  })

  it.each([
    '\x1b[<M',
    '\x1b[<0M',
    '\x1b[<0;1M',
    '\x1b[<0;0;1M',
    '\x1b[<0;1;0M',
    '\x1b[<0;1;1;1M',
    '\x1b[<0;1;123456M',
    '\x1b[<0;1;-1M',
    '\x1b[<;;M',
    '\x1b[<0;1;1~',
    '\x1b[<0;1;1A',
    // The wheel to the left and right, a move with nothing held, the fourth button.
    '\x1b[<66;1;1M',
    '\x1b[<67;1;1M',
    '\x1b[<35;1;1M',
    '\x1b[<128;1;1M',
  ])('swallows %j', bytes => {
    expect(readAnyhow(`${bytes}j`)).toEqual(['j'])
  })

  it('gives up a report that another key interrupts', () => {
    expect(readAnyhow('\x1b[<0;1;\x1b[A')).toEqual(['up'])
    expect(readAnyhow('\x1b[<0;1;\rj')).toEqual(['return', 'j'])
    expect(readAnyhow('\x1b[<0;1;éj')).toEqual(['é', 'j'])
  })

  it('waits for the end of a report, however late', () => {
    const events: string[] = []
    const reader = new KeyReader(event => events.push(show(event)))
    reader.read(Buffer.from('\x1b[<0;1'))
    expect(reader.undecided).toBe(false)
    reader.settle()
    reader.read(Buffer.from('0;5M'))
    expect(events).toEqual(['press left 9,4'])
  })

  it.each([
    ['a report', '\x1b[<0;', '1', 'M'],
    ['a string', '\x1b]52;c;', 'A', '\x1b\\'],
  ])('does not gather %s that never ends', (_, start, more, end) => {
    const piece = more.repeat(10_000)
    expect(read(start, ...Array<string>(200).fill(piece), end, 'j')).toEqual(['j'])
  })
})

describe('pastes', () => {
  it('are text, not keys', () => {
    expect(readAnyhow('a\x1b[200~q\x1b[201~b')).toEqual(['a', 'paste "q"', 'b'])
    expect(readAnyhow('\x1b[200~\x1b[201~')).toEqual(['paste ""'])
    expect(readAnyhow('\x1b[200~é€😀\x1b[201~')).toEqual(['paste "é€😀"'])
  })

  it('have newlines of one kind, tabs, and no other controls', () => {
    expect(readAnyhow('\x1b[200~a\r\nb\rc\nd\te\x1b[31m\x07\u202e\x7f\x1b[201~')).toEqual([
      'paste "a\\nb\\nc\\nd\\te[31m"',
    ])
  })

  it('end where they end', () => {
    expect(readAnyhow('\x1b[200~\x1b[20\x1b[201\x1b[201~\x1b[201~j')).toEqual(['paste "[20[201"', 'j'])
  })

  it('are kept up to 64 KB, and read to their end', () => {
    const [paste, ...rest] = read(
      '\x1b[200~',
      ...Array<string>(100).fill('q'.repeat(10_000)),
      '\x1b[201~',
      'j',
    )
    expect(paste).toHaveLength('paste ""'.length + 65536)
    expect(rest).toEqual(['j'])
  })

  it('can be left with Ctrl-C when their end never comes', () => {
    expect(readAnyhow('\x1b[200~abc\x03j')).toEqual(['paste "abc"', 'ctrl-c', 'j'])
  })
})

it('reads the same wherever it is cut, whatever it is, and lets no control through', () => {
  const pieces = [
    '\x1b',
    '[',
    '<',
    '0;',
    '1',
    'M',
    'm',
    '~',
    'O',
    ']',
    '\x07',
    'A',
    '200~',
    '201~',
    '\x03',
    'é',
    '$',
    '?',
  ]
  const bytes = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map(parts => parts.join(''))
  fc.assert(
    fc.property(bytes, fc.nat(), (text, seed) => {
      const all = Buffer.from(text)
      const cut = all.length > 0 ? seed % all.length : 0
      const whole = read(all)
      // What a terminal may still be saying is taken for a key of rxvt when a chunk ends there.
      if (!text.includes('$')) expect(read(all.subarray(0, cut), all.subarray(cut))).toEqual(whole)
      for (const event of whole) expect(event).not.toMatch(/[\x00-\x1f\x7f-\x9f]/)
    }),
    { numRuns: 5000 },
  )
})

describe('a stream of keys', () => {
  const open = () => {
    const input = new PassThrough()
    const events = new EventEmitter()
    const stop = readKeys(input, event => events.emit('event', event))
    return { input, stop, next: async () => show((await once(events, 'event'))[0]) }
  }

  it('takes a lone ESC for the key after 50 ms', async () => {
    const { input, next } = open()
    const start = performance.now()
    input.write('\x1b')
    expect(await next()).toBe('escape')
    // At 50 ms, which a timer may miss by one on the early side, and a busy machine by some on the other.
    expect(performance.now() - start).toBeGreaterThan(45)
  })

  it('puts together what comes in two pieces', async () => {
    const { input, next } = open()
    input.write('\x1b')
    setImmediate(() => input.write('[A'))
    expect(await next()).toBe('up')
  })

  it('leaves the stream alone once stopped', () => {
    const { input, stop } = open()
    stop()
    expect(input.listenerCount('data')).toBe(0)
  })
})
