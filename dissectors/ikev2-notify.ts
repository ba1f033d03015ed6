import type { Reader } from '../src/dissect/reader.ts'
import { notifyFields as f } from './ikev2-notify-fields.ts'
import { walkRohc } from './ikev2-rohc.ts'
import { firstStatus, notifyTypes } from './numbers/ikev2-notifies.ts'
import { meanings } from './numbers/ikev2-notify-meanings.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |  Protocol ID  |   SPI Size    |      Notify Message Type      |
// ~                Security Parameter Index (SPI)                 ~
// ~                       Notification Data                       ~

/** Data that is one thing, by type of notify; that of types in neither table is none, or bytes. */
const single: Readonly<Record<number, (r: Reader) => void>> = {
  1: r => void r.u8(f.payload),
  9: r => void r.u32(f.messageId),
  17: r => void r.u16(f.group),
  16385: r => void r.u32(f.windowSize),
  16388: walkNatHash,
  16389: walkNatHash,
  16390: r => void r.rest(f.cookie),
  16397: r => void r.ipv4(f.ipv4),
  16398: r => void r.ipv6(f.ipv6),
  16401: r => void r.rest(f.cookie2),
  16403: r => void r.u32(f.lifetime),
  16413: r => void r.rest(f.ticket),
  16419: r => void r.rest(f.crashToken),
  16423: r => void r.rest(f.delta),
}

/** Data of several parts. */
const several: Readonly<Record<number, (r: Reader) => void>> = {
  16387: r => {
    r.u16(f.cpi)
    r.u8(f.compression)
  },
  16407: walkRedirect,
  16408: walkRedirected,
  16409: r => {
    r.u32(f.ticketLifetime)
    r.rest(f.ticket)
  },
  16416: walkRohc,
  16422: r => {
    r.u32(f.syncNonce)
    r.u32(f.sendId)
    r.u32(f.receiveId)
  },
  16424: r => {
    while (r.more()) r.u16(f.passwordMethod)
  },
  16431: r => {
    while (r.more()) r.u16(f.hash)
  },
  16434: r => {
    r.u16(f.puzzlePrf)
    r.u8(f.puzzleDifficulty)
    r.rest(f.cookie)
  },
  16436: r => {
    r.u8(f.ppkType)
    r.rest(f.ppkId)
  },
  16442: r => void r.u8(f.aggregation),
  16443: r => {
    while (r.more()) walkAnnouncement(r)
  },
  16446: walkOfferedPpk,
}

/** Reads a Notify payload. */
export function walkNotify(r: Reader): void {
  r.u8(f.protocol)
  const spiSize = r.u8(f.spiSize)
  const type = r.u16(f.type)
  if (r.checking && type < firstStatus)
    r.noteField(
      'warning',
      `${notifyTypes[type] ?? `Error ${type}`}: ${meanings[type] ?? 'the request failed.'}`,
    )
  r.octets(f.spi, spiSize)
  if (r.left === 0) return
  const parts = several[type]
  if (parts !== undefined) {
    r.open(f.parts)
    parts(r)
    if (r.left > 0) r.rest(f.data)
    r.close()
    return
  }
  single[type]?.(r)
  if (r.left > 0) r.rest(f.data)
}

function walkNatHash(r: Reader): void {
  const length = r.left
  r.rest(f.natHash)
  if (r.checking && length !== 20) r.noteField('error', `A SHA-1 hash has 20 bytes, not ${length}`)
}

function walkRedirect(r: Reader): void {
  const type = r.u8(f.gatewayType)
  const length = r.u8(f.gatewayLength)
  if (type === 1 && length === 4) r.ipv4(f.newIpv4)
  else if (type === 2 && length === 16) r.ipv6(f.newIpv6)
  else if (type === 3) r.text(f.newName, length)
  else r.octets(f.newData, length)
  r.rest(f.redirectNonce)
}

function walkRedirected(r: Reader): void {
  const type = r.u8(f.gatewayType)
  const length = r.u8(f.gatewayLength)
  if (type === 1 && length === 4) r.ipv4(f.oldIpv4)
  else if (type === 2 && length === 16) r.ipv6(f.oldIpv6)
  else if (type === 3) r.text(f.oldName, length)
  else r.octets(f.oldData, length)
}

const confirmationSize = 8

/** A PPK identity, and behind it a confirmation of fixed size. */
function walkOfferedPpk(r: Reader): void {
  r.u8(f.ppkType)
  const size = r.left - confirmationSize
  if (size > 0) r.octets(f.ppkId, size)
  r.rest(f.ppkConfirmation)
}

function walkAnnouncement(r: Reader): void {
  r.open(f.announcement)
  const length = r.u8(f.methodLength)
  r.claim(length, f.methodLength)
  if (length > 2) r.u8(f.methodLink)
  r.u8(f.method)
  r.rest(f.methodAlgorithm)
  r.close()
}
