import { describe, expect, it } from 'vitest'
import { frameOf, hexBytes, peel } from '../peel.ts'

// Values are tshark's; the text is that of OpenBSD's print-arp.c.

const header = (type: string) => `02005e530002 02005e530001 ${type}`
const arp = (hex: string, type = '0806') => peel(frameOf(hexBytes(`${header(type)} ${hex}`)))

const request = '0001 0800 06 04 0001 02005e530001 c0000201 000000000000 c0000202'
const reply = '0001 0800 06 04 0002 02005e530001 c0000201 02005e530002 c0000202'

describe('arp', () => {
  it('reads a request', () => {
    const p = arp(request)
    expect(p.stack).toEqual(['eth', 'arp'])
    expect(p.show('arp.hw.type')).toEqual(['Ethernet (1)'])
    expect(p.places('arp.hw.type')).toEqual(['112+16'])
    expect(p.show('arp.proto.type')).toEqual(['IPv4 (0x0800)'])
    expect(p.values('arp.hw.size')).toEqual([6])
    expect(p.values('arp.proto.size')).toEqual([4])
    expect(p.places('arp.proto.size')).toEqual(['152+8'])
    expect(p.show('arp.opcode')).toEqual(['request (1)'])
    expect(p.show('arp.src.hw_mac')).toEqual(['02:00:5e:53:00:01'])
    expect(p.places('arp.src.hw_mac')).toEqual(['176+48'])
    expect(p.show('arp.src.proto_ipv4')).toEqual(['192.0.2.1'])
    expect(p.show('arp.dst.hw_mac')).toEqual(['00:00:00:00:00:00'])
    expect(p.show('arp.dst.proto_ipv4')).toEqual(['192.0.2.2'])
    expect(p.places('arp.dst.proto_ipv4')).toEqual(['304+32'])
    expect(p.notes).toEqual([])
  })

  it('ends where its sizes say; the rest is padding', () => {
    const p = arp(`${request} ${'00'.repeat(18)}`)
    expect(p.stack).toEqual(['eth', 'arp'])
    expect(p.places('eth.padding')).toEqual(['336+144'])
  })

  it.each([
    [
      '0001 0800 06 04 0001 02005e530001 00000000 000000000000 c000020a',
      'info: Probe: the sender wants to use 192.0.2.10 and asks whether it is taken',
    ],
    [
      '0001 0800 06 04 0001 02005e530001 c000020a 000000000000 c000020a',
      'info: Announcement: the sender has 192.0.2.10 and asks for nothing (gratuitous)',
    ],
    [
      '0001 0800 06 04 0002 02005e530001 c000020a ffffffffffff c000020a',
      'info: Gratuitous reply: nobody asked; the sender makes all stations remember its link address',
    ],
    [
      '0001 0800 06 04 0002 03005e530001 c000020a 02005e530002 c0000202',
      'warning: The sender’s hardware address is a group address: no station can have it',
    ],
    [
      '0001 0800 05 04 0001 02005e5300 c000020a 0000000000 c0000202',
      'warning: Ethernet addresses have 6 bytes, not 5',
    ],
    [
      '0001 0800 06 02 0001 02005e530001 c000 000000000000 c000',
      'warning: IPv4 addresses have 4 bytes, not 2',
    ],
  ])('tells what it means (%s)', (hex, note) => {
    expect(arp(hex).notes).toEqual([note])
  })

  it('shows addresses of other kinds as bytes (Inverse ARP on Frame Relay)', () => {
    const p = arp('000f 0800 02 04 0008 1841 0a010101 0000 00000000')
    expect(p.show('arp.hw.type')).toEqual(['Frame Relay (15)'])
    expect(p.show('arp.opcode')).toEqual(['inverse request (8)'])
    expect(p.values('arp.src.hw')).toEqual(['1841'])
    expect(p.places('arp.src.hw')).toEqual(['176+16'])
    expect(p.show('arp.src.proto_ipv4')).toEqual(['10.1.1.1'])
    expect(p.values('arp.dst.hw')).toEqual(['0000'])
    expect(p.line()).toBe('arp-#8 for proto #2048 (4) hardware #15 (2)')
  })

  it('reads addresses of no bytes', () => {
    const p = arp('0001 86dd 00 00 0001')
    expect(p.statuses).toEqual(['complete', 'complete'])
    expect(p.values('arp.src.hw')).toEqual([])
  })

  it('stops where its sizes reach behind the frame', () => {
    const p = arp('0001 0800 06 04 0001 02005e530001 c000020a 0000000000')
    expect(p.statuses).toEqual(['complete', 'malformed'])
    expect(p.show('arp.src.proto_ipv4')).toEqual(['192.0.2.10'])
    expect(p.notes).toEqual([
      'error: Protocol address length claims 28 bytes, the frame leaves 23',
      'error: Malformed: Target hardware address needs 6 bytes, the frame leaves 5',
    ])
    expect(p.line()).toBe('truncated-arp')
  })

  it('keeps what is captured', () => {
    const p = peel(frameOf(hexBytes(`${header('0806')} 0001 0800 06 04 0001 0200`), 1, 42))
    expect(p.show('arp.opcode')).toEqual(['request (1)'])
    expect(p.notes).toEqual([
      'warning: Truncated: Sender hardware address needs 6 bytes, the capture holds 2',
    ])
    expect(p.line()).toBe(' [|arp]')
  })
})

