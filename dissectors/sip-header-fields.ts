import { field } from '../src/dissect/field.ts'
import { headerValue, readLine } from './text-lines.ts'

const text = (name: string, label: string, section: string, explain: string) =>
  field(`sip.${name}`, label, { type: 'text', explain, section: `RFC 3261 §${section}` })

export const header = (name: string, label: string, section: string, explain: string) =>
  field(`sip.${name}`, label, { type: 'text', explain, section, read: headerValue })

export const group = (name: string, label: string, section: string, explain: string) =>
  field(`sip.${name}`, label, { type: 'group', explain, section, read: headerValue })

/** An address such as `sip:bob@example.org:5060;lr`. */
const address = (name: string) =>
  field(`sip.${name}`, 'Address', {
    type: 'group',
    explain: 'Where to reach someone: sip, sips or tel, who, and at which host.',
    section: 'RFC 3261 §19.1',
    read: readLine,
  })

const addressFields = (name: string) => ({
  user: text(`${name}.user`, 'User', '19.1.1', 'The part of the address for whom it is, a name or a number.'),
  host: text(`${name}.host`, 'Host', '19.1.1', 'The part of the address that says which domain or machine.'),
  port: text(`${name}.port`, 'Port', '19.1.1', 'The port there, where it is not the usual one.'),
  param: text(
    `${name}.param`,
    'URI parameter',
    '19.1.1',
    'How to get there: lr says that the host only passes on.',
  ),
})

export type Address = ReturnType<typeof addressFields>

const tag = (name: string) =>
  text(
    `${name}.tag`,
    'Tag',
    '19.3',
    'Random, from this side: with the other side’s and the Call-ID it names the call.',
  )

export const via = {
  transport: text('Via.transport', 'Transport', '20.42', 'UDP, TCP, TLS or another, as the sender used it.'),
  address: text('Via.sent-by.address', 'Sent-by address', '20.42', 'Where the sender believes to be.'),
  port: text('Via.sent-by.port', 'Sent-by port', '20.42', 'The port that the sender wants the answer on.'),
  branch: text(
    'Via.branch',
    'Branch',
    '20.42',
    'Joins the answer to its request; begins with z9hG4bK since RFC 3261.',
  ),
  received: text(
    'Via.received',
    'Received',
    '18.2.1',
    'Where the request really came from, as the next host saw it.',
  ),
  rport: field('sip.Via.rport', 'Rport', {
    type: 'text',
    explain:
      'Asks for the answer at the port that the request came from, and in the answer has it: NAT needs that.',
    section: 'RFC 3581 §3',
  }),
}

export const sequence = {
  number: text('CSeq.seq', 'Sequence number', '20.16', 'Goes up with each request of a call.'),
  method: text('CSeq.method', 'Method', '20.16', 'What was asked, so that an answer tells it, too.'),
}

const agreement = (name: string, label: string, explain: string) =>
  field(`sip.sec_mechanism${name}`, label, { type: 'text', explain, section: '3GPP TS 33.203 Annex H' })

export const mechanism = agreement(
  '',
  'Security mechanism',
  'How phone and network protect what follows: ipsec-3gpp is ESP between the two.',
)

export const mechanismParameters = {
  alg: agreement('.alg', 'Integrity algorithm', 'With which sum the ESP packets are signed.'),
  ealg: agreement(
    '.ealg',
    'Encryption algorithm',
    'How the ESP packets are encrypted; null leaves them readable.',
  ),
  prot: agreement('.prot', 'Protocol', 'With what packets are protected: esp is what phones have.'),
  'spi-c': agreement('.spi_c', 'SPI, client', 'The SPI of packets to the port from which the side asks.'),
  'spi-s': agreement('.spi_s', 'SPI, server', 'The SPI of packets to the port on which the side is asked.'),
  'port-c': agreement('.port_c', 'Port, client', 'The port from which the side asks.'),
  'port-s': agreement('.port_s', 'Port, server', 'The port on which the side is asked.'),
}

const digest = (name: string, label: string, explain: string) => text(`auth.${name}`, label, '22.4', explain)

export const scheme = digest('scheme', 'Scheme', 'How the proof is made: Digest, with a hash.')

export const digestParameters = {
  nonce: digest(
    'nonce',
    'Nonce',
    'What the server wants hashed together with the password, so that no proof is good twice.',
  ),
  realm: digest('realm', 'Realm', 'Which password is asked for.'),
  uri: digest('uri', 'URI', 'What the request is for, once more, so that the hash covers it.'),
  username: digest(
    'username',
    'User name',
    'The account whose password the answer proves; it is sent in clear.',
  ),
  response: digest(
    'digest.response',
    'Response',
    'The hash itself. Who records it can guess passwords without asking the server.',
  ),
  algorithm: digest('algorithm', 'Algorithm', 'Which hash; AKA goes with the SIM card in phones.'),
  opaque: digest('opaque', 'Opaque', 'Something for the server alone, to be sent back.'),
  qop: digest('qop', 'Quality of protection', 'Whether the hash covers the body, too.'),
  cnonce: digest(
    'cnonce',
    'Client nonce',
    'What the client adds to the hash, so that the server cannot choose all of it.',
  ),
  nc: digest('nc', 'Nonce count', 'How often the nonce was used.'),
}

export const requestAddress = addressFields('r-uri')

export const contactParameter = text(
  'contact.parameter',
  'Contact parameter',
  '20.10',
  'What the phone can do, and how long it is to be reached there.',
)

export const fromAddress = addressFields('from')

export const toAddress = addressFields('to')

export const contactAddress = addressFields('contact')

export const routeAddress = addressFields('Route')

export const uris = {
  from: address('from.addr'),
  to: address('to.addr'),
  contact: address('contact.uri'),
  route: address('Route.uri'),
}

export const [fromTag, toTag] = [tag('from'), tag('to')]

export const between = field('sip.between', 'Name or sign', {
  type: 'text',
  explain: 'The name of the header in front of its value, or what separates the parts of it.',
  section: 'RFC 3261 §7.3',
})
