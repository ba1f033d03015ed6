import { glossary } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { f, option } from './geneve-fields.ts'
import { geneveLesson } from './lessons/links.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { udpPorts } from './numbers/ports.ts'
import { reservedBits } from './reserved.ts'
import { printNetwork } from './vxlan-line.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |Ver|  Opt Len  |O|C|    Rsvd.  |          Protocol Type        |
// |        Virtual Network Identifier (VNI)       |    Reserved   |
// |                 Variable-Length Options                       |
//
// An option:
// |          Option Class         |      Type     |R|R|R| Length  |
// |                 Variable-Length Option Data                   |

const critical = 0x40

export const geneve = protocol({
  id: 'geneve',
  name: 'Generic Network Virtualization Encapsulation',
  short: 'Geneve',
  reference: 'RFC 8926',
  about:
    'Carries frames of virtual networks over UDP, as VXLAN does, with options by which the systems of a cloud tell each other about each packet.',
  lesson: geneveLesson,
  fields: glossary(f, option),
  claims: [[udpPorts, 6081]],
  walk(r) {
    const version = r.bits(f.version, 2)
    if (version !== 0) r.noteField('error', `Version ${version} in the place of 0: receivers drop this`)
    const words = r.bits(f.optionsLength, 6)
    const flags = r.u8(f.flags)
    reservedBits(r, flags & 0x3f)
    const type = r.u16(f.protocolType)
    r.u24(f.identifier)
    r.u8(f.reserved)
    const urgent = words > 0 && walkOptions(r, words * 4)
    if (urgent !== (flags & critical) > 0)
      r.noteOn(
        f.flags,
        'warning',
        urgent ? 'A critical option, but the flag that says so is not set' : 'No option is critical',
      )
    return r.payload(etherTypes, type)
  },
  summary: v => `network ${v.number(f.identifier)}, ${v.show(f.protocolType)}`,
  line: printNetwork('geneve', f.identifier),
})

/** Returns whether one of them is critical. */
function walkOptions(r: Reader, length: number): boolean {
  let urgent = false
  r.open(option.all, length)
  while (r.more()) urgent = walkOption(r) || urgent
  r.close()
  return urgent
}

/** Returns whether who does not know the option has to drop the packet. */
function walkOption(r: Reader): boolean {
  r.open(option.group)
  r.u16(option.class)
  const type = r.u8(option.type)
  r.bits(option.flags, 3)
  const words = r.bits(option.length, 5)
  r.claim(4 + words * 4, option.length)
  r.octets(option.data, words * 4)
  r.close()
  return type > 0x7f
}
