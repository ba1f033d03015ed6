import { bytes, field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'

//  | type 134 | length | domain of interpretation (4) | tags …
//  a tag: | type | length | alignment (0) | sensitivity level | categories … |

const tagTypes = {
  0: 'Padding',
  1: 'Restrictive bitmap',
  2: 'Enumerated categories',
  5: 'Ranged categories',
  6: 'Permissive bitmap',
  7: 'Free form',
  128: 'Local',
}

const draft = 'draft-ietf-cipso-ipsecurity-01 §3'

/** The glossary of the commercial security option. */
export const cipsoFields = {
  domain: field('ip.cipso.doi', 'Domain of interpretation', {
    explain: 'Which rules give the levels and categories their meaning; both ends have to share them.',
    section: draft,
  }),
  tag: field('ip.cipso.tag', 'Tag', {
    type: 'group',
    explain: 'One label, in one of several forms.',
    section: draft,
  }),
  tagType: field('ip.cipso.tag_type', 'Tag type', {
    explain: 'How the categories are written down: as a bitmap, as numbers or as ranges of numbers.',
    section: draft,
    values: tagTypes,
  }),
  tagLength: field('ip.cipso.tag_length', 'Tag length', {
    explain: 'Bytes of the whole tag with its type and this byte.',
    section: draft,
    show: bytes,
  }),
  alignment: field('ip.cipso.alignment', 'Alignment', {
    explain: 'Has to be 0; it moves the categories to an even place.',
    section: draft,
  }),
  level: field('ip.cipso.sensitivity_level', 'Sensitivity level', {
    explain: 'How secret the contents are: hosts cleared for less must not see the packet.',
    section: draft,
  }),
  categories: field('ip.cipso.categories', 'Categories', {
    type: 'bytes',
    explain: 'Which groups of people need to know: one bit each, or two bytes each, by the type of the tag.',
    section: draft,
  }),
  tagData: field('ip.cipso.tag_data', 'Tag data', {
    type: 'bytes',
    explain: 'Contents in a form that only the domain itself knows.',
    section: draft,
  }),
}

const f = cipsoFields
const padding = 0
/** Tags that have a level and then categories. */
const labels = new Set([1, 2, 5, 6])

/** The domain and tags of a commercial security option, up to its end. */
export function walkCipso(r: Reader): void {
  r.u32(f.domain)
  while (r.more()) {
    r.open(f.tag)
    const type = r.u8(f.tagType)
    if (type !== padding) {
      const length = r.u8(f.tagLength)
      r.claim(length, f.tagLength)
      if (labels.has(type)) {
        r.u8(f.alignment)
        r.u8(f.level)
        r.octets(f.categories, length - 4)
      } else r.octets(f.tagData, length - 2)
    }
    r.close()
  }
}
