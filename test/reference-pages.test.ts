import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { protocols } from '../dissectors/index.ts'
import { topics } from '../dissectors/lessons/topics.ts'
import { ByteWriter } from '../src/byte-writer.ts'
import type { Block } from '../src/print/prose.ts'
import { writeMarkdown } from '../src/print/prose-markdown.ts'
import { explainProtocol, explainTopic } from '../src/print/reference.ts'

const folder = join(import.meta.dirname, '..', 'docs', 'reference')

const out = new ByteWriter()
const markdown = (blocks: readonly Block[]): string => {
  out.clear()
  writeMarkdown(out, blocks)
  return out.toString()
}

const link = (name: string): string => `[\`${name}\`](${name}.md)`

const index = [
  '# Protocols and fields',
  '',
  'What `vpnscope explain NAME` says, a page for each protocol. `npm run docs` makes these pages from the declarations in `dissectors/`.',
  '',
  '| id | protocol | specified in |',
  '| --- | --- | --- |',
  ...protocols.map(p => `| ${link(p.id)} | ${p.name} | ${p.reference} |`),
  '',
  'Ways to use them that have a name of their own:',
  '',
  ...topics.map(topic => `- ${link(topic.name)}: ${topic.title}`),
  '',
].join('\n')

const pages = new Map<string, string>([
  ['README.md', index],
  ...protocols.map(p => [`${p.id}.md`, markdown(explainProtocol(p, true))] as const),
  ...topics.map(topic => [`${topic.name}.md`, markdown(explainTopic(topic))] as const),
])

it('has the reference as it is now (npm run docs writes it)', () => {
  if (process.env['DOCS'] === 'write') {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    for (const [name, page] of pages) writeFileSync(join(folder, name), page)
  }
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort())
  for (const [name, page] of pages) expect(readFileSync(join(folder, name), 'utf8'), name).toBe(page)
})
