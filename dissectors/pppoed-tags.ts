import { bytes, type Field, field, hex } from '../src/dissect/field.ts'
import { display, type LayerView } from '../src/dissect/layer-view.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { rateFields } from './pppoed-rates.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |          TAG_TYPE             |        TAG_LENGTH             |
// |          TAG_VALUE ...

const tagNames: Readonly<Record<number, string>> = {
  0: 'End-Of-List',
  257: 'Service-Name',
  258: 'AC-Name',
  259: 'Host-Uniq',
  260: 'AC-Cookie',
  261: 'Vendor-Specific',
  262: 'Credits',
  263: 'Metrics',
  264: 'Sequence Number',
  265: 'Credit Scale Factor',
  272: 'Relay-Session-Id',
  273: 'HURL',
  274: 'MOTM',
  288: 'PPP-Max-Payload',
  289: 'IP Route Add',
  513: 'Service-Name-Error',
  514: 'AC-System-Error',
  515: 'Generic-Error',
}

const text = (name: string, label: string, section: string, explain: string) =>
  field(`pppoed.tags.${name}`, label, { type: 'text', explain, section })
const octets = (name: string, label: string, section: string, explain: string) =>
  field(`pppoed.tags.${name}`, label, { type: 'bytes', explain, section })

const values: Readonly<Record<number, Field<'text'> | Field<'bytes'>>> = {
  257: text(
    'service_name',
    'Service name',
    'RFC 2516 Appendix A',
    'Which service is asked for or offered; without a name, any.',
  ),
  258: text(
    'ac_name',
    'AC name',
    'RFC 2516 Appendix A',
    'The name of the server that answers, which is called access concentrator.',
  ),
  259: octets(
    'host_uniq',
    'Host uniq',
    'RFC 2516 Appendix A',
    'A value of the client’s that comes back in the answers, so that it finds which of its calls they belong to.',
  ),
  260: octets(
    'ac_cookie',
    'AC cookie',
    'RFC 2516 Appendix A',
    'A value of the server’s that the client has to return: the server need not remember clients that only call, and does not answer forged ones.',
  ),
  262: octets('credits', 'Credits', 'RFC 5578 §6', 'How much each side may send before it has to ask again.'),
  263: octets('metrics', 'Metrics', 'RFC 5578 §6', 'How good the radio link is: rates, delay, quality.'),
  264: octets(
    'seq_num',
    'Sequence number',
    'RFC 5578 §6',
    'Counts messages about credits, to tell the answer to each.',
  ),
  265: octets(
    'credit_scale',
    'Credit scale factor',
    'RFC 5578 §6',
    'How many bytes a credit is worth, where one byte each would count too far.',
  ),
  272: octets(
    'relay_session_id',
    'Relay session ID',
    'RFC 2516 Appendix A',
    'Put in by a relay between client and server, which finds the client by it.',
  ),
  273: octets(
    'hurl',
    'HURL',
    'draft-carrel-info-pppoe-ext-00',
    'An address of a web page that the client is to show.',
  ),
  274: octets(
    'motm',
    'MOTM',
    'draft-carrel-info-pppoe-ext-00',
    'A greeting or warning that the client is to show to its user once.',
  ),
  288: octets(
    'max_payload',
    'PPP max payload',
    'RFC 4638 §3',
    'A payload beyond 1492 bytes that both the Ethernet and the sender can take.',
  ),
  289: octets(
    'ip_route_add',
    'IP route add',
    'draft-carrel-info-pppoe-ext-00',
    'A network that the client is to reach through this session, though it has another default.',
  ),
  513: text(
    'service_name_error',
    'Service name error',
    'RFC 2516 Appendix A',
    'Why the service that was asked for cannot be had.',
  ),
  514: text(
    'ac_system_error',
    'AC system error',
    'RFC 2516 Appendix A',
    'What went wrong in the server, as too many sessions.',
  ),
  515: text(
    'generic_error',
    'Generic error',
    'RFC 2516 Appendix A',
    'What went wrong, in words for the log of the other side.',
  ),
}

