import { saFields } from '../../dissectors/ikev2-sa.ts'
import { securityProtocols2 } from '../../dissectors/numbers/ikev2.ts'
import type { Field } from '../dissect/field.ts'
import { algorithmName, groupName } from './algorithm-names.ts'
import type { Records } from './records.ts'
import type { Proposal, Transform } from './story.ts'

/** The proposals of an IKEv2 SA payload. */
export function* proposals2(payload: Records): Generator<Proposal> {
  for (const proposal of payload.groupsOf(saFields.proposal)) {
    const protocol = proposal.number(saFields.protocol)
    if (Number.isNaN(protocol)) return
    const transforms: Transform[] = []
    for (const group of proposal.groupsOf(saFields.transform)) {
      const transform = transform2(group)
      if (transform !== undefined) transforms.push(transform)
    }
    yield {
      number: proposal.number(saFields.number),
      protocol: securityProtocols2[protocol] ?? `protocol ${protocol}`,
      spi: proposal.hex(saFields.spi),
      transforms,
    }
  }
}

const idFields: readonly Field[] = [
  saFields.encryption,
  saFields.prf,
  saFields.integrity,
  saFields.method,
  saFields.sequence,
  saFields.otherMethod,
  saFields.otherId,
]

/** Undefined where the payload broke off before the algorithm's number. */
function transform2(group: Records): Transform | undefined {
  const type = group.number(saFields.transformType)
  for (const field of idFields) {
    const id = group.number(field)
    if (Number.isNaN(id)) continue
    const keyLength = group.number(saFields.keyLength) || 0
    return shared(kinds[type] ?? `transform type ${type}`, id, keyLength, nameOf(field, id, keyLength))
  }
  return undefined
}

const kinds: Readonly<Record<number, string>> = {
  1: 'encryption',
  2: 'prf',
  3: 'integrity',
  4: 'key exchange',
  5: 'sequence numbers',
  6: 'additional key exchange 1',
  7: 'additional key exchange 2',
  8: 'additional key exchange 3',
  9: 'additional key exchange 4',
  10: 'additional key exchange 5',
  11: 'additional key exchange 6',
  12: 'additional key exchange 7',
  13: 'key wrap',
  14: 'group controller authentication',
}

/** The registry has sentences here. */
const sequenceNames: Readonly<Record<number, string>> = { 0: 'no ESN', 1: 'ESN', 2: 'unspecified' }

function nameOf(field: Field, id: number, keyLength: number): string {
  if (field === saFields.method || field === saFields.otherMethod) return groupName(id)
  if (field === saFields.sequence) return sequenceNames[id] ?? `number ${id}`
  return algorithmName(field, id, keyLength)
}

/** More different transforms than peers ever offer; those of a hostile flood are made anew each time. */
const remembered = 4096
const known = new Map<string, Transform>()

/** Offers repeat the same few transforms, so each is kept once. */
export function shared(kind: string, id: number, keyLength: number, name: string): Transform {
  const key = `${kind}/${id}/${keyLength}/${name}`
  const old = known.get(key)
  if (old !== undefined) return old
  const transform = { kind, id, name, keyLength }
  if (known.size < remembered) known.set(key, transform)
  return transform
}
