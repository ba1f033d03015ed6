import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { measure, prepare } from '../../bench/measure.ts'
import { type Result, table } from '../../bench/report.ts'

const directory = mkdtempSync(join(tmpdir(), 'vpnscope-test-'))
afterAll(() => rmSync(directory, { recursive: true }))
const bench = prepare(directory, directory)
const node = (script: string) => [process.execPath, '-e', script]

describe('measure', () => {
  it('counts the CPU time of the program from start to end', async () => {
    const used = '(({ user, system }) => user + system)(process.cpuUsage())'
    const busy = `while (${used} < 5e5);`
    const measured = await measure(bench, node(busy))
    if (!('cpu' in measured)) throw new Error(measured.failed)
    expect(measured.cpu).toBeGreaterThanOrEqual(0.49)
    expect(measured.cpu).toBeLessThan(0.8)
  })

  it.skipIf(bench.time.length === 0)('sees the peak of memory, in MB', async () => {
    const small = await measure(bench, node('0'))
    const large = await measure(bench, node('Buffer.alloc(100e6, 1)'))
    if (!('cpu' in small && 'cpu' in large)) throw new Error('node did not run')
    const growth = large.peakMB! - small.peakMB!
    expect(growth).toBeGreaterThan(95)
    expect(growth).toBeLessThan(120)
  })

  it('measures without a time program, and then knows no peak', async () => {
    const measured = await measure({ ...bench, shell: 'sh', time: [] }, node('0'))
    expect(measured).toMatchObject({ cpu: expect.any(Number), peakMB: undefined })
  })

  it('says what a program that failed said', async () => {
    const thrown = await measure(bench, node('throw new RangeError("too far")'))
    expect(thrown).toEqual({ failed: 'exit code 1: RangeError: too far' })
  })
})

describe('table', () => {
  const runs = (...cpus: number[]) => cpus.map((cpu, i) => ({ cpu, peakMB: 50 + i }))
  const subject = { name: 'text', input: 'mix', ours: [], peers: [] } as const
  const base = { packets: 1000, base: undefined }
  const lines = (result: Result) => table([result]).split('\n').slice(2)

  it('compares medians, in the direction of the goal', () => {
    const peers = [
      { command: ['slow'], goal: { faster: 10 } },
      { command: ['fast'], goal: { cost: 1.5 } },
    ]
    const measured = { ours: runs(2, 9, 1), peers: [runs(20, 90, 10), runs(1)] }
    expect(lines({ ...base, ...measured, subject: { ...subject, peers } })).toEqual([
      '| text (1,000 packets) | `slow` | 2.000 | 20.000 | 10.00 × as fast | ≥ 10 × as fast | yes | 52 | 52 |',
      '| text (1,000 packets) | `fast` | 2.000 | 1.000 | 2.00 × its CPU | ≤ 1.5 × its CPU | NO | 52 | 50 |',
    ])
  })

  it('takes the mean of the middle two of an even number of runs', () => {
    expect(lines({ ...base, subject, ours: runs(1, 4, 2, 3), peers: [] })[0]).toContain('| 2.500 |')
  })

  it('says that a peer is not installed, and leaves the goal open', () => {
    const peers = [{ command: ['absent'], goal: { faster: 10 } }]
    expect(
      lines({ ...base, subject: { ...subject, peers }, ours: runs(1), peers: ['not installed'] }),
    ).toEqual([
      '| text (1,000 packets) | `absent` | 1.000 | not installed | ? | ≥ 10 × as fast | ? | 50 | ? |',
    ])
  })

  it('holds peaks and bytes a packet against their limits', () => {
    const limits = { ...subject, peakMB: 400, bytesPerPacket: 32 }
    const grown = { packets: 1e6, ours: [{ cpu: 1, peakMB: 83 }], base: [{ cpu: 1, peakMB: 50 }] }
    expect(lines({ ...grown, subject: limits, peers: [] }).slice(1)).toEqual([
      '| text (1,000,000 packets): peak memory | — | — | — | — | ≤ 400 MB | yes | 83 | — |',
      '| text (1,000,000 packets): memory a packet | — | — | — | 33.0 bytes | ≤ 32 bytes | NO | — | — |',
    ])
  })
})
