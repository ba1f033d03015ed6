import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ByteWriter, controls } from '../../src/byte-writer.ts'
import type { Frame } from '../../src/frame.ts'
import { width } from '../../src/print/columns.ts'
import type { Block } from '../../src/print/prose.ts'
import { proseFormat } from '../../src/print/prose-format.ts'
import { writeText } from '../../src/print/prose-text.ts'
import { captureFile, captureNames, framesOf, itInCorpus } from '../captures.ts'
import { blocksOf, explainedBlocks, textOf } from '../explained.ts'

const style = { columns: 80, ascii: false, paint: undefined }

function written(name: 'md' | 'html' | 'text', blocks: readonly Block[], title = 'a test'): string {
  const out = new ByteWriter()
  const format = proseFormat(name, style)
  format.begin(out, title)
  format.write(out, blocks)
  format.end(out)
  return out.toString()
}

const hostile = '<script>alert(1)</script> & "quotes" \u001b[31mred\u0007 *bold* `code` | cell \u202eturned'
const hostileBlocks: readonly Block[] = [
  { kind: 'title', text: hostile },
  { kind: 'section', text: hostile, layer: 7 },
  { kind: 'text', text: hostile, tone: 'error' },
  { kind: 'entry', term: hostile, aside: hostile, text: hostile },
  {
    kind: 'field',
    depth: 1,
    label: hostile,
    place: '0x0000',
    width: '8 bits',
    hex: '3c',
    ascii: '<`',
    bits: '',
    value: hostile,
    text: hostile,
    section: hostile,
    layer: 3,
    node: 4,
    buffer: 0,
    start: 0,
    end: 1,
  },
  { kind: 'table', heads: [' #', hostile], rows: [['1', hostile]] },
  { kind: 'drawing', lines: [[{ text: hostile, layer: 1, node: 2, byte: 3 }]], dump: 0 },
]

/** Tags in the order in which they open; throws where one closes that is not open. */
function tagsOf(html: string): string[] {
  const open: string[] = []
  const all: string[] = []
  const plain = html.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '<$1></$1>')
  for (const [, slash, name] of plain.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
    if (name === 'meta') continue
    if (slash === '') {
      open.push(name!)
      all.push(name!)
    } else expect(open.pop()).toBe(name)
  }
  expect(open).toEqual([])
  return all
}

const withoutHead = (html: string): string => html.slice(html.indexOf('<main>'), html.indexOf('</main>'))

