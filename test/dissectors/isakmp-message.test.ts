import { describe, expect, it } from 'vitest'
import { udp4 } from '../craft.ts'
import { hexBytes, peel } from '../peel.ts'

const hexOf = (value: number, digits: number) => value.toString(16).padStart(digits, '0')

const spis = 'cdbf9c993440b100 97af7ba5d2574913'
const unanswered = 'cdbf9c993440b100 0000000000000000'

type Payload = readonly [type: number, contents: string]

/** The notes on a message of these payloads; `header` is version, exchange, flags and message ID. */
function notes(names: string, header: string, ...payloads: Payload[]): string[] {
  const chain = payloads.map(([, contents], i) => {
    const next = payloads[i + 1]?.[0] ?? 0
    return `${hexOf(next, 2)}00${hexOf(4 + hexBytes(contents).length, 4)}${contents}`
  })
  const body = chain.join('')
  const first = hexOf(payloads[0]?.[0] ?? 0, 2)
  const length = hexOf(28 + hexBytes(body).length, 8)
  return peel(udp4(500, 500, `${names}${first}${header}${length}${body}`)).notes
}

const sa: Payload = [33, '00000024 01010003 0300000c 01000014 800e0080 03000008 02000005 00000008 0400001f']
const ke: Payload = [34, `001f0000${'4b'.repeat(32)}`]
const nonce: Payload = [40, '4e'.repeat(32)]
const cookie: Payload = [41, '00004006 c0c0c0c0c0c0c0c0']
const encrypted: Payload = [46, '0123456789abcdef']
const closed = 'info: Encrypted: the payloads inside can be read only with the keys of this IKE SA'

describe('IKE_SA_INIT', () => {
  it('has nothing to be said about it where it is as RFC 7296 wants it', () => {
    expect(notes(unanswered, '20 22 08 00000000', sa, ke, nonce)).toEqual([])
    expect(notes(unanswered, '20 22 08 00000000', cookie, sa, ke, nonce)).toEqual([])
    expect(notes(spis, '20 22 20 00000000', sa, ke, nonce)).toEqual([])
    expect(notes(unanswered, '20 22 20 00000000', cookie)).toEqual([])
  })

  it('has SA, KE and nonce, but for an answer that only notifies', () => {
    expect(notes(unanswered, '20 22 08 00000000', sa, nonce)).toEqual([
      'error: IKE_SA_INIT needs what is not there: Key Exchange (RFC 7296 §1.2)',
    ])
    expect(notes(unanswered, '20 22 08 00000000', cookie)).toEqual([
      'error: IKE_SA_INIT needs what is not there: Security Association, Key Exchange, Nonce (RFC 7296 §1.2)',
    ])
    expect(notes(spis, '20 22 20 00000000', cookie, sa, ke)).toEqual([
      'error: IKE_SA_INIT needs what is not there: Nonce (RFC 7296 §1.2)',
    ])
  })

  it('has message ID 0 and no SPI of the responder in a request', () => {
    expect(notes(unanswered, '20 22 08 00000001', sa, ke, nonce)).toEqual([
      'error: IKE_SA_INIT has message ID 0, also when it is sent again (RFC 7296 §2.2)',
    ])
    expect(notes(spis, '20 22 08 00000000', sa, ke, nonce)).toEqual([
      'error: Nobody has answered yet: the SPI is to be 0 (RFC 7296 §3.1)',
    ])
  })

  it('says the same with both flags', () => {
    expect(notes(unanswered, '20 22 00 00000000', sa, ke, nonce)).toEqual([
      'error: Who asks for IKE_SA_INIT began the IKE SA: its initiator flag is to be 1 (RFC 7296 §3.1)',
    ])
    expect(notes(spis, '20 22 28 00000000', sa, ke, nonce)).toEqual([
      'error: The responder of IKE_SA_INIT never began the IKE SA: its initiator flag is to be 0 (RFC 7296 §3.1)',
    ])
  })
})

