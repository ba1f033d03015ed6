import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants, readFileSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export type Measurement = {
  /** User and system time of the program and its children, in seconds. */
  cpu: number
  /** Largest resident memory in MB (10^6 bytes); undefined where the system has no usable `time` program. */
  peakMB: number | undefined
}

/** What a program that did not end well said of it. */
export type Failure = { failed: string }

/** The directory takes two small files; `root` is where relative paths of the commands start. */
export type Bench = { directory: string; root: string; shell: string; time: readonly string[] }

// POSIX wants `times` of every shell. bash gives milliseconds where dash gives hundredths, so bash goes first.
const script = '"$@" >/dev/null 2>"$0"; status=$?; times; exit $status'

export function prepare(directory: string, root: string): Bench {
  const time = [['-f', '%M'], ['-l']].find(flags => {
    const tried = spawnSync('/usr/bin/time', [...flags, 'true'], { stdio: 'ignore' })
    return tried.status === 0
  })
  return {
    directory,
    root,
    shell: isInstalled('bash') ? 'bash' : 'sh',
    time: time ? ['/usr/bin/time', ...time, '-o', join(directory, 'peak.tmp')] : [],
  }
}

export function isInstalled(program: string): boolean {
  const found = (directory: string) => {
    try {
      accessSync(join(directory, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  }
  return (process.env['PATH'] ?? '').split(delimiter).some(found)
}

/** The first line that a program says of its version. */
export function versionOf(program: string): string {
  const { stdout, stderr } = spawnSync(program, ['--version'], { encoding: 'utf8' })
  return firstLine(stdout || stderr).replace(/( \(Git .*)?\.?$/, '')
}

/**
 * Runs a command to its end and returns what it used. Its output goes to /dev/null, its clock is UTC (tcpdump
 * reads /etc/localtime for every packet otherwise), and its tshark knows no settings of the user's.
 */
export async function measure(bench: Bench, command: readonly string[]): Promise<Measurement | Failure> {
  const errors = join(bench.directory, 'errors.tmp')
  const env = { ...process.env, TZ: 'UTC', WIRESHARK_CONFIG_DIR: bench.directory }
  const child = spawn(bench.shell, ['-c', script, errors, ...bench.time, ...command], {
    cwd: bench.root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let times = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    times += text
  })
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (status !== 0) return { failed: `exit code ${status}: ${complaint(readFileSync(errors, 'utf8'))}` }
  return { cpu: childrenSeconds(times), peakMB: bench.time.length > 0 ? peakOf(bench) : undefined }
}

/** `times` prints the shell's own user and system time on the first line, its children's on the second. */
function childrenSeconds(times: string): number {
  const children = [...(times.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.,]+)s/g)]
  if (children.length !== 2) throw new Error(`cannot read what \`times\` of the shell said: ${times}`)
  return children.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + decimal(seconds), 0)
}

function decimal(text = ''): number {
  return Number(text.replace(',', '.'))
}

/** GNU time writes a number in KiB; macOS's a list, with `maximum resident set size` in bytes. */
function peakOf(bench: Bench): number {
  const path = join(bench.directory, 'peak.tmp')
  const text = readFileSync(path, 'utf8')
  rmSync(path)
  const listed = text.match(/(\d+)\s+maximum resident set size/)
  return listed ? Number(listed[1]) / 1e6 : (Number(lastLine(text)) * 1024) / 1e6
}

/** Node.js says what was wrong in the middle of what it prints, other programs at its end. */
function complaint(text: string): string {
  return text.split('\n').find(line => /^\w*Error:/.test(line)) ?? lastLine(text)
}

function firstLine(text: string): string {
  return text.split('\n')[0]!.trim()
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)!.trim()
}
