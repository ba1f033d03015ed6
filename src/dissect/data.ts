import { bytes, field, leftover, leftoverBits } from './field.ts'
import { protocol } from './protocol.ts'

const f = {
  data: field('data.data', 'Data', {
    type: 'bytes',
    explain: 'Bytes that no dissector takes: the payload of an application, or of a protocol unknown here.',
  }),
}

/** Bytes that no dissector takes; always the last layer of its packet. */
export const data = protocol({
  id: 'data',
  name: 'Data',
  reference: '',
  about: 'What is left when every header that vpnscope knows is peeled off.',
  fields: { ...f, leftover, leftoverBits },
  claims: [],
  walk(r) {
    r.rest(f.data)
    return undefined
  },
  line: (v, line) => {
    line.out.ascii('data ').decimal(v.length)
  },
  summary: layer => bytes(layer.length),
})
