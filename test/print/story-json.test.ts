import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ByteWriter } from '../../src/byte-writer.ts'
import type { Story } from '../../src/follow/story.ts'
import { printStoryJson } from '../../src/print/story-json.ts'
import { association, message, negotiation, proposal, story, verdict } from './stories.ts'

function printed(of: Partial<Story>, about: 'ladder' | 'sas'): string {
  const out = new ByteWriter()
  printStoryJson(out, story(of), about)
  return out.toString()
}
const parsed = (of: Partial<Story>, about: 'ladder' | 'sas') =>
  printed(of, about)
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line))

const offer = proposal({ encryption: ['AES-CBC-256'] })
const verdicts = [verdict(), verdict({ negotiation: 0, id: 'esp-without-ike' })]
const associations = [association({ opposite: 1 }), association({ spi: 5, negotiation: 0 })]

describe('ladders', () => {
  const negotiations = [
    negotiation({ messages: [message({ proposals: [offer] })], accepted: offer }),
    negotiation({ number: 2, messages: [message({ time: Number.NaN })] }),
  ]
  const [first, second, whole, ...more] = parsed({ negotiations, verdicts, associations }, 'ladder')

  it('are a negotiation a line, with all that belongs to it', () => {
    expect(first).toMatchObject({
      kind: 'negotiation',
      number: 1,
      initiatorSpi: '5d03638185ed1357',
      initiator: { address: '192.168.1.2', port: 500 },
      accepted: { protocol: 'IKE', transforms: [{ kind: 'encryption', name: 'AES-CBC-256' }] },
      diff: { outcome: 'accepted', proposals: [{ rows: [{ kind: 'encryption', accepted: 'AES-CBC-256' }] }] },
      messages: [{ packet: 3, time: 1000, exchangeName: 'IKE_SA_INIT', payloads: ['SA', 'KE', 'No'] }],
      verdicts: [{ id: 'unanswered', severity: 'error', packets: [3] }],
      associations: [{ index: 0, spi: 0xc1a2b3c4, opposite: 1 }],
    })
  })

  it('have no key for what is not known, and null for times', () => {
    expect(Object.keys(second)).not.toContain('accepted')
    expect(Object.keys(second)).not.toContain('diff')
    expect(second).toMatchObject({ messages: [{ packet: 3, time: null }] })
    expect(second).toMatchObject({ verdicts: [], associations: [] })
  })

  it('end with what belongs to the capture', () => {
    expect(whole).toMatchObject({
      kind: 'capture',
      packets: 12,
      limits: [],
      verdicts: [{ id: 'esp-without-ike' }],
    })
    expect(whole).toMatchObject({ associations: [{ index: 1, spi: 5 }] })
    expect(more).toEqual([])
  })
})

it('has an association a line', () => {
  const [first, second, whole, ...more] = parsed({ verdicts, associations, limits: ['so many'] }, 'sas')
  expect(first).toMatchObject({ kind: 'association', index: 0, protocol: 'esp', packets: 12, opposite: 1 })
  expect(second).toMatchObject({ kind: 'association', index: 1, spi: 5 })
  expect(Object.keys(second)).not.toContain('opposite')
  expect(whole).toMatchObject({ kind: 'capture', packets: 12, limits: ['so many'] })
  expect(more).toEqual([])
})

it('has no key that the README does not tell', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8')
  const [, table = ''] = /<!-- story-keys -->([\s\S]*)<!-- \/story-keys -->/.exec(readme) ?? []
  const told = new Set(Array.from(table.matchAll(/`(\w+)`/g), match => match[1]))
  const whole = message({
    proposals: [offer],
    notifies: [{ type: 14, name: 'NO_PROPOSAL_CHOSEN', isError: true, text: '' }],
    nat: [{ about: 'source', matches: true }],
    fragment: { number: 1, total: 2 },
    repeats: [{ packet: 4, time: 1001 }],
  })
  const refusals = [{ packet: 5, time: 1002, from: 'x', reason: 'y', about: 3 }]
  const negotiations = [negotiation({ messages: [whole], refusals, accepted: offer })]
  const keys = new Set<string>()
  for (const about of ['ladder', 'sas'] as const)
    for (const line of parsed({ negotiations, verdicts, associations }, about))
      JSON.stringify(line, (key, value) => {
        if (key !== '' && !/^\d+$/.test(key)) keys.add(key)
        return value
      })
  expect(keys.size).toBeGreaterThan(60)
  expect([...keys].filter(key => !told.has(key))).toEqual([])
})

it('escapes what a terminal could take for a command', () => {
  const evil = 'x\x1b[2J\u202e\x9b"\\\n'
  const text = printed({ negotiations: [negotiation({ outcome: evil })] }, 'ladder')
  expect(text).toMatch(/^[\x20-\x7e\n]+$/)
  expect(JSON.parse(text.split('\n')[0]!).outcome).toBe(evil)
})
