import { expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { Session } from '../../src/dissect/session.ts'
import { compileFilter, type Filter } from '../../src/filter/filter.ts'
import { noFacts } from '../../src/filter/packet-facts.ts'
import { filterOf } from '../../src/print/field-filter.ts'
import { captureFile, captureNames, framesOf } from '../captures.ts'

const filters = new Map<string, Filter>()

function filterNamed(text: string): Filter {
  const filter = filters.get(text) ?? compileFilter(text, 'display')
  filters.set(text, filter)
  return filter
}

it.each(captureNames)('what the tree copies as a filter is true of the packet: %s', async name => {
  const dissector = newDissector(new Session())
  const selective = newDissector(new Session())
  for (const frame of await framesOf(captureFile(name), 10)) {
    const found = dissector.dissect(frame, 'noted')
    const texts = new Set<string>()
    for (let layer = 0; layer < found.layerCount; layer++) {
      const view = found.layer(layer)
      for (let record = found.first[layer]!; record < found.last[layer]!; record++)
        texts.add(filterOf(found, record, view))
      for (let record = found.trailerFirst[layer]!; record < found.trailerLast[layer]!; record++)
        texts.add(filterOf(found, record, view))
    }
    const fails = [...texts].filter((text, i) => {
      const filter = filterNamed(text)
      if (!filter.matches(found, noFacts)) return true
      if (i % 10 > 0) return false
      selective.found.selection = filter.selection ?? null
      return !filter.matches(selective.dissect(frame, filter.depth), noFacts)
    })
    expect(fails, `packet ${frame.number}`).toEqual([])
  }
})
