import { printDetails } from '../src/dissect/detail-lines.ts'
import { field, glossary } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { isOpen } from './address-kinds.ts'
import { pppProtocols } from './numbers/ppp.ts'
import { controlFields, controlSummary, option, optionFields, optionsOf, walkControl } from './ppp-control.ts'

const asked = 'In a request, 0.0.0.0 asks the other end to say one.'

const f = {
  source: field('ipcp.opt.src_address', 'Source IP address', {
    type: 'ipv4',
    explain: `The sender’s own address, in the form of before 1992. ${asked}`,
    section: 'RFC 1332 §3.1',
  }),
  destination: field('ipcp.opt.dst_address', 'Destination IP address', {
    type: 'ipv4',
    explain: 'What the sender thinks the other end’s address is.',
    section: 'RFC 1332 §3.1',
  }),
  compression: field('ipcp.opt.compress_proto', 'IP compression protocol', {
    explain: 'How headers are made shorter on slow lines; 0x002d is Van Jacobson’s way for TCP.',
    section: 'RFC 1332 §3.2',
    values: pppProtocols,
  }),
  maxSlot: field('ipcp.opt.max_slot_id', 'Max slot ID', {
    explain: 'How many TCP connections the sender remembers to restore their headers, less one.',
    section: 'RFC 1332 §4',
  }),
  slotReserved: field('ipcp.opt.comp_slot_reserved', 'Reserved', {
    explain: 'Bits of the byte that have no meaning; sent as 0.',
    section: 'RFC 1332 §4',
  }),
  compressSlot: field('ipcp.opt.comp_slot_id', 'Comp slot ID', {
    type: 'flag',
    explain:
      'When set, packets may leave out the number of their connection where it is that of the packet before.',
    section: 'RFC 1332 §4',
  }),
  tcpSpace: field('ipcp.opt.tcp_space', 'TCP space', {
    explain: 'The largest number of a remembered TCP connection.',
    section: 'RFC 2507 §5.2',
  }),
  otherSpace: field('ipcp.opt.non_tcp_space', 'Non TCP space', {
    explain: 'The largest number of a remembered flow that is not TCP.',
    section: 'RFC 2507 §5.2',
  }),
  maxPeriod: field('ipcp.opt.f_max_period', 'F max period', {
    explain: 'At most so many shortened headers follow each other before a whole one is sent.',
    section: 'RFC 2507 §5.2',
  }),
  maxTime: field('ipcp.opt.f_max_time', 'F max time', {
    explain: 'At most so many seconds pass between two whole headers.',
    section: 'RFC 2507 §5.2',
  }),
  maxHeader: field('ipcp.opt.max_header', 'Max header', {
    explain: 'The longest header that may be shortened, in bytes.',
    section: 'RFC 2507 §5.2',
  }),
  address: field('ipcp.opt.ip_address', 'IP address', {
    type: 'ipv4',
    explain: `The address that the sender of a request uses inside the tunnel; a nak tells it which one it is to use. ${asked}`,
    here: addressSaid,
    section: 'RFC 1332 §3.3',
  }),
  home: field('ipcp.opt.mobilenodehomeaddress', 'Mobile node’s home address', {
    type: 'ipv4',
    explain: 'The address that a moving host keeps wherever it dials in.',
    section: 'RFC 2290 §2.1',
  }),
  dns1: field('ipcp.opt.pri_dns_address', 'Primary DNS address', {
    type: 'ipv4',
    explain: `The name server to ask first. ${asked}`,
    here: dns1Said,
    section: 'RFC 1877 §1.1',
  }),
  nbns1: field('ipcp.opt.pri_nbns_address', 'Primary NBNS address', {
    type: 'ipv4',
    explain: `The WINS server to ask first for names of Windows hosts. ${asked}`,
    here: nbns1Said,
    section: 'RFC 1877 §1.2',
  }),
  dns2: field('ipcp.opt.sec_dns_address', 'Secondary DNS address', {
    type: 'ipv4',
    explain: `The name server to ask when the first is silent. ${asked}`,
    here: dns2Said,
    section: 'RFC 1877 §1.3',
  }),
  nbns2: field('ipcp.opt.sec_nbns_address', 'Secondary NBNS address', {
    type: 'ipv4',
    explain: `The WINS server to ask when the first is silent. ${asked}`,
    here: nbns2Said,
    section: 'RFC 1877 §1.4',
  }),
} as const

