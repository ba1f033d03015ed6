import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { captureFile } from '../captures.ts'

const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js')
const folder = mkdtempSync(join(tmpdir(), 'vpnscope-filter-'))
afterAll(() => rmSync(folder, { recursive: true }))

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    encoding: 'utf8',
    env: { ...process.env, TZ: 'UTC' },
  })
  return { status, stdout, stderr }
}

const gre = captureFile('gre.pcap')
const lines = (text: string) => text.split('\n').filter(line => line !== '')
const numbers = (stdout: string) => lines(stdout).map(line => JSON.parse(line).number)

// What is in gre.pcap, tshark tells: packets 3 to 6 are pings in GRE, 7 and 8 IPv6 in it, 9 to 18 TCP.
describe('only packets that a filter lets through', () => {
  it('are printed, and keep their numbers', () => {
    expect(numbers(run('--json', '-Y', 'inner.ip.src == 172.16.0.2 && icmp', gre).stdout)).toEqual([4, 6])
    expect(numbers(run(gre, '--json', '--', 'icmp and src host 172.16.0.2').stdout)).toEqual([4, 6])
    expect(lines(run('-T', 'tree', '-Y', 'ipv6', gre).stdout).filter(line => /^Frame/.test(line))).toEqual([
      'Frame 7: 142 bytes on the wire',
      'Frame 8: 142 bytes on the wire',
    ])
  })

  it('are counted', () => {
    expect(run('--count', '-Y', 'tcp', gre).stdout).toBe('10 packets\n')
    expect(numbers(run('--json', '-c', '2', '-Y', 'tcp', gre).stdout)).toEqual([9, 10])
  })

  it('are written', () => {
    const file = join(folder, 'tcp.pcap')
    expect(run('-r', gre, '-w', file, '-Y', 'tcp').status).toBe(0)
    expect(run('--count', file).stdout).toBe('10 packets\n')
    expect(run('--count', file, 'not tcp').stdout).toBe('0 packets\n')
  })

  it('tell the story', () => {
    const story = (...args: string[]) => run('-T', 'ladder', captureFile('ikev2-psk.pcap'), ...args).stdout
    expect(story()).toContain('IKE_AUTH')
    expect(story('-Y', 'isakmp.exchangetype == IKE_SA_INIT')).toContain('no IKE_AUTH was seen')
  })

  it('are put together with those that it does not let through', () => {
    const whole = numbers(run('--json', '-Y', 'icmp', captureFile('frag-outer-ipip.pcap')).stdout)
    expect(whole.length).toBeGreaterThan(0)
    const stdout = run('--json', '-Y', 'icmp', captureFile('frag-outer-ipip.pcap')).stdout
    expect(stdout).toContain('"buffer":"reassembled-ip"')
  })
})

describe('a filter that is none', () => {
  it('is answered with the place', () => {
    expect(run('-Y', 'ip.ttl == 1 and es', gre)).toEqual({
      status: 2,
      stdout: '',
      stderr: [
        'filter: es is neither a protocol nor a field; did you mean esp or esp.spi or esp.sequence?',
        '  ip.ttl == 1 and es',
        '                  ^~',
        'expected: a protocol or a field',
        '',
      ].join('\n'),
    })
  })

  it('is only answered in the display language after -Y', () => {
    expect(run('-Y', 'host 10.0.0.1', gre)).toMatchObject({ status: 2 })
    expect(run('--count', gre, 'host', '10.0.0.1')).toMatchObject({ status: 0 })
  })

  it('cannot command the terminal', () => {
    const { status, stderr } = run('-Y', 'ip\x1b[2J', gre)
    expect(status).toBe(2)
    expect(stderr).not.toContain('\x1b')
  })
})

// As tshark 4.0.17 prints them.
describe('chosen fields', () => {
  const chosen = ['-c', '3', '-Y', 'frame.number in {2, 3, 8}', gre]

  it('stand with tabs between them', () => {
    const fields =
      'frame.number,frame.time_delta,eth.type,ip.src,ip.id,ip.hdr_len,ip.flags,ip.flags.df,gre.proto'
    expect(run('--fields', fields, ...chosen).stdout).toBe(
      [
        '2\t0.001358000\t0x0806\t\t\t\t\t\t',
        '3\t0.000351000\t0x0800\t192.168.1.1,172.16.0.1\t0x3e27,0xfd22\t20,20\t0x02,0x02\t1,1\t0x0800',
        '8\t0.000476000\t0x0800\t192.168.1.2\t0x5431\t20\t0x02\t1\t0x86dd',
        '',
      ].join('\n'),
    )
  })

  it('stand as tshark is told to print them', () => {
    const settings = 'bom=y,header=y,separator=,,quote=d,occurrence=l,aggregator=;'
    const asked = ['-T', 'fields', '-e', 'frame.time', '-e', 'ip.src', '-E', settings]
    expect(run(...asked, ...chosen).stdout).toBe(
      [
        '\ufeffframe.time,ip.src',
        '"Nov 21, 2026 01:51:16.525136000 UTC",',
        '"Nov 21, 2026 01:51:16.525487000 UTC","172.16.0.1"',
        '"Nov 21, 2026 01:51:17.624624000 UTC","192.168.1.2"',
        '',
      ].join('\n'),
    )
  })

  it('can be calculated', () => {
    const stdout = run('--fields', 'frame.number,ip.src[0,3],len(gre)', ...chosen).stdout
    expect(lines(stdout)[1]).toBe('3\tc001,ac01\t4')
  })
})
