import { execFileSync } from 'node:child_process'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ordinaryModes } from '../terminal-modes.ts'
import { cursorLine, lesson, linesOf, parts, selectedPacket } from './screen-parts.ts'
import {
  bundled,
  describeScreen,
  open,
  press,
  pressUntil,
  run,
  runShell,
  shellCommand,
  temporaryFolder,
  untilRead,
  vpnscope,
  walkthrough,
} from './vpnscope.ts'

const alternateScreen = '\x1b[?1049h'

describeScreen('opening a capture', () => {
  it.each([
    [80, 24],
    [120, 40],
    [200, 50],
  ])('shows everything at once on %ix%i', async (columns, rows) => {
    const terminal = await open([walkthrough], { columns, rows })
    expect(terminal.line(0)).toContain('walkthrough.pcap')
    const { packets, tree, bytes, explanation } = parts(terminal)
    // The tunnel is to be seen in the row: from which host to which, and within, in full or with what differs.
    const first = linesOf(terminal, packets)[0]
    expect(first).toMatch(/192\.168\.1\.1 ?→ ?(192\.168\.1)?\.2 +172\.16\.0\.1 ?→ ?(172\.16\.0)?\.2 +104/)
    expect(linesOf(terminal, tree).join('\n')).toMatch(/1 IPv4 .*\n.*2 IPv4 .*\n.*3 ICMP /)
    // The first eight bytes of the first dump of the article.
    expect(linesOf(terminal, bytes)[0]).toMatch(/0000 {2}4500 0068 3dc1 0000 .*E\.\.h=\.\.\./)
    expect(linesOf(terminal, explanation).join(' ')).toMatch(/packet from host to host/)
    expect(terminal.line(rows - 1)).toMatch(/Tab pane.*\? all keys.*q quit/)
    expect(terminal.lines().every(line => line.length <= columns)).toBe(true)
    terminal.press('q')
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
    expect(terminal.modes()).toEqual(ordinaryModes)
  })

  it('takes the file after -r too, and a path relative to where it was called', async () => {
    const terminal = await open(['-r', 'walkthrough.pcap'], { cwd: bundled('.') })
    expect(selectedPacket(terminal)).toBe(1)
  })

  it('says why there is nothing to show, and leaves the screen alone', async () => {
    const folder = temporaryFolder()
    const terminal = await runShell(`${shellCommand} nowhere.pcap 2>complaint`, { cwd: folder })
    expect(await terminal.exit).toEqual({ code: 2, signal: undefined })
    expect(terminal.raw).toBe('')
    expect(readFileSync(join(folder, 'complaint'), 'utf8')).toMatch(/^.*nowhere\.pcap.*\n$/)
  })

  it('says that a file is no capture, and leaves the screen alone', async () => {
    const file = join(temporaryFolder(), 'letter.pcap')
    writeFileSync(file, 'Dear Sir or Madam, this is no capture.\n')
    const terminal = await run([...vpnscope, file])
    expect(await terminal.exit).toEqual({ code: 2, signal: undefined })
    expect(terminal.raw).not.toContain(alternateScreen)
    expect(terminal.text()).toContain('letter.pcap')
  })

  it('shows what a damaged capture still holds, and tells of the damage there and at the end', async () => {
    const file = join(temporaryFolder(), 'cut.pcap')
    // The last 10 bytes of the last packet are missing.
    writeFileSync(file, readFileSync(walkthrough).subarray(0, -10))
    const terminal = await open([file])
    expect(terminal.line(0)).toMatch(/1 of 11 packets · ! .*cut short.* 108 of 118 bytes/)
    terminal.press('q')
    expect(await terminal.exit).toEqual({ code: 1, signal: undefined })
    expect(terminal.modes()).toEqual(ordinaryModes)
    expect(terminal.text()).toMatch(/cut\.pcap: .*cut short.* 108 of 118 bytes/)
  })

  it('says that there are no packets where there are none', async () => {
    const file = join(temporaryFolder(), 'empty.pcap')
    writeFileSync(file, readFileSync(walkthrough).subarray(0, 24))
    const terminal = await run([...vpnscope, file])
    await terminal.untilText(/no packets/i)
    for (const key of ['j', 'G', 'tab', 'E', 'space', 'tab', 'l', 'n']) terminal.press(key)
    terminal.press('q')
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
  })

  it('reads packets from a pipe and keys from the terminal', async () => {
    const terminal = await runShell(`cat '${walkthrough}' | ${shellCommand} -r -`)
    await untilRead(terminal)
    await press(terminal, 'j')
    expect(selectedPacket(terminal)).toBe(2)
    terminal.press('q')
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
    expect(terminal.modes()).toEqual(ordinaryModes)
  })

  it('opens the dumps of an article', async () => {
    const terminal = await open(['--hex', bundled('walkthrough.txt')])
    expect(terminal.line(0)).toMatch(/1 of 12 packets/)
    expect(linesOf(terminal, parts(terminal).bytes)[0]).toContain('4500 0068 3dc1 0000')
  })

  it('opens a dump that is pasted, and reads keys after it', async () => {
    const terminal = await run([...vpnscope, '--hex', '-'])
    await terminal.untilText('paste a dump, then press Ctrl-D')
    terminal.type('0000: 4500 001c 0001 0000 4011 0000 c000 0201\r')
    terminal.type('0010: c000 0202 0035 0035 0008 0000\r\x04')
    await untilRead(terminal)
    expect(linesOf(terminal, parts(terminal).packets)[0]).toMatch(/192\.0\.2\.1 ?→ ?(192\.0\.2)?\.2/)
    terminal.press('q')
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
  })

  it('writes no packets to a terminal', async () => {
    const terminal = await run([...vpnscope, '-r', walkthrough, '-w', '-'])
    expect(await terminal.exit).toEqual({ code: 2, signal: undefined })
    expect(terminal.text()).toContain('-w -: standard output is a terminal; give the name of a file')
  })
})

