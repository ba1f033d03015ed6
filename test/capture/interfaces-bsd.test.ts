import { describe, expect, it } from 'vitest'
import { bsdCounters, bsdLinks } from '../../src/capture/interfaces-bsd.ts'

// The layouts of each system's ifconfig(8) and netstat(1), with addresses for documentation. No live system was asked.

const openbsd = {
  ifconfig: `lo0: flags=2008049<UP,LOOPBACK,RUNNING,MULTICAST,LRO> mtu 32768
	index 3 priority 0 llprio 3
	groups: lo
	inet6 ::1 prefixlen 128
	inet6 fe80::1%lo0 prefixlen 64 scopeid 0x3
	inet 127.0.0.1 netmask 0xff000000
em0: flags=808843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST,AUTOCONF4> mtu 1500
	lladdr 00:00:5e:00:53:01
	description: uplink to the lab: rack 4
	index 1 priority 0 llprio 3
	groups: egress
	media: Ethernet autoselect (1000baseT full-duplex,master)
	status: active
	inet 192.0.2.1 netmask 0xffffff00 broadcast 192.0.2.255
	inet 198.51.100.7 netmask 0xffffffff
em1: flags=8802<BROADCAST,SIMPLEX,MULTICAST> mtu 1500
	lladdr 00:00:5e:00:53:02
	index 2 priority 0 llprio 3
	media: Ethernet autoselect (none)
	status: no carrier
enc0: flags=0<>
	index 4 priority 0 llprio 3
	groups: enc
	status: active
gif0: flags=8051<UP,POINTOPOINT,RUNNING,MULTICAST> mtu 1280
	index 6 priority 0 llprio 6
	encap: vnetid none txprio payload rxprio payload
	groups: gif
	tunnel: inet 192.0.2.1 --> 192.0.2.2 ttl 64 nodf ecn
	inet 10.0.0.1 --> 10.0.0.2 netmask 0xffffffff
bridge0: flags=41<UP,RUNNING> mtu 1500
	index 7 llprio 3
	groups: bridge
	priority 32768 hellotime 2 fwddelay 15 maxage 20 holdcnt 6 proto rstp
	em0 flags=3<LEARNING,DISCOVER>
		port 1 ifpriority 0 ifcost 0
wg0: flags=80c3<UP,BROADCAST,RUNNING,NOARP,MULTICAST> mtu 1420
	index 8 priority 0 llprio 3
	wgport 51820
	groups: wg
	inet6 2001:db8::1 prefixlen 64
pflog0: flags=141<UP,RUNNING,PROMISC> mtu 33136
	index 5 priority 0 llprio 3
	groups: pflog
`,
  packets: `Name    Mtu   Network     Address              Ipkts Ifail    Opkts Ofail Colls
lo0     32768 <Link>                            39     0       39     0     0
lo0     32768 127/8       127.0.0.1             39     0       39     0     0
em0     1500  <Link>      00:00:5e:00:53:01  12345     1     6789     2     0
em0     1500  192.0.2/24  192.0.2.1          12345     1     6789     2     0
em1*    1500  <Link>      00:00:5e:00:53:02      5     0        6     0     0
`,
  bytes: `Name    Mtu   Network     Address                Ibytes     Obytes
lo0     32768 <Link>                               3000       3000
em0     1500  <Link>      00:00:5e:00:53:01    99000000    8800000
em1*    1500  <Link>      00:00:5e:00:53:02         500        600
`,
}

const freebsd = {
  ifconfig: `em0: flags=1008843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST,LOWER_UP> metric 0 mtu 1500
	options=4e504bb<RXCSUM,TXCSUM,VLAN_MTU,VLAN_HWTAGGING,JUMBO_MTU,VLAN_HWCSUM,LRO>
	ether 00:00:5e:00:53:03
	inet 192.0.2.3 netmask 0xffffff80 broadcast 192.0.2.127
	inet6 fe80::200:5eff:fe00:5303%em0 prefixlen 64 scopeid 0x1
	media: Ethernet autoselect (1000baseT <full-duplex>)
	status: active
	nd6 options=23<PERFORMNUD,ACCEPT_RTADV,AUTO_LINKLOCAL>
wlan0: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> metric 0 mtu 1500
	ether 00:00:5e:00:53:04
	groups: wlan
	ssid lab channel 1 (2412 MHz 11g ht/20) bssid 00:00:5e:00:53:ff
	media: IEEE 802.11 Wireless Ethernet MCS mode 11ng
	status: associated
ipsec0: flags=8011<UP,POINTOPOINT,MULTICAST> metric 0 mtu 1400
	tunnel inet 192.0.2.3 --> 192.0.2.4
	groups: ipsec
	reqid: 100
`,
  netstat: `Name    Mtu Network       Address                                Ipkts Ierrs Idrop     Ibytes    Opkts Oerrs     Obytes  Coll
em0    1500 <Link#1>      00:00:5e:00:53:03                       4242     0     0    4200000     2121     0     210000     0
em0       - 192.0.2.0/25  192.0.2.3                               4000     -     -    4000000     2000     -     200000     -
ipsec0 1400 <Link#3>      ipsec0                                     7     0     0        700        8     0        800     0
`,
}

