import { bytes, field, hex } from '../src/dissect/field.ts'
import { classificationLevels, ipOptionTypes, oldSecurityLevels } from './numbers/ip-options.ts'
import { quickStartFunctions, quickStartRate } from './numbers/quick-start.ts'

const optionClasses = { 0: 'Control', 1: 'Reserved', 2: 'Debugging and measurement', 3: 'Reserved' }

/** Which values of a timestamp option's flag there are (RFC 791 §3.1). */
const timestampForms = {
  0: 'Timestamps only',
  1: 'Each with the address of its router',
  3: 'Only at the addresses that the sender wrote down',
}

/** A timestamp in milliseconds since midnight UT, or in a unit of its own with the first bit set. */
const timestamp = (value: number): string => {
  if (value >= 0x80000000) return `${value - 0x80000000}, not since midnight UT`
  const seconds = Math.floor(value / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const time = parts.map(part => String(part).padStart(2, '0')).join(':')
  return `${time}.${String(value % 1000).padStart(3, '0')} UT (${value})`
}

/** One authority of the basic security option (RFC 1108 §2.4). */
const authority = (name: string, label: string, what: string) =>
  [
    field(`ip.opt.sec_prot_auth_${name}`, label, {
      type: 'flag',
      explain: `When set, the contents are guarded by the rules of ${what}; hosts without its consent must not see them.`,
      section: 'RFC 1108 §2.4',
    }),
    1,
  ] as const

const furtherAuthorities = field('ip.opt.sec_prot_auth_fti', 'Field termination indicator', {
  type: 'flag',
  explain: 'When set, a further byte of authorities follows.',
  section: 'RFC 1108 §2.4',
  values: { 0: 'last byte', 1: 'another byte follows' },
})

/** The glossary of IPv4 options. */
export const o = {
  options: field('ip.options', 'Options', {
    type: 'group',
    explain:
      'What the fixed header has no room for: at most 40 bytes. Routers handle such packets slowly, and many networks drop them.',
    section: 'RFC 791 §3.1',
  }),
  option: field('ip.option', 'Option', {
    type: 'group',
    explain: 'One option: a type and, for all but two of them, a length and contents.',
    section: 'RFC 791 §3.1',
  }),
  type: field('ip.opt.type', 'Type', {
    explain: 'Names the option; its parts say how to treat it.',
    section: 'RFC 791 §3.1',
    values: ipOptionTypes,
    parts: [
      [
        field('ip.opt.type.copy', 'Copied flag', {
          type: 'flag',
          explain: 'When set, a router that cuts the packet copies the option into every fragment.',
          section: 'RFC 791 §3.1',
          values: { 0: 'in the first fragment only', 1: 'in all fragments' },
        }),
        1,
      ],
      [
        field('ip.opt.type.class', 'Option class', {
          explain: 'What the option is about: control, or debugging and measurement.',
          section: 'RFC 791 §3.1',
          values: optionClasses,
        }),
        2,
      ],
      [
        field('ip.opt.type.number', 'Option number', {
          explain:
            'Tells the options of a class apart; together with flag and class it makes the number that tables list.',
          section: 'RFC 791 §3.1',
        }),
        5,
      ],
    ],
  }),
  length: field('ip.opt.len', 'Length', {
    explain:
      'Bytes of the whole option with its type and this byte, so that unknown options can be passed over.',
    section: 'RFC 791 §3.1',
    show: bytes,
  }),
  padding: field('ip.opt.padding', 'Padding', {
    type: 'bytes',
    explain: 'Fills up the header to whole 4-byte words; nothing after the end of the list means anything.',
    section: 'RFC 791 §3.1',
  }),
  data: field('ip.opt.data', 'Option data', {
    type: 'bytes',
    explain: 'Contents that only the option’s own specification gives a meaning.',
    section: 'RFC 791 §3.1',
  }),
  pointer: field('ip.opt.ptr', 'Pointer', {
    explain:
      'Where in the option the next router is to read or write, counted in bytes from 1; past the end, the list is used up.',
    section: 'RFC 791 §3.1',
  }),
  recordedAddress: field('ip.rec_rt', 'Recorded route', {
    type: 'ipv4',
    explain: 'A router that the packet has passed; it wrote down the address by which it sent the packet on.',
    section: 'RFC 791 §3.1',
  }),
  emptyAddress: field('ip.empty_rt', 'Empty route', {
    type: 'ipv4',
    explain: 'Room for a router that is still to come.',
    section: 'RFC 791 §3.1',
  }),
  sourceAddress: field('ip.src_rt', 'Source route', {
    type: 'ipv4',
    explain: 'A stop that the packet still has to make; the last one is where it finally goes.',
    section: 'RFC 791 §3.1',
  }),
  overflow: field('ip.opt.overflow', 'Overflow', {
    explain: 'How many routers found no room left for their timestamp.',
    section: 'RFC 791 §3.1',
  }),
  form: field('ip.opt.flag', 'Flag', {
    explain: 'What each router is to write down: the time alone, or the time and its address.',
    section: 'RFC 791 §3.1',
    values: timestampForms,
  }),
  timestampAddress: field('ip.opt.time_stamp_addr', 'Address', {
    type: 'ipv4',
    explain: 'The host that wrote the timestamp behind this address.',
    section: 'RFC 791 §3.1',
  }),
  timestamp: field('ip.opt.time_stamp', 'Timestamp', {
    explain:
      'Milliseconds since midnight UT at a router; with the first bit set, in a unit of the router’s own.',
    section: 'RFC 791 §3.1',
    show: timestamp,
  }),
  level: field('ip.opt.sec_cl', 'Classification level', {
    explain: 'How secret the contents are; the codes differ in many bits so that damage shows.',
    section: 'RFC 1108 §2.3',
    values: classificationLevels,
  }),
  authorities: field('ip.opt.sec_prot_auth_flags', 'Protection authority flags', {
    explain: 'Under whose rules the contents are protected.',
    section: 'RFC 1108 §2.4',
    show: hex(2),
    parts: [
      authority('genser', 'GENSER', 'the U.S. Department of Defense as a whole (general service)'),
      authority('siop_esi', 'SIOP-ESI', 'the Joint Chiefs of Staff for plans of nuclear war'),
      authority('sci', 'SCI', 'the Director of Central Intelligence (compartmented information)'),
      authority('nsa', 'NSA', 'the National Security Agency'),
      authority('doe', 'DOE', 'the Department of Energy, which keeps nuclear secrets'),
      [
        field('ip.opt.sec_prot_auth_unassigned', 'Unassigned', {
          explain: 'For authorities that are still to come; 0 until then.',
          section: 'RFC 1108 §2.4',
        }),
        2,
      ],
      [furtherAuthorities, 1],
    ],
  }),
  moreAuthorities: field('ip.opt.sec_prot_auth_flags', 'Protection authority flags', {
    explain: 'Further authorities, for which none are assigned.',
    section: 'RFC 1108 §2.4',
    show: hex(2),
    parts: [
      [
        field('ip.opt.sec_prot_auth_unassigned', 'Unassigned', {
          explain: 'For authorities that are still to come; 0 until then.',
          section: 'RFC 1108 §2.4',
        }),
        7,
      ],
      [furtherAuthorities, 1],
    ],
  }),
  oldLevel: field('ip.opt.sec_rfc791_sec', 'Security', {
    explain: 'How secret the contents are, in the older form of the option.',
    section: 'RFC 791 §3.1',
    values: oldSecurityLevels,
  }),
  compartments: field('ip.opt.sec_rfc791_comp', 'Compartments', {
    explain: 'Which group of people who need to know; 0 says none.',
    section: 'RFC 791 §3.1',
  }),
  handling: field('ip.opt.sec_rfc791_hr', 'Handling restrictions', {
    type: 'text',
    explain:
      'Two letters for what may be done with the contents, from a manual of the Defense Intelligence Agency.',
    section: 'RFC 791 §3.1',
  }),
  transmissionControl: field('ip.opt.sec_rfc791_tcc', 'Transmission control code', {
    type: 'text',
    explain: 'Three letters that separate traffic of communities with interests of their own.',
    section: 'RFC 791 §3.1',
  }),
  formatCode: field('ip.opt.ext_sec_add_sec_info_format_code', 'Additional security info format code', {
    explain: 'Which authority’s format the rest of the option has.',
    section: 'RFC 1108 §3.3',
  }),
  securityInfo: field('ip.opt.ext_sec_add_sec_info', 'Additional security info', {
    type: 'bytes',
    explain: 'Labels in the format of one authority.',
    section: 'RFC 1108 §3.4',
  }),
  streamId: field('ip.opt.sid', 'Stream ID', {
    explain: 'A number that the SATNET satellite network gave to a stream; history.',
    section: 'RFC 791 §3.1',
  }),
  mtu: field('ip.opt.mtu', 'MTU', {
    explain:
      'The smallest MTU on the way: routers lower it in a probe, the receiver tells it in a reply. Obsolete.',
    section: 'RFC 1063 §3.1',
    show: bytes,
  }),
  traceNumber: field('ip.opt.id_number', 'ID number', {
    explain: 'Lets the sender tell the answers to several traces apart.',
    section: 'RFC 1393 §2.2',
  }),
  outboundHops: field('ip.opt.ohc', 'Outbound hop count', {
    explain: 'Routers passed on the way out; each adds 1.',
    section: 'RFC 1393 §2.2',
  }),
  returnHops: field('ip.opt.rhc', 'Return hop count', {
    explain: 'Routers passed on the way back; 65535 while the packet is on its way out.',
    section: 'RFC 1393 §2.2',
  }),
  originator: field('ip.opt.originator', 'Originator IP address', {
    type: 'ipv4',
    explain: 'Who wants to know: routers send their reports there.',
    section: 'RFC 1393 §2.2',
  }),
  routerAlert: field('ip.opt.ra', 'Router alert', {
    explain: 'Asks every router on the way to look into the packet although it is not addressed to it.',
    section: 'RFC 2113 §2.1',
    values: { 0: 'Router shall examine packet' },
  }),
  rateFunction: field('ip.opt.qs_func', 'Function', {
    explain: 'Whether the sender asks for a rate or tells which one it was granted.',
    section: 'RFC 4782 §3.1',
    values: quickStartFunctions,
  }),
  rate: field('ip.opt.qs_rate', 'Rate request', {
    explain:
      'How fast the sender would like to start, as a power of two of 40 kbit/s; each router may lower it.',
    section: 'RFC 4782 §3.1',
    show: quickStartRate,
  }),
  rateTtl: field('ip.opt.qs_ttl', 'QS TTL', {
    explain:
      'Counts down like the time to live, but only at routers that agree: a difference betrays one that did not look.',
    section: 'RFC 4782 §3.1',
  }),
  rateUnused: field('ip.opt.qs_unused', 'Not used', {
    explain: 'Means nothing in a report of the granted rate.',
    section: 'RFC 4782 §3.1',
  }),
  rateNonce: field('ip.opt.qs_nonce', 'QS nonce', {
    explain: 'Two bits for each step of the rate, erased by a router that lowers it: receivers cannot lie.',
    section: 'RFC 4782 §3.4',
    show: hex(8),
  }),
  rateReserved: field('ip.opt.qs_reserved', 'Reserved', {
    explain: 'Has to be 0 until someone finds a use for it.',
    section: 'RFC 4782 §3.1',
  }),
}
