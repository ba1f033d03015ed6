import { printDetails } from '../src/dissect/detail-lines.ts'
import { bytes, field, glossary } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { attributeFields } from './bgp-attribute-fields.ts'
import { communityFields } from './bgp-communities.ts'
import { nlriFields } from './bgp-nlri.ts'
import { notificationFields, notificationText, walkNotification } from './bgp-notification.ts'
import { walkOpen } from './bgp-open.ts'
import { openFields } from './bgp-open-fields.ts'
import { refreshFields, walkRefresh } from './bgp-refresh.ts'
import { updateFields, updateText, walkUpdate } from './bgp-update.ts'
import { bgpLesson } from './lessons/network.ts'
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

const purposes: Readonly<Record<number, string>> = {
  1: 'OPEN: the first message of each side says who it is and what it can do.',
  2: 'UPDATE: takes routes back, and tells new ones with what there is to know about them.',
  3: 'NOTIFICATION: says what went wrong; the connection is closed right after it.',
  4: 'KEEPALIVE: a header alone, sent so that the other side does not think this one dead.',
  5: 'ROUTE-REFRESH: asks to be told all routes again, as after a change of filters.',
}

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
    explain: 'Tells what kind of message this is, and so how the rest of it is laid out.',
    meanings: purposes,
    section: 'RFC 4271 §4.1',
    values: bgpMessages,
  }),
  unread: field('bgp.data', 'Data', {
    type: 'bytes',
    explain: 'What a message of a kind without a name here says.',
  }),
}

const groups: readonly (typeof other)[] = [1, 2, 3, 4, 5].map(type => message(type, purposes[type] ?? ''))
const other = field('bgp.message', 'Other message', {
  type: 'group',
  explain: 'A message of a kind without a name here.',
})

export const bgp = protocol({
  id: 'bgp',
  name: 'Border Gateway Protocol 4',
  short: 'BGP',
  reference: 'RFC 4271, RFC 4760',
  about:
    'Routers tell each other which networks they reach, and through whom. It runs over TCP, inside tunnels as well: so VPNs learn their routes.',
  lesson: bgpLesson,
  fields: glossary(
    f,
    openFields,
    updateFields,
    attributeFields,
    communityFields,
    nlriFields,
    notificationFields,
    refreshFields,
    Object.fromEntries([...groups, other].entries()),
  ),
  claims: [[tcpPorts, 179]],
  message(r) {
    for (let i = 0; i < markerLength && r.peek(i) >= 0; i++) if (r.peek(i) !== 0xff) return -1
    if (r.peek(headerLength - 1) < 0) return 0
    const length = (r.peek(16) << 8) | r.peek(17)
    // Where such a message ends, nobody can tell.
    return length < headerLength ? r.left : length
  },
  walk(r) {
    r.octets(f.marker, markerLength)
    const length = r.u16(f.length)
    const type = r.u8(f.type)
    if (length < headerLength) r.malformed(`A message of ${length} bytes; its header alone has 19`)
    if (r.checking && length > 4096)
      r.noteOn(f.length, 'info', 'Longer than 4096 bytes: both sides have to have announced that they can')
    if (length > headerLength) {
      r.open(groups[type - 1] ?? other, length - headerLength)
      walkMessage(r, type)
      r.close()
    } else if (r.checking && type !== 4)
      r.noteOn(f.length, 'error', 'Only a KEEPALIVE is a header and nothing else')
    return r.carry(undefined)
  },
  summary: summarize,
  line: printDetails,
})

function walkMessage(r: Reader, type: number): void {
  if (type === 1) walkOpen(r)
  else if (type === 2) walkUpdate(r)
  else if (type === 3) walkNotification(r)
  else if (type === 5 || type === 128) walkRefresh(r)
  else if (r.left > 0) r.rest(f.unread)
}

function summarize(v: LayerView): string {
  const type = v.number(f.type)
  const name = bgpMessages[type] ?? `message of type ${type}`
  if (type === 1)
    return `${name}, AS ${v.number(v.has(openFields.as4) ? openFields.as4 : openFields.as)}, hold time ${v.show(openFields.holdTime)}, identifier ${v.show(openFields.identifier)}`
  if (type === 2) return updateText(v)
  return type === 3 ? notificationText(v) : name
}
