import { bytes, field, hex, seconds } from '../src/dissect/field.ts'
import { nameText } from './distinguished-name.ts'
import { clientCertificateTypes, compressionMethods, tlsHandshakeTypes, tlsVersions } from './numbers/tls.ts'
import { cipherSuites } from './numbers/tls-cipher-suites.ts'
import {
  compressionMeanings,
  handshakeMeanings,
  suiteMeanings,
  versionMeanings,
} from './numbers/tls-meanings.ts'
import { exchangeFields } from './tls-exchange-fields.ts'
import { showVersion } from './tls-fields.ts'

/** The glossary of handshake messages. */
export const handshakeFields = {
  message: field('tls.handshake', 'Handshake message', {
    type: 'group',
    explain: 'One step by which the two sides agree on algorithms, prove who they are and make keys.',
    section: 'RFC 8446 §4',
    read: (from, start, length) => (length > 0 ? (tlsHandshakeTypes[from[start]!] ?? '') : ''),
  }),
  type: field('tls.handshake.type', 'Handshake type', {
    explain: 'Which step this is. The order of steps is fixed; one out of order ends the connection.',
    section: 'RFC 8446 §4',
    values: tlsHandshakeTypes,
    meanings: handshakeMeanings,
  }),
  length: field('tls.handshake.length', 'Length', {
    explain: 'Bytes of the message behind this number, over as many records as it takes.',
    section: 'RFC 8446 §4',
    show: bytes,
  }),
  version: field('tls.handshake.version', 'Version', {
    explain:
      'The newest version up to 1.2 that the sender knows, or the one chosen. Newer ones are told by the extension supported_versions.',
    section: 'RFC 8446 §4.1.2',
    show: showVersion,
    values: tlsVersions,
    meanings: versionMeanings,
  }),
  random: field('tls.handshake.random', 'Random', {
    type: 'bytes',
    explain:
      'Makes the keys of this connection new ones. Servers also use it to say two things: that they ask again, and that they knew a newer version.',
    section: 'RFC 8446 §4.1.3',
  }),
  sessionIdLength: field('tls.handshake.session_id_length', 'Session ID length', {
    explain: 'Bytes of the session ID: 0 where there is no session to go on with, else up to 32.',
    section: 'RFC 8446 §4.1.2',
    show: bytes,
  }),
  sessionId: field('tls.handshake.session_id', 'Session ID', {
    type: 'bytes',
    explain:
      'Up to TLS 1.2 the name of an earlier session to go on with. In 1.3 random bytes that the server sends back.',
    section: 'RFC 8446 §4.1.2',
  }),
  cipherSuitesLength: field('tls.handshake.cipher_suites_length', 'Cipher suites length', {
    explain: 'Bytes of the list of cipher suites, two for each: it says where the list ends.',
    show: bytes,
  }),
  cipherSuites: field('tls.handshake.ciphersuites', 'Cipher suites', {
    type: 'group',
    explain:
      'What the client can do, best first. Order and choice give away which program it is; JA3 makes a hash of it.',
    section: 'RFC 8446 §4.1.2',
  }),
  cipherSuite: field('tls.handshake.ciphersuite', 'Cipher suite', {
    explain:
      'A set of algorithms. Up to TLS 1.2 it names key exchange, signature, cipher and hash; from 1.3 on cipher and hash alone.',
    section: 'RFC 8446 §B.4',
    values: cipherSuites,
    meanings: suiteMeanings,
    show: value => `${cipherSuiteName(value)} (${hex(4)(value)})`,
  }),
  compressionsLength: field('tls.handshake.comp_methods_length', 'Compression methods length', {
    explain: 'How many compression methods follow, a byte each.',
    show: bytes,
  }),
  compressions: field('tls.handshake.comp_methods', 'Compression methods', {
    type: 'group',
    explain: 'Ways to compress what is then encrypted. Today only null is offered.',
    section: 'RFC 8446 §4.1.2',
  }),
  compression: field('tls.handshake.comp_method', 'Compression method', {
    explain: 'A way to make data shorter before it is encrypted. The server picks one of those offered.',
    values: compressionMethods,
    meanings: compressionMeanings,
  }),
  certificateContextLength: field(
    'tls.handshake.certificate_request_context_length',
    'Certificate request context length',
    {
      explain:
        'Bytes of a mark that joins the certificate to a request made later; 0 during the handshake itself.',
      section: 'RFC 8446 §4.4.2',
      show: bytes,
    },
  ),
  certificatesLength: field('tls.handshake.certificates_length', 'Certificates length', {
    explain: 'Bytes of the whole chain, each certificate with its own length in front.',
    show: bytes,
  }),
  certificates: field('tls.handshake.certificates', 'Certificates', {
    type: 'group',
    explain: 'The chain: first the certificate of the sender, then that of its issuer, and so on.',
    section: 'RFC 5246 §7.4.2',
  }),
  certificateLength: field('tls.handshake.certificate_length', 'Certificate length', {
    explain: 'Bytes of the certificate that follows; an ordinary one has 600 to 2000.',
    show: bytes,
  }),
  certificate: field('tls.handshake.certificate', 'Certificate', {
    type: 'group',
    explain: 'Ties a name to a public key, signed by someone whom the other side trusts.',
    section: 'RFC 5280 §4.1',
  }),
  ...exchangeFields,
  certificateTypesCount: field('tls.handshake.cert_types_count', 'Certificate types count', {
    explain: 'How many kinds of client certificates the server takes, a byte each.',
  }),
  certificateTypes: field('tls.handshake.cert_types', 'Certificate types', {
    type: 'group',
    explain: 'Kinds of certificates that the server takes from the client.',
    section: 'RFC 5246 §7.4.4',
  }),
  certificateType: field('tls.handshake.cert_type', 'Certificate type', {
    explain: 'What the client’s certificate and its key may be good for.',
    section: 'RFC 5246 §7.4.4',
    values: clientCertificateTypes,
  }),
  schemesLength: field('tls.handshake.sig_hash_alg_len', 'Signature algorithms length', {
    explain: 'Bytes of the list of signatures that can be checked: two for each.',
    show: bytes,
  }),
  schemes: field('tls.handshake.sig_hash_algs', 'Signature algorithms', {
    type: 'group',
    explain: 'Signatures that the sender can check, the ones it likes best first.',
    section: 'RFC 8446 §4.2.3',
  }),
  namesLength: field('tls.handshake.dnames_len', 'Distinguished names length', {
    explain: 'Bytes of the names of all trusted authorities; 0 where any will do.',
    show: bytes,
  }),
  names: field('tls.handshake.dnames', 'Distinguished names', {
    type: 'group',
    explain: 'Certificate authorities that the sender trusts.',
    section: 'RFC 5246 §7.4.4',
  }),
  nameLength: field('tls.handshake.dname_len', 'Distinguished name length', {
    explain: 'Bytes of one authority’s name in DER.',
    show: bytes,
  }),
  nameEntry: field('tls.handshake.dname_entry', 'Authority', {
    type: 'group',
    explain: 'One authority whose certificates the server takes, with the length of its name.',
  }),
  name: field('tls.handshake.dname', 'Distinguished name', {
    type: 'group',
    read: nameText,
    explain: 'One certificate authority, by the name in its certificate.',
    section: 'RFC 5246 §7.4.4',
  }),
  ticketLifetime: field('tls.handshake.session_ticket_lifetime_hint', 'Ticket lifetime', {
    explain: 'For how long the server means to accept the ticket; at most a week.',
    section: 'RFC 5077 §3.3',
    show: seconds,
  }),
  ticketLength: field('tls.handshake.session_ticket_length', 'Ticket length', {
    explain: 'Bytes of the ticket; what is in them only the server knows.',
    show: bytes,
  }),
  ticket: field('tls.handshake.session_ticket', 'Ticket', {
    type: 'bytes',
    explain:
      'The server’s memory of this session, encrypted for itself and kept by the client, who may come back with it.',
    section: 'RFC 5077 §3.3',
  }),
  verifyData: field('tls.handshake.verify_data', 'Verify data', {
    type: 'bytes',
    explain: 'A keyed hash over the whole handshake: nobody in between has changed a message.',
    section: 'RFC 5246 §7.4.9',
  }),
  statusType: field('tls.handshake.extensions_status_request_type', 'Certificate status type', {
    explain: 'How to learn whether a certificate was revoked; OCSP is the one way defined.',
    section: 'RFC 6066 §8',
    values: { 1: 'OCSP', 2: 'OCSP for the whole chain' },
  }),
  ocspLength: field('tls.handshake.ocsp_response_len', 'OCSP response length', {
    explain: 'Bytes of the authority’s signed answer, which is itself in DER.',
    show: bytes,
  }),
  ocsp: field('tls.handshake.ocsp_response', 'OCSP response', {
    type: 'bytes',
    explain: 'The authority’s signed word that the certificate is still good, brought along by the server.',
    section: 'RFC 6066 §8',
  }),
  unread: field('tls.handshake.data', 'Data', {
    type: 'bytes',
    explain: 'What a handshake message says whose kind or form is not taken apart here.',
  }),
} as const

export const cipherSuiteName = (value: number): string =>
  isGrease(value) ? 'reserved, GREASE' : cipherSuites[value] ? `TLS_${cipherSuites[value]}` : 'unassigned'

/** A value sent at random to keep servers tolerant (RFC 8701 §2). */
export const isGrease = (value: number): boolean =>
  (value & 0x0f0f) === 0x0a0a && value >> 8 === (value & 0xff)
