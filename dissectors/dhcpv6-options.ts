import type { Reader } from '../src/dissect/reader.ts'
import { optionFields as f } from './dhcpv6-option-fields.ts'

// |          option-code          |           option-len          |  option-data …

type Walk = (r: Reader) => void

const relayedMessage = 9

/**
 * Reads options up to the limit. Relays put a whole message into one, which `walkMessage` reads; true where it stands at
 * the very end, and is left to be the next layer.
 */
export function walkOptions(r: Reader, walkMessage: Walk, top = false): boolean {
  while (r.more()) {
    r.open(f.option)
    const code = r.u16(f.code)
    const length = r.u16(f.length)
    const last = top && code === relayedMessage && length > 0 && length === r.left
    if (!last) {
      r.claim(4 + length, f.length)
      if (length > 0) walkValue(r, code, walkMessage)
      if (r.left > 0) r.rest(f.value)
    }
    r.close()
    if (last) return true
  }
  return false
}

function walkValue(r: Reader, code: number, walkMessage: Walk): void {
  if (code === 1 || code === 2) walkDuid(r)
  else if (code === 3 || code === 25 || code === 4) {
    r.u32(f.iaid)
    if (code !== 4) {
      r.u32(f.t1)
      r.u32(f.t2)
    }
    walkOptions(r, walkMessage)
  } else if (code === 5) {
    r.ipv6(f.address)
    r.u32(f.preferred)
    r.u32(f.valid)
    walkOptions(r, walkMessage)
  } else if (code === 26) walkPrefix(r, walkMessage)
  else if (code === 6) while (r.left >= 2 && r.more()) r.u16(f.requested)
  else if (code === relayedMessage) {
    r.open(f.relayed)
    walkMessage(r)
    r.close()
  } else if (code === 23) while (r.left >= 16 && r.more()) r.ipv6(f.server)
  else walkSimple(r, code)
}

function walkSimple(r: Reader, code: number): void {
  if (code === 7) r.u8(f.preference)
  else if (code === 8) r.u16(f.elapsed)
  else if (code === 13) {
    r.u16(f.status)
    if (r.left > 0) r.rest(f.statusText)
  } else if (code === 16 || code === 17) {
    r.u32(f.vendor)
    if (r.left > 0) r.rest(f.vendorData)
  } else if (code === 18) r.rest(f.interface)
  else if (code === 24) r.rest(f.search)
  else if (code === 39) {
    r.u8(f.fqdnFlags)
    if (r.left > 0) r.rest(f.fqdn)
  }
}

function walkDuid(r: Reader): void {
  r.open(f.duid)
  const type = r.u16(f.duidType)
  if (type === 1 || type === 3) {
    r.u16(f.hardware)
    if (type === 1) r.u32(f.duidTime)
    if (r.left > 0) r.rest(f.linkAddress)
  } else if (type === 2) {
    r.u32(f.enterprise)
    if (r.left > 0) r.rest(f.identifier)
  } else if (r.left > 0) r.rest(f.uuid)
  r.close()
}

function walkPrefix(r: Reader, walkMessage: Walk): void {
  r.u32(f.prefixPreferred)
  r.u32(f.prefixValid)
  r.u8(f.prefixLength)
  r.ipv6(f.prefix)
  walkOptions(r, walkMessage)
}
