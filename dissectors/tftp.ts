import { type Field, field } from '../src/dissect/field.ts'
import { display, type LayerView } from '../src/dissect/layer-view.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { tftpErrorMeanings, tftpOpcodeMeanings } from './numbers/configuration-meanings.ts'
import { udpPorts } from './numbers/ports.ts'
import { readZeroEnded, walkZeroEnded } from './text-lines.ts'

// |  Opcode 1, 2  |  Filename, 0  |  Mode, 0  |  Option, 0, Value, 0 …      requests
// |   Opcode 3    |    Block #    |  Data, up to 512 bytes or blksize
// |   Opcode 4    |    Block #    |
// |   Opcode 5    |   ErrorCode   |  ErrMsg, 0
// |   Opcode 6    |  Option, 0, Value, 0 …                                  RFC 2347

const opcodes: Readonly<Record<number, string>> = {
  1: 'Read request',
  2: 'Write request',
  3: 'Data',
  4: 'Acknowledgment',
  5: 'Error',
  6: 'Option acknowledgment',
}

const string = (name: string, label: string, section: string, explain: string) =>
  field(`tftp.${name}`, label, { type: 'text', explain, section, read: readZeroEnded })

const f = {
  opcode: field('tftp.opcode', 'Opcode', {
    explain: 'What the packet is: a wish to read or write a file, a piece of it, or an answer.',
    section: 'RFC 1350 §5',
    meanings: tftpOpcodeMeanings,
    values: opcodes,
  }),
  source: string('source_file', 'Filename', 'RFC 1350 §5', 'The file that the server is to send.'),
  destination: string(
    'destination_file',
    'Filename',
    'RFC 1350 §5',
    'The file that the server is to write. Nobody has to prove who they are.',
  ),
  mode: string(
    'type',
    'Mode',
    'RFC 1350 §5',
    'Whether bytes are taken as they are (octet) or the ends of lines are changed to those of the receiver (netascii).',
  ),
  option: field('tftp.option', 'Option', {
    type: 'group',
    explain:
      'Something that the client asks for beyond the plain protocol, or the server’s answer to it: blksize, tsize, timeout, windowsize.',
    section: 'RFC 2347',
  }),
  name: string('option.name', 'Option name', 'RFC 2347', 'Says what the value behind it is for.'),
  value: string(
    'option.value',
    'Option value',
    'RFC 2347',
    'A number in digits. A tsize of 0 asks for the size of the file.',
  ),
  block: field('tftp.block', 'Block', {
    explain:
      'Counts the pieces of the file from 1 on, over 65535 again at 0. A piece that is not full is the last one.',
    section: 'RFC 1350 §5',
  }),
  errorCode: field('tftp.error.code', 'Error code', {
    explain: 'Why the transfer ends here.',
    section: 'RFC 1350 §5',
    meanings: tftpErrorMeanings,
    values: {
      0: 'Not defined',
      1: 'File not found',
      2: 'Access violation',
      3: 'Disk full or allocation exceeded',
      4: 'Illegal TFTP operation',
      5: 'Unknown transfer ID',
      6: 'File already exists',
      7: 'No such user',
      8: 'Option negotiation failed',
    },
  }),
  errorMessage: string('error.message', 'Error message', 'RFC 1350 §5', 'The reason in words, for people.'),
}

const [read, write, data, acknowledgment, error, optionAcknowledgment] = [1, 2, 3, 4, 5, 6]

/** An opcode of those that follow a request, with as many bytes as it needs. */
function looksLikeTransfer(r: Reader): boolean {
  if (r.peek() !== 0) return false
  const opcode = r.peek(1)
  if (opcode === acknowledgment) return r.left === 4
  if (opcode === error) return r.left >= 5
  return (opcode === data || opcode === optionAcknowledgment) && r.left >= 4
}

export const tftp = protocol({
  id: 'tftp',
  name: 'Trivial File Transfer Protocol',
  short: 'TFTP',
  reference: 'RFC 1350, RFC 2347, RFC 2348, RFC 2349, RFC 7440',
  about:
    'Moves files without names, passwords or encryption: how machines fetch what they boot, and routers their configuration. Only the request goes to port 69, the server answers from a port of its own.',
  fields: f,
  claims: [[udpPorts, 69]],
  guess: { space: udpPorts, first: [], begins: () => false, goesOn: looksLikeTransfer, elsewhere: true },
  walk(r) {
    const opcode = r.u16(f.opcode)
    if (opcode === read || opcode === write) {
      walkZeroEnded(r, opcode === read ? f.source : f.destination)
      walkZeroEnded(r, f.mode)
      walkOptions(r)
    } else if (opcode === data || opcode === acknowledgment) r.u16(f.block)
    else if (opcode === error) {
      r.u16(f.errorCode)
      walkZeroEnded(r, f.errorMessage)
    } else if (opcode === optionAcknowledgment) walkOptions(r)
    return r.carry(undefined)
  },
  summary: summarize,
})

function walkOptions(r: Reader): void {
  while (r.more()) {
    r.open(f.option)
    walkZeroEnded(r, f.name)
    if (r.left > 0) walkZeroEnded(r, f.value)
    r.close()
  }
}

function summarize(v: LayerView): string {
  const opcode = v.number(f.opcode)
  const name = (opcodes[opcode] ?? `opcode ${opcode}`).toLowerCase()
  if (v.has(f.block)) return `${name}, block ${v.number(f.block)}`
  if (v.has(f.errorCode)) return `${name}: ${v.show(f.errorMessage) || v.show(f.errorCode)}`
  const file: Field | undefined = [f.source, f.destination].find(each => v.has(each))
  const options = optionsOf(v)
  return `${name}${file ? ` ${v.show(file)}` : ''}${options}`
}

function optionsOf(v: LayerView): string {
  let text = ''
  for (let at = v.at(f.name); at >= 0 && text.length < 200; at = v.at(f.name, at))
    text += `, ${display(v.found, at, v)}`
  return text
}
