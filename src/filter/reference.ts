import { alike } from '../alike.ts'
import type { Block } from '../dissect/block.ts'
import type { Dissection } from '../dissect/dissection.ts'
import { type Field, maxFields, secret } from '../dissect/field.ts'
import { textAt } from '../dissect/layer-view.ts'
import { allProtocols, type Protocol } from '../dissect/protocol.ts'
import type { Shape } from '../store/shapes.ts'
import { ipv4Number } from './constants.ts'
import { FilterError } from './errors.ts'
import type { Reference, Span } from './expression.ts'
import { formed, formOf } from './forms.ts'
import { insteadOf } from './instead.ts'
import { isWanted, type Layers } from './layers.ts'
import { catalogue, keywords, type Named, named, ownersOf } from './names.ts'
import { onwardBytes, type PseudoField } from './pseudo-fields.ts'
import type { Needs, Source } from './source.ts'
import { type Spot, type Spots, spotsIn, spotsOf, valueAt, wide } from './spots.ts'
import type { Value } from './values.ts'

/** Bytes of a protocol: of its header, or also what it carries. */
export type Reach = 'header' | 'onward'

/**
 * The source of a field, protocol or pseudo field.
 * @throws {FilterError} where nothing has that name
 */
export function sourceOfReference(reference: Reference, needs: Needs, reach: Reach): Source {
  const found = meaningOf(reference)
  const { layers } = reference
  const own = { kind: found.kind, span: reference, named: found, constant: undefined, fixed: undefined }
  if (found.pseudo !== undefined) return { ...own, ...pseudoSource(found.pseudo, layers, needs) }
  if (found.protocol !== undefined) {
    const { protocol } = found
    needs.look('fields')
    needs.whole = true
    return {
      ...own,
      gather: (dissection, _about, into) => gatherBytes(dissection, protocol, layers, reach, into),
      isAbsent: shape => !hasLayer(shape, new Set([protocol]), layers),
    }
  }
  return { ...own, ...fieldSource(found, layers, needs) }
}

type OfPacket = Pick<Source, 'gather' | 'ofShape' | 'isAbsent'>

/** What belongs to the whole packet is in its only layer `frame`. */
function pseudoSource(pseudo: PseudoField, layers: Layers, needs: Needs): OfPacket {
  needs.look(pseudo.depth)
  if (pseudo.flows) needs.flows = true
  const { ofLayers, carrier } = pseudo
  const isElsewhere = carrier === undefined && layers !== undefined && !isWanted(['frame'], 1, 0, layers)
  if (isElsewhere) return { gather: () => {}, isAbsent: () => true }
  return {
    gather: (dissection, about, into) => pseudo.gather(dissection, about, into, layers),
    ...(ofLayers && { ofShape: ({ protocols }: Shape) => [ofLayers(protocols, protocols.length)] }),
    isAbsent: ({ protocols }) => carrier !== undefined && !protocols.some(({ id }) => id === carrier),
  }
}

/** Words of tcpdump’s language that people may have meant. */
const tcpdumpWords = ['host', 'net', 'port', 'portrange', 'proto', 'greater', 'less'] as const

/** What a name stands for. @throws {FilterError} where it stands for nothing */
export const meaningOf = (reference: Reference): Named =>
  named(reference.name) ?? refuseName(reference.name, reference)

/** Nothing has this name: says so, and what looks like it. */
export function refuseName(name: string, { at, end }: Span): never {
  const wrong = (message: string, expected = 'a protocol or a field') => {
    throw new FilterError(message, at, end, expected)
  }
  if (name === '' || name.endsWith('.')) return wrong('a name is missing behind the dot')
  const small = name.toLowerCase()
  if (keywords.has(small)) return wrong(`${name} is written in small letters`, small)
  const [minuend = ''] = name.split('-', 1)
  if (minuend !== name && named(minuend)) return wrong('a minus stands between blanks', `${minuend} - …`)
  const instead = insteadOf(name)
  if (instead) return wrong(`no field here: ${instead.why}`, instead.write)
  const shown = name.length > 60 ? `${name.slice(0, 60)}…` : name
  const names = [...catalogue().keys(), ...tcpdumpWords]
  const close = name.length > 60 ? [] : [...protocolsCalled(name), ...alike(name, names)]
  const hint = close.length > 0 ? `; did you mean ${[...new Set(close)].slice(0, 3).join(' or ')}?` : ''
  return wrong(`${shown} is neither a protocol nor a field${hint}`)
}

/** Protocols that people call so, though their name in filters is another one: IKE, WireGuard. */
function protocolsCalled(name: string): string[] {
  const wanted = name.toLowerCase()
  const found = allProtocols.filter(
    ({ id, short, name: full }) => id !== wanted && [short, full].some(each => each.toLowerCase() === wanted),
  )
  return found.map(({ id }) => id)
}

type FieldSource = Pick<Source, 'fixed' | 'gather' | 'isAbsent'>

