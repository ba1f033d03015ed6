import { bytes, field, hex, seconds } from '../src/dissect/field.ts'
import { capabilities, families, subsequentFamilies } from './numbers/bgp.ts'
import { familyMeanings, roleMeanings, subsequentMeanings } from './numbers/bgp-meanings.ts'

const purposes: Readonly<Record<number, string>> = {
  1: 'The sender can tell routes of this kind of address, not of IPv4 alone.',
  2: 'The sender can be asked to tell all its routes again.',
  3: 'The sender gives or takes filters, so that unwanted routes are never sent.',
  5: 'IPv4 routes may have an IPv6 address as their next hop.',
  6: 'Messages may be longer than 4096 bytes.',
  9: 'What the two are to each other, so that routes do not leak between providers.',
  64: 'Traffic goes on while the sender’s BGP restarts; its routes are kept for a while.',
  65: 'The sender knows AS numbers of 4 bytes; this is its own. The old field holds 23456 where that is too short.',
  69: 'Several ways to the same network may be told, each with a number of its own.',
  70: 'The answer to a refresh is marked at its beginning and end.',
  71: 'Routes of a restarting neighbour are kept for hours, as a last resort.',
  73: 'What the router is called, to make messages about it readable.',
  128: 'As route refresh, by the number that Cisco used before there was a standard.',
}

/** AS numbers of 2 bytes for private use (RFC 6996 §5). */
const [firstPrivate, lastPrivate] = [64512, 65534]

