import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { TestTerminal } from '../terminal.ts'
import { linesOf, parts } from './screen-parts.ts'
import { bundled, describeScreen, open, press, run, temporaryFolder, vpnscope, words } from './vpnscope.ts'

const gre = bundled('gre-key.pcap')
const psk = bundled('ikev2-psk.pcap')

const lastLine = (terminal: TestTerminal) => terminal.line(terminal.rows - 1)
/** The line in which a filter is typed. */
const bar = (terminal: TestTerminal) => terminal.line(terminal.rows - 2)

/** Types a text in one go. */
async function type(terminal: TestTerminal, text: string): Promise<void> {
  terminal.type(text)
  await terminal.until(() => terminal.text().includes(text), { what: `${text} on the screen` })
}

/** Types a line in one go, and ends it. */
async function enter(terminal: TestTerminal, key: string, text: string): Promise<void> {
  await press(terminal, key)
  await type(terminal, text)
  await press(terminal, 'return')
}

/** Numbers of the packets in the list. */
const listed = (terminal: TestTerminal): number[] =>
  linesOf(terminal, parts(terminal).packets).flatMap(line => {
    const [, number] = /^ [►> ][* ] *(\d+) /.exec(line) ?? []
    return number === undefined ? [] : [Number(number)]
  })

// Which packets match is what tshark -Y says.
describeScreen('a filter', () => {
  it('says what it is worth while it is typed, and lists what matches', async () => {
    const terminal = await open([psk])
    await press(terminal, '/')
    await type(terminal, 'esp.sp')
    expect(bar(terminal)).toMatch(/^ \/ esp\.sp +incomplete $/)
    await press(terminal, 'tab')
    expect(bar(terminal)).toMatch(/^ \/ esp\.spi +valid $/)
    await type(terminal, ' == 1.2')
    expect(bar(terminal)).toMatch(/wrong $/)
    expect(lastLine(terminal)).toMatch(/^ {14}\^~~ /)
    await press(terminal, 'backspace', 'backspace', 'backspace')
    await type(terminal, '0xccde65d1')
    await press(terminal, 'return')
    await terminal.until(() => terminal.line(0).includes('2 of 12 match'))
    expect(listed(terminal)).toEqual([7, 9])
    expect(terminal.line(0)).toContain('packet 7 · 2 of 12 match · esp.spi == 0xccde65d1')
  })

  it('shows what tcpdump’s language is in ours', async () => {
    const terminal = await open([gre])
    await press(terminal, '/')
    await type(terminal, 'host 172.16.0.2 and icmp')
    expect(words(terminal)).toMatch(/ {3}that is \(ip\.addr == 172\.16\.0\.2 \|\|.*icmp/)
    await press(terminal, 'return')
    await terminal.until(() => terminal.line(0).includes('4 of 8 match'))
    expect(listed(terminal)).toEqual([3, 4, 5, 6])
  })

  it('keeps the one that was there with Esc, and lists all without one', async () => {
    const terminal = await open([psk])
    await enter(terminal, '/', 'isakmp')
    await press(terminal, '/')
    await type(terminal, ' xor')
    await press(terminal, 'escape')
    expect(listed(terminal)).toEqual([3, 4, 5, 6, 11, 12])
    await press(terminal, '/', 'ctrl-u', 'return')
    expect(listed(terminal)).toHaveLength(11)
  })

  it('on the inner destination takes two keys from the tree', async () => {
    const terminal = await open([gre])
    await press(terminal, ':', '3', 'return', 'return')
    await press(terminal, 'a', 'd')
    await terminal.until(() => terminal.line(0).includes('2 of 8 match · inner.ip.dst == 172.16.0.2'))
    expect(listed(terminal)).toEqual([3, 5])
  })

  it('offers what a field is good for, and takes back what was narrowed', async () => {
    const terminal = await open([gre])
    await press(terminal, ':', '3', 'return', 'a')
    expect(words(terminal)).toMatch(/─ eth ─+\n f {2}only packets with this value/)
    await press(terminal, 't')
    await terminal.until(() => terminal.line(0).includes('6 of 8 match'))
    await enter(terminal, '&', 'icmpv6')
    await terminal.until(() => terminal.line(0).includes('2 of 8 match'))
    await press(terminal, 'backspace')
    await terminal.until(() => terminal.line(0).includes('6 of 8 match'))
  })

  it('asks before it goes for the sake of a packet that it hides', async () => {
    const terminal = await open([psk])
    await enter(terminal, '/', 'esp')
    await enter(terminal, ':', '3')
    await terminal.until(() =>
      lastLine(terminal).includes('Packet 3 does not match the filter. Show all packets?'),
    )
    await press(terminal, 'y')
    expect(terminal.line(0)).toContain('3 of 12 packets')
  })

  it('is remembered for the next time', async () => {
    const env = { XDG_STATE_HOME: temporaryFolder(), XDG_CONFIG_HOME: temporaryFolder() }
    const first = await open([psk], { env })
    await enter(first, '/', 'esp')
    await enter(first, ':', 'filter save mine')
    await first.until(() => lastLine(first).includes('kept: :filter mine'))
    first.close()
    const second = await open([psk], { env })
    await press(second, '/', 'up')
    expect(bar(second)).toMatch(/^ \/ esp +valid $/)
    await press(second, 'escape')
    await enter(second, ':', 'filter mine')
    await second.until(() => second.line(0).includes('4 of 12 match'))
  })

  it('follows a file that grows', async () => {
    const path = join(temporaryFolder(), 'grows.pcap')
    const bytes = readFileSync(psk)
    // All but the last two packets, of 16 and 126 bytes each.
    writeFileSync(path, bytes.subarray(0, -2 * 142))
    const terminal = await open([path])
    await enter(terminal, '/', 'isakmp')
    await press(terminal, 'F')
    await terminal.until(() => terminal.line(0).includes('packet 6 · 4 of 10 match'))
    appendFileSync(path, bytes.subarray(-2 * 142))
    await terminal.until(() => terminal.line(0).includes('packet 12 · 6 of 12 match'))
    expect(listed(terminal)).toEqual([3, 4, 5, 6, 11, 12])
  })

  it('comes with the command line', async () => {
    const terminal = await run([...vpnscope, psk, 'esp and host 192.168.1.1'])
    await terminal.until(() => terminal.line(0).includes('4 of 12 match · esp && '))
    expect(listed(terminal)).toEqual([7, 8, 9, 10])
  })
})

describeScreen('the list', () => {
  it('has columns for fields, and is sorted by one', async () => {
    const terminal = await open([psk])
    await enter(terminal, ':', 'column add isakmp.ispi')
    expect(words(terminal)).toMatch(/isakmp\.ispi .*\n(.*\n)+?.*cc759626f115724f/)
    await enter(terminal, ':', 'sort -length')
    await terminal.until(() => terminal.line(0).includes('sorted by -length'))
    await press(terminal, 'g', 'g')
    expect(listed(terminal).slice(0, 4)).toEqual([4, 3, 5, 6])
  })
})
