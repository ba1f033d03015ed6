import { bytes, field, glossary } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { attributeGlossary, walkAttributes } from './ikev1-attributes.ts'
import { responderIkeAttributes } from './ikev1-ike-attributes.ts'
import { responderIpsecAttributes } from './ikev1-ipsec-attributes.ts'
import { domainMeanings, protocolMeanings1 } from './numbers/ike-meanings.ts'
import { domains, notifyTypes, securityProtocols } from './numbers/ikev1.ts'

// Notification: |              Domain of Interpretation (DOI)                  |
//               |  Protocol-ID  |   SPI Size    |      Notify Message Type     |
//               |                Security Parameter Index (SPI)               |
//               |                       Notification Data                     |
// Delete:       |              Domain of Interpretation (DOI)                  |
//               |  Protocol-Id  |   SPI Size    |           # of SPIs          |
//               |               Security Parameter Indexes (SPIs)             |

/** What happened, and what people look at next, for the notifications that they meet. */
const meanings: Readonly<Record<number, string>> = {
  4: 'The cookies belong to no IKE SA here: the receiver restarted, or threw it away.',
  7: 'The receiver does not do this exchange, such as aggressive mode.',
  11: 'The SPI names no SA here: the two sides disagree about which ones are alive.',
  14: 'None of the offers is acceptable: compare algorithms, key lengths, groups and the authentication method of both sides.',
  16: 'The message made no sense after decryption; most often the pre-shared keys differ.',
  17: 'The key exchange is not what the group asks for.',
  18: 'The identity or the networks of quick mode fit nothing in the configuration.',
  23: 'The hash does not fit: most often the pre-shared keys differ.',
  24: 'The other side did not believe the proof of identity: key, certificate or name are not what it knows.',
  24576: 'The responder says how long it will keep the SA, shorter than the initiator asked for.',
  24577: 'The responder says whether it checks for replayed packets.',
  24578: 'The sender has no other SA with its peer: old ones may be thrown away. Sent after a restart.',
  36136: 'Dead peer detection: asks whether the other side is still alive.',
  36137: 'Dead peer detection: the answer of a side that is alive.',
}

/** The glossary of notifications and deletions, but for attributes in them. */
export const notificationFields = {
  doi: field('isakmp.notify.doi', 'Domain of Interpretation', {
    explain: 'Says whose list the notification’s numbers come from.',
    section: 'RFC 2408 §3.14',
    values: domains,
    meanings: domainMeanings,
  }),
  protocol: field('isakmp.notify.protoid', 'Protocol ID', {
    explain: 'What the notification is about: the IKE SA itself, or one of ESP, AH or IPComp.',
    section: 'RFC 2408 §3.14',
    values: securityProtocols,
    meanings: protocolMeanings1,
  }),
  spiSize: field('isakmp.spisize', 'SPI size', {
    explain: 'Bytes of the SPI: 16 for an IKE SA, both cookies; 4 for ESP and AH; 0 where none is meant.',
    section: 'RFC 2408 §3.14',
    show: bytes,
  }),
  type: field('isakmp.notify.msgtype', 'Notify message type', {
    explain:
      'What happened: below 16384 an error, from there on a status. Whether anyone acts on it is up to them.',
    section: 'RFC 2408 §3.14.1',
    values: notifyTypes,
    meanings,
  }),
  spi: field('isakmp.spi', 'SPI', {
    type: 'bytes',
    explain: 'Names the SA that the notification is about, where it is about a single one.',
    section: 'RFC 2408 §3.14',
  }),
  data: field('isakmp.notify.data', 'Notification data', {
    type: 'bytes',
    explain:
      'More about the error or status, in bytes that only senders of this type understand; often a text or the bytes that were refused.',
    section: 'RFC 2408 §3.14',
  }),
  lifetime: field('isakmp.notify.data.parts', 'Notification data', {
    type: 'group',
    explain: 'How long the responder will keep the SA, in the attributes of its proposals.',
    section: 'RFC 2407 §4.6.3.1',
  }),
  areYouThere: field('isakmp.notify.data.dpd.are_you_there', 'Sequence number', {
    explain: 'Counts the questions whether the other side is alive; the answer repeats it.',
    section: 'RFC 3706 §6.3',
  }),
  areYouThereAck: field('isakmp.notify.data.dpd.are_you_there_ack', 'Sequence number', {
    explain: 'The number of the question that this answers; with any other it proves nothing.',
    section: 'RFC 3706 §6.3',
  }),
  replayStatus: field('isakmp.notify.data', 'Replay status', {
    type: 'bytes',
    explain: 'All 0: packets that come a second time are let through; 1: they are refused.',
    section: 'RFC 2407 §4.6.3.2',
  }),
  loadBalance: field('isakmp.notify.data.unity.load_balance', 'Cluster member', {
    type: 'ipv4',
    explain: 'The gateway of Cisco’s cluster that has room: the client begins again with this address.',
  }),
  deleteDoi: field('isakmp.delete.doi', 'Domain of Interpretation', {
    explain: 'Says whose list the number of the protocol behind it comes from.',
    section: 'RFC 2408 §3.15',
    values: domains,
    meanings: domainMeanings,
  }),
  deleteProtocol: field('isakmp.delete.protoid', 'Protocol ID', {
    explain: 'Which SAs are gone: the IKE SA itself, or those of ESP, AH or IPComp.',
    section: 'RFC 2408 §3.15',
    values: securityProtocols,
    meanings: protocolMeanings1,
  }),
  deleteSpiSize: field('isakmp.spisize', 'SPI size', {
    explain: 'Bytes of each SPI: 16 for an IKE SA, both cookies; 4 for ESP and AH.',
    section: 'RFC 2408 §3.15',
    show: bytes,
  }),
  spiCount: field('isakmp.spinum', 'Number of SPIs', {
    explain: 'How many SAs of the protocol were thrown away at once: so many SPIs follow.',
    section: 'RFC 2408 §3.15',
  }),
  deletedSpi: field('isakmp.delete.spi', 'SPI', {
    type: 'bytes',
    explain:
      'One SA that the sender has thrown away, by the number under which it received. Packets with it go nowhere from now on.',
    section: 'RFC 2408 §3.15',
  }),
}

