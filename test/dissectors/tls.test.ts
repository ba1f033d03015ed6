import { describe, expect, it } from 'vitest'
import { tlsRecordLength } from '../../dissectors/tls.ts'
import { Dissection } from '../../src/dissect/dissection.ts'
import { Reader } from '../../src/dissect/reader.ts'
import { captureFile, framesOf } from '../captures.ts'
import { hexBytes, peel } from '../peel.ts'
import { hexOf, tcp4, vector } from '../tcp-craft.ts'

// Values and places as tshark 4.0 has them; the bytes made by hand follow RFC 8446 and RFC 5246.

const [hello12, flight12, client12, end12] = await framesOf(captureFile('tls12.pcap')).then(frames =>
  [3, 5, 7, 8].map(i => frames[i]!),
)
const [hello13, retry, again, flight13] = await framesOf(captureFile('tls13.pcap')).then(frames =>
  [3, 5, 7, 8].map(i => frames[i]!),
)
const alert = (await framesOf(captureFile('tls-alert.pcap')))[5]!

const zeros = '00'.repeat(32)
const record = (type: string, body: string, version = '0303') => `${type}${version}${vector(2, body)}`
const handshake = (type: string, body: string) => `${type}${vector(3, body)}`
const tls = (bytes: string, cut = 0) => peel(tcp4(40000, 443, bytes, cut))
const summary = (peeled: ReturnType<typeof peel>) => peeled.found.layer(peeled.stack.length - 1).summary

describe('a client hello', () => {
  const { stack, show, values, places, statuses, notes } = peel(hello13!)

  it('says what the client can do', () => {
    expect(stack).toEqual(['eth', 'ip', 'tcp', 'tls'])
    expect(statuses.at(-1)).toBe('complete')
    expect(notes).toEqual([])
    expect(show('tls.record.content_type')).toEqual(['Handshake (22)'])
    expect(show('tls.record.version')).toEqual(['TLS 1.0 (0x0301)'])
    expect(values('tls.record.length')).toEqual([246])
    expect(show('tls.handshake.type')).toEqual(['Client Hello (1)'])
    expect(show('tls.handshake.version')).toEqual(['TLS 1.2 (0x0303)'])
    expect(show('tls.handshake.ciphersuite')).toEqual([
      'TLS_AES_256_GCM_SHA384 (0x1302)',
      'TLS_CHACHA20_POLY1305_SHA256 (0x1303)',
      'TLS_AES_128_GCM_SHA256 (0x1301)',
      'TLS_EMPTY_RENEGOTIATION_INFO_SCSV (0x00ff)',
    ])
    expect(places('tls.handshake.random')).toEqual([`${(66 + 11) * 8}+256`])
  })

  it('has its extensions', () => {
    expect(show('tls.handshake.extensions_server_name')).toEqual(['vpn.example.org'])
    expect(show('tls.handshake.extensions_alpn_str')).toEqual(['h2', 'http/1.1'])
    expect(show('tls.handshake.extensions_supported_group')).toEqual([
      'x25519 (0x001d)',
      'secp256r1 (0x0017)',
    ])
    expect(show('tls.handshake.extensions.supported_version')).toEqual(['TLS 1.3 (0x0304)'])
    expect(show('tls.extension.psk_ke_mode')).toEqual(['PSK with (EC)DHE key establishment (1)'])
    expect(show('tls.handshake.extensions_key_share_group')).toEqual(['x25519 (0x001d)'])
    expect(values('tls.handshake.extensions_key_share_key_exchange_length')).toEqual([32])
    expect(show('tls.handshake.sig_hash_alg').slice(0, 4)).toEqual([
      'ecdsa_secp256r1_sha256 (0x0403)',
      'ecdsa_secp384r1_sha384 (0x0503)',
      'ecdsa_secp521r1_sha512 (0x0603)',
      'ed25519 (0x0807)',
    ])
  })

  it('is summed up with the name of the server', () => {
    expect(peel(hello12!).line()).toContain(': tls Client Hello (vpn.example.org)')
  })
})

