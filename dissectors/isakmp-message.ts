import type { Dissection } from '../src/dissect/dissection.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { f as header } from './isakmp-fields.ts'
import { payloadTypeOf } from './isakmp-payloads.ts'
import { exchangeTypes, payloadTypes } from './numbers/isakmp.ts'

// What the RFCs demand of a whole message, whatever its single payloads say.

const sa = 33
const keyExchange = 34
const nonce = 40
const notify = 41
const encrypted = [46, 53]

/** Those that a message has once (RFC 7296 appendix C); notifies, certificates, deletes and vendor IDs may come often. */
const once = new Set([sa, keyExchange, 35, 36, 39, nonce, 44, 45, 46, 47, 48, 53])

const saInit = 34
/** Exchanges in which the one who asks is always the one who began the IKE SA: with IKE_AUTH, session resumption, IKE_INTERMEDIATE. */
const byInitiator = new Set([saInit, 35, 38, 43])
/** Exchanges that only an IKE SA can carry, so that their messages are encrypted: IKE_AUTH, CREATE_CHILD_SA, IKE_INTERMEDIATE, IKE_FOLLOWUP_KE. */
const insideSa = new Set([35, 36, 43, 44])

/** Main and aggressive mode, which come before any security association. */
const phase1 = new Set([2, 4])
/** Quick and new group mode, which one protects, and the section of RFC 2409 that demands it. */
const phase2: Readonly<Record<number, string>> = { 32: '§5.5', 33: '§5.6' }

const encryptedFlag = 0x01
const responseFlag = 0x20
const versionFlag = 0x10
const initiatorFlag = 0x08

/** Notes what the header of a message may not say. `r` is behind the flags. */
export function checkHeader(r: Reader, version: number, exchange: number, flags: number): void {
  const major = version >> 4
  const section = major === 1 ? 'RFC 2408 §3.1' : 'RFC 7296 §3.1'
  if ((version & 15) !== 0)
    r.noteOn(header.version, 'warning', `The minor version is to be 0 (${section}); receivers ignore it`)
  if (major === 2) checkFlags(r, exchange, flags)
  else if (phase2[exchange] !== undefined && (flags & encryptedFlag) === 0)
    r.noteField('error', `${exchangeTypes[exchange]} is to be encrypted (RFC 2409 ${phase2[exchange]})`)
}

function checkFlags(r: Reader, exchange: number, flags: number): void {
  if (flags & versionFlag)
    r.noteField('warning', 'IKEv2 is the newest version: the version flag is to be 0 (RFC 7296 §3.1)')
  if (!byInitiator.has(exchange)) return
  const isResponse = (flags & responseFlag) !== 0
  if (isResponse === ((flags & initiatorFlag) !== 0))
    r.noteField(
      'error',
      isResponse
        ? `The responder of ${exchangeTypes[exchange]} never began the IKE SA: its initiator flag is to be 0 (RFC 7296 §3.1)`
        : `Who asks for ${exchangeTypes[exchange]} began the IKE SA: its initiator flag is to be 1 (RFC 7296 §3.1)`,
    )
  if (exchange === saInit && !isResponse && !zerosAt(r, 8))
    r.noteOn(header.responderSpi, 'error', 'Nobody has answered yet: the SPI is to be 0 (RFC 7296 §3.1)')
}

/** Notes a message ID that the exchange cannot have. `r` is behind the ID. */
export function checkMessageId(r: Reader, version: number, exchange: number, id: number): void {
  if (version >> 4 === 1) {
    if (phase1.has(exchange) && id !== 0)
      r.noteField('error', `${exchangeTypes[exchange]} has message ID 0 (RFC 2408 §3.1)`)
  } else if (exchange === saInit && id !== 0)
    r.noteField('error', 'IKE_SA_INIT has message ID 0, also when it is sent again (RFC 7296 §2.2)')
  else if (exchange === 35 && id === 0)
    r.noteField('error', 'IKE_SA_INIT had message ID 0: IKE_AUTH comes later (RFC 7296 §2.2)')
}

/** Notes what is missing in a message that was read to its end, and what it has twice. */
export function checkPayloads(r: Reader, exchange: number, flags: number): void {
  const { sink } = r
  if (sink === null) return
  const types = noteRepeated(sink)
  if (insideSa.has(exchange) && types.size > 0 && !encrypted.some(type => types.has(type)))
    r.note('error', `${exchangeTypes[exchange]} is to be encrypted (RFC 7296 §1.2)`)
  if (exchange !== saInit || ((flags & responseFlag) !== 0 && types.has(notify) && !types.has(sa))) return
  const missing = [sa, keyExchange, nonce].filter(type => !types.has(type))
  if (missing.length === 0) return
  const names = missing.map(type => payloadTypes[type]).join(', ')
  r.note('error', `IKE_SA_INIT needs what is not there: ${names} (RFC 7296 §1.2)`)
}

/** The types of payload in the layer; one that comes again though it may not is noted. */
function noteRepeated(sink: Dissection): Set<number> {
  const types = new Set<number>()
  for (let record = sink.first[sink.current]!; record < sink.fieldCount; record++) {
    const type = sink.depths[record] === 0 ? payloadTypeOf(sink.fields[record]!) : undefined
    if (type === undefined) continue
    if (types.has(type) && once.has(type))
      sink.remark('error', 'A message has this payload only once (RFC 7296 appendix C)', record)
    types.add(type)
  }
  return types
}

/** True where the 8 bytes at `at` of the layer are 0. */
function zerosAt(r: Reader, at: number): boolean {
  for (let i = 0; i < 8; i++) if (r.bytes[r.start + at + i] !== 0) return false
  return true
}
