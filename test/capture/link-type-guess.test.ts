import { expect, it } from 'vitest'
import { guessLinkType, promisedLength } from '../../src/capture/link-type-guess.ts'

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
const ethernet = 1
const raw = 101

const ipv4 = '45000033000700004001f6bfc0000201c0000202'
const ipv6 = '6000000e00540440fd3e62ee99dbbb1a0000000000000001fd3e62ee99dbbb1a0000000000000002'

it.each([
  ['an IPv4 header', ipv4, raw],
  ['an IPv4 header with a wrong checksum', ipv4.replace('f6bf', '0000'), raw],
  ['an IPv4 header with options', `46${ipv4.slice(2)}94040000`, raw],
  ['the beginning of an IPv4 header', '4500', raw],
  ['an IPv6 header', ipv6, raw],
  [
    'a whole IPv6 packet from 2001:db8:8100::1',
    '60000000 0000 3b40 20010db88100 00000000000000000001 20010db8000000000000000000000002',
    raw,
  ],
  ['IPv4 from 8.0.69.1', '45000014000000004000b5e3080045010a000001', raw],
  ['Ethernet', `020000000002020000000001 0800 ${ipv4}`, ethernet],
  ['Ethernet to 44:00:…, no IPv4 header length', `440000000002020000000001 0800 ${ipv4}`, ethernet],
  ['Ethernet to 46:00:…, IPv4 within', `460000000002020000000001 0800 ${ipv4}`, ethernet],
  ['Ethernet to 60:00:…, IPv6 within', `600000000002020000000001 86dd ${ipv6}`, ethernet],
  ['Ethernet to 60:00:…, ARP within', '600000000002020000000001 0806 0001080006040001', ethernet],
  ['Ethernet to 4c:00:…, a VLAN tag', `4c0000000002020000000001 8100 0064 0800 ${ipv4}`, ethernet],
  ['Ethernet to 44:00:…, an experiment within', '440000000002020000000001 88b5 0000', ethernet],
  [
    'the beginning of IPv6 from 2001:db8:86dd::1',
    '600000000064 3b40 20010db886dd 0000000000000000 0001',
    raw,
  ],
  ['nothing', '', ethernet],
])('takes %s for what it is', (_, hex, expected) => {
  expect(guessLinkType(bytes(hex))).toBe(expected)
})

it.each([
  ['the IPv4 total length', ipv4, raw, 51],
  ['the IPv6 payload length and its header', ipv6, raw, 124],
  ['Ethernet and IPv4', `020000000002020000000001 0800 ${ipv4}`, ethernet, 65],
  ['Ethernet and IPv6', `020000000002020000000001 86dd ${ipv6}`, ethernet, 138],
  ['at least what is held', `${ipv4.replace('0033', '0014')}000000000000`, raw, 26],
  ['what is held of an unknown payload', '020000000002020000000001 88b5 450000ff', ethernet, 18],
  ['what is held of an unknown link type', ipv4, 104, 20],
  ['two bytes', '4500', raw, 2],
])('promises %s', (_, hex, linkType, expected) => {
  expect(promisedLength(bytes(hex), linkType)).toBe(expected)
})
