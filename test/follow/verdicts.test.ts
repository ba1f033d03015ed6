import { describe, expect, it } from 'vitest'
import type { Message, NatFinding, Negotiation, Verdict } from '../../src/follow/story.ts'
import { verdictOf } from '../../src/follow/verdicts/case.ts'
import { judge } from '../../src/follow/verdicts.ts'
import {
  aes128,
  alice,
  association,
  authPair,
  bob,
  bothWays,
  des3,
  error,
  facts,
  initPair,
  message,
  modp1024,
  negotiation,
  prf256,
  proposal,
  repeated,
  sha256,
  status,
  transform,
  usual,
  x25519,
} from './verdicts-builder.ts'

const of = (
  messages: readonly Message[],
  more: Partial<Negotiation> = {},
  associations: Parameters<typeof facts>[1] = [],
): Verdict[] => judge(facts([negotiation(messages, more)], associations))

const ids = (verdicts: readonly Verdict[]) => verdicts.map(v => `${v.severity} ${v.id}`)
const named = (verdicts: readonly Verdict[], id: string): Verdict => {
  const found = verdicts.find(v => v.id === id)
  expect(found, `${id} among ${ids(verdicts).join(', ')}`).toBeDefined()
  return found!
}

describe('a verdict', () => {
  it('has a dozen packets at most, ascending, each once', () => {
    const finding = { id: 'x', severity: 'info', title: '', cause: '', advice: '' } as const
    const packets = [9, 3, 3, ...Array.from({ length: 50 }, (_, i) => 100 - i)]
    expect(verdictOf({ ...finding, packets }, 1).packets).toEqual([
      3, 9, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60,
    ])
  })

  it('comes in the order of how bad it is, and names its negotiation', () => {
    const weak = proposal(1, aes128, sha256, prf256, modp1024)
    const messages = [
      message(1, 34, { proposals: [weak] }),
      message(2, 34, { proposals: [weak], fromInitiator: false }),
      message(3, 35, { messageId: 1, isEncrypted: true, repeats: repeated(4, 5) }),
    ]
    const verdicts = of(messages, { number: 7 })
    expect(ids(verdicts)).toEqual(['error auth-unanswered', 'warning weak-algorithms'])
    expect(verdicts.map(v => v.negotiation)).toEqual([7, 7])
  })

  it('is not made of what began before the capture', () => {
    const joined = { progress: 'joined-in-the-middle' } as const
    const fifth = message(1, 2, { isEncrypted: true, repeats: repeated(2, 3) })
    expect(of([fifth], joined)).toEqual([])
    expect(of(authPair(1, 80), joined)).toEqual([])
    // But for a peer that falls silent.
    const probe = message(1, 37, { isEncrypted: true, messageId: 4, repeats: repeated(2, 3, 4) })
    expect(ids(of([probe], joined))).toEqual(['error dead-peer'])
    expect(judge(facts([]))).toEqual([])
  })
})

