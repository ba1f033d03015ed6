import { bytes, field, hex, seconds } from '../src/dissect/field.ts'
import { redirectFields } from './ikev2-redirect-fields.ts'
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
import { algorithmText } from './x509-fields.ts'

const section = 'RFC 7296 §3.10'

/** Whether a notify of this type is an error, and what becomes of it where nobody knows it. */
function kind(type: number): string {
  const isError = type < firstStatus
  if (meanings[type] !== undefined)
    return isError
      ? 'What went wrong: an error, so what was asked for was not granted.'
      : 'What the sender says beside its request or answer: a status, no error.'
  return isError
    ? 'An error of a type without a meaning here: the request failed.'
    : 'A status of a type without a meaning here; receivers pass over it.'
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
    explain:
      'Which kind of association the SPI names; 0 where the message is about none or about the IKE SA.',
    section,
    values: securityProtocols2,
  }),
  spiSize: field('isakmp.spisize', 'SPI size', {
    explain: 'Bytes of the SPI that follows; 0 in messages that are about the IKE SA.',
    section,
    show: bytes,
  }),
  type: field('isakmp.notify.msgtype', 'Notify message type', {
    explain: kind,
    section,
    values: notifyTypes,
    meanings,
  }),
  spi: field('isakmp.spi', 'SPI', {
    type: 'bytes',
    explain: 'The association that the message is about, by the number in the packets that it protects.',
    section,
  }),
  data: bytesField('Notification data', 'What the message says beyond its type.', section),
  parts: field('isakmp.notify.data.parts', 'Notification data', {
    type: 'group',
    explain: 'What the message says beyond its type.',
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
  }),
  payload: field('isakmp.notify.data.payload_type', 'Unsupported payload', {
    explain: 'The type of the critical payload that the sender does not know.',
    section: 'RFC 7296 §2.5',
    values: payloadTypes,
  }),
  messageId: field('isakmp.notify.data.message_id', 'Invalid message ID', {
    explain: 'The number of the message that was outside the window.',
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
    explain: 'The way of compressing that the sender can undo.',
    section: 'RFC 7296 §2.22',
    values: ipcompTransforms,
  }),
  ipv4: field('isakmp.notify.data.ipv4', 'Additional address', {
    type: 'ipv4',
    explain: 'A further address of the sender, to which the tunnel may move.',
    section: 'RFC 4555 §4.2.2',
  }),
  ipv6: field('isakmp.notify.data.ipv6', 'Additional address', {
    type: 'ipv6',
    explain: 'A further address of the sender, to which the tunnel may move.',
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
    explain: 'How long the ticket can be used.',
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
    explain: 'A random number that joins the answer to the question.',
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
    explain: 'A way of proving a password that the sender knows.',
    section: 'RFC 6467 §3.1',
    values: { 1: 'PACE', 2: 'AugPAKE', 3: 'Secure PSK authentication' },
  }),
  hash: field('isakmp.notify.data.signature_hash_algorithms', 'Signature hash algorithm', {
    explain:
      'A hash that the sender accepts below a signature. Identity stands for signatures such as Ed25519 that take the message as it is.',
    section: 'RFC 7427 §4',
    values: hashAlgorithms,
  }),
  puzzlePrf: field('isakmp.notify.data.puzzle.prf', 'PRF', {
    explain: 'The function that the initiator has to find keys for.',
    section: 'RFC 8019 §8.1',
    values: pseudorandomFunctions,
  }),
  puzzleDifficulty: field('isakmp.notify.data.puzzle.difficulty', 'Difficulty', {
    explain: 'How many bits at the end of the result have to be 0: each one more doubles the work.',
    section: 'RFC 8019 §8.1',
  }),
  ppkType: field('isakmp.notify.data.ppk.type', 'PPK identity type', {
    explain: 'Whether the name of the key changes from time to time or stays.',
    section: 'RFC 8784 §5.1',
    values: { 1: 'PPK_ID_OPAQUE', 2: 'PPK_ID_FIXED' },
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
    explain: 'What the sender wants of the packets in the tunnel.',
    section: 'RFC 9347 §6.1.4',
    show: hex(2),
    parts: [
      [undefined, 6],
      [congestionControl, 1],
      [dontFragment, 1],
    ],
  }),
  methodLength: field('isakmp.notify.data.auth_methods.length', 'Announcement length', {
    explain: 'Bytes of this entry, this one included.',
    section: 'RFC 9593 §3.2',
    show: bytes,
  }),
  method: field('isakmp.notify.data.auth_methods.method', 'Authentication method', {
    explain: 'A way of proving identity that the sender accepts.',
    section: 'RFC 9593 §3.2',
    values: authenticationMethods,
  }),
  methodLink: field('isakmp.notify.data.auth_methods.link', 'Certificate link', {
    explain: 'Which of the authorities in the certificate request this method goes with, from 1 on; 0: any.',
    section: 'RFC 9593 §3.2',
  }),
  methodAlgorithm: field('isakmp.notify.data.auth_methods.algorithm', 'Algorithm identifier', {
    type: 'bytes',
    explain: 'The signature algorithm, in DER.',
    section: 'RFC 9593 §3.2.3',
    read: algorithmText,
  }),
  announcement: field('isakmp.notify.data.auth_methods', 'Announcement', {
    type: 'group',
    explain: 'One way of proving identity that the sender accepts.',
    section: 'RFC 9593 §3.2',
  }),
}
