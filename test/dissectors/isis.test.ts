import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { ipv4 } from '../craft.ts'
import { peel } from '../peel.ts'

const frames = await framesOf(captureFile('isis.pcap'))
const at = (number: number) => peel(frames[number - 1]!)

// Values and places as tshark 4.0 has them.
describe('IS-IS', () => {
  it('reads hellos on a LAN', () => {
    const { stack, show, values, places, found, notes } = at(1)
    expect(stack).toEqual(['eth', 'llc', 'isis'])
    expect(show('isis.type')).toEqual(['L1 LAN hello (15)'])
    expect(show('isis.hello.source_id')).toEqual(['1921.6800.1001'])
    expect(show('isis.hello.lan_id')).toEqual(['1921.6800.1002.01'])
    expect(places('isis.hello.priority')).toEqual([`${36 * 8 + 1}+7`])
    expect(values('isis.hello.priority')).toEqual([64])
    expect(show('isis.hello.area_address')).toEqual(['49.0001'])
    expect(show('isis.hello.clv_nlpid.nlpid')).toEqual(['IPv4 (204)', 'IPv6 (142)'])
    expect(show('isis.hello.is_neighbor')).toEqual(['02:00:5e:53:00:02'])
    expect(found.layer(2).summary).toBe('L1 LAN hello, 1921.6800.1001')
    expect(notes).toEqual([])
  })

  it('reads hellos between two, in GRE, with the password masked', () => {
    const { stack, show, values } = at(3)
    expect(stack).toEqual(['eth', 'ip', 'gre', 'isis'])
    expect(show('isis.hello.adjacency_state')).toEqual(['Up (0)'])
    expect(values('isis.hello.extended_local_circuit_id')).toEqual([7])
    expect(show('isis.hello.neighbor_systemid')).toEqual(['1921.6800.1002'])
    expect(show('isis.hello.password')).toEqual(['********'])
    expect(show('isis.hello.holding_timer')).toEqual(['30 s'])
  })

  it('reads LSPs, and sums them up', () => {
    const { show, values, places, found } = at(4)
    expect(show('isis.lsp.lsp_id')).toEqual(['1921.6800.1001.00-00'])
    expect(show('isis.lsp.hostname')).toEqual(['alice'])
    expect(show('isis.lsp.clv_ipv4_int_addr')).toEqual(['192.168.1.1'])
    expect(show('isis.lsp.ext_is_reachability.is_neighbor_id')).toEqual(['1921.6800.1002.00'])
    expect(values('isis.lsp.ext_is_reachability.metric')).toEqual([10])
    expect(show('isis.lsp.ext_ip_reachability')).toEqual(['172.16.0.0/24'])
    expect(places('isis.lsp.ext_ip_reachability.prefix_length')).toEqual([`${107 * 8 + 2}+6`])
    const sums = found.checks.filter(({ field }) => field.name === 'isis.lsp.checksum')
    expect(sums.map(({ good, expected }) => [good, expected])).toEqual([[true, 0x98a9]])
  })

  // An LSP of level 2 with one list, of the given type and value; tshark, which wants it in GRE, reads the same.
  const listed = (type: number, value: string) => {
    const size = value.length / 2
    const list = `${(type * 256 + size).toString(16).padStart(4, '0')}${value}`
    const length = (29 + size).toString(16).padStart(4, '0')
    return peel(ipv4(124, `831b0100 14010000 ${length} 0000 1921680010010000 00000005 0000 03 ${list}`))
  }

  it('reads what is said about links', () => {
    const { show, places, notes } = listed(
      22,
      '01920168000202 00000a 23 0604 0a000c01 0408 00000180 00000000 0904 4cee6b28 200b 3000 019201680002 000012'.replaceAll(
        ' ',
        '',
      ),
    )
    expect(show('isis.lsp.ext_is_reachability')).toEqual(['0192.0168.0002.02'])
    expect(show('isis.lsp.ext_is_reachability.ipv4_interface_address')).toEqual(['10.0.12.1'])
    expect(show('isis.lsp.ext_is_reachability.link_local_identifier')).toEqual(['384'])
    expect(show('isis.lsp.maximum_link_bandwidth')).toEqual(['1000 Mbit/s'])
    expect(show('isis.lsp.adj_sid.system_id')).toEqual(['0192.0168.0002'])
    expect(show('isis.lsp.sid.sli_label')).toEqual(['18'])
    expect(places('isis.lsp.sid.sli_label').map(place => place.split('+')[1])).toEqual(['20'])
    expect(notes).toEqual([])
  })

  it('reads the format that metrics of six bits have', () => {
    const links = listed(2, '000a80808001920168000202')
    expect(links.show('isis.lsp.eis_neighbors.is_neighbor')).toEqual(['0192.0168.0002.02'])
    expect(links.values('isis.lsp.eis_neighbors.default_metric')).toEqual([10])
    const networks = listed(128, '0a8080800a000c00ffffff00')
    expect(networks.show('isis.lsp.ip_reachability.ipv4_prefix')).toEqual(['10.0.12.0 255.255.255.0'])
    expect(networks.values('isis.lsp.ip_reachability.delay_metric_support')).toEqual([1])
  })

  it('reads networks of IPv6, and topologies', () => {
    const { show, values } = listed(
      237,
      '0002 0000000a 00 40 20010db800010000 0000000a 20 20 20010db8 03 0101ff'.replaceAll(' ', ''),
    )
    expect(values('isis.lsp.mtid')).toEqual([2])
    expect(show('isis.lsp.ipv6_reachability')).toEqual(['2001:db8:1::/64', '2001:db8::/32'])
    expect(values('isis.lsp.ipv6_reachability.subclvs_length')).toEqual([3])
    expect(values('isis.lsp.ext_ip_reachability.code')).toEqual([1])
  })

  it('stops where what is said about a link or network is longer than its list', () => {
    expect(listed(22, '0192016800020200000a05').notes.join()).toMatch(/^error: .*Sub-TLVs length/)
    expect(listed(22, '0192016800020200000a020604').notes.join()).toMatch(/^error: /)
    expect(listed(135, '0000000a5e0a').notes.join()).toMatch(/^error: /)
    expect(listed(128, '0a8080800a00').notes.join()).toMatch(/^error: /)
  })

  it('reads what routers tell each other to have', () => {
    expect(at(2).show('isis.csnp.end_lsp_id')).toEqual(['ffff.ffff.ffff.ff-ff'])
    expect(at(2).values('isis.csnp.lsp_remain_life')).toEqual([1199])
    expect(at(5).values('isis.csnp.lsp_seq_num')).toEqual([5])
    expect(at(5).show('isis.psnp.source_id')).toEqual(['1921.6800.1002'])
  })

  it('names the rest of OSI', () => {
    expect(at(6).stack.slice(2)).toEqual(['gre', 'osi', 'data'])
    expect(at(6).notes).toEqual(['info: No dissector claims ES-IS of OSI'])
    expect(at(7).show('osi.nlpid')).toEqual(['CLNP (129)'])
  })

  it('stops at lengths that lie', () => {
    const last = (payload: string) => peel(ipv4(124, payload))
    const hello = '83140100 11010000 02 192168001001 001e'
    expect(last(`${hello} 0016 01 0104`).statuses.at(-1)).toBe('malformed')
    expect(last(`${hello} 0016 01 0100`).statuses.at(-1)).toBe('complete')
    expect(last(`${hello} 0018 01 0102 0349`).statuses.at(-1)).toBe('malformed')
    expect(last('83140100 1f010000 0102').values('isis.data')).toEqual(['0102'])
    // A router's number of 255 bytes stands for none at all.
    expect(last('831401ff 11010000 02 001e 0010 01 0100').statuses.at(-1)).toBe('complete')
  })
})
