import { linkTypes } from '../../dissectors/numbers/link-types.ts'
import type { Dissection } from '../dissect/dissection.ts'
import { bytes } from '../dissect/field.ts'
import type { LayerView } from '../dissect/layer-view.ts'
import type { Protocol } from '../dissect/protocol.ts'

/** What a usual link carries at most. */
const usualMtu = 1500

/**
 * What wraps the packets inside a packet, and what that costs: a paragraph each, and one for all together. What an outer header is
 * for is said of the outermost one. `networks`: the layers with addresses.
 */
export function wrappings(found: Dissection, networks: readonly LayerView[]): string[] {
  const said: string[] = []
  let total = 0
  for (const v of networks) {
    const around = headersAround(v)
    const [outer] = around
    if (outer === undefined) continue
    total += sizeOf(around)
    const sentences = [costs(around, `the packet ${wayOf(v)}`), beginning(found, v, outer)]
    said.push([...sentences, ...(said.length === 0 ? [purpose(v, outer)] : [])].join(' '))
  }
  if (said.length > 1)
    said.push(`All these wrappings together cost ${bytes(total)}: the innermost packet begins behind them.`)
  return [...said, ...framesInside(found, networks)]
}

/** `from 192.168.1.2 to 192.168.1.1`. */
export const wayOf = (v: LayerView): string =>
  `from ${endOf(v, 0) || 'an address that is missing'} to ${endOf(v, 1) || 'one that is missing'}`

/** The source (0) or the destination (1) of a layer; empty where it is not there. */
function endOf(v: LayerView, end: 0 | 1): string {
  const field = v.protocol.addresses?.[end]
  return field ? v.show(field) : ''
}

/** The headers between a packet and the one that carries it, that one’s own first; none: nothing carries it. */
function headersAround(v: LayerView): LayerView[] {
  const around: LayerView[] = []
  for (let outer = v.outer; outer !== undefined; outer = outer.outer) {
    around.unshift(outer)
    if (outer.protocol.addresses) return around
  }
  return []
}

const sizeOf = (headers: readonly LayerView[]): number => headers.reduce((sum, v) => sum + v.length, 0)

/** `IPv4, GRE and Ethernet wrap …, which costs 20 + 4 + 14 = 38 bytes of overhead: …`. */
function costs(around: readonly LayerView[], what: string): string {
  const names = around.map(v => v.protocol.short)
  const total = sizeOf(around)
  const wrap =
    names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)} wrap` : `${names[0]} wraps`
  const sum = names.length > 1 ? `${around.map(v => v.length).join(' + ')} = ${bytes(total)}` : bytes(total)
  const left = usualMtu - total
  const mtu = left > 0 ? `: where packets of ${usualMtu} bytes fit, ${left} are left for what is inside` : ''
  return `${wrap} ${what}, which costs ${sum} of overhead${mtu}.`
}

function beginning(found: Dissection, v: LayerView, outer: LayerView): string {
  return found.bufferOf[v.index] === found.bufferOf[outer.index]
    ? `Plain, it would begin at bit ${outer.offset * 8}, where its wrapping does; wrapped, it begins at bit ${v.offset * 8}.`
    : 'It lies in a buffer of its own, because no captured packet holds it as it stands.'
}

function purpose(v: LayerView, outer: LayerView): string {
  const near = endOf(outer, 0) || 'the near end'
  const far = endOf(outer, 1) || 'the far end'
  return [
    `The outer header is for the network in which ${near} and ${far} reach each other.`,
    `When ${far} has taken it off, it looks ${endOf(v, 1) || 'the inner destination'} up in its own routing table, and keeps the packet or forwards it.`,
  ].join(' ')
}

/** Link headers that a network carries for something that has no addresses of a network. */
function framesInside(found: Dissection, networks: readonly LayerView[]): string[] {
  const counted = new Set(networks.flatMap(headersAround))
  const said: string[] = []
  for (let i = 0; i < found.layerCount; i++) {
    const v = found.layer(i)
    if (!isLink(v.protocol) || v.quoted || counted.has(v)) continue
    const around = headersAround(v)
    if (around.length > 0) said.push(costs(around, `a whole frame of ${v.protocol.short}`))
  }
  return said
}

/** What a capture may begin with, and has no addresses of a network. */
const isLink = ({ claims, addresses }: Protocol): boolean =>
  addresses === undefined && claims.some(([space]) => space === linkTypes)
