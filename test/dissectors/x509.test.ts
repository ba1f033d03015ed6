import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { type Peeled, peel } from '../peel.ts'

// Values as `openssl x509` prints them for the same certificates; places as tshark 4.0 has them.

const certificates = await framesOf(captureFile('ike-certificates.pcap'))
const subject = 'emailAddress=admin@example.org,CN=gw.example.org,OU=VPN,O=Example\\, Inc.,ST=Zürich,C=CH'

describe('a certificate', () => {
  const { show, values, places, statuses, notes } = peel(certificates[0]!)

  it('names its owner and its issuer, the most particular part first', () => {
    expect(statuses.at(-1)).toBe('complete')
    expect(show('x509af.Certificate')).toEqual([subject])
    expect(show('x509af.subject')).toEqual([subject])
    expect(show('x509af.issuer')).toEqual([subject])
    expect(show('x509if.RDNSequence_item').slice(0, 3)).toEqual(['C=CH', 'ST=Zürich', 'O=Example\\, Inc.'])
    expect(show('x509if.oid')[0]).toBe('countryName (2.5.4.6)')
    expect(show('isakmp.id.data.der_asn1_dn')).toEqual([subject])
    expect(show('isakmp.ike.certreq.authority.sig')).toEqual([subject])
  })

  it('has version, number, time and algorithms', () => {
    expect(show('x509af.version')).toEqual(['v3 (2)'])
    expect(values('x509af.serialNumber')).toEqual(['7b'])
    expect(show('x509af.notBefore')).toEqual(['2026-11-21 13:34:07 UTC'])
    expect(show('x509af.notAfter')).toEqual(['2026-12-21 13:34:07 UTC'])
    expect(show('x509af.signature_element')).toEqual([
      'RSA (PKCS #1 v1.5) and SHA2-256 (1.2.840.113549.1.1.11)',
    ])
    expect(places('x509af.algorithm.id')).toEqual([`${234 * 8}+72`, `${546 * 8}+72`, `${1364 * 8}+72`])
  })

  it('has a key', () => {
    expect(show('x509af.algorithm_element')).toEqual(['RSA (1.2.840.113549.1.1.1)'])
    expect(values('pkcs1.publicExponent')).toEqual([65537])
    expect(values('pkcs1.modulus')).toEqual([
      '00dda98f48088009709f5f211f5ad63c81e74d0f9b73c29ff62c5dcc418717ef2e498025e9da5752e27ebd628731e3030e' +
        '3b7a72aa3172b06599b1adf8fff92ac6cc50378b6e507261d67fbfefeb9fc3dbb114b1c6dd6e710f374d632a9f47c3353e73b442c7fd26d17ca3be296832679da2885ed75b403975d6e8539eb31be9df',
    ])
    expect(values('x509ce.SubjectKeyIdentifier')).toEqual(['64df7a6f0de84084135704e3394e57676d5d8758'])
  })

  it('has extensions', () => {
    expect(show('x509af.Extension_element')).toHaveLength(10)
    expect(show('x509ce.cA')).toEqual(['yes (255)'])
    expect(values('x509ce.pathLenConstraint')).toEqual([1])
    expect(values('x509ce.KeyUsage')).toEqual([0x86])
    expect(show('x509ce.KeyUsage.keyCertSign')).toEqual(['Set'])
    expect(show('x509ce.KeyPurposeId')).toEqual([
      'server of TLS (1.3.6.1.5.5.7.3.1)',
      'client of TLS (1.3.6.1.5.5.7.3.2)',
      'IKE intermediate (1.3.6.1.5.5.8.2.2)',
      'IPsec IKE (1.3.6.1.5.5.7.3.17)',
    ])
    expect(show('x509ce.dNSName')).toEqual(['gw.example.org', '*.example.org'])
    expect(show('x509ce.IPAddress.ipv4')).toEqual(['192.0.2.1'])
    expect(show('x509ce.IPAddress.ipv6')).toEqual(['2001:db8::1'])
    expect(show('x509ce.rfc822Name')).toEqual(['a@example.org'])
    expect(show('x509ce.directoryName.name')).toContain('CN=other,C=CH')
    expect(show('x509ce.uniformResourceIdentifier')).toEqual([
      'https://example.org/',
      'http://crl.example.org/ca.crl',
      'http://ocsp.example.org/',
      'http://example.org/ca.der',
    ])
    expect(show('x509ce.policyIdentifier')).toEqual(['1.3.6.1.4.1.99999.1', '2.23.140.1.2.1'])
  })

  it('is summed up, and said to be too weak', () => {
    expect(notes).toContain('info: RSA key of 1024 bits, signed with its own key, may sign others')
    expect(notes).toContain(
      'info: SHA-256 fingerprint 6F:58:8E:F5:42:80:BD:16:D8:5B:A7:69:3E:8F:70:FE:F5:0D:FE:67:42:B1:9C:67:38:0C:8F:82:87:5C:3C:DA',
    )
    expect(notes.filter(note => note.startsWith('warning'))).toContain(
      'warning: An RSA key of 1024 bits is too short today',
    )
    expect(notes.join()).not.toMatch(/Expired|Not valid yet/)
  })
})

