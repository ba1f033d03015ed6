import { block } from '../src/dissect/block.ts'
import { glossary } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { erspanFields as f, platformFields as p } from './erspan-fields.ts'
import { eth } from './eth.ts'
import { etherTypes } from './numbers/ether-types.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |  Ver  |          VLAN         | COS | En|T|    Session ID     |
// |      Reserved         |                  Index                |  Type II
//
// |  Ver  |          VLAN         | COS |BSO|T|    Session ID     |
// |                          Timestamp                            |
// |             SGT               |P|    FT   |   Hw ID   |D|Gra|O|  Type III
// |  Platf ID |               Platform Specific Info              |  where O is 1
// |                  Platform Specific Info                       |

const second = block([f.reserved, 12], [f.index, 20])
const third = block(
  [f.timestamp, 32],
  [f.securityGroup, 16],
  [f.isEthernet, 1],
  [f.frameType, 5],
  [f.hardware, 6],
  [f.direction, 1],
  [f.granularity, 2],
  [f.optional, 1],
)

const [typeTwo, typeThree] = [1, 2]

export const erspan = protocol({
  id: 'erspan',
  name: 'Encapsulated Remote Switch Packet Analysis',
  short: 'ERSPAN',
  reference: 'draft-foschiano-erspan-03',
  about:
    'Carries copies of frames that a switch mirrors to a collector somewhere else in the network. Whoever holds the tunnel’s end reads along.',
  fields: glossary(f, p),
  claims: [[etherTypes, 0x88be, 0x22eb]],
  walk(r) {
    if (r.headless) {
      r.headless = false
      return r.carry(eth)
    }
    const version = r.bits(f.version, 4)
    if (version !== typeTwo && version !== typeThree) {
      r.bits(f.vlan, 12)
      r.note(
        'error',
        `Version ${version}: only 1 (type II) and 2 (type III) are defined, the rest is not read`,
      )
      return r.carry(undefined)
    }
    r.bits(f.vlan, 12)
    r.bits(f.cos, 3)
    r.bits(version === typeTwo ? f.encap : f.damage, 2)
    const cut = r.bits(f.truncated, 1) === 1
    r.bits(f.span, 10)
    const inside = version === typeTwo ? walkSecond(r) : walkThird(r)
    return cut && inside !== undefined ? r.excerpt(inside, false) : inside
  },
  summary(v) {
    if (v.has(f.span)) return `session ${v.number(f.span)}, VLAN ${v.number(f.vlan)}${port(v)}`
    return v.length === 0 && v.status === 'complete' ? 'type I, no header' : `version ${v.number(f.version)}`
  },
  line(v, line) {
    line.out.ascii('erspan ').text(v.summary)
    if (v.next === undefined) return
    line.out.ascii(': ')
    line.inner(v)
  },
})

function walkSecond(r: Reader): Next {
  r.block(second)
  return r.carry(eth)
}

const [ethernetFrame, ipPacket] = [0, 2]

function walkThird(r: Reader): Next {
  r.block(third)
  const type = r.of(f.frameType)
  if (r.of(f.optional) === 1) walkPlatform(r)
  if (type === ethernetFrame) return r.carry(eth)
  if (type === ipPacket) return r.payload(etherTypes, r.peek() >> 4 === 6 ? 0x86dd : 0x0800)
  if (r.sink !== null) r.status('unknown')
  r.note('info', `No dissector claims ERSPAN frame type ${type}`)
  return r.carry(undefined)
}

function walkPlatform(r: Reader): void {
  r.open(p.group)
  const id = r.bits(p.id, 6)
  if (id === 1) {
    r.bits(p.reserved1, 14)
    r.bits(p.domain, 12)
    r.u32(p.port1)
  } else if (id === 3) {
    r.bits(p.reserved3, 12)
    r.bits(p.port3, 14)
    r.u32(p.upper3)
  } else if (id === 4) {
    r.bits(p.reserved4a, 12)
    r.bits(p.reserved4b, 14)
    r.u32(p.reserved4c)
  } else if (id === 5 || id === 6) {
    r.bits(p.switch5, 10)
    r.bits(p.port5, 16)
    r.u32(p.seconds5)
  } else if (id === 0 || id === 7) {
    r.bits(p.reserved7, 6)
    r.bits(p.source7, 20)
    r.u32(p.upper7)
  } else {
    r.bits(p.unknownHigh, 26)
    r.u32(p.unknownLow)
  }
  r.close()
}

const port = (v: LayerView): string => (v.has(f.index) ? `, index ${v.show(f.index)}` : '')
