import fc from 'fast-check'
import { expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { Session } from '../../src/dissect/session.ts'
import type { Operand } from '../../src/filter/expression.ts'
import {
  compileFilter,
  completions,
  type Expression,
  FilterError,
  formatExpression,
} from '../../src/filter/filter.ts'
import { noFacts } from '../../src/filter/packet-facts.ts'
import { parseExpression } from '../../src/filter/parse.ts'
import { captureFile, captureNames, framesOf } from '../captures.ts'

const seed = 20261121
const span = fc.constant({ at: 0, end: 0 })
const number = fc.integer({ min: -9, max: 9 })

const layers = fc.oneof(
  fc.constant({ layers: undefined, spelling: undefined }),
  fc.constantFrom(1, -1).map(n => ({ layers: [{ from: n, to: n }], spelling: 'prefix' as const })),
  number.filter(n => n !== 0).map(n => ({ layers: [{ from: n, to: n }], spelling: 'index' as const })),
  fc
    .array(
      fc.tuple(fc.nat(9), fc.nat(5)).map(([from, more]) => ({ from, to: from + more })),
      { minLength: 1, maxLength: 3 },
    )
    .map(ranges => ({ layers: ranges, spelling: 'operator' as const })),
)
const names = ['ip.src', 'ipv6.fraghdr.nxt', 'esp.spi', 'isakmp.exchangetype', 'frame.len', 'tcp.flags.syn']
const literal = fc.oneof(
  fc
    .constantFrom('64', '0x40', '10.0.0.0/8', 'fd00::/8', '00:11:22', '1.5')
    .map(text => ({ text, quoted: 'no' as const })),
  fc
    .string({ unit: fc.constantFrom(...'ab"\'\\\n\x1b\u202eé\0 \udc80\udcff') })
    .map(text => ({ text, quoted: 'string' as const })),
  fc.constantFrom('a', '\\', "'", '\n').map(text => ({ text, quoted: 'character' as const })),
)
const ranges = fc.array(
  fc
    .oneof(
      fc.tuple(fc.nat(20), fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined })),
      fc.constantFrom<[number, number | undefined]>([-4, undefined], [-4, 4], [-1, 1]),
    )
    .map(([from, length]) => ({ from, length })),
  { minLength: 1, maxLength: 3 },
)

const { operand } = fc.letrec<{ operand: Operand; typed: Operand }>(tie => ({
  typed: fc
    .tuple(span, fc.constantFrom(...names), layers)
    .map(([at, name, own]) => ({ kind: 'reference', name, ...at, ...own })),
  operand: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    tie('typed'),
    fc.tuple(span, literal).map(([at, own]): Operand => ({ kind: 'literal', ...at, ...own })),
    fc
      .tuple(span, tie('typed'), ranges)
      .map(([at, of, own]): Operand => ({ kind: 'slice', of, ranges: own, ...at })),
    fc
      .tuple(span, fc.constantFrom('+', '-', '*', '/', '%', '&'), tie('operand'), tie('operand'))
      .map(([at, operator, left, right]): Operand => ({ kind: 'arithmetic', operator, left, right, ...at })),
    fc
      .tuple(span, tie('operand'))
      .map(([at, right]): Operand => ({ kind: 'arithmetic', operator: '-', left: undefined, right, ...at })),
    fc
      .tuple(span, fc.constantFrom('len', 'max'), fc.array(tie('operand'), { minLength: 1, maxLength: 2 }))
      .map(([at, name, of]): Operand => ({ kind: 'call', name, arguments: of, ...at })),
  ),
}))

