/** How two packets belong together, as far as their innermost addresses and what they carry tell. */
export type Relation = 'answer' | 'same' | 'later' | 'other'

/** A field that differs between two packets. Values are NaN where they are no numbers. */
export type Change = {
  readonly before: number
  readonly after: number
  /** `answer`: the other way; `same`: the same is carried; `later`: the same way, something else is. */
  readonly relation: Relation
  /** The other packet has this value in another field of the same header, and this one has its. */
  readonly isSwapped: boolean
  /** Fields of the same header that differ, by name. */
  readonly others: readonly string[]
}

/** Why a field differs, as a sentence; empty: there is nothing to expect. */
export type Reason = string | ((change: Change) => string)

const by = ({ before, after }: Change): number => after - before
const step = (change: Change, of: number): number => (by(change) + of) % of

const hops: Reason = change => {
  if (change.relation === 'answer')
    return 'Each side begins its own count, and its packets lose one at every router: 64, 128 and 255 are usual beginnings.'
  if (change.relation !== 'same')
    return 'They began with other values, or came through another number of routers.'
  const fewer = -by(change)
  if (fewer === 1)
    return 'One less: one router passed it on in between. A whole tunnel counts as one, however long it is.'
  return fewer > 1
    ? `${fewer} less: so many routers passed it on in between. A whole tunnel counts as one.`
    : 'It only ever falls on the way, so the second one is not the first one further on.'
}

const address: Reason = ({ isSwapped, relation }) => {
  if (isSwapped) return 'Swapped: an answer goes to where the question came from.'
  return relation === 'answer' ? 'The other side sends this one.' : 'Other hosts.'
}

const link: Reason = ({ isSwapped, relation }) => {
  if (isSwapped) return 'Swapped: on this link the answer takes the same way back.'
  return relation === 'same'
    ? 'Addresses of a link hold for that link only: whoever passes a packet on puts in its own and those of the next.'
    : 'Another neighbour on the link.'
}

const port: Reason = ({ isSwapped }) =>
  isSwapped ? 'Swapped: the answer comes from the port that was asked, and goes to the one that asked.' : ''

const length: Reason = change => {
  const more = by(change)
  const count = Math.abs(more)
  return Number.isNaN(more)
    ? ''
    : `${count} ${count === 1 ? 'byte' : 'bytes'} ${more > 0 ? 'more' : 'less'}: what it counts is so much ${more > 0 ? 'longer' : 'shorter'}.`
}

const bodySum =
  'It covers this header, all that it carries and the addresses around, so it follows what has changed there.'
const headerSum = 'It covers this header, in which other fields have changed, so it follows.'
const proof =
  'It covers what stands before it, so it is another one for every packet, and whoever lacks the key cannot make it.'

const association: Reason = ({ relation }) =>
  relation === 'answer'
    ? 'Each direction is a security association of its own, with an SPI that its receiver has chosen.'
    : 'Another security association: a new one after a rekey, or one between others.'

const counted: Reason = change => {
  if (change.relation === 'answer') return 'Each direction counts its own packets.'
  const more = by(change)
  if (more === 1) return 'One more: the next packet.'
  return more > 1
    ? `${more} more: so many packets further on.`
    : 'A count that falls: another one, begun anew.'
}

const ping: Reason = change =>
  change.relation !== 'answer' && step(change, 65536) === 1
    ? 'One more: the next question of the same ping.'
    : 'An answer has the number of its question, so these are two questions.'

const icmpSum: Reason = ({ before, after, others }) =>
  others.length === 1 && others[0] === 'icmp.type' && Math.abs(after - before) === 0x0800
    ? '0x0800, no more and no less: the words of the message and its checksum have to come to the same sum, and the type, in the upper half of its word, has changed by 8.'
    : 'It covers the whole message, so it follows what has changed there.'

const answered: Reason = ({ before, after }) =>
  [before, after].sort((a, b) => a - b).join() === '0,8' ||
  [before, after].sort((a, b) => a - b).join() === '128,129'
    ? 'Who is asked for an echo turns the message round: another type, and the same identifier, number and data.'
    : 'Another kind of message.'

const tcpSequence: Reason = change => {
  if (change.relation === 'answer') return 'Each side counts the bytes that it sends itself.'
  const more = step(change, 2 ** 32)
  return `${more} more: so many bytes were sent in between; SYN and FIN count as one each.`
}

/** Why fields differ where they do, by their names. Any field of a number space announces what follows, and has no need to be here. */
export const reasons: Readonly<Record<string, Reason>> = {
  'eth.src': link,
  'eth.dst': link,
  'ip.src': address,
  'ip.dst': address,
  'ip.ttl': hops,
  'ip.len': length,
  'ip.checksum': headerSum,
  'ip.id': change => {
    if (change.relation === 'answer') return 'Each side numbers its own packets.'
    if (step(change, 65536) === 1) return 'One more: the sender counts its packets, and this is the next one.'
    return change.relation === 'same'
      ? 'Another number, so it was sent anew, though what it carries is the same.'
      : 'Packets have numbers of their own, so that fragments of two are not put together.'
  },
  'ip.flags.df':
    'What its sender chose: where it is set, routers drop a packet that is too long, and do not cut it.',
  'ip.frag_offset': 'Another piece of a packet begins at another place.',
  'ip.flags.mf': 'All fragments but the last one have it.',
  'ipv6.src': address,
  'ipv6.dst': address,
  'ipv6.hlim': hops,
  'ipv6.plen': length,
  'ipv6.flow': 'A sender picks one number for all packets of a flow: these are two flows.',
  'udp.srcport': port,
  'udp.dstport': port,
  'udp.length': length,
  'udp.checksum': bodySum,
  'tcp.srcport': port,
  'tcp.dstport': port,
  'tcp.seq_raw': tcpSequence,
  'tcp.ack_raw': 'The next byte that its sender waits for: all before it have come.',
  'tcp.window_size_value': 'So much room its sender has left just now.',
  'tcp.checksum': bodySum,
  'tcp.options.timestamp.tsval': 'Its sender’s own clock, which runs on.',
  'tcp.options.timestamp.tsecr':
    'The newest time that had come from the other side: it tells how long the way is.',
  'icmp.type': answered,
  'icmp.checksum': icmpSum,
  'icmp.seq': ping,
  'icmp.ident': 'Each ping that runs has a number of its own.',
  'icmpv6.type': answered,
  'icmpv6.checksum': bodySum,
  'icmpv6.echo.sequence_number': ping,
  'icmpv6.echo.identifier': 'Each ping that runs has a number of its own.',
  'esp.spi': association,
  'esp.sequence': counted,
  'esp.iv': 'New for every packet, so that the same data never look the same.',
  'esp.encrypted_data': 'Even the same content looks like other random bytes each time that it is encrypted.',
  'esp.icv': proof,
  'ah.spi': association,
  'ah.sequence': counted,
  'ah.icv': proof,
  'gre.checksum': bodySum,
  'gre.sequence_number': counted,
  'isakmp.rspi': 'The responder picks it with its answer; until then it is zero.',
  'isakmp.messageid': 'Each exchange has a number of its own; the answer has that of its request.',
  'isakmp.flag_r': 'An answer has it set, a request has not.',
  'isakmp.flag_i': 'The side that began the IKE SA sets it, in questions and in answers.',
  'isakmp.length': length,
  'wg.receiver': 'The number that its receiver gave to this session; each side gives its own.',
  'wg.counter': counted,
}
