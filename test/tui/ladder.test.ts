import { describe, expect, it } from 'vitest'
import { contextOf } from '../../src/tui/keymap.ts'
import { ladderOf } from '../../src/tui/ladder-lines.ts'
import { chooseTheme } from '../../src/tui/theme.ts'
import { verdict } from '../print/stories.ts'
import { type At, captureOf } from './at.ts'
import { asked, ladderTexts, rowPacket, storyOf } from './ladders.ts'
import { partsOf, screenOf, unfit, viewOf } from './picture.ts'

const refused = 'ikev2-no-proposal-chosen.pcap'

/** The packets of the rungs of a ladder, from top to bottom. */
const rungs = ({ state }: At): number[] =>
  ladderOf(state).lines.flatMap(({ packet, row }) =>
    row.some(({ text }) => /[►◄]/.test(text)) ? [packet] : [],
  )

describe('x', () => {
  it('on a message shows its negotiation, with the cursor on it', async () => {
    const at = await asked(refused, 4)
    expect(at.done).toContainEqual({ type: 'ladder', of: 'packet' })
    expect([contextOf(at.state), rowPacket(at)]).toEqual(['ladder', 4])
    expect(rungs(at)).toEqual([3, 4])
  })

  // What the two sides were given in the lab: aes256-sha512-modp4096, and aes128-sha256-modp2048.
  it('tells what was refused, and by whom', async () => {
    const text = ladderTexts(await asked(refused, 3)).join('\n')
    expect(text).toMatch(/error: .*192\.168\.1\.1 refused/)
    expect(text).toContain('NO_PROPOSAL_CHOSEN')
    for (const offer of ['AES-CBC-256', 'HMAC-SHA2-512', 'MODP-4096 (group 16)'])
      expect(text).toContain(offer)
  })

  it('on what is sent again goes to the row that counts it', async () => {
    // tshark lists packets 3 to 7 as one message five times.
    const at = await asked('ikev2-dead-peer.pcap', 6)
    expect(rowPacket(at)).toBe(4)
    expect(ladderTexts(at)[at.state.ladder!.cursor]).toMatch(/again.*×4/)
  })

  it('on an ICMP error about a message goes to its row', async () => {
    const at = await asked('ikev2-port-unreachable.pcap', 6)
    expect(rowPacket(at)).toBe(6)
    expect(ladderTexts(at)[at.state.ladder!.cursor]).toMatch(/ICMP port unreachable from 192\.168\.1\.2/)
  })

  it('on ESP goes to its association in the ladder of the negotiation before', async () => {
    // tshark: packets 7 and 9 have SPI 0xccde65d1, 8 and 10 have 0xc66799b8.
    const at = await asked('ikev2-psk.pcap', 10)
    expect([at.state.ladder?.negotiation, rowPacket(at)]).toEqual([1, 8])
    expect(ladderTexts(at)[at.state.ladder!.cursor]).toMatch(/ESP 0xc66799b8: 2 packets/)
  })

  it('on ESP in UDP knows its association too', async () => {
    const at = await asked('ikev2-natt.pcap', 9)
    expect(ladderTexts(at)[at.state.ladder!.cursor]).toMatch(/ESP in UDP 0x/)
  })

  it('on AH knows its association too', async () => {
    const { capture } = await asked('ikev2-ah.pcap', 1)
    const packets = Array.from({ length: capture.count }, (_, i) => i + 1)
    const ah = packets.find(number => capture.shape(number).protocols.some(({ id }) => id === 'ah'))!
    const at = await asked('ikev2-ah.pcap', ah)
    expect([rowPacket(at), ladderTexts(at)[at.state.ladder!.cursor]]).toEqual([
      ah,
      expect.stringMatching(/AH 0x/),
    ])
  })

  it('on ESP without a negotiation shows what belongs to none', async () => {
    const at = await asked('esp-tunnel-aes128gcm.pcap', 4)
    expect([at.state.ladder?.negotiation, rowPacket(at)]).toEqual([0, 4])
    expect(ladderTexts(at).at(-1)).toMatch(/ESP 0x00001002 +192\.168\.1\.2 → 192\.168\.1\.1: 8 packets/)
  })

  it('on another packet shows all negotiations', async () => {
    const at = await asked(refused, 1)
    expect([contextOf(at.state), at.state.ladder]).toEqual(['negotiations', undefined])
    expect(screenOf(at)[3]).toMatch(/^► +1 v2 +192\.168\.1\.2 → 192\.168\.1\.1 +refused +error: /)
  })

  it('where there is nothing of the kind says so', async () => {
    const at = await asked('gre-key.pcap', 1)
    expect(contextOf(at.state)).toBe('packets')
    expect(at.said).toBe(`there is no IKE negotiation, ESP or AH in ${at.capture.count} packets`)
  })
})

