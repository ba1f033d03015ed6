import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createCapture } from '../../src/capture/write.ts'
import type { Frame } from '../../src/frame.ts'
import { ipv4, udp4 } from '../craft.ts'
import { frameOf, hexBytes } from '../peel.ts'
import type { TestTerminal } from '../terminal.ts'
import { ordinaryModes } from '../terminal-modes.ts'
import { cursorLine, lesson, selectedPacket } from './screen-parts.ts'
import {
  describeScreen,
  look,
  open,
  press,
  pressUntil,
  run,
  runShell,
  shellCommand,
  temporaryFolder,
  vpnscope,
  walkthrough,
} from './vpnscope.ts'

/** What a terminal obeys, each with a word behind it that shows where it went. */
const attacks = [
  '\x1b[31;46mEVIL', // colours
  '\x1b[2J\x1b[HEVIL', // a blank screen
  '\x1b[?1049lEVIL', // the ordinary screen
  '\x1b]0;EVIL\x07', // the window's title
  '\x1b]52;c;RVZJTA==\x07', // the clipboard
  '\x1bPEVIL\x1b\\', // a device control string
  '\x1b[6nEVIL', // a question that the terminal answers as if by keys
  '\x07\x08\x0cEVIL', // bell, backspace, form feed
  '\x9b31mEVIL', // CSI in one byte
  '\x9d0;EVIL\x9c', // OSC in one byte
  '\x0eEVIL\x0f', // another character set
  '\rEVIL\nEVIL\vEVIL\tEVIL\x7fEVIL\0EVIL', // other lines and columns
]
/** Marks that turn text around, in comments only: single bytes cannot say them. */
const bidi = ['\u202eEVIL', '\u2066EVIL', '\u200fEVIL', '\u061cEVIL', '\u2028EVIL']

const hex = (text: string) => Buffer.from(text, 'latin1').toString('hex')

/** A name of the packet filter's log, in 16 bytes. */
const name16 = (text: string) => hex(text.slice(0, 16).padEnd(16, '\0'))

/** A packet as the packet filter logs it, with names of the attacker's choice. */
function logged(interfaceName: string, ruleset: string): Frame {
  const inner = Buffer.from(ipv4(17, '1194119400080000').bytes).toString('hex')
  const rest = '00000002 00000004 ffffffff a0860100 00000000 2a010000 01 000000'
  return frameOf(hexBytes(`3d020100 ${name16(interfaceName)} ${name16(ruleset)} ${rest} ${inner}`), 117)
}

/** A capture with the attacks in payloads, in fields that are text, in comments and in names of interfaces. */
function hostileCapture(): string {
  const path = join(temporaryFolder(), 'hostile.pcapng')
  const comments = [...attacks, ...bidi]
  const capture = createCapture(path, 'pcapng', { comments })
  const plain = { linkType: 101, name: attacks[0]!, description: bidi[0]! }
  const log = { linkType: 117, name: attacks[3]! }
  const all = hex(attacks.join(''))
  capture.write({ ...udp4(1194, 500, all), comments }, plain)
  capture.write({ ...ipv4(1, `08000000 00010001${all}`), comments: bidi }, plain)
  for (let i = 0; i < attacks.length; i += 2)
    capture.write({ ...logged(attacks[i]!, attacks[i + 1]!), comments: [attacks[i]!] }, log)
  capture.commit()
  return path
}

/** Characters that a terminal obeys, but for line ends, and what stands around them. */
const dangerous =
  /.{0,10}[\0-\x08\v\f\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069].{0,10}/gs