describe('nobody answers', () => {
  const sent = (count: number) =>
    message(1, 34, {
      proposals: [usual],
      repeats: repeated(...Array.from({ length: count - 1 }, (_, i) => 11 + 10 * i)),
    })

  it('names both ends, how often and how long', () => {
    const verdict = named(of([sent(4)], { progress: 'unanswered' }), 'unanswered')
    expect(verdict.severity).toBe('error')
    expect(verdict.title).toBe(
      '192.0.2.1 sent IKE_SA_INIT to 198.51.100.2 4 times in 3.0 s and nobody answered.',
    )
    expect(verdict.advice).toContain('`tcpdump -ni any udp port 500 and host 192.0.2.1` on 198.51.100.2')
    expect(verdict.packets).toEqual([1, 11, 21, 31])
  })

  it('does not cry about a message that was sent once: the capture may end there', () => {
    expect(ids(of([sent(1)], { progress: 'unanswered' }))).toEqual(['info unanswered'])
  })

  it('covers main and aggressive mode', () => {
    for (const exchange of [2, 4])
      expect(ids(of([message(1, exchange, { proposals: [usual], repeats: repeated(2, 3) })]))).toEqual([
        'error unanswered',
      ])
  })

  it('tells what ICMP says apart', () => {
    const advice = ['port unreachable', 'host unreachable', 'communication administratively prohibited'].map(
      reason => {
        const verdicts = of([sent(2)], {
          refusals: [{ packet: 2, time: 1000.2, from: '203.0.113.9', reason, about: 1 }],
        })
        expect(ids(verdicts)).toEqual(['error refused-by-icmp'])
        expect(verdicts[0]!.title).toContain(`${reason}, said by 203.0.113.9`)
        expect(verdicts[0]!.packets).toEqual([1, 2, 11])
        return verdicts[0]!.advice
      },
    )
    expect(advice[0]).toContain('ss -lunp')
    expect(advice[1]).toContain('ip route get 198.51.100.2')
    expect(advice[2]).toContain('Let UDP 500 and 4500')
  })

  it('sees that the peer speaks the other version', () => {
    const old = negotiation([message(5, 2, { proposals: [usual], repeats: repeated(6, 7) })])
    const own = negotiation([message(1, 34, { from: bob, to: alice, repeats: [] })], {
      number: 2,
      initiator: bob,
      responder: alice,
    })
    const verdict = named(judge(facts([old, own])), 'version-mismatch')
    expect(verdict.cause).toBe(
      '198.51.100.2 speaks IKEv2 in packet 1, and this is IKEv1: it may take no other.',
    )
    expect(verdict.packets).toEqual([1, 5, 6, 7])
  })

  it('names the first packet in which it does', () => {
    const old = negotiation([message(9, 2, { proposals: [usual], repeats: repeated(10) })])
    const own = [1, 5].map(packet => message(packet, 34, { from: bob, to: alice }))
    const other = negotiation(own, { number: 2, initiator: bob, responder: alice })
    expect(named(judge(facts([old, other])), 'version-mismatch').cause).toContain('IKEv2 in packet 1,')
  })

  it('knows a capture of one direction by what the initiator goes on with', () => {
    const verdicts = of([initPair()[0]!, authPair(3, 256)[0]!], { progress: 'authenticating' })
    expect(ids(verdicts)).toEqual(['warning one-direction-captured'])
    const half = of([initPair()[0]!, authPair(3, 256)[0]!], {}, [association()])
    expect(ids(half)).toEqual(['warning one-direction-captured'])
  })
})

