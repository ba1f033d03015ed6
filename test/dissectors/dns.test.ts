import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

const frames = await framesOf(captureFile('dns.pcap'))
const packet = (number: number) => peel(frames[number - 1]!)
const dns = (payload: string, cut = 0) => peel(udp4(40000, 53, payload, cut))

// Values as tshark 4.0 shows them.
describe('DNS', () => {
  it('reads a question with EDNS options', () => {
    const { stack, show, values, places, found, notes } = packet(1)
    expect(stack).toEqual(['eth', 'ip', 'udp', 'dns'])
    expect(show('dns.id')).toEqual(['0x1a2b'])
    expect(values('dns.flags.recdesired')).toEqual([1])
    expect(places('dns.flags.rcode')).toEqual(['364+4'])
    expect(show('dns.qry.name')).toEqual(['www.example.com'])
    expect(places('dns.qry.name')).toEqual(['432+136'])
    expect(show('dns.qry.type')).toEqual(['A (1)'])
    expect(show('dns.resp.name')).toEqual(['<Root>'])
    expect(values('dns.rr.udp_payload_size')).toEqual([1232])
    expect(values('dns.resp.z.do')).toEqual([1])
    expect(values('dns.opt.code')).toEqual([10, 8])
    expect(values('dns.opt.cookie.client')).toEqual(['0123456789abcdef'])
    expect(show('dns.opt.client.addr4')).toEqual(['192.0.2.0'])
    expect(found.layer(3).summary).toBe('question A www.example.com')
    expect(notes).toEqual([])
  })

  it('follows pointers in the names of an answer', () => {
    const { show, values, found } = packet(2)
    expect(show('dns.resp.name')).toEqual([
      'www.example.com',
      'web.example.com',
      'web.example.com',
      'example.com',
      '<Root>',
    ])
    expect(show('dns.cname')).toEqual(['web.example.com'])
    expect(show('dns.a')).toEqual(['192.0.2.80'])
    expect(show('dns.aaaa')).toEqual(['2001:db8::50'])
    expect(show('dns.ns')).toEqual(['ns.example.com'])
    expect(show('dns.resp.ttl')[0]).toBe('300 seconds')
    expect(values('dns.opt.cookie.server')).toEqual(['1122334455667788'])
    expect(show('dns.opt.ext_error.info_code')).toEqual(['Stale answer (3)'])
    expect(show('dns.opt.ext_error.extra_text')).toEqual(['stale'])
    expect(found.layer(3).summary).toBe('No error (0), A www.example.com, 3 answers')
  })

  it('reads records of the usual types', () => {
    const { show, values } = packet(4)
    expect(show('dns.soa.rname')).toEqual(['admin.example.com'])
    expect(values('dns.soa.serial_number')).toEqual([2026010101])
    expect(values('dns.soa.minimum_ttl')).toEqual([300])
    expect(values('dns.mx.preference')).toEqual([10])
    expect(show('dns.mx.mail_exchange')).toEqual(['mail.example.com'])
    expect(show('dns.txt')).toEqual(['v=spf1 -all'])
    expect(show('dns.caa.tag')).toEqual(['issue'])
    expect(show('dns.caa.value')).toEqual(['ca.example'])
    expect(show('dns.svcb.svcparam.alpn')).toEqual(['h3', 'h2'])
    expect(values('dns.svcb.svcparam.port')).toEqual([8443])
    expect(show('dns.svcb.svcparam.ipv6hint.ip')).toEqual(['2001:db8::50'])
    expect(values('dns.srv.port')).toEqual([5061])
    expect(show('dns.srv.target')).toEqual(['sip.example.com'])
  })

  it('reads the records of DNSSEC', () => {
    const proof = packet(6)
    expect(proof.show('dns.flags.rcode')).toEqual(['No such name (3)'])
    expect(proof.show('dns.nsec.next_domain_name')).toEqual(['www.example.com'])
    expect(proof.show('dns.nsec.types')).toEqual(['A RRSIG NSEC', 'A RRSIG'])
    expect(proof.show('dns.rrsig.type_covered')).toEqual(['NSEC (47)'])
    expect(proof.show('dns.rrsig.signature_inception')).toEqual(['2026-01-01 00:00:00 UTC'])
    expect(proof.show('dns.rrsig.signers_name')).toEqual(['example.com'])
    expect(proof.values('dns.nsec3.flags.opt_out')).toEqual([1])
    const keys = packet(8)
    expect(keys.values('dns.dnskey.flags.secure_entry_point')).toEqual([1])
    expect(keys.show('dns.dnskey.algorithm')).toEqual(['ECDSA P-256/SHA-256 (13)'])
    expect(keys.show('dns.ds.digest_type')).toEqual(['SHA-256 (2)'])
    expect(keys.values('dns.sshfp.algorithm')).toEqual([4])
    expect(keys.values('dns.tlsa.certificate_usage')).toEqual([3])
  })

  it('reads each message of a TCP segment', () => {
    const { stack, show, values } = packet(9)
    expect(stack).toEqual(['eth', 'ip', 'tcp', 'dns', 'dns'])
    expect(values('dns.length')).toEqual([29, 29])
    expect(show('dns.qry.name')).toEqual(['example.com', 'example.net'])
  })

  it('reads multicast DNS and LLMNR', () => {
    const question = packet(10)
    expect(question.stack.at(-1)).toBe('mdns')
    expect(question.values('dns.qry.qu')).toEqual([1])
    expect(question.values('dns.qry.class')).toEqual([1])
    const answer = packet(11)
    expect(answer.show('dns.ptr.domain_name')).toEqual(['bob._ssh._tcp.local'])
    expect(answer.values('dns.resp.cache_flush')).toEqual([0, 1])
    expect(packet(12).stack.at(-1)).toBe('llmnr')
  })

  it('does not go in circles', () => {
    // A pointer to itself, and one forwards.
    const self = dns('0001 0100 0001 0000 0000 0000 c00c 0001 0001')
    expect(self.show('dns.qry.name')).toEqual(['…'])
    expect(self.statuses.at(-1)).toBe('complete')
    const forwards = dns('0001 0100 0001 0000 0000 0000 0161 c014 0001 0001 0161 00')
    expect(forwards.show('dns.qry.name')).toEqual(['a.…'])
    // Two that point at each other: only the one backwards is followed.
    const pair = dns('0001 0100 0002 0000 0000 0000 c012 0001 0001 c00c 0001 0001')
    expect(pair.show('dns.qry.name')).toEqual(['…', '…'])
  })

  it('refuses what cannot be', () => {
    const last = (payload: string, cut = 0) => dns(payload, cut).notes.at(-1)
    expect(last('0001 0100 0001 0000 0000 0000 40')).toBe(
      'error: Malformed: A label of 64 bytes; names have 63 at most',
    )
    expect(last('0001 0100 0002 0000 0000 0000 00 0001 0001')).toContain(
      'Malformed: Label length needs 1 byte',
    )
    expect(last('0001 8100 0000 0001 0000 0000 00 0001 0001 00000000 0005 01020304')).toContain(
      'Record data claims 5 bytes',
    )
    const long = '3f'.padEnd(128, '61')
    expect(last(`0001 0100 0001 0000 0000 0000 ${long.repeat(4)} 00 0001 0001`)).toBe(
      'error: Malformed: A name of more than 255 bytes',
    )
    expect(dns('0001 0100 0001 0000 0000 0000 0161 00 0001 0001', 3).statuses.at(-1)).toBe('truncated')
  })
})
