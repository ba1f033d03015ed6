import { describe, expect, it } from 'vitest'
import { compareProposals, diffOf, groupIn } from '../../src/follow/proposal-diff.ts'
import {
  aes128,
  aes256,
  alice,
  bob,
  error,
  facts,
  gcm128,
  message,
  modp2048,
  modp4096,
  negotiation,
  prf256,
  prf512,
  proposal,
  sha256,
  sha512,
  transform,
  usual,
  x25519,
} from './verdicts-builder.ts'

const wide = proposal(1, aes256, aes128, sha512, sha256, prf512, prf256, x25519, modp2048)
const states = (diff: ReturnType<typeof compareProposals>, at = 0) =>
  diff.proposals[at]!.rows.map(row => [row.kind, row.accepted, row.state])

describe('what was offered beside what was taken', () => {
  it('has a row for each kind, with all alternatives in the order of the offer', () => {
    const diff = compareProposals([wide], usual)
    expect(diff.outcome).toBe('accepted')
    expect(diff.isFair).toBe(true)
    expect(diff.proposals[0]!.rows[0]!.offered).toEqual(['AES-CBC-256', 'AES-CBC-128'])
    expect(states(diff)).toEqual([
      ['encryption', 'AES-CBC-128', 'taken'],
      ['integrity', 'HMAC-SHA2-256-128', 'taken'],
      ['prf', 'HMAC-SHA2-256', 'taken'],
      ['key exchange', 'MODP-2048 (group 14)', 'taken'],
    ])
    expect(
      compareProposals([usual], usual).proposals[0]!.rows.every(row => row.state === 'first choice'),
    ).toBe(true)
  })

  it('finds the proposal by its number among several, and says which', () => {
    const gcm = proposal(1, gcm128, prf256, x25519)
    const diff = compareProposals([gcm, { ...usual, number: 2 }], { ...usual, number: 2 })
    expect(diff.proposals.map(one => one.isTaken)).toEqual([false, true])
    expect(diff.sentences).toEqual([
      'Taken from proposal 2, 2 of 2: AES-CBC-128, HMAC-SHA2-256-128, HMAC-SHA2-256, MODP-2048 (group 14).',
    ])
  })

  // RFC 7296 §3.3.5: a key length is part of the choice.
  it('refuses another key length, another algorithm, a kind left out and one taken twice', () => {
    const other = compareProposals([usual], proposal(1, aes256, sha256, prf256, modp2048))
    expect(other.isFair).toBe(false)
    expect(states(other)[0]).toEqual(['encryption', 'AES-CBC-256', 'not offered'])
    expect(other.sentences).toEqual([
      'AES-CBC-256 was taken for encryption, and the only proposal does not offer it.',
    ])
    const less = compareProposals([usual], proposal(1, aes128, sha256, modp2048))
    expect(less.isFair).toBe(false)
    expect(states(less)[2]).toEqual(['prf', '', 'left out'])
    expect(compareProposals([wide], proposal(1, aes128, aes256, sha256, prf256, modp2048)).isFair).toBe(false)
  })

  it('may be none, whether that was offered or not', () => {
    const none = transform('sequence numbers', 0, 'no ESN')
    const offer = proposal(1, aes128, none)
    expect(states(compareProposals([offer], offer))[1]).toEqual([
      'sequence numbers',
      'no ESN',
      'first choice',
    ])
    expect(states(compareProposals([proposal(1, aes128)], offer))[1]).toEqual([
      'sequence numbers',
      'no ESN',
      'taken',
    ])
  })

  it('lacks something in the first of the offers that are equally near', () => {
    const known = [{ packet: 9, how: 'accepted' as const, proposal: proposal(1, aes128, sha256) }]
    const answer = {
      initiator: 'a',
      responder: 'b',
      isRefused: true,
      group: undefined,
      known,
      version: 2,
      isCut: false,
    }
    const offers = [proposal(1, aes256, sha256), proposal(2, gcm128, sha256)]
    const { proposals } = compareProposals(offers, undefined, answer)
    expect(proposals.map(({ rows }) => rows[0]!.missing)).toEqual([['AES-CBC-128'], []])
  })

  // RFC 7296 §3.3.1: the number MUST be that of the proposal that was taken.
  it('minds the number in IKEv2 and not in IKEv1', () => {
    const renumbered = { ...usual, number: 7 }
    expect(compareProposals([usual], renumbered).isFair).toBe(false)
    expect(compareProposals([usual], renumbered).sentences[0]).toContain('carries number 7')
    const answer = {
      initiator: '',
      responder: '',
      isRefused: false,
      group: undefined,
      known: [],
      version: 1,
      isCut: false,
    }
    expect(compareProposals([usual], renumbered, answer).isFair).toBe(true)
  })

  // RFC 7296 §3.3.3: with a combined-mode cipher, integrity is left out or NONE.
  it('takes NONE for nothing', () => {
    const none = transform('integrity', 0, 'NONE')
    expect(
      compareProposals([proposal(1, gcm128, prf256, x25519)], proposal(1, gcm128, none, prf256, x25519))
        .isFair,
    ).toBe(true)
    expect(
      compareProposals([proposal(1, gcm128, none, prf256, x25519)], proposal(1, gcm128, prf256, x25519))
        .isFair,
    ).toBe(true)
  })

  it('stops at what nobody offers', () => {
    const many = Array.from({ length: 8000 }, (_, id) => transform('prf', id, `number ${id}`))
    const diff = compareProposals(
      Array.from({ length: 255 }, (_, i) => proposal(i, ...many)),
      proposal(0, ...many),
    )
    expect(diff.isCut).toBe(true)
    expect(diff.proposals.length).toBeLessThanOrEqual(17)
  })
})

