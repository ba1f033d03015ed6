import { describe, expect, it } from 'vitest'
import { openvpn } from '../../dissectors/openvpn.ts'
import { Dissection } from '../../src/dissect/dissection.ts'
import { Reader } from '../../src/dissect/reader.ts'
import { Session } from '../../src/dissect/session.ts'
import { captureFile, framesOf } from '../captures.ts'
import { ipv4, udp4 } from '../craft.ts'
import { hexBytes, peel } from '../peel.ts'

const frames = await framesOf(captureFile('openvpn.pcap'))
const packet = (number: number) => peel(frames[number - 1]!)

const session = '58eb3d4788d423a8'
const fill = (length: number): string => 'a7'.repeat(length)
const reset = `38 ${session} 00 00000000`

/** A TCP segment on port 1194 around a payload written as hex. */
const tcp4 = (payload: string) => peel(ipv4(6, `9c4204aa 000003e8 000007d0 5018faf0 00000000 ${payload}`))

// Expected values are tshark's; of tls-auth, whose hash tshark cannot know, those of the peers' logs.
describe('OpenVPN', () => {
  it('begins with resets', () => {
    const first = packet(1)
    expect(first.stack).toEqual(['eth', 'ip', 'udp', 'openvpn'])
    expect(first.show('openvpn.opcode')).toEqual(['P_CONTROL_HARD_RESET_CLIENT_V2 (7)'])
    expect(first.places('openvpn.opcode')).toEqual([`${42 * 8}+5`])
    expect(first.values('openvpn.keyid')).toEqual([0])
    expect(first.values('openvpn.sessionid')).toEqual([session])
    expect(first.values('openvpn.mpid')).toEqual([0])
    const answer = packet(2)
    expect(answer.values('openvpn.sessionid')).toEqual(['ee4327ed06681f53'])
    expect(answer.values('openvpn.mpidarraylength')).toEqual([1])
    expect(answer.values('openvpn.mpidarrayelement')).toEqual([0])
    expect(answer.values('openvpn.rsessionid')).toEqual([session])
    expect(answer.places('openvpn.mpid')).toEqual([`${64 * 8}+32`])
    expect(answer.notes).toEqual([])
  })

  it('carries TLS, and acknowledges it', () => {
    const hello = packet(3)
    expect(hello.stack).toEqual(['eth', 'ip', 'udp', 'openvpn', 'tls'])
    expect(hello.values('openvpn.mpid')).toEqual([1])
    expect(hello.places('openvpn.mpid')).toEqual([`${64 * 8}+32`])
    expect(packet(4).values('openvpn.mpidarrayelement')).toEqual([1, 0])
    expect(packet(4).values('openvpn.mpid')).toEqual([])
    expect(packet(4).line()).toContain('openvpn P_ACK_V1, acknowledges 2')
  })

  it('leaves data opaque', () => {
    const { show, values, statuses, notes } = packet(5)
    expect(show('openvpn.opcode')).toEqual(['P_DATA_V2 (9)'])
    expect(values('openvpn.peerid')).toEqual([13380667])
    expect(statuses.at(-1)).toBe('opaque')
    expect(notes).toEqual([
      'info: With an AEAD cipher this is packet 1, which is likely: an HMAC would look random',
      'info: Encrypted: the packet inside can be read only with the keys of this session',
    ])
    expect(packet(10).notes).toHaveLength(1)
    const first = peel(udp4(1194, 1194, `31 ${fill(30)}`))
    expect(first.show('openvpn.opcode')).toEqual(['P_DATA_V1 (6)'])
    expect(first.values('openvpn.keyid')).toEqual([1])
  })

  it('finds the HMAC of tls-auth by what follows it', () => {
    const { show, values, places, notes } = packet(7)
    expect(places('openvpn.hmac')).toEqual([`${51 * 8}+256`])
    expect(values('openvpn.pid')).toEqual([1])
    expect(show('openvpn.net_time')).toEqual(['2026-11-21 03:22:09 UTC'])
    expect(values('openvpn.mpid')).toEqual([0])
    expect(notes[0]).toMatch(/^info: tls-auth with an HMAC of 32 bytes: a guess/)
    expect(packet(9).values('openvpn.mpidarrayelement')).toEqual([1, 0])
    for (const size of [16, 20, 28, 32, 48, 64]) {
      const wrapped = peel(
        udp4(1194, 1194, `20 ${session} ${fill(size)} 00000003 6b010e61 00 00000002 160301`),
      )
      expect(wrapped.places('openvpn.hmac')).toEqual([`${37 * 8}+${size * 8}`])
      expect(wrapped.values('openvpn.mpid')).toEqual([2])
      expect(wrapped.stack.at(-1)).toBe('tls')
    }
  })

  it('decides on a form only by bytes that are there', async () => {
    const sizes = [20, 32, 64, 20]
    for (const [i, frame] of (await framesOf(captureFile('openvpn-hmac-like-acks.pcap'))).entries()) {
      const whole = peel(frame)
      expect(whole.values('openvpn.hmac')[0]).toHaveLength(sizes[i]! * 2)
      for (let capturedLength = 55; capturedLength < frame.capturedLength; capturedLength++) {
        const { places, statuses } = peel({ ...frame, capturedLength })
        if (places('openvpn.mpid').length === 0) expect(statuses.at(-1)).toBe('truncated')
        for (const name of ['openvpn.hmac', 'openvpn.mpidarraylength', 'openvpn.mpid'])
          if (places(name).length > 0) expect(places(name)).toEqual(whole.places(name))
      }
    }
  })

  it('knows tls-crypt by its packet ID and time', () => {
    const { show, places, statuses } = packet(16)
    expect(show('openvpn.pid')).toEqual(['0xf000001'])
    expect(places('openvpn.tls_crypt.tag')).toEqual([`${59 * 8}+256`])
    expect(places('openvpn.tls_crypt.wrapped')).toEqual([`${91 * 8}+40`])
    expect(statuses.at(-1)).toBe('opaque')
    const second = packet(17)
    expect(second.show('openvpn.opcode')).toEqual(['P_CONTROL_HARD_RESET_CLIENT_V3 (10)'])
    expect(second.places('openvpn.wkc')).toEqual([`${96 * 8}+${290 * 8}`])
    expect(second.show('openvpn.wkc_len')).toEqual(['290 bytes'])
  })

  it('says where nothing fits, as with a static key', () => {
    for (const number of [11, 12]) {
      expect(packet(number).statuses.at(-1)).toBe('unknown')
      expect(packet(number).notes[0]).toMatch(/^info: No opcode of OpenVPN: a static key/)
    }
    const odd = peel(udp4(1194, 1194, `20 ${fill(60)}`))
    expect(odd.notes[0]).toMatch(/^info: No form of a control message fits: a static key/)
    expect(odd.values('openvpn.unread')).toEqual([`20${fill(60)}`])
  })

  it('is guessed on other ports by its resets, then by who spoke it', () => {
    const one = new Session()
    const stacks = [13, 14, 15].map(number => peel(frames[number - 1]!, one).stack.at(-1))
    expect(stacks).toEqual(['openvpn', 'openvpn', 'openvpn'])
    expect(packet(13).notes[0]).toMatch(/^info: No port says so, but what follows looks like OpenVPN/)
    expect(packet(15).stack.at(-1)).toBe('data')
    const stack = (payload: string) => peel(udp4(40001, 40002, payload)).stack.at(-1)
    expect(stack(reset)).toBe('openvpn')
    expect(stack(`${reset} 00`)).toBe('data')
    expect(stack(`39 ${session} 00 00000000`)).toBe('data')
    expect(stack(`38 ${session} 00 00000001`)).toBe('data')
    expect(stack('38 0000000000000000 00 00000000')).toBe('data')
    expect(stack(`38 ${session} ${fill(20)} 00000001 6b010e61 00 00000000`)).toBe('openvpn')
    expect(stack(`38 ${session} ${fill(21)} 00000001 6b010e61 00 00000000`)).toBe('data')
    expect(stack(`50 ${session} 0f000001 6b010e61 ${fill(400)}`)).toBe('openvpn')
  })

  it('has a length over TCP', () => {
    const one = packet(18)
    expect(one.stack).toEqual(['eth', 'ip', 'tcp', 'openvpn', 'tls'])
    expect(one.show('openvpn.plen')).toEqual(['65 bytes'])
    const two = tcp4(`000e ${reset} 000e ${reset}`)
    expect(two.stack).toEqual(['ip', 'tcp', 'openvpn', 'openvpn'])
    expect(two.values('openvpn.plen')).toEqual([14, 14])
    expect(two.values('openvpn.sessionid')).toEqual([session, session])
  })

  it('is put together over TCP', () => {
    const one = new Session()
    peel(frames[17]!, one)
    const { stack, show, notes } = peel(frames[18]!, one)
    expect(stack).toEqual(['eth', 'ip', 'tcp', 'data'])
    expect(notes).toEqual(['info: Part of a message that goes on in later packets, 200 bytes so far'])
    // Alone it is read as far as it goes.
    expect(show('openvpn.plen')).toEqual([])
    expect(packet(19).show('openvpn.plen')).toEqual(['303 bytes'])
    expect(packet(19).notes.at(-1)).toMatch(/^info: Cut: /)
  })

  it('puts TLS together out of control messages, in their order', async () => {
    const one = new Session()
    const found = (await framesOf(captureFile('openvpn-tls-pieces.pcap'))).map(frame => {
      const { show, stack, notes, found } = peel(frame, one)
      const types = show('tls.handshake.type').join(', ')
      return {
        types,
        names: show('x509sat.uTF8String'),
        stack: stack.slice(2),
        notes,
        buffers: found.buffers,
      }
    })
    // Handshake and certificate are those of tls12.pcap.
    const flight =
      'Certificate (11), Server Key Exchange (12), Certificate Request (13), Server Hello Done (14)'
    const types = found.map(each => each.types)
    expect(types.slice(0, 10)).toEqual([
      ...['', '', '', 'Client Hello (1)', 'Server Hello (2)', ''],
      ...['Server Hello (2)', '', flight, ''],
    ])
    expect(types.slice(10)).toEqual([...['', '', '', '', 'Client Hello (1)', 'Server Hello (2)', ''], flight])
    for (const number of [9, 18]) expect(found[number - 1]!.names).toContain('vpn.example.org')
    expect(found[8]!.notes[0]).toContain('begins in packet 5: put together of 3 messages')
    expect(found[8]!.buffers.map(({ name, bytes }) => [name, bytes.length])).toEqual([
      ['reassembled-openvpn', 1195],
    ])
    expect(found[5]!.notes[0]).toBe('info: Too early: a message in front of it still missing')
    expect(found[6]!.notes[0]).toBe('info: Sent again, or captured twice: the same as packet 5')
    expect(found[14]!.stack).toEqual(['tcp', 'openvpn', 'data', 'openvpn', 'tls'])
    expect(found[17]!.buffers.map(({ name }) => name)).toEqual(['reassembled-tcp', 'reassembled-openvpn'])
  })

  it('tells how long a message of a stream is', () => {
    const length = (hex: string, sure = true) => {
      const r = new Reader(new Dissection())
      const bytes = hexBytes(hex)
      r.place(bytes, 0, bytes.length, bytes.length, 'test')
      return openvpn.message!(r, sure)
    }
    expect(length('000e38')).toBe(16)
    expect(length('000e')).toBe(0)
    expect(length('000038')).toBe(-1)
    // A static key leaves no opcode; TLS and HTTP are none of it.
    expect(length('000e00')).toBe(16)
    expect(length('050060')).toBe(0x502)
    expect(length('230048')).toBe(0x2302)
    expect(length('160301')).toBe(-1)
    for (const text of ['474554', '504f53', '485454']) expect(length(text)).toBe(-1)
    // Where the capture begins inside the stream.
    expect(length('000e38', false)).toBe(-1)
    expect(length(`000e ${reset} 0003 486d00`, false)).toBe(16)
    expect(length(`000e ${reset} 0003 006d00`, false)).toBe(-1)
  })

  it('refuses what is too short', () => {
    expect(peel(udp4(1194, 1194, '48 0001')).statuses.at(-1)).toBe('malformed')
    const cut = peel(udp4(1194, 1194, `20 ${session} 01 00000000 ${fill(8)} 00000001`, 10))
    expect(cut.statuses.at(-1)).toBe('truncated')
    const many = peel(udp4(1194, 1194, `20 ${session} ff 00000000`))
    expect(many.statuses.at(-1)).toBe('unknown')
  })
})
