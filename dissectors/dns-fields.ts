import { bytes, type Field, field, hex, seconds } from '../src/dissect/field.ts'
import { nameField } from './dns-name.ts'
import { longTime } from './durations.ts'
import { opcodes, recordClasses, recordTypes, responseCodes } from './numbers/dns.ts'
import { operationMeanings, responseMeanings } from './numbers/dns-meanings.ts'

const flag = (name: string, label: string, explain: string, section = 'RFC 1035 §4.1.1'): Field<'flag'> =>
  field(`dns.flags.${name}`, label, { type: 'flag', explain, section })

const count = (name: string, label: string, explain: string): Field<'uint'> =>
  field(`dns.count.${name}`, label, { explain, section: 'RFC 1035 §4.1.1' })

const section = (name: string, label: string, explain: string): Field<'group'> =>
  field(`dns.${name}`, label, { type: 'group', explain, section: 'RFC 1035 §4.1' })

/** What each type of record is for. */
const purposes: Readonly<Record<number, string>> = {
  1: 'The IPv4 address of the name.',
  2: 'A server that knows the names of this zone.',
  5: 'The name is an alias; the real one is here.',
  6: 'Who runs the zone, and how its copies are kept fresh.',
  10: 'Anything at all; tunnels through DNS carry their packets in it.',
  12: 'The name that belongs to an address.',
  13: 'Once told machine and system; today the short answer to questions for everything (RFC 8482).',
  15: 'The server that takes mail for the name.',
  16: 'Text: mail policies, proofs of ownership and the like.',
  17: 'Who is responsible for the name.',
  18: 'Where a database of the file system AFS is.',
  24: 'The old form of a signature, today for single messages only.',
  25: 'The old form of a key; IPSECKEY and DNSKEY took its place.',
  28: 'The IPv6 address of the name.',
  29: 'Where on earth the host stands.',
  33: 'Host and port of a service.',
  35: 'A rule that makes one name of another, by which phone numbers lead to servers.',
  36: 'Who can exchange keys for this host.',
  37: 'A certificate, or where to find one.',
  39: 'All names below are aliases: this end of theirs is exchanged for another.',
  41: 'No record at all: it says what the sender of the message can do beyond the DNS of 1987.',
  42: 'A list of networks.',
  43: 'The hash of the key of the zone below, by which trust goes from zone to zone.',
  44: 'The fingerprint of a host’s SSH key.',
  45: 'The IPsec gateway in front of a host, and its public key, for encryption with strangers.',
  46: 'A signature over the records of one type and name.',
  47: 'Proof that between two names there is no other.',
  48: 'A public key of the zone.',
  49: 'Marks which DHCP client a name belongs to, so that no other takes it over.',
  50: 'Proof that between two hashed names there is no other.',
  51: 'How the zone hashes its names for NSEC3.',
  52: 'Which certificate a server has to show.',
  53: 'Which certificate a mail user signs with.',
  55: 'The key by which a host is known that speaks HIP.',
  59: 'The hash that the zone asks the one above to take over.',
  60: 'The key that the zone asks the one above to take over.',
  61: 'The OpenPGP key of a mail user.',
  62: 'Says which records the zone above should copy from this one.',
  63: 'A hash over the whole zone, for those who copy it.',
  64: 'How to reach a service: host, port, protocols, in one answer.',
  65: 'How to reach a web site: addresses, protocols, keys, in one answer.',
  99: 'Once told which hosts may send mail for the name; a TXT record does.',
  108: 'The 48-bit link address of a host.',
  109: 'The 64-bit link address of a host.',
  249: 'Agrees on a key for signing messages.',
  250: 'Signs this very message with a shared key: who may update or copy a zone shows it so.',
  251: 'Asks for what has changed in a zone since some serial number.',
  252: 'All records of a zone, for its copies.',
  255: 'All records that the server has of the name.',
  256: 'An address of the web by way of a service’s name.',
  257: 'Which authorities may issue certificates for the name.',
}

const typeOf = (name: string): Field<'uint'> =>
  field(name, 'Type', {
    explain: 'What kind of thing is asked for, or told, about the name.',
    meanings: purposes,
    section: 'RFC 1035 §3.2.2',
    values: recordTypes,
  })

const classOf = (name: string): Field<'uint'> =>
  field(name, 'Class', {
    explain: 'The kind of network; other ones than the Internet are history, or mean something in updates.',
    section: 'RFC 1035 §3.2.4',
    values: recordClasses,
  })

const responseCode = field('dns.flags.rcode', 'Response code', {
  explain: 'How it went: 0 is success, 3 says that there is no such name.',
  section: 'RFC 1035 §4.1.1',
  meanings: responseMeanings,
  values: responseCodes,
})

