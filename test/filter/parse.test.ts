import { describe, expect, it } from 'vitest'
import { compileFilter, type Expression, FilterError, formatExpression } from '../../src/filter/filter.ts'
import { parseExpression } from '../../src/filter/parse.ts'

/** The filter as it is written in full. */
const written = (text: string): string => formatExpression(parseExpression(text))

describe('what binds tighter', () => {
  it.each([
    ['ip or tcp and udp', 'ip || (tcp && udp)'],
    ['ip and tcp or udp', '(ip && tcp) || udp'],
    ['ip or tcp xor udp and esp', 'ip || (tcp ^^ (udp && esp))'],
    ['not ip and tcp', '!ip && tcp'],
    ['not (ip and tcp)', '!(ip && tcp)'],
    ['!!ip', '!!ip'],
    ['not ip.ttl == 64', '!(ip.ttl == 64)'],
    ['!ip.flags & 2', '!ip.flags & 2'],
    ['ip and tcp and udp', 'ip && tcp && udp'],
    ['ip and (tcp and udp)', 'ip && (tcp && udp)'],
    ['((ip))', 'ip'],
    ['ip.len & 4 + 1 == 5', 'ip.len & 4 + 1 == 5'],
    ['{ip.len & 4} + 1 == 5', '{ip.len & 4} + 1 == 5'],
    ['(ip.len & 4) + 1 == 5', '{ip.len & 4} + 1 == 5'],
    ['ip.len - 1 - 2 * 3 == 0', 'ip.len - 1 - 2 * 3 == 0'],
    ['ip.len - (1 - 2) == 0', 'ip.len - {1 - 2} == 0'],
    ['-ip.ttl == -64', '-ip.ttl == -64'],
    ['ip.len > ip.ttl > 10', 'ip.len > ip.ttl && ip.ttl > 10'],
    ['any ip.ttl == 1 and all ip.ttl in {2}', 'any ip.ttl == 1 && all ip.ttl in {2}'],
  ])('%s', (text, full) => {
    expect(written(text)).toBe(full)
    expect(written(full)).toBe(full)
  })
})

describe('words and signs for the same', () => {
  it.each([
    ['ip.ttl eq 1 || ip.ttl any_eq 1', 'ip.ttl == 1 || ip.ttl == 1'],
    ['ip.ttl ne 1 || ip.ttl all_ne 1', 'ip.ttl != 1 || ip.ttl != 1'],
    ['ip.ttl all_eq 1 || ip.ttl any_ne 1', 'ip.ttl === 1 || ip.ttl !== 1'],
    ['ip.ttl ~= 1', 'ip.ttl !== 1'],
    [
      'ip.ttl lt 1 or ip.ttl le 1 or ip.ttl gt 1 or ip.ttl ge 1',
      'ip.ttl < 1 || ip.ttl <= 1 || ip.ttl > 1 || ip.ttl >= 1',
    ],
    ['http.host ~ "x"', 'http.host matches "x"'],
    ['ip.flags bitand 2', 'ip.flags & 2'],
    ['ip.src==10.0.0.1&&icmp', 'ip.src == 10.0.0.1 && icmp'],
    ['tcp.port in{80,443,8000..8080}', 'tcp.port in {80, 443, 8000 .. 8080}'],
    ['tcp.port not in {80}', 'tcp.port not in {80}'],
    ['stack matches "esp/ip"', 'stack ~ "esp/ip"'],
    ["ip.ttl == '\\x40'", "ip.ttl == '@'"],
    ['http.host == r"a\\b"', 'http.host == "a\\\\b"'],
    ['http.host == "a\\tb\\x00\\xff\\u00e9"', 'http.host == "a\\x09b\\x00\\xffé"'],
  ])('%s', (text, full) => {
    expect(written(text)).toBe(full)
    expect(written(full)).toBe(full)
  })
})

/** The layers of the only field in an expression. */
const layersOf = (text: string) => {
  const expression = parseExpression(text)
  if (expression.kind !== 'exists' || expression.of.kind !== 'reference') throw new Error(text)
  const { name, layers } = expression.of
  return [name, layers?.map(({ from, to }) => [from, to])]
}

