import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { controls } from '../../src/byte-writer.ts'
import { toAscii } from '../../src/print/glyphs.ts'
import { ladderLines } from '../../src/print/ladder-lines.ts'
import { type LadderKind, type LadderRow, type Piece, pieces, row } from '../../src/print/ladder-row.ts'

const sent = (rest: Partial<LadderRow> = {}): LadderRow =>
  row('message', 'IKE_SA_INIT request 0', { packet: 3, gap: '+0.107', arrow: 'right', ...rest })

describe('arrows', () => {
  it('run from the sender, beside whom it stands what was sent', () => {
    const right = sent({ pieces: pieces(['SA', 'KE', 'No']) })
    const left = row('message', 'IKE_SA_INIT response 0', {
      packet: 4,
      arrow: 'left',
      pieces: pieces(['SA']),
    })
    expect([...ladderLines(right, 80), ...ladderLines(left, 80)]).toEqual([
      '      3   +0.107 │─ IKE_SA_INIT request 0: SA KE No ──────────────────────────►│',
      '      4          │◄─────────────────────────────── IKE_SA_INIT response 0: SA ─│',
    ])
  })

  it('are drawn in ASCII, just as wide', () => {
    expect(toAscii(ladderLines(sent(), 60)[0]!)).toBe(
      '      3   +0.107 |- IKE_SA_INIT request 0 ---------------->|',
    )
  })

  const notifies: readonly Piece[] = [
    { text: 'SA', short: '' },
    { text: 'N(NAT_DETECTION_SOURCE_IP)', short: 'N' },
    { text: 'N(NAT_DETECTION_DESTINATION_IP)', short: 'N' },
    { text: 'N(NO_PROPOSAL_CHOSEN)', short: '' },
    { text: 'VID', short: 'V' },
    { text: 'VID', short: 'V' },
  ]

  it.each([
    [60, 'IKE_SA_INIT request 0: SA N(NO_PRO…'],
    [80, 'IKE_SA_INIT request 0: SA N(NO_PROPOSAL_CHOSEN) N×2 V×2'],
    [110, 'IKE_SA_INIT request 0: SA N(NAT_DETECTION_SOURCE_IP) N(NO_PROPOSAL_CHOSEN) N×1 V×2'],
    [140, `IKE_SA_INIT request 0: ${notifies.map(piece => piece.text).join(' ')}`],
  ])('tell in %i columns what there is room for, refusals first', (columns, label) => {
    const [line] = ladderLines(sent({ pieces: notifies }), columns)
    expect(line?.slice(20).replace(/ ─*►│$/, '')).toBe(label)
    expect(line).toHaveLength(columns)
  })
})

it('is never narrower than can be read', () => {
  expect(ladderLines(sent(), 20)[0]).toHaveLength(58)
})

it('counts what has no room rather than cutting it, in any width', () => {
  const many = Array.from({ length: 12 }, (_, i): Piece => ({ text: `N(${i})`, short: 'N' }))
  for (let columns = 60; columns < 120; columns++)
    expect(ladderLines(sent({ pieces: many }), columns)[0]).not.toContain('…')
})

it('leaves two blanks at least between the peers', () => {
  const lines = (length: number) =>
    ladderLines(row('peers', 'a'.repeat(20), { right: 'b'.repeat(length) }), 60)
  expect([lines(21), lines(22)].map(({ length }) => length)).toEqual([1, 2])
})

it('puts the peers above their columns, on two lines where they do not fit beside each other', () => {
  expect(ladderLines(row('peers', '192.0.2.1:500', { right: '192.0.2.2:500' }), 60)).toEqual([
    '                 192.0.2.1:500                 192.0.2.2:500',
  ])
  const long = row('peers', '[fd3e:62ee:99db:bb1a::1]:500', { right: '[fd3e:62ee:99db:bb1a::2]:500' })
  expect(ladderLines(long, 60)).toEqual([
    '                 [fd3e:62ee:99db:bb1a::1]:500',
    '                                [fd3e:62ee:99db:bb1a::2]:500',
  ])
})

it('says how bad it is in a word, and which packets show it', () => {
  const text = `Nobody answered ${'again and '.repeat(6)}again.`
  expect(ladderLines(row('verdict', text, { severity: 'error', right: 'packets 3-7' }), 60)).toEqual([
    '✗ error: Nobody answered again and again and again and',
    '  again and again and again and again [packets 3-7]',
  ])
  expect(ladderLines(row('advice', `tcpdump ${'-n '.repeat(30)}`, {}), 60)).toEqual([
    '    Next: tcpdump -n -n -n -n -n -n -n -n -n -n -n -n -n -n',
    '          -n -n -n -n -n -n -n -n -n -n -n -n -n -n -n -n',
  ])
})

it('sets offers and choice beside each other, each wrapped in its column', () => {
  const offers = row('choice', 'key exchange', {
    pieces: pieces(['CURVE25519 (group 31)', 'ECP-256 (group 19)']),
    right: 'ECP-256 (group 19)',
  })
  expect(ladderLines(offers, 70)).toEqual([
    '  key exchange       CURVE25519 (group 31),    ECP-256 (group 19)',
    '                     ECP-256 (group 19)',
  ])
})

describe('whatever the text and the width', () => {
  const texts = [
    '',
    'x',
    'word '.repeat(30),
    'x'.repeat(500),
    '\x1b[2J\u202e\x9b',
    '漢字'.repeat(50),
    '\u00ad'.repeat(50),
  ]
  const kinds: readonly LadderKind[] = [
    'headline',
    'detail',
    'verdict',
    'cause',
    'advice',
    'peers',
    'moved',
    'message',
    'repeat',
    'refusal',
    'association',
    'table',
    'choice',
    'hint',
  ]

  it.each(kinds)('%s keeps to it and shows no control character', kind => {
    for (const text of texts)
      for (const arrow of ['left', 'right', 'none'] as const)
        for (const columns of [0, 60, 61, 80, 200]) {
          const severity = arrow === 'left' ? 'error' : undefined
          const hostile: LadderRow = {
            kind,
            packet: 4_294_967,
            gap: '+1000000000',
            arrow,
            text,
            pieces: [...pieces([text, 'SA']), { text, short: 'N' }],
            right: text,
            severity,
          }
          const lines = ladderLines(hostile, columns)
          expect(lines.length).toBeGreaterThan(0)
          for (const line of lines) {
            expect(line.search(controls)).toBe(-1)
            expect(stringWidth(line)).toBeLessThanOrEqual(Math.max(60, columns))
          }
        }
  })
})
