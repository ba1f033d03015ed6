import { existsSync, readFileSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { escapeControls } from '../../byte-writer.ts'
import { listInterfaces, nearest } from '../interfaces.ts'
import type { CaptureRequest, Complaint, Exit } from './capturer.ts'
import { hasDroppedPrivileges } from './privileges.ts'

/** Devices of libpcap that are no network interfaces. */
const special = /^(any|nflog|nfqueue|usbmon|bluetooth|dbus-)/

/** Lines that are said in any case, and what programs put before their complaints. */
const noise =
  /^(Warning: .* may not actually work|Capturing on |File: |(tcpdump: )?(verbose output|listening on|data link type|dropped privs))/
const prefix = /^(tcpdump|dumpcap): /

/** What a program said about why it stopped, in one line; empty if it said nothing. */
const firstWords = (said: readonly string[]): string => clean(said)[0] ?? ''
const lastWords = (said: readonly string[]): string => clean(said).at(-1) ?? ''

function clean(said: readonly string[]): string[] {
  // Another system may have greeted first.
  const own = said.findIndex(line => prefix.test(line.trim()))
  const lines = said
    .slice(Math.max(0, own))
    .map(line => escapeControls(line.trim().replace(prefix, '').replace(/\.$/, '')))
  return lines.filter(line => line !== '' && !noise.test(line))
}

/** cap 0.2.1 ends its process when polling the device fails (src/binding.cc, cb_packets). */
const capCannotGoOn = /cb_packets.*Assertion/

/** Whose complaint it is, and where. */
export type Place = {
  /** The program, as the user knows it. */
  readonly program: string
  /** Another system, whose interfaces and rights we cannot look up. */
  readonly isElsewhere?: boolean
}

/** Why a capturer did not begin: what it said, made a sentence for the user. */
export function complaintOf(
  request: Pick<CaptureRequest, 'device' | 'filter' | 'engine'>,
  { program, isElsewhere = false }: Place,
  said: readonly string[],
  { code, signal }: Exit,
): Complaint {
  const device = escapeControls(request.device)
  const all = said.join('\n')
  const first = firstWords(said)
  if (code === 127) return { kind: 'missing', text: missing(device, program, isElsewhere) }
  if (/no such device|device not configured|doesn't exist|no device named/i.test(all))
    return { kind: 'device', text: noSuchDevice(request.device, isElsewhere) }
  if (code === 126 || /permission|not permitted|root privileges|CAP_NET_RAW|access denied/i.test(all)) {
    if (!isElsewhere && isGone(request.device))
      return { kind: 'device', text: noSuchDevice(request.device, false) }
    return { kind: 'permission', text: forbidden(device, isElsewhere, request.engine) }
  }
  if (/is not up|network is down/i.test(all))
    return { kind: 'down', text: `${device}: the interface is down; switch it on first` }
  const invalid = /isn't a valid capture filter \((.*)\)/.exec(all)?.[1]
  if (invalid !== undefined || isAboutFilter(request, first))
    return {
      kind: 'filter',
      text: `filter ${JSON.stringify(escapeControls(request.filter))}: ${escapeControls(invalid ?? first)}`,
    }
  return { kind: 'other', text: `cannot capture on ${device}: ${first || howItEnded(program, code, signal)}` }
}

/** Complaints about a device begin with its name; those about a filter are libpcap's compiler's, and bare. */
const isAboutFilter = (
  { device, filter }: Pick<CaptureRequest, 'device' | 'filter'>,
  line: string,
): boolean => filter !== '' && line !== '' && !line.startsWith(`${device.split('/').at(-1)}: `)

const wentDown = ': the interface went down'

/** Whether a capturer ended, as `endingOf` tells, because somebody switched its interface off: it may well come back. */
export const mayComeBack = (ending: string): boolean => ending.endsWith(wentDown)

/** Why a capturer ended that nobody had stopped. */
export function endingOf(
  deviceText: string,
  { program, isElsewhere = false }: Place,
  said: readonly string[],
  { code, signal }: Exit,
): string {
  const device = escapeControls(deviceText)
  const last = clean(said).findLast(line => /interface|network|adapter/i.test(line)) ?? ''
  if (/disappeared|no longer attached/.test(last) || (!isElsewhere && isGone(deviceText)))
    return `${device}: the interface is gone`
  const isDown = /went down|network is down|no longer running/i.test(last)
  if (isDown || (signal === 'SIGABRT' && said.some(line => capCannotGoOn.test(line))))
    return device + wentDown
  if (said.some(line => /broken pipe/i.test(line)))
    return `${device}: ${program} could not pass on what it captured`
  if (signal) return `${device}: ${howItEnded(program, code, signal)}`
  return `${device}: ${lastWords(said) || howItEnded(program, code, signal)}`
}

function howItEnded(program: string, code: number, signal: string | undefined): string {
  if (signal === 'SIGABRT') return `${program} broke down (SIGABRT)`
  if (signal) return `${program} was killed (${signal})`
  return code === 0 ? `${program} was ended by someone else` : `${program} ended with exit code ${code}`
}

const missing = (device: string, program: string, isElsewhere: boolean): string =>
  `cannot capture on ${device}: ${program} is not installed${isElsewhere ? ' there' : ''}`

function noSuchDevice(device: string, isElsewhere: boolean): string {
  if (isElsewhere) return `${escapeControls(device)}: no such interface there`
  const names = nearest(device)
  const others = names.length > 0 ? `. Try one of: ${names.map(escapeControls).join(', ')}` : ''
  return `${escapeControls(device)}: no such interface${others} (vpnscope -D)`
}

function forbidden(device: string, isElsewhere: boolean, engine: CaptureRequest['engine']): string {
  const refused = `cannot capture on ${device}: permission denied`
  if (isElsewhere)
    return `${refused} there. Log in as root, or let this user run tcpdump, or sudo without a password`
  if (hasDroppedPrivileges())
    return `cannot capture on ${device}: root’s rights are given up; begin vpnscope anew`
  return `${refused}. ${remedies(engine).join(', or: ')}`
}

/** What would give the right to capture, on this system and as it is set up. `engine`: only this one was asked for. */
function remedies(engine: CaptureRequest['engine']): string[] {
  if (process.getuid?.() === 0) return ['Even root may not here: the container or sandbox lacks CAP_NET_RAW']
  if (process.platform === 'openbsd') return ['Run with doas']
  if (process.platform !== 'linux') return ['Run with sudo', 'make /dev/bpf* readable for you']
  return ['Run with sudo', ...withoutRoot(engine)]
}

/** dumpcap is made to be trusted with the right; Debian and Fedora let the group wireshark run it. */
function withoutRoot(engine: CaptureRequest['engine']): string[] {
  // Its rights would be those of all that Node.js runs.
  if (engine === 'cap') return []
  const dumpcap = engine === 'tcpdump' ? undefined : programPath('dumpcap')
  if (dumpcap === undefined) {
    const tcpdump = programPath('tcpdump')
    return tcpdump === undefined ? [] : [`sudo setcap cap_net_raw+ep ${tcpdump}`]
  }
  const groups = existsSync('/etc/group') ? readFileSync('/etc/group', 'utf8') : ''
  const group = /^wireshark:[^:]*:(\d+):/m.exec(groups)?.[1]
  if (group !== undefined && statSync(dumpcap).gid === Number(group))
    return ['sudo usermod -aG wireshark $USER, and log in again']
  return [`sudo setcap cap_net_raw,cap_net_admin+ep ${dumpcap}`]
}

/** Folders of programs for administrators, which the search path of others lacks. */
const adminFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin']

function programPath(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...adminFolders]
  return folders
    .filter(Boolean)
    .map(folder => join(folder, name))
    .find(path => existsSync(path))
}

const isGone = (device: string): boolean =>
  !special.test(device) && listInterfaces().every(({ name }) => name !== device)
