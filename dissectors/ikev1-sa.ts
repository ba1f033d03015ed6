import { bytes, type Field, field, glossary, hex, type Meanings } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { attributeGlossary, walkAttributes } from './ikev1-attributes.ts'
import { ikeAttributes } from './ikev1-ike-attributes.ts'
import { ipsecAttributes } from './ikev1-ipsec-attributes.ts'
import { ahTransformMeanings, espTransformMeanings } from './numbers/ike-algorithm-meanings.ts'
import { domainMeanings, protocolMeanings1 } from './numbers/ike-meanings.ts'
import { ipcompTransforms } from './numbers/ike-shared.ts'
import { domains, securityProtocols } from './numbers/ikev1.ts'
import { ahTransforms, espTransforms, isakmpTransforms } from './numbers/ikev1-ipsec.ts'
import { payloadTypes } from './numbers/isakmp.ts'
import { spiChosen } from './spi-said.ts'

// SA:        |              Domain of Interpretation (DOI)                  |
//            |                          Situation                          |
// Proposal:  | Next Payload  |   RESERVED    |         Payload Length       |
//            |  Proposal #   |  Protocol-Id  |    SPI Size   |# of Transforms|
//            |                        SPI (variable)                       |
// Transform: | Next Payload  |   RESERVED    |         Payload Length       |
//            |  Transform #  |  Transform-Id |           RESERVED2          |
//            |                        SA Attributes                        |

const transformId = (section: string, values: Meanings, meanings?: Meanings): Field<'uint'> =>
  field('isakmp.trans.id', 'Transform ID', {
    explain:
      'The algorithm offered; what it leaves open, such as the length of the key, is in the attributes.',
    section,
    values,
    ...(meanings && { meanings }),
  })

/** The fields of transform IDs by protocol. */
export const transformIds: Readonly<Record<number, Field<'uint'>>> = {
  1: field('isakmp.trans.id', 'Transform ID', {
    explain: 'Says that the keys are made by IKE, the only way there is. The attributes have the algorithms.',
    section: 'RFC 2407 §4.4.2',
    values: isakmpTransforms,
  }),
  2: transformId('RFC 2407 §4.4.3', ahTransforms, ahTransformMeanings),
  3: transformId('RFC 2407 §4.4.4', espTransforms, espTransformMeanings),
  4: transformId('RFC 2407 §4.4.5', ipcompTransforms),
}

