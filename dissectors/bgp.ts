import { bytes, field, glossary } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { attributeFields } from './bgp-attribute-fields.ts'
import { communityFields } from './bgp-communities.ts'
import { nlriFields } from './bgp-nlri.ts'
import { notificationFields, notificationText, walkNotification } from './bgp-notification.ts'
import { walkOpen } from './bgp-open.ts'
import { openFields } from './bgp-open-fields.ts'
import { refreshFields, walkRefresh } from './bgp-refresh.ts'
import { updateFields, updateText, walkUpdate } from './bgp-update.ts'
import { bgpMessages } from './numbers/bgp.ts'
import { tcpPorts } from './numbers/ports.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |                      Marker (16 bytes): ones                  |
// |          Length               |      Type     |  the message

const headerLength = 19
const markerLength = 16

const message = (type: number, purpose: string) =>
  field('bgp.message', `${bgpMessages[type]} message`, { type: 'group', explain: purpose })

const f = {
  marker: field('bgp.marker', 'Marker', {
    type: 'bytes',
    explain:
      'All ones, so that a receiver sees whether it is still where a message begins. Older versions of BGP had a proof of identity here.',
    section: 'RFC 4271 §4.1',
  }),
  length: field('bgp.length', 'Length', {
    explain:
      'Bytes of this message, these 19 of its header included: 4096 at most, unless both sides announced extended messages.',
    section: 'RFC 4271 §4.1, RFC 8654',
    show: bytes,
  }),
  type: field('bgp.type', 'Type', {
    explain: value => purposes[value] ?? 'Tells what kind of message this is; this kind has no name here.',
    section: 'RFC 4271 §4.1',
    values: bgpMessages,
  }),
  part: field('bgp.continuation', 'Part of a message', {
    type: 'bytes',
    explain:
      'Bytes of a message that began, or goes on, in another segment: TCP cuts its stream where it likes.',
  }),
  unread: field('bgp.data', 'Data', {
    type: 'bytes',
    explain: 'What a message of a kind without a name here says.',
  }),
}

const purposes: Readonly<Record<number, string>> = {
  1: 'OPEN: the first message of each side says who it is and what it can do.',
  2: 'UPDATE: takes routes back, and tells new ones with what there is to know about them.',
  3: 'NOTIFICATION: says what went wrong; the connection is closed right after it.',
  4: 'KEEPALIVE: a header alone, sent so that the other side does not think this one dead.',
  5: 'ROUTE-REFRESH: asks to be told all routes again, as after a change of filters.',
}

const groups: readonly (typeof other)[] = [1, 2, 3, 4, 5].map(type => message(type, purposes[type] ?? ''))
const other = field('bgp.message', 'Other message', {
  type: 'group',
  explain: 'A message of a kind without a name here.',
})

/**
 * Bytes of the message that begins at `at` in `bytes`, of which those before `end` are here; 0: too few of them to
 * tell; -1: no message begins here.
 */
export function bgpMessageLength(bytes: Uint8Array, at: number, end: number): number {
  for (let i = 0; i < markerLength && at + i < end; i++) if (bytes[at + i] !== 0xff) return -1
  if (end - at < headerLength) return 0
  const length = (bytes[at + 16]! << 8) | bytes[at + 17]!
  return length < headerLength ? -1 : length
}

export const bgp: ReturnType<typeof protocol> = protocol({
  id: 'bgp',
  name: 'Border Gateway Protocol 4',
  short: 'BGP',
  reference: 'RFC 4271, RFC 4760',
  about:
    'Routers tell each other which networks they reach, and through whom. It runs over TCP, inside tunnels as well: so VPNs learn their routes.',
  fields: {
    ...glossary(f, openFields, updateFields, attributeFields, communityFields, nlriFields),
    ...glossary(notificationFields, refreshFields),
    ...Object.fromEntries([...groups, other].map((group, i) => [`message${i}`, group])),
  },
  claims: [[tcpPorts, 179]],
  walk(r) {
    if (!isMarker(r)) return walkPart(r, 'The segment begins inside a message')
    r.octets(f.marker, markerLength)
    const length = r.u16(f.length)
    const type = r.u8(f.type)
    if (length < headerLength) r.malformed(`A message of ${length} bytes; its header alone has 19`)
    if (length - headerLength > r.left)
      return walkPart(r, `The message has ${length} bytes, the rest of it is in later segments`)
    if (r.checking && length > 4096)
      r.noteOn(f.length, 'info', 'Longer than 4096 bytes: both sides have to have announced that they can')
    if (length > headerLength) {
      r.open(groups[type - 1] ?? other, length - headerLength)
      walkMessage(r, type)
      r.close()
    } else if (r.checking && type !== 4)
      r.noteOn(f.length, 'error', 'Only a KEEPALIVE is a header and nothing else')
    return r.carry(r.left > 0 ? bgp : undefined)
  },
  summary: summarize,
})

/** True unless a byte that is here says otherwise. */
function isMarker(r: Reader): boolean {
  for (let i = 0; i < markerLength && i < r.left; i++) {
    const byte = r.peek(i)
    if (byte >= 0 && byte !== 0xff) return false
  }
  return true
}

function walkPart(r: Reader, why: string): Next {
  r.note('info', `${why}, and is not put together here`)
  r.rest(f.part)
  return r.carry(undefined)
}

function walkMessage(r: Reader, type: number): void {
  if (type === 1) walkOpen(r)
  else if (type === 2) walkUpdate(r)
  else if (type === 3) walkNotification(r)
  else if (type === 5 || type === 128) walkRefresh(r)
  else if (r.left > 0) r.rest(f.unread)
}

function summarize(v: LayerView): string {
  if (!v.has(f.type)) return 'part of a message'
  const type = v.number(f.type)
  const name = bgpMessages[type] ?? `message of type ${type}`
  if (v.has(f.part)) return `${name}, the first part`
  if (type === 1)
    return `${name}, AS ${v.number(v.has(openFields.as4) ? openFields.as4 : openFields.as)}, hold time ${v.show(openFields.holdTime)}, identifier ${v.show(openFields.identifier)}`
  if (type === 2) return updateText(v)
  return type === 3 ? notificationText(v) : name
}
