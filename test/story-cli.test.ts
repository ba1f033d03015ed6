import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { captureFile, framesOf } from './captures.ts'
import { cli, LiveProgram } from './live-program.ts'
import { Cable, describeNetwork, Sender } from './namespace.ts'

const folder = mkdtempSync(join(tmpdir(), 'vpnscope-story-'))
afterAll(() => rmSync(folder, { recursive: true }))

const env = { ...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8', COLUMNS: '80', TERM: 'xterm' }
const run = (
  args: readonly string[],
  { input, more = {} }: { input?: Buffer; more?: NodeJS.ProcessEnv } = {},
) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    input,
    encoding: 'utf8',
    env: { ...env, ...more },
  })
  return { status, stdout, stderr }
}
const lines = (text: string) => text.split('\n').filter(line => line !== '')
const objects = (text: string) => lines(text).map(line => JSON.parse(line))

const psk = captureFile('ikev2-psk.pcap')
const refused = captureFile('ikev2-no-proposal-chosen.pcap')

describe('-T ladder', () => {
  // Packet numbers, times, lengths and SPIs as `tshark -t d` shows them.
  const messages = `                 192.168.1.2:500                                 192.168.1.1:500
      3          │─ IKE_SA_INIT request 0: SA KE Nonce N×5 ───────────────────►│
      4   +0.343 │◄────────────────── IKE_SA_INIT response 0: SA KE Nonce N×6 ─│
                 192.168.1.2:4500                               192.168.1.1:4500
      5   +0.352 │─ IKE_AUTH request 1: SK 288 bytes ─────────────────────────►│
      6   +0.344 │◄──────────────────────── IKE_AUTH response 1: SK 256 bytes ─│
      7   +0.980 │─ ESP 0xccde65d1: 2 packets, 272 B ─────────────────────────►│
      8   +0.015 │◄───────────────────────── ESP 0xc66799b8: 2 packets, 272 B ─│
     11   +1.186 │─ INFORMATIONAL request 2: SK 80 bytes ─────────────────────►│
     12   +0.107 │◄──────────────────── INFORMATIONAL response 2: SK 80 bytes ─│
`

  it('tells a negotiation', () => {
    const { status, stdout, stderr } = run(['-T', 'ladder', psk])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^IKEv2 negotiation 1: /)
    expect(stdout).toContain('✓ good: ')
    expect(stdout).toContain(`\n${messages}\n`)
  })

  it('reads standard input', () => {
    const file = run(['-T', 'ladder', psk])
    expect(run(['-r', '-', '-T', 'ladder'], { input: readFileSync(psk) })).toEqual(file)
  })

  it('says why a negotiation was refused, and what was offered', () => {
    const { stdout } = run(['-T', 'ladder', refused])
    expect(stdout).toMatch(/^✗ error: .*refused every proposal/m)
    expect(stdout).toMatch(/│◄─+ IKE_SA_INIT response 0: N\(NO_PROPOSAL_CHOSEN\) ─│/)
    // What swanctl.conf of the lab says: proposals = aes256-sha512-modp4096.
    expect(stdout).toMatch(/^ {2}encryption +AES-CBC-256$/m)
    expect(stdout).toMatch(/^ {2}key exchange +MODP-4096 \(group 16\)$/m)
  })

  it('looks at so many packets as were wanted', () => {
    const [one, whole] = objects(run(['-T', 'ladder', '--json', '-c', '4', psk]).stdout)
    expect(one.messages.map((message: { packet: number }) => message.packet)).toEqual([3, 4])
    expect(whole).toMatchObject({ kind: 'capture', packets: 4 })
  })

  it('is as wide as COLUMNS says, from 60 on', () => {
    const widest = (columns: string) =>
      Math.max(
        ...lines(run(['-T', 'ladder', psk], { more: { COLUMNS: columns } }).stdout).map(line => line.length),
      )
    expect(['10', '60', '100', 'many'].map(widest)).toEqual([60, 60, 100, 80])
  })

  it.each([
    ['the locale', [], { LC_ALL: 'C' }],
    ['--ascii', ['--ascii'], {}],
  ])('is ASCII where %s says so', (_, args, more) => {
    const { stdout } = run(['-T', 'ladder', ...args, psk], { more })
    expect(stdout).toMatch(/^[\x20-\x7e\n]+$/)
    expect(stdout).toContain('|- IKE_AUTH request 1: SK 288 bytes ------------------------->|')
  })

  it('says so in a sentence where there is none', () => {
    const sentence = 'no IKE negotiation in 8 packets\n'
    expect(run(['-T', 'ladder', captureFile('gre-key.pcap')])).toEqual({
      status: 0,
      stdout: sentence,
      stderr: '',
    })
  })

  it('tells what comes before a cut, and exits with 1', () => {
    const cut = join(folder, 'cut.pcap')
    writeFileSync(cut, readFileSync(psk).subarray(0, -10))
    const { status, stdout, stderr } = run(['-T', 'ladder', cut])
    expect(status).toBe(1)
    expect(stdout).toContain('IKEv2 negotiation 1: ')
    expect(stderr).toMatch(/cut short .* read 11 packets before it\n$/)
  })

  it('tells what it knows on Ctrl-C', async () => {
    const child = spawn(process.execPath, [cli, '-r', '-', '-T', 'ladder'], { env })
    let stdout = ''
    child.stdout.on('data', text => (stdout += text))
    // More than a pipe holds: once it is written, the program reads.
    const capture = readFileSync(psk)
    const many = Buffer.concat([capture, ...Array(2000).fill(capture.subarray(24))])
    await new Promise(resolve => child.stdin.write(many, resolve))
    child.kill('SIGINT')
    const [status, signal] = await once(child, 'close')
    expect({ status, signal }).toEqual({ status: 0, signal: null })
    expect(stdout).toContain('IKEv2 negotiation 1: ')
  })
})

