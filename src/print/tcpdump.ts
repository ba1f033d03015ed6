import type { ByteWriter } from '../byte-writer.ts'
import type { Depth, Dissector } from '../dissect/dissect.ts'
import type { Dissection } from '../dissect/dissection.ts'
import { Line, type LineOptions } from '../dissect/line.ts'
import { Selection } from '../dissect/selection.ts'
import type { Frame } from '../frame.ts'
import { Clock, type TimeStyle } from './clock.ts'
import { dumpOpenBsd, dumpOpenBsdHex } from './hexdump.ts'

/** What is dumped below a packet's line: -x or -X, from the network header on or (-xx, -XX, -e) from the link header. */
export type Dump = { readonly ascii: boolean; readonly link: boolean }

/** Packets as OpenBSD's tcpdump prints them: one line each, and the bytes below it where they are asked for. */
export class TcpdumpPrinter {
  readonly #line: Line
  readonly #clock: Clock
  readonly #dump: Dump | undefined

  readonly #dissector: Dissector
  readonly #depth: Depth
  readonly #selection = new Selection()

  constructor(
    dissector: Dissector,
    out: ByteWriter,
    time: TimeStyle,
    options: LineOptions,
    dump: Dump | undefined,
  ) {
    this.#line = new Line(out, options)
    this.#clock = new Clock(time)
    this.#dump = dump
    this.#dissector = dissector
    this.#depth = options.verbose > 0 ? 'verified' : 'fields'
    dissector.found.selection = this.#selection
  }

  /** `device`: the interface that the line names, as tcpdump.org's does where there are several; empty: none. */
  print(frame: Frame, device = ''): void {
    const { out } = this.#line
    this.#clock.write(out, frame)
    if (device !== '') out.text(device).ascii(' ')
    const start = out.length
    const selection = this.#selection
    let found: Dissection
    do {
      out.length = start
      selection.missed = false
      found = this.#dissector.dissect(frame, this.#depth)
      if (found.layerCount > 0) this.#line.layer(found.layer(0))
    } while (selection.missed)
    out.char(newline)
    if (this.#dump) this.#bytes(found, this.#dump)
  }

  #bytes(found: Dissection, { ascii, link }: Dump): void {
    const { frame, protocols, ends } = found
    const skip = !link && protocols[0]?.link ? ends[0]! : 0
    const dump = ascii ? dumpOpenBsd : dumpOpenBsdHex
    dump(this.#line.out, frame.bytes, frame.start + skip, frame.capturedLength - skip)
    this.#line.out.char(newline)
  }
}

const newline = 0x0a