/** Everything that was sent, without the sequences that draw the screen: nothing dangerous may be left. */
function leftover(terminal: TestTerminal): readonly string[] {
  const text = Buffer.from(terminal.raw, 'latin1').toString('utf8')
  const modes = /\x1b\[\?(1049|25|7|2004|1000|1002|1006|2026)[hl]/g
  const drawing = /\x1b\[[\d;]*[GHKm]|\x1b\[2J/g
  const question = '\x1b]11;?\x07'
  return text.replace(question, '').replace(modes, '').replace(drawing, '').match(dangerous) ?? []
}

/** None of the attacks was sent as it is. */
function expectHarmless(terminal: TestTerminal): void {
  const sent = Buffer.from(terminal.raw, 'latin1')
  const encoded = [
    ...attacks.map(attack => Buffer.from(attack, 'latin1')),
    ...[...attacks, ...bidi].map(attack => Buffer.from(attack, 'utf8')),
  ]
  // Single bytes that are commands to old terminals are no UTF-8.
  expect(Buffer.from(sent.toString()).equals(sent)).toBe(true)
  expect(encoded.filter(attack => sent.includes(attack)).map(String)).toEqual([])
  expect(leftover(terminal)).toEqual([])
  expect(terminal.clipboard).toEqual([])
}

describeScreen('what packets say to the terminal', () => {
  it('is shown and not obeyed, in every packet and every field', { timeout: 120_000 }, async () => {
    const terminal = await open([hostileCapture()], { columns: 110, rows: 44 })
    await press(terminal, 'tab', 'E')
    const count = Number(/of (\d+)/.exec(terminal.line(0))?.[1])
    expect(count).toBe(2 + attacks.length / 2)
    const seen: string[] = []
    for (let packet = 1; packet <= count; packet++) {
      seen.push(terminal.text())
      for (let field = 0; field < 60; field++) {
        await press(terminal, 'space')
        seen.push(terminal.text())
        if (/last field/.test(terminal.line(43))) break
      }
      if (packet < count) await press(terminal, ']')
    }
    expect(selectedPacket(terminal)).toBe(count)
    expect(terminal.modes()).toMatchObject({ alternate: true, cursor: false, wraps: false })
    // They did come to the screen, written out.
    for (const text of ['\\x1b[31;46mEVIL', '\\x1b]0;EVIL\\x07', '\\x9d0;EVIL\\x9c', '\\u{202e}EVIL'])
      expect(
        seen.some(screen => screen.includes(text)),
        text,
      ).toBe(true)
    expectHarmless(terminal)
    // The screen is the one that a second drawing of all makes.
    const before = look(terminal)
    const lessonBefore = lesson(terminal)
    terminal.raw = ''
    terminal.press('ctrl-l')
    await terminal.until(() => terminal.raw.includes('\x1b[?2026l') && look(terminal) === before)
    expect(lesson(terminal)).toBe(lessonBefore)
    terminal.press('q')
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
    expect(terminal.modes()).toEqual(ordinaryModes)
  })

  it('is not obeyed either where it is found, listed or counted otherwise', async () => {
    const terminal = await open([hostileCapture()])
    await press(
      terminal,
      'f',
      'tab',
      'tab',
      ...'EVIL',
      'return',
      'n',
      'N',
      'G',
      'R',
      '[',
      ']',
      'escape',
      'o',
      'escape',
      '?',
      'escape',
      'b',
      'b',
      '|',
      '|',
      'z',
      't',
    )
    expectHarmless(terminal)
  })

  it('is copied written out, so that a shell that it is pasted into does not obey it either', async () => {
    const terminal = await open([hostileCapture()])
    await press(terminal, '3', 'G', 'tab')
    await pressUntil(terminal, 'space', () => /^Interface +\\x1b\[/.test(cursorLine(terminal)))
    expectHarmless(terminal)
    await press(terminal, 'y', 'v')
    expect(terminal.clipboard).toEqual(['\\x1b[31;46mEVIL'])
    expect(terminal.line(terminal.rows - 1)).toMatch(/copied: .*\\x1b\[.*EVIL/)
    terminal.raw = terminal.raw.replace(/\x1b\]52;c;[\w+/=]*\x07/, '')
    expect(leftover(terminal)).toEqual([])
  })

  it('is not obeyed where it is printed', async () => {
    const file = hostileCapture()
    for (const how of [['-e'], ['-XXvvv'], ['-T', 'tree'], ['-T', 'json']]) {
      const terminal = await run([...vpnscope, ...how, '-r', file])
      await terminal.exit
      expect(terminal.raw).toContain('EVIL')
      expect(terminal.raw).not.toContain('\x1b')
      expectHarmless(terminal)
    }
  })
})

describeScreen('what the name of a file says to the terminal', () => {
  const name = '\x1b[31;46mEVIL\x07.pcap'

  it('is not obeyed on the screen, nor on the start page', async () => {
    const file = join(temporaryFolder(), name)
    copyFileSync(walkthrough, file)
    const env = { XDG_STATE_HOME: temporaryFolder() }
    const terminal = await open([file], { env })
    expect(terminal.line(0)).toContain('\\x1b[31;46mEVIL')
    expectHarmless(terminal)
    terminal.press('q')
    await terminal.exit
    const start = await run(vpnscope, { env })
    await start.untilText('Opened before')
    expect(start.text()).toContain('EVIL')
    expectHarmless(start)
  })

  it('is not obeyed in a complaint', async () => {
    const terminal = await runShell(`${shellCommand} "$NAME"`, { env: { NAME: name } })
    expect((await terminal.exit).code).toBe(2)
    expect(terminal.text()).toContain('EVIL')
    expect(terminal.raw).not.toMatch(/\x1b|\x07/)
  })
})
