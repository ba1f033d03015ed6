import { describe, expect, it } from 'vitest'
import { ipv6 } from '../craft.ts'
import { frameOf, hexBytes, peel } from '../peel.ts'

const udp = '9c409c41000d280b68656c6c6f'

/** A header with these options in front of UDP; they have to fill whole 8-byte words with its first two bytes. */
const hopByHop = (options: string) => ipv6(0, header(options))
const destination = (options: string) => ipv6(60, header(options))
const header = (options: string) => {
  const words = (hexBytes(options).length + 2) / 8 - 1
  return `11${words.toString(16).padStart(2, '0')}${options}${udp}`
}

// Places and values are those of tshark 4.0 for the same bytes, where it knows the option.
describe('IPv6 options', () => {
  it('stand in a header with its own length', () => {
    const { stack, show, places, notes, line } = peel(hopByHop('0502 0000 0100'))
    expect(stack).toEqual(['ipv6', 'ipv6.hopopts', 'udp', 'data'])
    expect(show('ipv6.hopopts.nxt')).toEqual(['UDP (17)'])
    expect(places('ipv6.hopopts.nxt')).toEqual(['320+8'])
    expect(show('ipv6.hopopts.len')).toEqual(['8 bytes (0)'])
    expect(places('ipv6.hopopts.len')).toEqual(['328+8'])
    expect(places('ipv6.opt')).toEqual(['336+32', '368+16'])
    expect(show('ipv6.opt.type')).toEqual(['Router alert (5)', 'PadN (1)'])
    expect(places('ipv6.opt.type.action')).toEqual(['336+2', '368+2'])
    expect(places('ipv6.opt.type.change')).toEqual(['338+1', '370+1'])
    expect(places('ipv6.opt.type.rest')).toEqual(['339+5', '371+5'])
    expect(show('ipv6.opt.length')).toEqual(['2 bytes', '0 bytes'])
    expect(show('ipv6.opt.router_alert')).toEqual(['Multicast Listener Discovery (0)'])
    expect(places('ipv6.opt.router_alert')).toEqual(['352+16'])
    expect(notes).toEqual([])
    expect(line()).toBe('2001:db8::1 > 2001:db8::2: HBH 2001:db8::1.40000 > 2001:db8::2.40001: udp 5')
    expect(line({ verbose: 1 })).toContain(': HBH (rtalert: 0x0000) 2001:db8::1.40000')
  })

  it('pad', () => {
    const { values, places, notes } = peel(destination('00 00 0102 0000'))
    expect(values('ipv6.opt.type')).toEqual([0, 0, 1])
    expect(places('ipv6.opt')).toEqual(['336+8', '344+8', '352+32'])
    expect(values('ipv6.opt.padn')).toEqual(['0000'])
    expect(notes).toEqual([])
    expect(peel(destination('0104 00000001')).notes).toEqual([
      'warning: Padding that is not zero may carry something unseen',
    ])
  })

  it('limit tunnels', () => {
    const { show, places, notes, line } = peel(destination('0401 04 0101 00'))
    expect(show('ipv6.opt.tel')).toEqual(['4'])
    expect(places('ipv6.opt.tel')).toEqual(['352+8'])
    expect(notes).toEqual([])
    expect(line({ verbose: 1 })).toContain(': DSTOPT (type 0x04: len=1) 2001:db8::1.40000')
    expect(peel(hopByHop('0401 04 0101 00')).notes).toEqual([
      'warning: Tunnel encapsulation limit belongs among the destination options',
    ])
  })

  it('say what to do with the unknown', () => {
    const { show, values, places } = peel(hopByHop('a704 61626364'))
    expect(show('ipv6.opt.type')).toEqual(['unassigned (167)'])
    expect(show('ipv6.opt.type.action')).toEqual(['Drop the packet and report it (2)'])
    expect(values('ipv6.opt.type.change')).toEqual([1])
    expect(show('ipv6.opt.type.rest')).toEqual(['0x07'])
    expect(values('ipv6.opt.unknown')).toEqual(['61626364'])
    expect(places('ipv6.opt.unknown')).toEqual(['352+32'])
    expect(peel(hopByHop('1e04 61626364')).values('ipv6.opt.experimental')).toEqual(['61626364'])
  })

  it('start faster', () => {
    const request = peel(hopByHop('2606 05 40 abcdef04 0104 00000000'))
    expect(request.show('ipv6.opt.qs_func')).toEqual(['Rate request (0)'])
    expect(request.places('ipv6.opt.qs_func')).toEqual(['352+4'])
    expect(request.show('ipv6.opt.qs_rate')).toEqual(['1.28 Mbit/s (5)'])
    expect(request.values('ipv6.opt.qs_ttl')).toEqual([64])
    expect(request.show('ipv6.opt.qs_nonce')).toEqual(['0x2af37bc1'])
    expect(request.places('ipv6.opt.qs_nonce')).toEqual(['368+30'])
    expect(request.places('ipv6.opt.qs_reserved')).toEqual(['398+2'])
    const report = peel(hopByHop('2606 88 40 abcdef04 0104 00000000'))
    expect(report.show('ipv6.opt.qs_func')).toEqual(['Report of approved rate (8)'])
    expect(report.show('ipv6.opt.qs_rate')).toEqual(['10.24 Mbit/s (8)'])
    expect(report.values('ipv6.opt.qs_unused')).toEqual([64])
  })

  it('label', () => {
    const { values, show } = peel(hopByHop('070c 00000001 01 05 abcd 80000000'))
    expect(values('ipv6.opt.calipso.doi')).toEqual([1])
    expect(show('ipv6.opt.calipso.cmpt.length')).toEqual(['4 bytes (1)'])
    expect(values('ipv6.opt.calipso.sens_level')).toEqual([5])
    expect(show('ipv6.opt.calipso.checksum')).toEqual(['0xabcd'])
    expect(values('ipv6.opt.calipso.cmpt_bitmap')).toEqual(['80000000'])
  })

  it('recognise duplicates', () => {
    const numbered = peel(hopByHop('0808 33 c0000201 abcdef 0102 0000'))
    expect(numbered.show('ipv6.opt.smf_dpd.tid_type')).toEqual(['IPv6 (3)'])
    expect(numbered.places('ipv6.opt.smf_dpd.tid_type')).toEqual(['353+3'])
    expect(numbered.values('ipv6.opt.smf_dpd.tid_len')).toEqual([3])
    expect(numbered.values('ipv6.opt.smf_dpd.tagger_id')).toEqual(['c0000201'])
    expect(numbered.values('ipv6.opt.smf_dpd.ident')).toEqual(['abcdef'])
    const hashed = peel(hopByHop('0803 81abcd 00'))
    expect(hashed.values('ipv6.opt.smf_dpd.hash_bit')).toEqual([1])
    expect(hashed.values('ipv6.opt.smf_dpd.hav')).toEqual(['81abcd'])
  })

  it('measure', () => {
    const { values } = peel(destination('0f0a 10 20 0001 0002 0003 0004 0100'))
    expect(values('ipv6.opt.pdm.scale_dtlr')).toEqual([16])
    expect(values('ipv6.opt.pdm.scale_dtls')).toEqual([32])
    expect(values('ipv6.opt.pdm.psn_this_pkt')).toEqual([1])
    expect(values('ipv6.opt.pdm.psn_last_recv')).toEqual([2])
    expect(values('ipv6.opt.pdm.delta_last_recv')).toEqual([3])
    expect(values('ipv6.opt.pdm.delta_last_sent')).toEqual([4])
    // RFC 9268 §5: the last bit of the 16 is the flag, so the value counts pairs of bytes.
    const mtu = peel(hopByHop('3004 05dc 0501'))
    expect(mtu.show('ipv6.opt.pmtu.min')).toEqual(['1500 bytes'])
    expect(mtu.show('ipv6.opt.pmtu.rtn')).toEqual(['1280 bytes (640)'])
    expect(mtu.values('ipv6.opt.pmtu.r_flag')).toEqual([1])
    // RFC 9343 §3.1.
    const coloured = peel(destination('1204 12345c00'))
    expect(coloured.show('ipv6.opt.altmark.flowmonid')).toEqual(['0x12345'])
    expect(coloured.values('ipv6.opt.altmark.l')).toEqual([1])
    expect(coloured.values('ipv6.opt.altmark.d')).toEqual([1])
    expect(coloured.notes).toEqual([])
  })

  it('route in low-power networks', () => {
    const { show, values, places, notes } = peel(hopByHop('6304 e0 1e 0100'))
    expect(show('ipv6.opt.rpl.flag')).toEqual(['0xe0'])
    expect(values('ipv6.opt.rpl.flag.o')).toEqual([1])
    expect(places('ipv6.opt.rpl.flag.f')).toEqual(['354+1'])
    expect(values('ipv6.opt.rpl.instance_id')).toEqual([30])
    expect(values('ipv6.opt.rpl.sender_rank')).toEqual([256])
    expect(notes).toEqual([])
    expect(peel(hopByHop('2304 81 1e 0100')).notes).toEqual(['warning: Reserved bits are set'])
    const mpl = peel(hopByHop('6d04 70 07 abcd'))
    expect(mpl.show('ipv6.opt.mpl.flag.s')).toEqual(['2 bytes (1)'])
    expect(mpl.values('ipv6.opt.mpl.sequence')).toEqual([7])
    expect(mpl.values('ipv6.opt.mpl.seed_id')).toEqual(['abcd'])
    expect(mpl.notes).toEqual(['warning: Bits that have to be 0 are set'])
    const dff = peel(hopByHop('ee03 30 1234 00'))
    expect(dff.values('ipv6.opt.dff.flag.dup')).toEqual([1])
    expect(dff.values('ipv6.opt.dff.sequence_number')).toEqual([0x1234])
  })

  it('name hosts and lines', () => {
    expect(peel(destination('8b04 deadbeef')).values('ipv6.opt.ilnp_nonce')).toEqual(['deadbeef'])
    const line = peel(destination('8c06 05 6c696e6531 0104 00000000'))
    expect(line.show('ipv6.opt.lio.line_id')).toEqual(['line1'])
  })

  it('take the home address into the checksum', () => {
    const home = `c910 20010db8000000000000000000000099 0102 0000`
    const { show, places, notes } = peel(ipv6(60, header(home).replace('280b', '2773')))
    expect(show('ipv6.opt.mipv6.home_address')).toEqual(['2001:db8::99'])
    expect(places('ipv6.opt.mipv6.home_address')).toEqual(['352+128'])
    expect(notes).toEqual([])
  })

  it('collect traces', () => {
    const { values, show, places, notes } = peel(
      hopByHop('311a 00 00 0001 1200 c00000 00 40000001 11112222 3f000002 33334444 0100'),
    )
    expect(show('ipv6.opt.ioam.opt_type')).toEqual(['Pre-allocated trace (0)'])
    expect(values('ipv6.opt.ioam.trace.ns')).toEqual([1])
    expect(show('ipv6.opt.ioam.trace.nodelen')).toEqual(['8 bytes (2)'])
    expect(places('ipv6.opt.ioam.trace.nodelen')).toEqual(['384+5'])
    expect(values('ipv6.opt.ioam.trace.flag.l')).toEqual([1])
    expect(places('ipv6.opt.ioam.trace.flag.l')).toEqual(['390+1'])
    expect(places('ipv6.opt.ioam.trace.remlen')).toEqual(['393+7'])
    expect(show('ipv6.opt.ioam.trace.type')).toEqual(['0xc00000'])
    expect(places('ipv6.opt.ioam.trace.type.bit22')).toEqual(['422+1'])
    expect(values('ipv6.opt.ioam.trace.node.hlim')).toEqual([64, 63])
    expect(values('ipv6.opt.ioam.trace.node.id')).toEqual([1, 2])
    expect(values('ipv6.opt.ioam.trace.node.iif')).toEqual([0x1111, 0x3333])
    expect(values('ipv6.opt.ioam.trace.node.eif')).toEqual([0x2222, 0x4444])
    expect(notes).toEqual([])
  })

  it('collect wide traces with whatever a node adds', () => {
    const data = `00 aaaaaaaa 3f 00000000000002 1122334455667788 01 abcdef 12345678 0104 00000000`
    const { values, show, places, notes } = peel(hopByHop(`3126 00 00 0001 2001 00a002 ${data}`))
    expect(values('ipv6.opt.ioam.trace.free_space')).toEqual(['aaaaaaaa'])
    expect(values('ipv6.opt.ioam.trace.node.id_wide')).toEqual(['00000000000002'])
    expect(values('ipv6.opt.ioam.trace.node.nsdata_wide')).toEqual(['1122334455667788'])
    expect(show('ipv6.opt.ioam.trace.node.oss.len')).toEqual(['4 bytes (1)'])
    expect(show('ipv6.opt.ioam.trace.node.oss.scid')).toEqual(['0xabcdef'])
    expect(values('ipv6.opt.ioam.trace.node.oss.data')).toEqual(['12345678'])
    expect(places('ipv6.opt.ioam.trace.node.oss.data')).toEqual(['624+32'])
    expect(notes).toEqual([])
    expect(peel(hopByHop(`3126 00 00 0001 1801 00a002 ${data}`)).notes).toEqual([
      'error: Node length 12 contradicts the trace type, which asks for 16',
    ])
  })

  it('give a jumbogram its length', () => {
    const { values, show, notes } = peel(jumbo(8 + 13))
    expect(values('ipv6.opt.jumbo')).toEqual([21])
    expect(show('ipv6.plen')).toEqual(['0 bytes'])
    expect(notes).toEqual([
      'info: Payload length 0: a jumbogram, or captured on the sender before its network card cut the packet',
      'error: 21 bytes fit into Payload Length and need no jumbo payload option',
    ])
    expect(peel(jumbo(70_000)).notes).toContain(
      'error: Jumbo payload length claims 70000 bytes, the frame leaves 21',
    )
    expect(peel(jumbo(70_000)).line({ verbose: 1 })).toContain('HBH (jumbo: 70000) 2001:db8::1.40000')
  })

  it('do not hide what follows when they lie', () => {
    const { stack, statuses, notes, values } = peel(hopByHop('a705 61626364'))
    expect(stack).toEqual(['ipv6', 'ipv6.hopopts', 'udp', 'data'])
    expect(statuses).toEqual(['complete', 'malformed', 'complete', 'complete'])
    expect(notes).toEqual(['error: The option claims 5 bytes of contents, the header leaves 4'])
    expect(values('ipv6.opt.unknown')).toEqual(['61626364'])
  })

  it('stop where the header claims more than there is', () => {
    const { stack, statuses, notes } = peel(ipv6(0, '1101 0502 0000 0100'))
    expect(stack).toEqual(['ipv6', 'ipv6.hopopts'])
    expect(statuses).toEqual(['complete', 'malformed'])
    expect(notes).toEqual([
      'error: Malformed: Header extension length claims 14 bytes for Options, Payload length leaves 6',
    ])
    expect(peel(ipv6(0, '1101 0502 0000 0100')).line()).toBe('2001:db8::1 > 2001:db8::2: HBH [|ipv6.hopopts]')
    const cut = peel(ipv6(0, header('0502 0000 0100'), 18))
    expect(cut.statuses).toEqual(['complete', 'truncated'])
    expect(cut.notes).toEqual(['warning: Truncated: Option data length needs 1 byte, the capture holds 0'])
  })

  it('come first where every router is to see them', () => {
    const { stack, notes } = peel(ipv6(60, `0000 0401 01 0101 00 ${header('0104 00000000')}`))
    expect(stack).toEqual(['ipv6', 'ipv6.dstopts', 'ipv6.hopopts', 'udp', 'data'])
    expect(notes).toEqual([
      'error: Hop-by-hop options follow here, but routers look for them only behind the IPv6 header',
    ])
  })
})

/** A packet of 61 bytes whose payload length is 0 and whose jumbo payload option says `length`. */
function jumbo(length: number) {
  const { bytes } = ipv6(0, header(`c204 ${length.toString(16).padStart(8, '0')}`))
  bytes.set([0, 0], 4)
  return frameOf(bytes, 229)
}
