import { block } from '../src/dissect/block.ts'
import { field, hex } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { pppProtocols } from './numbers/ppp.ts'
import { ppp } from './ppp.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |B|E| Class |0|0|             sequence number                   |
// |               fragment data ...

const bits = {
  first: field('mp.first', 'First fragment', {
    type: 'flag',
    explain: 'When set, a packet begins with this piece: its protocol number stands right behind.',
    section: 'RFC 1990 §3',
  }),
  last: field('mp.last', 'Last fragment', {
    type: 'flag',
    explain: 'When set, the packet ends here. First and last at once: it was not cut at all.',
    section: 'RFC 1990 §3',
  }),
  class: field('mp.sequence_num_cls', 'Class', {
    explain:
      'Pieces of different classes may overtake each other, so that speech need not wait for files; 0 where there is one class.',
    section: 'RFC 2686 §3',
  }),
}

const f = {
  ...bits,
  fragment: field('mp.frag', 'Fragment', {
    explain: 'Where in its packet this piece lies, and which class of packets it is of.',
    section: 'RFC 1990 §3',
    show: hex(2),
    parts: [
      [bits.first, 1],
      [bits.last, 1],
      [bits.class, 4],
    ],
  }),
  reserved: field('mp.sequence_num_reserved', 'Reserved', {
    explain: 'Unused bits between the class and the number; sent as 0.',
    section: 'RFC 1990 §3',
  }),
  sequence: field('mp.seq', 'Sequence number', {
    explain:
      'Numbers the pieces over all lines of the bundle, so that the receiver can put them in order and sees what is lost.',
    section: 'RFC 1990 §3',
  }),
  payload: field('mp.payload', 'Payload', {
    type: 'bytes',
    explain:
      'A middle or last piece of a packet whose beginning went over the line before it, or over another one.',
    section: 'RFC 1990 §3',
  }),
}

const header = block([f.fragment, 6], [f.reserved, 2], [f.sequence, 24])

export const mp = protocol({
  id: 'mp',
  name: 'PPP Multilink Protocol',
  short: 'PPP MP',
  reference: 'RFC 1990, RFC 2686',
  about: 'Cuts packets into pieces that go over several PPP lines at once, and numbers them.',
  fields: { fragment: f.fragment, reserved: f.reserved, sequence: f.sequence, payload: f.payload },
  claims: [[pppProtocols, 0x3d]],
  walk(r) {
    r.block(header)
    if (r.of(f.first) === 0) {
      r.rest(f.payload)
      return r.carry(undefined)
    }
    return r.of(f.last) === 1 ? r.carry(ppp) : r.excerpt(ppp, false)
  },
  summary(v) {
    const kind = v.flag(f.first)
      ? v.flag(f.last)
        ? 'whole packet'
        : 'first fragment'
      : v.flag(f.last)
        ? 'last fragment'
        : 'middle fragment'
    return `${kind}, sequence ${v.number(f.sequence)}`
  },
})
