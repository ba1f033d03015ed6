import { describe, expect, it } from 'vitest'
import { protocols } from '../dissectors/index.ts'
import { allFields, type Field } from '../src/dissect/field.ts'
import { nameOf } from '../src/dissect/number-space.ts'
import { allProtocols } from '../src/dissect/protocol.ts'

const withParts = (f: Field): Field[] => [
  f,
  ...(f.parts ?? []).flatMap(([part]) => (part ? withParts(part) : [])),
]
const owned = new Set(protocols.flatMap(p => Object.values(p.fields)).flatMap(withParts))

/** Fields that have something in common, under what it is. */
function groups(common: (f: Field) => string): Map<string, Field[]> {
  const found = new Map<string, Field[]>()
  for (const f of allFields) found.set(common(f), [...(found.get(common(f)) ?? []), f])
  return found
}

describe('the glossary', () => {
  it('holds the protocols', () => {
    expect(protocols.map(p => p.id)).toEqual(expect.arrayContaining(['eth', 'ip', 'udp', 'gre']))
    expect(new Set(protocols.map(p => p.id)).size).toBe(protocols.length)
  })

  it('lists every declared protocol', () => {
    expect(allProtocols.filter(p => !protocols.includes(p)).map(p => p.id)).toEqual([])
  })

  it.each(protocols.map(p => [p.id, p] as const))('%s is introduced', (id, p) => {
    expect(p.about.length).toBeGreaterThan(20)
    if (id !== 'data')
      expect(p.reference).toMatch(/^(RFC|IEEE|draft|Linux|OpenBSD|BSD|tcpdump\.org|libpcap|https?:)/)
  })

  it('gives every field a protocol', () => {
    const free = allFields.filter(f => !owned.has(f) && f.name !== 'data.leftover')
    expect(free.map(f => f.name)).toEqual([])
  })

  it('has the same type wherever a name is used', () => {
    const types = groups(f => f.name)
    const mixed = [...types].filter(([, fields]) => new Set(fields.map(f => f.type)).size > 1)
    expect(mixed.map(([name]) => name)).toEqual([])
  })

  it('names and labels every field', () => {
    const odd = allFields.filter(f => f.label === '' || !/^[a-z0-9_]+(\.[a-z0-9_-]+)+$/i.test(f.name))
    expect(odd.map(f => f.name)).toEqual([])
  })
})

/** Sentences, as a reader expects them. */
const isWritten = (text: string): boolean => /^[A-Z0-9“].*[.?!)]$/s.test(text)

const small = new Set(
  'a an and are as at be by for from in is it its of on or that the this to what which'.split(' '),
)
const wordsOf = (text: string): string[] =>
  (text.toLowerCase().match(/[a-z0-9’]+/g) ?? []).filter(word => !small.has(word))

/** How many words a text has that its field’s label has not. */
function newWords({ label, explain }: Field): number {
  const known = new Set(wordsOf(label))
  return new Set(wordsOf(explain).filter(word => !known.has(word))).size
}

/** Beginnings and phrases that say nothing, whatever stands around them. */
const fillers = [
  /^the ([\w ]+) field (is|contains|holds|has) the \1/i,
  /^(this|the) field (is|contains|holds|specifies|indicates|represents|defines)\b/i,
  /\b(is used to|in order to|please note|note that|as the name says|self-explanatory)\b/i,
]

/** Labels of what carries nothing: one sentence may serve all of them. */
const isEmpty = ({ label }: Field): boolean =>
  /^(reserved|unused|filler|res|resv|rsv|zero|multipoint)/i.test(label)

/** Labels that differ in the version of IP or in a size alone name the same thing. */
const thing = ({ label }: Field): string => label.toLowerCase().replace(/ipv?[46]|\d+|[^a-z]/g, '')

describe('the text of every field', () => {
  const wrong = (isRight: (f: Field) => boolean) =>
    allFields.filter(f => !isRight(f)).map(f => `${f.name}: ${f.explain}`)

  it('is long enough to say something', () => {
    expect(wrong(f => f.explain.length >= 25)).toEqual([])
  })

  it('is made of sentences', () => {
    expect(wrong(f => isWritten(f.explain))).toEqual([])
  })

  it('says more than its label', () => {
    expect(wrong(f => newWords(f) >= 2)).toEqual([])
  })

  it('is no filler', () => {
    expect(wrong(f => !fillers.some(filler => filler.test(f.explain)))).toEqual([])
  })

  it('is its own', () => {
    const shared = [...groups(f => f.explain)].flatMap(([text, fields]) => {
      const things = new Set(fields.filter(f => !isEmpty(f)).map(thing))
      return things.size > 1 && new Set(fields.map(f => f.name)).size > 1
        ? [`${[...new Set(fields.map(f => f.label))].join(', ')}: ${text}`]
        : []
    })
    expect(shared).toEqual([])
  })
})

describe('the sentences about values', () => {
  const all = allFields.flatMap(f =>
    Object.entries(f.meanings ?? {}).map(([value, text]) => ({ f, value: Number(value), text })),
  )

  it('are there', () => {
    expect(all.length).toBeGreaterThan(1000)
  })

  it('are made of sentences', () => {
    expect(all.filter(({ text }) => text.length < 10 || !isWritten(text)).map(({ text }) => text)).toEqual([])
  })

  it('are about values that have a name', () => {
    const nameless = all.filter(
      ({ f, value }) => f.values !== undefined && nameOf(f.values, value) === undefined,
    )
    expect(nameless.map(({ f, value }) => `${f.name} ${value}`)).toEqual([])
  })
})
