import { describe, expect, it } from 'vitest'
import { isRight, questionFor } from '../../src/print/quiz.ts'
import { fieldQuestions } from '../../src/print/quiz-fields.ts'
import { overheadQuestions } from '../../src/print/quiz-layers.ts'
import type { Question } from '../../src/print/quiz-question.ts'
import { treeNodes } from '../../src/print/tree-nodes.ts'
import { captureOf } from '../tui/at.ts'

async function packet(name: string, number: number) {
  const found = (await captureOf(name)).dissect(number)
  return { found, nodes: treeNodes(found) }
}

/** So many questions in a row, as a learner gets them. */
async function asked(name: string, number: number, count: number): Promise<Question[]> {
  const { found, nodes } = await packet(name, number)
  const questions: Question[] = []
  for (let seed = 0; seed < count; seed++) {
    const before = questions.slice(-12).map(({ key }) => key)
    const question = questionFor(found, nodes, seed, before)
    if (question) questions.push(question)
  }
  return questions
}

describe('questions where a field is', () => {
  // tshark -T pdml of packet 1 of the walkthrough: pos and size of each field, twice IPv4, then ICMP.
  const places = [
    ['Identification', 'outer', 4, 2],
    ['Time to live', 'outer', 8, 1],
    ['Protocol', 'outer', 9, 1],
    ['Destination', 'outer', 16, 4],
    ['Total length', 'inner', 22, 2],
    ['Time to live', 'inner', 28, 1],
    ['Header checksum', 'inner', 30, 2],
    ['Source', 'inner', 32, 4],
  ] as const

  it.each(places)('“%s” of the %s IPv4 header is where tshark has it', async (label, which, pos, size) => {
    const { found, nodes } = await packet('walkthrough.pcap', 1)
    const questions = fieldQuestions(found, nodes).map(({ make }) => make(() => 0))
    const own = questions.filter(({ text }) => text.includes(`“${label}” of the ${which} IPv4 header`))
    expect(own).toHaveLength(1)
    expect(own[0]!.wanted).toEqual({ kind: 'byte', start: pos, end: pos + size })
    expect(isRight(own[0]!, { kind: 'byte', byte: pos + size - 1 })).toBe(true)
    expect(isRight(own[0]!, { kind: 'byte', byte: pos + size })).toBe(false)
    expect(isRight(own[0]!, { kind: 'byte', byte: pos - 1 })).toBe(false)
  })
})

it.each([
  // Bytes by tshark's protocol sizes: outer headers up to the inner network header.
  ['walkthrough.pcap', 1, 20],
  ['walkthrough.pcap', 3, 40],
  ['gre.pcap', 3, 24],
  ['vxlan-gbp.pcap', 5, 20 + 8 + 8 + 14],
])('%s, packet %i: the tunnel adds %i bytes', async (name, number, bytes) => {
  const { found, nodes } = await packet(name, number)
  const [question] = overheadQuestions(found, nodes).map(({ make }) => make(() => 0))
  expect(question?.wanted).toEqual({ kind: 'number', value: bytes })
  expect(isRight(question!, { kind: 'text', text: ` ${bytes} ` })).toBe(true)
  expect(isRight(question!, { kind: 'text', text: '' })).toBe(false)
})

it.each([
  ['ipip.pcap', 1],
  ['esp-tunnel-aes128gcm.pcap', 3],
])(
  '%s, packet %i: where nothing is in a tunnel that can be seen, nobody asks what it adds',
  async (name, number) => {
    const { found, nodes } = await packet(name, number)
    expect(overheadQuestions(found, nodes)).toEqual([])
  },
)

it('a protocol is right by any of its names, and by no other one', async () => {
  const questions = await asked('gre.pcap', 3, 40)
  // tshark: frame.protocols eth:ethertype:ip:gre:ip:icmp:data.
  const gre = questions.find(({ text }) => text.startsWith('Protocol 47 stands in header 2, IPv4.'))!
  for (const text of ['gre', 'GRE', 'Generic Routing Encapsulation'])
    expect(isRight(gre, { kind: 'text', text })).toBe(true)
  for (const text of ['ip', '', '47']) expect(isRight(gre, { kind: 'text', text })).toBe(false)
})

describe.each([
  ['walkthrough.pcap', 1],
  ['walkthrough.pcap', 5],
  ['gre.pcap', 3],
  ['jenga.pcap', 1],
  ['dns.pcap', 1],
  ['ipip-traceroute.pcap', 4],
])('in %s, packet %i', (name, number) => {
  it('the questions are the same ones for a seed, of several kinds, and none comes twice in a row', async () => {
    const questions = await asked(name, number, 60)
    expect(questions).toEqual(await asked(name, number, 60))
    expect(questions).toHaveLength(60)
    expect(questions.filter(({ key }, i) => key === questions[i - 1]?.key)).toEqual([])
    expect(new Set(questions.map(({ wanted }) => wanted.kind)).size).toBeGreaterThan(1)
    // Two fields of one name are told apart by their header.
    const texts = new Map(questions.map(({ key, text }) => [text, key]))
    expect(new Set(questions.map(({ key }) => key)).size).toBe(texts.size)
  })

  it('choices are four, and different, and one is right', async () => {
    const questions = await asked(name, number, 60)
    for (const { wanted } of questions) {
      if (wanted.kind !== 'choice') continue
      expect(wanted.choices).toHaveLength(4)
      expect(new Set(wanted.choices).size).toBe(4)
      expect(wanted.choices[wanted.right]).toBeDefined()
    }
    const places = questions.flatMap(({ wanted }) => (wanted.kind === 'choice' ? [wanted.right] : []))
    expect(new Set(places).size).toBeGreaterThan(1)
  })

  it('the cursor does not stand on the answer', async () => {
    for (const { wanted, cursor } of await asked(name, number, 60))
      if (wanted.kind === 'byte') expect(cursor >= wanted.start && cursor < wanted.end).toBe(false)
  })
})
