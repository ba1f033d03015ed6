import { field, hex } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { slarpMeanings } from './numbers/routing-meanings.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |                             Type                              |
// |      Address, or in a keepalive my sequence number            |
// |      Mask, or in a keepalive your sequence number             |
// |          Reliability          |     Uptime of the link (optional) ...

const keepalive = 2
const reliable = 0xffff

const f = {
  type: field('slarp.ptype', 'Packet type', {
    explain: 'Whether a router asks for its address, tells its own, or shows that the line is alive.',
    meanings: slarpMeanings,
    values: { 0: 'address request', 1: 'address reply', [keepalive]: 'line keepalive' },
  }),
  address: field('slarp.address', 'Address', {
    type: 'ipv4',
    explain:
      'The address of who answers; whoever asked takes the other one of the line. 0.0.0.0 in a request.',
  }),
  mask: field('slarp.netmask', 'Mask', {
    type: 'ipv4',
    explain: 'How much of the address names the network that both ends are in.',
  }),
  mine: field('slarp.mysequence', 'Outgoing sequence number', {
    explain:
      'Goes up with each keepalive; the other end sends it back, which shows that both directions work.',
  }),
  yours: field('slarp.yoursequence', 'Returned sequence number', {
    explain:
      'The last number that came from the other end. When three of its own do not come back, a router takes the line for dead.',
  }),
  reliability: field('slarp.reliability', 'Reliability', {
    explain: 'Always 0xffff; it was to tell how good the line is.',
    show: hex(4),
  }),
  uptime: field('slarp.uptime', 'Uptime', {
    explain: 'How long the line has been up, as the sender counts; short where it flaps.',
    show: value => `${value} ms`,
  }),
}

/** Cisco's talk on a serial line. It has the number of RARP, but only behind Cisco's HDLC. */
export const slarp = protocol({
  id: 'slarp',
  name: 'Serial Line Address Resolution Protocol',
  short: 'SLARP',
  reference: 'https://www.nethelp.no/net/cisco-hdlc.txt',
  about:
    'Tells the routers at both ends of a serial line that it is alive, and one the address of the other.',
  fields: f,
  claims: [],
  walk(r) {
    if (r.u32(f.type) === keepalive) {
      r.u32(f.mine)
      r.u32(f.yours)
    } else {
      r.ipv4(f.address)
      r.ipv4(f.mask)
    }
    walkReliability(r)
    return r.carry(undefined)
  },
  summary: v =>
    v.has(f.mine)
      ? `keepalive ${v.number(f.mine)}, the other end’s was ${v.number(f.yours)}`
      : `${v.show(f.type)}, ${v.show(f.address)}`,
})

function walkReliability(r: Reader): void {
  if (r.u16(f.reliability) !== reliable)
    r.noteField('warning', 'Anything but 0xffff makes routers drop the packet')
  if (r.left >= 4) r.u32(f.uptime)
}
