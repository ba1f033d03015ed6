import { describe, expect, it } from 'vitest'
import { ipv4 } from '../craft.ts'
import { frameOf, hexBytes, peel } from '../peel.ts'

const echo = `0800 3a45 00ce0001 c908016b 00000000 2ca50700 00000000 1011121314151617 18191a1b1c1d1e1f
  2021222324252627 28292a2b2c2d2e2f 3031323334353637`

// Linux, HMAC-SHA1-96, tunnel mode.
const tunnel = `fee1bbd10002 fee1bbd10001 0800 45000080 445b4000 4033729c c0a80101 c0a80102
  04 04 0000 00005001 00000001 2807b563142a4ae93c3f0db1
  45000054 05b04000 4001dcd5 ac100001 ac100002 ${echo}`

// Linux, HMAC-SHA-256-128 from manual keys, transport mode.
const transport = `fee1bbd10002 fee1bbd10001 0800 45000074 57ee4000 40335f15 c0a80101 c0a80102
  01 06 0000 00005001 00000001 f28ac2a47e91ff46c8c81f967079db70c0a80102
  0800a842 00c80001 b308016b 00000000 dbad0000 00000000 1011121314151617 18191a1b1c1d1e1f
  2021222324252627 28292a2b2c2d2e2f 3031323334353637`

