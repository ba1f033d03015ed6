import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { reduce } from '../../src/tui/reduce.ts'
import { startEntries } from '../../src/tui/start-entries.ts'
import { initialState } from '../../src/tui/state.ts'
import { captureNames } from '../captures.ts'

const folder = new URL('../../captures/', import.meta.url)

it('captures come in the order in which their README tells of them, the walkthrough first', () => {
  const learnt = startEntries(folder).filter(({ section }) => section === 'To learn from')
  const text = readFileSync(new URL('README.md', folder), 'utf8')
  const places = learnt.map(({ label }) => text.indexOf(`| \`${label}\` |`))
  expect(learnt[0]).toMatchObject({ label: 'walkthrough.pcap', kind: 'file' })
  expect(learnt[0]?.detail).toMatch(/^IPv4 in IPv4 /)
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(places).not.toContain(-1)
  expect(learnt.map(({ label }) => label).sort()).toEqual([...captureNames].sort())
})

it('interfaces that are up come before all else', () => {
  const sections = startEntries(folder).map(({ section }) => section)
  expect(sections.lastIndexOf('Listen on')).toBeLessThan(sections.indexOf('To learn from'))
})

it('what passes interfaces stands in columns, one below the other', () => {
  const lines = startEntries(folder).filter(({ kind }) => kind === 'interface')
  const ends = (pattern: RegExp) => new Set(lines.map(({ detail }) => detail.search(pattern)))
  expect(lines.length).toBeGreaterThan(0)
  expect(ends(/(?<=\/s|down|no carrier) +[\d,]+ packets?/).size).toBe(1)
  expect(ends(/(?<=\d) packets?/).size).toBe(1)
  expect(ends(/(?<=\d packets?)( {2}|$)/)).not.toContain(-1)
})

it('the cursor stays on an interface while others come and go', () => {
  const entry = (path: string) =>
    ({ section: 'Listen on', label: path, detail: '', path, kind: 'interface' }) as const
  const size = { columns: 80, rows: 24 }
  const chosen = (...names: readonly string[]) => names.map(entry)
  let state = reduce(initialState(size, true), { type: 'started', entries: chosen('em0', 'em1', 'lo0') })
  state = reduce(state, { type: 'entry', index: 1 })
  state = reduce(state, { type: 'entries', entries: chosen('wg0', 'em0', 'em1', 'lo0') })
  expect(state.start.entries[state.start.cursor]?.path).toBe('em1')
  // When it is gone, it is on what has taken its place.
  state = reduce(state, { type: 'entries', entries: chosen('wg0', 'em0', 'lo0') })
  expect(state.start.entries[state.start.cursor]?.path).toBe('lo0')
})

it('tours come before the captures that they go through, in the order in which one learns', () => {
  const entries = startEntries(folder)
  const sections = entries.map(({ section }) => section)
  expect(sections.lastIndexOf('Guided tours')).toBe(sections.indexOf('To learn from') - 1)
  const tours = entries.filter(({ section }) => section === 'Guided tours')
  expect(tours.map(({ path, kind }) => [path, kind]).slice(0, 3)).toEqual([
    ['ip-in-ip', 'tour'],
    ['ipv6-outside', 'tour'],
    ['gre', 'tour'],
  ])
})
