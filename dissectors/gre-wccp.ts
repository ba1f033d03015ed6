import { field } from '../src/dissect/field.ts'
import type { Next } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { etherTypes } from './numbers/ether-types.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// | Reserved|U|A|D|  Service ID   |  Alt Bucket   | Primary Bucket|
//
// In front of an IPv4 packet, in version 2 only. A first half byte of 4 is the packet itself.

const section = 'draft-mclaggan-wccp-v2rev1-00 §4'

const services: Readonly<Record<number, string>> = { 0: 'HTTP' }

const f = {
  group: field('gre.wccp.redirect_header', 'Redirect header', {
    type: 'group',
    explain:
      'Tells a web cache why the router sent it this packet, so that it can send back what it does not want.',
    section,
  }),
  reserved: field('gre.wccp.reserved', 'Reserved', { explain: 'Bits without a use, sent as 0.', section }),
  invalid: field('gre.wccp.redirect_header_valid', 'Header not valid', {
    type: 'flag',
    explain: 'When set, the router filled in nothing and the rest of this header is not to be looked at.',
    section,
  }),
  alternative: field('gre.wccp.alternative_bucket_used', 'Alternative bucket used', {
    type: 'flag',
    explain:
      'When set, the second hash chose the cache, because too much went to the one that the first hash had chosen.',
    section,
  }),
  dynamic: field('gre.wccp.dynamic_service', 'Dynamic service', {
    type: 'flag',
    explain:
      'When set, the service is one that the cache itself described; else a number that everyone knows.',
    section,
  }),
  service: field('gre.wccp.service_id', 'Service ID', {
    explain:
      'Which traffic the router takes out for the cache: 0 is HTTP, others are agreed on with the cache.',
    section,
    values: services,
  }),
  alternativeBucket: field('gre.wccp.alternative_bucket', 'Alternative bucket', {
    explain: 'What the second hash over addresses and ports gave.',
    section,
  }),
  primaryBucket: field('gre.wccp.primary_bucket', 'Primary bucket', {
    explain: 'What the first hash over addresses and ports gave; each bucket has its cache.',
    section,
  }),
} as const

export const wccpFields = f

const ipv4 = 0x0800

/** Reads what a router that redirects to a web cache puts in front of the packet. */
export function walkRedirect(r: Reader): Next {
  if (r.peek() >> 4 !== 4) {
    r.open(f.group)
    r.bits(f.reserved, 5)
    r.flag(f.invalid)
    r.flag(f.alternative)
    r.flag(f.dynamic)
    r.u8(f.service)
    r.u8(f.alternativeBucket)
    r.u8(f.primaryBucket)
    r.close()
  }
  return r.payload(etherTypes, ipv4)
}