export const f = {
  message: field('dns.message', 'Message', {
    type: 'group',
    explain: 'The message, as far as the length in front of it reaches.',
    section: 'RFC 1035 §4.2.2',
  }),
  id: field('dns.id', 'Identification', {
    explain:
      'By this number the answer finds its question. It is random, so that nobody can forge answers blindly.',
    section: 'RFC 1035 §4.1.1',
    show: hex(4),
  }),
  flags: field('dns.flags', 'Flags', {
    explain: 'Whether this asks or answers, what the server could do, and in the last four bits how it went.',
    section: 'RFC 1035 §4.1.1',
    show: hex(4),
    parts: [
      [
        flag(
          'response',
          'Response',
          'Tells an answer from a question: without it, a server would answer answers.',
        ),
        1,
      ],
      [
        field('dns.flags.opcode', 'Opcode', {
          explain: 'What is wanted: most often the answer to a question.',
          section: 'RFC 1035 §4.1.1',
          meanings: operationMeanings,
          values: opcodes,
        }),
        4,
      ],
      [
        flag(
          'authoritative',
          'Authoritative answer',
          'Set by a server that the zone belongs to, clear from a cache.',
        ),
        1,
      ],
      [
        flag(
          'truncated',
          'Truncated',
          'The message was too long for UDP: the question is asked again over TCP.',
        ),
        1,
      ],
      [flag('recdesired', 'Recursion desired', 'Asks the server to ask others until it has the answer.'), 1],
      [
        flag(
          'recavail',
          'Recursion available',
          'The server asks others for its clients. One that does so for everyone on the Internet is misused to flood third parties.',
        ),
        1,
      ],
      [flag('z', 'Reserved', 'Free for later use: sent as 0.'), 1],
      [
        flag(
          'authenticated',
          'Authentic data',
          'The server has checked the signatures. Worth as much as the way to the server is safe.',
          'RFC 4035 §3.2.3',
        ),
        1,
      ],
      [
        flag(
          'checkdisable',
          'Checking disabled',
          'The sender checks signatures by itself and takes answers that fail the server’s check.',
          'RFC 4035 §3.2.2',
        ),
        1,
      ],
      [responseCode, 4],
    ],
  }),
  responseCode,
  questions: count('queries', 'Questions', 'How many questions the message has: one, nearly always.'),
  answers: count(
    'answers',
    'Answer records',
    'How many records follow that answer the question; 0 in questions, and where there is nothing to tell.',
  ),
  authorities: count('auth_rr', 'Authority records', 'How many records tell which servers know more.'),
  additionals: count(
    'add_rr',
    'Additional records',
    'How many records come along because they will be needed next.',
  ),
  questionSection: section(
    'queries',
    'Question section',
    'What is asked. Answers repeat it, so that one that is about something else is not taken.',
  ),
  answerSection: section('answers', 'Answer section', 'Records that answer the question.'),
  authoritySection: section(
    'authorities',
    'Authority section',
    'Records that name the servers in charge, or prove that there is nothing.',
  ),
  additionalSection: section(
    'additionals',
    'Additional section',
    'Records that nobody asked for, such as addresses of the servers named above.',
  ),
  question: field('dns.qry', 'Question', {
    type: 'group',
    explain: 'A name, and what is wanted to know about it.',
    section: 'RFC 1035 §4.1.2',
  }),
  questionName: nameField(
    'dns.qry.name',
    'Name',
    'The name that somebody wants to know something about: who listens here learns which sites are visited.',
    'RFC 1035 §4.1.2',
  ),
  questionType: typeOf('dns.qry.type'),
  questionClass: classOf('dns.qry.class'),
  unicast: field('dns.qry.qu', 'Unicast response', {
    type: 'flag',
    explain: 'When set, the answer may come to the asker alone, not to everyone on the link.',
    section: 'RFC 6762 §5.4',
  }),
  record: field('dns.resp', 'Resource record', {
    type: 'group',
    explain: 'One thing known about a name, and for how long it may be kept.',
    section: 'RFC 1035 §4.1.3',
  }),
  name: nameField('dns.resp.name', 'Name', 'The name that the record belongs to.', 'RFC 1035 §4.1.3'),
  type: typeOf('dns.resp.type'),
  class: classOf('dns.resp.class'),
  flush: field('dns.resp.cache_flush', 'Cache flush', {
    type: 'flag',
    explain: 'When set, this replaces all that was known of the name and type before.',
    section: 'RFC 6762 §10.2',
  }),
  ttl: field('dns.resp.ttl', 'Time to live', {
    explain: 'For how long the record may be kept without asking again.',
    meanings: { 0: 'Not to be kept at all: the next question is asked anew.' },
    here: longTime,
    section: 'RFC 1035 §3.2.1',
    show: seconds,
  }),
  length: field('dns.resp.len', 'Data length', {
    explain: 'How many bytes of data the record has, so that unknown types can be passed over.',
    section: 'RFC 1035 §3.2.1',
    show: bytes,
  }),
  dataGroup: field('dns.resp.data', 'Record data', {
    type: 'group',
    explain: 'What the record tells about the name, in the form of its type.',
    section: 'RFC 1035 §3.2.1',
  }),
  options: field('dns.opt.all', 'Options', {
    type: 'group',
    explain: 'Extensions of this message, each with its number.',
    section: 'RFC 6891 §6.1.2',
  }),
  data: field('dns.data', 'Data', {
    type: 'bytes',
    explain: 'What the record says, of a type that is not taken apart here.',
    section: 'RFC 3597 §2',
  }),
}
