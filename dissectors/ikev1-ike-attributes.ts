import { type Field, field, type Show } from '../src/dissect/field.ts'
import { type AttributeSet, attributeFrame, lifetimeFields } from './ikev1-attributes.ts'
import { groupMeanings1, hashMeanings, phase1CipherMeanings } from './numbers/ike-algorithm-meanings.ts'
import { authenticationMeanings1, lifeTypeMeanings } from './numbers/ike-meanings.ts'
import {
  asymmetricTypes,
  authenticationMethods,
  encryptionAlgorithms,
  groups,
  groupTypes,
  hashAlgorithms,
  ikeAttributeTypes,
} from './numbers/ikev1-ike.ts'
import { lifeTypes } from './numbers/ikev1-ipsec.ts'

const section = 'RFC 2409 appendix A'
const prefix = 'isakmp.ike.attr'
const ownGroup = 'Both sides nearly always name a well-known group instead and leave this out.'

/** A count of bits as people say it. */
export const bitCount: Show = value => `${value} bits`

const big = (name: string, label: string, explain: string): Field<'bytes'> =>
  field(`${prefix}.${name}`, label, { type: 'bytes', explain: `${explain} ${ownGroup}`, section })

/** What a transform of phase 1 says: how the IKE messages themselves are protected. */
export const ikeAttributes: AttributeSet = {
  ...attributeFrame(
    prefix,
    'One property of the IKE SA that is offered. All of a transform’s attributes together are one choice.',
    ikeAttributeTypes,
  ),
  lifetime: lifetimeFields(prefix, 11, section),
  known: {
    1: field(`${prefix}.encryption_algorithm`, 'Encryption Algorithm', {
      explain:
        'The cipher for IKE’s own messages, from the fifth of main mode on. Traffic gets its own in quick mode.',
      section,
      values: encryptionAlgorithms,
      meanings: phase1CipherMeanings,
    }),
    2: field(`${prefix}.hash_algorithm`, 'Hash Algorithm', {
      explain: 'The hash that proves messages and, as HMAC, makes the keys.',
      section,
      values: hashAlgorithms,
      meanings: hashMeanings,
    }),
    3: field(`${prefix}.authentication_method`, 'Authentication Method', {
      explain:
        'How the two sides prove who they are. Both need the same one; XAUTH and hybrid ones go on with a user’s name and password.',
      section,
      values: authenticationMethods,
      meanings: authenticationMeanings1,
    }),
    4: field(`${prefix}.group_description`, 'Group Description', {
      explain:
        'The Diffie-Hellman group in which the shared secret of phase 1 is made: everything else hangs on it.',
      section,
      values: groups,
      meanings: groupMeanings1,
    }),
    5: field(`${prefix}.group_type`, 'Group Type', {
      explain: `Says what mathematics a group of one’s own is made of. ${ownGroup}`,
      section,
      values: groupTypes,
    }),
    6: big(
      'group_prime',
      'Group Prime/Irreducible Polynomial',
      'The prime that a group of one’s own counts modulo.',
    ),
    7: big('group_generator_one', 'Group Generator One', 'The number whose powers are exchanged.'),
    8: big('group_generator_two', 'Group Generator Two', 'The second coordinate where the group is a curve.'),
    9: big('group_curve_a', 'Group Curve A', 'First number of the equation of a curve of one’s own.'),
    10: big('group_curve_b', 'Group Curve B', 'Second number of the equation of a curve of one’s own.'),
    11: field(`${prefix}.life_type`, 'Life Type', {
      explain:
        'Says whether the life duration behind it counts time or traffic. Phase 1 counts time as a rule.',
      section,
      values: lifeTypes,
      meanings: lifeTypeMeanings,
    }),
    13: big(
      'prf',
      'PRF',
      'The function that makes keys, where it is not the HMAC of the hash. No number was ever assigned, so nobody sends it.',
    ),
    14: field(`${prefix}.key_length`, 'Key Length', {
      explain:
        'Bits of the cipher’s key, for ciphers that take several. A proposal for AES without it is refused by many.',
      section,
      show: bitCount,
    }),
    15: big(
      'field_size',
      'Field Size',
      'Bits of the numbers that a Diffie-Hellman group of one’s own counts with.',
    ),
    16: big('group_order', 'Group Order', 'How many points a curve of one’s own has.'),
    17: big('block_size', 'Block Size', 'Bits of the cipher’s block, for ciphers that take several.'),
    20: field(
      `${prefix}.asymmetric_cryptographic_algorithm_type`,
      'Asymmetric Cryptographic Algorithm Type',
      {
        explain: 'Which public-key algorithm Chinese national standards use for the authentication.',
        values: asymmetricTypes,
      },
    ),
  },
}

const responderPrefix = 'isakmp.notify.data.resp_lifetime.ike.attr'

/** The lifetime of the IKE SA as a responder says it in a notification. */
export const responderIkeAttributes: AttributeSet = {
  ...attributeFrame(
    responderPrefix,
    'One half of the responder’s lifetime: the unit, or the number.',
    ikeAttributeTypes,
  ),
  lifetime: lifetimeFields(responderPrefix, 11, 'RFC 2407 §4.6.3.1'),
  known: {
    11: field(`${responderPrefix}.life_type`, 'Life Type', {
      explain: 'The unit of the lifetime that the responder really keeps for the IKE SA.',
      section: 'RFC 2407 §4.6.3.1',
      values: lifeTypes,
      meanings: lifeTypeMeanings,
    }),
  },
}
