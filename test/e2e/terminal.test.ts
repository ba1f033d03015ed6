import { expect, it } from 'vitest'
import type { TestTerminal } from '../terminal.ts'
import { ordinaryModes } from '../terminal-modes.ts'
import { selectedPacket } from './screen-parts.ts'
import {
  describeScreen,
  look,
  open,
  press,
  run,
  runShell,
  shellCommand,
  untilRead,
  vpnscope,
  walkthrough,
} from './vpnscope.ts'

/** Starts vpnscope in a terminal that has a shell's text on it, which the program takes the place of. */
async function startBehindShell(): Promise<TestTerminal> {
  const terminal = await runShell(`echo the shell was here; exec ${shellCommand} '${walkthrough}'`)
  await untilRead(terminal)
  expect(terminal.modes()).toMatchObject({ alternate: true, cursor: false, mouse: true, wraps: false })
  expect(terminal.text()).not.toContain('the shell was here')
  return terminal
}

function expectRestored(terminal: TestTerminal): void {
  expect(terminal.modes()).toEqual(ordinaryModes)
  expect(terminal.lines().filter(line => line !== '')).toEqual(['the shell was here'])
}

describeScreen('the size', () => {
  it('changes at any moment, and the screen is as if it had been so from the start', async () => {
    const terminal = await open([walkthrough], { columns: 200, rows: 50 })
    for (const [columns, rows] of [
      [80, 24],
      [60, 20],
      [20, 5],
      [120, 40],
      [200, 50],
    ] as const) {
      const fresh = await run([...vpnscope, walkthrough], { columns, rows })
      if (columns > 20) await untilRead(fresh)
      else await fresh.untilText('too small')
      terminal.resize(columns, rows)
      await terminal.until(() => look(terminal) === look(fresh), {
        what: `after the change to ${columns}x${rows}, the same as\n${fresh.text()}\n`,
      })
      await fresh.close()
    }
  })

  it('changes while keys come in', async () => {
    const terminal = await open([walkthrough], { columns: 120, rows: 40 })
    for (const [columns, rows] of [
      [40, 10],
      [150, 45],
      [24, 6],
      [90, 30],
    ] as const) {
      terminal.resize(columns, rows)
      terminal.press('j', 'tab', 'E', 'k')
    }
    terminal.press('shift-tab', 'shift-tab', 'shift-tab', 'shift-tab', 'C', 'G')
    await terminal.until(() => selectedPacket(terminal) === 12)
    expect(terminal.lines().every(line => line.length <= 90)).toBe(true)
    expect(terminal.line(29)).toMatch(/q quit/)
  })

  it('below 80x24 leaves room for one pane, and Tab goes to the next', async () => {
    const terminal = await open([walkthrough], { columns: 79, rows: 24 })
    const seen: string[] = []
    for (let i = 0; i < 4; i++) {
      seen.push(terminal.line(1).replace(/^► *(\w+).*/, '$1'))
      await press(terminal, 'tab')
    }
    expect(seen).toEqual(['No', 'Layers', 'Bytes', 'Internet'])
  })

  it('says that it is too small, and comes back', async () => {
    const terminal = await open([walkthrough], { columns: 80, rows: 24 })
    const before = look(terminal)
    terminal.resize(20, 5)
    await terminal.untilText(/too small/)
    terminal.resize(80, 24)
    await terminal.until(() => look(terminal) === before)
  })
})

describeScreen('the way out', () => {
  it.each([
    ['q', ['q'], 0],
    ['ZZ', ['Z', 'Z'], 0],
    ['Ctrl-C', ['ctrl-c'], 0],
    [':quit', [':', 'q', 'u', 'i', 't', 'return'], 0],
  ] as const)('by %s gives the terminal back', async (_, keys, code) => {
    const terminal = await startBehindShell()
    terminal.press(...keys)
    expect(await terminal.exit).toEqual({ code, signal: undefined })
    expectRestored(terminal)
  })

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGQUIT', 131],
  ] as const)('by %s gives the terminal back', async (signal, code) => {
    const terminal = await startBehindShell()
    terminal.signal(signal)
    expect(await terminal.exit).toEqual({ code, signal: undefined })
    expectRestored(terminal)
  })

  it('by SIGHUP gives the terminal back', async () => {
    const terminal = await startBehindShell()
    terminal.signal('SIGHUP')
    expect(await terminal.exit).toEqual({ code: 0, signal: 1 })
    expectRestored(terminal)
  })

  it('is not Escape', async () => {
    const terminal = await startBehindShell()
    // It closes what lies on top, a help, a line, a message, until there is nothing.
    const before = look(terminal)
    for (const key of ['?', ':', 'X']) {
      await press(terminal, key, 'escape')
      expect(look(terminal) === before, key).toBe(true)
    }
    terminal.press('escape')
    terminal.click(10, 3)
    await terminal.until(() => selectedPacket(terminal) === 2)
  })

  it('and back again: Ctrl-Z and fg', async () => {
    const terminal = await run(['bash', '--norc', '--noprofile', '-i'], { env: { PS1: '$ ' } })
    await terminal.untilText('$ ')
    terminal.type(`${shellCommand} '${walkthrough}'\r`)
    await untilRead(terminal)
    await press(terminal, 'j', 'tab')
    const before = look(terminal)
    terminal.press('ctrl-z')
    // The shell repeats the command, which takes two lines where the project's path is long.
    await terminal.untilText(/Stopped.*\n\$ /s)
    expect(terminal.modes()).toMatchObject({ alternate: false, cursor: true, mouse: false, wraps: true })
    terminal.type('echo in $((1 + 1)) between\r')
    await terminal.untilText(/^in 2 between$/m)
    terminal.resize(100, 30)
    terminal.resize(120, 40)
    terminal.type('fg\r')
    await terminal.until(() => terminal.isAlternate && look(terminal) === before, {
      what: 'the screen as it was before',
    })
    terminal.press('q')
    await terminal.until(() => !terminal.isAlternate)
    terminal.type('echo ended $?\r')
    await terminal.untilText(/^ended 0$/m)
  })
})