/** The glossary of an OPEN message and its capabilities. */
export const openFields = {
  version: field('bgp.open.version', 'Version', {
    explain:
      'BGP has been at version 4 since 1994, when networks of any size came; the two sides need the same.',
    section: 'RFC 4271 §4.2',
  }),
  as: field('bgp.open.myas', 'My Autonomous System', {
    explain:
      'The number of the network that the sender belongs to. The same as the receiver’s within one network.',
    meanings: {
      23456: '23456 stands for an AS number too long for these 2 bytes; a capability has it.',
    },
    section: 'RFC 4271 §4.2, RFC 6793',
    here: value =>
      value >= firstPrivate && value <= lastPrivate
        ? 'It is for private use (RFC 6996): a network inside another one, such as a customer’s VPN or a laboratory.'
        : '',
  }),
  holdTime: field('bgp.open.holdtime', 'Hold time', {
    explain:
      'After so long without any message the sender takes the other side for dead; the lower of both wishes counts. 0: never.',
    section: 'RFC 4271 §4.2',
    show: seconds,
    here: value =>
      value >= 3
        ? `Keepalives are sent every ${Math.floor(value / 3)} seconds as a rule: two of them may get lost.`
        : '',
  }),
  identifier: field('bgp.open.identifier', 'BGP identifier', {
    type: 'ipv4',
    explain:
      'Names the router, most often by one of its addresses. It decides which of two connections stays.',
    section: 'RFC 4271 §4.2',
  }),
  parametersLength: field('bgp.open.opt.len', 'Optional parameters length', {
    explain: 'Bytes of all optional parameters behind it. 255 where a longer form follows.',
    section: 'RFC 4271 §4.2, RFC 9072',
    show: bytes,
  }),
  extendedType: field('bgp.open.opt.extended', 'Non-extended type', {
    explain: '255 here says that the lengths which follow have 2 bytes each.',
    section: 'RFC 9072 §2',
  }),
  extendedLength: field('bgp.open.opt.extended_len', 'Extended optional parameters length', {
    explain: 'Bytes of all optional parameters, where one byte is too short to count them.',
    section: 'RFC 9072 §2',
    show: bytes,
  }),
  parameters: field('bgp.open.opt', 'Optional parameters', {
    type: 'group',
    explain: 'A list of what the sender can do besides plain BGP; only what both sides list is used.',
    section: 'RFC 4271 §4.2',
  }),
  parameter: field('bgp.open.opt.param', 'Optional parameter', {
    type: 'group',
    explain: 'One parameter. Today all of them hold capabilities.',
    section: 'RFC 5492 §4',
  }),
  parameterType: field('bgp.open.opt.param.type', 'Parameter type', {
    explain: 'Tells capabilities from the authentication that earlier versions had.',
    section: 'RFC 5492 §4',
    values: { 1: 'Authentication (deprecated)', 2: 'Capabilities' },
  }),
  parameterLength: field('bgp.open.opt.param.len', 'Parameter length', {
    explain: 'Bytes of this parameter’s value, all capabilities in it taken together.',
    section: 'RFC 4271 §4.2',
    show: bytes,
  }),
  parameterValue: field('bgp.open.opt.param.unknown', 'Parameter value', {
    type: 'bytes',
    explain: 'The value of a parameter that is not made of capabilities.',
    section: 'RFC 4271 §4.2',
  }),
  capability: field('bgp.cap', 'Capability', {
    type: 'group',
    explain: 'One thing that the sender can do. It is used where the other side announces the same.',
    section: 'RFC 5492 §3',
  }),
  code: field('bgp.cap.type', 'Capability code', {
    explain: 'What the sender can do beyond plain BGP; a receiver that does not know it passes over it.',
    meanings: purposes,
    section: 'RFC 5492 §4',
    values: capabilities,
  }),
  capabilityLength: field('bgp.cap.length', 'Capability length', {
    explain: 'Bytes of the capability’s value. 0 where it is enough to say that the sender can do it.',
    section: 'RFC 5492 §4',
    show: bytes,
  }),
  value: field('bgp.cap.unknown', 'Capability value', {
    type: 'bytes',
    explain: 'What the capability says, where that is not taken apart here.',
    section: 'RFC 5492 §4',
  }),
  mpFamily: field('bgp.cap.mp.afi', 'Address family', {
    explain: 'A kind of addresses whose routes the sender can exchange.',
    section: 'RFC 4760 §8',
    values: families,
    meanings: familyMeanings,
  }),
  mpReserved: field('bgp.cap.reserved', 'Reserved', {
    type: 'bytes',
    explain: 'A byte between the two families that nobody uses; sent as 0.',
    section: 'RFC 4760 §8',
  }),
  mpSubsequent: field('bgp.cap.mp.safi', 'Subsequent address family', {
    explain: 'The use of these addresses: unicast, multicast, VPNs. Both sides have to name the same pair.',
    section: 'RFC 4760 §8',
    values: subsequentFamilies,
    meanings: subsequentMeanings,
  }),
  hopFamily: field('bgp.cap.enh.afi', 'Address family', {
    explain: 'The kind of routes that may have a next hop of another kind, IPv4 as a rule.',
    section: 'RFC 8950 §4',
    values: families,
    meanings: familyMeanings,
  }),
  hopSubsequent: field('bgp.cap.enh.safi', 'Subsequent address family', {
    explain: 'What these routes are for: VPNs are the usual case, as the provider inside has IPv6 alone.',
    section: 'RFC 8950 §4',
    values: subsequentFamilies,
    meanings: subsequentMeanings,
  }),
  hopNext: field('bgp.cap.enh.nhafi', 'Next hop address family', {
    explain: 'The kind of address that their next hops may have instead, IPv6 for routes of IPv4.',
    section: 'RFC 8950 §4',
    values: families,
    meanings: familyMeanings,
  }),
  role: field('bgp.cap.role', 'Role', {
    explain: 'What the sender is to the receiver. Both roles have to fit, or the connection is refused.',
    section: 'RFC 9234 §4.1',
    values: { 0: 'Provider', 1: 'Route server', 2: 'Route server client', 3: 'Customer', 4: 'Peer' },
    meanings: roleMeanings,
  }),
  timers: field('bgp.cap.gr.timers', 'Restart timers', {
    explain: 'Says whether the sender has just restarted, and for how long it asks for patience.',
    section: 'RFC 4724 §3',
    show: hex(4),
    parts: [
      [
        field('bgp.cap.gr.timers.restart_flag', 'Restart state', {
          type: 'flag',
          explain: 'Set by a router that has just restarted, so that the other side does not wait for it.',
          section: 'RFC 4724 §3',
        }),
        1,
      ],
      [
        field('bgp.cap.gr.timers.notification_flag', 'Graceful notification', {
          type: 'flag',
          explain: 'When set, routes are kept after a NOTIFICATION as well.',
          section: 'RFC 8538 §2',
        }),
        1,
      ],
      [undefined, 2],
      [
        field('bgp.cap.gr.timers.restart_time', 'Restart time', {
          explain: 'How long the connection may be gone before the routes are dropped.',
          section: 'RFC 4724 §3',
          show: seconds,
        }),
        12,
      ],
    ],
  }),
  grFamily: field('bgp.cap.gr.afi', 'Address family', {
    explain: 'One kind of routes that are kept while the sender restarts.',
    section: 'RFC 4724 §3',
    values: families,
    meanings: familyMeanings,
  }),
  grSubsequent: field('bgp.cap.gr.safi', 'Subsequent address family', {
    explain: 'What the routes that are kept during a restart are for.',
    section: 'RFC 4724 §3',
    values: subsequentFamilies,
    meanings: subsequentMeanings,
  }),
  grFlags: field('bgp.cap.gr.flag', 'Flags', {
    explain: 'Tells what became of these routes during the restart.',
    section: 'RFC 4724 §3',
    show: hex(2),
    parts: [
      [
        field('bgp.cap.gr.flag.pfs', 'Forwarding state preserved', {
          type: 'flag',
          explain: 'When set, packets went on being forwarded while BGP was restarting.',
          section: 'RFC 4724 §3',
        }),
        1,
      ],
      [undefined, 7],
    ],
  }),
  staleTime: field('bgp.cap.llgr.stale_time', 'Long-lived stale time', {
    explain: 'For how long such routes may be kept as a last resort.',
    section: 'RFC 9494 §3',
    show: seconds,
  }),
  as4: field('bgp.cap.4as', 'AS number', {
    explain: 'The number of the sender’s network, whole, where the old field of 2 bytes may be too short.',
    section: 'RFC 6793 §3',
  }),
  pathFamily: field('bgp.cap.ap.afi', 'Address family', {
    explain: 'A kind of addresses for which several paths may be told.',
    section: 'RFC 7911 §4',
    values: families,
    meanings: familyMeanings,
  }),
  pathSubsequent: field('bgp.cap.ap.safi', 'Subsequent address family', {
    explain: 'The use of the routes of which several paths may be told.',
    section: 'RFC 7911 §4',
    values: subsequentFamilies,
    meanings: subsequentMeanings,
  }),
  pathDirection: field('bgp.cap.ap.sendreceive', 'Send/Receive', {
    explain: 'Whether the sender wants to receive such paths, can send them, or both.',
    section: 'RFC 7911 §4',
    values: { 1: 'Receive', 2: 'Send', 3: 'Both' },
    meanings: {
      1: 'The sender takes several paths to one network, and tells one.',
      2: 'The sender tells several paths to one network, and takes one.',
      3: 'The sender tells and takes several paths to one network.',
    },
  }),
  hostLength: field('bgp.cap.orf.fqdn.hostname.len', 'Host name length', {
    explain: 'Bytes of the host name; the domain name stands behind it.',
    section: 'draft-walton-bgp-hostname-capability',
    show: bytes,
  }),
  host: field('bgp.cap.orf.fqdn.hostname', 'Host name', {
    type: 'text',
    explain: 'What the router calls itself, so that people who look at its neighbours see a name.',
    section: 'draft-walton-bgp-hostname-capability',
  }),
  domainLength: field('bgp.cap.orf.fqdn.domain_name.len', 'Domain name length', {
    explain: 'Bytes of the domain name; 0 where the router knows none or puts it into the host name.',
    section: 'draft-walton-bgp-hostname-capability',
    show: bytes,
  }),
  domain: field('bgp.cap.orf.fqdn.domain_name', 'Domain name', {
    type: 'text',
    explain: 'The domain in which the host name stands.',
    section: 'draft-walton-bgp-hostname-capability',
  }),
}
