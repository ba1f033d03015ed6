import { newDissector } from '../dissectors/index.ts'
import { openSource } from '../src/capture/source.ts'
import { emptyFrame } from '../src/frame.ts'

// What a walk costs that records every field. Prints how many there were.
const dissector = newDissector()
const source = await openSource(process.argv[2]!)
const frame = emptyFrame()
let packets = 0
let fields = 0
do
  while (source.next(frame)) {
    fields += dissector.dissect(frame, 'fields').fieldCount
    packets++
  }
while (await source.more())
process.stdout.write(`${packets} packets, ${fields} fields\n`)