describe('the answers', () => {
  it('is asked to say hello again', () => {
    const { show, notes, line } = peel(retry!)
    expect(line()).toContain('tls Hello Retry Request, Change Cipher Spec')
    expect(show('tls.handshake.extensions_key_share_selected_group')).toEqual(['secp256r1 (0x0017)'])
    expect(notes).toContain(
      'info: This random says that it is a Hello Retry Request: the client is to say hello again',
    )
    const second = peel(again!)
    expect(second.line()).toContain('tls Change Cipher Spec, Client Hello (vpn.example.org)')
    expect(second.show('tls.handshake.extensions_key_share_group')).toEqual(['secp256r1 (0x0017)'])
  })

  it('is encrypted in TLS 1.3', () => {
    const { line, show, statuses } = peel(flight13!)
    expect(line()).toContain('tls Server Hello, Application Data × 4')
    expect(show('tls.handshake.extensions.supported_version')).toEqual(['TLS 1.3 (0x0304)'])
    expect(statuses.at(-1)).toBe('opaque')
  })

  it('is in the clear in TLS 1.2', () => {
    const { show, values, line, statuses, notes } = peel(flight12!)
    expect(line()).toContain(
      'tls Server Hello, Certificate, Server Key Exchange, Certificate Request, Server Hello Done',
    )
    expect(statuses.at(-1)).toBe('complete')
    expect(notes.filter(note => note.startsWith('error'))).toEqual([])
    expect(show('tls.handshake.ciphersuite')).toEqual(['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 (0xc02b)'])
    expect(show('x509af.subject')).toEqual([
      'CN=vpn.example.org,O=Example,C=CH',
      'CN=Example CA,O=Example,C=CH',
    ])
    expect(show('tls.handshake.server_named_curve')).toEqual(['x25519 (0x001d)'])
    expect(values('tls.handshake.server_point_len')).toEqual([32])
    expect(show('tls.handshake.cert_type')).toEqual([
      'RSA signature (1)',
      'DSA signature (2)',
      'ECDSA signature (64)',
    ])
    expect(show('tls.handshake.dname')).toEqual(['CN=Example CA,O=Example,C=CH'])
  })

  it('ends with a change of keys', () => {
    const { line, values } = peel(client12!)
    expect(line()).toContain(
      'tls Certificate, Client Key Exchange, Certificate Verify, Change Cipher Spec, Encrypted Handshake Message',
    )
    expect(values('tls.handshake.client_point_len')).toEqual([32])
    expect(peel(end12!).show('tls.handshake.session_ticket_lifetime_hint')).toEqual(['7200 seconds'])
    expect(peel(alert).show('tls.alert_message.desc')).toEqual(['protocol version (70)'])
  })
})

