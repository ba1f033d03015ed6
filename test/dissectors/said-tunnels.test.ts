import { describe, expect, it } from 'vitest'
import '../../dissectors/index.ts'
import { cipherSuites } from '../../dissectors/numbers/tls-cipher-suites.ts'
import { suiteMeanings } from '../../dissectors/numbers/tls-meanings.ts'
import { sequenceSaid } from '../../dissectors/spi-said.ts'
import { allFields, type Field } from '../../src/dissect/field.ts'
import { captureFile, framesOf } from '../captures.ts'
import { ipv4, udp4 } from '../craft.ts'
import { type Peeled, peel } from '../peel.ts'

const { found } = peel(udp4(1, 2, '00'))

/** What the first field of this name says in this packet. */
function said({ found }: Peeled, name: string): string {
  for (let layer = 0; layer < found.layerCount; layer++)
    for (let i = found.first[layer]!; i < found.last[layer]!; i++)
      if (found.fields[i]!.name === name)
        return found.fields[i]!.here?.(found.values[i]!, found.layer(layer)) ?? ''
  throw new Error(`${name} is not there`)
}

/** The sentence about the value of the first field of this name. */
function meant({ found }: Peeled, name: string): string {
  const i = found.fields.findIndex(f => f?.name === name)
  return found.fields[i]?.meanings?.[found.values[i]!] ?? ''
}

describe('what ESP and AH say', () => {
  // A ping of 84 bytes under AES-GCM: 8 + 84 + 2 of padding + 2 + 16 = 112 bytes behind the sequence number.
  const ping = peel(ipv4(50, `00001001 00000001 ${'a5'.repeat(112)}`))

  it('names the one who chose the SPI', () => {
    expect(said(ping, 'esp.spi')).toBe('The receiver, 192.0.2.2, finds the keys by this number.')
  })

  it('counts what a usual cipher would leave', () => {
    expect(said(ping, 'esp.encrypted_data')).toMatch(
      /^Of these 112 bytes AES-GCM.*: 86 for the packet inside/,
    )
  })

  it.each([
    [0, ''],
    [1, 'This is the first packet under these keys.'],
    [1234, 'This is packet 1,234 under these keys.'],
    // 2³² · 3/4
    [3221225472, /^This is packet 3,221,225,472 .* 75 % of the 32-bit numbers/],
    [Number.NaN, ''],
  ])('sequence number %d', (number, text) => {
    if (typeof text === 'string') expect(sequenceSaid(number)).toBe(text)
    else expect(sequenceSaid(number)).toMatch(text)
  })

  it('counts the words of AH', () => {
    // RFC 4302 §2.2: a check value of 96 bits makes 4 words beyond the first two.
    const signed = peel(ipv4(51, `11040000 00001001 00000001 ${'5a'.repeat(12)} 0035003500080000`))
    expect(said(signed, 'ah.length')).toBe('(4 + 2) × 4 = 24 bytes, of which 12 are the check value.')
    expect(said(signed, 'ah.icv')).toMatch(/^12 bytes are those of HMAC-MD5-96/)
  })
})

