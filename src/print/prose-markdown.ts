import type { ByteWriter } from '../byte-writer.ts'
import type { Block, FieldItem, Tone } from './prose.ts'

/** Writes blocks as Markdown, as GitHub and pandoc read it. */
export function writeMarkdown(out: ByteWriter, blocks: readonly Block[]): void {
  let before: Block['kind'] | undefined
  for (const block of blocks) {
    if (before !== undefined && (before !== block.kind || !isItem(block))) out.ascii('\n')
    for (const line of markdownLines(block)) out.text(line).ascii('\n')
    before = block.kind
  }
}

const isItem = ({ kind }: Block): boolean => kind === 'field' || kind === 'entry'

function markdownLines(block: Block): string[] {
  switch (block.kind) {
    case 'title':
      return [`# ${escaped(block.text)}`]
    case 'section':
      return [`## ${escaped(block.text)}`]
    case 'text':
      return [toned(escaped(block.text), block.tone ?? 'plain')]
    case 'entry':
      return [`${'  '.repeat(block.depth ?? 0)}${entryLine(block.term, block.aside, block.text)}`]
    case 'field':
      return fieldLines(block)
    case 'table':
      return [
        row(block.heads.map(head => head.trim())),
        `|${block.heads.map(head => (head.startsWith(' ') ? ' ---: ' : ' --- ')).join('|')}|`,
        ...block.rows.map(row),
      ]
    case 'drawing':
      return [
        '```text',
        ...block.lines.map(line =>
          line
            .map(({ text }) => text)
            .join('')
            .trimEnd(),
        ),
        '```',
      ]
  }
}

function entryLine(term: string, aside: string, text: string): string {
  if (term === '') return `- ${escaped(text)}`
  const behind = aside === '' ? '' : ` ${escaped(aside)}`
  return `- **${escaped(term)}**${behind}${text === '' ? '' : `: ${escaped(text)}`}`
}

const row = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`

const tones: Readonly<Record<Tone, string>> = {
  plain: '',
  aside: '',
  info: 'Remark: ',
  warning: 'Warning: ',
  error: 'Error: ',
}

const toned = (text: string, tone: Tone): string =>
  tone === 'plain' ? text : tone === 'aside' ? `_${text}_` : `> **${tones[tone].trim()}** ${text}`

function fieldLines(item: FieldItem): string[] {
  const indent = '  '.repeat(item.depth)
  const said = [
    ...(item.hex === '' ? [] : [`hex ${code(item.hex)}`, `ASCII ${code(item.ascii)}`]),
    ...(item.bits === '' ? [] : [`binary ${code(item.bits)}`]),
  ].join(', ')
  const value = item.value === '' ? '' : `${said === '' ? '' : ': '}**${escaped(item.value)}**`
  const facts = said + value
  const lines = [
    `${indent}- ${code(item.place)}, ${item.width}: **${escaped(item.label)}**${facts === '' ? '' : `, ${facts}`}.`,
  ]
  const meaning = [item.text, item.section === '' ? '' : `(${item.section})`]
    .filter(said => said !== '')
    .join(' ')
  if (meaning !== '') lines[0] += '  '
  return meaning === '' ? lines : [...lines, `${indent}  ${escaped(meaning)}`]
}

/** Text between as many backticks as keep those in it from ending it. */
function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(run => run.length))
  const fence = '`'.repeat(longest + 1)
  const blank = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return fence + blank + text + blank + fence
}

/** Text in which nothing means anything to a Markdown reader. */
const escaped = (text: string): string =>
  text.replace(/[\\`*_{}[\]<>|#&~]/g, sign => (sign === '<' ? '&lt;' : sign === '&' ? '&amp;' : `\\${sign}`))
