import { type ByteWriter, escapeControls } from '../byte-writer.ts'
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
  if (frame.comments.length > 0)
    printList(out, ',"comments":[', frame.comments.length, i => quote(out, frame.comments[i]!))
  printList(out, ',"protocols":[', found.layerCount, i => out.ascii(`"${found.protocols[i]!.id}"`))
  printList(out, ',"layers":[', found.layerCount, i => printLayer(out, found, found.layer(i)))
  if (found.buffers.length > 0) printBuffers(out, found)
  out.ascii('}\n')
}

const comma = 0x2c
const mark = 0x22

function printList(out: ByteWriter, open: string, length: number, item: (index: number) => void): void {
  out.ascii(open)
  for (let i = 0; i < length; i++) {
    if (i > 0) out.char(comma)
    item(i)
  }
  out.ascii(']')
}

function printLayer(out: ByteWriter, found: Dissection, v: LayerView): void {
  const { index, protocol } = v
  const head = (layerHeads[protocol.number] ??= layerHead(protocol))
  out.raw(head, 0, head.length)
  const buffer = found.bufferOf[index]!
  if (buffer > 0) out.ascii(`,"buffer":"${found.buffers[buffer - 1]!.name}"`)
  out.ascii(',"offset":').decimal(v.offset).ascii(',"length":').decimal(v.length)
  if (v.quoted) out.ascii(',"quoted":true')
  out.ascii(',"summary":')
  quote(out, escapeControls(protocol.summary(v)))
  out.ascii(',"fields":[')
  printFields(out, found, v, found.first[index]!, found.last[index]!, false)
  const trailer = found.trailerFirst[index]!
  printFields(out, found, v, trailer, found.trailerLast[index]!, found.last[index]! > found.first[index]!)
  out.ascii('],"notes":[')
  let first = true
  for (const note of found.notes) {
    if (note.layer !== index) continue
    out
      .ascii(first ? '{"severity":"' : ',{"severity":"')
      .ascii(note.severity)
      .ascii('","text":')
    quote(out, escapeControls(note.text))
    out.ascii('}')
    first = false
  }
  out.ascii(']}')
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
      out.ascii(',"children":[')
      comes = false
      depth++
    } else {
      if (record > from) out.char(0x7d)
      for (; depth > at; depth--) out.ascii(']}')
    }
    if (comes) out.char(comma)
    printField(out, found, v, record)
    comes = true
  }
  if (until > from) out.char(0x7d)
  for (; depth > 0; depth--) out.ascii(']}')
}

/** A field without its closing brace: children may follow. */
function printField(out: ByteWriter, found: Dissection, v: LayerView, record: number): void {
  const f = found.fields[record]!
  const head = (fieldHeads[f.id] ??= fieldHead(f))
  out.raw(head, 0, head.length)
  const bit = found.bits[record]!
  const bitLength = found.bitLengths[record]!
  const offset = bit >> 3
  out
    .decimal(offset)
    .ascii(',"length":')
    .decimal(((bit + bitLength + 7) >> 3) - offset)
  if (((bit | bitLength) & 7) !== 0)
    out
      .ascii(',"bitOffset":')
      .decimal(bit & 7)
      .ascii(',"bitLength":')
      .decimal(bitLength)
  printValue(out, found, v, record, f)
}

function printValue(out: ByteWriter, found: Dissection, v: LayerView, record: number, f: Field): void {
  const value = found.values[record]!
  if (!Number.isNaN(value) && (f.type === 'uint' || f.type === 'flag')) {
    const tail = numberTail(f, value)
    out.raw(tail, 0, tail.length)
    return
  }
  const at = v.position(record)
  const length = found.bitLengths[record]! >> 3
  out.ascii(',"value":')
  if (f.type === 'group') {
    out.ascii('null,"display":""')
    return
  }
  if (f.type === 'text') quote(out, textAt(v.bytes, at, length))
  else if (found.littleEndian[record] === 1)
    out
      .char(mark)
      .hexBytes(v.bytes.slice(at, at + length).reverse(), 0, length)
      .char(mark)
  else out.char(mark).hexBytes(v.bytes, at, length).char(mark)
  out.ascii(',"display":')
  if (f.type === 'ipv4') out.char(mark).ipv4(v.bytes, at).char(mark)
  else if (f.type === 'ipv6') out.char(mark).ipv6(v.bytes, at).char(mark)
  else if (f.type === 'ether') out.char(mark).mac(v.bytes, at).char(mark)
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
    out.char(0x7d)
  })
  out.char(0x7d)
}

/** A JSON string. DEL, C1 and the bidirectional controls are escaped too: output may meet a terminal. */
function quote(out: ByteWriter, text: string): void {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x20 || code > 0x7e || code === mark || code === 0x5c) {
      quoteSlowly(out, text)
      return
    }
  }
  out.char(mark).ascii(text).char(mark)
}

function quoteSlowly(out: ByteWriter, text: string): void {
  const json = JSON.stringify(text).replace(
    /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  out.text(json)
}

// What never changes is encoded once: the heads of layers and fields, and the tails of fields with small values.

const encoder = new TextEncoder()
const layerHeads: Uint8Array[] = []
const layerHead = (p: Protocol) => encoder.encode(`{"protocol":"${p.id}","name":${JSON.stringify(p.name)}`)
const fieldHeads: Uint8Array[] = []
const fieldHead = (f: Field) =>
  encoder.encode(`{"name":"${f.name}","label":${JSON.stringify(f.label)},"offset":`)

/** Values below this are met again and again: versions, lengths, protocol numbers, ports. */
const cachedValues = 0x10000
/** Together at most this many tails are kept. */
const maxTails = 100_000
const tails: Map<number, Uint8Array>[] = []
let tailCount = 0

function numberTail(f: Field, value: number): Uint8Array {
  const known = tails[f.id]?.get(value)
  if (known) return known
  const shown = JSON.stringify(escapeControls(displayNumber(f, value)))
  const tail = encoder.encode(`,"value":${value},"display":${shown}`)
  if (value < cachedValues && tailCount < maxTails) {
    const own = (tails[f.id] ??= new Map())
    own.set(value, tail)
    tailCount++
  }
  return tail
}
