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
