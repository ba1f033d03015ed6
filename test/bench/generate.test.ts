import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { generate } from '../../bench/generate.ts'

const directory = mkdtempSync(join(tmpdir(), 'vpnscope-test-'))
afterAll(() => rmSync(directory, { recursive: true }))

async function capture(packets: number, seed = 1, profile: 'mix' | 'small' = 'mix') {
  const path = join(directory, `${profile}-${packets}-${seed}.pcap`)
  const claimed = await generate(path, { packets, seed, profile })
  return { path, claimed, bytes: readFileSync(path) }
}

type Record = { microseconds: number; start: number; length: number }

/** By the pcap format: https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap/ §5. */
function records(file: Buffer): Record[] {
  const found: Record[] = []
  for (let at = 24; at < file.length; ) {
    const length = file.readUInt32LE(at + 8)
    expect(file.readUInt32LE(at + 12)).toBe(length)
    const microseconds = file.readUInt32LE(at) * 1e6 + file.readUInt32LE(at + 4)
    found.push({ microseconds, start: at + 16, length })
    at += 16 + length
    expect(at).toBeLessThanOrEqual(file.length)
  }
  return found
}

describe('the generated capture', () => {
  it('is the same for the same order, and another for another seed', async () => {
    const first = await capture(500)
    const again = await capture(500)
    const other = await capture(500, 2)
    expect(again.bytes.equals(first.bytes)).toBe(true)
    expect(other.bytes.equals(first.bytes)).toBe(false)
  })

  it('begins with the same packets whatever its length', async () => {
    const short = await capture(300)
    const long = await capture(1500)
    expect(long.bytes.subarray(0, short.bytes.length).equals(short.bytes)).toBe(true)
  })

  it('holds the packets asked for, in order of time, and says its length', async () => {
    const { bytes, claimed } = await capture(5000)
    expect(claimed).toBe(bytes.length)
    expect(bytes.subarray(0, 8).toString('hex')).toBe('d4c3b2a102000400')
    expect(bytes.readUInt32LE(20)).toBe(1)
    const all = records(bytes)
    expect(all).toHaveLength(5000)
    const times = all.map(record => record.microseconds)
    expect(times.every((time, i) => i === 0 || time > times[i - 1]!)).toBe(true)
    expect(Math.min(...all.map(record => record.length))).toBe(60)
    expect(Math.max(...all.map(record => record.length))).toBeLessThanOrEqual(1518)
  })

  it.each([
    ['mix', 477],
    ['small', 114],
  ] as const)('of profile %s has packets of about %i bytes', async (profile, mean) => {
    const { bytes } = await capture(20_000, 1, profile)
    const found = (bytes.length - 24) / 20_000 - 16
    expect(Math.abs(found - mean) / mean).toBeLessThan(0.02)
  })

  it('has IPv4 headers that a receiver accepts', async () => {
    const { bytes } = await capture(1000)
    const headers = records(bytes).filter(({ start }) => bytes.readUInt16BE(start + 12) === 0x0800)
    expect(headers.length).toBeGreaterThan(900)
    for (const { start } of headers) {
      // RFC 1071 §1 (3): the ones' complement sum over a sound header is all ones, so a multiple of ffff.
      let sum = 0
      for (let i = 0; i < 20; i += 2) sum += bytes.readUInt16BE(start + 14 + i)
      expect(sum).toBeGreaterThan(0)
      expect(sum % 0xffff).toBe(0)
    }
  })
})

const tshark = (path: string, ...args: string[]) => {
  const checks = ['ip', 'tcp', 'udp'].flatMap(protocol => ['-o', `${protocol}.check_checksum:TRUE`])
  const { stdout } = spawnSync('tshark', ['-n', '-r', path, ...checks, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { ...process.env, WIRESHARK_CONFIG_DIR: directory },
  })
  return stdout.split('\n').filter(line => line !== '')
}

const hasTshark = spawnSync('tshark', ['--version']).status === 0

describe.skipIf(!hasTshark)('tshark reads the generated capture', () => {
  it('as the kinds of packets it is made of, in their shares', async () => {
    const { path } = await capture(2000)
    const counts = new Map<string, number>()
    for (const stack of tshark(path, '-T', 'fields', '-e', 'frame.protocols')) {
      counts.set(stack, (counts.get(stack) ?? 0) + 1)
    }
    expect(Object.fromEntries(counts)).toEqual({
      'eth:ethertype:ip:tcp:data': 2 * 280,
      'eth:ethertype:ip:tcp': 2 * 60,
      'eth:ethertype:ip:esp': 2 * 200,
      'eth:ethertype:ip:udp:udpencap:esp': 2 * 120,
      'eth:ethertype:ip:gre:ip:tcp:data': 2 * 90,
      'eth:ethertype:ip:ip:icmp:data': 2 * 100,
      'eth:ethertype:ip:etherip:eth:ethertype:ip:tcp:data': 2 * 60,
      'eth:ethertype:ipv6:esp': 2 * 30,
      'eth:ethertype:ipv6:ip:tcp:data': 2 * 20,
      'eth:ethertype:ip:udp:isakmp': 2 * 20,
      'eth:ethertype:vlan:ethertype:ip:esp': 2 * 15,
      'eth:ethertype:ip:udp:udpencap': 2 * 3,
      'eth:ethertype:arp': 2 * 2,
    })
  }, 30_000)

  it('without malformed packets, bad checksums or warnings', async () => {
    const { path } = await capture(2000)
    const bad = ['ip', 'tcp', 'udp', 'icmp'].map(protocol => `${protocol}.checksum.status == 0`)
    const warnings = '_ws.expert.severity >= 0x600000'
    expect(tshark(path, '-Y', ['_ws.malformed', warnings, ...bad].join(' || '))).toEqual([])
    expect(tshark(path, '-Y', 'tcp && tcp.checksum.status == 1')).toHaveLength(2 * (280 + 60 + 90 + 60 + 20))
  }, 30_000)

  it('with 64 tunnels between gateways', async () => {
    const { path } = await capture(2000)
    const gateways = tshark(path, '-Y', 'ip.src == 192.0.2.0/24', '-T', 'fields', '-e', 'ip.src')
    expect(new Set(gateways.map(addresses => addresses.split(',')[0])).size).toBe(64)
  }, 30_000)
})
