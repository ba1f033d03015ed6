import { printDetails } from '../src/dissect/detail-lines.ts'
import { field, glossary, hex } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { type Protocol, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { optionFields } from './dhcpv6-option-fields.ts'
import { walkOptions } from './dhcpv6-options.ts'
import { dhcpv6MessageMeanings } from './numbers/configuration-meanings.ts'
import { messages } from './numbers/dhcpv6.ts'
import { udpPorts } from './numbers/ports.ts'

// |    msg-type   |               transaction-id                  |  options …
// between relays and servers:
// |    msg-type   |   hop-count   |  link-address (16)  |  peer-address (16)  |  options …

const f = {
  type: field('dhcpv6.msgtype', 'Message type', {
    explain: 'What kind of message this is: solicit, advertise, request and reply make a lease.',
    section: 'RFC 8415 §7.3',
    meanings: dhcpv6MessageMeanings,
    values: messages,
  }),
  id: field('dhcpv6.xid', 'Transaction ID', {
    explain: 'A random number of the client, by which the answer finds its question.',
    section: 'RFC 8415 §8',
    show: hex(6),
  }),
  hops: field('dhcpv6.hopcount', 'Hop count', {
    explain: 'How many relays the message has passed before.',
    section: 'RFC 8415 §9',
  }),
  link: field('dhcpv6.linkaddr', 'Link address', {
    type: 'ipv6',
    explain: 'Tells the server on which link the client is.',
    section: 'RFC 8415 §9',
  }),
  peer: field('dhcpv6.peeraddr', 'Peer address', {
    type: 'ipv6',
    explain: 'From whom the relay had the message: the answer goes back there.',
    section: 'RFC 8415 §9',
  }),
}

const [relayForward, relayReply] = [12, 13]

export const dhcpv6: Protocol = protocol({
  id: 'dhcpv6',
  name: 'Dynamic Host Configuration Protocol for IPv6',
  short: 'DHCPv6',
  reference: 'RFC 8415',
  about:
    'Lends IPv6 addresses and whole prefixes, and tells name servers. Routers still come from router advertisements.',
  fields: glossary(f, optionFields),
  claims: [[udpPorts, 546, 547]],
  walk(r) {
    return r.carry(walkWhole(r, true) ? dhcpv6 : undefined)
  },
  summary: (v: LayerView) =>
    v.has(f.id) ? `${v.show(f.type)}, transaction ${v.show(f.id)}` : v.show(f.type),
  line: printDetails,
})

const walkMessage = (r: Reader): void => void walkWhole(r, false)

/** True where a relayed message follows as the next layer. */
function walkWhole(r: Reader, top: boolean): boolean {
  const type = r.u8(f.type)
  if (type === relayForward || type === relayReply) {
    r.u8(f.hops)
    r.ipv6(f.link)
    r.ipv6(f.peer)
  } else r.u24(f.id)
  return walkOptions(r, walkMessage, top)
}
