import { expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { innermostPacket } from '../../src/store/innermost.ts'
import { ipv4 } from '../craft.ts'

/** An IPv4 header of 20 bytes, RFC 791, around nothing: its first byte may lie. */
const inner = (first: string) => `${first}000014 00000000 40fd0000 0a000001 0a000002`.replaceAll(' ', '')

const inside = (first: string) => {
  const found = newDissector().dissect(ipv4(4, inner(first)), 'noted')
  const packet = innermostPacket(found)
  return (
    packet &&
    Buffer.from(packet.bytes.subarray(packet.start, packet.start + packet.capturedLength)).toString('hex')
  )
}

it('a packet in a packet is what it is', () => {
  expect(inside('45')).toBe(inner('45'))
})

it('one that names neither version is none, for a raw packet says by that alone what it is', () => {
  expect(inside('55')).toBeUndefined()
})
