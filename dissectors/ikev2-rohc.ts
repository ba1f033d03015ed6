import { bytes, field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { type AttributeSet, attributeFrame, attributeGlossary, walkAttributes } from './ikev1-attributes.ts'
import { integrityAlgorithms } from './numbers/ikev2.ts'

const section = 'RFC 5857 §2.1.2'
const prefix = 'isakmp.notify.data.rohc.attr'

/** How headers are to be compressed inside the tunnel, as the notify ROHC_SUPPORTED says it. */
const rohcAttributes: AttributeSet = {
  ...attributeFrame(
    prefix,
    'One property of the header compression that the sender can do inside the tunnel.',
    { 1: 'MAX_CID', 2: 'ROHC_PROFILE', 3: 'ROHC_INTEG', 4: 'ROHC_ICV_LEN', 5: 'MRRU' },
    section,
  ),
  known: {
    1: field(`${prefix}.max_cid`, 'Maximum context identifier', {
      explain: 'The highest number of a context: how many flows may be compressed at a time.',
      section,
    }),
    2: field(`${prefix}.profile`, 'ROHC profile', {
      explain: 'A set of headers that the sender can compress, such as IP with UDP and RTP.',
      section,
    }),
    3: field(`${prefix}.integ`, 'ROHC integrity algorithm', {
      explain: 'The checksum by which the receiver notices headers that were restored wrongly.',
      section,
      values: integrityAlgorithms,
    }),
    4: field(`${prefix}.icv_len`, 'ROHC ICV length', {
      explain: 'Bytes of that checksum, where it is to be shorter than the algorithm makes it.',
      section,
      show: bytes,
    }),
    5: field(`${prefix}.mrru`, 'MRRU', {
      explain: 'The largest packet that may be cut into segments; 0 means that none may.',
      section,
      show: bytes,
    }),
  },
}

/** The glossary of ROHC_SUPPORTED. */
export const rohcFields = attributeGlossary(rohcAttributes)

/** Reads the data of ROHC_SUPPORTED up to the limit. */
export const walkRohc = (r: Reader): void => walkAttributes(r, rohcAttributes)
