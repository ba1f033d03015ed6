import { type Field, field, seconds } from '../src/dissect/field.ts'
import { oidText } from './der.ts'
import { longTime } from './durations.ts'
import { snmpErrorMeanings, snmpTrapMeanings } from './numbers/configuration-meanings.ts'

/** `1.3.6.1.2.1.1.3.0`, with the name of what is asked for most. */
function readObject(bytes: Uint8Array, start: number, length: number): string {
  const oid = oidText(bytes, start, start + length)
  const known = Object.keys(objects).find(prefix => oid === prefix || oid.startsWith(`${prefix}.`))
  return known === undefined ? oid : `${objects[known]}${oid.slice(known.length)} (${oid})`
}

/** Objects of MIB-2, USM and notifications that turn up everywhere: RFC 3418, 2863, 3414. */
const objects: Readonly<Record<string, string>> = {
  '1.3.6.1.2.1.1.1': 'sysDescr',
  '1.3.6.1.2.1.1.2': 'sysObjectID',
  '1.3.6.1.2.1.1.3': 'sysUpTime',
  '1.3.6.1.2.1.1.4': 'sysContact',
  '1.3.6.1.2.1.1.5': 'sysName',
  '1.3.6.1.2.1.1.6': 'sysLocation',
  '1.3.6.1.2.1.2.2.1.2': 'ifDescr',
  '1.3.6.1.2.1.2.2.1.8': 'ifOperStatus',
  '1.3.6.1.2.1.2.2.1.10': 'ifInOctets',
  '1.3.6.1.2.1.2.2.1.16': 'ifOutOctets',
  '1.3.6.1.2.1.31.1.1.1.6': 'ifHCInOctets',
  '1.3.6.1.2.1.31.1.1.1.10': 'ifHCOutOctets',
  '1.3.6.1.6.3.1.1.4.1': 'snmpTrapOID',
  '1.3.6.1.6.3.1.1.5.1': 'coldStart',
  '1.3.6.1.6.3.1.1.5.2': 'warmStart',
  '1.3.6.1.6.3.1.1.5.3': 'linkDown',
  '1.3.6.1.6.3.1.1.5.4': 'linkUp',
  '1.3.6.1.6.3.1.1.5.5': 'authenticationFailure',
  '1.3.6.1.6.3.15.1.1.1': 'usmStatsUnsupportedSecLevels',
  '1.3.6.1.6.3.15.1.1.2': 'usmStatsNotInTimeWindows',
  '1.3.6.1.6.3.15.1.1.3': 'usmStatsUnknownUserNames',
  '1.3.6.1.6.3.15.1.1.4': 'usmStatsUnknownEngineIDs',
  '1.3.6.1.6.3.15.1.1.5': 'usmStatsWrongDigests',
  '1.3.6.1.6.3.15.1.1.6': 'usmStatsDecryptionErrors',
}

/** Bytes of a number that are put into digits; longer ones are no SNMP. */
const longestNumber = 9

/** The digits of a number of BER, which has a sign. */
function readInteger(bytes: Uint8Array, start: number, length: number): string {
  if (length === 0 || length > longestNumber) return 'a number of unlikely length'
  let value = 0n
  for (let i = 0; i < length; i++) value = (value << 8n) | BigInt(bytes[start + i]!)
  return String(BigInt.asIntN(8 * length, value))
}

/** Hundredths of a second as seconds. */
const readTicks = (bytes: Uint8Array, start: number, length: number): string =>
  `${Number(readInteger(bytes, start, length)) / 100} seconds`

/** Text where all of it can be read, else hexadecimal. */
function readOctets(bytes: Uint8Array, start: number, length: number): string {
  const octets = Buffer.from(bytes.buffer, bytes.byteOffset + start, length)
  return octets.every(byte => byte >= 0x20 && byte < 0x7f)
    ? octets.toString('latin1')
    : octets.toString('hex')
}

const number = (name: string, label: string, section: string, explain: string) =>
  field(`snmp.${name}`, label, { explain, section })
/** A number of 32 bits that may be negative. */
const integer = (name: string, label: string, section: string, explain: string) =>
  field(`snmp.${name}`, label, { type: 'bytes', explain, section, read: readInteger })
const octets = (name: string, label: string, section: string, explain: string) =>
  field(`snmp.${name}`, label, { type: 'bytes', explain, section })
const text = (name: string, label: string, section: string, explain: string) =>
  field(`snmp.${name}`, label, { type: 'text', explain, section })
const group = (name: string, label: string, section: string, explain: string) =>
  field(`snmp.${name}`, label, { type: 'group', explain, section })
