import { bytes, type Field, field, hex, type Meanings } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { attributeStart, claimValue, typeBits } from './isakmp-attributes.ts'
import {
  cipherMeanings,
  groupMeanings,
  integrityMeanings,
  prfMeanings,
} from './numbers/ike-algorithm-meanings.ts'
import { protocolMeanings2, sequenceMeanings, transformMeanings } from './numbers/ike-meanings.ts'
import {
  encryptionAlgorithms,
  integrityAlgorithms,
  keyExchangeMethods,
  pseudorandomFunctions,
  securityProtocols2,
  sequenceNumbers,
  transformAttributes,
  transformTypes,
} from './numbers/ikev2.ts'
import { spiChosen } from './spi-said.ts'

// A Security Association payload is a list of proposals:
//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// | Last Substruc |   RESERVED    |         Proposal Length       |
// | Proposal Num  |  Protocol ID  |    SPI Size   |Num  Transforms|
// ~                        SPI (variable)                         ~
// ~                        <Transforms>                           ~
//
// | Last Substruc |   RESERVED    |        Transform Length       |
// |Transform Type |   RESERVED    |          Transform ID         |
// ~                      Transform Attributes                     ~

const proposals = 'RFC 7296 §3.3.1'
const transforms = 'RFC 7296 §3.3.2'
const attributes = 'RFC 7296 §3.3.5'

const transformId = (name: string, explain: string, values?: Meanings, meanings?: Meanings) =>
  field(name, 'Transform ID', {
    explain,
    section: transforms,
    ...(values && { values }),
    ...(meanings && { meanings }),
  })

const methods = transformId(
  'isakmp.tf.id.dh',
  'How the two sides make their shared secret. Numbers stand for groups and curves in the order of their registration, not of their strength.',
  keyExchangeMethods,
  groupMeanings,
)

/** What the sizes of keys are worth. */
const keyLengthMeanings: Meanings = {
  128: 'The smallest of the usual keys, and out of reach for every computer there is.',
  192: 'The middle one of the usual keys, which few choose.',
  256: 'The largest of the usual keys: the margin is meant for quantum computers, and costs some speed.',
}

const start = attributeStart('isakmp.ike2.attr', attributes, transformAttributes)

export const saFields = {
  proposal: field('isakmp.typepayload', 'Proposal', {
    type: 'group',
    explain:
      'One protocol and what it may be built of. Several proposals are alternatives: the responder takes one of them, whole.',
    section: proposals,
  }),
  lastProposal: field('isakmp.nextpayload', 'Last substructure', {
    explain: 'Says whether another proposal follows this one.',
    section: proposals,
    values: { 0: 'last', 2: 'another proposal follows' },
  }),
  reserved: field('isakmp.reserved', 'Reserved', {
    explain: 'Free for later use: sent as 0, ignored by receivers.',
    section: proposals,
    show: hex(2),
  }),
  proposalLength: field('isakmp.payloadlength', 'Proposal length', {
    explain: 'Bytes of this proposal with all its transforms; the next proposal starts behind them.',
    section: proposals,
    show: bytes,
  }),
  number: field('isakmp.prop.number', 'Proposal number', {
    explain: 'Offers count from 1; the answer repeats the number of the one that was taken.',
    section: proposals,
  }),
  protocol: field('isakmp.prop.protoid', 'Protocol ID', {
    explain: 'What is to be protected by this: the IKE messages themselves, or traffic with ESP or AH.',
    section: proposals,
    values: securityProtocols2,
    meanings: protocolMeanings2,
  }),
  spiSize: field('isakmp.spisize', 'SPI size', {
    explain:
      'Bytes of the SPI that follows: 4 for ESP and AH, 8 when an IKE SA is rekeyed, 0 at first, where the header has it.',
    section: proposals,
    show: bytes,
  }),
  transformCount: field('isakmp.prop.transforms', 'Number of transforms', {
    explain:
      'How many algorithms this proposal lists, all types taken together: the receiver checks it against what follows.',
    section: proposals,
  }),
  spi: field('isakmp.spi', 'SPI', {
    type: 'bytes',
    explain:
      'The number that the sender wants to see in packets sent to it. So each side picks the SPI of the direction in which it receives.',
    section: proposals,
    here: spiChosen,
  }),
  transform: field('isakmp.typepayload', 'Transform', {
    type: 'group',
    explain:
      'One algorithm. Several of one type are alternatives, of which the responder takes one; it needs one of each type.',
    section: transforms,
  }),
  lastTransform: field('isakmp.nextpayload', 'Last substructure', {
    explain: 'Says whether another transform follows this one in the proposal.',
    section: transforms,
    values: { 0: 'last', 3: 'another transform follows' },
  }),
  transformLength: field('isakmp.payloadlength', 'Transform length', {
    explain: 'Bytes of this transform, its attributes included.',
    section: transforms,
    show: bytes,
  }),
  transformType: field('isakmp.tf.type', 'Transform type', {
    explain:
      'Which part of the protection the algorithm is for; its number means something only together with this.',
    section: transforms,
    values: transformTypes,
    meanings: transformMeanings,
  }),
  encryption: transformId(
    'isakmp.tf.id.encr',
    'The cipher. Names with GCM, CCM or Poly1305 also protect integrity and go without an integrity algorithm.',
    encryptionAlgorithms,
    cipherMeanings,
  ),
  prf: transformId(
    'isakmp.tf.id.prf',
    'The function that makes all keys out of the shared secret, and proofs of identity out of keys.',
    pseudorandomFunctions,
    prfMeanings,
  ),
  integrity: transformId(
    'isakmp.tf.id.integ',
    'The keyed checksum that shows changes to a packet. The last number of the name is how many bits of it are sent.',
    integrityAlgorithms,
    integrityMeanings,
  ),
  method: methods,
  sequence: transformId(
    'isakmp.tf.id.esn',
    'How packets are numbered against replay. At 10 Gbit/s, packets of 1000 bytes use up 32 bits within the hour.',
    sequenceNumbers,
    sequenceMeanings,
  ),
  otherMethod: transformId(
    'isakmp.tf.id',
    'A further key exchange behind the first one, so that the keys hold as long as one of them does: the usual way to add a post-quantum one.',
    keyExchangeMethods,
    groupMeanings,
  ),
  otherId: transformId('isakmp.tf.id', 'Names an algorithm of a type that is rare or not known here.'),
  attribute: field('isakmp.ike2.attr', 'Transform attribute', {
    type: 'group',
    explain:
      'What the number of the algorithm leaves open. The length of the key is the only one that exists.',
    section: attributes,
  }),
  ...start,
  attributeValue: field('isakmp.ike2.attr.value', 'Attribute value', {
    type: 'bytes',
    explain: 'The value of an attribute that is not known here.',
    section: attributes,
  }),
  keyLength: field('isakmp.ike2.attr.key_length', 'Key length', {
    explain:
      'Bits of the key, for ciphers that come in several sizes. Without it those ciphers cannot be chosen.',
    meanings: keyLengthMeanings,
    section: attributes,
    show: bits => `${bits} bits`,
  }),
}

