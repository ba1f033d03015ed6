import { describe, expect, it } from 'vitest'
import { readRule, tables } from '../../dissectors/decode-as.ts'
import { newDissector, protocols } from '../../dissectors/index.ts'
import { ByteWriter } from '../../src/byte-writer.ts'
import { type Rule, Rules } from '../../src/dissect/rules.ts'
import { Session } from '../../src/dissect/session.ts'
import type { Frame } from '../../src/frame.ts'
import { printJson } from '../../src/print/json.ts'
import { TcpdumpPrinter } from '../../src/print/tcpdump.ts'
import { printTree } from '../../src/print/tree.ts'
import { captureFile, framesOf } from '../captures.ts'
import { ipv4, tcp4, udp4 } from '../craft.ts'

const ruleOf = (text: string): Rule => {
  const rule = readRule(text)
  if (typeof rule === 'string') throw new Error(rule)
  return rule
}
const rulesOf = (...texts: string[]): Rules =>
  texts.reduce((rules, text) => rules.with(ruleOf(text)), new Rules())

function look(frame: Frame, ...rules: string[]): { readonly stack: string; readonly notes: string[] } {
  const found = newDissector(new Session(), rulesOf(...rules)).dissect(frame, 'noted')
  const stack = found.protocols.slice(0, found.layerCount).map(({ id }) => id)
  return { stack: stack.join('/'), notes: found.notes.map(({ text }) => text) }
}

const keepalive = `04000000 00000001 ${'00'.repeat(8)} ${'aa'.repeat(16)}`
const icmp = '0800f7fe00010000'

describe('a rule', () => {
  it.each([
    ['udp.port=51000:wireguard', 'udp.port=51000:wg'],
    ['udp.port==51000,wg', 'udp.port=51000:wg'],
    ['  udp.port = 51000 : WireGuard ', 'udp.port=51000:wg'],
    ['udp.port=500:ike', 'udp.port=500:isakmp'],
    ['udp.port=4501:natt', 'udp.port=4501:udpencap'],
    ['udp.port=4501:NAT-T', 'udp.port=4501:udpencap'],
    ['udp.port=1-65535:openvpn', 'udp.port=1-65535:openvpn'],
    ['ip.proto=99:Encapsulating Security Payload', 'ip.proto=99:esp'],
    ['ethertype=0x6000:ip', 'ethertype=0x6000:ip'],
    ['gre.proto==25944-0x6560,ipv6', 'gre.proto=0x6558-0x6560:ipv6'],
    ['ppp.protocol=0x0101:ipv6.fraghdr', 'ppp.protocol=0x0101:ipv6.fraghdr'],
    ['tcp.port=8080:data', 'tcp.port=8080:data'],
  ])('%s', (text, same) => {
    expect(String(rulesOf(text))).toBe(same)
    expect(String(rulesOf(same))).toBe(same)
  })

  it.each([
    ['udp.port', 'udp.port: not written like udp.port=51000:wireguard'],
    ['udp.port=51000', 'udp.port=51000: not written like udp.port=51000:wireguard'],
    ['=5:wg', '=5:wg: not written like udp.port=51000:wireguard'],
    ['udp.prot=1:wg', 'udp.prot: no such numbers; did you mean udp.port?'],
    ['port=1:wg', 'port: no such numbers; did you mean udp.port or tcp.port?'],
    ['x=1:wg', 'x: no such numbers'],
    ['udp.port=65536:wg', 'udp.port=65536: not a number from 0 to 65535'],
    ['udp.port=1x:wg', 'udp.port=1x: not a number from 0 to 65535'],
    ['gre.proto=1-70000:ip', 'gre.proto=70000: not a number from 0 to 0xffff'],
    ['ip.proto=9-8:wg', 'ip.proto=9-8: ends before it begins'],
    ['udp.port=1:wirguard', 'wirguard: no such protocol; did you mean wireguard?'],
    ['udp.port=1:', ': no such protocol'],
  ])('%s: says what is wrong', (text, sentence) => {
    expect(readRule(text)).toBe(sentence)
  })

  it('takes each name of numbers, those of fields for their protocol only', () => {
    for (const table of tables()) {
      const { of } = ruleOf(`${table}=1:ip`)
      const names = Object.values(of?.fields ?? {}).map(({ name }) => name)
      expect(of === undefined || names.includes(table), table).toBe(true)
    }
    expect(tables().filter(table => ruleOf(`${table}=1:ip`).of === undefined)).toEqual([
      'udp.port',
      'tcp.port',
      'ip.proto',
      'ethertype',
      'ppp.protocol',
      'nsh.nextproto',
      'llc.dsap',
      'sll.ltype',
      'pwach.channel_type',
    ])
  })

  it('has a name for all numbers that announce protocols, but for those of links', () => {
    const spaces = new Set(protocols.flatMap(({ claims }) => claims.map(([space]) => space)))
    const named = new Set(tables().map(table => ruleOf(`${table}=1:ip`).space))
    expect([...spaces].filter(space => !named.has(space)).map(({ label }) => label)).toEqual(['link type'])
  })

  it('takes every protocol by its id, its name and what it is called', () => {
    for (const { id, name, short } of protocols) {
      expect(ruleOf(`udp.port=1:${id}`).protocol.id).toBe(id)
      for (const other of [name, short]) expect(ruleOf(`udp.port=1:${other}`), other).toBeDefined()
    }
  })
})

