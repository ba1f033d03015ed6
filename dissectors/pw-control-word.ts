import { field, hex } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { eth } from './eth.ts'
import { looksLikeFrame } from './frame-looks.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |0 0 0 0|          Reserved     |       Sequence Number         |

const f = {
  nibble: field('pweth.cw.first_nibble', 'First four bits', {
    explain:
      'Always 0, so that no router on the way takes the frame for IP, whose first four bits are 4 or 6, and spreads it over several paths.',
    section: 'RFC 4385 §3',
  }),
  reserved: field('pweth.cw.reserved', 'Reserved', {
    explain: 'Other kinds of pseudowire have flags and a length here; for Ethernet these bits are 0.',
    section: 'RFC 4448 §4.6',
    show: hex(3),
  }),
  sequence: field('pweth.cw.sequence_number', 'Sequence number', {
    explain:
      'Counts the frames of this pseudowire from 1 on and leaves 0 out, so that the far end can put them into order.',
    meanings: { 0: '0: this pseudowire does not count its frames, and they may arrive in any order.' },
    section: 'RFC 4385 §4',
  }),
}

export const pwControlWord = protocol({
  id: 'pwethcw',
  name: 'Pseudowire control word',
  short: 'PW control word',
  reference: 'RFC 4385, RFC 4448',
  about:
    'Stands between the labels and an Ethernet frame that a provider carries from one customer site to another as if by a cable.',
  fields: f,
  claims: [],
  walk(r) {
    r.bits(f.nibble, 4)
    if (r.bits(f.reserved, 12) !== 0) r.noteField('warning', 'For Ethernet these bits are to be 0')
    r.u16(f.sequence)
    if (looksLikeFrame(r, 0)) return r.carry(eth)
    // The frame of another pseudowire, or of a type that nobody here reads.
    r.note(
      'info',
      'That an Ethernet frame follows is a guess: only the two ends know what this pseudowire carries',
    )
    return r.carry(eth)
  },
  summary: v => `sequence ${v.number(f.sequence)}`,
  line(v, line) {
    line.out
      .ascii('PW cw, seq ')
      .decimal(v.has(f.sequence) ? v.number(f.sequence) : 0)
      .ascii(': ')
    line.inner(v)
  },
})
