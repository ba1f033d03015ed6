import { expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { Session } from '../../src/dissect/session.ts'
import { ownersOf } from '../../src/filter/names.ts'
import { captureFile, captureNames, framesOf } from '../captures.ts'

// Filters look for a field only in layers of the protocols that list it.
it.each(captureNames)('fields of %s are listed by the protocols of their layers', async name => {
  const dissector = newDissector(new Session())
  const strangers = new Set<string>()
  for (const frame of await framesOf(captureFile(name))) {
    const found = dissector.dissect(frame, 'noted')
    for (let layer = 0; layer < found.layerCount; layer++) {
      const protocol = found.protocols[layer]!
      const records = [
        [found.first[layer]!, found.last[layer]!],
        [found.trailerFirst[layer]!, found.trailerLast[layer]!],
      ] as const
      for (const [from, until] of records)
        for (const field of found.fields.slice(from, until))
          if (!ownersOf(field).has(protocol)) strangers.add(`${protocol.id}: ${field.name}`)
    }
  }
  expect([...strangers]).toEqual([])
})
