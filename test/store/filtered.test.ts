import { EventEmitter, once } from 'node:events'
import { appendFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { PcapWriter } from '../../src/capture/pcap-write.ts'
import type { Dissection } from '../../src/dissect/dissection.ts'
import { Session } from '../../src/dissect/session.ts'
import { emptyFrame } from '../../src/frame.ts'
import { Capture } from '../../src/store/capture.ts'
import { Filtered } from '../../src/store/filtered.ts'
import type { Question } from '../../src/store/question.ts'
import { joined, temporaryDirectory } from '../capture/bytes.ts'
import { captureFile, captureNames, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'

const files = temporaryDirectory()

const going = { signal: new AbortController().signal, progress() {} }

async function opened(...how: Parameters<typeof Capture.begin>): Promise<Capture> {
  const capture = await Capture.begin(...how)
  await capture.survey()
  return capture
}

/** The numbers that a question finds in what has been read of a capture. */
async function found(filtered: Filtered): Promise<number[]> {
  await filtered.readTo(filtered.capture.count, going)
  const { packets } = filtered
  return Array.from({ length: packets.end - packets.first }, (_, i) => packets.at(packets.first + i))
}

const ids = ({ protocols, layerCount }: Dissection) =>
  protocols.slice(0, layerCount).map(protocol => protocol.id)

/** A question that layers do not answer. */
const asked = (matches: Question['matches'], depth: Question['depth'] = 'fields'): Question => ({
  depth,
  selection: undefined,
  ofShape: () => undefined,
  forShape: () => undefined,
  matches,
})
const holding = (id: string): Question => ({
  ...asked(() => {
    throw new Error('no packet has to be looked at')
  }),
  ofShape: ({ protocols }) => protocols.some(protocol => protocol.id === id),
})
/** The last number of the packet is odd: with pieces of datagrams and messages put together or not makes a difference. */
const isOdd = (packet: Dissection) => {
  const number = packet.values[packet.fieldCount - 1] ?? 0
  return (Number.isNaN(number) ? packet.fieldCount : number + packet.layerCount) % 2 === 1
}

describe('packets that answer a question', () => {
  it.each(captureNames)('are those that a walk through %s meets', async name => {
    const capture = await opened(captureFile(name))
    const walker = newDissector(new Session())
    const [deep, some, flat]: [number[], number[], number[]] = [[], [], []]
    for (const frame of (await framesOf(captureFile(name))).slice(0, capture.count)) {
      const packet = walker.dissect(frame, 'fields')
      if (isOdd(packet)) deep.push(frame.number)
      if (isOdd(packet) && packet.layerCount % 2 === 0) some.push(frame.number)
      if (ids(packet).includes('ip')) flat.push(frame.number)
    }
    expect(await found(new Filtered(capture, asked(isOdd)))).toEqual(deep)
    // Of the packets that are passed over, some hold pieces of what others complete.
    const even: Question = {
      ...asked(isOdd),
      ofShape: ({ protocols }) => (protocols.length % 2 === 0 ? undefined : false),
    }
    expect(await found(new Filtered(capture, even))).toEqual(some)
    expect(await found(new Filtered(capture, holding('ip')))).toEqual(flat)
    capture.close()
  })

  it('are told by their bytes where layers say what lies where', async () => {
    const capture = await opened(captureFile('walkthrough.pcap'))
    const unasked = asked(() => {
      throw new Error('no packet has to be dissected')
    })
    // The total length of an IPv4 packet at the start of the frame, as tcpdump -v prints it.
    const question: Question = {
      ...unasked,
      ofShape: ({ protocols }) => (protocols[0]?.id === 'ip' ? undefined : false),
      forShape: () => (bytes, start) => bytes[start + 2]! * 256 + bytes[start + 3]! > 300,
    }
    expect(await found(new Filtered(capture, question))).toEqual([5, 6, 7, 9, 10, 11, 12])
    capture.close()
  })

  it('are asked one kind at a time where layers answer', async () => {
    const capture = await opened(captureFile('walkthrough.pcap'))
    let shapes = 0
    const question: Question = {
      ...holding('esp'),
      ofShape: shape => ++shapes > 0 && shape.protocols.length > 4,
    }
    await found(new Filtered(capture, question))
    expect(shapes).toBe(new Set(Array.from({ length: 12 }, (_, i) => capture.kind(i + 1))).size)
    expect(shapes).toBeLessThan(12)
    capture.close()
  })
})

const pcap = new PcapWriter({ linkType: 101 })
const record = (port: number) => {
  const { bytes } = udp4(port, 53, '00'.repeat(60))
  return pcap.record({
    ...emptyFrame(),
    linkType: 101,
    capturedLength: bytes.length,
    wireLength: bytes.length,
    bytes,
  })
}
const records = (from: number, until: number) =>
  joined(...Array.from({ length: until - from }, (_, i) => record(from + i)))
const evenPort = asked(
  packet => packet.layer(1).number(packet.layer(1).protocol.fields['sourcePort']!) % 2 === 0,
)

describe('a capture that grows', () => {
  it('is looked at where the last look ended', async () => {
    const path = files.write('grows.pcap', joined(pcap.header(), records(1, 11)))
    const capture = await opened(path)
    const filtered = new Filtered(capture, evenPort)
    expect(await found(filtered)).toEqual([2, 4, 6, 8, 10])
    const earlier = filtered.packets
    capture.follow(true)
    const events = new EventEmitter()
    const survey = capture.survey({ progress: (_, __, count) => events.emit(`${count}`) })
    const there = once(events, '15')
    appendFileSync(path, records(11, 16))
    await there
    expect(filtered.read).toBe(10)
    expect(await found(filtered)).toEqual([2, 4, 6, 8, 10, 12, 14])
    expect(earlier.end).toBe(5)
    capture.follow(false)
    await survey
    capture.close()
  })

  it('keeps no numbers of packets that have left a ring', async () => {
    const stream = joined(pcap.header(), records(1, 1001))
    const capture = await opened('-', { stdin: Readable.from([stream]), ring: { bytes: 16_000 } })
    expect(capture.first).toBeGreaterThan(500)
    const filtered = new Filtered(capture, evenPort)
    const numbers = await found(filtered)
    expect(numbers).toEqual(
      Array.from({ length: 1000 }, (_, i) => i + 1).filter(
        number => number >= capture.first && number % 2 === 0,
      ),
    )
    capture.close()
  })
})

describe('work in the background', () => {
  const many = () => files.write('many.pcap', joined(pcap.header(), records(1, 5001)))

  it('lets others have their turn, tells how far it is, and goes on after it was stopped', async () => {
    const capture = await opened(many())
    const slow = asked(packet => {
      const until = performance.now() + 0.1
      while (performance.now() < until);
      return evenPort.matches(packet)
    })
    const filtered = new Filtered(capture, slow)
    const own = new AbortController()
    const reads: number[] = []
    await filtered.readTo(5000, {
      signal: own.signal,
      progress: () => {
        reads.push(filtered.read)
        own.abort()
      },
    })
    expect(reads).toEqual([filtered.read])
    expect(filtered.read).toBeGreaterThan(0)
    expect(filtered.read).toBeLessThan(5000)
    expect(filtered.packets.end).toBe(Math.floor(filtered.read / 2))
    expect(await found(filtered)).toHaveLength(2500)
    capture.close()
  })

  it('says that a packet cannot be read any more', async () => {
    const capture = await opened(many())
    capture.close()
    await expect(new Filtered(capture, evenPort).readTo(10, going)).rejects.toThrow(/closed/)
  })
})
