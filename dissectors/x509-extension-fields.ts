import { field, hex, type Part } from '../src/dissect/field.ts'
import { derAt, readOid } from './der.ts'
import { nameField } from './distinguished-name.ts'

const section = 'RFC 5280 §4.2'
const names = 'RFC 5280 §4.2.1.6'
const usageSection = 'RFC 5280 §4.2.1.3'

const group = (name: string, label: string, explain: string, section: string) =>
  field(name, label, { type: 'group', explain, section })
const bytesOf = (name: string, label: string, explain: string, section: string) =>
  field(name, label, { type: 'bytes', explain, section })
const text = (name: string, label: string, explain: string) =>
  field(name, label, { type: 'text', explain, section: names })
const identifier = (name: string, label: string, explain: string, section: string) =>
  field(name, label, { type: 'bytes', explain, section, read: readOid })

const use = (name: string, label: string, explain: string): Part => [
  field(`x509ce.KeyUsage.${name}`, label, { type: 'flag', explain, section: usageSection }),
  1,
]
const truth = { 0: 'no', 255: 'yes' }

/** The glossary of extensions. */
export const extensionFields = {
  extension: field('x509af.Extension_element', 'Extension', {
    type: 'group',
    explain: 'One more thing that the issuer says about the key or its owner.',
    section,
    read(bytes, start, length) {
      const whole = derAt(bytes, start, start + length)
      const id = whole && derAt(bytes, whole.start, whole.end)
      return id === undefined ? '' : readOid(bytes, id.start, id.end - id.start)
    },
  }),
  id: identifier(
    'x509af.extension.id',
    'Extension ID',
    'Names what is said: an alternative name, a use of the key, a place to ask. Nobody who does not know the number can read the value.',
    section,
  ),
  critical: field('x509af.critical', 'Critical', {
    explain: 'Whether a receiver that does not know this extension has to refuse the certificate.',
    section,
    values: truth,
  }),
  value: group(
    'x509af.extnValue_element',
    'Extension value',
    'The contents of the extension, wrapped as a string of bytes so that those who do not know it can pass over it.',
    section,
  ),
  unknown: bytesOf(
    'x509af.extnValue',
    'Value',
    'What an extension of a kind that is not read here says.',
    section,
  ),
  keyIdentifier: bytesOf(
    'x509ce.SubjectKeyIdentifier',
    'Subject key identifier',
    'A name for this key, most often its SHA-1 hash; certificates that it signs repeat it.',
    'RFC 5280 §4.2.1.2',
  ),
  listNumber: field('x509ce.CRLNumber', 'List number', {
    explain: 'Counts the authority’s lists, so that an older one is known as such.',
    section: 'RFC 5280 §5.2.3',
  }),
  reason: field('x509ce.CRLReason', 'Reason', {
    explain:
      'Why the certificate was withdrawn: a stolen key is something else than a device that went out of use.',
    section: 'RFC 5280 §5.3.1',
    values: {
      0: 'unspecified',
      1: 'key compromised',
      2: 'authority compromised',
      3: 'affiliation changed',
      4: 'superseded',
      5: 'cessation of operation',
      6: 'on hold',
      8: 'removed from the list',
      9: 'privilege withdrawn',
      10: 'attribute authority compromised',
    },
    meanings: {
      1: 'Somebody else may have the private key: nothing signed with it can be trusted.',
      2: 'The authority’s own key may be stolen: all that it signed is in doubt.',
      3: 'The owner left the organization that its name says.',
      4: 'A newer certificate has taken its place.',
      5: 'The owner is out of use.',
      6: 'It does not count for the time being, and may come back.',
      8: 'It was on hold and counts again.',
    },
  }),
  authority: group(
    'x509ce.AuthorityKeyIdentifier_element',
    'Authority key identifier',
    'Which of the issuer’s keys signed this certificate.',
    'RFC 5280 §4.2.1.1',
  ),
  authorityKey: bytesOf(
    'x509ce.keyIdentifier',
    'Key identifier',
    'The subject key identifier of the issuer’s certificate.',
    'RFC 5280 §4.2.1.1',
  ),
  authorityIssuer: group(
    'x509ce.authorityCertIssuer',
    'Authority certificate issuer',
    'Who signed the certificate of the issuer: with the number below it that names one certificate.',
    'RFC 5280 §4.2.1.1',
  ),
  authoritySerial: bytesOf(
    'x509ce.authorityCertSerialNumber',
    'Authority certificate serial number',
    'The serial number of the certificate whose key signed this one.',
    'RFC 5280 §4.2.1.1',
  ),
  constraints: group(
    'x509ce.BasicConstraintsSyntax_element',
    'Basic constraints',
    'Whether the key belongs to an authority. Empty: it does not.',
    'RFC 5280 §4.2.1.9',
  ),
  ca: field('x509ce.cA', 'CA', {
    explain:
      'Whether the owner is an authority that may sign certificates of others. Without this check any web server could sign for every name.',
    section: 'RFC 5280 §4.2.1.9',
    values: truth,
  }),
  pathLength: field('x509ce.pathLenConstraint', 'Path length', {
    explain: 'How many authorities may come between this one and the last certificate.',
    section: 'RFC 5280 §4.2.1.9',
  }),
  usage: field('x509ce.KeyUsage', 'Key usage', {
    show: hex(2),
    explain:
      'What the key may be used for. A gateway that authenticates with it needs the digital signature.',
    section: usageSection,
    parts: [
      use('digitalSignature', 'Digital signature', 'The key may sign, as IKE’s authentication does.'),
      use('contentCommitment', 'Content commitment', 'The key may sign documents that bind its owner.'),
      use('keyEncipherment', 'Key encipherment', 'Keys may be sent encrypted under this one.'),
      use('dataEncipherment', 'Data encipherment', 'Data may be encrypted under this key itself.'),
      use('keyAgreement', 'Key agreement', 'The key may take part in a Diffie-Hellman exchange.'),
      use('keyCertSign', 'Certificate signing', 'The key may sign certificates: it is an authority’s.'),
      use('cRLSign', 'CRL signing', 'The key may sign lists of withdrawn certificates.'),
      use('encipherOnly', 'Encipher only', 'With key agreement: the key that results may only encrypt.'),
    ],
  }),
  usageBits: group(
    'x509ce.KeyUsage.bits',
    'Key usage bits',
    'What the key may be used for, a bit each.',
    usageSection,
  ),
  usageMore: field('x509ce.KeyUsage.more', 'Key usage, second byte', {
    explain: 'Its first bit, decipher only, lets a key that was agreed on decrypt and nothing else.',
    section: usageSection,
  }),
  purposes: group(
    'x509ce.KeyPurposeIDs',
    'Purposes',
    'What the key is for, more closely. Windows clients want “server of TLS” in a gateway’s certificate.',
    'RFC 5280 §4.2.1.12',
  ),
  purpose: identifier(
    'x509ce.KeyPurposeId',
    'Purpose',
    'One thing that the key may be used for.',
    'RFC 5280 §4.2.1.12',
  ),
  names: group(
    'x509ce.GeneralNames',
    'Further names',
    'Names that the owner has besides the subject; IKE’s identity has to be one of them or the subject.',
    names,
  ),
  issuerNames: group(
    'x509ce.GeneralNames',
    'Further names of the issuer',
    'Names that the issuer has besides the one in the certificate.',
    'RFC 5280 §4.2.1.7',
  ),
  mail: text('x509ce.rfc822Name', 'Mail address', 'Who is named, by a mail address.'),
  dns: text('x509ce.dNSName', 'DNS name', 'Who is named, by the name of a host.'),
  uri: text('x509ce.uniformResourceIdentifier', 'URI', 'A place, most often one to fetch something from.'),
  ipv4: field('x509ce.IPAddress.ipv4', 'IPv4 address', {
    type: 'ipv4',
    explain: 'Who is named, by an IPv4 address. A gateway without a domain name is found by it.',
    section: names,
  }),
  ipv6: field('x509ce.IPAddress.ipv6', 'IPv6 address', {
    type: 'ipv6',
    explain: 'Who is named, by an IPv6 address.',
    section: names,
  }),
  directory: group(
    'x509ce.directoryName',
    'Directory name',
    'Who is named, by a distinguished name like that of the subject.',
    names,
  ),
  directoryName: nameField(
    'x509ce.directoryName.name',
    'Name',
    'The distinguished name itself, inside the tag that says what kind of name it is.',
    names,
  ),
  registered: identifier(
    'x509ce.registeredID',
    'Registered ID',
    'Who is named, by a registered number.',
    names,
  ),
  otherName: bytesOf('x509ce.otherName', 'Other name', 'Who is named, by a name of a rare kind.', names),
  points: group(
    'x509ce.CRLDistPointsSyntax',
    'Distribution points',
    'Where to fetch the list of certificates that were withdrawn.',
    'RFC 5280 §4.2.1.13',
  ),
  point: group(
    'x509ce.DistributionPoint_element',
    'Distribution point',
    'A place where the list lies, and possibly for which reasons of withdrawal.',
    'RFC 5280 §4.2.1.13',
  ),
  pointName: group(
    'x509ce.distributionPoint',
    'Name of the point',
    'The tag around the name of the place, which can be given in full or as the end of the issuer’s.',
    'RFC 5280 §4.2.1.13',
  ),
  fullName: group(
    'x509ce.fullName',
    'Full name',
    'The place under its whole name, most often a URI.',
    'RFC 5280 §4.2.1.13',
  ),
  accesses: group(
    'pkix1implicit.AuthorityInfoAccessSyntax',
    'Authority information',
    'Where the issuer can be asked: for its own certificate, or whether this one still counts.',
    'RFC 5280 §4.2.2.1',
  ),
  access: group(
    'pkix1implicit.AccessDescription_element',
    'Access',
    'A place to ask, and what for.',
    'RFC 5280 §4.2.2.1',
  ),
  accessMethod: identifier(
    'pkix1implicit.accessMethod',
    'Method',
    'Tells whether the place has the issuer’s certificate or answers for the state of this one.',
    'RFC 5280 §4.2.2.1',
  ),
  policies: group(
    'x509ce.CertificatePoliciesSyntax',
    'Policies',
    'The rules under which the certificate was issued: how carefully the authority looked at whom it names.',
    'RFC 5280 §4.2.1.4',
  ),
  policy: group(
    'x509ce.PolicyInformation_element',
    'Policy',
    'One set of rules that the issuer kept to.',
    'RFC 5280 §4.2.1.4',
  ),
  policyId: identifier(
    'x509ce.policyIdentifier',
    'Policy ID',
    'The number under which a set of rules is published.',
    'RFC 5280 §4.2.1.4',
  ),
  qualifiers: bytesOf(
    'x509ce.policyQualifiers',
    'Qualifiers',
    'Where the rules can be read, or a note to show to the user.',
    'RFC 5280 §4.2.1.4',
  ),
}
