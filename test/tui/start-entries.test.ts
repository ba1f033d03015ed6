import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { startEntries } from '../../src/tui/start-entries.ts'
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
