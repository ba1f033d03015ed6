import { describe, expect, it } from 'vitest'
import type { Frame } from '../../src/frame.ts'
import { ipv4, ipv6, udp4 } from '../craft.ts'
import {
  answered,
  back,
  esp,
  ike,
  keyExchange,
  nonce,
  notify,
  numbered,
  offer,
  sealed,
  sent,
  storyOf,
} from './following.ts'

const request = 8
const response = 32
const ikeSaInit = 34
const ikeAuth = 35
const informational = 37
const mainMode = 2

const responder = '2222222222222222'
const init = sent(ike(ikeSaInit, request, [offer(14), keyExchange(14), nonce]))
const choice = answered(ike(ikeSaInit, response, [offer(14), keyExchange(14), nonce], { responder }))
const auth = sent(ike(ikeAuth, request, [sealed()], { responder, id: 1 }))
const proof = answered(ike(ikeAuth, response, [sealed()], { responder, id: 1 }))
const late = sent(ike(informational, request, [sealed()], { responder, id: 2 }))
const espThere = ipv4(50, esp(0xc0000001, 1))
const espBack = back(ipv4(50, esp(0xc0000002, 1)))

const follow = (...frames: Frame[]) => storyOf(numbered(frames)).negotiations
const only = (...frames: Frame[]) => {
  const negotiations = follow(...frames)
  expect(negotiations).toHaveLength(1)
  return negotiations[0]!
}

describe('a cookie', () => {
  const cookie = notify(16390, 'c0'.repeat(20))
  const asks = answered(ike(ikeSaInit, response, [cookie]))
  const again = sent(ike(ikeSaInit, request, [cookie, offer(14), keyExchange(14), nonce]))

  it('is asked for, and brought', () => {
    expect(only(init, asks)).toMatchObject({
      progress: 'cookie-asked',
      outcome: 'The responder asked for a cookie; the initiator did not try again with this SPI',
    })
    expect(only(init, asks, again)).toMatchObject({
      progress: 'cookie-asked',
      outcome: 'The responder asked for a cookie; IKE_SA_INIT was sent again once and not answered',
    })
    const { progress, messages, responderSpi } = only(init, asks, again, choice)
    expect([progress, messages.length, responderSpi]).toEqual(['negotiating', 4, responder])
  })

  it('may come under an SPI that the responder does not keep', () => {
    const asksNamed = answered(ike(ikeSaInit, response, [cookie], { responder: '3333333333333333' }))
    expect(only(init, asksNamed, again, choice).responderSpi).toBe(responder)
  })
})

describe('steps of a negotiation', () => {
  it.each([
    ['unanswered', [init]],
    ['negotiating', [init, choice]],
    ['authenticating', [init, choice, auth]],
    ['authenticating', [init, choice, auth, proof]],
    ['looks-established', [init, choice, auth, proof, espThere]],
    ['joined-in-the-middle', [auth, proof]],
    ['another-group-asked', [init, answered(ike(ikeSaInit, response, [notify(17, '001f')]))]],
    ['refused', [init, answered(ike(ikeSaInit, response, [notify(14)]))]],
    ['refused', [init, choice, auth, answered(ike(ikeAuth, response, [notify(24)], { responder, id: 1 }))]],
    ['deleted', [init, choice, sent(ike(informational, request, [[42, '01000000']], { responder, id: 2 }))]],
  ] as const)('%s', (progress, frames) => {
    expect(only(...frames).progress).toBe(progress)
  })

  it('says which ways ESP runs', () => {
    expect(only(init, choice, auth, proof, espThere).outcome).toBe(
      'IKE_AUTH was answered and ESP runs from 192.0.2.1 only: it looks established',
    )
    expect(only(init, choice, auth, proof, espThere, espBack).outcome).toBe(
      'IKE_AUTH was answered and ESP runs both ways: it looks established',
    )
  })

  it('names the group that is asked for', () => {
    const asked = only(init, answered(ike(ikeSaInit, response, [notify(17, '001f')])))
    expect(asked.messages[1]!.notifies[0]!.text).toBe('CURVE25519 (group 31)')
    expect(asked.outcome).toContain('asked for CURVE25519 (group 31)')
  })

  it('tells a capture of one side from a peer that does not answer', () => {
    const outcome = 'Only what 192.0.2.1 sent was captured; it went on as if it were answered'
    expect(only(init, auth)).toMatchObject({ progress: 'negotiating', outcome })
    expect(only(init, init).progress).toBe('unanswered')
    expect(only(choice, proof).outcome).toBe(outcome.replace('.1', '.2'))
  })

  it('does not say of an answer that breaks off what is not in it', () => {
    const payloads = [keyExchange(14), nonce, offer(14)]
    const cut = back(udp4(500, 500, ike(ikeSaInit, response, payloads, { responder }), 50))
    expect(only(init, cut).outcome).toBe('IKE_SA_INIT was answered; no IKE_AUTH was seen')
  })

  it('sees that a peer is dead, though it was answered itself', () => {
    const probe = sent(ike(informational, request, [sealed(40)], { responder, id: 2 }))
    const asked = answered(ike(informational, 0, [sealed(40)], { responder, id: 5 }))
    const told = sent(ike(informational, request | response, [sealed(40)], { responder, id: 5 }))
    expect(only(init, choice, auth, proof, espThere, asked, told, probe, probe)).toMatchObject({
      progress: 'dead-peer',
      outcome: 'INFORMATIONAL 2 from 192.0.2.1 was sent twice over 0.1 s and not answered',
    })
  })

  it('does not take a refusal that anyone may have forged for the end', () => {
    const forged = answered(ike(ikeSaInit, response, [notify(14)]))
    expect(only(init, forged, choice, auth, proof, espThere).progress).toBe('looks-established')
  })
})

