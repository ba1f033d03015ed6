import { describe, expect, it } from 'vitest'
import { ipv4 } from '../craft.ts'
import { type Peeled, peel } from '../peel.ts'

/** A segment with these options, zeros behind them up to a multiple of 4, a checksum of 0, and `ab` as data. */
function segment(options: string, syn = false, cut = 0): Peeled {
  const padded = options.padEnd(Math.ceil(options.length / 8) * 8, '0')
  const offset = (5 + padded.length / 8).toString(16)
  return peel(ipv4(6, `c000c001000003e8000007d0${offset}0${syn ? '12' : '10'}020000000000${padded}ab`, cut))
}

/** `first bit + bits = value` of each field of this name; bits count from the first option on. */
function read(found: Peeled, name: string): string[] {
  const values = found.values(name)
  return found.places(name).map((place, i) => {
    const [bit, bits] = place.split('+')
    return `${Number(bit) - 40 * 8}+${bits} = ${values[i]}`
  })
}

const remarks = (found: Peeled) => found.notes.filter(note => !note.startsWith('error: Checksum'))

// Fields, places and values as tshark shows them for the same bytes. `S`: only in segments with SYN.
const cases: readonly [name: string, options: string, fields: Record<string, string[]>, syn?: 'S'][] = [
  [
    'maximum segment size',
    '020405b4',
    { option_kind: ['0+8 = 2'], option_len: ['8+8 = 4'], 'options.mss_val': ['16+16 = 1460'] },
    'S',
  ],
  [
    'window scale',
    '03030701',
    { option_kind: ['0+8 = 3', '24+8 = 1'], 'options.wscale.shift': ['16+8 = 7'] },
    'S',
  ],
  ['SACK permitted', '04020101', { option_kind: ['0+8 = 4', '16+8 = 1', '24+8 = 1'] }, 'S'],
  [
    'selective acknowledgment',
    '0101051200000101000002020000040400000505',
    {
      'options.sack_le': ['32+32 = 257', '96+32 = 1028'],
      'options.sack_re': ['64+32 = 514', '128+32 = 1285'],
    },
  ],
  [
    'timestamps',
    '0101080a0001e2400000d431',
    { 'options.timestamp.tsval': ['32+32 = 123456'], 'options.timestamp.tsecr': ['64+32 = 54321'] },
  ],
  ['echo', '060611223344', { 'options.echo_value': ['16+32 = 287454020'] }],
  ['echo reply', '070655667788', { 'options.echo_value': ['16+32 = 1432778632'] }],
  ['partial order service profile', '0a03c0', { 'options.poc_profile.flags': ['16+8 = 192'] }],
  ['connection count', '0b0600000001', { 'options.cc_value': ['16+32 = 1'] }],
  ['new connection count', '0c0600000002', { 'options.cc_value': ['16+32 = 2'] }],
  ['connection count echo', '0d0600000003', { 'options.cc_value': ['16+32 = 3'] }],
  ['alternate checksum request', '0e0301', { 'options.alternate_checksum.number': ['16+8 = 1'] }, 'S'],
  ['alternate checksum data', '0f04abcd', { 'options.unknown.payload': ['16+16 = abcd'] }],
  [
    'MD5 signature',
    '1312000102030405060708090a0b0c0d0e0f',
    { 'options.md5.digest': ['16+128 = 000102030405060708090a0b0c0d0e0f'] },
  ],
  [
    'SCPS capabilities',
    '1404f801',
    {
      'options.scps.vector': ['16+8 = 248'],
      'options.scpsflags.nlts': ['20+1 = 1'],
      'options.scpsflags.reserved': ['21+3 = 0'],
      'options.scps.binding': ['24+8 = 1'],
    },
    'S',
  ],
  [
    'selective negative acknowledgment',
    '150600010002',
    { 'options.snack.offset': ['16+16 = 1'], 'options.snack.size': ['32+16 = 2'] },
  ],
  ['record boundary', '1602', { option_len: ['8+8 = 2'] }],
  ['corruption experienced', '1702', { option_len: ['8+8 = 2'] }],
  [
    'Quick-Start response',
    '1b08170203040506',
    {
      'options.qs.rate': ['20+4 = 7'],
      'options.qs.ttl_diff': ['24+8 = 2'],
      'options.qs.nonce': ['32+30 = 12648769'],
    },
  ],
  [
    'user timeout',
    '1c048123',
    { 'options.user_to_granularity': ['16+1 = 1'], 'options.user_to_val': ['17+15 = 291'] },
  ],
  [
    'TCP authentication',
    '1d100102a0a1a2a3a4a5a6a7a8a9aaab',
    {
      'options.ao.keyid': ['16+8 = 1'],
      'options.ao.rnextkeyid': ['24+8 = 2'],
      'options.ao.mac': ['32+96 = a0a1a2a3a4a5a6a7a8a9aaab'],
    },
  ],
  ['Fast Open cookie', '220a0001020304050607', { 'options.tfo.cookie': ['16+64 = 0001020304050607'] }, 'S'],
  ['Fast Open cookie request', '2202', { option_len: ['8+8 = 2'], 'options.tfo.cookie': [] }, 'S'],
  [
    'accurate ECN, order 0',
    'ac0b000001000002000003',
    {
      'options.acc_ecn.ee0b': ['16+24 = 1'],
      'options.acc_ecn.eceb': ['40+24 = 2'],
      'options.acc_ecn.ee1b': ['64+24 = 3'],
    },
  ],
  ['accurate ECN, order 1, one counter', 'ae05000001', { 'options.acc_ecn.ee1b': ['16+24 = 1'] }],
  [
    'experiment',
    'fd08123401020304',
    { 'options.experimental.exid': ['16+16 = 4660'], 'options.experimental.data': ['32+32 = 01020304'] },
  ],
  [
    'Fast Open as an experiment',
    'fe0cf989a0a1a2a3a4a5a6a7',
    { 'options.experimental.exid': ['16+16 = 63881'], 'options.tfo.cookie': ['32+64 = a0a1a2a3a4a5a6a7'] },
  ],
  [
    'ACK rate request',
    'fe0500ac83',
    { 'options.tarr.rate': ['32+7 = 65'], 'options.tar.reserved': ['39+1 = 1'] },
  ],
  ['encryption negotiation', '4503a1', { 'options.eno.suboptions': ['16+8 = a1'] }],
  ['unknown option', '4606deadbeef', { 'options.unknown.payload': ['16+32 = deadbeef'] }],
]

