import { describe, expect, it } from 'vitest'
import { protocols } from '../../dissectors/index.ts'
import { topics } from '../../dissectors/lessons/topics.ts'
import { fieldsOf, lookUp, nearestNames } from '../../src/print/names.ts'
import { explainName, listNames, unknownName } from '../../src/print/reference.ts'
import { textOf } from '../explained.ts'

const said = (name: string): string => textOf(explainName(name) ?? []).replace(/\s+/g, ' ')

describe('a protocol', () => {
  it.each([
    ['gre', 'gre'],
    ['GRE', 'gre'],
    ['ikev2', 'isakmp'],
    ['IKEv1', 'isakmp'],
    ['nat-t', 'udpencap'],
    ['WireGuard', 'wg'],
    ['encapsulating security payload', 'esp'],
  ])('%s is %s', (name, id) => {
    expect(lookUp(name).protocols.map(p => p.id)).toEqual([id])
  })

  it('tells what announces it, what it protects and costs, and its fields', () => {
    const text = said('gre')
    expect(text).toContain('Announced by: IP protocol 47')
    expect(text).toContain('Says what follows in: Protocol type (gre.proto).')
    expect(text).toContain('What it protects: It protects nothing')
    expect(text).toContain('24 bytes over IPv4')
    for (const { name } of fieldsOf(protocols.find(p => p.id === 'gre')!))
      expect(text).toContain(`• ${name} `)
  })

  it('is also a way to use others that has no header of its own', () => {
    expect(said('ipip')).toContain('IP protocol 4')
    expect(said('IP in IP')).toContain('20 bytes over IPv4, 40 over IPv6')
    expect(said('eoip')).toContain('0x6400')
  })
})

describe('a field', () => {
  it('tells where it lies and what it is for', () => {
    const text = said('ip.ttl')
    expect(text).toContain('ip.ttl: Time to live')
    expect(text).toContain('8 bits, 8 bytes into the fixed part of the header')
    expect(text).toContain('drops the packet at 0')
    expect(said('IP.TTL')).toBe(text)
  })

  it('has its values, those with a story first', () => {
    const text = said('ip.proto')
    expect(text).toMatch(/IPv4 encapsulation \(4\): .+ Other values: /)
  })
})

describe('the name of a value', () => {
  it('is found however it is written', () => {
    for (const name of ['NO_PROPOSAL_CHOSEN', 'no proposal chosen', 'No-Proposal-Chosen']) {
      expect(lookUp(name).values.map(({ value }) => value)).toEqual([14, 14])
      expect(said(name)).toContain('NO_PROPOSAL_CHOSEN (14) in Notify message type (isakmp.notify.msgtype)')
    }
  })

  it('is a number that says what follows', () => {
    expect(said('0x0800')).toContain('IPv4 (0x0800) in Type (eth.type)')
    expect(said('47')).toMatch(/GRE \(47\) in .*\(ip\.proto\)/)
  })
})

describe('a name without the protocol in front of it', () => {
  it('is that of several fields', () => {
    expect(lookUp('ttl').alike.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['ip.ttl', 'mpls.ttl', 'dns.resp.ttl']),
    )
    expect(said('SYN')).toContain('• tcp.flags.syn ')
    expect(said('time to live')).toContain('• ip.ttl ')
  })

  it('does not stand in the way of what has just that name', () => {
    expect(lookUp('esp').alike).toEqual([])
  })
})

it('finds a phrase inside of names', () => {
  expect(lookUp('aes-cbc').values.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['AES-CBC', 'ENCR_AES_CBC']),
  )
})

describe('a name that nothing is known of', () => {
  it.each([
    ['ip.tll', 'ip.ttl'],
    ['wiregard', 'wg'],
    ['esq', 'esp'],
    ['isakmp.notfy', 'isakmp.notify'],
  ])('%s looks like %s', (name, meant) => {
    expect(explainName(name)).toBeUndefined()
    expect(nearestNames(name, 6).map(entry => entry.name.slice(0, meant.length))).toContain(meant)
    expect(unknownName(name)).toContain('did you mean')
  })

  it('may look like nothing', () => {
    expect(unknownName('qqqqqqqqqq')).toBe('qqqqqqqqqq: nothing of this name; explain --list has all names')
    expect(explainName('')).toBeUndefined()
    expect(explainName('tcp.stream#1')).toBeUndefined()
  })
})

it('lists names that begin so, and without a beginning all but values', () => {
  const names = textOf(listNames('ip.t'))
  expect(names).toContain('ip.ttl')
  expect(names).not.toContain('ip.src')
  const all = textOf(listNames(''))
  for (const { id } of protocols) expect(all).toMatch(new RegExp(`^${id.replaceAll('.', '\\.')} `, 'm'))
  expect(all).not.toContain('NO_PROPOSAL_CHOSEN')
  expect(listNames('zzz')).toEqual([])
  expect(textOf(listNames('NO_PROP'))).toContain('14 in isakmp.notify.msgtype')
})

describe('lessons', () => {
  const mission =
    'ip ipv6 gre etherip esp ah isakmp udpencap openvpn tinc wg photuris ssh bgp vxlan l2tp ppp pptp tcp udp icmp'
  const lessons = [
    ...protocols.flatMap(p => (p.lesson ? [p.lesson] : [])),
    ...topics.map(topic => topic.lesson),
  ]

  it.each(mission.split(' '))('%s has one', id => {
    expect(protocols.find(p => p.id === id)?.lesson).toBeDefined()
  })

  it('say something of their own in whole sentences', () => {
    const texts = lessons.flatMap(({ protects, overhead, recognised, mistakes }) => [
      protects,
      overhead,
      recognised,
      ...mistakes,
    ])
    expect(texts.length).toBeGreaterThan(100)
    for (const text of texts) {
      expect(text).toMatch(/[.]$/)
      expect(text.length).toBeGreaterThan(15)
    }
    const mistakes = lessons.flatMap(lesson => lesson.mistakes)
    expect(mistakes.every(text => text.length > 40)).toBe(true)
  })

  it('name protocols and fields that are there to read on with', () => {
    for (const name of topics.flatMap(topic => topic.see)) expect(explainName(name), name).toBeDefined()
  })
})

describe('a name that only filters know', () => {
  it.each([
    ['tcp.stream', 'The number of its TCP connection in the capture, from 0. Its value is a number.'],
    ['frame.time_delta', 'Seconds since the packet before. Its value is seconds.'],
    ['ip.addr', 'stands for ip.src and ip.dst. A filter is true where one of them fits.'],
    ['_ws.malformed', 'A layer contradicts itself. It is there or not.'],
  ])('%s', (name, sentence) => {
    expect(said(name)).toContain(sentence)
  })
})