const f = notificationFields

/** The glossary of notifications and deletions. */
export const notifyFields = glossary(
  f,
  attributeGlossary(responderIkeAttributes),
  attributeGlossary(responderIpsecAttributes),
)

const isakmpProtocol = 1

/** The type of the first notification behind record `from` and in front of `until`, as `INITIAL-CONTACT`. */
export function notifyText(v: LayerView, from: number, until: number): string | undefined {
  const record = v.at(f.type, from, until)
  if (record < 0) return undefined
  const type = v.found.values[record]!
  return notifyTypes[type] ?? String(type)
}

/** Reads a notification payload. */
export function walkNotification(r: Reader): void {
  r.u32(f.doi)
  const protocol = r.u8(f.protocol)
  const spiSize = r.u8(f.spiSize)
  const type = r.u16(f.type)
  if (r.checking && type < 16384 && type !== 0)
    r.noteField('warning', meanings[type] ?? 'The other side reports an error')
  r.octets(f.spi, spiSize)
  walkData(r, type, protocol)
}

const responderLifetime = 24576
const replayStatus = 24577
const areYouThere = 36136
const areYouThereAck = 36137
const loadBalance = 40501

function walkData(r: Reader, type: number, protocol: number): void {
  const { left } = r
  if (type === responderLifetime) walkLifetime(r, protocol)
  else if (type === areYouThere && left === 4) r.u32(f.areYouThere)
  else if (type === areYouThereAck && left === 4) r.u32(f.areYouThereAck)
  else if (type === loadBalance && left === 4) r.ipv4(f.loadBalance)
  else if (type === replayStatus) r.rest(f.replayStatus)
  else r.rest(f.data)
}

function walkLifetime(r: Reader, protocol: number): void {
  r.open(f.lifetime)
  walkAttributes(r, protocol === isakmpProtocol ? responderIkeAttributes : responderIpsecAttributes)
  r.close()
}

/** Reads a delete payload. */
export function walkDelete(r: Reader): void {
  r.u32(f.deleteDoi)
  r.u8(f.deleteProtocol)
  const size = r.u8(f.deleteSpiSize)
  const promised = r.u16(f.spiCount)
  if (size === 0) {
    if (r.checking && promised > 0) r.noteField('error', 'SPIs of no bytes name nothing')
    return
  }
  for (let i = 0; i < promised; i++) r.octets(f.deletedSpi, size)
  if (r.checking && r.left > 0) r.noteOn(f.spiCount, 'error', 'More bytes are here than SPIs are promised')
}
