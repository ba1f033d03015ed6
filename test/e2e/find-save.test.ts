import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { TestTerminal } from '../terminal.ts'
import { cursorLine, lesson, selectedName, selectedPacket, selectedRange } from './screen-parts.ts'
import {
  bundled,
  describeScreen,
  open,
  press,
  pressUntil,
  temporaryFolder,
  vpnscope,
  walkthrough,
  words,
} from './vpnscope.ts'

const lastLine = (terminal: TestTerminal) => terminal.line(terminal.rows - 1)

/** Types a line and ends it. */
async function enter(terminal: TestTerminal, text: string): Promise<void> {
  await press(terminal, ...text, 'return')
}

describeScreen('finding', () => {
  it('goes from hit to hit in the list, around the end and back', async () => {
    const terminal = await open([walkthrough])
    const visited: number[] = []
    await press(terminal, 'f')
    await enter(terminal, 'IKE_AUTH')
    visited.push(selectedPacket(terminal))
    for (const key of ['n', 'n', 'n', 'n', 'N', 'N']) {
      await press(terminal, key)
      visited.push(selectedPacket(terminal))
    }
    // As tcpdump lists them, exchange type 35 is that of packets 7, 8, 11 and 12.
    expect(visited).toEqual([7, 8, 11, 12, 7, 12, 11])
  })

  it('finds a name in the layers, and selects the field', async () => {
    const terminal = await open([walkthrough])
    await press(terminal, 'f', 'tab')
    await enter(terminal, 'time to live')
    await terminal.until(() => selectedName(terminal) === 'Time to live')
    expect(cursorLine(terminal)).toMatch(/^Time to live +64/)
    await press(terminal, 'n')
    expect(cursorLine(terminal)).toMatch(/^Time to live +255/)
    expect(selectedPacket(terminal)).toBe(1)
  })

  it('finds bytes, written in hex', async () => {
    const terminal = await open([walkthrough])
    await press(terminal, 'f', 'tab', 'tab', 'shift-tab', 'shift-tab')
    expect(lastLine(terminal)).toContain('hex in the bytes')
    await enter(terminal, 'ac10 0001 0000')
    await terminal.until(() => selectedPacket(terminal) === 2)
    expect(selectedRange(terminal)).toEqual([36, 40])
  })

  it('finds a pattern, and says what is wrong with one', async () => {
    const terminal = await open([walkthrough])
    await press(terminal, 'f', 'shift-tab')
    await enter(terminal, 'echo re(ply|pair)')
    await terminal.until(() => selectedPacket(terminal) === 2)
    // How one looked is kept.
    await press(terminal, 'f')
    await enter(terminal, 're(ply')
    expect(lastLine(terminal)).toMatch(/regular expression/)
    expect(selectedPacket(terminal)).toBe(2)
  })

  it('says that there is nothing like it', async () => {
    const terminal = await open([walkthrough])
    await press(terminal, 'f')
    await enter(terminal, 'wireguard')
    await terminal.until(() => /wireguard: nowhere in 12 packets/.test(lastLine(terminal)))
    expect(selectedPacket(terminal)).toBe(1)
  })
})

