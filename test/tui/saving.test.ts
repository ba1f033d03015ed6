import { afterEach, describe, expect, it } from 'vitest'
import { Capture } from '../../src/store/capture.ts'
import { temporaryDirectory } from '../capture/bytes.ts'
import { Desk } from './desk.ts'

const files = temporaryDirectory()
let desk: Desk
afterEach(() => desk.controller.leaveCapture())

/** Types a path behind `s` and so many Tabs; lengths of the packets that are in the file then. */
async function saved(name: string, tabs: number): Promise<number[]> {
  const path = files.path(name)
  desk.press('s', ...Array<string>(tabs).fill('tab'))
  desk.controller.input({ type: 'paste', text: path })
  desk.press('return')
  await desk.until(({ message, busy }) => busy === undefined && / saved/.test(message?.text ?? ''))
  const capture = await Capture.begin(path)
  await capture.survey()
  const lengths = Array.from({ length: capture.count }, (_, i) => capture.wireLength(i + 1))
  capture.close()
  return lengths
}

describe('s', () => {
  it('saves the SA of the packet, listed or not', async () => {
    // tshark: frames 7 and 9 have esp.spi 0xc6813233 and frame.len 178.
    desk = await Desk.open('ikev2-natt.pcap')
    desk.press('7', 'G')
    expect(await saved('sa.pcapng', 1)).toEqual([178, 178])
    expect(desk.said).toMatch(/sa\.pcapng: 2 packets saved$/)
  })

  it('saves what is inside the tunnels of the listed packets', async () => {
    // tshark: ip.len of the inner headers of frames 9 to 12 is 60, 60, 52, 67.
    desk = await Desk.open('ipip.pcap')
    desk.controller.dispatch({ type: 'filter', text: 'frame.number in {1, 9..12}' })
    await desk.until(({ filter }) => filter?.read === desk.controller.capture?.count)
    // It begins at what is filtered, and ARP has no SA.
    expect(await saved('inner.pcap', 1)).toEqual([60, 60, 52, 67])
    expect(desk.said).toMatch(/inner\.pcap: 4 inner packets saved; 1 had no tunnel$/)
  })
})
