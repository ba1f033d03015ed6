import type { ByteWriter } from '../byte-writer.ts'
import { data } from './data.ts'
import type { LayerView } from './layer-view.ts'

/** How much a line of text says: tcpdump's flags. */
export type LineOptions = {
  /** -v, -vv, -vvv. */
  readonly verbose: number
  /** -n: ports as numbers. */
  readonly numeric: boolean
  /** -e: the link header. */
  readonly link: boolean
  /** -q: less about protocols. */
  readonly quiet: boolean
}

/** One packet's text in the making: protocols write their part of it to `out`, `inner` continues inside. */
export class Line {
  readonly out: ByteWriter
  readonly options: LineOptions
  /** Set by a protocol that has said all it has to say, though its layer is cut short further on. */
  complete = false
  /** Set by a protocol that has written lines of their own below the packet's. */
  spread = false

  constructor(out: ByteWriter, options: LineOptions) {
    this.out = out
    this.options = options
  }

  /** The text of what is inside the layer; returns false where that is nothing. */
  inner(layer: LayerView): boolean {
    const next = layer.next
    if (next === undefined || next.index >= maxText) return false
    this.spread = false
    this.layer(next)
    for (let further = next.sibling; further && further.protocol !== data; further = further.sibling) {
      this.out.ascii(this.spread ? '\n    ' : '; ')
      this.spread = false
      this.layer(further)
    }
    return true
  }

  /** The text of a layer and of all that it carries. */
  layer(layer: LayerView): void {
    const { protocol } = layer
    this.complete = false
    if (protocol.line) protocol.line(layer, this)
    else this.plain(layer)
    const broken = layer.status === 'truncated' || layer.status === 'malformed'
    if (broken && layer.next === undefined && !this.complete) this.out.ascii(` [|${protocol.id}]`)
  }

  /** For protocols that tcpdump has no words for: its arrow, and a colon in front of what they carry. */
  plain(layer: LayerView): void {
    this.out.ascii(layer.protocol.id).char(0x20).text(layer.summary.replaceAll(' → ', ' > '))
    if (layer.next?.protocol !== data) this.behindColon(layer)
  }

  /** The text of what is inside the layer behind a colon, where that is something. */
  behindColon(layer: LayerView): void {
    const before = this.out.length
    this.out.ascii(': ')
    if (!this.inner(layer)) this.out.length = before
  }
}

/** Deeper layers are left out of a line; tree and JSON have them all. */
const maxText = 64