describe('rarer things', () => {
  it('reads a pre-shared key, a cookie, GREASE', () => {
    const extensions = [
      `0a0a${vector(2, '')}`,
      `002c${vector(2, vector(2, 'c00c1e'))}`,
      `0029${vector(2, vector(2, `${vector(2, 'abcd')}01020304`) + vector(2, vector(1, zeros)))}`,
    ].join('')
    const hello = `0303${zeros}00${vector(2, '3a3a1301')}0100${vector(2, extensions)}`
    const { show, values, notes } = tls(record('16', handshake('01', hello)))
    expect(notes).toEqual([])
    expect(show('tls.handshake.ciphersuite')[0]).toBe('reserved, GREASE (0x3a3a)')
    expect(show('tls.handshake.extension.type')).toEqual([
      'reserved, GREASE (2570)',
      'cookie (44)',
      'pre_shared_key (41)',
    ])
    expect(values('tls.handshake.extensions.cookie')).toEqual(['c00c1e'])
    expect(values('tls.handshake.extensions.psk.identity.identity')).toEqual(['abcd'])
    expect(values('tls.handshake.extensions.psk.identity.obfuscated_ticket_age')).toEqual([0x01020304])
    expect(values('tls.handshake.extensions.psk.binder')).toEqual([zeros])
  })

  it('reads Diffie-Hellman, RSA, and the statuses of certificates', () => {
    const dh = `${vector(2, '17')}${vector(2, '05')}${vector(2, '08')}0401${vector(2, '9f')}`
    const { values, show } = tls(
      record('16', handshake('0c', dh) + handshake('16', `01${vector(3, '3000')}`) + handshake('0e', '')),
    )
    expect(values('tls.handshake.p')).toEqual(['17'])
    expect(values('tls.handshake.ys')).toEqual(['08'])
    expect(show('tls.handshake.sig_hash_alg')).toEqual(['rsa_pkcs1_sha256 (0x0401)'])
    expect(values('tls.handshake.ocsp_response')).toEqual(['3000'])
    expect(tls(record('16', handshake('10', vector(2, 'abcdef')))).values('tls.handshake.yc')).toEqual([
      'abcdef',
    ])
  })

  it('knows encrypted alerts and handshakes', () => {
    const finished = `0000000000000000${'9c'.repeat(24)}`
    const { statuses, ...peeled } = tls(record('14', '01') + record('16', finished))
    expect(statuses.at(-1)).toBe('opaque')
    expect(summary({ statuses, ...peeled })).toBe('Change Cipher Spec, Encrypted Handshake Message')
    expect(summary(tls(record('16', finished)))).toBe('Encrypted Handshake Message')
    expect(summary(tls(record('15', '9c'.repeat(26))))).toBe('Encrypted Alert')
  })
})

describe('records in several segments', () => {
  it('says that a record goes on, and shows the messages that are whole', () => {
    const body =
      handshake('02', `0303${zeros}00c02b00`) + handshake('0b', vector(3, vector(3, '30'.repeat(200))))
    const { show, notes } = peel(tcp4(443, 40000, record('16', body).slice(0, 200)))
    expect(show('tls.handshake.type')).toEqual(['Server Hello (2)', 'Certificate (11)'])
    expect(notes).toContain(
      'info: The last message of this segment goes on in later ones: its beginning is read',
    )
  })

  it('says that it begins inside one', () => {
    expect(tls('5e1c3ab0').stack.at(-1)).toBe('data')
  })

  it('tells how long a record is', () => {
    const lengthOf = (hex: string) => {
      const r = new Reader(new Dissection())
      const bytes = hexBytes(hex)
      r.place(bytes, 0, bytes.length, bytes.length, 'test')
      return tlsRecordLength(r)
    }
    expect(lengthOf('1603010200')).toBe(517)
    expect(lengthOf('170303')).toBe(0)
    expect(lengthOf('')).toBe(0)
    expect(lengthOf('1303010200')).toBe(-1)
    expect(lengthOf('1602000200')).toBe(-1)
    expect(lengthOf('170303ffff')).toBe(-1)
    expect(lengthOf(hexOf('GET /'))).toBe(-1)
  })
})

describe('lengths that lie', () => {
  it('are malformed', () => {
    const suites = tls(record('16', handshake('01', `0303${zeros}00ffff1301`)))
    expect(suites.statuses.at(-1)).toBe('malformed')
    expect(suites.notes).toEqual([
      'error: Malformed: Cipher suites length claims 65535 bytes for Cipher suites, Handshake message leaves 2',
    ])
    const name = tls(
      record(
        '16',
        handshake('01', `0303${zeros}00000213010100${vector(2, `0000${vector(2, '000500ffff41')}`)}`),
      ),
    )
    expect(name.notes).toContain('error: Malformed: Server name needs 65535 bytes, Length leaves 1')
    expect(tls(record('16', handshake('02', '0303'))).statuses.at(-1)).toBe('malformed')
  })

  it('are truncated where the capture ends', () => {
    const cut = tls(record('16', handshake('01', `0303${zeros}0000021301`)), 20)
    expect(cut.statuses.at(-1)).toBe('truncated')
    expect(cut.notes.at(-1)).toBe('warning: Truncated: Random needs 32 bytes, the capture holds 17')
  })
})
