import { bytes, field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { protocolMeanings2 } from './numbers/ike-meanings.ts'
import { securityProtocols2 } from './numbers/ikev2.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// | Protocol ID   |   SPI Size    |          Num of SPIs          |
// ~               Security Parameter Index(es) (SPI)              ~

export const deleteFields = {
  protocol: field('isakmp.delete.protoid', 'Protocol ID', {
    explain: 'What is gone: the IKE SA with all that it made, or single associations of ESP or AH.',
    section: 'RFC 7296 §3.11',
    values: securityProtocols2,
    meanings: protocolMeanings2,
  }),
  spiSize: field('isakmp.spisize', 'SPI size', {
    explain: 'Bytes of each SPI: 4 for ESP and AH, 0 for the IKE SA, which the header names.',
    section: 'RFC 7296 §3.11',
    show: bytes,
  }),
  count: field('isakmp.spinum', 'Number of SPIs', {
    explain: 'How many SPIs follow: each of them an association that is gone. 0 where it is the IKE SA.',
    section: 'RFC 7296 §3.11',
  }),
  spi: field('isakmp.delete.spi', 'SPI', {
    type: 'bytes',
    explain:
      'The SPI that packets to the sender had. The answer names the associations of the other direction.',
    section: 'RFC 7296 §3.11',
  }),
}

const f = deleteFields

/** Reads a Delete payload. */
export function walkDelete(r: Reader): void {
  r.u8(f.protocol)
  const size = r.u8(f.spiSize)
  const count = r.u16(f.count)
  if (size * count > r.left)
    r.malformed(`${count} SPIs of ${bytes(size)} do not fit into the ${bytes(r.left)} of the payload`)
  if (size > 0) for (let i = 0; i < count; i++) r.octets(f.spi, size)
}