/** The glossary of what is around the attributes. */
export const proposalFields = {
  doi: field('isakmp.sa.doi', 'Domain of Interpretation', {
    explain:
      'Says in whose terms the rest is written: which protocols, algorithms and attributes the numbers name.',
    section: 'RFC 2408 §3.4',
    values: domains,
    meanings: domainMeanings,
  }),
  situation: field('isakmp.sa.situation', 'Situation', {
    explain: 'What decides how much protection is needed. In practice always the identity alone.',
    section: 'RFC 2407 §4.2',
    show: hex(8),
    parts: [
      [undefined, 29],
      [
        field('isakmp.sa.situation.integrity', 'Integrity', {
          type: 'flag',
          explain: 'When set, labels say how trustworthy the data has to be, as the military classifies it.',
          section: 'RFC 2407 §4.2.3',
        }),
        1,
      ],
      [
        field('isakmp.sa.situation.secrecy', 'Secrecy', {
          type: 'flag',
          explain: 'When set, labels say how secret the data is, as the military classifies it.',
          section: 'RFC 2407 §4.2.2',
        }),
        1,
      ],
      [
        field('isakmp.sa.situation.identity_only', 'Identity only', {
          type: 'flag',
          explain: 'When set, who the sender is decides. RFC 2407 asks everyone for it.',
          section: 'RFC 2407 §4.2.1',
        }),
        1,
      ],
    ],
  }),
  proposal: field('isakmp.typepayload', 'Proposal payload', {
    type: 'group',
    explain:
      'One protocol to be used, and the algorithms offered for it. Proposals of the same number belong together, those of other numbers are alternatives.',
    section: 'RFC 2408 §3.5',
  }),
  transform: field('isakmp.typepayload', 'Transform payload', {
    type: 'group',
    explain:
      'One choice of algorithms. The sender lists those it prefers first; the answer has the one that was taken.',
    section: 'RFC 2408 §3.6',
  }),
  next: field('isakmp.nextpayload', 'Next payload', {
    explain: 'Says whether another one of the same kind follows; 0 in the last.',
    section: 'RFC 2408 §3.5',
    values: payloadTypes,
  }),
  reserved: field('isakmp.reserved', 'Reserved', {
    explain: 'Free for later use; sent as 0.',
    section: 'RFC 2408 §3.5',
    show: hex(2),
  }),
  reserved2: field('isakmp.reserved', 'Reserved2', {
    explain: 'Free for later use; sent as 0.',
    section: 'RFC 2408 §3.6',
    show: hex(4),
  }),
  length: field('isakmp.payloadlength', 'Payload length', {
    explain:
      'Bytes of the proposal or transform with all that is inside it: the next one starts behind them.',
    section: 'RFC 2408 §3.5',
    show: bytes,
  }),
  proposalNumber: field('isakmp.prop.number', 'Proposal number', {
    explain: 'Counts the proposals. Several with one number are to be used together, such as ESP and IPComp.',
    section: 'RFC 2408 §3.5',
  }),
  protocol: field('isakmp.prop.protoid', 'Protocol ID', {
    explain: 'What is to be protected under this proposal, and so whose list the transforms come from.',
    section: 'RFC 2407 §4.4.1',
    values: securityProtocols,
    meanings: protocolMeanings1,
  }),
  spiSize: field('isakmp.spisize', 'SPI size', {
    explain:
      'Bytes of the SPI. 0 in phase 1, where the cookies stand for it; 4 for ESP and AH, 2 or 4 for IPComp.',
    section: 'RFC 2408 §3.5',
    show: bytes,
  }),
  transformCount: field('isakmp.prop.transforms', 'Number of transforms', {
    explain: 'How many choices of algorithms the proposal offers; an answer has 1.',
    section: 'RFC 2408 §3.5',
  }),
  spi: field('isakmp.spi', 'SPI', {
    type: 'bytes',
    explain:
      'The number by which the sender wants to be told this SA: the other side writes it into every ESP or AH packet to it.',
    section: 'RFC 2408 §3.5',
    here: spiChosen,
  }),
  transformNumber: field('isakmp.trans.number', 'Transform number', {
    explain:
      'Numbers the choices in the order in which the sender likes them; the answer repeats the number of the one taken.',
    section: 'RFC 2408 §3.6',
  }),
  transformId: transformId('RFC 2408 §3.6', {}),
}

const f = proposalFields

/** The glossary of SA payloads. */
export const saFields = glossary(
  f,
  transformIds,
  attributeGlossary(ikeAttributes),
  attributeGlossary(ipsecAttributes),
)

const ipsecDomain = 1
const labelled = 6
const proposalType = 2
const transformType = 3
const isakmpProtocol = 1

/** Reads an SA payload. The proposals of other domains than IPsec's are not read. */
export function walkSa(r: Reader): void {
  const doi = r.u32(f.doi)
  if (doi > ipsecDomain) return
  const situation = r.u32(f.situation)
  if (situation & labelled) {
    if (r.checking) r.noteField('info', 'Labels of secrecy or integrity follow; they are not read')
    return
  }
  let next = proposalType
  while (next === proposalType && r.more()) next = walkProposal(r)
}

/** Returns the type of what follows. */
function walkProposal(r: Reader): number {
  r.open(f.proposal)
  const next = r.u8(f.next)
  if (r.checking && next !== 0 && next !== proposalType)
    r.noteField('error', 'Only a proposal may follow a proposal')
  r.u8(f.reserved)
  r.claim(r.u16(f.length), f.length)
  r.u8(f.proposalNumber)
  const protocol = r.u8(f.protocol)
  const spiSize = r.u8(f.spiSize)
  const promised = r.u8(f.transformCount)
  r.octets(f.spi, spiSize)
  let count = 0
  for (let type = transformType; type === transformType && r.more(); count++)
    type = walkTransform(r, protocol)
  if (r.checking && count !== promised)
    r.noteOn(f.transformCount, 'error', `${promised} transforms are promised, ${count} are here`)
  r.close()
  return next
}

function walkTransform(r: Reader, protocol: number): number {
  r.open(f.transform)
  const next = r.u8(f.next)
  if (r.checking && next !== 0 && next !== transformType)
    r.noteField('error', 'Only a transform may follow a transform')
  r.u8(f.reserved)
  r.claim(r.u16(f.length), f.length)
  r.u8(f.transformNumber)
  r.u8(transformIds[protocol] ?? f.transformId)
  r.u16(f.reserved2)
  walkAttributes(r, protocol === isakmpProtocol ? ikeAttributes : ipsecAttributes)
  r.close()
  return next
}
