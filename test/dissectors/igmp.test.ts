import { describe, expect, it } from 'vitest'
import { ipv4 } from '../craft.ts'
import { peel } from '../peel.ts'

const igmp = (payload: string, cut = 0) => peel(ipv4(2, payload, cut))

describe('IGMP', () => {
  it.each([
    [
      'version 1 query',
      `1100eeff00000000`,
      'igmp query',
      { 'igmp.reserved': ['00'], 'igmp.maddr': ['0.0.0.0'] },
    ],
    ['version 2 query', `1164ee9b00000000`, 'igmp query', { 'igmp.max_resp': ['10.0 seconds (100)'] }],
    [
      'group query',
      `110afff3efffff01`,
      'igmp query [gaddr 239.255.255.1]',
      {
        'igmp.max_resp': ['1.0 seconds (10)'],
      },
    ],
    ['version 1 report', `1200fefdefffff01`, 'igmp report 239.255.255.1', { 'igmp.reserved': ['00'] }],
    [
      'version 2 report',
      `1600fafdefffff01`,
      'igmp nreport 239.255.255.1',
      {
        'igmp.type': ['Version 2 membership report (0x16)'],
        'igmp.maddr': ['239.255.255.1'],
      },
    ],
    ['leave', `1700f9fdefffff01`, 'igmp leave 239.255.255.1', { 'igmp.type': ['Leave group (0x17)'] }],
    [
      'DVMRP',
      `1301c342000aff0312345678c0000201`,
      'igmp dvmrp probe',
      {
        'igmp.code': ['probe (1)'],
        'igmp.data': ['000aff0312345678c0000201'],
      },
    ],
    ['PIM version 1', `1400dbff10000000`, 'igmp pim', { 'igmp.data': ['10000000'] }],
    ['unknown', `6601559811223344`, 'igmp-6 [v6]', { 'igmp.code': ['1'], 'igmp.data': ['11223344'] }],
  ] as const)('%s', (_, payload, text, fields) => {
    const { show, notes, line, stack } = igmp(payload)
    expect(stack).toEqual(['ip', 'igmp'])
    for (const [name, expected] of Object.entries(fields)) expect(show(name), name).toEqual(expected)
    expect(notes).toEqual([])
    expect(line()).toBe(`192.0.2.1 > 192.0.2.2: ${text}`)
  })

  it('version 3 query', () => {
    const { show, values, places, notes, line } = igmp(`118a70d1efffff010a9c0002c0000201c0000202`)
    expect(show('igmp.max_resp')).toEqual(['20.8 seconds (138)'])
    expect(values('igmp.max_resp.exp')).toEqual([0])
    expect(values('igmp.max_resp.mant')).toEqual([10])
    expect(places('igmp.max_resp.mant')).toEqual(['172+4'])
    expect(values('igmp.s')).toEqual([1])
    expect(places('igmp.s')).toEqual(['228+1'])
    expect(values('igmp.qrv')).toEqual([2])
    expect(show('igmp.qqic')).toEqual(['448 seconds (156)'])
    expect(values('igmp.num_src')).toEqual([2])
    expect(show('igmp.saddr')).toEqual(['192.0.2.1', '192.0.2.2'])
    expect(notes).toEqual([])
    expect(line()).toBe('192.0.2.1 > 192.0.2.2: igmp query [gaddr 239.255.255.1] [len 20]')
  })

  it('version 3 report', () => {
    const { show, values, places, notes, line } =
      igmp(`2200214a0000000302000000efffff0104000002efffff02c0000201c000020206010001efffff03
      c0000203deadbeef`)
    expect(values('igmp.reserved')).toEqual(['00', '0000'])
    expect(values('igmp.num_grp_recs')).toEqual([3])
    expect(places('igmp.grp_rec')).toEqual(['224+64', '288+128', '416+128'])
    expect(show('igmp.record_type')).toEqual([
      'Mode is exclude (2)',
      'Change to exclude mode (4)',
      'Block old sources (6)',
    ])
    expect(show('igmp.maddr')).toEqual(['239.255.255.1', '239.255.255.2', '239.255.255.3'])
    expect(show('igmp.saddr')).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.3'])
    expect(values('igmp.aux_data_len')).toEqual([0, 0, 1])
    expect(values('igmp.aux_data')).toEqual(['deadbeef'])
    expect(notes).toEqual([])
    expect(line()).toBe('192.0.2.1 > 192.0.2.2: igmp-2 [v2]')
  })

  it('tells a wrong checksum', () => {
    const { notes, line } = igmp('1600 fafe efffff01')
    expect(notes).toEqual(['error: Checksum 0xfafe is wrong, 0xfafd expected'])
    expect(line({ verbose: 1 })).toContain('igmp nreport 239.255.255.1 bad igmp cksum fafe! (ttl')
  })

  it('notes reserved bits', () => {
    expect(igmp('1100 ddff 00000000 f0 00 0000').notes).toContain('warning: Reserved bits are set')
    expect(igmp('1201 fefc efffff01').notes).toEqual(['warning: Reserved: these bytes are to be 0'])
  })

  it('cannot count more sources or records than there are', () => {
    const query = igmp('1100 0000 efffff01 0000 ffff c0000201')
    expect(query.statuses.at(-1)).toBe('malformed')
    expect(query.notes.at(-1)).toMatch(/Malformed: Source address needs 4 bytes, .* leaves 0/)
    const report = igmp('2200 0000 0000 ffff 0200 0000 efffff01')
    expect(report.statuses.at(-1)).toBe('malformed')
  })

  it('keeps what a short capture holds', () => {
    const { statuses, show, line } = igmp(
      `2200214a0000000302000000efffff0104000002efffff02c0000201c000020206010001efffff03
      c0000203deadbeef`,
      8,
    )
    expect(statuses.at(-1)).toBe('truncated')
    expect(show('igmp.maddr')).toEqual(['239.255.255.1', '239.255.255.2', '239.255.255.3'])
    expect(line()).toBe('192.0.2.1 > 192.0.2.2: igmp-2 [v2]')
    expect(igmp(`1700f9fdefffff01`, 5).line()).toBe('192.0.2.1 > 192.0.2.2: [|igmp]')
  })
})
