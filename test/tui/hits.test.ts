import { describe, expect, it } from 'vitest'
import { withHits } from '../../src/tui/hits.ts'
import { packetRow } from '../../src/tui/packet-rows.ts'
import type { Find } from '../../src/tui/state.ts'
import { textOf } from '../../src/tui/text.ts'
import { nodeRow } from '../../src/tui/tree-rows.ts'
import { At } from './at.ts'

const find = (text: string, others: Partial<Find> = {}): Find => ({
  text,
  where: 'info',
  kind: 'text',
  ...others,
})

describe('what was looked for', () => {
  it('stands out wherever it is, in small letters and large ones', () => {
    expect(
      withHits([{ text: 'Echo reply, echo', role: 'value' }, { text: 'o' }], find('ECHO'), 'info'),
    ).toEqual([
      { text: 'Echo', role: 'match' },
      { text: ' reply, ', role: 'value' },
      { text: 'echo', role: 'match' },
      { text: 'o' },
    ])
  })

  it('is taken as it is', () => {
    expect(withHits([{ text: 'a.c abc' }], find('a.c'), 'info')).toEqual([
      { text: 'a.c', role: 'match' },
      { text: ' abc' },
    ])
  })

  it.each([
    ['elsewhere', find('a', { where: 'tree' })],
    ['as a pattern, which may take its time', find('(a+)+$', { kind: 'regex' })],
    ['nothing', find('')],
    ['more than can be looked for', find('a'.repeat(1001))],
    ['never', undefined],
  ])('stays as it is: %s', (_, wanted) => {
    const row = [{ text: 'a'.repeat(2000) }]
    expect(withHits(row, wanted, 'info')).toBe(row)
  })

  it('does in the row of the cursor, in the list and in the tree', async () => {
    const at = (await At.open('walkthrough.pcap', 120, 40))
      .press('f')
      .type('reply')
      .press('return')
      .press('j')
    const matches = (row: ReturnType<typeof packetRow>) =>
      row.filter(({ role }) => role === 'match').map(({ text }) => text)
    const columns = [{ name: 'info', title: '', width: 60 }] as const
    at.do({ type: 'find', find: find('reply') })
    expect(matches(packetRow(at.state, at.lines.get(2), '', columns, 80))).toEqual(['reply'])
    expect(matches(packetRow(at.state, at.lines.get(4), '', columns, 80))).toEqual([])
    at.do({ type: 'find', find: find('LIVE', { where: 'tree' }) }).to('ip ip.ttl')
    const row = nodeRow(at.state, at.detail, at.state.selected, 60)
    expect(matches(row)).toEqual(['live'])
    expect(textOf(row)).toMatch(/Time to live +64/)
  })
})
