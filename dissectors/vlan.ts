import { field } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { type Protocol, protocol } from '../src/dissect/protocol.ts'
import { vlanLesson } from './lessons/links.ts'
import { carryLlc, isLength } from './llc.ts'
import { etherTypeMeanings, etherTypes } from './numbers/ether-types.ts'

//  0                   1
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
// | PCP |D|         VID           |
// |             Type              |

const priorities: Readonly<Record<number, string>> = {
  0: 'best effort',
  1: 'background',
  2: 'excellent effort',
  3: 'critical applications',
  4: 'video',
  5: 'voice',
  6: 'internetwork control',
  7: 'network control',
}

/** The fields of a tag under the names that Wireshark gives them. */
const tagFields = (id: string, typeName: string) => ({
  priority: field(`${id}.priority`, 'Priority code point', {
    explain: 'Selects the queue in switches. 0 is the default; 1, background, ranks below it.',
    section: 'IEEE 802.1Q §6.9.3',
    values: priorities,
  }),
  dropEligible: field(`${id}.dei`, 'Drop eligible indicator', {
    type: 'flag',
    explain:
      'When set, a congested switch drops this frame before others of its priority. Older standards told Token Ring’s order of bits from Ethernet’s by it.',
    section: 'IEEE 802.1Q §9.6',
  }),
  identifier: field(`${id}.id`, 'VLAN identifier', {
    explain:
      'Says which virtual LAN the frame is in. Switches keep frames of different LANs apart on the same wire.',
    section: 'IEEE 802.1Q §9.6',
    meanings: {
      0: '0: in none; the tag is there for its priority only.',
      1: '1 is what switches put untagged frames into unless they are told otherwise.',
      4095: '4095 is reserved and not to be sent.',
    },
  }),
  type: field(typeName, 'Type', {
    explain: 'Names what follows the tag: another tag, or the protocol of the payload.',
    meanings: etherTypeMeanings,
    values: etherTypes,
  }),
  length: field(`${id}.len`, 'Length', {
    explain: 'Bytes of payload without padding; an LLC header follows, as in a frame without a tag.',
  }),
})

type TagFields = ReturnType<typeof tagFields>

type Tag = Pick<Protocol, 'id' | 'name' | 'short' | 'reference' | 'about' | 'claims'>

const reservedIdentifier = 0xfff

/** Declares one kind of tag; `text` is what OpenBSD tcpdump calls it. */
const tag = (declaration: Tag, f: TagFields, text: string): Protocol =>
  protocol({
    ...declaration,
    lesson: vlanLesson,
    fields: f,
    boundless: true,
    walk(r) {
      r.bits(f.priority, 3)
      r.flag(f.dropEligible)
      const identifier = r.bits(f.identifier, 12)
      if (identifier === reservedIdentifier) r.noteField('warning', 'VLAN 4095 is reserved')
      return isLength(r) ? carryLlc(r, r.u16(f.length)) : r.payload(etherTypes, r.u16(f.type))
    },
    summary: v => `VLAN ${v.number(f.identifier)}, priority ${v.number(f.priority)}`,
    line: (v, line) => printTag(v, line, f, text),
  })

function printTag(v: LayerView, line: Line, f: TagFields, text: string): void {
  if (v.has(f.identifier)) {
    // tcpdump gives the rank and not the number: 0, best effort, ranks above 1, background.
    const priority = v.number(f.priority)
    const rank = priority > 1 ? priority : 1 - priority
    line.out.ascii(text).decimal(v.number(f.identifier)).ascii(' pri ').decimal(rank)
    line.out.ascii(v.flag(f.dropEligible) ? ' dei ' : ' ')
  }
  line.inner(v)
}

export const vlan = tag(
  {
    id: 'vlan',
    name: 'VLAN tag',
    short: 'VLAN',
    reference: 'IEEE 802.1Q',
    about:
      'Puts a frame into a virtual LAN and gives it a priority; sits between the addresses and the type.',
    claims: [[etherTypes, 0x8100, 0x9100]],
  },
  tagFields('vlan', 'vlan.etype'),
  '802.1Q vid ',
)

export const serviceTag = tag(
  {
    id: 'ieee8021ad',
    name: 'VLAN service tag',
    short: 'S-VLAN',
    reference: 'IEEE 802.1ad',
    about:
      'A provider’s tag outside the customer’s own one, so that each customer has all VLAN numbers to himself.',
    claims: [[etherTypes, 0x88a8]],
  },
  tagFields('ieee8021ad', 'ieee8021ah.etype'),
  'QinQ svid ',
)
