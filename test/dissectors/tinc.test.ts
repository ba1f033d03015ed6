import { describe, expect, it } from 'vitest'
import { Session } from '../../src/dissect/session.ts'
import { captureFile, framesOf } from '../captures.ts'
import { ipv4, udp4 } from '../craft.ts'
import { peel } from '../peel.ts'
import { tcpSegment } from '../tcp-craft.ts'

const frames = await framesOf(captureFile('tinc.pcap'))
const packet = (number: number) => peel(frames[number - 1]!)
const ascii = (text: string): string => Buffer.from(text).toString('hex')
const fill = (length: number): string => 'a7'.repeat(length)

/** A TCP segment on port 655 around a payload written as hex. */
const tcp4 = (payload: string, cut = 0) =>
  peel(ipv4(6, `9c42028f 000003e8 000007d0 5018faf0 00000000 ${payload}`, cut))

// Expected values are those that tincd wrote to its log (-d10) when the capture was made.
describe('the meta-protocol of tinc', () => {
  it('says who speaks', () => {
    const { stack, show, values, places, notes, line } = packet(1)
    expect(stack).toEqual(['eth', 'ip', 'tcp', 'tinc'])
    expect(show('tinc.request.number')).toEqual(['ID (0)'])
    expect(show('tinc.name')).toEqual(['bob'])
    expect(show('tinc.version')).toEqual(['17'])
    expect(places('tinc.name')).toEqual([`${68 * 8}+24`])
    expect(values('tinc.encrypted')).toEqual([])
    expect(notes).toEqual([])
    expect(line()).toMatch(/: tinc ID \(0\)/)
  })

  it('hands over keys, and encrypts from then on', () => {
    const both = packet(2)
    expect(both.show('tinc.request.number')).toEqual(['ID (0)', 'METAKEY (1)'])
    expect(both.show('tinc.name')).toEqual(['alice'])
    expect(both.show('tinc.cipher')).toEqual(['429'])
    expect(both.show('tinc.digest')).toEqual(['672'])
    expect(both.show('tinc.maclength')).toEqual(['0'])
    expect(both.show('tinc.compression')).toEqual(['0'])
    expect(both.show('tinc.key')[0]).toMatch(/^4A1367770565961A460F02F51E006DEC370BC577/)
    expect(both.statuses.at(-1)).toBe('complete')
    const mixed = packet(3)
    expect(mixed.show('tinc.key')[0]).toMatch(/^25603024DD123BCCE7CAE32F480639B2654DE3AB/)
    expect(mixed.places('tinc.encrypted')).toEqual([`${(66 + 527) * 8}+${515 * 8}`])
    expect(mixed.statuses.at(-1)).toBe('opaque')
    for (const number of [4, 5, 6]) expect(packet(number).statuses.at(-1)).toBe('opaque')
  })

  it('reads the handshake of tinc 1.1', () => {
    const { show, values, places } = packet(10)
    expect(show('tinc.version')).toEqual(['17.7'])
    expect(show('tinc.sptps.type')).toEqual(['Handshake (128)'])
    expect(values('tinc.sptps.length')).toEqual([65])
    expect(places('tinc.sptps.nonce')).toEqual([`${(54 + 13 + 4) * 8}+256`])
    expect(places('tinc.sptps.key')).toEqual([`${(54 + 13 + 36) * 8}+256`])
    const signed = packet(11)
    expect(signed.places('tinc.sptps.signature')).toEqual([`${(54 + 3) * 8}+512`])
    expect(signed.statuses.at(-1)).toBe('opaque')
  })

  it('reads other requests word by word', () => {
    const { show } = tcp4(ascii('12 50f7ef88 alice bob 192.168.1.2 655 8 586\n'))
    expect(show('tinc.request.number')).toEqual(['ADD_EDGE (12)'])
    expect(show('tinc.word')).toEqual(['50f7ef88', 'alice', 'bob', '192.168.1.2', '655', '8', '586'])
    expect(tcp4(ascii('8\n')).show('tinc.request.number')).toEqual(['PING (8)'])
    expect(tcp4(ascii('99\n')).show('tinc.request.number')).toEqual(['unassigned (99)'])
    expect(tcp4(ascii('0  bob 17 more\n')).show('tinc.word')).toEqual(['17', 'more'])
  })

  it('takes nothing for a request that is none', () => {
    for (const text of ['0 bob 17', '0 b\u0001b 17\n', '123 x\n', 'x 1\n', '0'])
      expect(tcp4(ascii(text)).values('tinc.request.number')).toEqual([])
    expect(tcp4(`004180 01 ${fill(64)}`).statuses.at(-1)).toBe('opaque')
    expect(tcp4(`004180 00 ${fill(30)}`).statuses.at(-1)).toBe('truncated')
    expect(tcp4(`004180 00 ${fill(64)}`, 10).statuses.at(-1)).toBe('truncated')
  })
})

