import { type Field, field, hex, type Meanings } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import {
  extendedSubtypes,
  extendedTypes,
  opaqueSubtypes,
  tunnelTypes,
  wellKnownCommunities,
} from './numbers/bgp.ts'
import {
  communityMeanings,
  extendedMeanings,
  extendedTypeMeanings,
  opaqueMeanings,
  tunnelMeanings,
} from './numbers/bgp-meanings.ts'

const subtype = (
  suffix: string,
  values: Meanings = extendedSubtypes,
  meanings: Meanings = extendedMeanings,
): Field<'uint'> =>
  field(`bgp.ext_com.stype_${suffix}`, 'Subtype', {
    explain: 'Says what the community is for, within its type.',
    meanings,
    section: 'RFC 4360 §2',
    values,
    show: value => `${values[value] ?? 'unassigned'} (0x${value.toString(16).padStart(2, '0')})`,
  })

/** Names of the subtype, by type. */
const subtypes: Readonly<Record<number, Field<'uint'>>> = {
  0: subtype('tr_as2'),
  1: subtype('tr_IP4'),
  2: subtype('tr_as4'),
  3: subtype('tr_opaque', opaqueSubtypes, opaqueMeanings),
  6: subtype('tr_evpn', {}, {}),
  64: subtype('ntr_as2'),
  65: subtype('ntr_IP4'),
  66: subtype('ntr_as4'),
  67: subtype('ntr_opaque', opaqueSubtypes, opaqueMeanings),
  128: subtype('tr_exp', {}, {}),
}

const otherSubtype = subtype('unknown', {}, {})

const f = {
  communities: field('bgp.update.path_attribute.communities', 'Communities', {
    type: 'group',
    explain: 'Labels by which networks sort routes; what each means is agreed between them.',
    section: 'RFC 1997',
  }),
  community: field('bgp.update.path_attribute.community', 'Community', {
    type: 'group',
    explain: 'One label: the network that gave it its meaning, and a value of its choice.',
    section: 'RFC 1997',
  }),
  wellKnown: field('bgp.update.path_attribute.community_wellknown', 'Well-known community', {
    explain: 'A label that means the same to everyone, or is kept for such.',
    meanings: communityMeanings,
    section: 'RFC 1997',
    values: wellKnownCommunities,
    show: value => `${wellKnownCommunities[value] ?? 'reserved'} (0x${value.toString(16).padStart(8, '0')})`,
  }),
  communityAs: field('bgp.update.path_attribute.community_as', 'Community AS', {
    explain: 'The number of the network that decides what the value means; others pass the label on unread.',
    section: 'RFC 1997',
  }),
  communityValue: field('bgp.update.path_attribute.community_value', 'Community value', {
    explain: 'What that network wants to have said about the route, as a number of its own.',
    section: 'RFC 1997',
  }),
  large: field('bgp.large_communities', 'Large community', {
    type: 'group',
    explain: 'A community with room for AS numbers of 4 bytes and two values.',
    section: 'RFC 8092 §3',
  }),
  largeGlobal: field('bgp.large_communities.ga', 'Global administrator', {
    explain: 'The number of the network that decides what the two values mean.',
    section: 'RFC 8092 §3',
  }),
  largeFirst: field('bgp.large_communities.ldp1', 'Local data part 1', {
    explain: 'By custom the verb: what is to be done with the route, or what is said about it.',
    section: 'RFC 8092 §3',
  }),
  largeSecond: field('bgp.large_communities.ldp2', 'Local data part 2', {
    explain: 'By custom the object: to which network or region the first value applies.',
    section: 'RFC 8092 §3',
  }),
  extendedAll: field('bgp.ext_communities', 'Extended communities', {
    type: 'group',
    explain: 'Communities with a type, so that routers know by themselves what to do with them.',
    section: 'RFC 4360 §2',
  }),
  extended: field('bgp.ext_community', 'Extended community', {
    type: 'group',
    explain: 'A type, a subtype that says what it is for, and six bytes of value.',
    section: 'RFC 4360 §2',
  }),
  type: field('bgp.ext_com.type', 'Type', {
    explain: 'Says of what the value is made, and whether it leaves the network.',
    section: 'RFC 4360 §2',
    show: value => `${extendedTypes[value] ?? 'unassigned'} (0x${value.toString(16).padStart(2, '0')})`,
    values: extendedTypes,
    meanings: extendedTypeMeanings,
    parts: [
      [
        field('bgp.ext_com.type.auth', 'IANA authority', {
          type: 'flag',
          explain: 'Clear where IANA hands the number out to all who ask, set where it takes a standard.',
          section: 'RFC 4360 §2',
        }),
        1,
      ],
      [
        field('bgp.ext_com.type.tran', 'Non-transitive', {
          type: 'flag',
          explain: 'When set, the community is taken off where the route leaves the network.',
          section: 'RFC 4360 §2',
        }),
        1,
      ],
      [undefined, 6],
    ],
  }),
  as2: field('bgp.ext_com.value_as2', 'AS number, 2 bytes', {
    explain: 'The network that chose the number behind it.',
    section: 'RFC 4360 §3.1',
  }),
  as4: field('bgp.ext_com.value_as4', 'AS number, 4 bytes', {
    explain: 'The network that chose the number behind it, by a long AS number.',
    section: 'RFC 5668 §2',
  }),
  address: field('bgp.ext_com.value_IP4', 'IPv4 address', {
    type: 'ipv4',
    explain: 'An address that belongs to whoever chose the number behind it.',
    section: 'RFC 4360 §3.2',
  }),
  number2: field('bgp.ext_com.value_an2', 'Assigned number, 2 bytes', {
    explain: 'A number that its owner chose, such as that of a VPN.',
    section: 'RFC 4360 §3.2',
  }),
  number4: field('bgp.ext_com.value_an4', 'Assigned number, 4 bytes', {
    explain: 'A number that its owner chose, such as that of a VPN, where the AS number is short.',
    section: 'RFC 4360 §3.1',
  }),
  bandwidth: field('bgp.ext_com.value_link_bw', 'Link bandwidth', {
    explain: 'How wide the link is on which the route came, in bytes a second, as a floating-point number.',
    section: 'draft-ietf-idr-link-bandwidth',
    show: bandwidthText,
  }),
  tunnelReserved: field('bgp.ext_com.tunnel_reserved', 'Reserved', {
    explain: 'Fills the six bytes of the value up, of which a tunnel needs two; sent as 0.',
    section: 'RFC 9012 §4.1',
    show: hex(8),
  }),
  tunnel: field('bgp.ext_com.tunnel_type', 'Tunnel type', {
    explain: 'By which tunnel packets are to be sent to the next hop.',
    section: 'RFC 9012 §4.1',
    values: tunnelTypes,
    meanings: tunnelMeanings,
  }),
  raw: field('bgp.ext_com.value_raw', 'Value', {
    type: 'bytes',
    explain: 'The value of a kind of community that is not taken apart here.',
    section: 'RFC 4360 §2',
  }),
}