describe('the line of arp', () => {
  it.each([
    [request, 'arp who-has 192.0.2.2 tell 192.0.2.1'],
    [reply, 'arp reply 192.0.2.1 is-at 02:00:5e:53:00:01'],
    [
      '0001 0800 06 04 0001 02005e5300aa c0000201 02005e530009 c0000202',
      'arp who-has 192.0.2.2 (02:00:5e:53:00:09) tell 192.0.2.1 (02:00:5e:53:00:aa)',
    ],
    [
      '0001 0800 06 04 0002 02005e5300aa c0000201 02005e530009 c0000202',
      'arp reply 192.0.2.1 (02:00:5e:53:00:aa) is-at 02:00:5e:53:00:aa (02:00:5e:53:00:09)',
    ],
    [
      '0006 0800 06 04 0001 02005e530001 c0000201 000000000000 c0000202',
      'arp who-has 192.0.2.2 tell 192.0.2.1 hardware #6',
    ],
    ['0001 0800 06 04 0009 02005e530001 c0000201 02005e530002 c0000202', 'arp-#9'],
  ])('%s', (hex, text) => {
    expect(arp(hex).line()).toBe(text)
  })

  it.each([
    [
      '0001 0800 06 04 0003 02005e530001 00000000 02005e530009 00000000',
      'rarp who-is 02:00:5e:53:00:09 tell 02:00:5e:53:00:01',
    ],
    [
      '0001 0800 06 04 0004 02005e530001 c0000201 02005e530009 c0000209',
      'rarp reply 02:00:5e:53:00:09 at 192.0.2.9',
    ],
  ])('of RARP: %s', (hex, text) => {
    const p = arp(hex, '8035')
    expect(p.stack).toEqual(['eth', 'arp'])
    expect(p.line()).toBe(text)
  })

  it('has the link header with -e', () => {
    expect(arp(request).line({ link: true })).toBe(
      '02:00:5e:53:00:01 02:00:5e:53:00:02 0806 42: arp who-has 192.0.2.2 tell 192.0.2.1',
    )
  })

  it('compares with the frame’s header across tags, and with none where there is none', () => {
    const tagged = peel(frameOf(hexBytes(`02005e530002 02005e530001 8100 0064 0806 ${request}`)))
    expect(tagged.line()).toBe('802.1Q vid 100 pri 1 arp who-has 192.0.2.2 tell 192.0.2.1')
    const cooked = peel(frameOf(hexBytes(`0001 0001 0006 02005e5300aa0000 0806 ${request}`), 113))
    expect(cooked.line()).toBe('arp who-has 192.0.2.2 tell 192.0.2.1')
  })
})
