import { field, hex, words } from '../src/dissect/field.ts'
import { etherTypeMeanings, etherTypes } from './numbers/ether-types.ts'

const reserved = field('geneve.flags.reserved', 'Reserved', {
  explain: 'Flags without a meaning yet: sent as 0, ignored by receivers.',
})

/** IANA’s option classes; those up to 0x00ff are for standards, the others belong to vendors. */
const classes: Readonly<Record<number, string>> = {
  256: 'Linux',
  257: 'Open vSwitch',
  258: 'Open Virtual Networking (OVN)',
  259: 'In-band network telemetry',
  260: 'VMware',
  261: 'Amazon',
  262: 'Cisco',
  263: 'Oracle',
  264: 'Amazon',
}

/** The glossary of the fixed header. */
export const f = {
  version: field('geneve.version', 'Version', {
    explain: 'A receiver drops a version that it does not know. So far there is only 0.',
    section: 'RFC 8926 §3.4',
  }),
  optionsLength: field('geneve.option.length', 'Options length', {
    explain:
      'How far behind the fixed header the payload starts, in words of four bytes: the room of all options.',
    section: 'RFC 8926 §3.4',
    show: words(4),
  }),
  flags: field('geneve.flags', 'Flags', {
    explain:
      'Two questions that a receiver settles before it reads on: is this for me, and may I skip options?',
    section: 'RFC 8926 §3.4',
    show: hex(2),
    parts: [
      [
        field('geneve.flags.oam', 'Control packet', {
          type: 'flag',
          explain:
            'When set, the packet is for the tunnel’s end itself and must not be forwarded to machines behind it.',
          section: 'RFC 8926 §3.4',
        }),
        1,
      ],
      [
        field('geneve.flags.critical', 'Critical options present', {
          type: 'flag',
          explain: 'When set, at least one option is such that who does not know it has to drop the packet.',
          section: 'RFC 8926 §3.4',
        }),
        1,
      ],
      [reserved, 6],
    ],
  }),
  protocolType: field('geneve.proto_type', 'Protocol type', {
    explain: 'An EtherType naming what is carried; 0x6558 is an Ethernet frame.',
    section: 'RFC 8926 §3.4',
    meanings: etherTypeMeanings,
    values: etherTypes,
  }),
  identifier: field('geneve.vni', 'Virtual network identifier', {
    explain:
      'Which of 16 million virtual networks the packet is in; the same address may exist in several of them.',
    section: 'RFC 8926 §3.4',
  }),
  reserved: field('geneve.reserved', 'Reserved', {
    explain: 'The last byte of the fixed header, sent as 0 and ignored.',
    section: 'RFC 8926 §3.4',
    show: hex(2),
  }),
}

const optionFlags = field('geneve.option.flags.reserved', 'Reserved', {
  explain: 'Flags of the option, none of which is in use: sent as 0.',
  section: 'RFC 8926 §3.5',
})

/** The glossary of options. */
export const option = {
  all: field('geneve.options', 'Options', {
    type: 'group',
    explain: 'All options together; a receiver that cares for none jumps over them in one step.',
    section: 'RFC 8926 §3.5',
  }),
  group: field('geneve.option', 'Option', {
    type: 'group',
    explain: 'Something that one tunnel end tells the other about this packet; the format leaves open what.',
    section: 'RFC 8926 §3.5',
  }),
  class: field('geneve.option.class', 'Option class', {
    explain: 'Whose option this is: its owner defines the types in it.',
    section: 'RFC 8926 §3.5',
    values: classes,
  }),
  type: field('geneve.option.type', 'Type', {
    explain: 'What the option says, by the definition of its class.',
    section: 'RFC 8926 §3.5',
    show: hex(2),
    parts: [
      [
        field('geneve.option.type.critical', 'Critical option', {
          type: 'flag',
          explain: 'When set, a tunnel end that does not know this option has to drop the packet.',
          section: 'RFC 8926 §3.5',
        }),
        1,
      ],
      [undefined, 7],
    ],
  }),
  flags: optionFlags,
  length: field('geneve.option.length', 'Length', {
    explain: 'Words of four bytes of data behind the four bytes that begin the option.',
    section: 'RFC 8926 §3.5',
    show: words(4),
  }),
  data: field('geneve.option.unknown.data', 'Option data', {
    type: 'bytes',
    explain: 'Contents that the owner of the class defines; others pass over them by the length.',
    section: 'RFC 8926 §3.5',
  }),
}
