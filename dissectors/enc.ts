import { type Field, field, hex } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { isLittleEndian, payloadOfFamily } from './address-family.ts'
import { addressFamilies } from './numbers/address-families.ts'
import { linkTypes } from './numbers/link-types.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |          Address Family (byte order of the machine)           |
// |                Security Parameters Index (SPI)                |
// |               Flags (byte order of the machine)               |

const bit = { encrypted: 0x400, authenticated: 0x800 }

const encrypted = field('enc.flags.payload_enc', 'Payload encrypted', {
  type: 'flag',
  explain: 'The packet came, or will go, through ESP with a cipher: on the wire nobody can read it.',
})
const authenticated = field('enc.flags.payload_auth', 'Payload authenticated', {
  type: 'flag',
  explain: 'The packet came, or will go, with a proof by ESP or AH that nobody changed it.',
})
const compressed = field('enc.flags.payload_compress', 'Payload compressed', {
  type: 'flag',
  explain: 'The packet came, or will go, through IPComp.',
})
const headerAuthenticated = field('enc.flags.header_auth', 'Header authenticated', {
  type: 'flag',
  explain: 'The proof covers the outer IP header too, which only AH does.',
})
const reserved = field('enc.flags.reserved', 'Reserved', {
  explain: 'Other flags of the kernel’s packet buffers; none of them is meant for readers.',
  show: hex(1),
})

const aboutFlags =
  'What IPsec did to the packet, or is about to do. Zero: it passes unprotected, although a policy or route led it here.'

const f = {
  family: field('enc.af', 'Address family', {
    explain:
      'Says what the packet is: IPv4 or IPv6, in the numbers and the byte order of the machine that captured.',
    values: addressFamilies,
  }),
  spi: field('enc.spi', 'Security parameters index', {
    explain:
      'Which security association the packet belongs to: with it, the kernel finds the key. The same number stands in clear in the ESP or AH header on the wire.',
    section: 'RFC 4301 §4.1',
    show: hex(8),
  }),
  flags: field('enc.flags', 'Flags', {
    explain: aboutFlags,
    show: hex(8),
    parts: [
      [reserved, 18],
      [headerAuthenticated, 1],
      [compressed, 1],
      [authenticated, 1],
      [encrypted, 1],
      [reserved, 10],
    ],
  }),
  flagsLittleEndian: field('enc.flags', 'Flags', {
    explain: aboutFlags,
    show: hex(8),
    parts: [
      [reserved, 10],
      [headerAuthenticated, 1],
      [compressed, 1],
      [authenticated, 1],
      [encrypted, 1],
      [reserved, 18],
    ],
  }),
}

export const enc = protocol({
  id: 'enc',
  name: 'IPsec interface',
  short: 'enc',
  reference: 'OpenBSD enc(4)',
  about:
    'Shows packets on the clear side of IPsec on BSD: after decryption or before encryption, with the security association that they belong to.',
  fields: f,
  claims: [[linkTypes, 109]],
  walk(r) {
    const little = isLittleEndian(r)
    const family = little ? r.u32le(f.family) : r.u32(f.family)
    r.u32(f.spi)
    if (little) r.u32le(f.flagsLittleEndian)
    else r.u32(f.flags)
    return payloadOfFamily(r, family)
  },
  summary: v => `SPI ${v.show(f.spi)}, ${protection(flagsOf(v)) || 'unprotected'}`,
  line: printEnc,
})

const flagsField = (v: LayerView): Field => (v.has(f.flags) ? f.flags : f.flagsLittleEndian)
const flagsOf = (v: LayerView): number => v.number(flagsField(v))

function protection(flags: number): string {
  const authentic = flags & bit.authenticated ? 'authentic' : ''
  const confidential = flags & bit.encrypted ? 'confidential' : ''
  return authentic && confidential ? `${authentic},${confidential}` : authentic || confidential
}

/** `(authentic,confidential): SPI 0x00001000: `; tcpdump leaves the parenthesis open before flags it has no name for. */
function printEnc(v: LayerView, line: Line): void {
  if (!v.has(flagsField(v))) return
  const { out } = line
  const flags = flagsOf(v)
  const other = flags & ~(bit.authenticated | bit.encrypted)
  const words = protection(flags)
  if (flags === 0) out.ascii('(unprotected): ')
  else out.ascii('(').ascii(words)
  if (words !== '') out.ascii(other === 0 ? '): ' : ',')
  out.ascii('SPI 0x').hex(v.number(f.spi), 8).ascii(': ')
  line.inner(v)
}
