import { bytes, field, hex, words } from '../src/dissect/field.ts'
import { lengthInWords } from './header-length.ts'
import { showPort, tcpPorts } from './numbers/ports.ts'
import { portSaid } from './ports-said.ts'

const flag = (name: string, label: string, explain: string, section = 'RFC 9293 §3.1') =>
  field(name, label, { type: 'flag', explain, section })

/** What the flags of a segment mean together, by the low eight bits; the two of ECN do not count. */
function flagsTogether(value: number): string {
  const [fin, syn, reset, ack] = [1, 2, 4, 16].map(bit => (value & bit) !== 0)
  if (syn && fin) return 'SYN and FIN together open and close at once: nobody honest sends this, scanners do.'
  if (syn)
    return ack
      ? 'SYN and ACK: the second step of opening, the answer to a SYN.'
      : 'SYN alone: the first step of opening a connection.'
  if (reset) return 'RST: the connection is broken off, or never was.'
  if (fin) return 'FIN: this side has said all it had to say.'
  if (!ack)
    return 'Neither SYN nor ACK: no segment of a standing connection looks like this; scanners send such.'
  return value & 8
    ? 'ACK and PSH: data, the last of what the application wrote at once.'
    : 'ACK: an ordinary segment of a connection that stands.'
}

/** The glossary of the TCP header; its options are in tcp-option-fields.ts. */
export const f = {
  sourcePort: field('tcp.srcport', 'Source port', {
    explain:
      'The sender’s end of the connection. The side that opens it usually picks a free one; NAT devices rewrite it.',
    section: 'RFC 9293 §3.1',
    values: tcpPorts,
    show: showPort(tcpPorts),
    here: portSaid,
  }),
  destinationPort: field('tcp.dstport', 'Destination port', {
    explain: 'Names the service in the receiver, or the client that an answer goes back to.',
    section: 'RFC 9293 §3.1',
    values: tcpPorts,
    show: showPort(tcpPorts),
    here: portSaid,
  }),
  sequenceNumber: field('tcp.seq_raw', 'Sequence number', {
    explain:
      'Numbers the first byte of this segment in the sender’s stream, so that the receiver can order bytes and drop doubles. A SYN carries the number that the stream starts from.',
    section: 'RFC 9293 §3.1',
  }),
  acknowledgmentNumber: field('tcp.ack_raw', 'Acknowledgment number', {
    explain:
      'The next byte that the sender of this segment waits for; everything before it has arrived. Counts only when ACK is set.',
    section: 'RFC 9293 §3.1',
  }),
  dataOffset: field('tcp.hdr_len', 'Data offset', {
    explain: 'Tells where the data begins, because options make the header longer. Counts words of 4 bytes.',
    section: 'RFC 9293 §3.1',
    here: lengthInWords,
    show: words(4),
  }),
  flags: field('tcp.flags', 'Flags', {
    explain: 'Bits that open, close and steer the connection.',
    section: 'RFC 9293 §3.1',
    show: hex(3),
    here: flagsTogether,
    parts: [
      [
        field('tcp.flags.res', 'Reserved', {
          explain: 'Bits kept for future use; senders write 0 and receivers pay no heed.',
          section: 'RFC 9293 §3.1',
        }),
        3,
      ],
      [
        flag(
          'tcp.flags.ae',
          'Accurate ECN',
          'Together with the next two bits it counts the packets that a router marked as congested, more than one each round trip.',
          'RFC 9768',
        ),
        1,
      ],
      [
        flag(
          'tcp.flags.cwr',
          'Congestion window reduced',
          'Says that the sender has slowed down after an ECN-Echo, so the receiver can stop repeating it.',
          'RFC 3168 §6.1',
        ),
        1,
      ],
      [
        flag(
          'tcp.flags.ece',
          'ECN-Echo',
          'Tells the sender that a router marked its packets as congested. In a SYN it offers to use this at all.',
          'RFC 3168 §6.1',
        ),
        1,
      ],
      [
        flag(
          'tcp.flags.urg',
          'Urgent',
          'Makes the urgent pointer count: some bytes of the stream are to be handed over at once.',
        ),
        1,
      ],
      [
        flag(
          'tcp.flags.ack',
          'Acknowledgment',
          'Makes the acknowledgment number count. Set in every segment once a connection stands; the first SYN is without.',
        ),
        1,
      ],
      [
        flag(
          'tcp.flags.push',
          'Push',
          'Asks the receiver to hand the bytes to the application without waiting for more.',
        ),
        1,
      ],
      [
        flag(
          'tcp.flags.reset',
          'Reset',
          'Breaks the connection off: nobody listens at this port, or something is beyond repair. Firewalls forge it to close connections.',
        ),
        1,
      ],
      [
        flag(
          'tcp.flags.syn',
          'Synchronize',
          'Opens the connection: each side sends one to say which number its stream starts from.',
        ),
        1,
      ],
      [
        flag(
          'tcp.flags.fin',
          'Finish',
          'Says that the sender has no more bytes; the other side may still send.',
        ),
        1,
      ],
    ],
  }),
  window: field('tcp.window_size_value', 'Window', {
    explain:
      'How many bytes the sender of this segment can take at present, to be shifted by the window scale that its SYN announced.',
    section: 'RFC 9293 §3.1',
    meanings: { 0: 'The receiver is full: nothing may be sent until it announces room again.' },
  }),
  checksum: field('tcp.checksum', 'Checksum', {
    explain:
      'Covers a pseudo header of addresses, the header and the data, so that damage and segments that went astray are noticed.',
    section: 'RFC 9293 §3.1',
    show: hex(4),
  }),
  urgentPointer: field('tcp.urgent_pointer', 'Urgent pointer', {
    explain: 'Where urgent data ends, counted from the sequence number. Counts only when URG is set.',
    section: 'RFC 6093 §2',
    show: bytes,
  }),
}
