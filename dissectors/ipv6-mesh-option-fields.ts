import { field, hex } from '../src/dissect/field.ts'

/** What a sender's identity in SMF_DPD is made of (RFC 6621 §6.1.1). */
const taggerTypes = { 0: 'none', 1: 'default', 2: 'IPv4', 3: 'IPv6' }

/** How long an MPL seed ID is (RFC 7731 §6.1). */
const seedLengths = { 0: 'none, the source address', 1: '2 bytes', 2: '8 bytes', 3: '16 bytes' }

const hashBit = field('ipv6.opt.smf_dpd.hash_bit', 'H-bit', {
  type: 'flag',
  explain:
    'Tells how forwarders recognise duplicates: 0 by a number in the option, 1 by a hash of the packet.',
  section: 'RFC 6621 §6.1.1',
})

/** The glossary of IPv6 options with labels, measurements and sequence numbers for networks without wires. */
export const m = {
  domain: field('ipv6.opt.calipso.doi', 'Domain of interpretation', {
    explain: 'Which rules give the level and the compartments their meaning; both ends have to share them.',
    section: 'RFC 5570 §5.1',
  }),
  compartmentLength: field('ipv6.opt.calipso.cmpt.length', 'Cmpt length', {
    explain: 'Counts the 4-byte words of the compartment bitmap.',
    section: 'RFC 5570 §5.1',
    show: value => `${value * 4} bytes (${value})`,
  }),
  level: field('ipv6.opt.calipso.sens_level', 'Sensitivity level', {
    explain: 'How secret the contents are: hosts and routers cleared for less must not see the packet.',
    section: 'RFC 5570 §5.1',
  }),
  labelChecksum: field('ipv6.opt.calipso.checksum', 'Checksum', {
    explain: 'A CRC-16 over this option alone, for a label that is damaged must not let a secret through.',
    section: 'RFC 5570 §5.1',
    show: hex(4),
  }),
  compartments: field('ipv6.opt.calipso.cmpt_bitmap', 'Compartment bitmap', {
    type: 'bytes',
    explain: 'One bit for each group of people who need to know; the receiver has to belong to all of them.',
    section: 'RFC 5570 §5.1',
  }),
  hashBit,
  taggerType: field('ipv6.opt.smf_dpd.tid_type', 'TidType', {
    explain: 'What kind of identity the numbering forwarder has.',
    section: 'RFC 6621 §6.1.1',
    values: taggerTypes,
  }),
  taggerLength: field('ipv6.opt.smf_dpd.tid_len', 'TidLen', {
    explain: 'Counts the bytes of the identity less one.',
    here: value => `${value} means ${value + 1} bytes.`,
    section: 'RFC 6621 §6.1.1',
  }),
  taggerId: field('ipv6.opt.smf_dpd.tagger_id', 'TaggerId', {
    type: 'bytes',
    explain: 'Who numbered the packet, where that was not its source.',
    section: 'RFC 6621 §6.1.1',
  }),
  identifier: field('ipv6.opt.smf_dpd.ident', 'Identifier', {
    type: 'bytes',
    explain: 'The packet’s number: a forwarder that has seen it does not pass the packet on again.',
    section: 'RFC 6621 §6.1.1',
  }),
  hashAssist: field('ipv6.opt.smf_dpd.hav', 'Hash assist value', {
    type: 'bytes',
    explain: 'Added so that two different packets do not have the same hash by chance.',
    section: 'RFC 6621 §6.1.2',
    parts: [[hashBit, 1]],
  }),
  scaleReceived: field('ipv6.opt.pdm.scale_dtlr', 'ScaleDTLR', {
    explain: 'The power of two by which Delta Time Last Received is to be multiplied, in attoseconds.',
    section: 'RFC 8250 §3.2',
  }),
  scaleSent: field('ipv6.opt.pdm.scale_dtls', 'ScaleDTLS', {
    explain: 'The power of two by which Delta Time Last Sent is to be multiplied, in attoseconds.',
    section: 'RFC 8250 §3.2',
  }),
  packetNumber: field('ipv6.opt.pdm.psn_this_pkt', 'PSN this packet', {
    explain: 'Counts the packets of this conversation, so that lost and swapped ones show.',
    section: 'RFC 8250 §3.2',
  }),
  lastPacketNumber: field('ipv6.opt.pdm.psn_last_recv', 'PSN last received', {
    explain: 'The number of the last packet that came from the other end.',
    section: 'RFC 8250 §3.2',
  }),
  deltaReceived: field('ipv6.opt.pdm.delta_last_recv', 'Delta time last received', {
    explain: 'How long this end took from the other’s packet to this one: the server’s own delay.',
    section: 'RFC 8250 §3.2',
  }),
  deltaSent: field('ipv6.opt.pdm.delta_last_sent', 'Delta time last sent', {
    explain:
      'How long it took from this end’s last packet to the answer: the round trip with the server’s delay.',
    section: 'RFC 8250 §3.2',
  }),
  mplFlags: field('ipv6.opt.mpl.flag', 'Flags', {
    explain: 'Says how the sender of the multicast is named, and whether newer messages are known.',
    section: 'RFC 7731 §6.1',
    show: hex(2),
    parts: [
      [
        field('ipv6.opt.mpl.flag.s', 'S', {
          explain: 'How long the seed ID is that follows.',
          section: 'RFC 7731 §6.1',
          values: seedLengths,
        }),
        2,
      ],
      [
        field('ipv6.opt.mpl.flag.m', 'M', {
          type: 'flag',
          explain: 'When set, the forwarder has no message of this seed with a higher number.',
          section: 'RFC 7731 §6.1',
        }),
        1,
      ],
      [
        field('ipv6.opt.mpl.flag.v', 'V', {
          type: 'flag',
          explain: 'Has to be 0; 1 is kept for a later format, and such packets are dropped.',
          section: 'RFC 7731 §6.1',
        }),
        1,
      ],
      [
        field('ipv6.opt.mpl.flag.rsv', 'Reserved', {
          explain: 'Has to be 0 until someone finds a use for it.',
          section: 'RFC 7731 §6.1',
        }),
        4,
      ],
    ],
  }),
  mplSequence: field('ipv6.opt.mpl.sequence', 'Sequence', {
    explain: 'The number of this message of the seed: forwarders keep the newest and drop what they had.',
    section: 'RFC 7731 §6.1',
  }),
  seedId: field('ipv6.opt.mpl.seed_id', 'Seed-ID', {
    type: 'bytes',
    explain: 'The node that first sent the message into the mesh; numbers are counted for each of them.',
    section: 'RFC 7731 §6.1',
  }),
  dffFlags: field('ipv6.opt.dff.flags', 'Flags', {
    explain: 'The state of a search for a way, made by trying one neighbour after the other.',
    section: 'RFC 6971 §12.1',
    show: hex(2),
    parts: [
      [
        field('ipv6.opt.dff.flag.ver', 'VER', {
          explain: 'Which form of the option this is; only 0 is defined.',
          section: 'RFC 6971 §12.1',
        }),
        2,
      ],
      [
        field('ipv6.opt.dff.flag.dup', 'DUP', {
          type: 'flag',
          explain:
            'Set when the packet is sent again because no neighbour confirmed it: two may be under way.',
          section: 'RFC 6971 §12.1',
        }),
        1,
      ],
      [
        field('ipv6.opt.dff.flag.ret', 'RET', {
          type: 'flag',
          explain: 'Set when the packet comes back to the router before, which then tries another way.',
          section: 'RFC 6971 §12.1',
        }),
        1,
      ],
      [
        field('ipv6.opt.dff.flag.rsv', 'RESERVED', {
          explain: 'Has to be 0 until someone finds a use for it.',
          section: 'RFC 6971 §12.1',
        }),
        4,
      ],
    ],
  }),
  dffSequence: field('ipv6.opt.dff.sequence_number', 'Sequence number', {
    explain: 'Tells packets of one sender apart, so that a router knows which ones it has tried where.',
    section: 'RFC 6971 §12.1',
  }),
}
