import type { Transform } from '../story.ts'
import { type Case, type Finding, listed } from './case.ts'

type Weakness = { readonly severity: 'warning' | 'info'; readonly why: string }

const broken = (why: string): Weakness => ({ severity: 'warning', why })
const dated = (why: string): Weakness => ({ severity: 'info', why })

const des = broken('DES has keys of 56 bits, which are tried out in a day')
const tripleDes = dated('3DES has blocks of 64 bits, which repeat after some tens of gigabytes (RFC 8221 §5)')
const md5 = broken('MD5 is broken and must not be used any more (RFC 8247 §2.3)')
const sha1 = dated('SHA-1 is on its way out (RFC 8247 §2.3)')
const none = broken('NULL encryption hides nothing')

/** Groups whose discrete logarithms are, or may be, within reach (RFC 8247 §2.4); the numbers are the same in both versions. */
const weakGroups: Readonly<Record<number, Weakness>> = {
  1: broken('Group 1 has 768 bits, and such a group was broken in 2016'),
  2: broken('Group 2 has 1024 bits, which is within reach of states'),
  5: broken('Group 5 has 1536 bits and should not be used any more (RFC 8247 §2.4)'),
  22: broken('Group 22 has 1024 bits, and nobody has published how it was made (RFC 8247 §2.4)'),
}

/** By IKE version, kind and number; IKEv1 numbers ciphers and hashes otherwise (RFC 2409 appendix A). */
const weak: Readonly<Record<number, Readonly<Record<string, Readonly<Record<number, Weakness>>>>>> = {
  1: {
    encryption: { 1: des, 5: tripleDes },
    hash: { 1: md5, 2: sha1 },
    integrity: { 1: md5, 2: sha1 },
    'key exchange': weakGroups,
  },
  2: {
    encryption: { 1: des, 2: des, 3: tripleDes, 11: none },
    integrity: { 1: md5, 2: sha1, 3: des },
    prf: { 1: md5, 2: sha1 },
    'key exchange': weakGroups,
  },
}

/** What the responder accepted for the IKE SA is weaker than it should be: one finding for each severity. */
export function weakAlgorithms(of: Case): Finding[] {
  const { accepted, version, initiator, responder, messages } = of.negotiation
  const weaknessOf = (t: Transform) => weak[version]?.[t.kind]?.[t.id]
  const transforms = accepted?.transforms.filter(t => weaknessOf(t) !== undefined) ?? []
  const packets = messages.filter(m => !m.fromInitiator && m.proposals.length > 0).map(m => m.packet)
  return (['warning', 'info'] as const).flatMap(severity => {
    const found = transforms.filter(t => weaknessOf(t)?.severity === severity)
    if (found.length === 0) return []
    const why = [...new Set(found.map(t => weaknessOf(t)!.why))]
    return [
      {
        id: severity === 'warning' ? 'weak-algorithms' : 'dated-algorithms',
        severity,
        title: `${responder.address} accepted ${listed([...new Set(found.map(t => t.name))])} for the IKE SA with ${initiator.address}.`,
        cause: `${why.join('; ')}.`,
        advice:
          'Offer and take better ones on both sides: `proposals = aes256-sha256-modp2048` or `aes256gcm16-prfsha384-ecp384` in swanctl.conf, `ikesa auth hmac-sha2-256 enc aes-256 group modp2048` in iked.conf.',
        packets: packets.slice(0, 1),
      },
    ]
  })
}
