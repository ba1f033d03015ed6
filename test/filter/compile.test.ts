import { expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { allProtocols } from '../../src/dissect/protocol.ts'
import { Session } from '../../src/dissect/session.ts'
import { compileFilter } from '../../src/filter/filter.ts'
import { noFacts, type PacketFacts } from '../../src/filter/packet-facts.ts'
import type { Frame } from '../../src/frame.ts'
import { shapeOf } from '../../src/store/shapes.ts'
import { captureFile, captureNames, framesOf } from '../captures.ts'

const facts = (frames: readonly Frame[], i: number): PacketFacts => ({
  ...noFacts,
  first: frames[0],
  previous: frames[i - 1],
})

function numbersOf(frames: readonly Frame[], text: string): number[] {
  const filter = compileFilter(text, 'display')
  const dissector = newDissector(new Session())
  dissector.found.selection = filter.selection ?? null
  return frames
    .filter((frame, i) => filter.matches(dissector.dissect(frame, filter.depth), facts(frames, i)))
    .map(({ number }) => number)
}

// What tshark 4.0.17 -Y says of gre.pcap; packets 3 to 6 are pings in GRE, 7 and 8 IPv6 in it, 9 to 18 TCP.
const ofTshark: readonly (readonly [string, string])[] = [
  ['ip.ttl#[1-2] == 64', '3-18'],
  ['ip.ttl#[2:] == 64', '3-6 9-18'],
  ['ip#2', '3-6 9-18'],
  ['ip.ttl#3', ''],
  ['ip.len == {ip.ttl + 20}', '3-6 9-10'],
  ['ip.len > ip.ttl + 20 - 3', '3-10 12 15'],
  ['ip.len & 4', '3-6 9-11 13-14 16-18 15'],
  ['ip.len & 4 + 1 == 5', '15'],
  ['ip.ttl === 64', '3-18'],
  ['ip.ttl !== 64', ''],
  ['ip.ttl not in {1,64}', '1-2'],
  ['ip.ttl == 0100', '3-18'],
  ["ip.ttl == '@'", '3-18'],
  ['icmp or gre and arp', '3-6'],
  ['not gre and icmp or tcp', '9-18'],
  ['eth[0:2] == ff:ff', '1'],
  ['eth.dst == ffff.ffff.ffff', '1'],
  ['len(ip) == 20', '3-18'],
  ['count(ip.src) == 2', '3-6 9-18'],
  ['max(ip.len) == 108', '3-6'],
  ['min(ip.len) == 84', '3-6'],
  ['ip.src & 255.255.255.0 == 192.168.1.0', '3-18'],
  ['eth.dst & 01:00:00:00:00:00', '1'],
  ['ip.addr != 192.168.1.1', ''],
  ['ip.addr ~= 192.168.1.1', '3-18'],
  ['ip.src > 172.16.0.1/24', '3-18'],
  ['ip.src in {172.16.0.1 .. 172.16.0.5, 10.1.1.1}', '3-6 9-18'],
  ['ip.flags.mf', '3-18'],
  ['ip.flags & 2', '3-18'],
  ['ip[2:2] == 00:54', '3-6 9-10'],
  ['ip[2:2] == 84', ''],
  ['gre[4] == 45', ''],
  ['gre contains 45:00', '3-6 9-18'],
  ['gre == 00:00:08:00', '3-6 9-18'],
  ['ip.src#1[3] == 01', '3 5 7 9 11 13 15 17'],
  ['string(frame.number) matches "[13579]$"', '1 3 5 7 9 11 13 15 17'],
  ['frame.time_delta > 0.5', '7 9'],
  ['frame.protocols == "eth:arp"', '1-2'],
  ['ipv6.addr == fd00::/8', '7-8'],
  ['ip.len > ip.ttl > 10', '3-18'],
  ['ip.src[2-3] & 01 == 01', '3-18'],
  ['ip.src[1] & 0f:0f == 00', '3-6 9-18'],
  ['gre > 45', '3-18'],
  ['gre > 00:00:07:ff:ff', ''],
  ['data.data > 0f:ff', '3-8'],
  ['frame.number#1 == 3', '3'],
  ['frame.number#2 == 3', ''],
  ['ip.hdr_len < 255', '3-18'],
  ['ip.src == 192.168.1.1 || ip.src == 172.16.0.1 && icmp', '3 5 7 9 11 13 15 17'],
]

const spread = (ranges: string): number[] =>
  ranges
    .split(' ')
    .filter(Boolean)
    .flatMap(range => {
      const [from, to] = range.split('-').map(Number)
      return Array.from({ length: (to ?? from!) - from! + 1 }, (_, i) => from! + i)
    })
    .sort((a, b) => a - b)

const gre = await framesOf(captureFile('gre.pcap'))

it.each(ofTshark)('%s', (text, numbers) => {
  expect(numbersOf(gre, text)).toEqual(spread(numbers))
})

const everywhere = [
  'ip',
  'inner.ip.ttl > 60',
  'ip.addr == 10.0.0.0/8 or ipv6',
  'esp.spi > 0x80000000 && !udp',
  'tcp.flags.syn == 1 xor udp.port in {500, 4500}',
  'ip.hdr_len == 20 && all ip.len > 60',
  'eth.dst[0:3] == eth.src[0:3]',
  'isakmp.exchangetype == 34',
  'stack ~ "^eth/ip/*/ip" || depth > 6',
  'frame.protocols contains "ip:esp" or tcp.len > 0 or udp.payload contains 00:00',
  'not ip.dst in {10.1.0.0 .. 10.2.255.255} and not vlan',
]

/** That layers, single bytes and the whole dissection give one answer for each frame. */
function expectOneAnswer(frames: readonly Frame[], texts: readonly string[]): void {
  const filters = texts.map(text => compileFilter(text, 'display'))
  const peel = newDissector(new Session())
  const whole = newDissector(new Session())
  const selected = filters.map(({ selection }) => selection && newDissector(new Session()))
  for (const frame of frames) {
    const all = whole.dissect(frame, 'noted')
    const layers = peel.dissect(frame, 'peel')
    const shape = shapeOf(layers)
    filters.forEach((filter, i) => {
      const answer = filter.matches(all, noFacts)
      const dissector = selected[i]
      if (dissector) dissector.found.selection = filter.selection ?? null
      const found = dissector ? dissector.dissect(frame, filter.depth) : layers
      const glance = filter.forShape(shape)?.(frame.bytes, frame.start)
      const answers = [filter.matches(found, noFacts), filter.ofShape(shape) ?? answer, glance ?? answer]
      if (answers.some(other => other !== answer))
        expect.fail(
          `${texts[i]}: ${answer}, but ${answers} of ${frame.capturedLength}/${frame.wireLength} bytes of ${frame.number}`,
        )
    })
  }
}

it.each(captureNames)('layers and single bytes answer as the whole dissection does: %s', async name => {
  expectOneAnswer(await framesOf(captureFile(name), 200), everywhere)
})

/** Fields at fixed places of protocols that have such fields, and parts of words. */
const fixed = allProtocols.flatMap(({ begins }) => {
  const fields = begins?.entries.flatMap(({ field }) => [field, ...(field.parts ?? []).map(([part]) => part)])
  return fields?.filter(field => field !== undefined).map(({ name }) => name) ?? []
})

it.each(['gre', 'vxlan-gbp', 'mpls-in-ip', 'pppoe', 'sit', 'nhrp', 'esp-transport-null-sha1'])(
  'fields at fixed places are there as far as the packet is: %s.pcap',
  async name => {
    const [frame] = (await framesOf(captureFile(`${name}.pcap`))).slice(-1)
    const cut = Array.from({ length: Math.min(100, frame!.capturedLength) }, (_, length) => [
      { ...frame!, capturedLength: length },
      { ...frame!, capturedLength: length, wireLength: length },
    ]).flat()
    // A header that claims less than it takes.
    const lies = Array.from({ length: 60 }, (_, at) => {
      const bytes = frame!.bytes.slice()
      bytes[12 + at] = at % 8
      return { ...frame!, bytes }
    })
    const texts = [...new Set(fixed), 'not ip.src == 0.0.0.0 and any ip.ttl > 0']
    expectOneAnswer([...cut, ...lies], texts)
  },
)

it('knows fields at fixed places', () => {
  expect(fixed).toContain('ip.flags.df')
  for (const name of [
    'ip.flags.df',
    'esp.spi',
    'inner.ip.dst',
    'eth.lg',
    'udp.port',
    'tcp.flags.syn',
    'vxlan.vni == 5',
  ])
    expect(compileFilter(name).depth, name).toBe(name.startsWith('vxlan') ? 'fields' : 'peel')
})

it('answers from layers alone what they tell', async () => {
  const [, , frame] = await framesOf(captureFile('esp-tunnel-aes128gcm.pcap'))
  const shape = shapeOf(newDissector().dissect(frame!, 'peel'))
  const answers = (text: string) => compileFilter(text).ofShape(shape)
  expect(shape.protocols.map(({ id }) => id)).toEqual(['eth', 'ip', 'esp'])
  expect(answers('depth == 3')).toBe(true)
  expect(answers('frame.protocols == "eth:ip:esp"')).toBe(true)
  expect(answers('stack ~ "ip/esp$" && !tcp.len')).toBe(true)
  expect(answers('udp.port == 500 or inner.gre.key')).toBe(false)
  expect(answers('esp.spi == 1')).toBeUndefined()
})
