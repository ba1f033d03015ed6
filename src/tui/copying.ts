import { newDissector } from '../../dissectors/index.ts'
import { ByteWriter } from '../byte-writer.ts'
import { Rules } from '../dissect/rules.ts'
import { nodeRanges } from '../print/node-ranges.ts'
import { TcpdumpPrinter } from '../print/tcpdump.ts'
import type { Copied } from './actions.ts'
import { explanationOf } from './explanation-rows.ts'
import { bufferBytes, bufferOf } from './folding.ts'
import type { Detail } from './state.ts'

/** More than this terminals do not take from a program (OSC 52). */
const mostCopied = 74_000

/** What `y` and a letter copies of the selected node; empty where there is nothing to copy. */
export function copiedText(detail: Detail, node: number, what: Copied, rules = new Rules()): string {
  const said = explanationOf(detail, node)
  switch (what) {
    case 'value':
      return said.value
    case 'field':
      return [said.title, said.value].filter(text => text !== '').join(': ')
    case 'filter':
      return said.filter
    case 'bytes':
      return hexOf(detail, node)
    case 'explanation':
      return [
        [said.title, said.section, said.position, said.width].filter(text => text !== '').join(' · '),
        ...said.text,
      ].join('\n')
    case 'packet':
      return packetText(detail, rules)
  }
}

function hexOf(detail: Detail, index: number): string {
  const bytes = bufferBytes(detail, bufferOf(detail, index))
  const node = detail.nodes[index]
  const ranges = node ? nodeRanges(detail.found, node) : []
  return ranges
    .map(({ start, end }) => Buffer.from(bytes.subarray(start, end)).toString('hex'))
    .join('')
    .slice(0, mostCopied)
}

/** As `vpnscope -nXXvvv` prints it. */
function packetText({ found }: Detail, rules: Rules): string {
  const writer = new ByteWriter()
  const options = { verbose: 3, numeric: true, link: true, quiet: false }
  new TcpdumpPrinter(newDissector(undefined, rules), writer, 'local', options, {
    ascii: true,
    link: true,
  }).print(found.frame)
  return writer.toString().slice(0, mostCopied)
}

/** The control sequence that puts a text on the clipboard of whoever looks at this terminal, over ssh too (OSC 52). */
export const clipboardSequence = (text: string): string =>
  `\x1b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\x07`
