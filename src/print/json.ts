import { ByteWriter } from '../byte-writer.ts'
import type { Dissection } from '../dissect/dissection.ts'
import type { Field } from '../dissect/field.ts'
import { display, displayNumber, type LayerView, textAt } from '../dissect/layer-view.ts'
import type { Protocol } from '../dissect/protocol.ts'
import { linkTypeName } from '../link-types.ts'
import { writeEpoch } from './clock.ts'

/**
 * One packet as one line of JSON. Keys, their order and the kinds of values are a contract that scripts rely
 * on; README.md documents it. Bytes go straight into the writer: objects and JSON.stringify cost six times more.
 */
export function printJson(out: ByteWriter, found: Dissection): void {
  const { frame } = found
  out.ascii('{"number":').decimal(frame.number).ascii(',"time":')
  if (Number.isNaN(frame.seconds)) out.ascii('null')
  else writeEpoch(out.char(mark), frame).char(mark)
  out.ascii(',"wireLength":').decimal(frame.wireLength)
  out.ascii(',"capturedLength":').decimal(frame.capturedLength)
  out.ascii(`,"linkType":"${linkTypeName(frame.linkType)}"`)
  if (frame.interfaceId >= 0) out.ascii(',"interface":').decimal(frame.interfaceId)
  frame.comments.forEach((comment, i) => {
    quote(out.ascii(i === 0 ? ',"comments":[' : ','), comment)
  })
  if (frame.comments.length > 0) out.char(closingBracket)
  for (let i = 0; i < found.layerCount; i++)
    out.append(i === 0 ? opensProtocols : commaBytes).append(partsOf(found.protocols[i]!).id)
  for (let i = 0; i < found.layerCount; i++)
    printLayer(out.append(i === 0 ? opensLayers : commaBytes), found, i)
  out.char(closingBracket)
  if (found.buffers.length > 0) printBuffers(out, found)
  out.ascii('}\n')
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
  let depth = 0
  let comes = follows
  for (let record = from; record < until; record++) {
    const at = depths[record]!
    if (at > depth) {
      out.append(opensChildren)
      comes = false
      depth++
    } else {
      if (record > from) out.char(closingBrace)
      for (; depth > at; depth--) out.ascii(']}')
    }
    if (comes) out.char(comma)
    printField(out, found, v, record)
    comes = true
  }
  if (until > from) out.char(closingBrace)
  for (; depth > 0; depth--) out.ascii(']}')
}

/** A field without its closing brace: children may follow. */
function printField(out: ByteWriter, found: Dissection, v: LayerView, record: number): void {
  const f = found.fields[record]!
  const value = found.values[record]!
  const head = headOf(f, found.bits[record]!, found.bitLengths[record]!)
  const isNumber = (f.type === 'uint' || f.type === 'flag') && !Number.isNaN(value)
  if (head !== undefined && isNumber && value < smallValues) {
    out.append((head.whole[value] ??= whole(head, f, value)))
    return
  }
  if (head !== undefined) out.append(head.bytes)
  else writeHead(out, f, found.bits[record]!, found.bitLengths[record]!)
  if (isNumber) printNumber(out, f, value)
  else printBytes(out, found, v, record, f)
}

function printNumber(out: ByteWriter, f: Field, value: number): void {
  const known = tails[f.id]?.get(value)
  if (known !== undefined) {
    out.append(known)
    return
  }
  const start = out.length
  out.append(valueKey).decimal(value).append(displayKey)
  if (f.show?.digits !== undefined) out.ascii('"0x').hex(value, f.show.digits).char(mark)
  else if (f.show || f.values || f.type === 'flag') quote(out, displayNumber(f, value))
  else out.char(mark).decimal(value).char(mark)
  if (value >= cachedValues || tailCount === maxTails) return
  const own = (tails[f.id] ??= new Map())
  own.set(value, out.bytes.slice(start, out.length))
  tailCount++
}

