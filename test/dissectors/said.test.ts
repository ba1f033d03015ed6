import { describe, expect, it } from 'vitest'
import { macKind } from '../../dissectors/address-kinds.ts'
import { lengthInWords } from '../../dissectors/header-length.ts'
import { f as icmp } from '../../dissectors/icmp-fields.ts'
import { portSaid } from '../../dissectors/ports-said.ts'
import { f as tcp } from '../../dissectors/tcp-fields.ts'
import type { LayerView } from '../../src/dissect/layer-view.ts'

const noLayer = {} as LayerView

describe('what a port says', () => {
  it.each([
    [500, /IKE/],
    [4500, /NAT/],
    [51820, /WireGuard/],
    [49152, /RFC 6335/],
    [65535, /RFC 6335/],
    [1023, /only root/],
    [0, /no port/],
  ])('%i', (port, said) => expect(portSaid(port)).toMatch(said))
  it.each([1024, 8080, 49151])('%i: nothing', port => expect(portSaid(port)).toBe(''))
})

describe('what a link address says', () => {
  it.each([
    ['ffffffffffff', /broadcast/],
    ['3333ff000001', /RFC 2464/],
    ['01005e000005', /RFC 1112/],
    ['0180c2000000', /802\.1D/],
    ['00005e000101', /VRRP/],
    ['090007000000', /group of stations/],
    ['02420a000002', /not by a maker/],
    ['001b21000001', /^$/],
  ])('%s', (hex, said) => expect(macKind(Buffer.from(hex, 'hex'), 0)).toMatch(said))
})

// RFC 9293 §3.5: a connection opens with SYN, SYN and ACK, ACK.
describe('what the flags of TCP say together', () => {
  it.each([
    [0x002, /first step/],
    [0x012, /second step/],
    [0x010, /connection that stands/],
    [0x018, /data/],
    [0x011, /all it had to say/],
    [0x014, /broken off/],
    [0x003, /scanners/],
    [0x000, /scanners/],
    [0x029, /all it had to say/],
  ])('%i', (flags, said) => expect(tcp.flags.here!(flags, noLayer)).toMatch(said))
})

describe('numbers that are counted for the reader', () => {
  it.each([
    [4, 'Every header has at least 5 words, so this one cannot be read.'],
    [5, '5 × 4 = 20 bytes, the least there is: no options.'],
    [8, '8 × 4 = 32 bytes: the fixed 20, then 12 bytes of options.'],
  ])('header length %i', (words, said) => expect(lengthInWords(words)).toBe(said))

  it.each([
    [0, /has to guess/],
    [60, /RFC 791/],
    [1400, /^100 bytes less than Ethernet’s 1500.* at most 1360 bytes/],
    [1500, /no less/],
  ])('MTU %i', (mtu, said) => expect(icmp.mtu.here!(mtu, noLayer)).toMatch(said))
})
