import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { newDissector } from '../dissectors/index.ts'
import { compileFilter } from '../src/filter/filter.ts'
import { noFacts } from '../src/filter/packet-facts.ts'
import { nodeOf, readTour, type Step } from '../src/print/tour.ts'
import { stepBlocks } from '../src/print/tour-text.ts'
import { bundledTours, tourNamed } from '../src/print/tours.ts'
import { treeNodes } from '../src/print/tree-nodes.ts'
import { captureFile, framesOf } from './captures.ts'
import { captureOf } from './tui/at.ts'

const root = join(import.meta.dirname, '..')
const captures = pathToFileURL(`${join(root, 'captures')}/`)
const tours = bundledTours(captures)
const folder = mkdtempSync(join(tmpdir(), 'tours-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('there is a tour for each lesson', () => {
  expect(tours.map(({ tour }) => tour.name)).toEqual([
    'ip-in-ip',
    'ipv6-outside',
    'gre',
    'etherip',
    'ikev2',
    'nat',
    'esp',
    'no-proposal',
    'mtu',
  ])
})

describe.each(tours.map(({ tour }) => [tour.name, tour] as const))('the tour %s', (_, tour) => {
  let filter = ''
  it.each(tour.steps.map((step, i) => [i + 1, step] as const))('takes step %i', async (_number, step) => {
    const capture = await captureOf(tour.capture)
    const found = capture.dissect(step.packet)
    // A step that names a value names the one that is there.
    const node = nodeOf(found, treeNodes(found), step)
    expect(node).toBeGreaterThanOrEqual(step.at === undefined ? -1 : 0)
    filter = step.filter ?? filter
    if (filter !== '') expect(compileFilter(filter, 'display').matches(found, noFacts)).toBe(true)
    expect(step.text.length).toBeLessThan(400)
    expect(step.text).not.toMatch(/[\x00-\x1f\x7f-\x9f]/)
  })
})

describe('the place of a step', () => {
  const at = async (name: string, packet: number, step: Partial<Step>) => {
    const found = (await captureOf(name)).dissect(packet)
    const nodes = treeNodes(found)
    const node = nodeOf(found, nodes, {
      packet,
      at: undefined,
      value: undefined,
      filter: undefined,
      text: '',
      ...step,
    })
    return node === undefined ? undefined : (nodes[node]?.path ?? 'packet')
  }
  it.each([
    ['walkthrough.pcap', 1, {}, 'packet'],
    ['walkthrough.pcap', 1, { at: 'ip.ttl' }, 'ip ip.ttl'],
    ['walkthrough.pcap', 1, { at: 'inner.ip.ttl' }, 'ip/ip ip.ttl'],
    ['walkthrough.pcap', 1, { at: 'ip.ttl#2' }, 'ip/ip ip.ttl'],
    ['walkthrough.pcap', 1, { at: 'ip#-1' }, 'ip/ip'],
    ['walkthrough.pcap', 1, { at: 'ip.ttl#3' }, undefined],
    ['walkthrough.pcap', 1, { at: 'ip.ttl', value: '255' }, undefined],
    ['walkthrough.pcap', 1, { at: 'esp' }, undefined],
  ] as const)('%s %i %j', async (name, packet, step, path) => expect(await at(name, packet, step)).toBe(path))

  it('is the one of several fields that has the value', async () => {
    const value = 'NAT_DETECTION_DESTINATION_IP (16389)'
    expect(await at('ikev2-natt.pcap', 3, { at: 'isakmp.notify.msgtype', value })).toMatch(/\[5\]|\[\d\]/)
    expect(await at('ikev2-natt.pcap', 3, { at: 'isakmp.notify.msgtype', value: 'none' })).toBeUndefined()
  })
})

