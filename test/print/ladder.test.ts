import { describe, expect, it } from 'vitest'
import { ByteWriter } from '../../src/byte-writer.ts'
import type { Story } from '../../src/follow/story.ts'
import { printLadders } from '../../src/print/ladder.ts'
import { association, message, negotiation, proposal, story, verdict } from './stories.ts'

function printed(of: Partial<Story>, { columns = 80, ascii = false } = {}): string[] {
  const out = new ByteWriter()
  printLadders(out, story(of), { columns, ascii })
  return out.toString().split('\n').slice(0, -1)
}

const refused = negotiation({
  progress: 'refused',
  outcome: '192.168.1.1 refused IKE_SA_INIT: NO_PROPOSAL_CHOSEN',
  messages: [
    message({ proposals: [proposal({ encryption: ['AES-CBC-256'], prf: ['HMAC-SHA2-512'] })] }),
    message({
      packet: 4,
      time: 1000.107,
      fromInitiator: false,
      payloads: ['N(NO_PROPOSAL_CHOSEN)'],
      notifies: [{ type: 14, name: 'NO_PROPOSAL_CHOSEN', isError: true, text: '' }],
    }),
  ],
})
const verdicts = [verdict({ title: 'No proposal was good enough.', packets: [3, 4] })]

describe('one negotiation', () => {
  it('is told from top to bottom', () => {
    expect(printed({ negotiations: [refused], verdicts })).toEqual([
      'IKEv2 negotiation 1: 192.168.1.1 refused IKE_SA_INIT: NO_PROPOSAL_CHOSEN',
      '  192.168.1.2:500 to 192.168.1.1:500, packets 3-4',
      '  SPIs 5d03638185ed1357 and 0000000000000000',
      '',
      '✗ error: No proposal was good enough [packets 3-4]',
      '    Why: The way there is closed.',
      '    Next: tcpdump -ni any udp port 500',
      '',
      '                 192.168.1.2:500                                 192.168.1.1:500',
      '      3          │─ IKE_SA_INIT request 0: SA KE No ──────────────────────────►│',
      '      4   +0.107 │◄──────────── IKE_SA_INIT response 0: N(NO_PROPOSAL_CHOSEN) ─│',
      '',
      '                     offered by 192.168.1.2         refused by 192.168.1.1',
      '  encryption         AES-CBC-256',
      '  prf                HMAC-SHA2-512',
    ])
  })

  it('is told in ASCII, line for line', () => {
    const lines = printed({ negotiations: [refused], verdicts }, { ascii: true })
    expect(lines.join('')).toMatch(/^[\x20-\x7e]+$/)
    expect(lines.slice(4, 11)).toEqual([
      'x error: No proposal was good enough [packets 3-4]',
      '    Why: The way there is closed.',
      '    Next: tcpdump -ni any udp port 500',
      '',
      '                 192.168.1.2:500                                 192.168.1.1:500',
      '      3          |- IKE_SA_INIT request 0: SA KE No -------------------------->|',
      '      4   +0.107 |<------------ IKE_SA_INIT response 0: N(NO_PROPOSAL_CHOSEN) -|',
    ])
  })
})

it('shows what belongs to no negotiation behind them all', () => {
  const lines = printed({
    negotiations: [negotiation(), negotiation({ number: 2 })],
    associations: [association(), association({ negotiation: 0, spi: 5 })],
    verdicts: [verdict({ negotiation: 0, title: 'ESP alone', cause: '', advice: '' })],
    limits: ['Not everything is kept'],
  })
  expect(lines.filter(line => /^\S/.test(line))).toEqual([
    'IKEv2 negotiation 1: IKE_SA_INIT was sent once and nobody answered',
    'IKEv2 negotiation 2: IKE_SA_INIT was sent once and nobody answered',
    'without a negotiation in this capture:',
    'esp from 192.168.1.2 to 192.168.1.1 spi 0x00000005',
    '✗ error: ESP alone [packet 3]',
  ])
  expect(lines.at(-1)).toBe('  Not everything is kept')
  expect(lines.filter(line => line.includes('ESP 0xc1a2b3c4'))).toHaveLength(1)
})

it('says so in a sentence where there is no negotiation', () => {
  expect(printed({})).toEqual(['no IKE negotiation in 12 packets'])
  expect(printed({ packets: 1 })).toEqual(['no IKE negotiation in 1 packet'])
})

it('lets no control character of a packet through', () => {
  const evil = 'x\x1b[2J\u202e\x07'
  const lines = printed({
    negotiations: [
      negotiation({
        outcome: evil,
        messages: [
          message({ exchangeName: evil, payloads: [evil], proposals: [proposal({ [evil]: [evil] })] }),
        ],
        refusals: [{ packet: 4, time: 1, from: evil, reason: evil, about: 3 }],
      }),
    ],
    associations: [association({ negotiation: 0, source: evil })],
    verdicts: [verdict({ title: evil, cause: evil, advice: evil })],
    limits: [evil],
  })
  expect(lines.join('')).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]/)
  expect(lines.join('\n')).toContain('x\\x1b[2J\\u{202e}\\x07')
})

it('lets the writer be emptied after each negotiation', () => {
  const out = new ByteWriter()
  let drained = 0
  printLadders(
    out,
    story({ negotiations: [1, 2, 3].map(number => negotiation({ number })) }),
    { columns: 80, ascii: false },
    () => drained++,
  )
  expect(drained).toBe(3)
})
