import { describe, expect, it } from 'vitest'
import { ipv4, ipv6 } from '../craft.ts'
import { frameOf, hexBytes, peel, raw } from '../peel.ts'

const frame = (hex: string, wireLength?: number) => frameOf(hexBytes(hex), 1, wireLength)

// A request over plain Ethernet between two Linux hosts; sequence numbers and sums as tshark and tcpdump -S say.
const open = `
  fee1bbd10002 fee1bbd10001 0800 4500003cb0924000400606d6c0a80101c0a80102
  8a50 1f90 4a0e43d6 00000000 a002 faf0 12d0 0000 020405b4 0402 080aa12addfb00000000 01 030307`
const accept = `
  fee1bbd10001 fee1bbd10002 0800 4500003c000040004006b768c0a80102c0a80101
  1f90 8a50 fb854d13 4a0e43d7 a012 fe88 a4e2 0000 020405b4 0402 080a3387ee23a12addfb 01 030307`
const request = `
  fee1bbd10002 fee1bbd10001 0800 45000084b09440004006068cc0a80101c0a80102
  8a50 1f90 4a0e43d7 fb854d14 8018 01f6 152a 0000 0101 080aa12ade1c3387ee23
  474554202f20485454502f312e310d0a486f73743a203139322e3136382e312e323a383038300d0a
  557365722d4167656e743a206375726c2f372e38382e310d0a4163636570743a202a2f2a0d0a0d0a`
const acknowledged = `
  fee1bbd10001 fee1bbd10002 0800 450000344107400040067669c0a80102c0a80101
  1f90 8a50 fb854d14 4a0e4427 8010 01fd cfa5 0000 0101 080a3387ee47a12ade1c`
// The start of a Multipath TCP connection, captured on a sender whose network card makes the checksums.
const offloaded = `
  45000040ad7f4000400676370a0001010a000201
  821a 2714 81fbb5fd 00000000 b002 ffff 1734 0000 020405b40402080a1baf9ea10000000001030308 1e040101`

/** A segment without options over IPv4, its checksum left 0. */
const bare = (flags: string, rest = '0200 0000 0000', more = '') =>
  peel(ipv4(6, `c000 01bb 000003e8 00000000 5${flags} ${rest} ${more}`.replaceAll(' ', '')))
const remarks = (notes: string[]) => notes.filter(note => !note.startsWith('error: Checksum'))

