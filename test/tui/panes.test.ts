import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { treeNodes } from '../../src/print/tree-nodes.ts'
import { keymap } from '../../src/tui/bindings.ts'
import { completions } from '../../src/tui/completions.ts'
import { helpRows as geometryHelp } from '../../src/tui/geometry.ts'
import { headerRow } from '../../src/tui/header-rows.ts'
import { helpRows } from '../../src/tui/help-rows.ts'
import { initialState, layoutKinds, panes, radixes, timeModes } from '../../src/tui/state.ts'
import { textOf } from '../../src/tui/text.ts'
import { captureFile, captureNames } from '../captures.ts'
import { At, captureOf, facts } from './at.ts'
import { partsOf, screenOf, unfit, viewOf } from './picture.ts'

// The dump of packet 2 as the article printed it: `0010: c0a8 0101 4500 …  ....E..T.a...._$`.
const [, , second = ''] = /(^.*?\n\n)(.*?)\n\n/s.exec(readFileSync(captureFile('walkthrough.txt'), 'utf8'))!
const dump = second.split('\n').filter(line => /^00[0-6]0: /.test(line))

/** Packet 2 of the walkthrough with the TTL of the inner header selected. */
const innerTtl = async (columns: number, rows: number, colour = false) =>
  (await At.open('walkthrough.pcap', columns, rows, colour)).press('j').to('ip/ip ip.ttl')

/** The footer as it is read. */
const footer = (at: At): string => screenOf(at).at(-1)!
const lineWith = (lines: readonly string[], text: string): string =>
  lines.find(line => line.includes(text)) ?? `no line with ${text} in\n${lines.join('\n')}`

describe.each([
  [80, 24],
  [120, 40],
  [200, 50],
])('the walkthrough at %ix%i, without colours', (columns, rows) => {
  const screen = async () => screenOf(await innerTtl(columns, rows))

  it('fills the screen, no line wider than it', async () => {
    const lines = await screen()
    expect(lines).toHaveLength(rows)
    expect(lines.filter(line => stringWidth(line) > columns)).toEqual([])
  })

  it('says which capture, which packet, and what the packet is', async () => {
    const lines = await screen()
    expect(lines[0]).toMatch(/walkthrough\.pcap · 2 of 12 packets/)
    const row = lineWith(lines, ' 2 17:35:01.122')
    expect(row).toMatch(/^ ► +2 17:35:01\.122(106)? ip\/ip\/icmp +192\.168\.1\.2 ?→/)
    expect(row).toMatch(/172\.16\.0\.2 ?→ ?(172\.16\.0)?\.1 +104 /)
    // Cut after 102 of 104 bytes: in full, or in a short word where what the packet says had to be cut for it.
    expect(row).toMatch(columns < 200 ? /104 cut Echo re/ : /104 truncated · Echo reply, id 0xaa08, seq 1 *$/)
    expect(lines[1]).toMatch(/ What it says( ─|$)/)
  })

  it('has the cursor of the tree on the TTL', async () => {
    const row = lineWith(await screen(), 'Time to live  ')
    expect(row).toMatch(/^ ► +Time to live +255 /)
  })

  it('has the byte of the TTL between brackets', async () => {
    const lines = await screen()
    expect(lines.filter(line => line.includes('['))).toHaveLength(1)
    expect(lineWith(lines, '[')).toMatch(
      /│ 0018 .*04 61 00 00\[ff\]01 5f 24|│ 001c \[ff\]01 5f 24|\[ff\]01 5f 24 /,
    )
  })

  it('explains it: name, section, place, bits, value', async () => {
    const lines = await screen()
    // A header of IPv4 has thirteen fields, two of them of two and three parts: 18 rows each; Time to live is the 14th.
    const title = lines.findIndex(line =>
      /^─ Time to live ─ 2 IPv4 ─ RFC 791.* ─ byte 0x001c ─( 8 bits ─)?[─┴]* field 32 of 44 ─$/.test(line),
    )
    expect(title).toBeGreaterThan(0)
    expect(lines[title + 1]).toMatch(/^ ff = 255 +ip\.ttl == 255$/)
    expect(lines[title + 2]).toMatch(/router/)
  })

  it('ends with the keys of the list', async () => {
    expect((await screen()).at(-1)).toMatch(/^ ↑↓ move {2}Tab pane {2}Enter open .* q quit ?$/)
  })
})

