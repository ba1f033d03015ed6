import { bytes, field, hex, words } from '../src/dissect/field.ts'
import { showPort, tcpPorts } from './numbers/ports.ts'

const flag = (name: string, label: string, explain: string, section?: string) =>
  field(name, label, { type: 'flag', explain, ...(section ? { section } : {}) })

/** The glossary of the TCP header; its options are in tcp-option-fields.ts. */
export const f = {
  sourcePort: field('tcp.srcport', 'Source port', {
    explain:
      'The sender’s end of the connection. The side that opens it usually picks a free one; NAT devices rewrite it.',
    values: tcpPorts,
    show: showPort(tcpPorts),
  }),
  destinationPort: field('tcp.dstport', 'Destination port', {
    explain: 'Names the service in the receiver: 443 is HTTPS and SSL VPNs, 179 BGP, 1723 PPTP’s control.',
    values: tcpPorts,
    show: showPort(tcpPorts),
  }),
  sequenceNumber: field('tcp.seq_raw', 'Sequence number', {
    explain:
      'Numbers the first byte of this segment in the sender’s stream, so that the receiver can order bytes and drop doubles. A SYN carries the number that the stream starts from.',
  }),
  acknowledgmentNumber: field('tcp.ack_raw', 'Acknowledgment number', {
    explain:
      'The next byte that the sender of this segment waits for; everything before it has arrived. Counts only when ACK is set.',
  }),
  dataOffset: field('tcp.hdr_len', 'Data offset', {
    explain: value =>
      value < 5
        ? 'Counts 4-byte words. Every header has at least 5 of them, so this one cannot be read.'
        : value === 5
          ? 'Counts 4-byte words: 5 words are the 20 bytes of a header without options.'
          : `Counts 4-byte words: 20 bytes of fixed header, then ${value * 4 - 20} bytes of options.`,
    show: words(4),
  }),
  flags: field('tcp.flags', 'Flags', {
    explain: 'Bits that open, close and steer the connection: SYN opens, FIN closes, RST breaks it off.',
    show: hex(3),
    parts: [
      [
        field('tcp.flags.res', 'Reserved', {
          explain: 'Bits kept for future use; senders write 0 and receivers pay no heed.',
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
  }),
  checksum: field('tcp.checksum', 'Checksum', {
    explain:
      'Covers a pseudo header of addresses, the header and the data, so that damage and segments that went astray are noticed.',
    show: hex(4),
  }),
  urgentPointer: field('tcp.urgent_pointer', 'Urgent pointer', {
    explain: 'Where urgent data ends, counted from the sequence number. Counts only when URG is set.',
    section: 'RFC 6093 §2',
    show: bytes,
  }),
}
