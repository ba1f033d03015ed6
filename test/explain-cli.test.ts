import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { captureFile } from './captures.ts'

const cli = join(import.meta.dirname, '..', 'dist', 'cli.js')
const walkthrough = captureFile('walkthrough.pcap')

const explain = (args: string[], input?: Uint8Array, env: Record<string, string> = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'explain', ...args], {
    input,
    encoding: 'utf8',
    env: { ...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8', ...env },
  })
  return { status, stdout, stderr }
}

describe('vpnscope explain', () => {
  const second = explain([walkthrough, '-n', '2'])

  it('explains a packet in plain text, without colours in a pipe', () => {
    expect(second).toMatchObject({ status: 0, stderr: '' })
    expect(second.stdout).toContain('Packet 2 of walkthrough.pcap')
    expect(second.stdout).not.toContain('\x1b')
    expect(explain(['-r', walkthrough, '-n2'])).toEqual(second)
  })

  it('reads standard input', () => {
    const { status, stdout } = explain(['-', '-n', '2'], readFileSync(walkthrough))
    expect(status).toBe(0)
    expect(stdout).toBe(
      second.stdout.replace('walkthrough.pcap', 'standard input').replace('═'.repeat(28), '═'.repeat(26)),
    )
  })

  it('explains the first packet where none is named, and says how many there are', () => {
    const { stdout } = explain([walkthrough])
    expect(stdout).toContain('Packet 1 of walkthrough.pcap')
    expect(stdout).toContain('This was packet 1 of 12.')
  })

  it('explains several, in the order of the capture', () => {
    const { stdout } = explain([walkthrough, '-n', '5-6,2', '--depth', 'brief'])
    expect(stdout.match(/^Packet \d+/gm)).toEqual(['Packet 2', 'Packet 5', 'Packet 6'])
  })

  it('says which packet is not there', () => {
    expect(explain([walkthrough, '-n', '11-13'])).toMatchObject({
      status: 1,
      stderr: 'walkthrough.pcap: there is no packet 13, the last one is 12\n',
    })
    expect(explain([walkthrough, '-n', '13'])).toMatchObject({ status: 2, stdout: '' })
  })

  it('says of a capture that breaks off why a packet is not there', () => {
    const { status, stderr } = explain(['-', '-n', '2'], readFileSync(walkthrough).subarray(0, 200))
    expect(status).toBe(2)
    expect(stderr).toMatch(
      /^standard input: there is no packet 2, the last one is 1\nstandard input: cut short /,
    )
  })

  it('has nothing but ASCII where the locale has', () => {
    const { stdout } = explain([walkthrough, '-n', '1-5'], undefined, { LC_ALL: 'C' })
    expect(stdout).toMatch(/^Packet 1 of walkthrough.pcap\n={28}\n/)
    expect(stdout).toMatch(/^[\x20-\x7e\n]*$/)
    expect(stdout).not.toMatch(/\?\?/)
  })

  it('makes a page of several packets', () => {
    const { stdout } = explain([walkthrough, '-n', '1-2', '--format', 'html'])
    expect(stdout.startsWith('<!doctype html>\n')).toBe(true)
    expect(stdout.trimEnd().endsWith('</html>')).toBe(true)
    expect(stdout.match(/<article /g)).toHaveLength(2)
  })

  it('is as wide as the columns say, between 74 and 100', () => {
    const widest = (columns: string) =>
      Math.max(
        ...explain([walkthrough], undefined, { COLUMNS: columns })
          .stdout.split('\n')
          .map(line => line.length),
      )
    expect(widest('60')).toBeLessThanOrEqual(74)
    expect(widest('200')).toBeLessThanOrEqual(100)
    expect(widest('200')).toBeGreaterThan(90)
  })

  it('explains names, and suggests others for those it does not know', () => {
    expect(explain(['ip.ttl']).stdout).toContain('ip.ttl: Time to live')
    expect(explain(['NO_PROPOSAL_CHOSEN']).stdout).toContain('NO_PROPOSAL_CHOSEN (14)')
    const { status, stdout, stderr } = explain(['ip.tll'])
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^ip\.tll: nothing of this name; did you mean ip\.ttl/)
  })

  it('lists names', () => {
    const { stdout } = explain(['--list', 'gre.'])
    expect(stdout).toMatch(/^gre\.key +field +Key$/m)
    expect(stdout).not.toContain('ip.ttl')
  })

  it('has a help of its own', () => {
    const { status, stdout } = explain(['--help'])
    expect(status).toBe(0)
    for (const option of ['-r', '-n', '--format', '--depth', '--list']) expect(stdout).toContain(option)
  })
})