describe('the walkthrough at 120x40', () => {
  it('has the bytes as the article printed them', async () => {
    const lines = screenOf(await innerTtl(120, 40, true))
    expect(dump).toHaveLength(7)
    const shown = lines.flatMap(line => line.split('│ ').slice(1))
    expect(shown.slice(0, 7).map(line => line.trimEnd())).toEqual(dump.map(line => line.replace(': ', '  ')))
  })

  it('has the inner header as the article reads it', async () => {
    const lines = screenOf(await innerTtl(120, 40, true)).map(line => line.split('│')[0]!.trimEnd())
    const values = [
      ['Total length', '84 bytes'],
      // 1121 in the article.
      ['Identification', '0x0461'],
      ['Time to live', '255'],
      ['Protocol', 'ICMP (1)'],
      ['Header checksum', '0x5f24'],
      ['Source', '172.16.0.2'],
      ['Destination', '172.16.0.1'],
    ]
    for (const [label, value] of values)
      expect(lineWith(lines, `   ${label} `).endsWith(` ${value}`), label).toBe(true)
    expect(lineWith(lines, ' 1 IPv4')).toMatch(
      /▸ 1 IPv4 {2}192\.168\.1\.2 → 192\.168\.1\.1, TTL.* 0–19 {2}20 %$/,
    )
    expect(lineWith(lines, ' 2 IPv4')).toMatch(/▾ 2 IPv4 {2}172\.16\.0\.2 → 172\.16\.0\.1.* 20–39 {2}20 %$/)
  })

  it('keeps what a reassembled layer says, and has a tab for its bytes with the key', async () => {
    const at = (await At.open('frag-outer-ipip.pcap', 120, 40, true)).press('4', 'G', 'tab')
    const layer = () => lineWith(screenOf(at), '3 IPv4').split('│')[0]
    expect(layer()).toMatch(/▸ 3 IPv4 {2}172\.16\.0\.1 → 172\..*… reassembled {2}0–19 {3}1 %$/)
    const title = () => /Bytes .*?(?= ─+$)/.exec(lineWith(screenOf(at), ' Bytes '))?.[0]
    expect(title()).toBe('Bytes ─ frame · reassembled (B)')
    at.do({ type: 'resized', size: { columns: 200, rows: 50 } })
    expect(layer()).toMatch(
      /172\.16\.0\.1 → 172\.16\.0\.2, TTL 64 +reassembled IPv4 datagram, 1500 bytes {2}0–19 +1 %$/,
    )
    expect(lineWith(screenOf(await At.open('walkthrough.pcap', 120, 40)), ' Bytes ')).toMatch(
      /Bytes ─ frame ─+$/,
    )
  })

  it.each([
    [80, 24],
    [120, 40],
    [200, 50],
    [300, 70],
  ])(
    'has values and bits of a layer below each other at %ix%i, two blanks or more between, bits whole or not at all',
    async (columns, rows) => {
      const at = (await At.open('walkthrough.pcap', columns, rows, true)).press('E').to('ip/ip ip.ttl')
      // From RFC 791: 4 and 4 bits, 6 and 2, 3, and 13.
      const bits = /[01.]{4} [01.]{4}( [01.]{4} [01.]{4})?$/
      const tree = screenOf(at)
        .map(line => line.split('│')[0]!.trimEnd())
        .filter(line => /^ [ ►] {2,}/.test(line) && !/\d [A-Z]|^ +\d+ /.test(line))
      const fields = tree.filter(line =>
        /^.{2} *(Flags|Reserved bit|Don’t|More|Fragment|Time|Protocol|Header|Source)/.test(line),
      )
      expect(fields.length).toBeGreaterThan(5)
      const starts = (of: RegExp) => new Set(fields.flatMap(line => of.exec(line)?.index ?? []))
      expect(fields.filter(line => !/^.{2} +(▾ )?\S+( \S+)* {2,}\S/.test(line))).toEqual([])
      expect(starts(bits).size).toBeLessThanOrEqual(1)
      expect(fields.filter(line => /[01.]{4} [01.]{0,4}…/.test(line))).toEqual([])
      expect(starts(/(?<= {2})(Not set|0x|0 bytes|255|64|ICMP|IPv4 enc|192|172|20 bytes)/).size).toBe(1)
      if (columns >= 200) expect(fields.filter(line => bits.test(line)).length).toBeGreaterThan(4)
    },
  )

  it('says of a folded layer what is wrong inside, with the same sign as the list', async () => {
    const cut = screenOf((await innerTtl(120, 40)).to('ip/ip/icmp/data'))
    expect(lineWith(cut, '4 Data')).toMatch(/▸ 4 Data ! truncated {2}54 bytes/)
    const unfolded = screenOf((await innerTtl(120, 100)).press('E'))
    expect(lineWith(unfolded, '4 Data')).toMatch(/▾ 4 Data {2}54 bytes/)
    expect(lineWith(unfolded, 'Truncated:')).toMatch(/ ! Truncated: Data needs 56 bytes/)
  })

  it('says of a fold with one thing wrong which field it is', async () => {
    // The byte at 70 is in what the inner ICMP of an IPv4 in IPv4 ping carries: its checksum no longer matches.
    const capture = await captureOf('ipip.pcap')
    const { bytes, start, capturedLength, ...frame } = capture.frame(3)
    const changed = bytes.slice(start, start + capturedLength)
    changed[70] = 0xee
    const found = newDissector().dissect({ ...frame, bytes: changed, start: 0, capturedLength }, 'noted')
    const at = await At.open('ipip.pcap', 120, 40)
    at.do({ type: 'dissected', detail: { number: at.state.packet, found, nodes: treeNodes(found) } })
    expect(lineWith(screenOf(at), '4 ICMP')).toMatch(/▸ 4 ICMP ✗ checksum {2}Echo request/)
    // A group that is folded tells it, too: the responder refused with a notification.
    const refused = (await At.open('ikev2-no-proposal-chosen.pcap', 120, 40)).do({ type: 'jump', packet: 4 })
    const notify = screenOf(
      refused.to('eth/ip/udp/isakmp').press('2').do({ type: 'focus', pane: 'tree' }).press('right'),
    )
    expect(lineWith(notify, 'Notify payload')).toMatch(/▸ Notify payload .*[✗!] notify message type/)
  })

  it('cuts a label before it cuts the value beside it, in a narrow tree', async () => {
    const at = (await At.open('ikev2-psk.pcap', 80, 24)).do({ type: 'jump', packet: 3 }).press('E', '2')
    const last = at.detail.nodes.findLastIndex(node => node.kind === 'field')
    const row = () => lineWith(screenOf(at), 'Notify mess').split('│')[0]!
    expect(screenOf(at.do({ type: 'select', node: last })).join('\n')).toContain('REDIRECT_SUPPORTED (16406)')
    expect(row()).toMatch(/Notify mess… {2}REDIRECT_SUPPORTED …/)
    at.do({ type: 'resized', size: { columns: 120, rows: 30 } })
    expect(row()).toMatch(/Notify message ty.* REDIRECT_SUPPORTED \(16406\)/)
  })

  it('has the names of ten layers and more below each other', async () => {
    const names = screenOf(await At.open('jenga.pcap', 120, 40)).flatMap(
      line => /^ [ ►] ▸ +\d+ ([A-Z])/d.exec(line)?.indices?.[1]?.[0] ?? [],
    )
    expect(names.length).toBeGreaterThan(12)
    expect(new Set(names).size).toBe(1)
  })

  it('draws bits under their byte', async () => {
    const at = (await innerTtl(120, 40)).to('ip/ip ip.flags ip.flags.df')
    expect(lineWith(screenOf(at), 'Don’t fragment')).toMatch(/\.0\.\. \.\.\.\./)
    expect(
      screenOf(at).some(line =>
        /^─ Don’t fragment ─ 2 IPv4 ─ RFC 1191 §3 ─ byte 0x001a, bit 1 ─ 1 bit ─/.test(line),
      ),
    ).toBe(true)
  })
})