const f = {
  tag: field('pppoed.tag_item', 'Tag', {
    type: 'group',
    explain: 'One thing that the sender says, asks or wants back.',
    section: 'RFC 2516 §4',
  }),
  type: field('pppoed.tag', 'Tag type', {
    explain: 'What the tag holds. Types that a receiver does not know are passed over.',
    section: 'RFC 2516 Appendix A',
    values: tagNames,
    show: value => `${tagNames[value] ?? 'unassigned'} (${hex(4)(value)})`,
  }),
  length: field('pppoed.tag_length', 'Tag length', {
    explain: 'Bytes of the value, without type and length.',
    section: 'RFC 2516 §4',
    show: bytes,
  }),
  unknown: field('pppoed.tag.unknown_data', 'Unknown data', {
    type: 'bytes',
    explain: 'What a tag of an unknown type holds.',
    section: 'RFC 2516 §4',
  }),
  vendor: field('pppoed.tags.vendor_id', 'Vendor ID', {
    explain: 'Whose tag it is, by IANA’s number of the enterprise; 3561 is the Broadband Forum.',
    section: 'RFC 2516 Appendix A',
  }),
  vendorData: field('pppoed.tags.vendor_unspecified', 'Vendor data', {
    type: 'bytes',
    explain: 'Contents in the vendor’s own form; only its documents explain them.',
    section: 'RFC 2516 Appendix A',
  }),
  lineItem: field('pppoed.tags.vendorspecific.item', 'Line attribute', {
    type: 'group',
    explain: 'One fact about the subscriber’s line, added by the equipment that it ends in.',
    section: 'RFC 4679 §3',
  }),
  lineType: field('pppoed.tags.vendorspecific.tag', 'Attribute type', {
    explain: 'Which fact: where the line ends, its speeds, its delays.',
    section: 'RFC 4679 §3',
  }),
  lineLength: field('pppoed.tag_length_8', 'Attribute length', {
    explain: 'Bytes of one fact about the line, so that unknown ones can be passed over.',
    section: 'RFC 4679 §3',
    show: bytes,
  }),
  circuit: text(
    'circuit_id',
    'Circuit ID',
    'RFC 4679 §3.3.1',
    'The port of the provider’s equipment in which the line ends.',
  ),
  remote: text('remote_id', 'Remote ID', 'RFC 4679 §3.3.2', 'The provider’s name of the subscriber’s line.'),
  lineData: field('pppoed.tags.vendorspecific.data', 'Attribute data', {
    type: 'bytes',
    explain: 'A fact of a type without a name here.',
    section: 'RFC 4679 §3',
  }),
} as const

/** The glossary of tags. */
export const tagFields: Readonly<Record<string, Field>> = {
  ...f,
  ...Object.fromEntries(Object.entries(values).map(([type, entry]) => [`tag ${type}`, entry])),
  ...Object.fromEntries([...rateFields].map(([type, entry]) => [`rate ${type}`, entry])),
}

/** Types and values of tags that make a summary. */
export const tagType = f.type

const [endOfList, vendorSpecific, broadbandForum] = [0, 261, 3561]

/** Reads tags up to the limit, or to the one that ends them. */
export function walkTags(r: Reader): void {
  while (r.more()) {
    r.open(f.tag)
    const type = r.u16(f.type)
    const length = r.u16(f.length)
    r.claim(4 + length, f.length)
    if (type === vendorSpecific) walkVendor(r)
    else if (r.left > 0) r.rest((values[type] ?? f.unknown) as Field<'bytes'>)
    r.close()
    if (type === endOfList) return
  }
}

function walkVendor(r: Reader): void {
  const vendor = r.u32(f.vendor)
  if (vendor !== broadbandForum) {
    if (r.left > 0) r.rest(f.vendorData)
    return
  }
  while (r.more()) {
    r.open(f.lineItem)
    const type = r.u8(f.lineType)
    r.claim(2 + r.u8(f.lineLength), f.lineLength)
    const rate = rateFields.get(type)
    if (rate !== undefined && r.left === 4) r.u32(rate)
    else if (r.left > 0)
      r.rest((type === 1 ? f.circuit : type === 2 ? f.remote : f.lineData) as Field<'bytes'>)
    r.close()
  }
}

/** The name of a tag, and what it says where that is a text. `at`: the record of its type. */
export function tagText(v: LayerView, at: number): string {
  const type = v.found.values[at]!
  const name = tagNames[type] ?? `tag ${hex(4)(type)}`
  const value = values[type]
  if (value?.type !== 'text') return name
  const next = v.at(f.type, at)
  const record = v.at(value, at, next < 0 ? undefined : next)
  return record < 0 ? name : `${name} ${display(v.found, record, v)}`
}