describe('other keys', () => {
  it('lie on curves', () => {
    const { show, notes, values } = peel(certificates[1]!)
    expect(show('x509af.namedCurve')).toEqual(['P-256 (1.2.840.10045.3.1.7)'])
    expect(show('x509af.algorithmIdentifier_element')).toEqual(['ECDSA and SHA2-384 (1.2.840.10045.4.3.3)'])
    expect(notes).toContain('info: EC key on prime256v1, signed with its own key, may sign others')
    expect(values('isakmp.ike.certreq.authority')).toEqual([
      '38b649d628590d051ef7936c310e3651b3350ed1',
      'da39a3ee5e6b4b0d3255bfef95601890afd80709',
    ])
  })

  it('may be past their time', () => {
    const { show, notes } = peel(certificates[2]!)
    expect(show('x509af.algorithm_element')).toEqual(['Ed25519 (1.3.101.112)'])
    expect(notes).toContain('info: ED25519 key, signed with its own key, may sign others')
    expect(notes).toContain(
      'warning: Expired when this was captured: it was valid until Dec 21 13:34:07 2026 GMT',
    )
  })

  it('come without a certificate, or as a place to fetch one', () => {
    const { show, values } = peel(certificates[3]!)
    expect(show('isakmp.cert.encoding')).toEqual([
      'raw public key (15)',
      'hash and URL of X.509 certificate (12)',
    ])
    expect(values('pkcs1.publicExponent')).toEqual([65537])
    expect(values('isakmp.cert.x509.hash')).toEqual(['08149949118b0b2017df8f4f7d087f81027b772e'])
    expect(show('isakmp.cert.x509.url')).toEqual(['http://example.org/gw.der'])
  })
})

const hexOf = (value: number, digits: number) => value.toString(16).padStart(digits, '0')

/** An IKEv1 message: a payload around these contents, and a nonce behind it. */
function payload(type: number, contents: string, cut = 0): Peeled {
  const size = 4 + contents.length / 2
  const header = `819e4950047e2f59c54e8f50375575c2${hexOf(type, 2)}10020000000000`
  const body = `0a00${hexOf(size, 4)}${contents}0000000c0102030405060708`
  return peel(udp4(500, 500, `${header}${hexOf(28 + body.length / 2, 8)}${body}`, cut))
}

const certificate = (der: string): Peeled => payload(6, `04${der}`)
const named = (der: string): Peeled => payload(5, `09000000${der}`)

const wrapped = (depth: number): string => {
  let der = ''
  for (let i = 0; i < depth; i++) {
    const length = der.length / 2
    der = `30${length < 0x80 ? hexOf(length, 2) : `82${hexOf(length, 4)}`}${der}`
  }
  return der
}