describe('which negotiation a message belongs to', () => {
  it('another answer to the same initiator SPI is another one', () => {
    const other = { responder: '4444444444444444' }
    const second = sent(ike(ikeSaInit, request, [offer(19), keyExchange(19), nonce]))
    const answer = answered(ike(ikeSaInit, response, [offer(19), keyExchange(19), nonce], other))
    const all = follow(init, choice, second, answer, auth)
    expect(all.map(({ number, responderSpi, messages }) => [number, responderSpi, messages.length])).toEqual([
      [1, responder, 3],
      [2, '4444444444444444', 2],
    ])
  })

  it('what has another SPI of the responder does too, and its refusal without one does not', () => {
    const stranger = sent(ike(ikeAuth, request, [sealed()], { responder: '5555555555555555', id: 1 }))
    expect(follow(init, choice, stranger).map(({ messages }) => messages.length)).toEqual([2, 1])
    expect(only(init, choice, answered(ike(ikeSaInit, response, [notify(14)]))).messages).toHaveLength(3)
  })

  it('a late repeat of the first message stays where it was', () => {
    expect(only(init, choice, auth, init).messages[0]!.repeats).toEqual([{ packet: 4, time: 0.3 }])
  })

  it('the beginning may stand behind the rest', () => {
    const { messages, progress, accepted } = only(auth, proof, init, choice)
    expect([messages.length, progress, accepted?.transforms.length]).toEqual([4, 'authenticating', 4])
  })

  it('an IKEv1 answer that is seen first comes from the responder', () => {
    // One proposal with one transform: AES-CBC with 128 bits.
    const sa = `0000000100000001 0000001401010001 0000000c01010000 80010007`.replace(/ /g, '')
    const message = ike(mainMode, 0, [[1, sa]], { responder, version: 1 })
    expect(only(answered(message))).toMatchObject({
      progress: 'joined-in-the-middle',
      initiator: { address: '192.0.2.1' },
      responder: { address: '192.0.2.2' },
    })
  })

  it('an IKEv1 offer that calls itself the second fragment is the first message all the same', () => {
    const sa = `0000000100000001 0000001401010001 0000000c01010000 80010007`.replace(/ /g, '')
    const offers = sent(
      ike(
        mainMode,
        0,
        [
          [1, sa],
          [132, '00010200abcd'],
        ],
        { version: 1 },
      ),
    )
    const taken = answered(ike(mainMode, 0, [[13, 'ab'.repeat(16)]], { responder, version: 1 }))
    expect(only(offers, taken).outcome).toBe('Main mode stopped at message 2 of 6, which was sent once')
    const refusal = answered(
      ike(5, 0, [[11, '00000001010000 0e'.replace(' ', '')]], { responder, version: 1 }),
    )
    expect(only(offers, refusal)).toMatchObject({ progress: 'refused' })
  })

  it('IKEv1 fragments give way to the message that they make', () => {
    const fifth = ike(mainMode, 1, [], { responder, version: 1 }) + 'ab'.repeat(40)
    const message = `${fifth.slice(0, 54)}44${fifth.slice(56)}`
    const cut = (number: number, isLast: boolean) => {
      const data = number === 1 ? message.slice(0, 60) : message.slice(60)
      const body = `00010${number}0${isLast ? 1 : 0}${data}`
      return sent(ike(mainMode, 0, [[132, body]], { responder, version: 1 }))
    }
    const [first, last] = [cut(1, false), cut(2, true)]
    const told = only(first, first, last, last, first, last, first)
    expect(told.messages).toMatchObject([
      { packet: 3, length: 68, isEncrypted: true, fragment: undefined, fragments: [1, 3] },
    ])
    // Packets 4 and 5 bring it again, and so do 6 and 7.
    expect(told.messages[0]!.repeats.map(({ packet }) => packet)).toEqual([5, 7])
    const missing = only(last)
    expect(missing.messages).toMatchObject([{ packet: 1, fragment: { number: 2, total: 2 }, fragments: [] }])
  })

  it('an answer of the other version of IKE refuses it', () => {
    const refusal = answered(ike(5, 0, [[11, '00000001010000 05'.replace(' ', '')]], { version: 1 }))
    expect(only(init, refusal)).toMatchObject({
      progress: 'refused',
      outcome: '192.0.2.2 refused IKE_SA_INIT: INVALID-MAJOR-VERSION',
    })
  })
})