describe('what a rule does', () => {
  it('decodes a port as the protocol, from either side, and says so', () => {
    const frame = udp4(51000, 40000, keepalive.replaceAll(' ', ''))
    const { stack, notes } = look(frame, 'udp.port=51000:wg')
    expect(stack).toBe('ip/udp/wg')
    expect(notes).toContain('Decoded as you asked: udp.port=51000 is WireGuard')
    expect(look(udp4(40000, 51000, keepalive), 'udp.port=50000-52000:wg').stack).toBe('ip/udp/wg')
  })

  it('goes before the number table and before guesses', () => {
    expect(look(udp4(40000, 53, keepalive)).stack).toBe('ip/udp/dns')
    expect(look(udp4(40000, 53, keepalive), 'udp.port=53:wg').stack).toBe('ip/udp/wg')
    const guessed = look(udp4(40000, 40001, keepalive))
    expect(guessed.stack).toBe('ip/udp/wg')
    const plain = look(udp4(40000, 40001, keepalive), 'udp.port=40001:data')
    expect(plain.stack).toBe('ip/udp/data')
    expect(plain.notes.join()).not.toContain('guess')
  })

  it('the last of several counts, and takes the place of one for the same numbers', () => {
    const both = ['udp.port=7000-8000:wg', 'udp.port=7777:data']
    expect(look(udp4(1, 7777, keepalive), ...both).stack).toBe('ip/udp/data')
    expect(look(udp4(1, 7778, keepalive), ...both).stack).toBe('ip/udp/wg')
    expect(String(rulesOf('udp.port=1:wg', 'tcp.port=1:ssh', 'udp.port=1:ip'))).toBe(
      'tcp.port=1:ssh udp.port=1:ip',
    )
  })

  it('decodes IP protocols, and those of one header only where a field is named', () => {
    const inner = '45000014000000004001 0000 7f000001 7f000001'.replaceAll(' ', '')
    expect(look(ipv4(99, inner)).stack).toBe('ip/data')
    expect(look(ipv4(99, inner), 'ip.proto=99:ip').stack).toBe('ip/ip')
    expect(look(ipv4(99, inner), 'ipv6.nxt=99:ip').stack).toBe('ip/data')
    expect(look(ipv4(47, `00006559${inner}`), 'gre.proto=0x6559:ip').stack).toBe('ip/gre/ip')
    expect(look(ipv4(47, `00006559${inner}`), 'eth.type=0x6559:ip').stack).toBe('ip/gre/data')
    expect(look(ipv4(99, icmp), 'ip.proto=99:icmp').stack).toBe('ip/icmp')
  })

  it('decodes TCP ports, as messages where the protocol has some', () => {
    const message = `${'ff'.repeat(16)}001304`
    expect(look(tcp4(1, message + message), 'tcp.port=4500:bgp').stack).toBe('ip/tcp/bgp/bgp')
  })

  it('leaves other dissectors alone', () => {
    const frame = udp4(51000, 53, keepalive)
    expect(look(frame, 'udp.port=53:wg').stack).toBe('ip/udp/wg')
    expect(look(frame).stack).toBe('ip/udp/dns')
  })

  it('finds nothing else in a capture of the protocol on the port that is asked for', async () => {
    const [frame] = await framesOf(captureFile('wireguard.pcap'))
    expect(look(frame!, 'udp.port=51820:wireguard').stack).toBe(look(frame!).stack)
  })
})

describe('whatever is asked for', () => {
  const ranges = ['udp.port=0-65535', 'tcp.port=0-65535', 'ip.proto=18-255', 'ethertype=0x0900-0xffff']
  const all = { verbose: 3, numeric: false, link: true, quiet: false }

  it('is walked and printed without harm, everywhere', { timeout: 60_000 }, async () => {
    const names = ['wireguard.pcap', 'gre.pcap', 'bgp-segments.pcap', 'jenga.pcap', 'pppoe.pcap', 'l2tp.pcap']
    // The first packets are ARP and the like.
    const read = await Promise.all(names.map(name => framesOf(captureFile(name), 6)))
    const frames = read.flatMap(list => list.slice(-2))
    const out = new ByteWriter()
    for (const { id } of protocols) {
      const rules = rulesOf(...ranges.map(range => `${range}:${id}`), `ppp.protocol=0-65535:${id}`)
      const dissector = newDissector(new Session(), rules)
      const text = new TcpdumpPrinter(newDissector(undefined, rules), out, 'none', all, undefined)
      for (const frame of frames) {
        const found = dissector.dissect(frame, 'noted')
        printTree(out, found)
        printJson(out, found)
        text.print(frame)
      }
      expect(out.toString(), id).not.toMatch(/NaN|undefined|Infinity|\[object/)
      out.clear()
    }
  })
})
