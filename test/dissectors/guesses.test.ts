import { describe, expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { Dissection } from '../../src/dissect/dissection.ts'
import { allProtocols, type Guess } from '../../src/dissect/protocol.ts'
import { Reader } from '../../src/dissect/reader.ts'
import { captureFile, captureNames, framesOf } from '../captures.ts'

const guesses = allProtocols.flatMap(({ id, guess }) =>
  guess?.first ? [{ id, guess, first: guess.first }] : [],
)

/** Payloads of UDP and TCP in the captures of the project. */
async function payloads(): Promise<Uint8Array[]> {
  const dissector = newDissector()
  const found: Uint8Array[] = []
  for (const name of captureNames)
    for (const frame of await framesOf(captureFile(name), 20)) {
      const packet = dissector.dissect(frame, 'fields')
      for (let i = 1; i < packet.layerCount; i++) {
        const { id } = packet.protocols[packet.outers[i]!]!
        if (id !== 'udp' && id !== 'tcp') continue
        const from = packet.baseOf(i) + packet.starts[i]!
        found.push(packet.bytesOf(i).slice(from, packet.baseOf(i) + packet.limits[i]!))
      }
    }
  return found
}

/** The first bytes with which this payload would begin the protocol. */
function beginnings(guess: Guess, payload: Uint8Array): number[] {
  const bytes = payload.slice()
  const r = new Reader(new Dissection())
  return Array.from({ length: 256 }, (_, byte) => byte).filter(byte => {
    bytes[0] = byte
    r.place(bytes, 0, bytes.length, bytes.length, '')
    return [guess.space, guess.further].some(space => space && guess.begins(r, space))
  })
}

describe('the first bytes of a guess', () => {
  it('are all with which it can begin', async () => {
    const seen = new Set<string>()
    for (const payload of await payloads())
      for (const { id, guess, first } of guesses)
        for (const byte of beginnings(guess, payload)) {
          seen.add(id)
          expect(
            first.some(([from, to]) => byte >= from && byte <= to),
            `${id} with ${byte}`,
          ).toBe(true)
        }
    // Each that is guessed from its beginning was there; TFTP never is.
    expect([...seen].sort()).toEqual(
      guesses
        .map(({ id }) => id)
        .filter(id => id !== 'tftp')
        .sort(),
    )
  })
})
