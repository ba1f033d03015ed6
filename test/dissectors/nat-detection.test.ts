import { describe, expect, it } from 'vitest'
import { natDetectionFits } from '../../dissectors/nat-detection.ts'
import { ipv6 } from '../craft.ts'
import { frameOf, hexBytes, peel, raw } from '../peel.ts'

const fits = (hash: string, spis: string, address: string, port: number) =>
  natDetectionFits(hexBytes(hash), hexBytes(spis), hexBytes(address), port)

const hexOf = (value: number, digits: number) => value.toString(16).padStart(digits, '0')

/** A packet of UDP 500 or `port` between two IPv4 addresses with an IKE message, whose header lacks its length. */
function message(from: string, port: number, to: string, header: string, payloads: string) {
  const size = hexBytes(header + payloads).length + 4
  const ip = `4500${hexOf(size + 28, 4)} 00000000 4011 0000 ${from} ${to}`
  const udp = `${hexOf(port, 4)} 01f4 ${hexOf(size + 8, 4)} 0000`
  const { notes } = peel(frameOf(hexBytes(`${ip}${udp}${header}${hexOf(size, 8)}${payloads}`), raw))
  return notes.filter(note => note.includes(' port '))
}

const source = (hash: string, next = '00') => `${next}00001c 00004004 ${hash}`
const destination = (hash: string, next = '00') => `${next}00001c 00004005 ${hash}`

// IKE_SA_INIT through a NAT, seen on both sides of it: the client is 10.1.0.2, which became 192.168.1.254 port 336.
const natted = {
  request: '04feb761776dbb8a 0000000000000000 29 20 22 08 00000000',
  source: '7e44cdd2838be36b1e58bb63deb89f305f04cd6f',
  destination: '9513fb11d849b7f967a2e9289ea1ec3ee6960f74',
}
const both = source(natted.source, '29') + destination(natted.destination)

describe('a hash of address and port', () => {
  it('fits what its sender had, and nothing else', () => {
    const spis = '04feb761776dbb8a 0000000000000000'
    expect(fits(natted.source, spis, '0a010002', 500)).toBe(true)
    expect(fits(natted.source, spis, '0a010003', 500)).toBe(false)
    expect(fits(natted.source, spis, '0a010002', 501)).toBe(false)
    expect(fits(natted.source, '04feb761776dbb8b 0000000000000000', '0a010002', 500)).toBe(false)
    expect(fits(natted.destination, spis, 'c0a80102', 500)).toBe(true)
  })

  it('is made with the hash that its length tells', () => {
    const spis = '819e4950047e2f59 c54e8f50375575c2'
    // Out of a negotiation with SHA-256; the others by Python's hashlib.
    expect(
      fits('471b26c20264e03e247f9440f90c3899ff7a6e695201aec1622f41c7fd73543c', spis, 'c0a80101', 500),
    ).toBe(true)
    expect(fits('d353a67e795d77afb0c6f76584ffe3d7', spis, 'c0a80101', 500)).toBe(true)
    expect(fits('20204edab826d69c88abbfb6c9db7f1eb81dc435', spis, 'c0a80101', 500)).toBe(true)
    const sha384 =
      'b6b695740b294e446dcd4e5e2c6e0b928dad1ffc029d6fce5ded4577a4781ec861d128da229e42be0b4292851b385653'
    expect(fits(sha384, spis, 'c0a80101', 500)).toBe(true)
    const sha512 =
      '3935ad3c4c95e5be373f64925a5d0f9adce6f6854dccca5a9936f91bbb2ab941e1e61a061210e9bd6b641e5bc2cf032400eda4e392a7f4a1bca884be6b9c0e43'
    expect(fits(sha512, spis, 'c0a80101', 500)).toBe(true)
    expect(fits('471b26c2', spis, 'c0a80101', 500)).toBe(false)
    expect(fits('', spis, 'c0a80101', 500)).toBe(false)
  })
})

describe('NAT detection of IKEv2', () => {
  it('finds no NAT where the hashes fit', () => {
    expect(message('0a010002', 500, 'c0a80102', natted.request, both)).toEqual([
      'info: Made of 10.1.0.2 and port 500, as the packet has them: no NAT has changed the sender’s address so far',
      'info: Made of 192.168.1.2 and port 500, as the packet has them: no NAT has changed the receiver’s address so far',
    ])
  })

  it('finds the NAT in front of the sender', () => {
    expect(message('c0a801fe', 336, 'c0a80102', natted.request, both)).toEqual([
      'info: Not the hash of 192.168.1.254 and port 336: a NAT in front of the sender has changed its address, or it pretends so that ESP goes in UDP',
      'info: Made of 192.168.1.2 and port 500, as the packet has them: no NAT has changed the receiver’s address so far',
    ])
  })

  it('finds the NAT in front of the receiver', () => {
    expect(message('0a010002', 500, 'c0a80103', natted.request, both)[1]).toBe(
      'info: Not the hash of 192.168.1.3 and port 500, to which the packet goes here: a NAT in front of the receiver has changed its address',
    )
  })

  it('is content with one of several addresses of the sender', () => {
    const several = source('00'.repeat(20), '29') + source(natted.source)
    expect(message('0a010002', 500, 'c0a80102', natted.request, several)).toEqual([
      'info: Of another address; there is a hash of 10.1.0.2 and port 500 too',
      'info: Made of 10.1.0.2 and port 500, as the packet has them: no NAT has changed the sender’s address so far',
    ])
  })

  it('takes the address of IPv6 as it is', () => {
    const ike = `cc759626f115724f 0000000000000000 29 20 22 08 00000000 00000038 ${source('e78f4ba329e62d579c141459887e1db4d9c91a10')}`
    const { notes } = peel(ipv6(17, `1194 1194 0044 0000 00000000 ${ike}`))
    expect(notes.filter(note => note.includes(' port '))).toEqual([
      'info: Made of 2001:db8::1 and port 4500, as the packet has them: no NAT has changed the sender’s address so far',
    ])
  })
})

describe('NAT detection of IKEv1', () => {
  const header = '819e4950047e2f59 c54e8f50375575c2 14 10 02 00 00000000'
  const receiver = '471b26c20264e03e247f9440f90c3899ff7a6e695201aec1622f41c7fd73543c'
  const sender = 'bb3d41f6b211f24e4978d2c811f9de56daeccf7825baec34921f22c98ecf5028'

  it('has the receiver first', () => {
    expect(message('c0a80102', 500, 'c0a80101', header, `14000024${receiver}00000024${sender}`)).toEqual([
      'info: Made of 192.168.1.1 and port 500, as the packet has them: no NAT has changed the receiver’s address so far',
      'info: Made of 192.168.1.2 and port 500, as the packet has them: no NAT has changed the sender’s address so far',
    ])
    expect(message('c0a80102', 500, 'c0a80101', header, `14000024${sender}00000024${receiver}`)).toEqual([
      'info: Not the hash of 192.168.1.1 and port 500, to which the packet goes here: a NAT in front of the receiver has changed its address',
      'info: Not the hash of 192.168.1.2 and port 500: a NAT in front of the sender has changed its address, or it pretends so that ESP goes in UDP',
    ])
  })

  it('says nothing of a hash that nobody makes', () => {
    expect(message('c0a80102', 500, 'c0a80101', header, '00000008 aabbccdd')).toEqual([])
  })
})
