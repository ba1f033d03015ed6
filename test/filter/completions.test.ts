import { expect, it } from 'vitest'
import { completions } from '../../src/filter/filter.ts'

/** The first completions at the mark. */
const at = (marked: string, count = 3): string[] => {
  const cursor = marked.indexOf('|')
  return completions(marked.replace('|', ''), cursor)
    .slice(0, count)
    .map(({ text }) => text)
}

it.each<[string, string[]]>([
  ['es|', ['esp', 'esp.spi', 'esp.sequence']],
  ['ip.tt|', ['ip.ttl']],
  ['gre && inner.ip.d|', ['inner.ip.dst', 'inner.ip.dsfield', 'inner.ip.dst_host']],
  ['exchangety|', ['isakmp.exchangetype']],
  ['ike|', ['isakmp', 'isakmp.ike.attr', 'isakmp.ike.nat_original_address_ipv4']],
  ['isakmp.e|', ['isakmp.exchangetype', 'isakmp.extradata', 'isakmp.eap.data']],
  ['wireg|', ['wg']],
  ['(ip.tt| == 5)', ['ip.ttl']],
])('names of protocols and fields: %s', (marked, expected) => {
  expect(at(marked)).toEqual(expected)
})

it.each<[string, string[]]>([
  ['isakmp.exchangetype == IKE|', ['IKE_SA_INIT', 'IKE_AUTH', 'IKE_SESSION_RESUME']],
  ['ip.proto in {6, IC|', ['ICMP', 'ICMPv6', 'icmp.ext']],
  ['outer.ip.proto == "|', []],
  ['ip.ttl < |', ['depth', 'len(', 'count(']],
  ['ip.len == udp.len|', ['udp.length']],
])('names of values: %s', (marked, expected) => {
  expect(at(marked)).toEqual(expected)
})

it.each<[string, string[]]>([
  ['ip.ttl |', ['==', '!=', 'in']],
  ['gre |', ['&&', '||', 'and']],
  ['ip.ttl == 5 |', ['&&', '||', 'and']],
  ['ip.ttl == 5|', []],
  ['ip.src == 10.0.0.|', []],
  ['ipv6.src == fd00:|', []],
  ['(ip.ttl == 5)|', ['&&', '||', 'and']],
  ['stack |', ['~', '!~']],
  ['stack ~ |', ['"data', '"esp', '"ah']],
  ['stack ~ "esp" |', ['&&', '||', 'and']],
  ['ip.proto == GRE |', ['&&', '||', 'and']],
  ['host |', []],
  ['esp and port |', []],
])('operators: %s', (marked, expected) => {
  expect(at(marked)).toEqual(expected)
})

it.each<[string, string[]]>([
  ['stack ~ "esp/ud|', ['udp', 'udpencap', 'udplite']],
  ['stack !~ "^vxl|"', ['vxlan', 'vxlan-gpe']],
])('protocols of a stack: %s', (marked, expected) => {
  expect(at(marked)).toEqual(expected)
})

const seen = { protocols: ['ip', 'eth', 'udp', 'isakmp', 'esp'], stacks: ['eth/ip/udp/isakmp', 'eth/ip/esp'] }

it.each<[string, string[]]>([
  ['|', ['ip', 'eth', 'udp', 'isakmp', 'esp']],
  ['e|', ['eth', 'esp', 'eth.ig', 'eth.lg', 'eth.dst']],
  ['i|', ['ip', 'isakmp', 'ip.flags']],
  ['ike|', ['isakmp']],
  ['stack ~ |', ['"^eth/ip/udp/isakmp$"', '"^eth/ip/esp$"', '"ip', '"eth']],
  ['stack !~ |', ['"^eth/ip/udp/isakmp$"']],
  ['stack ~ "eth/|', ['ip', 'eth', 'udp', 'isakmp', 'esp']],
  ['gre && |', ['ip', 'eth']],
])('what the capture has comes first: %s', (marked, expected) => {
  const cursor = marked.indexOf('|')
  const offered = completions(marked.replace('|', ''), cursor, seen).map(({ text }) => text)
  expect(offered.slice(0, expected.length)).toEqual(expected)
})

it('says which piece of the text it replaces, and what it is for', () => {
  expect(completions('esp && ip.tt == 5', 12)).toMatchObject([
    { text: 'ip.ttl', label: 'Time to live', at: 7, end: 12, explain: expect.stringMatching(/\.$/) },
  ])
})

it('says what named values mean', () => {
  expect(completions('icmp.type == Redi', 17)[0]).toMatchObject({
    text: 'Redirect',
    label: '5',
    explain: expect.stringMatching(/^.{20,}\.$/),
  })
  expect(completions('ip.proto == ESP', 15)[0]).toMatchObject({
    text: 'ESP',
    label: '50',
    explain: expect.stringMatching(/^ESP follows/),
  })
})

it('says of names of filters alone what they are', () => {
  expect(completions('tcp.strea', 9)).toMatchObject([
    { text: 'tcp.stream', label: 'The number of its TCP connection in the capture, from 0.', explain: '' },
  ])
})

it('offers protocols, not thousands of fields, where nothing is typed', () => {
  const offered = completions('', 0)
  expect(offered.length).toBeLessThanOrEqual(200)
  expect(offered.map(({ text }) => text)).toContain('esp')
  expect(offered.map(({ text }) => text)).not.toContain('esp.spi')
})

it('offers nothing inside a string', () => {
  expect(at('http.host == "exam|')).toEqual([])
})
