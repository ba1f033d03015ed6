import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { Session } from '../../src/dissect/session.ts'
import { tcp4 } from '../craft.ts'
import { heldBytes } from '../held-bytes.ts'
import { type Peeled, peel } from '../peel.ts'

// ESP in TCP (RFC 9329) stands for every protocol with messages: 2 bytes of length, SPI, number, and the rest.

const word = (number: number, size: number) => number.toString(16).padStart(size * 2, '0')

/** The message with this number; `more` bytes behind the header of ESP. */
const message = (number: number, more = 8): string =>
  word(10 + more, 2) + word(0xd00d0000, 4) + word(number, 4) + word(number & 0xff, 1).repeat(more)

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

type Sent = { at: number; hex: string; flags?: number; back?: boolean; ack?: number }

/** What a session says of segments, as they come. `at` counts from the first byte of the stream. */
function come(sent: readonly Sent[], start = 1000, session = new Session()) {
  return sent.map(({ at, hex, ...rest }, i) => {
    const frame = { ...tcp4(start + 1 + at, hex, rest), number: i + 1 }
    const peeled = peel(frame, session)
    return { ...peeled, notes: peeled.notes.filter(note => !note.includes('hecksum')), ...shown(peeled) }
  })
}

const shown = ({ values, found }: Peeled) => ({
  numbers: values('esp.sequence'),
  buffers: found.buffers.map(buffer => `${buffer.name} ${hexOf(buffer.bytes)}`),
  stack: Array.from({ length: found.layerCount }, (_, i) => found.protocols[i]!.id),
})

const opening: Sent = { at: -1, hex: '', flags: 2 }
const layers = (...ids: string[]) => ['ip', 'tcp', ...ids]

describe('a message in several segments', () => {
  const whole = message(7, 30)
  it('is put together wherever it is cut', () => {
    for (let cut = 2; cut < whole.length; cut += 2) {
      const [, first, second] = come([
        opening,
        { at: 0, hex: whole.slice(0, cut) },
        { at: cut / 2, hex: whole.slice(cut) },
      ])
      expect(first!.stack).toEqual(layers('data'))
      expect(first!.notes).toEqual([
        `info: Part of a message that goes on in later packets, ${cut / 2} bytes so far`,
      ])
      expect(second!.stack).toEqual(layers('tcpencap', 'esp'))
      expect(second!.buffers).toEqual([`reassembled-tcp ${whole}`])
      expect(second!.notes[0]).toBe(
        'info: Goes on with a message that begins in packet 2: put together of 2 packets',
      )
    }
  })

  it('byte by byte is put together', () => {
    const bytes = whole.match(/../g)!
    const found = come([opening, ...bytes.map((hex, at) => ({ at, hex }))])
    expect(found.slice(1, -1).every(({ stack }) => stack.at(-1) === 'data')).toBe(true)
    expect(found.at(-1)!.buffers).toEqual([`reassembled-tcp ${whole}`])
    expect(found.at(-1)!.notes[0]).toContain('begins in packet 2: put together of 40 packets')
  })

  it('passes the end of the sequence numbers', () => {
    const parts = [whole.slice(0, 20), whole.slice(20) + message(8)]
    const sent = [opening, { at: 0, hex: parts[0]! }, { at: 10, hex: parts[1]! }]
    for (const start of [0xffffffff, 0xfffffff0, 0xfffffff5, 0x7ffffff8])
      expect(come(sent, start)[2]!.numbers).toEqual([7, 8])
  })

  it('does not hide those behind it, nor the beginning of the next one', () => {
    const stream = message(1) + message(2) + message(3)
    const [, first, second, third] = come([
      opening,
      { at: 0, hex: stream.slice(0, 46) },
      { at: 23, hex: stream.slice(46, 80) },
      { at: 40, hex: stream.slice(80) },
    ])
    expect([first!.stack, first!.numbers]).toEqual([layers('tcpencap', 'esp', 'data'), [1]])
    expect(first!.notes[0]).toBe('info: Ends with 5 bytes of a message that goes on in later packets')
    expect([second!.stack, second!.numbers]).toEqual([layers('tcpencap', 'esp', 'data'), [2]])
    expect(second!.buffers).toEqual([`reassembled-tcp ${stream.slice(36, 80)}`])
    expect(third!.numbers).toEqual([3])
    expect(third!.notes[0]).toContain('begins in packet 3: put together of 2 packets')
  })

  it('keeps the bytes of the frame where it needs no others', () => {
    const [found] = come([{ at: 0, hex: message(1) + message(2) }])
    expect([found!.stack, found!.buffers]).toEqual([layers('tcpencap', 'esp', 'tcpencap', 'esp'), []])
    expect(found!.places('esp.spi')).toEqual(['336+32', '480+32'])
  })
})

