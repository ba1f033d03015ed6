import { field } from '../src/dissect/field.ts'
import { type AttributeSet, attributeFrame, lifetimeFields } from './ikev1-attributes.ts'
import { bitCount } from './ikev1-ike-attributes.ts'
import { groupMeanings1, phase2HashMeanings } from './numbers/ike-algorithm-meanings.ts'
import { encapsulationMeanings, lifeTypeMeanings } from './numbers/ike-meanings.ts'
import { groups } from './numbers/ikev1-ike.ts'
import {
  addressPreservation,
  authenticationAlgorithms,
  directions,
  ecnTunnel,
  encapsulationModes,
  ipsecAttributeTypes,
  lifeTypes,
} from './numbers/ikev1-ipsec.ts'

const section = 'RFC 2407 §4.5'
const prefix = 'isakmp.ipsec.attr'

/** What a transform of phase 2 says: how ESP, AH or IPComp treat the traffic. */
export const ipsecAttributes: AttributeSet = {
  ...attributeFrame(
    prefix,
    'One property of the IPsec SA that is offered. All of a transform’s attributes together are one choice.',
    ipsecAttributeTypes,
  ),
  lifetime: lifetimeFields(prefix, 1, section),
  known: {
    1: field(`${prefix}.life_type`, 'SA Life Type', {
      explain:
        'The unit of the life duration behind it. Both may be sent, one after the other: whichever limit comes first counts.',
      section,
      values: lifeTypes,
      meanings: lifeTypeMeanings,
    }),
    3: field(`${prefix}.group_description`, 'Group Description', {
      explain:
        'Asks for a new Diffie-Hellman exchange in this group, so that whoever learns the IKE keys later cannot read the traffic (perfect forward secrecy).',
      section,
      values: groups,
      meanings: groupMeanings1,
    }),
    4: field(`${prefix}.encap_mode`, 'Encapsulation Mode', {
      explain:
        'Whether whole packets are wrapped or only what is behind the IP header, and whether UDP goes in front to pass NAT.',
      section,
      values: encapsulationModes,
      meanings: encapsulationMeanings,
    }),
    5: field(`${prefix}.auth_algorithm`, 'Authentication Algorithm', {
      explain: 'The keyed hash by which each packet’s receiver notices changes.',
      section,
      values: authenticationAlgorithms,
      meanings: phase2HashMeanings,
    }),
    6: field(`${prefix}.key_length`, 'Key Length', {
      explain:
        'Bits of the key under which traffic is encrypted: 128, 192 or 256 for AES, which does not work without saying.',
      section,
      show: bitCount,
    }),
    7: field(`${prefix}.key_rounds`, 'Key Rounds', {
      explain: 'How often the cipher goes round, for ciphers that leave the choice, such as RC5.',
      section,
    }),
    8: field(`${prefix}.cmpr_dict_size`, 'Compress Dictionary Size', {
      explain: 'How much of the past the compression may look back at, as a power of two.',
      section,
    }),
    9: field(`${prefix}.cmpr_algorithm`, 'Compress Private Algorithm', {
      type: 'bytes',
      explain: 'Names a compression algorithm of one company, after the company’s number.',
      section,
    }),
    10: field(`${prefix}.ecn_tunnel`, 'ECN Tunnel', {
      explain: 'Whether marks of congestion pass between the tunnel’s inner and outer header.',
      section: 'RFC 3168 §9.2',
      values: ecnTunnel,
    }),
    11: field(`${prefix}.ext_seq_nbr`, 'Extended (64-bit) Sequence Number', {
      explain:
        'Asks for sequence numbers of 64 bits, of which 32 are sent, so that fast links do not run out of them.',
      section: 'RFC 4304',
      values: { 1: '64-bit Sequence Number' },
    }),
    12: field(`${prefix}.auth_key_length`, 'Authentication Key Length', {
      explain: 'Bits of the key that signs packets, for multicast with signatures.',
      section: 'RFC 4359',
      show: bitCount,
    }),
    13: field(`${prefix}.sig_enco_algorithm`, 'Signature Encoding Algorithm', {
      type: 'bytes',
      explain: 'How signatures of packets are padded, for multicast with signatures.',
      section: 'RFC 4359',
    }),
    14: field(`${prefix}.addr_preservation`, 'Address Preservation', {
      explain:
        'Which inner addresses the outer header repeats, so that multicast routing still works on them.',
      section: 'RFC 5374',
      values: addressPreservation,
    }),
    15: field(`${prefix}.sa_direction`, 'SA Direction', {
      explain: 'Whether members of a group only send, only receive, or do both under these keys.',
      section: 'RFC 5374',
      values: directions,
    }),
  },
}

const responderPrefix = 'isakmp.notify.data.resp_lifetime.ipsec.attr'

/** The lifetime of an IPsec SA as a responder says it in a notification. */
export const responderIpsecAttributes: AttributeSet = {
  ...attributeFrame(
    responderPrefix,
    'One half of the responder’s lifetime: the unit, or the number.',
    ipsecAttributeTypes,
  ),
  lifetime: lifetimeFields(responderPrefix, 1, 'RFC 2407 §4.6.3.1'),
  known: {
    1: field(`${responderPrefix}.life_type`, 'SA Life Type', {
      explain: 'The unit of the lifetime that the responder really keeps for the IPsec SA.',
      section: 'RFC 2407 §4.6.3.1',
      values: lifeTypes,
      meanings: lifeTypeMeanings,
    }),
  },
}
