import { escapeControls } from '../../byte-writer.ts'
import { CaptureError } from '../errors.ts'
import { type CaptureRequest, type Capturer, type Complaint, type Exit, givenUp, launch } from './capturer.ts'
import { complaintOf, endingOf } from './complaints.ts'
import { withoutGreeting } from './greeting.ts'
import { tcpdumpLine, tcpdumpPlan } from './tcpdump.ts'

/** An interface of another system. */
export type RemoteDevice = {
  /** Empty: as ssh's configuration says. */
  readonly user: string
  readonly host: string
  /** 0: as ssh's configuration says. */
  readonly port: number
  readonly device: string
}

const form =
  /^ssh:\/\/(?:([^@/:\s-][^@/:\s]*)@)?(\[[\w:.%-]+\]|[^@/:\s[\]-][^@/:\s[\]]*)(?::(\d{1,5}))?\/([^/\s]+)$/

/**
 * Takes `ssh://user@host:port/em0` apart; undefined for a device of this system.
 *
 * @throws {CaptureError} where something of it is missing or wrong
 */
export function remoteDevice(text: string): RemoteDevice | undefined {
  if (!isRemote(text)) return undefined
  const parts = form.exec(text)
  const port = Number(parts?.[3] ?? 0)
  if (!parts || port > 65535 || parts[4]?.startsWith('-'))
    throw new CaptureError(`${escapeControls(text)}: not of the form ssh://user@host:port/interface`)
  const host = parts[2]!.replace(/^\[|\]$/g, '')
  return { user: parts[1] ?? '', host, port, device: parts[4]! }
}

/** Whether a device is of another system, or was meant to be. */
export const isRemote = (device: string): boolean => device.startsWith('ssh:')

export type RemoteOptions = {
  /** False where the terminal is taken: ssh then fails where it would ask for a password. Default: true. */
  readonly mayAsk?: boolean
}

/** A silent connection is given up after three times so many seconds; else a broken one would look like a quiet one. */
const aliveSeconds = 10

/** ssh's own exit code for whatever fails before or beside the command. */
const sshFailed = 255

/** Captures with the tcpdump of another system. ssh asks its questions on the terminal. */
export async function startRemote(
  request: CaptureRequest,
  remote: RemoteDevice,
  { mayAsk = true }: RemoteOptions = {},
): Promise<Capturer> {
  const { user, host, port, device } = remote
  const words = ['-T', '-o', `ServerAliveInterval=${aliveSeconds}`]
  if (!mayAsk) words.push('-o', 'BatchMode=yes')
  if (user !== '') words.push('-l', user)
  if (port > 0) words.push('-p', `${port}`)
  words.push('--', host, tcpdumpLine({ ...request, device }))
  const place = { program: 'tcpdump', isElsewhere: true }
  const capturer = await launch({
    ...tcpdumpPlan,
    device: request.device,
    engine: 'ssh',
    // Ctrl-C stops a capture by us, in order; while ssh asks for a password, ssh hears it all the same.
    command: ['sh', '-c', 'trap "" INT; exec ssh "$@"', 'sh', ...words],
    onTerminal: true,
    ...(mayAsk && { answer: /please try again/i }),
    refusal: (said, exit) =>
      unreachable(request, host, mayAsk, said, exit) ?? complaintOf(request, place, said, exit),
    ending: (said, exit) => lost(request, said, exit) ?? endingOf(request.device, place, said, exit),
  })
  await withoutGreeting(capturer.stream)
  return capturer
}

function unreachable(
  { device }: CaptureRequest,
  host: string,
  mayAsk: boolean,
  said: readonly string[],
  exit: Exit,
): Complaint | undefined {
  if (exit === givenUp)
    return { kind: 'other', text: `${escapeControls(device)}: given up before ssh was connected` }
  if (exit.code === 127 && said.some(line => /\bssh: .*not found/.test(line)))
    return { kind: 'missing', text: `${escapeControls(device)}: ssh is not installed` }
  if (exit.code !== sshFailed) return undefined
  const changed = changedKey(said)
  const asks = !mayAsk && said.some(line => /verification failed|Permission denied/.test(line))
  const text =
    asks && changed === undefined
      ? unasked(escapeControls(device)) + lastLine(said, ': ')
      : `cannot reach ${escapeControls(host)}${changed ?? lastLine(said, ': ')}`
  return { kind: 'other', text }
}

/** ssh warns of it in a dozen lines; the last one does not say what has happened. */
function changedKey(said: readonly string[]): string | undefined {
  if (!said.some(line => line.includes('IDENTIFICATION HAS CHANGED'))) return undefined
  const known = said.find(line => line.startsWith('Offending'))
  const where = known === undefined ? '' : ` (${escapeControls(known.trim())})`
  return `: its host key is not the one that is known${where}. It may be new, or someone is in between`
}

const unasked = (device: string): string =>
  `ssh would ask, and cannot while the screen is open; quit, and: vpnscope -i ${device}`

/** A signal without an exit code is ssh's own; the other system's tcpdump has both. */
function lost(
  { device }: CaptureRequest,
  said: readonly string[],
  { code, signal }: Exit,
): string | undefined {
  const sentence = `${escapeControls(device)}: the ssh connection was lost`
  if (code === 0 && signal) return `${sentence} (ssh was ended by ${signal})`
  return code === sshFailed ? sentence + lastLine(said, ': ') : undefined
}

const lastLine = (said: readonly string[], before: string): string => {
  const line = said
    .findLast(text => text.trim() !== '')
    ?.trim()
    .replace(/\.$/, '')
  return line === undefined ? '' : before + escapeControls(line)
}
