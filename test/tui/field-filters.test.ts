import { describe, expect, it } from 'vitest'
import { compileFilter } from '../../src/filter/filter.ts'
import { noFacts } from '../../src/filter/packet-facts.ts'
import { filterOf } from '../../src/print/field-filter.ts'
import { filterFor } from '../../src/tui/field-filters.ts'
import { listedOf } from '../../src/tui/listed.ts'
import { PacketLines } from '../../src/tui/packet-lines.ts'
import { captureNames } from '../captures.ts'
import { At, captureOf, detailOf } from './at.ts'

/** The numbers of the packets that are listed. */
function shown(at: At): number[] {
  const listed = listedOf(at.state)
  return Array.from({ length: listed.end - listed.first }, (_, i) => listed.at(listed.first + i))
}

describe('a filter from the tree', () => {
  it('on the inner destination takes two keys, from whichever line', async () => {
    for (const path of ['eth', 'eth/ip ip.ttl', 'eth/ip/gre', 'eth/ip/gre/ip ip.dst', 'eth/ip/gre/ip/icmp']) {
      const at = (await At.open('gre-key.pcap')).press('3', 'G', 'return').to(path).press('a', 'd')
      expect([at.state.filter?.text, shown(at)]).toEqual(['inner.ip.dst == 172.16.0.2', [3, 5]])
    }
  })

  it('on a field takes two keys', async () => {
    const at = (await At.open('gre-key.pcap')).press('3', 'G', 'return').to('eth/ip/gre/ip ip.dst')
    expect(at.press('a', 'f').state.filter?.text).toBe('inner.ip.dst == 172.16.0.2')
  })

  it.each([
    ['eth/ip ip.ttl', ['a', 'f'], 'outer.ip.ttl == 64'],
    ['eth/ip/gre/ip ip.ttl', ['a', 'f'], 'inner.ip.ttl == 64'],
    ['eth/ip/gre', ['a', 'f'], 'gre'],
    ['eth/ip/gre/ip/icmp', ['a', 'n'], '!(icmp)'],
    ['eth/ip/gre/ip/icmp', ['a', 's'], 'inner.ip.src == 172.16.0.1'],
    ['eth/ip/gre/ip/icmp', ['a', 't'], 'outer.ip.addr == 192.168.1.1 && outer.ip.addr == 192.168.1.2'],
    ['eth/ip/gre/ip', ['a', 't'], 'outer.ip.addr == 192.168.1.1 && outer.ip.addr == 192.168.1.2'],
  ])('of %s by %j is %s', async (path, keys, text) => {
    const at = (await At.open('gre-key.pcap'))
      .press('3', 'G')
      .to(path)
      .press(...keys)
    expect(at.state.filter?.text).toBe(text)
  })

  it('goes beside the one there is', async () => {
    const at = (await At.open('gre-key.pcap')).press('3', 'G').to('eth/ip/gre/ip/icmp').press('a', 'f')
    at.to('eth/ip/gre/ip ip.dst').press('a', 'a')
    expect(at.state.filter?.text).toBe('icmp && inner.ip.dst == 172.16.0.2')
    at.to('eth/ip/gre').press('a', 'o')
    expect(at.state.filter?.text).toBe('(icmp && inner.ip.dst == 172.16.0.2) || gre')
    expect(at.press('a', 'e').state.prompt).toMatchObject({
      kind: 'filter',
      text: '((icmp && inner.ip.dst == 172.16.0.2) || gre) && gre',
    })
  })

  it('is about the SPI of an association', async () => {
    const at = (await At.open('ikev2-psk.pcap')).press('7', 'G', 'a', 'i')
    expect([at.state.filter?.text, shown(at)]).toEqual(['esp.spi == 0xccde65d1', [7, 9]])
    at.press('/', 'ctrl-u', 'return', '3', 'G', 'a', 'i')
    expect([at.state.filter?.text, shown(at)]).toEqual([
      'isakmp.ispi == cc:75:96:26:f1:15:72:4f',
      [3, 4, 5, 6, 11, 12],
    ])
  })

  it.each([
    // As tshark shows them.
    ['wireguard.pcap', 'wg.receiver'],
    ['vxlan-gbp.pcap', 'vxlan.vni'],
    ['gre-key.pcap', 'gre.key'],
    ['l2tp.pcap', 'l2tp.session'],
    ['geneve.pcap', 'geneve.vni'],
  ])('is about what tells %s from others: %s', async (name, field) => {
    const capture = await captureOf(name)
    const texts = Array.from({ length: capture.count }, (_, i) =>
      filterFor(detailOf(capture, i + 1), 0, 'association'),
    )
    expect([...new Set(texts.filter(Boolean).map(text => text.split(' ')[0]))]).toEqual([field])
  })

  it('is not made where there is nothing like it', async () => {
    const at = (await At.open('ikev2-psk.pcap')).press('a', 'i')
    expect([at.state.filter, at.said]).toEqual([
      undefined,
      'the packet has no SPI, key or session to filter on',
    ])
  })

  it('matches the packet that it comes from, for every field of the captures', {
    timeout: 30_000,
  }, async () => {
    const seen = new Set<string>()
    for (const name of captureNames) {
      const capture = await captureOf(name)
      for (let number = 1; number <= Math.min(capture.count, 6); number++) {
        const detail = detailOf(capture, number)
        for (const [index, { path, layer, record }] of detail.nodes.entries()) {
          if (seen.has(path) || record < 0) continue
          seen.add(path)
          const text = filterFor(detail, index, 'value')
          expect(compileFilter(text, 'display').matches(detail.found, noFacts), text).toBe(true)
          const alone = filterOf(detail.found, record, detail.found.layer(layer))
          if (!alone.startsWith('teredo.orig.addr'))
            expect(text, alone).toContain(alone.replace(/^[^ ]* ?/, ''))
        }
      }
    }
    expect(seen.size).toBeGreaterThan(2000)
  })
})