describe('TCP options', () => {
  it.each(cases)('read %s', (_, options, fields, syn) => {
    const found = segment(options, syn === 'S')
    for (const [name, expected] of Object.entries(fields))
      expect(read(found, `tcp.${name}`), name).toEqual(expected)
    expect(remarks(found)).toEqual([])
    expect(found.statuses).toEqual(['complete', 'complete', 'complete'])
    expect(found.stack).toEqual(['ip', 'tcp', 'data'])
  })

  it('teach with the value', () => {
    const { show, found } = segment('0101080a0001e2400000d431')
    expect(show('tcp.option_len')).toEqual(['10 bytes'])
    const explained = (name: string, value: number) => {
      const field = Object.values(found.protocols[1]!.fields).find(f => f.name === name)!
      return field.here!(value, found.layer(1))
    }
    expect(explained('tcp.options.mss_val', 1460)).toContain('a packet of 1500 bytes')
    expect(explained('tcp.options.mss_val', 1360)).toContain('1400 bytes over IPv4, 1420 over IPv6')
    expect(explained('tcp.options.wscale.shift', 7)).toContain('units of 128 bytes')
    expect(segment('fe0400ac').show('tcp.options.experimental.exid')).toEqual(['ACK rate request (0x00ac)'])
  })
})

const mptcp = (name: string) => `options.mptcp.${name}`
const eight = '0001020304050607'

