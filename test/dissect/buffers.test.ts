import { expect, it } from 'vitest'
import { Session } from '../../src/dissect/session.ts'
import { frameOf, hexBytes, peel, raw } from '../peel.ts'

const header = (length: number, id: string, fragment: string, protocol: string) =>
  `4500 ${length.toString(16).padStart(4, '0')} ${id} ${fragment} 40${protocol} 0000 c0000201 c0000202`

it('names the buffers of a fragment in a fragment apart', () => {
  // An outer datagram in two pieces carries the second piece of an inner one, whose first piece came before.
  const session = new Session()
  const first = `${header(28, '0001', '2000', '11')} 1234 5678 0010 0000`
  const second = `${header(28, '0001', '0001', '11')} 0102030405060708`
  const outer = hexBytes(second)
  const hex = (from: number, until: number) => Buffer.from(outer.subarray(from, until)).toString('hex')
  const frames = [
    first,
    `${header(36, '0002', '2000', '04')} ${hex(0, 16)}`,
    `${header(32, '0002', '0002', '04')} ${hex(16, 28)}`,
  ]
  const last = frames
    .map((text, i) => peel({ ...frameOf(hexBytes(text), raw), number: i + 1 }, session))
    .at(-1)!
  expect(last.stack).toEqual(['ip', 'ip', 'udp', 'data'])
  expect(last.found.buffers.map(buffer => buffer.name)).toEqual(['reassembled-ip', 'reassembled-ip-2'])
  expect(last.values('udp.dstport')).toEqual([0x5678])
})
