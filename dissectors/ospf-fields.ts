import { bytes, field, hex, seconds } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { isOpen } from './address-kinds.ts'
import { ospfPacketMeanings, ospfProofMeanings } from './numbers/routing-meanings.ts'

const flag = 'flag' as const
const group = 'group' as const
const octets = 'bytes' as const
const ipv4 = 'ipv4' as const

const packetTypes: Readonly<Record<number, string>> = {
  1: 'Hello Packet',
  2: 'DB Description',
  3: 'LS Request',
  4: 'LS Update',
  5: 'LS Acknowledge',
}

/** A bit of the options. */
export const option = (name: string, label: string, explain: string) =>
  field(name, label, { type: flag, explain, section: 'RFC 2328 §A.2' })

/** Options as the parts of their byte, for version 2. */
const options2 = [
  [option('ospf.v2.options.dn', 'DN', 'Keeps routes of a provider’s VPN from coming back to it.'), 1],
  [
    option(
      'ospf.v2.options.o',
      'O',
      'The sender takes opaque advertisements, in which others than OSPF send their data along.',
    ),
    1,
  ],
  [
    option(
      'ospf.v2.options.dc',
      'DC',
      'The link costs by the call, so hellos are left out while nothing changes.',
    ),
    1,
  ],
  [option('ospf.v2.options.l', 'L', 'A block of link-local signaling follows the packet.'), 1],
  [option('ospf.v2.options.n', 'N', 'The area is not so stubby: it takes its own external routes.'), 1],
  [option('ospf.v2.options.mc', 'MC', 'The sender routes multicast by OSPF.'), 1],
  [
    option(
      'ospf.v2.options.e',
      'E',
      'The area takes external routes; both sides have to agree, or they are no neighbours.',
    ),
    1,
  ],
  [option('ospf.v2.options.mt', 'MT', 'The sender has several topologies at once.'), 1],
] as const

const flags = [
  [undefined, 4],
  [option('ospf.dbd.r', 'R', 'The exchange is made anew without giving the neighbour up.'), 1],
  [option('ospf.dbd.i', 'I', 'The first description: it settles who leads, and lists nothing yet.'), 1],
  [
    option(
      'ospf.dbd.m',
      'M',
      'More descriptions follow; the exchange is over when both sides have sent one without this.',
    ),
    1,
  ],
  [option('ospf.dbd.ms', 'MS', 'The sender leads the exchange; the router with the higher ID does.'), 1],
] as const

