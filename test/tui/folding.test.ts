import { describe, expect, it } from 'vitest'
import { nodeRanges } from '../../src/print/node-ranges.ts'
import { bufferOf } from '../../src/tui/folding.ts'
import { walkOrder } from '../../src/tui/walk-order.ts'
import { captureNames } from '../captures.ts'
import { At, captureOf, detailOf } from './at.ts'

/** The tree of packet 2 of the walkthrough: IPv4, IPv4, ICMP, data. */
const inTree = async () => (await At.open('walkthrough.pcap')).press('j', 'tab')
const layers = ['ip', 'ip/ip', 'ip/ip/icmp', 'ip/ip/icmp/data']
// RFC 791 §3.1, in the order of the header; a group is one row while it is folded.
const header = ['version', 'hdr_len', 'dsfield', 'len', 'id', 'flags', 'frag_offset', 'ttl', 'proto']
const innerHeader = [...header, 'checksum', 'src', 'dst'].map(name => `ip/ip ip.${name}`)

describe('folds', () => {
  it('are all closed at first: the stack is seen at a glance', async () => {
    expect((await inTree()).shown).toEqual(layers)
  })

  it('open with Right, then let inside; Left goes to what is around, then closes', async () => {
    const at = (await inTree()).press('j', 'right')
    expect(at.shown).toEqual(['ip', 'ip/ip', ...innerHeader, 'ip/ip/icmp', 'ip/ip/icmp/data'])
    expect(at.path).toBe('ip/ip')
    expect(at.press('l').path).toBe('ip/ip ip.version')
    expect(at.press('l').path).toBe('ip/ip ip.version')
    expect(at.press('5', 'j').path).toBe('ip/ip ip.flags')
    expect(at.press('l', 'l', 'j').path).toBe('ip/ip ip.flags ip.flags.df')
    expect(at.press('h').path).toBe('ip/ip ip.flags')
    expect(at.press('left').shown).toHaveLength(16)
    expect(at.press('left').path).toBe('ip/ip')
    expect(at.press('left').shown).toEqual(layers)
    expect(at.press('left').path).toBe('ip/ip')
  })

  it('toggle with Enter; on a field what is around it closes, and takes the cursor', async () => {
    const at = (await inTree()).press('j', 'return', 'j', 'j')
    expect(at.path).toBe('ip/ip ip.hdr_len')
    at.press('return')
    expect([at.path, at.shown]).toEqual(['ip/ip', layers])
    expect(at.press('return').shown).toHaveLength(16)
  })

  it('open and close all at once', async () => {
    const at = (await inTree()).press('E')
    expect(at.shown).toEqual(at.detail.nodes.map(node => node.path))
    at.to('ip/ip ip.flags ip.flags.df').press('C')
    expect([at.path, at.shown]).toEqual(['ip/ip', layers])
  })

  it('open and close with all inside', async () => {
    const at = (await inTree()).press('j', '*')
    expect(at.shown).toHaveLength(layers.length + 17)
    expect(at.shown).toContain('ip/ip ip.flags ip.flags.df')
    expect(at.press('*').shown).toEqual(layers)
    // And it was all of it: what is inside is closed too.
    expect(at.press('return').shown).toHaveLength(16)
  })

  it('open around what is selected elsewhere', async () => {
    const at = (await inTree()).to('ip/ip ip.flags ip.flags.df')
    expect(at.shown).toEqual([
      'ip',
      'ip/ip',
      ...innerHeader.slice(0, 6),
      ...['rb', 'df', 'mf'].map(name => `ip/ip ip.flags ip.flags.${name}`),
      ...innerHeader.slice(6),
      'ip/ip/icmp',
      'ip/ip/icmp/data',
    ])
  })

  it('keep the cursor on the screen when the tree is longer than its pane', async () => {
    const at = (await inTree()).press('E', 'G')
    // 45 nodes in 15 rows.
    expect(at.state.tops.tree).toBe(30)
    expect(at.press('g', 'g').state.tops.tree).toBe(0)
  })
})

