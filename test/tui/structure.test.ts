import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ByteWriter } from '../../src/byte-writer.ts'
import { printTree } from '../../src/print/tree.ts'
import { nodeText } from '../../src/print/tree-nodes.ts'
import { textOf } from '../../src/tui/text.ts'
import { nodeRow } from '../../src/tui/tree-rows.ts'
import { At } from './at.ts'

const root = join(import.meta.dirname, '../..')
const source = (file: string): string => readFileSync(join(root, file), 'utf8')

describe('panes', () => {
  const panes = readdirSync(join(root, 'src/tui/panes')).map(name => join('src/tui/panes', name))

  it.each(panes)('%s is thin, has no state, and knows no key and no colour', file => {
    const text = source(file)
    expect(text.split('\n').length).toBeLessThanOrEqual(100)
    expect(text).not.toMatch(/\buse[A-Z]\w*\(/)
    expect(text).not.toMatch(/\\x1b|chalk|'(escape|return|tab|space|ctrl-\w)'/)
  })
})

/** Files that a file imports for more than their types, and those that these import, within the screen. */
function reached(from: string): string[] {
  const files = new Set([from])
  for (const file of files)
    for (const [, what, name] of source(file).matchAll(/^(?:import|export)(.*?)from '(\.[^']+)'/gms)) {
      const target = relative(root, join(root, dirname(file), name!))
      const isNeeded = !/^\s*type\b/.test(what!) && target.startsWith('src/tui/')
      if (isNeeded) files.add(target)
    }
  return [...files]
}

describe('reduce', () => {
  it('reaches no clock, no chance, no file, no terminal and no component', () => {
    const files = reached('src/tui/reduce.ts')
    expect(files.length).toBeGreaterThan(20)
    expect(files.filter(file => file.endsWith('.tsx'))).toEqual([])
    const impure = /\bDate\.now|new Date\b|\bperformance\b|Math\.random|from 'node:(?!buffer)|\bprocess\./
    expect(files.filter(file => impure.test(source(file)))).toEqual([])
  })
})

describe('the tree on the screen', () => {
  it.each([
    ['walkthrough.pcap', 2],
    ['gre-key.pcap', 3],
    ['ikev2-psk.pcap', 3],
  ])('says of %s %i what -T tree prints, line by line', async (name, packet) => {
    const at = (await At.open(name, 400, 60)).do({ type: 'jump', packet }).press('E')
    const out = new ByteWriter(4096)
    printTree(out, at.detail.found)
    const printed = out
      .toString()
      .split('\n')
      .filter(line => line.trim() !== '')
    const { found, nodes } = at.detail
    const plain = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
    nodes.forEach((node, i) => {
      const shown = plain(textOf(nodeRow(at.state, at.detail, i, 400)))
      const { label, value } = nodeText(found, nodes, node)
      expect(shown).toContain(plain(`${label} ${value}`))
      expect(plain(printed.join(' '))).toContain(plain(value))
    })
    expect(printed.length).toBeGreaterThanOrEqual(nodes.length)
  })
})