const object = (name: string, label: string, section: string, explain: string) =>
  field(`snmp.${name}`, label, { type: 'bytes', explain, section, read: readObject })

const versions: Readonly<Record<number, string>> = { 0: '1', 1: '2c', 2: '2u', 3: '3' }

export const messageFields = {
  version: field('snmp.version', 'Version', {
    explain: 'One less than the name of the version, but for the third: 0, 1 and 3 are in use.',
    meanings: {
      0: 'Version 1, whose only protection is a password in clear.',
      1: 'Version 2c: faster questions and larger counters, the same password in clear.',
      2: 'A draft of version 2 with users; it was never taken up.',
      3: 'Version 3, with users, signatures and encryption.',
    },
    section: 'RFC 3584 §1',
    values: versions,
  }),
  community: text(
    'community',
    'Community',
    'RFC 1157 §3.2.5',
    'The password of versions 1 and 2c, in clear. Many devices were never given another one than “public”.',
  ),
  globalData: group('msgGlobalData', 'Global data', 'RFC 3412 §6', 'How the message is to be taken.'),
  messageId: number(
    'msgID',
    'Message ID',
    'RFC 3412 §6.2',
    'Joins answers to their questions before anything is decrypted.',
  ),
  maxSize: number(
    'msgMaxSize',
    'Maximum size',
    'RFC 3412 §6.3',
    'Bytes of the longest message that the sender can take.',
  ),
  flags: field('snmp.msgFlags', 'Flags', {
    explain: 'Whether the message is signed, whether it is encrypted, and whether errors are to be reported.',
    section: 'RFC 3412 §6.4',
    parts: [
      [undefined, 5],
      [flag('report', 'Reportable', 'Asks to be told when the message cannot be read.'), 1],
      [flag('crypt', 'Encrypted', 'Set where only those with the key can read on.'), 1],
      [flag('auth', 'Authenticated', 'Set where a digest proves who sent it, and when.'), 1],
    ],
  }),
  model: field('snmp.msgSecurityModel', 'Security model', {
    explain: 'Who checks names and keys; 3 is the one that everybody uses.',
    section: 'RFC 3412 §6.5',
    values: { 1: 'SNMPv1', 2: 'SNMPv2c', 3: 'USM', 4: 'TSM' },
  }),
  security: group(
    'msgSecurityParameters',
    'Security parameters',
    'RFC 3414 §2.4',
    'Who speaks, with which proof; always in clear.',
  ),
  engine: group(
    'msgAuthoritativeEngineID',
    'Authoritative engine ID',
    'RFC 3414 §2.4',
    'The device whose keys count, by an ID that no other has.',
  ),
  boots: number(
    'msgAuthoritativeEngineBoots',
    'Engine boots',
    'RFC 3414 §2.2.2',
    'How often the device was started: with the time it keeps old messages from being sent again.',
  ),
  time: field('snmp.msgAuthoritativeEngineTime', 'Engine time', {
    explain: 'How long the device is running; whoever is off by more than 150 seconds is not heard.',
    here: longTime,
    section: 'RFC 3414 §2.2.2',
    show: seconds,
  }),
  user: text(
    'msgUserName',
    'User name',
    'RFC 3414 §2.4',
    'The user under whose keys the message is authenticated and encrypted.',
  ),
  authentication: octets(
    'msgAuthenticationParameters',
    'Authentication parameters',
    'RFC 3414 §2.4',
    'The digest over the whole message, made with the key of the user.',
  ),
  privacy: octets(
    'msgPrivacyParameters',
    'Privacy parameters',
    'RFC 3414 §2.4',
    'What decryption starts from, besides the key.',
  ),
  scoped: group('msgData', 'Scoped PDU', 'RFC 3412 §6.8', 'The question or answer, and what it is about.'),
  contextEngine: group(
    'contextEngineID',
    'Context engine ID',
    'RFC 3411 §3.3.2',
    'The device that is asked about, where another one answers for it.',
  ),
  contextName: text('contextName', 'Context name', 'RFC 3411 §3.3.3', 'Which part of the device is meant.'),
  encrypted: octets(
    'encryptedPDU',
    'Encrypted PDU',
    'RFC 3412 §6.8',
    'Question or answer, encrypted with DES or AES.',
  ),
}

function flag(name: string, label: string, explain: string): Field<'flag'> {
  return field(`snmp.v3.flags.${name}`, label, { type: 'flag', explain, section: 'RFC 3412 §6.4' })
}