// As tshark shows them.
const multipath: readonly [name: string, option: string, fields: Record<string, string[]>][] = [
  [
    'MP_CAPABLE in a SYN',
    '1e040181',
    {
      subtype: ['16+4 = 0'],
      version: ['20+4 = 1'],
      flags: ['24+8 = 129'],
      'checksumreq.flags': ['24+1 = 1'],
      'extensibility.flag': ['25+1 = 0'],
      'nomoresubflows.flag': ['26+1 = 0'],
      'reserved.flag': ['27+4 = 0'],
      'sha256.flag': ['31+1 = 1'],
    },
  ],
  [
    'MP_CAPABLE of version 0',
    `1e0c0081${eight}`,
    {
      version: ['20+4 = 0'],
      'reserved.flag': ['26+5 = 0'],
      'sha1.flag': ['31+1 = 1'],
      sendkey: [`32+64 = ${eight}`],
    },
  ],
  [
    'MP_CAPABLE with both keys, length and checksum',
    `1e180181${eight}08090a0b0c0d0e0f00101234`,
    {
      sendkey: [`32+64 = ${eight}`],
      recvkey: ['96+64 = 08090a0b0c0d0e0f'],
      datalvllen: ['160+16 = 16'],
      checksum: ['176+16 = 4660'],
    },
  ],
  [
    'MP_JOIN in a SYN',
    `1e0c1105${eight}`,
    {
      subtype: ['16+4 = 1'],
      flags: ['16+8 = 17'],
      'backup.flag': ['23+1 = 1'],
      addrid: ['24+8 = 5'],
      recvtok: ['32+32 = 66051'],
      sendrand: ['64+32 = 67438087'],
    },
  ],
  [
    'MP_JOIN in the answer',
    `1e101105${eight}08090a0b`,
    { sendtrunchmac: [`32+64 = ${eight}`], sendrand: ['96+32 = 134810123'] },
  ],
  [
    'MP_JOIN at last',
    '1e181000000102030405060708090a0b0c0d0e0f10111213',
    { reserved: ['20+12 = 0'], sendhmac: ['32+160 = 000102030405060708090a0b0c0d0e0f10111213'] },
  ],
  [
    'DSS with a short acknowledgment',
    '1e082001aabbccdd',
    {
      subtype: ['16+4 = 2'],
      flags: ['24+8 = 1'],
      'datafin.flag': ['27+1 = 0'],
      'dataackpresent.flag': ['31+1 = 1'],
      rawdataack4: ['32+32 = 2864434397'],
    },
  ],
  ['DSS with a long acknowledgment', `1e0c2003${eight}`, { rawdataack: [`32+64 = ${eight}`] }],
  [
    'DSS with a short mapping',
    '1e122005000102030405060708090a0b0c0d',
    {
      rawdataack4: ['32+32 = 66051'],
      rawdataseqno4: ['64+32 = 67438087'],
      subflowseqno: ['96+32 = 134810123'],
      datalvllen: ['128+16 = 3085'],
      checksum: [],
    },
  ],
  [
    'DSS with a long mapping and its checksum',
    '1e1c201f000102030405060708090a0b0c0d0e0f1011121314151617',
    {
      'datafin.flag': ['27+1 = 1'],
      'dseqn8.flag': ['28+1 = 1'],
      rawdataack: [`32+64 = ${eight}`],
      rawdataseqno: ['96+64 = 08090a0b0c0d0e0f'],
      subflowseqno: ['160+32 = 269554195'],
      datalvllen: ['192+16 = 5141'],
      checksum: ['208+16 = 5655'],
    },
  ],
  [
    'ADD_ADDR of IPv4 with a port',
    `1e123007c000020101bb${eight}`,
    {
      echo: ['23+1 = 0'],
      addrid: ['24+8 = 7'],
      ipv4: ['32+32 = 3221225985'],
      port: ['64+16 = 443'],
      addaddrtrunchmac: [`80+64 = ${eight}`],
    },
  ],
  ['ADD_ADDR echoed', '1e083107c0000201', { echo: ['23+1 = 1'], ipv4: ['32+32 = 3221225985'], port: [] }],
  ['ADD_ADDR of version 0', '1e083407c0000201', { ipver: ['20+4 = 4'], ipv4: ['32+32 = 3221225985'] }],
  [
    'ADD_ADDR of IPv6',
    `1e1c300720010db8000000000000000000000001${eight}`,
    {
      ipv6: ['32+128 = 20010db8000000000000000000000001'],
      port: [],
      addaddrtrunchmac: [`160+64 = ${eight}`],
    },
  ],
  [
    'ADD_ADDR of IPv6 with a port, echoed',
    '1e16310720010db800000000000000000000000101bb',
    { ipv6: ['32+128 = 20010db8000000000000000000000001'], port: ['160+16 = 443'], addaddrtrunchmac: [] },
  ],
  ['REMOVE_ADDR', '1e0640070809', { addrid: ['24+8 = 7', '32+8 = 8', '40+8 = 9'] }],
  ['MP_PRIO', '1e0351', { flags: ['16+8 = 81'], 'backup.flag': ['23+1 = 1'], addrid: [] }],
  ['MP_PRIO of version 0', '1e045109', { addrid: ['24+8 = 9'] }],
  ['MP_FAIL', `1e0c6000${eight}`, { rawdataseqno: [`32+64 = ${eight}`] }],
  ['MP_FASTCLOSE', `1e0c7000${eight}`, { recvkey: [`32+64 = ${eight}`] }],
  ['MP_TCPRST', '1e048105', { 'flag_T.flag': ['23+1 = 1'], rst_reason: ['24+8 = 5'] }],
  ['an unknown subtype', '1e069001aabb', { subtype: ['16+4 = 9'] }],
]

