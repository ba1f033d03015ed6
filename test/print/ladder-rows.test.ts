import { describe, expect, it } from 'vitest'
import type { Message } from '../../src/follow/story.ts'
import type { LadderRow } from '../../src/print/ladder-row.ts'
import { ladderRows } from '../../src/print/ladder-rows.ts'
import { alice, association, bob, message, negotiation, proposal, story, verdict } from './stories.ts'

const rowsOf = (messages: readonly Message[], rest = {}, around = {}): LadderRow[] =>
  ladderRows(negotiation({ messages, ...rest }), story(around))
const kindsOf = (rows: readonly LadderRow[]) => rows.map(({ kind }) => kind)
const only = (rows: readonly LadderRow[], ...kinds: LadderRow['kind'][]) =>
  rows.filter(({ kind }) => kinds.includes(kind))
const answer = (rest: Partial<Message> = {}) =>
  message({ fromInitiator: false, packet: 4, time: 1000.107, ...rest })

describe('the head', () => {
  it('says what came of it, who and where', () => {
    const rows = rowsOf([message({ repeats: [{ packet: 6, time: 1001 }] }), answer()], {
      outcome: 'It failed',
    })
    expect(only(rows, 'headline', 'detail').map(({ text, packet }) => [text, packet])).toEqual([
      ['IKEv2 negotiation 1: It failed', 3],
      ['192.168.1.2:500 to 192.168.1.1:500, packets 3-4, 6', 3],
      ['SPIs 5d03638185ed1357 and 0000000000000000', 3],
    ])
  })

  it('speaks of cookies in IKEv1, and puts IPv6 addresses in brackets', () => {
    const rows = rowsOf([message()], { version: 1, initiator: { address: 'fd00::2', port: 500 } })
    const [, where, cookies] = rows
    expect(where?.text).toBe('[fd00::2]:500 to 192.168.1.1:500, packet 3')
    expect(cookies?.text).toBe('cookies 5d03638185ed1357 and 0000000000000000')
  })

  it('says that not every message is kept', () => {
    expect(only(rowsOf([message()], { isCut: true }), 'detail')).toHaveLength(3)
  })
})

it('puts the verdicts of this negotiation first, the worst of them on top', () => {
  const verdicts = [
    verdict({ severity: 'info', title: 'NAT', packets: [4] }),
    verdict({ title: 'of another one', negotiation: 2 }),
    verdict({ severity: 'good', title: 'fine', cause: '', advice: '' }),
    verdict({ title: 'refused', cause: 'because', advice: 'do', packets: [9, 10, 12] }),
    verdict({ severity: 'warning', title: 'weak', cause: '', advice: '' }),
  ]
  const rows = rowsOf([message()], {}, { verdicts })
  expect(only(rows, 'verdict').map(row => [row.severity, row.text])).toEqual([
    ['error', 'refused'],
    ['warning', 'weak'],
    ['good', 'fine'],
    ['info', 'NAT'],
  ])
  expect(rows.slice(3, 6)).toMatchObject([
    { kind: 'verdict', packet: 9, right: 'packets 9-10, 12' },
    { kind: 'cause', text: 'because', packet: 9 },
    { kind: 'advice', text: 'do' },
  ])
})

