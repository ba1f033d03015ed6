import { describe, expect, it } from 'vitest'
import { Session } from '../../src/dissect/session.ts'
import { ipv4, udp4 } from '../craft.ts'
import { everyPrinter, survive } from '../every-printer.ts'
import { peel } from '../peel.ts'

const cookies = 'e33009b00f9bfc471a04a8cff402f668 72a754aa9bc8f8ee8f2b6dbb7bb9be5c'
const ike = '3a05b9a5a2cf5ba6 0000000000000000 00 20 22 08 00000000 0000001c'
const esp = 'd00d0000 00000001 53fd41b34a0b805f'
const tcp = '9c40 1194 00000001 00000001 5018 2000 0000 0000'

// What no capture of the project holds is cut and damaged here.
const samples = [
  ['IPComp', ipv4(108, '01 00 0701 e360a89ecb709181')],
  ['a Photuris offer', udp4(468, 40000, `${cookies} 01 01 0002 0000 0003 0010 8088 0007 000a 03ff`)],
  ['Photuris values', udp4(40000, 468, `${cookies} 02 01 0002 0020 804f710e 0500 0a027b73 0100 0200`)],
  ['Photuris identities', udp4(40000, 468, `${cookies} 04 000e10 6bef79cb 7b90a92a69437f36`)],
  ['a Photuris error', udp4(468, 40000, `${cookies} 0d 05 0020`)],
  ['IKE over TCP', ipv4(6, `${tcp} 494b45544350 0022 00000000 ${ike} 0012 ${esp} 0003 ff 0400 aabb`)],
  ['ESP over TCP', ipv4(6, `${tcp} 0012 ${esp} 0022 00000000 ${ike} 0012 ${esp}`)],
  ['a long message over TCP', ipv4(6, `${tcp} 0400 ${esp} 53fd41b34a0b805f`)],
] as const

describe.each(samples)('%s', (_, frame) => {
  it('is cut anywhere without being broken', () => {
    const whole = peel(frame)
    for (let length = 1; length < frame.capturedLength; length++) {
      const cut = survive({ ...frame, capturedLength: length })
      expect(cut.statuses.join(), `cut at ${length}`).not.toContain('malformed')
      expect(cut.stack, `cut at ${length}`).toEqual(whole.stack.slice(0, cut.stack.length))
    }
  })

  it('breaks nothing, whatever its bytes say', { timeout: 60_000 }, () => {
    const lies = [0, 1, 3, 0x80, 0xff]
    const session = new Session()
    for (let at = 20; at < frame.bytes.length; at++)
      for (const lie of lies) {
        const bytes = frame.bytes.slice()
        bytes[at] = lie
        everyPrinter({ ...frame, bytes }, session)
        bytes.fill(lie, at)
        everyPrinter({ ...frame, bytes }, session)
      }
  })
})
