import { newDissector } from '../dissectors/index.ts'
import { CaptureFile } from '../src/capture/file.ts'
import { Shapes } from '../src/store/shapes.ts'

// What opening a capture costs: index, walk of every frame, shapes. Prints what it found, so that nothing is skipped.
const dissector = newDissector()
const shapes = new Shapes()
const file = await CaptureFile.open(process.argv[2]!, {
  visit: frame => shapes.intern(dissector.dissect(frame, 'peel')),
})
process.stdout.write(`${file.count} packets of ${shapes.count} shapes\n`)
file.close()