describe('any message', () => {
  it('has version 2.0 and no version flag', () => {
    expect(notes(spis, '21 25 18 00000001', encrypted)).toEqual([
      'warning: The minor version is to be 0 (RFC 7296 §3.1); receivers ignore it',
      'warning: IKEv2 is the newest version: the version flag is to be 0 (RFC 7296 §3.1)',
      closed,
    ])
  })

  it('has some payloads once, others as often as it likes', () => {
    const again = 'error: A message has this payload only once (RFC 7296 appendix C)'
    expect(notes(unanswered, '20 22 08 00000000', sa, ke, nonce, nonce)).toEqual([again])
    expect(notes(unanswered, '20 22 08 00000000', sa, sa, ke, ke, nonce)).toEqual([again, again])
    expect(
      notes(unanswered, '20 22 08 00000000', sa, ke, nonce, cookie, cookie, [43, 'aa'], [43, 'aa']),
    ).toEqual([])
  })

  it('is encrypted once there are keys', () => {
    expect(notes(spis, '20 23 08 00000001', encrypted)).toEqual([closed])
    expect(notes(spis, '20 23 08 00000001', [39, '02000000 aabb']).at(-1)).toBe(
      'error: IKE_AUTH is to be encrypted (RFC 7296 §1.2)',
    )
    expect(notes(spis, '20 24 00 00000000', nonce)).toEqual([
      'error: CREATE_CHILD_SA is to be encrypted (RFC 7296 §1.2)',
    ])
    expect(
      notes(spis, '20 25 20 00000000', [41, '0000000b']).filter(note => note.includes('encrypted')),
    ).toEqual([])
  })

  it('begins IKE_AUTH with message 1', () => {
    expect(notes(spis, '20 23 08 00000000', encrypted)[0]).toBe(
      'error: IKE_SA_INIT had message ID 0: IKE_AUTH comes later (RFC 7296 §2.2)',
    )
  })

  it('ends with what is encrypted', () => {
    const header = `${spis} 2e 20 25 08 00000001 00000030`
    expect(peel(udp4(500, 500, `${header} 2700000c 0123456789abcdef 00000008 02000000`)).notes).toEqual([
      closed,
      'error: The encrypted payload has to be the last one of its message (RFC 7296 §3.14)',
    ])
  })

  it('calls no payload critical that everyone knows', () => {
    const header = `${unanswered} 28 20 25 08 00000001 00000030`
    expect(peel(udp4(500, 500, `${header} 00800014 ${'4e'.repeat(16)}`)).notes).toEqual([
      'warning: The critical bit is to be 0 in a payload that everyone knows (RFC 7296 §3.2)',
    ])
  })
})

describe('IKEv1', () => {
  const vendor: Payload = [13, 'afcad71368a1f1c96b8696fc77570100']

  it('has message ID 0 in phase 1', () => {
    const wrong = (exchange: string) => notes(spis, `10 ${exchange} 00 00000001`, vendor)
    expect(notes(spis, '10 02 00 00000000', vendor)).toEqual([])
    expect(wrong('02')).toEqual(['error: Identity Protection (Main Mode) has message ID 0 (RFC 2408 §3.1)'])
    expect(wrong('04')).toEqual(['error: Aggressive has message ID 0 (RFC 2408 §3.1)'])
    expect(wrong('05')).toEqual([])
  })

  it('encrypts phase 2', () => {
    expect(notes(spis, '10 20 00 00000001', vendor)).toEqual([
      'error: Quick Mode is to be encrypted (RFC 2409 §5.5)',
    ])
    expect(notes(spis, '10 21 00 00000001', vendor)[0]).toMatch(/ is to be encrypted \(RFC 2409 §5\.6\)$/)
    expect(notes(spis, '10 20 01 00000001', vendor).filter(note => note.startsWith('error'))).toEqual([])
  })

  it('has nonces of 8 to 256 bytes', () => {
    const nonceOf = (length: number) => notes(spis, '10 02 00 00000000', [10, '4e'.repeat(length)])
    expect([...nonceOf(8), ...nonceOf(256)]).toEqual([])
    expect(nonceOf(7)).toEqual(['error: A nonce has 8 to 256 bytes (RFC 2409 §5), not 7'])
    expect(nonceOf(257)).toEqual(['error: A nonce has 8 to 256 bytes (RFC 2409 §5), not 257'])
  })
})

describe('key exchange data of ML-KEM', () => {
  // FIPS 203 §8, table 3: encapsulation key and ciphertext of ML-KEM-512, 768 and 1024.
  it.each([
    ['0023', 800, 768],
    ['0024', 1184, 1088],
    ['0025', 1568, 1568],
  ] as const)('0x%s is as long as who asks, or answers, has it', (method, key, ciphertext) => {
    const exchange = (flags: string, length: number) =>
      notes(spis, `20 25 ${flags} 00000001`, [34, `${method}0000${'4b'.repeat(length)}`])
    expect(exchange('08', key)).toEqual([])
    expect(exchange('20', ciphertext)).toEqual([])
    expect(exchange('08', key - 1)[0]).toContain(`${key} bytes in a request, not ${key - 1}`)
    if (key !== ciphertext)
      expect(exchange('20', key)[0]).toContain(`${ciphertext} bytes in a response, not ${key}`)
  })
})