describeScreen('a file that others write to', () => {
  it('is followed with F until Ctrl-C, wherever the cursor is', async () => {
    const path = join(temporaryFolder(), 'grows.pcap')
    const bytes = readFileSync(bundled('ikev2-psk.pcap'))
    // All but the last two packets, of 16 and 126 bytes each.
    writeFileSync(path, bytes.subarray(0, -2 * 142))
    const terminal = await open([path])
    await press(terminal, 'F', 'k')
    await terminal.untilText('waiting for more')
    appendFileSync(path, bytes.subarray(-2 * 142, -142))
    await terminal.untilText('1 new · waiting for more')
    expect(terminal.line(0)).toContain('9 of 11 packets')
    terminal.press('ctrl-c')
    await terminal.untilText('no longer followed; F follows again')
    await terminal.until(() => !terminal.line(0).includes('waiting'))
    appendFileSync(path, bytes.subarray(-142))
    await press(terminal, 'F')
    await terminal.until(() => selectedPacket(terminal) === 12)
    terminal.press('ctrl-c')
    await terminal.until(() => !terminal.line(0).includes('following'))
    terminal.press('ctrl-c')
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
  })
})

describeScreen('somebody who has never seen it', () => {
  it('gets the walkthrough from npm start, and another capture where one is named', async () => {
    const start = [process.execPath, 'scripts/start.js']
    const terminal = await run(start, { cwd: bundled('..') })
    await untilRead(terminal)
    expect(terminal.line(0)).toMatch(/^ walkthrough\.pcap · 1 of 12 packets/)
    const other = await run([...start, 'captures/jenga.pcap'], { cwd: bundled('..') })
    await untilRead(other)
    expect(other.line(0)).toMatch(/^ jenga\.pcap · 1 of 2 packets/)
  })

  it('finds the inner destination of the first ping with keys that the last line tells', async () => {
    const terminal = await open([walkthrough], { columns: 80, rows: 24 })
    const footer = () => terminal.line(23)
    let presses = 0
    const told = async (name: string, key: string) => {
      expect(footer()).toContain(` ${name} `)
      await press(terminal, key)
      presses++
    }
    await told('Enter open', 'return')
    await told('↑↓ move', 'down')
    await told('→ unfold', 'right')
    while (!cursorLine(terminal).startsWith('Destination')) await told('↑↓ move', 'down')
    // The article: this ping goes from 172.16.0.1 to 172.16.0.2 inside.
    expect(cursorLine(terminal)).toMatch(/^Destination +172\.16\.0\.2$/)
    const { explanation, bytes } = parts(terminal)
    const said = linesOf(terminal, explanation).join(' ')
    expect(said).toMatch(/ac10 0002 = 172\.16\.0\.2/)
    expect(lesson(terminal)).toMatch(/^Destination .*RFC 791.*0x0024–0x0027/)
    expect(linesOf(terminal, bytes).join('\n')).toMatch(/0020 +ac10 0001 ac10 0002/)
    expect(presses).toBeLessThan(20)
    expect(footer()).toMatch(/ q quit *$/)
    terminal.press('q')
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
  })
})

