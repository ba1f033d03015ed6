import { describe, expect, it } from 'vitest'
import { errorLines } from '../../src/filter/error-lines.ts'
import { compileFilter, FilterError } from '../../src/filter/filter.ts'

function errorOf(text: string, languages: 'display' | 'both' = 'display'): FilterError {
  try {
    compileFilter(text, languages)
  } catch (error) {
    if (error instanceof FilterError) return error
  }
  throw new Error(`${text} was understood`)
}

/** What the filter calls wrong, cut out of it, and the sentence. */
const wrong = (text: string, languages?: 'both') => {
  const { at, end, message } = errorOf(text, languages)
  return [text.slice(at, end), message]
}

describe('names', () => {
  it.each([
    ['isakmp.exchange == 34', 'isakmp.exchange', 'did you mean isakmp.exchangetype'],
    ['esp && ip.scr == 1.1.1.1', 'ip.scr', 'did you mean ip.src'],
    ['wireguard', 'wireguard', 'did you mean wg?'],
    ['IKE', 'IKE', 'did you mean isakmp'],
    ['inner.ip.dts', 'inner.ip.dts', 'did you mean ip.dst'],
    ['inner.', 'inner.', 'a name is missing'],
    ['stack ~ "esp/udpp"', '"esp/udpp"', 'did you mean udp'],
    ['stack ~ "esp//udp"', '"esp//udp"', 'a protocol is missing in the pattern'],
    ['isakmp.exchangetype == IKE_AUT', 'IKE_AUT', 'did you mean IKE_AUTH?'],
    ['ip.proto == "Gree"', '"Gree"', 'did you mean GRE?'],
    ['len(udp.paylod) > 1', 'udp.paylod', 'did you mean udp.payload'],
    ['ip.', 'ip.', 'a name is missing'],
    ['NOT ip', 'NOT', 'NOT is written in small letters'],
    ['ip AND icmp', 'AND', 'AND is written in small letters'],
    ['ip.ttl-1 == 63', 'ip.ttl-1', 'a minus stands between blanks'],
  ])('%s', (text, piece, hint) => {
    const [meant, message] = wrong(text)
    expect(meant).toBe(piece)
    expect(message).toContain(hint)
  })
})

// What tshark 4.0.17 refuses too, each for its own reason.
describe('types', () => {
  it.each([
    ['ip.len > ip.src', 'ip.src', 'a number cannot be compared with an IPv4 address'],
    ['ip.ttl == "64"', '"64"', '"64" is not a number'],
    ['ip.ttl == 64.0', '64.0', '64.0 is not a number'],
    ['ip.ttl == 300', '300', '300 is more than ip.ttl can be'],
    ['ip.src == 300.1.1.1', '300.1.1.1', '300.1.1.1 is not an IPv4 address'],
    ['ip.src == 10', '10', '10 is not an IPv4 address'],
    ['ip.src == 10.0.0.0/33', '10.0.0.0/33', '10.0.0.0/33 is not an IPv4 address'],
    ['ipv6.src == fd00::/129', 'fd00::/129', 'fd00::/129 is not an IPv6 address'],
    ['eth.dst == ff:ff', 'ff:ff', 'ff:ff is not a link address'],
    ['ip.flags.df == maybe', 'maybe', 'maybe is not true or false'],
    ['frame.time == "yesterday"', '"yesterday"', '"yesterday" is not a date or seconds since 1970'],
    ['frame.time_epoch < 1e12', '1e12', '1e12 is not a date or seconds since 1970'],
    ['ip.src contains 1', 'ip.src', 'contains is for bytes and text'],
    ['tcp.port matches "8"', 'tcp.port', 'matches is for bytes and text'],
    ['frame matches abc', 'abc', 'matches needs a pattern'],
    ['frame matches "("', '"("', 'a parenthesis is not closed, at character 1 of the pattern'],
    ['ip.ttl[0] == 40', 'ip.ttl', 'only bytes, addresses and text can be sliced'],
    ['gre + 1 == 2', 'gre + 1', '+ cannot be used on bytes'],
    ['upper(ip.src) == "x"', 'upper(ip.src)', 'upper is for text, not for an IPv4 address'],
    ['lower(ip.src)', 'lower(ip.src)', 'what a function gives is always there'],
    ['abs(-3) == 3', 'abs(-3)', 'abs needs a field'],
    ['len("abc") == 3', 'len("abc")', 'len needs a field'],
    ['1 == 1', '1 == 1', 'two values are compared, and no field'],
    ['64', '64', 'a value alone says nothing'],
    ['_ws.malformed == 1', '1', 'it has no value: it is there or not'],
    ['ip & icmp', 'ip & icmp', '& is for bits, not for protocols'],
    ['ip.ttl == 64 & icmp', '64 & icmp', '& is for bits, not for protocols'],
    ['max(ip.len, ip.src) == 1', 'ip.src', 'a number cannot be compared with an IPv4 address'],
    ['ip.ttl in {1-3}', '1-3', 'a range has two dots'],
    ['tcp.port in {80..ip.ttl}', '80..ip.ttl', 'a range goes from one value to another'],
  ])('%s', (text, piece, sentence) => {
    expect(wrong(text)).toEqual([piece, sentence])
  })

  it('come from what is typed, not from packets', () => {
    expect(() => compileFilter('ip.src == 1.1.1.1 && ip.ttl == "x"', 'display')).toThrow(FilterError)
  })
})

