import { type Field, field } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { udpPorts } from './numbers/ports.ts'
import { severityMeanings } from './numbers/status-meanings.ts'
import { readLine, textOf } from './text-lines.ts'

// <34>Oct 11 22:14:15 host tag[pid]: text                                       RFC 3164
// <34>1 2003-10-11T22:14:15.003Z host app pid msgid [id name="value"] text      RFC 5424

/** What speaks, by the number of its facility. */
export const facilities = [
  'kern',
  'user',
  'mail',
  'daemon',
  'auth',
  'syslog',
  'lpr',
  'news',
  'uucp',
  'cron',
  'authpriv',
  'ftp',
  'ntp',
  'audit',
  'alert',
  'clock',
  'local0',
  'local1',
  'local2',
  'local3',
  'local4',
  'local5',
  'local6',
  'local7',
] as const
/** How bad it is, by its number. */
export const severities = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'] as const

/** `auth.crit (34)` for `<34>`. */
function readPriority(bytes: Uint8Array, start: number, length: number): string {
  const number = Number(readLine(bytes, start, length).slice(1, -1))
  return `${facilities[number >> 3] ?? number >> 3}.${severities[number & 7]} (${number})`
}

/** How bad the line is, by its sender's word. */
function severitySaid(_value: number, layer: LayerView): string {
  const number = /\((\d+)\)$/.exec(layer.show(f.priority))
  return number ? (severityMeanings[Number(number[1]) & 7] ?? '') : ''
}

const word = (name: string, label: string, section: string, explain: string) =>
  field(`syslog.${name}`, label, { type: 'text', explain, section })

const f = {
  priority: field('syslog.pri', 'Priority', {
    type: 'text',
    explain:
      'Which part of the system speaks, and how bad it is: facility times 8 plus severity, from 0, the system is unusable, to 7, for debugging.',
    section: 'RFC 5424 §6.2.1',
    read: readPriority,
    here: severitySaid,
  }),
  message: field('syslog.msg', 'Message', {
    type: 'group',
    explain: 'The line as it goes into the log. Nothing says that the sender is who it claims to be.',
    section: 'RFC 5424 §6.4',
    read: readLine,
  }),
  version: word(
    'version',
    'Version',
    'RFC 5424 §6.2.2',
    '1 for the format of RFC 5424; the older one has none.',
  ),
  timestamp: word(
    'timestamp',
    'Timestamp',
    'RFC 5424 §6.2.3',
    'When it happened, by the clock of the sender, with its time zone.',
  ),
  oldTimestamp: word(
    'timestamp_rfc3164',
    'Timestamp',
    'RFC 3164 §4.1.2',
    'When it happened, in local time; neither the year nor the zone is told.',
  ),
  hostname: word('hostname', 'Hostname', 'RFC 5424 §6.2.4', 'The machine that the line is from.'),
  application: word(
    'appname',
    'App name',
    'RFC 5424 §6.2.5',
    'The program that wrote the message; logs are sorted by it.',
  ),
  process: word('procid', 'Process ID', 'RFC 5424 §6.2.6', 'Which run of the program; mostly its process.'),
  messageId: word(
    'msgid',
    'Message ID',
    'RFC 5424 §6.2.7',
    'The kind of message, for filters; - stands for none.',
  ),
  structured: word(
    'structured_data',
    'Structured data',
    'RFC 5424 §6.3',
    'Names and values that programs can read without guessing.',
  ),
  text: word('text', 'Text', 'RFC 5424 §6.4', 'What there is to say, in words.'),
  separator: field('syslog.separator', 'Separator', {
    type: 'bytes',
    explain: 'Blanks and brackets between the parts.',
    section: 'RFC 5424 §6',
  }),
}

export const syslog = protocol({
  id: 'syslog',
  name: 'Syslog',
  reference: 'RFC 5424, RFC 3164',
  about:
    'Sends lines of a log to another machine, over UDP without encryption or proof: VPN gateways tell there who came, and why not.',
  fields: f,
  claims: [[udpPorts, 514]],
  walk(r) {
    // What finds words makes strings: only for those who look.
    if (r.sink === null) r.rest(f.text)
    else walkLine(r)
    return r.carry(undefined)
  },
  summary: v =>
    v.has(f.priority) ? `${v.show(f.priority)}: ${v.show(f.message)}` : v.show(f.message) || 'no message',
})

const months = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const oldDate = new RegExp(`^${months} [ 0-3]\\d \\d\\d:\\d\\d:\\d\\d(?= |$)`)
const tag = /^([^\s:[\]]{1,64})(?:\[([^\]]{1,128})\])?:/

function walkLine(r: Reader): void {
  const priority = /^<\d{1,3}>/.exec(here(r))
  if (priority) r.text(f.priority, priority[0].length)
  if (r.left === 0) return
  r.open(f.message)
  const line = here(r)
  if (priority && line.startsWith('1 ')) walkParts(r, f.version, f.timestamp, f.hostname, f.application)
  else if (oldDate.test(line)) walkOld(r, line)
  if (r.left > 0) r.rest(f.text)
  r.close()
}

/** What is captured of the rest. */
const here = (r: Reader): string => textOf(r, Math.max(0, r.stop - r.pos))

function walkParts(r: Reader, ...parts: readonly Field<'text'>[]): void {
  for (const part of [...parts, f.process, f.messageId]) {
    const end = here(r).indexOf(' ')
    if (end <= 0) return
    r.text(part, end)
    r.octets(f.separator, 1)
  }
  const length = structuredLength(here(r))
  if (length === 0) return
  r.text(f.structured, length)
  if (r.peek() === 0x20) r.octets(f.separator, 1)
}

/** A lone - or elements in brackets, in whose quoted values brackets mean nothing. */
function structuredLength(line: string): number {
  if (/^-(?: |$)/.test(line)) return 1
  let quoted = false
  let open = false
  for (let at = 0; at < line.length; at++) {
    const letter = line[at]
    if (!open && letter !== '[') return at
    if (quoted && letter === '\\') at++
    else if (letter === '"') quoted = !quoted
    else if (letter === '[') open = true
    else if (letter === ']' && !quoted) open = false
  }
  return open ? 0 : line.length
}

function walkOld(r: Reader, line: string): void {
  r.text(f.oldTimestamp, oldDate.exec(line)![0].length)
  if (r.left > 0) r.octets(f.separator, 1)
  // Where a program sends its line itself, it leaves the host out.
  const host = tag.test(here(r)) ? 0 : here(r).indexOf(' ')
  if (host > 0) {
    r.text(f.hostname, host)
    r.octets(f.separator, 1)
  }
  const found = tag.exec(here(r))
  if (found === null) return
  const [whole, program, process] = found
  r.text(f.application, program!.length)
  if (process !== undefined) {
    r.octets(f.separator, 1)
    r.text(f.process, process.length)
  }
  const rest = whole.length - program!.length - (process === undefined ? 0 : process.length + 1)
  r.octets(f.separator, rest)
  if (r.peek() === 0x20) r.octets(f.separator, 1)
}
