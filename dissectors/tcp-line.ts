import { data } from '../src/dissect/data.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { f } from './tcp-fields.ts'
import { o } from './tcp-option-fields.ts'

const flagLetters = [
  [0x02, 'S'],
  [0x01, 'F'],
  [0x04, 'R'],
  [0x08, 'P'],
  [0x80, 'W'],
  [0x40, 'E'],
] as const
const opensOrCloses = 0x07
const acknowledges = 0x10
const urgent = 0x20
const resets = 0x04

/** At most this many bytes are shown of what comes with a reset. */
const shownOfReset = 30

const names = [
  [0x02, 'SYN'],
  [0x01, 'FIN'],
  [0x04, 'RST'],
  [0x08, 'PSH'],
  [0x10, 'ACK'],
  [0x20, 'URG'],
  [0x40, 'ECE'],
  [0x80, 'CWR'],
  [0x100, 'AE'],
] as const

const inWords = (flags: number): string =>
  names
    .filter(([bit]) => flags & bit)
    .map(([, name]) => name)
    .join(', ') || 'no flags'

/** The few combinations that are met are put into words once. */
const known: string[] = []

/** The flags by name, in the order of a connection's life: `SYN, ACK`. */
export const flagNames = (flags: number): string => (known[flags] ??= inWords(flags))

/**
 * TCP as OpenBSD's tcpdump prints it, with sequence numbers as they are (its -S): a line knows one packet only,
 * and numbers relative to the start of a connection would need them all.
 */
export function printTcp(v: LayerView, line: Line): void {
  const { out, options } = line
  line.complete = true
  if (v.extent < 20) {
    out.ascii('truncated-tcp ').decimal(v.extent)
    return
  }
  if (!v.has(f.urgentPointer) && v.status === 'truncated') {
    if (v.has(f.sequenceNumber) && !v.has(f.acknowledgmentNumber) && !options.quiet)
      out.decimal(v.number(f.sequenceNumber)).char(space)
    out.ascii('[|tcp]')
    return
  }
  const headerLength = v.number(f.dataOffset) * 4
  const length = v.extent - headerLength
  if (options.quiet) {
    out.ascii('tcp ').decimal(length)
    return
  }
  const flags = v.number(f.flags)
  printFlags(flags, line)
  if (length < 0) {
    out.ascii(' [bad hdr length]')
    return
  }
  if (options.verbose > 0) printChecksum(v, line)
  printNumbers(v, line, flags, length)
  if (v.has(o.options)) printOptions(v, line, flags)
  if (length <= 0) return
  if (!(flags & resets)) {
    if (v.next?.protocol !== data) line.behindColon(v)
  } else if (options.verbose > 0) printResetData(v, line, length)
}

const space = 0x20

const letters: string[] = []

const lettersOf = (flags: number): string =>
  flagLetters
    .filter(([bit]) => flags & bit)
    .map(([, letter]) => letter)
    .join('') || '.'

function printFlags(flags: number, line: Line): void {
  line.out.ascii((letters[flags] ??= lettersOf(flags)))
}

function printChecksum(v: LayerView, line: Line): void {
  const check = v.check(f.checksum)
  if (check === undefined) return
  if (check.good) line.out.ascii(' [tcp sum ok]')
  else
    line.out.ascii(' [bad tcp cksum ').hex(v.number(f.checksum)).ascii('! -> ').hex(check.expected).ascii(']')
}

function printNumbers(v: LayerView, line: Line, flags: number, length: number): void {
  const { out, options } = line
  const sequence = v.number(f.sequenceNumber)
  if (options.verbose > 1 || length > 0 || flags & opensOrCloses)
    out
      .char(space)
      .decimal(sequence)
      .char(0x3a)
      .decimal((sequence + length) % 2 ** 32)
      .char(0x28)
      .decimal(length)
      .char(0x29)
  if (flags & acknowledges) out.ascii(' ack ').decimal(v.number(f.acknowledgmentNumber))
  out.ascii(' win ').decimal(v.number(f.window))
  if (flags & urgent) out.ascii(' urg ').decimal(v.number(f.urgentPointer))
}

const endOfList = 0
const noOperation = 1
const sack = 5
const signature = 19

