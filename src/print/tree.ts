import type { ByteWriter } from '../byte-writer.ts'
import type { Dissection } from '../dissect/dissection.ts'
import { display, type LayerView } from '../dissect/layer-view.ts'

/** The protocol tree as indented text: what the tree pane shows, with everything unfolded. */
export function printTree(out: ByteWriter, found: Dissection): void {
  const { frame } = found
  out.ascii(`Frame ${frame.number}: ${frame.wireLength} bytes on the wire`)
  if (frame.capturedLength < frame.wireLength) out.ascii(`, ${frame.capturedLength} captured`)
  out.ascii('\n')
  for (const comment of frame.comments) out.ascii('  # ').text(comment).ascii('\n')
  for (let i = 0; i < found.layerCount; i++) printLayer(out, found.layer(i))
  out.ascii('\n')
}

function printLayer(out: ByteWriter, v: LayerView): void {
  const { found, index } = v
  const buffer = found.bufferOf[index]!
  if (buffer !== (index === 0 ? 0 : found.bufferOf[index - 1]!) && buffer > 0)
    out.ascii(`[${found.buffers[buffer - 1]!.label}, ${found.buffers[buffer - 1]!.bytes.length} bytes]\n`)
  out
    .ascii(v.quoted ? '"' : '')
    .text(v.protocol.name)
    .ascii(': ')
    .text(v.summary)
  out.ascii(`  [${v.offset}+${v.length}]\n`)
  for (let record = found.first[index]!; record < found.last[index]!; record++) printField(out, v, record)
  for (let record = found.trailerFirst[index]!; record < found.trailerLast[index]!; record++)
    printField(out, v, record)
  for (const note of v.notes) out.text(`  ${marks[note.severity]} ${note.text}`).ascii('\n')
}

const marks = { info: '·', warning: '!', error: '✗' } as const

function printField(out: ByteWriter, v: LayerView, record: number): void {
  const { found } = v
  const f = found.fields[record]!
  out.ascii('  '.repeat(found.depths[record]! + 1)).text(f.label)
  const shown = display(found, record, v)
  if (shown !== '') out.ascii(': ').text(shown)
  out.ascii('\n')
}