describe('a column', () => {
  it('comes from the field under the cursor, and goes again', async () => {
    const at = (await At.open('gre-key.pcap')).press('3', 'G').to('eth/ip/gre/ip ip.ttl').press('a', 'c')
    expect(at.state.columns).toEqual(['inner.ip.ttl'])
    expect(at.press('a', 'c').state.columns).toEqual([])
  })

  it('comes and goes by its name', async () => {
    const at = (await At.open('gre-key.pcap')).press(':').type('column add gre.key').press('return')
    expect(at.state.columns).toEqual(['gre.key'])
    at.press(':').type('column add gre.kay').press('return')
    expect([at.state.columns, at.said]).toEqual([
      ['gre.key'],
      expect.stringMatching(/gre\.kay.*did you mean gre\.key/),
    ])
    at.press(':').type('column add len(gre)').press('return')
    expect(at.state.columns).toEqual(['gre.key', 'len(gre)'])
    at.press(':').type('column remove gre.key').press('return')
    expect(at.state.columns).toEqual(['len(gre)'])
  })

  it.each([
    // As tshark -T fields has them, with our words for numbers that have names.
    ['gre.key', ['', '', '0xdeadbeef']],
    ['inner.ip.ttl', ['', '', '64']],
    ['ip.ttl', ['', '', '64,64']],
    ['frame.len', ['42', '42', '126']],
    ['frame.time_delta', ['0.000000000', '0.012264000', '0.000818000']],
    ['ip.proto', ['', '', 'GRE (47),ICMP (1)']],
    ['len(gre)', ['', '', '8']],
  ])('%s says %j of the first packets', async (name, texts) => {
    const lines = new PacketLines(await captureOf('gre-key.pcap'))
    lines.ask([name])
    expect([1, 2, 3].map(number => lines.get(number).fields)).toEqual(texts.map(text => [text]))
  })

  it('is one of twelve at most', async () => {
    const at = await At.open('gre-key.pcap')
    for (const name of [
      'ttl',
      'src',
      'dst',
      'len',
      'id',
      'proto',
      'version',
      'hdr_len',
      'checksum',
      'flags',
      'addr',
      'flags.df',
      'flags.mf',
    ])
      at.do({ type: 'column', how: 'add', name: `ip.${name}` })
    expect(at.state.columns).toHaveLength(12)
    expect(at.said).toMatch(/12 columns are the most/)
  })
})