describe('the list of negotiations', () => {
  // The walkthrough has two, of packets 5 to 8 and 9 to 12.
  const list = () => asked('walkthrough.pcap', 5, 'all')

  it('opens with :ladder, and Enter shows one', async () => {
    const at = (await list()).press('j', 'return')
    expect([at.state.ladder?.negotiation, rungs(at)]).toEqual([2, [9, 10, 11, 12]])
  })

  it('is what Esc goes back to, one layer at a time', async () => {
    const at = (await list()).press('return')
    const contexts = ['escape', 'escape', 'escape'].map(key => contextOf(at.press(key).state))
    expect(contexts).toEqual(['negotiations', 'packets', 'packets'])
  })

  it('keeps its cursor inside what is there', async () => {
    const at = (await list()).press('k', 'G', 'j', 'pagedown')
    expect(at.state.negotiations).toEqual({ cursor: 1, top: 0 })
    expect(at.press('g', 'g').state.negotiations?.cursor).toBe(0)
  })

  it('shows the worst verdict of each', async () => {
    const at = await list()
    const verdicts = [
      verdict({ severity: 'warning', title: 'Not that bad' }),
      verdict({ severity: 'error', title: 'Very bad' }),
      verdict({ severity: 'good', title: 'Fine' }),
    ]
    at.do({ type: 'told', story: { ...at.state.story!, verdicts }, open: 'all' })
    expect(screenOf(at)[3]).toContain('error: Very bad')
  })

  it('opens a negotiation with a second click, and selects it with the first', async () => {
    const at = (await list()).mouse('press', 10, 4)
    expect([at.state.negotiations?.cursor, contextOf(at.state)]).toEqual([1, 'negotiations'])
    expect(at.mouse('press', 10, 4).state.ladder?.negotiation).toBe(2)
  })
})

