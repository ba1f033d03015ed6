import { hexText } from '../addresses.ts'

/** How an association lays out its packets: what its algorithms are called, and the sizes that go with them. */
export type PacketForm = {
  readonly name: string
  /** Bytes of the initialization vector, and of the check value. */
  readonly iv: number
  readonly icv: number
  /** What is encrypted is a multiple of so many bytes. */
  readonly block: number
  /** False: it is only authenticated, or not even that. */
  readonly encrypts: boolean
}

/** What somebody said of one security association. */
export type GivenAssociation = {
  /** Undefined: it is true of all that nothing else is said of. */
  readonly spi: number | undefined
  /** The bytes of the address where it ends, in hex; undefined: any. */
  readonly destination: string | undefined
  readonly form: PacketForm
}

/** Security associations that packets do not tell about but somebody did: found by SPI and destination, as their receiver does it. */
export class Associations {
  readonly list: readonly GivenAssociation[]

  constructor(list: readonly GivenAssociation[] = []) {
    this.list = list
  }

  /** These and a further one. */
  with(association: GivenAssociation): Associations {
    return new Associations([...this.list, association])
  }

  /** What fits most closely: SPI and destination, then the SPI alone, then what is said of all. The last one of several. */
  find(spi: number, bytes: Uint8Array, destination: number, size: number): GivenAssociation | undefined {
    let best: GivenAssociation | undefined
    for (const one of this.list) {
      if (one.spi !== undefined && one.spi !== spi) continue
      if (one.destination !== undefined && one.destination !== hexText(bytes, destination, size)) continue
      if (best === undefined || closeness(one) >= closeness(best)) best = one
    }
    return best
  }
}

const closeness = ({ spi, destination }: GivenAssociation): number =>
  (destination === undefined ? 0 : 2) + (spi === undefined ? 0 : 1)
