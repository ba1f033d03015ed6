import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { protocols } from '../dissectors/index.ts'

const file = join(import.meta.dirname, '..', 'README.md')
const section = /(<!-- protocols -->\n)[\s\S]*?(<!-- \/protocols -->)/

const table = [
  '| id | protocol | specified in |',
  '| --- | --- | --- |',
  ...protocols.filter(p => p.id !== 'data').map(p => `| \`${p.id}\` | ${p.name} | ${p.reference} |`),
  '',
].join('\n')

it('lists every protocol in the README (npm run readme writes the list)', () => {
  const readme = readFileSync(file, 'utf8')
  const current = readme.replace(section, `$1${table}$2`)
  if (process.env['README'] === 'write') writeFileSync(file, current)
  else expect(readme).toBe(current)
})
