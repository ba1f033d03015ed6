import { describe, expect, it } from 'vitest'
import { groupName } from '../../src/follow/algorithm-names.ts'
import type { Proposal } from '../../src/follow/story.ts'
import { ike, type Payload, sent, storyOf } from './following.ts'

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')

/** The proposals of a message with this SA payload. */
function read(version: 1 | 2, payload: string): readonly Proposal[] {
  const sa: Payload = [version === 1 ? 1 : 33, payload.replace(/\s/g, '')]
  const message = ike(version === 1 ? 2 : 34, version === 1 ? 0 : 8, [sa], { version })
  return storyOf([sent(message)]).negotiations[0]!.messages[0]!.proposals
}

/** A proposal of IKEv2 with one transform (RFC 7296 §3.3): its type, number and, unless 0, bits of key. */
const one = (type: number, id: number, keyLength = 0, protocol = 1): string => {
  const attribute = keyLength === 0 ? '' : `800e${hex(keyLength, 4)}`
  const length = 8 + attribute.length / 2
  return `0000${hex(8 + length, 4)} 01 ${hex(protocol, 2)} 00 01 0000${hex(length, 4)} ${hex(type, 2)}00${hex(id, 4)}${attribute}`
}

describe('names of algorithms', () => {
  it.each([
    [1, 'MODP-768 (group 1)'],
    [2, 'MODP-1024 (group 2)'],
    [14, 'MODP-2048 (group 14)'],
    [18, 'MODP-8192 (group 18)'],
    [19, 'ECP-256 (group 19)'],
    [21, 'ECP-521 (group 21)'],
    [22, 'MODP-1024-160 (group 22)'],
    [24, 'MODP-2048-256 (group 24)'],
    [28, 'brainpoolP256r1 (group 28)'],
    [31, 'CURVE25519 (group 31)'],
    [32, 'CURVE448 (group 32)'],
    [36, 'ML-KEM-768 (group 36)'],
    [0, 'NONE'],
    [999, 'group 999'],
  ])('of group %i', (id, name) => {
    expect(groupName(id)).toBe(name)
  })

  it.each([
    ['encryption', 'AES-CBC-256', one(1, 12, 256)],
    ['encryption', 'AES-GCM-16-128', one(1, 20, 128)],
    ['encryption', '3DES', one(1, 3)],
    ['encryption', 'CHACHA20-POLY1305', one(1, 28)],
    ['encryption', 'number 4000', one(1, 4000)],
    ['prf', 'HMAC-SHA2-512', one(2, 7)],
    ['integrity', 'HMAC-SHA1-96', one(3, 2)],
    ['integrity', 'NONE', one(3, 0)],
    ['key exchange', 'ECP-384 (group 20)', one(4, 20)],
    ['sequence numbers', 'no ESN', one(5, 0, 0, 3)],
    ['sequence numbers', 'ESN', one(5, 1, 0, 3)],
    ['additional key exchange 1', 'ML-KEM-768 (group 36)', one(6, 36)],
    ['transform type 99', 'number 5', one(99, 5)],
  ])('of %s: %s', (kind, name, payload) => {
    expect(read(2, payload)[0]!.transforms).toMatchObject([{ kind, name }])
  })
})

describe('proposals of IKEv1', () => {
  const spi = 'c0ffee01'
  // RFC 2408 §3.5 and §3.6: a proposal for ESP, transforms AES-CBC with 256 bits and 3DES, tunnel mode, one hour.
  const esp = `00000001 00000001
    0000004c 01 03 04 02 ${spi}
    03000020 01 0c 0000 80060100 80050005 80040001 80030013 80010001 8002 0e10
    00000020 02 03 0000 80050002 80040001 80010002 00020004 00465000 80030000`

  it('have one proposal for each transform', () => {
    expect(read(1, esp).map(({ number, protocol, spi }) => [number, protocol, spi])).toEqual([
      [1, 'ESP', spi],
      [2, 'ESP', spi],
    ])
  })

  it('say their algorithms, mode and lifetime', () => {
    const [first, second] = read(1, esp).map(({ transforms }) =>
      transforms.map(({ kind, name }) => `${kind}: ${name}`),
    )
    expect(first).toEqual([
      'encryption: AES-CBC-256',
      'integrity: HMAC-SHA2-256',
      'key exchange: ECP-256 (group 19)',
      'mode: Tunnel',
      'lifetime: 3600 seconds',
    ])
    expect(second).toEqual([
      'encryption: 3DES',
      'integrity: HMAC-SHA1',
      'key exchange: NONE',
      'mode: Tunnel',
      'lifetime: 4608000 kilobytes',
    ])
  })

  it('of AH name the hash once', () => {
    const ah = (
      attributes: string,
    ) => `00000001 00000001 0000${hex(20 + attributes.length / 2, 4)} 01 02 04 01 ${spi}
      0000${hex(8 + attributes.length / 2, 4)} 01 05 0000 ${attributes}`
    expect(read(1, ah('80050005'))[0]!.transforms).toMatchObject([
      { kind: 'integrity', name: 'HMAC-SHA2-256' },
    ])
    expect(read(1, ah(''))[0]!.transforms).toMatchObject([{ kind: 'integrity', name: 'SHA2-256' }])
  })
})
