import type { AttributeSet } from '../../dissectors/ikev1-attributes.ts'
import { ikeAttributes } from '../../dissectors/ikev1-ike-attributes.ts'
import { ipsecAttributes } from '../../dissectors/ikev1-ipsec-attributes.ts'
import { proposalFields as f, transformIds } from '../../dissectors/ikev1-sa.ts'
import { nameOf } from '../dissect/number-space.ts'
import { algorithmName, groupName } from './algorithm-names.ts'
import { shared } from './ike-proposals.ts'
import type { Records } from './records.ts'
import type { Proposal, Transform } from './story.ts'

const isakmpProtocol = 1
const ahProtocol = 2
const espProtocol = 3
const protocols: Readonly<Record<number, string>> = { 1: 'IKE', 2: 'AH', 3: 'ESP', 4: 'IPCOMP' }

/** The transforms of an IKEv1 SA payload, each as a proposal of its own under the transform's number. */
export function* proposals1(payload: Records): Generator<Proposal> {
  for (const proposal of payload.groupsOf(f.proposal)) {
    const protocol = proposal.number(f.protocol)
    const spi = proposal.hex(f.spi)
    for (const transform of proposal.groupsOf(f.transform)) {
      const number = transform.number(f.transformNumber)
      if (Number.isNaN(number)) return
      yield {
        number,
        protocol: protocols[protocol] ?? `protocol ${protocol}`,
        spi,
        transforms: protocol === isakmpProtocol ? phase1(transform) : phase2(transform, protocol),
      }
    }
  }
}

/** The attributes of a transform that are numbers. */
class Attributes {
  readonly #set: AttributeSet
  readonly #values = new Map<number, number>()

  constructor(transform: Records, set: AttributeSet) {
    this.#set = set
    for (const attribute of transform.groupsOf(set.attribute)) {
      const type = attribute.number(set.type)
      const value = numberOf(attribute, set, type)
      if (!Number.isNaN(value) && !this.#values.has(type)) this.#values.set(type, value)
    }
  }

  /** The attribute of a type as a transform; none where the offer does not say it. */
  *as(kind: string, type: number, keyLengthType?: number): Generator<Transform> {
    const id = this.#values.get(type)
    const field = this.#set.known[type]
    if (id === undefined || field === undefined) return
    const keyLength = (keyLengthType !== undefined && this.#values.get(keyLengthType)) || 0
    yield shared(kind, id, keyLength, algorithmName(field, id, keyLength))
  }

  *group(type: number): Generator<Transform> {
    const id = this.#values.get(type)
    if (id !== undefined) yield shared('key exchange', id, 0, groupName(id))
  }

  /** The first lifetime; there may be one in seconds and one in kilobytes. */
  *lifetime(): Generator<Transform> {
    const { lifetime, known } = this.#set
    if (lifetime === undefined) return
    const unit = this.#values.get(lifetime.unitType)
    const duration = this.#values.get(lifetime.durationType)
    if (unit === undefined || duration === undefined) return
    const units = known[lifetime.unitType]?.values
    yield shared('lifetime', unit, 0, `${duration} ${(units && nameOf(units, unit)) ?? `of unit ${unit}`}`)
  }

  get keyLength(): number {
    return this.#values.get(ipsecKeyLength) ?? 0
  }
  has(type: number): boolean {
    return this.#values.has(type)
  }
}

const ipsecKeyLength = 6
const ipsecIntegrity = 5

function numberOf(attribute: Records, set: AttributeSet, type: number): number {
  const { lifetime } = set
  if (lifetime === undefined || type !== lifetime.durationType) {
    const field = set.known[type]
    return field === undefined ? Number.NaN : attribute.number(field)
  }
  for (const field of [lifetime.durations[1]!, lifetime.durations[2]!, lifetime.unknownUnit]) {
    const value = attribute.number(field)
    if (!Number.isNaN(value)) return value
  }
  return Number.NaN
}

function phase1(transform: Records): Transform[] {
  const attributes = new Attributes(transform, ikeAttributes)
  return [
    ...attributes.as('encryption', 1, 14),
    ...attributes.as('hash', 2),
    ...attributes.as('authentication', 3),
    ...attributes.group(4),
    ...attributes.lifetime(),
  ]
}

function phase2(transform: Records, protocol: number): Transform[] {
  const attributes = new Attributes(transform, ipsecAttributes)
  const field = transformIds[protocol] ?? f.transformId
  const id = transform.number(field)
  const keyLength = protocol === espProtocol ? attributes.keyLength : 0
  // In AH the attribute says the same as the transform's number, and tells HMAC from plain hashes.
  const isTold = Number.isNaN(id) || (protocol === ahProtocol && attributes.has(ipsecIntegrity))
  const own = isTold
    ? []
    : [shared(ownKinds[protocol] ?? 'transform', id, keyLength, algorithmName(field, id, keyLength))]
  return [
    ...own,
    ...attributes.as('integrity', ipsecIntegrity),
    ...attributes.group(3),
    ...attributes.as('mode', 4),
    ...attributes.lifetime(),
  ]
}

const ownKinds: Readonly<Record<number, string>> = { 2: 'integrity', 3: 'encryption', 4: 'compression' }
