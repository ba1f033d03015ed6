import { describe, expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { Session } from '../../src/dissect/session.ts'
import type { Frame } from '../../src/frame.ts'
import { captureFile, framesOf } from '../captures.ts'
import { frameOf, hexBytes } from '../peel.ts'

/** What the fields of a name say of their values in the last of some frames. */
function said(frames: readonly Frame[], name: string): string[] {
  const dissector = newDissector(new Session())
  for (const frame of frames.slice(0, -1)) dissector.dissect(frame, 'peel')
  const found = dissector.dissect(frames.at(-1)!, 'noted')
  const texts: string[] = []
  for (let layer = 0; layer < found.layerCount; layer++)
    for (let i = found.first[layer]!; i < found.last[layer]!; i++) {
      const f = found.fields[i]!
      if (f.name === name) texts.push(f.here?.(found.values[i]!, found.layer(layer)) ?? '')
    }
  return texts
}

const inCapture = async (capture: string, number: number, name: string): Promise<string[]> =>
  said(await framesOf(captureFile(capture), number), name)

/** An ARP request on Ethernet: who asks, and for which address. */
const arp = (sender: string, target: string): Frame[] => [
  frameOf(
    hexBytes(
      `ffffffffffff 02005e530001 0806 0001 0800 06 04 0001 02005e530001 ${sender} 000000000000 ${target}`,
    ),
  ),
]

describe('addresses of ARP (RFC 5227)', () => {
  it('tells a probe', () => {
    expect(said(arp('00000000', 'c000020a'), 'arp.src.proto_ipv4')).toEqual([
      'The sender has no address yet: it looks whether anyone else has the one that it would like.',
    ])
  })

  it('tells an announcement', () => {
    expect(said(arp('c000020a', 'c000020a'), 'arp.dst.proto_ipv4')).toEqual([
      'It is the sender’s own: it announces itself, so that neighbours and switches note where it is now.',
    ])
  })

  it('says nothing of a plain question', () => {
    expect(said(arp('08080808', '08080404'), 'arp.src.proto_ipv4')).toEqual([''])
    expect(said(arp('08080808', '08080404'), 'arp.dst.proto_ipv4')).toEqual([''])
  })
})

describe('in captures', () => {
  // Numbers are tshark's; what they come to was computed by hand.
  it.each([
    ['dhcp.pcap', 1, 'dhcp.ip.client', 'The client has no address that it could use yet.'],
    ['dhcp.pcap', 1, 'dhcp.ip.your', 'No address is given here.'],
    ['dhcp.pcap', 2, 'dhcp.ip.your', ''],
    ['dhcp.pcap', 2, 'dhcp.option.ip_address_lease_time', 'That is 1 hour.'],
    ['ospf.pcap', 1, 'ospf.hello.router_dead_interval', 'It is given up when 4 hellos in a row do not come.'],
    ['pptp.pcap', 9, 'ccp.opt.supported_bits', 'Keys of 128 bits, changed with every packet.'],
    [
      'ppp.pcap',
      9,
      'ccp.opt.supported_bits',
      'A choice of keys, of 128 or 40 bits, changed with every packet; the answer names one of them.',
    ],
    ['ospf.pcap', 1, 'ospf.hello.backup_designated_router', 'There is none to take over.'],
    ['pppoe.pcap', 14, 'ipcp.opt.ip_address', 'It is open: the sender asks the other end to name one.'],
    ['pppoe.pcap', 5, 'lcp.opt.mru', '1500 bytes of an Ethernet frame less 6 of PPPoE and 2 of PPP.'],
    ['dns.pcap', 1, 'dns.rr.udp_payload_size', 'Answers of this size fit any IPv6 path without fragments.'],
    ['gtp.pcap', 1, 'gtp.teid', ''],
    [
      'stun.pcap',
      6,
      'stun.att.error',
      'The client has to prove who it is; every first question to a relay ends so.',
    ],
    ['sip.pcap', 2, 'sip.Status-Code', 'The phone at the other end rings.'],
    ['syslog.pcap', 1, 'syslog.pri', 'A part that matters has failed.'],
    [
      'http.pcap',
      4,
      'http.response.code',
      'The proxy wants to know who asks: VPNs over TLS fail here where it is not told to them.',
    ],
    ['l2tp.pcap', 12, 'l2tp.result_code', 'Something failed; the error code says what.'],
    ['l2tp.pcap', 13, 'l2tp.result_code', 'The sender is about to stop.'],
    [
      'gtp.pcap',
      3,
      'gtp.teid',
      'The receiver, 192.168.1.2, chose this number; towards the sender it is another.',
    ],
  ])('%s, packet %i: %s', async (capture, number, name, sentence) => {
    expect(await inCapture(capture, number, name)).toEqual([sentence])
  })
})
