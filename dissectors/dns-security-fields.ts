import { bytes, type Field, field, hex, seconds } from '../src/dissect/field.ts'
import { nameField } from './dns-name.ts'
import { longTime } from './durations.ts'
import { algorithms, digestTypes, recordTypes } from './numbers/dns.ts'
import { algorithmMeanings, digestMeanings, usageMeanings } from './numbers/dns-meanings.ts'

const algorithm = (name: string): Field<'uint'> =>
  field(name, 'Algorithm', {
    explain:
      'With which algorithm the signature is made and checked; a resolver that does not know it treats the zone as unsigned.',
    meanings: algorithmMeanings,
    section: 'RFC 4034 §2.1.3',
    values: algorithms,
  })

const tag = (name: string): Field<'uint'> =>
  field(name, 'Key tag', {
    explain: 'A short sum over the key by which it is found among several.',
    section: 'RFC 4034 Appendix B',
  })

const time = (name: string, label: string, explain: string): Field<'uint'> =>
  field(`dns.rrsig.${name}`, label, {
    explain,
    section: 'RFC 4034 §3.1.5',
    show: value => `${new Date(value * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
  })

const part = (name: string, label: string, explain: string, section: string): Field<'bytes'> =>
  field(name, label, { type: 'bytes', explain, section })

/** Types of a bitmap by their names; the window in front of it says from which number on. */
function readTypes(bytes: Uint8Array, start: number, length: number): string {
  const names: string[] = []
  const first = (bytes[start - 2] ?? 0) * 256
  for (let bit = 0; bit < Math.min(length, 32) * 8; bit++)
    if (bytes[start + (bit >> 3)]! & (0x80 >> (bit & 7)))
      names.push(recordTypes[first + bit] ?? `type ${first + bit}`)
  return names.join(' ')
}

/** The glossary of records about keys, signatures and trust. */
export const securityFields = {
  dsTag: tag('dns.ds.key_id'),
  dsAlgorithm: algorithm('dns.ds.algorithm'),
  dsType: field('dns.ds.digest_type', 'Digest type', {
    explain: 'Which hash was taken of the key.',
    section: 'RFC 4034 §5.1.3',
    meanings: digestMeanings,
    values: digestTypes,
  }),
  dsDigest: part(
    'dns.ds.digest',
    'Digest',
    'The hash of the name and key of the zone below: whoever trusts this zone trusts that key.',
    'RFC 4034 §5.1.4',
  ),
  keyFlags: field('dns.dnskey.flags', 'Flags', {
    explain: 'Tells a key that signs the zone’s records from one that only signs other keys.',
    section: 'RFC 4034 §2.1.1',
    show: hex(4),
    parts: [
      [undefined, 7],
      [
        field('dns.dnskey.flags.zone_key', 'Zone key', {
          type: 'flag',
          explain: 'Set where the key signs records of the zone.',
          section: 'RFC 4034 §2.1.1',
        }),
        1,
      ],
      [
        field('dns.dnskey.flags.key_revoked', 'Key revoked', {
          type: 'flag',
          explain: 'Set where the key is not to be trusted any more.',
          section: 'RFC 5011 §3',
        }),
        1,
      ],
      [undefined, 6],
      [
        field('dns.dnskey.flags.secure_entry_point', 'Secure entry point', {
          type: 'flag',
          explain: 'Set on the key that the zone above vouches for: it signs the other keys.',
          section: 'RFC 4034 §2.1.1',
        }),
        1,
      ],
    ],
  }),
  keyProtocol: field('dns.dnskey.protocol', 'Protocol', {
    explain: 'Always 3; other values make the key void.',
    section: 'RFC 4034 §2.1.2',
  }),
  keyAlgorithm: algorithm('dns.dnskey.algorithm'),
  key: part(
    'dns.dnskey.public_key',
    'Public key',
    'With it anyone can check the zone’s signatures.',
    'RFC 4034 §2.1.4',
  ),
  covered: field('dns.rrsig.type_covered', 'Type covered', {
    explain: 'Which records of the name the signature is over.',
    section: 'RFC 4034 §3.1.1',
    values: recordTypes,
  }),
  signatureAlgorithm: algorithm('dns.rrsig.algorithm'),
  labels: field('dns.rrsig.labels', 'Labels', {
    explain: 'How many labels the signed name had; fewer than the name has: it came from a wildcard.',
    section: 'RFC 4034 §3.1.3',
  }),
  originalTtl: field('dns.rrsig.original_ttl', 'Original TTL', {
    explain: 'The time to live as it was signed, before caches counted it down.',
    here: longTime,
    section: 'RFC 4034 §3.1.4',
    show: seconds,
  }),
  expiration: time(
    'signature_expiration',
    'Signature expiration',
    'From then on the signature is worth nothing.',
  ),
  inception: time(
    'signature_inception',
    'Signature inception',
    'Before then the signature is worth nothing.',
  ),
  signatureTag: tag('dns.rrsig.key_tag'),
  signer: nameField(
    'dns.rrsig.signers_name',
    'Signer’s name',
    'Names the zone whose DNSKEY checks this signature; it has to be the one that the records are in.',
    'RFC 4034 §3.1.7',
  ),
  signature: part(
    'dns.rrsig.signature',
    'Signature',
    'Proves that the records are what the owner of the zone wrote.',
    'RFC 4034 §3.1.8',
  ),
  next: nameField(
    'dns.nsec.next_domain_name',
    'Next domain name',
    'The next name of the zone that exists; between there is none.',
    'RFC 4034 §4.1.1',
  ),
  types: field('dns.nsec.bitmap', 'Types of the name', {
    type: 'group',
    explain: 'Which types of records the name has; others it has not.',
    section: 'RFC 4034 §4.1.2',
  }),
  window: field('dns.nsec.window', 'Window', {
    explain: 'Which 256 types of records the bits below stand for.',
    here: value => `Those from ${value * 256} on.`,
    section: 'RFC 4034 §4.1.2',
  }),
  mapLength: field('dns.nsec.bitmap_length', 'Bitmap length', {
    explain: 'Bytes of bits; 32 at most, and none behind the last one set.',
    section: 'RFC 4034 §4.1.2',
    show: bytes,
  }),
  map: field('dns.nsec.types', 'Bitmap', {
    type: 'bytes',
    explain: 'One bit for each type, set where the name has such a record.',
    section: 'RFC 4034 §4.1.2',
    read: readTypes,
  }),
  hash: field('dns.nsec3.algo', 'Hash algorithm', {
    explain: 'How names are hashed, so that nobody can list the zone. Only SHA-1 is defined.',
    section: 'RFC 5155 §3.1.1',
    values: { 1: 'SHA-1' },
  }),
  hashFlags: field('dns.nsec3.flags', 'Flags', {
    explain: 'The lowest bit says that unsigned zones may lie between the two names.',
    section: 'RFC 5155 §3.1.2',
    show: hex(2),
    parts: [
      [undefined, 7],
      [
        field('dns.nsec3.flags.opt_out', 'Opt-out', {
          type: 'flag',
          explain: 'When set, the proof says nothing of zones below that are not signed.',
          section: 'RFC 5155 §3.1.2.1',
        }),
        1,
      ],
    ],
  }),
  iterations: field('dns.nsec3.iterations', 'Iterations', {
    explain: 'How often the hash is taken again. More than 0 costs everybody and gains little (RFC 9276).',
    section: 'RFC 5155 §3.1.3',
  }),
  saltLength: field('dns.nsec3.salt_length', 'Salt length', {
    explain: 'Bytes of the salt; 0 where there is none.',
    section: 'RFC 5155 §3.1.4',
    show: bytes,
  }),
  salt: part(
    'dns.nsec3.salt_value',
    'Salt',
    'Is hashed with each name, so that lists of hashes made beforehand are of no use.',
    'RFC 5155 §3.1.5',
  ),
  hashLength: field('dns.nsec3.hash_length', 'Hash length', {
    explain: 'How long the hashed name is: 20 bytes for SHA-1, the only hash in use.',
    section: 'RFC 5155 §3.1.6',
    show: bytes,
  }),
  nextHash: part(
    'dns.nsec3.hash_value',
    'Next hashed owner',
    'The hash of the next name that exists; between there is none.',
    'RFC 5155 §3.1.7',
  ),
  sshAlgorithm: field('dns.sshfp.algorithm', 'Algorithm', {
    explain: 'For which kind of host key the fingerprint is, since a host has several.',
    section: 'RFC 4255 §3.1.1',
    values: { 1: 'RSA', 2: 'DSA', 3: 'ECDSA', 4: 'Ed25519', 6: 'Ed448' },
  }),
  sshType: field('dns.sshfp.fingerprint.type', 'Fingerprint type', {
    explain: 'Which hash was taken of the SSH key.',
    section: 'RFC 4255 §3.1.2',
    values: { 1: 'SHA-1', 2: 'SHA-256' },
  }),
  sshPrint: part(
    'dns.sshfp.fingerprint',
    'Fingerprint',
    'What ssh compares with the key of the host on the first visit.',
    'RFC 4255 §3.1.3',
  ),
  tlsUsage: field('dns.tlsa.certificate_usage', 'Certificate usage', {
    explain:
      'Whether the authority or the server’s own certificate is pinned, and whether others have to agree.',
    section: 'RFC 6698 §2.1.1',
    meanings: usageMeanings,
    values: { 0: 'Authority, also trusted', 1: 'Server, also trusted', 2: 'Authority', 3: 'Server' },
  }),
  tlsSelector: field('dns.tlsa.selector', 'Selector', {
    explain: 'Whether the whole certificate counts or its key alone.',
    section: 'RFC 6698 §2.1.2',
    values: { 0: 'Certificate', 1: 'Public key' },
  }),
  tlsMatching: field('dns.tlsa.matching_type', 'Matching type', {
    explain: 'Whether the data is the thing itself or a hash of it.',
    section: 'RFC 6698 §2.1.3',
    values: { 0: 'All of it', 1: 'SHA-256', 2: 'SHA-512' },
  }),
  tlsData: part(
    'dns.tlsa.certificate_association_data',
    'Association data',
    'What the certificate of the server is compared with.',
    'RFC 6698 §2.1.4',
  ),
  caaFlags: field('dns.caa.flags', 'Flags', {
    explain: 'The highest bit forbids authorities to issue when they do not know the tag.',
    section: 'RFC 8659 §4.1',
    show: hex(2),
  }),
  caaTagLength: field('dns.caa.tag_length', 'Tag length', {
    explain: 'Where the tag ends and the value begins, for neither has a mark at its end.',
    section: 'RFC 8659 §4.1',
    show: bytes,
  }),
  caaTag: field('dns.caa.tag', 'Tag', {
    type: 'text',
    explain: 'What the record rules: who may issue (issue, issuewild), or whom to tell of attempts (iodef).',
    section: 'RFC 8659 §4.1',
  }),
  caaValue: field('dns.caa.value', 'Value', {
    type: 'text',
    explain: 'The name of the authority, or where to report.',
    section: 'RFC 8659 §4.1',
  }),
}
