import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCapture } from '../../src/capture/write.ts'
import { Session } from '../../src/dissect/session.ts'
import { emptyFrame, type Frame } from '../../src/frame.ts'
import { Capture } from '../../src/store/capture.ts'
import { temporaryDirectory } from '../capture/bytes.ts'
import { captureFile, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { ike, type Payload } from '../follow/following.ts'
import { heldBytes } from '../held-bytes.ts'
import { peel, raw } from '../peel.ts'
import { asked, walked } from '../store/walked.ts'

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')

/** A message of IKEv1 in main mode with a vendor ID, and its bytes in three parts. */
const message = ike(2, 0, [[13, '00112233445566778899aabbccddeeff']], {
  version: 1,
  responder: 'ab'.repeat(8),
})
const parts = [message.slice(0, 40), message.slice(40, 70), message.slice(70)]

/** A fragment of it (payload 132), as Cisco and Microsoft lay them out: ID, number, last, data. */
const fragment1 = (
  number: number,
  last: 0 | 1,
  data: string,
  { id = 1, flags = 0, at = number } = {},
): Frame => ({
  ...udp4(
    500,
    500,
    ike(2, flags, [[132, `${hex(id, 4)}${hex(number, 2)}${hex(last, 2)}${data}`]], {
      version: 1,
      responder: 'ab'.repeat(8),
    }),
  ),
  number: at,
})

/** An encrypted fragment of IKEv2 (RFC 7383 §2.5) in an IKE_AUTH request. */
const fragment2 = (number: number, total: number, data: string, at = number): Frame => {
  const sealed: Payload = [53, `${hex(number, 4)}${hex(total, 4)}${data}`]
  return { ...udp4(500, 500, ike(35, 8, [sealed], { responder: 'cd'.repeat(8), id: 1 })), number: at }
}

/** What one session says of the frames, numbered as they come: their stacks, and the notes of the last one. */
function come(frames: readonly Frame[], session = new Session()) {
  const all = frames.map((frame, i) => peel({ ...frame, number: i + 1 }, session))
  return { stacks: all.map(p => p.stack.slice(2).join(':')), last: all.at(-1)!, notes: all.map(p => p.notes) }
}

const cut = (order: readonly number[]) => order.map(n => fragment1(n, n === 3 ? 1 : 0, parts[n - 1]!))
const alone = 'info: 1 fragment of this message is here, and the last one is not'
const again = 'info: The fragment came before: it is sent again'

describe('fragments of IKEv1', () => {
  it('become the message, as tshark has it', async () => {
    const session = new Session()
    const found = (await framesOf(captureFile('ikev1-main-cert.pcap'))).map(frame => {
      const { stack, values, found } = peel(frame, session)
      const [buffer] = found.buffers
      return { stack: stack.join(':'), lengths: values('isakmp.length'), buffer }
    })
    // tshark: frames 8 and 10 have the header of 1644 and 1564 bytes inside the fragment of 464 and 384.
    expect(found[7]!.stack).toBe('eth:ip:udp:isakmp:isakmp')
    expect(found[7]!.lengths).toEqual([464, 1644])
    expect(found[9]!.lengths).toEqual([384, 1564])
    expect(found[6]!.stack).toBe('eth:ip:udp:isakmp')
    expect(found[7]!.buffer).toMatchObject({
      label: 'Reassembled ISAKMP message',
      name: 'reassembled-isakmp',
    })
    // Fragments as tshark cuts them out: payload bytes 0 to 1215 of frame 7, then those of frame 8.
    const frames = await framesOf(captureFile('ikev1-main-cert.pcap'))
    const data = (n: number) => Buffer.from(frames[n - 1]!.bytes.subarray(42 + 36))
    const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
    expect(sha(found[7]!.buffer!.bytes)).toBe(sha(Buffer.concat([data(7), data(8)])))
  })

  it.each([[[1, 2, 3]], [[3, 1, 2]], [[2, 3, 1]], [[3, 2, 1]]])('come in any order: %j', order => {
    const { stacks, last } = come(cut(order))
    expect(stacks).toEqual(['isakmp', 'isakmp', 'isakmp:isakmp'])
    expect(Buffer.from(last.found.buffers[0]!.bytes).toString('hex')).toBe(message)
    expect(last.notes).toContain('info: All fragments of this message are here, in packets 1, 2, 3')
    expect(last.values('isakmp.vid_bytes')).toEqual(['00112233445566778899aabbccddeeff'])
  })

  it('say what is missing', () => {
    expect(come(cut([1])).notes[0]).toContain(alone)
    expect(come(cut([3])).notes[0]).toContain('info: 1 of 3 fragments of this message is here, missing: 1, 2')
    expect(come(cut([3, 1])).notes[1]).toContain(
      'info: 2 of 3 fragments of this message are here, missing: 2',
    )
  })

  it('are marked as fragments, and the message is not', () => {
    const { found } = come(cut([1, 2, 3])).last
    expect([2, 3].map(i => found.layer(i).protocol.isFragment?.(found.layer(i)))).toEqual([true, false])
    const sealed = peel(fragment2(1, 2, 'aa')).found.layer(2)
    expect(sealed.protocol.isFragment?.(sealed)).toBe(true)
  })

  it('are read in clear, though their header speaks of encryption', () => {
    expect(peel(fragment1(1, 0, parts[0]!, { flags: 1 })).values('isakmp.frag.seq')).toEqual([1])
  })

  it('may come again, before and after the message is whole', () => {
    const { stacks, notes } = come(cut([1, 1, 2, 3, 3, 1, 2, 3, 1]))
    expect(notes[1]).toContain(again)
    expect(stacks.map(stack => stack === 'isakmp:isakmp')).toEqual([0, 0, 0, 1, 0, 0, 1, 0, 0].map(Boolean))
    expect(notes[6]).toContain('info: All fragments of this message are here, in packets 5, 6, 7')
  })

  it('of the next message may have the same ID', () => {
    const next = ike(2, 0, [[13, 'ff'.repeat(16)]], { version: 1, responder: 'ab'.repeat(8) })
    const others = [fragment1(1, 0, next.slice(0, 80)), fragment1(2, 1, next.slice(80))]
    const { stacks, last, notes } = come([...cut([1, 2, 3, 3]), ...others])
    expect(stacks[5]).toBe('isakmp:isakmp')
    expect(Buffer.from(last.found.buffers[0]!.bytes).toString('hex')).toBe(next)
    expect(notes.flat().filter(note => !note.startsWith('info'))).toEqual([])
  })

  it('with the same number and other bytes are doubtful, and the first one counts', () => {
    const { stacks, notes, last } = come([...cut([1]), fragment1(1, 0, 'ee'.repeat(20)), ...cut([2, 3])])
    expect(notes[1]).toContain(
      'warning: The fragment of this number came before with other bytes, and that one counts: someone may be hiding something',
    )
    expect(stacks[3]).toBe('isakmp:isakmp')
    expect(Buffer.from(last.found.buffers[0]!.bytes).toString('hex')).toBe(message)
  })

  it('that lie about their number are not put together', () => {
    const zero = come([fragment1(0, 1, message)])
    expect(zero.stacks).toEqual(['isakmp'])
    expect(zero.notes[0]).toContain('error: Fragments are numbered from 1 on')
    const behind = come([...cut([3]), fragment1(4, 0, 'aa')])
    expect(behind.notes[1]).toContain('warning: The message has 3 fragments: it does not count')
    const early = come([fragment1(5, 0, 'aa'), ...cut([3])])
    expect(early.notes[1]).toContain('warning: There are fragments behind the last one, number 3')
    const second = come([...cut([3]), fragment1(2, 1, 'aa')])
    expect(second.notes[1]).toContain(
      'warning: It says 2 fragments, but an earlier one said 3: it does not count',
    )
    const more = come([...cut([3]), fragment1(5, 1, 'aa')])
    expect(more.notes[1]).toContain(
      'warning: The sender began again, with 5 fragments: the 3 from packet 1 on no longer count',
    )
  })

  it('inside a message that came in fragments end there', () => {
    const inner = ike(2, 0, [[132, `00010101${message}`]], { version: 1, responder: 'ab'.repeat(8) })
    const { stacks, notes } = come([fragment1(1, 1, inner)])
    expect(stacks).toEqual(['isakmp:isakmp'])
    expect(notes[0]).toContain('error: A fragment inside a message that came in fragments')
  })

  it('are other ones between other peers, with other cookies or another ID', () => {
    const [first, ...rest] = cut([1, 2, 3])
    const other = fragment1(2, 1, parts[1]!, { id: 2 })
    expect(come([first!, other]).stacks).toEqual(['isakmp', 'isakmp'])
    const bytes = rest[0]!.bytes.slice()
    bytes[15] = 9
    expect(come([first!, { ...rest[0]!, bytes }, rest[1]!]).stacks.join()).toBe('isakmp,isakmp,isakmp')
  })

  it('that are not all captured, or come without a session, are shown and no more', () => {
    const [first, second, third] = cut([1, 2, 3])
    const cutOff = {
      ...second!,
      bytes: second!.bytes.subarray(0, -1),
      capturedLength: second!.capturedLength - 1,
    }
    expect(come([first!, cutOff, third!]).stacks).toEqual(['isakmp', 'isakmp', 'isakmp'])
    expect(peel(fragment1(1, 1, message)).stack).toEqual(['ip', 'udp', 'isakmp'])
  })

  it('are given up after a minute', () => {
    const late = cut([1, 2, 3]).map((frame, i) => ({ ...frame, seconds: i === 0 ? 0 : 61 }))
    const { stacks, notes } = come(late)
    expect(stacks[2]).toBe('isakmp')
    expect(notes[1]).toContain('warning: The fragments from packet 1 on were given up after 60 seconds')
  })
})

describe('encrypted fragments of IKEv2', () => {
  it('say which are here and which are missing', () => {
    const { notes, stacks } = come([fragment2(3, 3, 'aa'), fragment2(1, 3, 'bb'), fragment2(2, 3, 'cc')])
    expect(notes[0]).toContain('info: 1 of 3 fragments of this message is here, missing: 1, 2')
    expect(notes[1]).toContain('info: 2 of 3 fragments of this message are here, missing: 2')
    expect(notes[2]).toContain('info: All fragments of this message are here, in packets 1, 2, 3')
    expect(stacks).toEqual(['isakmp', 'isakmp', 'isakmp'])
  })

  it('begin again with smaller ones, and older ones count no more (RFC 7383 §2.5)', () => {
    const { notes } = come([fragment2(1, 2, 'aa'), fragment2(1, 4, 'bb'), fragment2(2, 2, 'cc')])
    expect(notes[1]).toContain(
      'warning: The sender began again, with 4 fragments: the 2 from packet 1 on no longer count',
    )
    expect(notes[2]).toContain('warning: It says 2 fragments, but an earlier one said 4: it does not count')
  })

  it('that overlap or lie are noted', () => {
    const { notes } = come([fragment2(1, 2, 'aa'), fragment2(1, 2, 'bb'), fragment2(1, 2, 'aa')])
    expect(notes[1]!.join()).toContain('came before with other bytes')
    expect(notes[2]).toContain(again)
    for (const [number, total] of [
      [0, 2],
      [3, 2],
      [0, 0],
    ] as const)
      expect(come([fragment2(number, total, 'aa')]).notes[0]).toContain(
        'error: A fragment’s number is from 1 to the total of fragments',
      )
    expect(come([fragment2(1, 65535, 'aa')]).notes[0]).toContain(
      'warning: A message of more than 1024 fragments is not put together',
    )
  })

  it('name the first inner payload only once', () => {
    const named = (number: number) => {
      const frame = fragment2(number, 2, 'aa')
      const bytes = frame.bytes.slice()
      bytes[20 + 8 + 28] = 35
      return peel({ ...frame, bytes }).notes.join()
    }
    const text = 'Only the first fragment names the first inner payload (RFC 7383 §2.5)'
    expect(named(1)).not.toContain(text)
    expect(named(2)).toContain(text)
  })
})

describe('fragments of messages', () => {
  const files = temporaryDirectory()
  async function captureOf(name: string, frames: readonly Frame[]): Promise<Capture> {
    const writer = createCapture(files.path(name), 'pcap')
    for (const frame of frames) writer.write(frame, { linkType: raw, digits: 6 })
    writer.commit()
    const capture = await Capture.begin(files.path(name))
    await capture.survey()
    return capture
  }

  it('are told the same in whatever order packets are asked for', async () => {
    const frames = [
      ...cut([1, 2, 2, 3, 1, 2, 3]),
      fragment1(2, 0, 'ee'.repeat(9)),
      fragment1(1, 0, parts[0]!),
      fragment1(5, 1, 'dd'),
      fragment1(3, 1, 'dd'),
      ...cut([1, 2]),
      fragment2(1, 2, 'aa'),
      fragment2(1, 3, 'bb'),
      fragment2(2, 2, 'bb'),
      fragment2(2, 3, 'bb'),
      fragment2(3, 3, 'bb'),
    ].map((frame, i) => ({ ...frame, number: i + 1, seconds: i === 12 ? 100 : i }))
    const capture = await captureOf('fragments.pcap', frames)
    expect(asked(capture)).toEqual(walked(frames))
    expect(asked(capture).filter(({ buffers }) => buffers.length > 0)).toHaveLength(2)
  })

  it('are told the same whatever they are', { timeout: 20_000 }, async () => {
    let whole = 0
    const piece = fc.record({
      number: fc.integer({ min: 0, max: 4 }),
      total: fc.integer({ min: 0, max: 4 }),
      data: fc.constantFrom('aa', 'aa', 'bb'),
      version: fc.constantFrom(1, 1, 2),
      gap: fc.constantFrom(0, 0, 0, 0, 40, 61),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 6, maxLength: 16 }), async pieces => {
        let seconds = 0
        const frames = pieces.map(({ number, total, data, version, gap }, i) => {
          seconds += gap
          const isLast = number === total ? 1 : 0
          const frame = version === 1 ? fragment1(number, isLast, data) : fragment2(number, total, data)
          return { ...frame, number: i + 1, seconds }
        })
        const told = walked(frames)
        whole += told.filter(({ buffers }) => buffers.length > 0).length
        expect(asked(await captureOf('any.pcap', frames))).toEqual(told)
      }),
      { numRuns: 60, seed: 132 },
    )
    expect(whole).toBeGreaterThan(20)
  })

  it('take bounded memory', async () => {
    const before = await heldBytes()
    const { messageFragments } = new Session()
    const bytes = new Uint8Array(1200)
    // 40,000 messages of which nothing but the first fragment comes: 48 MB, of which 16 are kept.
    for (let i = 0; i < 40_000; i++)
      messageFragments.add({ ...emptyFrame(), number: i + 1 }, `message ${i}`, 1, 0, bytes)
    const held = (await heldBytes()) - before
    expect(held).toBeGreaterThan(8_000_000)
    expect(held).toBeLessThan(18_000_000)
    expect(
      messageFragments.add({ ...emptyFrame(), number: 0 }, 'message 0', 2, 2, bytes).whole,
    ).toBeUndefined()
  })
})
