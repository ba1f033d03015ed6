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

describe('a line about protocols that OpenBSD’s tcpdump has no words for', () => {
  it.each([
    ['bgp.pcap', 3, 'ack 1083 win 64240: bgp KEEPALIVE (DF)'],
    ['bgp.pcap', 5, ': bgp UPDATE, 2 reached; bgp UPDATE, 2 reached (DF)'],
    ['tacplus.pcap', 1, ' win 8192: tacplus authentication, from the client'],
    ['sstp.pcap', 5, 'win 8192: sstp data, 18 bytes: ppp lcp Configure-Request 1'],
    ['zerotier.pcap', 1, ': zerotier 89e92ceee5 > 1d71939404, HELLO (DF)'],
    ['pbb.pcap', 1, '00:16:3e:00:00:01 > 00:16:3e:00:00:02: '],
  ])('%s, packet %i', async (name, number, expected) => {
    const frame = (await framesOf(captureFile(name)))[number - 1]!
    const out = new ByteWriter()
    const options = { verbose: 0, numeric: true, link: false, quiet: false }
    new TcpdumpPrinter(newDissector(), out, 'none', options, undefined).print(frame)
    expect(out.toString()).toContain(expected)
  })
})