describe('segments', () => {
  const stream = message(1) + message(2) + message(3) + message(4)
  const piece = (from: number, until: number): Sent => ({ at: from, hex: stream.slice(from * 2, until * 2) })

  it('that come too early wait for those before them', () => {
    const found = come([opening, piece(30, 50), piece(10, 30), piece(0, 10), piece(50, 72)])
    expect(found.map(({ numbers }) => numbers)).toEqual([[], [], [], [1, 2], [3, 4]])
    expect(found[1]!.notes).toEqual(['info: Too early: 30 bytes in front of it have not come yet'])
    expect(found[3]!.notes[0]).toContain('begins in packet 4: put together of 3 packets')
  })

  it('that come too early are read at once where messages begin with them, and not again', () => {
    const found = come([opening, piece(36, 54), piece(0, 18), piece(18, 36), piece(54, 72)])
    expect(found.map(({ numbers }) => numbers)).toEqual([[], [3], [1], [2], [4]])
    expect(found[1]!.notes[0]).toBe('info: Too early: 36 bytes in front of it have not come yet')
    const all = come([opening, piece(18, 54), piece(0, 18), piece(54, 72)])
    expect(all.map(({ numbers }) => numbers)).toEqual([[], [2, 3], [1], [4]])
    expect(all.flatMap(({ buffers }) => buffers)).toEqual([])
  })

  it('that are sent again say so and are read again where messages begin with them', () => {
    const found = come([opening, piece(0, 36), piece(0, 36), piece(36, 50), piece(36, 50), piece(20, 40)])
    expect(found.map(({ numbers }) => numbers)).toEqual([[], [1, 2], [1, 2], [], [], []])
    expect(found[2]!.notes).toContain('info: Sent again, or captured twice: the same as packet 2')
    expect(found[4]!.notes).toContain('info: Sent again, or captured twice: the same as packet 4')
    expect(found[5]!.notes).toContain('info: Sent again: its bytes came before')
  })

  it('that overlap count from where they are new', () => {
    const found = come([opening, piece(0, 10), piece(5, 30), piece(18, 72)])
    expect(found.map(({ numbers }) => numbers)).toEqual([[], [], [1], [2, 3, 4]])
    expect(found.flatMap(({ notes }) => notes).filter(note => note.startsWith('warning'))).toEqual([])
  })

  it('that overlap with other bytes say so, and the first copy counts', () => {
    const forged = { at: 0, hex: message(99) }
    const found = come([opening, piece(0, 10), forged])
    expect(found[2]!.numbers).toEqual([1])
    const differs =
      'warning: Overlaps earlier segments with other bytes, which do not count: someone may be hiding something'
    expect(found[2]!.notes).toContain(differs)
    const early = come([opening, piece(10, 40), { at: 0, hex: stream.slice(0, 20) + message(99) }])
    expect(early[2]!.numbers).toEqual([1, 2])
    expect(early[2]!.notes).toContain(differs)
    const twice = come([opening, piece(20, 60), { at: 10, hex: message(99, 20) }, piece(0, 18)])
    expect(twice[3]!.buffers[0]).toContain(stream.slice(40, 120))
    const again = come([opening, piece(0, 10), { at: 0, hex: message(99).slice(0, 20) }])
    expect(again[2]!.notes).toContain(differs)
    expect(again[2]!.stack).toEqual(layers('data'))
  })

  it('of the other direction are another stream', () => {
    const found = come([
      { at: 0, hex: stream.slice(0, 40) },
      { at: 0, hex: stream, back: true },
    ])
    expect(found[1]!.numbers).toEqual([1, 2, 3, 4])
  })

  it('that were received but not captured are not waited for', () => {
    const acknowledgement = (ack: number): Sent => ({ at: 0, hex: '', back: true, ack, flags: 0x10 })
    const found = come([opening, piece(0, 18), piece(36, 54), acknowledgement(1001 + 54), piece(54, 72)])
    expect(found.map(({ numbers }) => numbers)).toEqual([[], [1], [3], [], [4]])
    const lost = come([opening, piece(0, 18), piece(36, 54), acknowledgement(1001 + 18), piece(54, 72)])
    expect(lost.map(({ numbers }) => numbers)).toEqual([[], [1], [3], [], [4]])
    expect(lost[4]!.notes[0]).toBe('info: Too early: 36 bytes in front of it have not come yet')
  })

  it('in the middle of a stream are read from the first that a message begins with', () => {
    const found = come([piece(5, 30), piece(30, 54), piece(54, 60), piece(60, 72)])
    expect(found.map(({ numbers }) => numbers)).toEqual([[], [], [], []])
    expect(found[0]!.notes).toEqual([
      'info: No message of TCP Encap begins here: the stream was not seen from its start, or bytes of it are missing',
    ])
    expect(come([piece(5, 54), piece(54, 72)])[1]!.numbers).toEqual([4])
  })

  it('of a new connection on the same ports begin anew', () => {
    const next = 500_000
    const found = come([
      opening,
      piece(0, 10),
      { at: next - 1, hex: '', flags: 2 },
      { at: next, hex: message(5) },
    ])
    expect(found[3]!.numbers).toEqual([5])
    const repeated = come([opening, piece(0, 10), opening, piece(10, 18)])
    expect(repeated[3]!.numbers).toEqual([1])
  })

  it('that are captured short show what is there, and are not kept', () => {
    const session = new Session()
    peel({ ...tcp4(1000, '', { flags: 2 }), number: 1 }, session)
    const cut = { ...tcp4(1001, stream), number: 2, capturedLength: 40 + 30 }
    const { stack, statuses } = peel(cut, session)
    expect(stack).toEqual(layers('tcpencap', 'esp', 'tcpencap', 'esp'))
    expect(statuses.at(-1)).toBe('truncated')
    const next = peel({ ...tcp4(1001 + 72, message(5)), number: 3 }, session)
    expect(next.values('esp.sequence')).toEqual([5])
  })

  it('are asked about again with the same answer', () => {
    const session = new Session()
    const first = { ...tcp4(1001, stream.slice(0, 30)), number: 2 }
    const second = { ...tcp4(1016, stream.slice(30)), number: 3 }
    peel({ ...tcp4(1000, '', { flags: 2 }), number: 1 }, session)
    peel(first, session)
    const once = shown(peel(second, session))
    expect(shown(peel(second, session))).toEqual(once)
    expect(once.numbers).toEqual([1, 2, 3, 4])
  })

  it('that hold no message where one has to begin say so', () => {
    const found = come([opening, { at: 0, hex: `0001${'aa'.repeat(20)}` }, { at: 22, hex: message(1) }])
    expect(found[1]!.stack).toEqual(layers('data'))
    expect(found[1]!.notes).toEqual([
      'warning: No message of TCP Encap begins where one has to: the rest is not read',
    ])
    expect(found[2]!.numbers).toEqual([1])
  })

  it('of more messages than there are layers end in data', () => {
    const [found] = come([{ at: 0, hex: '0003ff'.repeat(100) }])
    expect(found!.stack.length).toBe(64)
    expect(found!.stack.at(-1)).toBe('data')
    expect(found!.found.layer(1).length).toBe(20 + (100 - 62) * 3)
  })
})

