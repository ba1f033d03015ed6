import type { ByteWriter } from '../byte-writer.ts'
import type { Dissection } from '../dissect/dissection.ts'
import type { Field } from '../dissect/field.ts'
import { display, displayNumber, type LayerView, shownBytes, textAt } from '../dissect/layer-view.ts'
import type { Protocol } from '../dissect/protocol.ts'
import { linkTypeName } from '../link-types.ts'
import { writeEpoch } from './clock.ts'
import { headOf, isNumber, keep, keepTail, safeJson, smallValues, tailOf, writeHead } from './json-pieces.ts'

/**
 * One packet as one line of JSON. Keys, their order and the kinds of values are a contract that scripts rely
 * on; README.md documents it. Bytes go straight into the writer: objects and JSON.stringify cost six times more.
 * `device`: the name of the frame's interface, empty where nobody tells.
 */
export function printJson(out: ByteWriter, found: Dissection, device = ''): void {
  const { frame } = found
  out.ascii('{"number":').decimal(frame.number).ascii(',"time":')
  if (Number.isNaN(frame.seconds)) out.ascii('null')
  else writeEpoch(out.char(mark), frame).char(mark)
  out.ascii(',"wireLength":').decimal(frame.wireLength)
  out.ascii(',"capturedLength":').decimal(frame.capturedLength)
  out.ascii(`,"linkType":"${linkTypeName(frame.linkType)}"`)
  if (frame.interfaceId >= 0) out.ascii(',"interface":').decimal(frame.interfaceId)
  if (device !== '') quote(out.ascii(',"interfaceName":'), device)
  if (frame.comments.length > 0) printComments(out, frame.comments)
  for (let i = 0; i < found.layerCount; i++)
    out.append(i === 0 ? opensProtocols : commaBytes).append(partsOf(found.protocols[i]!).id)
  for (let i = 0; i < found.layerCount; i++)
    printLayer(out.append(i === 0 ? opensLayers : commaBytes), found, i)
  out.char(closingBracket)
  if (found.buffers.length > 0) printBuffers(out, found)
  out.ascii('}\n')
}

function printComments(out: ByteWriter, comments: readonly string[]): void {
  comments.forEach((comment, i) => {
    quote(out.ascii(i === 0 ? ',"comments":[' : ','), comment)
  })
  out.char(closingBracket)
}

const comma = 0x2c
const mark = 0x22
const backslash = 0x5c
const closingBrace = 0x7d
const closingBracket = 0x5d

function printLayer(out: ByteWriter, found: Dissection, index: number): void {
  const v = found.layer(index)
  const { protocol } = v
  out.append(partsOf(protocol).head)
  const buffer = found.bufferOf[index]!
  if (buffer > 0) out.ascii(`,"buffer":"${found.buffers[buffer - 1]!.name}"`)
  out.append(offsetKey).decimal(v.offset).append(lengthKey).decimal(v.length)
  if (v.quoted) out.ascii(',"quoted":true')
  quote(out.append(summaryKey), v.summary)
  out.append(opensFields)
  printFields(out, found, v, found.first[index]!, found.last[index]!, false)
  const trailer = found.trailerFirst[index]!
  printFields(out, found, v, trailer, found.trailerLast[index]!, found.last[index]! > found.first[index]!)
  out.append(opensNotes)
  let first = true
  for (const note of found.notes) {
    if (note.layer !== index) continue
    if (!first) out.char(comma)
    quote(out.ascii('{"severity":"').ascii(note.severity).ascii('","text":'), note.text)
    out.char(closingBrace)
    first = false
  }
  out.append(closesLayer)
}

function printFields(
  out: ByteWriter,
  found: Dissection,
  v: LayerView,
  from: number,
  until: number,
  follows: boolean,
): void {
  const { depths } = found
  const outermost = depths[from]!
  let comes = follows
  for (let record = from; record < until; ) {
    if (comes) out.char(comma)
    const depth = depths[record]!
    const next = printField(out, found, v, record)
    const then = next < until ? depths[next]! : outermost
    comes = then <= depth
    if (comes) {
      out.char(closingBrace)
      for (let open = depth; open > then; open--) out.ascii(']}')
    } else out.append(opensChildren)
    record = next
  }
}

/** Longer fields, in bits, are seldom of the same length. */
const longestKept = 128

/** A field without its closing brace, for children may follow; a small word with its parts. Returns the record behind. */
function printField(out: ByteWriter, found: Dissection, v: LayerView, record: number): number {
  const f = found.fields[record]!
  const value = found.values[record]!
  const bit = found.bits[record]!
  const bitLength = found.bitLengths[record]!
  const head = bitLength > longestKept ? undefined : headOf(f, bit, bitLength)
  if (head === undefined || !isNumber(f) || Number.isNaN(value)) {
    if (head) out.append(head.bytes)
    else writeHead(out, f, bit, bitLength)
    if (f.type !== 'group') printBytes(out, found, v, record, f)
    else if (f.read !== undefined) quote(out, display(found, record, v))
    return record + 1
  }
  const isSmall = value < smallValues && found.littleEndian[record] === 0
  const known = isSmall ? head.whole[value] : undefined
  if (known !== undefined) {
    out.append(known)
    return record + head.records
  }
  const start = out.length
  printNumber(out.append(head.bytes), f, value)
  if (!isSmall) return record + 1
  if (head.records > 1) {
    printFields(out.append(opensChildren), found, v, record + 1, record + head.records, false)
    out.char(closingBracket)
  }
  keep(head, value, out.bytes.slice(start, out.length))
  return record + head.records
}