describe('messages', () => {
  it('run from the initiator on the left, each with the time since the one before', () => {
    const rows = rowsOf([message(), answer()])
    expect(only(rows, 'peers', 'message')).toMatchObject([
      { kind: 'peers', text: '192.168.1.2:500', right: '192.168.1.1:500' },
      { text: 'IKE_SA_INIT request 0', arrow: 'right', packet: 3, gap: '' },
      { text: 'IKE_SA_INIT response 0', arrow: 'left', packet: 4, gap: '+0.107' },
    ])
  })

  it('have no gap where the capture has no times', () => {
    const rows = rowsOf([message({ time: Number.NaN }), answer({ time: Number.NaN })])
    expect(only(rows, 'message').map(({ gap }) => gap)).toEqual(['', ''])
  })

  it('are stamped backwards where the clock was', () => {
    expect(only(rowsOf([message(), answer({ time: 997.5 })]), 'message')[1]?.gap).toBe('-2.500')
    expect(only(rowsOf([message(), answer({ time: 3000 })]), 'message')[1]?.gap).toBe('+2000')
  })

  it.each<[string, Partial<Message>, string]>([
    ['IKEv2', { exchangeName: 'CREATE_CHILD_SA', messageId: 7 }, 'CREATE_CHILD_SA request 7'],
    [
      'main mode, by its usual name',
      { version: 1, exchangeName: 'Identity Protection (Main Mode)' },
      'Main Mode',
    ],
    [
      'IKEv1 with an ID',
      { version: 1, exchangeName: 'Quick Mode', messageId: 0xab01 },
      'Quick Mode 0000ab01',
    ],
  ])('are named: %s', (_, rest, text) => {
    expect(only(rowsOf([message(rest)]), 'message')[0]?.text).toBe(text)
  })

  const piecesOf = (rest: Partial<Message>) =>
    only(rowsOf([message(rest)]), 'message')[0]?.pieces.map(({ text, short }) => short + text)

  it('carry payloads; notifies that refuse nothing and vendor IDs may be counted', () => {
    expect(piecesOf({ payloads: ['SA', 'N(COOKIE)', 'V', 'VID'] })).toEqual([
      'SA',
      'NN(COOKIE)',
      'VV',
      'VVID',
    ])
  })

  it('are red where they refuse, with what they ask for', () => {
    const notifies = [
      { type: 17, name: 'INVALID_KE_PAYLOAD', isError: true, text: 'MODP-3072 (group 15)' },
      { type: 14, name: 'NO_PROPOSAL_CHOSEN', isError: true, text: '' },
    ]
    const payloads = ['N(INVALID_KE_PAYLOAD)', 'N(NO_PROPOSAL_CHOSEN)']
    expect(piecesOf({ payloads, notifies })).toEqual([
      'N(INVALID_KE_PAYLOAD: MODP-3072 (group 15))',
      'N(NO_PROPOSAL_CHOSEN)',
    ])
    expect(only(rowsOf([message({ payloads, notifies })]), 'message')[0]?.severity).toBe('error')
  })

  it('tell their length where they are encrypted', () => {
    expect(piecesOf({ isEncrypted: true, payloads: ['SK'], length: 1236 })).toEqual(['SK', '1236 bytes'])
    expect(piecesOf({ isEncrypted: true, payloads: [], length: 92 })).toEqual(['encrypted', '92 bytes'])
  })

  it('tell which fragment they are, and that they are cut', () => {
    const fragment = { number: 2, total: 3 }
    expect(piecesOf({ isEncrypted: true, payloads: ['SKF'], length: 90, fragment })).toEqual([
      'SKF 2/3',
      '90 bytes',
    ])
    expect(piecesOf({ payloads: ['FRAG'], fragment: { number: 1, total: 0 }, isCut: true })).toEqual([
      'FRAG',
      'fragment 1',
      '(cut off)',
    ])
    expect(piecesOf({ isEncrypted: true, payloads: [], length: 1644, fragments: [7, 8] })).toEqual([
      'encrypted',
      '1644 bytes',
      'in 2 fragments',
    ])
  })
})

it('folds what was sent again into one row, in its place', () => {
  const repeats = [
    { packet: 4, time: 1001 },
    { packet: 7, time: 1023.6 },
  ]
  const rows = rowsOf([message({ repeats }), answer({ packet: 8, time: 1023.7 })])
  expect(only(rows, 'message', 'repeat')).toMatchObject([
    { kind: 'message', packet: 3 },
    {
      kind: 'repeat',
      packet: 4,
      gap: '+1.000',
      text: 'sent again ×2 over 23.6 s: packets 4, 7',
      arrow: 'right',
    },
    { kind: 'message', packet: 8, gap: '+0.100' },
  ])
})

