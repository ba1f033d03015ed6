import { describe, expect, it } from 'vitest'
import { Session } from '../../src/dissect/session.ts'
import { captureFile, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'
import { hexOf, tcp4, tcpSegment } from '../tcp-craft.ts'

// Values and places as tshark 4.0 has them.

const web = (await framesOf(captureFile('http.pcap'))).map(frame => () => peel(frame))
const calls = (await framesOf(captureFile('sip.pcap'))).map(frame => () => peel(frame))

describe('HTTP', () => {
  it('reads requests', () => {
    const { stack, show, places, notes, line } = web[0]!()
    expect(stack).toEqual(['eth', 'ip', 'tcp', 'http'])
    expect(show('http.request.method')).toEqual(['GET'])
    expect(places('http.request.method')).toEqual([`${54 * 8}+24`])
    expect(show('http.request.uri')).toEqual(['/tunnels?kind=gre'])
    expect(places('http.request.uri')).toEqual([`${58 * 8}+${17 * 8}`])
    expect(places('http.request.uri.path')).toEqual([`${58 * 8}+${8 * 8}`])
    expect(show('http.request.uri.query.parameter')).toEqual(['kind=gre'])
    expect(places('http.request.uri.query')).toEqual([`${67 * 8}+${8 * 8}`])
    expect(show('http.request.version')).toEqual(['HTTP/1.1'])
    expect(show('http.host')).toEqual(['www.example.org'])
    expect(places('http.host')).toEqual([`${86 * 8}+${23 * 8}`])
    expect(show('http.user_agent')).toEqual(['curl/8.5.0'])
    expect(show('http.header')).toEqual(['X-Reason: none'])
    expect(notes).toEqual([])
    expect(line()).toContain(': http GET /tunnels?kind=gre, host www.example.org')
  })

  it('reads requests with blanks in the address, as attackers send them', () => {
    const { show, notes } = peel(tcp4(40000, 80, hexOf('GET /shell?cd+/tmp 192.0.2.1 HTTP/1.1\r\n\r\n')))
    expect(show('http.request.uri.path')).toEqual(['/shell'])
    expect(show('http.request.uri.query')).toEqual(['cd+/tmp'])
    expect(show('http.request.version')).toEqual(['192.0.2.1 HTTP/1.1'])
    expect(notes).toEqual(['warning: A blank in the address: servers are to refuse this (RFC 9112 §3.2)'])
  })

  it('reads answers', () => {
    const { show, values, line } = web[1]!()
    expect(show('http.response.version')).toEqual(['HTTP/1.1'])
    expect(show('http.response.code')).toEqual(['200'])
    expect(show('http.response.phrase')).toEqual(['OK'])
    expect(show('http.content_length_header')).toEqual(['6'])
    expect(values('http.file_data')).toEqual([hexOf('hello\n')])
    expect(line()).toContain('http 200 OK')
    expect(web[3]!().show('http.response.phrase')).toEqual(['Proxy Authentication Required'])
  })

  it('says what tunnels look like', () => {
    expect(web[2]!().notes).toEqual([
      'info: A tunnel through a proxy: if it answers 200, what follows is another protocol',
    ])
    expect(web[4]!().notes).toEqual(['info: SSTP, Microsoft’s VPN: from here on this connection carries PPP'])
  })

  it('is a piece of a body where no message begins', () => {
    for (const bytes of ['00ff', hexOf('get / HTTP/1.1\r\n'), hexOf('\n')]) {
      const { values, notes, statuses } = peel(tcp4(80, 40000, bytes))
      expect(values('http.file_data')).toEqual([bytes])
      expect(statuses.at(-1)).toBe('complete')
      expect(notes).toEqual(['info: A piece of a message that begins in an earlier packet'])
    }
  })

  const answer = `HTTP/1.1 200 OK\r\nServer: x\r\ncontent-length:  6\r\n\r\n`
  /** Texts of a stream, as they come. */
  const come = (...texts: string[]) => {
    const session = new Session()
    let sequence = 1000
    peel({ ...tcpSegment(80, 40000, 999, 2, ''), number: 1 }, session)
    return texts.map((text, i) => {
      const frame = tcpSegment(80, 40000, sequence, 0x18, hexOf(text))
      sequence += text.length
      return peel({ ...frame, number: 2 + i }, session)
    })
  }

  it('is read whole wherever segments cut its head', () => {
    for (let cut = 1; cut < answer.length; cut++) {
      const [first, second] = come(answer.slice(0, cut), `${answer.slice(cut)}hello\n`)
      expect(first!.stack, `${cut}`).toEqual(['ip', 'tcp', 'data'])
      expect(second!.stack).toEqual(['ip', 'tcp', 'http'])
      expect(second!.show('http.response.code')).toEqual(['200'])
      expect(second!.values('http.file_data')).toEqual([hexOf('hello\n')])
    }
  })

  it('has bodies that go on, and messages behind them', () => {
    const [first, second] = come(`${answer}hel`, 'lo\n')
    expect(first!.values('http.file_data')).toEqual([hexOf('hel')])
    expect(second!.values('http.file_data')).toEqual([hexOf('lo\n')])
    const [both] = come(`${answer}hello\n${answer}world\n`)
    expect(both!.values('http.file_data')).toEqual([hexOf('hello\n'), hexOf('world\n')])
    const [asked] = come('GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.0\n\n')
    expect(asked!.show('http.request.uri')).toEqual(['/a', '/b'])
    const chunks = '6\r\nhello\n\r\n0\r\n\r\n'
    const [chunked] = come(`POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`)
    expect(chunked!.values('http.file_data')).toEqual([hexOf(chunks)])
    const [lies] = come(answer.replace('6', '99999999999999999999'))
    expect(lies!.statuses).toEqual(['complete', 'complete', 'complete'])
  })

  it('does not wait for a head that never ends', () => {
    const lines = 'X-A: b\r\n'.repeat(160)
    const found = come('GET / HTTP/1.1\r\n', ...Array.from({ length: 30 }, () => lines))
    const read = found.findIndex(({ stack }) => stack.at(-1) === 'http')
    expect(read * lines.length).toBeGreaterThan(32768)
    expect((read - 2) * lines.length).toBeLessThan(32768)
  })

  it('keeps lines that are odd, and what is cut', () => {
    const odd = peel(tcp4(40000, 80, hexOf('GET / HTTP/1.0\nno colon\n: none\nHost: \x1b[2Jx\nend')))
    expect(odd.show('http.header')).toEqual(['no colon', ': none', 'end'])
    expect(odd.show('http.host')[0]).not.toContain('\x1b')
    const cut = peel(tcp4(40000, 80, hexOf('GET / HTTP/1.0\r\nHost: example.org\r\n\r\n'), 8))
    expect(cut.statuses.at(-1)).toBe('truncated')
    expect(peel(tcp4(80, 40000, hexOf('HTTP/1.1 200\r\n\r\n'))).show('http.response.code')).toEqual(['200'])
  })
})

describe('SIP', () => {
  it('reads requests', () => {
    const { stack, show, values, line } = calls[0]!()
    expect(stack).toEqual(['eth', 'ip', 'udp', 'sip'])
    expect(show('sip.Method')).toEqual(['INVITE'])
    expect(show('sip.r-uri')).toEqual(['sip:bob@example.org'])
    expect(show('sip.From')).toEqual(['<sip:alice@example.org>;tag=1'])
    expect(show('sip.Call-ID')).toEqual(['1@192.168.1.1'])
    expect(show('sip.CSeq')).toEqual(['1 INVITE'])
    expect(values('sip.msg_body')).toEqual([hexOf('v=0\r\n')])
    expect(line()).toContain('sip INVITE sip:bob@example.org')
  })

  it('reads answers, with short names', () => {
    const { show } = calls[1]!()
    expect(show('sip.Status-Code')).toEqual(['180'])
    expect(show('sip.reason_phrase')).toEqual(['Ringing'])
    expect(show('sip.To')).toEqual(['<sip:bob@example.org>;tag=2'])
    expect(show('sip.Via')).toEqual(['SIP/2.0/UDP 192.168.1.1:5060;branch=z9hG4bK1'])
  })

  it('takes the rest as it is', () => {
    expect(calls[2]!().values('sip.msg_body')).toEqual(['0d0a0d0a'])
    expect(peel(udp4(5060, 5060, hexOf('INVITE'), 2)).statuses.at(-1)).toBe('truncated')
  })
})
