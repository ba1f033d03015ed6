import { keyExchangeFields } from '../../dissectors/ikev2-key-exchange.ts'
import { isakmp } from '../../dissectors/isakmp.ts'
import { f } from '../../dissectors/isakmp-fields.ts'
import { payloadFields, payloadTypeOf } from '../../dissectors/isakmp-payloads.ts'
import { exchangeTypes, payloadNotations } from '../../dissectors/numbers/isakmp.ts'
import { vendorNameOf } from '../../dissectors/vendor-id.ts'
import type { Dissection } from '../dissect/dissection.ts'
import { notify1, notify2 } from './ike-notifies.ts'
import { proposals2 } from './ike-proposals.ts'
import { proposals1 } from './ikev1-proposals.ts'
import { natFindings } from './nat-findings.ts'
import type { Path } from './path.ts'
import { Records } from './records.ts'
import type { Message, Notify, Proposal } from './story.ts'

/** What tells one message from another, before its payloads are read. */
export type Header = {
  readonly initiatorSpi: string
  readonly responderSpi: string
  readonly version: number
  readonly exchange: number
  readonly messageId: number
  /** IKEv2: set by the side that began. */
  readonly hasInitiatorFlag: boolean
  readonly isResponse: boolean
  readonly isEncrypted: boolean
  /** Bytes of the message, as its header says. */
  readonly length: number
}

/** Names of payloads, transforms and notifies that are kept of one message; what a hostile one has more is left out. */
const piecesRead = 4096

const securityAssociation1 = 1
const notification1 = 11
const vendorId1 = 13
const securityAssociation2 = 33
const keyExchange2 = 34
const notify = 41
const vendorId2 = 43
const encrypted = 46
const encryptedFragment = 53
const fragment1 = 132

/** The header of an isakmp layer; undefined for a keepalive, and where it broke off too early to be told from others. */
export function headerOf(found: Dissection, layer: number): Header | undefined {
  const view = found.layer(layer)
  if (found.protocols[layer] !== isakmp) return undefined
  const records = Records.of(view)
  const messageId = records.number(f.messageId)
  if (Number.isNaN(messageId)) return undefined
  const version = records.number(f.version) >> 4
  const next = records.number(f.nextPayload)
  const flags = records.number(version === 1 ? f.flags1 : f.flags2)
  const length = records.number(f.length)
  return {
    initiatorSpi: records.hex(f.initiatorSpi),
    responderSpi: records.hex(f.responderSpi),
    version,
    exchange: records.number(f.exchangeType),
    messageId,
    hasInitiatorFlag: version !== 1 && (flags & 8) !== 0,
    isResponse: version !== 1 && (flags & 32) !== 0,
    isEncrypted: version === 1 ? (flags & 1) !== 0 : next === encrypted || next === encryptedFragment,
    length: Number.isNaN(length) ? view.extent : length,
  }
}

/** What the payloads of a message say. */
type Body = {
  payloads: string[]
  proposals: Proposal[]
  notifies: Notify[]
  vendors: string[]
  group: number
  fragment: Message['fragment']
  isEncrypted: boolean
  /** Names, transforms and notifies so far. */
  pieces: number
}

/** A message with everything that it says, and how much that is to keep. */
export type ReadMessage = { readonly message: Message; readonly pieces: number }

/** Reads a message; who sent it is for the negotiation to know. */
export function readMessage(
  found: Dissection,
  layer: number,
  header: Header,
  path: Path,
  time: number,
  fromInitiator: boolean,
): ReadMessage {
  const body = readBody(Records.of(found.layer(layer)), header)
  const status = found.statuses[layer]
  const { version, exchange, messageId, isResponse, length } = header
  const message: Message = {
    packet: found.frame.number,
    time,
    from: path.from,
    to: path.to,
    fromInitiator,
    version,
    exchange,
    exchangeName: exchangeTypes[exchange] ?? `exchange ${exchange}`,
    messageId,
    isResponse,
    isEncrypted: header.isEncrypted || body.isEncrypted,
    length,
    payloads: body.payloads,
    proposals: body.proposals,
    notifies: body.notifies,
    nat: natFindings(found, layer, path),
    group: body.group,
    fragment: body.fragment,
    fragments: [],
    vendors: body.vendors,
    transport: path.carrier === 'tcp' ? 'tcp' : path.isEncapsulated ? 'udp-encapsulated' : 'udp',
    isCut: status === 'truncated' || status === 'malformed' || body.pieces >= piecesRead,
    repeats: [],
  }
  return { message, pieces: body.pieces }
}

function readBody(records: Records, header: Header): Body {
  const body: Body = {
    payloads: [],
    proposals: [],
    notifies: [],
    vendors: [],
    group: 0,
    fragment: undefined,
    isEncrypted: false,
    pieces: 0,
  }
  for (const [field, inside] of records.groups()) {
    const type = payloadTypeOf(field)
    if (type === undefined) continue
    if (body.pieces >= piecesRead) break
    body.pieces++
    body.payloads.push(payloadNotations[type] ?? '?')
    readPayload(body, type, inside, header)
  }
  return body
}

function readPayload(body: Body, type: number, inside: Records, header: Header): void {
  switch (type) {
    case securityAssociation1:
      readProposals(body, proposals1(inside))
      break
    case securityAssociation2:
      readProposals(body, proposals2(inside))
      break
    case keyExchange2:
      body.group = inside.number(keyExchangeFields.method) || 0
      break
    case notification1:
      readNotify(body, notify1(inside))
      break
    case notify:
      readNotify(body, notify2(inside))
      break
    case vendorId1:
    case vendorId2:
      readVendor(body, inside)
      break
    case encrypted:
    case encryptedFragment:
    case fragment1:
      body.isEncrypted = type !== fragment1
      body.fragment = fragmentOf(inside, header)
  }
}

function readProposals(body: Body, proposals: Iterable<Proposal>): void {
  for (const proposal of proposals) {
    body.pieces += 1 + proposal.transforms.length
    if (body.pieces > piecesRead) return
    body.proposals.push(proposal)
  }
}

function readNotify(body: Body, said: Notify | undefined): void {
  if (said === undefined) return
  body.payloads[body.payloads.length - 1] = `N(${said.name})`
  body.notifies.push(said)
  body.pieces++
}

function readVendor(body: Body, inside: Records): void {
  for (const [field] of inside.all()) {
    const name = vendorNameOf(field)
    if (name !== undefined) body.vendors.push(name)
  }
}

/** IKEv1 tells only of the last fragment that it is the last. */
function fragmentOf(inside: Records, header: Header): Message['fragment'] {
  const isOld = header.version === 1
  const number = inside.number(isOld ? payloadFields.ciscoFragmentNumber : payloadFields.fragmentNumber)
  if (Number.isNaN(number)) return undefined
  const isLast = inside.number(payloadFields.ciscoLastFragment) === 1
  const total = isOld ? (isLast ? number : 0) : inside.number(payloadFields.totalFragments) || 0
  return { number, total }
}
