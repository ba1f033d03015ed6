import { glossary } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { nameOf } from '../src/dissect/number-space.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { tlsLesson } from './lessons/sessions.ts'
import { tcpPorts } from './numbers/ports.ts'
import { alerts, contentTypes, tlsHandshakeTypes } from './numbers/tls.ts'
import { extensionFields } from './tls-extension-fields.ts'
import { recordFields as f } from './tls-fields.ts'
import { isRetry, looksReadable, walkHandshakes } from './tls-handshake.ts'
import { handshakeFields } from './tls-handshake-fields.ts'
import { together } from './together.ts'
import { x509Fields } from './x509.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// | Content Type  |            Version            |    Length …
//    …  Length    |  Fragment: handshake, alert, data …
// and so on, record after record

const [changeCipherSpec, alert, handshake, applicationData, heartbeat] = [20, 21, 22, 23, 24]

const headerLength = 5

/** RFC 5246 §6.2.3: 16 kB, and what compressing and encrypting may add. */
const longestFragment = 0x4000 + 2048

/**
 * Bytes of the record `ahead` bytes from the cursor, its header included: 0 where too little of it is here to tell, -1
 * where no record can begin like this.
 */
export function tlsRecordLength(r: Reader, ahead = 0): number {
  const type = r.peek(ahead)
  if (type < 0) return 0
  if (type < changeCipherSpec || type > heartbeat) return -1
  const major = r.peek(ahead + 1)
  const minor = r.peek(ahead + 2)
  if ((major >= 0 && major !== 3) || minor > 4) return -1
  const low = r.peek(ahead + 4)
  if (low < 0) return 0
  const length = (r.peek(ahead + 3) << 8) | low
  return length > longestFragment ? -1 : headerLength + length
}

export const tls = protocol({
  id: 'tls',
  name: 'Transport Layer Security',
  short: 'TLS',
  reference: 'RFC 8446 (TLS 1.3), RFC 5246 (TLS 1.2)',
  about:
    'Encrypts and authenticates a stream of bytes. Web, mail and several VPNs run on it: SSTP, OpenConnect, the control channel of OpenVPN.',
  lesson: tlsLesson,
  fields: glossary(f, handshakeFields, extensionFields, x509Fields),
  // HTTPS, SMTP, LDAP, DNS, FTP, telnet, IMAP, POP3, RADIUS, SIP, STUN, AMQP, syslog, MQTT; 8443 by custom.
  claims: [
    [tcpPorts, 443, 465, 636, 853, 989, 990, 992, 993, 995, 2083, 5061, 5349, 5555, 5671, 6514, 8443, 8883],
  ],
  guess: { space: tcpPorts, first: [[handshake, handshake]], begins: looksLikeHello, goesOn: () => true },
  message: r => together(r, tlsRecordLength),
  walk(r) {
    walkRecords(r)
    return r.carry(undefined)
  },
  summary: summarize,
})

/** True for a record with the first message of either side: type, version and both lengths fit, and the version inside. */
function looksLikeHello(r: Reader): boolean {
  const type = r.peek(headerLength)
  if (r.peek() !== handshake || (type !== 1 && type !== 2) || r.peek(9) !== 3 || r.peek(10) > 4) return false
  const length = (r.peek(6) << 16) | (r.peek(7) << 8) | r.peek(8)
  return length >= leastHello && headerLength + 4 + length <= tlsRecordLength(r)
}

/** Version, random, and a session ID, suites and compression of a byte or two. */
const leastHello = 38

/** Reads records up to the limit. What begins with none is a piece of one. */
export function walkRecords(r: Reader): void {
  let encrypted = false
  while (r.more()) {
    const length = tlsRecordLength(r)
    if (length < 0 || (length === 0 && r.whole)) walkPart(r)
    else encrypted = walkRecord(r, length, encrypted)
  }
}

function walkPart(r: Reader): void {
  r.note('info', 'A piece of a record that begins or ends in another packet; it is not put together here')
  r.rest(f.part)
}

