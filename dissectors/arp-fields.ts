import { bytes, field } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { addressKind, isOpen } from './address-kinds.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { hardwareTypes } from './numbers/hardware-types.ts'
import { arpMeanings } from './numbers/routing-meanings.ts'

/** ARP opcodes: https://www.iana.org/assignments/arp-parameters. */
const opcodes: Readonly<Record<number, string>> = {
  0: 'reserved',
  1: 'request',
  2: 'reply',
  3: 'reverse request',
  4: 'reverse reply',
  5: 'DRARP request',
  6: 'DRARP reply',
  7: 'DRARP error',
  8: 'inverse request',
  9: 'inverse reply',
  10: 'NAK',
  11: 'MARS request',
  12: 'MARS multi',
  13: 'MARS mserv',
  14: 'MARS join',
  15: 'MARS leave',
  16: 'MARS NAK',
  17: 'MARS unserv',
  18: 'MARS sjoin',
  19: 'MARS sleave',
  20: 'MARS grouplist request',
  21: 'MARS grouplist reply',
  22: 'MARS redirect map',
  23: 'MAPOS UNARP',
  24: 'experiment 1',
  25: 'experiment 2',
  65535: 'reserved',
}

const senderHardware =
  'The sender’s address on this link: in a reply, the answer. Whoever hears it may remember it.'
const senderProtocol =
  'The sender’s own network address; all who hear the request may learn from it whose link address that is.'
const targetHardware =
  'In a request it is what is asked for, so it is not known yet and usually 0; in a reply, whoever asked.'
const targetProtocol = 'In a request: whose link address is wanted. In a reply: who asked.'

/** The glossary of ARP. Addresses that are not Ethernet's and IPv4's are shown as bytes. */
export const f = {
  hardwareType: field('arp.hw.type', 'Hardware type', {
    explain: 'The kind of link whose addresses are asked for; 1 is Ethernet.',
    values: hardwareTypes,
  }),
  protocolType: field('arp.proto.type', 'Protocol type', {
    explain: 'The network protocol whose addresses are known, as an EtherType; nearly always IPv4.',
    values: etherTypes,
  }),
  hardwareSize: field('arp.hw.size', 'Hardware address length', {
    explain: 'Bytes in each link address below; Ethernet has 6.',
    show: bytes,
  }),
  protocolSize: field('arp.proto.size', 'Protocol address length', {
    explain: 'Bytes in each network address below; IPv4 has 4.',
    show: bytes,
  }),
  opcode: field('arp.opcode', 'Opcode', {
    explain:
      'A request asks all stations “who has this address?”, the reply comes from the one that has it. Nothing proves that the answer is true.',
    meanings: arpMeanings,
    values: opcodes,
  }),
  senderMac: field('arp.src.hw_mac', 'Sender hardware address', { type: 'ether', explain: senderHardware }),
  senderHardware: field('arp.src.hw', 'Sender hardware address', { type: 'bytes', explain: senderHardware }),
  senderIpv4: field('arp.src.proto_ipv4', 'Sender protocol address', {
    type: 'ipv4',
    explain: senderProtocol,
    here: senderSaid,
  }),
  senderProtocol: field('arp.src.proto', 'Sender protocol address', {
    type: 'bytes',
    explain: senderProtocol,
  }),
  targetMac: field('arp.dst.hw_mac', 'Target hardware address', { type: 'ether', explain: targetHardware }),
  targetHardware: field('arp.dst.hw', 'Target hardware address', { type: 'bytes', explain: targetHardware }),
  targetIpv4: field('arp.dst.proto_ipv4', 'Target protocol address', {
    type: 'ipv4',
    explain: targetProtocol,
    here: targetSaid,
  }),
  targetProtocol: field('arp.dst.proto', 'Target protocol address', {
    type: 'bytes',
    explain: targetProtocol,
  }),
}

const request = 1

/** A sender that has no address yet looks whether anyone else has the one it would like (RFC 5227 §2.1.1). */
function senderSaid(_value: number, layer: LayerView): string {
  return isOpen(layer, f.senderIpv4)
    ? 'The sender has no address yet: it looks whether anyone else has the one that it would like.'
    : addressKind(layer.bytes, layer.start(f.senderIpv4), 4)
}

/** A sender that asks for its own address does not want to know it (RFC 5227 §2.3). */
function targetSaid(_value: number, layer: LayerView): string {
  const [sender, target] = [layer.start(f.senderIpv4), layer.start(f.targetIpv4)]
  for (let i = 0; i < 4; i++) if (layer.bytes[sender + i] !== layer.bytes[target + i]) return ''
  return layer.number(f.opcode) === request
    ? 'It is the sender’s own: it announces itself, so that neighbours and switches note where it is now.'
    : 'It is the sender’s own: nobody asked, it announces itself.'
}