function printBytes(out: ByteWriter, found: Dissection, v: LayerView, record: number, f: Field): void {
  if (f.type === 'group') {
    out.append(noValue)
    return
  }
  const { bytes } = v
  const at = v.position(record)
  const length = found.bitLengths[record]! >> 3
  out.append(valueKey)
  if (f.type === 'text') quote(out, textAt(bytes, at, length))
  else if (found.littleEndian[record] === 1)
    out
      .char(mark)
      .hexBytes(bytes.slice(at, at + length).reverse(), 0, length)
      .char(mark)
  else out.char(mark).hexBytes(bytes, at, length).char(mark)
  out.append(displayKey)
  if (f.type === 'ipv4') out.char(mark).ipv4(bytes, at).char(mark)
  else if (f.type === 'ipv6') out.char(mark).ipv6(bytes, at).char(mark)
  else if (f.type === 'ether') out.char(mark).mac(bytes, at).char(mark)
  else quote(out, display(found, record, v))
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

/** A JSON string. Besides what JSON asks for, DEL, C1 and the bidirectional controls are escaped: output may meet a terminal. */
function quote(out: ByteWriter, text: string): void {
  const { length } = text
  out.reserve(length * 6 + 2)
  const { bytes } = out
  let at = out.length
  bytes[at++] = mark
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0x20 && code < 0x7f && code !== mark && code !== backslash) bytes[at++] = code
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

const controls = /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

function quoteSlowly(out: ByteWriter, text: string): void {
  out.text(JSON.stringify(text).replace(controls, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`))
}

// What never changes is encoded once: heads of layers, heads of fields with their place, tails with small values.

const encoder = new TextEncoder()
const opensChildren = encoder.encode(',"children":[')
const valueKey = encoder.encode(',"value":')
const displayKey = encoder.encode(',"display":')
const noValue = encoder.encode(',"value":null,"display":""')
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

/** Values below this are kept with the heads of their fields: versions, flags, lengths, protocols. */
const smallValues = 64
/** A field is met at the same few places again and again; of others the head is made each time. */
type Head = {
  readonly bit: number
  readonly bitLength: number
  readonly bytes: Uint8Array
  /** The whole field, by value. */
  readonly whole: (Uint8Array | undefined)[]
}
const heads: Head[][] = []
const names: Uint8Array[] = []
const maxHeads = 24

function headOf(f: Field, bit: number, bitLength: number): Head | undefined {
  const own = (heads[f.id] ??= [])
  for (let i = 0; i < own.length; i++) {
    const head = own[i]!
    if (head.bit === bit && head.bitLength === bitLength) return head
  }
  if (own.length === maxHeads) return undefined
  scratch.clear()
  writeHead(scratch, f, bit, bitLength)
  const head = { bit, bitLength, bytes: scratch.bytes.slice(0, scratch.length), whole: [] }
  own.push(head)
  return head
}

function writeHead(out: ByteWriter, f: Field, bit: number, bitLength: number): void {
  const offset = bit >> 3
  out.append((names[f.id] ??= encoder.encode(`{"name":"${f.name}","label":${JSON.stringify(f.label)}`)))
  out.append(offsetKey).decimal(offset).append(lengthKey)
  out.decimal(((bit + bitLength + 7) >> 3) - offset)
  if (((bit | bitLength) & 7) !== 0)
    out
      .ascii(',"bitOffset":')
      .decimal(bit & 7)
      .ascii(',"bitLength":')
      .decimal(bitLength)
}

const scratch = new ByteWriter(1024)

function whole(head: Head, f: Field, value: number): Uint8Array {
  scratch.clear()
  printNumber(scratch.append(head.bytes), f, value)
  return scratch.bytes.slice(0, scratch.length)
}

/** Values below this are met again and again: lengths, ports, sums of keepalives. */
const cachedValues = 0x10000
/** Together at most this many tails are kept. */
const maxTails = 20_000
const tails: Map<number, Uint8Array>[] = []
let tailCount = 0
