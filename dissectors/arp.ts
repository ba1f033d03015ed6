import { ipv4Text } from '../src/addresses.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { f } from './arp-fields.ts'
import { printArp } from './arp-line.ts'
import { arpLesson } from './lessons/links.ts'
import { etherTypes } from './numbers/ether-types.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |         Hardware Type         |         Protocol Type         |
// |  HW Length    | Proto. Length |            Opcode             |
// |       Sender Hardware Address, Sender Protocol Address        |
// |       Target Hardware Address, Target Protocol Address        |

const ethernet = 1
const ieee802 = 6
const ipv4 = 0x0800
const request = 1
const reply = 2
const fixedBytes = 8

export const arp = protocol({
  id: 'arp',
  name: 'Address Resolution Protocol',
  short: 'ARP',
  reference: 'RFC 826',
  about: 'Finds the link address of the station that has a network address, by asking everyone on the link.',
  lesson: arpLesson,
  fields: f,
  claims: [[etherTypes, 0x0806, 0x8035]],
  walk(r) {
    const hardwareType = r.u16(f.hardwareType)
    const protocolType = r.u16(f.protocolType)
    const hardwareSize = r.u8(f.hardwareSize)
    const protocolSize = r.u8(f.protocolSize)
    const opcode = r.u16(f.opcode)
    r.limitTo(fixedBytes + 2 * (hardwareSize + protocolSize), f.protocolSize)
    const isEther = hardwareType === ethernet || hardwareType === ieee802
    if (r.checking) checkSizes(r, isEther, hardwareSize, protocolType, protocolSize)
    const isMac = isEther && hardwareSize === 6
    const isIpv4 = protocolType === ipv4 && protocolSize === 4
    const senderHardware = isMac ? r.ether(f.senderMac) : r.octets(f.senderHardware, hardwareSize)
    const sender = r.pos
    if (isIpv4) r.ipv4(f.senderIpv4)
    else r.octets(f.senderProtocol, protocolSize)
    if (isMac) r.ether(f.targetMac)
    else r.octets(f.targetHardware, hardwareSize)
    const target = r.pos
    if (isIpv4) r.ipv4(f.targetIpv4)
    else r.octets(f.targetProtocol, protocolSize)
    if (r.checking && isIpv4) noteMeaning(r, opcode, sender, target)
    if (r.checking && isMac && r.bytes[senderHardware]! & 1)
      r.note('warning', 'The sender’s hardware address is a group address: no station can have it')
    return r.carry(undefined)
  },
  summary,
  line: printArp,
})

function checkSizes(r: Reader, isEther: boolean, hardware: number, type: number, size: number): void {
  if (isEther && hardware !== 6) r.note('warning', `Ethernet addresses have 6 bytes, not ${hardware}`)
  if (type === ipv4 && size !== 4) r.note('warning', `IPv4 addresses have 4 bytes, not ${size}`)
}

/** Tells what requests and replies about the sender's own address are for (RFC 5227). */
function noteMeaning(r: Reader, opcode: number, sender: number, target: number): void {
  if (opcode !== request && opcode !== reply) return
  const from = r.view.getUint32(sender)
  const to = r.view.getUint32(target)
  if (from === 0 && opcode === request && to !== 0)
    r.note('info', `Probe: the sender wants to use ${ipv4Text(r.bytes, target)} and asks whether it is taken`)
  else if (from !== to || from === 0) return
  else if (opcode === request)
    r.note(
      'info',
      `Announcement: the sender has ${ipv4Text(r.bytes, sender)} and asks for nothing (gratuitous)`,
    )
  else
    r.note('info', 'Gratuitous reply: nobody asked; the sender makes all stations remember its link address')
}

function summary(v: LayerView): string {
  const sender = v.show(f.senderIpv4) || v.show(f.senderProtocol)
  const senderLink = v.show(f.senderMac) || v.show(f.senderHardware)
  const target = v.show(f.targetIpv4) || v.show(f.targetProtocol)
  if (target === '') return v.show(f.opcode)
  switch (v.number(f.opcode)) {
    case request:
      return `who has ${target}? tell ${sender}`
    case reply:
      return `${sender} is at ${senderLink}`
    default:
      return `${v.show(f.opcode)}, ${sender} at ${senderLink}`
  }
}
