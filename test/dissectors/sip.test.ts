import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'
import { hexOf } from '../tcp-craft.ts'

const calls = (await framesOf(captureFile('sip.pcap'))).map(frame => () => peel(frame))

/** A request with this header. */
const withHeader = (line: string) =>
  peel(udp4(5060, 5060, hexOf(`OPTIONS sip:example.org SIP/2.0\r\n${line}\r\n\r\n`)))

// Values and places as tshark 4.0 has them.
describe('the headers of SIP', () => {
  it('have parts, with long names and short ones', () => {
    const { show, places } = calls[0]!()
    expect(show('sip.r-uri.user')).toEqual(['bob'])
    expect(places('sip.r-uri.host')).toEqual([`${57 * 8}+88`])
    expect(show('sip.Via.transport')).toEqual(['UDP'])
    expect(show('sip.Via.sent-by.address')).toEqual(['192.168.1.1'])
    expect(places('sip.Via.sent-by.port')).toEqual([`${107 * 8}+32`])
    expect(show('sip.Via.branch')).toEqual(['z9hG4bK1'])
    expect(show('sip.from.addr')).toEqual(['sip:alice@example.org'])
    expect(places('sip.from.user')).toEqual([`${158 * 8}+40`])
    expect(show('sip.from.tag')).toEqual(['1'])
    expect(show('sip.CSeq.seq')).toEqual(['1'])
    expect(places('sip.CSeq.method')).toEqual([`${243 * 8}+48`])
    expect(places('sip.contact.host')).toEqual([`${271 * 8}+88`])
    const answer = calls[1]!()
    expect(answer.places('sip.Via.branch')).toEqual([`${102 * 8}+64`])
    expect(answer.places('sip.to.tag')).toEqual([`${175 * 8}+8`])
  })

  it('say how the phone is protected: with ESP', () => {
    const { show, places } = withHeader(
      'Security-Client: ipsec-3gpp;alg=hmac-md5-96;ealg=aes-cbc;port-c=49246;spi-c=110322342,ipsec-3gpp;alg=hmac-sha-1-96',
    )
    expect(show('sip.sec_mechanism')).toEqual(['ipsec-3gpp', 'ipsec-3gpp'])
    expect(show('sip.sec_mechanism.alg')).toEqual(['hmac-md5-96', 'hmac-sha-1-96'])
    expect(show('sip.sec_mechanism.ealg')).toEqual(['aes-cbc'])
    expect(show('sip.sec_mechanism.port_c')).toEqual(['49246'])
    expect(show('sip.sec_mechanism.spi_c')).toEqual(['110322342'])
    expect(places('sip.sec_mechanism.alg')[0]).toBe(`${(28 + 33 + 32) * 8}+88`)
  })

  it('prove who asks, with quotes as they stand', () => {
    const { show } = withHeader(
      'Authorization: Digest nonce="",uri="sip:a;b@c", username="bob" , response="00"',
    )
    expect(show('sip.auth.scheme')).toEqual(['Digest'])
    expect(show('sip.auth.nonce')).toEqual(['""'])
    expect(show('sip.auth.uri')).toEqual(['"sip:a;b@c"'])
    expect(show('sip.auth.username')).toEqual(['"bob"'])
    expect(show('sip.auth.digest.response')).toEqual(['"00"'])
  })

  it('may have addresses of version 6, of telephones, and without brackets', () => {
    const six = withHeader('Contact: <sip:[fd00::1]:5060;lr>;+g.x="a;b";expires=60')
    expect(six.show('sip.contact.host')).toEqual(['[fd00::1]'])
    expect(six.show('sip.contact.port')).toEqual(['5060'])
    expect(six.show('sip.contact.param')).toEqual(['lr'])
    expect(six.show('sip.contact.parameter')).toEqual(['+g.x="a;b"', 'expires=60'])
    const phone = withHeader('To: <tel:263734>')
    expect(phone.show('sip.to.addr')).toEqual(['tel:263734'])
    expect(phone.show('sip.to.host')).toEqual([])
    expect(withHeader('f: sip:a@b.example;tag=x').show('sip.from.addr')).toEqual(['sip:a@b.example'])
    const via = withHeader('Via: SIP/2.0/TCP [fd00::1]:5060;rport;received=fd00::2')
    expect(via.show('sip.Via.sent-by.address')).toEqual(['fd00::1'])
    expect(via.show('sip.Via.rport')).toEqual(['rport'])
    expect(via.show('sip.Via.received')).toEqual(['fd00::2'])
  })

  it.each([
    'Via:',
    'Via: ;;;',
    'From: <',
    'To: "<>"',
    'CSeq: x',
    'Contact: >;=<',
    'Authorization: ,=",',
    'f:;tag',
  ])('take %s as it is', line => {
    const { stack, notes, statuses } = withHeader(line)
    expect([stack.at(-1), statuses.at(-1), notes]).toEqual(['sip', 'complete', []])
  })

  it('take no longer where they are long', () => {
    const long = (unit: string) => unit.repeat(Math.floor(15_000 / unit.length))
    for (const unit of ['a', ' ', ';a=', ';a="', '<', '@', '[', ','])
      for (const name of [
        'Via: SIP/2.0/UDP ',
        'From: <sip:',
        'Authorization: ',
        'Security-Client: ',
        'CSeq: ',
      ])
        expect(withHeader(name + long(unit)).stack.at(-1)).toBe('sip')
  })
})
