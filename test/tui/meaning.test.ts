import { describe, expect, it } from 'vitest'
import { commandAction } from '../../src/tui/commands.ts'
import { completions } from '../../src/tui/completions.ts'
import { contextOf } from '../../src/tui/keymap.ts'
import { meaningLines } from '../../src/tui/meaning-rows.ts'
import { textOf } from '../../src/tui/text.ts'
import { At } from './at.ts'
import { partsOf, screenOf, unfit, viewOf } from './picture.ts'

/** A command, typed. */
const command = (at: At, line: string): At => at.press(':').type(line).press('return')

const shown = (at: At): string => screenOf(at).join('\n')

/** The node of the field with this name in the second header. */
const select = (at: At, name: string): At => {
  const { found, nodes } = at.state.detail!
  const node = nodes.findLastIndex(({ record }) => record >= 0 && found.fields[record]!.name === name)
  return at.do({ type: 'select', node })
}

describe('K', () => {
  it('says what the selected field is for', async () => {
    const at = select(await At.open('walkthrough.pcap'), 'ip.ttl').press('K')
    expect(contextOf(at.state)).toBe('meaning')
    expect(shown(at)).toContain('ip.ttl: Time to live')
    expect(shown(at)).toContain('drops the packet at 0')
  })

  it('says what the selected protocol is for', async () => {
    const at = (await At.open('walkthrough.pcap')).do({ type: 'select', node: 0 }).press('K')
    expect(shown(at)).toContain('ip: IPv4, Internet Protocol version 4')
    expect(shown(at)).toContain('What it protects')
  })

  it('is closed by q and by Esc, and the cursor is where it was', async () => {
    for (const key of ['q', 'escape']) {
      const at = select(await At.open('walkthrough.pcap'), 'ip.ttl')
      const { selected } = at.state
      at.press('K', key)
      expect(at.state.meaning).toBeUndefined()
      expect(at.state.selected).toBe(selected)
    }
  })
})

describe(':explain', () => {
  it.each([
    ['explain gre', 'gre: GRE, Generic Routing Encapsulation'],
    ['explain no proposal chosen', 'no proposal chosen as a value'],
    ['? ip.ttl', 'ip.ttl: Time to live'],
    ['help ikev2', 'isakmp: IKE, Internet Key Exchange'],
  ])(':%s', async (line, title) => {
    const at = await At.open('walkthrough.pcap')
    expect(shown(command(at, line))).toContain(title)
  })

  it('suggests names for those that it does not know, and completes them', async () => {
    const at = command(await At.open('walkthrough.pcap'), 'explain ip.tll')
    expect(at.state.meaning).toBeUndefined()
    expect(at.state.message?.text).toMatch(/did you mean ip\.ttl/)
    expect(completions('explain ip.tt')).toEqual(['explain ip.ttl'])
  })

  it('without a name is about what is selected; ? alone is the help', () => {
    expect(commandAction('explain')).toEqual({ type: 'explain' })
    expect(commandAction('?')).toEqual({ type: 'help' })
  })

  it('works where no capture is open', () => {
    const at = new At(undefined as never)
    at.do({ type: 'explain', name: 'gre' })
    expect(contextOf(at.state)).toBe('meaning')
  })
})

describe('a name on a line', () => {
  it('is looked up by Enter, and Backspace comes back', async () => {
    const at = command(await At.open('walkthrough.pcap'), 'explain gre')
    const index = meaningLines(at.state).findIndex(({ row }) => textOf(row).startsWith('• gre.key Key'))
    at.do({ type: 'line', index })
    at.press('return')
    expect(at.state.meaning).toMatchObject({ name: 'gre.key', trail: ['gre'] })
    expect(shown(at)).toContain('Backspace: back to gre')
    at.press('backspace')
    expect(at.state.meaning).toMatchObject({ name: 'gre', trail: [] })
    expect(at.press('backspace').state.message?.text).toBe('nothing was looked up before this')
  })

  it('is missing on most lines', async () => {
    const at = command(await At.open('walkthrough.pcap'), 'explain gre')
    expect(at.press('return').state.message?.text).toBe('no name stands in this line')
  })
})

it.each([
  [80, 24],
  [200, 50],
])('fits a screen of %i × %i, at its start and at its end', async (columns, rows) => {
  const at = command(await At.open('walkthrough.pcap', columns, rows), 'explain isakmp')
  expect(unfit(partsOf(viewOf(at)))).toEqual([])
  at.press('G')
  expect(unfit(partsOf(viewOf(at)))).toEqual([])
  expect(at.state.meaning!.cursor).toBeGreaterThan(rows)
})
