import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { newDissector, protocols } from '../dissectors/index.ts'
import { ByteWriter } from '../src/byte-writer.ts'
import type { Field } from '../src/dissect/field.ts'
import type { Protocol } from '../src/dissect/protocol.ts'
import { Session } from '../src/dissect/session.ts'
import { Follower } from '../src/follow/follow.ts'
import { printLadders } from '../src/print/ladder.ts'
import { type Binding, type Context, keymap, modes, overs } from '../src/tui/bindings.ts'
import { contextNames, keyText } from '../src/tui/help-rows.ts'
import { panes } from '../src/tui/state.ts'
import { captureFile, captureNames, framesOf } from './captures.ts'

const file = join(import.meta.dirname, '..', 'README.md')

/** Of every capture, how many layers of each protocol a packet has on average. */
const shares = await Promise.all(
  captureNames.map(async name => {
    const dissector = newDissector(new Session())
    const frames = await framesOf(captureFile(name))
    const share = new Map<Protocol, number>()
    for (const frame of frames) {
      const { protocols: found, layerCount } = dissector.dissect(frame, 'peel')
      for (const p of found.slice(0, layerCount)) share.set(p, (share.get(p) ?? 0) + 1 / frames.length)
    }
    return { name, share }
  }),
)

/** Holds so many protocols that it shows none of them well. */
const everything = 'jenga.pcap'

/** The capture to see a protocol in: one that is named after it, else the one that is fullest of it. */
function sampleOf(p: Protocol): string {
  const named = ({ name }: { name: string }) =>
    name === everything ? -1 : Number(name.startsWith(p.id.toLowerCase()))
  const [best] = shares
    .filter(({ share }) => share.has(p))
    .sort((a, b) => named(b) - named(a) || b.share.get(p)! - a.share.get(p)! || (a.name < b.name ? -1 : 1))
  return best ? `\`${best.name}\`` : ''
}

/** How much of it is read, and how it is known. */
function extentOf({ fields, message, guess }: Protocol): string {
  const names = new Set(Object.values(fields).flatMap(f => namesIn(f)))
  return [
    names.size === 0 ? 'no header of its own' : `${names.size} field${names.size === 1 ? '' : 's'}`,
    ...(message ? ['messages across segments'] : []),
    ...(guess ? ['known on any port'] : []),
  ].join(', ')
}

const namesIn = ({ name, parts = [] }: Field): string[] => [
  name,
  ...parts.flatMap(([part]) => (part ? namesIn(part) : [])),
]

const protocolTable = [
  '| id | protocol | specified in | what is read | seen in |',
  '| --- | --- | --- | --- | --- |',
  ...protocols
    .filter(p => p.id !== 'data')
    .map(p => `| \`${p.id}\` | ${p.name} | ${p.reference} | ${extentOf(p)} | ${sampleOf(p)} |`),
  '',
].join('\n')

const code = (keys: string) => `\`${keyText(keys).replaceAll('|', '\\|')}\``
const isListed = (context: Context): boolean =>
  [...panes, ...modes, ...overs].some(listed => listed === context)
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
