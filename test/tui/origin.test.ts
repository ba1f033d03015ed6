import { expect, it } from 'vitest'
import { Capture } from '../../src/store/capture.ts'
import { originOf } from '../../src/tui/origin.ts'
import { hex, joined, onePacket, temporaryDirectory } from '../capture/bytes.ts'

const files = temporaryDirectory()

async function originIn(bytes: Uint8Array): Promise<string> {
  const capture = await Capture.begin(files.write('o.pcapng', bytes))
  await capture.survey()
  const told = originOf(capture, 1)
  capture.close()
  return told
}

const section = hex('0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000')
/** An Ethernet interface with the name (2) `em0` and the description (3) `by ESC[1m us`. */
const named = hex(`01000000 30000000 0100 0000 00000000
  0200 0300 656d3000 0300 0a00 6279201b 5b316d20 75730000 00000000 30000000`)
const packet = hex(
  '06000000 28000000 00000000 240a0600 40222018 06000000 3c000000 616263646566 0000 28000000',
)
/** An Interface Statistics Block: isb_ifdrop (5) is 7. */
const statistics = hex(
  '05000000 28000000 00000000 240a0600 40222018 0500 0800 0700000000000000 00000000 28000000',
)

it('says when a packet was captured, where, by which clock, and what was lost there', async () => {
  // 1,700,000,000 seconds and 123,456 microseconds since 1970.
  expect(await originIn(joined(section, named, packet, statistics))).toBe(
    'Captured on em0 at 2023-11-14 22:13:20.123456 (by \\x1b[1m us). The capture lost 7 packets there.',
  )
})

it('says no more than the capture knows', async () => {
  expect(await originIn(onePacket)).toBe('Captured at 2023-11-14 22:13:20.123456.')
  // A Simple Packet Block has no time.
  const simple = hex('03000000 14000000 04000000 61626364 14000000')
  expect(await originIn(joined(section, named, simple))).toMatch(
    /^Captured on em0 at a time that nobody wrote down /,
  )
})
