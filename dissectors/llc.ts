import { field, hex } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'

const f = {
  destination: field('llc.dsap', 'Destination service access point', {
    explain: 'Which protocol in the receiver takes the payload; 0xaa announces a SNAP header.',
    show: hex(2),
  }),
}

export const llc = protocol({
  id: 'llc',
  name: 'Logical Link Control',
  reference: 'IEEE 802.2',
  about: 'Names the protocol of an 802.3 frame that has a length in the place of a type.',
  fields: f,
  claims: [],
  walk(r) {
    r.u8(f.destination)
    return undefined
  },
  summary: v => v.show(f.destination),
})