describeScreen('saving', () => {
  it('writes the marked packets, and asks before it replaces a file', async () => {
    const cwd = temporaryFolder()
    const file = join(cwd, 'two.pcapng')
    writeFileSync(file, 'precious')
    const terminal = await open([walkthrough], { cwd })
    await press(terminal, 'j', 'space', '5', 'G', 'space', 's')
    if (!lastLine(terminal).includes('marked packets to')) await press(terminal, 'tab')
    await enter(terminal, 'two.pcapng')
    expect(lastLine(terminal)).toMatch(/replace.*two\.pcapng|two\.pcapng.*replace/i)
    await press(terminal, 'n')
    expect(readFileSync(file, 'utf8')).toBe('precious')
    await press(terminal, 's')
    if (!lastLine(terminal).includes('marked packets to')) await press(terminal, 'tab')
    await enter(terminal, 'two.pcapng')
    await press(terminal, 'y')
    await terminal.until(() => /two\.pcapng: 2 packets saved/.test(lastLine(terminal)))
    const [node, ...args] = vpnscope
    const lines = execFileSync(node, [...args, '-nr', file], { encoding: 'utf8' }).split('\n')
    expect(lines[0]).toMatch(/172\.16\.0\.2 > 172\.16\.0\.1: icmp: echo reply/)
    expect(lines[1]).toMatch(/192\.168\.1\.2\.500 > 192\.168\.1\.1\.500: isakmp/)
    expect(lines.filter(line => /^\d/.test(line))).toHaveLength(2)
    expect(readFileSync(file).readUInt32BE(0)).toBe(0x0a0d0d0a)
  })

  it('writes all of them by command, as others read them', async () => {
    const cwd = temporaryFolder()
    const terminal = await open([walkthrough], { cwd })
    await press(terminal, ':')
    await enter(terminal, 'save-as all.pcap')
    await terminal.until(() => /all\.pcap: 12 packets saved/.test(lastLine(terminal)))
    expect(readFileSync(join(cwd, 'all.pcap')).equals(readFileSync(walkthrough))).toBe(true)
    expect(statSync(join(cwd, 'all.pcap')).size).toBe(statSync(walkthrough).size)
  })

  it('says why it could not', async () => {
    const terminal = await open([walkthrough], { cwd: temporaryFolder() })
    await press(terminal, ':')
    await enter(terminal, 'save-as nowhere/all.pcap')
    await terminal.until(() => /nowhere\/all\.pcap.*no such/i.test(lastLine(terminal)))
    expect(selectedPacket(terminal)).toBe(1)
  })
})

describeScreen('copying', () => {
  it('gives the terminal the value, the field, its bytes, its explanation', async () => {
    const terminal = await open([walkthrough])
    await press(terminal, 'j', 'tab', 'j', 'l')
    await pressUntil(terminal, 'j', () => cursorLine(terminal).startsWith('Destination'))
    for (const what of ['v', 'f', 'b', 'e', 'q']) await press(terminal, 'y', what)
    const [value, field, bytes, explanation, filter] = terminal.clipboard
    expect(value).toBe('172.16.0.1')
    expect(field).toBe('Destination: 172.16.0.1')
    expect(bytes).toBe('ac100001')
    expect(explanation).toMatch(/Destination.*0x0024–0x0027/)
    expect(filter).toMatch(/^ip\.dst == 172\.16\.0\.1$/)
    expect(lastLine(terminal)).toContain('copied')
  })
})

describeScreen('packets that belong together', () => {
  it('are gone through, and saved without what is around them', async () => {
    const folder = temporaryFolder()
    const terminal = await open([bundled('ikev2-natt.pcap')], { cwd: folder })
    await press(terminal, '7', 'G')
    // tshark: frames 7 and 9 have this SPI.
    await press(terminal, '}')
    await terminal.until(() => selectedPacket(terminal) === 9)
    expect(lastLine(terminal)).toMatch(/^ with esp\.spi == 0xc6813233$/)
    await press(terminal, 's', 'tab')
    await enter(terminal, 'sa.pcap')
    await terminal.untilText('sa.pcap: 2 packets saved')
    const [node, ...args] = vpnscope
    const lines = execFileSync(node, [...args, '-nr', join(folder, 'sa.pcap')], { encoding: 'utf8' })
    expect(lines.match(/esp spi 0xc6813233 seq \d+/g)).toEqual([
      'esp spi 0xc6813233 seq 1',
      'esp spi 0xc6813233 seq 2',
    ])
  })
})

describeScreen('places and times', () => {
  it('come back to what has a letter, and to where a jump began', async () => {
    const terminal = await open([walkthrough])
    const visited: number[] = []
    await press(terminal, '3', 'G', 'm', 'a', 'G')
    for (const keys of [["'", 'a'], ["'", "'"], ['ctrl-o'], ['alt-right']]) {
      await press(terminal, ...keys)
      visited.push(selectedPacket(terminal))
    }
    expect(visited).toEqual([3, 12, 3, 12])
  })

  it('count from a packet that was chosen, and in other ways', async () => {
    // Wide enough for microseconds.
    const terminal = await open([walkthrough], { columns: 160 })
    const times: string[] = []
    const time = () => cursorLine(terminal, 'packets').split(/ +/)[1]!
    // 17:35:01.121296 and .122106, then 18:00:17.797228.
    await press(terminal, 'j')
    times.push(time())
    await press(terminal, 't')
    times.push(time())
    await press(terminal, 'T', 'j')
    times.push(time())
    await press(terminal, 't')
    times.push(time())
    await press(terminal, 'k')
    times.push(time())
    expect(times).toEqual(['17:35:01.122106', '0.000810', '1516.675122', '1516.675122', '0.000810'])
    await press(terminal, 't')
    expect(cursorLine(terminal, 'packets')).toMatch(/2020-01-19 17:35:01/)
    await press(terminal, 't')
    // date -u -d '2020-01-19 17:35:01' +%s
    expect(time()).toMatch(/^1579455301\.122/)
    await press(terminal, 't')
    expect(time()).toBe('17:35:01.122106')
  })
})

