import { block } from '../src/dissect/block.ts'
import { field, hex } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { udpPorts } from './numbers/ports.ts'
import { nebulaTypeMeanings } from './numbers/tunnel-meanings.ts'
import { receiverSaid } from './spi-said.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |Version| Type  |    Subtype    |           Reserved            |
// |                          Remote Index                         |
// |                       Message Counter (64)                    |
// |  Payload …

const types: Readonly<Record<number, string>> = {
  0: 'Handshake',
  1: 'Message',
  2: 'Receive error',
  3: 'Lighthouse',
  4: 'Test',
  5: 'Close tunnel',
  6: 'Control',
}

const f = {
  version: field('nebula.version', 'Version', {
    explain: 'Tells later forms of the header apart; always 1 so far.',
  }),
  type: field('nebula.type', 'Type', {
    explain: 'Handshakes make keys, messages carry packets, and lighthouses tell where a node can be found.',
    meanings: nebulaTypeMeanings,
    values: types,
  }),
  subtype: field('nebula.subtype', 'Subtype', {
    explain:
      'In a handshake the pattern of Noise, in a message whether a relay is to pass it on, in a test whether it is the answer.',
  }),
  reserved: field('nebula.reserved', 'Reserved', { explain: 'Two bytes that are sent as 0.' }),
  index: field('nebula.remote_index', 'Remote index', {
    explain: 'The receiver’s number of the tunnel, whatever address packets come from; 0 in the first one.',
    here: receiverSaid,
    show: hex(8),
  }),
  counter: field('nebula.counter', 'Message counter', {
    explain: 'Counts the packets of the tunnel: encryption starts from it, and what came before is refused.',
  }),
  handshake: field('nebula.handshake', 'Handshake', {
    type: 'bytes',
    explain: 'Keys and, encrypted from the second message on, the certificates of the two nodes.',
  }),
  payload: field('nebula.payload', 'Encrypted payload', {
    type: 'bytes',
    explain:
      'An IP packet, or what nodes tell each other, and the tag that proves it; the header is covered, too.',
  }),
}

const header = block(
  [f.version, 4],
  [f.type, 4],
  [f.subtype, 8],
  [f.reserved, 16],
  [f.index, 32],
  [f.counter, 64],
)

const [handshake, receiveError] = [0, 2]

export const nebula = protocol({
  id: 'nebula',
  name: 'Nebula',
  reference: 'https://github.com/slackhq/nebula/blob/master/header/header.go',
  about:
    'A mesh of machines that know each other by certificates. Lighthouses tell where everybody is; packets then go directly, encrypted with keys from a Noise handshake.',
  fields: f,
  claims: [[udpPorts, 4242]],
  walk(r) {
    r.block(header)
    const type = r.of(f.type)
    if (r.checking && r.of(f.version) !== 1) r.noteOn(f.version, 'warning', 'Nebula has only version 1')
    if (r.left === 0) return r.carry(undefined)
    if (type !== handshake && type !== receiveError)
      return r.opaque(f.payload, 'Encrypted: only the two nodes can read on')
    r.rest(f.handshake)
    return r.carry(undefined)
  },
  summary: summarize,
})

function summarize(v: LayerView): string {
  const type = v.number(f.type)
  const name = (types[type] ?? `type ${type}`).toLowerCase()
  return `${name}, index ${v.show(f.index)}`
}
