import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { captureFile } from './captures.ts'

const cli = join(import.meta.dirname, '..', 'dist', 'cli.js')

const explain = (args: string[], input?: Uint8Array) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'explain', ...args], {
    input,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  })
  return { status, stdout, stderr }
}

const gre = captureFile('gre.pcap')

describe('vpnscope explain --diff', () => {
  // tshark: inner ip.id 0xfd22 and 0xb02a, icmp.checksum 0x210a and 0x290a.
  it('says what differs between a question and its answer, and why', () => {
    const { status, stdout } = explain([gre, '-n', '3,4', '--diff'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^Packets 3 and 4 of gre\.pcap: what differs\n═+\n/)
    const flowing = stdout.replace(/\s+/g, ' ')
    expect(flowing).toContain('• Identification 0xfd22 ≠ 0xb02a: Each side numbers its own packets.')
    expect(flowing).toMatch(/• Checksum 0x210a ≠ 0x290a: 0x0800, no more and no less/)
    expect(stdout).toContain('GRE: the same in both')
    const piped = explain(['-', '-n', '3-4', '--diff'], readFileSync(gre)).stdout
    expect(piped).toMatch(/^Packets 3 and 4 of standard input: what differs\n/)
    expect(piped.split('\n').slice(2)).toEqual(stdout.split('\n').slice(2))
  })

  // tshark: ip.id 0xdca3 in both, in 12 behind IPv4 and GRE.
  it('finds a packet again in its tunnel, as Markdown too', () => {
    const { stdout } = explain([captureFile('lt-any-sll.pcap'), '-n', '11,12', '--diff', '--format', 'md'])
    expect(stdout).toContain('Only packet 12 has IPv4 20 + GRE 4 = 24 bytes: the overhead of the tunnel.')
  })

  it.each([
    [['-n', '3', '--diff'], /compares two packets/],
    [['--diff'], /compares two packets/],
    [['-n', '3-5', '--diff'], /compares two packets/],
    [['-n', '3,99', '--diff'], /there is no packet 99, the last one is 18/],
  ])('%j is no two packets', (args, problem) => {
    const { status, stdout, stderr } = explain([gre, ...args])
    expect([status === 0, stdout]).toEqual([false, ''])
    expect(stderr).toMatch(problem)
  })
})
