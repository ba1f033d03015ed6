import { expectedChecksum, pseudoHeader } from '../src/dissect/checksum.ts'
import { glossary } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { nextExtension } from './ipv6-extension.ts'
import { printCarried } from './ipv6-line.ts'
import { f } from './mipv6-fields.ts'
import { h } from './mipv6-handover-fields.ts'
import { o } from './mipv6-option-fields.ts'
import { walkMobilityOptions } from './mipv6-options.ts'
import { p } from './mipv6-proxy-option-fields.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// | Payload Proto |  Header Len   |   MH Type     |   Reserved    |
// |           Checksum            |         message data …        |

const mobility = 135
const noNextHeader = 59
const revocationIndication = 1

/** What a message says in front of its options, by type. */
const messages: Readonly<Record<number, (r: Reader) => void>> = {
  0: walkReserved,
  1: r => {
    walkReserved(r)
    r.u64(f.homeInitCookie)
  },
  2: r => {
    walkReserved(r)
    r.u64(f.careOfInitCookie)
  },
  3: r => {
    r.u16(f.homeNonceIndex)
    r.u64(f.homeInitCookie)
    r.u64(f.homeToken)
  },
  4: r => {
    r.u16(f.careOfNonceIndex)
    r.u64(f.careOfInitCookie)
    r.u64(f.careOfToken)
  },
  5: r => {
    r.u16(f.sequence)
    r.u16(f.updateFlags)
    r.u16(f.lifetime)
  },
  6: r => {
    r.u8(f.status)
    r.u8(f.acknowledgeFlags)
    r.u16(f.sequence)
    r.u16(f.lifetime)
  },
  7: r => {
    r.u8(f.errorStatus)
    r.u8(f.errorReserved)
    r.ipv6(f.errorAddress)
  },
  8: r => {
    r.u16(f.sequence)
    r.u16(h.fastFlags)
    r.u16(f.lifetime)
  },
  9: r => {
    r.u8(f.status)
    r.u8(h.fastAcknowledgeFlags)
    r.u16(f.sequence)
    r.u16(f.lifetime)
  },
  10: walkReserved,
  12: walkHomeAgentSwitch,
  13: r => {
    r.u16(h.heartbeatFlags)
    r.u32(h.heartbeatSequence)
  },
  14: r => {
    r.u16(f.sequence)
    r.u8(h.handoverFlags)
    r.u8(h.handoverCode)
  },
  15: r => {
    r.u16(f.sequence)
    r.u8(h.handoverReserved)
    r.u8(h.handoverCode)
  },
  16: r => {
    const indication = r.u8(h.revocationType) === revocationIndication
    r.u8(indication ? h.trigger : h.revocationStatus)
    r.u16(f.sequence)
    r.u16(h.revocationFlags)
  },
  17: r => {
    r.u16(f.sequence)
    r.u16(h.routingReserved)
    r.u16(h.routingLifetime)
  },
  18: r => {
    r.u16(f.sequence)
    r.u8(h.routingFlags)
    r.u8(h.routingStatus)
    r.u16(h.routingLifetime)
  },
  19: r => {
    r.u16(f.sequence)
    r.u16(h.reason)
    r.u16(h.notificationFlags)
  },
  20: r => {
    r.u16(f.sequence)
    r.u8(h.notificationStatus)
    r.u24(h.notificationReserved)
  },
}

export const mipv6 = protocol({
  id: 'mipv6',
  name: 'Mobile IPv6',
  short: 'MIPv6',
  reference: 'RFC 6275',
  about:
    'Keeps a host reachable at its home address while it travels: it tells its home agent, which tunnels, and its correspondents where it is.',
  fields: glossary(f, h, o, p),
  claims: [[ipProtocols, mobility]],
  walk(r) {
    const next = r.u8(f.next)
    if (r.checking && next !== noNextHeader)
      r.noteField('warning', 'Nothing may follow a mobility header yet')
    const length = r.u8(f.length) * 8 + 8
    const type = r.u8(f.type)
    if (r.u8(f.reserved) !== 0) r.noteField('warning', 'The reserved byte is not 0')
    const checksum = r.u16(f.checksum)
    r.open(f.message)
    r.claim(length - 6, f.length)
    if (r.checking && r.whole && !r.excerpted) {
      const sum = pseudoHeader(r, mobility, length)
      r.verify(f.checksum, checksum, expectedChecksum(r, r.start, r.start + length, checksum, sum))
    }
    const walk = messages[type]
    if (walk === undefined) r.rest(f.data)
    else {
      walk(r)
      walkMobilityOptions(r)
    }
    r.close()
    return nextExtension(r, next)
  },
  summary: v => v.show(f.type),
  line(v, line) {
    line.out.ascii('mobility: ').ascii(
      v
        .show(f.type)
        .replace(/ \(\d+\)$/, '')
        .toLowerCase(),
    )
    if (v.number(f.next) === noNextHeader) return
    line.out.char(0x20)
    printCarried(v, line, v.number(f.next))
  },
})

function walkReserved(r: Reader): void {
  if (r.u16(f.messageReserved) !== 0) r.noteField('warning', 'The reserved bytes are not 0')
}

function walkHomeAgentSwitch(r: Reader): void {
  const count = r.u8(h.addressCount)
  r.u8(h.switchReserved)
  for (let i = 0; i < count; i++) r.ipv6(h.homeAgent)
}