describeScreen('commands and help', () => {
  it('completes what is typed, and says what is near to what does not exist', async () => {
    const terminal = await open([walkthrough])
    await press(terminal, ':', ...'zo', 'tab')
    expect(lastLine(terminal)).toMatch(/:zoom .*alone/)
    await press(terminal, 'return')
    expect(terminal.text()).not.toContain('Layers ─')
    await press(terminal, ':')
    await enter(terminal, 'zom')
    expect(lastLine(terminal)).toMatch(/zom: no such command.*zoom/)
    await press(terminal, ':')
    await enter(terminal, 'goto 7')
    expect(selectedPacket(terminal)).toBe(7)
    await press(terminal, ':')
    await enter(terminal, 'goto nowhere')
    expect(lastLine(terminal)).toMatch(/nowhere is no packet number/)
    await press(terminal, ':', 'up')
    expect(lastLine(terminal)).toContain('goto nowhere')
    await press(terminal, 'escape')
    expect(lastLine(terminal)).toMatch(/q quit/)
    await press(terminal, ':', ...'lea', 'tab', 'tab')
    expect(lastLine(terminal)).toMatch(/^ :learn ip-in-ip *$/)
    await press(terminal, 'ctrl-u')
    terminal.type(`open ${bundled('gre-key')}`)
    await press(terminal, 'tab', 'return')
    await terminal.until(() => terminal.line(0).includes('gre-key.pcap'))
  })

  it('has the keys that a file gives, in the last line and in the help too', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'vpnscope'))
    writeFileSync(join(folder, 'vpnscope', 'keys'), '# mine\nquit Q\nzoom x\nnonsense y\n')
    const env = { XDG_CONFIG_HOME: folder }
    const terminal = await open([walkthrough], { env })
    expect(lastLine(terminal)).toMatch(/^ the file of keys: nonsense: no such command *$/)
    await press(terminal, 'escape')
    expect(lastLine(terminal)).toMatch(/ Q quit *$/)
    expect(lastLine(terminal)).not.toContain('ladder')
    await press(terminal, 'q')
    expect(lastLine(terminal)).toContain('q does nothing here')
    await press(terminal, 'x')
    expect(terminal.text()).not.toContain('Layers ─')
    terminal.press('Q')
    expect((await terminal.exit).code).toBe(0)
    const [node, ...args] = vpnscope
    const list = execFileSync(node, [...args, '--list-keys'], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    })
    expect(list).toMatch(/^quit +Q +# quit$/m)
    expect(list).toMatch(/^zoom +x +# this pane alone$/m)
    expect(list).toMatch(/^negotiation +# the ladder /m)
  })

  it('lists the keys of the pane first, scrolls, and closes with nothing else', async () => {
    const terminal = await open([walkthrough], { columns: 80, rows: 24 })
    await press(terminal, 'tab', 'l', 'j')
    const before = words(terminal)
    expect(lesson(terminal)).toMatch(/^Version/)
    await press(terminal, '?')
    expect(terminal.text()).toMatch(/Layers\n.*unfold(.*\n)*.*Everywhere/)
    expect(terminal.text()).not.toContain('A line that is typed')
    await press(terminal, 'G')
    expect(terminal.text()).toMatch(/wheel +scrolls/)
    await press(terminal, 'escape')
    await terminal.until(() => words(terminal) === before, { what: 'the screen as it was before the help' })
    await press(terminal, 'tab', '?')
    expect(terminal.text()).toMatch(/Bytes\n.*next byte/)
    await press(terminal, 'f1', 'shift-tab')
    expect(words(terminal)).toBe(before)
    terminal.press('escape', 'escape')
    await press(terminal, 'j')
    expect(terminal.ended).toBeUndefined()
  })
})
