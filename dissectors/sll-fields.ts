import { bytes, field } from '../src/dissect/field.ts'
import { etherTypeMeanings, etherTypes } from './numbers/ether-types.ts'
import { hardwareTypes } from './numbers/hardware-types.ts'
import { linuxProtocols } from './numbers/linux-protocols.ts'

/** Which way a packet went. */
export const packetTypes: Readonly<Record<number, string>> = {
  0: 'to us',
  1: 'broadcast',
  2: 'multicast',
  3: 'to another host',
  4: 'sent by us',
}

/** The glossary of both versions of Linux cooked captures; reserved bytes and interface are the second's. */
export const f = {
  packetType: field('sll.pkttype', 'Packet type', {
    explain: 'Which way the packet went, and whom its link address was for.',
    meanings: {
      3: 'Overheard: the interface takes what is meant for others, too.',
      4: 'This machine sent it: checksums may be missing, for the network card puts them in later.',
    },
    values: packetTypes,
  }),
  hardwareType: field('sll.hatype', 'Link-layer address type', {
    explain: 'What kind of interface the packet was seen on; it also decides how to read the protocol.',
    values: hardwareTypes,
  }),
  addressLength: field('sll.halen', 'Link-layer address length', {
    explain:
      'Bytes of the sender’s link address; tunnels often have none. Of a longer one the first 8 are here.',
    show: bytes,
  }),
  etherAddress: field('sll.src.eth', 'Source', {
    type: 'ether',
    explain: 'The link address of the station that sent the packet. The receiver’s is not kept.',
  }),
  ipv4Address: field('sll.src.ipv4', 'Source', {
    type: 'ipv4',
    explain: 'On a tunnel: the address of the end that sent the packet.',
  }),
  otherAddress: field('sll.src.other', 'Source', {
    type: 'bytes',
    explain: 'The link address of the sender, in the form of its kind of interface.',
  }),
  unused: field('sll.unused', 'Unused', {
    type: 'bytes',
    explain: 'Fills the space for addresses, which is 8 bytes whatever their length.',
  }),
  etherType: field('sll.etype', 'Protocol', {
    explain: 'An EtherType naming the payload.',
    meanings: etherTypeMeanings,
    values: etherTypes,
  }),
  linuxType: field('sll.ltype', 'Protocol', {
    explain: 'Below 0x0600: one of Linux’ own numbers, for what has no EtherType.',
    values: linuxProtocols,
  }),
  greType: field('sll.gretype', 'Protocol', {
    explain: 'The protocol type of the GRE header that the interface took off.',
    section: 'RFC 2784 §2.4',
    values: etherTypes,
  }),
  reserved: field('sll.reserved', 'Reserved', { explain: 'Has to be 0; no use is defined.' }),
  interfaceIndex: field('sll.ifindex', 'Interface index', {
    explain: 'The number of the interface on the machine that captured; `ip link` lists them.',
  }),
  trailer: field('sll.trailer', 'Trailer', {
    type: 'bytes',
    explain: 'Bytes behind the packet that no length accounts for, as padding of a short Ethernet frame.',
  }),
}
