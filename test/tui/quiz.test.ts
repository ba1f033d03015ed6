import { describe, expect, it } from 'vitest'
import { arrangementOf } from '../../src/tui/layout.ts'
import { At } from './at.ts'
import { screenOf } from './picture.ts'

const begun = async (columns = 80, rows = 24) =>
  (await At.open('gre.pcap', columns, rows)).do({ type: 'jump', packet: 3 }).press('Q')

const question = ({ state }: At) => state.quiz!.question!

/** Goes on to a question of that kind. */
function until(at: At, kind: string): At {
  for (let i = 0; i < 20 && question(at).wanted.kind !== kind; i++) at.press('space')
  expect(question(at).wanted.kind).toBe(kind)
  return at
}

const toByte = (at: At, byte: number) => at.do({ type: 'select-byte', byte })
const pane = (at: At) => screenOf(at).slice(11).join('\n')
const score = ({ state }: At) => [state.quiz?.right, state.quiz?.answered]

describe('a quiz', () => {
  it('takes the byte under the cursor, and explains what is right', async () => {
    const at = until(await begun(), 'byte')
    const { wanted } = question(at)
    if (wanted.kind !== 'byte') throw new Error('no byte')
    toByte(at, wanted.end - 1).press('return')
    expect(score(at)).toEqual([1, 1])
    expect(pane(at)).toMatch(/Quiz ─ 1 of 1 right[\s\S]*✓ Right\.[\s\S]*header begins at\s+0x/)
    expect(at.state.selected).toBe(question(at).node)
    const before = question(at).key
    expect(question(at.press('return')).key).not.toBe(before)
    expect(at.state.quiz?.given).toBeUndefined()
  })

  it('says what a wrong byte is', async () => {
    const at = until(await begun(), 'byte')
    const { wanted } = question(at)
    if (wanted.kind !== 'byte') throw new Error('no byte')
    // Byte 0x2e is the time to live of the inner header; tshark has its header at 0x26.
    toByte(at, wanted.start === 0x2e ? 0x16 : 0x2e).press('return')
    expect(score(at)).toEqual([0, 1])
    expect(pane(at)).toContain(
      `✗ No: this is “Time to live” of header ${wanted.start === 0x2e ? 2 : 4}, IPv4.`,
    )
  })

  it('takes a name that is typed, and a number', async () => {
    const at = until(await begun(), 'name')
    const { wanted } = question(at)
    if (wanted.kind !== 'name') throw new Error('no name')
    at.press('return').type(wanted.names[0]!)
    expect(screenOf(at).at(-1)).toContain(`answer: ${wanted.names[0]}`)
    expect(score(at.press('tab', 'return'))).toEqual([1, 1])
    until(at.press('return'), 'number').press('return').type('24').press('return')
    expect([score(at), pane(at).includes('IPv4 20 + GRE 4 = 24')]).toEqual([[2, 2], true])
  })

  it('takes the letter of a choice, once', async () => {
    const at = until(await begun(), 'choice')
    const { wanted } = question(at)
    if (wanted.kind !== 'choice') throw new Error('no choice')
    expect(pane(at)).toMatch(/a {2}\S[\s\S]*b {2}\S[\s\S]*c {2}\S[\s\S]*d {2}\S/)
    expect(at.press('return').said).toMatch(/letter/)
    at.press('abcd'[(wanted.right + 1) % 4]!)
    expect(score(at)).toEqual([0, 1])
    expect(score(at.press('abcd'[wanted.right]!))).toEqual([0, 1])
  })

  it('hides what tells the answer, until one looks it up', async () => {
    const at = await begun(200, 50)
    const shown = () => [...arrangementOf(at.state).panes.keys()]
    expect(shown()).toEqual(['bytes', 'explanation'])
    expect(screenOf(at).join('\n')).not.toMatch(/Layers|Echo request/)
    at.do({ type: 'focus', pane: 'tree' })
    expect(shown()).toContain('tree')
    at.do({ type: 'focus', pane: 'bytes' })
    expect(shown()).toEqual(['bytes', 'explanation'])
  })

  it('is left by Esc with its score, and goes on with Q', async () => {
    const at = until(await begun(), 'choice').press('a')
    const [right] = score(at)
    expect(at.press('escape').said).toBe(`${right} of 1 right; Q goes on`)
    expect(arrangementOf(at.state).panes.has('packets')).toBe(true)
    expect(score(at.press('Q'))).toEqual([right, 1])
  })

  it('asks about the next packet where one goes there', async () => {
    const at = (await begun()).press(']')
    expect([at.state.quiz?.packet, at.state.packet]).toEqual([4, 4])
    expect(question(at)).toBeDefined()
  })

  it('leaves a line that is being typed, and then the quiz', async () => {
    const at = until(await begun(), 'name')
      .press('return')
      .type('x')
      .press('escape')
    expect([at.state.prompt, at.state.quiz?.isLeft]).toEqual([undefined, false])
    expect(at.press('escape').state.quiz?.isLeft).toBe(true)
  })

  it.each([
    [80, 24],
    [200, 50],
    [60, 20],
  ])('fits on %ix%i, question and answer', async (columns, rows) => {
    const at = await begun(columns, rows)
    for (let i = 0; i < 12; i++) {
      const { text, wanted } = question(at)
      const words = screenOf(at).join(' ').replace(/\s+/g, ' ')
      expect(words).toContain(text)
      if (wanted.kind === 'choice') expect(words).toContain('Press the letter')
      at.press('space')
    }
  })
})