describeScreen('a pipe that stays open', () => {
  it('is read no further from Ctrl-C on, and the next one quits', async () => {
    const terminal = await runShell(`(cat '${walkthrough}'; exec sleep 60) | ${shellCommand} -r -`)
    await terminal.untilText('12 new · waiting for more')
    terminal.press('ctrl-c')
    await terminal.untilText('nothing more is read from the pipe')
    await terminal.until(() => !terminal.line(0).includes('waiting'))
    expect(terminal.line(0)).toContain('of 12 packets')
    await press(terminal, 'F')
    expect(terminal.text()).toContain('the pipe has ended: nothing more comes')
    terminal.press('ctrl-c')
    await terminal.until(() => !terminal.text().includes('Layers'))
  })
})

describeScreen('a FIFO that nobody writes to', () => {
  it('is waited for until Ctrl-C, or the end', async () => {
    const fifo = join(temporaryFolder(), 'fifo')
    execFileSync('mkfifo', [fifo])
    const terminal = await open([walkthrough])
    const wait = async () => {
      await press(terminal, ':')
      terminal.type(`open ${fifo}\r`)
      await terminal.untilText(`${fifo}: waiting for it; Ctrl-C gives up`)
    }
    await wait()
    await press(terminal, 'j')
    terminal.press('ctrl-c')
    await terminal.untilText('given up')
    await wait()
    writeFileSync(fifo, readFileSync(bundled('ipip.pcap')))
    await terminal.untilText('of 18 packets')
    await terminal.until(() => !terminal.text().includes('waiting for it'))
    await wait()
    terminal.press('q')
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
  })
})

describeScreen('called without a capture', () => {
  it('offers those that come with it, and remembers the one that was opened', async () => {
    const env = { XDG_STATE_HOME: temporaryFolder() }
    const terminal = await run(vpnscope, { env })
    // Interfaces come first, and nobody knows how many this machine has.
    await terminal.untilText('Guided tours')
    expect(terminal.text()).toMatch(/Listen on\n.*► /)
    expect(terminal.text()).not.toContain('Opened before')
    expect(terminal.line(terminal.rows - 1)).toMatch(/Enter open/)
    const isAt = (name: string) => () => terminal.text().includes(`► ${name}`)
    await pressUntil(terminal, 'down', isAt('gre-key.pcap'), 80)
    expect(terminal.text()).toMatch(/gre-key\.pcap +GRE with the key 0xdeadbeef/)
    await press(terminal, 'home')
    await pressUntil(terminal, 'down', isAt('walkthrough.pcap'), 80)
    terminal.press('return')
    await untilRead(terminal)
    expect(terminal.line(0)).toContain('walkthrough.pcap')
    terminal.press('q')
    await terminal.exit

    const again = await run(vpnscope, { env })
    await again.untilText('Opened before')
    await pressUntil(again, 'down', () => again.text().includes('► walkthrough.pcap'), 80)
    again.press('return')
    await untilRead(again)
    expect(again.line(0)).toContain('walkthrough.pcap')
  })
})

describeScreen('where no screen is wanted', () => {
  it('prints lines into a pipe', async () => {
    const terminal = await runShell(`${shellCommand} '${walkthrough}' | cat`)
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
    expect(terminal.raw).not.toContain('\x1b')
    expect(terminal.raw).toContain('172.16.0.2 > 172.16.0.1: icmp: echo reply')
  })

  it('prints lines without a terminal', () => {
    const [node, ...args] = vpnscope
    const text = execFileSync(node, [...args, walkthrough], { encoding: 'utf8' })
    expect(text.split('\n').filter(line => line.startsWith('17:35:01.'))).toHaveLength(2)
  })

  it('prints lines, and says why, on a terminal that can do nothing else', async () => {
    const folder = temporaryFolder()
    const terminal = await runShell(`${shellCommand} '${walkthrough}' 2>complaint`, {
      cwd: folder,
      env: { TERM: 'dumb' },
    })
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
    expect(terminal.raw).not.toContain('\x1b')
    expect(terminal.raw).toContain('icmp: echo reply')
    expect(readFileSync(join(folder, 'complaint'), 'utf8')).toMatch(/^.*dumb.*\n$/)
  })

  it('prints what the options of tcpdump ask for, on a terminal too', async () => {
    const terminal = await run([...vpnscope, '-XXvvvr', walkthrough])
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
    expect(terminal.raw).not.toContain('\x1b')
    expect(terminal.raw).toContain('ac10 0002 ac10 0001 0000 854a aa08 0001')
  })
})