describe('a page', () => {
  it('is well-formed, and has a row of bytes for each line of the dump', async () => {
    const html = written('html', await blocksOf('walkthrough.pcap', 2))
    const tags = tagsOf(html)
    expect(tags.filter(tag => tag === 'article')).toHaveLength(1)
    expect(html.match(/data-at="/g)).toHaveLength(2 * 102)
    // Time to live of the outer header: node, bytes 8 to 9 of the frame.
    expect(html).toMatch(
      /data-b="0" data-s="8" data-u="9"><span class="l0"><code>0x0008<\/code>, 8 bits<\/span>: <b>Time to live<\/b>/,
    )
  })

  it('joins a field to its bytes by the same number', async () => {
    const html = written('html', await blocksOf('walkthrough.pcap', 2))
    const [, node] = /data-n="(\d+)" data-b="0" data-s="8" data-u="9"/.exec(html) ?? []
    expect(html).toContain(`<span class="l0" data-n="${node}" data-at="8">40</span>`)
  })

  it('loads nothing, and lets no script run but its own', async () => {
    const html = written('html', await blocksOf('walkthrough.pcap', 2))
    expect(html).not.toMatch(/https?:|src=|href=|@import|url\(/)
    const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? []
    expect(policy).toContain("default-src 'none'")
    for (const tag of ['style', 'script']) {
      const [, text = ''] = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(html) ?? []
      expect(policy).toContain(createHash('sha256').update(text).digest('base64'))
    }
  })

  it('lets no text of a packet become part of it', () => {
    const html = written('html', hostileBlocks, hostile)
    expect(tagsOf(html).filter(tag => tag === 'script')).toHaveLength(1)
    expect(withoutHead(html)).toContain('&lt;script&gt;')
    expect(withoutHead(html)).not.toMatch(/[^\n\P{Cc}]|\u202e/u)
    expect(html).toMatch(/<title>&lt;script&gt;/)
  })
})

describe('Markdown', () => {
  it('has headings, bullets, a table and drawings', async () => {
    const md = written('md', await blocksOf('walkthrough.pcap', 2))
    expect(md).toContain('# Packet 2 of test.pcap\n')
    expect(md).toContain('| ---: | --- | --- | ---: | ---: | --- |\n| 1 | IPv4 | 0x0000–0x0013 | 20 | 20 % |')
    expect(md).toContain(
      '- `0x0008`, 8 bits: **Time to live**, hex `40`, ASCII `@`: **64**.  \n  Each router',
    )
    expect(md.match(/^```/gm)!.length % 2).toBe(0)
  })

  it('lets no text of a packet mean anything', () => {
    const md = written('md', hostileBlocks)
    const outside = md.replace(/^```text\n[\s\S]*?\n```$/gm, '')
    expect(outside).not.toMatch(/<script>/)
    expect(outside).not.toMatch(/[^\\*]\*bold\*/)
    expect(outside).toContain('\\`code\\` \\| cell')
    expect(md).toContain('ASCII `` <` ``')
    expect(md).not.toMatch(/[^\n\P{Cc}]|\u202e/u)
  })
})

describe('plain text', () => {
  it('is ASCII where nothing else can be shown', async () => {
    const out = new ByteWriter()
    writeText(out, await blocksOf('walkthrough.pcap', 2), { ...style, ascii: true })
    expect(out.toString()).toMatch(/^[\n\x20-\x7e]*$/)
    expect(out.toString()).toContain('+-------+-------+')
  })

  it('gives pieces their roles to paint', async () => {
    const out = new ByteWriter()
    const roles = new Set<string>()
    const paint = (row: readonly { text: string; role?: string }[]) => {
      for (const { role } of row) if (role) roles.add(role)
      return row.map(({ text }) => text).join('')
    }
    writeText(out, await blocksOf('walkthrough.pcap', 2), { ...style, paint })
    for (const role of ['title', 'value', 'dim', 'warning', 'layer-0', 'layer-1', 'layer-2', 'layer-3'])
      expect(roles).toContain(role)
  })

  it('keeps words whole, and cuts only what is longer than a line', () => {
    const text = textOf([{ kind: 'text', text: `${'word '.repeat(30)}${'x'.repeat(200)}` }])
    const lines = text.trimEnd().split('\n')
    expect(lines[0]).toBe('word '.repeat(16).trimEnd())
    expect(lines.every(line => line.length <= 80)).toBe(true)
    expect(text.replace(/[^x]/g, '')).toHaveLength(200)
  })

  it('cuts no character in two, and counts wide ones as two columns', () => {
    const said = '\u{1f600}'.repeat(100) + '\u6f22'.repeat(100)
    const text = textOf([{ kind: 'text', text: said }])
    expect(text.replaceAll('\n', '')).toBe(said)
    expect(
      text
        .trimEnd()
        .split('\n')
        .every(line => width(line) <= 80),
    ).toBe(true)
  })

  it('lets no text of a packet reach the terminal', () => {
    expect(textOf(hostileBlocks).replaceAll('\n', '').search(controls)).toBe(-1)
  })
})

/** Numbers from 0 to below − 1, the same in each run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const damaged = (frame: Frame, random: (below: number) => number): Frame => {
  const bytes = frame.bytes.slice()
  for (let i = 0; i < 4; i++) bytes[random(bytes.length)] = random(256)
  return {
    ...frame,
    bytes,
    capturedLength: random(4) === 0 ? random(frame.capturedLength + 1) : frame.capturedLength,
  }
}

it('survives damaged packets of many kinds in every format', async () => {
  const random = randomFrom(8)
  let texts = 0
  for (const name of captureNames.filter((_, i) => i % 3 === 0)) {
    const frames = await framesOf(captureFile(name), 4)
    const frame = frames[random(frames.length)]
    if (frame === undefined || frame.capturedLength === 0) continue
    const blocks = explainedBlocks([damaged(frame, random)])
    for (const format of ['text', 'md', 'html'] as const) {
      const said = written(format, blocks)
      const own = format === 'html' ? withoutHead(said) : said
      expect(own.replaceAll('\n', '').search(controls), name).toBe(-1)
      expect(own.replace(/data-\w+="[^"]*"/g, ''), name).not.toMatch(
        /\bNaN\b|\bundefined\b|\[object|-Infinity/,
      )
      texts++
    }
    tagsOf(written('html', blocks))
  }
  expect(texts).toBeGreaterThan(3 * 30)
})

itInCorpus('explains the last of a few packets in 80 columns', 30_000, async file => {
  const frames = await framesOf(file, 5)
  if (frames.length === 0) return
  const said = textOf(explainedBlocks(frames))
  expect(said.replaceAll('\n', '').search(controls)).toBe(-1)
  expect(said.split('\n').filter(line => width(line) > 80)).toEqual([])
})
