import { ah } from '../../dissectors/ah.ts'
import { esp } from '../../dissectors/esp.ts'
import { isakmp } from '../../dissectors/isakmp.ts'
import { udpencap } from '../../dissectors/udpencap.ts'
import type { Dissection } from '../dissect/dissection.ts'
import type { Field } from '../dissect/field.ts'
import type { Protocol } from '../dissect/protocol.ts'
import type { Frame } from '../frame.ts'
import { Associations } from './associations.ts'
import { Negotiations } from './negotiations.ts'
import type { Story } from './story.ts'
import { judge } from './verdicts.ts'

/**
 * Follows what the packets of one capture tell together. It sees the dissection of every frame once, in order, of depth
 * `fields` or more and with all fields recorded; it keeps nothing of it.
 */
export class Follower {
  readonly #negotiations = new Negotiations()
  readonly #associations = new Associations(this.#negotiations)
  #packets = 0
  #isNew = true
  #story: Story | undefined

  see(found: Dissection): void {
    this.#packets++
    const { protocols, layerCount } = found
    for (let layer = 0; layer < layerCount; layer++) {
      const protocol = protocols[layer]!
      if (protocol === esp || protocol === ah || protocol === isakmp || protocol === udpencap)
        this.#take(found, layer, protocol)
    }
  }

  /** What is known so far. The same parts as before where nothing has changed. */
  story(): Story {
    const packets = this.#packets
    if (this.#story !== undefined && !this.#isNew) {
      if (this.#story.packets !== packets) this.#story = { ...this.#story, packets }
      return this.#story
    }
    this.#isNew = false
    const facts = {
      negotiations: this.#negotiations.show(),
      associations: this.#associations.show(),
      limits: [...this.#negotiations.limits(), ...this.#associations.limits()],
      packets,
    }
    this.#story = { ...facts, verdicts: judge(facts) }
    return this.#story
  }

  #take(found: Dissection, layer: number, protocol: Protocol): void {
    const time = timeOf(found.frame)
    const isInnermost = layer === found.layerCount - 1
    this.#isNew = true
    if (found.quoted[layer] === 1) {
      // What the quote has room for may end in front of the IKE header.
      if (protocol === isakmp || (protocol === udpencap && isInnermost))
        this.#negotiations.refuse(found, layer, time)
    } else if (protocol === isakmp) this.#negotiations.see(found, layer, time)
    else if (protocol === esp) this.#associate(found, layer, 'esp', espFields, time)
    else if (protocol === ah) this.#associate(found, layer, 'ah', ahFields, time)
  }

  #associate(found: Dissection, layer: number, protocol: 'esp' | 'ah', f: Numbers, time: number): void {
    const view = found.layer(layer)
    const spi = view.number(f.spi)
    const sequence = view.number(f.sequence)
    if (Number.isNaN(spi) || Number.isNaN(sequence)) return
    this.#associations.see(found, layer, protocol, spi, sequence, time)
  }
}

type Numbers = { readonly spi: Field; readonly sequence: Field }

const fieldNamed = (protocol: Protocol, name: string): Field => {
  const field = Object.values(protocol.fields).find(f => f.name === name)
  if (field === undefined) throw new Error(`${protocol.id} has no field ${name}`)
  return field
}

const espFields: Numbers = { spi: fieldNamed(esp, 'esp.spi'), sequence: fieldNamed(esp, 'esp.sequence') }
const ahFields: Numbers = { spi: fieldNamed(ah, 'ah.spi'), sequence: fieldNamed(ah, 'ah.sequence') }

/** Seconds since 1970 as one number; NaN: the capture has no times. */
const timeOf = ({ seconds, fraction, digits }: Frame): number => seconds + fraction / 10 ** digits
