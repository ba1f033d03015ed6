import { field } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { etherTypeMeanings, etherTypes } from './numbers/ether-types.ts'
import { reservedBits } from './reserved.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// | PCP |D|U|R|R2 |                    I-SID                      |
// |         C-DA (6 bytes), C-SA (6 bytes), type                  |

const f = {
  priority: field('ieee8021ah.priority', 'Priority code point', {
    explain: 'The customer’s priority, kept for the far end whatever the backbone does with its own.',
    section: 'IEEE 802.1Q §9.7',
  }),
  drop: field('ieee8021ah.drop', 'Drop eligible indicator', {
    explain: 'When 1, this frame is to be dropped before others when the link is full.',
    section: 'IEEE 802.1Q §9.7',
  }),
  customer: field('ieee8021ah.nca', 'Use customer addresses', {
    explain: 'When 1, the inner addresses are no customer’s: the frame tests the service itself.',
    section: 'IEEE 802.1Q §9.7',
  }),
  reserved1: field('ieee8021ah.res1', 'Reserved 1', {
    explain: 'A bit that is sent as 0 and ignored.',
    section: 'IEEE 802.1Q §9.7',
  }),
  reserved2: field('ieee8021ah.res2', 'Reserved 2', {
    explain: 'Two bits that have to be 0: a receiver drops the frame otherwise.',
    section: 'IEEE 802.1Q §9.7',
  }),
  service: field('ieee8021ah.isid', 'Backbone service instance identifier', {
    explain:
      'Which customer’s service this is: 24 bits where a VLAN tag has 12, so a provider can have 16 million.',
    section: 'IEEE 802.1Q §9.7',
  }),
  destination: field('ieee8021ah.cdst', 'Customer destination', {
    type: 'ether',
    explain:
      'The station at a customer’s site that the frame is for. Switches of the backbone never learn it.',
    section: 'IEEE 802.1Q §9.7',
  }),
  source: field('ieee8021ah.csrc', 'Customer source', {
    type: 'ether',
    explain: 'The station at a customer’s other site that sent the frame.',
    section: 'IEEE 802.1Q §9.7',
  }),
  type: field('ieee8021ah.etype', 'Type', {
    explain: 'Names what the customer’s frame carries, often his own VLAN tag first.',
    meanings: etherTypeMeanings,
    values: etherTypes,
  }),
}

export const backboneTag = protocol({
  id: 'ieee8021ah',
  name: 'Backbone service instance tag',
  short: 'I-TAG',
  reference: 'IEEE 802.1ah',
  about:
    'Puts a customer’s whole Ethernet frame into one of the provider’s, so that the backbone sees only its own addresses.',
  fields: f,
  claims: [[etherTypes, 0x88e7]],
  boundless: true,
  walk(r) {
    r.bits(f.priority, 3)
    r.bits(f.drop, 1)
    r.bits(f.customer, 1)
    reservedBits(r, r.bits(f.reserved1, 1))
    reservedBits(r, r.bits(f.reserved2, 2))
    r.u24(f.service)
    r.ether(f.destination)
    r.ether(f.source)
    return r.payload(etherTypes, r.u16(f.type))
  },
  summary: v => `service ${v.number(f.service)}, ${v.show(f.source)} → ${v.show(f.destination)}`,
})
