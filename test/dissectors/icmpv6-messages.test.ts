import { describe, expect, it } from 'vitest'
import { ipv6 } from '../craft.ts'
import { peel } from '../peel.ts'

const icmpv6 = (payload: string, cut = 0) => peel(ipv6(58, payload, cut))

describe('ICMPv6 beyond neighbour discovery', () => {
  it.each([
    [
      'router renumbering',
      `8a0007d90000000101f8001000000000020701403080000020010db8000000000000000000000000
      4010c0800000003c0000001e8000000020010db9000000000000000000000000`,
      'router renum command',
      {
        'icmpv6.rr.flag.t': ['Set'],
        'icmpv6.rr.maxdelay': ['16 ms'],
        'icmpv6.rr.pco.mp.opcode': ['Change (2)'],
        'icmpv6.rr.pco.mp.matchprefix': ['2001:db8::'],
        'icmpv6.rr.pco.up.flagmask.a': ['Set', 'Not set'],
        'icmpv6.rr.pco.up.useprefix': ['2001:db9::'],
      },
    ],
    [
      'its result',
      `8a01eb0a000000010108001000000000000300400000000720010db8000000000000000000000000`,
      'router renum result',
      {
        'icmpv6.rr.rm.flag.b': ['Set'],
        'icmpv6.rr.rm.flag.f': ['Set'],
        'icmpv6.rr.rm.interfaceindex': ['7'],
        'icmpv6.rr.rm.matchedprefix': ['2001:db8::'],
      },
    ],
    [
      'node query by name',
      `8b01bd22000200006e6f6e636531323304686f73740000`,
      'FQDN request',
      {
        'icmpv6.ni.qtype': ['Node name (2)'],
        'icmpv6.name.label': ['host'],
      },
    ],
    [
      'node query by address',
      `8b0076fc0003003e6e6f6e636531323320010db8000000000000000000000002`,
      'FQDN request',
      {
        'icmpv6.ni.flag.g': ['Set'],
        'icmpv6.ni.flag.t': ['Not set'],
        'icmpv6.ni.query.subject_ipv6': ['2001:db8::2'],
      },
    ],
    [
      'node query by IPv4 address',
      `8b02e2fa000400026e6f6e6365313233c0000201`,
      'FQDN request',
      {
        'icmpv6.ni.query.subject_ipv4': ['192.0.2.1'],
      },
    ],
    [
      'node reply',
      `8c0075bc0003003e6e6f6e63653132330000003c20010db8000000000000000000000002`,
      'FQDN reply',
      {
        'icmpv6.ni.nonce': ['0x6e6f6e6365313233'],
        'icmpv6.ni.reply.node_ttl': ['60 seconds'],
        'icmpv6.ni.reply.node_address': ['2001:db8::2'],
      },
    ],
    [
      'inverse discovery',
      `8e00795300000000010100005e005301020100005e0053020a0300000000000020010db800000000
      000000000000000a`,
      'type-#142',
      { 'icmpv6.opt.ipv6_address': ['2001:db8::a'] },
    ],
    [
      'home agents',
      `9100d3401234000020010db800000000000000000000000a`,
      'type-#145',
      { 'icmpv6.mip6.home_agent_address': ['2001:db8::a'] },
    ],
    [
      'mobile prefixes',
      `930043931234c000030440e000015180000038400000000020010db8000100000000000000000000`,
      'type-#147',
      {
        'icmpv6.mip6.flag.o': ['Set'],
        'icmpv6.opt.prefix': ['2001:db8:1::'],
      },
    ],
    [
      'certification path',
      `9500162a12340002000100001001010063657274`,
      'type-#149',
      { 'icmpv6.send.all_components': ['2'] },
    ],
    [
      'multicast router',
      `97140cb5007d0002`,
      'type-#151',
      {
        'icmpv6.mcast_ra.query_interval': ['125 seconds'],
        'icmpv6.mcast_ra.robustness_variable': ['2'],
      },
    ],
    [
      'fast handover',
      `9a01f35204c01234`,
      'type-#154',
      {
        'icmpv6.fmip6.subtype': ['Handover initiate (4)'],
        'icmpv6.fmip6.hi.flag.s': ['Set'],
        'icmpv6.fmip6.identifier': ['0x1234'],
      },
    ],
    [
      'RPL information',
      `9b01446b1e0100018800f00020010db8000000000000000000000001010400000000`,
      'type-#155',
      {
        'icmpv6.code': ['DODAG information object (1)'],
        'icmpv6.rpl.dio.rank': ['1'],
        'icmpv6.rpl.dio.flag.mop': ['non-storing (1)'],
        'icmpv6.rpl.dio.dagid': ['2001:db8::1'],
        'icmpv6.rpl.opt.type': ['PadN (1)'],
      },
    ],
    [
      'RPL advertisement',
      `9b0264bc1e4000f120010db80000000000000000000000010512008020010db80000000000000000
      00000007060400001e1e`,
      'type-#155',
      {
        'icmpv6.rpl.dao.dodagid': ['2001:db8::1'],
        'icmpv6.rpl.dao.sequence': ['241'],
        'icmpv6.rpl.opt.target.address': ['20010db8000000000000000000000007'],
      },
    ],
    [
      'locators',
      `9c009f32020100001111222233334444000a003c11112222333355550014003c`,
      'type-#156',
      { 'icmpv6.ilnp.nb_locs': ['2'] },
    ],
    [
      'duplicate address',
      `9e000a230100003c001122334455667720010db8000000000000000000000007`,
      'type-#158',
      {
        'icmpv6.6lowpannd.da.status': ['Duplicate address (1)'],
        'icmpv6.6lowpannd.da.reg_addr': ['2001:db8::7'],
      },
    ],
    [
      'extended echo',
      `a0000d33f707000120000f520008030165746830`,
      'type-#160',
      {
        'icmpv6.ext.echo.req.local': ['Set'],
        'icmp.int_ident.name': ['eth0'],
      },
    ],
  ] as const)('%s', (_, payload, text, fields) => {
    const { show, notes, line, stack } = icmpv6(payload)
    expect(stack).toEqual(['ipv6', 'icmpv6'])
    for (const [name, expected] of Object.entries(fields)) expect(show(name), name).toEqual(expected)
    expect(notes).toEqual([])
    expect(line()).toBe(`2001:db8::1 > 2001:db8::2: icmp6: ${text}`)
  })

  it('extended echo reply', () => {
    const { values, places } = icmpv6(`a1000beaf7070056`)
    expect(values('icmpv6.ext.echo.rsp.state')).toEqual([2])
    expect(places('icmpv6.ext.echo.rsp.active')).toEqual(['381+1'])
    expect(values('icmpv6.ext.echo.rsp.active')).toEqual([1])
  })
})