/** What an address says that is 0.0.0.0. */
const wanted = 'It is open: the sender asks the other end to name one.'

function addressSaid(_value: number, layer: LayerView): string {
  return isOpen(layer, f.address) ? wanted : ''
}
function dns1Said(_value: number, layer: LayerView): string {
  return isOpen(layer, f.dns1) ? wanted : ''
}
function nbns1Said(_value: number, layer: LayerView): string {
  return isOpen(layer, f.nbns1) ? wanted : ''
}
function dns2Said(_value: number, layer: LayerView): string {
  return isOpen(layer, f.dns2) ? wanted : ''
}
function nbns2Said(_value: number, layer: LayerView): string {
  return isOpen(layer, f.nbns2) ? wanted : ''
}

const [vanJacobson, ipHeader] = [0x2d, 0x61]

function walkCompression(r: Reader): void {
  const way = r.u16(f.compression)
  if (way === vanJacobson && r.left === 2) {
    r.u8(f.maxSlot)
    r.bits(f.slotReserved, 7)
    r.flag(f.compressSlot)
  } else if (way === ipHeader && r.left >= 10) {
    r.u16(f.tcpSpace)
    r.u16(f.otherSpace)
    r.u16(f.maxPeriod)
    r.u16(f.maxTime)
    r.u16(f.maxHeader)
  }
}

const known = {
  1: option(
    'ipcp.opt.addrs',
    'IP addresses',
    'RFC 1332 §3.1',
    'Names both addresses at once; nobody is to use it any more.',
    r => {
      r.ipv4(f.source)
      r.ipv4(f.destination)
    },
  ),
  2: option(
    'ipcp.opt.compress',
    'IP compression protocol',
    'RFC 1332 §3.2',
    'Offers to restore headers that were made shorter.',
    walkCompression,
  ),
  3: option(
    'ipcp.opt.addr',
    'IP address',
    'RFC 1332 §3.3',
    'Agrees on the sender’s address inside the tunnel.',
    r => void r.ipv4(f.address),
  ),
  4: option(
    'ipcp.opt.mobileipv4',
    'Mobile IPv4',
    'RFC 2290 §2.1',
    'Tells that the sender is a moving host with an address of its own.',
    r => void r.ipv4(f.home),
  ),
  129: option(
    'ipcp.opt.pri_dns',
    'Primary DNS',
    'RFC 1877 §1.1',
    'Tells a dial-in client which name server to ask first: Microsoft’s addition, as PPP itself knew of none.',
    r => void r.ipv4(f.dns1),
  ),
  130: option(
    'ipcp.opt.pri_nbns',
    'Primary NBNS',
    'RFC 1877 §1.2',
    'Tells a Windows client which server knows the old NetBIOS names of the network behind.',
    r => void r.ipv4(f.nbns1),
  ),
  131: option(
    'ipcp.opt.sec_dns',
    'Secondary DNS',
    'RFC 1877 §1.3',
    'Tells a dial-in client which name server to ask when the first is silent.',
    r => void r.ipv4(f.dns2),
  ),
  132: option(
    'ipcp.opt.sec_nbns',
    'Secondary NBNS',
    'RFC 1877 §1.4',
    'Tells a Windows client which server to ask for NetBIOS names when the first is silent.',
    r => void r.ipv4(f.nbns2),
  ),
}

const names = Object.fromEntries(Object.entries(known).map(([type, { group }]) => [type, group.label]))
const options = optionsOf('ipcp', names, known)

export const ipcp = protocol({
  id: 'ipcp',
  name: 'PPP IP Control Protocol',
  short: 'IPCP',
  reference: 'RFC 1332, RFC 1877',
  about:
    'Turns IPv4 on over a PPP line and agrees on the addresses at both ends, and on name servers. This is how a PPTP or PPPoE client gets its address.',
  fields: glossary(controlFields, optionFields(options), f),
  claims: [[pppProtocols, 0x8021]],
  walk: r => walkControl(r, options),
  summary(v) {
    const text = controlSummary(v, options)
    return v.has(f.address) ? text.replace('IP address', `IP address ${v.show(f.address)}`) : text
  },
  line: printDetails,
})
