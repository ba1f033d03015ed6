import { describe, expect, it } from 'vitest'
import { ipv6 } from '../craft.ts'
import { peel } from '../peel.ts'

const mobility = (hex: string, cut = 0) => peel(ipv6(135, hex, cut))
const care = '20010db8000000000000000000000007'

// Places, values and checksums are those of tshark 4.0 for the same bytes, where it knows the message.
describe('Mobile IPv6', () => {
  it('exchanges tokens', () => {
    const { stack, show, values, places, notes, line } = mobility(
      '3b02 0300 057a 0007 0102030405060708 1112131415161718',
    )
    expect(stack).toEqual(['ipv6', 'mipv6'])
    expect(show('mip6.proto')).toEqual(['IPv6 No Next Header (59)'])
    expect(show('mip6.hlen')).toEqual(['24 bytes (2)'])
    expect(show('mip6.mhtype')).toEqual(['Home test (3)'])
    expect(places('mip6.mhtype')).toEqual(['336+8'])
    expect(places('mip6.csum')).toEqual(['352+16'])
    expect(values('mip6.hot.nindex')).toEqual([7])
    expect(values('mip6.hoti.cookie')).toEqual(['0102030405060708'])
    expect(places('mip6.hoti.cookie')).toEqual(['384+64'])
    expect(values('mip6.hot.token')).toEqual(['1112131415161718'])
    expect(notes).toEqual([])
    expect(line()).toBe('2001:db8::1 > 2001:db8::2: mobility: home test')
  })

  it('verifies its checksum', () => {
    expect(mobility('3b02 0300 1234 0007 0102030405060708 1112131415161718').notes).toEqual([
      'error: Checksum 0x1234 is wrong, 0x057a expected',
    ])
  })

  it('updates bindings, with options', () => {
    const options = `0310 ${care} 0404 0001 0002 050c ${'aa'.repeat(12)} 0104 00000000`
    const { show, values, places, notes } = mobility(`3b06 0500 1365 1234 ffc0 0384 ${options}`)
    expect(show('mip6.mhtype')).toEqual(['Binding update (5)'])
    expect(values('mip6.bu.seqnr')).toEqual([0x1234])
    const flags = ['a_flag', 'h_flag', 'l_flag', 'k_flag', 'm_flag', 'p_flag', 'f_flag', 't_flag', 'b_flag']
    for (const name of flags) expect(values(`mip6.bu.${name}`)).toEqual([1])
    expect(places('mip6.bu.a_flag')).toEqual(['384+1'])
    expect(places('mip6.nemo.bu.r_flag')).toEqual(['389+1'])
    expect(places('mip6.bu.b_flag')).toEqual(['393+1'])
    expect(show('mip6.bu.lifetime')).toEqual(['3600 seconds (900)'])
    expect(show('mip6.mobility_opt')).toEqual([
      'Alternate care-of address (3)',
      'Nonce indices (4)',
      'Authorization data (5)',
      'PadN (1)',
    ])
    expect(show('mip6.acoa.acoa')).toEqual(['2001:db8::7'])
    expect(places('mip6.acoa.acoa')).toEqual(['432+128'])
    expect(values('mip6.ni.hni')).toEqual([1])
    expect(values('mip6.ni.cni')).toEqual([2])
    expect(values('mip6.bad.auth')).toEqual(['aa'.repeat(12)])
    expect(notes).toEqual([])
  })

  it('answers updates', () => {
    const { show, values, places } = mobility('3b01 0600 0000 87 f8 1234 0384 0202 0010')
    expect(show('mip6.ba.status')).toEqual(['Sequence number out of window (135)'])
    expect(values('mip6.ba.k_flag')).toEqual([1])
    expect(places('mip6.ba.b_flag')).toEqual(['380+1'])
    expect(show('mip6.bra.interval')).toEqual(['64 seconds (16)'])
  })

  // Types of message: the fields behind the checksum and their values, by tshark or, for 17 to 20, RFC 6705 and 7077.
  it.each([
    ['0 0000', 'mip6.message.reserved', 0],
    ['1 0000 0102030405060708', 'mip6.hoti.cookie', '0102030405060708'],
    ['2 0000 0102030405060708', 'mip6.coti.cookie', '0102030405060708'],
    ['4 0008 0102030405060708 1112131415161718', 'mip6.cot.nindex', 8],
    ['7 0200 20010db8000000000000000000000099', 'mip6.be.status', 2],
    ['7 0200 20010db8000000000000000000000099', 'mip6.be.haddr', '20010db8000000000000000000000099'],
    ['8 1234 f000 0384', 'mip6.fbu.k_flag', 1],
    ['9 0080 1234 0384', 'mip6.fback.k_flag', 1],
    ['10 0000 0707 01 020000000001', 'mip6.lla', '020000000001'],
    ['11 aabb', 'mip6.unknown_type_data', 'aabb'],
    ['13 0003 00000009', 'mip6.hb.seqnr', 9],
    ['13 0002 00000009', 'mip6.hb.u_flag', 1],
    ['14 0005 c001', 'mip6.hi.u_flag', 1],
    ['15 0005 0001', 'mip6.hi.code', 1],
    ['16 0102 0009 e000', 'mip6.bri_r.trigger', 2],
    ['16 0280 0009 6000', 'mip6.bri_status', 128],
    ['16 0280 0009 6000', 'mip6.bri_iv', 1],
    ['17 0001 0000 0010', 'mip6.lri.lifetime', 16],
    ['18 0001 8081 0010', 'mip6.lra.status', 129],
    ['19 0001 0002 8000', 'mip6.upn.a_flag', 1],
    ['20 0001 80 000000', 'mip6.upa.status', 128],
    ['77 aabb', 'mip6.unknown_type_data', 'aabb'],
  ])('reads message %s', (message, name, value) => {
    expect(mobility(padded(message)).values(name)).toEqual([value])
  })

  it.each([
    ['06 12 0040 20010db8000000000000000000000000', 'mip6.nemo.mnp.pfl', 64],
    ['08 09 01 6d6e40782e6f7267', 'mip6.mnid.subtype', 1],
    ['09 0d 02 00000100 bbbbbbbbbbbbbbbb', 'mip6.auth.auth_data', 'bbbbbbbbbbbbbbbb'],
    ['0a 08 e900000000000000', 'mip6.mseg_id.timestamp', 'e900000000000000'],
    ['10 08 0102030405060708', 'mip6.mocot.co_keygen_tok', '0102030405060708'],
    ['13 06 0000000a 01 76', 'mip6.vsm.vendorId', 10],
    ['17 02 0001', 'mip6.hi', 1],
    ['18 02 0004', 'mip6.att', 4],
    ['19 08 0000 020000000001', 'mip6.mnlli.lli', '020000000001'],
    ['1a 10 fe800000000000000000000000000001', 'mip6.lila_lla', 'fe800000000000000000000000000001'],
    ['1c 04 00000005', 'mip6.rc', 5],
    ['1d 06 8200 c0000205', 'mip6.ipv4ha.p_flag', 1],
    ['1e 06 0080 c0000205', 'mip6.ipv4ha.preflen', 32],
    ['1f 06 8000 0000006e', 'mip6.natd.refresh_t', 110],
    ['20 06 0000 c0000206', 'mip6.ipv4coa.addr', 0xc0000206],
    ['21 06 0000 00000042', 'mip6.gre_key', 0x42],
    ['23 04 0001 0080', 'mip6.bi.h_flag', 1],
    ['23 08 0001 0080 c0000209', 'mip6.bi.coa_ipv4', 0xc0000209],
    ['24 06 8000 c0000207', 'mip6.ipv4ha.preflen', 32],
    ['26 06 0000 c0000208', 'mip6.ipv4dra.dra', 0xc0000208],
    ['c8 02 7a7a', 'mip6.option.data', '7a7a'],
  ])('reads option %s', (option, name, value) => {
    expect(mobility(padded(`5 1234 8000 0384 ${option}`)).values(name)).toEqual([value])
  })

  it('stops at what lies or is cut', () => {
    const lies = mobility('3b01 0600 0000 00 00 1234 0384 0203 0010')
    expect(lies.statuses).toEqual(['complete', 'malformed'])
    expect(lies.notes).toEqual([
      expect.stringMatching(/^error: Checksum 0x0000 is wrong/),
      'error: Malformed: Option length claims 5 bytes for Mobility option, Header len leaves 4',
    ])
    const long = mobility('3b02 0600 0000 00 00 1234 0384 0202 0010')
    expect(long.notes).toEqual([
      'error: Malformed: Header len claims 18 bytes for Message data, Payload length leaves 10',
    ])
    const cut = mobility('3b01 0600 0000 00 00 1234 0384 0202 0010', 7)
    expect(cut.statuses).toEqual(['complete', 'truncated'])
    expect(cut.notes).toEqual(['warning: Truncated: Sequence number needs 2 bytes, the capture holds 1'])
  })
})

/** A mobility header of a type with a message, padded to whole words: `type message`. */
function padded(message: string): string {
  const [type, ...words] = message.split(' ')
  const data = words.join('')
  const missing = (8 - ((6 + data.length / 2) % 8)) % 8
  const padding =
    missing === 0 ? '' : missing === 1 ? '00' : `01${hex(missing - 2)}${'00'.repeat(missing - 2)}`
  const unknown = type === '11' || type === '77'
  const length = unknown ? 0 : (6 + data.length / 2 + missing) / 8 - 1
  return `3b${hex(length)}${hex(Number(type))}000000${data}${unknown ? '' : padding}`
}

const hex = (byte: number) => byte.toString(16).padStart(2, '0')
