import { describe, expect, it } from 'vitest'
import { ssh as protocol } from '../../dissectors/ssh.ts'
import { Dissection } from '../../src/dissect/dissection.ts'
import { Reader } from '../../src/dissect/reader.ts'
import { Session } from '../../src/dissect/session.ts'
import { captureFile, framesOf } from '../captures.ts'
import { hexBytes, peel } from '../peel.ts'
import { hexOf, tcp4, tcpSegment, vector } from '../tcp-craft.ts'

// Values and places as tshark 4.0 has them, algorithms as the log of the client that was captured; the bytes made by
// hand follow RFC 4253, 4419 and 5656.

const frames = await framesOf(captureFile('ssh-tunnel.pcap'))
const [version, init, exchange, reply, sealed] = [2, 4, 6, 7, 8].map(i => frames[i]!)
const ping = frames[22]!

const zeros = (count: number) => '00'.repeat(count)
/** A packet in the clear with just enough padding. */
function packet(message: string): string {
  const size = hexBytes(message).length
  const padding = 8 - ((5 + size) % 8) + ((5 + size) % 8 > 4 ? 8 : 0)
  return vector(4, `${padding.toString(16).padStart(2, '0')}${message}${zeros(padding)}`)
}
const ssh = (bytes: string, cut = 0) => peel(tcp4(40000, 22, bytes, cut))
/** A segment to port 22. */
const segment = (sequence: number, bytes: string, flags = 0x18) =>
  tcpSegment(40000, 22, sequence, flags, bytes)
const string = (hex: string) => vector(4, hex)

describe('an SSH connection', () => {
  it('begins with versions', () => {
    const { stack, show, places, values, line } = peel(version!)
    expect(stack).toEqual(['eth', 'ip', 'tcp', 'ssh'])
    expect(show('ssh.protocol')).toEqual(['SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10'])
    expect(places('ssh.protocol')).toEqual([`${66 * 8}+${39 * 8}`])
    expect(values('ssh.line_end')).toEqual(['0d0a'])
    expect(line()).toContain(': ssh SSH-2.0-OpenSSH_9.2p1')
  })

  it('lists algorithms', () => {
    const { show, values, places, notes, statuses } = peel(init!)
    expect(statuses.at(-1)).toBe('complete')
    expect(notes).toEqual([])
    expect(values('ssh.packet_length')).toEqual([1356])
    expect(values('ssh.padding_length')).toEqual([4])
    expect(show('ssh.message_code')).toEqual(['Key Exchange Init (20)'])
    expect(values('ssh.cookie')).toEqual(['35150fc2eaa931e52cac71d5732358d4'])
    expect(show('ssh.kex_algorithms')[0]).toMatch(/^sntrup761x25519-sha512,.*,kex-strict-c-v00@openssh\.com$/)
    expect(places('ssh.kex_algorithms')).toEqual([`${92 * 8}+${328 * 8}`])
    expect(show('ssh.encryption_algorithms_client_to_server')).toEqual(['aes128-ctr'])
    expect(show('ssh.compression_algorithms_server_to_client')).toEqual(['none,zlib@openssh.com,zlib'])
    expect(values('ssh.languages_server_to_client_length')).toEqual([0])
    expect(values('ssh.kex.reserved')).toEqual([0])
  })

  it('makes keys, and proves who the server is', () => {
    expect(peel(exchange!).values('ssh.ecdh.q_c_length')).toEqual([1190])
    const { show, values, line } = peel(reply!)
    expect(show('ssh.host_key.type')).toEqual(['ssh-ed25519'])
    expect(values('ssh.host_key.eddsa.key_length')).toEqual([32])
    expect(values('ssh.ecdh.q_s_length')).toEqual([1071])
    expect(show('ssh.host_sig.type')).toEqual(['ssh-ed25519'])
    expect(values('ssh.host_sig.data_length')).toEqual([64])
    expect(show('ssh.message_code')).toEqual(['Key Exchange Method Reply, or Group (31)', 'New Keys (21)'])
    expect(line()).toContain('New Keys, encrypted, 200 bytes')
  })

  it('is opaque from then on', () => {
    expect(peel(sealed!).statuses.at(-1)).toBe('opaque')
    const { statuses, values, show, found } = peel(ping)
    expect(statuses.at(-1)).toBe('opaque')
    // UMAC-64 has 8 bytes; the ping inside has 84.
    expect(values('ssh.packet_length_clear')).toEqual([112])
    expect(show('ssh.mac')).toHaveLength(1)
    const length = found.fields.find(f => f?.name === 'ssh.packet_length_clear')
    expect(length?.here?.(112, found.layer(3))).toContain('79 to 94 bytes')
  })
})