it('any cut, order and repetition of segments gives every message', { timeout: 30_000 }, () => {
  const some = fc.record({
    sizes: fc.array(
      fc.integer({ min: 1, max: 75 }).map(words => words * 4),
      { minLength: 1, maxLength: 12 },
    ),
    cuts: fc.array(fc.nat(3000), { maxLength: 20 }),
    moves: fc.array(fc.nat(3), { minLength: 25, maxLength: 25 }),
    overlaps: fc.array(fc.nat(20), { minLength: 25, maxLength: 25 }),
    start: fc.constantFrom(1000, 0xffffff00),
  })
  fc.assert(
    fc.property(some, ({ sizes, cuts, moves, overlaps, start }) => {
      const stream = sizes.map((size, i) => message(i, size)).join('')
      const length = stream.length / 2
      const bounds = [...new Set([0, ...cuts.filter(cut => cut < length), length])].sort((a, b) => a - b)
      const sent = bounds.slice(1).map((end, i) => {
        const at = Math.max(0, bounds[i]! - overlaps[i % 25]!)
        return { at, hex: stream.slice(at * 2, end * 2), order: i + moves[i % 25]! }
      })
      sent.sort((a, b) => a.order - b.order)
      const found = come([opening, ...sent.map(({ at, hex }) => ({ at, hex }))], start)
      const numbers = new Set(found.flatMap(each => each.numbers))
      expect([...numbers].sort((a, b) => Number(a) - Number(b))).toEqual(sizes.map((_, i) => i))
      expect(found.flatMap(({ notes }) => notes).filter(note => !note.startsWith('info'))).toEqual([])
    }),
    { numRuns: 300 },
  )
})

