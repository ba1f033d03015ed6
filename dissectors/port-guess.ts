import type { NumberSpace } from '../src/dissect/number-space.ts'
import type { Next } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'

/** What a payload on ports that nobody claims looks like, or what these two were seen to speak before. */
export function guessPayload(r: Reader, ports: NumberSpace, source: number, destination: number): Next {
  const { session } = r
  const guessed = ports.guessed(r.peek())
  for (let i = 0; i < guessed.length; i++) {
    const protocol = guessed[i]!
    const looks = protocol.guess!
    if (!looks.begins(r, ports)) continue
    // A quotation is no conversation: whoever sends an error can put anything into it.
    if (looks.goesOn && session?.learns && !r.excerpted)
      session.conversations.enter(r, source, destination, protocol)
    if (r.noting)
      r.note(
        'info',
        `No port says so, but what follows looks like ${protocol.name}: a guess from header and length`,
      )
    return protocol
  }
  const spoken = session?.conversations.find(r, source, destination)
  const looks = spoken?.protocol.guess
  const isHere = looks?.space === ports || looks?.further === ports
  if (spoken === undefined || !isHere || !looks?.goesOn?.(r, ports)) return undefined
  const { protocol, frame } = spoken
  if (r.noting && r.left > 0)
    r.note('info', `No port says so, but these two spoke ${protocol.name} in packet ${frame}: a guess`)
  return protocol
}
