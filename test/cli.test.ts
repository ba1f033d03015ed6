import { spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { captureFile } from './captures.ts'

const cli = join(import.meta.dirname, '..', 'dist', 'cli.js')
const folder = mkdtempSync(join(tmpdir(), 'vpnscope-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

type Run = { status: number | null; stdout: string; stderr: string }

const run = (args: string[], input?: Uint8Array | string, env: Record<string, string> = {}): Run => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, TZ: 'UTC', ...env },
  })
  return { status, stdout, stderr }
}

const walkthrough = captureFile('walkthrough.pcap')
const lines = (text: string) => text.split('\n').filter(line => line !== '')

describe('options as people type them', () => {
  const plain = run(['-r', walkthrough]).stdout

  it.each([
    [[walkthrough]],
    [['-r', walkthrough]],
    [[`-r${walkthrough}`]],
    [['-c', '100', '-r', walkthrough]],
    [['-c100', '-r', walkthrough]],
    [['-T', 'text', walkthrough]],
    [['-Ttext', walkthrough]],
  ])('%j reads the capture', args => {
    expect(run(args)).toEqual({ status: 0, stdout: plain, stderr: '' })
  })

  it('combines letters, the last one with its value', () => {
    const all = run(['-X', '-X', '-v', '-v', '-v', '-r', walkthrough])
    expect(all.stdout.length).toBeGreaterThan(plain.length)
    expect(run(['-XXvvvr', walkthrough])).toEqual(all)
    expect(run(['-XXvvv', '-r', walkthrough])).toEqual(all)
  })

  it('counts packets', () => {
    expect(run(['--count', walkthrough]).stdout).toBe('12 packets\n')
    expect(run(['--count', '-c1', walkthrough]).stdout).toBe('1 packet\n')
    // isb_ifdrop (5) of the only interface is 7.
    const lossy = join(folder, 'lossy.pcapng')
    const section = '0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000'
    const ethernet = '0100000014000000010000000000040014000000'
    const statistics = '05000000280000000000000000000000000000000500080007000000000000000000000028000000'
    writeFileSync(lossy, Buffer.from(section + ethernet + statistics, 'hex'))
    expect(run(['--count', lossy]).stdout).toBe('0 packets, 7 more were lost while capturing\n')
    expect(lines(run(['-c', '2', walkthrough]).stdout)).toEqual(lines(plain).slice(0, 2))
  })

  it('lists every option in its help', () => {
    const { status, stdout } = run(['--help'])
    expect(status).toBe(0)
    for (const option of ['-r', '-n', '-e', '-X', '-T', '--hex', '--json', '--link-type'])
      expect(stdout).toContain(option)
  })

  it.each([
    ['5', 40],
    ['60', 60],
    ['300', 100],
    ['many', 80],
  ])('has a help as wide as COLUMNS=%s allows', (columns, most) => {
    const widths = run(['--help'], undefined, { COLUMNS: columns })
      .stdout.split('\n')
      .map(line => line.length)
    expect(Math.max(...widths)).toBeLessThanOrEqual(most)
    expect(Math.max(...widths)).toBeGreaterThan(most - 10)
  })

  it('takes help for --help', () => {
    expect(run(['help'])).toEqual(run(['-h']))
  })

  it('says in ASCII what its options are where the locale has nothing else', () => {
    const plain = run(['--help'], undefined, { LC_ALL: 'C' }).stdout
    expect(plain).toContain("tcpdump's")
    expect(plain).toMatch(/^[\x20-\x7e\n]*$/)
    expect(run(['--help'], undefined, { LC_ALL: 'C.UTF-8' }).stdout).toContain('tcpdump’s')
  })

  it('tells its version', () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'))
    expect(run(['--version']).stdout).toBe(`vpnscope ${version}\n`)
  })
})