it('counts from the beginning of a row that was not over yet', () => {
  const repeats = [
    { packet: 4, time: 1001 },
    { packet: 7, time: 1023.6 },
  ]
  const rows = rowsOf([message({ repeats }), answer({ packet: 5, time: 1001.5 })])
  expect(only(rows, 'message', 'repeat').map(({ gap }) => gap)).toEqual(['', '+1.000', '+0.500'])
})

it('tells the directions of tunnels apart where both peers asked first', () => {
  const both = [message(), message({ packet: 4, from: alice, to: bob })]
  const there = association()
  const back = association({ source: alice.address, destination: bob.address, firstPacket: 8 })
  const rows = only(rowsOf(both, {}, { associations: [there, back] }), 'association')
  expect(new Set(rows.map(({ arrow }) => arrow)).size).toBe(2)
})

it('says in a row where a peer moved to', () => {
  const from = { ...bob, port: 4500 }
  const to = { ...alice, port: 4500 }
  const auth = { exchangeName: 'IKE_AUTH', messageId: 1 }
  const rows = rowsOf([
    message(),
    answer(),
    message({ ...auth, packet: 5, time: 1001.107, from, to }),
    answer({ ...auth, packet: 6, time: 1002.107, from: to, to: from }),
  ])
  expect(kindsOf(rows).slice(3, 9)).toEqual(['peers', 'message', 'message', 'moved', 'message', 'message'])
  expect(only(rows, 'moved')).toMatchObject([
    { text: '192.168.1.2:4500', right: '192.168.1.1:4500', packet: 5 },
  ])
  expect(only(rows, 'message').map(({ gap }) => gap)).toEqual(['', '+0.107', '+1.000', '+1.000'])
})

it('has ICMP run back to whose packet was refused', () => {
  const refusal = (packet: number, about: number) => ({
    packet,
    time: 1001,
    from: '10.0.0.1',
    reason: 'port unreachable',
    about,
  })
  const rows = rowsOf([message(), answer()], { refusals: [refusal(5, 3), refusal(6, 4), refusal(7, 0)] })
  expect(only(rows, 'refusal')).toMatchObject([
    {
      packet: 5,
      arrow: 'left',
      severity: 'error',
      text: 'ICMP port unreachable from 10.0.0.1, about packet 3',
    },
    { packet: 6, arrow: 'right', text: 'ICMP port unreachable from 10.0.0.1, about packet 4' },
    { packet: 7, arrow: 'left', text: 'ICMP port unreachable from 10.0.0.1' },
  ])
})

it('has a row for each tunnel that followed', () => {
  const associations = [
    association({ missing: 2 }),
    association({
      protocol: 'ah',
      spi: 5,
      source: alice.address,
      destination: bob.address,
      firstPacket: 9,
      packets: 1,
      bytes: 120,
      replays: 1,
      encapsulation: 'tcp',
    }),
    association({ negotiation: 2 }),
  ]
  const rows = rowsOf([message(), answer()], {}, { associations })
  expect(only(rows, 'association')).toMatchObject([
    { packet: 7, arrow: 'right', text: 'ESP 0xc1a2b3c4: 12 packets, 1.6 kB, 2 missing', severity: undefined },
    {
      packet: 9,
      arrow: 'left',
      text: 'AH in TCP 0x00000005: 1 packet, 120 B, 1 replay',
      severity: 'warning',
    },
  ])
})

