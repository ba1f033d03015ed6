import { field, hex } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { option, optionsOf } from './ppp-control.ts'

const bit = (name: string, label: string, explain: string) =>
  field(`ccp.opt.supported_bits.${name}`, label, { type: 'flag', explain, section: 'RFC 3078 §2' })

export const ccpOptionFields = {
  organization: field('ccp.opt.oui', 'OUI', {
    explain: 'The vendor of the algorithm, by the first three bytes of its Ethernet addresses.',
    section: 'RFC 1962 §3.2',
    show: hex(6),
  }),
  subtype: field('ccp.opt.subtype', 'Subtype', {
    explain: 'Which algorithm of that vendor is meant; only the vendor has a list.',
    section: 'RFC 1962 §3.2',
  }),
  supported: field('ccp.opt.supported_bits', 'Supported bits', {
    explain: 'What the sender can do of MPPE and MPPC. No key length at all: no encryption.',
    here: encryptionSaid,
    section: 'RFC 3078 §2',
    show: hex(8),
    parts: [
      [undefined, 7],
      [
        bit(
          'h',
          'H: stateless',
          'When set, the key changes with every packet, so that a lost one does no harm.',
        ),
        1,
      ],
      [undefined, 16],
      [bit('m', 'M: 56-bit', 'When set, keys of 56 bits can be used: too short.'), 1],
      [
        bit(
          's',
          'S: 128-bit',
          'When set, keys of 128 bits can be used; they are still made from the password.',
        ),
        1,
      ],
      [bit('l', 'L: 40-bit', 'When set, keys of 40 bits can be used: broken in seconds.'), 1],
      [
        bit(
          'd',
          'D: obsolete',
          'Once offered a first, weaker form of the encryption; must not be set any more.',
        ),
        1,
      ],
      [undefined, 3],
      [bit('c', 'C: MPPC', 'When set, packets may be compressed before they are encrypted (MPPC).'), 1],
    ],
  }),
  historyCount: field('ccp.opt.history_count', 'History count', {
    explain: 'How many separate memories of past bytes the compressor keeps.',
    section: 'RFC 1974 §3',
  }),
  checkMode: field('ccp.opt.cm', 'Check mode', {
    explain: 'How the receiver notices that its memory differs from the sender’s.',
    section: 'RFC 1974 §3',
    parts: [
      [
        field('ccp.opt.cm.reserved', 'Reserved', {
          explain: 'Bits in front of the mode; sent as 0.',
          section: 'RFC 1974 §3',
        }),
        5,
      ],
      [
        field('ccp.opt.cm.check_mode', 'Check mode', {
          explain: 'By which means: a check byte, a CRC, numbers.',
          section: 'RFC 1974 §3',
          values: { 0: 'None', 1: 'LCB', 2: 'CRC', 3: 'Sequence number', 4: 'Extended mode' },
        }),
        3,
      ],
    ],
  }),
  versionDictionary: field('ccp.opt.vd', 'Vers/Dict', {
    explain: 'The form of the compressor and how large its dictionary grows.',
    section: 'RFC 1977 §2',
    parts: [
      [
        field('ccp.opt.vd.vers', 'Version', {
          explain: 'The version of BSD Compress, 1 today.',
          section: 'RFC 1977 §2',
        }),
        3,
      ],
      [
        field('ccp.opt.vd.dict', 'Dictionary bits', {
          explain: 'The largest code has so many bits, 9 to 16.',
          section: 'RFC 1977 §2',
        }),
        5,
      ],
    ],
  }),
  window: field('ccp.opt.window', 'Window', {
    explain: 'How far back the compressor looks: 2 to the power of 8 and this many bytes.',
    section: 'RFC 1979 §2',
  }),
  method: field('ccp.opt.method', 'Method', {
    explain: '8 stands for deflate, the method of zip; the field was kept for others that never came.',
    section: 'RFC 1979 §2',
  }),
  mbz: field('ccp.opt.mbz', 'Must be zero', {
    explain: 'Bits without use, sent as 0.',
    section: 'RFC 1979 §2',
  }),
  check: field('ccp.opt.chk', 'Check method', {
    explain: '0: packets are numbered, so that a loss is noticed.',
    section: 'RFC 1979 §2',
  }),
  processMode: field('ccp.opt.process_mode', 'Process mode', {
    explain: 'Whether packets that do not get smaller still enter the memory of past bytes.',
    section: 'RFC 1967 §3',
  }),
  lzsCheckMode: field('ccp.opt.check_mode', 'Check mode', {
    explain: 'Whether packets have a check byte, numbers, both or neither.',
    section: 'RFC 1967 §3',
    values: { 0: 'None', 1: 'LCB', 2: 'Sequence number', 3: 'Sequence number and LCB' },
  }),
  features: field('ccp.opt.fe', 'Features', {
    explain: 'Which additions to the algorithm the sender knows.',
    section: 'RFC 1975 §2',
  }),
  packetByPacket: field('ccp.opt.p', 'Packet by packet', {
    type: 'flag',
    explain: 'When set, each packet is compressed alone, so that a lost one does not spoil the next.',
    section: 'RFC 1975 §2',
  }),
  history: field('ccp.opt.History', 'History', {
    explain: 'How much of the past the compressor looks back on, in units of its own.',
    section: 'RFC 1975 §2',
  }),
  contexts: field('ccp.opt.contexts', 'Contexts', {
    explain: 'How many streams are compressed apart from each other.',
    section: 'RFC 1975 §2',
  }),
  mode: field('ccp.opt.mode', 'Mode', {
    explain: 'In which direction, and how, the equipment at the end of the line compresses.',
    section: 'RFC 1976 §2.1',
  }),
  dictionaries: field('ccp.opt.mode_dictcount', 'Mode/Dictionary count', {
    explain: 'Whether packets are compressed alone, and how many dictionaries there are.',
    section: 'RFC 3051 §3',
    show: hex(4),
  }),
  dictionarySize: field('ccp.opt.dict_size', 'Dictionary size', {
    explain: 'How many strings a dictionary remembers.',
    section: 'RFC 3051 §3',
  }),
  historyLength: field('ccp.opt.history_length', 'History length', {
    explain: 'How many past bytes the dictionary points into.',
    section: 'RFC 3051 §3',
  }),
} as const