describe('Multipath TCP', () => {
  it.each(multipath)('reads %s', (_, option, fields) => {
    const found = segment(option)
    for (const [name, expected] of Object.entries(fields))
      expect(read(found, `tcp.${mptcp(name)}`), name).toEqual(expected)
    expect(remarks(found)).toEqual([])
  })

  it('shows an option that is not as long as it says as bytes', () => {
    const found = segment('1e162015000102030405060708090a0b0c0d0e0f1011')
    expect(remarks(found)).toEqual(['error: An option of this kind is not 22 bytes long'])
    expect(read(found, 'tcp.options.unknown.payload')).toEqual([
      '16+160 = 2015000102030405060708090a0b0c0d0e0f1011',
    ])
    expect(found.stack).toEqual(['ip', 'tcp', 'data'])
  })

  it('says what is cut, not that it is wrong', () => {
    // The capture ends behind the subtype of a DSS.
    const found = segment('1e082001aabbccdd', false, 6)
    expect(found.notes).toEqual(['warning: Truncated: Flags needs 1 byte, the capture holds 0'])
    expect(found.statuses).toEqual(['complete', 'truncated'])
  })
})

describe('a list of options', () => {
  it('ends at its end; zeros behind it are ends too', () => {
    const found = segment('01000000')
    expect(found.show('tcp.option_kind')).toEqual([
      'No-operation (1)',
      'End of option list (0)',
      'End of option list (0)',
      'End of option list (0)',
    ])
    expect(remarks(found)).toEqual([])
  })

  it('has nothing but zeros behind its end', () => {
    const found = segment('00112233')
    expect(remarks(found)).toEqual(['warning: Bytes that are not 0 follow the end of the option list'])
    expect(read(found, 'tcp.options.padding')).toEqual(['8+24 = 112233'])
  })

  it.each([
    ['46000000', 'error: An option of 0 bytes, where 4 are left'],
    ['46010000', 'error: An option of 1 bytes, where 4 are left'],
    ['461e0000', 'error: An option of 30 bytes, where 4 are left'],
    ['01010102', 'error: The last option has no room for its length'],
  ])('stops at the lie in %s and goes on with the data', (options, note) => {
    const found = segment(options)
    expect(remarks(found)).toEqual([note])
    expect(found.statuses).toEqual(['complete', 'complete', 'complete'])
    expect(found.values('data.data')).toEqual(['ab'])
  })

  it.each([
    ['0203aa00', 'Maximum segment size', 3],
    ['03020101', 'Window scale', 2],
    ['0506000000010000', 'Selective acknowledgment', 6],
    ['0806000000010000', 'Timestamps', 6],
    ['1d030100', 'TCP authentication', 3],
    ['ac0400000000', 'Accurate ECN', 4],
    ['fe03ff00', 'Experimental option', 3],
    ['15040001', 'Selective negative acknowledgment', 4],
    ['1e020101', 'Multipath TCP', 2],
    ['1e032001', 'Multipath TCP', 3],
    ['14020101', 'SCPS capabilities', 2],
  ])('reads on behind %s, an option of the wrong length', (options, _, length) => {
    const found = segment(options, true)
    expect(remarks(found)).toEqual([`error: An option of this kind is not ${length} bytes long`])
    expect(found.statuses).toEqual(['complete', 'complete', 'complete'])
  })

  it('notes what counts only in a SYN, and a shift that is too large', () => {
    expect(remarks(segment('020405b4'))).toEqual([
      'warning: Maximum segment size counts only in segments with SYN',
    ])
    expect(remarks(segment('03030f01', true))).toEqual(['warning: A shift of 15 is more than the 14 allowed'])
    expect(remarks(segment('03030e01', true))).toEqual([])
  })
})

describe('options as text', () => {
  const text = (options: string, syn = false) => / <(.*)>$/.exec(segment(options, syn).line())?.[1]

  it.each([
    ['020405b403030701', 'mss 1460,wscale 7,nop'],
    ['04020101', 'sackOK,nop,nop'],
    ['0101050a0000010100000202', 'nop,nop,sack 1 {257:514} '],
    ['060611223344', 'echo 287454020,eol'],
    ['0706112233440101', 'echoreply 287454020,nop,nop'],
    ['0101080a0001e2400000d431', 'nop,nop,timestamp 123456 54321'],
    ['0b06000000010c06000000020d0600000003', 'cc 1,ccnew 2,ccecho 3,eol'],
    ['1312000102030405060708090a0b0c0d0e0f0101', 'tcpmd5:000102030405060708090a0b0c0d0e0f,nop,nop'],
    ['1e082001aabbccdd', 'opt-30:2001aabbccdd'],
    ['0203aa01', 'mss[len 3],nop'],
    ['0506000000010101', 'malformed sack [len 4] ,nop,nop'],
    ['01000000', 'nop,eol'],
    ['461e0000', '[bad opt]'],
    ['01010102', 'nop,nop,nop,[bad opt]'],
  ])('%s is <%s>', (options, expected) => {
    expect(text(options)).toBe(expected)
  })

  it('of a cut list end in [|tcp]', () => {
    expect(segment('0101080a0001e2400000d431', false, 3).line()).toContain(' <nop,nop,[|tcp]>')
  })
})