describe('proposals', () => {
  const offer = proposal({ encryption: ['AES-CBC-256', 'AES-CBC-128'], prf: ['HMAC-SHA2-256'] })
  const other = proposal({ encryption: ['3DES'], prf: ['HMAC-MD5'] }, 2)
  const table = (rows: readonly LadderRow[]) =>
    only(rows, 'table', 'choice', 'hint').map(({ text, pieces, right }) => [
      text,
      pieces.map(piece => piece.text).join(' or '),
      right,
    ])

  it('stand beside the choice; the others are counted', () => {
    const accepted = proposal({ encryption: ['AES-CBC-128'], prf: ['HMAC-SHA2-256'] })
    expect(table(rowsOf([message({ proposals: [offer, other] }), answer()], { accepted }))).toEqual([
      ['offered by 192.168.1.2', '', 'taken by 192.168.1.1'],
      ['proposal 1', 'IKE', ''],
      ['encryption', 'AES-CBC-256 or AES-CBC-128', 'AES-CBC-128'],
      ['prf', 'HMAC-SHA2-256', 'HMAC-SHA2-256'],
      ['1 other proposal was not taken.', '', ''],
    ])
  })

  const refused = (packet: number, rest = {}) =>
    negotiation({
      ...rest,
      messages: [
        message({ proposals: [offer] }),
        answer({
          packet,
          payloads: ['N(NO_PROPOSAL_CHOSEN)'],
          notifies: [{ type: 14, name: 'NO_PROPOSAL_CHOSEN', isError: true, text: '' }],
        }),
      ],
    })

  it('have beside them what was taken without an offer, and that nothing was', () => {
    const accepted = proposal({ encryption: ['3DES'] })
    const choices = only(rowsOf([message({ proposals: [offer] }), answer()], { accepted }), 'choice')
    expect(choices.map(({ text, right, severity }) => [text, right, severity])).toEqual([
      ['encryption', '3DES', 'error'],
      ['prf', 'nothing', undefined],
    ])
  })

  it('that were refused have nothing beside them', () => {
    expect(table(ladderRows(refused(4), story()))).toEqual([
      ['offered by 192.168.1.2', '', 'refused by 192.168.1.1'],
      ['encryption', 'AES-CBC-256 or AES-CBC-128', ''],
      ['prf', 'HMAC-SHA2-256', ''],
    ])
  })

  it('have beside them what to add, where the responder took it from somebody else', () => {
    const liked = proposal({ encryption: ['AES-GCM-128'], prf: ['HMAC-SHA2-256'] })
    const earlier = negotiation({
      number: 2,
      initiator: { address: '192.168.1.9', port: 500 },
      messages: [message({ packet: 20, proposals: [liked] }), answer({ packet: 21, proposals: [liked] })],
      accepted: liked,
    })
    const one = refused(4)
    const rows = ladderRows(one, story({ negotiations: [one, earlier] }))
    expect(table(rows).slice(1, 3)).toEqual([
      ['encryption', 'AES-CBC-256 or AES-CBC-128', 'add AES-GCM-128'],
      ['prf', 'HMAC-SHA2-256', ''],
    ])
    expect(only(rows, 'choice').map(({ severity }) => severity)).toEqual(['error', undefined])
    expect(only(rows, 'hint').map(({ text }) => text)).toEqual([
      expect.stringContaining('AES-GCM-128 to what 192.168.1.2 offers'),
    ])
  })
})

it('finds what ICMP is about among hundreds of thousands of repeats at once', () => {
  const messages = Array.from({ length: 500 }, (_, i) =>
    message({
      packet: 1000 * i + 1,
      fromInitiator: i % 2 === 0,
      repeats: Array.from({ length: 400 }, (_, k) => ({ packet: 1000 * i + 2 + k, time: 1000 })),
    }),
  )
  const refusals = Array.from({ length: 500 }, (_, i) => ({
    packet: 900_000 + i,
    time: 1000,
    from: alice.address,
    reason: 'port unreachable',
    about: 1000 * i + 400,
  }))
  const started = performance.now()
  const rows = only(rowsOf(messages, { refusals }), 'refusal')
  expect(performance.now() - started).toBeLessThan(2000)
  expect(rows.map(({ arrow }) => arrow)).toEqual(refusals.map((_, i) => (i % 2 === 0 ? 'left' : 'right')))
})