const quantifier = fc.constantFrom('any' as const, 'all' as const, undefined)
const operators = ['==', '!=', '===', '~=', '<', '<=', '>', '>=', 'contains', 'matches'] as const
const { expression } = fc.letrec<{ expression: Expression }>(tie => ({
  expression: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.tuple(span, operand).map(([at, of]): Expression => ({ kind: 'exists', of, ...at })),
    fc.tuple(span, quantifier, fc.constantFrom(...operators), operand, operand).map(
      ([at, own, operator, left, right]): Expression => ({
        kind: 'compare',
        quantifier: own,
        operator,
        left,
        right,
        ...at,
      }),
    ),
    fc
      .tuple(
        span,
        quantifier,
        fc.boolean(),
        operand,
        fc.array(fc.record({ from: operand, to: fc.option(operand, { nil: undefined }) }), {
          minLength: 1,
          maxLength: 3,
        }),
      )
      .map(
        ([at, own, negated, left, set]): Expression => ({
          kind: 'in',
          quantifier: own,
          negated,
          left,
          set,
          ...at,
        }),
      ),
    fc
      .tuple(span, fc.boolean(), fc.constantFrom('esp/ip', '^**/"gre"$'))
      .map(
        ([at, negated, pattern]): Expression => ({ kind: 'stack', negated, pattern, patternAt: at, ...at }),
      ),
    fc.tuple(span, tie('expression')).map(([at, of]): Expression => ({ kind: 'not', of, ...at })),
    fc
      .tuple(span, fc.constantFrom('and', 'or', 'xor'), tie('expression'), tie('expression'))
      .map(([at, kind, left, right]): Expression => ({ kind, left, right, ...at })),
  ),
}))

/** Without the places in the text. */
const bare = (e: Expression): unknown =>
  JSON.parse(
    JSON.stringify(e, (key, value) =>
      key === 'at' || key === 'end' || key === 'patternAt' ? undefined : value,
    ),
  )

it('reads what it writes', () => {
  fc.assert(
    fc.property(expression, e => {
      expect(bare(parseExpression(formatExpression(e)))).toEqual(bare(e))
    }),
    { seed, numRuns: 1000 },
  )
})

it('writes nothing that commands a terminal', () => {
  fc.assert(
    fc.property(expression, e => {
      expect(formatExpression(e)).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    }),
    { seed, numRuns: 500 },
  )
})

const pieces = fc.constantFrom(
  ...'( ) { } [ ] # . .. , : / * ** & && || ! !~ ~ == != === <= - + % " \' \\ r" [0:3] #1 #[-1]'.split(' '),
  ...'and or not xor in contains matches any all stack depth frame ip ip.src ip.ttl eth.src tcp.port udp.payload'.split(
    ' ',
  ),
  ...'isakmp.exchangetype IKE_AUTH inner. outer.ip 10.0.0.1 10.0.0.0/8 fd00::1/64 00:11:22 64 0x40 0777 -1 1.5 "a" true'.split(
    ' ',
  ),
  ...'len( max( string( host net port esp \u202e \0 é frame.time "2026-11-21" ff.ff'.split(' '),
)

it('answers any text with a filter or a FilterError whose place is in the text', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), fc.constantFrom('', ' '), (words, gap) => {
      const text = words.join(gap)
      try {
        const filter = compileFilter(text)
        expect(bare(parseExpression(filter.text))).toEqual(bare(filter.expression))
      } catch (error) {
        if (!(error instanceof FilterError)) throw error
        expect(error.at).toBeGreaterThanOrEqual(0)
        expect(error.end).toBeGreaterThanOrEqual(error.at)
        expect(error.end).toBeLessThanOrEqual(text.length)
        expect(error.message).toMatch(/^\S.*[^.]$/s)
      }
      expect(completions(text, text.length).length).toBeLessThanOrEqual(200)
    }),
    { seed, numRuns: 500 },
  )
})

const tests = [
  'ip.ttl > 63',
  'ip.addr != 192.168.1.1',
  'all ip.len < 200',
  'inner.ip.src == 172.16.0.0/12',
  'udp.port in {500, 4500}',
  'isakmp',
  'eth.src[0] & 2',
  'stack ~ "gre/*/tcp"',
  'frame contains "a"',
]

it.each(captureNames.filter((_, i) => i % 6 === 0))(
  'not, and, or and xor are what logic says: %s',
  async name => {
    const frames = (await framesOf(captureFile(name))).slice(0, 40)
    const answers = (text: string) => {
      const filter = compileFilter(text, 'display')
      const dissector = newDissector(new Session())
      dissector.found.selection = filter.selection ?? null
      return frames.map(frame => filter.matches(dissector.dissect(frame, filter.depth), noFacts))
    }
    for (const [i, a] of tests.entries()) {
      const b = tests[(i + 4) % tests.length]!
      expect(answers(`!(${a} && ${b})`)).toEqual(answers(`!(${a}) || !(${b})`))
      expect(answers(`!(${a} || ${b})`)).toEqual(answers(`!(${a}) && !(${b})`))
      expect(answers(`(${a}) ^^ (${b})`)).toEqual(answers(`(${a} || ${b}) && !(${a} && ${b})`))
    }
  },
)