const macos = {
  ifconfig: `lo0: flags=8049<UP,LOOPBACK,RUNNING,MULTICAST> mtu 16384
	options=1203<RXCSUM,TXCSUM,TXSTATUS,SW_TIMESTAMP>
	inet 127.0.0.1 netmask 0xff000000
gif0: flags=8010<POINTOPOINT,MULTICAST> mtu 1280
en0: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500
	ether 00:00:5e:00:53:05
	inet6 fe80::c1:ffff:fe00:1%en0 prefixlen 64 secured scopeid 0x4
	inet 203.0.113.9 netmask 0xffffff00 broadcast 203.0.113.255
	media: autoselect
	status: active
en5: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500
	ether 00:00:5e:00:53:06
	media: none
	status: inactive
utun0: flags=8051<UP,POINTOPOINT,RUNNING,MULTICAST> mtu 1380
	inet 10.9.0.1 --> 10.9.0.2 netmask 0xffffffff
`,
  netstat: `Name       Mtu   Network       Address            Ipkts Ierrs     Ibytes    Opkts Oerrs     Obytes  Coll
lo0        16384 <Link#1>                          111     0       2222      111     0       2222     0
gif0*      1280  <Link#2>                            0     0          0        0     0          0     0
en0        1500  <Link#4>    00:00:5e:00:53:05    3333     0     444444     5555     0     666666     0
en0        1500  203.0.113/24  203.0.113.9        3333     -     444444     5555     -     666666     -
`,
}

const linksOf = (ifconfig: string, ...netstat: string[]) =>
  bsdLinks({ ifconfig: () => ifconfig, netstat: () => netstat })
const named = (ifconfig: string, name: string, ...netstat: string[]) =>
  linksOf(ifconfig, ...netstat).find(link => link.name === name)

describe('OpenBSD', () => {
  it('tells kind and state of every interface', () => {
    const links = linksOf(openbsd.ifconfig, openbsd.packets, openbsd.bytes)
    expect(links.map(({ name, index, kind, state }) => [name, index, kind, state])).toEqual([
      ['lo0', 3, 'loopback', 'up'],
      ['em0', 1, 'ethernet', 'up'],
      ['em1', 2, 'ethernet', 'down'],
      ['enc0', 4, 'ipsec', 'down'],
      ['gif0', 6, 'gif', 'up'],
      ['bridge0', 7, 'bridge', 'up'],
      ['wg0', 8, 'wireguard', 'up'],
      ['pflog0', 5, 'pflog', 'up'],
    ])
  })

  it('tells all of one', () => {
    expect(named(openbsd.ifconfig, 'em0', openbsd.packets, openbsd.bytes)).toEqual({
      name: 'em0',
      index: 1,
      state: 'up',
      kind: 'ethernet',
      mac: '00:00:5e:00:53:01',
      addresses: ['192.0.2.1/24', '198.51.100.7/32'],
      mtu: 1500,
      description: 'uplink to the lab: rack 4',
      received: { packets: 12345, bytes: 99000000 },
      sent: { packets: 6789, bytes: 8800000 },
    })
  })

  it('takes the address inside of a tunnel, not its ends', () => {
    expect(named(openbsd.ifconfig, 'gif0')?.addresses).toEqual(['10.0.0.1/32'])
  })

  it('leaves the zone out of addresses', () => {
    expect(named(openbsd.ifconfig, 'lo0')?.addresses).toEqual(['127.0.0.1/8', '::1/128', 'fe80::1/64'])
  })

  it('counts interfaces that are down, and those without an address', () => {
    const counted = bsdCounters({ ifconfig: () => '', netstat: () => [openbsd.packets, openbsd.bytes] })
    expect(counted.get('em1')).toEqual({
      received: { packets: 5, bytes: 500 },
      sent: { packets: 6, bytes: 600 },
    })
    expect(counted.get('lo0')?.received).toEqual({ packets: 39, bytes: 3000 })
  })
})

describe('FreeBSD', () => {
  it('tells of its interfaces', () => {
    const links = linksOf(freebsd.ifconfig, freebsd.netstat)
    expect(links.map(({ name, kind, state, mac }) => [name, kind, state, mac])).toEqual([
      ['em0', 'ethernet', 'up', '00:00:5e:00:53:03'],
      ['wlan0', 'wireless', 'up', '00:00:5e:00:53:04'],
      ['ipsec0', 'ipsec', 'up', undefined],
    ])
    expect(links[0]).toMatchObject({
      addresses: ['192.0.2.3/25', 'fe80::200:5eff:fe00:5303/64'],
      received: { packets: 4242, bytes: 4200000 },
      sent: { packets: 2121, bytes: 210000 },
    })
    expect(links[2]).toMatchObject({ mtu: 1400, addresses: [], sent: { packets: 8, bytes: 800 } })
  })
})

describe('macOS', () => {
  it('tells of its interfaces', () => {
    const links = linksOf(macos.ifconfig, macos.netstat)
    expect(links.map(({ name, index, kind, state }) => [name, index, kind, state])).toEqual([
      ['lo0', 1, 'loopback', 'up'],
      ['gif0', 2, 'gif', 'down'],
      ['en0', 3, 'ethernet', 'up'],
      ['en5', 4, 'ethernet', 'no carrier'],
      ['utun0', 5, 'tun', 'up'],
    ])
    expect(links[2]).toMatchObject({
      addresses: ['203.0.113.9/24', 'fe80::c1:ffff:fe00:1/64'],
      received: { packets: 3333, bytes: 444444 },
      sent: { packets: 5555, bytes: 666666 },
    })
  })
})

describe('NetBSD', () => {
  it('reads its address lines', () => {
    const links = linksOf(`wm0: flags=0x8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> mtu 1500
	address: 00:00:5e:00:53:07
	inet 192.0.2.7/26 broadcast 192.0.2.63 flags 0
	inet6 2001:db8::7/64 flags 0
`)
    expect(links[0]).toMatchObject({
      mac: '00:00:5e:00:53:07',
      addresses: ['192.0.2.7/26', '2001:db8::7/64'],
    })
  })
})

it('finds nothing where there are no such programs', () => {
  expect(linksOf('', '')).toEqual([])
})