describe('other key exchanges', () => {
  it('asks for groups', () => {
    const request = ssh(packet('22 00000800 00002000 00002000'))
    expect(request.values('ssh.dh_gex.min')).toEqual([2048])
    expect(request.values('ssh.dh_gex.nbits')).toEqual([8192])
    expect(request.values('ssh.dh_gex.max')).toEqual([8192])
    const group = ssh(packet(`1f ${string('00d7182545')}${string('02')}`))
    expect(group.values('ssh.dh_gex.p')).toEqual(['00d7182545'])
    expect(group.values('ssh.dh_gex.g')).toEqual(['02'])
    expect(ssh(packet(`20 ${string('53aff787')}`)).values('ssh.dh.e')).toEqual(['53aff787'])
    expect(ssh(packet('1e 00000800')).values('ssh.dh_gex.nbits')).toEqual([2048])
  })

  it('knows curves, RSA and ECDSA keys', () => {
    expect(ssh(packet(`1e ${string('ab'.repeat(32))}`)).values('ssh.ecdh.q_c_length')).toEqual([32])
    expect(ssh(packet(`1e ${string(`04${'ab'.repeat(64)}`)}`)).values('ssh.ecdh.q_c_length')).toEqual([65])
    expect(ssh(packet(`1e ${string('ab'.repeat(128))}`)).values('ssh.dh.e')).toEqual(['ab'.repeat(128)])
    const signature = string(string(hexOf('rsa-sha2-256')) + string('5161'))
    const rsa = string(string(hexOf('ssh-rsa')) + string('010001') + string('00c1'))
    const byRsa = ssh(packet(`21 ${rsa}${string('f0f0')}${signature}`))
    expect(byRsa.values('ssh.host_key.rsa.e')).toEqual(['010001'])
    expect(byRsa.values('ssh.host_key.rsa.n')).toEqual(['00c1'])
    expect(byRsa.values('ssh.dh.f')).toEqual(['f0f0'])
    expect(byRsa.values('ssh.host_sig.data')).toEqual(['5161'])
    const ecdsa = string(string(hexOf('ecdsa-sha2-nistp256')) + string(hexOf('nistp256')) + string('04aa'))
    const byCurve = ssh(packet(`1f ${ecdsa}${string('ab'.repeat(32))}${signature}`))
    expect(byCurve.show('ssh.host_key.ecdsa.id')).toEqual(['nistp256'])
    expect(byCurve.values('ssh.host_key.ecdsa.q')).toEqual(['04aa'])
    expect(byCurve.values('ssh.ecdh.q_s_length')).toEqual([32])
  })

  it('says goodbye, and warns of Terrapin', () => {
    const bye = ssh(packet(`01 0000000b ${string(hexOf('bye'))}${string('')}`))
    expect(bye.show('ssh.disconnect_reason')).toEqual(['by application (11)'])
    expect(bye.show('ssh.disconnect_description')).toEqual(['bye'])
    const old = ssh(packet(`14 ${zeros(16)}${string(hexOf('curve25519-sha256'))}${zeros(36)}00${zeros(4)}`))
    expect(old.notes.some(note => note.includes('Terrapin'))).toBe(true)
  })
})

