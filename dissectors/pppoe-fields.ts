import { block } from '../src/dissect/block.ts'
import { bytes, field, hex } from '../src/dissect/field.ts'
import { pppoeCodeMeanings } from './numbers/tunnel-meanings.ts'

/** Codes of PPPoE: 0 for a session, the others find somebody to have one with. */
export const pppoeCodes: Readonly<Record<number, string>> = {
  0: 'Session Data',
  7: 'Active Discovery Offer (PADO)',
  9: 'Active Discovery Initiation (PADI)',
  10: 'Session-Grant (PADG)',
  11: 'Session-Credit Response (PADC)',
  12: 'Session-Quality (PADQ)',
  25: 'Active Discovery Request (PADR)',
  101: 'Active Discovery Session-confirmation (PADS)',
  167: 'Active Discovery Terminate (PADT)',
  211: 'Active Discovery Message (PADM)',
  212: 'Active Discovery Network (PADN)',
}

/** The header that discovery and sessions share. */
export const pppoeFields = {
  version: field('pppoe.version', 'Version', {
    explain: '1, so that a later form of this header can be told from this one.',
    section: 'RFC 2516 §4',
  }),
  type: field('pppoe.type', 'Type', {
    explain: 'Makes 0x11 together with the version, so that other frames on this EtherType are told at once.',
    section: 'RFC 2516 §4',
  }),
  code: field('pppoe.code', 'Code', {
    explain:
      'The step of discovery: the client calls (PADI), servers offer (PADO), the client asks one of them (PADR), which gives it a session (PADS). PADT ends it.',
    section: 'RFC 2516 §5',
    meanings: pppoeCodeMeanings,
    values: pppoeCodes,
  }),
  session: field('pppoe.session_id', 'Session ID', {
    explain:
      'The number that the server gave the session in PADS; with both Ethernet addresses it names the tunnel. 0 until then.',
    meanings: {
      0: 'There is no session yet, or none is to come of this.',
      65535: 'Set apart by the standard; no session has it.',
    },
    section: 'RFC 2516 §4',
    show: hex(4),
  }),
  length: field('pppoe.payload_length', 'Payload length', {
    explain: 'Bytes behind this header; a short Ethernet frame has padding after them.',
    here: value =>
      value > 1494
        ? 'With its header this is more than the 1500 bytes of an ordinary Ethernet frame: both ends have to agree on larger ones (RFC 4638).'
        : '',
    section: 'RFC 2516 §4',
    show: bytes,
  }),
} as const

const f = pppoeFields

export const pppoeHeader = block([f.version, 4], [f.type, 4], [f.code, 8], [f.session, 16], [f.length, 16])
/** Bytes of the header. */
export const pppoeHeaderLength = 6
