import { hexText } from '../src/addresses.ts'
import type { Field } from '../src/dissect/field.ts'
import { display, type LayerView, textAt } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { avp, value, value3 } from './l2tp-avp-fields.ts'
import { attributeTypes } from './numbers/l2tp.ts'

/** ` *MSGTYPE(SCCRQ) *HOST_NAME(alice)`: the attributes of a control message; a star means that one has to know it, `?` that it is hidden. */
export function printAvps(v: LayerView, { out }: Line): void {
  const { selection } = v.found
  if (selection !== null) for (const field of valueFields) selection.want(field)
  for (let at = v.at(avp.mandatory); at >= 0; ) {
    const next = v.at(avp.mandatory, at)
    const until = next < 0 ? v.found.last[v.index]! : next
    const flag = (field: typeof avp.hidden) => v.found.values[v.at(field, at - 1, until)] === 1
    const name = nameOf(v, at, until)
    if (name === undefined) return
    const isHidden = flag(avp.hidden)
    out
      .ascii(' ')
      .ascii(flag(avp.mandatory) ? '*' : '')
      .ascii(isHidden ? '?' : '')
    out.text(`${name}(${isHidden ? '???' : contentOf(v, at, until)})`)
    at = next
  }
}

const valueFields = new Set<Field>([...Object.values(value), ...Object.values(value3), avp.value])

function nameOf(v: LayerView, at: number, until: number): string | undefined {
  const { values } = v.found
  const own = v.at(avp.vendorType, at, until)
  if (own >= 0) return `VENDOR${hex(values[v.at(avp.vendor, at, until)], 4)}:ATTR${hex(values[own], 4)}`
  const type = values[v.at(avp.type, at, until)]
  if (type === undefined) return undefined
  return (
    names[type] ??
    attributeTypes[type]
      ?.toUpperCase()
      .replace(/\W+(?=\w)/g, '_')
      .replace(/\W$/, '') ??
    `AVP-#${type}`
  )
}

function contentOf(v: LayerView, at: number, until: number): string {
  const { fields, values } = v.found
  const type = values[v.at(avp.type, at, until)] ?? -1
  const own: number[] = []
  for (let i = at; i < until; i++)
    if (valueFields.has(fields[i]!) && !isReserved(fields[i]!.label)) own.push(i)
  return contents[type]?.(v, own) ?? own.map(record => plain(v, record)).join(' ')
}

const isReserved = (label: string): boolean => label.startsWith('Reserved')
/** A number that a first walk may not have recorded yet. */
const hex = (number: number | undefined, digits: number): string =>
  (number ?? 0).toString(16).padStart(digits, '0')

/** A value without its unit or name. */
function plain(v: LayerView, record: number): string {
  const { fields, values, bitLengths } = v.found
  if (fields[record]!.type === 'bytes' || Number.isNaN(values[record]))
    return fields[record]!.type === 'text'
      ? display(v.found, record, v)
      : hexText(v.bytes, v.position(record), bitLengths[record]! >> 3)
  return fields[record]!.type === 'uint' ? String(values[record]) : display(v.found, record, v)
}

type Contents = (v: LayerView, records: readonly number[]) => string

/** Values with these words in front of them. */
const named =
  (...before: readonly string[]): Contents =>
  (v, records) =>
    records.map((record, i) => `${before[i] ?? ' '}${plain(v, record)}`).join('')

/** Two kinds that a sender can take: a letter for each bit. */
const kinds =
  (second: string): Contents =>
  (v, [record = -1]) =>
    `${v.found.values[record]! & 2 ? 'A' : ''}${v.found.values[record]! & 1 ? second : ''}`

/** A character map of each direction. */
const maps: Contents = (v, records) =>
  records.map((record, i) => `${i === 0 ? 'send' : 'recv'}=${hex(v.found.values[record]!, 8)}`).join(' ')

/** A code in so many hex digits; empty where the message ends before it. */
const codeAt = (v: LayerView, record: number | undefined, digits: number): string =>
  record === undefined ? '' : hex(v.found.values[record]!, digits)
const words = (v: LayerView, record: number | undefined): string =>
  record === undefined ? '' : ` ${plain(v, record)}`

/** Who ended the call. */
const sides = ['', ' at peer', ' at local']

const text: Contents = (v, [record = -1]) => {
  const start = v.position(record)
  return textAt(v.bytes, start, v.found.bitLengths[record]! >> 3)
}

/** Those that tcpdump has words of its own for. */
const contents: Readonly<Record<number, Contents>> = {
  0: (v, [record = -1]) => {
    const shown = display(v.found, record, v)
    return /\((\D+)\)/.exec(shown)?.[1] ?? shown.replace(/ \(\d+\)$/, '')
  },
  1: named('', '/'),
  2: named('', '.'),
  3: kinds('S'),
  4: kinds('D'),
  12: (v, [code = -1, message, advice]) => `${plain(v, code)}, ${codeAt(v, message, 2)}${words(v, advice)}`,
  18: kinds('D'),
  19: kinds('S'),
  29: (v, [record = -1]) => display(v.found, record, v).replace(/^PPP | \(\d+\)$/g, ''),
  34: named('CRCErr=', ' FrameErr=', ' HardOver=', ' BufOver=', ' Timeout=', ' AlignErr='),
  35: maps,
  37: text,
  46: (v, [code, protocol, side = -1, message]) =>
    `${codeAt(v, code, 4)}, ${codeAt(v, protocol, 4)}${sides[v.found.values[side] ?? 0] ?? ''}${words(v, message)}`,
}

/** What tcpdump calls attributes. */
const names: Readonly<Record<number, string>> = {
  0: 'MSGTYPE',
  1: 'RESULT_CODE',
  2: 'PROTO_VER',
  3: 'FRAMING_CAP',
  4: 'BEARER_CAP',
  5: 'TIE_BREAKER',
  6: 'FIRM_VER',
  7: 'HOST_NAME',
  8: 'VENDOR_NAME',
  9: 'ASSND_TUN_ID',
  10: 'RECV_WIN_SIZE',
  11: 'CHALLENGE',
  12: 'Q931_CC',
  13: 'CHALLENGE_RESP',
  14: 'ASSND_SESS_ID',
  15: 'CALL_SER_NUM',
  16: 'MINIMUM_BPS',
  17: 'MAXIMUM_BPS',
  18: 'BEARER_TYPE',
  19: 'FRAMING_TYPE',
  21: 'CALLED_NUMBER',
  22: 'CALLING_NUMBER',
  23: 'SUB_ADDRESS',
  24: 'TX_CONN_SPEED',
  25: 'PHY_CHANNEL_ID',
  26: 'INITIAL_LCPREQ',
  27: 'LAST_SENT_LCPREQ',
  28: 'LAST_RCVD_LCPREQ',
  29: 'PROXY_AUTH_TYPE',
  30: 'PROXY_AUTH_NAME',
  31: 'PROXY_AUTH_CHAL',
  32: 'PROXY_AUTH_ID',
  33: 'PROXY_AUTH_RESP',
  34: 'CALL_ERRORS',
  35: 'ACCM',
  36: 'RANDOM_VECTOR',
  37: 'PRIVATE_GRP_ID',
  38: 'RX_CONN_SPEED',
  39: 'SEQ_REQUIRED',
  46: 'PPP_DISCON_CC',
}
