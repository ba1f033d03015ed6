import type { ByteWriter } from '../byte-writer.ts'
import type { Dissection } from '../dissect/dissection.ts'
import type { Columns } from '../filter/columns.ts'
import type { PacketFacts } from '../filter/packet-facts.ts'

/** How chosen fields are printed, in the words of tshark's -E. */
export type FieldStyle = {
  /** The mark of UTF-8 comes first, for programs that take the text for something else without it. */
  readonly bom: boolean
  /** A line with the names of the fields comes first. */
  readonly header: boolean
  /** Stands between two fields. */
  readonly separator: string
  /** Stands around every field that a packet has; empty: nothing. */
  readonly quote: '' | '"' | "'"
  /** Which values of a field are printed, where a packet has several: first, last, all. */
  readonly occurrence: 'f' | 'l' | 'a'
  /** Stands between two values of a field. */
  readonly aggregator: string
}

export const plainStyle: FieldStyle = {
  bom: false,
  header: false,
  separator: '\t',
  quote: '',
  occurrence: 'a',
  aggregator: ',',
}

const mark = Uint8Array.of(0xef, 0xbb, 0xbf)

/** What comes before the first packet: the mark of UTF-8, and the names of the fields as a line, where they are wanted. */
export function printHeader(
  out: ByteWriter,
  { columns }: Columns,
  { bom, header, separator }: FieldStyle,
): void {
  if (bom) out.append(mark)
  if (!header) return
  columns.forEach(({ name }, i) => {
    if (i > 0) printSign(out, separator)
    out.text(name)
  })
  out.ascii('\n')
}

/** The fields of a packet as a line. */
export function printFields(
  out: ByteWriter,
  { columns }: Columns,
  style: FieldStyle,
  found: Dissection,
  about: PacketFacts,
): void {
  columns.forEach((column, i) => {
    if (i > 0) printSign(out, style.separator)
    const values = column.values(found, about)
    if (values.length === 0) return
    out.ascii(style.quote)
    const from = style.occurrence === 'l' ? values.length - 1 : 0
    const until = style.occurrence === 'f' ? 1 : values.length
    for (let value = from; value < until; value++) {
      if (value > from) printSign(out, style.aggregator)
      out.text(closed(column.text(values[value]!), style.quote))
    }
    out.ascii(style.quote)
  })
  out.ascii('\n')
}

/** What stands between fields may be a tab, which texts are not allowed to have. */
function printSign(out: ByteWriter, sign: string): void {
  if (sign === '\t') out.ascii(sign)
  else out.text(sign)
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' }

/** Text of a packet, which may end neither the line nor the quotation. */
function closed(text: string, quote: FieldStyle['quote']): string {
  const written = text.replace(/[\n\r\t\\]/g, character => named[character] ?? character)
  return quote === '' ? written : written.replaceAll(quote, `\\${quote}`)
}