function fieldSource(found: Named, layers: Layers, needs: Needs): FieldSource {
  const owners = new Set(found.fields.flatMap(field => [...ownersOf(field)]))
  const isAbsent = (shape: Shape) => !hasLayer(shape, owners, layers)
  const spots = spotsOf(found)
  if (spots !== undefined) {
    const gather: Source['gather'] = (dissection, _about, into) =>
      gatherSpots(dissection, spots, layers, into)
    return { fixed: { spots, layers }, gather, isAbsent }
  }
  needs.look('fields')
  const mask = new Uint8Array(maxFields)
  for (const field of found.fields) {
    mask[field.id] = 1
    needs.fields.add(field)
  }
  const inBlocks = new Map<Block, readonly Spot[]>()
  const spotsOfBlock = (block: Block) => {
    const known = inBlocks.get(block) ?? found.fields.flatMap(field => spotsIn(block, field))
    inBlocks.set(block, known)
    return known
  }
  const gather: Source['gather'] = (dissection, _about, into) =>
    gatherRecords(dissection, spotsOfBlock, mask, layers, into)
  return { fixed: undefined, gather, isAbsent }
}

export function hasLayer({ protocols }: Shape, owners: ReadonlySet<Protocol>, layers: Layers): boolean {
  return protocols.some(
    (protocol, layer) => owners.has(protocol) && isWanted(protocols, protocols.length, layer, layers),
  )
}

function gatherBytes(
  found: Dissection,
  protocol: Protocol,
  layers: Layers,
  reach: Reach,
  into: Value[],
): void {
  for (let layer = 0; layer < found.layerCount; layer++) {
    if (found.protocols[layer] !== protocol || !isWanted(found.protocols, found.layerCount, layer, layers))
      continue
    const start = found.starts[layer]!
    if (reach === 'onward') into.push(onwardBytes(found, layer, start))
    else {
      const base = found.baseOf(layer)
      into.push(found.bytesOf(layer).subarray(base + start, base + Math.max(start, found.ends[layer]!)))
    }
  }
}

/** True where a spot of the layer is there: the layer is whole, or broke off behind it. */
export function isHeld(found: Dissection, layer: number, until: number): boolean {
  const status = found.statuses[layer]
  if (status !== 'truncated' && status !== 'malformed') return true
  return found.starts[layer]! + until <= found.ends[layer]!
}

function gatherSpots(found: Dissection, spots: Spots, layers: Layers, into: Value[]): void {
  for (let layer = 0; layer < found.layerCount; layer++) {
    const own = spots[found.protocols[layer]!.number]
    if (own === undefined || !isWanted(found.protocols, found.layerCount, layer, layers)) continue
    const bytes = found.bytesOf(layer)
    const start = found.baseOf(layer) + found.starts[layer]!
    for (const spot of own) if (isHeld(found, layer, spot.until)) into.push(valueAt(spot, bytes, start))
  }
}

function gatherRecords(
  found: Dissection,
  spotsOfBlock: (block: Block) => readonly Spot[],
  mask: Uint8Array,
  layers: Layers,
  into: Value[],
): void {
  for (let layer = 0; layer < found.layerCount; layer++) {
    if (!isWanted(found.protocols, found.layerCount, layer, layers)) continue
    // A selection only remembers where the block is.
    const block = found.selection === null ? undefined : found.blocks[layer]
    if (block !== undefined)
      for (const spot of spotsOfBlock(block))
        into.push(valueAt(spot, found.bytesOf(layer), found.blockStarts[layer]!))
    gatherBetween(found, layer, found.first[layer]!, found.last[layer]!, mask, into)
    gatherBetween(found, layer, found.trailerFirst[layer]!, found.trailerLast[layer]!, mask, into)
  }
}

function gatherBetween(
  found: Dissection,
  layer: number,
  from: number,
  until: number,
  mask: Uint8Array,
  into: Value[],
): void {
  for (let record = from; record < until; record++) {
    const field = found.fields[record]!
    if (mask[field.id] === 0) continue
    const at = found.baseOf(layer) + (found.bits[record]! >> 3)
    const length = found.bitLengths[record]! >> 3
    const swapped = found.littleEndian[record] === 1
    const bytes = found.bytesOf(layer)
    const form = formOf(field.name)
    const meant = meantBy(field, bytes, at, length, found, layer)
    const value = form
      ? formed(form, bytes.subarray(at, at + length), meant)
      : (meant ?? valueHeld(field, found.values[record]!, bytes, at, length, swapped))
    if (value !== undefined) into.push(value)
  }
}

/**
 * What people read in the place of the bytes: a name without the lengths of its parts, an address that was disguised. Secrets
 * are what they are.
 */
function meantBy(
  { type, read }: Field,
  bytes: Uint8Array,
  at: number,
  length: number,
  found: Dissection,
  layer: number,
): Value | undefined {
  if (read === undefined || read === secret) return undefined
  if (type === 'text' || type === 'group') return read(bytes, at, length, found.layer(layer))
  return type === 'ipv4' ? ipv4Number(read(bytes, at, length, found.layer(layer))) : undefined
}

function valueHeld(
  field: Field,
  number: number,
  bytes: Uint8Array,
  at: number,
  length: number,
  swapped: boolean,
): Value {
  switch (field.type) {
    case 'uint':
    case 'flag':
      return Number.isNaN(number) ? wide(bytes, at, length, swapped) : number * (field.show?.unit ?? 1)
    case 'ipv4':
      return Number.isNaN(number) ? Number(wide(bytes, at, 4, false)) : number
    case 'text':
      return textAt(bytes, at, length)
    default:
      return bytes.subarray(at, at + length)
  }
}
