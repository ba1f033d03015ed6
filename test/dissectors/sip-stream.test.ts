import { expect, it } from 'vitest'
import { Session } from '../../src/dissect/session.ts'
import { peel } from '../peel.ts'
import { hexOf, tcpSegment } from '../tcp-craft.ts'

const head = (length: string) =>
  `INVITE sip:bob@example.net SIP/2.0\r\nVia: SIP/2.0/TCP a\r\nMax-Forwards: 70\r\n${length}\r\n`
const answer = 'SIP/2.0 200 OK\r\nl: 0\r\n\r\n'
const [synchronize, push] = [0x02, 0x18]

/** What a session says of texts that one side sends, each in a segment of its own, from the opening on. */
function sent(...texts: readonly string[]) {
  const session = new Session()
  peel(tcpSegment(5060, 40000, 0, synchronize, ''), session)
  let at = 1
  return texts.map((text, i) => {
    const frame = { ...tcpSegment(5060, 40000, at, push, hexOf(text)), number: i + 2 }
    at += text.length
    const { stack, show } = peel(frame, session)
    return [stack.slice(2).join('/'), show('sip.Method').join(), show('sip.Status-Code').join()]
  })
}

it('puts a message together that segments cut, wherever that is', () => {
  const whole = `${head('Content-Length: 5\r\n')}v=0\r\n`
  for (let cut = 1; cut < whole.length; cut++)
    expect(sent(whole.slice(0, cut), whole.slice(cut)), String(cut)).toEqual([
      ['data', '', ''],
      ['sip', 'INVITE', ''],
    ])
})

it('tells several messages in one segment apart, by long and short names of the length', () => {
  const body = 'v=0\r\n'
  expect(sent(head('') + answer)).toEqual([['sip/sip', 'INVITE', '200']])
  expect(sent(`${head('l: 5\r\n')}${body}${answer}`)).toEqual([['sip/sip', 'INVITE', '200']])
  expect(sent(`${head('content-length:5\r\n')}${body}`, answer)).toEqual([
    ['sip', 'INVITE', ''],
    ['sip', '', '200'],
  ])
})

it('takes line ends that keep the connection open for what they are', () => {
  expect(sent('\r\n\r\n', answer)).toEqual([
    ['sip', '', ''],
    ['sip', '', '200'],
  ])
})

it('leaves alone what begins in the middle, or is no message', () => {
  expect(sent('-Forwards: 70\r\n\r\n', answer)[0]).toEqual(['data', '', ''])
  expect(sent('GET / HTTP/1.1\r\n\r\n')[0]).toEqual(['data', '', ''])
})
