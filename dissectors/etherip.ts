import { field, hex } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { eth } from './eth.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'

//  0                   1
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
// |Version|        Reserved       |

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
}

export const etherip = protocol({
  id: 'etherip',
  name: 'Ethernet within IP',
  short: 'EtherIP',
  reference: 'RFC 3378',
  about: 'Carries whole Ethernet frames over IP, so that two distant links become one. No encryption.',
  fields: f,
  claims: [[ipProtocols, 97]],
  walk(r) {
    const version = r.bits(f.version, 4)
    const reserved = r.bits(f.reserved, 12)
    // Old BSDs wrote the version into the low half of the first byte.
    const swapped = version === 0 && reserved === 0x300
    if (swapped) r.note('warning', 'The version stands in the wrong half of its byte, as old BSDs sent it')
    else if (version !== 3) {
      if (r.checking) r.note('error', `Version ${version} in the place of 3: what follows is not read`)
      return r.carry(undefined)
    } else if (reserved !== 0) r.noteField('warning', 'The reserved bits are to be 0')
    return r.carry(eth)
  },
  summary: v => `version ${v.number(f.version)}`,
  line(v, line) {
    line.out.ascii('etherip')
    if (!v.has(f.version)) return
    line.out.ascii(v.number(f.version) === 3 ? ' 3 len ' : ' unknown len ').decimal(v.extent)
    if (v.next?.protocol !== eth) return
    line.out.ascii(': ')
    line.inner(v)
  },
})
