import { field, hex } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { etherTypeMeanings, etherTypes } from './numbers/ether-types.ts'
import { linkTypes } from './numbers/link-types.ts'
import { slarp } from './slarp.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// | Address       | Control: 0    |           Protocol            |

const [unicast, multicast] = [0x0f, 0x8f]
/** Everywhere else this is RARP's number. */
const ofSlarp = 0x8035

const f = {
  address: field('chdlc.address', 'Address', {
    explain:
      'Whether the packet inside is for one host or for many; on a line with two ends it changes nothing.',
    values: { [unicast]: 'unicast', [multicast]: 'multicast' },
  }),
  control: field('chdlc.control', 'Control', {
    explain: 'Where HDLC has its commands; Cisco always sends 0.',
    show: hex(2),
  }),
  protocol: field('chdlc.protocol', 'Protocol', {
    explain: 'An EtherType names the packet that follows; 0x8035 is here the talk that finds the line alive.',
    meanings: etherTypeMeanings,
    values: etherTypes,
  }),
}

/** True where a frame begins as Cisco’s do. */
export const isCisco = (r: Reader): boolean =>
  (r.peek() === unicast || r.peek() === multicast) && r.peek(1) === 0

export const chdlc = protocol({
  id: 'chdlc',
  name: 'Cisco HDLC',
  reference: 'https://www.nethelp.no/net/cisco-hdlc.txt',
  about:
    'Carries packets over serial lines between Cisco’s routers, with an EtherType and nothing to agree on.',
  fields: f,
  claims: [[linkTypes, 104]],
  boundless: true,
  link: true,
  walk(r) {
    r.u8(f.address)
    r.u8(f.control)
    const type = r.u16(f.protocol)
    return type === ofSlarp ? r.carry(slarp) : r.payload(etherTypes, type)
  },
  summary: v => v.show(f.protocol),
  line: (v, line) => void line.inner(v),
})
