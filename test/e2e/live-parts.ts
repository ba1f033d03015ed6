import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'

import { describe, onTestFinished } from 'vitest'
import { hasProgram } from '../live-frames.ts'
import { type Cable, describeNetwork } from '../namespace.ts'
import { type TestTerminal, terminalMissing } from '../terminal.ts'
import { describeScreen, type Options, press, run, vpnscope } from './vpnscope.ts'

/** What the tests of a live capture share: real tunnels, senders, and the built program listening to them. */

/** A description of tests that need interfaces and a terminal; its name says where they are left out, and why. */
export const describeLive = terminalMissing === undefined ? describeNetwork : describeScreen

/** The same, for tests that need programs of others. */
export function describeTools(programs: readonly string[], name: string, stories: () => void): void {
  const missing = programs.find(program => !hasProgram(program))
  if (missing === undefined) describeLive(name, stories)
  else describe.skip(`${name} (left out: no ${missing})`, stories)
}

/** vpnscope on interfaces, once it listens. */
export async function listen(args: readonly string[], options: Options = {}): Promise<TestTerminal> {
  const terminal = await run([...vpnscope, ...args], options)
  await terminal.untilText(/following · [\d,]+\/s/)
  return terminal
}

/** Opens a line with a key, types a text, and ends it. */
export async function enter(terminal: TestTerminal, key: string, text: string): Promise<void> {
  await press(terminal, key)
  terminal.type(text)
  await terminal.untilText(text)
  terminal.press('return')
}

/** Packets that have come, as the first line of the screen says. */
export const shownCount = (terminal: TestTerminal): number =>
  Number(/of ([\d,]+) packets?/.exec(terminal.line(0))?.[1]?.replaceAll(',', '') ?? 0)

/**
 * RFC 2003 around RFC 768: a datagram in IPv4 in IPv4 in an Ethernet broadcast, from 192.0.2.1 to 192.0.2.2 outside and from
 * 10.0.0.1 to 10.0.0.2 inside, from UDP port 40000 to 9. The checksums of the headers are right, UDP's is left out.
 */
export function udpInIp(text: string): Uint8Array {
  const data = Buffer.from(text)
  const udp = Buffer.alloc(8)
  udp.writeUInt16BE(40_000, 0)
  udp.writeUInt16BE(9, 2)
  udp.writeUInt16BE(8 + data.length, 4)
  const inner = ipv4(17, [10, 0, 0, 1], [10, 0, 0, 2], Buffer.concat([udp, data]))
  const outer = ipv4(4, [192, 0, 2, 1], [192, 0, 2, 2], inner)
  return Buffer.concat([Buffer.from('ffffffffffff00005e0053020800', 'hex'), outer])
}

function ipv4(protocol: number, from: number[], to: number[], payload: Uint8Array): Buffer {
  const header = Buffer.from([0x45, 0, 0, 0, 0, 1, 0x40, 0, 64, protocol, 0, 0, ...from, ...to])
  header.writeUInt16BE(header.length + payload.length, 2)
  let sum = 0
  for (let at = 0; at < header.length; at += 2) sum += header.readUInt16BE(at)
  header.writeUInt16BE(~((sum & 0xffff) + (sum >>> 16)) & 0xffff, 10)
  return Buffer.concat([header, payload])
}

const require = createRequire(import.meta.url)

const flood = `
const { Cap } = require(process.argv[1])
const [, , device, rate, length] = process.argv
const cap = new Cap()
cap.open(device, 'greater 70000', 1 << 20, Buffer.alloc(65535))
const frame = Buffer.alloc(Number(length), 0x5a)
frame.write('ffffffffffff00005e00530288b5', 'hex')
const began = performance.now()
let sent = 0
setInterval(() => {
  const due = ((performance.now() - began) / 1000) * Number(rate)
  for (; sent < due; sent++) {
    frame.writeUInt32BE(sent, 14)
    cap.send(frame, frame.length)
  }
}, 1)
console.log('sending')
`

/** Frames of a cable's other end without pause, numbered from 0, so many a second. Returns what ends them. */
export async function startFlood(cable: Cable, rate: number, length: number): Promise<() => Promise<void>> {
  const words = [process.execPath, '-e', flood, require.resolve('cap'), cable.there, `${rate}`, `${length}`]
  const [program, ...rest] = cable.inside(...words)
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'ignore'] })
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  onTestFinished(stop)
  await once(child.stdout, 'data')
  return stop
}
