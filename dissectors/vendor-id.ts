import { type Field, field, type Part } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { nodeCrypto } from './node-modules.ts'
import { type VendorId, vendorIds } from './numbers/vendor-ids.ts'

type Known = {
  readonly start: Uint8Array
  /** Bytes that it has behind its start. */
  readonly tail: number
  readonly more: boolean
  readonly field: Field<'bytes'>
}

const unknown = field('isakmp.vid_bytes', 'Vendor ID', {
  type: 'bytes',
  explain:
    'A constant by which implementations recognise each other and announce extensions; nobody keeps a list. This one is not known here, and receivers pass over it too.',
  section: 'RFC 7296 §3.12',
})

function startOf({ md5, text, hex }: VendorId): Uint8Array {
  if (md5 !== undefined) return nodeCrypto().createHash('md5').update(md5, 'latin1').digest()
  return text === undefined ? Buffer.from(hex ?? '', 'hex') : Buffer.from(text, 'latin1')
}

const version = (name: string, label: string, explain: string) =>
  field(`isakmp.vid.cisco_unity.${name}`, label, { explain })
const major = version(
  'major',
  'Major version',
  'The version of what the sender speaks beyond IKE: 1 in all that are known.',
)
const minor = version('minor', 'Minor version', 'Counts smaller changes: 0 in all that are known.')

const versionBehind = (length: number): readonly Part[] => [
  [undefined, length * 8],
  [major, 8],
  [minor, 8],
]

type Entry = { readonly id: VendorId; readonly field: Field<'bytes'> }

const entries: readonly Entry[] = vendorIds.map(id => ({
  id,
  field: field('isakmp.vid_bytes', `Vendor ID: ${id.name}`, {
    type: 'bytes',
    explain: id.tells,
    section: 'RFC 7296 §3.12',
    ...(id.version && { parts: versionBehind(startOf(id).length) }),
  }),
}))

/** The glossary of vendor IDs, one field for each known one. */
export const vendorIdFields: Readonly<Record<string, Field>> = Object.fromEntries([
  ['unknown', unknown],
  ['major', major],
  ['minor', minor],
  ...entries.map((entry, i) => [`vendor${i}`, entry.field] as const),
])

const names = new Map<Field, string>(entries.map(({ field: f, id }) => [f, id.name]))

/** The name of the vendor ID that a field stands for; undefined for other fields, and for unknown ones. */
export const vendorNameOf = (f: Field): string | undefined => names.get(f)

let known: readonly (readonly Known[])[] | undefined

/** By first byte, longer ones first, so that the most exact match is found. Made when a packet has one: many are hashes. */
function knownOnes(): readonly (readonly Known[])[] {
  const buckets: Known[][] = Array.from({ length: 256 }, () => [])
  for (const { id, field: f } of entries) {
    const start = startOf(id)
    buckets[start[0]!]!.push({ start, tail: id.version ? 2 : 0, more: id.more === true, field: f })
  }
  for (const bucket of buckets) bucket.sort((a, b) => b.start.length - a.start.length)
  return buckets
}

/** Reads a vendor ID up to the limit, under the field that knows it. IKEv1 and IKEv2 share them. */
export function walkVendorId(r: Reader): void {
  const first = r.peek()
  const bucket = first < 0 ? undefined : (known ??= knownOnes())[first]
  let f = unknown
  for (let i = 0; bucket !== undefined && i < bucket.length; i++) {
    const entry = bucket[i]!
    if (!begins(r, entry)) continue
    f = entry.field
    break
  }
  r.rest(f)
}

function begins(r: Reader, { start, tail, more }: Known): boolean {
  const size = start.length + tail
  if (r.left < size || (!more && r.left > size) || (tail > 0 && r.peek(size - 1) < 0)) return false
  for (let i = 0; i < start.length; i++) if (r.peek(i) !== start[i]) return false
  return true
}
