import { counts, field, hex } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { nextProtocols } from './numbers/next-protocols.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |Ver|O|U|    TTL    |   Length  |U|U|U|U|MD Type| Next Protocol |
// |          Service Path Identifier (SPI)        | Service Index |
// |            Context headers, fixed or variable                 |

const fixedContext = 1
const variableContext = 2

const f = {
  version: field('nsh.version', 'Version', {
    explain: 'A receiver drops a version that it does not know. Only 0 is defined.',
    section: 'RFC 8300 §2.2',
  }),
  operations: field('nsh.Obit', 'OAM', {
    explain: 'When 1, the packet tests the chain itself and is no user’s.',
    section: 'RFC 8300 §2.2',
  }),
  unassigned: field('nsh.CBit', 'Unassigned', {
    explain: 'A bit for later use, sent as 0. Drafts of the header had a flag for critical metadata here.',
    section: 'RFC 8300 §2.2',
  }),
  ttl: field('nsh.ttl', 'Time to live', {
    explain:
      'Counts down at each step of the chain, so that a chain that runs in a circle ends. 63 by default.',
    meanings: { 63: 'No step has been made yet, if the sender began with the default.' },
    section: 'RFC 8300 §2.2',
  }),
  length: field('nsh.length', 'Length', {
    explain: 'Words of four bytes of the whole header, context included.',
    section: 'RFC 8300 §2.2',
    show: counts(4),
  }),
  metadataType: field('nsh.mdtype', 'MD type', {
    explain:
      'How metadata follow: 1, four words that the chain gives a meaning; 2, any number of typed pieces. Its first four bits are unassigned.',
    section: 'RFC 8300 §2.2',
    show: value => `${value & 15}`,
  }),
  nextProtocol: field('nsh.nextproto', 'Next protocol', {
    explain: 'Names the packet that goes through the chain.',
    section: 'RFC 8300 §2.2',
    values: nextProtocols,
  }),
  path: field('nsh.spi', 'Service path identifier', {
    explain: 'Which chain of services, say a firewall and then a cache, the packet has to pass.',
    section: 'RFC 8300 §2.3',
  }),
  index: field('nsh.si', 'Service index', {
    explain:
      'Where in the chain the packet is: every service takes 1 off. With the path it gives the next hop; at 0 the packet is dropped.',
    meanings: {
      0: 'The packet has passed more services than the chain has, and is dropped.',
      255: 'The start of the chain, where the packet was classified.',
    },
    section: 'RFC 8300 §2.3',
  }),
  context: field('nsh.contextheader', 'Context header', {
    type: 'bytes',
    explain: 'A word that whoever classified the packet leaves for the services, such as a tenant’s number.',
    section: 'RFC 8300 §2.4',
  }),
  piece: field('nsh.metadata_tlv', 'Metadata', {
    type: 'group',
    explain: 'One piece of what is known about the packet, for services that care.',
    section: 'RFC 8300 §2.5.1',
  }),
  class: field('nsh.metadataclass', 'Metadata class', {
    explain: 'Whose list of types this is; 0 is the IETF’s.',
    section: 'RFC 8300 §2.5.1',
    show: hex(4),
  }),
  type: field('nsh.metadatatype', 'Type', {
    explain: 'Tells what the piece says; the first bit asks that it be understood, in drafts of the header.',
    section: 'RFC 8300 §2.5.1',
    show: hex(2),
  }),
  unassignedBit: field('nsh.metadataunassignedbit', 'Unassigned', {
    explain: 'One bit in front of the length, sent as 0.',
    section: 'RFC 8300 §2.5.1',
  }),
  pieceLength: field('nsh.metadatalen', 'Length', {
    explain: 'Bytes of this piece, without the four before them and without padding to the next word.',
    section: 'RFC 8300 §2.5.1',
  }),
  metadata: field('nsh.metadata', 'Variable-length metadata', {
    type: 'bytes',
    explain: 'The piece itself, which only who knows class and type can read.',
    section: 'RFC 8300 §2.5.1',
  }),
  padding: field('nsh.metadata.padding', 'Padding', {
    type: 'bytes',
    explain: 'Fills the last word up, so that the next piece begins at a word.',
    section: 'RFC 8300 §2.5.1',
  }),
  header: field('nsh.context', 'Context', {
    type: 'group',
    explain: 'What the chain’s classifier and services leave for each other, beyond path and index.',
    section: 'RFC 8300 §2.4',
  }),
}

export const nsh = protocol({
  id: 'nsh',
  name: 'Network Service Header',
  short: 'NSH',
  reference: 'RFC 8300',
  about: 'Leads a packet through a chain of services, such as firewalls, whatever its addresses say.',
  fields: f,
  claims: [
    [etherTypes, 0x894f],
    [nextProtocols, 4],
  ],
  walk(r) {
    if (r.bits(f.version, 2) !== 0) r.noteField('error', 'Only version 0 is defined')
    const operations = r.bits(f.operations, 1)
    r.bits(f.unassigned, 1)
    r.bits(f.ttl, 6)
    const length = r.bits(f.length, 6) * 4
    const kind = r.u8(f.metadataType) & 15
    const next = r.u8(f.nextProtocol)
    r.u24(f.path)
    if (r.u8(f.index) === 0) r.noteField('warning', 'The index is at 0: the packet is to be dropped')
    if (length < 8) r.malformed(`${f.length.label} is ${length} bytes, the header has 8 at least`)
    if (length > 8) walkContext(r, kind, length - 8)
    if (operations) r.note('info', 'A packet that tests the chain itself')
    return r.payload(nextProtocols, next)
  },
  summary: v => `path ${v.number(f.path)}, index ${v.number(f.index)}, ${v.show(f.nextProtocol)}`,
})

function walkContext(r: Reader, kind: number, length: number): void {
  if (kind === fixedContext && length !== 16) r.noteOn(f.length, 'error', 'MD type 1 has 16 bytes of context')
  r.open(f.header, length)
  if (kind === variableContext) while (r.more()) walkPiece(r)
  else while (r.more()) r.octets(f.context, Math.min(4, r.left))
  r.close()
}

function walkPiece(r: Reader): void {
  r.open(f.piece)
  r.u16(f.class)
  r.u8(f.type)
  r.bits(f.unassignedBit, 1)
  const length = r.bits(f.pieceLength, 7)
  r.octets(f.metadata, length)
  r.octets(f.padding, -length & 3)
  r.close()
}
