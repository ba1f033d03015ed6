import { field, hex } from '../src/dissect/field.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { chdlc, isCisco } from './chdlc.ts'
import { pppLesson } from './lessons/tunnels.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { linkTypes } from './numbers/link-types.ts'
import { pppProtocols } from './numbers/ppp.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |  Direction *  | Address 0xff *| Control 0x03 *|  Protocol *   |
// |  Protocol     |  * where it is there

/** What follows, for the numbers that people of tunnels meet. */
const protocolMeanings: Readonly<Record<number, string>> = {
  33: 'An IPv4 packet follows: the line is up.',
  87: 'An IPv6 packet follows: the line is up.',
  253: 'Compressed follows, and with MPPE encrypted.',
  32801: 'IPCP follows: the two ends agree on IPv4 addresses and name servers.',
  32855: 'IPV6CP follows: the two ends agree on the last 64 bits of their IPv6 addresses.',
  33021: 'CCP follows: the two ends agree on compression, and with MPPE on encryption.',
  49185: 'LCP follows: the line itself is set up, tested or closed. Everything else waits for it.',
  49187: 'PAP follows: name and password in clear.',
  49189: 'A report about the quality of the line follows.',
  49699: 'CHAP follows: a challenge, and a proof of the password without the password.',
  49703: 'EAP follows: a method of authentication of its own.',
}

const f = {
  direction: field('ppp.direction', 'Direction', {
    explain:
      'Written by the program that captured, not sent: whether this host received the packet or sent it.',
    values: { 0: 'received', 1: 'sent' },
  }),
  address: field('ppp.address', 'Address', {
    explain:
      'The address “all stations” of HDLC. A line has only two ends, so it says nothing, and both may agree to leave it out.',
    section: 'RFC 1662 §3.1',
    show: hex(2),
  }),
  control: field('ppp.control', 'Control', {
    explain: 'HDLC’s command for information without sequence numbers; left out together with the address.',
    section: 'RFC 1662 §3.1',
    show: hex(2),
  }),
  protocol: field('ppp.protocol', 'Protocol', {
    explain:
      'Names what follows: a packet, or the talk by which the two ends set up the line, prove who they are and agree on addresses. Numbers below 256 may be sent as one byte: the last bit of the last byte is 1.',
    meanings: protocolMeanings,
    section: 'RFC 1661 §2',
    values: pppProtocols,
  }),
}

/** Link types of PPP: as it is, and with HDLC's address in front, which may be Cisco's. */
const [plainLink, serialLink] = [9, 50]
/** Link types with a byte for the direction: in front of the address, and in its place. */
const [directedLink, daemonLink] = [204, 166]

export const ppp = protocol({
  id: 'ppp',
  name: 'Point-to-Point Protocol',
  short: 'PPP',
  reference: 'RFC 1661, RFC 1662',
  about:
    'Carries packets of several protocols between two ends, after it has checked the line, names and passwords. PPTP, L2TP and PPPoE put it into tunnels.',
  lesson: pppLesson,
  fields: f,
  claims: [
    [etherTypes, 0x880b],
    [linkTypes, plainLink, serialLink, directedLink, daemonLink],
  ],
  boundless: true,
  instead: r => (isFrame(r) && r.frame.linkType === serialLink && isCisco(r) ? chdlc : undefined),
  walk(r) {
    const link = isFrame(r) ? r.frame.linkType : plainLink
    if (link === directedLink || link === daemonLink) r.u8(f.direction)
    // 0xff is no protocol's number, so that an address is known by it.
    if (r.peek() === allStations) r.u8(f.address)
    else if (link !== daemonLink) return walkProtocol(r)
    if (r.u8(f.control) !== information && r.checking)
      r.noteField('warning', 'The control byte of PPP is 3, information without numbers (RFC 1662 §3.1)')
    return walkProtocol(r)
  },
  summary: v => v.show(f.protocol),
  line(v, line) {
    line.out.ascii('ppp ')
    if (v.next === undefined || v.next.protocol.id === 'data') line.out.text(v.summary)
    else line.inner(v)
  },
})

/** True for a frame that is PPP from its first byte on. */
const isFrame = (r: Reader): boolean => r.pos === r.frame.start && r.bytes === r.frame.bytes

const [allStations, information] = [0xff, 3]

function walkProtocol(r: Reader): Next {
  // An odd first byte ends the number: the sender left the upper byte out, as it may where it is 0.
  const number = r.peek() & 1 && r.peek() > 0 ? r.u8(f.protocol) : r.u16(f.protocol)
  if (r.checking && (number & 1) === 0)
    r.noteField('error', 'The last byte of a protocol number is odd (RFC 1661 §2)')
  return r.payload(pppProtocols, number)
}
