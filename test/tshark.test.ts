import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newDissector, protocols } from '../dissectors/index.ts'
import type { Dissection } from '../src/dissect/dissection.ts'
import { Session } from '../src/dissect/session.ts'
import { captureFile, captureNames, framesOf } from './captures.ts'

// What Wireshark's dissectors say about every capture of the project, asked at the time of the test.

/**
 * Pseudo protocols of tshark's that are no layers, bytes that no dissector took, and what tshark reads but leaves out of its
 * list: VXLAN-GPE, and FOU, which has no header.
 */
const passedOver = new Set([
  'raw',
  'ethertype',
  'data',
  'frame',
  'pwethheuristic',
  'pwethnocw',
  'vxlan-gpe',
  'fou',
  'osi',
  'isis.hello',
  'isis.lsp',
  'isis.csnp',
  'isis.psnp',
])
/**
 * GUE, Nebula and ZeroTier, which tshark does not know at all, pseudowires, which it has to be told of, backbone tags, which it counts as two or
 * as none, and control messages of OpenVPN that come too early, which it does not sort.
 */
const unknownThere = new Set([
  'nebula.pcap',
  'zerotier.pcap',
  'gue-ipip.pcap',
  'l2tpv3-udp.pcap',
  'l2tpv3.pcap',
  'openvpn-tls-pieces.pcap',
  'pbb.pcap',
])
/** tshark's id → ours, where they differ. */
const sameAs: Readonly<Record<string, string>> = { l2tpv3: 'l2tp', ieee8021ad: 'vlan' }

/** Numbers that both show, by Wireshark's names. */
const compared = [
  'eth.type',
  'vlan.id',
  'ip.len',
  'ip.id',
  'ip.ttl',
  'ip.proto',
  'ip.checksum',
  'ipv6.plen',
  'ipv6.nxt',
  'ipv6.hlim',
  'ipv6.flow',
  'udp.srcport',
  'udp.dstport',
  'udp.length',
  'udp.checksum',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.hdr_len',
  'tcp.checksum',
  'icmp.type',
  'icmp.code',
  'icmp.checksum',
  'icmpv6.type',
  'icmpv6.code',
  'gre.proto',
  'gre.key',
  'esp.spi',
  'esp.sequence',
  'ah.spi',
  'ah.sequence',
  'isakmp.exchangetype',
  'isakmp.messageid',
  'isakmp.length',
  'arp.opcode',
] as const
/** Shown by tshark in other units than they have in the packet. */
const scale: Readonly<Record<string, number>> = { 'tcp.hdr_len': 4 }

/** ESP that encrypts nothing, and so is read here without keys: tshark needs to be told what the association is. */
const toldOf = new Set(['esp-transport-null-sha1.pcap', 'esp-tunnel-null-sha256.pcap', 'jenga.pcap'])

function toldAbout(file: string): string[] {
  if (basename(file) === 'ikev2-other-ports.pcap')
    return ['-d', 'udp.port==10500,isakmp', '-d', 'udp.port==14500,udpencap']
  if (basename(file) === 'fou-ipip.pcap') return ['-d', 'udp.port==5555,ip']
  if (basename(file) === 'fou-gre.pcap') return ['-d', 'udp.port==5556,gre']
  if (basename(file) === 'carp.pcap') return ['-d', 'ip.proto==112,carp']
  if (basename(file) === 'bgp-segments.pcap') return ['-o', 'tcp.reassemble_out_of_order:TRUE']
  if (!toldOf.has(basename(file))) return []
  const lines = readFileSync(file.replace('.pcap', '.keys/esp_sa'), 'utf8').trim().split('\n')
  return ['-o', 'esp.enable_encryption_decode:TRUE', ...lines.flatMap(line => ['-o', `uat:esp_sa:${line}`])]
}

const installed = spawnSync('tshark', ['--version']).status === 0

type Facts = { stack: string[]; values: Record<string, number[]>; broken?: boolean }

function tsharkFacts(file: string, limit: number): Facts[] {
  const names = ['_ws.short', '_ws.malformed', 'frame.protocols', ...compared]
  const { stdout, status } = spawnSync(
    'tshark',
    [
      '-n',
      ...toldAbout(file),
      '-r',
      file,
      '-c',
      String(limit),
      '-T',
      'fields',
      '-E',
      'occurrence=a',
      '-E',
      'aggregator=;',
      ...names.flatMap(name => ['-e', name]),
    ],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  )
  expect(status).toBe(0)
  return stdout
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const [short, malformed, protocols, ...columns] = line.split('\t')
      const values = Object.fromEntries(
        compared.map((name, i) => [name, (columns[i] ?? '').split(';').filter(Boolean).map(Number)]),
      )
      return {
        stack: protocols!
          .split(':')
          .filter(id => !passedOver.has(id))
          // It names SNMP once more for each value that is text.
          .filter((id, i, all) => id !== 'snmp' || all[i - 1] !== 'snmp')
          // SSTP follows HTTP in a connection, and has no HTTP of its own.
          .filter((id, i, all) => id !== 'http' || all[i + 1] !== 'sstp')
          .map(id => sameAs[id] ?? id),
        values,
        broken: short !== '' || malformed !== '',
      }
    })
}

function ourFacts(found: Dissection): Facts {
  const values: Record<string, number[]> = Object.fromEntries(compared.map(name => [name, []]))
  for (let i = 0; i < found.fieldCount; i++) {
    const { name } = found.fields[i]!
    values[name]?.push(found.values[i]! * (scale[name] ?? 1))
  }
  const stack = found.protocols.slice(0, found.layerCount).map(p => p.id)
  const named = stack.filter(id => !passedOver.has(id)).map(id => sameAs[id] ?? id)
  // tshark names a stack of labels once.
  return { stack: named.filter((id, i) => id !== 'mpls' || named[i - 1] !== 'mpls'), values }
}

/** tshark goes on into protocols that are unknown here: compared as far as ours goes. */
const known = new Set(protocols.map(p => sameAs[p.id] ?? p.id))

/** Here tshark puts IKEv1's fragments together, and reads the whole message behind the last one. */
const putsTogether = new Set(['ikev1-main-cert.pcap'])

/** Here tshark takes EoIP's length and tunnel for one number. */
const keyIsSplit = new Set(['eoip.pcap'])

async function compare(file: string, limit: number): Promise<void> {
  const theirs = tsharkFacts(file, limit)
  const dissector = newDissector(new Session())
  for (const [i, frame] of (await framesOf(file, limit)).entries()) {
    const ours = ourFacts(dissector.dissect(frame, 'fields'))
    // Where the capture cuts a packet short, tshark drops what it had of the layer.
    if (theirs[i]!.broken) continue
    const reach = theirs[i]!.stack.findIndex(id => !known.has(id))
    const stack = reach < 0 ? theirs[i]!.stack : theirs[i]!.stack.slice(0, reach)
    expect(ours.stack.slice(0, stack.length), `frame ${frame.number}`).toEqual(stack)
    if (reach >= 0) continue
    for (const name of compared) {
      if (name === 'gre.key' && keyIsSplit.has(basename(file))) continue
      const own = ours.values[name]!
      const all = theirs[i]!.values[name]!
      const same = putsTogether.has(basename(file)) ? all.slice(0, own.length) : all
      expect(own, `frame ${frame.number}: ${name}`).toEqual(same)
    }
  }
}

describe.skipIf(!installed)('tshark agrees', () => {
  it.each(captureNames.filter(name => !unknownThere.has(name)))('on %s', { timeout: 60_000 }, name =>
    compare(captureFile(name), 300),
  )
})
