import { bytes, type Field, field } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { errors, suberrors } from './numbers/bgp.ts'
import { errorMeanings, suberrorMeanings } from './numbers/bgp-meanings.ts'

// |  Error code   | Error subcode |  Data …

const subcode = (code: number, suffix: string): Field<'uint'> =>
  field(`bgp.notify.minor_error${suffix}`, 'Error subcode', {
    explain:
      code === 6
        ? 'Why a connection without fault is ended: someone took it down, or a limit was reached.'
        : 'Says more exactly what was wrong. 0 where the sender says no more than the code.',
    section: 'RFC 4271 §4.5',
    values: { 0: 'Unspecific', ...suberrors[code] },
    meanings: suberrorMeanings[code] ?? {},
  })

const subcodes: readonly Field<'uint'>[] = [
  subcode(0, '_unknown'),
  subcode(1, ''),
  subcode(2, '_open'),
  subcode(3, '_update'),
  subcode(4, '_expired'),
  subcode(5, '_state'),
  subcode(6, '_cease'),
  subcode(7, '_refresh'),
]

const f = {
  code: field('bgp.notify.major_error', 'Error code', {
    explain: 'What kind of error ends the connection. Whoever sends this closes it.',
    section: 'RFC 4271 §4.5',
    values: errors,
    meanings: errorMeanings,
  }),
  textLength: field('bgp.notify.communication_length', 'Length of the text', {
    explain: 'Bytes of the operator’s text, at most 255; 0 where nobody left one.',
    section: 'RFC 9003 §2',
    show: bytes,
  }),
  text: field('bgp.notify.communication', 'Shutdown communication', {
    type: 'text',
    explain: 'What the operator who took the connection down wants to tell the one on the other side.',
    section: 'RFC 9003 §2',
  }),
  peerAs: field('bgp.notify.error_open.bad_peer_as', 'Bad peer AS', {
    explain: 'The AS number that the other side gave and that was not the one configured here.',
    section: 'RFC 4271 §6.2',
  }),
  data: field('bgp.notify.minor_data', 'Data', {
    type: 'bytes',
    explain: 'What the error is about: the message, the attribute or the value that was refused.',
    section: 'RFC 4271 §4.5',
  }),
}

export const notificationFields = {
  ...f,
  ...Object.fromEntries(subcodes.map((subcode, code) => [`subcode${code}`, subcode])),
}

const cease = 6

export function walkNotification(r: Reader): void {
  const code = r.u8(f.code)
  const minor = r.u8(subcodes[code] ?? subcodes[0]!)
  if (code === cease && (minor === 2 || minor === 4) && r.left > 0 && r.peek() < r.left) {
    const length = r.u8(f.textLength)
    r.text(f.text, length)
  } else if (code === 2 && minor === 2 && (r.left === 2 || r.left === 4)) r.bits(f.peerAs, r.left * 8)
  if (r.left > 0) r.rest(f.data)
}

export function notificationText(v: LayerView): string {
  const minor = subcodes.find(subcode => v.has(subcode))
  const text = v.has(f.text) ? `: ${v.show(f.text)}` : ''
  return `NOTIFICATION, ${v.show(f.code)}, ${minor ? v.show(minor) : ''}${text}`
}
