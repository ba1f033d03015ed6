import { describe, expect, it } from 'vitest'
import { protocols } from '../dissectors/index.ts'
import { allFields, type Field } from '../src/dissect/field.ts'
import { allProtocols } from '../src/dissect/protocol.ts'

const withParts = (f: Field): Field[] => [
  f,
  ...(f.parts ?? []).flatMap(([part]) => (part ? withParts(part) : [])),
]
const owned = new Set(protocols.flatMap(p => Object.values(p.fields)).flatMap(withParts))

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
})

describe.each(allFields.map(f => [f.name, f] as const))('%s', (_, f) => {
  it('is named, labelled and explained', () => {
    expect(f.name).toMatch(/^[a-z0-9_]+(\.[a-z0-9_-]+)+$/i)
    expect(f.label).not.toBe('')
    const explanation = f.explain
    expect(explanation.length).toBeGreaterThan(15)
    expect(explanation).not.toMatch(/^the (\w+) field is the \1/i)
    expect(explanation).toMatch(/[.?!)]$/)
  })

  it('has the same type wherever its name is used', () => {
    const others = allFields.filter(other => other.name === f.name && other.type !== f.type)
    expect(others.map(other => other.type)).toEqual([])
  })
})