describe('what is no tour', () => {
  const step = { packet: 1, text: 'Look.' }
  const tour = { title: 'T', about: 'A.', capture: 'walkthrough.pcap', steps: [step] }
  const bad: readonly (readonly [unknown, string])[] = [
    ['{', 'a tour is a JSON object'],
    [[tour], 'a tour is a JSON object'],
    [{ ...tour, title: '' }, '"title" is not a text'],
    [{ ...tour, capture: '../../etc/passwd' }, '"capture" is the name of a file'],
    [{ ...tour, capture: '..' }, '"capture" is the name of a file'],
    [{ ...tour, steps: [] }, '"steps" is not a list of 1 to 100 steps'],
    [{ ...tour, steps: Array(101).fill(step) }, '"steps" is not a list of 1 to 100 steps'],
    [{ ...tour, steps: [step, { ...step, packet: 0 }] }, 'step 2: "packet" is not the number of a packet'],
    [{ ...tour, steps: [{ ...step, packet: 1.5 }] }, 'step 1: "packet" is not the number of a packet'],
    [{ ...tour, steps: [{ ...step, at: 'ip..ttl >' }] }, 'step 1: "ip..ttl >" is no name of a protocol'],
    [{ ...tour, steps: [{ ...step, text: 'x'.repeat(1001) }] }, 'step 1: "text" is not a text'],
    [
      { ...tour, steps: [{ ...step, feild: 'ip' }] },
      'step 1: "feild" is not known; there are packet, at, value',
    ],
  ]
  it.each(bad)('%j', (json, sentence) => {
    const text = typeof json === 'string' ? json : JSON.stringify(json)
    expect(() => readTour('mine', text)).toThrow(`mine: not a tour: ${sentence}`)
  })

  it('says on paper, too, that a packet has not what a step points at', async () => {
    const [frame] = await framesOf(captureFile('walkthrough.pcap'))
    const found = newDissector().dissect(frame!, 'noted')
    const steps = [{ packet: 1, at: 'ip.ttl', value: '63', text: 'Hm.' }]
    const mine = readTour('mine', JSON.stringify({ ...tour, steps }))
    expect(stepBlocks(mine, 0, found)).toContainEqual({
      kind: 'text',
      tone: 'warning',
      text: 'packet 1 has no ip.ttl as the tour expects it',
    })
  })

  it('says so of names and files', () => {
    const own = join(folder, '1-mine.json')
    writeFileSync(own, JSON.stringify(tour))
    expect(tourNamed(own, captures)).toMatchObject({
      tour: { name: 'mine' },
      capture: join(folder, 'walkthrough.pcap'),
    })
    writeFileSync(own, ' '.repeat(256 * 1024 + 1))
    expect(() => tourNamed(own, captures)).toThrow('it is larger than 256 KiB')
    writeFileSync(own, '{')
    expect(() => tourNamed(own, captures)).toThrow(`${own}: not a tour: `)
    expect(() => tourNamed(join(folder, 'none.json'), captures)).toThrow('none.json: no such file')
    expect(() => tourNamed('grre', captures)).toThrow('grre: no such tour; did you mean gre?')
    expect(() => tourNamed('', captures)).toThrow('learn: which tour? One of: ip-in-ip, ')
    expect(() => tourNamed('zzz', captures)).toThrow('zzz: no such tour. Try one of: ip-in-ip, ')
  })
})

describe('vpnscope learn', () => {
  const learn = (...args: string[]) => {
    const cli = join(root, 'dist', 'cli.js')
    const env = { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' }
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'learn', ...args], {
      encoding: 'utf8',
      env,
    })
    return { status, stdout, stderr }
  }

  it('lists the tours', () => {
    const { status, stdout } = learn()
    expect(status).toBe(0)
    for (const { tour } of tours) expect(stdout).toContain(`\n${tour.name} `)
  })

  it('has a help of its own', () => {
    for (const args of [['--help'], ['gre', '-h']]) {
      const { status, stdout } = learn(...args)
      expect([status, stdout.split('\n')[1]]).toEqual([0, 'vpnscope learn [options] TOUR'])
    }
  })

  it('prints a tour where there is no screen, with the bytes that each step is about', () => {
    const { status, stdout, stderr } = learn('gre')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    // The key as tshark shows it: gre.key 0xdeadbeef, bytes 38 to 41 of the frame.
    expect(stdout).toContain('• 0x0026–0x0029, 32 bits: Key. Hex dead beef')
    expect(stdout).toContain('9 of 9, packet 4')
  })

  it('follows a tour of one’s own, beside its capture', () => {
    const own = join(folder, 'own.json')
    const steps = [
      { packet: 2, at: 'icmp.type', text: 'An answer.' },
      { packet: 99, text: 'Too far.' },
    ]
    const capture = 'mine.pcap'
    spawnSync('cp', [captureFile('walkthrough.pcap'), join(folder, capture)])
    writeFileSync(own, JSON.stringify({ title: 'Mine', about: 'A tour.', capture, steps: steps.slice(0, 1) }))
    expect(learn(own).stdout).toContain('An answer.')
    writeFileSync(own, JSON.stringify({ title: 'Mine', about: 'A tour.', capture, steps }))
    expect(learn(own)).toMatchObject({
      status: 2,
      stderr: 'own: its capture has 12 packets, and a step asks for packet 99\n',
    })
  })

  it('says what is wrong in a sentence', () => {
    expect(learn('grre')).toEqual({
      status: 2,
      stdout: '',
      stderr: 'grre: no such tour; did you mean gre?\n',
    })
    expect(learn('gre', 'esp')).toMatchObject({ status: 2, stderr: 'esp: one tour at a time\n' })
    expect(learn('gre', '--json')).toMatchObject({
      status: 2,
      stderr: '--json: no such option; vpnscope learn --help lists them\n',
    })
  })
})
