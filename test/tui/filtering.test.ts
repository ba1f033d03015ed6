import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Capture } from '../../src/store/capture.ts'
import { Filtered } from '../../src/store/filtered.ts'
import { recentFilters } from '../../src/tui/kept-filters.ts'
import { temporaryDirectory } from '../capture/bytes.ts'
import { captureFile } from '../captures.ts'
import { Desk } from './desk.ts'

const files = temporaryDirectory()

beforeEach(() => {
  vi.stubEnv('XDG_STATE_HOME', files.path('state'))
  vi.stubEnv('XDG_CONFIG_HOME', files.path('config'))
})
afterEach(() => vi.unstubAllEnvs())

// What matches is what tshark -Y says.
describe('a filter', () => {
  it('finds what matches, and what comes later', async () => {
    const stdin = new PassThrough()
    const bytes = readFileSync(captureFile('ikev2-psk.pcap'))
    stdin.write(bytes.subarray(0, bytes.length - 300))
    const desk = new Desk(await Capture.begin('-', { stdin }))
    await desk.until(state => (state.capture?.count ?? 0) > 5)
    await desk.filter('isakmp')
    expect(desk.shown).toEqual([3, 4, 5, 6])
    stdin.end(bytes.subarray(bytes.length - 300))
    await desk.until(({ capture, filter }) => capture?.complete === true && filter?.read === 12)
    expect(desk.shown).toEqual([3, 4, 5, 6, 11, 12])
    desk.controller.leaveCapture()
  })

  it('gives way to another one', async () => {
    const desk = await Desk.open('ikev2-psk.pcap')
    await desk.filter('isakmp')
    await desk.filter('esp')
    expect(desk.shown).toEqual([7, 8, 9, 10])
    desk.press('backspace')
    await desk.until(({ filter }) => filter?.read === 12)
    expect(desk.shown).toEqual([3, 4, 5, 6, 11, 12])
    await desk.filter('')
    expect(desk.shown).toHaveLength(12)
    desk.controller.leaveCapture()
  })

  it('is asked anew when packets are decoded as something else', async () => {
    const desk = await Desk.open('ikev2-psk.pcap')
    await desk.filter('udpencap')
    const before = desk.shown
    desk.command('decode udp.port=500:syslog')
    await desk.until(({ busy, filter, detail }) => !busy && filter?.read === 12 && detail !== undefined)
    await desk.filter('syslog')
    expect(before).not.toEqual(desk.shown)
    expect(desk.shown).toEqual([3, 4])
    desk.controller.leaveCapture()
  })

  it('is stopped by Ctrl-C with what it has found, and begins anew when it is asked for again', async () => {
    const desk = await Desk.open('ikev2-psk.pcap')
    const { readTo } = Filtered.prototype
    const reading = vi.spyOn(Filtered.prototype, 'readTo').mockImplementationOnce(async function (
      this: Filtered,
      _last,
      options,
    ) {
      await readTo.call(this, 5, options)
      options.progress()
      await once(options.signal, 'abort')
    })
    desk.press('/').type('isakmp').press('return')
    await desk.until(({ filter }) => filter?.read === 5)
    desk.press('ctrl-c')
    expect(desk.controller.state.filter).toMatchObject({ read: 5, stopped: true })
    expect([desk.shown, desk.said]).toEqual([[3, 4, 5], 'stopped; / filters again'])
    desk.press('/', 'return')
    await desk.until(({ filter }) => filter?.read === 12)
    expect(desk.shown).toEqual([3, 4, 5, 6, 11, 12])
    expect(reading).toHaveBeenCalledTimes(2)
    reading.mockRestore()
    desk.controller.leaveCapture()
  })

  it('finds only among what it lists', async () => {
    const desk = await Desk.open('ikev2-psk.pcap')
    await desk.filter('esp')
    desk.press('f').type('192.168').press('return')
    await desk.until(({ packet }) => packet === 8)
    desk.press('G', 'n')
    await desk.until(({ packet }) => packet === 7)
    desk.press('f', 'ctrl-u').type('IKE_AUTH').press('return')
    await desk.until(({ message }) => /nowhere/.test(message?.text ?? ''))
    desk.controller.leaveCapture()
  })

  it('chooses what is saved', async () => {
    const desk = await Desk.open('ikev2-psk.pcap')
    await desk.filter('esp')
    const path = files.path('esp.pcap')
    desk.press('s').type(path)
    expect(desk.controller.state.prompt).toMatchObject({ of: 'filtered' })
    desk.press('return')
    await desk.until(({ message }) => /4 packets saved/.test(message?.text ?? ''))
    const saved = await Capture.begin(path)
    await saved.survey()
    expect([1, 2, 3, 4].map(number => saved.capturedLength(number))).toEqual([170, 170, 170, 170])
    saved.close()
    desk.controller.leaveCapture()
  })

  it('is remembered from one run to the next', async () => {
    const desk = await Desk.open('ikev2-psk.pcap')
    await desk.filter('esp')
    await desk.filter('host 192.168.1.1')
    await desk.filter('esp')
    expect(recentFilters()).toEqual(expect.arrayContaining(['host 192.168.1.1', 'esp']))
    expect(recentFilters().at(-1)).toBe('esp')
    expect(readFileSync(files.path('state/vpnscope/filters'), 'utf8')).toMatch(/^esp\nhost 192\.168\.1\.1\n/)
    desk.controller.leaveCapture()
  })
})

