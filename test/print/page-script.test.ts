import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { ByteWriter } from '../../src/byte-writer.ts'
import { proseFormat } from '../../src/print/prose-format.ts'
import { blocksOf } from '../explained.ts'

/** An element of the page, as far as its script asks about elements. */
class Element {
  readonly tag: string
  readonly dataset: Readonly<Record<string, string>>
  readonly text: string
  /** The buffer of the dump that it is in; undefined: it is in none. */
  readonly dump: string | undefined
  readonly inPre: boolean
  readonly lit = new Set<string>()
  readonly page: Page
  readonly classList = {
    add: (name: string) => this.lit.add(name),
    remove: (name: string) => this.lit.delete(name),
  }

  constructor(page: Page, tag: string, attributes: string, text: string, pre: string | undefined) {
    this.page = page
    this.tag = tag
    this.text = text
    this.inPre = pre !== undefined
    this.dump = /data-b="(\d+)"/.exec(pre ?? '')?.[1]
    this.dataset = Object.fromEntries(
      [...attributes.matchAll(/data-(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    )
  }

  closest(selector: string): Element | Page | null {
    return selector === 'article' ? this.page : this.dataset['n'] === undefined ? null : this
  }
}

/** A page of one article. */
class Page {
  readonly elements: Element[] = []

  constructor(html: string) {
    let pre: string | undefined
    for (const [, end, tag = '', attributes = '', text = ''] of html.matchAll(
      /<(\/?)(\w+)([^>]*)>([^<]*)/g,
    )) {
      if (tag === 'pre') pre = end ? undefined : attributes
      else if (!end) this.elements.push(new Element(this, tag, attributes, text, pre))
    }
  }

  querySelector(selector: string): Element | null {
    return this.querySelectorAll(selector)[0] ?? null
  }

  querySelectorAll(selector: string): Element[] {
    const [, tag, node] = /^(li|pre )\[data-n="(\d+)"\]$/.exec(selector) ?? []
    const [, dump] = /^pre\[data-b="(\d+)"\] \[data-at\]$/.exec(selector) ?? []
    if (node === undefined && dump === undefined) throw new Error(`${selector}: not known here`)
    return this.elements.filter(each =>
      dump === undefined
        ? each.dataset['n'] === node && (tag === 'li' ? each.tag === 'li' : each.inPre)
        : each.dump === dump && each.dataset['at'] !== undefined,
    )
  }
}

async function opened() {
  const out = new ByteWriter()
  const format = proseFormat('html', { columns: 80, ascii: false, paint: undefined })
  format.begin(out, 'page')
  format.write(out, await blocksOf('walkthrough.pcap', 2))
  format.end(out)
  const html = out.toString()
  const page = new Page(html.slice(html.indexOf('<article'), html.indexOf('</article>')))
  const listeners = new Map<string, (event: { target: unknown }) => void>()
  const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(html) ?? []
  runInNewContext(script, {
    addEventListener: (name: string, listener: (event: { target: unknown }) => void) =>
      listeners.set(name, listener),
  })
  const pointAt = (target: unknown) => listeners.get('mouseover')?.({ target })
  const lit = () => page.elements.filter(each => each.lit.has('on'))
  return { page, pointAt, lit }
}

it('lights the bytes of the field that one points at, in the dump and in the drawing', async () => {
  const { page, pointAt, lit } = await opened()
  const source = page.elements.find(each => each.dataset['s'] === '32' && each.dataset['u'] === '36')
  pointAt(source)
  const bytes = lit().filter(each => each.dataset['at'] !== undefined)
  expect([...new Set(bytes.map(each => each.dataset['at']))]).toEqual(['32', '33', '34', '35'])
  expect(bytes.map(each => each.text).join(' ')).toBe('ac 10 00 02 . . . .')
  expect(lit()).toContain(source)
  expect(lit().some(each => each.inPre && each.text.includes('172.16.0.2'))).toBe(true)
})

it('lights the field of the byte that one points at, and nothing else any more', async () => {
  const { page, pointAt, lit } = await opened()
  pointAt(page.elements.find(each => each.dataset['s'] === '32'))
  pointAt(page.elements.find(each => each.dataset['at'] === '8'))
  const fields = lit().filter(each => each.tag === 'li')
  expect(fields.map(each => [each.dataset['s'], each.dataset['u']])).toEqual([['8', '9']])
  expect(
    lit()
      .filter(each => each.dataset['at'] !== undefined)
      .map(each => each.text),
  ).toEqual(['40', '@'])
})

it('puts out all lights elsewhere', async () => {
  const { page, pointAt, lit } = await opened()
  pointAt(page.elements.find(each => each.dataset['s'] === '32'))
  pointAt({})
  expect(lit()).toEqual([])
})