it.each([
  ['ip | icmp', '||, or'],
  ['ip AND icmp', 'and'],
  ['ip.ttl-1 == 63', 'ip.ttl - …'],
  ['ip.ttl 64', '==, another comparison, and, or, or the end'],
  ['tcp.port == 80 || 443', 'a protocol or a field; several values stand in {1, 2}'],
  ['eth.src[0] == 254', '0xfe'],
  ['ip.src in {10.0.0.1-10.0.0.5}', '10.0.0.1..10.0.0.5'],
  ['port 53', 'tcp.port == 53 || udp.port == 53; or the words as they are, behind the capture without -Y'],
])('%s: expected %s', (text, expected) => {
  expect(errorOf(text).expected).toBe(expected)
})

describe('names of Wireshark’s that are none here', () => {
  // Each with what to write; most can be typed as they are.
  it.each([
    ['tcp.analysis.retransmission', '_ws.expert.message contains "Sent again"'],
    ['tcp.analysis.zero_window', 'tcp.window_size_value == 0'],
    ['tcp.analysis.flags', 'tcp.stream == …, tcp.seq, tcp.ack, _ws.expert'],
    ['ip.stream', 'ip.addr == … && ip.addr == …'],
    ['tcp.window_size', 'tcp.window_size_value'],
    ['tcp.nxtseq', 'tcp.seq + tcp.len'],
    ['tcp.time_delta', 'frame.time_delta'],
    ['tcp.flags.ns', 'tcp.flags.ae'],
    ['tcp.flags.rst', 'tcp.flags.reset'],
    ['ip.checksum.status', '_ws.expert.message matches "checksum .* is wrong"'],
    ['udp.checksum_bad', '_ws.expert.message matches "checksum .* is wrong"'],
    ['ip.tos', 'ip.dsfield'],
    ['ip.fragments', 'ip.flags.mf == 1 || ip.frag_offset > 0'],
    ['ip.reassembled_in', 'ip.flags.mf == 1 || ip.frag_offset > 0'],
    ['tls.segments', 'tls'],
    ['dns.response_in', 'dns'],
    ['eth.dst.ig', 'eth.ig'],
    ['eth.addr_resolved', 'eth.addr'],
    ['bootp.type', 'dhcp.type'],
    ['ssl.handshake', 'tls.handshake'],
    ['icmp6.type', 'icmpv6.type'],
    ['ip6.src', 'ipv6.src'],
    ['ikev2.exchangetype', 'isakmp.exchangetype'],
    ['wireguard.type', 'wg.type'],
    ['expert.message', '_ws.expert.message'],
    ['frame.encap_type', 'stack ~ "^eth", stack ~ "^sll"'],
    ['_ws.col.info', 'a field, such as inner.ip.src'],
  ])('%s: %s', (name, write) => {
    const error = errorOf(`ip && ${name}`)
    expect([error.message.startsWith('no field here: '), error.expected]).toEqual([true, write])
    const isFilter = !/…|, |\+/.test(write)
    if (isFilter) expect(() => compileFilter(write, 'display')).not.toThrow()
  })
})

it('says so of a tcpdump expression where it cannot be one', () => {
  expect(wrong('host 10.0.0.1')).toEqual([
    'host 10.0.0.1',
    'this is tcpdump’s language, which -Y does not read',
  ])
})

describe('which of two languages an error is about', () => {
  it.each([
    ['host 10.0.0.1 and esq', 'esq', 'esq is no address, and names are not looked up'],
    ['host 300.1.1.1', '300.1.1.1', 'is no address, and names are not looked up'],
    ['ip.ttl == x', 'x', 'x is not a number'],
    ['esp && ip.scr', 'ip.scr', 'ip.scr is neither a protocol nor a field'],
    ['port', '', 'more has to follow'],
    ['esp and', '', 'more has to follow'],
    ['esp and hots 10.0.0.1', 'hots', 'did you mean host?'],
    ['ip.tll 5', 'ip.tll', 'did you mean ip.ttl'],
    ['hots', 'hots', 'did you mean host?'],
    ['ip[20:2] == 500', '500', '500 is not bytes'],
    ['gateway 10.0.0.1 and esp', 'gateway', 'gateway has no translation: names are not looked up'],
    ['wlan type mgt', 'wlan', 'links of this kind are not read'],
    ['ip[20:2] = 500', 'ip[20:2]', 'this has no translation: behind byte 20'],
    ['esp and ip broadcast', 'ip broadcast', 'a capture does not say which network it is of'],
  ])('%s', (text, piece, sentence) => {
    const [meant, message] = wrong(text, 'both')
    expect(meant).toBe(piece)
    expect(message).toContain(sentence)
  })

  it('is the display language where the text is a filter in it', () => {
    expect(compileFilter('tcp and udp')).toMatchObject({ translated: false, text: 'tcp and udp' })
    expect(compileFilter('esp or udp port 4500')).toMatchObject({
      translated: true,
      text: 'esp || udp.port == 4500',
    })
  })
})

it('shows the place in lines of 72 characters', () => {
  const text = `${'ip && '.repeat(30)}ip.foo == 1`
  const lines = errorLines(text, errorOf(text)).split('\n')
  expect(lines[0]).toBe('filter: ip.foo is neither a protocol nor a field')
  expect(lines[1]!.length).toBeLessThanOrEqual(74)
  const mark = lines[2]!.indexOf('^')
  expect(lines[1]!.slice(mark, mark + 6)).toBe('ip.foo')
  expect(lines[2]!.trim()).toBe('^~~~~~')
})

it('takes sets of 10,000 elements', () => {
  const ports = Array.from({ length: 10_000 }, (_, i) => i)
  expect(compileFilter(`tcp.port in {${ports.join(',')}}`).depth).toBe('peel')
})
