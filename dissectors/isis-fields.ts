import { bytes, field, hex } from '../src/dissect/field.ts'
import { isisLevelMeanings, isisTypeMeanings } from './numbers/routing-meanings.ts'

/** Where the standard has the layouts. */
export const section = 'ISO 10589 §9'

/** `1921.6800.1001`, with the circuit as `.00` and the fragment as `-00` where they follow. */
export function readSystem(bytes: Uint8Array, start: number, length: number): string {
  const digits = Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.min(length, 8)).toString('hex')
  const [, system, circuit, fragment] = /^(.{0,12})(..)?(..)?/.exec(digits)!
  const dotted = system!.replace(/.{4}(?=.)/g, '$&.')
  return `${dotted}${circuit ? `.${circuit}` : ''}${fragment ? `-${fragment}` : ''}`
}

/** Bytes of a router's number for what the header says: 0 stands for 6, and 255 for none at all. */
export const idBytes = (said: number): number => (said === 0 ? 6 : said === 255 ? 0 : said)

const uint = (name: string, label: string, explain: string) =>
  field(`isis.${name}`, label, { explain, section })
/** A number of a router, a LAN or an LSP. */
export const system = (name: string, label: string, explain: string) =>
  field(`isis.${name}`, label, { type: 'bytes', explain, section, read: readSystem })

export const pduTypes: Readonly<Record<number, string>> = {
  15: 'L1 LAN hello',
  16: 'L2 LAN hello',
  17: 'P2P hello',
  18: 'L1 LSP',
  20: 'L2 LSP',
  24: 'L1 CSNP',
  25: 'L2 CSNP',
  26: 'L1 PSNP',
  27: 'L2 PSNP',
}

const levels: Readonly<Record<number, string>> = { 1: 'Level 1', 2: 'Level 2', 3: 'Levels 1 and 2' }

export const f = {
  discriminator: field('isis.irpd', 'Intradomain routeing protocol discriminator', {
    explain: '0x83 says that this is IS-IS: there is no IP in front of it.',
    section,
    show: hex(2),
  }),
  headerLength: field('isis.len', 'Length indicator', {
    explain: 'Bytes of the fixed part; what follows them is said in a list.',
    section,
    show: bytes,
  }),
  extension: uint('version', 'Version/Protocol ID extension', 'Has never been anything but 1.'),
  idLength: uint('sysid_len', 'ID length', 'Bytes of the number of a router; 0 stands for the usual 6.'),
  typeReserved: uint('type.reserved', 'Reserved', 'Three bits that are sent as 0.'),
  type: field('isis.type', 'PDU type', {
    explain:
      'Hellos find neighbours, LSPs tell what a router is linked to, CSNPs and PSNPs make sure that everybody has all of them.',
    section,
    meanings: isisTypeMeanings,
    values: pduTypes,
  }),
  version: uint('version2', 'Version', 'The version once more, behind the header’s type; always 1.'),
  reserved: uint('reserved', 'Reserved', 'A byte that is sent as 0.'),
  areas: uint('max_area_adr', 'Maximum area addresses', 'How many areas a router can be in; 0 stands for 3.'),
  data: field('isis.data', 'Data', {
    type: 'bytes',
    explain: 'What a PDU of an unknown type holds.',
    section,
  }),
}

export const hello = {
  circuitReserved: uint(
    'hello.reserved',
    'Reserved',
    'Six bits in front of the circuit type that have no use; sent as 0.',
  ),
  circuit: field('isis.hello.circuit_type', 'Circuit type', {
    explain: 'Whether the link is inside the area, between areas, or both.',
    section,
    meanings: isisLevelMeanings,
    values: levels,
  }),
  source: system(
    'hello.source_id',
    'Source ID',
    'The system ID of the router that sends the hello; neighbours list it in theirs.',
  ),
  holding: field('isis.hello.holding_timer', 'Holding timer', {
    explain: 'Seconds without a hello after which the neighbour is taken for gone.',
    section,
    show: value => `${value} s`,
  }),
  length: field('isis.hello.pdu_length', 'PDU length', {
    explain:
      'Bytes of the hello. Many are filled up to the size of the link, to find out whether that much gets through.',
    section,
    show: bytes,
  }),
  priority: uint('hello.priority', 'Priority', 'Who has the highest one speaks for the LAN.'),
  lan: system('hello.lan_id', 'LAN ID', 'Who speaks for the LAN now, and the number of the LAN there.'),
  localCircuit: uint('hello.local_circuit_id', 'Local circuit ID', 'The sender’s own number of the link.'),
}

export const lsp = {
  length: field('isis.lsp.pdu_length', 'PDU length', {
    explain:
      'Bytes of the link state packet with its header: what follows behind them is padding of the link.',
    section,
    show: bytes,
  }),
  life: field('isis.lsp.remaining_life', 'Remaining lifetime', {
    explain: 'Seconds until it is no longer believed; 0 takes it back.',
    section,
    show: value => `${value} s`,
  }),
  id: system(
    'lsp.lsp_id',
    'LSP ID',
    'The router that wrote it, the LAN it speaks for, and which piece this is.',
  ),
  sequence: field('isis.lsp.sequence_number', 'Sequence number', {
    explain: 'The higher one is the newer one: everybody keeps that.',
    section,
    show: hex(8),
  }),
  checksum: field('isis.lsp.checksum', 'Checksum', {
    explain: 'Covers all from the LSP ID on, and stays the same while the LSP is passed on.',
    section,
    show: hex(4),
  }),
  repair: field('isis.lsp.partition_repair', 'Partition repair', {
    type: 'flag',
    explain: 'Set by routers that can mend an area that broke in two; nobody does.',
    section,
  }),
  attached: uint('lsp.att', 'Attached', 'Says in an area: this way to the others.'),
  overload: field('isis.lsp.overload', 'Overload', {
    type: 'flag',
    explain: 'Set where nothing is to be sent through the router, say because it was just started.',
    section,
  }),
  level: field('isis.lsp.is_type', 'Type of intermediate system', {
    explain: 'Whether the router is inside its area only.',
    section,
    meanings: isisLevelMeanings,
    values: levels,
  }),
}

/** Sequence numbers PDUs name their fields alike. */
const sequence = (pdu: 'csnp' | 'psnp') => ({
  length: field(`isis.${pdu}.pdu_length`, 'PDU length', {
    explain: 'Bytes of the whole list of entries with its header, which may span several such messages.',
    section,
    show: bytes,
  }),
  source: system(`${pdu}.source_id`, 'Source ID', 'The router that tells which LSPs it has.'),
  circuit: field(`isis.${pdu}.source_circuit`, 'Source ID circuit', {
    type: 'bytes',
    explain: 'Always 0 here: a router speaks, no LAN.',
    section,
  }),
})

export const csnp = {
  ...sequence('csnp'),
  first: system('csnp.start_lsp_id', 'Start LSP ID', 'The list is complete from here on.'),
  last: system(
    'csnp.end_lsp_id',
    'End LSP ID',
    'The list is complete up to here: what is missing in between the sender does not have.',
  ),
}
export const psnp = sequence('psnp')
