import type { Field } from '../src/dissect/field.ts'
import { pptpFields as f } from './pptp-fields.ts'

/** A field of a message, and how many bytes it has. */
export type Slot = readonly [field: Field, bytes: number]

const start = [
  [f.framings, 4],
  [f.bearers, 4],
  [f.channels, 2],
  [f.firmware, 2],
  [f.host, 64],
  [f.vendor, 64],
] as const

const pace = [
  [f.window, 2],
  [f.delay, 2],
] as const

/** What follows the header in each kind of message (RFC 2637 §2.1 to 2.15). */
export const pptpLayouts: Readonly<Record<number, readonly Slot[]>> = {
  1: [[f.version, 2], [f.reserved, 2], ...start],
  2: [[f.version, 2], [f.controlResult, 1], [f.error, 1], ...start],
  3: [
    [f.reason, 1],
    [f.reserved, 1],
    [f.reserved, 2],
  ],
  4: [
    [f.stopResult, 1],
    [f.error, 1],
    [f.reserved, 2],
  ],
  5: [[f.identifier, 4]],
  6: [
    [f.identifier, 4],
    [f.echoResult, 1],
    [f.error, 1],
    [f.reserved, 2],
  ],
  7: [
    [f.call, 2],
    [f.serial, 2],
    [f.minimumRate, 4],
    [f.maximumRate, 4],
    [f.bearer, 4],
    [f.framing, 4],
    ...pace,
    [f.phoneLength, 2],
    [f.reserved, 2],
    [f.phone, 64],
    [f.subaddress, 64],
  ],
  8: [
    [f.call, 2],
    [f.peerCall, 2],
    [f.outgoingResult, 1],
    [f.error, 1],
    [f.cause, 2],
    [f.speed, 4],
    ...pace,
    [f.channel, 4],
  ],
  9: [
    [f.call, 2],
    [f.serial, 2],
    [f.bearer, 4],
    [f.channel, 4],
    [f.dialedLength, 2],
    [f.dialingLength, 2],
    [f.dialed, 64],
    [f.dialing, 64],
    [f.subaddress, 64],
  ],
  10: [[f.call, 2], [f.peerCall, 2], [f.incomingResult, 1], [f.error, 1], ...pace, [f.reserved, 2]],
  11: [[f.peerCall, 2], [f.reserved, 2], [f.speed, 4], ...pace, [f.framing, 4]],
  12: [
    [f.call, 2],
    [f.reserved, 2],
  ],
  13: [
    [f.call, 2],
    [f.endResult, 1],
    [f.error, 1],
    [f.cause, 2],
    [f.reserved, 2],
    [f.statistics, 128],
  ],
  14: [
    [f.peerCall, 2],
    [f.reserved, 2],
    [f.crcErrors, 4],
    [f.framingErrors, 4],
    [f.hardwareOverruns, 4],
    [f.bufferOverruns, 4],
    [f.timeouts, 4],
    [f.alignments, 4],
  ],
  15: [
    [f.peerCall, 2],
    [f.reserved, 2],
    [f.sendMap, 4],
    [f.receiveMap, 4],
  ],
}
