import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { ike } from '../follow/following.ts'
import { peel } from '../peel.ts'

// Values as `openssl crl -text` and `openssl pkcs7 -print_certs` print them for the same bytes.

const frames = await framesOf(captureFile('ike-certificate-lists.pcap'))
const lists = ['CN=Example CA,O=Example,C=CH, 3 certificates revoked']

/** An IKEv2 message in the clear with one certificate payload of an encoding around bytes in hex. */
const message = (encoding: string, data: string) =>
  peel(udp4(500, 500, ike(37, 8, [[37, encoding + data]], { responder: '22'.repeat(8), id: 2 })))

/** A value in DER around others. */
function der(tag: string, ...inside: readonly string[]): string {
  const contents = inside.join('')
  const length = contents.length / 2
  return `${tag}${length < 0x80 ? length.toString(16).padStart(2, '0') : `82${length.toString(16).padStart(4, '0')}`}${contents}`
}

const algorithm = der('30', der('06', '2a8648ce3d040302'))
const nobody = der('30')
const moment = der('17', Buffer.from('261121170627Z').toString('hex'))
const late = der('18', Buffer.from('20261221170627Z').toString('hex'))
const signature = der('03', '00aa')
const list = (...body: readonly string[]) => der('30', der('30', ...body), algorithm, signature)

describe('a list of revoked certificates', () => {
  const { show, values, notes, statuses } = peel(frames[0]!)

  it('says who made it, when, and until when it counts', () => {
    expect(statuses.at(-1)).toBe('complete')
    expect(show('x509af.CertificateList_element')).toEqual(lists)
    expect(show('x509af.version')).toEqual(['v2 (1)'])
    expect(show('x509af.issuer')).toEqual(['CN=Example CA,O=Example,C=CH'])
    expect(show('x509af.thisUpdate')).toEqual(['2026-11-21 17:06:27 UTC'])
    expect(show('x509af.nextUpdate')).toEqual(['2026-12-21 17:06:27 UTC'])
    expect(values('x509ce.CRLNumber')).toEqual([42])
    expect(notes).toEqual([])
  })

  it('names each of them, with date and reason', () => {
    expect(show('x509af.revokedCertificates')).toEqual(['3 certificates'])
    expect(values('x509af.userCertificate')).toEqual(['1001', '1002', '00ffeeddccbbaa9988'])
    expect(show('x509af.revocationDate')).toEqual([
      '2026-01-01 00:00:00 UTC',
      '2026-02-01 12:00:00 UTC',
      '2026-03-01 00:00:00 UTC',
    ])
    expect(show('x509ce.CRLReason')).toEqual(['key compromised (1)', 'superseded (4)'])
  })

  it('may be out of date, or from a time that had not come', () => {
    const at = (seconds: number) => peel({ ...frames[0]!, seconds }).notes
    expect(at(Date.parse('2026-12-21T17:06:28Z') / 1000)).toEqual([
      'warning: The list was out of date when this was captured',
    ])
    expect(at(Date.parse('2026-11-21T17:06:26Z') / 1000)).toEqual([
      'warning: The list is from a time after this was captured',
    ])
  })

  it('may be empty, without a version, and say nothing of the next one', () => {
    const empty = message('07', list(algorithm, nobody, moment))
    expect(empty.show('x509af.CertificateList_element')).toEqual([', 0 certificates revoked'])
    expect(empty.show('x509af.revokedCertificates')).toEqual([])
    const old = message('07', list(algorithm, nobody, moment, late))
    expect(old.show('x509af.nextUpdate')).toEqual(['2026-12-21 17:06:27 UTC'])
    expect(old.statuses.at(-1)).toBe('complete')
  })

  it('is bytes where it is none, and read as far as it is one', () => {
    expect(message('07', 'ffff').notes).toContain('warning: This is not the DER that belongs here')
    const short = message('07', list(algorithm, nobody, moment, der('30', der('30', '0205aabb'), der('31'))))
    expect(short.show('x509af.revokedCertificates')).toEqual(['2 certificates'])
    expect(short.notes.filter(note => note.includes('not the DER'))).not.toEqual([])
    expect(short.statuses.at(-1)).toBe('complete')
  })

  it('of authorities is read in IKEv1, where it has a number of its own', () => {
    const old = ike(4, 0, [[6, `08${list(algorithm, nobody, moment)}`]], { version: 1 })
    expect(peel(udp4(500, 500, old)).show('x509af.thisUpdate')).toEqual(['2026-11-21 17:06:27 UTC'])
  })
})

describe('a PKCS #7 envelope', () => {
  const { show, values, notes, statuses } = peel(frames[1]!)

  it('holds certificates and a list', () => {
    expect(statuses.at(-1)).toBe('complete')
    expect(show('cms.ContentInfo_element')).toEqual(['2 certificates, 1 revocation list'])
    expect(show('cms.contentInfo.contentType')).toEqual(['signedData (1.2.840.113549.1.7.2)'])
    expect(values('cms.version')).toEqual([1])
    expect(show('x509af.Certificate')).toEqual([
      'CN=gw.example.org,O=Example,C=CH',
      'CN=Example CA,O=Example,C=CH',
    ])
    expect(values('x509af.serialNumber')[0]).toBe('1234')
    expect(show('x509af.CertificateList_element')).toEqual(lists)
    expect(notes.filter(note => note.startsWith('info: ECDSA') || note.startsWith('info: EC '))).toHaveLength(
      2,
    )
  })

  it('of another kind, or broken, is bytes', () => {
    const other = message('01', der('30', der('06', '2a864886f70d010701'), der('a0', der('04', 'aabb'))))
    expect(other.show('cms.contentInfo.contentType')).toEqual(['data (1.2.840.113549.1.7.1)'])
    expect(other.values('ber.value')).toEqual(['0402aabb'])
    expect(message('01', 'aabbcc').notes).toContain('warning: This is not the DER that belongs here')
    const bare = message('01', der('30', der('06', '2a864886f70d010702')))
    expect(bare.statuses.at(-1)).toBe('complete')
  })

  it('is cut by the capture anywhere without a word of contradiction', () => {
    const { bytes } = frames[1]!
    for (let length = 40; length < bytes.length; length += 7) {
      const cut = peel({ ...frames[1]!, bytes: bytes.subarray(0, length), capturedLength: length })
      expect(cut.statuses.at(-1)).toBe('truncated')
    }
  })
})
