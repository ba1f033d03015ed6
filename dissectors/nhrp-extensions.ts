import { bytes, field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { nhrpExtensionMeanings } from './numbers/tunnel-meanings.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |C|u|        Type               |        Length                 |
// |                         Value ...

const names: Readonly<Record<number, string>> = {
  0: 'End of Extensions',
  3: 'Responder Address',
  4: 'Forward Transit NHS Record',
  5: 'Reverse Transit NHS Record',
  7: 'Authentication',
  8: 'Vendor Private',
  9: 'Cisco NAT Address',
}

export const extensionFields = {
  extension: field('nhrp.ext', 'Extension', {
    type: 'group',
    explain: 'Something that goes along with the packet: who answered, who passed it on, a password.',
    section: 'RFC 2332 §5.3',
  }),
  compulsory: field('nhrp.ext.c', 'Compulsory', {
    type: 'flag',
    explain: 'When set, who does not know the extension has to refuse the packet.',
    section: 'RFC 2332 §5.3',
  }),
  unused: field('nhrp.ext.u', 'Unused', {
    explain: 'A bit beside the first one that was never given a use; sent as 0.',
    section: 'RFC 2332 §5.3',
  }),
  type: field('nhrp.ext.type', 'Extension type', {
    explain: 'Tells what the extension carries: who answered, which way the request took, a proof.',
    section: 'RFC 2332 §5.3',
    meanings: nhrpExtensionMeanings,
    values: names,
  }),
  length: field('nhrp.ext.len', 'Extension length', {
    explain:
      'Bytes of the value, behind the four of type and length; 0 where the extension asks to be filled in.',
    section: 'RFC 2332 §5.3',
    show: bytes,
  }),
  reserved: field('nhrp.auth_ext.reserved', 'Reserved', {
    explain: 'Bits in front of the SPI, sent as 0.',
    section: 'RFC 2332 §5.3.4',
  }),
  spi: field('nhrp.auth_ext.spi', 'Security parameter index', {
    explain: 'Which secret the two routers use; 1 in all of Cisco’s packets.',
    section: 'RFC 2332 §5.3.4',
  }),
  authentication: field('nhrp.auth_ext.data', 'Authentication data', {
    type: 'bytes',
    explain: 'Proof of a shared secret. Cisco’s routers send the password itself, readable to everyone.',
    section: 'RFC 2332 §5.3.4',
  }),
  vendor: field('nhrp.vendor_ext.id', 'Vendor ID', {
    explain: 'Whose extension it is, by the first three bytes of its Ethernet addresses.',
    section: 'RFC 2332 §5.3.5',
  }),
  vendorData: field('nhrp.vendor_ext.data', 'Vendor data', {
    type: 'bytes',
    explain: 'Contents in the vendor’s own form; only its documents explain them.',
    section: 'RFC 2332 §5.3.5',
  }),
  value: field('nhrp.unknown_ext.value', 'Extension value', {
    type: 'bytes',
    explain: 'The value of an extension of another type.',
    section: 'RFC 2332 §5.3',
  }),
} as const

const f = extensionFields

const [endOfExtensions, responder, forwardRecord, reverseRecord, authentication, vendorPrivate, natAddress] =
  [0, 3, 4, 5, 7, 8, 9]

/** Reads extensions up to the one that ends them; `entries` reads a list of client information entries. */
export function walkExtensions(r: Reader, entries: (r: Reader) => void): void {
  while (r.more()) {
    r.open(f.extension)
    r.flag(f.compulsory)
    r.bits(f.unused, 1)
    const type = r.bits(f.type, 14)
    r.claim(4 + r.u16(f.length), f.length)
    if (r.left > 0) walkValue(r, type, entries)
    r.close()
    if (type === endOfExtensions) return
  }
}

function walkValue(r: Reader, type: number, entries: (r: Reader) => void): void {
  if (type === responder || type === forwardRecord || type === reverseRecord || type === natAddress)
    entries(r)
  else if (type === authentication) {
    r.u16(f.reserved)
    r.u16(f.spi)
    r.rest(f.authentication)
  } else if (type === vendorPrivate) {
    r.u24(f.vendor)
    r.rest(f.vendorData)
  } else r.rest(f.value)
}
