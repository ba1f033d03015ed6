import { describe, expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { Session } from '../../src/dissect/session.ts'
import { Follower } from '../../src/follow/follow.ts'
import type { Negotiation } from '../../src/follow/story.ts'
import type { Frame } from '../../src/frame.ts'
import { captureFile, captureNames, framesOf } from '../captures.ts'
import { ipv4 } from '../craft.ts'
import { esp, ike, notify, numbered, offer, type Payload, sent, storyOf } from './following.ts'

/** Numbers without end, always the same ones. */
function* noise(seed: number): Generator<number> {
  for (let x = seed; ; ) {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    yield x >>> 0
  }
}

/** Takes the frame `count` times, each time changed in place. */
function flood(frame: Frame, count: number, change: (bytes: DataView, i: number) => void) {
  const follower = new Follower()
  const dissector = newDissector(new Session())
  const view = new DataView(frame.bytes.buffer)
  for (let i = 0; i < count; i++) {
    change(view, i)
    follower.see(dissector.dissect({ ...frame, number: i + 1, seconds: i }, 'fields'))
  }
  return { story: follower.story(), follower }
}

const udpHeaders = 28

describe('floods', () => {
  it('of initiators keep as many negotiations as fit', { timeout: 30_000 }, () => {
    const { story } = flood(sent(ike(34, 8, [offer(14)])), 6000, (bytes, i) => bytes.setUint32(udpHeaders, i))
    expect(story.negotiations).toHaveLength(4096)
    expect(story.limits).toEqual([
      'Only the first 4096 negotiations are kept: 1904 messages belong to later ones',
    ])
    expect(story.packets).toBe(6000)
  })

  it('of messages in one negotiation keep the first and the last ones', () => {
    const { story } = flood(sent(ike(37, 8, [notify(14)], { responder: '2'.repeat(16) })), 600, (bytes, i) =>
      bytes.setUint32(udpHeaders + 20, i),
    )
    expect(story.negotiations).toHaveLength(1)
    const [{ messages, isCut }] = story.negotiations as [Negotiation]
    expect(isCut).toBe(true)
    expect(messages.map(({ packet }) => packet)).toEqual(
      Array.from({ length: 512 }, (_, i) => (i < 256 ? i + 1 : i + 1 + 88)),
    )
    expect(story.limits[0]).toContain('88 IKE messages are left out: of a negotiation 512 are kept')
  })

  it('of long messages in one negotiation go on for ever', { timeout: 60_000 }, () => {
    const many: Payload[] = Array.from({ length: 800 }, () => notify(16388))
    const { story } = flood(sent(ike(37, 8, many, { responder: '2'.repeat(16) })), 700, (bytes, i) =>
      bytes.setUint32(udpHeaders + 20, i),
    )
    // A million would be over with number 625, if what is forgotten still counted.
    expect(story.negotiations[0]!.messages.at(-1)!.packet).toBe(700)
  })

  it('of messages with many parts keep a million of them', { timeout: 60_000 }, () => {
    const many: Payload[] = Array.from({ length: 3000 }, () => notify(16388))
    const { story } = flood(sent(ike(34, 8, many)), 300, (bytes, i) => bytes.setUint32(udpHeaders, i))
    // 4096 or one more of each, and the message itself.
    expect(story.negotiations).toHaveLength(Math.ceil(1_000_000 / 4097))
    expect(story.limits[0]).toContain('IKE messages are left out')
  })

  it('of repeats keep as many as fit', () => {
    const { story } = flood(sent(ike(34, 8, [offer(14)])), 5000, () => {})
    expect(story.negotiations[0]!.messages[0]!.repeats).toHaveLength(4096)
    expect(story.limits[0]).toContain('903 IKE messages are left out')
  })

  it('of ICMP errors keep as many of a negotiation as fit', () => {
    const init = sent(ike(34, 8, [offer(14)]))
    const error = ipv4(1, `0303000000000000${Buffer.from(init.bytes).toString('hex')}`)
    const { negotiations, limits } = storyOf(numbered([init, ...Array.from({ length: 600 }, () => error)]))
    expect(negotiations[0]!.refusals).toHaveLength(512)
    expect(limits[0]).toContain('88 IKE messages are left out')
  })

  it('of addresses keep as many pairs as fit', { timeout: 60_000 }, () => {
    const message = sent(ike(37, 8, [notify(14)], { responder: '2'.repeat(16) }))
    const { story } = flood(message, 65_540, (bytes, i) => {
      bytes.setUint32(12, 0x0a000000 + i)
      bytes.setUint32(udpHeaders + 20, i)
    })
    expect(story.limits[1]).toContain('Only the first 65536 pairs of addresses are remembered: 4 messages')
  })

  it('of SPIs keep as many associations as fit', { timeout: 60_000 }, () => {
    const { story, follower } = flood(ipv4(50, esp(0x100, 1)), 66_000, (bytes, i) =>
      bytes.setUint32(20, 256 + i),
    )
    expect(story.associations).toHaveLength(65_536)
    expect(story.limits).toEqual([
      'Only the first 65536 associations are kept: 464 packets belong to later ones',
    ])
    // Nothing has changed: nothing is made anew.
    expect(follower.story()).toBe(story)
  })
})

describe('messages that are hostile', () => {
  it('may hold 255 proposals', () => {
    const proposal = (i: number, last: boolean) =>
      `${last ? '00' : '02'}0000 14 ${i.toString(16).padStart(2, '0')}010001 0300000c0100000c800e0080`.replace(
        / /g,
        '',
      )
    const body = Array.from({ length: 255 }, (_, i) => proposal(i + 1, i === 254)).join('')
    const { negotiations } = storyOf([sent(ike(34, 8, [[33, body]]))])
    const { proposals, isCut } = negotiations[0]!.messages[0]!
    expect(proposals.map(({ number }) => number)).toEqual(Array.from({ length: 255 }, (_, i) => i + 1))
    expect(new Set(proposals.map(({ transforms }) => transforms[0]!.name))).toEqual(new Set(['AES-CBC-128']))
    expect(isCut).toBe(false)
  })

  it('may hold more notifies than are kept', () => {
    const many: Payload[] = Array.from({ length: 5000 }, () => notify(16388))
    const { negotiations } = storyOf([sent(ike(34, 8, many))])
    expect(negotiations[0]!.messages[0]!.notifies.length).toBeLessThan(4096)
    expect(negotiations[0]!.messages[0]!.isCut).toBe(true)
  })

  it('are quoted in part, however long they are', () => {
    const name = Buffer.from('a'.repeat(200)).toString('hex')
    const [{ messages }] = storyOf(numbered([sent(ike(34, 8, [notify(16407, `03c8${name}`)]))]))
      .negotiations as [Negotiation]
    expect(messages[0]!.notifies[0]!.text).toBe(`${'a'.repeat(119)}…`)
  })

  it('put no control characters into texts', () => {
    const gateway = Buffer.from('gw\u001b[31m\u202e.example').toString('hex')
    const length = (gateway.length / 2).toString(16).padStart(2, '0')
    const { negotiations } = storyOf([sent(ike(34, 32, [notify(16407, `03${length}${gateway}`)]))])
    const { text } = negotiations[0]!.messages[0]!.notifies[0]!
    expect(text).toMatch(/^gw.*\.example$/)
    expect(text).not.toMatch(/[\u0000-\u001f\u202e]/)
  })
})

describe('whatever comes', () => {
  it.each(captureNames.filter(name => /^(ike|openiked|ah-esp|esp-in)/.test(name)))(
    'cut anywhere: %s',
    { timeout: 60_000 },
    async name => {
      const frames = await framesOf(captureFile(name), 12)
      const dissector = newDissector()
      const follower = new Follower()
      for (const frame of frames)
        for (let cut = 0; cut < frame.capturedLength; cut += cut < 200 ? 1 : 7)
          follower.see(dissector.dissect({ ...frame, capturedLength: cut }, 'fields'))
      expect(follower.story().packets).toBeGreaterThan(100)
    },
  )

  it('noise behind an IKE header, and in it', { timeout: 60_000 }, () => {
    const random = noise(7296)
    const next = () => random.next().value as number
    const dissector = newDissector(new Session())
    const follower = new Follower()
    const whole = sent(ike(34, 8, [offer(14), notify(16388, 'ab'.repeat(20)), [43, 'ab'.repeat(16)]]))
    for (let i = 0; i < 5000; i++) {
      const bytes = whole.bytes.slice()
      for (let k = 0; k < 1 + (i % 9); k++)
        bytes[udpHeaders + (next() % (bytes.length - udpHeaders))] = next() & 0xff
      follower.see(dissector.dissect({ ...whole, number: i + 1, bytes }, 'fields'))
      if (i % 500 === 0) follower.story()
    }
    const story = follower.story()
    expect(story.negotiations.length).toBeGreaterThan(100)
    for (const { outcome } of story.negotiations) expect(outcome).not.toBe('')
  })

  it('a story in the middle is not changed by what follows', () => {
    const one = sent(ike(34, 8, [offer(14)]))
    const frames = numbered([one, sent(ike(34, 8, [offer(15)])), one])
    const follower = new Follower()
    const dissector = newDissector(new Session())
    follower.see(dissector.dissect(frames[0]!, 'fields'))
    const before = follower.story()
    for (const frame of frames.slice(1)) follower.see(dissector.dissect(frame, 'fields'))
    expect(before.negotiations[0]!.messages[0]!.repeats).toHaveLength(0)
    expect(follower.story().negotiations[0]!.messages[0]!.repeats).toHaveLength(1)
    expect(before.negotiations[0]!.messages).toHaveLength(1)
    expect(follower.story().negotiations[0]!.messages).toHaveLength(2)
    expect(before.packets).toBe(1)
  })
})
