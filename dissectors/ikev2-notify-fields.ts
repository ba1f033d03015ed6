import { bytes, field, hex, seconds } from '../src/dissect/field.ts'
import { redirectFields } from './ikev2-redirect-fields.ts'
import { groupMeanings, prfMeanings } from './numbers/ike-algorithm-meanings.ts'
import { authenticationMeanings2, protocolMeanings2 } from './numbers/ike-meanings.ts'
import { ipcompTransforms } from './numbers/ike-shared.ts'
import {
  authenticationMethods,
  hashAlgorithms,
  keyExchangeMethods,
  pseudorandomFunctions,
  securityProtocols2,
} from './numbers/ikev2.ts'
import { firstStatus, notifyTypes } from './numbers/ikev2-notifies.ts'
import { meanings } from './numbers/ikev2-notify-meanings.ts'
import { payloadTypes } from './numbers/isakmp.ts'
import { payloadMeanings } from './numbers/isakmp-meanings.ts'
import { algorithmText } from './x509-fields.ts'

const section = 'RFC 7296 §3.10'

/** How much work a puzzle is. */
function puzzleSaid(bits: number): string {
  if (bits === 0) return '0: the initiator decides how hard it works.'
  return bits <= 48
    ? `About ${(2 ** bits).toLocaleString('en-US')} tries for each key that is asked for.`
    : ''
}

/** What becomes of a type that nobody knows. */
function unknownType(type: number): string {
  if (meanings[type] !== undefined) return ''
  return type < firstStatus
    ? `${type} has no name here, but it is an error: the request failed.`
    : `${type} has no name here, but it is a status: receivers that do not know it pass over it.`
}

const bytesField = (label: string, explain: string, section: string, name = 'isakmp.notify.data') =>
  field(name, label, { type: 'bytes', explain, section })

const requirement = (name: string, label: string, explain: string) =>
  field(`isakmp.notify.data.aggfrag.${name}`, label, { type: 'flag', explain, section: 'RFC 9347 §6.1.4' })
const congestionControl = requirement(
  'congestion',
  'Congestion control',
  'When set, the sender wants to be told about loss and delay, so that it can send less.',
)
const dontFragment = requirement(
  'dont_fragment',
  'Don’t fragment',
  'When set, the sender does not put pieces together: each inner packet is to travel whole in one ESP packet.',
)