describe('the meta-protocol over several segments', () => {
  const [, hello, keys] = frames
  const said = [hello!, keys!].map(({ bytes, capturedLength }) =>
    Buffer.from(bytes.subarray(66, capturedLength)).toString('hex'),
  )

  it('is read whole wherever it is cut, and is opaque behind the keys', () => {
    // ID and METAKEY of the side that answers, then 515 encrypted bytes of the other.
    const stream = said[0]! + said[1]!.slice(527 * 2)
    const end = said[0]!.length / 2
    for (const cut of [1, 2, 5, 12, 40, end - 1]) {
      const session = new Session()
      const parts = [stream.slice(0, cut * 2), stream.slice(cut * 2)]
      peel({ ...tcpSegment(655, 40000, 999, 2, ''), number: 1 }, session)
      const found = parts.map((part, i) =>
        peel({ ...tcpSegment(655, 40000, 1000 + i * cut, 0x18, part), number: 2 + i }, session),
      )
      const requests = found.flatMap(({ show }) => show('tinc.request.number'))
      expect(requests, `${cut}`).toEqual(['ID (0)', 'METAKEY (1)'])
      expect(found[1]!.show('tinc.key')[0]!.length).toBe(512)
      expect(found[1]!.values('tinc.encrypted')[0]).toHaveLength(515 * 2)
      expect(found[1]!.statuses.at(-1)).toBe('opaque')
    }
  })

  it('reads handshakes that are cut', () => {
    const session = new Session()
    const hand = `0041 80 00 ${fill(64)}`.replaceAll(' ', '')
    const parts = [hand.slice(0, 4), hand.slice(4, 60), `${hand.slice(60)}${fill(9)}`]
    const at = [0, 2, 30]
    peel({ ...tcpSegment(655, 40000, 999, 2, ''), number: 1 }, session)
    const found = parts.map((part, i) =>
      peel({ ...tcpSegment(655, 40000, 1000 + at[i]!, 0x18, part), number: 2 + i }, session),
    )
    expect(found.map(({ values }) => values('tinc.sptps.length'))).toEqual([[], [], [65]])
    expect(found[2]!.values('tinc.encrypted')).toEqual([fill(9)])
  })
})

describe('data packets of tinc', () => {
  it('are opaque in tinc 1.0', () => {
    const { stack, statuses, places } = packet(7)
    expect(stack).toEqual(['eth', 'ip', 'udp', 'tinc.data'])
    expect(statuses.at(-1)).toBe('opaque')
    expect(places('tinc.packet')).toEqual([`${42 * 8}+${116 * 8}`])
  })

  it('name their nodes in tinc 1.1', () => {
    const { values, places, notes } = packet(12)
    expect(values('tinc.seqno')).toEqual([12])
    expect(places('tinc.dst_id')).toEqual([`${42 * 8}+48`])
    expect(places('tinc.src_id')).toEqual([`${48 * 8}+48`])
    expect(places('tinc.payload')).toEqual([`${58 * 8}+${101 * 8}`])
    expect(notes).toEqual([
      'info: tinc 1.1, a guess from the small sequence number: only the two nodes can read on',
    ])
    expect(peel(udp4(655, 655, `${fill(12)} 00000001 ${fill(16)}`)).values('tinc.seqno')).toEqual([])
    expect(peel(udp4(655, 655, `${fill(12)} 00000001 ${fill(17)}`)).values('tinc.seqno')).toEqual([1])
  })
})
