import { describe, expect, it } from 'vitest'
import { frameOf, hexBytes, peel } from '../peel.ts'

const link = 117
const echo = '4500001c000100004001f6dcc0000201c00002020800f7ff00000000'
const echo6 =
  '6000000000083a40 20010db8000000000000000000000001 20010db8000000000000000000000002 8000244500010002'
const em0 = '656d3000000000000000000000000000'
const vpn = '76706e00000000000000000000000000'
const noName = '00'.repeat(16)
const nobody = 'ffffffff a0860100 00000000 2a010000'

const pflog = (hex: string, wireLength?: number) => {
  const bytes = hexBytes(hex)
  return peel(frameOf(bytes, link, wireLength ?? bytes.length))
}

describe('pflog', () => {
  it('reads the header of 61 bytes', () => {
    const p = pflog(`3d020100 ${em0} ${vpn} 00000002 00000004 ${nobody} 01 000000 ${echo}`)
    expect(p.stack.slice(0, 2)).toEqual(['pflog', 'ip'])
    expect(p.show('pflog.length')).toEqual(['61 bytes'])
    expect(p.show('pflog.af')).toEqual(['IPv4 (2)'])
    expect(p.show('pflog.action')).toEqual(['block (1)'])
    expect(p.show('pflog.reason')).toEqual(['match (0)'])
    expect(p.show('pflog.ifname')).toEqual(['em0'])
    expect(p.places('pflog.ifname')).toEqual(['32+128'])
    expect(p.show('pflog.ruleset')).toEqual(['vpn'])
    expect(p.places('pflog.ruleset')).toEqual(['160+128'])
    expect(p.values('pflog.rulenr')).toEqual([2])
    expect(p.places('pflog.rulenr')).toEqual(['288+32'])
    expect(p.values('pflog.subrulenr')).toEqual([4])
    expect(p.show('pflog.uid')).toEqual(['unknown'])
    expect(p.show('pflog.pid')).toEqual(['none'])
    expect(p.values('pflog.pid')).toEqual([100000])
    expect(p.values('pflog.rule_uid')).toEqual([0])
    expect(p.values('pflog.rule_pid')).toEqual([298])
    expect(p.places('pflog.rule_pid')).toEqual(['448+32'])
    expect(p.show('pflog.dir')).toEqual(['in (1)'])
    expect(p.places('pflog.dir')).toEqual(['480+8'])
    expect(p.places('pflog.pad')).toEqual(['488+24'])
    expect(p.found.layer(1).offset).toBe(64)
  })

  it('tells the byte order of users and processes by the number for none', () => {
    const p = pflog(
      `3d020000 ${em0} ${noName} 00000000 ffffffff ffffffff 000186a0 00000000 00000007 02 000000 ${echo}`,
    )
    expect(p.values('pflog.pid')).toEqual([100000])
    expect(p.values('pflog.rule_pid')).toEqual([7])
    expect(p.show('pflog.subrulenr')).toEqual(['none'])
  })

  it('reads the first header, of 45 bytes', () => {
    const p = pflog(`2d180005 ${em0} ${noName} 00000003 ffffffff 02 000000 ${echo6}`)
    expect(p.stack.slice(0, 2)).toEqual(['pflog', 'ipv6'])
    expect(p.show('pflog.reason')).toEqual(['memory (5)'])
    expect(p.places('pflog.dir')).toEqual(['352+8'])
    expect(p.places('pflog.pad')).toEqual(['360+24'])
    expect(p.values('pflog.uid')).toEqual([])
  })

  it('reads the header of 100 bytes, with the addresses after rewriting', () => {
    const p = pflog(
      `64020000 ${em0} ${noName} 00000001 ffffffff ${nobody} 02 01 02 00` +
        `cb007101 ${'00'.repeat(12)} c6336402 ${'00'.repeat(12)} c350 0050 ${echo}`,
    )
    expect(p.stack.slice(0, 2)).toEqual(['pflog', 'ip'])
    expect(p.show('pflog.rewritten')).toEqual(['yes (1)'])
    expect(p.places('pflog.rewritten')).toEqual(['488+8'])
    expect(p.show('pflog.naf')).toEqual(['IPv4 (2)'])
    expect(p.show('pflog.saddr.ipv4')).toEqual(['203.0.113.1'])
    expect(p.places('pflog.saddr.ipv4')).toEqual(['512+32'])
    expect(p.show('pflog.daddr.ipv4')).toEqual(['198.51.100.2'])
    expect(p.places('pflog.daddr.ipv4')).toEqual(['640+32'])
    expect(p.values('pflog.sport')).toEqual([50000])
    expect(p.places('pflog.sport')).toEqual(['768+16'])
    expect(p.values('pflog.dport')).toEqual([80])
    expect(p.found.layer(1).offset).toBe(100)
    expect(p.line({ link: true, verbose: 1 })).toContain(
      '[rewritten: src 203.0.113.1:50000, dst 198.51.100.2:80] 192.0.2.1 > ',
    )
  })

  it('reads IPv6 after rewriting, and the packet’s own family where none is given', () => {
    const addresses = `${'20010db8000000000000000000000001'} ${'20010db8000000000000000000000002'} 0001 0002`
    const to6 = pflog(
      `64020000 ${em0} ${noName} 00000001 ffffffff ${nobody} 02 01 18 00 ${addresses} ${echo}`,
    )
    expect(to6.show('pflog.saddr.ipv6')).toEqual(['2001:db8::1'])
    expect(to6.show('pflog.daddr.ipv6')).toEqual(['2001:db8::2'])
    expect(to6.places('pflog.daddr.ipv6')).toEqual(['640+128'])
    const own = pflog(
      `64020000 ${em0} ${noName} 00000001 ffffffff ${nobody} 02 00 00 00 ${addresses} ${echo}`,
    )
    expect(own.places('pflog.saddr.ipv4')).toEqual(['512+32'])
    const other = pflog(
      `64020000 ${em0} ${noName} 00000001 ffffffff ${nobody} 02 00 07 00 ${addresses} ${echo}`,
    )
    expect(other.places('pflog.saddr.bytes')).toEqual(['512+128'])
    expect(other.places('pflog.daddr.bytes')).toEqual(['640+128'])
  })

  it('reads FreeBSD’s header of 69 bytes, with a rule identifier', () => {
    const p = pflog(
      `45020000 ${em0} ${noName} 00000001 ffffffff ${nobody} 01 000000 000000ff 00 000000 ${echo}`,
    )
    expect(p.values('pflog.ridentifier')).toEqual([255])
    expect(p.places('pflog.ridentifier')).toEqual(['512+32'])
    expect(p.places('pflog.reserve')).toEqual(['544+8'])
    expect(p.found.layer(1).offset).toBe(72)
  })

  it('stops at a header length that no version has', () => {
    const p = pflog(`10020000 ${em0} ${noName} 00000001 ffffffff ${nobody} 01 000000 ${echo}`)
    expect(p.statuses).toEqual(['malformed'])
    expect(p.show('pflog.ifname')).toEqual(['em0'])
    expect(p.notes).toEqual([
      'error: Malformed: Header length 16 is less than the 45 bytes of the first version',
    ])
  })

  it('stops at a header length that reaches behind the packet', () => {
    const p = pflog(
      `ff020000 ${em0} ${noName} 00000001 ffffffff ${nobody} 01 000000 ${echo} ${'00'.repeat(8)}`,
    )
    expect(p.values('pflog.sport')).toEqual([0])
    expect(p.statuses).toEqual(['malformed'])
    expect(p.notes).toEqual(['error: Malformed: Padding needs 156 bytes, the frame leaves 0'])
  })

  it('keeps what is captured', () => {
    const p = pflog(`3d020100 ${em0} 0000`, 108)
    expect(p.show('pflog.ifname')).toEqual(['em0'])
    expect(p.notes).toEqual(['warning: Truncated: Ruleset needs 16 bytes, the capture holds 2'])
    expect(p.line()).toBe(' [|pflog]')
  })

  it('keeps control characters in names out of the text', () => {
    const p = pflog(
      `3d020100 1b5b3100${'00'.repeat(12)} ${noName} 00000002 ffffffff ${nobody} 01 000000 ${echo}`,
    )
    expect(p.show('pflog.ifname')).toEqual(['\\x1b[1'])
    expect(p.line({ link: true })).toContain('block in on \\x1b[1: ')
  })
})

