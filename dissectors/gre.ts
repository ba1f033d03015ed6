import { expectedChecksum } from '../src/dissect/checksum.ts'
import { field, hex } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |C|R|K|S|s|Recur|A| Flags | Ver |         Protocol Type         |
// |      Checksum (optional)      |       Offset (optional)       |
// |                         Key (optional)                        |
// |                    Sequence Number (optional)                 |
// |                         Routing (optional)                    |

const f = {
  protocolType: field('gre.proto', 'Protocol type', {
    explain:
      'An EtherType naming the packet carried inside; 0x0800 is IPv4. GRE can carry anything Ethernet can.',
    section: 'RFC 2784 §2.4',
    values: etherTypes,
  }),
  checksum: field('gre.checksum', 'Checksum', {
    explain: 'Covers GRE.',
    section: 'RFC 2784 §2.5',
    show: hex(4),
  }),
}

export const gre = protocol({
  id: 'gre',
  name: 'Generic Routing Encapsulation',
  reference: 'RFC 2784, RFC 2890',
  about: 'Wraps a packet of any network protocol so that IP can carry it. No encryption, no authentication.',
  fields: f,
  claims: [[ipProtocols, 47]],
  walk(r) {
    r.u16(f.checksum)
    const type = r.u16(f.protocolType)
    if (r.checking) expectedChecksum(r.bytes, 0, 0, 0)
    return r.payload(etherTypes, type)
  },
  summary: v => v.show(f.protocolType),
})
