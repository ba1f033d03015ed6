import type { ByteWriter } from '../byte-writer.ts'
import { escapeHtml } from './html-page.ts'
import type { Block, FieldItem, Mark, Tone } from './prose.ts'

/** Writes blocks as an article of a page; the bytes of its fields light up where its reader points at them. */
export function writeHtml(out: ByteWriter, blocks: readonly Block[]): void {
  const isPacket = blocks.some(({ kind }) => kind === 'field')
  const lines = [isPacket ? '<article class="packet">' : '<article>']
  let inList = false
  for (const block of blocks) {
    const isItem = block.kind === 'field' || block.kind === 'entry'
    if (isItem !== inList) lines.push(isItem ? '<ul>' : '</ul>')
    inList = isItem
    lines.push(...blockLines(block))
    if (isPacket && block.kind === 'title') lines.push(hint)
  }
  if (inList) lines.push('</ul>')
  for (const line of [...lines, '</article>']) out.text(line).ascii('\n')
}

/** Pages of several packets show the first one. */
const hint =
  '<p class="hint dim">Point at a field to see its bytes, at a byte to see its field; a click on a byte goes there.</p>'

function blockLines(block: Block): string[] {
  switch (block.kind) {
    case 'title':
      return [`<h1>${escapeHtml(block.text)}</h1>`]
    case 'section':
      return [`<h2${layerClass(block.layer)}>${escapeHtml(block.text)}</h2>`]
    case 'text':
      return [`<p${toneClass(block.tone)}>${escapeHtml(block.text)}</p>`]
    case 'entry':
      return [`<li class="d${block.depth ?? 0}">${entryHtml(block.term, block.aside, block.text)}</li>`]
    case 'field':
      return [fieldHtml(block)]
    case 'table':
      return tableLines(block.heads, block.rows)
    case 'drawing':
      return drawingLines(block.lines, block.dump)
  }
}

const layerClass = (layer: number | undefined): string =>
  layer === undefined ? '' : ` class="l${layer % 6}"`

const toneClass = (tone: Tone = 'plain'): string =>
  tone === 'plain' ? '' : ` class="${tone === 'aside' ? 'dim' : tone}"`

function entryHtml(term: string, aside: string, text: string): string {
  if (term === '') return escapeHtml(text)
  const behind = aside === '' ? '' : ` <span class="dim">${escapeHtml(aside)}</span>`
  return `<b>${escapeHtml(term)}</b>${behind}${text === '' ? '' : `: ${escapeHtml(text)}`}`
}

/** Fields deeper than this stand as deep as this. */
const deepest = 4

function fieldHtml(item: FieldItem): string {
  const said = [
    ...(item.hex === '' ? [] : [`hex ${code(item.hex)}`, `ASCII ${code(item.ascii)}`]),
    ...(item.bits === '' ? [] : [`binary <code class="bits">${escapeHtml(item.bits)}</code>`]),
  ].join(', ')
  const value = item.value === '' ? '' : `<b>${escapeHtml(item.value)}</b>`
  const facts = [said, value].filter(text => text !== '').join(': ')
  const section = item.section === '' ? '' : ` <span class="dim">(${escapeHtml(item.section)})</span>`
  const meaning = item.text === '' && section === '' ? '' : `<p>${escapeHtml(item.text)}${section}</p>`
  const place = `<span${layerClass(item.layer)}>${code(item.place)}, ${escapeHtml(item.width)}</span>`
  const data = `data-n="${item.node}" data-b="${item.buffer}" data-s="${item.start}" data-u="${item.end}"`
  return `<li class="l${item.layer % 6} d${Math.min(item.depth, deepest)}" tabindex="0" ${data}>${place}: <b>${escapeHtml(item.label)}</b>${facts === '' ? '' : `, ${facts}`}${meaning}</li>`
}

const code = (text: string): string => `<code>${escapeHtml(text)}</code>`

function tableLines(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const classOf = (i: number) => (heads[i]?.startsWith(' ') ? ' class="n"' : '')
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell, i) => `<${tag}${classOf(i)}>${escapeHtml(cell.trim())}</${tag}>`).join('')}</tr>`
  return [
    `<div class="wide"><table><thead>${row(heads, 'th')}</thead><tbody>`,
    ...rows.map(cells => row(cells, 'td')),
    '</tbody></table></div>',
  ]
}

function drawingLines(lines: readonly (readonly Mark[])[], dump: number | undefined): string[] {
  const [first = '', ...rest] = lines.map(marks => marks.map(markHtml).join('').trimEnd())
  return [(dump === undefined ? '<pre>' : `<pre class="dump" data-b="${dump}">`) + first, ...rest, '</pre>']
}

function markHtml({ text, layer, node, byte }: Mark): string {
  if (layer === undefined && node === undefined) return escapeHtml(text)
  const owner = node === undefined ? '' : ` data-n="${node}"`
  const at = byte === undefined ? '' : ` data-at="${byte}"`
  return `<span${layerClass(layer)}${owner}${at}>${escapeHtml(text)}</span>`
}
