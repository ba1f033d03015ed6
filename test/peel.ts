import { newDissector } from '../dissectors/index.ts'
import { ByteWriter } from '../src/byte-writer.ts'
import type { Dissection } from '../src/dissect/dissection.ts'
import { display, wideHex } from '../src/dissect/layer-view.ts'
import { Line, type LineOptions } from '../src/dissect/line.ts'
import type { Rules } from '../src/dissect/rules.ts'
import type { Session } from '../src/dissect/session.ts'
import { emptyFrame, type Frame } from '../src/frame.ts'

/** Bytes written as hex; blanks and line ends are for the reader. */
export const hexBytes = (hex: string): Uint8Array =>
  Uint8Array.from(Buffer.from(hex.replace(/\s+/g, ''), 'hex'))

export const ethernet = 1
export const raw = 101

/** A frame for the engine: captured whole unless `wireLength` says otherwise. */
export const frameOf = (bytes: Uint8Array, linkType = ethernet, wireLength = bytes.length): Frame => ({
  ...emptyFrame(),
  number: 1,
  seconds: 0,
  capturedLength: bytes.length,
  wireLength,
  linkType,
  bytes,
})

/** What a test asks about a dissection. */
export type Peeled = {
  readonly found: Dissection
  /** Protocol ids, outermost first. */
  readonly stack: string[]
  /** Displayed values of all fields of this name, in wire order. */
  show(name: string): string[]
  /** Numbers (hex text where they are wider than 53 bits) of all fields of this name. */
  values(name: string): (number | string)[]
  /** `first bit + bits` of all fields of this name, from the start of the frame or buffer. */
  places(name: string): string[]
  /** `severity: text` of every note. */
  readonly notes: string[]
  /** Status of each layer. */
  readonly statuses: string[]
  /** OpenBSD tcpdump's text, without time and hex. */
  line(options?: Partial<LineOptions>): string
}

/** Dissects one frame with all checks. The result lasts as long as the session's dissector is not asked again. */
export function peel(frame: Frame, session?: Session, rules?: Rules): Peeled {
  const found = newDissector(session, rules).dissect(frame, 'noted')
  const layers = Array.from({ length: found.layerCount }, (_, i) => found.layer(i))
  const records = (name: string) =>
    layers.flatMap(layer => {
      const indexes: [typeof layer, number][] = []
      const ranges = [
        [found.first[layer.index]!, found.last[layer.index]!],
        [found.trailerFirst[layer.index]!, found.trailerLast[layer.index]!],
      ] as const
      for (const [from, until] of ranges)
        for (let i = from; i < until; i++) if (found.fields[i]!.name === name) indexes.push([layer, i])
      return indexes
    })
  return {
    found,
    stack: layers.map(layer => layer.protocol.id),
    show: name => records(name).map(([layer, i]) => display(found, i, layer)),
    values: name =>
      records(name).map(([layer, i]) =>
        Number.isNaN(found.values[i]!) ? wideHex(found, i, layer) : found.values[i]!,
      ),
    places: name => records(name).map(([, i]) => `${found.bits[i]}+${found.bitLengths[i]}`),
    notes: found.notes.map(note => `${note.severity}: ${note.text}`),
    statuses: layers.map(layer => layer.status),
    line(options = {}) {
      const out = new ByteWriter()
      new Line(out, { verbose: 0, numeric: true, link: false, quiet: false, ...options }).layer(
        found.layer(0),
      )
      return out.toString()
    },
  }
}
