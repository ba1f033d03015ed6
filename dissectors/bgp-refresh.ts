import { field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { families, subsequentFamilies } from './numbers/bgp.ts'
import { familyMeanings, subsequentMeanings } from './numbers/bgp-meanings.ts'

// |             AFI               |    Subtype    |      SAFI     |  then filters, where both sides know them

const f = {
  family: field('bgp.route_refresh.afi', 'Address family', {
    explain: 'The kind of addresses whose routes the sender wants to be told again.',
    section: 'RFC 2918 §3',
    values: families,
    meanings: familyMeanings,
  }),
  subtype: field('bgp.route_refresh.subtype', 'Subtype', {
    explain: 'Tells a request from the marks around its answer. Before RFC 7313 it was reserved.',
    section: 'RFC 7313 §4',
    values: { 0: 'Request', 1: 'Beginning of the refresh', 2: 'End of the refresh', 255: 'Reserved' },
    meanings: {
      0: 'All routes of this kind are to be told again.',
      1: 'The answer begins: routes known from before count as stale until they are told again.',
      2: 'The answer is complete: routes that are still stale are gone.',
    },
  }),
  subsequent: field('bgp.route_refresh.safi', 'Subsequent address family', {
    explain: 'The use of the routes that are wanted again: unicast, multicast, VPNs.',
    section: 'RFC 2918 §3',
    values: subsequentFamilies,
    meanings: subsequentMeanings,
  }),
  filters: field('bgp.route_refresh.orf', 'Outbound route filters', {
    type: 'bytes',
    explain: 'Filters of the sender that the other side is to apply, so that unwanted routes are never sent.',
    section: 'RFC 5291 §5',
  }),
}

export const refreshFields = f

export function walkRefresh(r: Reader): void {
  r.u16(f.family)
  r.u8(f.subtype)
  r.u8(f.subsequent)
  if (r.left > 0) r.rest(f.filters)
}
