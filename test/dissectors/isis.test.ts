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
    const { show, found } = at(4)
    expect(show('isis.lsp.lsp_id')).toEqual(['1921.6800.1001.00-00'])
    expect(show('isis.lsp.hostname')).toEqual(['alice'])
    expect(show('isis.lsp.clv_ipv4_int_addr')).toEqual(['192.168.1.1'])
    const sums = found.checks.filter(({ field }) => field.name === 'isis.lsp.checksum')
    expect(sums.map(({ good, expected }) => [good, expected])).toEqual([[true, 0x98a9]])
  })

  it('reads what routers tell each other to have', () => {
    expect(at(2).show('isis.csnp.end_lsp_id')).toEqual(['ffff.ffff.ffff.ff-ff'])
    expect(at(2).values('isis.csnp.lsp_remain_life')).toEqual([1199])
    expect(at(5).values('isis.psnp.lsp_seq_num')).toEqual([5])
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
