import { describe, expect, it } from 'vitest'
import { ipv4, ipv6 } from '../craft.ts'
import { frameOf, hexBytes, peel } from '../peel.ts'

const carried = `02005e180002 02005e180001 0800 4500002c 610c4000 4001c592 0a180001 0a180002
  08009232 1d000001 eab955fee295ec44e26e8ba7513279f0`
const etherip = (header: string) => peel(ipv4(97, `${header}${carried}`))

describe('EtherIP', () => {
  it('carries an Ethernet frame', () => {
    const packet = `02005e180002 02005e180001 0800 45000050 bf614000 40618e86 c0000218 c6336419 3000 ${carried}`
    const { stack, values, places, notes, line, found } = peel(frameOf(hexBytes(packet)))
    expect(stack.slice(0, 5)).toEqual(['eth', 'ip', 'etherip', 'eth', 'ip'])
    expect(values('etherip.ver')).toEqual([3])
    expect(places('etherip.ver')).toEqual(['272+4'])
    expect(values('etherip.reserved')).toEqual([0])
    expect(places('etherip.reserved')).toEqual(['276+12'])
    expect(found.layer(2).length).toBe(2)
    expect(notes.filter(note => !note.startsWith('info'))).toEqual([])
    expect(line()).toMatch(
      /^192\.0\.2\.24 > 198\.51\.100\.25: etherip 3 len 60: 10\.24\.0\.1 > 10\.24\.0\.2: /,
    )
    expect(line({ link: true })).toContain('etherip 3 len 60: 02:00:5e:18:00:01 02:00:5e:18:00:02 0800 ')
  })

  it('warns of reserved bits and goes on', () => {
    const { stack, notes } = etherip('3001')
    expect(notes).toContain('warning: The reserved bits are to be 0')
    expect(stack).toContain('eth')
  })

  it('knows the swapped version of old BSDs', () => {
    const { stack, notes, line } = etherip('0300')
    expect(notes).toContain('warning: The version stands in the wrong half of its byte, as old BSDs sent it')
    expect(stack).toContain('eth')
    expect(line()).toContain('etherip unknown len 60: 10.24.0.1 > ')
  })

  it('is EoIP over IPv6 where MikroTik’s version says so', () => {
    // The layout is that of free implementations: four bits of the tunnel's number, 3, eight bits more.
    const { stack, values, places, notes, line } = peel(ipv6(97, `a3bc${carried}`))
    expect(stack.slice(0, 4)).toEqual(['ipv6', 'etherip', 'eth', 'ip'])
    expect(values('etherip.eoip.tunnel_id_high')).toEqual([0xa])
    expect(values('etherip.eoip.tunnel_id_low')).toEqual([0xbc])
    expect(places('etherip.eoip.version')).toEqual(['324+4'])
    expect(notes.filter(note => !note.startsWith('info'))).toEqual([])
    expect(line()).toContain('eoip 2748: 10.24.0.1 > 10.24.0.2: ')
    const keepalive = peel(ipv6(97, '0307'))
    expect(keepalive.notes).toEqual(['info: Keepalive: no frame is inside'])
    expect(keepalive.line()).toContain('eoip 7')
  })

  it('stops at another version', () => {
    const { stack, notes, line } = etherip('4000')
    expect(notes).toEqual(['error: Version 4 in the place of 3: what follows is not read'])
    expect(stack).toEqual(['ip', 'etherip', 'data'])
    expect(line()).toBe('192.0.2.1 > 192.0.2.2: etherip unknown len 60')
  })

  it('tells cut from contradictory', () => {
    const cut = peel(ipv4(97, '3000', 1))
    expect(cut.statuses).toEqual(['complete', 'truncated'])
    expect(cut.notes).toEqual(['warning: Truncated: Reserved needs 2 bytes, the capture holds 1'])
    const lie = peel(ipv4(97, '30'))
    expect(lie.statuses).toEqual(['complete', 'malformed'])
    expect(lie.places('etherip.ver')).toEqual(['160+4'])
    expect(lie.places('data.leftover_bits')).toEqual(['164+4'])
  })
})
