import { bytes, field, hex } from '../src/dissect/field.ts'
import { nameOf } from '../src/dissect/number-space.ts'
import { alertLevels, alerts, contentTypes, supportedGroups, tlsVersions } from './numbers/tls.ts'
import { alertMeanings, contentMeanings, levelMeanings, versionMeanings } from './numbers/tls-meanings.ts'

/** Shows a number of two bytes as `x25519 (0x001d)`. */
export const named = (names: Readonly<Record<number, string>>) => (value: number) =>
  `${nameOf(names, value) ?? 'unassigned'} (${hex(4)(value)})`

export const showVersion = named(tlsVersions)
export const showGroup = named(supportedGroups)

/** The glossary of records and of what they carry but handshakes. */
export const recordFields = {
  record: field('tls.record', 'Record', {
    type: 'group',
    explain: 'The stream comes in records of at most 16 kB; each is encrypted and authenticated on its own.',
    section: 'RFC 8446 §5.1',
    read: (from, start, length) => (length > 0 ? (contentTypes[from[start]!] ?? '') : ''),
  }),
  contentType: field('tls.record.content_type', 'Content type', {
    explain:
      'What the record holds. Once TLS 1.3 encrypts, the true type is inside, and every record bears the same one outside.',
    section: 'RFC 8446 §5.1',
    values: contentTypes,
    meanings: contentMeanings,
  }),
  recordVersion: field('tls.record.version', 'Version', {
    explain:
      'Frozen for the sake of old middleboxes: TLS 1.2 stands here in TLS 1.3 too, and TLS 1.0 in first messages. The hellos tell the true one.',
    section: 'RFC 8446 §5.1',
    show: showVersion,
    values: tlsVersions,
    meanings: versionMeanings,
  }),
  recordLength: field('tls.record.length', 'Length', {
    explain: 'Bytes of the record behind this number. TCP has no borders, so each record says where it ends.',
    section: 'RFC 8446 §5.1',
    show: bytes,
  }),
  changeCipherSpec: field('tls.change_cipher_spec', 'Change cipher spec', {
    explain:
      'Always 1. Up to TLS 1.2 what this side sends after it is encrypted with the new keys; in 1.3 it means nothing.',
    section: 'RFC 5246 §7.1',
  }),
  alert: field('tls.alert_message', 'Alert', {
    type: 'group',
    explain: 'Two bytes: how bad it is, and why.',
    section: 'RFC 8446 §6',
  }),
  alertLevel: field('tls.alert_message.level', 'Level', {
    explain:
      'How bad it is. Up to TLS 1.2 some alerts leave the connection alive; in 1.3 all but the goodbye end it, whatever stands here.',
    section: 'RFC 8446 §6',
    values: alertLevels,
    meanings: levelMeanings,
  }),
  alertDescription: field('tls.alert_message.desc', 'Description', {
    explain: 'The reason, by a number. It says what went wrong, not whose fault it is.',
    section: 'RFC 8446 §6',
    values: alerts,
    meanings: alertMeanings,
  }),
  encryptedAlert: field('tls.alert_message.encrypted', 'Encrypted alert', {
    type: 'bytes',
    explain: 'An alert after the keys were made. Most often it is the goodbye at the end of a connection.',
  }),
  applicationData: field('tls.app_data', 'Encrypted application data', {
    type: 'bytes',
    explain:
      'What the connection is for, or in TLS 1.3 also the rest of the handshake. Only the holders of the keys can read it.',
    section: 'RFC 8446 §5.2',
  }),
  encryptedHandshake: field('tls.handshake.encrypted', 'Encrypted handshake message', {
    type: 'bytes',
    explain: 'A message of the handshake under the keys just made; the first one is always Finished.',
  }),
  heartbeat: field('tls.heartbeat', 'Heartbeat message', {
    type: 'bytes',
    explain:
      'Asks whether the other side is still there. Reading past its true length was the Heartbleed bug.',
    section: 'RFC 6520 §4',
  }),
  part: field('tls.segment.data', 'Part of a record', {
    type: 'bytes',
    explain: 'A piece of a record that begins in an earlier packet or goes on in a later one.',
  }),
  handshakePart: field('tls.handshake.fragment', 'Part of a handshake message', {
    type: 'bytes',
    explain: 'A piece of a message that goes on in the next record, as long chains of certificates do.',
    section: 'RFC 8446 §5.1',
  }),
} as const