// print-pflog.c of OpenBSD.
describe('the line of pflog', () => {
  it.each([
    [
      `3d020100 ${em0} ${noName} 00000000 ffffffff ${nobody} 01 000000`,
      'rule 0/(match) block in on em0: 192',
    ],
    [
      `3d020000 ${em0} ${vpn} 00000002 00000004 ${nobody} 02 000000`,
      'rule 2.vpn.4/(match) pass out on em0: 192',
    ],
    [
      `3d020000 ${em0} ${vpn} 00000002 ffffffff ${nobody} 02 000000`,
      'rule 2.vpn.def/(match) pass out on em0: 192',
    ],
    [
      `3d020c14 ${em0} ${noName} ffffffff ffffffff ${nobody} 01 000000`,
      'rule def/(unkn 20) match in on em0: 192',
    ],
  ])('%s', (header, text) => {
    const p = pflog(`${header} ${echo}`)
    expect(p.line({ link: true }).startsWith(text)).toBe(true)
    expect(p.line()).toMatch(/^192\.0\.2\.1 > /)
  })

  it('has users and processes with -v', () => {
    const known = 'e8030000 d2040000 00000000 2a010000'
    const header = `3d020100 ${em0} ${noName} 00000005 ffffffff`
    expect(pflog(`${header} ${known} 01 000000 ${echo}`).line({ link: true, verbose: 1 })).toContain(
      'rule 5/(match) [uid 0, pid 298] block in on em0: [uid 1000, pid 1234] 192.0.2.1 > ',
    )
    expect(pflog(`${header} ${nobody} 01 000000 ${echo}`).line({ link: true, verbose: 1 })).toContain(
      'rule 5/(match) [uid 0, pid 298] block in on em0: 192.0.2.1 > ',
    )
  })
})
