import type { Reader } from '../src/dissect/reader.ts'
import { o } from './mipv6-option-fields.ts'
import { p } from './mipv6-proxy-option-fields.ts'

const pad1 = 0

/** What lies in an option of `length` bytes, by type. */
const contents: Readonly<Record<number, (r: Reader, length: number) => void>> = {
  1: (r, length) => {
    r.octets(o.padding, length)
  },
  2: r => {
    r.u16(o.refresh)
  },
  3: r => {
    r.ipv6(o.careOf)
  },
  4: r => {
    r.u16(o.homeIndex)
    r.u16(o.careOfIndex)
  },
  5: (r, length) => {
    r.octets(o.authenticator, length)
  },
  6: walkPrefix,
  7: (r, length) => {
    r.u8(o.linkCode)
    r.octets(o.linkAddress, length - 1)
  },
  8: (r, length) => {
    r.u8(o.nodeIdType)
    r.text(o.nodeId, length - 1)
  },
  9: (r, length) => {
    r.u8(o.authenticationType)
    r.u32(o.authenticationSpi)
    r.octets(o.authentication, length - 5)
  },
  10: r => r.u64(o.messageTime),
  12: (r, length) => {
    r.octets(o.cga, length)
  },
  13: (r, length) => {
    r.octets(o.signature, length)
  },
  14: (r, length) => {
    r.octets(o.permanentToken, length)
  },
  16: (r, length) => {
    r.octets(o.careOfToken, length)
  },
  17: (r, length) => {
    r.u8(o.dnsStatus)
    r.u8(o.dnsFlags)
    r.octets(o.dnsName, length - 2)
  },
  19: (r, length) => {
    r.u32(o.vendor)
    r.u8(o.vendorType)
    r.octets(o.vendorData, length - 5)
  },
  20: (r, length) => {
    r.text(o.service, length)
  },
  21: (r, length) => {
    r.u32(o.fastSpi)
    r.octets(o.fastAuthenticator, length - 4)
  },
  22: walkPrefix,
  23: r => {
    r.u8(p.handoffReserved)
    r.u8(p.handoff)
  },
  24: r => {
    r.u8(p.accessReserved)
    r.u8(p.access)
  },
  25: (r, length) => {
    r.u16(p.linkIdReserved)
    r.octets(p.linkId, length - 2)
  },
  26: r => {
    r.ipv6(p.linkLocal)
  },
  27: r => r.u64(p.timestamp),
  28: r => {
    r.u32(p.restarts)
  },
  29: r => {
    r.bits(p.homePrefix4, 6)
    r.flag(p.homeFlag4)
    r.bits(p.homeReserved4, 9)
    r.ipv4(p.home4)
  },
  30: walkAnswer4,
  31: r => {
    r.flag(p.natFlag)
    r.bits(p.natReserved, 15)
    r.u32(p.natRefresh)
  },
  32: r => {
    r.u16(p.careOfReserved4)
    r.ipv4(p.careOf4)
  },
  33: r => {
    r.u16(p.greReserved)
    r.u32(p.greKey)
  },
  35: walkBindingId,
  36: r => {
    r.bits(p.homePrefix4, 6)
    r.bits(p.homeReserved4, 10)
    r.ipv4(p.home4)
  },
  37: walkAnswer4,
  38: r => {
    r.u16(p.routerReserved4)
    r.ipv4(p.router4)
  },
}

/** Reads the options behind a message, up to the limit. */
export function walkMobilityOptions(r: Reader): void {
  if (r.left === 0) return
  r.open(o.options)
  while (r.more()) {
    r.open(o.option)
    const type = r.u8(o.type)
    if (type !== pad1) walkOption(r, type)
    r.close()
  }
  r.close()
}

function walkOption(r: Reader, type: number): void {
  const length = r.u8(o.length)
  r.claim(length + 2, o.length)
  const walk = contents[type]
  if (walk === undefined) r.octets(o.data, length)
  else walk(r, length)
}

function walkPrefix(r: Reader): void {
  r.u8(o.prefixReserved)
  r.u8(o.prefixLength)
  r.ipv6(o.prefix)
}

function walkAnswer4(r: Reader): void {
  r.u8(p.status4)
  r.bits(p.homePrefix4, 6)
  r.bits(p.homeReserved4, 2)
  r.ipv4(p.home4)
}

function walkBindingId(r: Reader, length: number): void {
  r.u16(p.bindingId)
  r.u8(p.bindingStatus)
  r.flag(p.bindingHome)
  r.bits(p.bindingReserved, 7)
  if (length === 8) r.ipv4(p.bindingCareOf4)
  else if (length > 4) r.ipv6(p.bindingCareOf)
}