describe('TCP as captured', () => {
  it('delimits every field', () => {
    const { stack, values, places, show, notes, statuses, found } = peel(frame(open))
    expect(stack).toEqual(['eth', 'ip', 'tcp'])
    expect(statuses).toEqual(['complete', 'complete', 'complete'])
    expect(notes).toEqual([])
    expect(found.layer(2).length).toBe(40)
    expect([values('tcp.srcport'), places('tcp.srcport')]).toEqual([[35408], ['272+16']])
    expect([show('tcp.dstport'), places('tcp.dstport')]).toEqual([['http-alt (8080)'], ['288+16']])
    expect([values('tcp.seq_raw'), places('tcp.seq_raw')]).toEqual([[1242448854], ['304+32']])
    expect([values('tcp.ack_raw'), places('tcp.ack_raw')]).toEqual([[0], ['336+32']])
    expect([show('tcp.hdr_len'), places('tcp.hdr_len')]).toEqual([['40 bytes (10)'], ['368+4']])
    expect([show('tcp.flags'), places('tcp.flags')]).toEqual([['0x002'], ['372+12']])
    expect([values('tcp.window_size_value'), places('tcp.window_size_value')]).toEqual([[64240], ['384+16']])
    expect([show('tcp.checksum'), places('tcp.checksum')]).toEqual([['0x12d0'], ['400+16']])
    expect([show('tcp.urgent_pointer'), places('tcp.urgent_pointer')]).toEqual([['0 bytes'], ['416+16']])
    expect(places('tcp.options')).toEqual(['432+160'])
  })

  it('names each flag', () => {
    const { places, values } = peel(frame(accept))
    const flags = ['res', 'ae', 'cwr', 'ece', 'urg', 'ack', 'push', 'reset', 'syn', 'fin']
    expect(flags.map(name => places(`tcp.flags.${name}`)[0])).toEqual([
      '372+3',
      '375+1',
      '376+1',
      '377+1',
      '378+1',
      '379+1',
      '380+1',
      '381+1',
      '382+1',
      '383+1',
    ])
    expect(flags.map(name => values(`tcp.flags.${name}`)[0])).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 1, 0])
  })

  it('reads the options of a SYN in their order', () => {
    const { show, places } = peel(frame(accept))
    expect(show('tcp.option_kind')).toEqual([
      'Maximum segment size (2)',
      'SACK permitted (4)',
      'Timestamps (8)',
      'No-operation (1)',
      'Window scale (3)',
    ])
    expect(show('tcp.options.mss_val')).toEqual(['1460 bytes'])
    expect(show('tcp.options.timestamp.tsval')).toEqual(['864546339'])
    expect(show('tcp.options.timestamp.tsecr')).toEqual(['2703941115'])
    expect(places('tcp.options.wscale.shift')).toEqual(['584+8'])
    expect(show('tcp.options.wscale.shift')).toEqual(['7'])
  })

  it('carries data behind the options', () => {
    const { stack, found, notes } = peel(frame(request))
    expect(stack).toEqual(['eth', 'ip', 'tcp', 'http'])
    expect([found.layer(2).length, found.layer(3).offset, found.layer(3).length]).toEqual([32, 66, 80])
    expect(notes).toEqual([])
  })
})

describe('the checksum of TCP', () => {
  it('covers the pseudo header of IPv6 too', () => {
    const { notes } = peel(ipv6(6, 'c00001bb000003e800000000500202008cca0000'))
    expect(notes).toEqual([])
    expect(peel(ipv6(6, 'c00001bb000003e800000000500202008ccb0000')).notes).toEqual([
      'error: Checksum 0x8ccb is wrong, 0x8cca expected',
    ])
  })

  it('is wrong where a bit is', () => {
    const { notes, line } = peel(frame(acknowledged.replace('cfa5', 'cfa4')))
    expect(notes).toEqual(['error: Checksum 0xcfa4 is wrong, 0xcfa5 expected'])
    expect(line({ verbose: 1 })).toBe(
      '192.168.1.2.8080 > 192.168.1.1.35408: . [bad tcp cksum cfa4! -> cfa5] ack 1242448935 win 509 <nop,nop,timestamp 864546375 2703941148> (DF) (ttl 64, id 16647, len 52)',
    )
  })

  it('may be left to the network card', () => {
    const { notes, line } = peel(frameOf(hexBytes(offloaded), raw))
    expect(notes).toEqual([
      'info: Only the pseudo header is summed: captured on the sender, which leaves the rest to its network card',
    ])
    expect(line({ verbose: 1 })).toContain(': S [bad tcp cksum 1734! -> 667c] ')
  })

  it('may be left for a packet that is yet to be cut: then without the length', () => {
    // The sum of 10.0.1.1, 10.0.2.1 and 6 alone.
    expect(peel(frameOf(hexBytes(offloaded.replace('1734', '1708')), raw)).notes).toEqual([
      'info: Only the pseudo header is summed: captured on the sender, which leaves the rest to its network card',
    ])
  })

  it('takes 0xffff for 0', () => {
    // With this window the sum is 0; tcpdump calls 0xffff correct as well.
    const { notes, values } = peel(ipv4(6, 'c00001bb000003e8000000005002663bffff0000'))
    expect(values('tcp.checksum')).toEqual([0xffff])
    expect(notes).toEqual([])
  })

  it('is not verified where bytes are missing', () => {
    const { notes, line } = peel(frame(request.slice(0, -20), 146))
    expect(notes.filter(note => note.includes('Checksum'))).toEqual([])
    expect(line({ verbose: 1 })).toContain(': P 1242448855:1242448935(80) ack ')
  })
})