const f = saFields

/** What the ID of a transform is, by its type. */
const ids: Readonly<Record<number, Field<'uint'>>> = {
  1: f.encryption,
  2: f.prf,
  3: f.integrity,
  4: f.method,
  5: f.sequence,
  6: f.otherMethod,
  7: f.otherMethod,
  8: f.otherMethod,
  9: f.otherMethod,
  10: f.otherMethod,
  11: f.otherMethod,
  12: f.otherMethod,
}

const keyLengthType = 14

/** Reads the proposals of a Security Association payload. */
export function walkSa(r: Reader): void {
  while (r.more()) {
    const last = walkProposal(r)
    if (r.checking && (last === 0) !== (r.left === 0))
      r.note(
        'error',
        last === 0
          ? 'A proposal follows the one that says it is the last'
          : 'No proposal follows the last one',
      )
  }
}

function walkProposal(r: Reader): number {
  r.open(f.proposal)
  const last = r.u8(f.lastProposal)
  r.u8(f.reserved)
  r.claim(r.u16(f.proposalLength), f.proposalLength)
  r.u8(f.number)
  r.u8(f.protocol)
  const spiSize = r.u8(f.spiSize)
  const count = r.u8(f.transformCount)
  r.octets(f.spi, spiSize)
  let found = 0
  while (r.more()) {
    walkTransform(r)
    found++
  }
  if (r.checking && found !== count)
    r.note('error', `The proposal says that it has ${count} transforms, and has ${found}`)
  r.close()
  return last
}

function walkTransform(r: Reader): void {
  r.open(f.transform)
  const last = r.u8(f.lastTransform)
  r.u8(f.reserved)
  r.claim(r.u16(f.transformLength), f.transformLength)
  const type = r.u8(f.transformType)
  r.u8(f.reserved)
  r.u16(ids[type] ?? f.otherId)
  while (r.more()) walkAttribute(r)
  r.close()
  if (r.checking && (last === 0) !== (r.left === 0))
    r.note(
      'error',
      last === 0
        ? 'A transform follows the one that says it is the last'
        : 'No transform follows the last one',
    )
}

function walkAttribute(r: Reader): void {
  r.open(f.attribute)
  const word = r.u16(start.word)
  const type = word & typeBits
  const length = claimValue(r, start, word)
  if (type === keyLengthType && length === 2) r.u16(f.keyLength)
  else r.octets(f.attributeValue, length)
  r.close()
}