/** The value and what it reads like. */
function printNumber(out: ByteWriter, f: Field, value: number): void {
  if (f.show?.digits !== undefined) {
    out.decimal(value).append(hexDisplayKey).hex(value, f.show.digits).char(mark)
    return
  }
  out.decimal(value).append(displayKey)
  if (f.show === undefined && f.values === undefined && f.type === 'uint') {
    out.decimal(value).char(mark)
    return
  }
  const known = tailOf(f, value)
  if (known !== undefined) {
    out.append(known)
    return
  }
  const start = out.length
  out.length--
  quote(out, displayNumber(f, value))
  keepTail(f, value, out.bytes.slice(start, out.length))
}

function printBytes(out: ByteWriter, found: Dissection, v: LayerView, record: number, f: Field): void {
  const { bytes } = v
  const at = v.position(record)
  const length = found.bitLengths[record]! >> 3
  if (f.type === 'text') {
    quote(out, textAt(bytes, at, length))
    quote(out.append(textDisplayKey), display(found, record, v))
    return
  }
  out.char(mark)
  if (found.littleEndian[record] === 1) out.hexBytes(bytes.slice(at, at + length).reverse(), 0, length)
  else out.hexBytes(bytes, at, length)
  out.char(mark)
  if (f.read !== undefined) {
    quote(out.append(textDisplayKey), display(found, record, v))
    return
  }
  out.append(displayKey)
  if (f.type === 'ipv4') out.ipv4(bytes, at)
  else if (f.type === 'ipv6') out.ipv6(bytes, at)
  else if (f.type === 'ether') out.mac(bytes, at)
  else if (f.type === 'bytes' && length > shownBytes)
    out.hexBytes(bytes, at, shownBytes).append(ellipsis).decimal(length).ascii(' bytes)')
  else out.ascii(display(found, record, v))
  out.char(mark)
}

function printBuffers(out: ByteWriter, found: Dissection): void {
  out.ascii(',"buffers":{')
  found.buffers.forEach((buffer, i) => {
    out
      .ascii(`${i > 0 ? ',' : ''}"${buffer.name}":{"length":`)
      .decimal(buffer.bytes.length)
      .ascii(',"data":"')
    out.hexBytes(buffer.bytes, 0, buffer.bytes.length).ascii('","label":')
    quote(out, buffer.label)
    out.char(closingBrace)
  })
  out.char(closingBrace)
}

/** ASCII that stands for itself in a JSON string. */
const plain = Uint8Array.from({ length: 0x80 }, (_, code) =>
  code >= 0x20 && code < 0x7f && code !== mark && code !== backslash ? 1 : 0,
)

/** A JSON string. Besides what JSON asks for, DEL, C1 and the bidirectional controls are escaped: output may meet a terminal. */
function quote(out: ByteWriter, text: string): void {
  const { length } = text
  out.reserve(length * 6 + 2)
  const { bytes } = out
  let at = out.length
  bytes[at++] = mark
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x80 && plain[code] === 1) bytes[at++] = code
    else if (code >= 0xa0 && code < 0x600) {
      bytes[at++] = 0xc0 | (code >> 6)
      bytes[at++] = 0x80 | (code & 0x3f)
    } else if ((code >= 0x2070 && code < 0xd800) || (code >= 0x2010 && code < 0x2028)) {
      bytes[at++] = 0xe0 | (code >> 12)
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f)
      bytes[at++] = 0x80 | (code & 0x3f)
    } else {
      quoteSlowly(out, text)
      return
    }
  }
  bytes[at++] = mark
  out.length = at
}

function quoteSlowly(out: ByteWriter, text: string): void {
  out.text(safeJson(text))
}

// What never changes is encoded once.

const encoder = new TextEncoder()
const opensChildren = encoder.encode(',"children":[')
const textDisplayKey = encoder.encode(',"display":')
const displayKey = encoder.encode(',"display":"')
const hexDisplayKey = encoder.encode(',"display":"0x')
const ellipsis = encoder.encode('… (')
const commaBytes = encoder.encode(',')
const opensProtocols = encoder.encode(',"protocols":[')
const opensLayers = encoder.encode('],"layers":[')
const offsetKey = encoder.encode(',"offset":')
const lengthKey = encoder.encode(',"length":')
const summaryKey = encoder.encode(',"summary":')
const opensFields = encoder.encode(',"fields":[')
const opensNotes = encoder.encode('],"notes":[')
const closesLayer = encoder.encode(']}')

/** What is the same in every layer of a protocol. */
type ProtocolParts = { readonly id: Uint8Array; readonly head: Uint8Array }
const protocolParts: ProtocolParts[] = []
const partsOf = (p: Protocol): ProtocolParts =>
  (protocolParts[p.number] ??= {
    id: encoder.encode(`"${p.id}"`),
    head: encoder.encode(`{"protocol":"${p.id}","name":${JSON.stringify(p.name)}`),
  })