describe('layers', () => {
  it.each([
    ['ip.src', ['ip.src', undefined]],
    ['ip.src#2', ['ip.src', [[2, 2]]]],
    ['ip.src#-1', ['ip.src', [[-1, -1]]]],
    ['ip.src#[-1]', ['ip.src', [[-1, -1]]]],
    ['ip.src#[1-2]', ['ip.src', [[1, 2]]]],
    ['ip.src#[2:3]', ['ip.src', [[2, 4]]]],
    [
      'ip.src#[1,3]',
      [
        'ip.src',
        [
          [1, 1],
          [3, 3],
        ],
      ],
    ],
    ['ip.src#[2:]', ['ip.src', [[2, 64]]]],
    ['ip.src#[-2:]', ['ip.src', [[-2, -1]]]],
    ['outer.ip.src', ['ip.src', [[1, 1]]]],
    ['inner.ip', ['ip', [[-1, -1]]]],
    ['ip[0].src', ['ip.src', [[1, 1]]]],
    ['ip[-1].src', ['ip.src', [[-1, -1]]]],
  ])('%s', (text, expected) => {
    expect(layersOf(text)).toEqual(expected)
    expect(layersOf(written(text))).toEqual(expected)
  })
})

it('knows where things stand', () => {
  expect(parseExpression('esp && ip.ttl == 64')).toMatchObject({
    at: 0,
    end: 19,
    left: { at: 0, end: 3 },
    right: { at: 7, end: 19, left: { at: 7, end: 13 }, right: { at: 17, end: 19 } },
  })
})

const error = (text: string): FilterError => {
  try {
    parseExpression(text)
  } catch (thrown) {
    if (thrown instanceof FilterError) return thrown
  }
  throw new Error(`${text} was understood`)
}

describe('what is no filter', () => {
  it.each<[string, number, number, string]>([
    ['', 0, 0, 'the filter is empty'],
    ['   ', 3, 3, 'the filter is empty'],
    ['ip.ttl ==', 9, 9, 'more has to follow'],
    ['ip.ttl = 5', 7, 8, 'one = compares nothing'],
    ['ip ip', 3, 5, 'ip is not expected here'],
    ['(ip', 3, 3, 'a ) is missing'],
    ['ip)', 2, 3, ') is not expected here'],
    ['and ip', 0, 3, 'and is not expected here'],
    ['ip.ttl == and', 10, 13, 'and is not expected here'],
    ['any ip', 6, 6, 'any is for comparisons'],
    ['ip.ttl in 80', 10, 12, '80 stands where { is missing'],
    ['ip.ttl in {}', 11, 12, '} is not expected here'],
    ['ip.ttl in {1,', 13, 13, 'more has to follow'],
    ['http.host == "a', 13, 15, 'the string is not closed'],
    ["ip.ttl == 'ab'", 10, 13, 'one character stands between these marks'],
    ['http.host == "\\q"', 14, 16, 'no such escape'],
    ['eth.src[0:3 == 1', 7, 8, 'the bracket is not closed'],
    ['eth.src[a] == 1', 7, 10, 'no range'],
    ['eth.src[3-1] == 1', 7, 12, 'the range ends before it begins'],
    ['ip.src#x', 7, 8, 'the number of a layer is missing'],
    ['ip[x].src', 2, 5, 'no number of a layer'],
    ['ip ; tcp', 3, 4, 'this character has no meaning here'],
    ['stack ~ esp', 8, 11, 'a pattern in quotation marks follows ~'],
    ['stack == "esp"', 6, 8, 'stack is compared with a pattern'],
  ])('%j', (text, at, end, sentence) => {
    expect(error(text)).toMatchObject({ at, end, message: sentence })
  })
})

describe('bounds', () => {
  it('has an end to what lies inside each other', () => {
    for (const many of [
      '('.repeat(1000),
      '!'.repeat(60_000),
      'len('.repeat(5000),
      `ip.ttl == ${'-'.repeat(60_000)}1`,
    ])
      expect(error(`${many}ip`).message).toBe('more than 200 levels inside each other')
  })

  it('has an end to terms and to the text', () => {
    expect(error(`ip.ttl == 1${'+1'.repeat(20_000)}`).message).toBe('more than 100 terms')
    expect(error(' '.repeat(65_537))).toMatchObject({ message: 'a filter has at most 65536 characters' })
  })

  it('takes no time for long texts', () => {
    const blanks = ' '.repeat(60_000)
    for (const text of [
      `frame.time == "2026-01-01${blanks}x"`,
      `stack ~ "esp${blanks}/ip"`,
      `ip.src == ${'1.'.repeat(30_000)}1`,
    ])
      expect(() => compileFilter(text)).toThrow(FilterError)
  })

  it('takes thousands of expressions in a row', () => {
    const text = Array(10_000).fill('ip').join(' || ')
    let expression: Expression = parseExpression(text)
    expect(written(text)).toBe(text)
    let count = 1
    for (; expression.kind === 'or'; expression = expression.left) count++
    expect(count).toBe(10_000)
  })
})