describeNetwork('a live capture', () => {
  it.each([
    ['-c', ['-c', '12']],
    ['Ctrl-C', []],
  ])('is told when %s ends it', async (_, args) => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const program = await LiveProgram.listening(['-i', cable.here, '-T', 'ladder', '--json', ...args])
    for (const { bytes, start, capturedLength } of await framesOf(psk))
      await sender.send(bytes.subarray(start, start + capturedLength))
    if (args.length === 0) program.signal('SIGINT')
    expect(await program.exit).toEqual({ code: 0, signal: null })
    const [one, whole] = program.lines.map(line => JSON.parse(line))
    expect(one).toMatchObject({
      kind: 'negotiation',
      initiatorSpi: 'cc759626f115724f',
      verdicts: [{ severity: 'good' }],
    })
    expect(whole).toMatchObject({ kind: 'capture', packets: 12 })
  })
})

describe('-T sas', () => {
  it('tells the associations', () => {
    expect(run(['-T', 'sas', '-tt', captureFile('ikev2-natt.pcap')])).toEqual({
      status: 0,
      stderr: '',
      // As `tshark -Y esp -T fields -e frame.number -e frame.time_epoch -e esp.spi -e esp.sequence -e udp.port` has it.
      stdout: `esp from 192.168.1.254 to 192.168.1.2 spi 0xc6813233 udpencap 8891:4500
	counter: 2 packets, 272 bytes
	replay: sequence 1 to 2, 0 missing, 0 replays
	first: 1795231082.437283 packet 7
	last: 1795231082.644267 packet 9
	negotiation: 1
	opposite: spi 0xc47b8656
esp from 192.168.1.2 to 192.168.1.254 spi 0xc47b8656 udpencap 4500:8891
	counter: 2 packets, 272 bytes
	replay: sequence 1 to 2, 0 missing, 0 replays
	first: 1795231082.437645 packet 8
	last: 1795231082.644673 packet 10
	negotiation: 1
	opposite: spi 0xc6813233
`,
    })
  })

  it('says so in a sentence where there is none', () => {
    expect(run(['-T', 'sas', captureFile('gre-key.pcap')])).toMatchObject({
      status: 0,
      stdout: 'no ESP or AH in 8 packets\n',
    })
  })
})

describe('--json beside them', () => {
  it('prints the story, not the packets', () => {
    const [one, whole, ...more] = objects(run(['-T', 'ladder', '--json', refused]).stdout)
    expect(one).toMatchObject({
      kind: 'negotiation',
      progress: 'refused',
      diff: { outcome: 'refused' },
      verdicts: [{ severity: 'error', packets: [3, 4] }],
    })
    expect(whole).toMatchObject({ kind: 'capture', packets: 4 })
    expect(more).toEqual([])
    expect(objects(run(['--json', '-T', 'sas', psk]).stdout).map(({ kind, spi }) => [kind, spi])).toEqual([
      ['association', 0xccde65d1],
      ['association', 0xc66799b8],
      ['capture', undefined],
    ])
  })

  it('stays one object a packet without them', () => {
    expect(objects(run(['--json', psk]).stdout)).toHaveLength(12)
    expect(objects(run(['--json', '-T', 'tree', psk]).stdout)).toHaveLength(12)
  })
})
