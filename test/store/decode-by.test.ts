import { EventEmitter, once } from 'node:events'
import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { readRule } from '../../dissectors/decode-as.ts'
import { newDissector } from '../../dissectors/index.ts'
import { PcapWriter } from '../../src/capture/pcap-write.ts'
import { createCapture } from '../../src/capture/write.ts'
import { Rules } from '../../src/dissect/rules.ts'
import { Session } from '../../src/dissect/session.ts'
import { Capture } from '../../src/store/capture.ts'
import { noShape } from '../../src/store/shapes.ts'
import { temporaryDirectory } from '../capture/bytes.ts'
import { captureFile, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { asked, told, walked } from './walked.ts'

const files = temporaryDirectory()

function rulesOf(text: string): Rules {
  const rule = readRule(text)
  if (typeof rule === 'string') throw new Error(rule)
  return new Rules([rule])
}

const stackOf = (capture: Capture, number: number): string =>
  capture
    .shape(number)
    .protocols.map(({ id }) => id)
    .join('/')

it('decodes whatever is asked for as a walk by the same rules does, and back again', async () => {
  const path = captureFile('bgp-segments.pcap')
  const frames = await framesOf(path)
  const capture = await Capture.begin(path)
  await capture.survey()
  const before = stackOf(capture, capture.count)
  const rules = rulesOf('tcp.port=179:pptp')
  await capture.decodeBy(rules)
  const dissector = newDissector(new Session(), rules)
  expect(asked(capture)).toEqual(frames.map(frame => told(dissector.dissect(frame, 'noted'))))
  expect(Array.from({ length: capture.count }, (_, i) => stackOf(capture, i + 1)).join()).not.toContain('bgp')
  await capture.decodeBy(new Rules())
  expect(asked(capture)).toEqual(walked(frames))
  expect(stackOf(capture, capture.count)).toBe(before)
  capture.close()
})

it('decodes by new rules at once, and packets that were surveyed bit by bit', async () => {
  const path = files.path('long.pcap')
  const packets = 30_000
  const writer = createCapture(path, 'pcap')
  for (let number = 1; number <= packets; number++)
    writer.write({ ...udp4(number, 5000, '00'), number }, { linkType: 101 })
  writer.commit()
  const capture = await Capture.begin(path)
  await capture.survey()
  let reports = 0
  const decoding = capture.decodeBy(rulesOf('udp.port=5000:openvpn'), (done, total) => {
    reports++
    expect(total).toBe(packets)
    if (done === total) return
    expect(capture.kind(total)).toBe(noShape)
    expect(stackOf(capture, total)).toBe('ip/udp/openvpn')
  })
  await decoding
  expect(reports).toBeGreaterThan(0)
  expect(capture.kind(packets)).toBeLessThan(noShape)
  expect([1, 777, packets].map(number => stackOf(capture, number))).toEqual(
    Array<string>(3).fill('ip/udp/openvpn'),
  )
  const older = capture.decodeBy(rulesOf('udp.port=5000:wg'))
  await Promise.all([capture.decodeBy(rulesOf('udp.port=5000:esp')), older])
  expect(stackOf(capture, packets)).toBe('ip/udp/esp')
  capture.close()
})

it('decodes what a silent pipe brings later by the rules of that time', async () => {
  const pcap = new PcapWriter({ linkType: 101 })
  const [one, other] = [udp4(1, 5000, '00'), udp4(2, 5000, '00')]
  const pipe = new PassThrough()
  pipe.write(Buffer.concat([pcap.header(), pcap.record(one)]))
  const capture = await Capture.begin('-', { stdin: pipe })
  const events = new EventEmitter()
  const survey = capture.survey({ progress: (_, __, count) => events.emit(`${count} found`) })
  await once(events, '1 found')
  expect(stackOf(capture, 1)).toBe('ip/udp/data')
  await capture.decodeBy(rulesOf('udp.port=5000:openvpn'))
  expect(stackOf(capture, 1)).toBe('ip/udp/openvpn')
  pipe.end(Buffer.from(pcap.record(other)))
  await survey
  expect([capture.kind(1), stackOf(capture, 2)]).toEqual([capture.kind(2), 'ip/udp/openvpn'])
  capture.close()
})