describe('refusals in clear', () => {
  it('NO_PROPOSAL_CHOSEN says what was offered, and what to write where', () => {
    const verdict = named(
      of([
        initPair()[0]!,
        message(2, 34, { fromInitiator: false, notifies: [error(14, 'NO_PROPOSAL_CHOSEN')] }),
      ]),
      'no-proposal-chosen',
    )
    expect(verdict.cause).toContain('AES-CBC-128, HMAC-SHA2-256-128, HMAC-SHA2-256, MODP-2048 (group 14)')
    expect(verdict.advice).toContain('`proposals = aes128-sha256-modp2048` in swanctl.conf')
    expect(verdict.advice).toContain(
      '`ikesa auth hmac-sha2-256 enc aes-128 prf hmac-sha2-256 group modp2048` in iked.conf',
    )
    expect(verdict.packets).toEqual([1, 2])
  })

  it('NO_PROPOSAL_CHOSEN says what to add, where another negotiation shows what the responder takes', () => {
    const other = negotiation(
      [message(1, 34, { from: bob, to: alice, proposals: [proposal(1, aes128, sha256, prf256, x25519)] })],
      { initiator: bob, responder: alice },
    )
    const refusal = negotiation(
      [
        message(2, 34, { proposals: [usual] }),
        message(3, 34, { fromInitiator: false, notifies: [error(14, 'NO_PROPOSAL_CHOSEN')] }),
      ],
      { number: 2, responderSpi: '0000000000000000' },
    )
    const verdict = named(judge(facts([other, refusal])), 'no-proposal-chosen')
    expect(verdict.cause).toContain(
      '198.51.100.2 offered AES-CBC-128, HMAC-SHA2-256-128, HMAC-SHA2-256, CURVE25519 (group 31) in packet 1.',
    )
    expect(verdict.advice).toMatch(
      /^Add CURVE25519 \(group 31\) to what 192\.0\.2\.1 offers, or MODP-2048 \(group 14\) to what 198\.51\.100\.2 takes\. What/,
    )
  })

  it('NO_PROPOSAL_CHOSEN does not recite many proposals', () => {
    const offers = [1, 2, 3].map(number => ({ ...usual, number }))
    const verdict = named(
      of(
        [
          message(1, 34, { proposals: offers }),
          message(2, 34, { fromInitiator: false, notifies: [error(14, 'NO_PROPOSAL_CHOSEN')] }),
        ],
        { responderSpi: '0000000000000000' },
      ),
      'no-proposal-chosen',
    )
    expect(verdict.cause).toMatch(/^3 proposals were offered\. The capture does not show what/)
    expect(verdict.advice).toMatch(/^What 192\.0\.2\.1 wants most is `proposals = aes128/)
  })

  it('NO_PROPOSAL_CHOSEN of IKEv1 has IKEv1’s words, and none of iked', () => {
    const offer = proposal(
      1,
      transform('encryption', 7, 'AES-CBC-256', 256),
      transform('hash', 2, 'SHA1'),
      transform('authentication', 1, 'pre-shared key'),
      transform('key exchange', 14, 'MODP-2048 (group 14)'),
    )
    const verdict = named(
      of([
        message(1, 2, { proposals: [offer] }),
        message(2, 5, { fromInitiator: false, notifies: [error(14, 'NO-PROPOSAL-CHOSEN')] }),
      ]),
      'no-proposal-chosen',
    )
    expect(verdict.advice).toContain('`proposals = aes256-sha1-modp2048` in swanctl.conf')
    expect(verdict.advice).not.toContain('ikesa')
  })

  const ke = (packet: number, more: Partial<Message> = {}) =>
    message(packet, 34, {
      fromInitiator: false,
      notifies: [error(17, 'INVALID_KE_PAYLOAD', 'CURVE25519 (group 31)')],
      ...more,
    })
  const both = proposal(
    1,
    aes128,
    sha256,
    prf256,
    transform('key exchange', 14, 'MODP-2048 (group 14)'),
    x25519,
  )

  it('INVALID_KE_PAYLOAD once and then a choice is how it is meant', () => {
    const verdicts = of([
      message(1, 34, { proposals: [both], group: 14 }),
      ke(2),
      message(3, 34, { proposals: [both], group: 31 }),
      message(4, 34, {
        proposals: [proposal(1, aes128, sha256, prf256, x25519)],
        group: 31,
        fromInitiator: false,
      }),
    ])
    expect(ids(verdicts).filter(id => !id.startsWith('info'))).toEqual([])
    expect(named(verdicts, 'invalid-ke-payload').title).toBe(
      '198.51.100.2 wants CURVE25519 (group 31) instead of MODP-2048 (group 14) of 192.0.2.1; the next IKE_SA_INIT had it.',
    )
  })

  it('INVALID_KE_PAYLOAD again and again is a loop, and without the group a refusal', () => {
    const first = message(1, 34, { proposals: [both], group: 14 })
    const loop = of([{ ...first, repeats: repeated(3, 5) }, ke(2, { repeats: repeated(4, 6) })])
    expect(ids(loop)).toEqual(['error invalid-ke-loop'])
    expect(loop[0]!.title).toContain('said 3 times')
    expect(ids(of([message(1, 34, { proposals: [usual], group: 14 }), ke(2)]))).toEqual([
      'error invalid-ke-refused',
    ])
    expect(ids(of([first, ke(2)]))).toEqual(['warning invalid-ke-refused'])
  })

  it('INVALID_KE_PAYLOAD may be followed by a negotiation of its own', () => {
    const first = negotiation([message(1, 34, { proposals: [both], group: 14 }), ke(2)])
    const again = (packet: number) =>
      negotiation([message(packet, 34, { proposals: [both], group: 31 })], { number: 2 })
    for (const story of [facts([first, again(3)]), facts([again(3), first])]) {
      const verdict = named(judge(story), 'invalid-ke-payload')
      expect([verdict.severity, verdict.packets]).toEqual(['info', [1, 2, 3]])
    }
  })

  it('has a verdict of its own for each notify', () => {
    const said = (exchange: number, type: number, name: string) =>
      ids(
        of([
          ...initPair().slice(0, 1),
          message(2, exchange, { fromInitiator: false, notifies: [error(type, name)] }),
        ]),
      )
    expect(said(34, 5, 'INVALID_MAJOR_VERSION')).toEqual(['error version-mismatch'])
    expect(said(34, 7, 'INVALID_SYNTAX')).toEqual(['error invalid-syntax'])
    expect(said(34, 1, 'UNSUPPORTED_CRITICAL_PAYLOAD')).toEqual(['error unsupported-critical-payload'])
    expect(said(35, 24, 'AUTHENTICATION_FAILED')).toEqual(['error authentication-failed'])
    expect(said(35, 38, 'TS_UNACCEPTABLE')).toEqual(['error ts-unacceptable'])
    expect(said(34, 8192, 'notify 8192')).toEqual(['error error-notify'])
    expect(said(37, 11, 'INVALID_SPI')).toEqual(['warning invalid-spi'])
    const old = [
      message(1, 2, { proposals: [usual] }),
      message(2, 5, { fromInitiator: false, notifies: [error(16, 'PAYLOAD-MALFORMED')] }),
    ]
    expect(ids(of(old))).toEqual(['error payload-malformed'])
  })

  it('a choice that nobody offered is the responder’s error', () => {
    const verdicts = of([
      initPair()[0]!,
      message(2, 34, { fromInitiator: false, proposals: [proposal(1, aes128, sha256, prf256, x25519)] }),
    ])
    expect(named(verdicts, 'choice-not-offered').cause).toContain(
      'CURVE25519 (group 31) was taken for key exchange',
    )
  })

  it('a cookie is a question; many of them are a loop', () => {
    const cookie = (packet: number) =>
      message(packet, 34, { fromInitiator: false, notifies: [status(16390, 'COOKIE')] })
    expect(ids(of([initPair()[0]!, cookie(2)]))).toEqual(['info cookie-asked'])
    const loop = [1, 3, 5].flatMap(n => [message(n, 34, { proposals: [usual], length: n }), cookie(n + 1)])
    expect(ids(of(loop))).toEqual(['warning cookie-loop'])
  })
})

describe('encrypted answers by their size', () => {
  // AES-CBC, HMAC-SHA2-256-128 (RFC 7296 §3.14): 28 header + 4 + 16 IV + blocks of 16 + 16 ICV. A bare notify is 8 bytes,
  // with the pad length one block: 80 bytes. IDr (9) + AUTH (40) + notify (8) need 128; IDr, AUTH, SA (32), TSi and TSr (48) 208.
  const answered = (length: number) =>
    ids(of([...initPair(), ...authPair(3, length)], { progress: 'authenticating' }))

  it('tells refused, without a tunnel, and established apart, to the byte', () => {
    expect(answered(80)).toEqual(['error looks-auth-failed'])
    expect(answered(112)).toEqual(['error looks-auth-failed'])
    expect(answered(128)).toEqual(['error looks-child-refused'])
    expect(answered(192)).toEqual(['error looks-child-refused'])
    expect(answered(208)).toEqual(['good established'])
  })

  it('says what it is: a guess, with its reasons in bytes', () => {
    const verdict = named(of([...initPair(), ...authPair(3, 80)]), 'looks-auth-failed')
    expect(verdict.cause).toContain('A guess from the size')
    expect(verdict.cause).toContain('at most 15 bytes of payloads')
    expect(verdict.cause).toContain('128 bytes')
    expect(verdict.packets).toEqual([3, 4])
  })

  it('believes what flows more than what is short', () => {
    const verdicts = of([...initPair(), ...authPair(3, 80)], { progress: 'looks-established' }, bothWays())
    expect(ids(verdicts)).toEqual(['good established'])
  })

  it('does not judge where it does not know the algorithms, nor a round of EAP', () => {
    const strange = negotiation([...initPair(), ...authPair(3, 80)], {
      accepted: proposal(1, transform('encryption', 999, '?')),
    })
    expect(ids(judge(facts([strange]))).filter(id => id.includes('looks'))).toEqual([])
    const eap = [
      ...initPair(),
      ...authPair(3, 128),
      message(5, 35, { messageId: 2, isEncrypted: true, length: 80 }),
    ]
    expect(ids(of(eap))).toEqual([])
  })

  it('an initiator that hangs up at once looks unconvinced, one that does so later does not', () => {
    const hangUp = (time: number) => [
      ...initPair(),
      ...authPair(3, 256),
      message(5, 37, { messageId: 2, isEncrypted: true, length: 80, time }),
    ]
    expect(ids(of(hangUp(1000.45), { progress: 'looks-established' }))).toEqual(['warning looks-torn-down'])
    expect(ids(of(hangUp(1002), { progress: 'looks-established' }))).toEqual(['good established'])
  })

  it('CREATE_CHILD_SA in fragments is one exchange', () => {
    const part = (packet: number, number: number) =>
      message(packet, 36, { messageId: 2, isEncrypted: true, fragment: { number, total: 2 } })
    const answer = message(7, 36, { messageId: 2, isEncrypted: true, length: 400, fromInitiator: false })
    const verdicts = of([...initPair(), ...authPair(3, 256), part(5, 1), part(6, 2), answer])
    expect(named(verdicts, 'child-created').title).toMatch(/^1 CREATE_CHILD_SA exchange between/)
  })

  it('CREATE_CHILD_SA makes a child, or is refused', () => {
    const created = (length: number) => [
      ...initPair(),
      ...authPair(3, 256),
      message(5, 36, { messageId: 2, isEncrypted: true, length: 272 }),
      message(6, 36, { messageId: 2, isEncrypted: true, length, fromInitiator: false }),
    ]
    const up = { progress: 'looks-established' } as const
    expect(ids(of(created(272), up, bothWays()))).toEqual(['good established', 'info child-created'])
    expect(ids(of(created(80), up, bothWays()))).toEqual([
      'warning looks-create-child-refused',
      'good established',
    ])
  })
})

describe('it stops half-way', () => {
  const auth = (more: Partial<Message> & { port?: number }) =>
    message(3, 35, { messageId: 1, isEncrypted: true, length: 288, repeats: repeated(4, 5), ...more })

  it('port 4500 is silent', () => {
    const verdicts = of([...initPair(), auth({ port: 4500 })])
    expect(ids(verdicts)).toEqual(['error port-4500-silent'])
    expect(verdicts[0]!.advice).toContain('`tcpdump -ni any udp port 4500` on 198.51.100.2')
    expect(verdicts[0]!.packets).toEqual([2, 3, 4, 5])
  })

  it('port 500 goes silent too, or a long message is lost', () => {
    expect(ids(of([...initPair(), auth({})]))).toEqual(['error auth-unanswered'])
    expect(ids(of([...initPair(), auth({ port: 4500, length: 1824 })]))).toEqual(['error fragments-lost'])
  })

  it('fragments of either side are missing, and it says which', () => {
    const fragment = (packet: number, number: number, fromInitiator: boolean) =>
      message(packet, 35, {
        port: 4500,
        messageId: 1,
        isEncrypted: true,
        fragment: { number, total: 3 },
        fromInitiator,
      })
    const request = of([...initPair(), fragment(3, 1, true), fragment(4, 3, true)])
    expect(ids(request)).toEqual(['error fragments-lost'])
    expect(request[0]!.title).toContain('Of the 3 fragments of IKE_AUTH from 192.0.2.1, number 2 never came')
    const whole = [1, 2, 3].map(n => fragment(n + 2, n, true))
    const answer = of([...initPair(), ...whole, fragment(6, 2, false)])
    expect(ids(answer)).toEqual(['error fragments-lost'])
    expect(answer[0]!.title).toContain('from 198.51.100.2, numbers 1 and 3 never came')
    const arrived = [1, 2, 3].map(n => fragment(n + 5, n, false))
    expect(ids(of([...initPair(), ...whole, ...arrived]))).toEqual([])
  })

  it('sees nothing after IKE_SA_INIT, and does not call it an error', () => {
    expect(ids(of(initPair()))).toEqual(['info nothing-after-init'])
    expect(ids(of([...initPair(), auth({ repeats: [] })]))).toEqual([])
  })

  const up = [...initPair(), ...authPair(3, 256)]
  const probe = (packet: number, fromInitiator: boolean, ...again: number[]) =>
    message(packet, 37, {
      messageId: 9,
      isEncrypted: true,
      length: 80,
      fromInitiator,
      isResponse: false,
      repeats: repeated(...again),
    })

  it('knows a dead peer by its silence, whoever asked', () => {
    const dead = (fromInitiator: boolean) =>
      named(of([...up, probe(10, fromInitiator, 11, 12)]), 'dead-peer').title
    expect(dead(true)).toMatch(/^198\.51\.100\.2 stopped answering: 192\.0\.2\.1 sent INFORMATIONAL 3 times/)
    expect(dead(false)).toMatch(/^192\.0\.2\.1 stopped answering: 198\.51\.100\.2 sent INFORMATIONAL 3 times/)
  })

  it('does not take an earlier answer for that to another first message', () => {
    const other = message(3, 34, { proposals: [usual], group: 19, repeats: repeated(4, 5) })
    expect(ids(of([...initPair(), other]))).not.toContain('error answers-lost')
  })

  it('tells an answer that does not arrive from one that does not come', () => {
    const answer = message(11, 37, { messageId: 9, isEncrypted: true, fromInitiator: false })
    const deaf = of([...up, probe(10, true, 12, 13), answer])
    expect(ids(deaf).slice(0, 1)).toEqual(['warning answers-lost'])
    expect(deaf[0]!.packets).toEqual([10, 11, 12, 13])
    const [request, response] = initPair()
    expect(ids(of([{ ...request!, repeats: repeated(3, 5) }, response!]))).toEqual(['error answers-lost'])
    const heard = of([...up, probe(10, true, 11, 12), { ...answer, packet: 13 }], {
      progress: 'looks-established',
    })
    expect(ids(heard)).toEqual(['good established'])
  })
})

describe('IKEv1', () => {
  const chosen = (...transforms: Parameters<typeof proposal>[1][]) =>
    proposal(
      1,
      transform('encryption', 7, 'AES-CBC-128', 128),
      transform('hash', 4, 'SHA2-256'),
      ...transforms,
    )
  const psk = chosen(transform('authentication', 1, 'pre-shared key'))
  const rsa = chosen(transform('authentication', 3, 'RSA signatures'))
  const main = (offer: ReturnType<typeof proposal>) => [
    message(1, 2, { proposals: [offer] }),
    message(2, 2, { proposals: [offer], fromInitiator: false }),
    message(3, 2),
    message(4, 2, { fromInitiator: false }),
  ]
  const fifth = message(5, 2, { isEncrypted: true, repeats: repeated(7) })

  it('stops at the fifth message: the keys differ, or who it is', () => {
    const notice = message(6, 5, { isEncrypted: true, fromInitiator: false })
    const verdict = named(of([...main(psk), fifth, notice]), 'ikev1-auth-failed')
    expect(verdict.title).toContain('different pre-shared keys')
    expect(verdict.packets).toEqual([5, 6, 7])
    // Who does not ask again could read the notice, so the keys are the same.
    const once = named(of([...main(psk), { ...fifth, repeats: [] }, notice]), 'ikev1-auth-failed')
    expect(once.title).toContain('refused its identity')
    expect(once.packets).toEqual([5, 6])
    expect(named(of([...main(rsa), fifth]), 'ikev1-auth-failed').title).toContain('certificate')
    expect(ids(of([...main(psk), { ...fifth, repeats: [] }]))).toEqual([])
    expect(
      ids(of([...main(psk), fifth, message(8, 2, { isEncrypted: true, fromInitiator: false })])),
    ).toEqual([])
  })

  it('goes to port 4500 with the fifth message', () => {
    const moved = message(5, 2, { isEncrypted: true, repeats: repeated(6, 7), port: 4500 })
    expect(ids(of([...main(psk), moved]))).toEqual(['error port-4500-silent'])
  })

  it('stops at the third message', () => {
    const [first, second, third] = main(psk)
    const verdicts = of([first!, second!, { ...third!, repeats: repeated(4, 5) }])
    expect(ids(verdicts)).toEqual(['error ikev1-stalled'])
    expect(verdicts[0]!.packets).toEqual([2, 3, 4, 5])
    expect(ids(of([first!, second!, third!]))).toEqual([])
    expect(ids(of(main(psk)))).toEqual([])
  })

  it('quick mode is refused by silence or by a notice, and not where it is answered', () => {
    const phase1 = [
      ...main(psk),
      { ...fifth, repeats: [] },
      message(6, 2, { isEncrypted: true, fromInitiator: false }),
    ]
    const quick = message(7, 32, { messageId: 77, isEncrypted: true })
    const notice = message(8, 5, { messageId: 99, isEncrypted: true, fromInitiator: false })
    const refusal = of([...phase1, quick, notice])
    expect(ids(refusal)).toEqual(['error looks-quick-mode-refused'])
    expect(refusal[0]!.packets).toEqual([7, 8])
    const dead = { progress: 'dead-peer', outcome: 'Quick mode was sent twice and not answered' } as const
    expect(ids(of([...phase1, { ...quick, repeats: repeated(8) }], dead))).toEqual([
      'error looks-quick-mode-refused',
    ])
    expect(ids(of([...phase1, quick]))).toEqual([])
    const answer = message(8, 32, { messageId: 77, isEncrypted: true, fromInitiator: false })
    expect(ids(of([...phase1, quick, answer, { ...notice, packet: 9 }]))).toEqual([])
  })

  it('aggressive mode shows too much with a pre-shared key only', () => {
    const aggressive = (offer: ReturnType<typeof proposal>) => [
      message(1, 4, { proposals: [offer] }),
      message(2, 4, { proposals: [offer], fromInitiator: false }),
      message(3, 4, { isEncrypted: true }),
    ]
    const verdicts = of(aggressive(psk))
    expect(ids(verdicts)).toEqual(['warning aggressive-psk'])
    expect(verdicts[0]!.title).toContain('198.51.100.2')
    expect(ids(of(aggressive(rsa)))).toEqual([])
    expect(
      named(of(aggressive(chosen(transform('authentication', 65001, 'XAUTH')))), 'aggressive-psk'),
    ).toBeDefined()
  })
})

describe('algorithms', () => {
  const accepted = (version: number, kind: string, id: number) => {
    const offer = proposal(1, transform(kind, id, 'X'))
    const exchange = version === 1 ? 2 : 34
    return ids(
      of([
        message(1, exchange, { proposals: [offer] }),
        message(2, exchange, { proposals: [offer], fromInitiator: false }),
      ]),
    ).filter(id => id.includes('algorithms'))
  }

  it('that are weak are warned of, those that are merely old are mentioned', () => {
    for (const group of [1, 2, 5, 22])
      expect(accepted(2, 'key exchange', group)).toEqual(['warning weak-algorithms'])
    for (const group of [14, 19, 31]) expect(accepted(2, 'key exchange', group)).toEqual([])
    expect(accepted(2, 'encryption', 2)).toEqual(['warning weak-algorithms'])
    expect(accepted(2, 'encryption', 11)).toEqual(['warning weak-algorithms'])
    expect(accepted(2, 'encryption', 3)).toEqual(['info dated-algorithms'])
    expect(accepted(2, 'integrity', 1)).toEqual(['warning weak-algorithms'])
    expect(accepted(2, 'prf', 2)).toEqual(['info dated-algorithms'])
    expect(accepted(2, 'encryption', 12)).toEqual([])
  })

  // RFC 2409 appendix A: DES is 1, 3DES 5, AES 7; MD5 1, SHA 2.
  it('have other numbers in IKEv1', () => {
    expect(accepted(1, 'encryption', 1)).toEqual(['warning weak-algorithms'])
    expect(accepted(1, 'encryption', 5)).toEqual(['info dated-algorithms'])
    expect(accepted(1, 'encryption', 2)).toEqual([])
    expect(accepted(1, 'hash', 1)).toEqual(['warning weak-algorithms'])
  })

  it('are named in one verdict for each severity', () => {
    const offer = proposal(1, des3, modp1024)
    const verdicts = of([
      message(1, 34, { proposals: [offer] }),
      message(2, 34, { proposals: [offer], fromInitiator: false }),
    ])
    expect(named(verdicts, 'weak-algorithms').title).toContain('accepted MODP-1024 (group 2) for')
    expect(named(verdicts, 'dated-algorithms').title).toContain('accepted 3DES for')
  })
})

describe('NAT', () => {
  const finding = (about: NatFinding['about'], matches: boolean): NatFinding => ({ about, matches })
  const init = (own: readonly NatFinding[], others: readonly NatFinding[]) => {
    const [request, response] = initPair()
    return [
      { ...request!, nat: own },
      { ...response!, nat: others },
    ]
  }
  const fine = [finding('source', true), finding('destination', true)]
  const titles = (messages: readonly Message[]) =>
    of(messages)
      .filter(v => v.id.includes('nat') || v.id.includes('forced'))
      .map(v => v.title)

  it('is in front of whose address does not fit, seen from either side of it', () => {
    expect(titles(init(fine, fine))).toEqual([])
    // Its own hash alone may be made to fail on purpose; what the other side saw is not.
    expect(titles(init([finding('source', false), finding('destination', true)], fine))).toEqual([
      'There may be a NAT in front of the initiator, 192.0.2.1, or ESP is forced into UDP.',
    ])
    expect(titles(init(fine, [finding('source', true), finding('destination', false)]))).toEqual([
      'There is a NAT in front of the initiator, 192.0.2.1.',
    ])
    expect(titles(init([finding('source', true), finding('destination', false)], fine))).toEqual([
      'There is a NAT in front of the responder, 198.51.100.2.',
    ])
    const denied = [finding('source', false), finding('destination', false)]
    expect(titles(init(denied, denied))).toEqual([
      'There is a NAT in front of both peers, 192.0.2.1 and 198.51.100.2.',
    ])
  })

  it('needs one hash of several to fit', () => {
    expect(titles(init([finding('source', false), finding('source', true)], fine))).toEqual([])
  })

  it('is pretended where both deny themselves and each is where the other sees it', () => {
    const denied = [finding('source', false), finding('destination', true)]
    expect(titles(init(denied, denied))[0]).toContain('force ESP into UDP')
  })

  it('breaks AH', () => {
    const behind = init([finding('source', false)], fine)
    const ah = association({ protocol: 'ah' })
    expect(ids(of(behind, {}, [ah]))).toContain('error ah-through-nat')
    expect(ids(of(init(fine, fine), {}, [ah]))).not.toContain('error ah-through-nat')
  })
})

describe('traffic', () => {
  const judged = (...associations: Parameters<typeof facts>[1][]) => judge(facts([], associations[0]))

  it('one way only is worth a look; a few packets, groups, and both ways are not', () => {
    const verdict = named(judged([association({ negotiation: 0 })]), 'esp-one-way')
    expect(verdict.severity).toBe('warning')
    expect(verdict.title).toBe(
      'ESP 0xc1a2b3c4 from 192.0.2.1 to 198.51.100.2: 10 packets one way, and none came back.',
    )
    expect(verdict.advice).toContain('ipsecctl -sa')
    expect([verdict.packets, verdict.spis]).toEqual([[10, 19], [0xc1a2b3c4]])
    expect(ids(judged([association({ packets: 2 })]))).toEqual([])
    expect(ids(judged([association({ destination: '224.0.0.5' })]))).toEqual([])
    expect(ids(judged([association({ destination: 'ff02::5' })]))).toEqual([])
    expect(ids(judged(bothWays()))).toEqual([])
    const rekeyed = [...bothWays(), association({ spi: 1 })]
    expect(ids(judged(rekeyed))).toEqual([])
  })

  it('without a negotiation is mentioned once', () => {
    const verdicts = judged(bothWays().map(a => ({ ...a, negotiation: 0 })))
    expect(ids(verdicts)).toEqual(['info esp-without-ike'])
    expect(verdicts[0]!.packets).toEqual([10, 11])
    expect(verdicts[0]!.spis).toEqual([0xc1a2b3c4, 0xc5d6e7f8])
  })

  it('with wrong sequence numbers is warned of, with counts', () => {
    const pair = (more: Parameters<typeof association>[0]) =>
      judged(bothWays().map((a, i) => (i === 0 ? { ...a, ...more } : a)))
    expect(pair({ replays: 2 })[0]!.title).toContain('2 packets of 10 brought a sequence number again')
    expect(pair({ replays: 5 })[0]!.cause).toContain('Every packet is there twice')
    expect(pair({ missing: 4, highestSequence: 14 })[0]!.title).toContain(
      '4 sequence numbers between 1 and 14 are missing',
    )
    expect(ids(pair({ missing: 3, highestSequence: 100000 }))).toEqual([])
    expect(ids(pair({ late: 10 }))).toEqual(['warning late-packets'])
    expect(ids(pair({ late: 9 }))).toEqual([])
  })

  it('of many associations makes a bounded number of verdicts', () => {
    const many = Array.from({ length: 5000 }, (_, spi) =>
      association({ spi, negotiation: 0, replays: 1, destination: `2001:db8::${spi.toString(16)}` }),
    )
    expect(judged(many).length).toBeLessThan(200)
  })
})

describe('good news', () => {
  it('says who, how fast, with what, and that it flows', () => {
    const verdict = named(
      of([...initPair(), ...authPair(3, 256)], { progress: 'looks-established' }, bothWays()),
      'established',
    )
    expect(verdict.title).toBe(
      'IKEv2 between 192.0.2.1 and 198.51.100.2 looks established in 300 ms with AES-CBC-128, HMAC-SHA2-256-128, HMAC-SHA2-256, MODP-2048 (group 14); ESP flows both ways.',
    )
    expect(verdict.packets).toEqual([1, 2, 3, 4, 10, 11])
  })

  it('a deletion that can be seen is mentioned', () => {
    const verdicts = of([...initPair(), ...authPair(3, 256), message(9, 37, { payloads: ['D'] })], {
      progress: 'deleted',
      outcome: 'A deletion was sent in clear',
    })
    expect(ids(verdicts)).toEqual(['good established', 'info deleted'])
    expect(named(verdicts, 'deleted').packets).toEqual([9])
  })
})

describe('hostile stories', () => {
  it('of many refusals are judged in bounded time', () => {
    const flood = Array.from({ length: 4096 }, (_, i) =>
      negotiation(
        [
          message(2 * i + 1, 34, { proposals: [usual], group: 14 }),
          message(2 * i + 2, 34, {
            fromInitiator: false,
            notifies: [error(i % 2 === 0 ? 14 : 17, 'NO')],
          }),
        ],
        { number: i + 1, responder: { address: `10.0.${i >> 8}.${i & 255}`, port: 500 } },
      ),
    )
    expect(judge(facts(flood))).toHaveLength(4096)
  })

  it('of long negotiations are judged in bounded time', () => {
    const requests = Array.from({ length: 512 }, (_, i) =>
      message(10 + i, 36 + (i % 2), {
        messageId: i,
        isEncrypted: true,
        repeats: repeated(1000 + i, 2000 + i),
      }),
    )
    const long = Array.from({ length: 512 }, (_, i) =>
      negotiation([...initPair(), ...requests], { number: i + 1 }),
    )
    expect(judge(facts(long)).length).toBeLessThan(512 * 5)
  })
})
