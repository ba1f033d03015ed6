import { expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { openSource } from '../../src/capture/source.ts'
import { Rules } from '../../src/dissect/rules.ts'
import { Session } from '../../src/dissect/session.ts'
import { compileFilter } from '../../src/filter/filter.ts'
import { RunningFacts } from '../../src/filter/packet-facts.ts'
import { SiftedSource } from '../../src/filter/sifted-source.ts'
import { emptyFrame } from '../../src/frame.ts'
import { captureFile, captureNames, framesOf } from '../captures.ts'

// Answered by layers, by bytes at fixed places, by dissecting, and by several of them in one capture.
const filters = [
  'esp || gre',
  'depth > 4',
  'ip.ttl == 64',
  'inner.ip.dst == 172.16.0.2 && icmp',
  'udp.dstport == 4500 || tcp.port == 179',
  'isakmp.notify.msgtype == 14 || ip.options',
  'ip.proto == 17 && isakmp.exchangetype == 34',
  'dns.qry.name contains "example" || bgp.type == 2',
  'frame.number > 3 && !(ip.frag_offset > 0)',
  'tls.handshake.type == 1 || ip.flags.mf == 1',
]

/** Numbers of the packets that match, each dissected as closely as the filter may ask for. */
async function dissected(name: string, text: string): Promise<number[]> {
  const filter = compileFilter(text)
  const dissector = newDissector(new Session())
  const facts = new RunningFacts()
  const numbers: number[] = []
  for (const frame of await framesOf(captureFile(name))) {
    facts.next(frame, '')
    if (filter.matches(dissector.dissect(frame, 'noted'), facts)) numbers.push(frame.number)
  }
  return numbers
}

async function sifted(name: string, text: string): Promise<number[]> {
  const source = new SiftedSource(await openSource(captureFile(name)), compileFilter(text), new Rules())
  const frame = emptyFrame()
  const numbers: number[] = []
  do while (source.next(frame)) numbers.push(frame.number)
  while (await source.more())
  source.close()
  return numbers
}

it.each(filters)(
  '%s lets the same packets through, however few of them are looked at closely',
  async text => {
    let matching = 0
    for (const name of captureNames) {
      const wanted = await dissected(name, text)
      matching += wanted.length
      expect([name, await sifted(name, text)]).toEqual([name, wanted])
    }
    expect(matching).toBeGreaterThan(0)
  },
)