/** Each colour that letters stand in, on the terminal's own background. */
function letterColours(terminal: TestTerminal): Set<string | number> {
  const colours = new Set<string | number>()
  for (let row = 0; row < terminal.rows; row++)
    for (let column = 0; column < terminal.columns; column++) {
      const { char, fg, bg, inverse } = terminal.cell(column, row)
      if (char !== ' ' && fg !== 'default' && bg === 'default' && !inverse) colours.add(fg)
    }
  return colours
}

/** Between 0, black, and 1, white. */
function lightness(colour: string | number): number {
  const value = Number.parseInt(String(colour).slice(1), 16)
  return (0.3 * (value >> 16) + 0.6 * ((value >> 8) & 255) + 0.1 * (value & 255)) / 255
}

describeScreen('the looks', () => {
  it('have no colour at all where NO_COLOR is set, and the selection is seen by brackets', async () => {
    const terminal = await open([walkthrough], { env: { NO_COLOR: '1' } })
    await press(terminal, 'tab', 'l', 'j', 'j', 'j', 'j')
    for (let row = 0; row < terminal.rows; row++)
      for (let column = 0; column < terminal.columns; column++)
        expect(terminal.cell(column, row)).toMatchObject({ fg: 'default', bg: 'default' })
    const looks = [...terminal.raw.matchAll(/\x1b\[([\d;]*)m/g)].flatMap(([, numbers]) => numbers!.split(';'))
    // Bold, dim, underlined, inverse, and back; 30 and more are colours.
    expect(new Set(looks)).toEqual(new Set(['', '0', '1', '2', '4', '7']))
    // Total length, bytes 2 and 3.
    expect(terminal.text()).toMatch(/0000 +45 00\[00 68\]3d/)
    const cursor = terminal.find('Total length')!
    expect(terminal.cell(cursor.column, cursor.row).inverse).toBe(true)
  })

  it('have sixteen colours where the terminal has no more', async () => {
    const terminal = await open([walkthrough], { env: { TERM: 'xterm', COLORTERM: '' } })
    const colours = [...letterColours(terminal)]
    expect(colours.length).toBeGreaterThan(3)
    expect(colours.every(colour => typeof colour === 'number' && colour < 16)).toBe(true)
  })

  it('have those of the table where the terminal has 256', async () => {
    const terminal = await open([walkthrough], { env: { COLORTERM: '' } })
    const colours = [...letterColours(terminal)]
    expect(colours.length).toBeGreaterThan(4)
    expect(colours.every(colour => typeof colour === 'number' && colour >= 16)).toBe(true)
  })

  it('follow the background that the terminal says it has, unless a theme was asked for', async () => {
    const env = { TERM: 'xterm-256color', COLORFGBG: '' }
    const terminal = await open([walkthrough], { env })
    expect(terminal.raw).toContain('\x1b]11;?\x07')
    const dark = letterColours(terminal)
    terminal.type('\x1b]11;rgb:ffff/ffff/ffff\x1b\\')
    await terminal.until(() => [...letterColours(terminal)].some(colour => !dark.has(colour)))
    const light = await open(['--theme', 'light', walkthrough], { env })
    expect(light.raw).not.toContain('\x1b]11')
    await terminal.until(() => look(terminal) === look(light), { what: 'the colours of --theme light' })
  })

  it('are dark letters on a light background, light ones on a dark one', async () => {
    const dark = letterColours(await open([walkthrough]))
    const light = letterColours(await open([walkthrough, '--theme', 'light']))
    const told = letterColours(await open([walkthrough], { env: { COLORFGBG: '0;15' } }))
    expect(Math.min(...[...dark].map(lightness))).toBeGreaterThan(0.45)
    expect(Math.max(...[...light].map(lightness))).toBeLessThan(0.45)
    expect(told).toEqual(light)
  })

  it.each([
    ['with --ascii', ['--ascii'], {}],
    ['in the C locale', [], { LC_ALL: 'C' }],
  ] as const)('are ASCII %s, on every screen', async (_, args, env) => {
    const terminal = await open([walkthrough, ...args], { env })
    await press(
      terminal,
      'E',
      'tab',
      'space',
      'space',
      ']',
      ']',
      ']',
      ']',
      'b',
      '|',
      '?',
      'G',
      'escape',
      ':',
      'tab',
    )
    expect(/[^\x00-\x7e]/.exec(terminal.raw)).toBeNull()
  })
})
