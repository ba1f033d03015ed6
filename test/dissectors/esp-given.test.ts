import { describe, expect, it } from 'vitest'
import { readAssociation } from '../../dissectors/esp-algorithms.ts'
import { Rules } from '../../src/dissect/rules.ts'
import type { Frame } from '../../src/frame.ts'
import { Capture } from '../../src/store/capture.ts'
import { captureFile, framesOf } from '../captures.ts'
import { ipv4, ipv6, udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

function rulesOf(...texts: readonly string[]): Rules {
  return texts.reduce((rules, text) => {
    const association = readAssociation(text)
    if (typeof association === 'string') throw new Error(association)
    return rules.knowing(association)
  }, new Rules())
}

const look = (frame: Frame, ...texts: readonly string[]) => peel(frame, undefined, rulesOf(...texts))

async function packet(name: string, number: number): Promise<Frame> {
  const frame = (await framesOf(captureFile(name))).find(each => each.number === number)
  if (frame === undefined) throw new Error(`${name} has no packet ${number}`)
  return frame
}

const header = '00001001 00000001'
const closed = 'info: Encrypted: what is inside can be read only with the keys of this association'

describe('ESP whose algorithm was given', () => {
  // tshark, given the keys of the association, says esp.iv and esp.icv; its names are those of its table esp_sa.
  it.each([
    [
      'esp-tunnel-aes128gcm.pcap',
      3,
      'AES-GCM with 16 octet ICV [RFC4106]/NULL',
      '20cbdb35ba517190',
      'c5be1eab00b93f8c2745f4699330535c',
    ],
    [
      'esp-in-udp-4500.pcap',
      4,
      'AES-CBC [RFC3602]/HMAC-SHA-256-128 [RFC4868]',
      '1d459975ca8355ee3e7d006e68d2773d',
      '4422d6d3d562b52638705c910487a013',
    ],
    [
      'ikev2-psk.pcap',
      8,
      '0xc66799b8=aes-cbc/hmac(sha256)',
      '8203f6c1b2dddda0bd321cb08509798a',
      '09add0acccf00aef6faf519da35bf0ff',
    ],
    ['ikev2-psk-3des.pcap', 7, '3des/sha1', '3ad6a2393b213150', '377864328e52f0b59e985ee1'],
  ])('is taken apart: %s, packet %i, %s', async (name, number, algorithm, iv, icv) => {
    const { values, places, statuses, notes, found } = look(await packet(name, number), algorithm)
    expect(values('esp.iv')).toEqual([iv])
    expect(values('esp.icv')).toEqual([icv])
    const [start, bits] = places('esp.encrypted_data')[0]!.split('+').map(Number)
    expect(places('esp.iv')).toEqual([`${start! - iv.length * 4}+${iv.length * 4}`])
    expect(places('esp.icv')).toEqual([`${start! + bits!}+${icv.length * 4}`])
    expect((start! + bits!) / 8 + icv.length / 2).toBe(found.frame.capturedLength)
    expect(statuses.at(-1)).toBe('opaque')
    expect(notes).toHaveLength(1)
    expect(notes[0]).toMatch(`${closed}: `)
  })

  it('is read where it is not encrypted, padding and check value too', async () => {
    const one = look(await packet('esp-tunnel-null-sha256.pcap', 3), 'NULL/HMAC-SHA-256-128 [RFC4868]')
    expect(one.stack).toEqual(['eth', 'ip', 'esp', 'ip', 'icmp', 'data'])
    expect(one.values('esp.icv')).toEqual(['ab39ed165edafb573cdf9fc801cf39c9'])
    expect(one.values('esp.pad')).toEqual(['0102'])
    expect(one.notes).toEqual([
      'info: Not encrypted: null/hmac-sha2-256-128, as was said of this association',
    ])
    expect(one.statuses[2]).toBe('complete')
  })

  it('is read where no guess would do', () => {
    // A datagram without a checksum, padding that is all zeros, then bytes that hide the length.
    const datagram = '00359c40000c0000 666f7572'
    const zeros = look(ipv4(50, `${header} ${datagram} 0000 02 11 ${'c5'.repeat(12)}`), 'null/96')
    expect(zeros.stack.slice(0, 3)).toEqual(['ip', 'esp', 'udp'])
    expect(zeros.values('esp.pad')).toEqual(['0000'])
    expect(zeros.values('esp.protocol')).toEqual([17])
    expect(zeros.notes).toContain('warning: The padding is not 1, 2, 3 and so on (RFC 4303 §2.4)')
    const inner = Buffer.from(udp4(53, 40000, 'aabb').bytes).toString('hex')
    const hidden = look(
      ipv4(50, `${header} ${inner} ${'00'.repeat(16)} 01 01 04 ${'c5'.repeat(16)}`),
      'null/hmac-sha2-256-128',
    )
    expect(hidden.stack.slice(0, 4)).toEqual(['ip', 'esp', 'ip', 'udp'])
    expect(hidden.values('esp.tfc_padding')).toEqual(['00'.repeat(16)])
    expect(hidden.values('esp.pad')).toEqual(['01'])
    expect(hidden.values('esp.icv')).toEqual(['c5'.repeat(16)])
    const dummy = look(ipv4(50, `${header} 5a5a 00 3b`), 'null')
    expect(dummy.notes).toContain('info: A dummy packet, which the receiver throws away (RFC 4303 §2.6)')
    expect(peel(ipv4(50, `${header} ${datagram} 0000 02 11 ${'c5'.repeat(12)}`)).stack).toEqual(['ip', 'esp'])
  })

  it('fits the blocks of the cipher, or that is said', () => {
    const of = (bytes: number, algorithm: string) =>
      look(ipv4(50, `${header} ${'e5'.repeat(bytes)}`), algorithm).notes[1]
    const odd = (bytes: number, unit: number, name: string) =>
      `warning: ${bytes} bytes of encrypted data are no multiple of ${unit}: is ${name} the algorithm of this association?`
    expect(of(16 + 32 + 16, 'aes-cbc/hmac-sha2-256-128')).toBeUndefined()
    expect(of(16 + 36 + 16, 'aes-cbc/hmac-sha2-256-128')).toBe(odd(36, 16, 'aes-cbc/hmac-sha2-256-128'))
    expect(of(8 + 36 + 16, 'aes-gcm-16')).toBeUndefined()
    expect(of(8 + 35 + 16, 'aes-gcm-16')).toBe(odd(35, 4, 'aes-gcm-16'))
  })

  it('is too short for it, or has no such padding', () => {
    const unfit = (name: string) =>
      `error: It does not fit ${name}: is that the algorithm of this association?`
    const short = look(ipv4(50, `${header} ${'e5'.repeat(24)}`), 'aes-gcm-16')
    expect(short.notes).toEqual([unfit('aes-gcm-16'), closed])
    expect(short.places('esp.encrypted_data')).toEqual([`${28 * 8}+${24 * 8}`])
    expect(look(ipv4(50, `${header} 01`), 'null').notes).toContain(unfit('null'))
    expect(look(ipv4(50, `${header} 01020304 ff 04`), 'null').notes).toContain(unfit('null'))
    expect(look(ipv4(50, header), 'aes-cbc').notes).toContain(unfit('aes-cbc'))
  })

  it('may be cut by the capture anywhere', () => {
    const rest = `${'11'.repeat(8)} ${'e5'.repeat(32)} ${'cc'.repeat(16)}`
    const shown = (cut: number) => {
      const { values, statuses } = look(ipv4(50, `${header} ${rest}`, cut), 'aes-gcm-16')
      expect(statuses.at(-1)).toBe(cut === 0 ? 'opaque' : 'truncated')
      return [values('esp.iv'), values('esp.encrypted_data'), values('esp.icv')].map(
        ([v]) => String(v ?? '').length / 2,
      )
    }
    expect([0, 4, 16, 17, 47, 48, 50].map(shown)).toEqual([
      [8, 32, 16],
      [8, 32, 12],
      [8, 32, 0],
      [8, 31, 0],
      [8, 1, 0],
      [8, 0, 0],
      [0, 0, 0],
    ])
    const open = look(
      ipv4(50, `${header} ${Buffer.from(udp4(1, 2, 'aabb').bytes).toString('hex')} 0004`, 1),
      'null',
    )
    expect(open.stack).toEqual(['ip', 'esp', 'data'])
  })
})

it('is known to an open capture, however else it is decoded', async () => {
  const capture = await Capture.begin(captureFile('esp-tunnel-null-sha256.pcap'))
  await capture.survey()
  const ids = () => capture.shape(3).protocols.map(({ id }) => id)
  const rules = rulesOf('aes-gcm-16')
  for (const given of [rules, rules.cleared()]) {
    await capture.decodeBy(given)
    expect(ids()).toEqual(['eth', 'ip', 'esp'])
  }
  await capture.decodeBy(rulesOf('null/128'))
  expect(ids()).toContain('icmp')
  capture.close()
})

describe('which association is meant', () => {
  const frame = (spi: string) => ipv4(50, `${spi} 00000001 ${'e5'.repeat(80)}`)
  const name = (frame: Frame, ...texts: readonly string[]) =>
    /: ([^ ]+), as was said/.exec(look(frame, ...texts).notes.join())?.[1]

  it('is told by SPI and destination, then by the SPI, then by nothing; the last of several counts', () => {
    const all = [
      '0x1001@192.0.2.2=aes-gcm-8',
      '0x1001@192.0.2.3=aes-gcm-12',
      '4097=aes-ctr',
      'aes-cbc',
      'des',
    ]
    expect(name(frame('00001001'), ...all)).toBe('aes-gcm-8')
    expect(name(frame('00001001'), ...all.slice(1))).toBe('aes-ctr')
    expect(name(frame('00001002'), ...all)).toBe('des-cbc')
    expect(name(frame('00001002'), ...all.slice(0, 3))).toBeUndefined()
  })

  it('knows addresses of IPv6 as people write them', () => {
    const six = ipv6(50, `00001001 00000001 ${'e5'.repeat(80)}`)
    expect(name(six, '0x1001@2001:DB8::2=aes-gcm-8')).toBe('aes-gcm-8')
    expect(name(six, '0x1001@2001:db8:0:0::0:2=aes-gcm-8')).toBe('aes-gcm-8')
    expect(name(six, '0x1001@2001:db8::1=aes-gcm-8')).toBeUndefined()
  })

  it('counts for the trailer as for the header, whatever addresses are inside', () => {
    const inner = Buffer.from(udp4(53, 40000, 'aabb').bytes)
      .toString('hex')
      .replace('c0000202', 'c0000203')
    const outer = ipv4(50, `${header} ${inner} 0004 ${'c5'.repeat(12)}`)
    const rules = ['0x1001@192.0.2.2=null/hmac-sha1-96', '0x1001@192.0.2.3=null/none']
    expect(look(outer, ...rules).values('esp.icv')).toEqual(['c5'.repeat(12)])
  })
})

describe('names of algorithms', () => {
  it.each([
    // ip xfrm state
    ['rfc4106(gcm(aes))', 'aes-gcm-16', 8, 1, 16],
    ['rfc4106(gcm(aes)) 96', 'aes-gcm-12', 8, 1, 12],
    ['rfc4309(ccm(aes)) 64', 'aes-ccm-8', 8, 1, 8],
    ['rfc4543(gcm(aes))', 'aes-gmac', 8, 1, 16],
    ['rfc7539esp(chacha20,poly1305)', 'chacha20-poly1305', 8, 1, 16],
    ['rfc3686(ctr(aes))/hmac(sha1)', 'aes-ctr/hmac-sha1-96', 8, 1, 12],
    ['cbc(aes)/hmac(sha256)', 'aes-cbc/hmac-sha2-256-128', 16, 16, 16],
    ['cbc(aes)/hmac(sha256) 96', 'aes-cbc/hmac-sha2-256-96', 16, 16, 12],
    ['cbc(des3_ede)/hmac(md5)', '3des-cbc/hmac-md5-96', 8, 8, 12],
    ['ecb(cipher_null)/digest_null', 'null/none', 0, 1, 0],
    ['cbc(camellia)/hmac(sha512)', 'camellia-cbc/hmac-sha2-512-256', 16, 16, 32],
    // ipsecctl
    ['aes-256/hmac-sha2-256', 'aes-cbc/hmac-sha2-256-128', 16, 16, 16],
    ['aes/hmac-sha2-384', 'aes-cbc/hmac-sha2-384-192', 16, 16, 24],
    ['aes-128-gcm', 'aes-gcm-16', 8, 1, 16],
    ['aesctr/hmac-ripemd160', 'aes-ctr/hmac-ripemd160-96', 8, 1, 12],
    ['blowfish/hmac-sha1', 'blowfish-cbc/hmac-sha1-96', 8, 8, 12],
    ['cast128/hmac-md5', 'cast128-cbc/hmac-md5-96', 8, 8, 12],
    // Wireshark
    ['TripleDES-CBC [RFC2451]/HMAC-SHA-1-96 [RFC2404]', '3des-cbc/hmac-sha1-96', 8, 8, 12],
    [
      'AES-CBC [RFC3602]/HMAC-SHA-256-96 [draft-ietf-ipsec-ciph-sha-256-00]',
      'aes-cbc/hmac-sha2-256-96',
      16,
      16,
      12,
    ],
    ['AES-GCM with 8 octet ICV [RFC4106]/NULL', 'aes-gcm-8', 8, 1, 8],
    ['AES-CTR [RFC3686]/ANY 192 bit authentication [no checking]', 'aes-ctr/192 bits', 8, 1, 24],
    ['NULL/AES-XCBC-MAC-96 [RFC3566]', 'null/aes-xcbc-96', 0, 1, 12],
    ['ChaCha20 with Poly1305 [RFC7634]', 'chacha20-poly1305', 8, 1, 16],
    // swanctl
    ['aes128gcm12', 'aes-gcm-12', 8, 1, 12],
    ['aes256gcm16', 'aes-gcm-16', 8, 1, 16],
    ['chacha20poly1305', 'chacha20-poly1305', 8, 1, 16],
    ['aes-gcm-16-iiv', 'aes-gcm-16-iiv', 0, 1, 16],
  ])('%s', (text, name, iv, block, icv) => {
    expect(readAssociation(text)).toMatchObject({ spi: undefined, form: { name, iv, block, icv } })
  })

  it.each([
    ['aes-gmc-16', 'aes-gmc-16: no such encryption algorithm; did you mean aes-gcm-16 or'],
    ['rot13', 'rot13: no such encryption algorithm; there are 3des-cbc, aes-cbc, '],
    ['aes-cbc/hmac-sha3-256', 'hmac-sha3-256: no such authentication algorithm; did you mean '],
    ['aes-cbc/13', '13: no such authentication algorithm'],
    ['aes-gcm-16/hmac-sha1-96', 'aes-gcm-16 has a check value of its own: leave /hmac-sha1-96 away'],
    ['5000000000=aes', '5000000000: an SPI has 32 bits'],
    ['0x1001@192.0.2=aes', '192.0.2: not an address'],
    ['0x1001:aes=aes', '0x1001:aes=aes: not written like 0x1001@192.0.2.1=aes-cbc/hmac-sha2-256-128'],
    ['', ': not written like'],
  ])('%s is refused in a sentence', (text, sentence) => {
    expect(readAssociation(text)).toMatch(sentence)
  })
})
