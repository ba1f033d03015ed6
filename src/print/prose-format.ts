import type { ByteWriter } from '../byte-writer.ts'
import { pageBegin, pageEnd } from './html-page.ts'
import type { Block } from './prose.ts'
import { writeHtml } from './prose-html.ts'
import { writeMarkdown } from './prose-markdown.ts'
import { type TextStyle, writeText } from './prose-text.ts'

/** A way to write blocks down. */
export type ProseFormat = {
  /** How wide drawings may be. */
  readonly columns: number
  begin(out: ByteWriter, title: string): void
  write(out: ByteWriter, blocks: readonly Block[]): void
  end(out: ByteWriter): void
}

/** Columns of drawings where no terminal limits them. */
const pageColumns = 90

/** The way with this name. Only plain text cares about `style`. */
export function proseFormat(name: 'text' | 'md' | 'html', style: TextStyle): ProseFormat {
  const plain = { begin: () => {}, end: () => {} }
  switch (name) {
    case 'text':
      return {
        ...plain,
        columns: style.columns,
        write: separately((out, blocks) => writeText(out, blocks, style)),
      }
    case 'md':
      return { ...plain, columns: pageColumns, write: separately(writeMarkdown) }
    case 'html':
      return {
        columns: pageColumns,
        begin: (out, title) => lines(out, pageBegin(title)),
        write: writeHtml,
        end: out => lines(out, pageEnd),
      }
  }
}

/** Puts a blank line between what is written and what was before. */
function separately(write: ProseFormat['write']): ProseFormat['write'] {
  let isFirst = true
  return (out, blocks) => {
    if (!isFirst) out.ascii('\n')
    isFirst = false
    write(out, blocks)
  }
}

/** Our own lines: nothing else may break one. */
function lines(out: ByteWriter, text: string): void {
  for (const line of text.trimEnd().split('\n')) out.text(line).ascii('\n')
}
