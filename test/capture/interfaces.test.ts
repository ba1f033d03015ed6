import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  counters,
  deviceOf,
  type Link,
  listInterfaces,
  type NetworkInterface,
  nearest,
  numbered,
} from '../../src/capture/interfaces.ts'
import { type LinuxSources, linuxLinks } from '../../src/capture/interfaces-linux.ts'

const root = mkdtempSync(join(tmpdir(), 'vpnscope-interfaces-'))
afterAll(() => rmSync(root, { recursive: true }))

/** Files as Linux has them, in a folder of their own. */
function fakeSystem(name: string, files: Readonly<Record<string, string>>): LinuxSources {
  const folder = join(root, name)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return { root: folder, addresses: () => ({}), ip: () => '' }
}

const devHeading = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`
const devLine = (name: string) => `${name.padStart(6)}: 1000 10 0 0 0 0 0 0 2000 20 0 0 0 0 0 0\n`

/** What /sys shows of an interface; numbers as in linux/if_arp.h and linux/if.h (UP is 1). */
const inSys = (name: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries({ flags: '0x1003', carrier: '1', operstate: 'up', mtu: '1500', ...files }).map(
      ([file, text]) => [`sys/class/net/${name}/${file}`, `${text}\n`],
    ),
  )

describe('Linux, told by files', () => {
  const one = (name: string, files: Readonly<Record<string, string>>) =>
    linuxLinks(
      fakeSystem(`one-${name}-${Object.keys(files).join()}`.replaceAll('/', '-'), {
        'proc/net/dev': devHeading + devLine(name),
        ...inSys(name, { ifindex: '7', ...files }),
      }),
    )[0]

  it('knows a network card', () => {
    const card = { type: '1', address: '00:00:5e:00:53:01', ifalias: 'uplink', 'device/vendor': '0x1af4' }
    expect(one('eth0', card)).toEqual({
      name: 'eth0',
      index: 7,
      state: 'up',
      kind: 'ethernet',
      mac: '00:00:5e:00:53:01',
      addresses: [],
      mtu: 1500,
      description: 'uplink',
      received: { packets: 10, bytes: 1000 },
      sent: { packets: 20, bytes: 2000 },
    })
  })

  it.each<[string, Record<string, string>]>([
    ['loopback', { type: '772', address: '00:00:00:00:00:00' }],
    ['bridge', { type: '1', uevent: 'DEVTYPE=bridge\nINTERFACE=br0\nIFINDEX=7' }],
    ['vlan', { type: '1', uevent: 'DEVTYPE=vlan\nINTERFACE=eth0.5' }],
    ['wireless', { type: '1', uevent: 'DEVTYPE=wlan\nINTERFACE=wlan0' }],
    ['wireguard', { type: '65534', uevent: 'DEVTYPE=wireguard\nINTERFACE=wg0' }],
    ['sit', { type: '776' }],
    ['gre', { type: '778' }],
    ['ip6gre', { type: '823' }],
    // IFF_TUN is 1 and IFF_TAP is 2 (linux/if_tun.h), beside IFF_NO_PI.
    ['tun', { type: '65534', tun_flags: '0x1001' }],
    ['tap', { type: '1', tun_flags: '0x1002' }],
    // Not told by files alone: the likeliest.
    ['ipip', { type: '768' }],
    ['ip6tnl', { type: '769' }],
    ['ethernet', { type: '1' }],
    ['unknown', { type: '9999' }],
  ])('recognises %s by %j', (kind, files) => {
    expect(one('x0', files)?.kind).toBe(kind)
  })

  it('has a MAC for Ethernet only', () => {
    expect(one('ipip1', { type: '768', address: '0a:00:00:01' })?.mac).toBeUndefined()
  })

  it.each<[Link['state'], Record<string, string>]>([
    ['up', { type: '1', operstate: 'unknown' }],
    ['no carrier', { type: '1', carrier: '0', operstate: 'down' }],
    ['no carrier', { type: '1', operstate: 'lowerlayerdown' }],
    ['down', { type: '1', flags: '0x1002', carrier: '', operstate: 'down' }],
  ])('is %s with %j', (state, files) => {
    expect(one('eth0', files)?.state).toBe(state)
  })

  it('takes addresses of labels to their interface', () => {
    const sources = fakeSystem('labels', { 'proc/net/dev': devHeading + devLine('eth0') })
    const entry = { netmask: '', mac: '', internal: false, family: 'IPv4' } as const
    const addresses = () => ({
      eth0: [{ ...entry, address: '192.0.2.1', cidr: '192.0.2.1/24' }],
      'eth0:1': [{ ...entry, address: '192.0.2.9', cidr: '192.0.2.9/32' }],
    })
    expect(linuxLinks({ ...sources, addresses })[0]?.addresses).toEqual(['192.0.2.1/24', '192.0.2.9/32'])
  })

  it('does not believe /sys when it is that of another network namespace', () => {
    const links = linuxLinks(
      fakeSystem('foreign', {
        'proc/net/dev': devHeading + devLine('lo') + devLine('eth1'),
        ...inSys('lo', { type: '772', ifindex: '1' }),
        ...inSys('eth0', { type: '1', ifindex: '2', address: '00:00:5e:00:53:99' }),
      }),
    )
    expect(links.map(({ name, mac, state }) => [name, mac, state])).toEqual([
      ['lo', undefined, 'up'],
      ['eth1', undefined, 'up'],
    ])
  })

  it('asks ip where files do not tell', () => {
    const files = {
      'proc/net/dev': devHeading + devLine('ve0'),
      ...inSys('ve0', { type: '1', ifindex: '3' }),
    }
    // Shortened from what iproute2 6.1 printed.
    const ip = () =>
      '[{"ifindex":3,"link_index":2,"ifname":"ve0","flags":["NO-CARRIER","BROADCAST","MULTICAST","UP"],"mtu":1500,' +
      '"link_type":"ether","address":"72:6e:96:e7:f5:87","linkinfo":{"info_kind":"veth"},' +
      '"addr_info":[{"family":"inet","local":"10.8.0.1","prefixlen":24,"scope":"global"}]}]'
    expect(linuxLinks({ ...fakeSystem('asked', files), ip })[0]).toMatchObject({
      index: 3,
      kind: 'veth',
      state: 'no carrier',
      mac: '72:6e:96:e7:f5:87',
      addresses: ['10.8.0.1/24'],
    })
    const without = linuxLinks({ ...fakeSystem('asked', files), ip: () => 'ip: unknown option -j\n' })
    expect(without[0]).toMatchObject({ kind: 'ethernet', state: 'up' })
  })
})

describe('numbers and names', () => {
  const link = (name: string, index: number, state: Link['state'] = 'up', kind = 'ethernet'): Link => ({
    name,
    index,
    state,
    kind,
    mac: undefined,
    addresses: [],
    mtu: 1500,
    description: '',
    received: { packets: 0, bytes: 0 },
    sent: { packets: 0, bytes: 0 },
  })
  const interfaces = numbered([
    link('any', 0, 'up', 'all'),
    link('lo', 1, 'up', 'loopback'),
    link('down0', 2, 'down'),
    link('eth0', 3),
    link('bridge0', 4, 'no carrier', 'bridge'),
    link('7', 5),
  ])

  it('puts first what is likely to carry packets', () => {
    expect(interfaces.map(({ number, name }) => `${number}.${name}`)).toEqual([
      '1.eth0',
      '2.7',
      '3.any',
      '4.lo',
      '5.bridge0',
      '6.down0',
    ])
  })

  it('finds an interface by its number', () => {
    expect(deviceOf('1', interfaces)).toBe('eth0')
    expect(deviceOf('6', interfaces)).toBe('down0')
  })

  it('leaves every name as it is', () => {
    expect(deviceOf('lo', interfaces)).toBe('lo')
    expect(deviceOf('nflog', interfaces)).toBe('nflog')
    expect(deviceOf('7', interfaces), 'a name of digits').toBe('7')
  })

  it.each(['0', '8', '99'])('has no interface number %s', text => {
    expect(() => deviceOf(text, interfaces)).toThrow(
      `-i ${text}: no interface of this number; there are 6 (vpnscope -D)`,
    )
  })

  it('suggests what looks alike, then what is up', () => {
    expect(nearest('bridge', interfaces)[0]).toBe('bridge0')
    expect(nearest('bridg0', interfaces)).toEqual(['bridge0', 'eth0', '7', 'any', 'lo'])
    expect(nearest('DOWN0', interfaces)[0]).toBe('down0')
    expect(nearest('enp5s0', interfaces)).toEqual(['eth0', '7', 'any', 'lo'])
  })
})

describe.runIf(process.platform === 'linux')('this machine', () => {
  it('has a loopback interface, counted', () => {
    const lo = listInterfaces().find(({ name }) => name === 'lo')
    expect(lo).toMatchObject({ index: 1, kind: 'loopback', mac: undefined })
    expect([...counters().keys()]).toEqual(expect.arrayContaining(['lo', 'any']))
  })
})

const canMakeNamespaces =
  process.platform === 'linux' && spawnSync('ip', ['netns', 'list']).status === 0 && process.getuid?.() === 0

describe.skipIf(!canMakeNamespaces)('a network namespace (needs root and iproute2)', () => {
  const space = `vpnscope-l-${process.pid}`
  const program = join(root, 'list.mjs')
  const ip = (...args: string[]) => {
    const { status, stderr } = spawnSync('ip', ['-n', space, ...args], { encoding: 'utf8' })
    expect(`${status} ${stderr}`).toBe('0 ')
  }

  beforeAll(async () => {
    const { build } = await import('esbuild')
    const source = join(import.meta.dirname, '../../src/capture/interfaces.ts')
    const text = `import { listInterfaces } from '${source}'; console.log(JSON.stringify(listInterfaces()))`
    await build({
      stdin: { contents: text, resolveDir: root },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: program,
      logLevel: 'error',
    })
    expect(spawnSync('ip', ['netns', 'add', space]).status).toBe(0)
    ip('link', 'add', 'br0', 'type', 'bridge')
    ip('link', 'add', 'a\x1b[2J', 'type', 'veth', 'peer', 'name', 'v1')
    ip('link', 'set', 'dev', 'v1', 'master', 'br0', 'alias', 'to the lab')
    ip('address', 'add', '192.0.2.1/24', 'dev', 'br0')
    ip('address', 'add', '2001:db8::1/64', 'dev', 'br0')
    ip('link', 'set', 'dev', 'br0', 'up')
    ip('link', 'set', 'dev', 'v1', 'up')
  })
  afterAll(() => {
    spawnSync('ip', ['netns', 'delete', space])
  })

  const seenBy = (command: string, ...args: string[]): Record<string, NetworkInterface> => {
    const { stdout, stderr } = spawnSync(command, [...args, process.execPath, program], { encoding: 'utf8' })
    expect(stderr).toBe('')
    const links: NetworkInterface[] = JSON.parse(stdout)
    return Object.fromEntries(links.map(link => [link.name, link]))
  }

  it.each([
    ['its own /sys', 'ip', ['netns', 'exec', space]],
    ['the /sys of its parent', 'nsenter', [`--net=/run/netns/${space}`]],
  ])('is listed with %s', (_, command, args) => {
    const links = seenBy(command, ...args)
    expect(Object.keys(links).sort()).toEqual(['a\x1b[2J', 'any', 'br0', 'lo', 'v1'])
    expect(links['br0']).toMatchObject({ kind: 'bridge', state: 'no carrier' })
    expect(links['br0']?.addresses).toEqual(expect.arrayContaining(['192.0.2.1/24', '2001:db8::1/64']))
    expect(links['a\x1b[2J']).toMatchObject({ kind: 'veth', state: 'down' })
    expect(links['v1']).toMatchObject({ kind: 'veth', state: 'no carrier', description: 'to the lab' })
    expect(links['lo']).toMatchObject({ kind: 'loopback', state: 'down' })
  })

  const hasTcpdump = spawnSync('tcpdump', ['--version']).status === 0
  it.skipIf(!hasTcpdump)('is numbered as by tcpdump -D', () => {
    ip('link', 'set', 'dev', 'lo', 'up')
    ip('link', 'set', 'dev', 'a\x1b[2J', 'up')
    const { stdout } = spawnSync('ip', ['netns', 'exec', space, 'tcpdump', '-D'], { encoding: 'utf8' })
    // What is no network interface (nflog, usbmon1 …) is not up there.
    const theirs = stdout.match(/^\d+\.\S+(?=.*\[Up)/gm)
    const ours = Object.values(seenBy('ip', 'netns', 'exec', space)).filter(({ state }) => state !== 'down')
    expect(ours.map(({ number, name }) => `${number}.${name}`)).toEqual(theirs)
  })
})
