import type { Reader } from '../src/dissect/reader.ts'
import { walkName } from './dns-name.ts'
import { securityFields as f } from './dns-security-fields.ts'

/** Reads the data of records about keys, signatures and trust; others are left as they are. */
export function walkSecurity(r: Reader, type: number): void {
  if (type === 43 || type === 59) {
    r.u16(f.dsTag)
    r.u8(f.dsAlgorithm)
    r.u8(f.dsType)
    r.rest(f.dsDigest)
  } else if (type === 48 || type === 60) {
    r.u16(f.keyFlags)
    r.u8(f.keyProtocol)
    r.u8(f.keyAlgorithm)
    r.rest(f.key)
  } else if (type === 46) walkSignature(r)
  else if (type === 47) {
    walkName(r, f.next)
    walkTypes(r)
  } else if (type === 50 || type === 51) walkHashed(r, type === 50)
  else if (type === 44) {
    r.u8(f.sshAlgorithm)
    r.u8(f.sshType)
    r.rest(f.sshPrint)
  } else if (type === 52 || type === 53) {
    r.u8(f.tlsUsage)
    r.u8(f.tlsSelector)
    r.u8(f.tlsMatching)
    r.rest(f.tlsData)
  } else if (type === 257) {
    r.u8(f.caaFlags)
    r.text(f.caaTag, r.u8(f.caaTagLength))
    r.rest(f.caaValue)
  }
}

function walkSignature(r: Reader): void {
  r.u16(f.covered)
  r.u8(f.signatureAlgorithm)
  r.u8(f.labels)
  r.u32(f.originalTtl)
  r.u32(f.expiration)
  r.u32(f.inception)
  r.u16(f.signatureTag)
  walkName(r, f.signer)
  r.rest(f.signature)
}

function walkHashed(r: Reader, next: boolean): void {
  r.u8(f.hash)
  r.u8(f.hashFlags)
  r.u16(f.iterations)
  r.octets(f.salt, r.u8(f.saltLength))
  if (!next) return
  r.octets(f.nextHash, r.u8(f.hashLength))
  walkTypes(r)
}

function walkTypes(r: Reader): void {
  while (r.more()) {
    r.open(f.types)
    r.u8(f.window)
    const length = r.u8(f.mapLength)
    r.claim(2 + length, f.mapLength)
    r.octets(f.map, length)
    r.close()
  }
}