/** Names of options whose contents are numbers of 1, 2 or 4 bytes, and the bytes of all of them. */
const numbered: Readonly<Record<number, readonly [name: string, size: number, bytes: number]>> = {
  2: ['mss', 2, 2],
  3: ['wscale', 1, 1],
  4: ['sackOK', 0, 0],
  6: ['echo', 4, 4],
  7: ['echoreply', 4, 4],
  8: ['timestamp', 4, 8],
  11: ['cc', 4, 4],
  12: ['ccnew', 4, 4],
  13: ['ccecho', 4, 4],
}

/** `<mss 1460,nop,wscale 7>`; a list that is cut or broken ends in `[|tcp]` or `[bad opt]`. */
function printOptions(v: LayerView, line: Line, flags: number): void {
  const { out } = line
  const { found } = v
  const start = v.start(f.sourcePort)
  const end = start + v.number(f.dataOffset) * 4
  const held = found.baseOf(v.index) + found.ends[v.index]!
  let separator = ' <'
  for (let kind = v.at(o.kind); kind >= 0; kind = v.at(o.kind, kind)) {
    out.ascii(separator)
    separator = ','
    const number = found.values[kind]!
    if (number === endOfList) {
      out.ascii('eol')
      break
    }
    if (number === noOperation) {
      out.ascii('nop')
      continue
    }
    const at = v.position(kind)
    const size = v.at(o.length, kind)
    const length = size >= 0 && v.position(size) === at + 1 ? found.values[size]! : 0
    if (at + Math.max(length, 2) > held && v.status === 'truncated') break
    if (length < 2 || at + length > end) {
      out.ascii('[bad opt]')
      break
    }
    printOption(v.bytes, at, number, length, line, (flags & acknowledges) !== 0)
  }
  if (v.status === 'truncated') out.ascii('[|tcp]')
  out.char(0x3e)
}

/** The option of `length` bytes at `at`. */
function printOption(
  bytes: Uint8Array,
  at: number,
  kind: number,
  length: number,
  line: Line,
  ack: boolean,
): void {
  const { out } = line
  const known = numbered[kind]
  if (known !== undefined) {
    const [name, size, total] = known
    out.ascii(name)
    if (total === length - 2)
      for (let i = 0; i < total; i += size) out.char(space).decimal(numberAt(bytes, at + 2 + i, size))
    else out.ascii('[len ').decimal(length).char(0x5d)
  } else if (kind === sack) printBlocks(bytes, at, length, line, ack)
  else {
    if (kind === signature) out.ascii('tcpmd5:')
    else out.ascii('opt-').decimal(kind).char(0x3a)
    out.hexBytes(bytes, at + 2, length - 2)
  }
}

function printBlocks(bytes: Uint8Array, at: number, length: number, line: Line, ack: boolean): void {
  const { out } = line
  if (length % 8 !== 2 || !ack) {
    out
      .ascii('malformed sack [len ')
      .decimal(length - 2)
      .ascii('] ')
    return
  }
  out
    .ascii('sack ')
    .decimal((length - 2) / 8)
    .char(space)
  for (let i = at + 2; i < at + length; i += 8)
    out
      .char(0x7b)
      .decimal(numberAt(bytes, i, 4))
      .char(0x3a)
      .decimal(numberAt(bytes, i + 4, 4))
      .ascii('} ')
}

function numberAt(bytes: Uint8Array, at: number, size: number): number {
  let value = 0
  for (let i = at; i < at + size; i++) value = value * 256 + bytes[i]!
  return value
}

/** What came with a reset, which may say in words why (RFC 1122 §4.2.2.12). */
function printResetData(v: LayerView, line: Line, length: number): void {
  const { out } = line
  const { found } = v
  const start = found.baseOf(v.index) + found.ends[v.index]!
  const end = found.bufferOf[v.index] === 0 ? found.frame.start + found.frame.capturedLength : v.bytes.length
  out.ascii(start + length <= end ? ' [RST' : ' [!RST')
  if (length > shownOfReset) out.char(0x2b)
  out.char(space)
  for (let i = start; i < Math.min(start + length, start + shownOfReset, end); i++) {
    const code = v.bytes[i]!
    if (code >= 0x20 && code < 0x7f) out.char(code)
    else out.ascii(`\\${code.toString(8).padStart(3, '0')}`)
  }
  out.char(0x5d)
}