describe('what TCP notes', () => {
  it('finds flags that no connection has', () => {
    expect(remarks(bare('003').notes)).toEqual([
      'warning: SYN and FIN together: no connection sends this, some port scanners do',
    ])
    expect(remarks(bare('006').notes)).toEqual(['warning: SYN and RST together: no connection sends this'])
    expect(remarks(bare('000').notes)).toEqual([
      'warning: No flag is set: no connection sends this, some port scanners do',
    ])
    expect(remarks(bare('e02').notes)).toEqual(['warning: Reserved bits are set'])
    expect(remarks(bare('002').notes)).toEqual([])
    expect(remarks(bare('1c2').notes)).toEqual([])
  })

  it('finds numbers without their flag', () => {
    expect(remarks(bare('010', '0200 0000 0005').notes)).toEqual([
      'warning: An urgent pointer without the URG flag counts for nothing',
    ])
    expect(remarks(bare('030', '0200 0000 0005').notes)).toEqual([])
    const { notes } = peel(ipv4(6, 'c00001bb000003e8000007d05002020000000000'))
    expect(remarks(notes)).toEqual([
      'info: The acknowledgment number is not 0, though the ACK flag is not set',
    ])
  })

  it('tells of a receiver that is full, but not of a reset', () => {
    expect(remarks(bare('010', '0000 0000 0000').notes)).toEqual([
      'info: Zero window: the sender of this segment can take no more bytes for now',
    ])
    expect(remarks(bare('004', '0000 0000 0000').notes)).toEqual([])
  })
})

describe('TCP that breaks off', () => {
  it('has at least 20 bytes of header', () => {
    const { notes, statuses, values } = peel(ipv4(6, 'c00001bb000003e8000000004010020000000000'))
    expect(statuses).toEqual(['complete', 'malformed'])
    expect(notes).toContain('error: Malformed: Data offset 16 is less than 20 bytes')
    expect(values('tcp.window_size_value')).toEqual([512])
  })

  it('has no more options than the packet has room for', () => {
    const { notes, statuses, line } = peel(ipv4(6, 'c00001bb000003e8000007d0f010020000000000'))
    expect(statuses).toEqual(['complete', 'malformed'])
    expect(notes).toContain(
      'error: Malformed: Data offset claims 40 bytes for Options, Total length leaves 0',
    )
    expect(line()).toBe('192.0.2.1.49152 > 192.0.2.2.443: . [bad hdr length]')
  })

  it('keeps what a short capture holds', () => {
    const at = (bytes: number) => peel(frameOf(hexBytes(open).subarray(0, 34 + bytes), 1, 74))
    expect(at(1).statuses).toEqual(['complete', 'complete', 'truncated'])
    expect(at(6).notes).toEqual(['warning: Truncated: Sequence number needs 4 bytes, the capture holds 2'])
    expect(at(19).values('tcp.window_size_value')).toEqual([64240])
    expect(at(22).notes).toEqual(['warning: Truncated: MSS value needs 2 bytes, the capture holds 0'])
    expect(at(39).notes).toEqual(['warning: Truncated: Shift count needs 1 byte, the capture holds 0'])
    expect(at(40).notes).toEqual([])
  })

  it('is as long as the packet around it at least', () => {
    expect(peel(ipv4(6, 'c00001bb0000')).notes).toEqual([
      'error: Malformed: Sequence number needs 4 bytes, Total length leaves 2',
    ])
  })
})