describe('the same bytes again', () => {
  it('at once are the same frame seen twice, later a repeat', () => {
    const times = (gap: number) =>
      storyOf(numbered([init, init, init], gap)).negotiations[0]!.messages[0]!.repeats.length
    expect(times(0.0005)).toBe(0)
    expect(times(0.5)).toBe(2)
  })

  it('from the other side are another message', () => {
    expect(only(auth, back(auth)).messages.map(m => [m.packet, m.from.address])).toEqual([
      [1, '192.0.2.1'],
      [2, '192.0.2.2'],
    ])
  })

  it('are the same frame each time that they come at once', () => {
    const times = [0, 6000, 12_000, 500_000]
    const frames = numbered(times.map(() => init)).map((frame, i) => ({ ...frame, fraction: times[i]! }))
    expect(storyOf(frames).negotiations[0]!.messages[0]!.repeats.map(({ packet }) => packet)).toEqual([4])
  })

  it('without times are repeats', () => {
    const frames = numbered([init, init]).map(frame => ({ ...frame, seconds: Number.NaN }))
    expect(storyOf(frames).negotiations[0]!.messages[0]!.repeats).toEqual([{ packet: 2, time: Number.NaN }])
  })
})

describe('NAT detection', () => {
  // SHA-1 over both SPIs, 192.0.2.1 and port 500, by Python's hashlib.
  const own = 'f6e3c7e4ba2c49f4496f95b26b1dbaeb66d6d0f7'
  const hashes = (...all: string[]) =>
    only(sent(ike(ikeSaInit, request, [offer(14), ...all.map(hash => notify(16388, hash))]))).messages[0]!.nat

  it('needs one hash of several to fit, whichever it is', () => {
    const other = '00'.repeat(20)
    expect(hashes(other)).toEqual([{ about: 'source', matches: false }])
    expect(hashes(other, own)).toEqual([{ about: 'source', matches: true }])
    expect(hashes(own, other)).toEqual([{ about: 'source', matches: true }])
    expect(hashes()).toEqual([])
  })
})

describe('steps of IKEv1', () => {
  const header = { responder, version: 1 }
  // One proposal with one transform: AES-CBC.
  const sa = [1, '00000001000000010000001401010001' + '0000000c0101000080010007'] as const
  const secret = (exchange: number, id: number, fill: string) =>
    ike(exchange, 1, [[8, fill.repeat(20)]], { ...header, id })
  const phase1 = [
    sent(ike(mainMode, 0, [sa], { version: 1 })),
    answered(ike(mainMode, 0, [sa], header)),
    sent(ike(mainMode, 0, [[4, 'a1'.repeat(32)]], header)),
    answered(ike(mainMode, 0, [[4, 'a2'.repeat(32)]], header)),
    sent(secret(mainMode, 0, 'a3')),
    answered(secret(mainMode, 0, 'a4')),
  ]
  const quick = [sent(secret(32, 7, 'b1')), answered(secret(32, 7, 'b2')), sent(secret(32, 7, 'b3'))]

  it('are told from the first to the last', () => {
    const told = (...frames: Frame[]) => {
      const { progress, outcome } = only(...frames)
      return [progress, outcome]
    }
    const stops = (at: number) => `Main mode stopped at message ${at} of 6, which was sent once`
    expect(told(...phase1.slice(0, 4))).toEqual(['negotiating', stops(4)])
    expect(told(...phase1.slice(0, 5))).toEqual(['authenticating', stops(5)])
    const completed = (what: string) => `Main mode was completed; ${what}`
    expect(told(...phase1)).toEqual(['negotiating', completed('no quick mode was seen')])
    expect(told(...phase1, ...quick.slice(0, 2))).toEqual([
      'negotiating',
      completed('quick mode stopped at message 2 of 3'),
    ])
    expect(told(...phase1, ...quick)).toEqual([
      'looks-established',
      'Main mode and quick mode were completed and no ESP or AH was seen: it looks established',
    ])
  })

  it('of aggressive mode show the proof in the second message', () => {
    const aggressive = [
      sent(ike(4, 0, [sa], { version: 1 })),
      answered(ike(4, 0, [sa, [8, 'a2'.repeat(20)]], header)),
    ]
    expect(only(...aggressive)).toMatchObject({
      progress: 'authenticating',
      outcome: 'Aggressive mode stopped at message 2 of 3, which was sent once',
    })
  })
})