/** The glossary of headers and messages. */
export const f = {
  header: field('ospf.header', 'Header', {
    type: group,
    explain:
      'Twenty-four bytes, or sixteen in version 3, that say who speaks, for which area, and how the packet is protected.',
    section: 'RFC 2328 §A.3.1',
  }),
  version: field('ospf.version', 'Version', {
    explain: '2 routes IPv4, 3 routes IPv6.',
    meanings: {
      2: 'OSPF for IPv4. It authenticates its packets by itself.',
      3: 'OSPF for IPv6, which leaves authentication to IPsec or to a trailer.',
    },
    section: 'RFC 2328 §A.3.1',
  }),
  type: field('ospf.msg', 'Message type', {
    explain:
      'Hellos find neighbours and keep them; the others compare and complete what both know of the network.',
    section: 'RFC 2328 §A.3.1',
    meanings: ospfPacketMeanings,
    values: packetTypes,
  }),
  length: field('ospf.packet_length', 'Packet length', {
    explain: 'Bytes of the packet with this header, without a digest or a signaling block behind it.',
    section: 'RFC 2328 §A.3.1',
    show: bytes,
  }),
  router: field('ospf.srcrouter', 'Source router', {
    type: ipv4,
    explain: 'The ID of the sender: 32 bits that look like an address and need not be one.',
    section: 'RFC 2328 §A.3.1',
  }),
  area: field('ospf.area_id', 'Area ID', {
    type: ipv4,
    explain: 'The part of the network that this belongs to; 0.0.0.0 is the backbone that joins all areas.',
    section: 'RFC 2328 §A.3.1',
  }),
  checksum: field('ospf.checksum', 'Checksum', {
    explain: 'Over the packet without its authentication; 0 where a digest protects it.',
    section: 'RFC 2328 §A.3.1',
    show: hex(4),
  }),
  authType: field('ospf.auth.type', 'Authentication type', {
    explain: 'How the packet is authenticated: by nothing, a password for all to read, or a keyed digest.',
    section: 'RFC 2328 §D',
    meanings: ospfProofMeanings,
    values: { 0: 'none', 1: 'simple password', 2: 'cryptographic' },
  }),
  authNone: field('ospf.auth.none', 'Authentication data', {
    type: octets,
    explain: 'Not used without authentication.',
    section: 'RFC 2328 §D.1',
  }),
  password: field('ospf.auth.simple', 'Password', {
    type: 'text',
    explain: 'The same for all routers of the link, in clear: it keeps mistakes out, not attackers.',
    section: 'RFC 2328 §D.2',
    read: (_from, _start, length) => `hidden, ${bytes(length)}`,
  }),
  authReserved: field('ospf.auth.reserved', 'Reserved', {
    explain: 'Free for later use; sent as 0.',
    section: 'RFC 2328 §D.3',
    show: hex(4),
  }),
  keyId: field('ospf.auth.crypt.key_id', 'Key ID', {
    explain: 'Which of the shared keys made the digest, so that keys can be changed one after the other.',
    section: 'RFC 2328 §D.3',
  }),
  digestLength: field('ospf.auth.crypt.data_length', 'Digest length', {
    explain: 'Bytes of the digest behind the packet.',
    section: 'RFC 2328 §D.3',
    show: bytes,
  }),
  sequence: field('ospf.auth.crypt.seq_nbr', 'Cryptographic sequence number', {
    explain: 'Never falls, so that an old packet sent again is noticed.',
    section: 'RFC 2328 §D.3',
  }),
  digest: field('ospf.auth.crypt.data', 'Digest', {
    type: octets,
    explain: 'A keyed hash over the packet. Whoever has not the key cannot make it.',
    section: 'RFC 2328 §D.3',
  }),
  instance: field('ospf.instid', 'Instance ID', {
    explain: 'Lets several OSPFs share a link: a router drops packets of an instance that is not its own.',
    section: 'RFC 5340 §A.3.1',
  }),
  reserved: field('ospf.reserved', 'Reserved', {
    explain: 'Free for later use; sent as 0.',
    section: 'RFC 5340 §A.3.1',
  }),
  hello: field('ospf.hello', 'Hello', {
    type: group,
    explain:
      'Says that the router is here, and whom it hears. Mask, intervals and options have to be the neighbour’s.',
    section: 'RFC 2328 §A.3.2',
  }),
  mask: field('ospf.hello.network_mask', 'Network mask', {
    type: ipv4,
    explain: 'The mask of the link; routers that disagree do not become neighbours.',
    section: 'RFC 2328 §A.3.2',
  }),
  interfaceId: field('ospf.hello.interface_id', 'Interface ID', {
    explain:
      'The sender’s own number for this link: version 3 tells links by it where version 2 took addresses.',
    section: 'RFC 5340 §A.3.2',
  }),
  helloInterval: field('ospf.hello.hello_interval', 'Hello interval', {
    explain: 'Seconds from one hello to the next. Both neighbours need the same, or they ignore each other.',
    section: 'RFC 2328 §A.3.2',
    show: seconds,
  }),
  options2: field('ospf.v2.options', 'Options', {
    explain: 'A bit for each ability beyond the basics; some have to be the same on both sides.',
    section: 'RFC 2328 §A.2',
    show: hex(2),
    parts: options2,
  }),
  options3: field('ospf.v3.options', 'Options', {
    explain:
      'What the router can do beyond the basics; the last bit says that it takes part in IPv6 routing.',
    section: 'RFC 5340 §A.2',
    show: hex(6),
  }),
  priority: field('ospf.hello.router_priority', 'Router priority', {
    explain: 'The highest becomes designated router; 0 never does.',
    meanings: {
      0: 'The router never speaks for the link; spokes of a hub are set so.',
      1: 'The default: where all have it, the higher router ID decides.',
    },
    section: 'RFC 2328 §A.3.2',
  }),
  deadInterval: field('ospf.hello.router_dead_interval', 'Router dead interval', {
    explain: 'After so long without a hello a neighbour is given up, and routes through it with it.',
    here: (value, layer) => lostHellos(value, layer),
    section: 'RFC 2328 §A.3.2',
    show: seconds,
  }),
  designated: field('ospf.hello.designated_router', 'Designated router', {
    type: ipv4,
    explain: 'The one that speaks for the link, so that not everyone exchanges everything with everyone.',
    here: designatedSaid,
    section: 'RFC 2328 §A.3.2',
  }),
  backup: field('ospf.hello.backup_designated_router', 'Backup designated router', {
    type: ipv4,
    explain: 'The one that takes over when the designated router is gone.',
    here: backupSaid,
    section: 'RFC 2328 §A.3.2',
  }),
  neighbor: field('ospf.hello.active_neighbor', 'Active neighbor', {
    type: ipv4,
    explain: 'A router that the sender hears. When it finds itself here, both hear each other.',
    section: 'RFC 2328 §A.3.2',
  }),
  body: field('ospf.message', 'Message', {
    type: group,
    explain: 'What both routers know of the network is compared and completed.',
    section: 'RFC 2328 §A.3.3',
  }),
  reserved8: field('ospf.v3.reserved', 'Reserved', {
    explain: 'Free for later use; sent as 0.',
    section: 'RFC 5340 §A.3.3',
  }),
  mtu: field('ospf.db.interface_mtu', 'Interface MTU', {
    explain:
      'The largest packet on this link. Where the neighbours differ, as with tunnels set up carelessly, they hang in ExStart.',
    meanings: { 0: 'A virtual link, which has no size of its own.' },
    section: 'RFC 2328 §A.3.3',
    show: bytes,
  }),
  descriptionFlags: field('ospf.dbd', 'Flags', {
    explain: 'Where in the exchange this description stands, and who leads it.',
    section: 'RFC 2328 §A.3.3',
    show: hex(2),
    parts: flags,
  }),
  descriptionSequence: field('ospf.db.dd_sequence', 'DD sequence', {
    explain: 'Numbers the descriptions; the follower repeats the leader’s number.',
    section: 'RFC 2328 §A.3.3',
  }),
  requestType: field('ospf.link_state_type', 'LS type', {
    explain: 'The kind of advertisement that is asked for.',
    section: 'RFC 2328 §A.3.4',
  }),
  requestId: field('ospf.link_state_id', 'Link state ID', {
    type: ipv4,
    explain: 'Which advertisement of this kind is asked for.',
    section: 'RFC 2328 §A.3.4',
  }),
  count: field('ospf.ls.number_of_lsas', 'Number of LSAs', {
    explain: 'How many advertisements the update brings, one behind the other.',
    section: 'RFC 2328 §A.3.5',
  }),
  rest: field('ospf.rest', 'Behind the packet', {
    type: octets,
    explain: 'Beyond the packet length, and no signaling block.',
  }),
  data: field('ospf.data', 'Data', {
    type: octets,
    explain: 'Bytes of a message of unknown type or version.',
  }),
}

/** How many hellos may get lost before the neighbour is given up. */
function lostHellos(dead: number, layer: LayerView): string {
  const hello = layer.number(f.helloInterval)
  return dead > hello && hello > 0
    ? `It is given up when ${Math.floor(dead / hello)} hellos in a row do not come.`
    : ''
}

function designatedSaid(_value: number, layer: LayerView): string {
  return isOpen(layer, f.designated)
    ? 'None has been chosen, or the link has only two ends and needs none.'
    : ''
}

function backupSaid(_value: number, layer: LayerView): string {
  return isOpen(layer, f.backup) ? 'There is none to take over.' : ''
}