describe('in a ladder', () => {
  it.each(['q', 'x', 'escape'])('%s closes it, and nothing else', async key => {
    const at = (await asked(refused, 3)).press(key)
    expect([contextOf(at.state), at.state.packet, at.done.at(-1)]).toEqual(['packets', 3, { type: 'cancel' }])
  })

  it('Enter goes to the packet in the list, and back is where one was', async () => {
    const at = (await asked(refused, 3)).press('tab', 'j', 'return')
    expect([contextOf(at.state), at.state.packet, at.detail.number]).toEqual(['packets', 4, 4])
    expect(at.press('ctrl-o').state.packet).toBe(3)
  })

  it('Enter on a line without a packet says so', async () => {
    const at = (await asked(refused, 3)).press('G', 'return')
    expect([contextOf(at.state), at.said]).toEqual(['ladder', 'no packet belongs to this line'])
  })

  it('Enter on a packet that has left the ring says so', async () => {
    const at = await asked(refused, 3)
    const { capture } = at.state
    at.do({ type: 'surveyed', capture: { ...capture!, first: 4 } }).press('return')
    expect([contextOf(at.state), at.said]).toEqual(['ladder', 'packet 3 has left the ring'])
    expect(at.press('j', 'return').state.packet).toBe(4)
  })

  it('a number before G goes to the row of a packet, or says that there is none', async () => {
    const at = (await asked('ikev2-psk.pcap', 3)).press('8', 'G')
    expect(rowPacket(at)).toBe(8)
    expect(at.press('9', 'G').said).toBe('packet 9 has no row in this ladder')
    expect([rowPacket(at), at.state.packet]).toEqual([8, 3])
  })

  it('[ and ] turn to other negotiations, as far as there are any', async () => {
    const at = (await asked('walkthrough.pcap', 6)).press(']')
    expect([at.state.ladder?.negotiation, rungs(at)]).toEqual([2, [9, 10, 11, 12]])
    expect([at.press(']').said, at.press('[', '[').said]).toEqual([
      'this is the last one',
      'this is the first one',
    ])
    expect(at.state.ladder?.negotiation).toBe(1)
  })

  it('v tells why and what next, and no longer', async () => {
    const at = await asked(refused, 4)
    const short = ladderTexts(at)
    expect(short.filter(line => /Why:|Next:/.test(line))).toEqual([])
    const long = ladderTexts(at.press('v'))
    // Whoever asks wants to read them, and they stand at the top.
    expect(at.state.ladder).toMatchObject({ cursor: 0, top: 0 })
    expect(long.join('\n')).toMatch(/Why:(.|\n)*Next:/)
    expect(ladderTexts(at.press('v'))).toEqual(short)
  })

  it('the peers stand above it when their line is scrolled away', async () => {
    const at = await asked('ikev2-psk.pcap', 3, 'packet', 80, 16)
    const heads = () => screenOf(at)[2]
    expect(heads()).toBe('  192.168.1.2:500 to 192.168.1.1:500, packets 3-6, 11-12')
    const { peers } = ladderOf(at.state)
    at.do({ type: 'scroll-over', by: peers })
    expect([at.state.ladder?.top, heads()]).toEqual([peers, expect.stringContaining('packets 3-6')])
    at.press('G')
    expect(heads()).toMatch(/^ +192\.168\.1\.2:500 +192\.168\.1\.1:500$/)
  })

  it('what could not be kept is said, of a negotiation and of all', async () => {
    const at = await asked(refused, 3, 'packet', 100, 24)
    const story = await storyOf(at.capture)
    const negotiations = story.negotiations.map(each => ({ ...each, isCut: true }))
    const limits = ['2 negotiations were forgotten']
    at.do({ type: 'told', story: { ...story, negotiations, limits } })
    expect(screenOf(at)[2]).toMatch(/packets 3-4 · more messages than are shown$/)
    at.press('q').do({ type: 'told', story: { ...story, limits }, open: 'all' })
    expect(screenOf(at)[1]).toContain('! 2 negotiations were forgotten')
  })

  it('digits are no panes', async () => {
    const at = (await asked(refused, 3)).press('2').do({ type: 'expired' })
    expect([at.state.focus, contextOf(at.state)]).toEqual(['packets', 'ladder'])
  })

  it('the help begins with its keys, and closes before it', async () => {
    const at = (await asked(refused, 3, 'packet', 80, 24)).press('?')
    expect(screenOf(at).slice(1, 4).join('\n')).toContain('Ladder')
    expect(contextOf(at.press('escape').state)).toBe('ladder')
  })

  it('a click selects a row, and the wheel scrolls without the cursor', async () => {
    const at = await asked('ikev2-psk.pcap', 3, 'packet', 80, 12)
    const { cursor, top } = at.state.ladder!
    at.mouse('wheel-down', 10, 5)
    expect(at.state.ladder).toMatchObject({ cursor, top: top + 3 })
    at.mouse('press', 10, 3)
    expect(at.state.ladder).toMatchObject({ cursor: top + 3, top: top + 3 })
    expect(at.mouse('press', 10, 0).mouse('press', 10, 2).mouse('press', 10, 11).state.ladder?.cursor).toBe(
      top + 3,
    )
  })
})

describe('marks', () => {
  it('are two at most: the oldest goes', async () => {
    const at = (await asked('ikev2-psk.pcap', 3)).press('space', 'space', 'space')
    expect(at.state.ladder?.marked).toEqual([4, 5])
    expect(at.said).toMatch(/packets 4 and 5 .* d shows them/)
  })

  it('go with a second Space', async () => {
    const at = (await asked(refused, 3)).press('space', 'k', 'space')
    expect(at.state.ladder?.marked).toEqual([])
  })

  it('are for messages only', async () => {
    const at = (await asked(refused, 3)).press('g', 'g', 'space')
    expect([at.state.ladder?.marked, at.said]).toEqual([
      [],
      'this is no message; those with an arrow can be marked',
    ])
  })
})

