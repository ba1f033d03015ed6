import type { Part } from '../src/dissect/field.ts'
import { field, hex } from '../src/dissect/field.ts'

/** IOAM option types: https://www.iana.org/assignments/ioam. */
const ioamTypes = {
  0: 'Pre-allocated trace',
  1: 'Incremental trace',
  2: 'Proof of transit',
  3: 'Edge to edge',
  4: 'Direct export',
}

/** What each bit of the trace type asks of every node (RFC 9197 §4.4.1), from the first bit on. */
const wanted: readonly (readonly [name: string, label: string, explain: string])[] = [
  [
    'bit0',
    'Hop limit and node ID (short)',
    'Every node writes its number, and the hop limit by which the nodes can be put in order.',
  ],
  [
    'bit1',
    'Ingress and egress interface IDs (short)',
    'Every node writes by which interface the packet came and by which it leaves, in 16 bits each.',
  ],
  ['bit2', 'Timestamp seconds', 'Every node writes in which second of its clock the packet came.'],
  ['bit3', 'Timestamp fraction', 'Every node writes when within that second the packet came.'],
  ['bit4', 'Transit delay', 'Every node writes how long it kept the packet, in nanoseconds.'],
  ['bit5', 'Namespace-specific data (short)', 'Every node writes 4 bytes that only the operator can read.'],
  ['bit6', 'Queue depth', 'Every node writes how many bytes or packets waited in the same queue.'],
  [
    'bit7',
    'Checksum complement',
    'Every node writes two bytes that keep the checksum of UDP or TCP behind it right.',
  ],
  ['bit8', 'Hop limit and node ID (wide)', 'As the first bit, but with 56 bits for the number of the node.'],
  [
    'bit9',
    'Ingress and egress interface IDs (wide)',
    'As the second bit, but with 32 bits for each interface.',
  ],
  ['bit10', 'Namespace-specific data (wide)', 'Every node writes 8 bytes that only the operator can read.'],
  ['bit11', 'Buffer occupancy', 'Every node writes how full the buffer is that its queues share.'],
]

const traceParts: readonly Part[] = [
  ...wanted.map(
    ([name, label, explain]): Part => [
      field(`ipv6.opt.ioam.trace.type.${name}`, label, {
        type: 'flag',
        explain,
        section: 'RFC 9197 §4.4.1',
      }),
      1,
    ],
  ),
  [
    field('ipv6.opt.ioam.trace.type.undef', 'Undefined', {
      explain: 'Ten further things to ask for, none of them defined; each makes a node leave 4 bytes.',
      section: 'RFC 9197 §4.4.1',
    }),
    10,
  ],
  [
    field('ipv6.opt.ioam.trace.type.bit22', 'Opaque state snapshot', {
      type: 'flag',
      explain: 'When set, every node may add data of any length in a form of its own.',
      section: 'RFC 9197 §4.4.1',
    }),
    1,
  ],
  [
    field('ipv6.opt.ioam.trace.type.rsv', 'Reserved', {
      type: 'flag',
      explain: 'Has to be 0; kept for making the trace type longer.',
      section: 'RFC 9197 §4.4.1',
    }),
    1,
  ],
]

const traceFlags: readonly Part[] = [
  [
    field('ipv6.opt.ioam.trace.flag.o', 'Overflow', {
      type: 'flag',
      explain: 'Set by a node that found no room left: from there on the trace has a gap.',
      section: 'RFC 9197 §4.4.1',
    }),
    1,
  ],
  [
    field('ipv6.opt.ioam.trace.flag.l', 'Loopback', {
      type: 'flag',
      explain: 'Asks every node to send a copy of the packet back to the one that added the trace.',
      section: 'RFC 9322 §4',
    }),
    1,
  ],
  [
    field('ipv6.opt.ioam.trace.flag.a', 'Active', {
      type: 'flag',
      explain: 'Says that the packet was made for measuring and carries no one’s data.',
      section: 'RFC 9322 §5',
    }),
    1,
  ],
  [
    field('ipv6.opt.ioam.trace.flag.rsv', 'Reserved', {
      type: 'flag',
      explain: 'Has to be 0 until someone finds a use for it.',
      section: 'RFC 9197 §4.4.1',
    }),
    1,
  ],
]

