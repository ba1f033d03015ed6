import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { captureFile, framesOf } from './captures.ts'
import { peel } from './peel.ts'

// captures/jenga.pcap, as scripts/jenga.js builds it. tshark with the key of ESP names the same layers in this order.
const tower = `
  eth ieee8021ah ieee8021ad vlan pppoes ppp
  ip udp l2tp ppp
  ip gre eth mpls mpls pwethcw
  eth ipv6 ipv6.dstopts
  ip udp vxlan
  eth nsh
  eth ip etherip
  eth ip udp geneve
  eth ip gre erspan
  eth ip udp gtp
  ip udp teredo
  ipv6 ah
  ip udp udpencap esp
  ip
  ip icmp data`

const frames = await framesOf(captureFile('jenga.pcap'))

it.each([
  [1, 'echo request', 1],
  [2, 'echo reply', 2],
])('peels packet %i down to the %s', (number, ping, from) => {
  const { found, stack, notes, statuses, show } = peel(frames[number - 1]!)
  expect(stack).toEqual(tower.trim().split(/\s+/))
  expect(new Set(statuses)).toEqual(new Set(['complete']))
  expect(show('icmp.type').join()).toMatch(new RegExp(ping, 'i'))
  expect(show('ip.src').at(-1)).toBe(`10.27.0.${from}`)
  expect(Buffer.from(frames[0]!.bytes).toString('latin1')).toContain('Jenga: pull out a header')
  expect(notes.map(note => note.split(':')[0])).toEqual(['info', 'info'])
  expect(found.bufferOf.subarray(0, found.layerCount).some(buffer => buffer > 0)).toBe(false)
})

it('finds every sum right: of IPv4, UDP, GRE and ICMP', () => {
  const { found } = peel(frames[0]!)
  expect(found.checks.filter(({ good }) => !good)).toEqual([])
  const sums = found.checks.map(({ field }) => field.name)
  const count = (name: string) => sums.filter(sum => sum === name).length
  expect(['ip.checksum', 'udp.checksum', 'gre.checksum', 'icmp.checksum'].map(count)).toEqual([11, 6, 1, 1])
})

it('is what its script writes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vpnscope-jenga-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'jenga.pcap')
  execFileSync(process.execPath, [join(import.meta.dirname, '..', 'scripts', 'jenga.js'), file])
  expect(readFileSync(file).equals(readFileSync(captureFile('jenga.pcap')))).toBe(true)
})