const f = ccpOptionFields

function walkVendor(r: Reader): void {
  r.u24(f.organization)
  r.u8(f.subtype)
}

function walkStac(r: Reader): void {
  r.u16(f.historyCount)
  r.u8(f.checkMode)
}

function walkLzs(r: Reader): void {
  r.u16(f.historyCount)
  r.u8(f.lzsCheckMode)
  r.u8(f.processMode)
}

function walkMagnalink(r: Reader): void {
  r.bits(f.features, 2)
  r.flag(f.packetByPacket)
  r.bits(f.history, 5)
  r.u8(f.contexts)
}

function walkV44(r: Reader): void {
  r.u16(f.dictionaries)
  r.u16(f.dictionarySize)
  r.u16(f.historyLength)
}

function walkDeflate(r: Reader): void {
  r.bits(f.window, 4)
  r.bits(f.method, 4)
  r.bits(f.mbz, 6)
  r.bits(f.check, 2)
}

const ccp = (name: string, label: string, section: string, explain: string, walk?: (r: Reader) => void) =>
  option(`ccp.opt.${name}`, label, section, explain, walk)

const known = {
  0: ccp('vendor', 'OUI', 'RFC 1962 §3.2', 'Offers an algorithm that one vendor made up.', walkVendor),
  1: ccp(
    'predict1',
    'Predictor type 1',
    'RFC 1978',
    'Offers an algorithm that guesses the next byte; fast and weak.',
  ),
  2: ccp(
    'predict2',
    'Predictor type 2',
    'RFC 1978',
    'Offers the guessing algorithm with several packets in a frame.',
  ),
  3: ccp('puddle', 'Puddle Jumper', 'RFC 1962 §3.1', 'Offers an algorithm that nobody described.'),
  16: ccp('hpppc', 'Hewlett-Packard PPC', 'RFC 1962 §3.1', 'Offers one vendor’s algorithm, not published.'),
  17: ccp(
    'stac',
    'Stac LZS',
    'RFC 1974',
    'Offers a dictionary compression once common in routers.',
    walkStac,
  ),
  18: ccp(
    'mppe',
    'MPPE/MPPC',
    'RFC 3078 §2',
    'Offers Microsoft’s encryption and compression: this is how PPTP turns encryption on.',
    r => void r.u32(f.supported),
  ),
  19: ccp('gfza', 'Gandalf FZA', 'RFC 1993', 'Offers one vendor’s compression.'),
  20: ccp('v42bis', 'V.42bis', 'RFC 1962 §3.1', 'Offers the compression of telephone modems.'),
  21: ccp(
    'bsdcomp',
    'BSD Compress',
    'RFC 1977 §2',
    'Offers the algorithm of compress(1).',
    r => void r.u8(f.versionDictionary),
  ),
  23: ccp(
    'lzsdcp',
    'LZS-DCP',
    'RFC 1967',
    'Offers LZS with a header that says how each packet was made.',
    walkLzs,
  ),
  24: ccp(
    'mvrca',
    'MVRCA',
    'RFC 1975',
    'Offers one vendor’s compression, for routers of its own.',
    walkMagnalink,
  ),
  25: ccp(
    'dce',
    'DCE compression',
    'RFC 1976',
    'Offers that the modem-like equipment compresses.',
    r => void r.u8(f.mode),
  ),
  26: ccp('deflate', 'Deflate', 'RFC 1979 §2', 'Offers the compression that zip and gzip use.', walkDeflate),
  27: ccp(
    'v44lzjh',
    'V.44/LZJH',
    'RFC 3051',
    'Offers the compression of the last telephone modems.',
    walkV44,
  ),
}

const names = Object.fromEntries(Object.entries(known).map(([type, { group }]) => [type, group.label]))

/** CCP's options. */
export const ccpOptions = optionsOf('ccp', names, known)

const strengths = [
  [0x40, '128'],
  [0x80, '56'],
  [0x20, '40'],
] as const

/** Which keys of MPPE a set of bits comes to. */
function encryptionSaid(bits: number): string {
  const keys = strengths.filter(([bit]) => (bits & bit) !== 0).map(([, size]) => size)
  const state = (bits & 0x01000000) !== 0 ? ', changed with every packet' : ''
  if (keys.length === 0) return 'No key length is named: nothing is to be encrypted.'
  return keys.length === 1
    ? `Keys of ${keys[0]} bits${state}.`
    : `A choice of keys, of ${keys.join(' or ')} bits${state}; the answer names one of them.`
}