const pduSection = 'RFC 3416 §3'
const errors = [
  'noError',
  'tooBig',
  'noSuchName',
  'badValue',
  'readOnly',
  'genErr',
  'noAccess',
  'wrongType',
  'wrongLength',
  'wrongEncoding',
  'wrongValue',
  'noCreation',
  'inconsistentValue',
  'resourceUnavailable',
  'commitFailed',
  'undoFailed',
  'authorizationError',
  'notWritable',
  'inconsistentName',
]

export const pduFields = {
  pdu: group('data', 'PDU', pduSection, 'The request or report itself, with the variables it is about.'),
  requestId: integer('request_id', 'Request ID', pduSection, 'Joins the answer to its question.'),
  errorStatus: field('snmp.error_status', 'Error status', {
    explain: 'What went wrong; questions have 0.',
    section: pduSection,
    meanings: snmpErrorMeanings,
    values: Object.fromEntries(errors.entries()),
  }),
  errorIndex: number(
    'error_index',
    'Error index',
    pduSection,
    'Which of the variables it went wrong with, from 1 on.',
  ),
  nonRepeaters: number(
    'non_repeaters',
    'Non-repeaters',
    pduSection,
    'So many variables in front are wanted once, the others again and again.',
  ),
  maxRepetitions: number(
    'max_repetitions',
    'Maximum repetitions',
    pduSection,
    'How often at most. A small question with a large number here has made devices flood others with answers.',
  ),
  enterprise: object(
    'enterprise',
    'Enterprise',
    'RFC 1157 §4.1.6',
    'Whose device it is, or who defined the trap.',
  ),
  agent: field('snmp.agent_addr', 'Agent address', {
    type: 'ipv4',
    explain: 'The address that the device believes to have, whatever NAT made of it.',
    section: 'RFC 1157 §4.1.6',
  }),
  generic: field('snmp.generic_trap', 'Generic trap', {
    explain: 'What happened on the device, in one of seven words.',
    section: 'RFC 1157 §4.1.6',
    meanings: snmpTrapMeanings,
    values: {
      0: 'coldStart',
      1: 'warmStart',
      2: 'linkDown',
      3: 'linkUp',
      4: 'authenticationFailure',
      5: 'egpNeighborLoss',
      6: 'enterpriseSpecific',
    },
  }),
  specific: number(
    'specific_trap',
    'Specific trap',
    'RFC 1157 §4.1.6',
    'Which of the traps that the enterprise defined.',
  ),
  stamp: field('snmp.time_stamp', 'Time stamp', {
    type: 'bytes',
    explain: 'How long the device was running when it happened.',
    section: 'RFC 1157 §4.1.6',
    read: readTicks,
  }),
  bindings: group(
    'variable_bindings',
    'Variable bindings',
    pduSection,
    'The variables that are asked for, or told of.',
  ),
  binding: group(
    'VarBind',
    'Variable binding',
    pduSection,
    'A variable and its value; in questions the value is null.',
  ),
  name: object(
    'name',
    'Object name',
    pduSection,
    'Which variable: its place in a tree that all devices share.',
  ),
}

const valueSection = 'RFC 3416 §2.5'

/** Values of variables, by their tags. */
export const valueFields: Readonly<Record<number, Field<'bytes'>>> = {
  2: integer('value.int', 'Integer', valueSection, 'A number with a sign; enumerations are such, too.'),
  4: field('snmp.value.octets', 'Octet string', {
    type: 'bytes',
    explain: 'Text or bytes; only the definition of the variable says which.',
    section: valueSection,
    read: readOctets,
  }),
  6: object('value.oid', 'Object identifier', valueSection, 'The name of something else in the tree.'),
  64: field('snmp.value.addr', 'IP address', {
    type: 'bytes',
    explain: 'The value is an IPv4 address, as in tables of interfaces and routes.',
    section: valueSection,
    read: (bytes, start, length) => bytes.subarray(start, start + length).join('.'),
  }),
  65: integer(
    'value.counter',
    'Counter',
    valueSection,
    'Only goes up, and begins anew at 0; two readings make a rate.',
  ),
  66: integer('value.g32', 'Gauge', valueSection, 'A level that goes up and down.'),
  67: field('snmp.value.timeticks', 'Time ticks', {
    type: 'bytes',
    explain: 'Hundredths of a second since something.',
    section: valueSection,
    read: readTicks,
  }),
  68: octets(
    'value.opaque',
    'Opaque',
    valueSection,
    'Anything else, wrapped; floating-point numbers mostly.',
  ),
  70: integer(
    'value.counter64',
    'Counter64',
    valueSection,
    'A counter that does not wrap around on fast links.',
  ),
}

/** Tags of values that are none. */
export const exceptions: Readonly<Record<number, string>> = {
  128: 'There is no such object',
  129: 'There is no such instance of the object',
  130: 'The end of what there is',
}
