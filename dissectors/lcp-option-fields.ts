import { field, hex, type Part } from '../src/dissect/field.ts'
import { chapAlgorithms, pppProtocols } from './numbers/ppp.ts'
import { authenticationMeanings, hashMeanings } from './numbers/ppp-meanings.ts'

const characters =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  )

/** Characters that lines are known to heed. */
const escaped: Readonly<Record<string, string>> = {
  DC1: 'When set, DC1 (17) is sent as two other characters: as XON it would tell a modem to go on.',
  DC3: 'When set, DC3 (19) is sent as two other characters: as XOFF it would tell a modem to stop.',
  DLE: 'When set, DLE (16) is sent as two other characters: old terminal servers take it for the start of a command.',
  NUL: 'When set, NUL (0) is sent as two other characters, for lines that swallow zeros.',
}

/** One bit for each control character, the last character first. */
const mapParts: readonly Part[] = characters
  .map(
    (name, code): Part => [
      field(`lcp.opt.asyncmap.${name.toLowerCase()}`, name, {
        type: 'flag',
        explain:
          escaped[name] ??
          `When set, ${name} (${code}) is sent as two other characters, should something on the way eat or heed it.`,
        section: 'RFC 1662 §7.1',
      }),
      1,
    ],
  )
  .reverse()

const check = (name: string, label: string, explain: string): Part => [
  field(`lcp.opt.${name}`, label, { type: 'flag', explain, section: 'RFC 1570 §2.1' }),
  1,
]

const endpointClasses: Readonly<Record<number, string>> = {
  0: 'Null',
  1: 'Locally Assigned',
  2: 'IP Address',
  3: 'IEEE 802.1 MAC Address',
  4: 'PPP Magic-Number Block',
  5: 'Public Switched Network Directory Number',
}

const callbackOperations: Readonly<Record<number, string>> = {
  0: 'by the identity that was proven',
  1: 'dialing string',
  2: 'location identifier',
  3: 'E.164 number',
  4: 'X.500 distinguished name',
  6: 'determined by CBCP',
}

