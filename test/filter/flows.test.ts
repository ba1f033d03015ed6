import { expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { openSource } from '../../src/capture/source.ts'
import { Rules } from '../../src/dissect/rules.ts'
import { columnsOf } from '../../src/filter/columns.ts'
import { compileFilter } from '../../src/filter/filter.ts'
import { Flows } from '../../src/filter/flows.ts'
import { SiftedSource } from '../../src/filter/sifted-source.ts'
import { emptyFrame } from '../../src/frame.ts'
import { Capture } from '../../src/store/capture.ts'
import { CaptureFacts } from '../../src/tui/capture-facts.ts'
import { forgetFlows } from '../../src/tui/flow-numbering.ts'
import { numberAhead } from '../../src/tui/numbering-ahead.ts'
import { captureFile, framesOf } from '../captures.ts'

// The packets that tshark chooses by tcp.stream and the like are in tshark-facts.tsv.

const file = captureFile('flows.pcap')

/** What a column says of the packets that a filter lets through, as `vpnscope -Y FILTER --fields COLUMN` does. */
async function printed(filter: string | undefined, column: string): Promise<string[]> {
  const columns = columnsOf([column])
  const wanted = filter === undefined ? undefined : compileFilter(filter)
  const source = new SiftedSource(await openSource(file), wanted, new Rules(), columns)
  const dissector = newDissector(source.session)
  const frame = emptyFrame()
  const lines: string[] = []
  do
    while (source.next(frame)) {
      const values = columns.columns[0]!.values(dissector.dissect(frame, columns.depth), source.facts)
      lines.push(`${frame.number} ${values.join()}`)
    }
  while (await source.more())
  source.close()
  return lines
}

it('numbers flows by all packets, those that a filter keeps back as well', async () => {
  expect(await printed('icmp', 'tcp.stream')).toEqual(['24 ', '25 ', '26 5', '27 1', '28 6'])
  expect((await printed(undefined, 'udp.stream')).slice(18, 25)).toEqual([
    '19 ',
    '20 0',
    '21 0',
    '22 1',
    '23 2',
    '24 ',
    '25 3',
  ])
})

it('numbers them alike in an open capture, whichever packet is asked about first', async () => {
  const capture = await Capture.begin(file)
  await capture.survey()
  const facts = new CaptureFacts(capture)
  const column = columnsOf(['tcp.stream']).columns[0]!
  const numbers = [41, 27, 1, 14].map(number => {
    facts.number = number
    return column.values(capture.dissect(number), facts)[0]
  })
  capture.close()
  // As tshark numbers them.
  expect(numbers).toEqual([8, 1, 0, 2])
})

it('does not number more flows than it has room for', async () => {
  const flows = new Flows(3)
  const dissector = newDissector()
  const numbers: (number | undefined)[] = []
  for (const frame of await framesOf(file)) {
    const found = dissector.dissect(frame, 'peel')
    flows.see(found)
    const layer = found.protocols.slice(0, found.layerCount).findIndex(({ id }) => id === 'tcp')
    if (layer >= 0) numbers.push(flows.of(found, layer)?.number)
  }
  // Streams 0 to 2 as tshark has them, and nothing of the others but packets of ports that are known.
  expect(new Set(numbers)).toEqual(new Set([0, 1, 2, undefined]))
})

it('are numbered ahead, until the capture is closed', async () => {
  const capture = await Capture.begin(file)
  await capture.survey()
  await numberAhead(capture)
  let looks = 0
  const { shape } = capture
  capture.shape = number => {
    looks++
    return shape.call(capture, number)
  }
  const facts = new CaptureFacts(capture)
  facts.number = 41
  const [number] = columnsOf(['tcp.stream']).columns[0]!.values(capture.dissect(41), facts)
  expect([number, looks]).toEqual([8, 0])
  forgetFlows(capture)
  capture.close()
  await numberAhead(capture)
})