describe('the title of a pane', () => {
  const titleOf = (at: At, start: RegExp) => lineWith(screenOf(at), start.exec(screenOf(at).join('\n'))![0])

  it('has what is around the first row that is seen', async () => {
    const at = (await innerTtl(80, 24, true)).to('ip/ip ip.flags ip.flags.df').to('ip')
    const tree = () => /^(?:─|►) (Layers.*?) ─*┬ Bytes/.exec(titleOf(at, /[─►] Layers/))![1]
    expect(tree()).toBe('Layers')
    at.do({ type: 'focus', pane: 'tree' }, { type: 'scroll', pane: 'tree', by: 10 })
    const [, first] = screenOf(at).slice(screenOf(at).findIndex(line => /[─►] Layers/.test(line)))
    expect(first).toMatch(/^ +More fragments/)
    expect(tree()).toBe('Layers ─ 2 IPv4 › Flags')
  })

  it('says of a layer which one it is', async () => {
    const at = (await innerTtl(120, 40)).to('ip/ip')
    expect(titleOf(at, /─ Internet/)).toMatch(/^─ Internet Protocol version 4 ─ layer 2 ─.* 19 of 44 ─$/)
  })

  it('never loses how much there is below, nor ends in the middle of a word', async () => {
    const at = (await innerTtl(80, 24)).to('ip')
    const line = titleOf(at, /─ Internet/)
    expect(line).toMatch(/^─ Internet Protocol version 4 ─ layer 1 ─ RFC 791 ─+ 1 of 44 ─ \d more ─$/)
    const narrow = (await innerTtl(40, 20)).do({ type: 'focus', pane: 'explanation' })
    expect(screenOf(narrow)[1]).toBe(`► Time to live ${'─'.repeat(8)} field 32 of 44 ─`)
  })
})

