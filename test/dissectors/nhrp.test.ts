import { describe, expect, it } from 'vitest'
import { ipv4 } from '../craft.ts'
import { peel } from '../peel.ts'

const nhrp = (hex: string, cut = 0) => peel(ipv4(47, `0000 2001 ${hex}`, cut))

/** Header and mandatory part up to the request's number, around lengths and offsets that a test chooses. */
const start = (size: string, extensions: string, type: string, flags: string) =>
  `0001 0800 0000000000 ff ${size} 0000 ${extensions} 01 ${type} 04 00 04 04 ${flags} 00000006 c6336402 0a000002 0a000003`

// Layouts are those of RFC 2332 §5; values, places and the checksum are tshark's.
describe('NHRP', () => {
  it('purges', () => {
    const { stack, values, places, show, notes, line, found } = nhrp(
      `000108000000000000ff00380f870000010504000404800200000009cb0071030a0000030a0000020020000000000000000004000a000003`,
    )
    expect(stack).toEqual(['ip', 'gre', 'nhrp'])
    expect(show('nhrp.hdr.afn')).toEqual(['IPv4 (1)'])
    expect(show('nhrp.hdr.pro.type')).toEqual(['IPv4 (0x0800)'])
    expect(values('nhrp.hdr.pktsz')).toEqual([56])
    expect(found.checks.find(({ field }) => field.name === 'nhrp.hdr.chksum')).toMatchObject({
      expected: 0xf87,
    })
    expect(show('nhrp.hdr.op.type')).toEqual(['Purge Request (5)'])
    expect(values('nhrp.hdr.shtl.len')).toEqual([4])
    expect(places('nhrp.hdr.shtl.len')).toEqual(['338+6'])
    expect(values('nhrp.flag.n')).toEqual([1])
    expect(values('nhrp.flag.nat')).toEqual([1])
    expect(places('nhrp.flag.nat')).toEqual(['382+1'])
    expect(values('nhrp.reqid')).toEqual([9])
    expect(show('nhrp.src.nbma.addr')).toEqual(['203.0.113.3'])
    expect(show('nhrp.src.prot.addr')).toEqual(['10.0.0.3'])
    expect(show('nhrp.dst.prot.addr')).toEqual(['10.0.0.2'])
    expect(values('nhrp.prefix')).toEqual([32])
    expect(show('nhrp.client.prot.addr')).toEqual(['10.0.0.3'])
    expect(notes.filter(note => !note.startsWith('info'))).toEqual([])
    expect(line()).toContain('gre nhrp Purge Request, ID 9, 10.0.0.2')
  })

  it('answers, with extensions', () => {
    const { show, values } = nhrp(
      `00010800 0000000000 ff 0078 217c 003c 01 02 04 00 04 04 d802 00000006 c6336402 0a000002 0a000003
       00 20 0000 0578 0258 04 00 04 c8 cb007103 0a000003
       8003 0014 00 20 0000 0578 0258 04 00 04 00 cb007103 0a000003
       8004 0000 8005 0000 8007 000b 0000 0001 646d76706e2d31 8008 0005 00000c 0102 8000 0000`.replace(
        '217c',
        '0000',
      ),
    )
    expect(values('nhrp.flag.q')).toEqual([1])
    expect(values('nhrp.flag.d')).toEqual([0])
    expect(values('nhrp.flag.u')).toEqual([1])
    expect(show('nhrp.client.nbma.addr')).toEqual(['203.0.113.3', '203.0.113.3'])
    expect(show('nhrp.mtu')).toEqual(['1400 bytes', '1400 bytes'])
    expect(show('nhrp.htime')).toEqual(['600 seconds', '600 seconds'])
    expect(values('nhrp.pref')).toEqual([200, 0])
    expect(values('nhrp.ext.type')).toEqual([3, 4, 5, 7, 8, 0])
    expect(values('nhrp.ext.c')).toEqual([1, 1, 1, 1, 1, 1])
    expect(values('nhrp.auth_ext.spi')).toEqual([1])
    expect(values('nhrp.auth_ext.data')).toEqual(['646d76706e2d31'])
    expect(values('nhrp.vendor_ext.id')).toEqual([0xc])
  })

  it('speaks of packets that it quotes', () => {
    const inner = '45000014 00010000 40fd0000 0a000002 0a000003'
    const hint = nhrp(
      `0001 0800 0000000000 ff 003c 0000 0000 01 08 04 00 04 04 0000 0000 0000 c0000201 0a000001 0a000002 ${inner}`,
    )
    expect(hint.stack.slice(0, 4)).toEqual(['ip', 'gre', 'nhrp', 'ip'])
    expect(hint.found.layer(3).quoted).toBe(true)
    const more = nhrp(
      `0001 0800 0000000000 ff 0044 0000 003c 01 08 04 00 04 04 0000 0000 0000 c0000201 0a000001 0a000002 ${inner} 8004 0000 8000 0000`,
    )
    expect(more.values('nhrp.ext.type')).toEqual([4, 0])
    const error = nhrp(
      `0001 0800 0000000000 ff 003c 0000 0000 01 07 04 00 04 04 0000 0007 000e c0000201 0a000001 0a000002
       0001 0800 0000000000 ff 0056 0000 0000 01 01`,
    )
    expect(error.show('nhrp.err.code')).toEqual(['protocol error (7)'])
    expect(error.values('nhrp.err.offset')).toEqual([14])
    expect(error.stack).toEqual(['ip', 'gre', 'nhrp', 'nhrp'])
  })

  it('reads other kinds of addresses', () => {
    const { show, values } = peel(
      ipv4(
        54,
        `0002 86dd 0000000000 ff 0042 0000 0000 01 01 10 02 08 00 0000 00000001
        20010db8000000000000000000000001 abcd 0102030405060708`,
      ),
    )
    expect(show('nhrp.src.nbma.addr6')).toEqual(['2001:db8::1'])
    expect(values('nhrp.src.nbma.saddr')).toEqual(['abcd'])
    expect(values('nhrp.src.prot.addr_bytes')).toEqual(['0102030405060708'])
  })

  it('bounds what lies', () => {
    expect(nhrp(start('0034', '0010', '01', '0000')).notes).toContain(
      'error: Malformed: Extension offset is 16, inside what came before',
    )
    expect(nhrp(start('0034', '0099', '01', '0000')).statuses.at(-1)).toBe('malformed')
    expect(nhrp(start('000a', '0000', '01', '0000')).notes).toContain(
      'error: Malformed: Packet length is 10, less than the 22 bytes before it',
    )
    expect(nhrp(`${start('002c', '0028', '01', '0000')} 8003 00ff`).statuses.at(-1)).toBe('malformed')
    expect(nhrp(start('0028', '0000', '01', '0000'), 4).statuses.at(-1)).toBe('truncated')
  })
})