it('that is begun knows what the capture is made of, the most frequent first', async () => {
  const desk = await Desk.open('ikev2-psk.pcap')
  desk.press('/')
  // Of 12 packets: 2 of ARP, 2 of IKE, 4 of IKE behind the marker of port 4500, 4 of ESP.
  expect(desk.controller.state.prompt?.known).toEqual([
    ...['eth', 'ip', 'udp', 'isakmp', 'udpencap', 'esp', 'arp'],
    ...['eth/ip/udp/udpencap/isakmp', 'eth/ip/esp', 'eth/arp', 'eth/ip/udp/isakmp'],
  ])
  desk.controller.leaveCapture()
})

describe('a filter under a name', () => {
  it('is kept, listed, used and forgotten', async () => {
    const desk = await Desk.open('ikev2-psk.pcap')
    desk.command('filter save mine')
    expect(desk.said).toMatch(/no filter to keep/)
    await desk.filter('esp')
    desk.command('filter save mine')
    expect(readFileSync(files.path('config/vpnscope/filters'), 'utf8')).toBe('mine esp\n')
    await desk.filter('')
    desk.command('filter list')
    expect(desk.said).toBe('kept filters: mine')
    desk.command('filter mine')
    await desk.until(({ filter }) => filter?.read === 12)
    expect(desk.shown).toEqual([7, 8, 9, 10])
    desk.command('filter forget mine').command('filter list')
    expect(desk.said).toMatch(/^no filter is kept yet/)
    desk.command('filter mine')
    expect(desk.said).toMatch(/^mine: no filter is kept under that name, and/)
    desk.command('filter save ike udp port 500')
    expect(readFileSync(files.path('config/vpnscope/filters'), 'utf8')).toBe('ike udp.port == 500\n')
    desk.command('filter save no esp.spy')
    expect(desk.said).toMatch(/^esp.spy: esp.spy is neither a protocol nor a field/)
    desk.command('filter forget ike').command('filter isakmp or esp')
    await desk.until(({ filter }) => filter?.text === 'isakmp or esp' && filter.read === 12)
    desk.controller.leaveCapture()
  })

  it('says when it cannot be kept, and takes nothing for a filter that has control characters', async () => {
    const desk = await Desk.open('ikev2-psk.pcap')
    writeFileSync(files.path('file'), '')
    vi.stubEnv('XDG_CONFIG_HOME', files.path('file'))
    await desk.filter('esp')
    desk.command('filter save mine')
    expect(desk.controller.state.message?.severity).toBe('error')
    expect(existsSync(files.path('file/vpnscope'))).toBe(false)
    vi.stubEnv('XDG_CONFIG_HOME', files.path('config'))
    writeFileSync(files.path('config/vpnscope/filters'), 'evil \x1b[31mesp\nmine  \nfine ip\nnothing\n')
    desk.command('filter list')
    expect(desk.said).toBe('kept filters: fine')
    desk.controller.leaveCapture()
  })
})

describe('sorting', () => {
  it.each([
    // tshark -T fields -e frame.len, -e ip.src
    ['length', [1, 2, 11, 12, 7, 8, 9, 10, 6, 5, 3, 4]],
    ['Len', [1, 2, 11, 12, 7, 8, 9, 10, 6, 5, 3, 4]],
    ['-length', [4, 3, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2]],
    ['ip.src', [4, 6, 8, 10, 12, 3, 5, 7, 9, 11, 1, 2]],
  ])('by %s', async (by, numbers) => {
    const desk = await Desk.open('ikev2-psk.pcap')
    desk.press('3', 'G').command(`sort ${by}`)
    await desk.until(({ sorted }) => sorted?.by === by)
    expect(desk.shown).toEqual(numbers)
    expect(desk.controller.state.packet).toBe(3)
    desk.press('j')
    expect(desk.controller.state.packet).toBe(numbers[numbers.indexOf(3) + 1])
    desk.press('g', 'g')
    expect(desk.controller.state.packet).toBe(numbers[0])
    desk.command('sort number')
    expect(desk.shown).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    desk.controller.leaveCapture()
  })

  it('sorts what matches, and ends with the filter', async () => {
    const desk = await Desk.open('ikev2-psk.pcap')
    await desk.filter('isakmp')
    desk.command('sort length')
    await desk.until(({ sorted }) => sorted !== undefined)
    expect(desk.shown).toEqual([11, 12, 6, 5, 3, 4])
    await desk.filter('esp')
    expect(desk.shown).toEqual([7, 8, 9, 10])
    expect(desk.controller.state.sorted).toBeUndefined()
    desk.command('sort nonsense')
    expect(desk.said).toMatch(/^sort: nonsense is neither/)
    desk.controller.leaveCapture()
  })
})
