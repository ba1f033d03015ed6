import { describe, expect, it } from 'vitest'
import { showPort, tcpPorts, udpPorts } from '../../dissectors/numbers/ports.ts'

describe('port names', () => {
  it('are those of OpenBSD’s services(5)', () => {
    expect([22, 53, 80, 179, 443].map(port => tcpPorts.names[port])).toEqual([
      'ssh',
      'domain',
      'www',
      'bgp',
      'https',
    ])
    expect([53, 500, 520, 1812, 1813, 4500].map(port => udpPorts.names[port])).toEqual([
      'domain',
      'isakmp',
      'route',
      'radius',
      'radacct',
      'ipsec-nat-t',
    ])
  })

  it('are those of VPNs that are known by their ports only', () => {
    expect([4242, 9993, 51820].map(port => udpPorts.names[port])).toEqual(['nebula', 'zerotier', 'wireguard'])
    expect(tcpPorts.names[5555]).toBe('softether')
  })

  it('are IANA’s for what else tunnels use', () => {
    expect([2152, 3544, 4341, 4754, 4789, 4790, 5246, 6081, 6635].map(port => udpPorts.names[port])).toEqual([
      'gtp-user',
      'teredo',
      'lisp-data',
      'gre-in-udp',
      'vxlan',
      'vxlan-gpe',
      'capwap-control',
      'geneve',
      'mpls-udp',
    ])
    expect([1194, 1701, 1723, 655].map(port => tcpPorts.names[port])).toEqual([
      'openvpn',
      'l2tp',
      'pptp',
      'tinc',
    ])
  })

  it('differ between TCP and UDP where the services do', () => {
    expect([tcpPorts.names[514], udpPorts.names[514]]).toEqual(['shell', 'syslog'])
    expect([tcpPorts.names[69], udpPorts.names[69]]).toEqual([undefined, 'tftp'])
  })

  it('are plain words, so that text needs no escaping', () => {
    for (const { names } of [tcpPorts, udpPorts])
      for (const name of Object.values(names)) expect(name).toMatch(/^[a-z0-9][a-z0-9_-]*$/)
  })

  it('leave a port without a service to its number', () => {
    expect(showPort(udpPorts)(53)).toBe('domain (53)')
    expect(showPort(udpPorts)(49152)).toBe('49152')
  })
})
