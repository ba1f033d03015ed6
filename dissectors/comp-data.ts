import { block } from '../src/dissect/block.ts'
import { field } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { pppProtocols } from './numbers/ppp.ts'

// MPPE and MPPC (RFC 3078 §3.1, RFC 2118 §3.2); other algorithms have headers of their own.
//  0                   1
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
// |A|B|C|D|    Coherency Count    |  encrypted or compressed data ...

const f = {
  flushed: field('comp_data.mppe.flushed', 'Flushed', {
    type: 'flag',
    explain:
      'When set, this packet starts from new keys or an empty history, and can be read whatever got lost before it. Stateless MPPE sets it always.',
    section: 'RFC 3078 §3.1',
  }),
  reset: field('comp_data.mppe.reset', 'Packet at front', {
    type: 'flag',
    explain: 'Of MPPC: when set, the text starts again at the front of the receiver’s history.',
    section: 'RFC 2118 §3.2',
  }),
  compressed: field('comp_data.mppe.compressed', 'Compressed', {
    type: 'flag',
    explain: 'When set, the packet was compressed, before it was encrypted where it is both.',
    section: 'RFC 2118 §3.2',
  }),
  encrypted: field('comp_data.mppe.encrypted', 'Encrypted', {
    type: 'flag',
    explain:
      'When set, what follows is encrypted with RC4. A packet without it, once encryption was agreed on, is a warning.',
    section: 'RFC 3078 §3.1',
  }),
  count: field('comp_data.mppe.coherency_count', 'Coherency count', {
    explain: 'Counts packets, so that the receiver notices a loss and knows how often the key has changed.',
    section: 'RFC 3078 §3.1',
  }),
  encryptedData: field('comp_data.encrypted', 'Encrypted data', {
    type: 'bytes',
    explain: 'A PPP protocol number and its packet, encrypted by MPPE with keys that come from the password.',
    section: 'RFC 3078 §3.1',
  }),
  data: field('comp_data.data', 'Compressed data', {
    type: 'bytes',
    explain: 'A PPP packet, compressed in the way that CCP agreed on when the line was set up.',
    section: 'RFC 1962 §2',
  }),
}

const header = block([f.flushed, 1], [f.reset, 1], [f.compressed, 1], [f.encrypted, 1], [f.count, 12])

const flushed = 0x80
const encrypted = 0x10

export const compData = protocol({
  id: 'comp_data',
  name: 'PPP Compressed Datagram',
  short: 'PPP compressed',
  reference: 'RFC 1962, RFC 3078, RFC 2118',
  about:
    'A packet that was compressed or, with Microsoft’s MPPE, encrypted. PPTP’s encryption looks like this.',
  fields: f,
  claims: [[pppProtocols, 0xfd]],
  walk(r) {
    // Which algorithm it is, CCP agreed on before; stateless MPPE, which PPTP uses, sets these two bits in every packet.
    if ((r.peek() & (flushed | encrypted)) !== (flushed | encrypted) || r.peek() < 0)
      return r.opaque(f.data, 'Compressed: what is inside depends on all packets before it')
    r.block(header)
    return r.opaque(
      f.encryptedData,
      'Taken for MPPE by its first bits. Encrypted: it can be read only with the keys made from the password',
    )
  },
  summary: v => (v.has(f.count) ? `MPPE, count ${v.number(f.count)}` : 'compressed'),
})
