import { block } from '../src/dissect/block.ts'
import { bytes, type Field, field, hex } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Next } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { controlCodes } from './numbers/ppp.ts'
import { controlMeanings } from './numbers/ppp-meanings.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |     Code      |  Identifier   |            Length             |
// |    Data ...   |  in Configure: options, each |Type|Length|Data|

/** The header and the bodies that LCP shares with all protocols made like it. */
export const controlFields = {
  code: field('ppp.code', 'Code', {
    explain:
      'What kind of message this is. One end requests settings; the other acknowledges them, names better values (nak) or refuses what it does not know (reject).',
    section: 'RFC 1661 §5',
    meanings: controlMeanings,
    values: controlCodes,
  }),
  identifier: field('ppp.identifier', 'Identifier', {
    explain: 'Joins an answer to its request: the answer repeats it, a new request changes it.',
    section: 'RFC 1661 §5',
  }),
  length: field('ppp.length', 'Length', {
    explain: 'Bytes of this message with its header; what comes behind is padding.',
    section: 'RFC 1661 §5',
    show: bytes,
  }),
  data: field('ppp.data', 'Data', {
    type: 'bytes',
    explain: 'What the message adds of its own accord: a reason in words, bytes to be sent back.',
    section: 'RFC 1661 §5',
  }),
  magicNumber: field('ppp.magic_number', 'Magic number', {
    explain: 'The sender’s random number, or 0: who sees its own come back is talking to itself.',
    section: 'RFC 2153 §2.1',
    show: hex(8),
  }),
  organization: field('ppp.oui', 'OUI', {
    explain: 'The vendor whose message this is, by the first three bytes of its Ethernet addresses.',
    section: 'RFC 2153 §2.1',
    show: hex(6),
  }),
  kind: field('ppp.kind', 'Kind', {
    explain: 'Which of the vendor’s own messages it is; only its documents tell what it means.',
    section: 'RFC 2153 §2.1',
  }),
  rejected: field('ppp.rejected', 'Rejected packet', {
    type: 'bytes',
    explain: 'The beginning of the message that the sender of this one does not know.',
    section: 'RFC 1661 §5.6',
  }),
} as const

const f = controlFields

const header = block([f.code, 8], [f.identifier, 8], [f.length, 16])

/** One kind of option: the group that it is, and how its value is read. What that leaves is shown as bytes. */
export type Option = { readonly group: Field<'group'>; readonly walk?: (r: Reader) => void }

/** Declares an option; `explain` says what the sender wants by it. */
export const option = (
  name: string,
  label: string,
  section: string,
  explain: string,
  walk?: (r: Reader) => void,
): Option => ({
  group: field(name, label, { type: 'group', explain, section }),
  ...(walk === undefined ? {} : { walk }),
})

/** The options of one protocol. */
export type Options = {
  readonly type: Field<'uint'>
  readonly length: Field<'uint'>
  readonly value: Field<'bytes'>
  readonly known: Readonly<Record<number, Option>>
  readonly unknown: Option
}

/** Declares the options of a protocol, whose names begin with `id`. */
export function optionsOf(
  id: string,
  names: Readonly<Record<number, string>>,
  known: Readonly<Record<number, Option>>,
): Options {
  return {
    type: field(`${id}.opt.type`, 'Type', {
      explain: 'Which setting this is. An end that does not know it rejects it, and the other does without.',
      section: 'RFC 1661 §6',
      values: names,
    }),
    length: field(`${id}.opt.length`, 'Length', {
      explain: 'Bytes of the option, type and length included; 2 where it needs no value.',
      section: 'RFC 1661 §6',
      show: bytes,
    }),
    value: field(`${id}.opt.value`, 'Value', {
      type: 'bytes',
      explain: 'What is asked for, in a form that only those who know the option can read.',
      section: 'RFC 1661 §6',
    }),
    known,
    unknown: option(
      `${id}.opt.unknown`,
      'Unknown option',
      'RFC 1661 §6',
      'A setting without a name here. Its length lets everyone pass over it.',
    ),
  }
}

/** The fields of options, for a glossary. */
export const optionFields = (options: Options): Readonly<Record<string, Field>> => ({
  type: options.type,
  length: options.length,
  value: options.value,
  unknown: options.unknown.group,
  ...Object.fromEntries(Object.entries(options.known).map(([type, o]) => [`option ${type}`, o.group])),
})

/** Reads a message of a protocol that has no codes of its own. */
export function walkControl(r: Reader, options: Options | undefined): Next {
  walkBody(r, walkHeader(r), options)
  return r.carry(undefined)
}

/** Reads the header and returns the code. */
export function walkHeader(r: Reader): number {
  r.block(header)
  const code = r.of(f.code)
  r.limitTo(r.of(f.length), f.length)
  if (r.checking && controlCodes[code] === undefined)
    r.noteOn(f.code, 'warning', 'A code without a meaning: the receiver answers with Code-Reject')
  return code
}

const [configureRequest, configureReject, codeReject] = [1, 4, 7]

/** Reads what follows the header of a message with a code that several protocols have. */
export function walkBody(r: Reader, code: number, options: Options | undefined): void {
  if (code >= configureRequest && code <= configureReject && options !== undefined) walkOptions(r, options)
  else if (code === codeReject) r.rest(f.rejected)
  else if (code === 0) {
    r.u32(f.magicNumber)
    r.u24(f.organization)
    r.u8(f.kind)
    r.rest(f.data)
  } else r.rest(f.data)
}

function walkOptions(r: Reader, options: Options): void {
  while (r.more()) {
    const found = options.known[r.peek()] ?? options.unknown
    r.open(found.group)
    r.u8(options.type)
    r.claim(r.u8(options.length), options.length)
    found.walk?.(r)
    if (r.left > 0) r.rest(options.value)
    r.close()
  }
}

/** `Configure-Request 3`, with the settings by their names. */
export function controlSummary(v: LayerView, options: Options | undefined): string {
  const code = v.number(f.code)
  const name = `${controlCodes[code] ?? `code ${code}`} ${v.number(f.identifier)}`
  if (options === undefined) return name
  const settings: string[] = []
  for (let at = v.at(options.type); at >= 0; at = v.at(options.type, at)) {
    const type = v.found.values[at]!
    settings.push(options.known[type]?.group.label ?? `option ${type}`)
  }
  return settings.length > 0 ? `${name}: ${settings.join(', ')}` : name
}
