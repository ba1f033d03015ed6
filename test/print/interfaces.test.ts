import { expect, it } from 'vitest'
import type { Link, NetworkInterface } from '../../src/capture/interfaces.ts'
import { interfaceTable } from '../../src/print/interfaces.ts'

const entry = (number: number, name: string, more: Partial<Link> = {}): NetworkInterface => ({
  number,
  name,
  index: number,
  state: 'up',
  kind: 'ethernet',
  mac: undefined,
  addresses: [],
  mtu: 1500,
  description: '',
  received: { packets: 0, bytes: 0 },
  sent: { packets: 0, bytes: 0 },
  ...more,
})

it('is a table', () => {
  const table = interfaceTable([
    entry(1, 'eth0', { addresses: ['192.0.2.1/24', '2001:db8::1/64'], description: 'uplink' }),
    entry(2, 'bridge0', { state: 'no carrier', kind: 'bridge' }),
    entry(10, 'lo', { kind: 'loopback', addresses: ['127.0.0.1/8'] }),
  ])
  expect(table).toBe(
    [
      '    name     state       kind      addresses',
      ' 1  eth0     up          ethernet  192.0.2.1/24',
      '                                   2001:db8::1/64',
      '                                   "uplink"',
      ' 2  bridge0  no carrier  bridge',
      '10  lo       up          loopback  127.0.0.1/8',
      '',
    ].join('\n'),
  )
})

it('fits 80 columns with the longest names that Linux has', () => {
  const longest = entry(64, 'n'.repeat(15), {
    kind: 'wireguard',
    state: 'no carrier',
    addresses: ['2001:db8:1:2:5054:ff:fe12:3456/64'],
  })
  for (const line of interfaceTable([longest]).split('\n')) expect(line.length).toBeLessThanOrEqual(80)
})

it('lets no name reach the terminal as a command', () => {
  const table = interfaceTable([
    entry(1, 'a\x1b[2J', { kind: 'x\x07', addresses: ['\x9b1/8'], description: '\u202eevil\r\n' }),
  ])
  expect(table).toContain('a\\x1b[2J')
  expect(table).toContain('"\\u{202e}evil\\x0d\\x0a"')
  expect(table).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/)
})

it('says so when there are none', () => {
  expect(interfaceTable([])).toBe('no network interfaces\n')
})