describe('what carries a message', () => {
  const message = ike(ikeSaInit, request, [offer(14), keyExchange(14), nonce])
  const length = (2 + 4 + message.length / 2).toString(16).padStart(4, '0')
  // Ports 49152 and 4500, a header of 20 bytes, ACK and PSH.
  const tcp = (payload: string, sequence = 1) =>
    ipv4(6, `c0001194${sequence.toString(16).padStart(8, '0')}000000015018ffff00000000${payload}`)

  it.each([
    ['udp', udp4(500, 500, message), 500],
    ['udp-encapsulated', udp4(49152, 4500, `00000000${message}`), 4500],
    ['tcp', tcp(`494b45544350${length}00000000${message}`), 4500],
  ])('%s', (transport, frame, port) => {
    const { messages, responder: to } = only(frame)
    expect(messages[0]).toMatchObject({ transport, isCut: false, to: { port } })
    expect(to.port).toBe(port)
  })

  it('all messages of a TCP segment belong to it, whatever lies in front of them', () => {
    const framed = (body: string) => ((body.length + 4) / 2).toString(16).padStart(4, '0') + body
    const message = (frame: Frame) => `00000000${Buffer.from(frame.bytes.subarray(28)).toString('hex')}`
    // ESP that encrypts nothing, around a packet that runs the other way.
    const inner = Buffer.from(back(udp4(1000, 2000, 'aabb')).bytes).toString('hex')
    const open = `c000000100000001${inner}0004${'ee'.repeat(12)}`
    const first = framed(message(init)) + framed(message(auth))
    const second = framed(open) + framed(message(late))
    const { negotiations, associations } = storyOf(numbered([tcp(first), tcp(second, 1 + first.length / 2)]))
    const [from, to] = [
      { address: '192.0.2.1', port: 49152 },
      { address: '192.0.2.2', port: 4500 },
    ]
    expect(negotiations).toHaveLength(1)
    expect(negotiations[0]!.messages).toMatchObject([
      { packet: 1, exchange: ikeSaInit, from, to },
      { packet: 1, exchange: ikeAuth, from, to },
      { packet: 2, exchange: informational, from, to, repeats: [] },
    ])
    expect(associations).toMatchObject([{ source: '192.0.2.1', destination: '192.0.2.2', packets: 1 }])
  })

  it('ESP in TCP too', () => {
    const { associations } = storyOf([tcp(`494b45544350002a${esp(0xc1, 7)}`)])
    expect(associations).toMatchObject([
      { encapsulation: 'tcp', bytes: 40, lowestSequence: 7, sourcePort: 49152 },
    ])
  })
})

describe('ICMP', () => {
  it('of IPv6 refuses as that of IPv4 does', () => {
    const message = ike(ikeSaInit, request, [offer(14)])
    const size = (8 + message.length / 2).toString(16).padStart(4, '0')
    const init6 = ipv6(17, `01f401f4${size}0000${message}`)
    const error = ipv6(58, `0104000000000000${Buffer.from(init6.bytes).toString('hex')}`)
    expect(only(init6, error).refusals).toEqual([
      { packet: 2, time: 0.1, from: '2001:db8::1', reason: 'port unreachable', about: 1 },
    ])
  })

  const refused = (frame: Frame) => ipv4(1, `0303000000000000${Buffer.from(frame.bytes).toString('hex')}`)

  it('is about the last packet that brought what it quotes', () => {
    const { refusals } = only(init, choice, auth, refused(auth), init, auth, refused(auth), refused(init))
    expect(refusals.map(({ packet, about }) => [packet, about])).toEqual([
      [4, 3],
      [7, 6],
      [8, 5],
    ])
  })

  it('may quote no more than the UDP header: then the addresses tell what it is about', () => {
    const quote = Buffer.from(init.bytes.subarray(0, 28)).toString('hex')
    const error = ipv4(1, `0303000000000000${quote}`)
    const { refusals } = only(init, error)
    expect(refusals).toEqual([
      { packet: 2, time: 0.1, from: '192.0.2.1', reason: 'port unreachable', about: 1 },
    ])
    const moved = udp4(4500, 4500, `00000000${ike(ikeAuth, request, [sealed()], { responder, id: 1 })}`)
    expect(only(init, choice, moved, error).refusals[0]!.about).toBe(1)
  })
})