/** `length` with header; `encrypted`: a change of keys came before. Returns whether one came now. */
function walkRecord(r: Reader, length: number, encrypted: boolean): boolean {
  r.open(f.record)
  const type = r.u8(f.contentType)
  r.u16(f.recordVersion)
  const size = r.u16(f.recordLength)
  if (size > r.left) {
    if (r.noting)
      r.noteField(
        'info',
        `The record has ${size} bytes, ${r.left} of them here; the rest is in later packets, which are not put together`,
      )
    walkBeginning(r, type, encrypted)
  } else {
    r.claim(length, f.recordLength)
    if (size > 0) walkFragment(r, type, encrypted)
  }
  r.close()
  return encrypted || type === changeCipherSpec
}

/** The first bytes of a record that goes on elsewhere: of a handshake, messages that are whole can be read. */
function walkBeginning(r: Reader, type: number, encrypted: boolean): void {
  if (r.left === 0) return
  if (type === applicationData) walkData(r)
  else if (type === handshake && !encrypted && looksReadable(r, false)) walkHandshakes(r)
  else r.rest(f.part)
}

function walkFragment(r: Reader, type: number, encrypted: boolean): void {
  switch (type) {
    case changeCipherSpec:
      if (r.left === 1) r.u8(f.changeCipherSpec)
      break
    case alert:
      walkAlert(r)
      break
    case handshake:
      if (looksReadable(r, encrypted)) walkHandshakes(r)
      else r.opaque(f.encryptedHandshake, 'Encrypted: the keys of this connection are needed to read on')
      break
    case applicationData:
      walkData(r)
      break
    case heartbeat:
      r.rest(f.heartbeat)
  }
}

/** An alert in clear has two bytes; encryption makes it longer. */
function walkAlert(r: Reader): void {
  if (r.left !== 2) {
    r.opaque(f.encryptedAlert, 'Encrypted: an alert, most often the goodbye')
    return
  }
  r.open(f.alert)
  r.u8(f.alertLevel)
  r.u8(f.alertDescription)
  r.close()
}

function walkData(r: Reader): void {
  r.opaque(f.applicationData, 'Encrypted: what is said inside only the two ends can read')
}

/** What a summary is made of: asked for one by one, so that views which record only that have it. */
const told = [
  f.contentType,
  handshakeFields.type,
  f.alertDescription,
  f.encryptedAlert,
  f.encryptedHandshake,
  extensionFields.name,
]

/** `Client Hello (vpn.example.org)`, `Change Cipher Spec, Application Data × 3`. */
function summarize(v: LayerView): string {
  const names: string[] = []
  for (const f of told) v.at(f)
  const { fields, values, first, last } = v.found
  for (let i = first[v.index]!; i < last[v.index]!; i++) {
    const value = values[i]!
    if (fields[i] === f.contentType && value !== handshake && value !== alert)
      names.push(contentTypes[value] ?? `content ${value}`)
    else if (fields[i] === handshakeFields.type) names.push(handshakeName(v, i, value))
    else if (fields[i] === f.alertDescription) names.push(`Alert: ${nameOf(alerts, value) ?? value}`)
    else if (fields[i] === f.encryptedAlert) names.push('Encrypted Alert')
    else if (fields[i] === f.encryptedHandshake) names.push('Encrypted Handshake Message')
  }
  return names.length > 0 ? counted(names).join(', ') : 'part of a record'
}

function handshakeName(v: LayerView, record: number, type: number): string {
  const name = nameOf(tlsHandshakeTypes, type) ?? `handshake ${type}`
  const random = type === 2 ? v.at(handshakeFields.random, record) : -1
  if (random >= 0 && isRetry(v.bytes, v.position(random))) return 'Hello Retry Request'
  const server = type === 1 ? v.at(extensionFields.name, record) : -1
  return server < 0 ? name : `${name} (${v.show(extensionFields.name)})`
}

/** Puts the same names in a row together. */
function counted(names: readonly string[]): string[] {
  const together: string[] = []
  for (let i = 0; i < names.length; ) {
    let next = i + 1
    while (names[next] === names[i]) next++
    together.push(next - i > 1 ? `${names[i]} × ${next - i}` : names[i]!)
    i = next
  }
  return together
}
