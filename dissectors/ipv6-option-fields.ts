import { bytes, field, hex, words } from '../src/dissect/field.ts'
import { ipProtocolMeanings } from './numbers/ip-protocol-meanings.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { ipv6OptionActions, ipv6OptionTypes, ipv6RouterAlerts } from './numbers/ipv6-options.ts'
import { quickStartFunctions, quickStartRate } from './numbers/quick-start.ts'
import { unknownOptionMeanings } from './numbers/routing-meanings.ts'

/** The two bytes in front of options, in each of the two headers that carry them. */
export const optionsHeaderFields = (id: string) => ({
  next: field(`${id}.nxt`, 'Next header', {
    explain: 'Names what follows this header: a further extension header or the payload’s protocol.',
    section: 'RFC 8200 §4.3',
    meanings: ipProtocolMeanings,
    values: ipProtocols,
  }),
  length: field(`${id}.len`, 'Header extension length', {
    explain: 'The length of header, options and padding, in words of 8 bytes behind the first one.',
    here: value => `${value} + 1 words are ${value * 8 + 8} bytes.`,
    section: 'RFC 8200 §4.3',
    show: value => `${value * 8 + 8} bytes (${value})`,
  }),
  options: field(`${id}.options`, 'Options', {
    type: 'group',
    explain: 'A list of options, each with a type, a length and contents, padded to whole 8-byte words.',
    section: 'RFC 8200 §4.2',
  }),
})

