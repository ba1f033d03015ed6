import { field } from '../src/dissect/field.ts'

const group = (name: string, label: string, explain: string, section?: string) =>
  field(`tcp.options.${name}`, label, { type: 'group', explain, ...(section ? { section } : {}) })

/** What an option is, as the heading over its fields. */
export const h = {
  end: group(
    'eol',
    'End of option list',
    'Ends the options; further ones fill the header up to a multiple of 4 bytes.',
  ),
  noOperation: group('nop', 'No-operation', 'Moves the next option to a boundary that is quick to read.'),
  maximumSegmentSize: group(
    'mss',
    'Maximum segment size',
    'Sent with SYN: the largest segment that the sender can take, so that packets fit the path.',
    'RFC 9293 §3.7.1',
  ),
  windowScale: group(
    'wscale',
    'Window scale',
    'Sent with SYN: lets windows grow past 64 KB by shifting them to the left.',
    'RFC 7323 §2',
  ),
  sackPermitted: group(
    'sack_perm',
    'SACK permitted',
    'Sent with SYN: the sender understands selective acknowledgments.',
    'RFC 2018 §2',
  ),
  sack: group(
    'sack',
    'Selective acknowledgment',
    'Names bytes that arrived behind a gap, so that only the gap has to be sent again.',
    'RFC 2018 §3',
  ),
  echo: group(
    'echo',
    'Echo',
    'Four bytes that the other side is to send back, to measure the way there and back: the timestamps of 1988.',
    'RFC 1072 §4',
  ),
  echoReply: group(
    'echoreply',
    'Echo reply',
    'Sends the four bytes of an echo back; RFC 7323’s timestamps do both in one option.',
    'RFC 1072 §4',
  ),
  timestamps: group(
    'timestamp',
    'Timestamps',
    'Measures round trips and tells old segments from new ones when sequence numbers wrap around.',
    'RFC 7323 §3',
  ),
  partialOrderPermitted: group(
    'poc_permitted',
    'Partial order connection permitted',
    'Offers to deliver some data out of order. Nobody does.',
    'RFC 1693 §3.3',
  ),
  partialOrderProfile: group(
    'poc_profile',
    'Partial order service profile',
    'Describes which parts of the data may be delivered before others. Nobody uses it.',
    'RFC 1693 §3.3',
  ),
  connectionCount: group(
    'cc',
    'Connection count',
    'Numbered the connections of Transaction TCP, which saved the handshake. It is historic.',
    'RFC 1644 §2',
  ),
  alternateChecksum: group(
    'alternate_checksum',
    'Alternate checksum request',
    'Sent with SYN: asks for another checksum than the usual sum. It is historic.',
    'RFC 1146 §2',
  ),
  alternateChecksumData: group(
    'alternate_checksum_data',
    'Alternate checksum data',
    'Holds the part of a larger checksum that the header has no room for.',
    'RFC 1146 §2',
  ),
  md5: group(
    'md5',
    'MD5 signature',
    'Protects routing sessions such as BGP against forged segments, with a shared password. TCP-AO replaces it.',
    'RFC 2385 §3',
  ),
  scps: group('scps', 'SCPS capabilities', 'Sent with SYN on satellite links: what the sender can do there.'),
  snack: group(
    'snack',
    'Selective negative acknowledgment',
    'On satellite links: names a gap in what has arrived.',
  ),
  recordBoundary: group('scpsrec', 'Record boundary', 'On satellite links: marks where a record ends.'),
  corruption: group(
    'scpscor',
    'Corruption experienced',
    'On satellite links: loss came from noise, not congestion.',
  ),
  quickStart: group(
    'qs',
    'Quick-Start response',
    'Tells the sender which rate the routers on the way have approved.',
    'RFC 4782 §3.2',
  ),
  userTimeout: group(
    'user_to',
    'User timeout',
    'Says how long the sender keeps the connection while nothing is acknowledged; tunnels that go down for a while live longer.',
    'RFC 5482 §3',
  ),
  authentication: group(
    'ao',
    'TCP authentication',
    'Proves that the segment comes from the holder of a shared key. Routing sessions use it.',
    'RFC 5925 §2.2',
  ),
  fastOpen: group(
    'tfo',
    'Fast Open',
    'Lets data travel with the SYN, once the server has given out a cookie.',
    'RFC 7413 §4.1',
  ),
  encryption: group(
    'eno',
    'Encryption negotiation',
    'Sent with SYN: agrees on encrypting the stream within TCP itself.',
    'RFC 8547 §4',
  ),
  accurateEcn: group(
    'acc_ecn',
    'Accurate ECN',
    'Counts the bytes that arrived with each ECN mark, so that the sender can slow down by degrees.',
    'RFC 9768',
  ),
  experimental: group(
    'experimental',
    'Experimental option',
    'A trial; its first two bytes tell which one, because all trials share two kinds.',
    'RFC 6994 §3',
  ),
  unknown: group(
    'unknown',
    'Option',
    'An option of a kind that is not taken apart here; its length lets everyone pass over it.',
  ),
}