describe('AH', () => {
  it('protects a whole packet in tunnel mode', () => {
    const { stack, show, values, places, notes, line, found } = peel(frameOf(hexBytes(tunnel)))
    expect(stack.slice(0, 4)).toEqual(['eth', 'ip', 'ah', 'ip'])
    expect(show('ah.next_header')).toEqual(['IPv4 encapsulation (4)'])
    expect(places('ah.next_header')).toEqual(['272+8'])
    expect(values('ah.length')).toEqual([4])
    expect(show('ah.length')).toEqual(['24 bytes (4)'])
    expect(places('ah.reserved')).toEqual(['288+16'])
    expect(show('ah.spi')).toEqual(['0x00005001'])
    expect(values('ah.sequence')).toEqual([1])
    expect(values('ah.icv')).toEqual(['2807b563142a4ae93c3f0db1'])
    expect(places('ah.icv')).toEqual(['368+96'])
    expect(found.layer(2).length).toBe(24)
    expect(notes.filter(note => !note.startsWith('info'))).toEqual([])
    expect(line()).toBe('ah 192.168.1.1 > 192.168.1.2 spi 0x00005001 seq 1 len 108 (DF)')
    expect(line({ verbose: 1 })).toContain(
      'ah 192.168.1.1 > 192.168.1.2 spi 0x00005001 seq 1 len 108 [ 172.16.0.1 > 172.16.0.2: ',
    )
    expect(line({ verbose: 1 })).toMatch(
      /\(ttl 64, id 1456, len 84\) \] \(DF\) \(ttl 64, id 17499, len 128\)$/,
    )
  })

  it('protects the payload in transport mode', () => {
    const { show, values, places, line } = peel(frameOf(hexBytes(transport)))
    expect(show('ah.next_header')).toEqual(['ICMP (1)'])
    expect(values('ah.icv')).toEqual(['f28ac2a47e91ff46c8c81f967079db70c0a80102'])
    expect(places('ah.icv')).toEqual(['368+160'])
    expect(line({ verbose: 1 })).toContain(
      'ah 192.168.1.1 > 192.168.1.2 spi 0x00005001 seq 1 len 96 [ 192.168.1.1 > 192.168.1.2: icmp: echo request',
    )
  })

  it('prints ports, associations and unknown protocols inside', () => {
    const inside = (next: string, payload: string) =>
      peel(ipv4(51, `${next} 02 0000 00005001 00000001 aabbccdd ${payload}`)).line({ verbose: 1 })
    expect(inside('11', '0035 ffff 0008 0000')).toContain('len 24 [ 192.0.2.1.53 > 192.0.2.2.65535: ')
    expect(inside('32', '00001001 00000001 aabb')).toContain('len 26 [ esp spi 0x00001001 seq 1 len 10 ] (')
    expect(inside('fd', '010203')).toContain('len 19 [ ip-proto-253 len 3 ] (')
  })

  it('warns of what its sender may not do', () => {
    expect(peel(ipv4(51, '3b 01 0001 00000001 00000001')).notes).toEqual([
      'warning: The reserved bytes are to be 0',
      'warning: SPIs 1 to 255 are reserved',
      'error: No check value: this header proves nothing',
    ])
    expect(peel(ipv4(51, `3b 04 0000 00005001 00000000 ${'aabbccdd'.repeat(3)}`)).notes).toEqual([
      'info: The first packet has number 1: 0 is sent only where extended numbers pass 2³², or where nobody counts',
    ])
    const ipv6 = `60000000 0018 33 40 20010db8000000000000000000000001 20010db8000000000000000000000002
      3b 04 0000 00005001 00000001 aabbccdd aabbccdd aabbccdd`
    expect(peel(frameOf(hexBytes(ipv6), 229)).notes).toEqual([])
    expect(
      peel(frameOf(hexBytes(ipv6.replace('0018 33', '001c 33').replace('3b 04', '3b 05')), 229, 68)).notes,
    ).toContain('warning: In IPv6 the length of a header is to be a multiple of 8 bytes (RFC 4302 §2.2)')
  })

  it('knows which check values there are, with and without padding', () => {
    const notes = (words: number) => {
      const length = (words + 1).toString(16).padStart(2, '0')
      return peel(ipv4(51, `3b ${length} 0000 00005001 00000001 ${'c5c5c5c5'.repeat(words)}`)).notes
    }
    // RFC 2403, 2404, 3566, 4494, 4868 and 4543; 4 more where the header has to be a multiple of 8 bytes.
    for (const length of [12, 16, 20, 24, 28, 32, 36])
      expect(notes(length / 4), `${length} bytes`).toEqual([])
    for (const length of [4, 8, 40, 64])
      expect(notes(length / 4)).toEqual([
        `warning: No algorithm in use makes ${length} bytes, with or without padding (RFC 4302 §2.6)`,
      ])
  })

  it('stands outside of ESP', () => {
    const both = `32 04 0000 00005001 00000001 ${'c5c5c5c5'.repeat(3)} 00001001 00000001 ${'ab'.repeat(16)}`
    expect(peel(ipv4(51, both)).notes[0]).toBe(
      'info: ESP inside AH (transport adjacency, RFC 2401 §4.3): so the IP header is protected too',
    )
  })

  it('explains what its check value is made of', () => {
    const { found } = peel(frameOf(hexBytes(transport)))
    const icv = found.fields.find(field => field.name === 'ah.icv')!
    expect(icv.explain).toMatch(/counts as 0/)
    expect(icv.here?.(Number.NaN, found.layer(2))).toMatch(
      /^20 bytes are the 16 of HMAC-SHA-256-128 and 4 of padding/,
    )
  })

  it('refuses lengths that lie', () => {
    const short = peel(ipv4(51, '04 00 0000 00005001 00000001 aabbccdd'))
    expect(short.statuses.at(-1)).toBe('malformed')
    expect(short.notes).toEqual([
      'error: Malformed: Payload length makes 8 bytes, less than the 12 before the check value',
    ])
    // What every header has is there all the same, as in tshark.
    expect(short.values('ah.sequence')).toEqual([1])
    const long = peel(ipv4(51, '04 ff 0000 00005001 00000001 aabbccdd'))
    expect(long.statuses.at(-1)).toBe('malformed')
    expect(long.notes).toEqual([
      'error: Malformed: Integrity check value needs 1016 bytes, Total length leaves 4',
    ])
  })

  it('is truncated where the capture ends in it', () => {
    const { statuses, notes, line } = peel(
      ipv4(51, '04 04 0000 00005001 00000001 2807b563142a4ae93c3f0db1', 2),
    )
    expect(statuses.at(-1)).toBe('truncated')
    expect(notes).toEqual(['warning: Truncated: Integrity check value needs 12 bytes, the capture holds 10'])
    expect(line({ verbose: 1 })).toContain(
      'ah 192.0.2.1 > 192.0.2.2 spi 0x00005001 seq 1 len 24 [ truncated ]',
    )
    expect(peel(ipv4(51, '04 04 0000', 1)).line()).toContain('ah 192.0.2.1 > 192.0.2.2 [|ah]')
  })
})