/** The glossary of IPv6 options. */
export const o = {
  type: field('ipv6.opt.type', 'Option type', {
    explain:
      'Names the option. Its first three bits tell routers that have never heard of it what to do with the packet.',
    section: 'RFC 8200 §4.2',
    values: ipv6OptionTypes,
    parts: [
      [
        field('ipv6.opt.type.action', 'Action for an unrecognized type', {
          explain:
            'What a node does that does not know the option, so that new ones can be added to a running network.',
          section: 'RFC 8200 §4.2',
          meanings: unknownOptionMeanings,
          values: ipv6OptionActions,
        }),
        2,
      ],
      [
        field('ipv6.opt.type.change', 'Data may change en route', {
          type: 'flag',
          explain:
            'When set, routers may change the contents, so an Authentication Header counts them as zero.',
          section: 'RFC 8200 §4.2',
        }),
        1,
      ],
      [
        field('ipv6.opt.type.rest', 'Low-order bits', {
          explain:
            'Tell options of the same treatment apart; the whole byte names the option, not these bits.',
          section: 'RFC 8200 §4.2',
          show: hex(2),
        }),
        5,
      ],
    ],
  }),
  length: field('ipv6.opt.length', 'Option data length', {
    explain: 'Bytes of contents, without the type and this byte, so that unknown options can be passed over.',
    section: 'RFC 8200 §4.2',
    show: bytes,
  }),
  padding: field('ipv6.opt.padn', 'PadN', {
    type: 'bytes',
    explain: 'Zeros that move the next option, or the end of the header, to where it has to start.',
    section: 'RFC 8200 §4.2',
  }),
  data: field('ipv6.opt.unknown', 'Option data', {
    type: 'bytes',
    explain: 'Contents that only the option’s own specification gives a meaning.',
    section: 'RFC 8200 §4.2',
  }),
  experiment: field('ipv6.opt.experimental', 'Experimental option', {
    type: 'bytes',
    explain: 'Contents that only the parties of one experiment agree on.',
    section: 'RFC 4727 §3',
  }),
  encapsulationLimit: field('ipv6.opt.tel', 'Tunnel encapsulation limit', {
    explain:
      'How many more tunnels may wrap this packet. Each tunnel entry counts it down in its own header, which ends tunnels that route into themselves.',
    meanings: { 0: '0: none. A tunnel entry that would wrap it drops it.' },
    section: 'RFC 2473 §4.1.1',
  }),
  routerAlert: field('ipv6.opt.router_alert', 'Router alert', {
    explain:
      'Asks every router on the way to look into the packet although it is not addressed to it, and says for which protocol.',
    meanings: {
      0: 'A listener tells routers which groups it wants; snooping switches and routers look.',
      1: 'Asks the routers on the way to set capacity aside.',
      69: 'A ping or trace along an MPLS path.',
    },
    section: 'RFC 2711 §2.1',
    values: ipv6RouterAlerts,
  }),
  jumboLength: field('ipv6.opt.jumbo', 'Jumbo payload length', {
    explain:
      'Bytes behind the IPv6 header, this header included, of a packet too long for the 16 bits of Payload Length, which is 0.',
    section: 'RFC 2675 §2',
    show: bytes,
  }),
  homeAddress: field('ipv6.opt.mipv6.home_address', 'Home address', {
    type: 'ipv6',
    explain:
      'The address by which a travelling host is known. Checksums and connections count this one, not the source of the IPv6 header.',
    section: 'RFC 6275 §6.3',
  }),
  rplFlags: field('ipv6.opt.rpl.flag', 'Flags', {
    explain: 'What routers of a low-power network tell each other to notice loops.',
    section: 'RFC 6553 §3',
    show: hex(2),
    parts: [
      [
        field('ipv6.opt.rpl.flag.o', 'Down', {
          type: 'flag',
          explain: 'Set while the packet goes down, away from the network’s root.',
          section: 'RFC 6553 §3',
        }),
        1,
      ],
      [
        field('ipv6.opt.rpl.flag.r', 'Rank-error', {
          type: 'flag',
          explain:
            'Set once a router found that the packet goes the wrong way; the second time it is dropped.',
          section: 'RFC 6553 §3',
        }),
        1,
      ],
      [
        field('ipv6.opt.rpl.flag.f', 'Forwarding-error', {
          type: 'flag',
          explain: 'Set by a router that knows no way further down and sends the packet back.',
          section: 'RFC 6553 §3',
        }),
        1,
      ],
      [
        field('ipv6.opt.rpl.flag.rsv', 'Reserved', {
          explain: 'Has to be 0 until someone finds a use for it.',
          section: 'RFC 6553 §3',
        }),
        5,
      ],
    ],
  }),
  rplInstance: field('ipv6.opt.rpl.instance_id', 'RPLInstanceID', {
    explain: 'Selects one of several routing topologies that the same network keeps.',
    section: 'RFC 6553 §3',
  }),
  senderRank: field('ipv6.opt.rpl.sender_rank', 'SenderRank', {
    explain: 'How far from the root the last router stands; going up it has to shrink at every hop.',
    section: 'RFC 6553 §3',
  }),
  ilnpNonce: field('ipv6.opt.ilnp_nonce', 'Nonce', {
    type: 'bytes',
    explain: 'A number that only the two ends know, so that others cannot forge a change of address.',
    section: 'RFC 6744 §2',
  }),
  lineIdLength: field('ipv6.opt.lio.length', 'LineIDLen', {
    explain: 'Bytes of the line’s name that follow.',
    section: 'RFC 6788 §5.1',
    show: bytes,
  }),
  lineId: field('ipv6.opt.lio.line_id', 'Line ID', {
    type: 'text',
    explain: 'Which subscriber’s line the packet came in on, told by the access node to the edge router.',
    section: 'RFC 6788 §5.1',
  }),
  minimumMtu: field('ipv6.opt.pmtu.min', 'Min-PMTU', {
    explain: 'The smallest MTU on the way so far; each router lowers it to that of its next link.',
    section: 'RFC 9268 §5',
    show: bytes,
  }),
  returnMtu: field('ipv6.opt.pmtu.rtn', 'Rtn-PMTU', {
    explain: 'The smallest MTU that the other direction measured, told back to its sender.',
    section: 'RFC 9268 §5',
    show: words(2),
  }),
  returnFlag: field('ipv6.opt.pmtu.r_flag', 'R-Flag', {
    type: 'flag',
    explain: 'Asks the receiver to report the MTU that arrived.',
    section: 'RFC 9268 §5',
  }),
  flowMonitor: field('ipv6.opt.altmark.flowmonid', 'FlowMonID', {
    explain: 'Names the flow that is measured, so that two places count the same packets.',
    section: 'RFC 9343 §3.1',
    show: hex(5),
  }),
  lossFlag: field('ipv6.opt.altmark.l', 'Loss flag', {
    type: 'flag',
    explain:
      'Swaps at fixed intervals; counting the packets of each colour at two places shows how many got lost.',
    section: 'RFC 9343 §3.1',
  }),
  delayFlag: field('ipv6.opt.altmark.d', 'Delay flag', {
    type: 'flag',
    explain: 'Marks single packets whose passing time is taken at several places.',
    section: 'RFC 9343 §3.1',
  }),
  altMarkReserved: field('ipv6.opt.altmark.reserved', 'Reserved', {
    explain: 'Has to be 0 until someone finds a use for it.',
    section: 'RFC 9343 §3.1',
  }),
  quickStartFunction: field('ipv6.opt.qs_func', 'Function', {
    explain: 'Whether the sender asks for a rate or tells which one it was granted.',
    section: 'RFC 4782 §3.1',
    values: quickStartFunctions,
  }),
  quickStartRate: field('ipv6.opt.qs_rate', 'Rate request', {
    explain:
      'How fast the sender would like to start, as a power of two of 40 kbit/s; each router may lower it.',
    section: 'RFC 4782 §3.1',
    show: quickStartRate,
  }),
  quickStartTtl: field('ipv6.opt.qs_ttl', 'QS TTL', {
    explain:
      'Counts down like the hop limit, but only at routers that agree: a difference betrays one that did not look.',
    section: 'RFC 4782 §3.1',
  }),
  quickStartUnused: field('ipv6.opt.qs_unused', 'Not used', {
    explain: 'Means nothing in a report of the granted rate.',
    section: 'RFC 4782 §3.1',
  }),
  quickStartNonce: field('ipv6.opt.qs_nonce', 'QS nonce', {
    explain: 'Two bits for each step of the rate, erased by a router that lowers it: receivers cannot lie.',
    section: 'RFC 4782 §3.4',
    show: hex(8),
  }),
  quickStartReserved: field('ipv6.opt.qs_reserved', 'Reserved', {
    explain: 'Has to be 0 until someone finds a use for it.',
    section: 'RFC 4782 §3.1',
  }),
}