describe('TCP as text', () => {
  it('opens, carries and acknowledges', () => {
    expect(peel(frame(open)).line()).toBe(
      '192.168.1.1.35408 > 192.168.1.2.8080: S 1242448854:1242448854(0) win 64240 <mss 1460,sackOK,timestamp 2703941115 0,nop,wscale 7> (DF)',
    )
    expect(peel(frame(accept)).line({ verbose: 1 })).toBe(
      '192.168.1.2.8080 > 192.168.1.1.35408: S [tcp sum ok] 4219817235:4219817235(0) ack 1242448855 win 65160 <mss 1460,sackOK,timestamp 864546339 2703941115,nop,wscale 7> (DF) (ttl 64, id 0, len 60)',
    )
    expect(peel(frame(request)).line()).toBe(
      '192.168.1.1.35408 > 192.168.1.2.8080: P 1242448855:1242448935(80) ack 4219817236 win 502 <nop,nop,timestamp 2703941148 864546339>: http GET /, host 192.168.1.2:8080 (DF)',
    )
    expect(peel(frame(acknowledged)).line()).toBe(
      '192.168.1.2.8080 > 192.168.1.1.35408: . ack 1242448935 win 509 <nop,nop,timestamp 864546375 2703941148> (DF)',
    )
    expect(peel(frame(acknowledged)).line({ verbose: 2 })).toContain(
      ': . [tcp sum ok] 4219817236:4219817236(0) ack 1242448935 win 509 ',
    )
  })

  it('names ports as services(5) does, and says little with -q', () => {
    expect(bare('002').line({ numeric: false })).toBe(
      '192.0.2.1.49152 > 192.0.2.2.https: S 1000:1000(0) win 512',
    )
    expect(peel(frame(request)).line({ quiet: true })).toBe(
      '192.168.1.1.35408 > 192.168.1.2.8080: tcp 80 (DF)',
    )
  })

  it('writes flags in the order of OpenBSD', () => {
    expect(bare('1ff').line()).toContain(': SFRPWE 1000:1000(0) ack 0 win 512 urg 0')
    expect(bare('004').line()).toContain(': R 1000:1000(0) win 512')
    expect(bare('000').line()).toContain(': . win 512')
  })

  it('wraps sequence numbers around', () => {
    const { line } = peel(ipv4(6, `c00001bbfffffffe000007d05018020000000000${'00'.repeat(5)}`))
    expect(line()).toContain(': P 4294967294:3(5) ack 2000 win 512')
  })

  it('shows what comes with a reset', () => {
    const why = Buffer.from('go\naway').toString('hex')
    expect(bare('004', '0000 0000 0000', why).line()).toBe(
      '192.0.2.1.49152 > 192.0.2.2.443: R 1000:1007(7) win 0',
    )
    expect(bare('004', '0000 0000 0000', why).line({ verbose: 1 })).toContain(' win 0 [RST go\\012away] (ttl')
    expect(bare('004', '0000 0000 0000', '41'.repeat(31)).line({ verbose: 1 })).toContain(
      ` [RST+ ${'A'.repeat(30)}] `,
    )
    const cut = peel(ipv4(6, `c00001bb000003e8000000005004000000000000${'41'.repeat(8)}`, 6))
    expect(cut.line({ verbose: 1 })).toContain(' win 0 [!RST AA]')
  })

  it('marks what is cut', () => {
    const at = (bytes: number) => peel(frameOf(hexBytes(open).subarray(0, 34 + bytes), 1, 74)).line()
    expect(at(19)).toContain('192.168.1.1.35408 > 192.168.1.2.8080: [|tcp]')
    expect(at(8)).toContain('192.168.1.1.35408 > 192.168.1.2.8080: 1242448854 [|tcp]')
    expect(at(24)).toContain(' win 64240 <mss 1460[|tcp]>')
    expect(peel(ipv4(6, 'c00001bb000003e80000')).line()).toContain(
      '192.0.2.1.49152 > 192.0.2.2.443: truncated-tcp 10',
    )
  })
})