describe('a narrow list', () => {
  it('has the inner addresses, and the outer ones where there are no others', async () => {
    const lines = screenOf(await At.open('walkthrough.pcap', 60, 20))
    expect(lineWith(lines, ' 2 17:35:01')).toMatch(
      / 2 17:35:01 ip\/.*icmp +172\.16\.0\.2 ?→ ?(172\.16\.0)?\.1 /,
    )
    expect(lineWith(lines, ' 5 20:48:08')).toMatch(/isakmp +192\.168\.1\.2 ?→ ?(192\.168\.1)?\.1 /)
    expect(lines[1]).toMatch(/ Addresses /)
    expect(lines[1]).not.toMatch(/Outer|Inner/)
  })
})

describe('the screen', () => {
  it('is what Ink makes of its parts, each in its place', async () => {
    const at = await innerTtl(120, 40)
    const views = [
      [],
      ['tab'],
      ['E', 'G'],
      ['|'],
      ['|'],
      ['z'],
      ['escape', 'b'],
      ['?'],
      ['escape', ':', 'f', 'tab'],
    ]
    for (const keys of views) {
      const { state } = at.press(...keys)
      const grid = Array.from({ length: state.size.rows }, () => Array(state.size.columns).fill(' '))
      for (const { rect, lines } of partsOf(viewOf(at)))
        lines.forEach((line, row) => {
          grid[rect.top + row]!.splice(rect.left, rect.width, ...line)
        })
      const composed = grid.map(row => row.join('').trimEnd())
      expect(
        screenOf(at).map(line => line.trimEnd()),
        keys.join(),
      ).toEqual(composed)
    }
  })

  it.each(captureNames)('fits at every size, whichever packet of %s it shows', async name => {
    const capture = await captureOf(name)
    const shapes = fc.record({
      packet: fc.integer({ min: 1, max: capture.count }),
      columns: fc.integer({ min: 24, max: 300 }),
      rows: fc.integer({ min: 6, max: 100 }),
      node: fc.nat(200),
      kind: fc.constantFrom(...layoutKinds),
      focus: fc.constantFrom(...panes),
      radix: fc.constantFrom(...radixes),
      mode: fc.constantFrom(...timeModes),
      open: fc.boolean(),
      colour: fc.boolean(),
    })
    fc.assert(
      fc.property(shapes, ({ packet, columns, rows, node, kind, focus, radix, mode, open, colour }) => {
        const at = new At(capture, columns, rows, colour)
        at.do({ type: 'opened', capture: facts(capture.count) }, { type: 'jump', packet })
        at.do(
          { type: 'fold', how: open ? 'all' : 'none' },
          { type: 'layout', kind },
          { type: 'focus', pane: focus },
        )
        at.do(
          { type: 'select', node: node % at.detail.nodes.length },
          { type: 'radix', radix },
          { type: 'time', mode },
        )
        expect(unfit(partsOf(viewOf(at)))).toEqual([])
      }),
      { numRuns: 8 },
    )
  })

  it('is too small for anything', async () => {
    const [line] = screenOf(await At.open('walkthrough.pcap', 23, 5))
    expect(line).toBe('too small: make')
  })

  it('is one pane where there is no room for all', async () => {
    const at = await innerTtl(79, 24)
    expect(screenOf(at).some(line => line.includes('Layers  '))).toBe(true)
    expect(screenOf(at).some(line => line.startsWith('─'))).toBe(false)
    expect(screenOf(at.press('tab'))[1]).toMatch(/^► Layers ─+$/)
  })
})

