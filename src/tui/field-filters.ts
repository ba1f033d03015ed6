import type { LayerView } from '../dissect/layer-view.ts'
import { FilterError } from '../filter/errors.ts'
import { compileFilter } from '../filter/filter.ts'
import { noFacts } from '../filter/packet-facts.ts'
import { filterOf } from '../print/field-filter.ts'
import { both } from './filter-building.ts'
import type { Detail } from './state.ts'

/** What of a packet a filter is made from. */
export type FilterOf = 'value' | 'source' | 'destination' | 'tunnel' | 'association' | 'flow'

/** A filter for something of the packet that this one matches, too; empty: the packet has nothing like it. */
export function filterFor(detail: Detail, node: number, of: FilterOf): string {
  switch (of) {
    case 'value':
      return valueFilter(detail, node)
    case 'source':
    case 'destination':
      return addressFilter(detail, of === 'source' ? 0 : 1)
    case 'tunnel':
      return tunnelFilter(detail, node)
    case 'association':
      return associationFilter(detail, node)
    case 'flow':
      return associationFilter(detail, node) || conversationFilter(detail)
  }
}

/** The name of the field under the cursor as a column can have it; empty: there is none. */
export function columnFor(detail: Detail, index: number): string {
  const node = detail.nodes[index]
  if (node === undefined || node.record < 0) return ''
  const { name } = detail.found.fields[node.record]!
  return fitting(detail, namesIn(detail, node.layer, name))
}

/** The value of a field, or of a note the field that it is about; of a layer its protocol. */
function valueFilter(detail: Detail, index: number): string {
  const { found, nodes } = detail
  const node = nodes[index]
  if (node === undefined || node.layer < 0) return ''
  if (node.kind === 'note') return valueFilter(detail, node.parent)
  const layer = found.layer(node.layer)
  return node.record < 0 ? fitting(detail, [layer.protocol.id]) : recordFilter(detail, layer, node.record)
}

function recordFilter(detail: Detail, layer: LayerView, record: number): string {
  const { name } = detail.found.fields[record]!
  const rest = filterOf(detail.found, record, layer).slice(name.length)
  const names = namesIn(detail, layer.index, name)
  // A value that cannot be compared is at least there.
  return fitting(detail, [...names.map(each => each + rest), ...names])
}

/** The innermost address of the packet. */
function addressFilter(detail: Detail, which: 0 | 1): string {
  const layer = networks(detail).at(-1)
  const record = layer?.protocol.addresses ? layer.at(layer.protocol.addresses[which]) : -1
  return layer && record >= 0 ? recordFilter(detail, layer, record) : ''
}

/** Both ends of the innermost tunnel that what is under the cursor is in, either way. */
function tunnelFilter(detail: Detail, index: number): string {
  const layers = networks(detail)
  const inside = detail.nodes[index]?.layer ?? 0
  const last = layersOf(detail).findLastIndex(
    ({ protocol: { id, addresses } }) => addresses || id in identities,
  )
  const tunnels = layers.filter(each => each.index < last)
  const layer = tunnels.findLast(each => each.index < inside) ?? tunnels[0] ?? layers[0]
  if (layer === undefined) return ''
  return eitherWay(
    detail,
    layer,
    'addr',
    layer.protocol.addresses!.map(address => layer.show(address)),
  )
}

/** A packet from one end to the other, or back. */
function eitherWay(detail: Detail, layer: LayerView, field: string, ends: readonly string[]): string {
  const names = namesIn(detail, layer.index, `${layer.protocol.id}.${field}`)
  return fitting(
    detail,
    names.map(name => ends.map(end => `${name} == ${end}`).join(' && ')),
  )
}

/** Both ends of the innermost packet and their ports, either way. */
function conversationFilter(detail: Detail): string {
  const network = networks(detail).at(-1)
  if (network === undefined) return ''
  const addresses = eitherWay(
    detail,
    network,
    'addr',
    network.protocol.addresses!.map(address => network.show(address)),
  )
  const transport = layersOf(detail).find(
    ({ index, protocol: { id } }) => index > network.index && (id === 'tcp' || id === 'udp'),
  )
  const numbers = transport
    ? Object.values(transport.protocol.fields)
        .filter(field => /^(tcp|udp)\.(src|dst)port$/.test(field.name) && transport.has(field))
        .map(field => String(transport.number(field)))
    : []
  return both(
    addresses,
    transport && numbers.length === 2 ? eitherWay(detail, transport, 'port', numbers) : '',
  )
}

/** What tells a security association, a session or a virtual network from others, by protocol. */
const identities: Readonly<Record<string, string>> = {
  ah: 'ah.spi',
  esp: 'esp.spi',
  geneve: 'geneve.vni',
  gre: 'gre.key',
  gtp: 'gtp.teid',
  isakmp: 'isakmp.ispi',
  l2tp: 'l2tp.session',
  l2tpv3: 'l2tp.sid',
  openvpn: 'openvpn.sessionid',
  pppoes: 'pppoe.session_id',
  vxlan: 'vxlan.vni',
  wg: 'wg.receiver',
}

/** That of the layer under the cursor, else of the innermost one that has one. */
function associationFilter(detail: Detail, index: number): string {
  const found = layersOf(detail).flatMap(layer => {
    const { id, fields } = layer.protocol
    const identity = Object.values(fields).find(({ name }) => name === identities[id])
    const record = identity && !layer.quoted ? layer.at(identity) : -1
    return record < 0 ? [] : [{ layer, record }]
  })
  const own = found.find(({ layer }) => layer.index === detail.nodes[index]?.layer) ?? found.at(-1)
  return own ? recordFilter(detail, own.layer, own.record) : ''
}

const layersOf = ({ found }: Detail): LayerView[] =>
  Array.from({ length: found.layerCount }, (_, i) => found.layer(i))

const networks = (detail: Detail): LayerView[] =>
  layersOf(detail).filter(layer => layer.protocol.addresses && !layer.quoted)

/** Ways to name a field of a layer, where the packet has several layers of that protocol: people's words first. */
function namesIn(detail: Detail, index: number, name: string): readonly string[] {
  const { protocols } = detail.found
  const alike = layersOf(detail).filter(layer => layer.protocol.id === protocols[index]!.id)
  const nth = alike.findIndex(layer => layer.index === index) + 1
  if (alike.length < 2) return [name]
  const numbered = `${name}#${nth}`
  if (nth === 1) return [`outer.${name}`, numbered, name]
  return nth === alike.length ? [`inner.${name}`, numbered, name] : [numbered, name]
}

/** The first of several filters that is one, and that the packet matches. */
const fitting = ({ found }: Detail, filters: readonly string[]): string =>
  filters.find(text => {
    try {
      return compileFilter(text).matches(found, noFacts)
    } catch (error) {
      if (!(error instanceof FilterError)) throw error
      return false
    }
  }) ?? ''
