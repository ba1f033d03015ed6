import { isIPv4 } from 'node:net'
import { describe, expect, it } from 'vitest'
import { addressKind } from '../../dissectors/address-kinds.ts'
import { hopsSoFar } from '../../dissectors/hops.ts'

/** Bytes of an address written in full. */
function bytesOf(text: string): Uint8Array {
  if (isIPv4(text)) return Uint8Array.from(text.split('.').map(Number))
  const [before = '', after = ''] = text.split('::')
  const words = (part: string) => (part === '' ? [] : part.split(':').map(word => Number.parseInt(word, 16)))
  const [head, tail] = [words(before), words(after)]
  const all = [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail]
  return Uint8Array.from(all.flatMap(word => [word >> 8, word & 0xff]))
}

const kind = (text: string) => addressKind(bytesOf(text), 0, isIPv4(text) ? 4 : 16)

// First and last addresses of the ranges in IANA's registries of special-purpose addresses, and their neighbours.
describe('the kind of an address', () => {
  it.each([
    ['10.0.0.0', /1918/],
    ['10.255.255.255', /1918/],
    ['172.16.0.0', /1918/],
    ['172.31.255.255', /1918/],
    ['192.168.0.0', /1918/],
    ['100.64.0.0', /6598/],
    ['100.127.255.255', /6598/],
    ['127.0.0.1', /host itself/],
    ['169.254.255.255', /3927/],
    ['192.0.2.255', /5737/],
    ['203.0.113.0', /5737/],
    ['198.19.255.255', /2544/],
    ['224.0.0.5', /this link alone/],
    ['239.255.255.255', /^It is a multicast group: /],
    ['240.0.0.0', /1112/],
    ['255.255.255.255', /every host on this link/],
    ['::', /no address yet/],
    ['::1', /host itself/],
    ['fe80::1', /link-local/],
    ['febf:ffff::1', /link-local/],
    ['fd3e:62ee:99db:bb1a::1', /4193/],
    ['2001:db8::1', /3849/],
    ['2001::1', /Teredo/],
    ['2002:c000:201::1', /6to4/],
    ['64:ff9b::c000:201', /NAT64/],
    ['ff02::1:ff00:1', /solicited-node/],
    ['ff02::1', /this link alone/],
    ['2a00::1', /global/],
  ])('%s', (text, said) => expect(kind(text)).toMatch(said))

  it.each([
    '9.255.255.255',
    '11.0.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '100.128.0.0',
    '8.8.8.8',
    'fec0::1',
  ])('%s is nothing special', text => expect(kind(text)).toBe(''))
})

describe('hops so far', () => {
  it.each([
    [255, /sender itself/],
    [254, /From 255 on, one router/],
    [64, /most likely no router/],
    [61, /From 64 on, 3 routers/],
    [113, /From 128 on, 15 routers/],
    [80, /does not tell/],
    [1, /next router drops/],
    [0, /nobody may pass/],
  ])('%i', (value, said) => expect(hopsSoFar(value, 'number')).toMatch(said))
})
