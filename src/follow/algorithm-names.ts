import { keyExchangeMethods } from '../../dissectors/numbers/ikev2.ts'
import type { Field } from '../dissect/field.ts'
import { nameOf } from '../dissect/number-space.ts'

// The registries write `ENCR_AES_CBC` and `2048-bit MODP`; configurations say aes256 and modp2048. These names are
// between the two, so that they are found in both.

/** `AES-CBC-256`, `AES-GCM-16-128`, `3DES`, `HMAC-SHA2-256-128`: the registry's name of a field's value without what it is for. */
export function algorithmName(field: Field, id: number, keyLength = 0): string {
  const registered = field.values && nameOf(field.values, id)
  if (registered === undefined) return `number ${id}`
  // Configurations say sha1.
  const name = registered
    .replace(/^(ENCR|PRF|AUTH|ESP|AH|IPCOMP)_/, '')
    .replaceAll('_', '-')
    .replace(/SHA$/, 'SHA1')
  return keyLength > 0 ? `${name}-${keyLength}` : name
}

/** `MODP-2048 (group 14)`, `ECP-256 (group 19)`, `CURVE25519 (group 31)`. Both versions of IKE have the same numbers. */
export function groupName(id: number): string {
  const name = keyExchangeMethods[id]
  if (name === undefined) return `group ${id}`
  if (id === 0) return name
  const [, bits, kind, order] = /^(\d+)-bit (?:random )?(MODP|ECP)(?: with (\d+)-bit)?/.exec(name) ?? []
  if (kind === undefined) return `${name.replaceAll('_', '-').replace(/^Curve/, 'CURVE')} (group ${id})`
  return `${kind}-${bits}${order === undefined ? '' : `-${order}`} (group ${id})`
}
