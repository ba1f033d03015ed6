import { describe, expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { ByteWriter } from '../../src/byte-writer.ts'
import { Line } from '../../src/dissect/line.ts'
import { TcpdumpPrinter } from '../../src/print/tcpdump.ts'
import { captureFile, captureNames, framesOf, itInCorpus } from '../captures.ts'

/** Lines made from the few fields that they ask for, and from all that there are. */
async function compare(file: string): Promise<void> {
  const frames = await framesOf(file, 300)
  for (const verbose of [0, 1, 3]) {
    const options = { verbose, numeric: true, link: verbose === 1, quiet: false }
    const out = new ByteWriter()
    const printer = new TcpdumpPrinter(newDissector(), out, 'none', options, undefined)
    const all = newDissector()
    for (const frame of frames) {
      out.clear()
      printer.print(frame)
      const expected = new ByteWriter()
      const found = all.dissect(frame, 'noted')
      new Line(expected, options).layer(found.layer(0))
      expect(out.toString(), `frame ${frame.number}, -v ${verbose} times`).toBe(`${expected.toString()}\n`)
    }
  }
}

describe('a line from the fields that it asks for', () => {
  it.each(captureNames)('is that from all fields: %s', name => compare(captureFile(name)))
})

itInCorpus('a line from the fields that it asks for is that from all fields', 60_000, compare)
