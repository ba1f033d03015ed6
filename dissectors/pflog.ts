import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { payloadOfFamily } from './address-family.ts'
import { linkTypes } from './numbers/link-types.ts'
import { pfActions } from './numbers/pf.ts'
import { directions, f } from './pflog-fields.ts'
import { nameIn, printPflog, ruleOf } from './pflog-line.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// | Header Length |    Family     |    Action     |    Reason     |
// |                 Interface Name (16 bytes)                     |
// |                  Ruleset Name (16 bytes)                      |
// |                         Rule Number                           |
// |                       Subrule Number                          |
// |      UID, PID, Rule UID, Rule PID (from length 61 on)         |
// |   Direction   |   Rewritten   |  New Family   |    Padding    |
// |  Source, Destination Address (16 bytes each, length 100)      |
// |          Source Port          |       Destination Port        |

/** Header lengths: without and with users, FreeBSD's with a rule identifier, and with the rewritten addresses. */
const shortest = 45
const withUsers = 61
const withIdentifier = 69
const withAddresses = 100

/** Names of interfaces and anchors have this much room. */
const nameBytes = 16

export const pflog = protocol({
  id: 'pflog',
  name: 'Packet filter log',
  short: 'pflog',
  reference: 'OpenBSD pflog(4)',
  about: 'Tells what the firewall pf did with a packet, and which rule made it do so.',
  fields: f,
  claims: [[linkTypes, 117]],
  walk(r) {
    const length = r.u8(f.length)
    const family = r.u8(f.family)
    r.u8(f.action)
    r.u8(f.reason)
    r.text(f.interfaceName, nameBytes)
    r.text(f.ruleset, nameBytes)
    r.u32(f.rule)
    r.u32(f.subRule)
    if (length < shortest)
      r.malformed(`${f.length.label} ${length} is less than the ${shortest} bytes of the first version`)
    if (length >= withUsers) walkUsers(r)
    r.u8(f.direction)
    if (length >= withAddresses) walkAddresses(r, family)
    else if (length >= withIdentifier) {
      r.octets(f.padding, 3)
      r.u32(f.identifier)
      r.u8(f.reserved)
    }
    r.octets(f.padding, r.start + ((length + 3) & ~3) - r.pos)
    return payloadOfFamily(r, family)
  },
  summary: v =>
    `${pfActions[v.number(f.action)] ?? 'unknown action'} ${directions[v.number(f.direction)] ?? ''} on ${nameIn(v, f.interfaceName)}, rule ${ruleOf(v)}`,
  line: printPflog,
})

/** Users and processes stand in the byte order of the machine, which only the number for “no process” betrays. */
function walkUsers(r: Reader): void {
  const isBig = r.peek(4) === 0 && r.peek(5) === 1 && r.peek(6) === 0x86 && r.peek(7) === 0xa0
  if (isBig) {
    r.u32(f.user)
    r.u32(f.process)
    r.u32(f.ruleUser)
    r.u32(f.ruleProcess)
    return
  }
  r.u32le(f.user)
  r.u32le(f.process)
  r.u32le(f.ruleUser)
  r.u32le(f.ruleProcess)
}

function walkAddresses(r: Reader, family: number): void {
  r.u8(f.rewritten)
  // Older versions have padding here.
  const newFamily = r.u8(f.newFamily) || family
  r.octets(f.padding, 1)
  if (newFamily === 2) {
    r.ipv4(f.sourceIpv4)
    r.octets(f.padding, 12)
    r.ipv4(f.destinationIpv4)
    r.octets(f.padding, 12)
  } else if (newFamily === 24 || newFamily === 28 || newFamily === 30) {
    r.ipv6(f.sourceIpv6)
    r.ipv6(f.destinationIpv6)
  } else {
    r.octets(f.sourceBytes, 16)
    r.octets(f.destinationBytes, 16)
  }
  r.u16(f.sourcePort)
  r.u16(f.destinationPort)
}
