import { expect, it } from 'vitest'
import { newDissector, protocols } from '../../dissectors/index.ts'
import type { Dissection } from '../../src/dissect/dissection.ts'
import { Selection } from '../../src/dissect/selection.ts'
import { Session } from '../../src/dissect/session.ts'
import { captureFile, captureNames, framesOf } from '../captures.ts'

const chosen = new Set(protocols.filter(({ id }) => ['arp', 'isakmp', 'tcp'].includes(id)))
const wished = [...chosen].flatMap(({ fields }) => Object.values(fields))

/** All layers, and which fields those have that are chosen. */
const layersOf = (found: Dissection) =>
  Array.from({ length: found.layerCount }, (_, index) => {
    const layer = found.layer(index)
    const { id, start } = { id: layer.protocol.id, start: layer.offset }
    if (!chosen.has(layer.protocol)) return { id, start }
    return {
      id,
      start,
      status: layer.status,
      fields: wished.filter(field => layer.has(field)).map(f => f.name),
    }
  })

it.each(captureNames)('%s: chosen layers are recorded, and all are found', async name => {
  const whole = newDissector(new Session())
  const some = newDissector(new Session())
  const selection = new Selection()
  for (const field of wished) selection.want(field)
  selection.layers = chosen
  some.found.selection = selection
  for (const frame of await framesOf(captureFile(name))) {
    const all = layersOf(whole.dissect(frame, 'fields'))
    const found = some.dissect(frame, 'fields')
    expect(layersOf(found), `frame ${frame.number}`).toEqual(all)
    for (let layer = 0; layer < found.layerCount; layer++)
      if (!chosen.has(found.protocols[layer]!)) expect(found.last[layer]).toBe(found.first[layer])
  }
})
