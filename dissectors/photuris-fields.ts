import { bytes, type Field, field, hex, seconds } from '../src/dissect/field.ts'

/** Messages of RFC 2522; 5 and 6 are of an extension that photurisd numbers as well. */
export const messages: Readonly<Record<number, string>> = {
  0: 'Cookie_Request',
  1: 'Cookie_Response',
  2: 'Value_Request',
  3: 'Value_Response',
  4: 'Identity_Request',
  5: 'Secret_Response',
  6: 'Secret_Request',
  7: 'Identity_Response',
  8: 'SPI_Needed',
  9: 'SPI_Update',
  10: 'Bad_Cookie',
  11: 'Resource_Limit',
  12: 'Verification_Failure',
  13: 'Message_Reject',
}

/** What each message is for. */
const messageMeanings: Readonly<Record<number, string>> = {
  0: 'The initiator shows its cookie and asks for the other one. Nothing is computed yet.',
  1: 'The responder makes its cookie out of the request, remembers nothing, and lists the schemes that it would take.',
  2: 'The initiator brings both cookies back and its half of the key exchange.',
  3: 'The responder gives its half: now both have the shared secret, and identities can be hidden.',
  4: 'The initiator says who it is and proves it, hidden under the shared secret.',
  7: 'The responder says who it is and proves it.',
  8: 'The sender would like a new SPI from the other side.',
  9: 'The sender makes a new SPI, or changes how long one lasts.',
  10: 'The cookies are not known, or no longer: the exchange has to begin again.',
  11: 'The responder is overloaded, or has too many exchanges with this peer.',
  12: 'A proof did not hold: a wrong secret, or a message that was changed.',
  13: 'A field could not be understood; its place is told.',
}

/** A scheme fixes the generator of the exchange, the hash for keys and what hides identities. */
const schemes: Readonly<Record<number, string>> = {
  0: 'reserved',
  1: 'reserved',
  2: 'generator 2, MD5',
  3: 'generator 3, MD5',
  4: 'generator 2, MD5, DES-CBC',
  5: 'generator 5, MD5',
  6: 'generator 3, MD5, DES-CBC',
  7: 'variable generator, MD5',
  8: 'generator 2, SHA-1, Triple DES',
  10: 'generator 5, MD5, DES-CBC',
  12: 'generator 3, SHA-1, Triple DES',
  14: 'variable generator, MD5, DES-CBC',
  20: 'generator 5, SHA-1, Triple DES',
  28: 'variable generator, SHA-1, Triple DES',
}

/** Attributes of RFC 2522 and RFC 2523; 16 to 18 and 254 are OpenBSD’s. */
const attributes: Readonly<Record<number, string>> = {
  0: 'Padding',
  1: 'AH-Attributes',
  2: 'ESP-Attributes',
  5: 'MD5-IPMAC',
  6: 'SHA1-IPMAC',
  7: 'RIPEMD-160-IPMAC',
  8: 'DES-CBC',
  9: 'Invert',
  10: 'XOR',
  16: 'Blowfish',
  17: 'CAST',
  18: 'Triple DES',
  254: 'HMAC',
  255: 'Organizational',
}

const purposes: Readonly<Record<number, string>> = {
  0: 'Fills up and means nothing.',
  1: 'A heading: what follows, up to the next heading, is for AH.',
  2: 'A heading: what follows, up to the next heading, is for ESP.',
  5: 'A keyed hash made with MD5.',
  6: 'A keyed hash made with SHA-1.',
  7: 'A keyed hash made with RIPEMD-160.',
  8: 'Encryption with DES, whose keys of 56 bits are found by trying them all.',
  9: 'The cipher after it decrypts where it would encrypt: so Triple DES is made of DES.',
  10: 'Random bytes are mixed with the plain text before and the encrypted text after it.',
  16: 'Encryption with Blowfish.',
  17: 'Encryption with CAST.',
  18: 'Encryption with Triple DES.',
  254: 'A flag of photurisd: the keyed hashes of this section are HMACs.',
  255: 'Something of an organization’s own, which the value names.',
}

/** The bits that a size stands for: one that begins with 255 has four bytes and counts from 65,280 on (RFC 2522 §2.3). */
export const bitsOf = (size: number): number => (size < 0xff00 ? size : size - 0xff000000 + 0xff00)

const showBits = (size: number): string => `${bitsOf(size)} bits`

/** How many bytes a size takes; `zero`: what a size of 0 says. */
function sizeSaid(bits: number, zero: string): string {
  if (bits === 0) return zero
  return bits > 0 ? `${bits} bits fill ${bytes(Math.ceil(bits / 8))}.` : ''
}

/** A number of any length: its size and its value, each time under names of its own. */
export type VariableInteger = {
  readonly group: Field<'group'>
  readonly size: Field<'uint'>
  readonly value: Field<'bytes'>
}

const variable = (name: string, label: string, purpose: string, zero = ''): VariableInteger => ({
  group: field(`photuris.${name}`, label, { type: 'group', explain: purpose }),
  size: field(`photuris.${name}.size`, 'Size', {
    explain: 'How many bits the number below has; it fills whole bytes, with zeros in front.',
    here: size => sizeSaid(bitsOf(size), zero),
    section: 'RFC 2522 §2.3',
    show: showBits,
  }),
  value: field(`photuris.${name}.value`, 'Value', {
    type: 'bytes',
    explain: `The number itself, the most significant byte first. ${purpose}`,
    section: 'RFC 2522 §2.3',
  }),
})