describe('from packet to packet', () => {
  it('the cursor stays on its field, and folds as they are', async () => {
    const at = (await inTree()).to('ip/ip ip.ttl').press('[')
    expect([at.state.packet, at.path]).toEqual([1, 'ip/ip ip.ttl'])
    expect(at.shown).toHaveLength(16)
  })

  it('of another stack, the cursor finds the same protocol, counted from the outside, else the innermost', async () => {
    // 2: ip/ip/icmp, 3: ipv6/ip/icmp, 5: ip/udp/isakmp.
    const at = (await inTree()).press('E').to('ip/ip ip.ttl')
    expect(at.press(']').path).toBe('ipv6/ip ip.ttl')
    expect(at.press('5', 'G').path).toBe('ip ip.ttl')
    expect(at.press('3', 'G').path).toBe('ipv6/ip ip.ttl')
    expect(at.press('2', 'G').path).toBe('ip/ip ip.ttl')
  })

  it('of another stack, the outer header is not taken for the inner one', async () => {
    // Each ping is there twice: on gre1 as sll/ip, and on eth0 with the tunnel around it as eth/ip/gre/ip.
    const at = (await At.open('pcapng-two-ifaces.pcapng')).press('E')
    const numbers = Array.from({ length: at.capture.count }, (_, i) => i + 1)
    const of = (path: string) =>
      numbers.find(number => detailOf(at.capture, number).nodes.some(node => node.path === path))!
    at.do({ type: 'jump', packet: of('eth/ip/gre/ip') }).to('eth/ip ip.ttl')
    expect(at.do({ type: 'jump', packet: of('sll/ip') }).path).toBe('sll/ip ip.ttl')
    expect(at.to('sll/ip ip.ttl').do({ type: 'jump', packet: of('eth/ip/gre/ip') }).path).toBe(
      'eth/ip ip.ttl',
    )
  })

  it('the tree scrolls no more than it must', async () => {
    const at = (await inTree()).press('E').to('ip/ip/icmp icmp.seq').to('ip/ip ip.proto')
    const { tree } = at.state.tops
    expect(tree).toBeGreaterThan(0)
    expect(at.press('[').state.tops.tree).toBe(tree)
  })

  it('a fold that hides the field has the cursor, and the field has it again where it is not hidden', async () => {
    const at = (await inTree()).to('ip/ip ip.ttl').press('left', 'left')
    expect(at.path).toBe('ip/ip')
    expect(at.press('[', ']').path).toBe('ip/ip')
  })

  it('another stack is opened where the field is, which nobody has folded there', async () => {
    const at = (await inTree()).to('ip/ip ip.ttl').press(']')
    expect(at.path).toBe('ipv6/ip ip.ttl')
    expect(at.press('[').path).toBe('ip/ip ip.ttl')
  })

  it('a protocol that is not there leaves the cursor on the outermost layer', async () => {
    const at = (await inTree()).press('E').to('ip/ip/icmp icmp.seq').press('5', 'G')
    expect(at.path).toBe('ip')
    expect(at.press('2', 'G').path).toBe('ip/ip/icmp icmp.seq')
  })

  it('a field that is not there leaves the cursor on its layer', async () => {
    // The GRE headers of gre.pcap have no key.
    const at = (await At.open('gre-key.pcap')).press('5', 'G', 'E').to('eth/ip/gre gre.key')
    const other = (await At.open('gre.pcap')).press('5', 'G', 'E')
    const detail = { ...other.detail, number: 6 }
    expect(at.do({ type: 'step', by: 1 }, { type: 'dissected', detail }).path).toBe('eth/ip/gre')
  })
})

describe('the walk', () => {
  it.each(captureNames)('goes through every field of every packet of %s once, and back', async name => {
    const at = await At.open(name)
    for (let packet = 1; packet <= at.capture.count; packet++) {
      at.do({ type: 'step', by: packet - at.state.packet }, { type: 'select', node: 0 })
      const { nodes } = at.detail
      const headersAndFields = nodes.flatMap(({ kind }, i) =>
        kind === 'layer' || kind === 'field' ? [i] : [],
      )
      const seen = [at.state.selected]
      for (at.do({ type: 'walk', by: 1 }); at.said === ''; at.do({ type: 'walk', by: 1 }))
        seen.push(at.state.selected)
      expect(at.said).toMatch(/^that was the last field/)
      expect([...seen].sort((a, b) => a - b)).toEqual(headersAndFields)
      at.do({ type: 'said', message: undefined })
      const back = [at.state.selected]
      for (at.do({ type: 'walk', by: -1 }); at.said === ''; at.do({ type: 'walk', by: -1 }))
        back.push(at.state.selected)
      expect(at.said).toMatch(/begins$/)
      expect(back.reverse()).toEqual(seen)
      at.do({ type: 'said', message: undefined })
    }
  })

  it.each(captureNames)('is in the order of the bytes in %s', async name => {
    const capture = await captureOf(name)
    for (let packet = 1; packet <= capture.count; packet++) {
      const detail = detailOf(capture, packet)
      const places = walkOrder(detail).flatMap(i => {
        const node = detail.nodes[i]!
        const [range] = nodeRanges(detail.found, node)
        const at = range && range.start * 8 + range.bit
        return node.kind === 'field' && at !== undefined ? [[bufferOf(detail, i), at] as const] : []
      })
      const sorted = [...places].sort(([buffer, bit], [other, bit2]) => buffer - other || bit - bit2)
      expect(places, `packet ${packet}`).toEqual(sorted)
    }
  })

  it('unfolds what hides the next field, and takes the bytes with it', async () => {
    const at = (await inTree()).press('space', 'space', 'space', 'space', 'space')
    expect(at.path).toBe('ip ip.dsfield ip.dsfield.ecn')
    expect(at.state.byte).toBe(1)
    expect(at.press('backspace', 'backspace').path).toBe('ip ip.dsfield')
  })
})

describe('bytes that were put together', () => {
  it('are a buffer of their own, to and fro', async () => {
    // Packet 5 completes a ping of 3,028 bytes: ICMP and data lie in the 3,008 bytes behind its IP header.
    const at = (await At.open('frag-inner-gre.pcap')).press('5', 'G', 'B')
    expect(at.path).toBe('eth/ip/gre/ip/icmp')
    expect(at.press('B').path).toBe('eth')
    at.press('3').do({ type: 'expired' }).to('eth/ip/gre/ip/icmp icmp.type')
    expect(at.press('G').state.byte).toBe(3007)
    expect(at.press('g', 'g').path).toBe('eth/ip/gre/ip/icmp icmp.type')
    // The fragment itself: 14 + 20 + 4 + 20 bytes of headers and 96 of the datagram.
    expect(at.press('B', 'G').state.byte).toBe(153)
  })

  it('are missing where there is none', async () => {
    const at = (await inTree()).press('B')
    expect([at.path, at.said]).toEqual(['ip', 'this packet has no bytes but those of its frame'])
  })
})