/** The values of LCP’s options. */
export const lcpOptionFields = {
  organization: field('lcp.opt.oui', 'OUI', {
    explain: 'Whose option this is: the first three bytes of the vendor’s Ethernet addresses.',
    section: 'RFC 2153 §2.2',
    show: hex(6),
  }),
  kind: field('lcp.opt.kind', 'Kind', {
    explain: 'Which of the vendor’s own options it is.',
    section: 'RFC 2153 §2.2',
  }),
  data: field('lcp.opt.data', 'Data', {
    type: 'bytes',
    explain: 'What goes with the setting, as its own document says.',
  }),
  mru: field('lcp.opt.mru', 'Maximum receive unit', {
    explain:
      'The largest payload that the sender takes in one frame, 1500 without this option. PPPoE has only 1492, because its own header takes 8 bytes of the Ethernet frame.',
    here: roomLeft,
    section: 'RFC 1661 §6.1',
  }),
  asyncmap: field('lcp.opt.asyncmap', 'Async control character map', {
    explain:
      'Which control characters cannot cross the serial line to the sender as they are; 0: all can, as in every tunnel.',
    section: 'RFC 1662 §7.1',
    show: hex(8),
    parts: mapParts,
  }),
  authentication: field('lcp.opt.auth_protocol', 'Authentication protocol', {
    explain:
      'How the other end has to prove who it is: PAP sends the password as it is, CHAP a hash of it, EAP whatever both choose.',
    section: 'RFC 1661 §6.2',
    meanings: authenticationMeanings,
    values: pppProtocols,
  }),
  algorithm: field('lcp.opt.algorithm', 'Algorithm', {
    explain:
      'The hash that CHAP uses. The keys of MPPE, the encryption of PPTP, come from MS-CHAPv2, which one DES key’s worth of trying breaks.',
    section: 'RFC 1994 §3',
    meanings: hashMeanings,
    values: chapAlgorithms,
  }),
  quality: field('lcp.opt.quality_protocol', 'Quality protocol', {
    explain: 'How the ends tell each other what got lost on the line.',
    section: 'RFC 1661 §6.3',
    values: pppProtocols,
  }),
  period: field('lcp.opt.reporting_period', 'Reporting period', {
    explain: 'Hundredths of a second between two reports on the quality of the line.',
    section: 'RFC 1989 §2.3',
  }),
  magicNumber: field('lcp.opt.magic_number', 'Magic number', {
    explain:
      'A random number of the sender’s. Should its own come back in a request, the line is a loop and leads nowhere.',
    section: 'RFC 1661 §6.4',
    show: hex(8),
  }),
  checks: field('lcp.opt.fcs_alternatives', 'FCS alternatives', {
    explain: 'Which check sequences the sender can use behind each frame.',
    section: 'RFC 1570 §2.1',
    show: hex(2),
    parts: [
      [undefined, 5],
      check('fcs_alternatives.ccitt32', 'CCITT 32-bit', 'When set, a CRC of 32 bits can be used.'),
      check(
        'fcs_alternatives.ccitt16',
        'CCITT 16-bit',
        'When set, the CRC of 16 bits that is the default can be used.',
      ),
      check(
        'fcs_alternatives.null',
        'Null FCS',
        'When set, frames can do without a check, for the line below has its own.',
      ),
    ],
  }),
  maximum: field('lcp.opt.maximum', 'Maximum', {
    explain:
      'The largest number of padding bytes; each of them tells its own place, so that the end is found.',
    section: 'RFC 1570 §2.2',
  }),
  window: field('lcp.opt.window', 'Window', {
    explain: 'How many numbered frames the sender takes before it has acknowledged the first.',
    section: 'RFC 1663 §3',
  }),
  hdlcAddress: field('lcp.opt.hdlc_address', 'Address', {
    type: 'bytes',
    explain: 'The address in frames to the sender, where frames are numbered.',
    section: 'RFC 1663 §3',
  }),
  operation: field('lcp.opt.operation', 'Operation', {
    explain: 'How the other end is to find the number or place that it calls back.',
    section: 'RFC 1570 §2.3',
    values: callbackOperations,
  }),
  message: field('lcp.opt.message', 'Message', {
    type: 'bytes',
    explain: 'The number or place to call back, in the form that the operation says.',
    section: 'RFC 1570 §2.3',
  }),
  mrru: field('lcp.opt.mrru', 'Maximum receive reconstructed unit', {
    explain: 'The largest packet that the sender puts together from the pieces of several lines.',
    section: 'RFC 1990 §5.1.1',
  }),
  endpointClass: field('lcp.opt.ep_disc_class', 'Class', {
    explain: 'In which way the sender names itself, so that several lines to it are taken for one bundle.',
    section: 'RFC 1990 §5.1.3',
    values: endpointClasses,
  }),
  endpointIp: field('lcp.opt.ip_address', 'IP address', {
    type: 'ipv4',
    explain: 'The name of the bundle’s end is one of its addresses.',
    section: 'RFC 1990 §5.1.3',
  }),
  endpointEther: field('lcp.opt.802_1_address', 'IEEE 802.1 address', {
    type: 'ether',
    explain: 'The name of the bundle’s end is the address of one of its interfaces.',
    section: 'RFC 1990 §5.1.3',
  }),
  endpointMagic: field('lcp.opt.magic_block', 'PPP magic-number block', {
    type: 'bytes',
    explain: 'The name of the bundle’s end is up to five random numbers.',
    section: 'RFC 1990 §5.1.3',
  }),
  endpointNumber: field('lcp.opt.psndn', 'Public switched network directory number', {
    type: 'bytes',
    explain: 'The name of the bundle’s end is its telephone number.',
    section: 'RFC 1990 §5.1.3',
  }),
  mode: field('lcp.opt.mode', 'Mode', {
    explain: 'How the equipment at the end of the line goes on once it has been named.',
    section: 'RFC 1976 §2.2',
  }),
  discriminator: field('lcp.opt.link_discrim', 'Link discriminator', {
    explain: 'A number for this line within its bundle, by which one line can be asked to hang up.',
    section: 'RFC 2125 §6',
  }),
  code: field('lcp.opt.code', 'Code', {
    explain:
      'Which header goes in front of the pieces of packets: long or short numbers, with or without classes.',
    section: 'RFC 2686 §4',
    values: {
      2: 'long sequence numbers with classes',
      6: 'short sequence numbers with classes',
    },
  }),
  classes: field('lcp.opt.max_susp_classes', 'Max suspendable classes', {
    explain: 'How many packets may wait half sent while a more urgent one goes first.',
    section: 'RFC 2686 §4',
  }),
  characterSet: field('lcp.opt.MIBenum', 'MIBenum', {
    explain: 'IANA’s number of the character set in which messages for people are written; 106 is UTF-8.',
    section: 'RFC 2484 §2',
  }),
  language: field('lcp.opt.language_tag', 'Language tag', {
    type: 'text',
    explain: 'The language in which the sender would like messages for people.',
    section: 'RFC 2484 §2',
  }),
} as const

/** What a maximum receive unit says of the headers around the line. */
function roomLeft(size: number): string {
  if (size === 1492) return '1500 bytes of an Ethernet frame less 6 of PPPoE and 2 of PPP.'
  return size > 0 && size < 1492
    ? `${1500 - size} bytes less than an Ethernet frame has: room for the headers that a tunnel puts around.`
    : ''
}