describe('hostile DER', () => {
  it.each([
    ['a length of lengths', '30ff'.padEnd(600, '0')],
    ['a length in more bytes than any packet has', '308400000010'.padEnd(600, '0')],
    ['an indefinite length', '3080020101' + '0000'],
    ['a length past the payload', '30820400020101'],
    ['a length past what is around', '3006300a020101'],
    ['nothing', ''],
    ['a lone tag', '30'],
    ['a tag of several bytes', '1f8180800100'],
    ['zeros', '00'.repeat(60_000)],
    ['sequences inside each other', wrapped(1000)],
    ['empty sequences', `3082ea60${'3000'.repeat(30_000)}`],
    ['an identifier that never ends', `301030820060${'06'}5e${'ff'.repeat(0x5e)}`],
  ])('is %s: the rest of the message is still read', (_, der) => {
    for (const { values, statuses, notes } of [certificate(der), named(der), payload(7, `04${der}`)]) {
      expect(values('isakmp.nonce')).toEqual(['0102030405060708'])
      expect(statuses.at(-1)).toBe('complete')
      if (der !== '') expect(notes.length).toBeGreaterThan(0)
    }
  })

  it('is a name with everything in it that a terminal must not see', () => {
    // CN=\u001b[2J, as a UTF8String
    const name = '300f310d300b06035504030c041b5b324a'
    const { show } = named(name)
    expect(show('isakmp.id.data.der_asn1_dn')[0]).toMatch(/^CN=/)
    for (const text of [...show('isakmp.id.data.der_asn1_dn'), ...show('x509sat.uTF8String')])
      expect(text).not.toContain('\u001b')
  })

  it('is a name of thirty thousand parts: it is cut', () => {
    const part = '310a300806035504030c0141'
    const { show, values } = named(`3082${hexOf(3000 * 12, 4)}${part.repeat(3000)}`)
    expect(values('isakmp.nonce')).toEqual(['0102030405060708'])
    expect(show('isakmp.id.data.der_asn1_dn')[0]!.length).toBeLessThan(600)
  })

  it('is no certificate although it begins like one', () => {
    expect(certificate('3000').notes).toContain(
      'warning: OpenSSL does not take these bytes for a certificate',
    )
  })
})

describe('names', () => {
  const name = (...parts: string[]): string => {
    const body = parts.map(part => `31${hexOf(part.length / 2, 2)}${part}`).join('')
    return `30${hexOf(body.length / 2, 2)}${body}`
  }
  const pair = (oid: string, value: string): string => {
    const body = `06${hexOf(oid.length / 2, 2)}${oid}${value}`
    return `30${hexOf(body.length / 2, 2)}${body}`
  }
  const show = (der: string) => named(der).show('isakmp.id.data.der_asn1_dn')

  // The examples of RFC 4514 §4, and its rules of §2.3 and §2.4.
  it('are written as RFC 4514 has it', () => {
    const dc = (text: string) =>
      pair('0992268993f22c640119', `16${hexOf(text.length, 2)}${Buffer.from(text).toString('hex')}`)
    const cn = (text: string) =>
      pair('550403', `0c${hexOf(text.length, 2)}${Buffer.from(text).toString('hex')}`)
    const ou = (text: string) =>
      pair('55040b', `13${hexOf(text.length, 2)}${Buffer.from(text).toString('hex')}`)
    expect(show(name(dc('net'), dc('example'), ou('Sales') + cn('J.  Smith')))).toEqual([
      'OU=Sales+CN=J.  Smith,DC=example,DC=net',
    ])
    expect(show(name(dc('net'), cn('James "Jim" Smith, III')))).toEqual([
      'CN=James \\"Jim\\" Smith\\, III,DC=net',
    ])
    expect(show(name(dc('com'), pair('2b060104018b', '04024869')))).toEqual([
      'an object identifier that does not end=#04024869,DC=com',
    ])
    expect(show(name(dc('com'), pair('2b060104018b3a00', '04024869')))).toEqual([
      '1.3.6.1.4.1.1466.0=#04024869,DC=com',
    ])
    expect(show(name(cn(' #a ')))).toEqual(['CN=\\ #a\\ '])
  })

  it('are read as far as they are captured', () => {
    const whole = name(pair('550403', '0c0461626364'))
    const cut = payload(5, `09000000${whole}`, 12 + 2)
    expect(cut.statuses.at(-1)).toBe('truncated')
    expect(cut.show('x509sat.uTF8String')).toEqual(['ab'])
  })
})