describe('the header', () => {
  const header = (at: At) => screenOf(at)[0]!
  const shown = async (others: Parameters<typeof facts>[1]) =>
    header((await innerTtl(120, 40)).do({ type: 'surveyed', capture: facts(12, others) }))

  it('says how far a capture is read', async () => {
    expect(await shown({ complete: false, done: 50, total: 200 })).toMatch(/reading ████░{12} {2}25 % ?$/)
    expect(await shown({ complete: false, done: 50, total: 0 })).toMatch(/waiting for more ?$/)
    expect(await shown({})).toMatch(/^ made\.pcap · 2 of 12 packets {2,}no filter, \/ asks for one ?$/)
  })

  it('groups the digits of many packets, and says how to filter only where there is room', async () => {
    const { state } = await innerTtl(120, 40)
    const row = (columns: number) =>
      textOf(headerRow({ ...state, capture: facts(10_000_000), packet: 1234 }, columns))
    expect(row(60).trimEnd()).toBe(' made.pcap · 1,234 of 10,000,000 packets')
    expect(row(80)).toMatch(/^ made\.pcap · 1,234 of 10,000,000 packets +no filter, \/ asks for one $/)
    expect(row(80).length).toBeLessThanOrEqual(80)
    // The key does nothing where something lies over the panes.
    expect(header((await innerTtl(120, 40)).press('K'))).not.toContain('no filter')
  })

  it('has a sign for packets that time counts from, while it does', async () => {
    const at = (await innerTtl(120, 40)).press('T', 'j')
    expect(lineWith(screenOf(at), ' 2 T ')).toMatch(/^ {3} +2 T +0 ip\/ip\/icmp/)
    expect(screenOf(at.press('t')).join('\n')).not.toContain(' 2 T ')
  })

  it('has seconds with their points below each other, so that a long wait stands out', async () => {
    // The clocks of packets 2 to 5 are 0.000810, 1516.675122, 0.000817 and 10070.826365 seconds after the one before.
    const at = (await innerTtl(120, 40)).press('t', 't')
    const points = screenOf(at).flatMap(line => /^.{6} *\d+(\.)\d{6} ip/d.exec(line)?.indices?.[1]?.[0] ?? [])
    expect(points.length).toBeGreaterThan(5)
    expect(new Set(points).size).toBe(1)
    expect(screenOf(at).join('\n')).toMatch(/ 10070\.826365 ip/)
  })

  it('says what is wrong with the end, and how many packets are marked', async () => {
    expect(await shown({ damage: 'cut short' })).toBe(' made.pcap · 2 of 12 packets · ! cut short')
    expect(header((await innerTtl(120, 40)).press('space', 'space'))).toMatch(/· 2 marked {2,}no filter/)
  })

  it('lets no control character of a name through', async () => {
    const line = await shown({ name: '/tmp/a\x1b[2J\u202eb\x07.pcap' })
    expect(line).not.toMatch(/[\x00-\x1f\x7f\u202e]/)
    expect(line).toMatch(/^ a.*b.*\.pcap · 2 of 12/)
  })
})