describe('a capture that grows', () => {
  it('leaves the cursor on its row, whatever verdicts come above it', async () => {
    const capture = await captureOf(refused)
    const at = (await asked(refused, 3)).do({ type: 'told', story: await storyOf(capture, 3) })
    expect([rungs(at), rowPacket(at)]).toEqual([[3], 3])
    at.do({ type: 'told', story: await storyOf(capture) })
    expect([rungs(at), rowPacket(at)]).toEqual([[3, 4], 3])
  })

  it('leaves it on the same line of a row that takes several', async () => {
    const at = (await asked(refused, 3, 'packet', 60, 24)).press('v')
    const { lines } = ladderOf(at.state)
    const second = lines.findIndex(({ nth }) => nth === 1)
    at.do({ type: 'line', index: second })
    const story = await storyOf(at.capture)
    const verdicts = [verdict({ title: 'First of all' }), ...story.verdicts]
    at.do({ type: 'told', story: { ...story, verdicts } })
    const line = ladderOf(at.state).lines[at.state.ladder!.cursor]
    expect([line?.nth, line?.kind, line?.packet]).toEqual([1, lines[second]!.kind, lines[second]!.packet])
  })

  it('closes a ladder whose negotiation is gone', async () => {
    const capture = await captureOf(refused)
    const at = (await asked(refused, 3)).do({ type: 'told', story: await storyOf(capture, 2) })
    expect(contextOf(at.state)).toBe('packets')
  })

  it('says how far it looked where it found nothing yet', async () => {
    const capture = await captureOf(refused)
    const at = (await asked(refused, 1)).press('escape')
    const { capture: facts } = at.state
    at.do({ type: 'surveyed', capture: { ...facts!, complete: false } })
    at.do({ type: 'told', story: await storyOf(capture, 2), open: 'packet' })
    expect(at.said).toBe('there is no IKE negotiation, ESP or AH in 2 packets read so far')
  })
})

describe.each([
  [60, 20],
  [80, 24],
  [200, 50],
  [24, 6],
])('at %ix%i', (columns, rows) => {
  const themes = [false, true].map(ascii => chooseTheme({ level: 0, background: 'dark', ascii, mono: true }))

  it.each([
    ['the list', 'walkthrough.pcap', 'all' as const],
    ['a ladder', 'ikev2-psk.pcap', 'packet' as const],
    ['a refusal', refused, 'packet' as const],
    ['what belongs to none', 'esp-tunnel-aes128gcm.pcap', 'packet' as const],
  ])('%s fills the screen, no line wider than it', async (_, name, of) => {
    const at = await asked(name, 3, of, columns, rows)
    for (const theme of themes)
      for (const key of ['j', 'G', 'v', 'space', 'g', 'g']) {
        at.press(key)
        expect(unfit(partsOf(viewOf(at, theme)))).toEqual([])
      }
  })
})

describe('what packets say', () => {
  it('reaches the screen without control characters', async () => {
    const at = await asked(refused, 3)
    const story = await storyOf(at.capture)
    const evil = '\x1b[31mred\x07\u202e'
    const negotiations = story.negotiations.map(each => ({
      ...each,
      outcome: evil,
      messages: each.messages.map(message => ({ ...message, exchangeName: evil, payloads: [evil] })),
      responder: { ...each.responder, address: evil },
    }))
    const verdicts = story.verdicts.map(each => ({ ...each, title: evil, cause: evil, advice: evil }))
    const associations = story.associations
    at.do({ type: 'told', story: { ...story, negotiations, verdicts, associations } }).press('v')
    for (const state of [at.state, { ...at.state, ladder: undefined, negotiations: { cursor: 0, top: 0 } }]) {
      const text = partsOf({ ...viewOf(at), state })
        .flatMap(({ lines }) => lines)
        .join('\n')
      expect(text).toContain('red')
      expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]/)
    }
  })
})
