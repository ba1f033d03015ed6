import { bytes, type Field, field, hex } from '../src/dissect/field.ts'
import { receiverSaid } from './spi-said.ts'

const flag = (name: string, label: string, explain: string, section: string): Field<'flag'> =>
  field(name, label, { type: 'flag', explain, section })

const v2 = 'RFC 2661 §3.1'
const v3 = 'RFC 3931 §3.2.1'

const reserved = field('l2tp.flags.reserved', 'Reserved', {
  explain: 'Free for later use: sent as 0, ignored by receivers.',
  section: v2,
})

/** The glossary of the headers of both versions. */
export const f = {
  flags: field('l2tp.flags', 'Flags and version', {
    explain:
      'Says whether this is about the tunnel or through it, which optional fields follow and which version it is.',
    section: v2,
    show: hex(4),
    parts: [
      [
        field('l2tp.type', 'Type', {
          explain:
            'Tells control messages (1), which build tunnel and sessions, from packets that go through them (0).',
          section: v2,
          values: { 0: 'Data message', 1: 'Control message' },
        }),
        1,
      ],
      [
        flag(
          'l2tp.length_bit',
          'Length present',
          'When set, a length follows; control messages always have one.',
          v2,
        ),
        1,
      ],
      [reserved, 2],
      [
        flag(
          'l2tp.seq_bit',
          'Sequence numbers present',
          'When set, Ns and Nr follow. Control messages have them and are sent again when lost; data never is.',
          v2,
        ),
        1,
      ],
      [reserved, 1],
      [
        flag(
          'l2tp.offset_bit',
          'Offset present',
          'When set, padding stands in front of the payload, and its size is told.',
          v2,
        ),
        1,
      ],
      [
        flag(
          'l2tp.priority',
          'Priority',
          'When set, queues on the way should favour this packet: PPP’s own keepalives have it.',
          v2,
        ),
        1,
      ],
      [reserved, 4],
      [
        field('l2tp.version', 'Version', {
          explain:
            'Tells version 2, which carries PPP, from version 3, which carries any link; both share a port.',
          section: v3,
        }),
        4,
      ],
    ],
  }),
  length: field('l2tp.length', 'Length', {
    explain: 'How far the message reaches, counted from its flags; what UDP holds beyond it is padding.',
    section: v2,
    show: bytes,
  }),
  tunnel: field('l2tp.tunnel', 'Tunnel ID', {
    explain:
      'The tunnel by the number that its receiver gave it, so the other direction has another one. 0: it has none yet.',
    meanings: { 0: 'None yet: with this message a tunnel is asked for.' },
    here: receiverSaid,
    section: v2,
  }),
  session: field('l2tp.session', 'Session ID', {
    explain:
      'One user’s PPP link in the tunnel, by the receiver’s number. 0: the message is about the tunnel as a whole.',
    meanings: { 0: 'No session: the tunnel as a whole is meant, or a new session is asked for.' },
    here: receiverSaid,
    section: v2,
  }),
  ns: field('l2tp.Ns', 'Ns', {
    explain: 'Counts the messages of this direction, so that a lost or doubled one is noticed.',
    section: v2,
  }),
  nr: field('l2tp.Nr', 'Nr', {
    explain: 'The number that the sender expects next from the other side: all before it have arrived.',
    section: v2,
  }),
  offset: field('l2tp.offset', 'Offset size', {
    explain: 'Bytes of padding between this header and the payload, which aligned it for some old hardware.',
    section: v2,
    show: bytes,
  }),
  padding: field('l2tp.offset_pad', 'Offset padding', {
    type: 'bytes',
    explain: 'Bytes without a meaning that the payload is moved back by.',
    section: v2,
  }),
  reserved: field('l2tp.res', 'Reserved', {
    explain: 'Fills the first word of version 3 over UDP; sent as 0.',
    section: 'RFC 3931 §4.1.2.1',
    show: hex(4),
  }),
  connection: field('l2tp.ccid', 'Control connection ID', {
    explain:
      'The connection between the two routers, by the number that the receiver of this message chose for it.',
    here: receiverSaid,
    section: v3,
    show: hex(8),
  }),
  sessionId: field('l2tp.sid', 'Session ID', {
    explain: 'One pseudowire, by the receiver’s number: it alone says to which link the packet goes.',
    here: receiverSaid,
    meanings: { 0: '0 marks a control message, because IP has no ports that could tell it from data.' },
    section: 'RFC 3931 §4.1',
    show: hex(8),
  }),
  undecided: field('l2tp.undecided', 'Cookie and payload', {
    type: 'bytes',
    explain:
      'The session’s cookie and sublayer, if it has any, and what it carries. Too little of it is there to tell them apart.',
    section: 'RFC 3931 §4.1',
  }),
  cookie: field('l2tp.cookie', 'Cookie', {
    type: 'bytes',
    explain:
      'Random bytes that both ends agreed on, so that a packet gone astray or blindly forged is not taken for one of this session.',
    section: 'RFC 3931 §4.1',
  }),
}

/** The default sublayer between header and payload. */
export const sublayer = {
  group: field('l2tp.l2_spec_def', 'Default L2-specific sublayer', {
    type: 'group',
    explain: 'What the carried link needs and L2TP’s header lacks: sequence numbers.',
    section: 'RFC 3931 §4.6',
  }),
  reserved: field('l2tp.l2_spec_x', 'Reserved', {
    explain: 'A bit in front of the sequence flag, sent as 0.',
    section: 'RFC 3931 §4.6',
  }),
  sequenced: flag(
    'l2tp.l2_spec_s',
    'Sequence',
    'When set, the number that follows counts; otherwise it is to be ignored.',
    'RFC 3931 §4.6',
  ),
  unused: field('l2tp.l2_spec_res', 'Reserved', {
    explain: 'Six bits in front of the number, sent as 0.',
    section: 'RFC 3931 §4.6',
  }),
  sequence: field('l2tp.l2_spec_sequence', 'Sequence number', {
    explain: 'Numbers the frames of this direction, so that those out of order can be dropped.',
    section: 'RFC 3931 §4.6',
  }),
}