/** The glossary of the option that collects measurements from every node on the way. */
export const i = {
  reserved: field('ipv6.opt.ioam.rsv', 'Reserved', {
    explain: 'Has to be 0; it moves what follows to where it has to start.',
    section: 'RFC 9486 §3',
  }),
  type: field('ipv6.opt.ioam.opt_type', 'IOAM-Option-Type', {
    explain:
      'What is collected: a trace of the nodes on the way, a proof of them, or counts from end to end.',
    meanings: {
      0: 'Each node writes into room that the first one set aside.',
      1: 'Each node makes the packet longer by what it writes.',
      2: 'Numbers by which the far end checks that the packet passed certain nodes.',
      3: 'Something that the far end reads only, such as a sequence number.',
      4: 'Nodes send what they would write to a collector, and the packet stays as it is.',
    },
    section: 'RFC 9486 §3',
    values: ioamTypes,
  }),
  trace: field('ipv6.opt.ioam.trace', 'Trace', {
    type: 'group',
    explain: 'A list into which every node on the way writes what it was asked for.',
    section: 'RFC 9197 §4.4',
  }),
  namespace: field('ipv6.opt.ioam.trace.ns', 'Namespace-ID', {
    explain: 'Whose measurement this is; nodes outside that network leave the option alone.',
    section: 'RFC 9197 §4.4.1',
  }),
  nodeLength: field('ipv6.opt.ioam.trace.nodelen', 'NodeLen', {
    explain: 'Counts the 4-byte words that each node writes, without the opaque state snapshot.',
    section: 'RFC 9197 §4.4.1',
    show: value => `${value * 4} bytes (${value})`,
  }),
  flags: field('ipv6.opt.ioam.trace.flags', 'Flags', {
    explain: 'What else the nodes are to know or do.',
    section: 'RFC 9197 §4.4.1',
    show: hex(1),
    parts: traceFlags,
  }),
  remaining: field('ipv6.opt.ioam.trace.remlen', 'RemainingLen', {
    explain: 'Counts the 4-byte words that are still free in front of the nodes’ data.',
    section: 'RFC 9197 §4.4.1',
    show: value => `${value * 4} bytes (${value})`,
  }),
  traceType: field('ipv6.opt.ioam.trace.type', 'IOAM-Trace-Type', {
    explain: 'One bit for each thing that every node is to write down.',
    section: 'RFC 9197 §4.4.1',
    show: hex(6),
    parts: traceParts,
  }),
  traceReserved: field('ipv6.opt.ioam.trace.rsv', 'Reserved', {
    explain: 'Has to be 0 until someone finds a use for it.',
    section: 'RFC 9197 §4.4.1',
  }),
  freeSpace: field('ipv6.opt.ioam.trace.free_space', 'Free space', {
    type: 'bytes',
    explain: 'Room for the nodes that are still to come; each writes at its end.',
    section: 'RFC 9197 §4.4.1',
  }),
  node: field('ipv6.opt.ioam.trace.node', 'Node', {
    type: 'group',
    explain: 'What one node on the way wrote; the first in the list is the last that the packet passed.',
    section: 'RFC 9197 §4.4.2',
  }),
  hopLimit: field('ipv6.opt.ioam.trace.node.hlim', 'Hop limit', {
    explain: 'The hop limit as the packet left this node: it puts the nodes in order.',
    section: 'RFC 9197 §4.4.2.1',
  }),
  nodeId: field('ipv6.opt.ioam.trace.node.id', 'Node ID', {
    explain: 'The number that the network’s operator gave the node.',
    section: 'RFC 9197 §4.4.2.1',
    show: hex(6),
  }),
  ingress: field('ipv6.opt.ioam.trace.node.iif', 'Ingress interface ID', {
    explain: 'The interface on which the packet came in.',
    section: 'RFC 9197 §4.4.2.2',
  }),
  egress: field('ipv6.opt.ioam.trace.node.eif', 'Egress interface ID', {
    explain: 'The interface on which the packet goes out.',
    section: 'RFC 9197 §4.4.2.2',
  }),
  seconds: field('ipv6.opt.ioam.trace.node.tss', 'Timestamp seconds', {
    explain: 'When the node received the packet, in the seconds of its clock.',
    section: 'RFC 9197 §4.4.2.3',
  }),
  fraction: field('ipv6.opt.ioam.trace.node.tsf', 'Timestamp fraction', {
    explain: 'When in that second the node received the packet; its clock sets the unit.',
    section: 'RFC 9197 §4.4.2.4',
  }),
  delay: field('ipv6.opt.ioam.trace.node.trdelay', 'Transit delay', {
    explain:
      'Nanoseconds that the packet spent in the node; the first bit says that it was longer than fits.',
    section: 'RFC 9197 §4.4.2.5',
    show: hex(8),
  }),
  namespaceData: field('ipv6.opt.ioam.trace.node.nsdata', 'Namespace-specific data', {
    explain: 'Four bytes that mean whatever the operator agreed with its nodes.',
    section: 'RFC 9197 §4.4.2.6',
    show: hex(8),
  }),
  queueDepth: field('ipv6.opt.ioam.trace.node.qdepth', 'Queue depth', {
    explain: 'How full the queue was in which the packet waited.',
    section: 'RFC 9197 §4.4.2.7',
  }),
  complement: field('ipv6.opt.ioam.trace.node.csum', 'Checksum complement', {
    explain: 'Undoes what the node’s data changed in the checksum of UDP or TCP behind it.',
    section: 'RFC 9197 §4.4.2.8',
    show: hex(8),
  }),
  nodeIdWide: field('ipv6.opt.ioam.trace.node.id_wide', 'Node ID', {
    type: 'bytes',
    explain: 'The number that the network’s operator gave the node, in 56 bits.',
    section: 'RFC 9197 §4.4.2.9',
  }),
  ingressWide: field('ipv6.opt.ioam.trace.node.iif_wide', 'Ingress interface ID', {
    explain: 'The interface on which the packet came in, in 32 bits.',
    section: 'RFC 9197 §4.4.2.10',
  }),
  egressWide: field('ipv6.opt.ioam.trace.node.eif_wide', 'Egress interface ID', {
    explain: 'The interface on which the packet goes out, in 32 bits.',
    section: 'RFC 9197 §4.4.2.10',
  }),
  namespaceDataWide: field('ipv6.opt.ioam.trace.node.nsdata_wide', 'Namespace-specific data', {
    explain: 'Eight bytes that mean whatever the operator agreed with its nodes.',
    section: 'RFC 9197 §4.4.2.11',
  }),
  occupancy: field('ipv6.opt.ioam.trace.node.bufoccup', 'Buffer occupancy', {
    explain: 'How full the buffer was that the node’s queues share.',
    section: 'RFC 9197 §4.4.2.12',
  }),
  undefinedData: field('ipv6.opt.ioam.trace.node.undefined', 'Undefined', {
    explain: 'Four bytes for a bit of the trace type that nothing defines.',
    section: 'RFC 9197 §4.4.1',
    show: hex(8),
  }),
  snapshotLength: field('ipv6.opt.ioam.trace.node.oss.len', 'Length', {
    explain: 'Counts the 4-byte words of the snapshot.',
    section: 'RFC 9197 §4.4.2.13',
    show: value => `${value * 4} bytes (${value})`,
  }),
  schema: field('ipv6.opt.ioam.trace.node.oss.scid', 'Schema ID', {
    explain: 'Names the form of the snapshot, in a list that the operator keeps.',
    section: 'RFC 9197 §4.4.2.13',
    show: hex(6),
  }),
  snapshot: field('ipv6.opt.ioam.trace.node.oss.data', 'Opaque data', {
    type: 'bytes',
    explain: 'Anything that the node’s maker wants to tell, in the form that the schema names.',
    section: 'RFC 9197 §4.4.2.13',
  }),
  data: field('ipv6.opt.ioam.data', 'Option data', {
    type: 'bytes',
    explain: 'Contents in the form that the IOAM option type gives them.',
    section: 'RFC 9486 §3',
  }),
}
