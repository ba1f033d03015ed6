import type { Frame } from '../../frame.ts'
import type { Interface } from '../decoder.ts'
import { type Link, listInterfaces } from '../interfaces.ts'
import type { InterfaceDescription } from '../pcapng-write.ts'

/** An interface of the stream that Live makes. */
export type Origin = { readonly id: number; readonly described: InterfaceDescription }

/** LINKTYPE_LINUX_SLL2: what Linux delivers from all its interfaces at once, each frame with the index of its own. */
const cooked = 276
const indexAt = 4
/** More interfaces are called by the name of the device: who makes interfaces by the thousand reuses no index. */
const mostIndexes = 4096

/** The interfaces that one capturer's packets come from. */
export class Origins {
  readonly #device: string
  readonly #clock: string
  readonly #isHere: boolean
  readonly #enter: (described: InterfaceDescription) => number
  readonly #list: () => readonly Pick<Link, 'index' | 'name'>[]
  readonly #known = new Map<Interface, Map<number, Origin>>()

  /**
   * @param isHere the device is one of this system, which knows the names of its interfaces
   * @param enter puts another interface into the stream and returns its number there
   * @param list the interfaces of this system
   */
  constructor(
    device: string,
    clock: string,
    isHere: boolean,
    enter: (described: InterfaceDescription) => number,
    list: () => readonly Pick<Link, 'index' | 'name'>[] = listInterfaces,
  ) {
    this.#device = device
    this.#clock = clock
    this.#isHere = isHere
    this.#enter = enter
    this.#list = list
  }

  /** Where the frame comes from, `from` being its interface in what the capturer delivers. */
  of(frame: Frame, from: Interface): Origin {
    let known = this.#known.get(from)
    if (known === undefined) this.#known.set(from, (known = new Map()))
    const index = this.#isHere && from.linkType === cooked ? indexOf(frame) : 0
    const own = known.has(index) || known.size < mostIndexes ? index : 0
    return known.get(own) ?? this.#add(from, known, own)
  }

  #add(from: Interface, known: Map<number, Origin>, index: number): Origin {
    const own = index === 0 ? undefined : this.#list().find(link => link.index === index)
    const name = own?.name || from.name || this.#device
    const described = { ...from, name, description: this.#clock }
    const origin = { id: this.#enter(described), described }
    known.set(index, origin)
    return origin
  }
}

/** The index in the header of a cooked frame; 0: it is cut. */
function indexOf({ bytes, start, capturedLength }: Frame): number {
  if (capturedLength < indexAt + 4) return 0
  const at = start + indexAt
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0
}
