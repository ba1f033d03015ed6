import { describe, expect, it } from 'vitest'
import { filterRows } from '../../src/tui/filter-bar.ts'
import { judge } from '../../src/tui/filter-judgement.ts'
import { ladderOf } from '../../src/tui/ladder-lines.ts'
import { listedOf } from '../../src/tui/listed.ts'
import { textOf } from '../../src/tui/text.ts'
import { At, captureOf, facts } from './at.ts'
import { storyOf } from './ladders.ts'

/** The numbers of the packets that are listed. */
function shown(at: At): number[] {
  const listed = listedOf(at.state)
  return Array.from({ length: listed.end - listed.first }, (_, i) => listed.at(listed.first + i))
}

const filtered = async (name: string, text: string) =>
  (await At.open(name)).press('/').type(text).press('return')

// Which packets match is what tshark -Y says of these captures, with ip.dst#2 for the inner destination.
describe('a filter that is typed', () => {
  it.each([
    ['ikev2-psk.pcap', 'esp', [7, 8, 9, 10]],
    ['ikev2-psk.pcap', 'isakmp', [3, 4, 5, 6, 11, 12]],
    ['ikev2-psk.pcap', 'esp.spi == 0xccde65d1', [7, 9]],
    ['gre-key.pcap', 'ip.dst#2 == 172.16.0.2', [3, 5]],
    ['gre-key.pcap', 'inner.ip.dst == 172.16.0.2', [3, 5]],
    ['gre-key.pcap', 'udp', []],
  ])('lists of %s what matches %s', async (name, text, numbers) => {
    const at = await filtered(name, text)
    expect([at.state.prompt, shown(at)]).toEqual([undefined, numbers])
  })

  it('is applied in our own words', async () => {
    const at = await filtered('gre-key.pcap', 'icmp and host 172.16.0.2')
    expect(shown(at)).toEqual([3, 4, 5, 6])
    expect(at.state.filter?.text).toMatch(/^icmp && \(ip\.addr == 172\.16\.0\.2/)
    expect(at.press('/').state.prompt?.text).toBe(at.state.filter?.text)
  })

  it('that is no filter stays in the line, and what was there before stays, too', async () => {
    const at = await filtered('ikev2-psk.pcap', 'esp')
    at.press('/', 'ctrl-u').type('esp.spy').press('return')
    expect(at.state.prompt?.text).toBe('esp.spy')
    expect(at.press('escape').state).toMatchObject({ prompt: undefined, filter: { text: 'esp' } })
  })

  it('that is empty lists everything again', async () => {
    const at = (await filtered('ikev2-psk.pcap', 'esp')).press('/', 'ctrl-u', 'return')
    expect([at.state.filter, shown(at).length]).toEqual([undefined, 12])
  })

  it.each([
    ['', 'empty', 0, 0],
    ['esp', 'valid', 0, 0],
    ['host 10.0.0.1', 'valid', 0, 0],
    ['esp.sp', 'incomplete', 0, 6],
    ['esp and ', 'incomplete', 8, 8],
    ['esp.spi == ', 'incomplete', 11, 11],
    ['esp && ip.src == 10.0.0.256 && gre', 'wrong', 17, 27],
    ['ip.ttl == "x" && esp', 'wrong', 10, 13],
  ])('%j is %s', (text, word, at, end) => {
    const judgement = judge(text)
    expect(judgement.word).toBe(word)
    if (judgement.sentences.length > 0) expect([judgement.at, judgement.end]).toEqual([at, end])
  })

  it.each([
    [
      80,
      'tcp.analysis.retransmission',
      /^ no field here; expected: _ws.expert.message contains "Sent again"\s*$/,
    ],
    [120, 'ip.tos == 0', /^ {3}\^~+ no field here: the byte has a newer name; expected: ip.dsfield\s*$/],
    [80, 'ip.src == 10.0.0.300', /^ {13}\^~+ 10.0.0.300 is not an IPv4 address\s*$/],
  ])(
    'tells in %i columns what is wrong with %s, and what to write before why',
    async (columns, text, row) => {
      const at = (await At.open('ikev2-psk.pcap')).do({ type: 'resized', size: { columns, rows: 24 } })
      at.press('/').type(text)
      expect(textOf(filterRows(at.state, at.state.prompt!).at(-1)!)).toMatch(row)
    },
  )

  it.each([
    ['ip.flags.df', 'ip.flags.df == 1'],
    ['esp && !(frame.marked || gre)', 'frame.marked == 1'],
  ])('%s: a flag alone may not be what is meant', (text, better) => {
    expect(judge(text)).toMatchObject({
      word: 'valid',
      doubt: expect.stringMatching(`^${better} asks for set ones`),
    })
  })

  it('is judged in a row of thousands', () => {
    expect(judge(`${'esp || '.repeat(5000)}ip.flags.df`).doubt).not.toBe('')
  })

  it.each(['esp', 'ip.ttl', 'ip.flags.df == 1', 'ip.flags & 2', 'arp.isgratuitous'])('%s is clear', text => {
    expect(judge(text)).toMatchObject({ word: 'valid', doubt: '' })
  })

  it('comes back with the arrow up', async () => {
    const at = await filtered('ikev2-psk.pcap', 'esp')
    at.press('/', 'ctrl-u').type('isakmp').press('return', '/', 'ctrl-u', 'up')
    expect(at.state.prompt?.text).toBe('isakmp')
    expect(at.press('up').state.prompt?.text).toBe('esp')
    expect(at.press('down', 'down').state.prompt?.text).toBe('')
  })

  it('is completed by Tab and the arrow down, around the end and back to what was typed', async () => {
    const at = (await At.open('ikev2-psk.pcap')).press('/').type('ip && esp.sp')
    const texts = [at.press('down'), at.press('tab')].map(() => at.state.prompt?.text)
    expect(texts[0]).toBe(texts[1])
    at.press('shift-tab', 'shift-tab')
    expect(at.state.prompt).toMatchObject({ text: 'ip && esp.sp', offered: -1 })
    at.press('tab')
    expect(at.state.prompt).toMatchObject({ text: 'ip && esp.spi', cursor: 13 })
    expect(at.press('up').state.prompt?.text).toBe('ip && esp.sp')
  })

  it('is completed in the middle of the line', async () => {
    const at = (await At.open('ikev2-psk.pcap'))
      .press('/')
      .type('esp.sp && ip')
      .press(...Array(6).fill('left'))
    expect(at.press('tab').state.prompt).toMatchObject({ text: 'esp.spi && ip', cursor: 7 })
  })
})

describe('the cursor', () => {
  it('stays on its packet, or goes to the nearest one that matches', async () => {
    for (const [packet, nearest] of [
      [1, 7],
      [8, 8],
      [11, 10],
    ] as const) {
      const at = (await At.open('ikev2-psk.pcap'))
        .press(...String(packet), 'G', '/')
        .type('esp')
        .press('return')
      expect(at.state.packet).toBe(nearest)
      expect(at.detail.number).toBe(nearest)
    }
  })

  it('stays where nothing matches, and moves nowhere', async () => {
    const at = (await At.open('gre-key.pcap')).press('3', 'G', '/').type('udp').press('return')
    expect([at.state.packet, at.press('j').state.packet, at.press('G').state.packet]).toEqual([3, 3, 3])
    expect(at.press('/', 'ctrl-u', 'return', 'j').state.packet).toBe(4)
  })

  it.each([
    [[7, 8], ['j']],
    [
      [7, 9],
      ['2', 'j'],
    ],
    [[7, 10], ['G']],
    [
      [7, 10, 7],
      ['G', 'g', 'g'],
    ],
    [
      [7, 8, 7],
      ['tab', ']', 'k', '['],
    ],
    [[7, 8], ['space']],
    [[7, 10], ['pagedown']],
  ])('visits %j by %j', async (packets, keys) => {
    const at = await filtered('ikev2-psk.pcap', 'esp')
    const visited = [at.state.packet]
    for (const key of keys) if (at.press(key).state.packet !== visited.at(-1)) visited.push(at.state.packet)
    expect(visited).toEqual(packets)
  })

  it('goes to where the mouse clicks', async () => {
    const at = await filtered('ikev2-psk.pcap', 'isakmp')
    // The header, the title, then packets 3, 4, 5, 6, 11 and 12.
    expect(at.mouse('press', 20, 6).state.packet).toBe(11)
    expect(at.mouse('press', 20, 9).state.packet).toBe(11)
  })

  it('passes over marked packets that are hidden', async () => {
    const at = (await At.open('ikev2-psk.pcap')).press(
      '3',
      'G',
      'space',
      '8',
      'G',
      'space',
      '1',
      '1',
      'G',
      'space',
    )
    at.press('/').type('isakmp').press('return', 'g', 'g')
    expect(at.state.packet).toBe(3)
    expect(at.press("'", ']').state.packet).toBe(11)
  })
})

describe('a packet that the filter hides', () => {
  it.each([[['9', 'G']], [[':', '9', 'return']], [["'", 'x']]])(
    'is asked about when %j goes there',
    async keys => {
      const at = (await At.open('ikev2-psk.pcap')).press('9', 'G', 'm', 'x', '3', 'G')
      at.press('/')
        .type('isakmp')
        .press('return', ...keys)
      expect(at.state.prompt).toMatchObject({ kind: 'reveal', text: '9' })
      expect(at.press('n').state).toMatchObject({ packet: 3, prompt: undefined, filter: { text: 'isakmp' } })
      at.press(...keys, 'y')
      expect(at.state).toMatchObject({ packet: 9, prompt: undefined, filter: undefined })
      expect(at.press('1', 'focus').press('backspace').state.filter?.text).toBe('isakmp')
    },
  )

  it('is asked about when a ladder leads there', async () => {
    const at = (await At.open('ikev2-psk.pcap')).press('/').type('esp').press('return')
    at.do({ type: 'told', story: await storyOf(at.capture), open: 'all' }).press('return')
    const index = ladderOf(at.state).lines.findIndex(({ packet }) => packet === 5)
    at.do({ type: 'line', index }).press('return')
    expect(at.state.prompt).toMatchObject({ kind: 'reveal', text: '5' })
    expect(at.press('y').state).toMatchObject({ packet: 5, filter: undefined, ladder: undefined })
  })

  it('is not asked about when it matches', async () => {
    const at = (await filtered('ikev2-psk.pcap', 'isakmp')).press('1', '1', 'G')
    expect([at.state.packet, at.state.prompt]).toEqual([11, undefined])
    expect(at.press('ctrl-o').state.packet).toBe(3)
  })
})

describe('a filter on marks', () => {
  it('has other answers when marks come and go', async () => {
    const at = (await At.open('ikev2-psk.pcap')).press('3', 'G', 'space', '8', 'G', 'space')
    at.press('/').type('frame.marked == 1').press('return')
    expect(shown(at)).toEqual([3, 8])
    at.press('g', 'g', 'space')
    expect(shown(at)).toEqual([8])
    at.press(':').type('unmark-all').press('return')
    expect(shown(at)).toEqual([])
  })
})

describe('narrower and wider', () => {
  it('& adds to the filter, Backspace takes back what was added', async () => {
    const at = await filtered('ikev2-psk.pcap', 'isakmp || esp')
    at.press('&').type('ip.src == 192.168.1.1').press('return')
    expect(at.state.filter?.text).toBe('(isakmp || esp) && ip.src == 192.168.1.1')
    const narrow = shown(at)
    at.press('&').type('esp').press('return')
    expect(at.state.filter?.text).toBe('(isakmp || esp) && ip.src == 192.168.1.1 && esp')
    expect(shown(at)).toEqual(narrow.filter(packet => [7, 8, 9, 10].includes(packet)))
    expect(shown(at.press('backspace'))).toEqual(narrow)
    expect(shown(at.press('backspace'))).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(at.press('backspace').state.filter).toBeUndefined()
    expect(at.press('backspace').said).toMatch(/no filter to take back/)
  })

  it('& alone is a filter, too', async () => {
    const at = (await At.open('ikev2-psk.pcap')).press('&').type('esp').press('return')
    expect(shown(at)).toEqual([7, 8, 9, 10])
  })
})

describe('a capture that grows', () => {
  const grown = (at: At, count: number) =>
    at.do({ type: 'surveyed', capture: facts(count, { complete: false }) })

  it('lists what matches of what comes, and follows it', async () => {
    const at = new At(await captureOf('ikev2-psk.pcap'))
    at.do({ type: 'opened', capture: facts(2, { complete: false }) })
    at.press('F', '/').type('isakmp').press('return')
    expect([shown(at), at.state.packet]).toEqual([[], 2])
    expect(grown(at, 4).state).toMatchObject({ packet: 4, follow: true })
    expect(grown(at, 9).state.packet).toBe(6)
    expect(shown(at)).toEqual([3, 4, 5, 6])
    expect(at.press('k').state).toMatchObject({ packet: 5, follow: false })
    expect(grown(at, 12).state.packet).toBe(5)
    expect(shown(at.press('G'))).toEqual([3, 4, 5, 6, 11, 12])
    expect(at.state.packet).toBe(12)
  })

  it('keeps the rows in their place when packets leave a ring', async () => {
    const at = new At(await captureOf('ikev2-psk.pcap'))
    at.do({ type: 'opened', capture: facts(12, { complete: false }) })
    at.press('/').type('isakmp').press('return', '1', '1', 'G')
    at.do({ type: 'surveyed', capture: facts(12, { complete: false, first: 5 }) })
    expect([shown(at), at.state.packet]).toEqual([[5, 6, 11, 12], 11])
    at.do({ type: 'surveyed', capture: facts(12, { complete: false, first: 12 }) })
    expect([shown(at), at.state.packet]).toEqual([[12], 12])
  })
})