/** The glossary of the Notify payload. */
export const notifyFields = {
  protocol: field('isakmp.notify.protoid', 'Protocol ID', {
    explain: 'Which kind of association the SPI names, where the message is about a single one.',
    section,
    values: securityProtocols2,
    meanings: protocolMeanings2,
  }),
  spiSize: field('isakmp.spisize', 'SPI size', {
    explain: 'Bytes of the SPI that follows; 0 in messages that are about the IKE SA.',
    section,
    show: bytes,
  }),
  type: field('isakmp.notify.msgtype', 'Notify message type', {
    explain:
      'What there is to tell. Below 16384 it is an error: what was asked for was not granted. From there on it is a status, which goes along with a request or an answer.',
    here: unknownType,
    section,
    values: notifyTypes,
    meanings,
  }),
  spi: field('isakmp.spi', 'SPI', {
    type: 'bytes',
    explain: 'The association that the message is about, by the number in the packets that it protects.',
    section,
  }),
  data: bytesField(
    'Notification data',
    'More about the error or status, in bytes whose form the type decides. Many types have none.',
    section,
  ),
  parts: field('isakmp.notify.data.parts', 'Notification data', {
    type: 'group',
    explain: 'More about the error or status, taken apart as its type wants it.',
    section,
  }),
  natHash: bytesField(
    'NAT detection hash',
    'SHA-1 over both SPIs, an address and a port as the sender knows them. Where it does not match what the receiver sees, a NAT device is between them.',
    'RFC 7296 §2.23',
  ),
  cookie: bytesField(
    'Cookie',
    'Bytes that the initiator has to send back with its whole request, which shows that it gets answers: a responder under attack makes no keys before.',
    'RFC 7296 §2.6',
  ),
  cookie2: bytesField(
    'Cookie',
    'Bytes that the other side has to send back, which shows that it can be reached at the address it claims.',
    'RFC 4555 §4.2.5',
  ),
  group: field('isakmp.notify.data.accepted_dh_group', 'Accepted key exchange method', {
    explain: 'The method that the responder wants. The initiator tries again with it, if it has offered it.',
    section: 'RFC 7296 §1.2',
    values: keyExchangeMethods,
    meanings: groupMeanings,
  }),
  payload: field('isakmp.notify.data.payload_type', 'Unsupported payload', {
    explain:
      'The type of the payload that was marked critical and that the sender does not know: the other side has to do without it.',
    section: 'RFC 7296 §2.5',
    values: payloadTypes,
    meanings: payloadMeanings,
  }),
  messageId: field('isakmp.notify.data.message_id', 'Invalid message ID', {
    explain:
      'The number of a message that came too early or too late to be taken: it lay outside the window of requests.',
    section: 'RFC 7296 §2.3',
    show: hex(8),
  }),
  windowSize: field('isakmp.notify.data.window_size', 'Window size', {
    explain: 'How many requests the sender is ready to keep track of before it has answered the first.',
    section: 'RFC 7296 §2.3',
  }),
  cpi: field('isakmp.notify.data.ipcomp.cpi', 'CPI', {
    explain: 'The number that compressed packets to the sender are to carry, as an SPI does in ESP.',
    section: 'RFC 7296 §2.22',
    show: hex(4),
  }),
  compression: field('isakmp.notify.data.ipcomp.transform_id', 'Transform ID', {
    explain:
      'An algorithm by which compressed packets to the sender may be made; the answer repeats the one that was taken.',
    section: 'RFC 7296 §2.22',
    values: ipcompTransforms,
  }),
  ipv4: field('isakmp.notify.data.ipv4', 'Additional address', {
    type: 'ipv4',
    explain: 'A further IPv4 address of the sender, to which the tunnel may move.',
    section: 'RFC 4555 §4.2.2',
  }),
  ipv6: field('isakmp.notify.data.ipv6', 'Additional address', {
    type: 'ipv6',
    explain: 'A further IPv6 address of the sender, to which the tunnel may move.',
    section: 'RFC 4555 §4.2.2',
  }),
  lifetime: field('isakmp.notify.data.auth_lifetime', 'Authentication lifetime', {
    explain:
      'How long the responder believes who the initiator is; before it is over, it has to prove itself again.',
    section: 'RFC 4478 §3',
    show: seconds,
  }),
  ...redirectFields,
  congestionControl,
  dontFragment,
  ticketLifetime: field('isakmp.notify.data.ticket_opaque.lifetime', 'Ticket lifetime', {
    explain:
      'For how long the gateway takes the ticket back. After that the client has to begin from scratch.',
    section: 'RFC 5723 §7.2',
    show: seconds,
  }),
  ticket: bytesField(
    'Ticket',
    'The state of an IKE SA, encrypted by the gateway for itself; the client shows it to come back quickly.',
    'RFC 5723 §7.2',
    'isakmp.notify.data.ticket_opaque.data',
  ),
  crashToken: bytesField(
    'Token',
    'A secret of the two: whoever shows it proves that it has lost the association, and the other may drop it at once.',
    'RFC 6290 §4.1',
    'isakmp.notify.data.qcd.token_secret_data',
  ),
  syncNonce: field('isakmp.notify.data.ha.nonce_data', 'Nonce', {
    explain:
      'A random number that the other machine of the cluster repeats, so that an old answer does not count.',
    section: 'RFC 6311 §6.3',
    show: hex(8),
  }),
  sendId: field('isakmp.notify.data.ha.expected_send_req_message_id', 'Expected send request message ID', {
    explain: 'The number that the sender will give its next request.',
    section: 'RFC 6311 §6.3',
    show: hex(8),
  }),
  receiveId: field(
    'isakmp.notify.data.ha.expected_recv_req_message_id',
    'Expected receive request message ID',
    {
      explain: 'The number that the sender expects in the next request to it.',
      section: 'RFC 6311 §6.3',
      show: hex(8),
    },
  ),
  delta: bytesField(
    'Replay counter delta',
    'By how much the sequence numbers of all child associations are to jump after another machine of a cluster took over.',
    'RFC 6311 §6.4',
    'isakmp.notify.data.ha.incoming_ipsec_sa_delta_value',
  ),
  passwordMethod: field('isakmp.notify.data.secure_password_method', 'Secure password method', {
    explain:
      'A method by which the sender can prove a password without exposing it to guessing; the responder takes one of those offered.',
    section: 'RFC 6467 §3.1',
    values: { 1: 'PACE', 2: 'AugPAKE', 3: 'Secure PSK authentication' },
    meanings: {
      1: 'The method of electronic passports (RFC 6631).',
      2: 'The gateway keeps a value made of the password, not the password (RFC 6628).',
      3: 'The same for a key that both sides share (RFC 6617).',
    },
  }),
  hash: field('isakmp.notify.data.signature_hash_algorithms', 'Signature hash algorithm', {
    explain:
      'A hash that the sender accepts below a signature. Identity stands for signatures such as Ed25519 that take the message as it is.',
    section: 'RFC 7427 §4',
    values: hashAlgorithms,
  }),
  puzzlePrf: field('isakmp.notify.data.puzzle.prf', 'PRF', {
    explain: 'The function of the puzzle: the initiator tries keys until its result ends in enough zeros.',
    section: 'RFC 8019 §8.1',
    values: pseudorandomFunctions,
    meanings: prfMeanings,
  }),
  puzzleDifficulty: field('isakmp.notify.data.puzzle.difficulty', 'Difficulty', {
    explain: 'How many bits at the end of the result have to be 0: each one more doubles the work.',
    section: 'RFC 8019 §8.1',
    here: puzzleSaid,
  }),
  ppkType: field('isakmp.notify.data.ppk.type', 'PPK identity type', {
    explain: 'Whether the name of the key changes from time to time or stays.',
    section: 'RFC 8784 §5.1',
    values: { 1: 'PPK_ID_OPAQUE', 2: 'PPK_ID_FIXED' },
    meanings: {
      1: 'The name is made anew in a way that only the two sides can follow.',
      2: 'The name is always the same, so whoever listens can tell one key from another.',
    },
  }),
  ppkId: bytesField(
    'PPK identity',
    'Names a secret that both sides were given beforehand and that holds even against quantum computers.',
    'RFC 8784 §5.1',
    'isakmp.notify.data.ppk.id',
  ),
  ppkConfirmation: bytesField(
    'PPK confirmation',
    'Made from the secret and both nonces: whoever has the same secret sees that it is the same.',
    'RFC 9867 §3.1',
    'isakmp.notify.data.ppk.confirmation',
  ),
  aggregation: field('isakmp.notify.data.aggfrag', 'Requirements', {
    explain:
      'Two wishes of the sender about a tunnel that packs several inner packets into one, or one into several.',
    section: 'RFC 9347 §6.1.4',
    show: hex(2),
    parts: [
      [undefined, 6],
      [congestionControl, 1],
      [dontFragment, 1],
    ],
  }),
  methodLength: field('isakmp.notify.data.auth_methods.length', 'Announcement length', {
    explain:
      'Bytes of this entry: 2 where a number says it all, 3 with a link to an authority, more with an algorithm.',
    section: 'RFC 9593 §3.2',
    show: bytes,
  }),
  method: field('isakmp.notify.data.auth_methods.method', 'Authentication method', {
    explain:
      'A method by which the other side may prove who it is, so that it need not guess what is accepted.',
    section: 'RFC 9593 §3.2',
    values: authenticationMethods,
    meanings: authenticationMeanings2,
  }),
  methodLink: field('isakmp.notify.data.auth_methods.link', 'Certificate link', {
    explain: 'Which of the authorities in the certificate request this method goes with, from 1 on; 0: any.',
    section: 'RFC 9593 §3.2',
  }),
  methodAlgorithm: field('isakmp.notify.data.auth_methods.algorithm', 'Algorithm identifier', {
    type: 'bytes',
    explain: 'Which signature is meant where the method leaves it open, by the name that certificates use.',
    section: 'RFC 9593 §3.2.3',
    read: algorithmText,
  }),
  announcement: field('isakmp.notify.data.auth_methods', 'Announcement', {
    type: 'group',
    explain: 'One method of authentication that the sender accepts, with what it is tied to.',
    section: 'RFC 9593 §3.2',
  }),
}
