import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { protocols } from '../dissectors/index.ts'
import { contextNames, keyText } from '../src/tui/help-rows.ts'
import { type Binding, type Context, keymap, overs } from '../src/tui/keymap.ts'
import { panes } from '../src/tui/state.ts'

const file = join(import.meta.dirname, '..', 'README.md')

const protocolTable = [
  '| id | protocol | specified in |',
  '| --- | --- | --- |',
  ...protocols.filter(p => p.id !== 'data').map(p => `| \`${p.id}\` | ${p.name} | ${p.reference} |`),
  '',
].join('\n')

const code = (keys: string) => `\`${keyText(keys).replaceAll('|', '\\|')}\``
const isListed = (context: Context): boolean => [...panes, ...overs].some(listed => listed === context)
const placesOf = ({ in: contexts }: Binding): string =>
  panes.every(pane => contexts.includes(pane))
    ? 'everywhere'
    : contexts
        .filter(context => isListed(context))
        .map(context => contextNames[context].toLowerCase())
        .join(', ')

const keyTable = [
  '| keys | command | does | where |',
  '| --- | --- | --- | --- |',
  ...keymap
    .filter(binding => binding.in.some(context => isListed(context)))
    .map(b => `| ${b.keys.map(code).join(' ')} | \`${b.name}\` | ${b.does} | ${placesOf(b)} |`),
  '',
].join('\n')

it.each([
  ['protocols', protocolTable],
  ['keys', keyTable],
])('lists all %s in the README (npm run readme writes the list)', (name, table) => {
  const section = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`)
  const readme = readFileSync(file, 'utf8')
  expect(readme).toMatch(section)
  const current = readme.replace(section, (_, begin, end) => begin + table + end)
  if (process.env['README'] === 'write') writeFileSync(file, current)
  else expect(readme).toBe(current)
})
