import type { Proposal, Transform } from '../story.ts'

/** Key-exchange groups by their number (the same in IKEv1 and IKEv2), as strongSwan and OpenBSD's iked both write them. */
const groups: Readonly<Record<number, string>> = {
  1: 'modp768',
  2: 'modp1024',
  5: 'modp1536',
  14: 'modp2048',
  15: 'modp3072',
  16: 'modp4096',
  17: 'modp6144',
  18: 'modp8192',
  19: 'ecp256',
  20: 'ecp384',
  21: 'ecp521',
  31: 'curve25519',
}

/** What a dialect writes for an algorithm; IKEv1 numbers are turned into those of IKEv2 first. */
type Dialect = {
  readonly encryption: (id: number, bits: number) => string | undefined
  readonly hash: Readonly<Record<number, string>>
}

const strongSwan: Dialect = {
  encryption: (id, bits) =>
    ({ 3: '3des', 12: `aes${bits}`, 13: `aes${bits}ctr`, 20: `aes${bits}gcm16`, 28: 'chacha20poly1305' })[id],
  hash: { 1: 'md5', 2: 'sha1', 12: 'sha256', 13: 'sha384', 14: 'sha512' },
}

const iked: Dialect = {
  encryption: (id, bits) =>
    ({ 3: '3des', 12: `aes-${bits}`, 20: bits === 192 ? undefined : `aes-${bits}-gcm` })[id],
  hash: { 1: 'hmac-md5', 2: 'hmac-sha1', 12: 'hmac-sha2-256', 13: 'hmac-sha2-384', 14: 'hmac-sha2-512' },
}

/** IKEv1's numbers of ciphers and hashes (RFC 2409 appendix A) as IKEv2's. */
const ciphersOf1: Readonly<Record<number, number>> = { 1: 2, 5: 3, 7: 12 }
const hashesOf1: Readonly<Record<number, number>> = { 1: 1, 2: 2, 4: 12, 5: 13, 6: 14 }
/** IKEv2's numbers of PRFs (RFC 7296 §3.3.2) as those of the HMAC over the same hash. */
const hashesOfPrf: Readonly<Record<number, number>> = { 1: 1, 2: 2, 5: 12, 6: 13, 7: 14 }

/** Ciphers that come with keys of several lengths: AES in CBC, CTR and GCM. */
const keyed: ReadonlySet<number> = new Set([12, 13, 20])

const first = (proposal: Proposal, ...kinds: readonly string[]) =>
  proposal.transforms.find(t => kinds.includes(t.kind) && t.id !== 0)

/** Cipher, integrity, PRF and group of a proposal in the words of a dialect; undefined: it has a word missing. */
function words(proposal: Proposal, version: number, dialect: Dialect) {
  const cipher = first(proposal, 'encryption')
  const group = first(proposal, 'key exchange')
  if (cipher === undefined || group === undefined) return undefined
  const cipherId = version === 1 ? (ciphersOf1[cipher.id] ?? -1) : cipher.id
  const hashId = (t: Transform) => (version === 1 ? (hashesOf1[t.id] ?? -1) : t.id)
  const integrity = first(proposal, 'integrity', 'hash')
  const prf = first(proposal, 'prf')
  const found = {
    encryption:
      keyed.has(cipherId) && cipher.keyLength === 0
        ? undefined
        : dialect.encryption(cipherId, cipher.keyLength),
    integrity: integrity && dialect.hash[hashId(integrity)],
    prf: prf && dialect.hash[hashesOfPrf[prf.id] ?? -1],
    group: groups[group.id],
  }
  const isWhole =
    found.encryption !== undefined &&
    found.group !== undefined &&
    (integrity === undefined) === (found.integrity === undefined) &&
    (prf === undefined) === (found.prf === undefined)
  return isWhole ? found : undefined
}

/** `proposals = aes128-sha256-modp2048` of strongSwan's swanctl.conf; empty: there is no sure word for it. */
function strongSwanSetting(proposal: Proposal, version: number): string {
  const said = words(proposal, version, strongSwan)
  if (said === undefined) return ''
  // The PRF follows the integrity algorithm; it is named where there is none, or another one.
  const prf = said.prf !== undefined && said.prf !== said.integrity ? `prf${said.prf}` : undefined
  return `proposals = ${[said.encryption, said.integrity, prf, said.group].filter(Boolean).join('-')}`
}

/** `ikesa auth hmac-sha2-256 enc aes-128 prf … group modp2048` of OpenBSD's iked.conf; empty: no sure word, or IKEv1. */
function ikedSetting(proposal: Proposal, version: number): string {
  const said = version === 2 ? words(proposal, version, iked) : undefined
  if (said === undefined) return ''
  const auth = said.integrity === undefined ? '' : `auth ${said.integrity} `
  const prf = said.prf === undefined ? '' : `prf ${said.prf} `
  return `ikesa ${auth}enc ${said.encryption} ${prf}group ${said.group}`
}

/** How a proposal for an IKE SA is configured, for those who have such a daemon; empty: no sure words for it. */
export function settingsFor(proposal: Proposal, version: number): string {
  const linux = strongSwanSetting(proposal, version)
  const openbsd = ikedSetting(proposal, version)
  return [
    linux && `\`${linux}\` in swanctl.conf (strongSwan)`,
    openbsd && `\`${openbsd}\` in iked.conf (OpenBSD)`,
  ]
    .filter(Boolean)
    .join(', ')
}

/** Where to look at what a daemon is configured to take and what it says about refusals. */
export const showLogs =
  'Its log names what it was sent and what it takes (strongSwan: `journalctl -u strongswan`, lines "received proposals" and "configured proposals"; OpenBSD: `iked -dvv` in the foreground).'

export const showStates =
  '`ip -s xfrm state` and `cat /proc/net/xfrm_stat` on Linux, `ipsecctl -sa` and `netstat -s -p esp` on OpenBSD'
