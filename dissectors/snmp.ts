import { printDetails } from '../src/dissect/detail-lines.ts'
import { glossary } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { anyTag, begin, derFields, readContents, readGroup, readLeaf, readNumber, tags } from './der.ts'
import { udpPorts } from './numbers/ports.ts'
import { engineFields, walkEngine } from './snmp-engine.ts'
import { exceptions, messageFields as m, pduFields as p, valueFields } from './snmp-fields.ts'

// SEQUENCE { version INTEGER, community OCTET STRING, PDU }                           versions 1 and 2c
// SEQUENCE { version INTEGER, SEQUENCE { msgID, msgMaxSize, msgFlags, msgSecurityModel },
//            OCTET STRING with SEQUENCE { engine, boots, time, user, digest, salt },
//            SEQUENCE { engine, context, PDU } or OCTET STRING, encrypted }           version 3
// PDU: [tag] { request-id, error-status, error-index, SEQUENCE OF SEQUENCE { name, value } }

const pduNames: Readonly<Record<number, string>> = {
  160: 'get-request',
  161: 'get-next-request',
  162: 'response',
  163: 'set-request',
  164: 'trap',
  165: 'get-bulk-request',
  166: 'inform-request',
  167: 'trap (version 2)',
  168: 'report',
}
const [bulk, trap] = [0xa5, 0xa4]
const [publicTag, lastTag] = [0xa0, 0xa8]

export const snmp = protocol({
  id: 'snmp',
  name: 'Simple Network Management Protocol',
  short: 'SNMP',
  reference: 'RFC 3416, RFC 3412, RFC 3414, RFC 1157',
  about:
    'Asks devices for their counters and settings, and changes them. Versions 1 and 2c send their only password in clear; version 3 signs and encrypts.',
  fields: glossary(m, p, engineFields, valueFields, derFields),
  claims: [[udpPorts, 161, 162]],
  walk(r) {
    // Values of BER have to be looked at to be found: only for those who look.
    if (r.sink !== null) walkMessage(r)
    r.rest(derFields.unread)
    return r.carry(undefined)
  },
  summary: summarize,
  line: printDetails,
})

function walkMessage(r: Reader): void {
  const whole = begin(r, tags.sequence)
  if (whole === undefined) return
  r.limitTo(whole.end - r.start, derFields.header)
  readNumber(r, m.version, tags.integer)
  if (r.left > 0 && r.peek() === tags.sequence) walkVersion3(r)
  else {
    readLeaf(r, m.community, tags.octetString)
    walkPdu(r)
  }
}

function walkVersion3(r: Reader): void {
  readGroup(r, m.globalData, tags.sequence, walkGlobalData)
  readGroup(r, m.security, tags.octetString, walkSecurity)
  if (r.peek() === tags.octetString) {
    begin(r, tags.octetString)
    r.opaque(m.encrypted, 'Encrypted: only the user’s key opens it')
  } else readGroup(r, m.scoped, tags.sequence, walkScoped)
}

function walkGlobalData(r: Reader): void {
  readNumber(r, m.messageId, tags.integer)
  readNumber(r, m.maxSize, tags.integer)
  readNumber(r, m.flags, tags.octetString)
  readNumber(r, m.model, tags.integer)
}

function walkSecurity(r: Reader): void {
  begin(r, tags.sequence)
  readContents(r, m.engine, tags.octetString, walkEngine)
  readNumber(r, m.boots, tags.integer)
  readNumber(r, m.time, tags.integer)
  readLeaf(r, m.user, tags.octetString)
  readLeaf(r, m.authentication, tags.octetString)
  readLeaf(r, m.privacy, tags.octetString)
}

function walkScoped(r: Reader): void {
  readContents(r, m.contextEngine, tags.octetString, walkEngine)
  readLeaf(r, m.contextName, tags.octetString)
  walkPdu(r)
}

function walkPdu(r: Reader): void {
  const tag = r.peek()
  if (tag < publicTag || tag > lastTag) {
    begin(r, publicTag)
    return
  }
  readGroup(r, p.pdu, tag, () => {
    if (tag === trap) walkTrap(r)
    else {
      readLeaf(r, p.requestId, tags.integer)
      readNumber(r, tag === bulk ? p.nonRepeaters : p.errorStatus, tags.integer)
      readNumber(r, tag === bulk ? p.maxRepetitions : p.errorIndex, tags.integer)
    }
    readGroup(r, p.bindings, tags.sequence, walkBindings)
  })
}

const ipAddress = 0x40
const timeTicks = 0x43

function walkTrap(r: Reader): void {
  readLeaf(r, p.enterprise, tags.objectIdentifier)
  const address = begin(r, ipAddress)
  if (address !== undefined && address.end - address.start === 4) r.ipv4(p.agent)
  else if (address !== undefined) r.octets(derFields.other, address.end - address.start)
  readNumber(r, p.generic, tags.integer)
  readNumber(r, p.specific, tags.integer)
  readLeaf(r, p.stamp, timeTicks)
}

function walkBindings(r: Reader): void {
  while (r.more()) if (!readGroup(r, p.binding, tags.sequence, walkBinding)) return
}

function walkBinding(r: Reader): void {
  readLeaf(r, p.name, tags.objectIdentifier)
  const tag = r.peek()
  readLeaf(r, valueFields[tag] ?? derFields.other, anyTag)
  const exception = exceptions[tag]
  if (exception !== undefined) r.noteField('info', exception)
}

function summarize(v: LayerView): string {
  const version = `version ${v.show(m.version).replace(/ .*/, '')}`
  const community = v.has(m.community) ? `, community ${v.show(m.community)}` : ''
  const user = v.has(m.user) ? `, user ${v.show(m.user)}` : ''
  const about = `${version}${community}${user}`
  if (!v.has(p.pdu)) return v.has(m.encrypted) ? `encrypted, ${about}` : about
  const name = pduNames[v.bytes[v.start(p.pdu)]!] ?? 'PDU'
  const error = v.has(p.errorStatus) && v.number(p.errorStatus) > 0 ? `, ${v.show(p.errorStatus)}` : ''
  return `${name}${error}${v.has(p.name) ? `, ${v.show(p.name)}` : ''}, ${about}`
}