/** The modulus of an offered scheme. */
export const modulus = variable(
  'modulus',
  'Modulus',
  'The prime number for the Diffie-Hellman exchange, which both sides have to use.',
  '0 stands for the modulus that the scheme has by itself.',
)

/** One side's half of the key exchange. */
export const exchangeValue = variable(
  'exchange_value',
  'Exchange value',
  'The sender’s half of a Diffie-Hellman exchange: with both halves the two sides share a secret that nobody listening has.',
)

const reserved = (name: string, label: string, section: string) =>
  field(`photuris.${name}`, label, {
    explain: 'Free for later use: sent as 0, ignored by receivers.',
    section,
    show: hex(2),
  })

export const f = {
  initiatorCookie: field('photuris.initiator_cookie', 'Initiator-Cookie', {
    type: 'bytes',
    explain:
      'With the other cookie it names the exchange. The initiator makes it anew each time, in a way that only it can repeat.',
    section: 'RFC 2522 §2.2',
  }),
  responderCookie: field('photuris.responder_cookie', 'Responder-Cookie', {
    type: 'bytes',
    explain:
      'Made of the initiator’s address and a secret: whoever sends it back receives at that address, and only then does the responder compute anything. 0 while none is known.',
    section: 'RFC 2522 §2.2',
  }),
  message: field('photuris.message', 'Message', {
    explain:
      'Tells the kind of this message: cookies come first, then values for the keys, then identities; SPIs and errors follow at any time.',
    section: 'RFC 2522 §2.2',
    values: messages,
    meanings: messageMeanings,
  }),
  counter: field('photuris.counter', 'Counter', {
    explain:
      'Numbers the exchanges that a responder has with the same peer, so that each has cookies of its own. 0 in a first request.',
    section: 'RFC 2522 §3',
  }),
  scheme: field('photuris.scheme', 'Scheme', {
    explain:
      'A whole set of methods under one number: the group of the key exchange, the hash that makes keys, and what hides the identities.',
    section: 'RFC 2522 §2.4',
    values: schemes,
  }),
  reserved: reserved('reserved', 'Reserved', 'RFC 2522 §4'),
  lifetime: field('photuris.lifetime', 'LifeTime', {
    explain:
      'How long the SPI is valid, from its creation on. Before that time is up a new one is made with an update.',
    meanings: { 0: '0: it is deleted now.' },
    section: 'RFC 2522 §5',
    show: seconds,
  }),
  spi: field('photuris.spi', 'Security parameters index', {
    explain:
      'The number by which ESP or AH packets to the sender of this message name the association. The sender chose it.',
    section: 'RFC 2522 §5',
    show: hex(8),
  }),
  masked: field('photuris.masked', 'Masked data', {
    type: 'bytes',
    explain:
      'Who the sender is, the proof of it, and the attributes chosen for the SPI, hidden with the shared secret by the method of the scheme.',
    section: 'RFC 2522 §5',
  }),
  reservedLifetime: reserved('reserved_lifetime', 'Reserved-LT', 'RFC 2522 §6'),
  reservedSpi: field('photuris.reserved_spi', 'Reserved-SPI', {
    explain: 'Stands where other messages have their SPI: sent as 0, because the sender has none to offer.',
    section: 'RFC 2522 §6',
    show: hex(8),
  }),
  badMessage: field('photuris.bad_message', 'Bad-Message', {
    explain: 'The kind of message that was refused.',
    section: 'RFC 2522 §7',
    values: messages,
    meanings: messageMeanings,
  }),
  offset: field('photuris.offset', 'Offset', {
    explain:
      'Where in the refused message the first field stands that the other side did not understand, in bytes from its start.',
    meanings: { 32: 'At 32 is the kind of the message.' },
    section: 'RFC 2522 §7',
    show: bytes,
  }),
  data: field('photuris.data', 'Data', {
    type: 'bytes',
    explain: 'What a message of an unknown kind says, or what follows the end of a known one.',
  }),
  offeredScheme: field('photuris.offered_scheme', 'Offered scheme', {
    type: 'group',
    explain: 'A scheme that the responder would use; the initiator chooses one of those offered.',
    section: 'RFC 2522 §3',
  }),
  attribute: field('photuris.attribute', 'Offered attribute', {
    type: 'group',
    explain:
      'One algorithm that the sender would accept. Those before any heading are for proving identities, those behind one for AH or for ESP.',
    section: 'RFC 2522 §2.5',
  }),
  attributeType: field('photuris.attribute.type', 'Attribute', {
    explain: 'An algorithm, or a heading over several; a receiver that does not know it passes over it.',
    meanings: purposes,
    section: 'RFC 2522 §2.5, RFC 2523',
    values: attributes,
  }),
  attributeLength: field('photuris.attribute.length', 'Length', {
    explain: 'Bytes of the value. 0 where the attribute says all by its number.',
    section: 'RFC 2522 §2.5',
    show: bytes,
  }),
  attributeValue: field('photuris.attribute.value', 'Value', {
    type: 'bytes',
    explain: 'What the algorithm needs to be told besides its number.',
    section: 'RFC 2522 §2.5',
  }),
}