describe('what is not in the clear', () => {
  it('is a guess by lengths that fill the segment', () => {
    const two = `00000010${'9a'.repeat(16)}${'3c'.repeat(16)}`.repeat(2)
    expect(ssh(two).values('ssh.packet_length_clear')).toEqual([16, 16])
    expect(ssh(two).values('ssh.mac')).toEqual(['3c'.repeat(16), '3c'.repeat(16)])
    const hidden = ssh('9a3c'.repeat(18))
    expect(hidden.values('ssh.encrypted_packet')).toEqual(['9a3c'.repeat(18)])
    expect(hidden.statuses.at(-1)).toBe('opaque')
  })

  it('is a line of text in front of the version', () => {
    const { show } = ssh(`${hexOf('Welcome\r\n')}${hexOf('SSH-2.0-x\n')}`)
    expect(show('ssh.banner')).toEqual(['Welcome'])
    expect(show('ssh.protocol')).toEqual(['SSH-2.0-x'])
  })
})

describe('lengths', () => {
  it('that lie are malformed', () => {
    const { statuses, notes } = ssh(packet(`22 00000800`))
    expect(statuses.at(-1)).toBe('malformed')
    expect(notes).toEqual(['error: Malformed: Preferred bits needs 4 bytes, Message leaves 0'])
    const key = ssh(packet(`20 ffffffff${'00'.repeat(8)}`))
    expect(key.statuses.at(-1)).toBe('malformed')
    expect(ssh(packet(`20 ${string('53aff787')}`), 12).statuses.at(-1)).toBe('truncated')
  })

  it('are told for streams', () => {
    const lengthOf = (hex: string) => {
      const r = new Reader(new Dissection())
      const bytes = hexBytes(hex)
      r.place(bytes, 0, bytes.length, bytes.length, 'test')
      return protocol.message!(r, true)
    }
    const line = hexOf('SSH-2.0-x\r\n')
    const keys = packet('15')
    for (const [hex, length] of [
      [line, 11],
      [hexOf('SSH-2.0-x'), 0],
      [hexOf('SS'), 0],
      [hexOf(`Wait\r\nSSH-2.0-x`), 6],
      [keys, 16],
      [keys.slice(0, 18), 0],
      [keys + keys, 32],
      [line + keys.slice(0, 20), 11],
      [`${keys}9a3c5e7f0a15`, 22],
      ['0000', 0],
      ['9a3c5e7f0a15', 6],
      // Encrypted, with lengths in the clear: codes 20 and 30, and words behind them that do not fit.
      [`00000040 08 14 ${'9a'.repeat(40)}`, 46],
      [`00000040 08 1e ${'9a'.repeat(40)}`, 46],
      ['00010000 08 15', 6],
    ] as const)
      expect(lengthOf(hex), hex).toBe(length)
  })
})

describe('over several segments', () => {
  const [, , greeting, , list] = frames
  /** Headers of 14, 20 and 32 bytes come before what SSH says. */
  const said = [greeting!, list!].map(({ bytes, capturedLength }) =>
    Buffer.from(bytes.subarray(66, capturedLength)).toString('hex'),
  )

  it('packets are read whole wherever they are cut', () => {
    const stream = said.join('')
    for (const cut of [1, 3, 41, 60, 500, stream.length / 2 - 1]) {
      const session = new Session()
      const parts = [stream.slice(0, cut * 2), stream.slice(cut * 2)]
      peel({ ...segment(999, '', 2), number: 1 }, session)
      const found = [0, cut].map((at, i) =>
        peel({ ...segment(1000 + at, parts[i]!), number: 2 + i }, session).show('ssh.message_code'),
      )
      expect(found, `${cut}`).toEqual([[], ['Key Exchange Init (20)']])
    }
  })

  it('what is encrypted is opaque in each of them', () => {
    const session = new Session()
    const [first, second] = [
      segment(1000, `${packet('15')}${'9a3c'.repeat(18)}`),
      segment(1052, '9a3c'.repeat(9)),
    ]
    peel({ ...segment(999, '', 2), number: 1 }, session)
    const begun = peel({ ...first, number: 2 }, session)
    expect(begun.stack.slice(2)).toEqual(['ssh'])
    expect(begun.values('ssh.encrypted_packet')).toEqual(['9a3c'.repeat(18)])
    const further = peel({ ...second, number: 3 }, session)
    expect(further.stack.slice(2)).toEqual(['ssh'])
    expect(further.statuses.at(-1)).toBe('opaque')
    expect(further.notes.filter(note => !note.includes('Encrypted'))).toEqual([])
  })
})