describe('what was captured in part', () => {
  it('is not held against the responder', () => {
    const half = { ...usual, transforms: [aes128] }
    const one = negotiation([
      message(1, 34, { proposals: [half], isCut: true }),
      message(2, 34, { proposals: [usual], fromInitiator: false }),
    ])
    const diff = diffOf(one, [one])!
    expect([diff.isFair, diff.isCut]).toEqual([true, true])
    expect(states(diff)[1]).toEqual(['integrity', 'HMAC-SHA2-256-128', 'open'])
    expect(diff.sentences[0]).toMatch(/^Taken: AES-CBC-128.*the capture does not have the whole/)
  })
})

describe('what to add after a refusal', () => {
  const offer = proposal(1, aes256, sha512, prf512, modp4096)
  const refusal = negotiation([
    message(3, 34, { proposals: [offer], group: 16 }),
    message(4, 34, { fromInitiator: false, notifies: [error(14, 'NO_PROPOSAL_CHOSEN')] }),
  ])

  it('says that the capture does not show what the responder takes', () => {
    const diff = diffOf(refusal, [refusal])!
    expect(diff.outcome).toBe('refused')
    expect(diff.sentences).toEqual([
      'Offered by 192.0.2.1 as proposal 1: AES-CBC-256, HMAC-SHA2-512-256, HMAC-SHA2-512, MODP-4096 (group 16).',
      'The capture does not show what 198.51.100.2 would take: its configuration or its log tells.',
    ])
    expect(diff.proposals[0]!.rows[0]).toEqual({
      kind: 'encryption',
      offered: ['AES-CBC-256'],
      accepted: '',
      state: 'open',
      missing: [],
    })
  })

  it('knows it by what the responder offered itself', () => {
    const own = negotiation(
      [message(1, 34, { from: bob, to: alice, proposals: [proposal(1, aes128, sha256, prf512, modp2048)] })],
      {
        number: 2,
        initiator: bob,
        responder: alice,
      },
    )
    const diff = diffOf(refusal, [own, refusal])!
    expect(diff.sentences.at(-2)).toBe(
      '198.51.100.2 offered AES-CBC-128, HMAC-SHA2-256-128, HMAC-SHA2-512, MODP-2048 (group 14) in packet 1.',
    )
    expect(diff.sentences.at(-1)).toBe(
      'Add AES-CBC-128, HMAC-SHA2-256-128, MODP-2048 (group 14) to what 192.0.2.1 offers, or AES-CBC-256, HMAC-SHA2-512-256, MODP-4096 (group 16) to what 198.51.100.2 takes.',
    )
    expect(diff.proposals[0]!.rows.map(row => row.missing)).toEqual([
      ['AES-CBC-128'],
      ['HMAC-SHA2-256-128'],
      [],
      ['MODP-2048 (group 14)'],
    ])
  })

  it('knows it by what the responder accepted from somebody, and says where that fits already', () => {
    const other = negotiation([
      message(1, 34, { proposals: [offer] }),
      message(2, 34, { fromInitiator: false, proposals: [offer] }),
    ])
    const diff = diffOf(refusal, facts([other, refusal]).negotiations)!
    expect(diff.sentences.at(-1)).toBe(
      'That fits proposal 1: 198.51.100.2 may have another connection configured for 192.0.2.1.',
    )
  })
})

describe('another group', () => {
  const asked = (offer: ReturnType<typeof proposal>) => {
    const one = negotiation([
      message(1, 34, { proposals: [offer], group: 14 }),
      message(2, 34, {
        fromInitiator: false,
        notifies: [error(17, 'INVALID_KE_PAYLOAD', 'CURVE25519 (group 31)')],
      }),
    ])
    return diffOf(one, [one])!
  }

  it('is among the offers, or has to be added', () => {
    expect(asked(wide).outcome).toBe('another group')
    expect(asked(wide).sentences).toEqual([
      '192.0.2.1 sent a key of MODP-2048 (group 14); 198.51.100.2 asks for CURVE25519 (group 31).',
      'CURVE25519 (group 31) is among the offers: the initiator tries again with it (RFC 7296 §2.7).',
    ])
    expect(asked(usual).sentences.at(-1)).toBe(
      'CURVE25519 (group 31) is not among the offers: add it to what 192.0.2.1 offers.',
    )
  })

  it('is read out of its name', () => {
    expect(groupIn('MODP-2048 (group 14)')).toBe(14)
    expect(groupIn('31')).toBe(31)
    expect(groupIn('')).toBe(0)
  })
})