describe('what IKE says', () => {
  // Bytes 28 on: a Key Exchange payload of 40 bytes for Curve25519 (31), RFC 8031.
  const offer = (flags: string, id: string) =>
    peel(
      udp4(
        500,
        500,
        `c9d57d4ae0ed347f 0000000000000000 2220 22${flags} ${id} 00000044 00000028 001f0000 ${'11'.repeat(32)}`.replace(
          / /g,
          '',
        ),
      ),
    )

  it('tells who sent the message, and which one it is', () => {
    const first = offer('08', '00000000')
    expect(said(first, 'isakmp.flags')).toBe('Together: a request, from the initiator of the IKE SA.')
    expect(said(first, 'isakmp.rspi')).toBe('It is 0: nobody has answered yet.')
    expect(said(first, 'isakmp.messageid')).toMatch(/^0: the first exchange/)
    expect(said(offer('20', '00000001'), 'isakmp.flags')).toBe(
      'Together: an answer, from the responder of the IKE SA.',
    )
    expect(meant(first, 'isakmp.exchangetype')).toMatch(/^The first exchange: algorithms/)
    expect(meant(offer('08', '00000000'), 'isakmp.mjver')).toMatch(/^IKEv2, of 2005/)
  })

  it('tells in which packets an SPI will be', () => {
    // A proposal of ESP with SPI cafe0001 and no transforms, RFC 7296 §3.3.1: 16 bytes of payload.
    const spi = `${'11'.repeat(16)}21202408 00000002 0000002c 00000010 0000000c 01030400 cafe0001`.replace(
      / /g,
      '',
    )
    expect(said(peel(udp4(500, 500, spi)), 'isakmp.spi')).toBe('Packets to 192.0.2.1 will have it in front.')
  })

  it('warns of messages that IP has to cut', () => {
    const length = allFields.find(f => f.name === 'isakmp.length')!
    // 1500 bytes less 20 of IPv4 and 8 of UDP.
    expect(length.here?.(1472, found.layer(0))).toBe('')
    expect(length.here?.(1473, found.layer(0))).toMatch(/RFC 7383/)
  })

  it('compares the length of the data with its method', () => {
    expect(said(offer('08', '00000000'), 'isakmp.key_exchange.data')).toBe(
      'Curve25519 makes 32 bytes of it: one coordinate of a point on the curve.',
    )
  })
})

describe('what WireGuard, OpenVPN and tinc say', () => {
  it('counts packets, and knows a keepalive', async () => {
    const frames = await framesOf(captureFile('wireguard.pcap'))
    const keepalive = peel(frames[6]!)
    expect(said(keepalive, 'wg.counter')).toBe('9 packets were sent under these keys before it.')
    expect(said(peel(frames[5]!), 'wg.encrypted_packet')).toBe(
      'The packet has at most 144 bytes here, the zeros included.',
    )
    expect(said(keepalive, 'wg.encrypted_packet')).toMatch(/^Nothing but the tag: a keepalive/)
    expect(said(peel(frames[0]!), 'wg.mac2')).toMatch(/^It is all zeros/)
    expect(meant(peel(frames[0]!), 'wg.type')).toMatch(/^The first message of a handshake/)
  })

  it('tells what a request is for where there is only one', async () => {
    const frames = await framesOf(captureFile('tinc.pcap'))
    expect(said(peel(frames[0]!), 'tinc.request.number')).toMatch(/^ID: who speaks/)
    expect(said(peel(frames[1]!), 'tinc.request.number')).toBe('')
  })
})

describe('what the name of a cipher suite tells', () => {
  it.each([
    ['AES_128_GCM_SHA256', /One of the good ones/],
    ['ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256', /One of the good ones/],
    ['ECDHE_RSA_WITH_AES_128_CBC_SHA', /attacked again and again/],
    ['RSA_WITH_AES_128_GCM_SHA256', /no forward secrecy/],
    ['ECDH_anon_WITH_AES_128_CBC_SHA', /Nobody proves/],
    ['RSA_WITH_NULL_SHA', /Encrypts nothing/],
    ['RSA_EXPORT_WITH_RC4_40_MD5', /on purpose/],
    ['ECDHE_RSA_WITH_RC4_128_SHA', /RFC 7465/],
    ['ECDHE_RSA_WITH_3DES_EDE_CBC_SHA', /Sweet32/],
    ['FALLBACK_SCSV', /No suite, but a sign/],
  ])('%s', (name, text) => {
    const number = Object.keys(cipherSuites).find(value => cipherSuites[Number(value)] === name)
    expect(suiteMeanings[Number(number)]).toMatch(text)
  })
})

describe('what every field says', () => {
  const numbers = [0, 1, 2, 64, 255]
  const valuesOf = (f: Field): readonly number[] =>
    f.type === 'uint' || f.type === 'flag' ? numbers : [Number.NaN]
  it('is a sentence or nothing, whatever the number, and where the rest of the layer is missing', () => {
    const odd = allFields.flatMap(f =>
      valuesOf(f)
        .map(value => f.here?.(value, found.layer(1)) ?? '')
        .filter(text => text !== '' && (!/^[A-Z0-9(“].*[.?!)]$/s.test(text) || /NaN|undefined/.test(text)))
        .map(text => `${f.name}: ${text}`),
    )
    expect([...new Set(odd)]).toEqual([])
  })
})
