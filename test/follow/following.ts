import { newDissector } from '../../dissectors/index.ts'
import { Session } from '../../src/dissect/session.ts'
import { Follower } from '../../src/follow/follow.ts'
import type { Story } from '../../src/follow/story.ts'
import type { Frame } from '../../src/frame.ts'
import { captureFile, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'

/** What a follower tells after these frames. */
export function storyOf(frames: Iterable<Frame>): Story {
  const follower = new Follower()
  const dissector = newDissector(new Session())
  for (const frame of frames) follower.see(dissector.dissect(frame, 'fields'))
  return follower.story()
}

/** What it tells of a capture of the project. */
export const storyIn = async (name: string): Promise<Story> => storyOf(await framesOf(captureFile(name)))

/** The frame with source and destination address swapped: no sum changes. */
export function back(frame: Frame): Frame {
  const bytes = frame.bytes.slice()
  bytes.copyWithin(12, 16, 20)
  bytes.set(frame.bytes.subarray(12, 16), 16)
  return { ...frame, bytes }
}

/** Frames numbered from 1 on, a tenth of a second apart unless `gap` says otherwise. */
export const numbered = (frames: readonly Frame[], gap = 0.1): Frame[] =>
  frames.map((frame, i) => ({
    ...frame,
    number: i + 1,
    seconds: Math.floor(i * gap),
    fraction: Math.round((i * gap - Math.floor(i * gap)) * 1e6),
    digits: 6,
  }))

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')

/** A payload of IKE, without the byte that names the next one. */
export type Payload = readonly [type: number, body: string]

/** An IKE message as hex: `flags` 8 is the initiator's, 32 a response. */
export function ike(
  exchange: number,
  flags: number,
  payloads: readonly Payload[],
  more: { initiator?: string; responder?: string; id?: number; version?: number } = {},
): string {
  const { initiator = '1111111111111111', responder = '0000000000000000', id = 0, version = 2 } = more
  const chain = payloads
    .map(([, body], i) => `${hex(payloads[i + 1]?.[0] ?? 0, 2)}00${hex(4 + body.length / 2, 4)}${body}`)
    .join('')
  const head = `${hex(payloads[0]?.[0] ?? 0, 2)}${version}0${hex(exchange, 2)}${hex(flags, 2)}${hex(id, 8)}`
  return `${initiator}${responder}${head}${hex(28 + chain.length / 2, 8)}${chain}`
}

/** IKE between ports 500 of 192.0.2.1 and 192.0.2.2, the other way for those of the responder. */
export const sent = (message: string): Frame => udp4(500, 500, message)
export const answered = (message: string): Frame => back(sent(message))

/** AES-CBC-128, HMAC-SHA2-256-128, PRF HMAC-SHA2-256 and the group, as RFC 7296 §3.3 lays them out. */
export const offer = (group: number): Payload => [
  33,
  `0000002c01010004 0300000c0100000c800e0080 030000080300000c 0300000802000005 000000080400${hex(group, 4)}`.replace(
    / /g,
    '',
  ),
]
export const keyExchange = (group: number, bytes = 'ab'.repeat(32)): Payload => [
  34,
  `${hex(group, 4)}0000${bytes}`,
]
export const nonce: Payload = [40, 'cd'.repeat(32)]
export const notify = (type: number, data = ''): Payload => [41, `0000${hex(type, 4)}${data}`]
export const sealed = (bytes = 64): Payload => [46, '5e'.repeat(bytes)]

/** ESP of 192.0.2.1. */
export const esp = (spi: number, sequence: number, bytes = 32): string =>
  `${hex(spi, 8)}${hex(sequence, 8)}${'e5'.repeat(bytes)}`
