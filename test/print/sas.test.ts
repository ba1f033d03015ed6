import { expect, it } from 'vitest'
import { ByteWriter } from '../../src/byte-writer.ts'
import type { Story } from '../../src/follow/story.ts'
import type { TimeStyle } from '../../src/print/clock.ts'
import { printAssociations } from '../../src/print/sas.ts'
import { alice, association, bob, story } from './stories.ts'

function printed(of: Partial<Story>, time: TimeStyle = 'epoch'): string {
  const out = new ByteWriter()
  printAssociations(out, story(of), time)
  return out.toString()
}

it('tells of each association what ipsecctl would, and what was seen', () => {
  const back = association({
    spi: 0x10,
    source: alice.address,
    destination: bob.address,
    encapsulation: 'udp',
    sourcePort: 4500,
    destinationPort: 1027,
    firstPacket: 8,
    lastPacket: 8,
    firstTime: 1795231082.437645,
    lastTime: 1795231082.437645,
    packets: 1,
    bytes: 136,
    lowestSequence: 7,
    highestSequence: 7,
    missing: 3,
    replays: 1,
    late: 2,
    negotiation: 0,
  })
  expect(printed({ associations: [association({ opposite: 1 }), back] })).toBe(
    `esp from 192.168.1.2 to 192.168.1.1 spi 0xc1a2b3c4
	counter: 12 packets, 1632 bytes
	replay: sequence 1 to 12, 0 missing, 0 replays
	first: 1002.000000 packet 7
	last: 1008.500000 packet 30
	negotiation: 1
	opposite: spi 0x00000010
esp from 192.168.1.1 to 192.168.1.2 spi 0x00000010 udpencap 4500:1027
	counter: 1 packet, 136 bytes
	replay: sequence 7 to 7, 3 missing, 1 replay, 2 too late to tell
	first: 1795231082.437645 packet 8
	last: 1795231082.437645 packet 8
	opposite: none seen
`,
  )
})

it('tells times to the microsecond', () => {
  // 1.001 * 1e6 is 1000999.9999999999.
  expect(printed({ associations: [association({ firstTime: 1.001 })] })).toContain('first: 1.001000 packet')
})

it('leaves out times that are not there, or not wanted', () => {
  const associations = [association({ firstTime: Number.NaN, lastTime: Number.NaN })]
  expect(printed({ associations })).toContain('\tfirst: packet 7\n\tlast: packet 30\n')
  expect(printed({ associations: [association()] }, 'none')).toContain('\tfirst: packet 7\n')
})

it('says what could not be kept', () => {
  expect(printed({ associations: [association()], limits: ['Only so many are kept'] })).toMatch(
    /\nOnly so many are kept\n$/,
  )
})

it('says so in a sentence where there is none', () => {
  expect(printed({})).toBe('no ESP or AH in 12 packets\n')
})
