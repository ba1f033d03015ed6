import { printDetails } from '../src/dissect/detail-lines.ts'
import { bytes, field, glossary, hex, seconds } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { isOpen } from './address-kinds.ts'
import { messageType, optionFields } from './dhcp-option-fields.ts'
import { walkOptions } from './dhcp-options.ts'
import { hardwareTypes } from './numbers/hardware-types.ts'
import { udpPorts } from './numbers/ports.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |     op (1)    |   htype (1)   |   hlen (1)    |   hops (1)    |
// |                            xid (4)                            |
// |           secs (2)            |           flags (2)           |
// |         ciaddr (4), yiaddr (4), siaddr (4), giaddr (4)        |
// |          chaddr (16), sname (64), file (128)                  |
// |          options: 99 130 83 99, then code, length, value      |

type Said = (value: number, layer: LayerView) => string
const address = (name: string, label: string, explain: string, here?: Said) =>
  field(`dhcp.ip.${name}`, label, { type: 'ipv4', explain, section: 'RFC 2131 §2', ...(here && { here }) })

const f = {
  op: field('dhcp.type', 'Message op code', {
    explain: 'Tells what clients send from what servers send; an option says what it is exactly.',
    section: 'RFC 2131 §2',
    values: { 1: 'Boot request', 2: 'Boot reply' },
  }),
  hardwareType: field('dhcp.hw.type', 'Hardware type', {
    explain: 'The kind of link on which the client is.',
    section: 'RFC 2131 §2',
    values: hardwareTypes,
  }),
  hardwareLength: field('dhcp.hw.len', 'Hardware address length', {
    explain: 'How many of the 16 bytes for the client’s address count.',
    section: 'RFC 2131 §2',
    show: bytes,
  }),
  hops: field('dhcp.hops', 'Hops', {
    explain: 'How many relays the message has passed.',
    section: 'RFC 2131 §2',
  }),
  id: field('dhcp.id', 'Transaction ID', {
    explain: 'A random number of the client: by it the answer, which everyone may hear, finds its question.',
    section: 'RFC 2131 §2',
    show: hex(8),
  }),
  seconds: field('dhcp.secs', 'Seconds', {
    explain: 'For how long the client has been trying; spare servers wait for those that have tried long.',
    section: 'RFC 2131 §2',
    show: seconds,
  }),
  flags: field('dhcp.flags', 'Flags', {
    explain: 'The first bit asks for an answer to everyone, the rest is reserved.',
    section: 'RFC 2131 §2',
    show: hex(4),
    parts: [
      [
        field('dhcp.flags.bc', 'Broadcast', {
          type: 'flag',
          explain: 'Set by clients that cannot receive at an address which they do not have yet.',
          section: 'RFC 2131 §4.1',
        }),
        1,
      ],
      [
        field('dhcp.flags.reserved', 'Reserved', {
          explain: 'Free for later use: sent as 0.',
          section: 'RFC 2131 §2',
        }),
        15,
      ],
    ],
  }),
  client: address(
    'client',
    'Client address',
    'The address that the client has and uses already, as when it asks for more time.',
    clientSaid,
  ),
  your: address('your', 'Your address', 'The address that the server gives the client.', yourSaid),
  server: address('server', 'Next server address', 'Where the client finds what it boots from.'),
  relay: address(
    'relay',
    'Relay agent address',
    'The relay that passed the message on; the server answers there. It also tells on which network the client is.',
    relaySaid,
  ),
  hardware: field('dhcp.hw.mac_addr', 'Client hardware address', {
    type: 'ether',
    explain: 'The client’s address on its link, by which servers remember it.',
    section: 'RFC 2131 §2',
  }),
  otherHardware: field('dhcp.hw.addr', 'Client hardware address', {
    type: 'bytes',
    explain: 'The client’s address on a link that is not Ethernet.',
    section: 'RFC 2131 §2',
  }),
  hardwarePadding: field('dhcp.hw.addr_padding', 'Padding', {
    type: 'bytes',
    explain: 'Fills the 16 bytes for the address up.',
    section: 'RFC 2131 §2',
  }),
  serverName: field('dhcp.server', 'Server host name', {
    type: 'text',
    explain: 'The name of the server, if it says it; options may go on here.',
    section: 'RFC 2131 §2',
  }),
  file: field('dhcp.file', 'Boot file name', {
    type: 'text',
    explain: 'The file to boot from; options may go on here.',
    section: 'RFC 2131 §2',
  }),
  cookie: field('dhcp.cookie', 'Magic cookie', {
    explain: 'Says that options follow, and not something of a maker’s own as in BOOTP.',
    section: 'RFC 2131 §3',
    show: hex(8),
  }),
  vendor: field('dhcp.vendor', 'Vendor area', {
    type: 'bytes',
    explain: 'What BOOTP of old had in the place of options.',
    section: 'RFC 951 §3',
  }),
}

const magic = [0x63, 0x82, 0x53, 0x63]

function clientSaid(_value: number, layer: LayerView): string {
  return isOpen(layer, f.client) ? 'The client has no address that it could use yet.' : ''
}

function yourSaid(_value: number, layer: LayerView): string {
  return isOpen(layer, f.your) ? 'No address is given here.' : ''
}

function relaySaid(_value: number, layer: LayerView): string {
  return isOpen(layer, f.relay) ? 'No relay has a hand in this: client and server are on one link.' : ''
}

export const dhcp = protocol({
  id: 'dhcp',
  name: 'Dynamic Host Configuration Protocol',
  short: 'DHCP',
  reference: 'RFC 2131, RFC 2132',
  about:
    'Lends addresses to hosts and tells them routers, name servers and the like. Anyone on the link can answer.',
  fields: glossary(f, optionFields),
  claims: [[udpPorts, 67, 68]],
  walk(r) {
    r.u8(f.op)
    r.u8(f.hardwareType)
    const length = r.u8(f.hardwareLength)
    r.u8(f.hops)
    r.u32(f.id)
    r.u16(f.seconds)
    r.u16(f.flags)
    r.ipv4(f.client)
    r.ipv4(f.your)
    r.ipv4(f.server)
    r.ipv4(f.relay)
    const size = Math.min(length, 16)
    if (size === 6) r.ether(f.hardware)
    else r.octets(f.otherHardware, size)
    r.octets(f.hardwarePadding, 16 - size)
    r.text(f.serverName, 64)
    r.text(f.file, 128)
    if (magic.some((byte, i) => r.peek(i) >= 0 && r.peek(i) !== byte)) r.rest(f.vendor)
    else if (r.left > 0) {
      r.u32(f.cookie)
      walkOptions(r)
    }
    return r.carry(undefined)
  },
  summary(v: LayerView) {
    const kind = v.show(v.has(messageType) ? messageType : f.op)
    const given = v.show(f.your)
    return `${kind}, ${given === '0.0.0.0' ? '' : `${given} for `}${v.show(v.has(f.hardware) ? f.hardware : f.otherHardware)}`
  },
  line: printDetails,
})