export const communityFields = {
  ...f,
  ...Object.fromEntries(Object.entries(subtypes).map(([type, s]) => [`subtype${type}`, s])),
  otherSubtype,
}

const floats = new DataView(new ArrayBuffer(4))

function bandwidthText(value: number): string {
  floats.setUint32(0, value)
  return `${floats.getFloat32(0)} bytes a second`
}

export function walkCommunities(r: Reader): void {
  r.open(f.communities)
  while (r.more()) {
    const upper = r.peek()
    // 0x0000 and 0xffff are no networks: these communities belong to all (RFC 1997).
    if (upper === r.peek(1) && upper === 0xff) r.u32(f.wellKnown)
    else {
      r.open(f.community)
      r.u16(f.communityAs)
      r.u16(f.communityValue)
      r.close()
    }
  }
  r.close()
}

export function walkLargeCommunities(r: Reader): void {
  while (r.more()) {
    r.open(f.large)
    r.u32(f.largeGlobal)
    r.u32(f.largeFirst)
    r.u32(f.largeSecond)
    r.close()
  }
}

export function walkExtendedCommunities(r: Reader): void {
  r.open(f.extendedAll)
  while (r.more()) {
    r.open(f.extended)
    const type = r.u8(f.type)
    const kind = r.u8(subtypes[type] ?? otherSubtype)
    walkExtendedValue(r, type, kind)
    r.close()
  }
  r.close()
}

function walkExtendedValue(r: Reader, type: number, kind: number): void {
  const form = type & 0xbf
  if (form === 0) {
    r.u16(f.as2)
    if (kind === 4) r.u32(f.bandwidth)
    else r.u32(f.number4)
  } else if (form === 1) {
    r.ipv4(f.address)
    r.u16(f.number2)
  } else if (form === 2) {
    r.u32(f.as4)
    r.u16(f.number2)
  } else if (form === 3 && kind === 12) {
    r.u32(f.tunnelReserved)
    r.u16(f.tunnel)
  } else r.octets(f.raw, 6)
}
