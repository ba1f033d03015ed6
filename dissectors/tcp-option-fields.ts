import { bytes, field, hex } from '../src/dissect/field.ts'
import { quickStartRate } from './numbers/quick-start.ts'
import { tcpExperiments, tcpOptionKinds } from './numbers/tcp-options.ts'

const bit = (name: string, label: string, explain: string) => field(name, label, { type: 'flag', explain })

/** The glossary of what options hold. */
export const o = {
  options: field('tcp.options', 'Options', {
    type: 'group',
    explain: 'What the fixed header has no room for. Most are settled once, in the two SYN segments.',
  }),
  kind: field('tcp.option_kind', 'Kind', {
    explain: 'Tells which option this is. All but the first two have a length behind it.',
    values: tcpOptionKinds,
  }),
  length: field('tcp.option_len', 'Length', {
    explain:
      'Bytes of this option, kind and length included, so that a receiver can pass over what it does not know.',
    show: bytes,
  }),
  padding: field('tcp.options.padding', 'Padding', {
    type: 'bytes',
    explain: 'Fills the header up to a multiple of 4 bytes behind the end of the list.',
  }),
  contents: field('tcp.options.unknown.payload', 'Contents', {
    type: 'bytes',
    explain: 'Contents that only those can read who know the kind.',
  }),
  segmentSize: field('tcp.options.mss_val', 'MSS value', {
    explain:
      'The most data that this side takes in one segment. Tunnel ends often lower it on its way, so that packets still fit with their own headers around.',
    here: value =>
      value === 1460 || value === 1440
        ? `${value} is the usual one: a packet of 1500 bytes less the headers of IPv${value === 1460 ? 4 : 6} and TCP. Inside a tunnel such packets no longer fit.`
        : `With the headers of IP and TCP this makes packets of ${value + 40} bytes over IPv4, ${value + 60} over IPv6.`,
    show: bytes,
  }),
  shift: field('tcp.options.wscale.shift', 'Shift count', {
    explain:
      'How many times the windows that this side announces are to be doubled, because 65,535 bytes are too few for long or fast ways.',
    here: value =>
      value > 14
        ? 'More than the 14 allowed; receivers take 14.'
        : `They count units of ${2 ** value} bytes.`,
  }),
  leftEdge: field('tcp.options.sack_le', 'Left edge', {
    explain: 'Sequence number of the first byte of a block that has arrived behind a gap.',
  }),
  rightEdge: field('tcp.options.sack_re', 'Right edge', {
    explain: 'Sequence number of the byte behind the block.',
  }),
  echoValue: field('tcp.options.echo_value', 'Echo value', {
    explain: 'Means something to its sender only, who gets it back unchanged.',
  }),
  timestamp: field('tcp.options.timestamp.tsval', 'Timestamp value', {
    explain: 'The sender’s clock, in ticks of its own choice, often milliseconds since some start.',
  }),
  timestampEcho: field('tcp.options.timestamp.tsecr', 'Timestamp echo reply', {
    explain:
      'The other side’s clock, sent back: how long ago that was is the round trip. Counts only when ACK is set.',
  }),
  partialOrder: field('tcp.options.poc_profile.flags', 'Profile', {
    explain: 'Two bits that mark the first and the last segment of the profile.',
    section: 'RFC 1693 §3.3',
    show: hex(2),
    parts: [
      [bit('tcp.options.poc_profile.start', 'Start flag', 'Marks the first segment of the profile.'), 1],
      [bit('tcp.options.poc_profile.end', 'End flag', 'Marks the last segment of the profile.'), 1],
      [
        field('tcp.options.poc_profile.filler', 'Filler', {
          explain: 'Unused bits, which the sender leaves 0.',
        }),
        6,
      ],
    ],
  }),
  connectionNumber: field('tcp.options.cc_value', 'Connection count', {
    explain: 'Grows with every connection, so that an old SYN is known as old.',
  }),
  checksumAlgorithm: field('tcp.options.alternate_checksum.number', 'Checksum number', {
    explain: 'The checksum that is to take the place of the ordinary one, stronger or quicker.',
    values: {
      0: 'TCP checksum',
      1: '8-bit Fletcher',
      2: '16-bit Fletcher',
      3: 'Redundant checksum avoidance',
    },
  }),
  digest: field('tcp.options.md5.digest', 'MD5 digest', {
    type: 'bytes',
    explain: 'MD5 over the addresses, the header without options, the data and the shared password.',
  }),
  scpsVector: field('tcp.options.scps.vector', 'Capabilities', {
    explain: 'What the sender can do on a satellite link, one bit each.',
    show: hex(2),
    parts: [
      [
        bit(
          'tcp.options.scpsflags.bets',
          'Partial reliability',
          'Some gaps may stay: the sender need not repeat them.',
        ),
        1,
      ],
      [
        bit(
          'tcp.options.scpsflags.snack1',
          'Short SNACK',
          'Understands the short form of negative acknowledgments.',
        ),
        1,
      ],
      [
        bit(
          'tcp.options.scpsflags.snack2',
          'Long SNACK',
          'Understands the long form of negative acknowledgments.',
        ),
        1,
      ],
      [bit('tcp.options.scpsflags.compress', 'Header compression', 'Can compress headers without loss.'), 1],
      [bit('tcp.options.scpsflags.nlts', 'Network layer timestamp', 'The network layer has timestamps.'), 1],
      [
        field('tcp.options.scpsflags.reserved', 'Reserved', {
          explain: 'Unused bits, which the sender leaves 0.',
        }),
        3,
      ],
    ],
  }),
  scpsConnection: field('tcp.options.scps.binding', 'Connection ID', {
    explain: 'A short name for the connection, which compressed headers carry in place of the addresses.',
  }),
  snackOffset: field('tcp.options.snack.offset', 'Hole offset', {
    explain: 'Where the gap starts behind the acknowledged bytes, in segments.',
  }),
  snackSize: field('tcp.options.snack.size', 'Hole size', { explain: 'Length of the gap, in segments.' }),
  quickStartReserved: field('tcp.options.qs.reserved', 'Reserved', {
    explain: 'Unused bits, which the sender leaves 0.',
  }),
  quickStartRate: field('tcp.options.qs.rate', 'Rate request', {
    explain: 'The rate that every router on the way has approved.',
    show: quickStartRate,
  }),
  quickStartTtl: field('tcp.options.qs.ttl_diff', 'TTL difference', {
    explain: 'Shows whether every router on the way took part: then it is the same as in the request.',
  }),
  quickStartNonce: field('tcp.options.qs.nonce', 'QS nonce', {
    explain:
      'A random number that routers spoil when they lower the rate, so a receiver cannot claim a higher one.',
    show: hex(8),
  }),
  granularity: field('tcp.options.user_to_granularity', 'Granularity', {
    type: 'flag',
    explain: 'Whether the timeout counts seconds or minutes.',
    values: { 0: 'seconds', 1: 'minutes' },
  }),
  timeout: field('tcp.options.user_to_val', 'User timeout', {
    explain: 'How long bytes may go unacknowledged before the connection is given up.',
  }),
  keyId: field('tcp.options.ao.keyid', 'KeyID', {
    explain: 'Which of the shared keys made the code below. Keys can change while the connection lives.',
  }),
  nextKeyId: field('tcp.options.ao.rnextkeyid', 'RNextKeyID', {
    explain: 'The key that the sender would like to receive from now on.',
  }),
  authenticationCode: field('tcp.options.ao.mac', 'MAC', {
    type: 'bytes',
    explain: 'A keyed hash over the segment and its pseudo header; whoever lacks the key cannot make it.',
  }),
  cookie: field('tcp.options.tfo.cookie', 'Fast Open cookie', {
    type: 'bytes',
    explain: 'Made by the server for this client’s address; with it the next SYN may carry data.',
  }),
  suboptions: field('tcp.options.eno.suboptions', 'Suboptions', {
    type: 'bytes',
    explain: 'The ways of encryption that the sender offers, by preference.',
  }),
  ect0Bytes: field('tcp.options.acc_ecn.ee0b', 'ECT(0) byte counter', {
    explain: 'Bytes that arrived marked ECT(0), modulo 2^24.',
  }),
  ceBytes: field('tcp.options.acc_ecn.eceb', 'CE byte counter', {
    explain: 'Bytes that arrived marked as congested, modulo 2^24.',
  }),
  ect1Bytes: field('tcp.options.acc_ecn.ee1b', 'ECT(1) byte counter', {
    explain: 'Bytes that arrived marked ECT(1), modulo 2^24.',
  }),
  experiment: field('tcp.options.experimental.exid', 'Experiment identifier', {
    explain: 'Which trial this is; registered with IANA so that two trials do not meet.',
    show: value => `${tcpExperiments[value] ?? 'unassigned'} (${hex(4)(value)})`,
  }),
  experimentData: field('tcp.options.experimental.data', 'Data', {
    type: 'bytes',
    explain: 'What the experiment says.',
  }),
  ackRate: field('tcp.options.tarr.rate', 'ACK rate', {
    explain: 'Asks the other side for one acknowledgment every so many segments.',
  }),
  ackRateReserved: field('tcp.options.tar.reserved', 'Reserved', {
    explain: 'An unused bit, which the sender leaves 0.',
  }),
}