describe('times', () => {
  // 1579455301 is 2020-01-19 17:35:01 UTC, by date(1).
  const first = (...args: string[]) => lines(run([...args, '-c1', walkthrough]).stdout)[0]!
  const packet = first('-t')

  it('shows the time of day, none, the epoch, the difference, the date', () => {
    expect(first()).toBe(`17:35:01.121296 ${packet}`)
    expect(first('-tt')).toBe(`1579455301.121296 ${packet}`)
    expect(first('-ttt')).toBe(` 00:00:00.000000 ${packet}`)
    expect(first('-tttt')).toBe(`2020-01-19 17:35:01.121296 ${packet}`)
    expect(first('-ttttt')).toBe(` 00:00:00.000000 ${packet}`)
  })

  it('respects the time zone', () => {
    const at = (zone: string) =>
      run(['-tttt', '-c1', walkthrough], undefined, { TZ: zone }).stdout.slice(0, 26)
    expect(at('Asia/Kolkata')).toBe('2020-01-19 23:05:01.121296')
    expect(at('America/New_York')).toBe('2020-01-19 12:35:01.121296')
  })
})

describe('-d', () => {
  const capture = captureFile('ikev2-no-proposal-chosen.pcap')
  const decoded = (...args: string[]) => run(['-d', 'udp.port==500,data', ...args, capture]).stdout

  it('decodes as asked in text, tree, JSON and the story', () => {
    expect(run([capture]).stdout).toContain('IKE_SA_INIT')
    expect(decoded()).not.toContain('IKE_SA_INIT')
    expect(decoded('-T', 'tree')).toContain('Decoded as you asked: udp.port=500 is Data')
    expect(decoded('--json')).not.toContain('"isakmp"')
    expect(run(['-T', 'ladder', capture]).stdout).toContain('IKE_SA_INIT')
    expect(decoded('-T', 'ladder')).not.toContain('IKE_SA_INIT')
  })

  it('says what is wrong with a rule', () => {
    const { status, stderr } = run(['-d', 'udp.port=500:ikke', capture])
    expect([status, stderr]).toEqual([2, '-d ikke: no such protocol; did you mean ike?\n'])
  })
})

describe('--esp', () => {
  const capture = captureFile('esp-tunnel-aes128gcm.pcap')

  it('takes ESP apart in tree and JSON, and leaves text as it is', () => {
    const esp = ['--esp', '0x1001@192.168.1.2=aes-gcm-16', '--esp', '0x1002=AES-GCM-16']
    expect(run([...esp, '-T', 'tree', capture]).stdout).toContain(
      'Integrity check value      f42159c8d1bd2df7',
    )
    expect(run([...esp, '--json', capture]).stdout).toContain('"name":"esp.iv"')
    expect(run(['--json', capture]).stdout).not.toContain('"name":"esp.iv"')
    expect(run([...esp, capture]).stdout).toBe(run([capture]).stdout)
  })

  it('says what is wrong with an algorithm', () => {
    const { status, stderr } = run(['--esp', 'aes-gmc-16', capture])
    expect([status, stderr.split(' or ')[0]]).toEqual([
      2,
      '--esp aes-gmc-16: no such encryption algorithm; did you mean aes-gcm-16',
    ])
  })
})