describe('the footer', () => {
  it('shows the line that is typed, and above it what it may become', async () => {
    const at = (await innerTtl(120, 40)).press(':')
    expect(footer(at)).toMatch(/^ : +Tab lists all commands *$/)
    expect(screenOf(at).join('\n')).not.toContain('─ Tab ')
    // The rule, six commands, and the line itself.
    const rows = () => screenOf(at).slice(-8)
    at.type('copy')
    const [rule, first, second] = rows()
    expect(rule).toMatch(/^─ Tab {2}1–6 of 6 ─+$/)
    expect(first).toMatch(/^ {3}copy-bytes {8}copy the bytes of the field in hex {2}yb *$/)
    expect(second).toMatch(/^ {3}copy-explanation {2}copy the explanation {2}ye *$/)
    expect(footer(at)).toMatch(/^ :copy *$/)
    at.press('tab', 'tab')
    expect(rows()[2]).toMatch(/^ ► copy-explanation /)
    expect(footer(at)).toMatch(/^ :copy-explanation +copy the explanation *$/)
    // What it is already is not offered, nor is anything where the line is an older one.
    at.press('ctrl-u').type('copy-value')
    expect(screenOf(at).join('\n')).not.toContain('─ Tab ')
    at.press('return', ':').type('co').press('up')
    expect(screenOf(at).join('\n')).not.toContain('─ Tab ')
  })

  it('lists what a command takes without what is typed already, in full', async () => {
    const at = (await innerTtl(80, 24))
      .press(':')
      .type('open /tmp/')
      .do({
        type: 'known',
        names: ['/tmp/a-capture-with-a-name-that-says-all-that-there-is-to-say.pcap', '/tmp/lab/'],
      })
    const lines = screenOf(at.press('tab')).slice(-3)
    expect(lines.map(line => line.trimEnd())).toEqual([
      ' ► a-capture-with-a-name-that-says-all-that-there-is-to-say.pcap',
      '   lab/',
      ' :open /tmp/a-capture-with-a-name-that-says-all-that-there-is-to-say.pcap',
    ])
  })

  it('lists every command on Tab, some at a time', async () => {
    const at = (await innerTtl(80, 24)).press(':', 'tab')
    const count = completions('').length
    expect(screenOf(at).join('\n')).toMatch(new RegExp(`─ Tab {2}1–8 of ${count} ─`))
    at.press('shift-tab')
    expect(screenOf(at).join('\n')).toMatch(new RegExp(`─ Tab {2}${count - 7}–${count} of ${count} ─`))
    expect(unfit(partsOf(viewOf(at)))).toEqual([])
  })

  it('asks where to find', async () => {
    const at = (await innerTtl(120, 40)).press('f').type('ttl')
    expect(footer(at)).toMatch(/^ find text in the list: ttl /)
    expect(footer(at.press('tab', 'shift-tab'))).toMatch(/^ find regex in the layers: ttl /)
  })

  it('asks which packets to save, and before a file is replaced', async () => {
    const at = (await innerTtl(120, 40)).press('space', 's').type('a.pcap')
    expect(footer(at)).toMatch(/^ save marked packets to: a\.pcap /)
    expect(footer(at.press('escape').do({ type: 'overwrite', path: 'a.pcap', of: 'marked' }))).toMatch(
      /^ Replace the file that is there\? {2}y replace {2}n leave {2}a\.pcap$/,
    )
  })

  it.each([
    [79, ' ↑↓ move  Tab pane  → unfold  ← fold  Space walk on  f find  ? all keys  q quit'],
    [60, ' ↑↓ move  Tab pane  → unfold  ← fold  ? all keys  q quit'],
    [40, ' ↑↓ move  Tab pane  ? all keys  q quit'],
    [24, ' ? all keys  q quit'],
  ])('has whole keys in %i columns, help and the way out first of all', async (columns, keys) => {
    expect(footer((await innerTtl(columns, 20)).do({ type: 'focus', pane: 'tree' })).trimEnd()).toBe(keys)
  })

  it('shows keys that wait for others', async () => {
    const at = (await innerTtl(120, 40)).press('1', '2', 'g')
    expect(footer(at)).toMatch(/^ 12g … Esc forgets it$/)
  })

  it('keeps the cursor of a long line on the screen, and characters whole', async () => {
    const at = (await innerTtl(80, 24)).press('s').do({ type: 'type', text: `/${'long-'.repeat(40)}name` })
    expect(footer(at)).toMatch(/^ save all packets to: ….*-name/)
    expect(footer(at.press('home'))).toMatch(/^ save all packets to: \/long-/)
    const family = '👨\u200d👩\u200d👧'
    const other = (await innerTtl(80, 24))
      .press(':')
      .do({ type: 'type', text: `é${family}` })
      .press('left')
    expect(footer(other)).toContain(`:é${family}`)
  })
})

