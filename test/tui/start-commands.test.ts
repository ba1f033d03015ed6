import { afterEach, beforeEach, expect, it } from 'vitest'
import { isOfCapture } from '../../src/tui/commands.ts'
import { Desk } from './desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await Desk.open('walkthrough.pcap')
  desk.controller.showStart()
})
afterEach(() => desk.controller.leaveCapture())

const command = (text: string) => {
  desk.press(':')
  desk.controller.input({ type: 'paste', text })
  desk.press('return')
}

it.each([
  '5',
  'goto 5',
  'zoom',
  'save-as x',
  'find-text a',
  'mark',
  'diff 1 2',
  'filter esp',
  'filter save home',
  'sort length',
  'ladder',
  'follow',
  'copy-value',
  'lesson',
  'raw',
  'next-of-flow',
  'pause',
  'restart',
])('%s says on the start page that no capture is open', text => {
  command(text)
  expect(desk.said).toBe('no capture is open yet; Enter opens what the cursor is on')
})

it.each([
  'open x.pcap',
  'listen eth0',
  'learn gre',
  'explain gre',
  'filter list',
  'filter forget home',
  'theme mono',
  'decode udp.port=5:gre',
  'column add ip.ttl',
  'settings',
  'help',
  'down',
  'redraw',
  'quit',
  'nonsense',
])('%s needs none', text => {
  expect(isOfCapture(text)).toBe(false)
})

it('settings can be changed before a capture is open', () => {
  desk.press('o', 'return', 'q')
  expect(desk.controller.state).toMatchObject({ time: 'relative', settings: undefined, capture: undefined })
})
