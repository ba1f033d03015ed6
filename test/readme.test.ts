import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { newDissector, protocols } from '../dissectors/index.ts'
import { ByteWriter } from '../src/byte-writer.ts'
import { Session } from '../src/dissect/session.ts'
import { Follower } from '../src/follow/follow.ts'
import { printLadders } from '../src/print/ladder.ts'
import { type Binding, type Context, keymap, overs } from '../src/tui/bindings.ts'
import { contextNames, keyText } from '../src/tui/help-rows.ts'
import { panes } from '../src/tui/state.ts'
import { captureFile, framesOf } from './captures.ts'

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

/** What `-T ladder` prints in 80 columns. */
async function ladder(name: string): Promise<string> {
  const follower = new Follower()
  const dissector = newDissector(new Session())
  for (const frame of await framesOf(captureFile(name))) follower.see(dissector.dissect(frame, 'fields'))
  const out = new ByteWriter()
  printLadders(out, follower.story(), { columns: 80, ascii: false })
  return out.toString()
}

const example = 'ikev2-no-proposal-chosen.pcap'
const ladderRun = `\`\`\`\n$ vpnscope -T ladder captures/${example}\n${await ladder(example)}\`\`\`\n`

it.each([
  ['ladder', ladderRun],
  ['protocols', protocolTable],
  ['keys', keyTable],
])('has the %s in the README as they are now (npm run readme writes them)', (name, table) => {
  const section = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`)
  const readme = readFileSync(file, 'utf8')
  expect(readme).toMatch(section)
  const current = readme.replace(section, (_, begin, end) => begin + table + end)
  if (process.env['README'] === 'write') writeFileSync(file, current)
  else expect(readme).toBe(current)
})