describe('what a user meets when it goes wrong', () => {
  const file = (name: string, content: Uint8Array | string) => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }
  const capture = readFileSync(walkthrough)

  it.each<[string[], RegExp]>([
    [[], /^no capture given; try: vpnscope -r FILE/],
    [['-z'], /^-z: no such option; vpnscope --help lists them\n$/],
    [['--colour'], /^--colour: no such option/],
    [['-r'], /^-r: FILE is missing\n$/],
    [['-c', 'many', walkthrough], /^-c many: not a number of packets/],
    [['-c', '0', walkthrough], /^-c 0: not a number of packets/],
    [
      ['-T', 'xml', walkthrough],
      /^-T xml: no such format. Try one of: text, json, tree, fields, ladder, sas\n$/,
    ],
    [['--link-type', 'TOKEN', '--hex', walkthrough], /^--link-type TOKEN: no such link type/],
    [[walkthrough, walkthrough], /one capture at a time\n$/],
    [['/nowhere/at/all.pcap'], /^\/nowhere\/at\/all\.pcap: no such file\n$/],
    [[tmpdir()], /: is a directory\n$/],
    [['/nowhere/a\nb\x1b[31m.pcap'], /^\/nowhere\/a\\x0ab\\x1b\[31m\.pcap: no such file\n$/],
    [['--hex', '/nowhere/a\nb'], /^\/nowhere\/a\\x0ab: no such file\n$/],
  ])('%j says so in a sentence and exits with 2', (args, sentence) => {
    const { status, stdout, stderr } = run(args)
    expect(stderr).toMatch(sentence)
    expect(lines(stderr)).toHaveLength(1)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  })

  it('names what a file looks like that is no capture', () => {
    const zip = file('walk.zip', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0))
    expect(run([zip])).toEqual({
      status: 2,
      stdout: '',
      stderr: `${zip}: not a capture file (starts with 50 4b 03 04, a zip archive)\n`,
    })
  })

  it.each(['text', 'json', 'tree'])('prints all packets before a cut as %s, and exits with 1', format => {
    const cut = file('cut.pcap', capture.subarray(0, capture.length - 10))
    const { status, stdout, stderr } = run(['-T', format, cut])
    expect(status).toBe(1)
    expect(stderr).toMatch(
      /^.*cut\.pcap: cut short in the record at byte \d+: .* read 11 packets before it\n$/,
    )
    expect(stdout).toBe(run(['-T', format, '-c', '11', walkthrough]).stdout)
  })

  it('ends quietly when its reader has enough', () => {
    const many = file('many.pcap', Buffer.concat([capture, ...Array(3000).fill(capture.subarray(24))]))
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['-c', 'set -o pipefail; "$0" "$1" -XXvvv -r "$2" | head -1', process.execPath, cli, many],
      { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } },
    )
    expect(lines(stdout)).toHaveLength(1)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  // The reader is gone before the first byte.
  it.each(['--help', '-D', '--version', '--recipe=list'])('ends quietly when nobody reads %s', option => {
    const script = 'exec 3> >(exec true); wait $!; exec "$0" "$@" >&3'
    const { status, stderr } = spawnSync('bash', ['-c', script, process.execPath, cli, option], {
      encoding: 'utf8',
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  it.skipIf(!existsSync('/dev/full')).each([['--help'], [walkthrough], ['-T', 'ladder', walkthrough]])(
    'says that the disk is full: %j (needs /dev/full)',
    (...args) => {
      const full = openSync('/dev/full', 'w')
      const { status, stderr } = spawnSync(process.execPath, [cli, ...args], {
        stdio: ['ignore', full, 'pipe'],
        encoding: 'utf8',
      })
      closeSync(full)
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr: 'standard output: cannot write: no space left on the disk\n',
      })
    },
  )
})

describe('pipes', () => {
  const plain = run([walkthrough]).stdout

  it('reads standard input', () => {
    expect(run(['-r', '-'], readFileSync(walkthrough))).toEqual({ status: 0, stdout: plain, stderr: '' })
  })

  it('prints each packet as it comes', async () => {
    const capture = readFileSync(walkthrough)
    const child = spawn(process.execPath, [cli, '-r', '-'], { env: { ...process.env, TZ: 'UTC' } })
    const first = new Promise<string>(resolve => child.stdout.once('data', data => resolve(String(data))))
    child.stdin.write(capture.subarray(0, 24 + 16 + 102))
    expect(await first).toBe(`${lines(plain)[0]}\n`)
    child.stdin.end(capture.subarray(24 + 16 + 102))
    const ended = new Promise<number | null>(resolve => child.once('close', resolve))
    expect(await ended).toBe(0)
  })

  it('writes to a file', () => {
    const path = join(folder, 'out.txt')
    const fd = openSync(path, 'w')
    const { status } = spawnSync(process.execPath, [cli, '-r', walkthrough], {
      stdio: ['ignore', fd, 'ignore'],
      env: { ...process.env, TZ: 'UTC' },
    })
    closeSync(fd)
    expect(status).toBe(0)
    expect(readFileSync(path, 'utf8')).toBe(plain)
  })
})

describe('hex dumps', () => {
  it('reads what it printed', () => {
    const dump = run(['-X', walkthrough]).stdout
    const again = run(['-X', '--hex', '-'], dump)
    expect(again.stderr).toBe('')
    expect(again.stdout).toBe(dump)
  })
})
