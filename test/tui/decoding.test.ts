import { setImmediate } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { protocols } from '../../dissectors/index.ts'
import { Capture } from '../../src/store/capture.ts'
import { commandAction } from '../../src/tui/commands.ts'
import { completions } from '../../src/tui/completions.ts'
import { Controller } from '../../src/tui/controller.ts'
import { chooseTheme } from '../../src/tui/theme.ts'
import { captureFile } from '../captures.ts'

const theme = chooseTheme({ level: 0, background: 'dark', ascii: false, mono: true })

let controller: Controller
let sent: string[] = []

/** The controller with nothing around it, and with a capture that it has read. */
async function show(name: string): Promise<void> {
  sent = []
  controller = new Controller(
    {
      draw() {},
      redraw() {},
      suspend() {},
      quit() {},
      send: sequence => sent.push(sequence),
      entries: () => [],
      listen: () => Promise.reject(new Error('not here')),
      names: () => [],
      tour: () => {
        throw new Error('no tour was asked for')
      },
      theme: () => theme,
    },
    { columns: 120, rows: 40 },
  )
  const capture = await Capture.begin(captureFile(name))
  await capture.survey()
  controller.show(capture)
}
afterEach(() => controller.leaveCapture())

const press = (...keys: readonly string[]) => {
  for (const key of keys) controller.input({ type: 'key', key })
}
const line = () => controller.state.prompt?.text ?? ''
const said = () => controller.state.message?.text ?? ''

/** Types a command, and lets what it begins come to its end. */
async function command(text: string): Promise<void> {
  press(':')
  controller.input({ type: 'paste', text })
  press('return')
  await setImmediate()
}

const shown = () => {
  const found = controller.state.detail!.found
  return found.protocols.slice(0, found.layerCount).map(({ id }) => id)
}
const listed = (packet: number) => controller.lines.get(packet).stack.join('/')

describe('d', () => {
  it('offers the port that announces the innermost payload, Tab protocols', async () => {
    await show('vxlan-gpe.pcap')
    press('d')
    expect(line()).toMatch(/^decode [a-z.]+=\w+:$/)
    press('escape')
    await command('goto 1')
    press('d')
    const before = line()
    press('w', 'tab')
    expect(line()).toBe(`${before}wg`)
  })

  it('offers what announces the layers around, as well', async () => {
    await show('gre.pcap')
    await command('goto 3')
    press('d', 'ctrl-u')
    controller.input({ type: 'paste', text: 'decode ' })
    const offered = new Set<string>()
    for (let i = 0; i < 8; i++) {
      press('tab')
      offered.add(line())
    }
    expect([...offered].slice(0, 4)).toEqual([
      'decode ip.proto=1:',
      'decode gre.proto=0x0800:',
      'decode ip.proto=47:',
      'decode eth.type=0x0800:',
    ])
  })

  it('offers an empty line where nothing is selected', () => {
    controller = new Controller({ ...controller.outside }, { columns: 80, rows: 24 })
    press('d')
    expect(line()).toBe('')
  })
})

describe(':decode', () => {
  it('shows the packet and the list by the new rule, keeps the place, and goes back', async () => {
    await show('gre.pcap')
    await command('goto 3')
    const before = shown()
    expect(before).toContain('gre')
    await command('decode ip.proto==47,etherip')
    expect(said()).toBe('decoding ip.proto=47:etherip; :decode clear ends it')
    expect(controller.state.packet).toBe(3)
    expect(shown()).toContain('etherip')
    expect(listed(3)).toContain('ip/etherip')
    expect(controller.capture!.shape(3).protocols.map(({ id }) => id)).toContain('etherip')
    await command('decode clear')
    expect([said(), shown()]).toEqual(['decoding as the numbers say', before])
    expect(listed(3)).toContain('ip/gre')
  })

  it('collects rules, and keeps them for the next capture', async () => {
    await show('gre.pcap')
    await command('decode ip.proto=1:data')
    await command('decode gre.proto=0x0800:ipv6')
    expect(said()).toBe('decoding ip.proto=1:data gre.proto=0x0800:ipv6; :decode clear ends it')
    await command(`open ${captureFile('ipip.pcap')}`)
    await expect.poll(() => controller.capture?.name).toContain('ipip')
    await expect.poll(() => controller.state.capture?.complete).toBe(true)
    expect(listed(3)).toBe('eth/ip/ip')
  })

  it('is true of what is copied and found', async () => {
    await show('gre.pcap')
    await command('goto 3')
    await command('decode ip.proto=47:etherip')
    press('y', 'p')
    expect(Buffer.from(sent.at(-1)!.slice(7, -1), 'base64').toString()).toContain('etherip')
    press('f', 'tab')
    controller.input({ type: 'paste', text: 'Ethernet within IP' })
    press('return')
    await expect.poll(() => controller.state.packet).toBeGreaterThan(0)
    await expect.poll(() => controller.state.busy).toBeUndefined()
    expect(said()).not.toContain('nowhere')
  })

  it.each([
    ['decode', ': not written like udp.port=51000:wireguard'],
    ['decode udp.port=51000:wirguard', 'wirguard: no such protocol; did you mean wireguard?'],
    ['decode upd.port=1:wg', 'upd.port: no such numbers; did you mean udp.port?'],
  ])('%s says what is wrong', (text, sentence) => {
    expect(commandAction(text)).toBe(sentence)
  })

  it('completes numbers, then protocols', () => {
    expect(completions('decode u')).toEqual(['decode udp.port='])
    expect(completions('decode cl')).toEqual(['decode clear'])
    expect(completions('decode udp.port=5:open')).toEqual(['decode udp.port=5:openvpn'])
    expect(completions('decode udp.port=5,open')).toEqual(['decode udp.port=5,openvpn'])
    expect(completions('decode udp.port=5:')).toHaveLength(protocols.length)
  })

  it.each([
    // RFC 768 carries what ports announce; RFC 791 what its protocol numbers do; EtherTypes what a link carries.
    ['udp.port=5:', ['isakmp', 'wg', 'vxlan', 'openvpn'], ['eth', 'tcp', 'ospf']],
    ['tcp.port=5:', ['bgp', 'tls', 'ssh', 'openvpn'], ['eth', 'wg', 'gre']],
    ['ip.proto==5,', ['ip', 'ipv6', 'gre', 'esp', 'udp'], ['isakmp', 'vlan']],
    ['esp.protocol=5:', ['ip', 'tcp', 'udp'], ['isakmp', 'vlan']],
    ['ethertype=5:', ['ip', 'ipv6', 'vlan', 'pppoes'], ['isakmp', 'udp']],
  ])(
    'offers after %s first what such numbers announce, and last bytes that nobody takes',
    (rule, likely, others) => {
      const offered = completions(`decode ${rule}`).map(line => line.slice(`decode ${rule}`.length))
      expect(offered.at(-1)).toBe('data')
      const last = Math.max(...likely.map(id => offered.indexOf(id)))
      expect(likely.filter(id => !offered.includes(id))).toEqual([])
      expect(others.filter(id => offered.indexOf(id) < last)).toEqual([])
    },
  )
})