describe('memory', () => {
  it('is bounded whatever streams there are', { timeout: 30_000 }, async () => {
    const session = new Session()
    const dissector = newDissector(session)
    const before = await heldBytes()
    const frames = [tcp4(1000, '', { flags: 2 }), tcp4(1001, `fff0${'aa'.repeat(16_000)}`)]
    let number = 0
    for (let i = 0; i < 5000; i++)
      for (const frame of frames) {
        new DataView(frame.bytes.buffer).setUint32(12, i)
        dissector.dissect({ ...frame, number: ++number }, 'peel')
      }
    expect((await heldBytes()) - before).toBeLessThan(40 * 1024 * 1024)
    // The last one is still there.
    const last = tcp4(1001 + 16_002, 'bb'.repeat(0xfff0 - 16_002))
    new DataView(last.bytes.buffer).setUint32(12, 4999)
    expect(peel({ ...last, number: 20_000 }, session).stack).toEqual(layers('tcpencap', 'esp'))
  })

  it('is bounded for segments that nothing comes before', () => {
    const sent = Array.from({ length: 300 }, (_, i) => ({ at: 100 + i * 2000, hex: 'aa'.repeat(1000) }))
    const found = come([opening, { at: 0, hex: message(1) }, ...sent])
    expect(found[3]!.notes[0]).toContain('Too early')
    expect(found.at(-1)!.notes[0]).toContain('the stream was not seen from its start')
  })
})

it('the layers are the same with and without a sink', () => {
  const stream = message(1) + message(2) + message(3)
  const layersOf = (depth: 'peel' | 'noted') => {
    const dissector = newDissector(new Session())
    return [0, 15, 30, 54].flatMap((from, i, cuts) => {
      const hex = stream.slice(from * 2, (cuts[i + 1] ?? from) * 2)
      const found = dissector.dissect({ ...tcp4(1001 + from, hex), number: i + 1 }, depth)
      return found.protocols.slice(0, found.layerCount).map(({ id }, layer) => `${id} ${found.starts[layer]}`)
    })
  }
  expect(layersOf('peel')).toEqual(layersOf('noted'))
})
