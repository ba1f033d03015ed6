import { compileFilter } from '../src/filter/filter.ts'
import { noFacts } from '../src/filter/packet-facts.ts'
import { Capture } from '../src/store/capture.ts'
import { Filtered } from '../src/store/filtered.ts'

// What a filter costs on the screen: the capture is open, each packet has its shape. Prints packets, those that match, and the CPU
// seconds of the filter alone, compiling it included.
const [, , path = '', text = ''] = process.argv
const capture = await Capture.begin(path)
await capture.survey()
const before = process.cpuUsage()
const filter = compileFilter(text)
const filtered = new Filtered(capture, {
  depth: filter.depth,
  selection: filter.selection,
  ofShape: shape => filter.ofShape(shape),
  forShape: shape => filter.forShape(shape),
  matches: found => filter.matches(found, noFacts),
})
await filtered.readTo(capture.count, { signal: new AbortController().signal, progress: () => {} })
const { user, system } = process.cpuUsage(before)
process.stdout.write(`${capture.count} ${filtered.packets.end} ${(user + system) / 1e6}\n`)
capture.close()
