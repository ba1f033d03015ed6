import { field, hex } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { eth } from './eth.ts'
import { etheripLesson } from './lessons/tunnels.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'

//  0                   1
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
// |Version|        Reserved       |
//
// MikroTik's EoIP over IPv6, on the same protocol number:
// | ID hi |Version|   ID, low     |

const f = {
  version: field('etherip.ver', 'Version', {
    explain: 'Comes first so that a receiver can drop what it does not know. Only 3 was ever standardised.',
    section: 'RFC 3378 §3',
  }),
  reserved: field('etherip.reserved', 'Reserved', {
    explain: 'Fills the header up to two bytes; sent as 0. A receiver drops the packet when it is not.',
    section: 'RFC 3378 §3',
    show: hex(3),
  }),
  tunnelHigh: field('etherip.eoip.tunnel_id_high', 'Tunnel ID, upper bits', {
    explain:
      'MikroTik puts the number of the tunnel where EtherIP has reserved bits, and its first four bits before the version.',
  }),
  eoipVersion: field('etherip.eoip.version', 'Version', {
    explain: 'The 3 of EtherIP, in the wrong half of its byte: by this MikroTik’s form is known.',
  }),
  tunnelLow: field('etherip.eoip.tunnel_id_low', 'Tunnel ID, lower bits', {
    explain: 'The last eight bits of the tunnel’s number. Both ends need the same.',
  }),
}

/** The version as old BSDs wrote it, with nothing else. */
const swapped = 0x0300

export const etherip = protocol({
  id: 'etherip',
  name: 'Ethernet within IP',
  short: 'EtherIP',
  reference: 'RFC 3378',
  about:
    'Carries whole Ethernet frames over IP, so that two distant links become one. No encryption. MikroTik’s EoIP over IPv6 is a form of it.',
  lesson: etheripLesson,
  fields: f,
  claims: [[ipProtocols, 97]],
  walk(r) {
    const word = (r.peek() << 8) | r.peek(1)
    // EtherIP's reserved bits are 0, so a 3 in the second half byte is MikroTik's version.
    if ((word & 0xf00) === swapped && word !== swapped) return walkEoip(r)
    const version = r.bits(f.version, 4)
    const reserved = r.bits(f.reserved, 12)
    if (word === swapped)
      r.note('warning', 'The version stands in the wrong half of its byte, as old BSDs sent it')
    else if (version !== 3) {
      if (r.checking) r.note('error', `Version ${version} in the place of 3: what follows is not read`)
      return r.carry(undefined)
    } else if (reserved !== 0) r.noteField('warning', 'The reserved bits are to be 0')
    return r.carry(eth)
  },
  summary: v => (v.has(f.tunnelLow) ? `EoIP tunnel ${tunnelOf(v)}` : `version ${v.number(f.version)}`),
  line(v, line) {
    if (v.has(f.tunnelLow)) line.out.ascii('eoip ').decimal(tunnelOf(v))
    else {
      line.out.ascii('etherip')
      if (!v.has(f.version)) return
      line.out.ascii(v.number(f.version) === 3 ? ' 3 len ' : ' unknown len ').decimal(v.extent)
    }
    if (v.next?.protocol !== eth) return
    line.out.ascii(': ')
    line.inner(v)
  },
})

function walkEoip(r: Reader): Next {
  r.bits(f.tunnelHigh, 4)
  r.bits(f.eoipVersion, 4)
  r.u8(f.tunnelLow)
  if (r.left > 0) return r.carry(eth)
  r.note('info', 'Keepalive: no frame is inside')
  return r.carry(undefined)
}

const tunnelOf = (v: LayerView): number => (v.number(f.tunnelHigh) << 8) | v.number(f.tunnelLow)