describe('other pages', () => {
  const entries = ['b.pcap', 'a.pcap'].map(name => ({
    section: 'Opened before',
    kind: 'file' as const,
    label: name,
    detail: 'what it is',
    path: `/tmp/${name}`,
  }))

  it('the start page offers captures', async () => {
    const at = (await innerTtl(80, 24)).do({ type: 'started', entries }).press('j')
    const lines = screenOf(at)
    expect(lineWith(lines, 'b.pcap')).toMatch(/^ {4}b\.pcap +what it is$/)
    expect(lineWith(lines, 'a.pcap')).toBe('  ► a.pcap  what it is'.padEnd(80))
    expect(lines.at(-1)).toMatch(/ q quit ?$/)
  })

  it('the start page keeps its cursor on the screen', async () => {
    const many = Array.from({ length: 60 }, (_, i) => ({ ...entries[0]!, label: `capture ${i}` }))
    const at = (await innerTtl(80, 24)).do({ type: 'started', entries: many }).press('G')
    expect(lineWith(screenOf(at), 'capture 59')).toMatch(/^ {2}► /)
    expect(unfit(partsOf(viewOf(at)))).toEqual([])
  })

  it('the start page tells how many entries are not in sight, and comes back to its top', async () => {
    const many = Array.from({ length: 60 }, (_, i) => ({ ...entries[0]!, label: `capture ${i}` }))
    const at = (await innerTtl(80, 24)).do({ type: 'started', entries: many })
    // 21 lines, four of them above the first entry.
    expect(screenOf(at).at(-2)).toBe('    43 more below')
    at.press('G')
    expect(screenOf(at).at(-2)).toBe('    39 above')
    expect(lineWith(screenOf(at.press('g', 'g')), 'Which capture?')).toMatch(/:open FILE opens another$/)
  })

  it('a capture without packets says so, once it is known', async () => {
    const at = new At(await captureOf('walkthrough.pcap'), 80, 24)
    at.do({ type: 'opened', capture: facts(0, { complete: false }) })
    expect(screenOf(at).join('\n')).toContain('No packets yet.')
    at.do({ type: 'surveyed', capture: facts(0) })
    expect(screenOf(at).join('\n')).toContain('There are no packets in this capture.')
  })

  it('the help has every key of the keymap, those of the focused pane first', async () => {
    const at = (await At.open('walkthrough.pcap', 100, 400)).press('tab', '?')
    const lines = screenOf(at)
    expect(lines[0]).toMatch(/ all keys ?$/)
    expect(lines.indexOf(' Layers')).toBeLessThan(lines.indexOf(' Everywhere'))
    expect(lineWith(lines, 'up, down')).toMatch(/^ {3}↑ k {2}↓ j +up, down$/)
    const text = lines.join(' ').replace(/ +/g, ' ')
    for (const { does } of keymap) expect(text).toContain(` ${does}`)
  })

  it('the help of the start page has all keys that do something there, and no others', () => {
    const state = { ...initialState({ columns: 100, rows: 400 }), help: 0 }
    const text = helpRows('start', 98).map(row => textOf(row).trim().replace(/ +/g, ' '))
    for (const { does, in: contexts } of keymap)
      expect(
        text.some(line => line.endsWith(does)),
        does,
      ).toBe(contexts.includes('start') || contexts.includes('prompt'))
    expect(text).not.toContain('Everywhere')
    expect(geometryHelp(state).map(textOf)).toEqual(helpRows('start', 98).map(textOf))
  })

  it('the help of what lies over the panes does not mix its keys with those of the panes', async () => {
    const at = (await At.open('walkthrough.pcap', 100, 400)).press('K', '?')
    const text = geometryHelp(at.state).map(row => textOf(row).trim().replace(/ +/g, ' '))
    expect(text.filter(line => line !== '')[0]).toBe('A name')
    const [mixed, panesOnly] = [text.indexOf('Everywhere'), text.indexOf('In all panes')]
    expect(mixed).toBeGreaterThan(0)
    expect(panesOnly).toBeGreaterThan(mixed)
    const place = (does: string) => text.findIndex(line => line.endsWith(` ${does}`))
    expect(place('a page down')).toBeLessThan(panesOnly)
    expect(place('previous packet')).toBeGreaterThan(panesOnly)
  })

  it('the help of a walk begins with the keys of the walk', async () => {
    const at = (await At.open('walkthrough.pcap', 100, 40)).press('W', '?')
    const first = geometryHelp(at.state)
      .map(textOf)
      .filter(line => line.trim() !== '')
    expect(first[0]).toBe('A walk as a lesson')
  })

  it('the help is in two columns where there is room, with the same in them', async () => {
    const one = helpRows('tree', 109).map(row => textOf(row).trimEnd())
    const two = helpRows('tree', 110).map(textOf)
    expect(two.length).toBeLessThan(one.length * 0.7)
    const columns = [...two.map(row => row.slice(0, 56)), ...two.map(row => row.slice(56))]
    const keys = (rows: readonly string[]) =>
      rows.flatMap(row => /^ {2}(\S.{16})/.exec(row)?.[1]?.trim() ?? []).sort()
    expect(keys(columns)).toEqual(keys(one))
    // Long lines go on below.
    const text = columns.join(' ').replace(/ +/g, ' ')
    for (const { does } of keymap) expect(text).toContain(does)
    const at = (await At.open('walkthrough.pcap', 120, 30)).press('tab', '?')
    expect(unfit(partsOf(viewOf(at)))).toEqual([])
  })

  it('the help says which lines of it are seen, and does not offer itself', async () => {
    const at = (await At.open('walkthrough.pcap', 80, 24)).press('tab', '?')
    const [, first, last, all] = /lines (\d+)–(\d+) of (\d+) ?$/.exec(screenOf(at)[0]!)!.map(Number)
    expect([first, last]).toEqual([1, 22])
    expect(footer(at)).toMatch(/close/)
    expect(footer(at)).not.toMatch(/all keys/)
    expect(screenOf(at.press('G'))[0]).toMatch(new RegExp(`–${all} of ${all} ?$`))
    expect(screenOf(at).join('\n')).toMatch(/! 2 +so many warnings inside/)
  })
})
