import { describe, expect, it } from 'vitest'
import { Session } from '../../src/dissect/session.ts'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'
import { hexOf, tcpSegment, vector } from '../tcp-craft.ts'

// RFC 8446 §4.1.2 and §5.1, RFC 4253 §4.2, RFC 9112 §3: what first messages look like.

const [from, to] = [40001, 40443]
const hello = (type: string, body: string) => `160301${vector(2, `${type}${vector(3, body)}`)}`
const body = `0303${'5a'.repeat(32)}00 0002 1301 01 00`
const record = (fill: string, size = 30) => `170303${vector(2, fill.repeat(size))}`

/** What a session says of payloads that follow each other in one direction; `at`: where the first of them lies. */
function come(payloads: readonly string[], session = new Session(), at = 1000) {
  let sequence = at
  return payloads.map((payload, i) => {
    const hex = payload.replaceAll(' ', '')
    const peeled = peel({ ...tcpSegment(from, to, sequence, 0x18, hex), number: i + 1 }, session)
    sequence += hex.length / 2
    return peeled
  })
}

const stacks = (payloads: readonly string[]) => come(payloads).map(({ stack }) => stack.slice(2).join(' '))

describe('on ports that nobody claims, TCP', () => {
  it('is TLS where a hello begins it, and from then on', () => {
    const [first, second, third] = come([
      hello('01', body),
      record('aa').slice(0, 30),
      record('aa').slice(30),
    ])
    expect(first!.stack).toEqual(['ip', 'tcp', 'tls'])
    expect(first!.show('tls.handshake.type')).toEqual(['Client Hello (1)'])
    expect(first!.notes[0]).toBe(
      'info: No port says so, but what follows looks like Transport Layer Security: a guess from header and length',
    )
    expect(second!.stack).toEqual(['ip', 'tcp', 'data'])
    expect(second!.notes[0]).toBe(
      'info: No port says so, but these two spoke Transport Layer Security in packet 1: a guess',
    )
    expect(third!.values('tls.app_data')).toEqual(['aa'.repeat(30)])
    expect(stacks([hello('02', body)])).toEqual(['tls'])
    // The rest of a long one is in the next segment.
    const long = hello('01', `${body}${'00'.repeat(1500)}`).replaceAll(' ', '')
    expect(stacks([long.slice(0, 2000), long.slice(2000)])).toEqual(['data', 'tls'])
  })

  it('is no TLS where lengths or versions do not fit', () => {
    const whole = hello('01', body).replaceAll(' ', '')
    const changed = (at: number, hex: string) =>
      whole.slice(0, at * 2) + hex + whole.slice(at * 2 + hex.length)
    for (const [at, hex] of [
      [0, '17'],
      [1, '02'],
      [2, '05'],
      [3, '7f'],
      [5, '0b'],
      [6, '01'],
      [8, '20'],
      [9, '02'],
    ] as const)
      expect(stacks([changed(at, hex)]), `${at}`).toEqual(['data'])
    expect(stacks([record('aa')])).toEqual(['data'])
  })

  it('is SSH where a version begins it', () => {
    expect(stacks([hexOf('SSH-2.0-x\r\n'), '9a3c'.repeat(18)])).toEqual(['ssh', 'ssh'])
    expect(stacks([hexOf('SSH-1.99-x\r\n')])).toEqual(['ssh'])
    expect(stacks([hexOf('SSH-x')])).toEqual(['data'])
  })

  it('is HTTP where the first line of a message begins it', () => {
    expect(stacks([hexOf('GET / HTTP/1.1\r\n\r\n'), 'ff'.repeat(20)])).toEqual(['http', 'http'])
    expect(stacks([hexOf('HTTP/1.0 200 OK\r\n\r\n')])).toEqual(['http'])
    expect(stacks([hexOf('GET / HTTP/2.0\r\n\r\n')])).toEqual(['data'])
    expect(stacks([hexOf('GET key\r\n')])).toEqual(['data'])
  })

  it('is OpenVPN where a reset begins it', () => {
    const reset = '3858eb3d4788d423a80000000000'
    const data = `0024 48000001${'aa'.repeat(32)}`.replaceAll(' ', '')
    const found = come([`000e${reset}`, data.slice(0, 20), data.slice(20)])
    expect(found.map(({ stack }) => stack.at(-1))).toEqual(['openvpn', 'data', 'openvpn'])
    expect(found[2]!.show('openvpn.opcode')).toEqual(['P_DATA_V2 (9)'])
    expect(stacks([`000f${reset}00`])).toEqual(['data'])
    expect(stacks([`000e${reset}000e${reset}`])).toEqual(['data'])
    expect(stacks([data])).toEqual(['data'])
    const auth = `38 58eb3d4788d423a8 ${'a7'.repeat(20)} 00000001 6b010e61 00 00000000`
    expect(stacks([vector(2, auth)])).toEqual(['openvpn'])
  })

  it('is not what these two speak over UDP', () => {
    const session = new Session()
    const reset = '3858eb3d4788d423a80000000000'
    expect(peel({ ...udp4(from, to, reset), number: 1 }, session).stack.at(-1)).toBe('openvpn')
    expect(peel({ ...udp4(from, to, `48000001${'aa'.repeat(40)}`), number: 2 }, session).stack.at(-1)).toBe(
      'openvpn',
    )
    const tcp = tcpSegment(from, to, 1, 0x18, `48000001${'aa'.repeat(40)}`)
    expect(peel({ ...tcp, number: 3 }, session).stack.at(-1)).toBe('data')
  })
})

it('in the middle of a stream, TLS is read from the first segment that a record begins', () => {
  const stream = [0, 1, 2, 3].map(i => record(`a${i}`, 60)).join('')
  const session = new Session()
  const cuts = [20, 65, 100, 130, 195, 260]
  const found = cuts.slice(0, -1).map((at, i) => {
    const hex = stream.slice(at * 2, cuts[i + 1]! * 2)
    return peel({ ...tcpSegment(40000, 443, 1000 + at, 0x18, hex), number: i + 1 }, session)
  })
  expect(found.map(({ stack }) => stack.at(-1))).toEqual(['data', 'data', 'tls', 'tls', 'tls'])
  expect(found[0]!.notes.join()).toContain(
    'No message of TLS begins here: the stream was not seen from its start',
  )
})

it('where segments are missing, TLS is read from the next one that a record begins, and only once', () => {
  const stream = [0, 1, 2, 3].map(i => record(`a${i}`, 60)).join('')
  const session = new Session()
  const found = [
    [0, 65],
    [130, 220],
    [65, 130],
    [220, 260],
  ].map(([at, end], i) => {
    const hex = stream.slice(at! * 2, end! * 2)
    return peel({ ...tcpSegment(40000, 443, 1000 + at!, 0x18, hex), number: i + 1 }, session)
  })
  expect(found.map(({ values }) => values('tls.app_data').map(text => String(text).slice(0, 2)))).toEqual([
    ['a0'],
    ['a2'],
    ['a1'],
    ['a3'],
  ])
  expect(found[1]!.stack.slice(2)).toEqual(['tls', 'data'])
})
